"""What the ledger is told of paper, and how it is read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.desk.desk import Answer, Deposition, Desk, told_before
from muniment.desk.reading import name_of
from muniment.desk.witnessing import register_of
from muniment.domain.basics.moments import moment
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.printing import Form, Printed, state_printed
from muniment.domain.people.duties import Duty
from muniment.ports.paper import PrintJob
from muniment.ports.work import Work


def note_printed(desk: Desk, deposition: Deposition, job: PrintJob) -> Answer:
    """Tell the ledger that a job was printed. The act's name is the job's, so that it is told once.

    Raises:
        Refusal: the officer has no role at this register.

    """
    acting = desk.acting(deposition, Duty.READ)
    act = f"print.{job.id}.{job.attempt}"
    printed = Printed(
        job.order.form,
        job.number,
        job.concerns,
        job.pages,
        job.copies,
        job.printer,
        job.asked_by,
        job.on_sight,
        job.head,
    )
    with desk.work() as work:
        if before := told_before(work, act, Deed.PRINTED):
            return before
        register = register_of(work)
        return Answer(tuple(desk.tell(work, act, [state_printed(register, printed, acting)])), about=register.subject)


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One print as a person reads it; `asked_by` is named where somebody else ordered it."""

    seq: int
    at: datetime
    form: Form
    number: str
    pages: int
    copies: int
    printer: str
    by: str
    asked_by: str
    on_sight: bool


def print_log(work: Work) -> list[PrintLine]:
    """Everything that was printed, oldest first."""
    found = [(told.seq, fact) for told, fact in work.facts_of(register_of(work).subject) if fact.kind is Deed.PRINTED]
    return [
        PrintLine(
            seq=seq,
            at=moment(fact.made_at),
            form=Form(str(fact.about["form"])),
            number=str(fact.about.get("number", "")),
            pages=_count(fact.about["pages"]),
            copies=_count(fact.about["copies"]),
            printer=str(fact.about["printer"]),
            by=name_of(work, fact.actor),
            asked_by=name_of(work, str(fact.about.get("asked_by", ""))),
            on_sight=bool(fact.about.get("on_sight")),
        )
        for seq, fact in found
    ]


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
