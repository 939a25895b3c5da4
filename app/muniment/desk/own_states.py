"""The depot's own states: defined once as an axis, gone through item by item, asked for at an issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.desk.places import lies_in_store
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.own_states import PREFIX, Axis, Blocks, Stance, axis_of, define, redefine
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.custody.state_moves import Mover, move_state
from muniment.domain.people.duties import Duty
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class OwnStateShown:
    """Where an item stands on an axis, as people read it; `key` and `state` are the names in records."""

    key: str
    axis: str
    state: str
    says: str
    blocks: Blocks


def define_axes(desk: Desk, deposition: Deposition, axes: Sequence[Axis]) -> Answer:
    """Define axes, or change those of the same name; what is like that already is left alone. All of them or none.

    Raises:
        Refusal: a rule of `muniment.domain.custody.own_states` says no, nothing changes, or the role does not allow it.

    """
    acting = desk.acting(deposition, Duty.SET_POLICY)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.STATES_DEFINED, Deed.STATES_CHANGED, said=acting):
            return before
        known = work.all_of(Kind.STATE_AXIS)
        facts: list[Fact] = []
        for axis in axes:
            had = next((one for one in known if one.text("key") == axis.key), None)
            if had is None:
                facts.append(define(desk.fresh(Kind.STATE_AXIS), axis, known, acting))
            elif axis_of(had) != axis or had.text(WITHDRAWN):
                facts.append(redefine(had, axis, acting))
        if not facts:
            raise Refusal("nothing_changes", say("All of it is defined like that."), do_now=say("Nothing to do."))
        return Answer(tuple(desk.tell(work, act, facts)), about=facts[0].subject)


def define_axis(desk: Desk, deposition: Deposition, axis: Axis) -> Answer:
    """Define one axis; one of this name that is there already is left as it is.

    Raises:
        Refusal: there is or was an axis of this name, or the role does not allow it.

    """
    acting = desk.acting(deposition, Duty.SET_POLICY)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.STATES_DEFINED, said=acting):
            return before
        fact = define(desk.fresh(Kind.STATE_AXIS), axis, work.all_of(Kind.STATE_AXIS), acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=fact.subject)


def move_to_state(desk: Desk, deposition: Deposition, item: Subject, axis: str, to: str) -> Answer:
    """Take an item to another state of an axis; an empty `to` takes it off the axis.

    Raises:
        Refusal: there is no such axis, the table has no such way, or the way needs what is not there.

    """
    acting = desk.acting(deposition, Duty.CHANGE_STATE)
    act = desk.act(deposition)
    with desk.work() as work:
        along = axis_named(work, axis)
        if before := told_before(work, act, Deed.STATE_MOVED, of=(item,), said=acting, sets={along.name: to or None}):
            return before
        standing = stands(work, item)
        mover = Mover(deposition.officer.roles, lies_in_store(work, standing))
        fact = move_state(standing, along, to, mover, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=item)


def axes(work: Work, *, retired: bool = False) -> list[Axis]:
    """The axes in use, or also those that were."""
    found = [axis_of(one) for one in work.all_of(Kind.STATE_AXIS)]
    return [one for one in found if retired or one.in_use]


def axis_named(work: Work, key: str) -> Axis:
    """The axis of this name.

    Raises:
        Refusal: there is none.

    """
    for one in axes(work, retired=True):
        if one.key == key:
            return one
    raise Refusal(
        "state_axis_unknown",
        say("No axis “{axis}” is defined.", axis=key),
        do_now=say("See which axes are defined, or define it."),
    )


def axis_with(work: Work, state: str) -> Axis:
    """The one axis in use that has a state of this name.

    Raises:
        Refusal: there is none, or several have it.

    """
    found = [one for one in axes(work) if one.state(state)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(
            "state_axis_unknown",
            say("{count} axes have a state “{state}”.", count=len(found), state=state),
            do_now=say("Name the axis: {axes}.", axes=", ".join(one.key for one in found)),
        )
    known = ", ".join(f"{one.key} ({', '.join(state.key for state in one.states)})" for one in axes(work))
    raise Refusal(
        "state_axis_unknown",
        say("No axis in use has a state “{state}”.", state=state),
        do_now=say("Choose one of: {known}.", known=known) if known else say("Define states first."),
    )


def stances(work: Work, item: Standing, fitted: Iterable[Standing] = ()) -> list[Stance]:
    """Where an item, and what is fitted to it, stand on the axes in use."""
    return stances_on(lambda: axes(work), item, fitted)


def stances_on(known: Callable[[], Iterable[Axis]], item: Standing, fitted: Iterable[Standing] = ()) -> list[Stance]:
    """Where an item, and what is fitted to it, stand on these axes."""
    listed = [(item, "")] + [(one, one.text("register_no")) for one in fitted]
    # Nearly no weapon of nearly every depot has such a state, and then no definition is looked up.
    if not any(_bears_states(one) for one, _ in listed):
        return []
    return [Stance(axis, one.text(axis.name), of) for axis in known() for one, of in listed if one.text(axis.name)]


def own_states(work: Work, item: Standing) -> tuple[OwnStateShown, ...]:
    """Where an item stands on every axis, also on those no longer in use."""
    if not _bears_states(item):
        return ()
    return tuple(
        OwnStateShown(axis.key, axis.title, state, axis.called(state), Stance(axis, state).blocks)
        for axis in axes(work, retired=True)
        if (state := item.text(axis.name))
    )


def called(work: Work, axis: str, state: str) -> str:
    """How people call a state of an axis, that of an axis which is not there by its bare name."""
    known = next((one for one in axes(work, retired=True) if one.key == axis), None)
    return f"{known.title}: {known.called(state)}" if known else f"{axis}: {state or '-'}"


def standing_on(work: Work, axis: Axis) -> Iterator[Standing]:
    """Every item that stands on an axis, withdrawn ones left out; walks everything of its kinds."""
    for kind in axis.of:
        for one in work.every(kind):
            if one.text(axis.name) and not one.text(WITHDRAWN):
                yield one


def counted(work: Work, axis: Axis) -> dict[str, int]:
    """How many items stand in each state of an axis."""
    found = Counter(one.text(axis.name) for one in standing_on(work, axis))
    return {state: found[state] for state in (*(one.key for one in axis.states), *found)}


def _bears_states(item: Standing) -> bool:
    return kind_of(item.subject) in (Kind.WEAPON, Kind.COMPONENT) and any(
        name.startswith(PREFIX) for name in item.fields
    )
