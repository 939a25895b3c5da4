"""Describing an item anew: the condition it is found in, and the number that is struck where it has none."""

from __future__ import annotations

from dataclasses import replace

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Group, Plain
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.condition import CONDITION_NAMES, Condition
from muniment.domain.stock.marking import (
    FRAME_MATERIAL_NAMES,
    MARKING_METHOD_NAMES,
    FrameMaterial,
    MarkKind,
)
from muniment.domain.stock.marks import RECOVERY, Mark, method_suits
from muniment.domain.stock.serial import SerialStatus

_RANKS = {
    Condition.NEW: 0,
    Condition.SERVICEABLE: 1,
    Condition.REPAIRABLE: 2,
    Condition.INCOMPLETE: 2,
    Condition.BEYOND_REPAIR: 3,
    Condition.DEACTIVATED: 4,
}
"""How far a weapon is from being handed out; a lower rank is a better condition."""

CONDEMNED = frozenset({Condition.BEYOND_REPAIR, Condition.DEACTIVATED})
"""What a weapon comes back from with the number of an inspection only."""


def is_better(now: Condition, than: Condition) -> bool:
    """Whether a condition brings a weapon nearer to being handed out than another one."""
    return _RANKS[now] < _RANKS[than]


def change_condition(item: Standing, condition: Condition, acting: Acting) -> Fact:
    """Decide whether an item is in another condition from now on, and state it.

    What makes it worse is one officer's finding and never refused, for it only keeps the item in. What makes it better
    lets it out again: that takes two persons, and from beyond repair or deactivated the number of the inspection. The
    first condition of an item for which none was stated is one officer's finding too.

    Raises:
        Refusal: the record is withdrawn, it is in that condition by the book, no reason is given, or the second person
            or the number is missing.

    """
    if item.text(WITHDRAWN):
        raise Refusal("withdrawn", say("This record was withdrawn."), do_now=say("Find the true record."))
    before = Condition(item.text("condition")) if item.text("condition") else None
    if before is condition:
        raise Refusal("nothing_changes", say("It is in that condition by the book."), do_now=say("Nothing to do."))
    if not acting.reason:
        raise Refusal(
            "reason_missing",
            say("Another condition needs a reason."),
            do_now=say("Write what was found, without names."),
        )
    if before is not None and is_better(condition, before):
        _refuse_alone(before, condition, acting)
    return acting.states(Deed.CONDITION_CHANGED, item, sets={"condition": condition}, qty=1)


def _refuse_alone(before: Condition, after: Condition, acting: Acting) -> None:
    if acting.second is None or acting.second == acting.actor:
        raise Refusal(
            "second_person_missing",
            say(
                "From {before} to {after} it takes a second authorised person.",
                before=CONDITION_NAMES[before],
                after=CONDITION_NAMES[after],
            ),
            do_now=say("Have the second person look at it and sign in beside you."),
        )
    if before in CONDEMNED and not acting.doc:
        raise Refusal(
            "reference_missing",
            say("It was condemned: it comes back with the number of an inspection only."),
            do_now=say("Give the number of the paper that says so."),
        )


def mark_number(weapon: Standing, mark: Mark, acting: Acting, *, in_store: bool) -> Fact:
    """State that a weapon without a whole serial number was given its register number, and that it was struck on it.

    `mark` says where and how; its text and its kind are decided here, for the number is the weapon's own in this
    register and never used again. What can be read of a serial stays as it is.

    Raises:
        Refusal: the weapon has a whole serial number or its number on it, does not lie in store, its record is
            withdrawn, or its frame cannot be marked that way.

    """
    number = weapon.text("register_no")
    if weapon.text(WITHDRAWN):
        raise Refusal("withdrawn", say("This record was withdrawn."), do_now=say("Find the true record."))
    status = SerialStatus(weapon.text("serial_status") or SerialStatus.PRESENT)
    if status is SerialStatus.PRESENT:
        raise Refusal(
            "serial_present",
            say("It has a serial number: {serial}.", serial=weapon.text("serial_raw")),
            do_now=say("A second number would hide the first. Leave the metal as it is."),
        )
    if number_struck(weapon):
        raise Refusal(
            "number_struck",
            say("Its number {number} is struck on it already.", number=number),
            do_now=say("Nothing to do."),
        )
    if not in_store:
        raise Refusal(
            "not_in_store",
            say("By the book it does not lie in store."),
            do_now=say("Take it back first, or record it as found."),
        )
    material = FrameMaterial(weapon.text("frame_material") or FrameMaterial.UNKNOWN)
    if mark.method is not None and not method_suits(mark.method, material):
        raise Refusal(
            "method_does_not_suit",
            say(
                "A frame of {material} is not {method}.",
                material=FRAME_MATERIAL_NAMES[material],
                method=MARKING_METHOD_NAMES[mark.method],
            ),
            do_now=say("Use a laser, dot-peening or engraving."),
            source=str(RECOVERY),
        )
    struck = replace(mark, kind=MarkKind.STATE, text=number, marked_on=acting.at.date(), operator=str(acting.actor))
    listed = weapon.fields.get("marks", [])
    before: list[Plain | Group] = listed if isinstance(listed, list) else []
    return acting.states(
        Deed.NUMBER_MARKED,
        weapon,
        sets={"marks": [*before, struck.to_group()]},
        qty=1,
    )


def number_struck(weapon: Standing) -> bool:
    """Whether the weapon's register number is among its marks."""
    listed = weapon.fields.get("marks", [])
    marks = listed if isinstance(listed, list) else []
    return any(isinstance(one, dict) and one.get("text") == weapon.text("register_no") for one in marks)
