"""The reading side on SQLAlchemy: lists of numbers, never an offset; each question in a transaction of its own."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import func, select

from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.moments import moment
from muniment.domain.custody.record import unseal
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.taxonomy import is_within, weapon_types
from muniment.ports.views import CountedLine, Hit, ItemState, LookedOver, Order, Overdue, Which
from muniment_db.columns import among, set_of
from muniment_db.faults import faults
from muniment_db.index_terms import SWEPT
from muniment_db.ordering import Picked, how_many, in_order
from muniment_db.projection import standing_of
from muniment_db.search import Search
from muniment_db.server_index import ServerIndex
from muniment_db.tables import MARKED, event, projections
from muniment_db.trigrams import Busy, Trigrams, Unusable, beside
from muniment_db.whereabouts import ELSEWHERE, Whereabouts, is_late

_PREPARED_AT_ONCE = 2_000
_ROWS_AT_ONCE = 1_000
_LOOKED_AT_ONCE = 150

_weapon = projections[Kind.WEAPON]
_place = projections[Kind.PLACE]
_line = projections[Kind.LINE]


class DatabaseViews:
    """`muniment.ports.views.Views` on a database."""

    def __init__(self, engine: sa.Engine) -> None:
        postgresql = engine.dialect.name == "postgresql"
        self._reading = engine.execution_options(
            writes=False, **({"isolation_level": "REPEATABLE READ"} if postgresql else {})
        )
        self._trigrams = None if postgresql else Trigrams(beside(engine))
        self._on_the_server = ServerIndex(engine) if postgresql else None
        self._search = Search(self._trigrams)
        self._looked: tuple[Kind, int] = SWEPT[0], 0

    def close(self) -> None:
        """Let go of the search index; the engine stays with whoever made it."""
        if self._trigrams is not None:
            self._trigrams.close()
        if self._on_the_server is not None:
            self._on_the_server.close()

    def numbers(self, which: Which, order: Order = Order.REGISTER_NO, *, descending: bool = False) -> array[int]:
        """The numbers, in order."""
        with self._look() as db:
            return _ordered(db, which, self._narrowed(db, which), order, descending=descending)

    def listed(
        self, which: Which, order: Order = Order.REGISTER_NO, *, descending: bool = False
    ) -> tuple[array[int], Mapping[ItemState, int]]:
        """The numbers in order, and how many there are in each state."""
        with self._look() as db:
            picked = self._narrowed(db, which)
            return _ordered(db, which, picked, order, descending=descending), _counted(db, which, picked)

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
            return _counted(db, which, self._narrowed(db, which))

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

    def overdue(self, at: datetime) -> list[Overdue]:
        """What should be back, of each kind that is handed out, by its holder."""
        found: dict[str, Overdue] = {}
        with self._look() as db:
            for table in (_weapon, projections[Kind.COMPONENT]):
                # A joined text is in no index: grouped by the bare place, SQLite would walk all weapons by place.
                holder = table.c.where.concat("")
                columns = (holder, func.count(), func.min(table.c.due_at), func.min(table.c.number))
                held = db.execute(select(*columns).where(is_late(table, at)).group_by(sa.text("1"))).all()
                alone = [number for _, count, _, number in held if count == 1]
                asked = select(table.c.number, table.c.register_no).where(among(db, table.c.number, alone))
                called = {row.number: row.register_no for row in db.execute(asked)}
                for who, count, due_at, number in held:
                    late = Overdue(Subject(who), count, moment(due_at), called.get(number, "") if count == 1 else "")
                    other = found.get(who)
                    found[who] = late if other is None else _together(late, other)
        return sorted(found.values(), key=lambda late: (late.since, late.holder))

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

    def prepare(self) -> float:
        """Build a part of the search index, or have the server build its own."""
        if self._on_the_server is not None:
            return self._on_the_server.prepare()
        if self._trigrams is None:
            return 1.0
        try:
            with self._look() as db:
                return self._trigrams.catch_up(db, _PREPARED_AT_ONCE)
        except Busy:
            return 0.0
        except Unusable:
            return 1.0

    def look_over(self) -> LookedOver:
        """Look up the next things in the index; a server keeps its own index right."""
        if self._trigrams is None:
            return LookedOver(1.0)
        kind, after = self._looked
        try:
            with self._look() as db:
                last, hidden = self._trigrams.look_over(db, kind, after, _LOOKED_AT_ONCE)
                highest = db.execute(select(func.max(projections[kind].c.number))).scalar_one() or 1
        except Unusable:
            return LookedOver(0.0)
        at = SWEPT.index(kind)
        if hidden or (not last and kind is SWEPT[-1]):
            self._looked = SWEPT[0], 0
            return LookedOver(0.0 if hidden else 1.0, hidden)
        self._looked = (kind, last) if last else (SWEPT[at + 1], 0)
        return LookedOver(min(0.99, (at + (last / highest if last else 1)) / len(SWEPT)))

    @contextmanager
    def _look(self) -> Iterator[sa.Connection]:
        with faults(self._reading), self._reading.connect() as db, db.begin():
            yield db

    def _narrowed(self, db: sa.Connection, which: Which) -> Picked:
        """What fits all but the state."""
        picked, number = Picked(), _weapon.c.number
        if which.below:
            picked = picked.within(set_of(db, select(number).where(_weapon.c.where.in_(_subtree(db, which.below)))))
        if which.type_code:
            types = [code for code in weapon_types() if is_within(code, which.type_code)]
            picked = picked.within(set_of(db, select(number).where(_weapon.c.taxonomy_code.in_(types))))
        if which.text.strip():
            picked = picked.within(self._search.fitting(db, which.text))
        return picked


def _together(one: Overdue, other: Overdue) -> Overdue:
    return Overdue(one.holder, one.count + other.count, min(one.since, other.since))


def _ordered(db: sa.Connection, which: Which, picked: Picked, order: Order, *, descending: bool) -> array[int]:
    """Those in the state that is asked for, in order."""
    if which.state is not ItemState.ALL:
        states = ELSEWHERE if which.state is ItemState.IN_STORE else (which.state,)
        picked = picked.in_state(which.state, Whereabouts(db, which.at, picked.inside).numbers(states))
    return in_order(db, picked, order, descending=descending)


def _counted(db: sa.Connection, which: Which, picked: Picked) -> Mapping[ItemState, int]:
    """How many are in each state; what is overdue is issued as well."""
    found = Whereabouts(db, which.at, picked.inside).counts()
    total = len(picked.inside) if picked.inside is not None else how_many(db)
    elsewhere = sum(count for state, count in found.items() if state is not ItemState.OVERDUE)
    return {ItemState.ALL: total, ItemState.IN_STORE: total - elsewhere, **found}


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
