"""A print queue on the example depot, with pretended printers and sheets that need no Qt."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fakes.depot import Depot
from muniment.desk.desk import Officer
from muniment.desk.printing.lane import Pace
from muniment.desk.printing.queue import Made, PrintQueue
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.printing import Form
from muniment.paper.printers.pretended import PretendedPrinter
from muniment.ports.paper import JobState, Order, Printer, PrintJob
from muniment_db.print_journal import FileJournal

LIMIT_S = 10.0
QUICK = Pace(ask_s=0.002, patience=5, rest_s=0.01)


@dataclass(frozen=True)
class Leaves:
    """Blank pages."""

    pages: int


def blank_form(order: Order) -> Made[Leaves]:
    """A form of as many pages as its order wishes; one that is about "nothing" cannot be made."""
    about = order.about[0] if order.about else ""
    if about == "nothing":
        raise Refusal("unknown_receipt", say("There is no such hand receipt."))
    pages = int(order.wishes.get("pages", "1"))
    return Made(Leaves(pages), about, "", pages)


class Printers:
    """Some pretended printers; the first stands in for the folder."""

    def __init__(self, *printers: PretendedPrinter) -> None:
        self._printers = {printer.name: printer for printer in printers}

    @property
    def folder(self) -> str:
        return next(iter(self._printers))

    def names(self) -> Sequence[str]:
        return list(self._printers)

    def named(self, name: str) -> Printer[Leaves] | None:
        return self._printers.get(name)  # type: ignore[return-value]


class Shop:
    """Printers, a journal, a queue, and an officer who prints."""

    def __init__(self, depot: Depot, folder: Path, *, pace: Pace = QUICK) -> None:
        self.depot, self.path, self.pace = depot, folder / "print-queue" / "jobs.sqlite", pace
        self.folder, self.office, self.hatch = (PretendedPrinter(name) for name in ("PDF", "Office", "Hatch"))
        self.officer: Officer = depot.by_officer().officer
        self.open()

    def open(self) -> None:
        self.journal = FileJournal(self.path)
        printers = Printers(self.folder, self.office, self.hatch)
        desk = self.depot.desk
        self.queue = PrintQueue[Leaves](self.journal, printers, blank_form, desk.clock, desk.ids, self.pace)

    def restart(self) -> None:
        """Close the program and start it again; it looks after what it finds."""
        self.queue.close()
        self.open()
        self.queue.take_over(self.officer)

    def order(self, number: str = "R-000001", printer: str = "Office", pages: int = 1, copies: int = 1) -> PrintJob:
        wanted = Order(Form.HAND_RECEIPT, (number,), {"pages": str(pages)})
        return self.queue.order(wanted, self.officer, printer, copies)

    def ends(self, job: PrintJob, state: JobState) -> PrintJob:
        """Wait until a job is in a state."""
        self.until(lambda: self.queue.job(job.id).state is state, lambda: self.queue.job(job.id))
        return self.queue.job(job.id)

    def until(self, true: Callable[[], bool], told: Callable[[], object] = lambda: None) -> None:
        deadline = time.monotonic() + LIMIT_S
        while not true():
            assert time.monotonic() < deadline, told()
            time.sleep(0.002)

    def states(self) -> list[JobState]:
        return [job.state for job in self.queue.jobs()]
