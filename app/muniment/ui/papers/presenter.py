"""What the page of papers shows and does, decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic

from muniment.desk.desk import Desk, Officer
from muniment.desk.finding import read_code
from muniment.desk.places import place_by_code
from muniment.desk.printing.queue import Made, PrintQueue
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind, kind_of
from muniment.domain.basics.moments import moment
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.printing import Form
from muniment.ports.paper import STANDING_IN_THE_WAY, JobState, Order, PrintJob, S
from muniment.ui.papers.wording import HINTS, called, do_now, happened, news, safe

_SHEETS = {
    Kind.RECEIPT: Form.HAND_RECEIPT,
    Kind.BATCH: Form.IMPORT_RECEIPT,
    Kind.SHIPMENT: Form.MANIFEST,
    Kind.ARRIVAL: Form.ACCEPTANCE,
}
"""The form of each kind of paper."""

LABELS = (Form.ITEM_LABELS, Form.PLACE_LABELS)
OPEN = (JobState.FAILED, JobState.UNKNOWN)
"""States of a job about which a person decides."""


@dataclass(frozen=True, slots=True)
class JobLine:
    """A print job as it is shown; `open` says that a person decides about it, `stoppable` that it can be cancelled."""

    id: str
    title: Text
    printer: str
    state: JobState
    at: datetime
    happened: Text
    safe: Text
    do_now: Text
    copies: int
    open: bool
    stoppable: bool


@dataclass(frozen=True, slots=True)
class PapersView(Generic[S]):
    """The page. `made` is what the preview shows; `problem` why it shows nothing. `news` is the newest of the queue."""

    form: Form
    about: str
    stock: str
    made: Made[S] | None
    problem: Refusal | None
    printers: tuple[str, ...]
    printer: str
    copies: int
    offset_mm: tuple[float, float]
    lines: tuple[JobLine, ...]
    news: Text | None
    trouble: bool
    wrote: bool

    @property
    def wants(self) -> Text | None:
        """What the form wants to be told."""
        return HINTS.get(self.form)

    @property
    def labels(self) -> bool:
        """Whether labels are wanted, which come on sheets of several sizes."""
        return self.form in LABELS


class PapersPresenter(Generic[S]):
    """Turns what is asked of paper into orders, and the queue into what is shown."""

    def __init__(self, desk: Desk, officer: Officer, queue: PrintQueue[S]) -> None:
        self.queue = queue
        self._desk, self._officer = desk, officer
        self._form, self._about, self._stock = Form.COMMAND_CARDS, "", "middle"
        self._made: Made[S] | None = None
        self._problem: Refusal | None = None
        self._copies = 1

    def sit_down(self, officer: Officer) -> PapersView[S]:
        """Another officer has signed in."""
        self._officer = officer
        return self.view()

    def begin(self) -> PapersView[S]:
        """Look after what an earlier run of the program left behind, and look which printers there are."""
        self.queue.take_over(self._officer)
        self.queue.look_round()
        return self.view()

    def view(self) -> PapersView[S]:
        """What is shown now; the ledger is told of what has been printed meanwhile."""
        told = self.queue.note(self._desk, self._officer)
        jobs = self.queue.jobs()
        printer = self.queue.preferred
        names = self.queue.names()
        newest = max(jobs, key=lambda job: (job.state in OPEN, job.changed_at, job.place), default=None)
        return PapersView(
            form=self._form,
            about=self._about,
            stock=self._stock,
            made=self._made,
            problem=self._problem,
            printers=names if printer in names else (printer, *names),
            printer=printer,
            copies=self._copies,
            offset_mm=self.queue.offset(printer),
            lines=tuple(_line(job, jobs) for job in _sorted(jobs)),
            news=news(newest) if newest is not None else None,
            trouble=newest is not None and (newest.state in OPEN or newest.cause is not None),
            wrote=bool(told),
        )

    def look(self) -> PapersView[S]:
        """The page came to the front: show a form, the command cards before anybody has chosen."""
        if self._made is None and self._problem is None:
            return self.show(self._form, self._about)
        return self.view()

    def show(self, form: Form, about: str, stock: str = "") -> PapersView[S]:
        """Make a form to look at. What cannot be made says why in the view."""
        self._form, self._about, self._stock = form, about.strip(), stock or self._stock
        self._made = self._problem = None
        try:
            self._made = self.queue.draft(self._order())
        except Refusal as refusal:
            self._problem = refusal
        return self.view()

    def scanned(self, scan: Scan) -> PapersView[S] | None:
        """Show the form that a code asks for: of a paper its sheet, of a place its label, of an item its history.

        On the way to labels it is one more label. Nothing for a badge: no form is made of a person.
        """
        about = scan.text.strip()
        with self._desk.look() as work:
            found = read_code(work, scan.text, scan.raw).subject
        kind = kind_of(found) if found is not None else None
        if kind is Kind.PERSON:
            return None
        if kind in _SHEETS:
            return self.show(_SHEETS[kind], about)
        if kind is None and about.upper().startswith(("R-", "B-")):  # a sheet of another register, or an import
            return self.show(Form.HAND_RECEIPT if about.upper().startswith("R-") else Form.IMPORT_RECEIPT, about)
        if self._form in LABELS:
            return self.show(self._form, f"{self._about} {about}".strip())
        return self.show(Form.PLACE_LABELS if kind is Kind.PLACE else Form.HISTORY, about)

    def copies(self, written: str) -> PapersView[S]:
        """How many copies are wanted.

        Raises:
            Refusal: it is no number.

        """
        if not written.strip().isdecimal():
            raise Refusal("copies", say("{text} is no number of copies.", text=written), do_now=say("Write 1 to 20."))
        self._copies = int(written)
        return self.view()

    def prefer(self, printer: str) -> PapersView[S]:
        """Print on another printer from now on."""
        self.queue.prefer(printer)
        return self.view()

    def put_right(self, right_mm: str, down_mm: str) -> PapersView[S]:
        """Move everything on the chosen printer by millimetres.

        Raises:
            Refusal: it is no number, or more than 20 mm.

        """
        try:
            right, down = (float(text.strip().replace(",", ".") or "0") for text in (right_mm, down_mm))
        except ValueError:
            raise Refusal(
                "not_a_length", say("This is no length in millimetres."), do_now=say("Write it like -1.5.")
            ) from None
        self.queue.keep_offset(self.queue.preferred, right, down)
        return self.view()

    def print_shown(self) -> PapersView[S]:
        """Put what the preview shows into the queue.

        Raises:
            Refusal: nothing is shown, or not so many copies can be printed.

        """
        if self._made is None:
            raise Refusal("nothing_shown", say("There is nothing to print."), do_now=say("Choose a form first."))
        return self.print_now(self._order(), self._copies)

    def print_now(self, order: Order, copies: int = 1) -> PapersView[S]:
        """Put a form into the queue of the printer that was chosen last.

        Raises:
            Refusal: there is nothing to make it from.

        """
        self.queue.order(order, self._officer, self.queue.preferred, copies)
        return self.view()

    def again(self, job: str) -> PapersView[S]:
        """Print a job once more, on the printer chosen now.

        Raises:
            Refusal: it waits for nobody's decision.

        """
        self.queue.again(self.queue.job(job), self._officer, self.queue.preferred)
        return self.view()

    def into_folder(self, job: str) -> PapersView[S]:
        """Save a job as a PDF instead.

        Raises:
            Refusal: it waits for nobody's decision.

        """
        self.queue.into_folder(self.queue.job(job), self._officer)
        return self.view()

    def done(self, job: str) -> PapersView[S]:
        """The officer has seen the sheets in the tray.

        Raises:
            Refusal: it waits for nobody's decision.

        """
        self.queue.done(self.queue.job(job), self._officer)
        return self.view()

    def cancel(self, job: str) -> PapersView[S]:
        """Print a job no more.

        Raises:
            Refusal: it is settled.

        """
        self.queue.cancel(self.queue.job(job))
        return self.view()

    def _order(self) -> Order:
        named = tuple(self._about.replace(",", " ").split()) if self._form in LABELS else (self._about,)
        about = tuple(name for name in named if name) if self._form in HINTS else ()
        wishes = {"stock": self._stock} if self._form in LABELS else {}
        if self._form is Form.ITEM_LABELS and len(about) == 1:
            with self._desk.look() as work:
                if place_by_code(work, about[0]) is not None:
                    return Order(self._form, (), wishes | {"at": about[0]})
        return Order(self._form, about, wishes)


def _sorted(jobs: list[PrintJob]) -> list[PrintJob]:
    """What needs a person first, then what is on its way, then the newest of the rest."""
    going = [job for job in jobs if not job.settled]
    rest = [job for job in jobs if job.settled]
    return [
        *(job for job in going if job.state in OPEN),
        *(job for job in going if job.state not in OPEN),
        *sorted(rest, key=lambda job: (job.changed_at, job.place), reverse=True),
    ]


def _line(job: PrintJob, jobs: list[PrintJob]) -> JobLine:
    behind = next(
        (other for other in jobs if other.printer == job.printer and other.state in STANDING_IN_THE_WAY), None
    )
    if behind is not None and behind.state is JobState.PRINTING:
        behind = None
    return JobLine(
        id=job.id,
        title=called(job),
        printer=job.printer,
        state=job.state,
        at=moment(job.changed_at),
        happened=happened(job, behind),
        safe=safe(job),
        do_now=do_now(job),
        copies=job.copies,
        open=job.state in OPEN,
        stoppable=not job.settled,
    )
