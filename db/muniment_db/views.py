"""The reading side on SQLAlchemy: lists of numbers, never an offset; each question in a transaction of its own."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import func, select

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import stamp
from muniment.domain.custody.record import unseal
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.taxonomy import is_within, weapon_types
from muniment.ports.views import CountedLine, Hit, ItemState, Order, Which
from muniment_db.faults import faults
from muniment_db.projection import standing_of
from muniment_db.search import Search, among, column_of
from muniment_db.tables import MARKED, event, person_vault, projections
from muniment_db.trigrams import Trigrams, Unusable

_PREPARED_AT_ONCE = 10_000
_ROWS_AT_ONCE = 1_000

_weapon = projections[Kind.WEAPON]
_place = projections[Kind.PLACE]
_line = projections[Kind.LINE]
_records = msgspec.json.Decoder(PersonRecord)

_PERSON = f"{Kind.PERSON}/"
_in_hand = sa.and_(_weapon.c.where >= _PERSON, _weapon.c.where < f"{Kind.PERSON}0")
_per_place = select(_weapon.c.where, func.count().label("n")).group_by(_weapon.c.where).order_by(_weapon.c.where)
_marked = select(_weapon.c.where, _weapon.c.quarantine, _weapon.c.withdrawn).where(MARKED)

_BESIDE = {
    PlaceKind.IN_TRANSIT: ItemState.TRANSIT,
    PlaceKind.UNACCOUNTED: ItemState.MISSING,
    PlaceKind.OUTSIDE: ItemState.OUTSIDE,
}
_ORDERED = {
    Order.REGISTER_NO: [_weapon.c.number],
    Order.SERIAL: [_weapon.c.serial_key, _weapon.c.number],
    Order.TYPE: [_weapon.c.taxonomy_code, _weapon.c.number],
    Order.PLACE: [_weapon.c.where, _weapon.c.number],
    Order.DUE: [_weapon.c.due_at, _weapon.c.number],
}


class DatabaseViews:
    """`muniment.ports.views.Views` on a database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._postgresql = engine.dialect.name == "postgresql"
        self._engine = engine
        self._reading = engine.execution_options(
            writes=False, **({"isolation_level": "REPEATABLE READ"} if self._postgresql else {})
        )
        self._trigrams = None if self._postgresql else Trigrams(_beside(engine))
        self._search = Search(self._trigrams)
        self._own_index_tried = False

    def close(self) -> None:
        """Let go of the search index; the engine stays with whoever made it."""
        if self._trigrams is not None:
            self._trigrams.close()

    def numbers(self, which: Which, order: Order = Order.REGISTER_NO, *, descending: bool = False) -> array[int]:
        """The numbers, in order."""
        with self._look() as db:
            if _everything(which) and order is Order.REGISTER_NO:
                found = _all_numbers(db)
            else:
                found = _listed(db, self._conditions(db, which), order, descending=descending)
        if descending:
            found.reverse()
        return found

    def rows(self, numbers: Sequence[int]) -> list[Standing | None]:
        """What stands, number by number."""
        found: dict[int, Standing] = {}
        with self._look() as db:
            for start in range(0, len(numbers), _ROWS_AT_ONCE):
                wanted = select(_weapon).where(among(db, _weapon.c.number, numbers[start : start + _ROWS_AT_ONCE]))
                found |= {row["number"]: standing_of(dict(row)) for row in db.execute(wanted).mappings()}
        return [found.get(number) for number in numbers]

    def counts(self, which: Which) -> Mapping[ItemState, int]:
        """How many in each state."""
        with self._look() as db:
            if not (which.below or which.type_code or which.text.strip()):
                return _counts_of_all(db, which)
            narrowed = sa.and_(sa.true(), *self._narrowed(db, which))
            states = _states(db, which)
            sums = [func.count().filter(condition).label(state.name) for state, condition in states.items()]
            row = db.execute(select(func.count().label("n"), *sums).select_from(_weapon).where(narrowed)).one()
            return {ItemState.ALL: row[0]} | dict(zip(states, row[1:], strict=True))

    def search(self, text: str, most: int = 50) -> list[Hit]:
        """What a text may mean."""
        with self._look() as db:
            return self._search.hits(db, text, most)

    def lines(self) -> list[CountedLine]:
        """Quantities without serials."""
        told = event.alias("told")
        first = select(func.min(told.c.seq)).where(told.c.subject == _line.c.subject).correlate(_line).scalar_subquery()
        wanted = (
            select(_line, event.c.body.label("first_body"))
            .select_from(_line.join(event, event.c.seq == first))
            .where(_line.c.withdrawn == "")
            .order_by(_line.c.taxonomy_code, _line.c.calibre, _line.c.number)
        )
        with self._look() as db:
            rows = [dict(row) for row in db.execute(wanted).mappings()]
        return [CountedLine(came_in=_quantity(row.pop("first_body")), line=standing_of(row)) for row in rows]

    def by_type(self) -> list[tuple[str, int]]:
        """How many of each type."""
        code = _weapon.c.taxonomy_code
        with self._look() as db:
            found = Counter({row[0]: row[1] for row in db.execute(select(code, func.count()).group_by(code))})
            # Not grouped, or SQLite would walk a million rows in order of type to find the few.
            found.subtract(db.execute(select(code).where(MARKED, _weapon.c.withdrawn != "")).scalars())
        return sorted(((name, count) for name, count in found.items() if count), key=lambda one: (-one[1], one[0]))

    def overdue(self, at: datetime, most: int) -> tuple[int, list[Standing]]:
        """What should be back, of each kind that is handed out."""
        count, found = 0, []
        with self._look() as db:
            for table in (projections[kind] for kind in (Kind.WEAPON, Kind.COMPONENT)):
                late = _late(table, at)
                count += db.execute(select(func.count()).select_from(table).where(late)).scalar_one()
                rows = db.execute(select(table).where(late).order_by(table.c.due_at, table.c.number).limit(most))
                found += [standing_of(dict(row)) for row in rows.mappings()]
        return count, sorted(found, key=lambda s: s.text("due_at"))[:most]

    def in_state(self, kind: Kind, state: str) -> list[Standing]:
        """What is in a state."""
        table = projections[kind]
        if "state" not in table.c:
            raise ValueError(f"{kind} has no state")
        # Subjects are ordered by the moment they were made.
        wanted = select(table).where(table.c.state == state).order_by(table.c.subject)
        with self._look() as db:
            found = [standing_of(dict(row)) for row in db.execute(wanted).mappings()]
        return [standing for standing in found if not standing.text(WITHDRAWN)]

    def prepare(self) -> bool:
        """Build a part of the search index, or have the server build its own."""
        if self._trigrams is None:
            return self._prepare_server()
        try:
            with self._look() as db:
                return self._trigrams.catch_up(db, _PREPARED_AT_ONCE)
        except Unusable:
            return True

    def _prepare_server(self) -> bool:
        if not self._own_index_tried:
            self._own_index_tried = True
            try:
                with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                    db.exec_driver_sql("create extension if not exists pg_trgm")
                    db.exec_driver_sql(
                        "create index concurrently if not exists p_weapon_pieces on p_weapon "
                        "using gin (serial_key gin_trgm_ops)"
                    )
            except sa.exc.DBAPIError:
                # Not every server allows it; then a search looks at every row, and is slower but right.
                return True
        return True

    @contextmanager
    def _look(self) -> Iterator[sa.Connection]:
        with faults(self._reading), self._reading.connect() as db, db.begin():
            yield db

    def _conditions(self, db: sa.Connection, which: Which) -> list[Any]:
        states = [_states(db, which)[which.state]] if which.state is not ItemState.ALL else []
        return [*states, *self._narrowed(db, which)]

    def _narrowed(self, db: sa.Connection, which: Which) -> list[Any]:
        found: list[Any] = []
        if which.below:
            found.append(_weapon.c.where.in_(_subtree(db, which.below)))
        if which.type_code:
            types = [code for code in weapon_types() if is_within(code, which.type_code)]
            found.append(_weapon.c.taxonomy_code.in_(types))
        if which.text.strip():
            found.append(self._search.matches(db, which.text))
        return found


def _beside(engine: sa.Engine) -> Path | None:
    where = engine.url.database
    return Path(f"{where}.search") if where and where != ":memory:" else None


def _everything(which: Which) -> bool:
    return which.state is ItemState.ALL and not (which.below or which.type_code or which.text.strip())


def _all_numbers(db: sa.Connection) -> array[int]:
    number = _weapon.c.number
    count = db.execute(select(func.count()).select_from(_weapon)).scalar_one()
    # One at a time: the least and the greatest come straight from the index, both together would walk it.
    low, high = (db.execute(select(what(number))).scalar_one() for what in (func.min, func.max))
    if count and (low, high) == (1, count):
        return array("q", range(1, count + 1))
    return column_of(db.execute(select(number).order_by(number)))


def _listed(db: sa.Connection, conditions: list[Any], order: Order, *, descending: bool) -> array[int]:
    wanted = select(_weapon.c.number).where(*conditions)
    if order is Order.PLACE:
        return _by_place(db, wanted, conditions)
    if order is Order.DUE:
        awaited = column_of(db.execute(wanted.where(_weapon.c.due_at > "").order_by(*_ORDERED[order])))
        others = column_of(db.execute(wanted.where(_weapon.c.due_at == "").order_by(_weapon.c.number)))
        if descending:  # turned round by the caller, which must leave what nobody awaits at the end
            others.reverse()
            return others + awaited
        return awaited + others
    return column_of(db.execute(wanted.order_by(*_ORDERED[order])))


def _by_place(db: sa.Connection, wanted: sa.Select[Any], conditions: list[Any]) -> array[int]:
    """Ordered by subject in the index, then whole groups put in the order of their names."""
    groups = db.execute(_per_place.where(*conditions)).all()
    numbers = column_of(db.execute(wanted.order_by(*_ORDERED[Order.PLACE])))
    codes = {row.subject: row.code for row in db.execute(select(_place.c.subject, _place.c.code))}
    names = {}
    if any(row.where.startswith(_PERSON) for row in groups):
        names = {
            row.person: _records.decode(row.record).name
            for row in db.execute(select(person_vault.c.person, person_vault.c.record))
        }
    spans: list[tuple[tuple[int, str, str], int, int]] = []
    start = 0
    for row in groups:
        rank = (0, codes[row.where], row.where) if row.where in codes else (1, names.get(row.where, ""), row.where)
        spans.append((rank, start, start + row.n))
        start += row.n
    ordered = array("q")
    for _, first, last in sorted(spans):
        ordered += numbers[first:last]
    return ordered


def _places_beside(db: sa.Connection) -> dict[str, ItemState]:
    """The places that are nowhere on the ground, and what lies there is called."""
    rows = db.execute(select(_place.c.subject, _place.c.place_kind).where(_place.c.place_kind.in_(list(_BESIDE))))
    return {row.subject: _BESIDE[PlaceKind(row.place_kind)] for row in rows}


def _held() -> sa.ColumnElement[bool]:
    """With a person and not in quarantine; what is withdrawn is nowhere."""
    return sa.and_(_weapon.c.quarantine == "", _in_hand)


def _late(table: sa.Table, at: datetime) -> sa.ColumnElement[bool]:
    """Held and due before this moment; what is due in the very second is late as soon as that second has begun."""
    before = stamp(at + timedelta(seconds=1) if at.microsecond else at)
    # Cut out, so that no range over holders lures the planner from the index on what is due.
    in_hand = func.substr(table.c.where, 1, len(_PERSON)) == _PERSON
    return sa.and_(table.c.due_at != "", table.c.due_at < before, table.c.quarantine == "", in_hand)


def _states(db: sa.Connection, which: Which) -> dict[ItemState, Any]:
    """What each state means for a row, as `muniment.desk.reading.state_of` says it."""
    beside = _places_beside(db)
    places = {state: [place for place, of in beside.items() if of is state] for state in _BESIDE.values()}
    lying = {state: _weapon.c.where.in_(there) for state, there in places.items()}
    kept, calm = _weapon.c.withdrawn == "", _weapon.c.quarantine == ""
    return {
        ItemState.WITHDRAWN: _weapon.c.withdrawn != "",
        ItemState.MISSING: sa.and_(kept, lying[ItemState.MISSING]),
        ItemState.QUARANTINED: sa.and_(MARKED, kept, _weapon.c.quarantine != "", ~lying[ItemState.MISSING]),
        ItemState.ISSUED: _held(),
        ItemState.OVERDUE: _late(_weapon, which.at),
        ItemState.TRANSIT: sa.and_(kept, calm, lying[ItemState.TRANSIT]),
        ItemState.OUTSIDE: sa.and_(kept, calm, lying[ItemState.OUTSIDE]),
        ItemState.IN_STORE: sa.and_(kept, calm, ~_in_hand, _weapon.c.where.not_in(list(beside))),
    }


def _counts_of_all(db: sa.Connection, which: Which) -> dict[ItemState, int]:
    """Counted by place, which an index alone can answer, and the few that are marked put right."""
    beside = _places_beside(db)

    def lies(where: str) -> ItemState:
        in_hand = bool(where) and kind_of(Subject(where)) is Kind.PERSON
        return ItemState.ISSUED if in_hand else beside.get(where, ItemState.IN_STORE)

    found = Counter(dict.fromkeys(ItemState, 0))
    for row in db.execute(_per_place):
        found[lies(row.where)] += row.n
    for row in db.execute(_marked):
        found[lies(row.where)] -= 1
        marked = ItemState.MISSING if lies(row.where) is ItemState.MISSING else ItemState.QUARANTINED
        found[ItemState.WITHDRAWN if row.withdrawn else marked] += 1
    overdue = _states(db, which)[ItemState.OVERDUE]
    total = sum(found.values())
    found[ItemState.OVERDUE] = db.execute(select(func.count()).select_from(_weapon).where(overdue)).scalar_one()
    found[ItemState.ALL] = total
    return dict(found)


def _subtree(db: sa.Connection, top: Subject) -> list[str]:
    inside: dict[str, list[str]] = {}
    for row in db.execute(select(_place.c.subject, _place.c.parent)):
        inside.setdefault(row.parent, []).append(row.subject)
    found, waiting = {str(top)}, [str(top)]
    while waiting:
        below = [place for place in inside.get(waiting.pop(), []) if place not in found]
        found.update(below)
        waiting += below
    return sorted(found)


def _quantity(body: bytes) -> int:
    return unseal(body)[1].qty
