"""The print queue: what was ordered, what became of it, and what a person decides about it.

Nothing here runs inside a transaction of the register. Forms are made from the register on the caller's thread when
they are ordered; printers work on threads of their own; the ledger is told on the caller's thread again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic

from muniment.desk.desk import Deposition, Desk, Officer
from muniment.desk.printing.lane import Lane, Pace, Surroundings
from muniment.desk.printing.noting import note_printed
from muniment.domain.basics.moments import stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.people.duties import Duty, require
from muniment.ports.clock import Clock
from muniment.ports.ids import Ids
from muniment.ports.paper import Cause, JobState, Order, Printers, PrintJob, PrintJournal, S
from muniment.ports.work import Told

MOST_COPIES = 20


@dataclass(frozen=True, slots=True)
class Made(Generic[S]):
    """A form ready to be printed: its sheets, its own number, the subject it is about, how many pages it has.

    `head` counts the facts that the head of the ledger on it covers; 0 where it bears none.
    """

    sheets: S
    number: str
    concerns: str
    pages: int
    head: int = 0


Make = Callable[[Order], Made[S]]
"""Makes a form from the register.

Raises:
    Refusal: there is nothing to make it from.

"""


class PrintQueue(Generic[S]):
    """All print jobs of one register on this workstation.

    `order`, `again`, `done`, `cancel`, `into_folder`, `take_over` and `note` belong on the thread that may ask the
    register. `jobs` may be called from anywhere. `listen` names what is called, on any thread, when a job has changed.
    """

    def __init__(
        self,
        journal: PrintJournal,
        printers: Printers[S],
        make: Make[S],
        clock: Clock,
        ids: Ids,
        pace: Pace | None = None,
    ) -> None:
        self.printers = printers
        self._journal, self._make, self._clock, self._ids = journal, make, clock, ids
        self._sheets: dict[str, S] = {}
        self._officers: dict[str, Officer] = {}
        self._listener: Callable[[], None] = lambda: None
        self._changed = threading.Condition()
        self._around = Surroundings(journal, printers, clock, pace or Pace(), self._sheets, self._heard)
        self._lanes: dict[str, Lane[S]] = {}
        self._names: tuple[str, ...] = (printers.folder,)

    def listen(self, listener: Callable[[], None]) -> None:
        """Have this called, on any thread, whenever a job has changed."""
        self._listener = listener

    def jobs(self, settled: int = 50) -> list[PrintJob]:
        """What is on its way to paper, and what came of the newest of the others."""
        return self._journal.jobs(settled)

    def job(self, identity: str) -> PrintJob:
        """One job, by its name or the last letters of it.

        Raises:
            Refusal: there is none.

        """
        wanted = identity.strip().lower()
        found = self._journal.job(wanted)
        if found is None and len(wanted) >= 4:
            found = next((job for job in self._journal.jobs() if job.id.endswith(wanted)), None)
        if found is None:
            raise Refusal(
                "unknown_job",
                say("There is no print job {identity}.", identity=identity),
                do_now=say("Look at the list of print jobs."),
            )
        return found

    def order(self, order: Order, officer: Officer, printer: str = "", copies: int = 1) -> PrintJob:
        """Put a form into the queue of a printer, by default the PDF folder. It is on the disk when this comes back.

        Raises:
            Refusal: there is nothing to print, or not so many copies.

        """
        require(Duty.READ, officer.roles)
        if not 1 <= copies <= MOST_COPIES:
            raise Refusal(
                "copies",
                say("{copies} copies cannot be printed at once.", copies=copies),
                do_now=say("Ask for 1 to {most}.", most=MOST_COPIES),
            )
        made = self._make(order)
        now = stamp(self._clock.now())
        identity = self._ids.ordered()
        self._sheets[identity], self._officers[identity] = made.sheets, officer
        job = self._journal.add(
            PrintJob(
                id=identity,
                order=order,
                number=made.number,
                concerns=made.concerns,
                pages=made.pages,
                copies=copies,
                head=made.head,
                printer=printer or self.printers.folder,
                asked_by=officer.person,
                asked_at=now,
                changed_at=now,
                owner=self._journal.me,
            )
        )
        self._see_to(job)
        return job

    def again(self, job: PrintJob, officer: Officer, printer: str = "") -> PrintJob:
        """Print a job once more, from what the register says now, on the same printer or another one.

        Raises:
            Refusal: it is on its way or settled, or cannot be made any more.

        """
        self._undecided(job)
        made = self._make(job.order)
        self._clear_away(job)
        self._sheets[job.id], self._officers[job.id] = made.sheets, officer
        return self._turn(
            job,
            replace(
                job,
                state=JobState.WAITING,
                attempt=job.attempt + 1,
                printer=printer or job.printer,
                owner=self._journal.me,
                pages=made.pages,
                cause=None,
                detail="",
            ),
        )

    def into_folder(self, job: PrintJob, officer: Officer) -> PrintJob:
        """Write a job into the PDF folder instead.

        Raises:
            Refusal: it is on its way or settled, or cannot be made any more.

        """
        return self.again(job, officer, self.printers.folder)

    def done(self, job: PrintJob, officer: Officer) -> PrintJob:
        """Take a person's word that the sheets lie in the tray.

        Raises:
            Refusal: it is on its way or settled.

        """
        self._undecided(job)
        self._officers[job.id] = officer
        return self._turn(job, replace(job, state=JobState.PRINTED, on_sight=True))

    def cancel(self, job: PrintJob) -> PrintJob:
        """Print a job no more. What is being printed is taken back, as far as the printer can.

        Raises:
            Refusal: it is settled, or another run of the program prints it.

        """
        if job.state is JobState.PRINTING:
            if job.owner != self._journal.me:
                raise Refusal(
                    "printed_elsewhere",
                    say("Another window of the program prints this."),
                    do_now=say("Cancel it there."),
                )
            self._lane(job.printer).give_up(job)
            return job
        if job.state is not JobState.WAITING:
            self._undecided(job)
            self._clear_away(job)
        self._sheets.pop(job.id, None)
        return self._turn(job, replace(job, state=JobState.CANCELLED))

    def take_over(self, officer: Officer) -> None:
        """Look after what runs of the program that are gone have left behind.

        What waits is printed; about what was with a printer that printer is asked, and a person where it cannot tell.
        """
        for job in self._journal.jobs(0):
            if job.state not in (JobState.WAITING, JobState.PRINTING) or self._journal.alive(job.owner):
                continue
            mine = replace(job, owner=self._journal.me)
            if job.state is JobState.WAITING:
                try:
                    self._sheets[job.id] = self._make(job.order).sheets
                except Refusal as refusal:
                    gone = replace(mine, state=JobState.FAILED, cause=Cause.NOT_MADE, detail=str(refusal.says))
                    self._journal.change(job, gone)
                    continue
            self._officers[job.id] = officer
            if self._journal.change(job, mine):
                self._see_to(mine)
        self._heard()

    def note(self, desk: Desk, officer: Officer) -> list[Told]:
        """Tell the ledger of everything printed that it does not know of yet; answers the facts.

        Told in the name of who ordered it, else of `officer`. Doing it twice is doing it once.
        """
        facts: list[Told] = []
        for job in self._journal.to_note():
            facts += note_printed(desk, Deposition(self._officers.get(job.id, officer)), job).told
            self._journal.change(job, replace(job, noted=True))
            self._sheets.pop(job.id, None)
        return facts

    def wait(self, job: PrintJob) -> PrintJob:
        """Wait until a job is printed, or needs a person."""
        with self._changed:
            while (now := self.job(job.id)).state in (JobState.WAITING, JobState.PRINTING):
                self._changed.wait(1.0)
        return now

    def draft(self, order: Order) -> Made[S]:
        """Make a form to look at; nothing is printed.

        Raises:
            Refusal: there is nothing to make it from.

        """
        return self._make(order)

    def names(self) -> tuple[str, ...]:
        """The printers that were seen last; `look_round` looks again."""
        return self._names

    def look_round(self) -> None:
        """Ask the machine for its printers, on a thread of its own: a print system that hangs holds up nobody."""

        def look() -> None:
            self._names = tuple(self.printers.names())
            self._heard()

        threading.Thread(target=look, name="printers", daemon=True).start()

    @property
    def preferred(self) -> str:
        """The printer to offer: the one chosen last, else the first there is."""
        return self._journal.preferred() or self._names[0]

    def prefer(self, printer: str) -> None:
        """Offer this printer from now on."""
        self._journal.prefer(printer)

    def offset(self, printer: str) -> tuple[float, float]:
        """Millimetres right and down by which a printer is put right."""
        return self._journal.offset(printer)

    def keep_offset(self, printer: str, right_mm: float, down_mm: float) -> None:
        """Put a printer right from now on, by at most 20 mm either way.

        Raises:
            Refusal: it is more than that.

        """
        if max(abs(right_mm), abs(down_mm)) > 20:
            raise Refusal(
                "offset_too_large",
                say("A printer is put right by at most 20 mm."),
                do_now=say("Measure again, in millimetres."),
            )
        self._journal.keep_offset(printer, right_mm, down_mm)

    def close(self) -> None:
        """Begin nothing more, and let go of the journal. What waits is printed by the next run."""
        for lane in self._lanes.values():
            lane.close()
        for lane in self._lanes.values():
            lane.join(2.0)
        self._journal.close()

    def _undecided(self, job: PrintJob) -> None:
        if job.state not in (JobState.FAILED, JobState.UNKNOWN):
            raise Refusal(
                "job_not_open",
                say("This print job waits for nobody's decision."),
                do_now=say("Look at the list again: it has gone on meanwhile."),
            )

    def _clear_away(self, job: PrintJob) -> None:
        """Whatever the print system may still hold of it must not come out beside what is printed anew."""
        if job.state is JobState.UNKNOWN:
            self._lane(job.printer).clear_away(job)

    def _turn(self, job: PrintJob, after: PrintJob) -> PrintJob:
        after = replace(after, changed_at=stamp(self._clock.now()))
        if not self._journal.change(job, after):
            raise Refusal(
                "job_went_on",
                say("This print job has gone on meanwhile."),
                do_now=say("Look at the list again."),
            )
        self._see_to(after)
        if after.printer != job.printer:
            self._lane(job.printer).wake()
        self._heard()
        return after

    def _see_to(self, job: PrintJob) -> None:
        self._lane(job.printer).wake()

    def _lane(self, printer: str) -> Lane[S]:
        if printer not in self._lanes:
            self._lanes[printer] = Lane(printer, self._around)
        return self._lanes[printer]

    def _heard(self) -> None:
        with self._changed:
            self._changed.notify_all()
        self._listener()
