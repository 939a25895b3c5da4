"""An arrival as the sender announces it: who sends what under which document, with which seals."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.moments import stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.arrivals import Described, Listed, listed_field
from muniment.domain.custody.facts import Deed, Fact, Group, Plain, Value
from muniment.domain.custody.registering import register_no
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.free_text import tidy

MOST = 300
"""Lines of a list, and things seen, on one arrival."""

LONGEST = 80
"""Characters of one text on a line of a list."""

AT_ONCE = 8
"""Lines in one fact, so that it stays within the length of a record."""


@dataclass(frozen=True, slots=True)
class SendersPapers:
    """What the other body says it sends: who it is, the number of its document, the seals, the list.

    `due_at` is when it is expected, absent where it is here already. `broken` are the seals that are broken or wrong,
    absent where nobody has looked at them yet.
    """

    sender: str
    document: str
    seals: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()
    due_at: datetime | None = None
    broken: frozenset[str] | None = None


def begin(arrival: Subject, number: int, papers: SendersPapers, acting: Acting) -> list[Fact]:
    """State that something arrives, or is announced, and what the sender's document lists.

    Raises:
        Refusal: sender or document is missing; a seal is empty, named twice, or called broken and not named; a line
            says nothing, is too long, is listed twice, or is a serial with a quantity.

    """
    sender = tidy(papers.sender, say("The sender"))
    document = tidy(papers.document, say("The number of the document"))
    if not sender or not document:
        raise Refusal(
            "arrival_without_papers",
            say("An arrival needs a sender and the number of his document."),
            do_now=say("Take both from the paper that came with it."),
        )
    seals = [tidy(seal, say("The seal number")) for seal in papers.seals]
    if "" in seals or len(set(seals)) < len(seals):
        raise Refusal("seal_empty", say("A seal number is empty or named twice."), do_now=say("Read it off the seal."))
    check_list(papers.listed)
    sets: dict[str, Value] = {
        "state": "announced" if papers.due_at else "begun",
        "number": number,
        "register_no": register_no("A", number),
        "sender": sender,
        "document": document,
        "begun_at": stamp(acting.at),
        "seen": 0,
    }
    if seals:
        sets["seals"] = list[Plain | Group](seals)
    if papers.due_at:
        sets["due_at"] = stamp(papers.due_at)
    if seals and papers.broken is not None:
        sets["seals_broken"] = broken_seals(seals, papers.broken)
    facts = [acting.states(Deed.ARRIVAL_BEGUN, Standing(arrival), sets=sets)]
    lines = [listed_field(nth, line) for nth, line in enumerate(papers.listed, 1)]
    standing = Standing(arrival, 1, dict(facts[0].after))
    for start in range(0, len(lines), AT_ONCE):
        facts.append(acting.states(Deed.ARRIVAL_LISTED, standing, sets=dict(lines[start : start + AT_ONCE])))
        standing = Standing(arrival, standing.version + 1, standing.fields)
    return facts


def line_written(text: str) -> Listed:
    """A line of a list as people write it: `serial; make; model; calibre; type`, or `12 x name; calibre; type`.

    What is not known is left out; blanks round the parts fall away.

    Raises:
        Refusal: it has too many parts.

    """
    counted = _COUNTED.fullmatch(text.strip())
    parts = [part.strip() for part in (counted[2] if counted else text).split(";")]
    most = 3 if counted else 5
    if len(parts) > most:
        raise Refusal(
            "line_unreadable",
            say("“{text}” has more than {most} parts.", text=text.strip()[:60], most=most),
            do_now=say("Write: serial; make; model; calibre; type. Or: 12 x name; calibre; type."),
        )
    parts += [""] * (most - len(parts))
    if counted:
        name, calibre, type_code = parts
        return Listed(Described(name=name, calibre=calibre, type_code=type_code.upper()), int(counted[1]))
    serial, make, model, calibre, type_code = parts
    return Listed(Described(serial, make, model, calibre, type_code.upper()))


_COUNTED = re.compile(r"([0-9]{1,6}) ?[x×] (.+)")


def broken_seals(seals: Collection[str], broken: Collection[str]) -> list[Plain | Group]:
    """The seals that are broken, in the order of the list.

    Raises:
        Refusal: one that is called broken is not on the list.

    """
    if strange := sorted(set(broken) - set(seals)):
        raise Refusal(
            "seal_unknown",
            say("{seals}: the document names no such seal.", seals=", ".join(strange)),
            do_now=say("Compare with the document."),
        )
    return [seal for seal in seals if seal in broken]


def same_description(one: Described, other: Described) -> bool:
    """Whether two descriptions are of one weapon: the same serial, and the same make, model and calibre."""
    return one.may_be(other) and (one.make.casefold(), one.model.casefold()) == (
        other.make.casefold(),
        other.model.casefold(),
    )


def check_list(listed: Sequence[Listed]) -> None:
    """Refuse a list that cannot be what a document says.

    Raises:
        Refusal: it is too long; a line says nothing, is too long, is listed twice, or is a serial with a quantity.

    """
    if len(listed) > MOST:
        raise Refusal(
            "list_too_long",
            say("The list has {count} lines; {most} go on one arrival.", count=len(listed), most=MOST),
            do_now=say("Split it, with the same document."),
        )
    for nth, line in enumerate(listed, 1):
        check_short(line.what)
        if not line.what.words() or line.quantity < 1:
            raise Refusal(
                "line_empty_of_words",
                say("Line {nth} of the list says nothing, or none of it.", nth=nth),
                do_now=say("Give a serial, or a name and how many."),
            )
        if line.what.serial and line.quantity != 1:
            raise Refusal(
                "serial_and_quantity",
                say("Line {nth} has a serial and a quantity of {count}.", nth=nth, count=line.quantity),
                do_now=say("List each serial by itself."),
            )
        before = next(
            (one for one in listed[: nth - 1] if line.what.serial and same_description(one.what, line.what)), None
        )
        if before is not None:
            raise Refusal(
                "listed_twice",
                say("{words} is listed twice.", words=line.what.words()),
                do_now=say("Ask the sender which of the two is meant."),
            )


_TEXTS: Mapping[str, Text] = {
    "serial": say("The serial"),
    "make": say("The make"),
    "model": say("The model"),
    "calibre": say("The calibre"),
    "type_code": say("The type"),
    "name": say("The name"),
}


def check_short(what: Described) -> None:
    """Refuse texts that are untidy or too long for one record.

    Raises:
        Refusal: one of them is.

    """
    for name, words in _TEXTS.items():
        text = tidy(getattr(what, name), words)
        if len(text) > LONGEST:
            raise Refusal(
                "text_too_long",
                say("{what} has {count} characters; {most} are allowed.", what=words, count=len(text), most=LONGEST),
                do_now=say("Write it shorter, and attach the rest as a document."),
            )
