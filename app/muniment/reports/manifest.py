"""The manifest of a transfer: what goes to another body, signed by who hands over, who carries, who receives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.domain.basics.text import Text, say
from muniment.reports.document import (
    Block,
    Code,
    CodeBlock,
    Column,
    Document,
    Ending,
    Fields,
    Heading,
    Holds,
    Line,
    Note,
    Signatures,
    Slot,
    Symbology,
    Table,
    Weight,
    Words,
)
from muniment.reports.hand_receipt import Party, described
from muniment.reports.letterhead import Letterhead

DAMAGE_LINES = 3
"""Empty lines for what is missing or damaged on arrival."""

SENT = say("I have compared each serial number with the one struck on the item, and the seals with their numbers.")
"""What the sender and the carrier sign."""

RECEIVED = say(
    "I have received what is ticked above and compared each serial number with the one struck on the item. What is not"
    " ticked I have not received."
)
"""What the receiver signs."""


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One item; `quantity` is more than one for what has no serials."""

    register_no: str
    kind: Text
    make: str
    model: str
    calibre: str
    serial: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """A transfer as it was sent. `expected_at` is when the sender wants the signed copy back."""

    number: str
    letterhead: Letterhead
    sent_from: str
    consignee: str
    document: str
    seals: tuple[str, ...]
    sent_at: datetime
    expected_at: datetime
    sender: Party
    lines: tuple[ManifestLine, ...]


def manifest(shipment: Manifest) -> Document:
    """The sheet that goes with the load, one copy for each who signs."""
    items = sum(line.quantity for line in shipment.lines)
    blocks: list[Block] = [
        Fields(
            (
                Line(say("Sent to"), Words(shipment.consignee)),
                Line(say("Transfer order"), Code(shipment.document)),
                Line(say("Sent from"), Words(shipment.sent_from)),
                Line(say("Sent at"), shipment.sent_at),
                Line(say("Confirmation expected by"), shipment.expected_at),
                Line(say("Seals"), Code("  ".join(shipment.seals)) if shipment.seals else say("None")),
            )
        ),
        _items(shipment.lines),
        Note(say("Items: {items}. Seals: {seals}.", items=items, seals=len(shipment.seals))),
        Signatures(
            say("Handing over"),
            (shipment.sender.slot(say("Handed over by")), Slot(say("Taken over for carriage by"))),
            declares=SENT,
        ),
        Heading(say("On arrival"), 2),
        Table(
            (
                Column(say("Number on this list, or seal"), 20, Holds.PEN),
                Column(say("Missing, damaged, broken or different: what is wrong"), 80, Holds.PEN),
            ),
            (),
            open_lines=DAMAGE_LINES,
            pen_height=True,
        ),
        Fields(
            (
                Line(say("Number of the receiver's confirmation"), None),
                Line(say("Received at (date, time)"), None),
            )
        ),
        Signatures(
            say("Receiving"),
            (Slot(say("Received by")), Slot(say("Second person present"))),
            declares=RECEIVED,
        ),
        Note(say("Send a signed copy back. Until it is confirmed every item counts as under way."), Weight.FRAMED),
        CodeBlock(shipment.number, Symbology.CODE128, say("Scan it to confirm the arrival.")),
    ]
    return shipment.letterhead.sheet(
        say("Transfer manifest"), tuple(blocks), shipment.number, say("Transfer of weapons to another body")
    )


def _items(lines: tuple[ManifestLine, ...]) -> Table:
    return Table(
        (
            Column(say("No."), 5, Holds.NUMBER),
            Column(say("Register number"), 14, Holds.CODE),
            Column(say("Item"), 33),
            Column(say("Serial number as struck"), 23, Holds.CODE),
            Column(say("Quantity"), 9, Holds.NUMBER),
            Column(say("Arrived (tick)"), 12, Holds.PEN),
        ),
        tuple(
            (
                number,
                Code(line.register_no),
                described(line.kind, line.make, line.model, line.calibre),
                Code(line.serial),
                line.quantity,
                None,
            )
            for number, line in enumerate(lines, 1)
        ),
        Ending.NOTHING_FOLLOWS,
    )
