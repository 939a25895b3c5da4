"""Looking many things up at once, a few hundred in one question, for lists of a hundred thousand rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, select

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.standing import Standing
from muniment_db.projection import standing_of
from muniment_db.tables import projections

_AT_ONCE = 500
"""Values in one question; the database's limit is in the tens of thousands, the planner's patience lower."""

_KEYED = (Kind.WEAPON, Kind.LINE, Kind.UNDECIDED)
_SERIALLED = (Kind.WEAPON, Kind.COMPONENT)
_LYING = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE, Kind.KIT, Kind.UNDECIDED)


def _some(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return column.in_(bindparam("some", expanding=True))


_subjects = {kind: select(table).where(_some(table.c.subject)) for kind, table in projections.items()}
# The second condition lets the database use the index, which holds only rows that have a key.
_keyed = {
    kind: select(projections[kind]).where(_some(projections[kind].c.import_key), sa.literal_column("import_key <> ''"))
    for kind in _KEYED
}
_weapon = projections[Kind.WEAPON]
_booked = select(_weapon).where(_some(_weapon.c.book_no), sa.literal_column("book_no <> ''"))
_alike = {kind: select(projections[kind]).where(_some(projections[kind].c.look_alike_key)) for kind in _SERIALLED}
_uses = [
    *(select(projections[kind].c.where).where(_some(projections[kind].c.where)) for kind in _LYING),
    select(projections[Kind.CODE].c.bound).where(_some(projections[Kind.CODE].c.bound)),
    select(projections[Kind.CASE].c.concerns).where(
        _some(projections[Kind.CASE].c.concerns), projections[Kind.CASE].c.state == "open"
    ),
    select(projections[Kind.PLACE].c.parent).where(
        _some(projections[Kind.PLACE].c.parent), sa.literal_column("withdrawn = ''")
    ),
    select(projections[Kind.PERSON].c.unit).where(
        _some(projections[Kind.PERSON].c.unit), sa.literal_column("withdrawn = ''")
    ),
]


def _parts(values: Collection[str]) -> Iterator[list[str]]:
    waiting = iter(dict.fromkeys(values))
    while part := list(islice(waiting, _AT_ONCE)):
        yield part


def _found(db: sa.Connection, wanted: sa.Select[Any], values: Collection[str]) -> Iterator[Standing]:
    for part in _parts([value for value in values if value]):
        for row in db.execute(wanted, {"some": part}).mappings():
            yield standing_of(dict(row))


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
    used: set[Subject] = set()
    for part in _parts(subjects):
        for wanted in _uses:
            used |= {Subject(name) for name in db.execute(wanted, {"some": part}).scalars()}
    return used
