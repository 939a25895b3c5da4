"""Key caps: which key does it. They never mirror."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from muniment.ui.kit.ink import Ink, colour_of
from muniment.ui.kit.theme import theme


def cap_size(key: str) -> QSize:
    """The room a key cap needs."""
    now = theme()
    words = QFontMetrics(now.font(12, 600)).horizontalAdvance(key)
    return QSize(max(now.px(24), words + now.px(12)), now.px(22))


def paint_cap(painter: QPainter, room: QRect, key: str, colour: str) -> None:
    """Paint a key cap into `room`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.setPen(QPen(QColor(colour), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(theme().font(12, 600))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()


def sequences(key: str) -> list[QKeySequence]:
    """The key sequences a cap stands for: Enter is both the one of the letters and the one of the pad."""
    return [QKeySequence(name) for name in (("Return", "Enter") if key == "Enter" else (key,))]


class KeyCap(QWidget):
    """A key cap as a widget."""

    def __init__(self, key: str, ink: Ink = Ink.QUIET) -> None:
        super().__init__()
        self._key, self._ink = key, ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme."""
        self.setFixedSize(cap_size(self._key))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the cap."""
        paint_cap(QPainter(self), self.rect(), self._key, colour_of(self._ink))
