"""Taking things into the register: places, units, persons, weapons, and lines that have a quantity and no serials."""

from __future__ import annotations

from collections.abc import Sequence

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Fields, Value
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import SECOND_PERSON
from muniment.domain.stock.serial import comparison_key
from muniment.domain.stock.weapon import WeaponDescription
from muniment.domain.stock.weapon_fields import to_fields


def calibre_of(fields: Fields) -> str:
    """The calibre an item is counted under: its code in the catalogue, else as written; empty where none is known."""
    listed = fields.get("calibres")
    for entry in listed if isinstance(listed, list) else []:
        if isinstance(entry, dict) and entry.get("primary") is True:
            return str(entry.get("code") or entry.get("text", ""))
    return ""


def same_weapon(description: WeaponDescription, others: Sequence[Standing]) -> list[Standing]:
    """Those among weapons with the same comparison key that have the same make, model and calibre too."""
    key = description.serial_key
    fields = to_fields(description)
    return [
        other
        for other in others
        if key
        and not other.text(WITHDRAWN)
        and comparison_key(other.text("serial_raw")) == key
        and other.text("make").casefold() == description.make.casefold()
        and other.text("model").casefold() == description.model.casefold()
        and calibre_of(other.fields) == calibre_of(fields)
    ]


def register_weapon(
    subject: Subject,
    description: WeaponDescription,
    number: int,
    to: Subject,
    same_serial: Sequence[Standing],
    acting: Acting,
    *,
    catalogue: Sequence[Refusal] = (),
    about: Fields | None = None,
) -> Fact:
    """Decide whether a weapon may enter the register, and state the fact.

    `number` is its running number here, never used again. `same_serial` are the items whose serial has the same
    comparison key: the same make, model, calibre and serial again stops here until a second person lets it pass; the
    same serial in another model is no objection. `catalogue` is what the depot's catalogue objects to it.

    Raises:
        Refusal: the weapon seems to be in the register already, or an objection of the catalogue is not let pass.

    """
    twins = same_weapon(description, same_serial)
    objections = [
        Refusal(
            "duplicate_weapon",
            say(
                "{register_no} has the same make, model, calibre and serial.",
                register_no=twin.text("register_no"),
            ),
            do_now=say("Compare both weapons. If there are two, have a second person confirm it."),
            override=SECOND_PERSON,
        )
        for twin in twins
    ]
    noted = acting.passes([*objections, *catalogue])
    fields: dict[str, Value] = {
        **to_fields(description),
        "number": number,
        "register_no": register_no("W", number),
        "home": to,
    }
    return acting.states(
        Deed.WEAPON_REGISTERED, Standing(subject), sets=fields, to=to, qty=1, about={**noted, **(about or {})}
    )


def register_line(
    subject: Subject,
    fields: Fields,
    quantity: int,
    number: int,
    to: Subject,
    acting: Acting,
    *,
    about: Fields | None = None,
) -> Fact:
    """Take a quantity without serials into the register, to be worked off one by one.

    Raises:
        Refusal: the quantity is not a whole number above zero.

    """
    if quantity < 1:
        raise Refusal(
            "quantity_not_positive",
            say("The quantity is {quantity}.", quantity=quantity),
            do_now=say("Correct the list. A line needs at least one."),
        )
    return acting.states(
        Deed.LINE_REGISTERED,
        Standing(subject),
        sets={**fields, "quantity": quantity, "number": number, "register_no": register_no("L", number)},
        to=to,
        qty=quantity,
        about=about,
    )


def work_off(line: Standing, weapon: Subject, acting: Acting) -> Fact:
    """State that one of a line was identified: the line falls by one.

    Raises:
        Refusal: nothing is left on the line, or it is quarantined.

    """
    left = line.number("quantity")
    if left < 1 or line.text(WITHDRAWN):
        raise Refusal(
            "line_empty",
            say("Nothing is left on line {register_no}.", register_no=line.text("register_no")),
            do_now=say("Choose another line, or register the weapon by itself."),
        )
    if line.text("quarantine"):
        raise Refusal(
            "quarantined",
            say("Quarantined: {reason}.", reason=line.text("quarantine")),
            do_now=say("Have two persons release the line first. What is set apart does not come out by itself."),
        )
    return acting.states(Deed.LINE_WORKED_OFF, line, sets={"quantity": left - 1}, qty=1, about={"weapon": weapon})


def put_back_on_line(line: Standing, worked_off_leaf: str, acting: Acting) -> Fact:
    """State that an identification was taken back: the line rises by one again."""
    return acting.states(
        Deed.REVERSED,
        line,
        sets={"quantity": line.number("quantity") + 1},
        qty=1,
        corrects=worked_off_leaf,
    )


def register_no(letter: str, number: int) -> str:
    """A running number as it is written on labels.

    >>> register_no("W", 42)
    'W-0000042'
    """
    return f"{letter}-{number:07d}"
