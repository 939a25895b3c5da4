"""The hand receipt and the return receipt: what two people sign when weapons change hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from muniment.domain.basics.text import Text, say
from muniment.reports.document import (
    Block,
    Code,
    Column,
    Document,
    Ending,
    Fields,
    Holds,
    Line,
    Note,
    Row,
    Signatures,
    Slot,
    Table,
    Weight,
    Words,
)
from muniment.reports.letterhead import Letterhead


class ConfirmedBy(StrEnum):
    """How the receiver confirmed. SIGNATURE means the signature on this sheet."""

    PIN = "pin"
    SIGNATURE = "signature"
    CARD = "card"
    PAPER = "paper"
    NOT_YET = "not_yet"


CONFIRMED: dict[ConfirmedBy, Text] = {
    ConfirmedBy.PIN: say("By PIN at the hatch"),
    ConfirmedBy.SIGNATURE: say("By signature on this sheet"),
    ConfirmedBy.CARD: say("By card at the hatch"),
    ConfirmedBy.PAPER: say("By signature on a paper form"),
    ConfirmedBy.NOT_YET: say("Not confirmed yet"),
}


DECLARED = say(
    "I have received the items listed above and compared each serial number with the one struck on the item."
    " I answer for them until they are returned and this receipt is closed."
)
"""What the receiver signs."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person as a form names them."""

    name: str
    rank: str = ""
    service_no: str = ""

    def slot(self, role: Text) -> Slot:
        """The place where this person signs."""
        return Slot(role, self.name, self.rank, self.service_no)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One item. The serial is as struck. `rounds` are handed out with it; None where none belong to it.

    `unnumbered` stands in the place of a serial that is not there; `said` are terms of this item alone, the rules that
    were let pass for it, by whom and why.
    """

    register_no: str
    kind: Text
    make: str
    model: str
    calibre: str
    serial: str
    condition: Text
    accessories: str = ""
    rounds: int | None = None
    unnumbered: Text | None = None
    said: tuple[Text, ...] = ()

    def described(self) -> Text:
        """Kind, make, model and calibre, without gaps where something is not known."""
        return described(self.kind, self.make, self.model, self.calibre)


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One item that came back; `rounds_used` are those that were handed out and did not come back."""

    item: ReceiptLine
    rounds_returned: int | None = None
    rounds_used: int | None = None
    found: str = ""


@dataclass(frozen=True, slots=True)
class HandReceipt:
    """An issue. Without `due_at` the items are assigned until further notice."""

    number: str
    letterhead: Letterhead
    place: str
    issued_at: datetime
    issuer: Party
    receiver: Party
    lines: tuple[ReceiptLine, ...]
    due_at: datetime | None = None
    second: Party | None = None
    purpose: str = ""
    authority: str = ""
    confirmed_by: ConfirmedBy = ConfirmedBy.SIGNATURE
    paper_no: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class ReturnReceipt:
    """A return. `still_held` is how many items the person keeps in their name after it."""

    number: str
    letterhead: Letterhead
    place: str
    returned_at: datetime
    returned_by: Party
    received_by: Party
    lines: tuple[ReturnLine, ...]
    issued_under: tuple[str, ...] = ()
    second: Party | None = None
    still_held: int = 0
    remarks: str = ""


def described(kind: Text, make: str, model: str, calibre: str) -> Text:
    """A weapon in words, without gaps where something is not known."""
    named = " ".join(part for part in (make, model) if part)
    if named and calibre:
        return say("{kind}, {named}, {calibre}", kind=kind, named=named, calibre=calibre)
    if named or calibre:
        return say("{kind}, {named}", kind=kind, named=named or calibre)
    return kind


def hand_receipt(receipt: HandReceipt) -> Document:
    """The sheet for an issue: both sign, one copy each."""
    due: Text | datetime = receipt.due_at or say("Assigned until further notice")
    facts = [
        Line(say("Issued at"), receipt.issued_at),
        Line(say("Due back"), due),
        Line(say("Place of issue"), Words(receipt.place)),
        Line(say("Purpose"), Words(receipt.purpose)),
        Line(say("Authority (document)"), Words(receipt.authority)),
        Line(say("Confirmed by the receiver"), CONFIRMED[receipt.confirmed_by]),
    ]
    if receipt.paper_no:
        facts.append(Line(say("Number of the paper form"), Code(receipt.paper_no)))
    blocks: list[Block] = [Fields(tuple(facts)), _issued(receipt.lines), _total(receipt.lines)]
    blocks += _remarks(receipt.remarks)
    slots = [
        receipt.issuer.slot(say("Issued by")),
        receipt.receiver.slot(say("Received by")),
    ]
    if receipt.second:
        slots.append(receipt.second.slot(say("Second person present")))
    blocks.append(Signatures(say("Signatures"), tuple(slots), declares=DECLARED))
    return receipt.letterhead.sheet(
        say("Hand receipt"), tuple(blocks), receipt.number, say("Issue of weapons to a person")
    )


def return_receipt(receipt: ReturnReceipt) -> Document:
    """The sheet for a return: proof for the person who brought the items back."""
    facts = [
        Line(say("Returned at"), receipt.returned_at),
        Line(say("Place of return"), Words(receipt.place)),
        Line(say("Still held after this return"), receipt.still_held),
        Line(say("Issued under"), Code("  ".join(receipt.issued_under))),
    ]
    blocks: list[Block] = [Fields(tuple(facts)), _returned(receipt.lines)]
    used = sum(line.rounds_used or 0 for line in receipt.lines)
    if used:
        blocks.append(
            Note(
                say("Rounds used: {rounds}. A report on their use belongs to this receipt.", rounds=used), Weight.FRAMED
            )
        )
    blocks += _remarks(receipt.remarks)
    slots = [
        receipt.returned_by.slot(say("Returned by")),
        receipt.received_by.slot(say("Received into store by")),
    ]
    if receipt.second:
        slots.append(receipt.second.slot(say("Second person present")))
    blocks.append(Signatures(say("Signatures"), tuple(slots)))
    return receipt.letterhead.sheet(
        say("Return receipt"), tuple(blocks), receipt.number, say("Return of weapons into the store")
    )


def _issued(lines: tuple[ReceiptLine, ...]) -> Table:
    return Table(
        (
            Column(say("No."), 4, Holds.NUMBER),
            Column(say("Register number"), 12, Holds.CODE),
            Column(say("Item"), 27),
            Column(say("Serial number as struck"), 18, Holds.CODE),
            Column(say("Condition"), 11),
            Column(say("Accessories"), 15),
            Column(say("Rounds"), 7, Holds.NUMBER),
        ),
        tuple(
            Row(
                (
                    number,
                    Code(line.register_no),
                    line.described(),
                    line.unnumbered or Code(line.serial),
                    line.condition,
                    Words(line.accessories),
                    line.rounds,
                ),
                line.said,
            )
            for number, line in enumerate(lines, 1)
        ),
        Ending.NOTHING_FOLLOWS,
    )


def _returned(lines: tuple[ReturnLine, ...]) -> Table:
    return Table(
        (
            Column(say("No."), 4, Holds.NUMBER),
            Column(say("Register number"), 13, Holds.CODE),
            Column(say("Item"), 22),
            Column(say("Serial number as struck"), 17, Holds.CODE),
            Column(say("Condition on return"), 11),
            Column(say("Found on return"), 14),
            Column(say("Rounds back"), 8, Holds.NUMBER),
            Column(say("Rounds used"), 8, Holds.NUMBER),
        ),
        tuple(
            (
                number,
                Code(line.item.register_no),
                line.item.described(),
                Code(line.item.serial),
                line.item.condition,
                Words(line.found),
                line.rounds_returned,
                line.rounds_used,
            )
            for number, line in enumerate(lines, 1)
        ),
        Ending.NOTHING_FOLLOWS,
    )


def _total(lines: tuple[ReceiptLine, ...]) -> Note:
    rounds = sum(line.rounds or 0 for line in lines)
    return Note(say("Items: {items}. Rounds: {rounds}.", items=len(lines), rounds=rounds))


def _remarks(remarks: str) -> list[Block]:
    return [Fields((Line(say("Remarks"), Words(remarks), wide=True),))] if remarks else []
