"""States that a depot defines for itself, beside custody and condition: one axis of them, and the ways between.

An axis is a table: its states, and every way from one to another with what it needs. What is not in the table is
refused. An item stands on an axis from its first way onto it, which begins at no state, until a way leads off again.
Nothing here is asked when an item is returned, moved, sent or set apart: no state refuses what lowers danger.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from muniment.domain.basics.canonical import encode
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Fields, Group, Plain, Value
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import SECOND_PERSON
from muniment.domain.people.person import Role
from muniment.domain.stock.free_text import tidy

PREFIX = "state_"
"""What the names of the fields of such states begin with in a record."""

NOWHERE = ""
"""The state of an item that does not stand on an axis: where its first way begins and its last one ends."""

LARGEST = 6 * 1024
"""Bytes that a definition may take, so that a fact which changes it holds both the old and the new one."""

BEARERS = (Kind.WEAPON, Kind.COMPONENT)
"""Kinds of thing that may stand on an axis."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")
_LONGEST_TITLE = 60


class Blocks(StrEnum):
    """Whether an item in a state may be issued: freely, by a second person's word, or by nobody's."""

    NO = "no"
    UNLESS_OVERRIDDEN = "unless_overridden"
    ALWAYS = "always"


class Guard(StrEnum):
    """What a way from one state to another may need."""

    REASON = "reason"
    SECOND_PERSON = "second_person"
    DOCUMENT = "document"
    IN_STORE = "in_store"


@dataclass(frozen=True, slots=True)
class OwnState:
    """A state: its name in records, what people read in the depot's language, whether it stops an issue."""

    key: str
    title: str
    blocks: Blocks = Blocks.NO


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one state to another: what it needs, and the role that may go it, absent for whoever handles stock."""

    start: str
    end: str
    needs: frozenset[Guard] = frozenset()
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """States of the depot's own and the ways between them; `of` are the kinds of thing that may stand on it."""

    key: str
    title: str
    states: tuple[OwnState, ...]
    ways: tuple[Way, ...]
    of: tuple[Kind, ...] = (Kind.WEAPON,)
    in_use: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be an axis.

        Raises:
            Refusal: a name or title is misshapen; there is no state; a state or a way stands twice; a way begins or
                ends at a state that is not there, or leads nowhere else; no way leads onto the axis; a kind of thing
                takes no such states; or the whole is too large for a record.

        """
        object.__setattr__(self, "title", _titled(self.key, self.title))
        object.__setattr__(
            self, "states", tuple(OwnState(one.key, _titled(one.key, one.title), one.blocks) for one in self.states)
        )
        keys = [one.key for one in self.states]
        _refuse_twice(keys)
        _refuse_twice([f"{one.start or '-'} → {one.end or '-'}" for one in self.ways])
        for way in self.ways:
            strange = {way.start, way.end} - {*keys, NOWHERE}
            if strange or way.start == way.end:
                raise Refusal(
                    "state_way",
                    say("There is no way from “{start}” to “{end}”.", start=way.start or "-", end=way.end or "-"),
                    do_now=say("A way leads from one state of the axis to another one, or to or from none."),
                )
        if not keys or not any(way.start == NOWHERE for way in self.ways):
            raise Refusal(
                "state_no_entrance",
                say("No way leads onto the axis “{axis}”.", axis=self.title),
                do_now=say("Name at least one state, and a way to it that begins at no state."),
            )
        if not self.of or set(self.of) - set(BEARERS):
            raise Refusal(
                "state_bearer",
                say("Only weapons and components take states of your own."),
                do_now=say("Choose among: {kinds}.", kinds=", ".join(BEARERS)),
            )
        if len(encode(fields_of(self))) > LARGEST:
            raise Refusal(
                "state_axis_too_large",
                say("The axis “{axis}” is too large for one record.", axis=self.title),
                do_now=say("Make two of it, or shorten the titles."),
            )

    @property
    def name(self) -> str:
        """The name of its field in a record."""
        return PREFIX + self.key

    def state(self, key: str) -> OwnState | None:
        """The state of this name."""
        return next((one for one in self.states if one.key == key), None)

    def called(self, key: str) -> str:
        """How people call a state of the axis; `-` for none, the bare name of one that is no longer defined."""
        found = self.state(key)
        return found.title if found else key or "-"

    def ways_from(self, key: str) -> list[Way]:
        """Where an item may go from a state."""
        return [way for way in self.ways if way.start == key]


@dataclass(frozen=True, slots=True)
class Stance:
    """An item on an axis; `of` says which item where it is not the one that is asked about."""

    axis: Axis
    state: str
    of: str = ""

    @property
    def blocks(self) -> Blocks:
        """Whether it stops an issue; a state that is no longer defined does, until a second person decides."""
        found = self.axis.state(self.state)
        return found.blocks if found else Blocks.UNLESS_OVERRIDDEN

    def objection(self) -> Refusal | None:
        """What the state says against an issue; nothing where it lets the item go."""
        if self.blocks is Blocks.NO:
            return None
        state: Text = say("{axis}: {state}.", axis=self.axis.title, state=self.axis.called(self.state))
        onward = [self.axis.called(way.end) for way in self.axis.ways_from(self.state)]
        return Refusal(
            "state_blocks_issue",
            say("{item}, {state}", item=self.of, state=state) if self.of else state,
            do_now=say("Set it aside. From here it goes to: {states}.", states=", ".join(onward) or "-"),
            override=SECOND_PERSON if self.blocks is Blocks.UNLESS_OVERRIDDEN else None,
        )


def axis_of(standing: Standing) -> Axis:
    """A definition as it stands; one that was taken back is no longer in use."""
    return Axis(
        standing.text("key"),
        standing.text("title"),
        tuple(
            OwnState(str(one["key"]), str(one["title"]), Blocks(str(one.get("blocks", Blocks.NO))))
            for one in _groups(standing, "states")
        ),
        tuple(
            Way(
                str(one.get("start", NOWHERE)),
                str(one.get("end", NOWHERE)),
                frozenset(Guard(need) for need in str(one.get("needs", "")).split()),
                Role(str(one["role"])) if "role" in one else None,
            )
            for one in _groups(standing, "ways")
        ),
        tuple(Kind(one) for one in standing.text("of").split()),
        in_use=standing.fields.get("retired") is not True and not standing.text(WITHDRAWN),
    )


def define(subject: Subject, axis: Axis, others: Sequence[Standing], acting: Acting) -> Fact:
    """Decide whether an axis may be added. `others` are all definitions there are, also those no longer in use.

    Raises:
        Refusal: there is or was an axis of this name.

    """
    if any(one.text("key") == axis.key for one in others):
        raise Refusal(
            "state_axis_known",
            say("There is or was an axis “{axis}” already.", axis=axis.key),
            do_now=say("Choose another name, or change the one there is."),
        )
    return acting.states(Deed.STATES_DEFINED, Standing(subject), sets=fields_of(axis))


def redefine(definition: Standing, axis: Axis, acting: Acting) -> Fact:
    """State other titles, states or ways of an axis, or that it is no longer, or again, in use. Items stay as they are.

    Raises:
        Refusal: it was taken back; a state that was defined is missing, in which an item may stand; nothing changes.

    """
    if definition.text(WITHDRAWN):
        raise Refusal(
            "state_axis_known",
            say("The axis “{axis}” was taken back.", axis=axis.key),
            do_now=say("Choose another name."),
        )
    gone = {one.key for one in axis_of(definition).states} - {one.key for one in axis.states}
    if gone:
        raise Refusal(
            "state_dropped",
            say("Items may stand in: {states}.", states=", ".join(sorted(gone))),
            do_now=say("Keep the state and take the ways to it away, so that nothing comes into it any more."),
        )
    drops = () if not axis.in_use else ("retired",)
    fact = acting.states(Deed.STATES_CHANGED, definition, sets=fields_of(axis), drops=drops)
    if not fact.before and not fact.after:
        raise Refusal("nothing_changes", say("The axis is like that already."), do_now=say("Nothing to do."))
    return fact


def fields_of(axis: Axis) -> Fields:
    """A definition as fields of a record."""
    states: list[Plain | Group] = [
        {
            "key": one.key,
            "title": one.title,
            **({"blocks": one.blocks.value} if one.blocks is not Blocks.NO else {}),
        }
        for one in axis.states
    ]
    ways: list[Plain | Group] = [
        {
            **({"start": one.start} if one.start else {}),
            **({"end": one.end} if one.end else {}),
            **({"needs": " ".join(sorted(one.needs))} if one.needs else {}),
            **({"role": one.role.value} if one.role else {}),
        }
        for one in axis.ways
    ]
    fields: dict[str, Value] = {
        "key": axis.key,
        "title": axis.title,
        "of": " ".join(axis.of),
        "states": states,
        "ways": ways,
    }
    if not axis.in_use:
        fields["retired"] = True
    return fields


def _titled(key: str, title: str) -> str:
    title = tidy(title, say("The title"))
    if not _KEY.fullmatch(key):
        raise Refusal(
            "state_key",
            say("“{key}” is no name for an axis or a state.", key=key),
            do_now=say("Begin with a letter; use small letters a to z, digits and _, 30 at the most."),
        )
    if not title or len(title) > _LONGEST_TITLE:
        raise Refusal(
            "state_title",
            say("“{key}” needs a title of 1 to {most} characters.", key=key, most=_LONGEST_TITLE),
            do_now=say("Write what people shall read."),
        )
    return title


def _refuse_twice(names: Sequence[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refusal(
            "named_twice",
            say("Something is named twice: {names}.", names=", ".join(twice)),
            do_now=say("Name it once."),
        )


def _groups(standing: Standing, name: str) -> list[Group]:
    listed = standing.fields.get(name, [])
    return [one for one in (listed if isinstance(listed, list) else []) if isinstance(one, dict)]
