"""State chips: colour, icon, word and fill. One paint function for the widget and for table cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from muniment.ui.kit.icons import icon
from muniment.ui.kit.label import leading
from muniment.ui.kit.theme import Theme, theme
from muniment.ui.kit.tokens import STATES, Fill, Part, State, chip_ink
from muniment.ui.speech import right_to_left, spoken

_EDGE, _GAP, _END = 8, 6, 10


@dataclass(frozen=True, slots=True)
class Mark:
    """A state, and the words that stand for it; without words the state's own."""

    state: State
    word: str = ""

    @property
    def reading(self) -> str:
        """What the chip says."""
        return self.word or spoken(STATES[self.state].word)


def chip_size(mark: Mark) -> QSize:
    """The room a chip needs: its words decide, so it cannot be cut."""
    now = theme()
    words = _wide(mark.reading, now.px(13))
    return QSize(_EDGE + now.px(16) + _GAP + words + _END, now.height(Part.CHIP))


@lru_cache(maxsize=256)
def _wide(words: str, _px: int) -> int:
    """How wide the words of a chip are at a size of type; a table asks for the same few at every paint."""
    return QFontMetrics(theme().font(13, 600)).horizontalAdvance(words)


def paint_chip(painter: QPainter, room: QRect, mark: Mark) -> None:
    """Paint a chip so that it fills `room`, which should be `chip_size` large."""
    now = theme()
    look, ink = STATES[mark.state], chip_ink(now.tint, mark.state)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(room).adjusted(0.5, 0.5, -0.5, -0.5)
    border = QColor(ink.border)
    pen = QPen(border, 1)
    if look.fill is Fill.UNKNOWN:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 3])
    elif look.fill is Fill.KNOWN and not now.night:
        border.setAlpha(70)
        pen.setColor(border)
    painter.setPen(pen)
    painter.setBrush(QColor(ink.ground))
    painter.drawRoundedRect(frame, 4, 4)
    if look.fill is Fill.NOT_REAL:
        _hatch(painter, frame, ink.text)
    side, mirrored = now.px(16), right_to_left()
    x = room.right() + 1 - _EDGE - side if mirrored else room.left() + _EDGE
    painter.drawImage(QPointF(x, room.top() + (room.height() - side) / 2), icon(look.icon, side, ink.text))
    painter.setPen(QColor(ink.text))
    painter.setFont(now.font(13, 600))
    lead = _EDGE + side + _GAP
    words = room.adjusted(0, 0, -lead, 0) if mirrored else room.adjusted(lead, 0, 0, 0)
    painter.drawText(words, leading(), mark.reading)
    painter.restore()


def chip_picture(mark: Mark, ratio: float) -> QPixmap:
    """A chip as a picture for a screen with so many pixels to one; kept, because a table shows the same few often."""
    return _picture(mark, theme(), ratio, mirrored=right_to_left())


@lru_cache(maxsize=64)
def _picture(mark: Mark, _look: Theme, ratio: float, *, mirrored: bool) -> QPixmap:
    size = chip_size(mark)
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    paint_chip(painter, QRect(QPoint(), size), mark)
    painter.end()
    return picture


def _hatch(painter: QPainter, frame: QRectF, colour: str) -> None:
    clip = QPainterPath()
    clip.addRoundedRect(frame, 4, 4)
    painter.save()
    painter.setClipPath(clip)
    stroke = QColor(colour)
    stroke.setAlpha(40)
    painter.setPen(QPen(stroke, 3))
    tall = int(frame.height())
    for x in range(int(frame.left()) - tall, int(frame.right()), 9):
        painter.drawLine(x, int(frame.bottom()), x + tall, int(frame.top()))
    painter.restore()


class Chip(QWidget):
    """A state as a widget."""

    def __init__(self, state: State, word: str = "") -> None:
        super().__init__()
        self._mark = Mark(state, word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state, word)

    @property
    def mark(self) -> Mark:
        """What the chip shows."""
        return self._mark

    @property
    def states_shown(self) -> frozenset[State]:
        """The state it shows."""
        return frozenset({self._mark.state})

    def show_state(self, state: State, word: str = "") -> None:
        """Show another state."""
        self._mark = Mark(state, word)
        self.setAccessibleName(self._mark.reading)
        self.dress()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The size of the words."""
        return chip_size(self._mark)

    def dress(self) -> None:
        """Take the size from the theme."""
        self.setFixedSize(self.sizeHint())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the chip."""
        paint_chip(QPainter(self), self.rect(), self._mark)
