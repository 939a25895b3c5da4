"""What the forms say, read from the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from muniment.desk.finding import item_named
from muniment.desk.reading import ItemCard, card, name_of
from muniment.desk.register import Register
from muniment.desk.shipping import contents, shipment_card
from muniment.desk.telling import ToldFact, all_in_full, facts_of
from muniment.desk.witnessing import remembered
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import moment
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.condition import CONDITION_NAMES, Condition
from muniment.domain.stock.serial import SERIAL_STATUS_NAMES, SerialStatus
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
from muniment.reports.letterhead import Letterhead, PrintedHead
from muniment.reports.manifest import Manifest, ManifestLine, manifest

OUT = (Deed.ISSUED, Deed.ASSIGNED)
"""Facts by which a thing goes into somebody's hands."""


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
        second = next((fact.second for fact in facts if fact.second), "")
        return hand_receipt(
            HandReceipt(
                number=receipt_number(standing),
                letterhead=printing.letterhead(work),
                place=name_of(work, first.from_),
                issued_at=moment(first.made_at).astimezone(printing.zone),
                due_at=moment(str(due)).astimezone(printing.zone) if due else None,
                issuer=party(work, first.actor),
                receiver=party(work, standing.text("holder")),
                second=party(work, second) if second else None,
                lines=tuple(_line(work, fact, printing, first) for fact in facts),
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
        entries = tuple(_entry(printing, told) for told in all_in_full(work, facts_of(work, item.subject)))
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


def _entry(printing: Printing, told: ToldFact) -> HistoryEntry:
    line = told.line
    said = (say("{title}: {value}", title=one.title, value=one.after) for one in told.said_beside if one.after)
    changed = (
        say("{title}: {before} → {after}", title=one.title, before=one.before or _NOTHING, after=one.after or _NOTHING)
        for one in told.unsaid_changes
    )
    return HistoryEntry(
        line.seq,
        line.at.astimezone(printing.zone),
        line.what,
        line.origin,
        line.destination,
        line.by,
        line.second,
        (*told.notes, *said, *changed),
    )


_NOTHING = say("nothing")


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


def _issues_on(work: Work, receipt: Subject) -> list[Fact]:
    """The issues that stand on a receipt, oldest first: those of the acts since it was opened, less those undone."""
    opened = next(told for told, _fact in work.facts_of(receipt))
    found: list[tuple[Told, Fact]] = []
    undone: set[str] = set()
    for told, fact in work.newest_first():
        if fact.corrects:
            undone.add(fact.corrects)
        if fact.kind in OUT and fact.after.get("receipt") == receipt:
            found.append((told, fact))
        if told.seq <= opened.seq:
            break
    return [fact for told, fact in reversed(found) if told.leaf not in undone]


def _line(work: Work, fact: Fact, printing: Printing, first: Fact) -> ReceiptLine:
    item = work.standing(fact.subject)
    if item is None:
        raise LookupError(fact.subject)
    shown = card(work, item, printing.now())
    then = _condition_then(work, fact)
    condition = CONDITION_NAMES[Condition(then)] if then else say("not stated")
    return ReceiptLine(
        shown.register_no,
        shown.kind,
        shown.make,
        shown.model,
        shown.calibre,
        shown.serial,
        condition,
        unnumbered=unnumbered(shown),
        said=(*_otherwise(fact, first, printing), *beside(work, fact)),
    )


def _condition_then(work: Work, issued: Fact) -> str:
    """The condition an item was handed over in, whatever was found since."""
    condition = ""
    for _told, fact in work.facts_of(issued.subject):
        if "condition" in fact.before or "condition" in fact.after:
            condition = str(fact.after.get("condition", ""))
        if fact.id == issued.id:
            break
    return condition


def unnumbered(shown: ItemCard) -> Text | None:
    """What stands in the place of a serial that is not there."""
    if shown.serial or not shown.serial_status:
        return None
    return SERIAL_STATUS_NAMES[SerialStatus(shown.serial_status)]


def beside(work: Work, fact: Fact) -> tuple[Text, ...]:
    """What must be read with an issue or a return: rules that were let pass, by whom and why, and that it is late."""
    found = []
    if isinstance(rules := fact.about.get("overridden"), str):
        found.append(say("Let pass: {rules}", rules=", ".join(rules.split()).replace("_", " ")))
    if isinstance(bringer := fact.about.get("brought_by"), str):
        found.append(say("Brought by: {person}", person=name_of(work, bringer)))
    if fact.second:
        found.append(say("Second person: {person}", person=name_of(work, fact.second)))
    if fact.reason:
        found.append(say("Reason: {reason}", reason=fact.reason))
    if fact.about.get("late"):
        found.append(say("Entered late, after it had happened."))
    return tuple(found)


def _otherwise(fact: Fact, first: Fact, printing: Printing) -> Iterator[Text]:
    """Terms of an item on a hand receipt that are not those at its head."""
    due, purpose = str(fact.after.get("due_at", "")), str(fact.after.get("purpose", ""))
    if due != str(first.after.get("due_at", "")):
        at = moment(due).astimezone(printing.zone).strftime("%Y-%m-%d %H:%M") if due else say("until further notice")
        yield say("Due back: {at}", at=at)
    if purpose != str(first.after.get("purpose", "")):
        yield say("Purpose: {purpose}", purpose=purpose or say("none written"))
    if fact.doc != first.doc:
        yield say("Document: {document}", document=fact.doc or say("none"))
    if fact.actor != first.actor:
        yield say("Issued by another officer; see the history of the item.")


def _paper_no(work: Work, receipt: Subject) -> str:
    for _told, fact in work.facts_of(receipt):
        if fact.kind is Deed.RECEIPT_CONFIRMED and fact.evidence:
            return fact.evidence[0].seen
    return ""


def party(work: Work, person: str) -> Party:
    """A person as forms name them."""
    record = work.person(Subject(person))
    return Party(record.name, record.rank, record.service_no) if record else Party("?")
