"""The acceptance sheet: what the receiver found of a transfer, signed by two persons and sent back as confirmation."""

from __future__ import annotations

from collections.abc import Sequence
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
    Holds,
    Line,
    Note,
    Signatures,
    Slot,
    Symbology,
    Table,
    Words,
)
from muniment.reports.hand_receipt import Party
from muniment.reports.letterhead import Letterhead

ACCEPTED = say(
    "I have compared each serial number above with the one struck on the item, and the seals with their numbers. What"
    " is called missing was not there, what is called not announced was there."
)
"""What the two who received it sign."""


@dataclass(frozen=True, slots=True)
class AcceptanceLine:
    """One line: what it is in words, how many were listed and how many were there, what is to be said about it."""

    register_no: str
    item: Text
    serial: str
    listed: int
    there: int
    remark: Text


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An arrival as it was closed; `broken` are the seals that were broken or wrong."""

    number: str
    letterhead: Letterhead
    sender: str
    document: str
    received_at: str
    closed_at: datetime
    seals: tuple[str, ...]
    broken: tuple[str, ...]
    receiver: Party
    second: Party
    lines: tuple[AcceptanceLine, ...]


def acceptance(arrival: Acceptance) -> Document:
    """The sheet that goes back to the sender."""
    missing = sum(max(0, line.listed - line.there) for line in arrival.lines)
    extra = sum(max(0, line.there - line.listed) for line in arrival.lines)
    blocks: list[Block] = [
        Fields(
            (
                Line(say("Received from"), Words(arrival.sender)),
                Line(say("Sender's document"), Code(arrival.document)),
                Line(say("Received at"), Words(arrival.received_at)),
                Line(say("Closed"), arrival.closed_at),
                Line(say("Seals found whole"), _seals([one for one in arrival.seals if one not in arrival.broken])),
                Line(say("Seals found broken or wrong"), _seals(arrival.broken)),
            )
        ),
        _items(arrival.lines),
        Note(
            say(
                "There: {there}. Announced and missing: {missing}. There and not announced: {extra}.",
                there=sum(line.there for line in arrival.lines),
                missing=missing,
                extra=extra,
            )
        ),
        Signatures(
            say("Receiving"),
            (arrival.receiver.slot(say("Received by")), arrival.second.slot(say("Second person present"))),
            declares=ACCEPTED,
        ),
        Signatures(say("Handing over"), (Slot(say("Handed over by, for the sender")),)),
        CodeBlock(arrival.number, Symbology.CODE128, say("Scan it to see the arrival.")),
    ]
    return arrival.letterhead.sheet(
        say("Acceptance sheet"),
        tuple(blocks),
        arrival.number,
        say("What was received from another body. One signed copy goes back as confirmation under this number."),
    )


def _seals(seals: Sequence[str]) -> Code | Text:
    return Code("  ".join(seals)) if seals else say("None")


def _items(lines: tuple[AcceptanceLine, ...]) -> Table:
    return Table(
        (
            Column(say("No."), 5, Holds.NUMBER),
            Column(say("Register number here"), 14, Holds.CODE),
            Column(say("Item"), 27),
            Column(say("Serial number as struck"), 20, Holds.CODE),
            Column(say("Listed"), 8, Holds.NUMBER),
            Column(say("There"), 8, Holds.NUMBER),
            Column(say("Found"), 18),
        ),
        tuple(
            (number, Code(line.register_no), line.item, Code(line.serial), line.listed, line.there, line.remark)
            for number, line in enumerate(lines, 1)
        ),
        Ending.NOTHING_FOLLOWS,
    )
