"""What screens ask of a register that may hold a million weapons: lists by number, counts, search."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.custody.standing import Standing


class ItemState(StrEnum):
    """Where weapons stand, as they are listed and counted.

    Each weapon is in one of these, but that `ALL` are all of them and that `ISSUED` includes what is `OVERDUE`. The
    gravest counts, as in `muniment.desk.reading.state_of`.
    """

    ALL = "all"
    IN_STORE = "in_store"
    ISSUED = "issued"
    OVERDUE = "overdue"
    QUARANTINED = "quarantined"
    TRANSIT = "transit"
    MISSING = "missing"
    OUTSIDE = "outside"
    WITHDRAWN = "withdrawn"


class Order(StrEnum):
    """What a list of weapons is ordered by; within it by register number.

    `PLACE` orders by the code of the place, then by the name of the holder; what lies at one place or is with one
    person stays together. In the order of `DUE` weapons that nobody awaits come last, either way round.
    """

    REGISTER_NO = "register_no"
    SERIAL = "serial"
    TYPE = "type"
    PLACE = "place"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Which:
    """Which weapons: all that fit everything said here.

    `at` is the moment that decides what is overdue. `below` is a place and all places in it, `type_code` a type and
    all types below it. `text` is what was typed to search; what it finds is said by `Views.search`, look-alikes apart.
    """

    at: datetime
    state: ItemState = ItemState.ALL
    below: Subject | None = None
    type_code: str = ""
    text: str = ""


class Why(StrEnum):
    """Why something was found."""

    CODE = "code"
    REGISTER_NO = "register_no"
    SERIAL = "serial"
    PART = "part"
    NAME = "name"
    LOOKS_ALIKE = "looks_alike"


@dataclass(frozen=True, slots=True)
class Hit:
    """A weapon, component or line that was found, and why."""

    item: Standing
    why: Why


@dataclass(frozen=True, slots=True)
class CountedLine:
    """A quantity without serials: what stands of it, and the quantity it came in with."""

    line: Standing
    came_in: int

    @property
    def left(self) -> int:
        """How many are still to be identified."""
        return self.line.number("quantity")

    @property
    def identified(self) -> int:
        """How many were identified."""
        return self.came_in - self.left


@dataclass(frozen=True, slots=True)
class Overdue:
    """What one holder should have brought back: how many things, since when, and the number where it is one alone."""

    holder: Subject
    count: int
    since: datetime
    register_no: str = ""


@dataclass(frozen=True, slots=True)
class LookedOver:
    """How much of the search index was held against the register, as a share, and how many things it hid in this part.

    What hid something was thrown away, and is built anew by `Views.prepare`.
    """

    share: float
    hidden: int = 0


class Views(Protocol):
    """The reading side of a register.

    Each answer is true of one moment of the register. No question waits for a writer, and no writer for a question.
    Every method raises `StoreFault` when the register cannot be read.
    """

    def numbers(self, which: Which, order: Order = Order.REGISTER_NO, *, descending: bool = False) -> array[int]:
        """The running numbers of weapons, in order. A million of them take eight megabytes."""

    def listed(
        self, which: Which, order: Order = Order.REGISTER_NO, *, descending: bool = False
    ) -> tuple[array[int], Mapping[ItemState, int]]:
        """What `numbers` and `counts` answer, of one moment; what fits is looked for once."""

    def rows(self, numbers: Sequence[int]) -> list[Standing | None]:
        """What stands of weapons by their running numbers, in the order asked; nothing for a number nobody has."""

    def counts(self, which: Which) -> Mapping[ItemState, int]:
        """How many weapons there are in each state among those that fit all but the state."""

    def search(self, text: str, most: int = 50) -> list[Hit]:
        """What a typed text may mean, best first: an item once, for the best reason, and at most so many.

        A whole code; a whole register number, with or without its letter and its zeros; a whole serial. Then the
        beginning of a code; the beginning of a register number, with at least one figure; a part of a serial from
        three characters on, with fewer its beginning; words of make and model, all of which must occur, those of one
        or two characters at the beginning of a word, or all of them written as one, from three characters on. Last
        come items whose serial, or its beginning, could be mistaken for the text. Serials, makes and models are
        compared by their comparison keys, codes as they are.

        For one reason weapons come before components before lines, each in order of register number; but for codes,
        which come in order of code, and for beginnings of one or two characters and look-alikes, in order of serial.
        """

    def lines(self) -> list[CountedLine]:
        """All quantities without serials, by type, calibre and register number; withdrawn ones are left out."""

    def by_type(self) -> list[tuple[str, int]]:
        """How many weapons there are of each type that occurs, most first; withdrawn ones are left out."""

    def overdue(self, at: datetime) -> list[Overdue]:
        """Who holds weapons and components that are overdue at a moment; who should have come first is first."""

    def in_state(self, kind: Kind, state: str) -> list[Standing]:
        """The cases, hand receipts, shipments or undecided things in a state, oldest first, withdrawn ones left out.

        Raises:
            ValueError: things of this kind have no state.

        """

    def prepare(self) -> float:
        """Do a little towards quicker searching; which share of it is done, 1 when nothing is left to do.

        Takes a fraction of a second. Searching works before, only slower, and leaving off at any moment does no harm.
        """

    def look_over(self) -> LookedOver:
        """Hold the next part of the search index against the register; from the beginning when all of it was.

        Takes a fraction of a second. Nothing is looked over before `prepare` has nothing left to do.
        """
