"""What somebody who steps up to the hatch left open: a hand receipt without a confirmation, things that are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.desk.desk import stands
from muniment.desk.hatch import late_items
from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.kits import KIT
from muniment.domain.custody.standing import Standing
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """The oldest open hand receipt of a person with what is still held of it, and what the officer should know.

    A kit stands among the items for its members.
    """

    receipt: Subject | None = None
    items: tuple[Subject, ...] = ()
    warnings: tuple[Text, ...] = ()


def left_open(work: Work, person: Subject, at: datetime) -> LeftOpen:
    """What a person left open."""
    held = work.at(person)
    late = late_items(held, at)
    of_receipts: dict[Subject, list[Standing]] = {}
    for item in held:
        if item.text("receipt"):
            of_receipts.setdefault(Subject(item.text("receipt")), []).append(item)
    receipts = [stands(work, name) for name in of_receipts]
    still_open = [one for one in receipts if one.text("state") == "open"]
    if not still_open:
        return LeftOpen(warnings=late)
    receipt = min(still_open, key=lambda one: one.number("number"))
    items = _as_handed(work, of_receipts[receipt.subject])
    says = say(
        "{receipt} was handed out before and is not confirmed: {count}. Finish, and it is confirmed now.",
        receipt=name_of(work, receipt.subject),
        count=len(items),
    )
    return LeftOpen(receipt.subject, items, (says, *late))


def _as_handed(work: Work, items: list[Standing]) -> tuple[Subject, ...]:
    """The things as they were scanned: a kit that is out once, whatever is in it; a part with its weapon."""
    there = {item.subject for item in items}
    found: dict[Subject, None] = {}
    for item in items:
        kit = work.standing(Subject(item.text(KIT))) if item.text(KIT) else None
        if kit is not None and kit.text("receipt") == item.text("receipt"):
            found[kit.subject] = None
        elif item.where not in there:
            found[item.subject] = None
    return tuple(found)
