"""The places of a depot, and the units people belong to."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.desk.one_meaning import refuse_second_meaning
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Fields
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.domain.places.place import STORES, PlaceKind, may_close, may_lie_in, require_store
from muniment.domain.stock.free_text import tidy
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
        if before := told_before(work, act, Deed.PLACE_REGISTERED, said=acting, sets=_fields(place)):
            return before
        fact = new_place(desk, work, acting, place)
        return Answer(tuple(desk.tell(work, act, [fact])), about=fact.subject)


def new_place(desk: Desk, work: Work, acting: Acting, place: NewPlace, about: Fields | None = None) -> Fact:
    """The fact that takes a place into the register.

    Raises:
        Refusal: the code is taken or missing, or the place cannot lie there.

    """
    if not place.code.strip() or place_by_code(work, place.code) is not None:
        raise _code_taken(place.code)
    refuse_second_meaning(work, place.code)
    parent = usable_place(work, place.parent) if place.parent else None
    may_lie_in(place.kind, PlaceKind(parent.text("place_kind")) if parent else None)
    return acting.states(Deed.PLACE_REGISTERED, Standing(desk.fresh(Kind.PLACE)), sets=_fields(place), about=about)


def _fields(place: NewPlace) -> dict[str, str]:
    """A new place as its record keeps it."""
    code, name = tidy(place.code.strip(), say("The code")), tidy(place.name.strip(), say("The name"))
    fields = {"place_kind": place.kind.value, "code": code, "name": name}
    return {**fields, "parent": place.parent} if place.parent else fields


def rename_place(desk: Desk, deposition: Deposition, place: Subject, code: str, name: str) -> Answer:
    """Give a place another name, another code, or both. A label that says the old code is to be printed anew.

    Raises:
        Refusal: the code is missing or another place's, nothing would change, or the place is closed.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        wanted = {
            "code": tidy(code.strip(), say("The code")),
            "name": tidy(name.strip() or code.strip(), say("The name")),
        }
        if before := told_before(work, act, Deed.PLACE_CHANGED, of=(place,), said=acting, sets=wanted):
            return before
        standing = usable_place(work, place)
        holder = place_by_code(work, code)
        if not code.strip() or (holder is not None and holder.subject != place):
            raise _code_taken(code)
        if holder is None:
            refuse_second_meaning(work, code)
        if all(standing.text(field) == value for field, value in wanted.items()):
            raise Refusal(
                "nothing_changes",
                say("This is how it is called already."),
                do_now=say("Nothing to do, or give another code or name."),
            )
        fact = acting.states(Deed.PLACE_CHANGED, standing, sets=wanted)
        warnings: tuple[Text, ...] = ()
        if standing.text("code") != wanted["code"]:
            warnings = (say("Its label says {code}. Print it anew.", code=standing.text("code")),)
        return Answer(tuple(desk.tell(work, act, [fact])), warnings, place)


def close_place(desk: Desk, deposition: Deposition, place: Subject) -> Answer:
    """Give up an empty place for the deposition's reason. It keeps its history; its code is free for another.

    What belongs there and is out comes back to the place it lay in.

    Raises:
        Refusal: something is there, the register needs the place, or no reason is given.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    if not acting.reason:
        raise Refusal("reason_missing", say("Closing a place needs a reason."), do_now=say("Write why."))
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(
            work, act, Deed.PLACE_CHANGED, of=(place,), said=acting, sets={WITHDRAWN: acting.reason}
        ):
            return before
        standing = usable_place(work, place)
        kind = PlaceKind(standing.text("place_kind"))
        others = [other for other in work.all_of(Kind.PLACE) if not other.text(WITHDRAWN) and other.subject != place]
        may_close(
            kind,
            standing.text("code"),
            things=len(work.at(place)) + sum(place in (kit.text("home"), kit.where) for kit in work.every(Kind.KIT)),
            places=sum(other.text("parent") == place for other in others),
            last_of_kind=all(other.text("place_kind") != kind for other in others),
        )
        fact = acting.states(Deed.PLACE_CHANGED, standing, sets={WITHDRAWN: acting.reason})
        return Answer(tuple(desk.tell(work, act, [fact])), about=place)


def open_place(work: Work, place: Subject) -> Subject:
    """The place itself, or the nearest one it lies in that is not closed."""
    standing = work.standing(place)
    while standing is not None and standing.text(WITHDRAWN) and standing.text("parent"):
        standing = work.standing(Subject(standing.text("parent")))
    return standing.subject if standing is not None else place


def usable_place(work: Work, place: Subject) -> Standing:
    """The place, where something may be put there.

    Raises:
        Refusal: the register does not know it, or it is closed.

    """
    standing = stands(work, place)
    if standing.text(WITHDRAWN):
        raise Refusal(
            "place_closed",
            say("{code} is closed: {reason}.", code=standing.text("code"), reason=standing.text(WITHDRAWN)),
            do_now=say("Use another place."),
        )
    return standing


def _code_taken(code: str) -> Refusal:
    return Refusal(
        "place_code_taken",
        say("{code} is no code of its own.", code=code or "-"),
        do_now=say("Give the place a code that no other place has."),
    )


def place_by_code(work: Work, code: str) -> Standing | None:
    """The place with this code; upper and lower case are one."""
    return work.place_coded(code) if code.strip() else None


def place_of_kind(work: Work, kind: PlaceKind) -> Standing:
    """The first place of a kind that every register has."""
    found = work.place_of_kind(kind)
    if found is None:
        raise LookupError(kind)
    return found


def store_at(work: Work, place: Subject) -> Standing:
    """A place that something is to be laid at.

    Raises:
        Refusal: the register does not know it, it is closed, or it is no store.

    """
    standing = usable_place(work, place)
    require_store(standing.text("place_kind"))
    return standing


def lies_in_store(work: Work, item: Standing) -> bool:
    """Whether an item lies in a store of this depot; what is fitted to a weapon does not lie there by itself."""
    return place_kind_at(work, item) in STORES


def place_kind_at(work: Work, item: Standing) -> str:
    """The kind of the place where an item lies; empty where a person has it or it is fitted to a weapon."""
    if not item.where or kind_of(Subject(item.where)) is not Kind.PLACE:
        return ""
    place = work.standing(Subject(item.where))
    return place.text("place_kind") if place is not None else ""


def register_unit(desk: Desk, deposition: Deposition, name: str) -> Answer:
    """Take a unit into the register, or find the one of that name."""
    acting = desk.acting(deposition, Duty.KEEP_PEOPLE)
    act = desk.act(deposition)
    with desk.work() as work:
        name = tidy(name.strip(), say("The name"))
        if before := told_before(work, act, Deed.UNIT_REGISTERED, said=acting, sets={"name": name}):
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
