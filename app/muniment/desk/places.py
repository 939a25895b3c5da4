"""The places of a depot, and the units people belong to."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.desk.desk import Answer, Deposition, Desk, told_before
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Fields
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.domain.places.place import STORES, PlaceKind, may_lie_in
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place as the desk writes it down; `code` is what its label says and is one place's own."""

    code: str
    name: str
    kind: PlaceKind
    parent: Subject | None


def register_place(desk: Desk, deposition: Deposition, place: NewPlace) -> Answer:
    """Take a place into the register.

    Raises:
        Refusal: the code is taken, or the place cannot lie there.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act):
            return before
        fact = new_place(desk, work, acting, place)
        return Answer(tuple(desk.tell(work, act, [fact])), about=fact.subject)


def new_place(desk: Desk, work: Work, acting: Acting, place: NewPlace, about: Fields | None = None) -> Fact:
    """The fact that takes a place into the register.

    Raises:
        Refusal: the code is taken or missing, or the place cannot lie there.

    """
    if not place.code.strip() or place_by_code(work, place.code) is not None:
        raise Refusal(
            "place_code_taken",
            say("{code} is no code of its own.", code=place.code or "-"),
            do_now=say("Give the place a code that no other place has."),
        )
    parent = work.standing(place.parent) if place.parent else None
    may_lie_in(place.kind, PlaceKind(parent.text("place_kind")) if parent else None)
    fields = {"place_kind": place.kind.value, "code": place.code, "name": place.name}
    if place.parent:
        fields["parent"] = place.parent
    return acting.states(Deed.PLACE_REGISTERED, Standing(desk.fresh(Kind.PLACE)), sets=fields, about=about)


def place_by_code(work: Work, code: str) -> Standing | None:
    """The place with this code; upper and lower case are one."""
    wanted = code.strip().casefold()
    return next(
        (p for p in work.all_of(Kind.PLACE) if not p.text(WITHDRAWN) and p.text("code").casefold() == wanted), None
    )


def place_of_kind(work: Work, kind: PlaceKind) -> Standing:
    """The first place of a kind that every register has."""
    return next(p for p in work.all_of(Kind.PLACE) if p.text("place_kind") == kind)


def lies_in_store(work: Work, item: Standing) -> bool:
    """Whether an item lies at a place of this depot."""
    place = work.standing(Subject(item.where)) if item.where.startswith("place/") else None
    return place is not None and place.text("place_kind") in STORES


def register_unit(desk: Desk, deposition: Deposition, name: str) -> Answer:
    """Take a unit into the register, or find the one of that name."""
    acting = desk.acting(deposition, Duty.KEEP_PEOPLE)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act):
            return before
        known = unit_by_name(work, name)
        if known is not None:
            return Answer((), about=known.subject)
        fact = acting.states(Deed.UNIT_REGISTERED, Standing(desk.fresh(Kind.UNIT)), sets={"name": name})
        return Answer(tuple(desk.tell(work, act, [fact])), about=fact.subject)


def unit_by_name(work: Work, name: str) -> Standing | None:
    """The unit of this name."""
    wanted = name.strip().casefold()
    return next(
        (u for u in work.all_of(Kind.UNIT) if not u.text(WITHDRAWN) and u.text("name").casefold() == wanted), None
    )
