"""Describing an item anew at the desk: its condition, and a number struck where the metal has none."""

from __future__ import annotations

from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.desk.places import lies_in_store
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody import describing
from muniment.domain.people.duties import Duty
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.marks import Mark


def change_condition(desk: Desk, deposition: Deposition, item: Subject, condition: Condition) -> Answer:
    """Write down that a weapon or component is in another condition, for the deposition's reason.

    Raises:
        Refusal: it is neither, or see `muniment.domain.custody.describing.change_condition`.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act):
            return before
        standing = stands(work, item)
        if kind_of(item) not in (Kind.WEAPON, Kind.COMPONENT):
            raise Refusal(
                "no_condition",
                say("Only a weapon or a component has a condition."),
                do_now=say("Identify one of the line first."),
            )
        fact = describing.change_condition(standing, condition, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=item)


def mark_number(desk: Desk, deposition: Deposition, weapon: Subject, mark: Mark) -> Answer:
    """Write down that a weapon without a whole serial bears its register number now; `mark` says where and how.

    Raises:
        Refusal: it is no weapon, or see `muniment.domain.custody.describing.mark_number`.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act):
            return before
        standing = stands(work, weapon)
        if kind_of(weapon) is not Kind.WEAPON:
            raise Refusal("not_a_weapon", say("This is no weapon."), do_now=say("Open the record of the weapon."))
        fact = describing.mark_number(standing, mark, acting, in_store=lies_in_store(work, standing))
        return Answer(tuple(desk.tell(work, act, [fact])), about=weapon)
