"""What the house asks of printers, and of the memory of what is to be printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.printing import Form

S = TypeVar("S")
S_contra = TypeVar("S_contra", contravariant=True)
"""Sheets ready to be printed: whatever the printers of this house understand."""


class PaperFault(Exception):  # noqa: N818 - the house speaks of faults and refusals
    """A sheet could not be made or printed: what happened, what is safe, what to do now.

    No part of a sheet is left behind under its name, and an older sheet of that name is unchanged.
    """

    def __init__(self, says: Text, do_now: Text, safe: Text | None = None) -> None:
        self.says = says
        self.safe = safe or say("The register is unchanged. No half sheet was left behind.")
        self.do_now = do_now
        super().__init__(f"{says} {self.safe} {do_now}")


class Cause(StrEnum):
    """Why a printer does not print, or why nobody knows whether it did."""

    GONE = "gone"
    STOPPED = "stopped"
    OUT_OF_PAPER = "out_of_paper"
    JAMMED = "jammed"
    COVER_OPEN = "cover_open"
    NO_INK = "no_ink"
    TAKEN_BACK = "taken_back"
    GIVEN_UP = "given_up"
    SILENT = "silent"
    NOT_TOLD = "not_told"
    NOT_WRITTEN = "not_written"
    NOT_MADE = "not_made"


CAUSES: Mapping[Cause, Text] = {
    Cause.GONE: say("The printer does not answer."),
    Cause.STOPPED: say("The printer is switched off or held by the print system."),
    Cause.OUT_OF_PAPER: say("The printer is out of paper."),
    Cause.JAMMED: say("Paper is jammed in the printer."),
    Cause.COVER_OPEN: say("The printer is open."),
    Cause.NO_INK: say("The printer has no ink or toner."),
    Cause.TAKEN_BACK: say("Somebody cancelled it in the print system."),
    Cause.GIVEN_UP: say("The print system gave it up."),
    Cause.SILENT: say("The printer took it and then said nothing more."),
    Cause.NOT_TOLD: say("The program ended, or this print system does not tell, before the outcome was known."),
    Cause.NOT_WRITTEN: say("The file could not be written."),
    Cause.NOT_MADE: say("The form could not be made from the register any more."),
}
"""What happened, in the words of the person before the printer."""

MEND: Mapping[Cause, Text] = {
    Cause.GONE: say("Switch it on and look at its cable."),
    Cause.STOPPED: say("Switch it on, or release it in the print system."),
    Cause.OUT_OF_PAPER: say("Put paper in."),
    Cause.JAMMED: say("Pull the paper out."),
    Cause.COVER_OPEN: say("Close it."),
    Cause.NO_INK: say("Change the cartridge."),
    Cause.NOT_WRITTEN: say("Make room on the disk, or close the file in other programs."),
}
"""What to do about it, where anything can be."""


class PrinterFault(PaperFault):
    """A printer did not take the sheets; nothing of them was printed or will be. `detail` is as the system told it."""

    def __init__(self, cause: Cause, detail: str = "") -> None:
        self.cause = cause
        self.detail = detail
        super().__init__(
            CAUSES[cause],
            MEND.get(cause, say("Choose another printer, or save it as a PDF.")),
            say("Nothing was printed. The register is unchanged."),
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """How a printer stands: ready where there is no cause against it.

    `stopped` says that it will not go on by itself, whatever becomes of the cause.
    """

    cause: Cause | None = None
    detail: str = ""
    stopped: bool = False

    @property
    def ready(self) -> bool:
        """Whether it takes sheets now, as far as it tells."""
        return self.cause is None


class End(StrEnum):
    """How far sheets that were handed over have come."""

    UNDER_WAY = "under_way"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of sheets that were handed over. `detail` tells where a file lies, or what the system said."""

    end: End
    cause: Cause | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One attempt at a printer. `name` is its own and never used again; `file` is how a file of it is called.

    `right_mm` and `down_mm` move everything, to make up for a printer that draws paper askew.
    """

    name: str
    file: str
    copies: int = 1
    right_mm: float = 0.0
    down_mm: float = 0.0


class Printer(Protocol[S_contra]):
    """One printer. Methods may take seconds, but not for ever; each printer is asked on a thread of its own."""

    @property
    def name(self) -> str:
        """What the print system calls it."""

    def condition(self) -> Condition:
        """How it stands now."""

    def hand_over(self, sheets: S_contra, ticket: Ticket) -> None:
        """Give it all sheets of one attempt; coming back says that they are with it, not that they are printed.

        Raises:
            PaperFault: it does not take them; nothing of them was printed or will be.

        """

    def outcome(self, ticket: Ticket) -> Outcome:
        """What became of an attempt, asked as often as wanted, and by another run of the program too.

        PRINTED and FAILED are only answered where the printer says so; what it does not remember is UNKNOWN. FAILED
        sheets may be in the printer still until they are withdrawn.
        """

    def withdraw(self, ticket: Ticket) -> bool:
        """Take back what has not come out yet. True says that nothing more of the attempt will come out."""


class PrinterStage(Protocol):
    """What plays the world round a pretended printer."""

    def load(self, pages: int = ...) -> None:
        """Put so many sheets of paper in, plenty by default."""

    def plug(self, *, powered: bool) -> None:
        """Pull the plug, or put it back."""


class Printers(Protocol[S_contra]):
    """The printers that this workstation reaches."""

    @property
    def folder(self) -> str:
        """The name of the printer that writes PDF files into a folder and is always there."""

    def names(self) -> Sequence[str]:
        """All names, the one to offer first in front. May take seconds."""

    def named(self, name: str) -> Printer[S_contra] | None:
        """The printer of a name; nothing where there is none."""


class JobState(StrEnum):
    """How a print job stands."""

    WAITING = "waiting"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


STANDING_IN_THE_WAY = frozenset({JobState.PRINTING, JobState.FAILED, JobState.UNKNOWN})
"""States of a job that nothing goes past on the same printer."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: a form, what it is about (numbers, codes, a day; never names), further wishes."""

    form: Form
    about: tuple[str, ...] = ()
    wishes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One order on its way to paper.

    `place` orders jobs; `attempt` counts how often a person had it printed. `cause` is the first one of this attempt.
    `head` counts the facts that the head of the ledger on it covers. `on_sight` says that a person saw it printed;
    `noted` that the ledger knows of it. `owner` is the run of the program that looks after it. Moments are written as
    `stamp` writes them.
    """

    id: str
    order: Order
    number: str
    concerns: str
    pages: int
    copies: int
    printer: str
    asked_by: Subject
    asked_at: str
    changed_at: str
    owner: str = ""
    place: int = 0
    state: JobState = JobState.WAITING
    attempt: int = 1
    cause: Cause | None = None
    detail: str = ""
    on_sight: bool = False
    noted: bool = False
    head: int = 0

    def ticket(self, offset: tuple[float, float] = (0.0, 0.0)) -> Ticket:
        """The name of this attempt at the printer; found again by another run of the program."""
        called = self.number or self.order.form.value
        return Ticket(f"{called} {self.id[-10:]}.{self.attempt}", called, self.copies, *offset)

    @property
    def settled(self) -> bool:
        """Whether nobody needs to do anything about it any more."""
        return self.state in (JobState.PRINTED, JobState.CANCELLED)

    @property
    def paper_no(self) -> str:
        """The number to write on a paper form that stands in for this one."""
        return f"P-{self.number}" if self.number else ""


class PrintJournal(Protocol):
    """Remembers print jobs of one register on this workstation, through kill and power cut.

    Every method returns when what it wrote is on the disk, and raises `StoreFault` when that cannot be. Several runs of
    the program may use one journal at the same time.
    """

    @property
    def me(self) -> str:
        """The name of this run of the program, as owner of jobs."""

    def alive(self, owner: str) -> bool:
        """Whether that run of the program still runs."""

    def add(self, job: PrintJob) -> PrintJob:
        """Put a job at the end; answers it with its place."""

    def begin(self, job: PrintJob) -> bool:
        """Let a waiting job begin to print, unless it does not wait any more or another one comes before it.

        On one printer a job comes before others that is in `STANDING_IN_THE_WAY`, or that waits at an earlier place.
        """

    def change(self, before: PrintJob, after: PrintJob) -> bool:
        """Write a job anew, unless it is no longer in the state and attempt it had before."""

    def job(self, identity: str) -> PrintJob | None:
        """One job."""

    def jobs(self, settled: int = 50) -> list[PrintJob]:
        """Jobs in order of place: all that are not settled, and the newest of the others."""

    def to_note(self) -> list[PrintJob]:
        """Printed jobs that the ledger does not know of yet."""

    def offset(self, printer: str) -> tuple[float, float]:
        """Millimetres right and down by which a printer is put right."""

    def keep_offset(self, printer: str, right_mm: float, down_mm: float) -> None:
        """Keep that."""

    def preferred(self) -> str:
        """The printer that was chosen last; empty where none was."""

    def prefer(self, printer: str) -> None:
        """Keep a choice."""

    def close(self) -> None:
        """Let go of the file; this run is no longer alive."""
