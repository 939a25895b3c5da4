"""The jobs of one printer, one after the other on a thread of their own: a dead printer holds up nobody else."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Generic

from muniment.domain.basics.moments import stamp
from muniment.ports.clock import Clock
from muniment.ports.paper import (
    Cause,
    End,
    JobState,
    Outcome,
    PaperFault,
    Printer,
    PrinterFault,
    Printers,
    PrintJob,
    PrintJournal,
    S,
)
from muniment.ports.work import StoreFault

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a printer is asked, and how many answers without hope it may give before a person is asked."""

    ask_s: float = 0.5
    patience: int = 60
    rest_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Surroundings(Generic[S]):
    """What the lanes of a queue share. `sheets` are those that are ready to be printed, by job."""

    journal: PrintJournal
    printers: Printers[S]
    clock: Clock
    pace: Pace
    sheets: Mapping[str, S]
    heard: Callable[[], None]


class Lane(Generic[S]):
    """Works off the jobs of one printer that this run of the program looks after.

    What fails stops it: nothing goes past a job that failed or of which nobody knows, until a person has decided.
    """

    def __init__(self, printer: str, around: Surroundings[S]) -> None:
        self._printer, self._around = printer, around
        self._woken = threading.Event()
        self._gate = threading.Lock()
        self._closing = False
        self._given_up: set[str] = set()
        self._left_over: list[PrintJob] = []
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Look again whether there is something to do."""
        with self._gate:
            self._woken.set()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name=f"printer {self._printer}", daemon=True)
                self._thread.start()

    def give_up(self, job: PrintJob) -> None:
        """Take a job back that is being printed."""
        self._given_up.add(job.id)
        self.wake()

    def clear_away(self, job: PrintJob) -> None:
        """Before anything else, take back what may be left of an attempt that nobody knows the end of."""
        self._left_over.append(job)
        self.wake()

    def close(self) -> None:
        """Begin nothing more; what is with the printer is asked about by the next run."""
        self._closing = True
        self._woken.set()

    def join(self, limit_s: float) -> None:
        """Wait for the thread to end; a printer that hangs is left to the system."""
        if self._thread is not None:
            self._thread.join(limit_s)

    def _run(self) -> None:
        while not self._closing:
            self._woken.clear()
            try:
                self._clear()
                job = self._next()
                if job is None:
                    with self._gate:
                        if self._woken.is_set():
                            continue
                        self._thread = None
                        return
                done = self._watch(job) if job.state is JobState.PRINTING else self._print(job)
            except StoreFault as fault:
                _log.warning("the print journal: %s", fault)
                done = False
            if not done:
                self._woken.wait(self._around.pace.rest_s)

    def _clear(self) -> None:
        printer = self._around.printers.named(self._printer) if self._left_over else None
        while self._left_over:
            job = self._left_over.pop(0)
            if printer is not None:
                printer.withdraw(job.ticket())

    def _next(self) -> PrintJob | None:
        """The job to see to: one that is with the printer already, else the first that waits."""
        journal = self._around.journal
        mine = [job for job in journal.jobs(0) if job.printer == self._printer and job.owner == journal.me]
        running = next((job for job in mine if job.state is JobState.PRINTING), None)
        return running or next((job for job in mine if job.state is JobState.WAITING), None)

    def _print(self, job: PrintJob) -> bool:
        around = self._around
        begun = self._becoming(job, JobState.PRINTING)
        if not around.journal.begin(begun):
            return False
        around.heard()
        printer = around.printers.named(self._printer)
        ticket = begun.ticket(around.journal.offset(self._printer))
        try:
            if printer is None:
                raise PrinterFault(Cause.GONE)
            printer.hand_over(around.sheets[begun.id], ticket)
        except PrinterFault as fault:
            self._settle(begun, JobState.FAILED, fault.cause, fault.detail)
        except PaperFault as fault:
            self._settle(begun, JobState.FAILED, Cause.NOT_WRITTEN, str(fault.says))
        except BaseException:
            self._settle(begun, JobState.UNKNOWN, Cause.NOT_TOLD)
            raise
        else:
            return self._watch(begun)
        return True

    def _watch(self, job: PrintJob) -> bool:
        """Ask until it is known what became of a job, or until nobody will tell any more."""
        printer, ticket = self._around.printers.named(self._printer), job.ticket()
        if printer is None:
            self._settle(job, JobState.UNKNOWN, Cause.GONE)
            return True
        hopeless = 0
        while not self._closing:
            if job.id in self._given_up:
                self._take_back(job, printer, JobState.CANCELLED, None)
                return True
            outcome = printer.outcome(ticket)
            if outcome.end is End.UNDER_WAY:
                hopeless = hopeless + 1 if outcome.cause else 0
                job = self._tell_trouble(job, outcome)
                if hopeless > self._around.pace.patience:
                    self._take_back(job, printer, JobState.FAILED, outcome.cause, outcome.detail)
                    return True
                self._woken.wait(self._around.pace.ask_s)
                self._woken.clear()
                continue
            self._end(job, printer, outcome)
            return True
        return True

    def _tell_trouble(self, job: PrintJob, outcome: Outcome) -> PrintJob:
        """Say at once what holds a job up, though it may still come out by itself."""
        if outcome.cause is job.cause:
            return job
        after = replace(job, cause=outcome.cause, detail=outcome.detail)
        if self._around.journal.change(job, after):
            self._around.heard()
        return after

    def _end(self, job: PrintJob, printer: Printer[S], outcome: Outcome) -> None:
        if outcome.end is End.PRINTED:
            self._settle(job, JobState.PRINTED, None, outcome.detail)
        elif outcome.end is End.FAILED:
            self._take_back(job, printer, JobState.FAILED, outcome.cause, outcome.detail)
        else:
            self._settle(job, JobState.UNKNOWN, outcome.cause or Cause.NOT_TOLD, outcome.detail)

    def _take_back(
        self, job: PrintJob, printer: Printer[S], becomes: JobState, cause: Cause | None, detail: str = ""
    ) -> None:
        """See to it that nothing more comes out, and say honestly where that is not certain."""
        ticket = job.ticket()
        certain = printer.withdraw(ticket)
        if printer.outcome(ticket).end is End.PRINTED:
            self._settle(job, JobState.PRINTED, None, detail)
        elif certain:
            self._settle(job, becomes, cause, detail)
        else:
            self._settle(job, JobState.UNKNOWN, cause or Cause.NOT_TOLD, detail)

    def _settle(self, job: PrintJob, state: JobState, cause: Cause | None, detail: str = "") -> None:
        self._given_up.discard(job.id)
        self._around.journal.change(job, replace(self._becoming(job, state), cause=cause, detail=detail))
        self._around.heard()

    def _becoming(self, job: PrintJob, state: JobState) -> PrintJob:
        changed_at = stamp(self._around.clock.now())
        return replace(job, state=state, changed_at=changed_at, cause=None, detail="")
