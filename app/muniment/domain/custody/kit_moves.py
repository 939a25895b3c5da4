"""Moving a kit inside the depot: what of it lies in store goes with it, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.kits import refuse_out
from muniment.domain.custody.returning import move
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import STORES, PlaceKind


@dataclass(frozen=True, slots=True)
class KitMoved:
    """The facts of a kit that was moved, and the register numbers of the members that did not go with it."""

    facts: list[Fact]
    left: tuple[str, ...]

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What the officer is told of those left behind."""
        return tuple(say("{register_no} was not there and did not go with it.", register_no=one) for one in self.left)


def move_kit(
    kit: Standing, members: Sequence[tuple[Standing, str]], to: Subject, to_kind: str, acting: Acting
) -> KitMoved:
    """Decide whether a kit may be moved to another place, and state it of the kit and of each member that goes.

    Each member comes with the kind of the place where it is, empty where that is no place. One that is fitted to
    another member goes with that. One that a person holds, that is unaccounted for or on something else stays where it
    is and is named; so does one that is set apart, unless the kit goes to the quarantine, as `to_kind` says.

    Raises:
        Refusal: the kit is out or withdrawn, or everything of it is there already.

    """
    refuse_out(kit)
    inside = {member.subject for member, _ in members}
    facts: list[Fact] = []
    left: list[str] = []
    for member, kind in members:
        if member.where in inside or member.where == to:
            continue
        stays_apart = bool(member.text("quarantine")) and to_kind != PlaceKind.QUARANTINE
        if kind not in STORES or stays_apart:
            left.append(member.text("register_no"))
        else:
            facts.append(move(member, kind, to, acting))
    if kit.where != to:
        facts.append(acting.states(Deed.MOVED, kit, to=to, qty=1))
    if not facts:
        raise Refusal("already_there", say("It is there already."), do_now=say("Scan the next item."))
    return KitMoved(facts, tuple(left))
