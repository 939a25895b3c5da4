"""What the forms say, read from the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from muniment.desk.finding import item_named
from muniment.desk.reading import card, history, name_of
from muniment.desk.register import Register
from muniment.desk.shipping import contents, shipment_card
from muniment.desk.witnessing import remembered
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import moment
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.condition import CONDITION_NAMES, Condition
from muniment.ports.work import Told, Work
from muniment.reports.document import Document
from muniment.reports.hand_receipt import (
    ConfirmedBy,
    HandReceipt,
    Party,
    ReceiptLine,
    described,
    hand_receipt,
)
from muniment.reports.history import HistoryEntry, ItemHistory, item_history
from muniment.reports.issue_log import LogEntry, issue_log
from muniment.reports.letterhead import Letterhead, PrintedHead
from muniment.reports.manifest import Manifest, ManifestLine, manifest

_OUT = (Deed.ISSUED, Deed.ASSIGNED)


@dataclass(frozen=True, slots=True)
class Printing:
    """One printing: from which register, in which language and zone."""

    register: Register
    language: str
    zone: tzinfo

    def letterhead(self, work: Work) -> Letterhead:
        """What stands on every sheet, with the head of the ledger as it is now."""
        note = work.signed()
        signed = remembered(note)
        return Letterhead(
            depot=self.register.depot,
            realm=self.register.realm,
            printed_at=self.now(),
            language=self.language,
            head=PrintedHead(signed.size, signed.root_text, note) if signed else None,
        )

    def now(self) -> datetime:
        """The moment of printing, in the depot's zone."""
        return self.register.desk.clock.now().astimezone(self.zone)


def receipt_document(printing: Printing, receipt: Subject) -> Document:
    """The hand receipt as it was handed over, whatever has come back since.

    Raises:
        Refusal: there is no such receipt, or nothing is on it.

    """
    with printing.register.desk.look() as work:
        standing = work.standing(receipt)
        if standing is None or kind_of(receipt) is not Kind.RECEIPT:
            raise Refusal("unknown_receipt", say("There is no such hand receipt."), do_now=say("Check its number."))
        facts = _issues_on(work, receipt)
        if not facts:
            raise Refusal(
                "receipt_empty",
                say("Nothing is on this hand receipt."),
                do_now=say("Nothing to print. Scan a weapon first."),
            )
        first = facts[0]
        due = first.after.get("due_at")
        return hand_receipt(
            HandReceipt(
                number=receipt_number(standing),
                letterhead=printing.letterhead(work),
                place=name_of(work, first.from_),
                issued_at=moment(first.made_at).astimezone(printing.zone),
                due_at=moment(str(due)).astimezone(printing.zone) if due else None,
                issuer=party(work, first.actor),
                receiver=party(work, standing.text("holder")),
                second=party(work, first.second) if first.second else None,
                lines=tuple(_line(work, fact, printing.now()) for fact in facts),
                purpose=str(first.after.get("purpose", "")),
                authority=first.doc,
                confirmed_by=ConfirmedBy(standing.text("confirmed_by") or ConfirmedBy.NOT_YET),
                paper_no=_paper_no(work, receipt),
            )
        )


def receipt_number(receipt: Standing) -> str:
    """The number of a hand receipt as it is printed."""
    return f"R-{receipt.number('number'):06d}"


def receipt_numbered(work: Work, number: str) -> Subject:
    """The hand receipt with a printed number.

    Raises:
        Refusal: there is none.

    """
    standing = work.numbered(number.strip().upper())
    if standing is not None and kind_of(standing.subject) is Kind.RECEIPT:
        return standing.subject
    raise Refusal(
        "unknown_receipt",
        say("There is no hand receipt {number}.", number=number),
        do_now=say("Compare the number with the one that the issue, or the item itself, names."),
    )


def history_document(printing: Printing, name: str) -> Document:
    """The history of one item.

    Raises:
        Refusal: the register does not know it.

    """
    with printing.register.desk.look() as work:
        item = item_named(work, name)
        shown = card(work, item, printing.now())
        entries = tuple(
            HistoryEntry(
                line.seq,
                line.at.astimezone(printing.zone),
                line.what,
                line.origin,
                line.destination,
                line.by,
                line.reason,
            )
            for line in history(work, item.subject)
        )
        return item_history(
            printing.letterhead(work),
            ItemHistory(
                shown.register_no,
                shown.serial,
                described(shown.kind, shown.make, shown.model, shown.calibre),
                STATE_NAMES[shown.state],
                shown.place,
                entries,
            ),
        )


def manifest_document(printing: Printing, shipment: Subject) -> Document:
    """The sheet of a transfer as it was sent, whatever has arrived since.

    Raises:
        Refusal: there is no such transfer.

    """
    with printing.register.desk.look() as work:
        standing = work.standing(shipment)
        if standing is None or kind_of(shipment) is not Kind.SHIPMENT:
            raise Refusal("unknown_shipment", say("There is no such transfer."), do_now=say("Check its number."))
        shown = shipment_card(work, standing, printing.now())
        first = work.facts_of(shipment)[0][1]
        items = [one.card for one in contents(work, standing, printing.now())]
        return manifest(
            Manifest(
                number=shown.register_no,
                letterhead=printing.letterhead(work),
                sent_from=printing.register.depot,
                consignee=shown.consignee,
                document=shown.document,
                seals=shown.seals,
                sent_at=shown.sent_at.astimezone(printing.zone),
                expected_at=shown.expected_at.astimezone(printing.zone),
                sender=party(work, first.actor),
                lines=tuple(
                    ManifestLine(one.register_no, one.kind, one.make, one.model, one.calibre, one.serial, one.quantity)
                    for one in items
                ),
            )
        )


def log_document(printing: Printing, day: date) -> Document:
    """What went out and came back on one day, oldest first."""
    with printing.register.desk.look() as work:
        moved: list[tuple[Told, Fact]] = []
        for told, fact in work.newest_first():
            at = moment(fact.made_at).astimezone(printing.zone).date()
            if at == day and fact.kind in (*_OUT, Deed.RETURNED, Deed.REVERSED):
                moved.append((told, fact))
            elif at < day and not fact.about.get("late"):
                break
        entries = list(_entries(work, printing, reversed(moved)))
        return issue_log(printing.letterhead(work), printing.register.depot, day, entries)


STATE_NAMES: dict[str, Text] = {
    "in_store": say("In store"),
    "issued": say("Issued"),
    "overdue": say("Overdue"),
    "transit": say("In transit"),
    "missing": say("Missing"),
    "quarantined": say("Quarantined"),
    "withdrawn": say("Withdrawn"),
    "outside": say("Outside"),
}
"""How a state of an item is called on paper."""


def _entries(work: Work, printing: Printing, moved: Iterator[tuple[Told, Fact]]) -> Iterator[LogEntry]:
    """Pair each issue with the return that followed it on the same day."""
    out: dict[Subject, LogEntry] = {}
    for _told, fact in moved:
        at = moment(fact.made_at).astimezone(printing.zone)
        item = work.standing(fact.subject)
        if item is None or (fact.kind is Deed.REVERSED and fact.about.get("corrected") not in _OUT):
            continue
        shown = card(work, item, printing.now())
        kind = described(shown.kind, "", "", shown.calibre)
        serial = shown.serial or shown.register_no
        if fact.kind in _OUT:
            if fact.subject in out:
                yield out.pop(fact.subject)
            out[fact.subject] = LogEntry(kind, serial, name_of(work, fact.to), out_at=at)
        else:
            went = out.pop(fact.subject, None)
            holder = went.holder if went else name_of(work, fact.from_)
            by = name_of(work, fact.actor) if fact.kind is Deed.RETURNED else "entered in error, taken back"
            yield LogEntry(kind, serial, holder, went.out_at if went else None, at, by)
    yield from out.values()


def _issues_on(work: Work, receipt: Subject) -> list[Fact]:
    """The issues that stand on a receipt, oldest first: those of the acts since it was opened, less those undone."""
    opened = next(told for told, _fact in work.facts_of(receipt))
    found: list[tuple[Told, Fact]] = []
    undone: set[str] = set()
    for told, fact in work.newest_first():
        if fact.corrects:
            undone.add(fact.corrects)
        if fact.kind in _OUT and fact.after.get("receipt") == receipt:
            found.append((told, fact))
        if told.seq <= opened.seq:
            break
    return [fact for told, fact in reversed(found) if told.leaf not in undone]


def _line(work: Work, fact: Fact, at: datetime) -> ReceiptLine:
    item = work.standing(fact.subject)
    if item is None:
        raise LookupError(fact.subject)
    shown = card(work, item, at)
    condition = CONDITION_NAMES[Condition(shown.condition)] if shown.condition else say("not stated")
    return ReceiptLine(shown.register_no, shown.kind, shown.make, shown.model, shown.calibre, shown.serial, condition)


def _paper_no(work: Work, receipt: Subject) -> str:
    for _told, fact in work.facts_of(receipt):
        if fact.kind is Deed.RECEIPT_CONFIRMED and fact.evidence:
            return fact.evidence[0].seen
    return ""


def party(work: Work, person: str) -> Party:
    """A person as forms name them."""
    record = work.person(Subject(person))
    return Party(record.name, record.rank, record.service_no) if record else Party("?")
