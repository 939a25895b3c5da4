"""Describing a weapon anew: what is written about it, its marks, the number assigned where the serial is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.desk.models import catalogue_forbids, catalogue_says
from muniment.desk.one_meaning import meant_already, other_with_serial
from muniment.desk.places import lies_in_store
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody import conditions, describing
from muniment.domain.custody.facts import Deed, Value
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.marking import MarkingMethod, MarkKind, MarkPlace, Side
from muniment.domain.stock.marks import Mark
from muniment.domain.stock.weapon_fields import from_fields
from muniment.ports.work import Work


def describe(desk: Desk, deposition: Deposition, item: Subject, changes: Mapping[str, Value | None]) -> Answer:
    """Change fields of a weapon's description, named as in its record; none takes a value away.

    Raises:
        Refusal: a value does not belong there, the whole cannot be true of a weapon, or a rule of
            `muniment.domain.custody.describing` says no.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.WEAPON_DESCRIBED, of=(item,), said=acting, sets=changes):
            return before
        weapon = _weapon(work, item)
        fields = {name: value for name, value in {**weapon.fields, **changes}.items() if value is not None}
        description = from_fields(fields, this_year=acting.at.year)
        same = work.same_serial(description.serial_key) if description.serial_key else []
        objections = catalogue_forbids(work, description)
        fact = describing.describe(weapon, description, same, acting, catalogue=objections)
        named = not {"make", "model"}.isdisjoint(fact.after)
        warnings = catalogue_says(work, description) if named else ()
        return Answer(tuple(desk.tell(work, act, [fact])), warnings, item)


@dataclass(frozen=True, slots=True)
class Seen:
    """A mark as an officer reads it from the metal, or has had it struck; see `muniment.domain.stock.marks.Mark`.

    For an assigned number an empty `text` stands for the weapon's register number.
    """

    kind: MarkKind
    text: str = ""
    place: MarkPlace | None = None
    side: Side | None = None
    method: MarkingMethod | None = None
    country: str = ""
    year: int | None = None
    marked_on: date | None = None
    certificate: str = ""


def mark(desk: Desk, deposition: Deposition, item: Subject, seen: Seen) -> Answer:
    """Write down a mark; of a number assigned in place of a missing serial also that it leads to the weapon.

    Raises:
        Refusal: a rule of `muniment.domain.custody.describing` says no.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.WEAPON_DESCRIBED, of=(item,), said=acting):
            return before
        weapon = _weapon(work, item)
        assigned = seen.kind is MarkKind.ASSIGNED
        text = seen.text or (weapon.text("register_no") if assigned else "")
        struck = Mark(
            kind=seen.kind,
            text=text,
            place=seen.place,
            side=seen.side,
            method=seen.method,
            country=seen.country,
            year=seen.year,
            marked_on=seen.marked_on,
            operator=acting.actor if assigned else "",
            certificate=seen.certificate,
        )
        if assigned:
            bound = meant_already(work, text) or other_with_serial(work, text, item)
            year, here = acting.at.year, lies_in_store(work, weapon)
            facts = describing.inscribe(weapon, struck, year, desk.fresh(Kind.CODE), bound, acting, in_store=here)
        else:
            facts = [describing.mark(weapon, struck, acting.at.year, acting)]
        return Answer(tuple(desk.tell(work, act, facts)), about=item)


def change_condition(desk: Desk, deposition: Deposition, item: Subject, condition: Condition) -> Answer:
    """Write down that a weapon or component is in another condition, for the deposition's reason.

    Raises:
        Refusal: it is neither, or see `muniment.domain.custody.conditions.change_condition`.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(
            work, act, Deed.CONDITION_CHANGED, of=(item,), said=acting, sets={"condition": condition}
        ):
            return before
        standing = stands(work, item)
        if kind_of(item) not in (Kind.WEAPON, Kind.COMPONENT):
            raise Refusal(
                "no_condition",
                say("Only a weapon or a component has a condition."),
                do_now=say("Identify one of the line first."),
            )
        fact = conditions.change_condition(standing, condition, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=item)


def _weapon(work: Work, item: Subject) -> Standing:
    standing = stands(work, item)
    if kind_of(item) is not Kind.WEAPON:
        raise Refusal(
            "not_a_weapon",
            say("{register_no} is no weapon.", register_no=standing.text("register_no")),
            do_now=say("Name a weapon by its register number, code or serial."),
        )
    return standing
