"""In which state weapons are, told from indexes alone, so that a million rows are never looked at for it.

Nearly all weapons lie in store. What is elsewhere is found by the index on where things are, what is late by that on
what is awaited, and the few that are in quarantine or withdrawn by an index of their own; whatever is left lies in
store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import func, select

from muniment.domain.basics.identity import Kind
from muniment.domain.basics.moments import stamp
from muniment.domain.places.place import PlaceKind
from muniment.ports.views import ItemState
from muniment_db.columns import among, set_of
from muniment_db.tables import AWAITED, MARKED, projections

_weapon = projections[Kind.WEAPON]
_place = projections[Kind.PLACE]
_PERSON = f"{Kind.PERSON}/"
_AFTER_PERSONS = f"{Kind.PERSON}0"

_BESIDE = {
    PlaceKind.IN_TRANSIT: ItemState.TRANSIT,
    PlaceKind.UNACCOUNTED: ItemState.MISSING,
    PlaceKind.OUTSIDE: ItemState.OUTSIDE,
}
"""Places that are nowhere on the ground, and what lies there is called."""

ELSEWHERE = tuple(state for state in ItemState if state not in (ItemState.ALL, ItemState.IN_STORE))
"""The states that are told by what is not in store."""

_IN_PART = 2_000
"""Of so few weapons each is looked at by itself."""


class _Mark(NamedTuple):
    """A weapon in quarantine or withdrawn."""

    number: int
    where: str
    due_at: str
    withdrawn: str


class Whereabouts:
    """The weapons in each state at a moment, as `muniment.desk.reading.state_of` says it; of some numbers, or of all.

    In store is what is in no other state. `ISSUED` holds what is `OVERDUE`.
    """

    def __init__(self, db: sa.Connection, at: datetime, of: AbstractSet[int] | None = None) -> None:
        self._db, self._at, self._of = db, at, of
        self._asked = [among(db, _weapon.c.number, [*of])] if of is not None and len(of) <= _IN_PART else []
        self._places = _places_beside(db)
        marks = select(_weapon.c.number, _weapon.c.where, _weapon.c.due_at, _weapon.c.withdrawn)
        self._marks = [_Mark(*row) for row in db.execute(marks.where(MARKED, *self._asked))]

    def numbers(self, states: Iterable[ItemState] = ELSEWHERE) -> dict[ItemState, AbstractSet[int]]:
        """The numbers in each of these states."""
        found = {state: self._in(state) for state in states}
        if self._of is None or self._asked:
            return found
        of = self._of
        return {state: those & of for state, those in found.items()}

    def counts(self) -> dict[ItemState, int]:
        """How many are in each state; of very many they are counted by the database."""
        if self._of is not None:
            return {state: len(those) for state, those in self.numbers().items()}
        return {state: self.count(state) for state in ELSEWHERE}

    def count(self, state: ItemState) -> int:
        """How many of all are in a state."""
        if state in (ItemState.WITHDRAWN, ItemState.QUARANTINED):
            return len(self._in(state))
        asked = select(func.count()).select_from(_weapon).where(*self._conditions(state))
        hidden = sum(self._fits(state, mark) for mark in self._marks if self._hides(state, mark))
        return int(self._db.execute(asked).scalar_one()) - hidden

    def _in(self, state: ItemState) -> AbstractSet[int]:
        if state is ItemState.WITHDRAWN:
            return {mark.number for mark in self._marks if mark.withdrawn}
        if state is ItemState.QUARANTINED:
            missing = self._places[ItemState.MISSING]
            return {mark.number for mark in self._marks if not mark.withdrawn and mark.where not in missing}
        found = set_of(self._db, select(_weapon.c.number).where(*self._conditions(state), *self._asked))
        return found - {mark.number for mark in self._marks if self._hides(state, mark)}

    def _conditions(self, state: ItemState) -> list[sa.ColumnElement[bool] | sa.TextClause]:
        if state in self._places:
            return [_weapon.c.where.in_(self._places[state])]
        if state is ItemState.OVERDUE:
            return [AWAITED, _weapon.c.due_at < late_before(self._at), in_hand(_weapon)]
        return [_weapon.c.where >= _PERSON, _weapon.c.where < _AFTER_PERSONS]

    def _fits(self, state: ItemState, mark: _Mark) -> bool:
        """Whether a marked weapon fits the conditions of a state."""
        if state in self._places:
            return mark.where in self._places[state]
        held = mark.where.startswith(_PERSON)
        return held and (state is ItemState.ISSUED or "" < mark.due_at < late_before(self._at))

    @staticmethod
    def _hides(state: ItemState, mark: _Mark) -> bool:
        """Whether its mark takes a weapon out of a state: what is missing stays so in quarantine."""
        return bool(mark.withdrawn) or state is not ItemState.MISSING


def _places_beside(db: sa.Connection) -> Mapping[ItemState, list[str]]:
    beside: dict[ItemState, list[str]] = {state: [] for state in _BESIDE.values()}
    for row in db.execute(select(_place.c.subject, _place.c.place_kind).where(_place.c.place_kind.in_(list(_BESIDE)))):
        beside[_BESIDE[PlaceKind(row.place_kind)]].append(row.subject)
    return beside


def late_before(at: datetime) -> str:
    """What is due before this moment is late; what is due in the very second, as soon as that second has begun."""
    return stamp(at + timedelta(seconds=1) if at.microsecond else at)


def in_hand(table: sa.Table) -> sa.ColumnElement[bool]:
    """Held by a person. Cut out, so that no range over holders lures the planner from the index on what is due."""
    return sa.func.substr(table.c.where, 1, len(_PERSON)) == _PERSON


def is_late(table: sa.Table, at: datetime) -> sa.ColumnElement[bool]:
    """Held by a person, neither in quarantine nor withdrawn, and due before this moment."""
    kept = [table.c.withdrawn == ""] if "withdrawn" in table.c else []
    return sa.and_(AWAITED, table.c.due_at < late_before(at), table.c.quarantine == "", *kept, in_hand(table))
