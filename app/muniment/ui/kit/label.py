"""Words on the screen."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from muniment.ui.kit.ink import Ink, colour_of
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.speech import iso, right_to_left

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def leading() -> Qt.AlignmentFlag:
    """The side where reading begins, absolutely: Qt would turn a bare number round by itself."""
    return RIGHT if right_to_left() else LEFT


def trailing() -> Qt.AlignmentFlag:
    """The side where reading ends."""
    return LEFT if right_to_left() else RIGHT


class Label(QLabel):
    """Plain text in a role. `px` is the size at 100 %; `mono` is for codes, which never reorder.

    `elide` lets the label shrink below its text and end in "…"; assistive tools still read all of it. With
    `least` the letters become smaller first, down to that size. `end` sets the text to the trailing side.
    """

    def __init__(
        self,
        text: str = "",
        px: int = 14,
        weight: int = 400,
        ink: Ink | State = Ink.TEXT,
        *,
        mono: bool = False,
        wrap: bool = False,
        elide: bool = False,
        end: bool = False,
        least: int = 0,
    ) -> None:
        super().__init__()
        self._px, self._weight, self._ink, self._least = px, weight, ink, least
        self._mono, self._elide, self._end = mono, elide, end
        self._tall: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setText(text)
        self.dress()

    @property
    def elides(self) -> bool:
        """Whether the label may end in an ellipsis."""
        return self._elide

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show another text; a code is isolated from its neighbours."""
        self._tall.clear()
        super().setText(iso(text) if self._mono else text)

    def tell(self, text: str, ink: Ink | State | None = None) -> None:
        """Show another text, in another role if one is given."""
        if ink is not None and ink is not self._ink:
            self._ink = ink
            self.dress()
        self.setText(text)

    def dress(self) -> None:
        """Take font, colour and side from the theme."""
        self._tall.clear()
        self.setFont(theme().font(self._px, self._weight, mono=self._mono))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colour_of(self._ink)))
        self.setPalette(palette)
        self.setAlignment(trailing() if self._end else leading())

    def _line(self) -> int:
        """The most a single line needs. Arabic faces ask for far more than their letters fill."""
        return math.ceil(self.font().pixelSize() * 1.55)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the text."""
        hint = super().sizeHint()
        if not self.wordWrap() and "\n" not in self.text():
            hint.setHeight(min(hint.height(), self._line() + self._margins_tall()))
        return hint

    def _margins_tall(self) -> int:
        margins = self.contentsMargins()
        return margins.top() + margins.bottom()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """The height of the lines the text breaks into."""
        # A layout asks for the same widths over and over, and measuring words is what costs most.
        if width not in self._tall:
            self._tall[width] = self._lines_tall(width)
        return self._tall[width]

    def _lines_tall(self, width: int) -> int:
        tall = super().heightForWidth(width)
        margins = self.contentsMargins()
        wide = self.fontMetrics().horizontalAdvance(self.text()) + margins.left() + margins.right()
        if tall > 0 and wide <= width and "\n" not in self.text():
            return min(tall, self._line() + self._margins_tall())
        return tall

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the text, or for three letters of it where it may end in an ellipsis."""
        hint = super().minimumSizeHint()
        if not self.wordWrap():
            hint.setHeight(self.sizeHint().height())
        if self._elide:
            hint.setWidth(min(hint.width(), self.fontMetrics().horizontalAdvance("MMM")))
        return hint

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the text, with an ellipsis where it may have one and needs it."""
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        room = self.contentsRect()
        font = self.font()
        while (
            self._least
            and font.pixelSize() > theme().px(self._least)
            and QFontMetrics(font).horizontalAdvance(self.text()) > room.width()
        ):
            font.setPixelSize(font.pixelSize() - 1)
        painter.setFont(font)
        short = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self.alignment(), short)
