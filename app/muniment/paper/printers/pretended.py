"""A pretended printer for training and tests: a tray that can be looked into, paper that runs out, a plug to pull."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from muniment.paper.sheets import Sheets
from muniment.ports.paper import Cause, Condition, End, Outcome, PrinterFault, Ticket

PLENTY = 1_000_000


@dataclass(slots=True)
class _Spooled:
    pages: int
    out: int = 0
    ended: Outcome | None = None


class PretendedPrinter:
    """Prints one page each time it is asked how far it is, while it has paper and power.

    A page in `tray` is the name of the attempt it belongs to. It remembers attempts for as long as it stands.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._spool: dict[str, _Spooled] = {}
        self._lock = threading.Lock()
        self._paper = PLENTY
        self._powered = True
        self.tray: list[str] = []

    @property
    def name(self) -> str:
        """What it is called."""
        return self._name

    def load(self, pages: int = PLENTY) -> None:
        """Put so many sheets of paper in, in place of what there is."""
        with self._lock:
            self._paper = pages

    def plug(self, *, powered: bool) -> None:
        """Pull the plug, or put it back; what was spooled is still there afterwards."""
        with self._lock:
            self._powered = powered

    def spooled(self, name: str) -> bool:
        """Whether it has an attempt in its memory."""
        with self._lock:
            return name in self._spool

    def take_back(self, name: str) -> None:
        """Cancel an attempt at the printer itself, as a person would at its keys."""
        with self._lock:
            spooled = self._spool[name]
            spooled.ended = spooled.ended or Outcome(End.FAILED, Cause.TAKEN_BACK)

    def condition(self) -> Condition:
        """How it stands."""
        with self._lock:
            if not self._powered:
                return Condition(Cause.GONE)
            return Condition() if self._paper else Condition(Cause.OUT_OF_PAPER)

    def hand_over(self, sheets: Sheets, ticket: Ticket) -> None:
        """Take all pages into its memory."""
        stands = self.condition()
        if stands.cause is not None:
            raise PrinterFault(stands.cause)
        with self._lock:
            self._spool[ticket.name] = _Spooled(sheets.pages * ticket.copies)

    def outcome(self, ticket: Ticket) -> Outcome:
        """Print one more page, and say how far it is."""
        with self._lock:
            spooled = self._spool.get(ticket.name)
            if spooled is None:
                return Outcome(End.UNKNOWN, Cause.NOT_TOLD)
            if spooled.ended is None:
                self._print_page(ticket.name, spooled)
            if spooled.ended is not None:
                return spooled.ended
            if not self._powered:
                return Outcome(End.UNDER_WAY, Cause.GONE)
            if not self._paper:
                return Outcome(End.FAILED, Cause.OUT_OF_PAPER)
            return Outcome(End.UNDER_WAY)

    def withdraw(self, ticket: Ticket) -> bool:
        """Forget the pages that are not out. Without power nobody can say what it will do with them."""
        with self._lock:
            spooled = self._spool.get(ticket.name)
            if spooled is None:
                return True
            if spooled.ended is None:
                if not self._powered:
                    return False
                spooled.ended = Outcome(End.FAILED, Cause.TAKEN_BACK)
            return True

    def _print_page(self, name: str, spooled: _Spooled) -> None:
        if self._powered and self._paper and spooled.out < spooled.pages:
            self._paper -= 1
            spooled.out += 1
            self.tray.append(name)
        if spooled.out == spooled.pages:
            spooled.ended = Outcome(End.PRINTED)
