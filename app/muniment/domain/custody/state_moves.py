"""Going from one of a depot's own states to the next: only along a way, and only with what the way needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from muniment.domain.basics.identity import kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.own_states import NOWHERE, Axis, Blocks, Guard, Stance, Way
from muniment.domain.custody.reversing import GUARDED, WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import DUTIES, Duty


@dataclass(frozen=True, slots=True)
class Mover:
    """Who takes an item from one state to another, and whether the item lies in store."""

    roles: Collection[str]
    in_store: bool


def move_state(item: Standing, axis: Axis, to: str, mover: Mover, acting: Acting) -> Fact:
    """Decide whether an item may go to another state of an axis, or off it, and state it.

    Raises:
        Refusal: the item is withdrawn or of another kind, the axis is not in use, no such way is in its table, or
            the way needs what is not there.

    """
    if item.text(WITHDRAWN):
        raise Refusal("withdrawn", say("This record was withdrawn."), do_now=say("Find the true record."))
    if not axis.in_use or kind_of(item.subject) not in axis.of:
        raise Refusal(
            "state_axis_unknown",
            say("This item does not take states of “{axis}”.", axis=axis.title),
            do_now=say("See which axes are in use, and for what."),
        )
    now = item.text(axis.name)
    way = next((one for one in axis.ways_from(now) if one.end == to), None)
    if way is None:
        onward = [axis.called(one.end) for one in axis.ways_from(now)]
        raise Refusal(
            "state_no_way",
            say(
                "{axis}: no way leads from “{start}” to “{end}”.",
                axis=axis.title,
                start=axis.called(now),
                end=axis.called(to),
            ),
            do_now=say("From here it goes to: {states}.", states=", ".join(onward) or "-"),
        )
    _refuse_unguarded(way, mover, acting)
    about: dict[str, Value] = {"axis": axis.key}
    if _strictness(axis, to) > _strictness(axis, now):
        about[GUARDED] = True
    if to == NOWHERE:
        return acting.states(Deed.STATE_MOVED, item, drops=(axis.name,), qty=1, about=about)
    return acting.states(Deed.STATE_MOVED, item, sets={axis.name: to}, qty=1, about=about)


def _strictness(axis: Axis, state: str) -> int:
    return list(Blocks).index(Stance(axis, state).blocks) if state else 0


def _refuse_unguarded(way: Way, mover: Mover, acting: Acting) -> None:
    allowed = frozenset({way.role}) if way.role else DUTIES[Duty.HANDLE_STOCK]
    if not allowed & set(mover.roles):
        raise Refusal(
            "role_missing",
            say("Your role does not allow this."),
            do_now=say("It needs: {roles}.", roles=", ".join(sorted(allowed)).replace("_", " ")),
        )
    if Guard.IN_STORE in way.needs and not mover.in_store:
        raise Refusal(
            "not_in_store",
            say("By the book it is not in store."),
            do_now=say("Take it back first."),
        )
    if Guard.SECOND_PERSON in way.needs and acting.second in (None, acting.actor):
        raise Refusal(
            "second_person_missing",
            say("This step needs a second authorised person."),
            do_now=say("Have the second person sign in beside you."),
        )
    if Guard.REASON in way.needs and not acting.reason:
        raise Refusal("reason_missing", say("This step needs a reason."), do_now=say("Write why, without names."))
    if Guard.DOCUMENT in way.needs and not acting.doc:
        raise Refusal(
            "reference_missing",
            say("This step needs the number of a paper."),
            do_now=say("Give the number of the paper that it stands on."),
        )
