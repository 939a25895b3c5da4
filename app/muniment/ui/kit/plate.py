"""The data plate: a code exactly as struck."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from muniment.ui.kit.ink import Ink, colour_of
from muniment.ui.kit.label import LEFT
from muniment.ui.kit.theme import theme

_TAIL = 4
_AT_FULL_SIZE = 16
_LEAST_PX = 16
"""A code of more letters than that is struck smaller, so that a page keeps its room; it still is whole."""


class Plate(QWidget):
    """A serial as on the metal: the last four heavy, framed, always from left to right.

    The last four tell one thing from another only where there are figures among them: a word, such as the code of a
    place, is heavy as a whole.
    """

    def __init__(self, serial: str, px: int = 30, *, framed: bool = True) -> None:
        super().__init__()
        self._px, self._framed, self._serial = px, framed, serial
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_serial(serial)

    @property
    def serial(self) -> str:
        """The code on the plate."""
        return self._serial

    def show_serial(self, serial: str) -> None:
        """Put another code on the plate."""
        self._serial = serial
        self.setAccessibleName(serial)
        self.dress()

    def parts(self) -> tuple[tuple[QRect, str], tuple[QRect, str]]:
        """Where the light and the heavy part of the code stand, and what they say."""
        now, size = theme(), self._size()
        px = now.px(size)
        tail = self._serial[-_TAIL:]
        if not any(letter.isdigit() for letter in tail):
            tail = self._serial
        head = self._serial[: len(self._serial) - len(tail)]
        gap, pad = (px // 4 if head else 0), (px // 3 if self._framed else 0)
        light = QFontMetrics(now.font(size, 500, mono=True)).horizontalAdvance(head)
        heavy = QFontMetrics(now.font(size, 800, mono=True)).horizontalAdvance(tail)
        tall = int(px * (1.5 if self._framed else 1.25))
        return (QRect(pad, 0, light, tall), head), (QRect(pad + light + gap, 0, heavy, tall), tail)

    def _size(self) -> int:
        """Pixels of the letters at 100 %."""
        beyond = max(len(self._serial), _AT_FULL_SIZE)
        return max(min(self._px, _LEAST_PX), self._px * _AT_FULL_SIZE // beyond)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the whole code: a plate is never cut."""
        _, (room, _) = self.parts()
        pad = theme().px(self._size()) // 3 if self._framed else 0
        return QSize(room.right() + pad + 2, room.height())

    def dress(self) -> None:
        """Take the size from the theme."""
        self.setFixedSize(self.sizeHint())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the frame and the code."""
        now = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        ink = QColor(colour_of(Ink.TEXT))
        if self._framed:
            painter.setPen(QPen(ink, 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(ink)
        for (room, text), weight in zip(self.parts(), (500, 800), strict=True):
            painter.setFont(now.font(self._size(), weight, mono=True))
            painter.drawText(room.adjusted(0, 0, 4, 0), LEFT, text)
