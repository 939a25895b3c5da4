"""Search as you type: what a text may mean, with or without the index of pieces."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.serial import comparison_key, look_alike_key
from muniment.ports.views import Hit, Why
from muniment_db.projection import standing_of
from muniment_db.tables import projections
from muniment_db.trigrams import SHORTEST, Trigrams, Unusable, name_key

_NUMBER = re.compile(r"([WCL]?)-?([0-9]{1,15})")
_LETTERS = {"W": Kind.WEAPON, "C": Kind.COMPONENT, "L": Kind.LINE}
_DIGITS = 7
"""Figures that a register number is filled up to with zeros."""

AT_ONCE = 2_000
"""So many new things the index takes in before an answer; with more to do, the answer is found without it."""

_COMMON = 20_000
"""With more candidates than this, looking at every row is quicker than looking up candidates."""

_weapon = projections[Kind.WEAPON]
_code = projections[Kind.CODE]


class Search:
    """Looks things up on an open transaction. `trigrams` is absent where the database has an index of its own."""

    def __init__(self, trigrams: Trigrams | None) -> None:
        self._trigrams = trigrams

    def hits(self, db: sa.Connection, text: str, most: int) -> list[Hit]:
        """The best hits, best first."""
        found: dict[Subject, Hit] = {}
        for why, standings in self._rungs(db, text.strip(), most):
            for standing in standings:
                found.setdefault(standing.subject, Hit(standing, why))
                if len(found) >= most:
                    return list(found.values())
        return list(found.values())

    def matches(self, db: sa.Connection, text: str) -> sa.ColumnElement[bool]:
        """What a weapon must fulfil to fit a text: everything but look-alikes."""
        text = text.strip()
        key, words = comparison_key(text), name_key(text, "").split()
        conditions: list[sa.ColumnElement[bool]] = [_weapon.c.subject.in_(_bound(db, text))]
        conditions += [_weapon.c.number.between(*span) for kind, span in _spans(text) if kind is Kind.WEAPON]
        if key:
            known = self._known(db, "serial", [key], lambda row: key in row.serial_key)
            conditions.append(_holds(db, _weapon, key) if known is None else among(db, _weapon.c.number, known))
        if parts := _name_parts(words):
            known = self._known(db, "name", parts, lambda row: _is_named(words, row.make, row.model))
            conditions.append(self._named(db, words) if known is None else among(db, _weapon.c.number, known))
        return sa.or_(*conditions)

    def _rungs(self, db: sa.Connection, text: str, most: int) -> Iterable[tuple[Why, Iterable[Standing]]]:
        if not text:
            return
        key, words = comparison_key(text), name_key(text, "").split()
        yield Why.CODE, _standings(db, _bound(db, text, most))
        yield Why.REGISTER_NO, [s for kind, span in _spans(text) for s in _numbered(db, kind, span, most)]
        if key:
            yield Why.SERIAL, [s for t in _serialised() for s in _select(db, t, t.c.serial_key == key, most)]
            yield Why.PART, self._with_part(db, key, most)
        if _name_parts(words):
            yield Why.NAME, self._with_name(db, words, most)
        if key:
            coarse = look_alike_key(text)
            yield (
                Why.LOOKS_ALIKE,
                [
                    s
                    for t in _serialised()
                    for s in _select(db, t, _begins(t.c.look_alike_key, coarse), most, "look_alike_key")
                ],
            )

    def _with_part(self, db: sa.Connection, key: str, most: int) -> Iterable[Standing]:
        if len(key) >= SHORTEST and self._ready(db):
            try:
                return self._compared(db, "serial", [key], most, lambda s: key in comparison_key(s.text("serial_raw")))
            except Unusable:
                pass
        order = "number" if len(key) >= SHORTEST else "serial_key"
        return [s for table in _serialised() for s in _select(db, table, _holds(db, table, key), most, order)]

    def _with_name(self, db: sa.Connection, words: Sequence[str], most: int) -> Iterable[Standing]:
        if self._ready(db):
            try:
                return self._compared(
                    db, "name", _name_parts(words), most, lambda s: _is_named(words, s.text("make"), s.text("model"))
                )
            except Unusable:
                pass
        return _select(db, _weapon, self._named(db, words), most)

    def _compared(
        self, db: sa.Connection, column: str, parts: Sequence[str], most: int, fits: Callable[[Standing], bool]
    ) -> list[Standing]:
        """The first candidates that are what they were named for."""
        found: dict[Subject, Standing] = {}
        after = -1
        while self._trigrams is not None and len(found) < most:
            candidates = self._trigrams.candidates(column, parts, 2 * most, after)
            for kind in (Kind.WEAPON, Kind.COMPONENT):
                table = projections[kind]
                numbers = [number for _, of, number in candidates if of is kind]
                for standing in _select(db, table, among(db, table.c.number, numbers), len(numbers)) if numbers else ():
                    if fits(standing):
                        found[standing.subject] = standing
            if len(candidates) < 2 * most:
                break
            after = candidates[-1][0]
        return list(found.values())

    def _known(
        self, db: sa.Connection, column: str, parts: Sequence[str], fits: Callable[[Any], bool]
    ) -> Sequence[int] | None:
        """The numbers of all weapons that fit, where the index can tell; nothing where every row must be looked at."""
        if min(map(len, parts)) < SHORTEST or not self._ready(db) or self._trigrams is None:
            return None
        try:
            candidates = self._trigrams.candidates(column, parts, _COMMON)
        except Unusable:
            return None
        if len(candidates) >= _COMMON:
            return None
        numbers = sorted({number for _, kind, number in candidates if kind is Kind.WEAPON})
        wanted = select(_weapon.c.number, _weapon.c.serial_key, _weapon.c.make, _weapon.c.model)
        return [row.number for row in db.execute(wanted.where(among(db, _weapon.c.number, numbers))) if fits(row)]

    def _ready(self, db: sa.Connection) -> bool:
        try:
            return self._trigrams is not None and self._trigrams.catch_up(db, AT_ONCE)
        except Unusable:
            return False

    def _named(self, db: sa.Connection, words: Sequence[str]) -> sa.ColumnElement[bool]:
        # There are few models beside many weapons, so each name is looked at once.
        pairs = db.execute(select(_weapon.c.make, _weapon.c.model).distinct()).all()
        fitting = [(row.make, row.model) for row in pairs if _is_named(words, row.make, row.model)]
        return sa.tuple_(_weapon.c.make, _weapon.c.model).in_(fitting) if fitting else sa.false()


def among(db: sa.Connection, column: sa.ColumnElement[int], numbers: Sequence[int]) -> sa.ColumnElement[bool]:
    """Whether a column is one of many numbers, handed over as one value."""
    if db.dialect.name == "sqlite":
        listed = func.json_each("[" + ",".join(map(str, numbers)) + "]").table_valued("value")
        return column.in_(select(listed.c.value))
    return column == sa.any_(sa.cast(sa.literal(list(numbers), sa.ARRAY(sa.BigInteger)), sa.ARRAY(sa.BigInteger)))


def column_of(result: sa.CursorResult[Any]) -> array[int]:
    """The whole numbers of a result with one column, past the cost of a million row objects."""
    numbers = array("q")
    cursor: Any = result.cursor
    while part := cursor.fetchmany(50_000):
        numbers.extend([row[0] for row in part])
    result.close()
    return numbers


def _serialised() -> tuple[sa.Table, ...]:
    return projections[Kind.WEAPON], projections[Kind.COMPONENT]


def _holds(db: sa.Connection, table: sa.Table, key: str) -> sa.ColumnElement[bool]:
    """A serial with this key in it; with one or two characters, at its beginning."""
    if len(key) < SHORTEST:
        return _begins(table.c.serial_key, key)
    if db.dialect.name == "sqlite":
        return func.instr(table.c.serial_key, key) > 0
    return table.c.serial_key.contains(key, autoescape=True)


def _begins(column: sa.ColumnElement[str], key: str) -> sa.ColumnElement[bool]:
    """A text that begins so, as a range, so that the index in byte order serves on every engine."""
    return sa.and_(column >= key, column < key + chr(0x10FFFF))


def _name_parts(words: Sequence[str]) -> list[str]:
    """What a name must hold for certain to be called so; nothing where too little was typed to look for names."""
    together = "".join(words)
    return [word for word in words if len(word) >= SHORTEST] or ([together] if len(together) >= SHORTEST else [])


def _is_named(words: Sequence[str], make: str, model: str) -> bool:
    """Whether all words occur, short ones at the beginning of a word, or all of them written as one."""
    name = f" {name_key(make, model)}"
    each = all((word if len(word) >= SHORTEST else f" {word}") in name for word in words)
    return (each and bool(_name_parts(words))) or "".join(words) in name


def _bound(db: sa.Connection, text: str, most: int = 50) -> list[Subject]:
    """What codes that begin so are bound to, the whole code first."""
    wanted = select(_code.c.bound).where(_code.c.bound != "", _begins(_code.c.code, text))
    return [Subject(bound) for bound in db.execute(wanted.order_by(_code.c.code).limit(most)).scalars()]


def _standings(db: sa.Connection, subjects: Sequence[Subject]) -> Iterable[Standing]:
    for subject in subjects:
        kind = kind_of(subject)
        if kind in _LETTERS.values():
            table = projections[kind]
            yield from _select(db, table, table.c.subject == subject, 1)


def _spans(text: str) -> list[tuple[Kind, tuple[int, int]]]:
    """The running numbers that a text may mean: the number itself, then those whose number begins so.

    >>> _spans("W-00100")
    [(<Kind.WEAPON: 'weapon'>, (100, 100)), (<Kind.WEAPON: 'weapon'>, (10000, 10099))]
    """
    read = _NUMBER.fullmatch(text.upper())
    if read is None:
        return []
    letter, figures = read.groups()
    spans = []
    for kind in [_LETTERS[letter]] if letter else _LETTERS.values():
        spans.append((kind, (int(figures), int(figures))))
        if len(figures) < _DIGITS and figures.startswith("0"):
            room = 10 ** (_DIGITS - len(figures))
            spans.append((kind, (int(figures) * room, int(figures) * room + room - 1)))
    return spans


def _numbered(db: sa.Connection, kind: Kind, span: tuple[int, int], most: int) -> Iterable[Standing]:
    table = projections[kind]
    return _select(db, table, table.c.number.between(*span), most)


def _select(
    db: sa.Connection, table: sa.Table, condition: sa.ColumnElement[bool], most: int, order: str = "number"
) -> list[Standing]:
    # By the column that is looked up, the first ones come without sorting all.
    rows = db.execute(select(table).where(condition).order_by(table.c[order]).limit(most))
    return [standing_of(dict(row)) for row in rows.mappings()]
