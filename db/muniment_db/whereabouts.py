"""In which state weapons are, told from indexes alone, so that a million rows are never looked at for it.

Nearly all weapons lie in store. What is elsewhere is found by the index on where things are, and the few that are in
quarantine or withdrawn by an index of their own; whatever is left lies in store.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import select

from muniment.domain.basics.identity import Kind
from muniment.domain.basics.moments import stamp
from muniment.domain.places.place import PlaceKind
from muniment.ports.views import ItemState
from muniment_db.columns import among, set_of
from muniment_db.tables import MARKED, projections

_weapon = projections[Kind.WEAPON]
_place = projections[Kind.PLACE]
_PERSON = f"{Kind.PERSON}/"

_BESIDE = {
    PlaceKind.IN_TRANSIT: ItemState.TRANSIT,
    PlaceKind.UNACCOUNTED: ItemState.MISSING,
    PlaceKind.OUTSIDE: ItemState.OUTSIDE,
}
"""Places that are nowhere on the ground, and what lies there is called."""

_IN_PART = 2_000
"""Of so few weapons each is looked at by itself."""


def in_states(db: sa.Connection, at: datetime, of: AbstractSet[int] | None = None) -> dict[ItemState, AbstractSet[int]]:
    """The numbers of weapons in each state, as `muniment.desk.reading.state_of` says it; of these numbers, or of all.

    In store is what is in none of them. `ISSUED` holds what is `OVERDUE`.
    """
    asked = [among(db, _weapon.c.number, [*of])] if of is not None and len(of) <= _IN_PART else []

    def numbers(*conditions: sa.ColumnElement[bool]) -> set[int]:
        return set_of(db, select(_weapon.c.number).where(*conditions, *asked))

    beside: dict[ItemState, list[str]] = {state: [] for state in _BESIDE.values()}
    for row in db.execute(select(_place.c.subject, _place.c.place_kind).where(_place.c.place_kind.in_(list(_BESIDE)))):
        beside[_BESIDE[PlaceKind(row.place_kind)]].append(row.subject)
    found: dict[ItemState, AbstractSet[int]] = {
        state: numbers(_weapon.c.where.in_(places)) if places else set() for state, places in beside.items()
    }
    found[ItemState.ISSUED] = numbers(_weapon.c.where >= _PERSON, _weapon.c.where < f"{Kind.PERSON}0")
    marks = select(_weapon.c.number, _weapon.c.withdrawn).where(MARKED, *asked)
    marked = {row.number: bool(row.withdrawn) for row in db.execute(marks)}
    withdrawn = {number for number, gone in marked.items() if gone}
    apart = marked.keys() - withdrawn - found[ItemState.MISSING]
    for state in (*beside, ItemState.ISSUED):
        found[state] = found[state] - apart - withdrawn
    late = numbers(_weapon.c.due_at > "", _weapon.c.due_at < late_before(at))
    found |= {
        ItemState.OVERDUE: late & found[ItemState.ISSUED],
        ItemState.QUARANTINED: apart,
        ItemState.WITHDRAWN: withdrawn,
    }
    return found if of is None or asked else {state: those & of for state, those in found.items()}


def late_before(at: datetime) -> str:
    """What is due before this moment is late; what is due in the very second, as soon as that second has begun."""
    return stamp(at + timedelta(seconds=1) if at.microsecond else at)


def is_late(table: sa.Table, at: datetime) -> sa.ColumnElement[bool]:
    """Held by a person, not in quarantine, and due before this moment."""
    # Cut out, so that no range over holders lures the planner from the index on what is due.
    in_hand = sa.func.substr(table.c.where, 1, len(_PERSON)) == _PERSON
    return sa.and_(table.c.due_at != "", table.c.due_at < late_before(at), table.c.quarantine == "", in_hand)
