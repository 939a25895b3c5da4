"""Search as you type: what a text may mean, with or without the index of pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.serial import comparison_key, look_alike_key
from muniment.ports.views import Hit, Why
from muniment_db.columns import among, column_of
from muniment_db.naming import beginnings, exact, is_name, is_named, name_key, words_of
from muniment_db.projection import standing_of
from muniment_db.tables import projections
from muniment_db.trigrams import SHORTEST, Trigrams, Unusable

_MOST_NAMES = 100
"""With more names that fit, weapons called so are so many that looking at every row finds the first ones sooner."""

_MANY = 20_000
"""With more candidates than this, looking at every serial is quicker than comparing them one by one."""

_weapon = projections[Kind.WEAPON]
_code = projections[Kind.CODE]
_ITEMS = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE)
_SERIALISED = (Kind.WEAPON, Kind.COMPONENT)

Find = Callable[[int, int], list[tuple[int, Kind, int]]]
"""Asks the index for candidates: at most how many, and after which place."""


class Search:
    """Looks things up on an open transaction. `trigrams` is absent where the database has an index of its own."""

    def __init__(self, trigrams: Trigrams | None) -> None:
        self._trigrams = trigrams

    def hits(self, db: sa.Connection, text: str, most: int) -> list[Hit]:
        """The best hits, best first."""
        found: dict[Subject, Hit] = {}
        if most < 1:
            return []
        for why, standings in self._rungs(db, text.strip(), most):
            for standing in standings:
                found.setdefault(standing.subject, Hit(standing, why))
                if len(found) >= most:
                    return list(found.values())
        return list(found.values())

    def fitting(self, db: sa.Connection, text: str) -> set[int]:
        """The numbers of all weapons that fit a text: everything that `hits` would find but look-alikes."""
        text = text.strip()
        key, words = comparison_key(text), words_of(text)
        number = _weapon.c.number
        bound = _code.join(_weapon, _weapon.c.subject == _code.c.bound)
        wanted = [select(number).select_from(bound).where(_begins(_code.c.code, text))] if text else []
        spans = (span for kind, span in (*exact(text), *beginnings(text)) if kind is Kind.WEAPON)
        wanted += [select(number).where(number.between(*span)) for span in spans]
        found: set[int] = set()
        index = self._ready(db)
        if key:
            found |= self._with_key(db, index, key)
        if is_name(words):
            found |= self._with_words(db, index, words)
        for one in wanted:
            found.update(column_of(db.execute(one)))
        return found

    def _rungs(self, db: sa.Connection, text: str, most: int) -> Iterator[tuple[Why, Iterable[Standing]]]:
        """What is found for each reason: whole names first, then beginnings and parts, then what only looks alike."""
        if not text:
            return
        key, words = comparison_key(text), words_of(text)
        yield Why.CODE, _bound(db, _code.c.code == text, most)
        yield Why.REGISTER_NO, _numbered(db, exact(text), most)
        if key:
            yield Why.SERIAL, (s for t in _serialised() for s in _select(db, t, t.c.serial_key == key, most))
        yield Why.CODE, _bound(db, _begins(_code.c.code, text), most)
        yield Why.REGISTER_NO, _numbered(db, beginnings(text), most)
        index = self._ready(db)
        if key:
            yield Why.PART, self._holding(db, index, key, most)
        if is_name(words):
            yield Why.NAME, self._called(db, index, words, most)
        if key:
            near = look_alike_key(text)
            yield (
                Why.LOOKS_ALIKE,
                (
                    s
                    for t in _serialised()
                    for s in _select(db, t, _begins(t.c.look_alike_key, near), most, "look_alike_key")
                ),
            )

    def _ready(self, db: sa.Connection) -> Trigrams | None:
        """The index, if it knows all there is."""
        try:
            return self._trigrams if self._trigrams is not None and self._trigrams.is_ready(db) else None
        except Unusable:
            return None

    def _holding(self, db: sa.Connection, index: Trigrams | None, key: str, most: int) -> Iterable[Standing]:
        """The first things with this key in their serial."""
        if len(key) < SHORTEST:
            return (s for t in _serialised() for s in _select(db, t, _begins(t.c.serial_key, key), most, "serial_key"))
        if index is not None:
            try:
                return self._compared(
                    db,
                    lambda wanted, after: index.with_piece(key, wanted, after),
                    lambda row: key in row.serial_key,
                    most,
                )
            except Unusable:
                pass
        return (s for t in _serialised() for s in _first(db, t, _holds(db, t, key), most))

    def _called(self, db: sa.Connection, index: Trigrams | None, words: Sequence[str], most: int) -> Iterable[Standing]:
        """The first weapons that are called so."""
        if index is not None:
            try:
                names = index.names(lambda key: is_named(words, key))
                if len(names) <= _MOST_NAMES:
                    return self._compared(
                        db,
                        lambda wanted, after: index.called(names, wanted, after),
                        lambda row: is_named(words, name_key(row.make, row.model)),
                        most,
                    )
                return _select(db, _weapon, _one_of(names.values()), most)
            except Unusable:
                pass
        return _first(db, _weapon, _one_of(_names(db, words)), most)

    def _compared(self, db: sa.Connection, find: Find, fits: Callable[[Any], bool], most: int) -> list[Standing]:
        """The first candidates that are what they were named for. Looks at more of them the fewer of them fit."""
        found: dict[Kind, dict[int, None]] = {kind: {} for kind in _SERIALISED}
        after, wanted = -1, 2 * most
        while sum(map(len, found.values())) < most:
            candidates = find(wanted, after)
            for kind in _SERIALISED:
                table = projections[kind]
                numbers = [number for _, of, number in candidates if of is kind]
                if numbers:
                    found[kind] |= dict.fromkeys(row.number for row in _looked_at(db, table, numbers) if fits(row))
            if len(candidates) < wanted:
                break
            after, wanted = candidates[-1][0], min(2 * wanted, _MANY)
        return [
            standing
            for kind, numbers in found.items()
            if numbers
            for standing in _select(db, projections[kind], among(db, projections[kind].c.number, [*numbers]), most)
        ]

    def _with_key(self, db: sa.Connection, index: Trigrams | None, key: str) -> set[int]:
        """The numbers of all weapons with this key in their serial."""
        number = _weapon.c.number
        if len(key) >= SHORTEST and index is not None:
            try:
                candidates = index.with_piece(key, _MANY)
                if len(candidates) < _MANY:
                    numbers = [one for _, kind, one in candidates if kind is Kind.WEAPON]
                    return {row.number for row in _looked_at(db, _weapon, numbers) if key in row.serial_key}
            except Unusable:
                pass
        return set(column_of(db.execute(select(number).where(_holds(db, _weapon, key)))))

    def _with_words(self, db: sa.Connection, index: Trigrams | None, words: Sequence[str]) -> set[int]:
        """The numbers of all weapons that are called so."""
        if index is not None:
            try:
                names = index.names(lambda key: is_named(words, key))
                candidates = index.called(names, _MANY) if len(names) <= _MOST_NAMES else None
            except Unusable:
                names, candidates = {}, None
            if candidates is not None and len(candidates) < _MANY:
                numbers = [one for _, _, one in candidates]
                looked_at = _looked_at(db, _weapon, numbers)
                return {row.number for row in looked_at if is_named(words, name_key(row.make, row.model))}
            if names:
                return set(column_of(db.execute(select(_weapon.c.number).where(_one_of(names.values())))))
        return set(column_of(db.execute(select(_weapon.c.number).where(_one_of(_names(db, words))))))


def _serialised() -> list[sa.Table]:
    return [projections[kind] for kind in _SERIALISED]


def _names(db: sa.Connection, words: Sequence[str]) -> list[tuple[str, str]]:
    """Makes and models called so. There are few beside many weapons, so each is looked at once."""
    pairs = db.execute(select(_weapon.c.make, _weapon.c.model).distinct())
    return [(row.make, row.model) for row in pairs if is_named(words, name_key(row.make, row.model))]


def _one_of(names: Iterable[tuple[str, str]]) -> sa.ColumnElement[bool]:
    listed = list(names)
    return sa.tuple_(_weapon.c.make, _weapon.c.model).in_(listed) if listed else sa.false()


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


def _bound(db: sa.Connection, condition: sa.ColumnElement[bool], most: int) -> Iterator[Standing]:
    """The items that codes are bound to, in order of code; each once."""
    seen: set[str] = set()
    last = ""
    while len(seen) < most:
        wanted = select(_code.c.code, _code.c.bound).where(condition, _code.c.code > last, _code.c.bound != "")
        rows = db.execute(wanted.order_by(_code.c.code).limit(most)).all()
        fresh = list(dict.fromkeys(row.bound for row in rows if row.bound not in seen))
        seen.update(fresh)
        standings: dict[str, Standing] = {}
        for kind in _ITEMS:
            those = [bound for bound in fresh if bound.startswith(f"{kind}/")]
            if those:
                table = projections[kind]
                found = db.execute(select(table).where(table.c.subject.in_(those))).mappings()
                standings |= {row["subject"]: standing_of(dict(row)) for row in found}
        yield from (standings[bound] for bound in fresh if bound in standings)
        if len(rows) < most:
            return
        last = rows[-1].code


def _numbered(db: sa.Connection, spans: Iterable[tuple[Kind, tuple[int, int]]], most: int) -> Iterator[Standing]:
    for kind, span in spans:
        table = projections[kind]
        yield from _select(db, table, table.c.number.between(*span), most)


def _looked_at(db: sa.Connection, table: sa.Table, numbers: Sequence[int]) -> Iterable[Any]:
    """What candidates are called, which is all that is compared, in order of number."""
    columns = [table.c[name] for name in ("number", "serial_key", "make", "model") if name in table.c]
    return db.execute(select(*columns).where(among(db, table.c.number, numbers)).order_by(table.c.number))


def _first(db: sa.Connection, table: sa.Table, condition: sa.ColumnElement[bool], most: int) -> list[Standing]:
    """The first rows by number, found without looking at whole rows in order of number."""
    number = table.c.number
    # A sum is in no index: with the bare number every row would be looked up in its order.
    numbers = column_of(db.execute(select(number).where(condition).order_by(number + 0).limit(most)))
    return _select(db, table, among(db, number, numbers), most) if numbers else []


def _select(
    db: sa.Connection, table: sa.Table, condition: sa.ColumnElement[bool], most: int, order: str = "number"
) -> list[Standing]:
    # By the column that is looked up, the first ones come without sorting all.
    rows = db.execute(select(table).where(condition).order_by(table.c[order], table.c.number).limit(most))
    return [standing_of(dict(row)) for row in rows.mappings()]
