"""The order of blocks on pages: what begins where, and what keeps company with what."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter

from muniment.paper.blocks import (
    code_height,
    fields_height,
    fields_lead,
    heading_height,
    note_height,
    put_code,
    put_fields,
    put_heading,
    put_note,
)
from muniment.paper.frame import Frame
from muniment.paper.signing import cards_lead, put_cards, put_signatures, signatures_height
from muniment.paper.table import TableRun
from muniment.paper.walk import Commission, Walk
from muniment.reports.document import (
    Block,
    Cards,
    CodeBlock,
    Fields,
    Heading,
    Note,
    PageBreak,
    Signatures,
    Table,
)

BeginPage = Callable[[int], QPainter | None]
"""Begins page number n, counted from 1, and answers what to draw it with, or nothing to pass over it."""


class Pages:
    """A document divided into pages: counted once, then drawn as often as wanted."""

    def __init__(self, commission: Commission) -> None:
        self._commission = commission
        self._blocks = commission.document.blocks
        self._tables = {place: TableRun(block) for place, block in enumerate(self._blocks) if isinstance(block, Table)}
        self.count = 0
        self.count = self._go(lambda _page: None)

    def draw(self, begin: BeginPage) -> None:
        """Walk all pages again and draw those that `begin` gives a painter for."""
        self._go(begin)

    def _go(self, begin: BeginPage) -> int:
        frame = Frame(self._commission, self.count)

        def turn(walk: Walk) -> QPainter | None:
            walk.painter = begin(walk.page)
            frame.put(walk)
            return walk.painter

        walk = Walk(self._commission, turn)
        walk.turn_page()
        for place in range(len(self._blocks)):
            self._put(walk, place)
        return walk.page

    def _put(self, walk: Walk, place: int) -> None:
        match self._blocks[place]:
            case Heading() as heading:
                walk.make_room(self._lead(walk, place))
                put_heading(walk, heading)
            case Fields() as fields:
                put_fields(walk, fields)
            case Table():
                self._tables[place].put(walk, self._tail(walk, place))
            case Note() as note:
                put_note(walk, note)
            case Signatures() as signatures:
                put_signatures(walk, signatures)
            case CodeBlock() as code:
                put_code(walk, code)
            case Cards() as cards:
                put_cards(walk, cards)
            case PageBreak():
                if not walk.fresh:
                    walk.turn_page()

    def _lead(self, walk: Walk, place: int) -> float:
        """What must find room together from this block on: a heading takes the beginning of the next with it."""
        if place >= len(self._blocks):
            return 0.0
        match self._blocks[place]:
            case Heading() as heading:
                return heading_height(walk, heading) + self._lead(walk, place + 1)
            case Fields() as fields:
                return fields_lead(walk, fields)
            case Table():
                return self._tables[place].lead(walk)
            case Cards() as cards:
                return cards_lead(cards)
            case Note() as note:
                return min(note_height(walk, note), walk.width / 4)
            case block:
                return self._height(walk, block)

    def _height(self, walk: Walk, block: Block) -> float:
        match block:
            case Heading() as heading:
                return heading_height(walk, heading)
            case Fields() as fields:
                return fields_height(walk, fields)
            case Note() as note:
                return note_height(walk, note)
            case Signatures() as signatures:
                return signatures_height(walk, signatures)
            case CodeBlock() as code:
                return code_height(walk, code)
            case _:
                return 0.0

    def _tail(self, walk: Walk, place: int) -> float:
        """How much room the blocks after a table want on its last page."""
        tail = 0.0
        for block in self._blocks[place + 1 :]:
            if isinstance(block, PageBreak):
                break
            if isinstance(block, Table | Cards):
                return walk.bottom  # more than there is: nothing is ruled off between tables
            tail += self._height(walk, block)
        return tail
