"""Taking stock into the register: a weapon with its serial, one of a line that had none, a code on a thing."""

from __future__ import annotations

from muniment.desk.desk import Answer, Deposition, Desk, same_by, same_thing, stands, told_before
from muniment.desk.models import catalogue_forbids, catalogue_says
from muniment.desk.one_meaning import is_reserved, meant_already, other_with_serial
from muniment.desk.places import store_at
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.codes import bind, let_go
from muniment.domain.custody.facts import Deed, Fields
from muniment.domain.custody.registering import register_line, register_weapon, same_weapon, work_off
from muniment.domain.people.duties import Duty
from muniment.domain.stock.free_text import in_one_form
from muniment.domain.stock.serial import comparison_key
from muniment.domain.stock.weapon import WeaponDescription
from muniment.domain.stock.weapon_fields import to_fields
from muniment.ports.work import Work


def register(desk: Desk, deposition: Deposition, description: WeaponDescription, to: Subject) -> Answer:
    """Take a weapon into the register at a place, under the next number.

    Warns where the serial stands in another model, or could be mistaken for another one, and where the make and model
    are not those of an entry of the catalogue; nothing is merged.

    Raises:
        Refusal: the same make, model, calibre and serial is in the register, or the depot takes models of its catalogue
            only, and no second person lets it pass.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.WEAPON_REGISTERED, said=acting, to=to, sets=to_fields(description)):
            return before
        store_at(work, to)
        same = work.same_serial(description.serial_key)
        fact = register_weapon(
            desk.fresh(Kind.WEAPON),
            description,
            work.next_number(Kind.WEAPON),
            to,
            same,
            acting,
            catalogue=catalogue_forbids(work, description),
        )
        warnings = (*catalogue_says(work, description), *near_matches(work, description))
        return Answer(tuple(desk.tell(work, act, [fact])), warnings, fact.subject)


def near_matches(work: Work, description: WeaponDescription) -> tuple[Text, ...]:
    """What an officer should compare before trusting a serial: the same serial elsewhere, and look-alikes."""
    key = description.serial_key
    same = work.same_serial(key)
    twins = {twin.subject for twin in same_weapon(description, same)}
    warnings = [
        say(
            "{register_no}, {make} {model}, has the same serial.",
            register_no=other.text("register_no"),
            make=other.text("make"),
            model=other.text("model"),
        )
        for other in same
        if other.subject not in twins
    ]
    alike = work.looking_alike_any([description.serial_look_alike_key]) if key else []
    warnings += [
        say(
            "{register_no} has serial {serial}, which is easily mistaken for it.",
            register_no=other.text("register_no"),
            serial=other.text("serial_raw"),
        )
        for other in alike
        if comparison_key(other.text("serial_raw")) != key
    ]
    return tuple(warnings[:10])


def register_quantity(desk: Desk, deposition: Deposition, fields: Fields, quantity: int, to: Subject) -> Answer:
    """Take a quantity without serials into the register, to be worked off one by one.

    Raises:
        Refusal: the quantity is not a whole number above zero.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(
            work, act, Deed.LINE_REGISTERED, said=acting, to=to, sets={**fields, "quantity": quantity}
        ):
            return before
        store_at(work, to)
        line = desk.fresh(Kind.LINE)
        fact = register_line(line, fields, quantity, work.next_number(Kind.LINE), to, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=line)


def identify(desk: Desk, deposition: Deposition, line: Subject, description: WeaponDescription) -> Answer:
    """Identify one of a line: the weapon enters the register by its serial and the line falls by one.

    Raises:
        Refusal: nothing is left on the line, it does not lie in a store, the weapon seems to be in the register
            already, or its model is not in the catalogue of a depot that takes no others.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.LINE_WORKED_OFF, of=(line,), said=acting):
            return same_thing(work, before, "serial_raw", description.serial)
        standing = stands(work, line)
        store_at(work, Subject(standing.where))
        weapon = desk.fresh(Kind.WEAPON)
        facts = [
            work_off(standing, weapon, acting),
            register_weapon(
                weapon,
                description,
                work.next_number(Kind.WEAPON),
                Subject(standing.where),
                work.same_serial(description.serial_key),
                acting,
                catalogue=catalogue_forbids(work, description),
                about={"line": line},
            ),
        ]
        warnings = (*catalogue_says(work, description), *near_matches(work, description))
        return Answer(tuple(desk.tell(work, act, facts)), warnings, weapon)


def bind_code(desk: Desk, deposition: Deposition, code: str, to: Subject) -> Answer:
    """Bind a code that is on a thing already, or on a new label, to its record.

    Raises:
        Refusal: the code means something else, as a code, a badge, a place, a register number or the serial of another
            item; or it is no code.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(
            work, act, Deed.CODE_BOUND, said=acting, sets={"code": in_one_form(code), "bound": to}
        ):
            return before
        stands(work, to)
        bound = meant_already(work, code) or other_with_serial(work, code, to)
        if bound is None and is_reserved(code):
            raise Refusal(
                "not_a_code",
                say("{code} is a command card, or written like a register number.", code=code),
                do_now=say("Print the label of the thing itself, or use another code."),
            )
        fact = bind(desk.fresh(Kind.CODE), code, to, bound, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=to)


def release_code(desk: Desk, deposition: Deposition, code: str) -> Answer:
    """Let a code mean nothing any more, for the deposition's reason, so that it can be bound anew.

    Raises:
        Refusal: it is bound to nothing, or no reason is given.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        of_code = [one for one in work.every(Kind.CODE) if one.text("code") == in_one_form(code)]
        if before := told_before(work, act, Deed.CODE_RELEASED, said=acting):
            return same_by(work, before, lambda fact: fact.subject in {one.subject for one in of_code})
        bound = [one for one in of_code if one.text("bound")]
        if not bound:
            raise Refusal(
                "not_bound", say("The code {code} is bound to nothing.", code=code), do_now=say("Nothing to do.")
            )
        to = Subject(bound[0].text("bound"))
        return Answer(tuple(desk.tell(work, act, [let_go(bound[0], acting)])), about=to)
