"""One of a few, all of them in sight: a row of buttons of which one is pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part

_PAD, _LEAST = 16, 64


class _Segment(QAbstractButton):
    def __init__(self, words: str, of: str) -> None:
        super().__init__()
        self.setText(words)
        self.setAccessibleName(f"{of}: {words}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        now = theme()
        words = QFontMetrics(now.font(14, 600)).horizontalAdvance(self.text())
        wide = max(words + 24, now.touch) if now.gloved else max(words + 2 * now.px(_PAD), now.px(_LEAST))
        return QSize(wide, now.height(Part.BUTTON))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        now, painter = theme(), QPainter(self)
        c, on = now.palette, self.isChecked()
        filled = on and not now.night
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.accent if on else c.edge), 2 if on else 1))
        painter.setBrush(QColor(c.accent if filled else c.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(QColor(c.on_accent if filled else c.text))
        painter.setFont(now.font(14, 600 if on else 500))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.on_accent if filled else c.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 4, 4)


class Segments(QWidget):
    """A name above, the choices below it. Tab reaches them as one stop, the arrow keys walk them."""

    chosen = Signal(str)
    """The value that was chosen."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], value: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._segments = {key: _Segment(words, name) for key, words in choices}
        self._group = QButtonGroup(self)
        for key, segment in self._segments.items():
            self._group.addButton(segment)
            segment.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
        self._row = row(*self._segments.values(), STRETCH)
        self.setLayout(column(Label(name, 13, 600, Ink.QUIET), self._row, gap=4))
        self.hold(value or next(iter(self._segments)))
        self.dress()

    @property
    def value(self) -> str:
        """The value that holds."""
        return next(key for key, segment in self._segments.items() if segment.isChecked())

    def hold(self, value: str) -> None:
        """Say which value holds; one that is not offered leaves all as they are."""
        if value in self._segments:
            self._segments[value].setChecked(True)

    def dress(self) -> None:
        """Take sizes and gaps from the theme."""
        self._row.setSpacing(theme().between)
        for segment in self._segments.values():
            segment.setFixedSize(segment.sizeHint())
