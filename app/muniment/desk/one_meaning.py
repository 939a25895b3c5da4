"""One code means one thing: what a code, a badge or a place's code would get in the way of."""

from __future__ import annotations

import re

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.command_cards import command_on
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.stock.serial import comparison_key
from muniment.ports.work import Work

_REGISTER_NUMBER = re.compile(r"(?:W|C|L|R|K|T|A|M|CASE)-[0-9]{7,15}")
"""Register numbers as labels and sheets say them, given out or still to come."""


def meant_already(work: Work, code: str) -> Subject | None:
    """What a code, badge, place's code or number leads to now; serial numbers apart."""
    number = code.strip().upper()
    known = work.bound_to(code) or work.person_by(code)
    place = work.place_coded(code) if known is None and code.strip() else None
    numbered = work.numbered(number) if known is None and place is None else None
    found = place or numbered
    return found.subject if found is not None else known


def other_with_serial(work: Work, code: str, item: Subject) -> Subject | None:
    """Another item than this one whose serial the code says."""
    same = work.same_serial(comparison_key(code))
    return next((one.subject for one in same if one.subject != item and not one.text(WITHDRAWN)), None)


def refuse_second_meaning(work: Work, code: str) -> None:
    """Refuse a badge, a person's number or a place's code that a scan would take for something else.

    Raises:
        Refusal: it leads to something, is a command card, or is written like a register number.

    """
    if code and (is_reserved(code) or meant_already(work, code) is not None):
        raise Refusal(
            "code_taken",
            say("{code} means something else in this register.", code=code),
            do_now=say("Scan it alone to see what it means, and choose another one here."),
        )


def is_reserved(code: str) -> bool:
    """Whether a code is a command card's, or written like a register number of this register."""
    return command_on(code) is not None or _REGISTER_NUMBER.fullmatch(code.strip().upper()) is not None
