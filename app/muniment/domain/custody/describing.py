"""What is written about a weapon, changed: its description, its marks, a number in place of a serial it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.codes import bind
from muniment.domain.custody.conditions import refuse_better_alone
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.importing import duplicate, identity
from muniment.domain.custody.registering import same_weapon
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.fields import groups_in
from muniment.domain.stock.marking import FRAME_MATERIAL_NAMES, MARKING_METHOD_NAMES, MarkKind, MarkPlace
from muniment.domain.stock.marks import RECOVERY, Mark, method_suits
from muniment.domain.stock.serial import SerialStatus, comparison_key
from muniment.domain.stock.weapon import WeaponDescription
from muniment.domain.stock.weapon_fields import FIELD_NAMES, from_fields, to_fields

MOST_MARKS = 24
"""Marks that one weapon may have, so that a fact that changes them stays within the length of a record."""


def describe(
    weapon: Standing,
    description: WeaponDescription,
    same_serial: Sequence[Standing],
    acting: Acting,
    *,
    catalogue: Sequence[Refusal] = (),
) -> Fact:
    """Decide whether a weapon may be described anew, and state what changes.

    `same_serial` are the items whose serial has the comparison key of the new description. What was not known may be
    written down without a reason; what stands is only changed for one. `catalogue` is what the depot's catalogue
    objects to its make and model; it counts where one of the two changes.

    Raises:
        Refusal: the record is withdrawn, nothing changes, a reason is missing, or another weapon has the same make,
            model, calibre and serial and no second person lets it pass; or it would be in a better condition by one
            person's word.

    """
    _refuse_withdrawn(weapon)
    fields = to_fields(description)
    drops = [name for name in FIELD_NAMES if name in weapon.fields and name not in fields]
    fact = acting.states(Deed.WEAPON_DESCRIBED, weapon, sets=fields, drops=drops)
    if not fact.before and not fact.after:
        raise Refusal("nothing_changes", say("That is what stands there."), do_now=say("Nothing to do."))
    if fact.before and not acting.reason:
        raise Refusal(
            "reason_missing",
            say("Changing what stands needs a reason: {fields}.", fields=", ".join(sorted(fact.before))),
            do_now=say("Write why, without names."),
        )
    others = [one for one in same_serial if one.subject != weapon.subject]
    twins = same_weapon(description, others)
    known = identity(comparison_key(weapon.text("serial_raw")), weapon.fields)
    fresh = [one for one in twins if identity(comparison_key(one.text("serial_raw")), one.fields) != known]
    if "condition" in fact.after and description.condition is not None:
        refuse_better_alone(weapon, description.condition, acting)
    renamed = not {"make", "model"}.isdisjoint({*fact.before, *fact.after})
    noted = acting.passes([*(duplicate(one.text("register_no")) for one in fresh), *(catalogue if renamed else ())])
    return acting.states(Deed.WEAPON_DESCRIBED, weapon, sets=fields, drops=drops, about=noted)


def mark(weapon: Standing, struck: Mark, this_year: int, acting: Acting) -> Fact:
    """State that a weapon carries a mark, beside the ones it has; `this_year` bounds the year in it.

    Raises:
        Refusal: the record is withdrawn, the mark stands there already or cannot be true, or there are too many.

    """
    _refuse_withdrawn(weapon)
    description = from_fields(weapon.fields, this_year=this_year)
    if struck in description.marks:
        raise Refusal("nothing_changes", say("This mark stands there already."), do_now=say("Nothing to do."))
    if len(description.marks) >= MOST_MARKS:
        raise Refusal(
            "too_many_marks",
            say("{most} marks are the most that a record holds.", most=MOST_MARKS),
            do_now=say("Photograph the weapon, and attach the picture."),
        )
    marked = replace(description, marks=(*description.marks, struck), this_year=this_year)
    return acting.states(Deed.WEAPON_DESCRIBED, weapon, sets={"marks": to_fields(marked)["marks"]})


def inscribe(
    weapon: Standing,
    struck: Mark,
    this_year: int,
    code: Subject,
    bound: Subject | None,
    acting: Acting,
    *,
    in_store: bool,
) -> list[Fact]:
    """State that a number was assigned to a weapon without a whole serial and inscribed into it.

    The maker's serial stays as it is, illegible or absent. The number leads to the weapon from now on: by itself where
    it is the register number, else as a code under the name `code`. `bound` is what the number means now.

    Raises:
        Refusal: the weapon has a whole serial or an assigned number, is not in store, or its frame cannot be marked
            that way; the number means something else, or `mark` says no.

    """
    if weapon.text("serial_status") in ("", SerialStatus.PRESENT):
        raise Refusal(
            "serial_present",
            say("The weapon has a serial number: {serial}.", serial=weapon.text("serial_raw")),
            do_now=say("Enter any other number on it as a mark. Correct the serial status first if it is wrong."),
        )
    if known := assigned_number(weapon):
        raise Refusal(
            "number_assigned",
            say("The number {number} was assigned to it.", number=known),
            do_now=say("Compare it with the metal."),
        )
    if not in_store:
        raise Refusal(
            "not_in_store",
            say("{register_no} is not in store by the book.", register_no=weapon.text("register_no")),
            do_now=say("Take it back or record it as found first."),
        )
    material = from_fields(weapon.fields, this_year=this_year).frame_material
    on_frame = struck.place in (None, MarkPlace.FRAME, MarkPlace.RECEIVER)
    if on_frame and material is not None and struck.method is not None and not method_suits(struck.method, material):
        raise Refusal(
            "method_unsuited",
            say(
                "A frame of {material} cannot be {method}.",
                material=FRAME_MATERIAL_NAMES[material],
                method=MARKING_METHOD_NAMES[struck.method],
            ),
            do_now=say("Use a laser or a dot-peen, or correct the frame material."),
            source=str(RECOVERY),
        )
    facts = [mark(weapon, struck, this_year, acting)]
    if struck.text != weapon.text("register_no"):
        facts.append(bind(code, struck.text, weapon.subject, bound, acting))
    return facts


def assigned_number(weapon: Standing) -> str:
    """The number that was inscribed in place of a serial; empty where none was."""
    marks = groups_in(weapon.fields, "marks")
    return next((str(one.get("text", "")) for one in marks if one.get("kind") == MarkKind.ASSIGNED), "")


def _refuse_withdrawn(weapon: Standing) -> None:
    if weapon.text(WITHDRAWN):
        raise Refusal("withdrawn", say("This record was withdrawn."), do_now=say("Find the true record."))
