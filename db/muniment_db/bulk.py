"""Looking many things up at once, a few thousand in one question, for lists of a hundred thousand rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, func, select

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.standing import Standing
from muniment_db.prepared import Prepared, Row
from muniment_db.projection import standing_in
from muniment_db.tables import projections

_AT_ONCE = 5_000
"""Values in one question, so that neither the question nor its answer grows with the list."""

_KEYED = (Kind.WEAPON, Kind.LINE, Kind.UNDECIDED)
_SERIALLED = (Kind.WEAPON, Kind.COMPONENT)
_LYING = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE, Kind.KIT, Kind.UNDECIDED)


class _Among:
    """A question about those of whom a column is one of many values. They are handed over as one value.

    Where nobody could be meant, as in a register that is still empty, nothing is looked up.
    """

    def __init__(self, wanted: sa.Select[Any], column: sa.ColumnElement[Any]) -> None:
        self._anybody = Prepared(wanted.with_only_columns(column).limit(1))
        listed = func.json_each(bindparam("some")).table_valued("value")
        on_server = column == sa.any_(bindparam("some", type_=sa.ARRAY(sa.String)))
        self._in_file = Prepared(wanted.where(column.in_(select(listed.c.value))))
        self._on_server = Prepared(wanted.where(on_server))

    def rows(self, db: sa.Connection, values: Collection[str]) -> Iterator[Row]:
        """Every row, the values taken some at a time."""
        waiting = iter(dict.fromkeys(value for value in values if value) if self._anybody.row(db) else ())
        while part := list(islice(waiting, _AT_ONCE)):
            if db.dialect.name == "sqlite":
                yield from self._in_file.rows(db, some=json.dumps(part))
            else:
                yield from self._on_server.rows(db, some=part)


_subjects = {kind: _Among(select(table), table.c.subject) for kind, table in projections.items()}
# The condition lets the database use the index, which holds only rows that have a key.
_keyed = {
    kind: _Among(select(table).where(sa.literal_column("import_key <> ''")), table.c.import_key)
    for kind in _KEYED
    for table in [projections[kind]]
}
_weapon = projections[Kind.WEAPON]
_booked = _Among(select(_weapon).where(sa.literal_column("book_no <> ''")), _weapon.c.book_no)
_alike = {kind: _Among(select(projections[kind]), projections[kind].c.look_alike_key) for kind in _SERIALLED}


def _using(column: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool]) -> _Among:
    return _Among(select(column).where(*conditions), column)


_case = projections[Kind.CASE]
_uses = [
    *(_using(projections[kind].c.where) for kind in _LYING),
    _using(projections[Kind.CODE].c.bound),
    _using(_case.c.concerns, _case.c.state == "open"),
    _using(projections[Kind.PLACE].c.parent, sa.literal_column("withdrawn = ''")),
    _using(projections[Kind.PERSON].c.unit, sa.literal_column("withdrawn = ''")),
]


def _found(db: sa.Connection, wanted: _Among, values: Collection[str]) -> Iterator[Standing]:
    return map(standing_in, wanted.rows(db, values))


def standings(db: sa.Connection, subjects: Collection[Subject]) -> dict[Subject, Standing]:
    """What stands of those subjects that the register knows."""
    by_kind: dict[Kind, list[str]] = {}
    for subject in subjects:
        by_kind.setdefault(kind_of(subject), []).append(subject)
    return {
        standing.subject: standing
        for kind, wanted in by_kind.items()
        for standing in _found(db, _subjects[kind], wanted)
    }


def imported(db: sa.Connection, keys: Collection[str]) -> list[Standing]:
    """What came from lines with these keys."""
    return [standing for kind in _KEYED for standing in _found(db, _keyed[kind], keys)]


def booked(db: sa.Connection, numbers: Collection[str]) -> list[Standing]:
    """Weapons that had one of these numbers in some book."""
    return list(_found(db, _booked, numbers))


def looking_alike(db: sa.Connection, keys: Collection[str]) -> list[Standing]:
    """Items with one of these look-alike keys."""
    return [standing for kind in _SERIALLED for standing in _found(db, _alike[kind], keys)]


def in_use(db: sa.Connection, subjects: Collection[Subject]) -> set[Subject]:
    """Those at which something is."""
    return {Subject(row[0]) for wanted in _uses for row in wanted.rows(db, subjects)}
