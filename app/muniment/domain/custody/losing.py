"""Losing and finding: what has happened is written down, by two persons, and never refused because it should not be."""

from __future__ import annotations

from collections.abc import Sequence

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Fields, Value
from muniment.domain.custody.fitting import Bench, taken_off
from muniment.domain.custody.returning import HELD
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing


def declare_unaccounted(
    item: Standing, host: Bench | None, to: Subject, acting: Acting, noted: Fields | None = None
) -> list[Fact]:
    """State that nobody knows where an item is. `to` is the place for what is unaccounted for.

    `noted` is what the fact is about beside that: that it is entered late, the rules it broke.

    `host` is the weapon a component is fitted to by the book, absent for all else. The holder stays named in the fact,
    together with the hand receipt; whoever calls this opens the case.

    Raises:
        Refusal: it is unaccounted for already, its record is withdrawn, or the second person or the reason is missing.

    """
    _refuse_alone(acting)
    _refuse_withdrawn(item)
    if item.where == to:
        raise Refusal("already_unaccounted", say("It is unaccounted for already."), do_now=say("See its open case."))
    return _moved(Deed.UNACCOUNTED, item, host, to, acting, noted or {})


def record_found(
    item: Standing, host: Bench | None, to: Subject, acting: Acting, noted: Fields | None = None
) -> list[Fact]:
    """State that an item was found and laid at a place, wherever the book says that it is.

    `noted` is what the fact is about beside that: that it is entered late, the rules it broke.

    Raises:
        Refusal: its record is withdrawn, it lies there by the book, or the second person or the reason is missing.

    """
    _refuse_alone(acting)
    _refuse_withdrawn(item)
    if item.where == to:
        raise Refusal("already_there", say("By the book it lies there."), do_now=say("Nothing to do."))
    return _moved(Deed.FOUND, item, host, to, acting, noted or {})


def contradicts(item: Standing, where_kind: str) -> bool:
    """Whether finding an item in store contradicts the book, so that a case is due.

    `where_kind` is the kind of the place where the book has it, empty where that is no place.
    """
    by_the_book = kind_of(Subject(item.where)) if item.where else None
    return by_the_book in (Kind.PERSON, Kind.WEAPON) or where_kind in ("in_transit", "outside")


def _moved(deed: Deed, item: Standing, host: Bench | None, to: Subject, acting: Acting, noted: Fields) -> list[Fact]:
    about: dict[str, Value] = dict(noted)
    if item.where and kind_of(Subject(item.where)) is Kind.PERSON:
        about["holder"] = item.where
        if item.text("receipt"):
            about["receipt"] = item.text("receipt")
    quantity = item.number("quantity") if kind_of(item.subject) is Kind.LINE else 1
    facts = [acting.states(deed, item, drops=(*HELD, "shipment"), to=to, qty=quantity, about=about)]
    if host is not None:
        facts.append(taken_off(item, host, acting))
    return facts


def holder_of(item: Standing, hosts: Sequence[Standing] = ()) -> str:
    """The person who answers for an item by the book: who holds it, or holds the weapon it is on."""
    for one in (item, *hosts):
        if one.where and kind_of(Subject(one.where)) is Kind.PERSON:
            return one.where
    return ""


def _refuse_alone(acting: Acting) -> None:
    if acting.second is None or acting.second == acting.actor:
        raise Refusal(
            "second_person_missing",
            say("This needs a second authorised person."),
            do_now=say("Have the second person sign in beside you."),
        )
    if not acting.reason:
        raise Refusal("reason_missing", say("This needs a reason."), do_now=say("Write what is known, without names."))


def _refuse_withdrawn(item: Standing) -> None:
    if item.text(WITHDRAWN):
        raise Refusal("withdrawn", say("This record was withdrawn."), do_now=say("Find or make the true record."))
