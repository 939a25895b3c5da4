"""Lists of weapons by number: which are picked, and in what order."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import sqlalchemy as sa
from sqlalchemy import func, select

from muniment.domain.basics.identity import Kind
from muniment.domain.people.person import PersonRecord
from muniment.ports.views import ItemState, Order
from muniment_db.columns import AT_ONCE, among, column_of
from muniment_db.tables import AWAITED, person_vault, projections

_FEW = 100_000
"""So many weapons are put in order by themselves; for more, all are walked in order and these picked from them."""

_weapon = projections[Kind.WEAPON]
_place = projections[Kind.PLACE]
_PERSON = f"{Kind.PERSON}/"
_records = msgspec.json.Decoder(PersonRecord)
_orders = {
    Order.REGISTER_NO: (_weapon.c.number,),
    Order.SERIAL: (_weapon.c.serial_key, _weapon.c.number),
    Order.TYPE: (_weapon.c.taxonomy_code, _weapon.c.number),
}


@dataclass(frozen=True, slots=True)
class Picked:
    """Weapons by number: those `inside`, or all where that is not said, but for those `outside`."""

    inside: AbstractSet[int] | None = None
    outside: AbstractSet[int] = frozenset()

    def within(self, others: AbstractSet[int]) -> Picked:
        """Those of them that are among the others as well."""
        return Picked(others if self.inside is None else self.inside & others, self.outside)

    def in_state(self, state: ItemState, states: Mapping[ItemState, AbstractSet[int]]) -> Picked:
        """Those of them in a state, by the numbers in each."""
        if state is not ItemState.IN_STORE:
            return self.within(states[state])
        return Picked(self.inside, frozenset(self.outside).union(*states.values()))

    @property
    def everything(self) -> bool:
        """Whether none is left out."""
        return self.inside is None and not self.outside

    def few(self) -> list[int] | None:
        """Them in order of number, where they are few."""
        if self.inside is None or len(self.inside) > _FEW:
            return None
        return sorted(self.inside - self.outside)

    def of(self, numbers: Iterable[int]) -> array[int]:
        """Those among many numbers, in their order."""
        inside, outside = self.inside, self.outside
        if inside is None:
            return array("q", [number for number in numbers if number not in outside])
        return array("q", [number for number in numbers if number in inside and number not in outside])


def how_many(db: sa.Connection) -> int:
    """How many weapons there are."""
    return int(db.execute(select(func.count()).select_from(_weapon)).scalar_one())


def in_order(db: sa.Connection, picked: Picked, order: Order, *, descending: bool) -> array[int]:
    """What is picked, in order."""
    if order is Order.DUE:  # what nobody awaits stays at the end and as it is
        awaited = _by(db, picked, (_weapon.c.due_at, _weapon.c.number), AWAITED)
        if descending:
            awaited.reverse()
        others = Picked(picked.inside, picked.outside | frozenset(awaited))
        return awaited + _by_number(db, others)
    if order is Order.REGISTER_NO:
        found = _by_number(db, picked)
    elif order is Order.PLACE:
        found = _by_place(db, picked)
    else:
        found = _by(db, picked, _orders[order])
    if descending:
        found.reverse()
    return found


def _by_number(db: sa.Connection, picked: Picked) -> array[int]:
    if picked.inside is not None:
        return array("q", sorted(picked.inside - picked.outside))
    return _all_numbers(db) if picked.everything else picked.of(_all_numbers(db))


def _by(
    db: sa.Connection,
    picked: Picked,
    columns: tuple[sa.ColumnElement[object], ...],
    *conditions: sa.ColumnElement[bool] | sa.TextClause,
) -> array[int]:
    wanted = select(_weapon.c.number).where(*conditions).order_by(*columns)
    few = picked.few()
    if few is not None:
        return column_of(db.execute(wanted.where(among(db, _weapon.c.number, few))))
    numbers = column_of(db.execute(wanted))
    return numbers if picked.everything else picked.of(numbers)


def _all_numbers(db: sa.Connection) -> array[int]:
    number = _weapon.c.number
    count = how_many(db)
    # One at a time: the least and the greatest come straight from the index, both together would walk it.
    low, high = (db.execute(select(what(number))).scalar_one() for what in (func.min, func.max))
    if not count or (low, high) != (1, count):
        return column_of(db.execute(select(number).order_by(number)))
    numbers = array("q")
    for start in range(1, count + 1, AT_ONCE):
        numbers.extend(range(start, min(start + AT_ONCE, count + 1)))
    return numbers


def _by_place(db: sa.Connection, picked: Picked) -> array[int]:
    """Ordered by subject in the index, then whole groups put in the order of their names."""
    where, number, few = _weapon.c.where, _weapon.c.number, picked.few()
    chosen = [] if few is None else [among(db, number, few)]
    groups = db.execute(select(where, func.count().label("n")).where(*chosen).group_by(where).order_by(where)).all()
    numbers = column_of(db.execute(select(number).where(*chosen).order_by(where, number)))
    names = _names(db, [row.where for row in groups])
    ends = [0]
    for row in groups:
        ends.append(ends[-1] + row.n)
    spans = {row.where: span for row, span in zip(groups, pairwise(ends), strict=True)}
    ordered = array("q")
    for place in sorted(spans, key=lambda place: (*names[place], place)):
        first, last = spans[place]
        ordered += numbers[first:last]
    return ordered if few is not None or picked.everything else picked.of(ordered)


def _names(db: sa.Connection, wheres: list[str]) -> dict[str, tuple[int, str]]:
    """What things are ordered by that are there: codes of places first, then what has no name, then names of people."""
    codes = {row.subject: row.code for row in db.execute(select(_place.c.subject, _place.c.code))}
    people: dict[str, str] = {}
    if any(where.startswith(_PERSON) for where in wheres):
        vault = db.execute(select(person_vault.c.person, person_vault.c.record))
        people = {row.person: _records.decode(row.record).name for row in vault}
    return {where: (0, codes[where]) if where in codes else (1, people.get(where, "")) for where in wheres}
