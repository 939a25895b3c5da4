"""The data plate: a code exactly as struck."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from muniment.ui.kit.ink import Ink, colour_of
from muniment.ui.kit.label import LEFT
from muniment.ui.kit.theme import theme

_TAIL = 4
_SMALLEST = 13
"""The size at 100 % below which a code is broken over two lines instead."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the code: where it stands, what it says, how large at 100 %, and whether it is the heavy part."""

    room: QRect
    text: str
    px: int
    heavy: bool


class Plate(QWidget):
    """A serial as on the metal: the last four heavy, framed, always from left to right.

    The last four tell one thing from another only where there are figures among them: a word, such as the code of a
    place, is heavy as a whole. So is a `whole` code, which has no tail that tells anything, and one in a script that is
    written from right to left, whose last letters would stand at the wrong end.

    A plate is never cut, for a number without its end is another number: where there is no room its letters become
    smaller, and at last stand in two lines.
    """

    def __init__(self, serial: str, px: int = 30, *, framed: bool = True, whole: bool = False) -> None:
        super().__init__()
        self._px, self._framed, self._whole, self._serial = px, framed, whole, serial
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
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

    def pieces(self) -> tuple[Piece, ...]:
        """The parts of the code as they stand in the width there is."""
        wide = self.width()
        for px in range(self._px, _SMALLEST - 1, -1):
            laid = self._laid(self._serial, px, QRect(self._pad(), 0, wide, self._tall()))
            if px == _SMALLEST or laid[-1].room.right() + self._pad() + 2 <= wide:
                break
        if laid[-1].room.right() + self._pad() + 2 <= wide:
            return laid
        return self._two_lines(_SMALLEST, wide)

    def _two_lines(self, px: int, wide: int) -> tuple[Piece, ...]:
        half, tall = (len(self._serial) + 1) // 2, self._tall() // 2
        first = Piece(QRect(self._pad(), 1, wide, tall), self._serial[:half], px, heavy=self._whole)
        return (first, *self._laid(self._serial[half:], px, QRect(self._pad(), tall - 1, wide, tall)))

    def _laid(self, text: str, px: int, room: QRect) -> tuple[Piece, ...]:
        tail = text[-_TAIL:]
        if self._whole or not any(letter.isdigit() for letter in tail) or _from_right(self._serial):
            tail = text
        head, at, laid = text[: len(text) - len(tail)], room.left(), []
        if head:
            wide = _metrics(px, 500).horizontalAdvance(head)
            laid.append(Piece(QRect(at, room.top(), wide, room.height()), head, px, heavy=False))
            at += wide + theme().px(px) // 4
        wide = _metrics(px, 800).horizontalAdvance(tail)
        return (*laid, Piece(QRect(at, room.top(), wide, room.height()), tail, px, heavy=True))

    def _pad(self) -> int:
        return theme().px(self._px) // 3 if self._framed else 0

    def _tall(self) -> int:
        return int(theme().px(self._px) * (1.5 if self._framed else 1.25))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the whole code in its own size."""
        laid = self._laid(self._serial, self._px, QRect(self._pad(), 0, 0, self._tall()))
        return QSize(laid[-1].room.right() + self._pad() + 2, self._tall())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the code in the smallest letters, in two lines where that is narrower than its own size."""
        laid = self._two_lines(_SMALLEST, 0)
        least = max(_metrics(_SMALLEST, 500).horizontalAdvance(laid[0].text), laid[-1].room.right()) + self._pad() + 4
        return QSize(min(self.sizeHint().width(), least + self._pad()), self._tall())

    def dress(self) -> None:
        """Take the size from the theme."""
        self.updateGeometry()
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
        for piece in self.pieces():
            painter.setFont(now.font(piece.px, 800 if piece.heavy else 500, mono=True))
            painter.drawText(piece.room.adjusted(0, 0, 4, 0), LEFT, piece.text)


def _metrics(px: int, weight: int) -> QFontMetrics:
    return QFontMetrics(theme().font(px, weight, mono=True))


def _from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
