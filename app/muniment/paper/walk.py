"""One walk of a document down its pages: the cursor, the turning of pages, and what every block needs to draw itself.

Without a painter the same walk only counts, so what was counted is what is printed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from muniment.domain.basics.isolate import bare
from muniment.domain.basics.text import Text
from muniment.paper.faces import Face, style
from muniment.paper.lettering import LTR, RTL, At, Run, break_lines, draw_lines, own_direction, said_direction
from muniment.paper.sheet import Sheet, pt
from muniment.paper.writing import written
from muniment.reports.document import Cell, Code, Document, Words, runs_right_to_left

Read = Callable[[Text], str]
"""Reads a text in the language of the document, its values isolated (see `domain.basics.isolate.read_isolated`)."""

BLACK = QColor(0, 0, 0)
QUIET = QColor(70, 70, 70)
HAIR = QColor(150, 150, 150)
SHADE = QColor(232, 232, 232)


@dataclass(frozen=True, slots=True)
class Commission:
    """What is to be printed, on what, in which language."""

    document: Document
    sheet: Sheet
    read: Read

    @property
    def direction(self) -> Qt.LayoutDirection:
        """The direction the sheet is laid out in."""
        return RTL if runs_right_to_left(self.document.language) else LTR


class Walk:
    """The place on the paper where the next block goes. `turn` begins a page and answers what to draw it with."""

    def __init__(self, commission: Commission, turn: Callable[[Walk], QPainter | None]) -> None:
        self.sheet = commission.sheet
        self.read = commission.read
        self.direction = commission.direction
        self.page = 0
        self.top = 0.0
        self.bottom = 0.0
        self.y = 0.0
        self.painter: QPainter | None = None
        self._turn = turn

    @property
    def left(self) -> float:
        """The left edge of the text."""
        return self.sheet.left

    @property
    def width(self) -> float:
        """The width of the text."""
        return self.sheet.width

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.bottom - self.y

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y <= self.top

    def turn_page(self) -> None:
        """Begin a new page; the turner sets where its text begins and ends."""
        self.page += 1
        self.painter = self._turn(self)
        self.y = self.top

    def make_room(self, height: float) -> None:
        """Turn the page unless `height` fits; what is higher than a page goes on a fresh one."""
        if height > self.room and not self.fresh:
            self.turn_page()

    def run(self, value: Cell, face: Face, points: float) -> Run:
        """Letters for a value: translated, isolated, in the direction of what it is."""
        chosen = style(face, points)
        if isinstance(value, Text):
            said = self.read(value)
            return Run(said, chosen, said_direction(said, self.direction))
        if isinstance(value, Words):
            text = bare(value.value)
            return Run(text, chosen, own_direction(text, self.direction))
        if isinstance(value, Code):
            face = Face.CODE_STRONG if face in (Face.STRONG, Face.CODE_STRONG) else Face.CODE
            return Run(bare(value.value), style(face, points), LTR, code=True)
        return Run(written(value), chosen, LTR)

    def put(self, run: Run, left: float, width: float, top: float, at: At = At.START, most: int = 30) -> float:
        """Set a run in its room and answer how high it is."""
        lines = break_lines(run, width, most)
        if self.painter:
            draw_lines(self.painter, run, lines, left, width, top, at, self.direction)
        return len(lines) * run.style.line

    def height(self, run: Run, width: float, most: int = 30) -> float:
        """How high a run is when it is set in a width."""
        return len(break_lines(run, width, most)) * run.style.line

    def mirrored(self, offset: float, width: float) -> float:
        """The left edge of a box that begins `offset` after the edge where reading begins."""
        return self.left + (self.width - offset - width if self.direction is RTL else offset)

    def rule(self, left: float, right: float, y: float, points: float = 0.5, colour: QColor = BLACK) -> None:
        """Draw a horizontal line."""
        if self.painter:
            self.painter.setPen(QPen(colour, pt(points)))
            self.painter.drawLine(QLineF(left, y, right, y))
            self.painter.setPen(BLACK)

    def ink(self, colour: QColor) -> None:
        """Set the colour of the letters that follow."""
        if self.painter:
            self.painter.setPen(colour)
