"""Taking a weapon back, moving it, setting it apart: what lowers danger is never refused by what condemns the item."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import NO_STORE, PlaceKind

HELD = ("held_as", "issued_at", "due_at", "receipt", "purpose")
"""Fields that speak of an issue and end with it."""


@dataclass(frozen=True, slots=True)
class Handed:
    """How a weapon comes back.

    `by` is who brought it, `to` the place it goes, `fault` what is wrong with it in the bringer's words, empty where
    nothing is.
    """

    by: Subject
    to: Subject
    fault: str = ""


def take_back(weapon: Standing, handed: Handed, acting: Acting) -> list[Fact]:
    """State that a weapon came back; with a fault it is quarantined in the same act.

    A weapon brought by another than its holder is taken in all the same, and `about` says who brought it.

    Raises:
        Refusal: by the book the weapon is not out, so there is nothing to take back.

    """
    holder = weapon.where
    if not holder or kind_of(Subject(holder)) is not Kind.PERSON:
        raise Refusal(
            "not_out",
            say("By the book it is not with anybody."),
            do_now=say("Check the number on the metal. If it is right, record it as found."),
        )
    about: dict[str, Value] = {"brought_by": handed.by} if handed.by != holder else {}
    back = acting.states(Deed.RETURNED, weapon, drops=HELD, to=handed.to, qty=1, about=about)
    if not handed.fault:
        return [back]
    after = Standing(
        weapon.subject,
        weapon.version + 1,
        {**{n: v for n, v in weapon.fields.items() if n not in HELD}, "where": handed.to},
    )
    return [back, set_apart(after, handed.fault, None, acting)]


def set_apart(item: Standing, why: str, to: Subject | None, acting: Acting) -> Fact:
    """State that an item is quarantined; it may be moved to a place of its own in the same act.

    Raises:
        Refusal: no reason is given.

    """
    if not why:
        raise Refusal("reason_missing", say("A quarantine needs a reason."), do_now=say("Write what is wrong with it."))
    return acting.states(Deed.QUARANTINED, item, sets={"quarantine": why}, to=to, qty=1)


def release(item: Standing, acting: Acting) -> Fact:
    """Decide whether an item leaves quarantine: two persons, and a reason.

    Raises:
        Refusal: it is not quarantined, or the second person or the reason is missing.

    """
    if not item.text("quarantine"):
        raise Refusal("not_quarantined", say("It is not quarantined."), do_now=say("Nothing to do."))
    if acting.second is None or acting.second == acting.actor:
        raise Refusal(
            "second_person_missing",
            say("Leaving quarantine needs a second authorised person."),
            do_now=say("Have the second person sign in beside you."),
        )
    if not acting.reason:
        raise Refusal("reason_missing", say("Leaving quarantine needs a reason."), do_now=say("Write why."))
    return acting.states(Deed.RELEASED, item, drops=("quarantine",), qty=1)


def move(item: Standing, from_kind: str, to: Subject, acting: Acting) -> Fact:
    """Decide whether an item in store may be moved to another place of the depot.

    `from_kind` is the kind of the place where it is, empty where that is no place.

    Raises:
        Refusal: it is with a person, fitted to a weapon, under way, unaccounted for, withdrawn, or there already.

    """
    if item.text(WITHDRAWN):
        raise Refusal("withdrawn", say("This record was withdrawn."), do_now=say("Find the true record."))
    if item.where == to:
        raise Refusal("already_there", say("It is there already."), do_now=say("Scan the next item."))
    if item.where and kind_of(Subject(item.where)) is Kind.PERSON:
        raise Refusal(
            "not_in_store",
            say("By the book a person holds it."),
            do_now=say("Take it back first, then move it."),
        )
    if item.where and kind_of(Subject(item.where)) is Kind.WEAPON:
        raise Refusal(
            "fitted",
            say("It is fitted to a weapon and goes where that goes."),
            do_now=say("Move the weapon, or record first that the component was removed."),
        )
    if from_kind in NO_STORE:
        says, do_now = NO_STORE[PlaceKind(from_kind)]
        raise Refusal("not_in_store", says, do_now=do_now)
    return acting.states(Deed.MOVED, item, to=to, qty=1)
