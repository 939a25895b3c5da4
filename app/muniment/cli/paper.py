"""Paper on the command line: `report` and `printers`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from muniment.cli.face import Face, WrongUse, table
from muniment.desk.desk import Officer
from muniment.desk.printing.noting import print_log
from muniment.desk.printing.queue import PrintQueue
from muniment.desk.register import Register
from muniment.domain.basics.moments import stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.printing import FORMS, Form
from muniment.ports.paper import CAUSES, Cause, Condition, JobState, Order, PaperFault, PrinterFault, PrintJob
from muniment.reports.document import Document
from muniment.reports.from_register import Printing
from muniment.reports.orders import compose

NAMES = tuple(form.value for form in Form if form not in (Form.ITEM_LABELS, Form.PLACE_LABELS))

printers = typer.Typer(no_args_is_help=True, help="Printers, what waits to be printed, what was printed.")
Named = Annotated[str, typer.Argument(help="The print job, or the last letters of its name.")]


def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="One of: " + ", ".join(NAMES))],
    out: Annotated[Path | None, typer.Option("--out", help="PDF to write, without a printer.")] = None,
    of: Annotated[
        str,
        typer.Option("--of", help="Number of a receipt, transfer, arrival or import; item or day."),
    ] = "",
    printer: Annotated[str, typer.Option("--printer", help="Printer; printers list names them.")] = "",
    copies: Annotated[int, typer.Option("--copies", help="How many copies.", min=1, max=20)] = 1,
) -> None:
    """Print a report, as a PDF or on a printer."""
    face: Face = context.obj
    if name not in NAMES:
        raise WrongUse("NAME", say("There is no report {name}; there are: {names}.", name=name, names=", ".join(NAMES)))
    if (out is None) == (not printer):
        raise WrongUse("--out", say("Say either --out for a PDF or --printer for a printer."))
    order = Order(Form(name), (of,) if of else ())
    with face.register() as opened:
        if out is not None:
            _write(face, opened, order, out)
            return
        print_on(face, opened, printer, order, copies)


def print_on(face: Face, opened: Register, printer: str, order: Order, copies: int) -> None:
    """Print an order on a printer that is ready for it, and answer when it is out.

    Raises:
        PaperFault: the printer is not ready, or it was not printed.

    """
    officer = face.officer(opened)
    with face.printing(opened) as queue:
        queue.take_over(officer)
        _ready(queue, printer)
        _tell_end(face, opened, queue, officer, queue.order(order, officer, printer, copies))


def _write(face: Face, opened: Register, order: Order, out: Path) -> None:
    try:
        made = compose(Printing(opened, "en", face.zone), order).made
    except Refusal as refusal:
        if refusal.rule in ("not_a_day", "number_missing"):
            raise WrongUse("--of", refusal.says) from None
        raise
    if isinstance(made, Document):
        face.write_pdf(made, out)
    face.tell({"report": order.form.value, "file": str(out)}, [str(out)])


def _ready(queue: PrintQueue[Any], name: str) -> None:
    """Refuse a printer that would not print now, before anything is put into its queue.

    Raises:
        PaperFault: it is not ready, or a job stands in the way.

    """
    stands = _condition(queue, name)
    if stands.cause is not None:
        raise PrinterFault(stands.cause, stands.detail)
    stuck = next(
        (j for j in queue.jobs(0) if j.printer == name and j.state in (JobState.FAILED, JobState.UNKNOWN)), None
    )
    if stuck is not None:
        raise PaperFault(
            say("The queue of {printer} stands: {job} waits for a decision.", printer=name, job=stuck.id[-10:]),
            say("Decide with printers again, printers done or printers cancel."),
            say("Nothing was printed. The register is unchanged."),
        )


def _condition(queue: PrintQueue[Any], name: str) -> Condition:
    found = queue.printers.named(name)
    return found.condition() if found is not None else Condition(Cause.GONE)


def _tell_end(face: Face, opened: Register, queue: PrintQueue[Any], officer: Officer, job: PrintJob) -> None:
    """Wait for a job, tell the ledger, and answer.

    Raises:
        PaperFault: it was not printed, or nobody knows; it stays in the queue for a person.

    """
    ended = queue.wait(job)
    told = queue.note(opened.desk, officer)
    if ended.state in (JobState.FAILED, JobState.UNKNOWN):
        raise _unprinted(ended)
    facts = [{"seq": one.seq, "kind": one.kind.value, "leaf": one.leaf} for one in told]
    words = f"{ended.number or ended.order.form.value}: {ended.state.value}, {ended.printer} {ended.detail}".rstrip()
    face.tell({"report": ended.order.form.value, "job": _shown(ended), "facts": facts}, [words])


def _unprinted(job: PrintJob) -> PaperFault:
    cause = CAUSES[job.cause or Cause.NOT_TOLD]
    short = job.id[-10:]
    if job.state is JobState.UNKNOWN:
        return PaperFault(
            say("Not known whether it was printed: look at the tray. {cause}", cause=cause),
            say("Then printers done {job}, or printers again {job}.", job=short),
            say("The register is unchanged. Nothing is printed again without your word."),
        )
    return PaperFault(
        say("Not printed. {cause}", cause=cause),
        say("Mend it, tear up what lies in the tray, then printers again {job}; or printers cancel {job}.", job=short),
        say("The register is unchanged. The job stays in the queue: {paper}", paper=_fall_back(job)),
    )


def _fall_back(job: PrintJob) -> str:
    if not job.paper_no:
        return str(say("it can be saved with printers again --on PDF."))
    return str(say("without any printer write it on a paper form under number {number}.", number=job.paper_no))


@printers.command("list")
def list_printers(context: typer.Context) -> None:
    """List the printers and how they stand."""
    face: Face = context.obj
    with face.register() as opened, face.printing(opened) as queue:
        shown = []
        for name in queue.printers.names():
            cause = _condition(queue, name).cause
            right, down = queue.offset(name)
            shown.append(
                {
                    "name": name,
                    "ready": cause is None,
                    "cause": cause.value if cause else "",
                    "says": str(CAUSES[cause]) if cause else "",
                    "offset_mm": [right, down],
                }
            )
    rows = [(str(one["name"]), "ready" if one["ready"] else "not ready", str(one["says"])) for one in shown]
    face.tell({"printers": shown}, table(("printer", "stands", "why"), rows))


@printers.command("jobs")
def list_jobs(context: typer.Context) -> None:
    """List what waits to be printed, what stands, and what was printed last."""
    face: Face = context.obj
    with face.register() as opened, face.printing(opened) as queue:
        jobs = queue.jobs()
    rows = [
        (
            job.id[-10:],
            job.state.value,
            str(FORMS[job.order.form]),
            job.number,
            job.printer,
            str(CAUSES[job.cause]) if job.cause else job.detail,
        )
        for job in jobs
    ]
    face.tell(
        {"jobs": [_shown(job) for job in jobs]}, table(("job", "state", "form", "number", "printer", "why"), rows)
    )


@printers.command("again")
def again(
    context: typer.Context,
    job: Named,
    on: Annotated[str, typer.Option("--on", help="Another printer, such as PDF.")] = "",
) -> None:
    """Print a job once more that failed, or of which nobody knows."""
    face: Face = context.obj
    with face.register() as opened:
        officer = face.officer(opened)
        with face.printing(opened) as queue:
            queue.take_over(officer)
            found = queue.job(job)
            if on and on != found.printer:
                _ready(queue, on)
            _tell_end(face, opened, queue, officer, queue.again(found, officer, on))


@printers.command("done")
def done(context: typer.Context, job: Named) -> None:
    """Say that the sheets of a job lie in the tray."""
    face: Face = context.obj
    with face.register() as opened:
        officer = face.officer(opened)
        with face.printing(opened) as queue:
            _tell_end(face, opened, queue, officer, queue.done(queue.job(job), officer))


@printers.command("cancel")
def cancel(context: typer.Context, job: Named) -> None:
    """Print a job no more."""
    face: Face = context.obj
    with face.register() as opened:
        face.officer(opened)
        with face.printing(opened) as queue:
            ended = queue.cancel(queue.job(job))
    face.tell({"job": _shown(ended)}, [f"{ended.id[-10:]}: {ended.state.value}"])


@printers.command("offset")
def offset(
    context: typer.Context,
    printer: Annotated[str, typer.Argument(help="The printer.")],
    right: Annotated[float, typer.Option("--right", help="Millimetres to the right.")] = 0.0,
    down: Annotated[float, typer.Option("--down", help="Millimetres down.")] = 0.0,
) -> None:
    """Put a printer right that draws paper askew."""
    face: Face = context.obj
    with face.register() as opened, face.printing(opened) as queue:
        queue.keep_offset(printer, right, down)
    face.tell({"printer": printer, "offset_mm": [right, down]}, [f"{printer}: {right} mm, {down} mm"])


@printers.command("log")
def log(context: typer.Context) -> None:
    """List everything that was printed, as the ledger has it."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        lines = print_log(work)
    shown = [
        {
            "seq": line.seq,
            "at": stamp(line.at),
            "form": line.form.value,
            "number": line.number,
            "copies": line.copies,
            "pages": line.pages,
            "printer": line.printer,
            "by": line.by,
            "asked_by": line.asked_by,
            "on_sight": line.on_sight,
        }
        for line in lines
    ]
    keys = ("seq", "at", "form", "number", "copies", "printer", "by")
    face.tell({"prints": shown}, table(keys, [tuple(str(one[key]) for key in keys) for one in shown]))


def _shown(job: PrintJob) -> dict[str, Any]:
    return {
        "id": job.id,
        "form": job.order.form.value,
        "number": job.number,
        "printer": job.printer,
        "state": job.state.value,
        "pages": job.pages,
        "copies": job.copies,
        "attempt": job.attempt,
        "cause": job.cause.value if job.cause else "",
        "detail": job.detail,
        "asked_at": job.asked_at,
    }
