"""Components at the desk: registered, fitted, removed, swapped; and what was on what, when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.desk.places import lies_in_store, store_at
from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import moment
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.fitting import (
    Bench,
    fit,
    is_control,
    lacking,
    register_component,
    remove,
    swap,
)
from muniment.domain.custody.standing import Standing, follow
from muniment.domain.people.duties import Duty
from muniment.domain.places.place import NO_STORE, PlaceKind
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.serial import comparison_key
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class Fitting:
    """One time that a component was on a weapon: names, subjects, and from when until when; none while it still is."""

    component: Subject
    component_no: str
    weapon: Subject
    weapon_no: str
    fitted_at: datetime
    fitted_by: str
    removed_at: datetime | None = None
    removed_by: str = ""


@dataclass(frozen=True, slots=True)
class NewComponent:
    """A component as the desk writes it down; `name` says in words what the kind does not, such as an optic."""

    description: ComponentDescription
    condition: Condition = Condition.SERVICEABLE
    name: str = ""


def register(desk: Desk, deposition: Deposition, component: NewComponent, to: Subject) -> Answer:
    """Take a component into the register at a place, under the next number among components.

    Raises:
        Refusal: the same kind, calibre and serial is in the register, and no second person lets it pass.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(
            work, act, Deed.COMPONENT_REGISTERED, said=acting, to=to, sets=component.description.to_fields()
        ):
            return before
        store_at(work, to)
        fact = register_component(
            desk.fresh(Kind.COMPONENT),
            component.description,
            work.next_number(Kind.COMPONENT),
            to,
            work.same_serial(comparison_key(component.description.serial)),
            acting,
            condition=component.condition,
            name=component.name,
        )
        return Answer(tuple(desk.tell(work, act, [fact])), about=fact.subject)


def fit_component(desk: Desk, deposition: Deposition, component: Subject, weapon: Subject) -> Answer:
    """Put a component on a weapon. Warns while the weapon lacks something, or has no control component of its own.

    Raises:
        Refusal: see `muniment.domain.custody.fitting.fit`.

    """
    return _at_the_bench(
        desk,
        deposition,
        (component,),
        lambda _work: weapon,
        lambda work, bench, acting: fit(
            stands(work, component), bench, lies_in_store(work, stands(work, component)), acting
        ),
    )


def remove_component(
    desk: Desk, deposition: Deposition, component: Subject, to: Subject, *, from_: Subject | None = None
) -> Answer:
    """Take a component off the weapon it is on and lay it at a place.

    Raises:
        Refusal: it is on no weapon, or not on the one named; see `muniment.domain.custody.fitting.remove`.

    """

    def decide(work: Work, bench: Bench, acting: Acting) -> list[Fact]:
        store_at(work, to)
        _refuse_astray(work, bench.weapon)
        return remove(stands(work, component), bench, to, acting)

    return _at_the_bench(desk, deposition, (component,), lambda work: from_ or _host_of(work, component), decide)


def swap_component(desk: Desk, deposition: Deposition, old: Subject, new: Subject, to: Subject) -> Answer:
    """Take one component off its weapon, lay it at a place and put another one on, in one act.

    Raises:
        Refusal: a rule says no to either; then nothing happens.

    """

    def decide(work: Work, bench: Bench, acting: Acting) -> list[Fact]:
        store_at(work, to)
        _refuse_astray(work, bench.weapon)
        comes = stands(work, new)
        return swap(stands(work, old), comes, bench, lies_in_store(work, comes), to, acting)

    return _at_the_bench(desk, deposition, (old, new), lambda work: _host_of(work, old), decide)


def fittings(work: Work, subject: Subject) -> list[Fitting]:
    """What was on a weapon, or what a component was on, oldest first; fittings that were taken back are left out."""
    on_weapon = kind_of(subject) is Kind.WEAPON
    by_leaf: dict[str, Fitting] = {}
    latest: dict[str, str] = {}
    ended: dict[str, str] = {}
    for told, fact in work.facts_of(subject):
        other = str(fact.about.get("component", "")) if on_weapon else fact.to
        if fact.kind is Deed.COMPONENT_FITTED:
            component, weapon = (Subject(other), subject) if on_weapon else (subject, Subject(other))
            by_leaf[told.leaf] = Fitting(
                component=component,
                component_no=name_of(work, component),
                weapon=weapon,
                weapon_no=name_of(work, weapon),
                fitted_at=moment(fact.made_at),
                fitted_by=name_of(work, fact.actor),
            )
            latest[other] = told.leaf
        elif fact.kind is Deed.REVERSED and fact.corrects in by_leaf:
            del by_leaf[fact.corrects]
        elif fact.kind is Deed.REVERSED and fact.corrects in ended:
            leaf = ended.pop(fact.corrects)
            by_leaf[leaf] = replace(by_leaf[leaf], removed_at=None, removed_by="")
        else:
            left = other if on_weapon else fact.from_
            leaf = latest.get(left, "")
            if leaf in by_leaf and by_leaf[leaf].removed_at is None:
                by_leaf[leaf] = replace(
                    by_leaf[leaf], removed_at=moment(fact.made_at), removed_by=name_of(work, fact.actor)
                )
                ended[told.leaf] = leaf
    return list(by_leaf.values())


def bench_of(work: Work, weapon: Standing) -> Bench:
    """A weapon with what is fitted to it.

    Raises:
        Refusal: it is no weapon.

    """
    if kind_of(weapon.subject) is not Kind.WEAPON:
        raise Refusal(
            "not_a_weapon",
            say("{register_no} is no weapon.", register_no=weapon.text("register_no")),
            do_now=say("Name the weapon by its register number, W-…"),
        )
    return Bench(weapon, work.fitted_to(weapon.subject), lies_in_store(work, weapon))


def _at_the_bench(
    desk: Desk,
    deposition: Deposition,
    parts: Sequence[Subject],
    host: Callable[[Work], Subject],
    decide: Callable[[Work, Bench, Acting], list[Fact]],
) -> Answer:
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.COMPONENT_FITTED, Deed.COMPONENT_REMOVED, of=parts, said=acting):
            return before
        weapon = host(work)
        bench = bench_of(work, stands(work, weapon))
        facts = decide(work, bench, acting)
        told = desk.tell(work, act, facts)
        return Answer(tuple(told), _warnings(stands(work, weapon), work.fitted_to(weapon)), weapon)


def _warnings(weapon: Standing, fitted: Sequence[Standing]) -> tuple[Text, ...]:
    found = [say("The weapon lacks: {component}.", component=missing) for missing in lacking(weapon)]
    if fitted and not any(is_control(one) for one in fitted):
        found.append(say("No component of this weapon is registered as its control component."))
    return tuple(found)


def _refuse_astray(work: Work, weapon: Standing) -> None:
    """Nothing is taken off what nobody has in hand: that would be to find it without saying so."""
    place = work.standing(Subject(weapon.where)) if weapon.where else None
    kind = place.text("place_kind") if place is not None else ""
    if kind in NO_STORE:
        says, do_now = NO_STORE[PlaceKind(kind)]
        raise Refusal("not_in_store", says, do_now=do_now)


def _host_of(work: Work, component: Subject) -> Subject:
    where = stands(work, component).where
    if not where or kind_of(Subject(where)) is not Kind.WEAPON:
        raise Refusal(
            "not_fitted",
            say("By the book it is on no weapon."),
            do_now=say("Check the component's number."),
        )
    return Subject(where)


def after(standing: Standing, facts: Sequence[Fact]) -> Standing:
    """A subject after those facts that are about it."""
    for fact in facts:
        if fact.subject == standing.subject:
            standing = follow(standing, fact)
    return standing
