"""Search as you type: what a text may mean, with or without the index of pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, func, select

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.free_text import in_one_form
from muniment.domain.stock.serial import comparison_key, look_alike_key, with_other_zeros
from muniment.ports.views import Hit, Why
from muniment_db.columns import among, column_of
from muniment_db.index_terms import SHORTEST
from muniment_db.naming import beginnings, exact, is_name, is_named, name_key, words_of
from muniment_db.prepared import Prepared
from muniment_db.projection import standing_of
from muniment_db.tables import projections
from muniment_db.trigrams import Trigrams, Unusable

_MOST_NAMES = 100
"""With more names that fit, weapons called so are so many that looking at every row finds the first ones sooner."""

_MANY = 20_000
"""With more candidates than this, looking at every serial is quicker than comparing them one by one."""

_weapon = projections[Kind.WEAPON]
_code = projections[Kind.CODE]
_ITEMS = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE)
_SERIALISED = (Kind.WEAPON, Kind.COMPONENT)

_TABLES = {kind: projections[kind] for kind in _ITEMS}
_BY_SERIAL = ("serial_key", "look_alike_key")
_ROWS_AT_ONCE = 500


def _begins(column: sa.ColumnElement[str], key: Any, end: Any) -> sa.ColumnElement[bool]:
    """A text that begins so, as a range, so that the index in byte order serves on every engine."""
    return sa.and_(column >= key, column < end)


def _end(key: str) -> str:
    """What comes after everything that begins so."""
    return key + chr(0x10FFFF)


_key, _past = bindparam("key", type_=sa.String), bindparam("past", type_=sa.String)
_most = bindparam("most", type_=sa.Integer)
_numbered = {
    kind: Prepared(
        select(table.c.subject)
        .where(table.c.number.between(bindparam("low"), bindparam("high")))
        .order_by(table.c.number)
        .limit(_most)
    )
    for kind, table in _TABLES.items()
}
_with_serial, _with_near = (
    {
        kind: Prepared(select(table.c.subject).where(table.c[name] == _key).order_by(table.c.number).limit(_most))
        for kind, table in _TABLES.items()
        if kind in _SERIALISED
    }
    for name in _BY_SERIAL
)
# By the column that is looked up, the first ones come without sorting all.
_beginning = {
    (kind, name): Prepared(
        select(table.c.subject)
        .where(_begins(table.c[name], _key, _past))
        .order_by(table.c[name], table.c.number)
        .limit(_most)
    )
    for kind, table in _TABLES.items()
    if kind in _SERIALISED
    for name in _BY_SERIAL
}
_code_is = Prepared(select(_code.c.bound).where(_code.c.code == _key, _code.c.bound != ""))


def _codes(from_here: sa.ColumnElement[bool]) -> Prepared:
    # Only one condition from below: of two, SQLite would look up whichever it likes and walk from there.
    return Prepared(
        select(_code.c.code, _code.c.bound)
        .where(from_here, _code.c.code < _past, _code.c.bound != "")
        .order_by(_code.c.code)
        .limit(_most)
    )


_codes_from, _codes_after = _codes(_code.c.code >= _key), _codes(_code.c.code > _key)

Find = Callable[[int, int], list[tuple[int, Kind, int]]]
"""Asks the index for candidates: at most how many, and after which place."""


class Search:
    """Looks things up on an open transaction. `trigrams` is absent where the database has an index of its own."""

    def __init__(self, trigrams: Trigrams | None) -> None:
        self._trigrams = trigrams

    def hits(self, db: sa.Connection, text: str, most: int) -> list[Hit]:
        """The best hits, best first."""
        found: dict[str, Why] = {}
        rungs = self._rungs(db, in_one_form(text.strip()), most) if most > 0 else ()
        for subject, why in ((subject, why) for why, subjects in rungs for subject in subjects):
            found.setdefault(subject, why)
            if len(found) >= most:
                break
        standings = _standings(db, found)
        return [Hit(standings[subject], why) for subject, why in found.items() if subject in standings]

    def fitting(self, db: sa.Connection, text: str) -> set[int]:
        """The numbers of all weapons that fit a text: everything that `hits` would find but look-alikes."""
        text = in_one_form(text.strip())
        key, words = comparison_key(text), words_of(text)
        number = _weapon.c.number
        bound = _code.join(_weapon, _weapon.c.subject == _code.c.bound)
        wanted = [select(number).select_from(bound).where(_begins(_code.c.code, text, _end(text)))] if text else []
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

    def _rungs(self, db: sa.Connection, text: str, most: int) -> Iterator[tuple[Why, Iterable[str]]]:
        """What is found for each reason: whole names first, then beginnings and parts, then what only looks alike."""
        if not text:
            return
        key, words = comparison_key(text), words_of(text)
        yield Why.CODE, filter(_is_item, _code_is.column(db, key=text))
        yield Why.REGISTER_NO, _in_spans(db, exact(text), most)
        if key:
            yield Why.SERIAL, (s for one in _with_serial.values() for s in one.column(db, key=key, most=most))
        yield Why.CODE, _with_code(db, text, most)
        yield Why.REGISTER_NO, _in_spans(db, beginnings(text), most)
        index = self._ready(db)
        if key:
            yield Why.PART, self._holding(db, index, key, most)
        if is_name(words):
            yield Why.NAME, self._called(db, index, words, most)
        if key:
            near, *padded = with_other_zeros(look_alike_key(text))
            yield Why.LOOKS_ALIKE, _starting(db, "look_alike_key", near, most)
            for other in padded:
                yield Why.LOOKS_ALIKE, (s for one in _with_near.values() for s in one.column(db, key=other, most=most))

    def _ready(self, db: sa.Connection) -> Trigrams | None:
        """The index, if it knows all there is."""
        try:
            return self._trigrams if self._trigrams is not None and self._trigrams.is_ready(db) else None
        except Unusable:
            return None

    def _holding(self, db: sa.Connection, index: Trigrams | None, key: str, most: int) -> Iterable[str]:
        """The first things with this key in their serial."""
        if len(key) < SHORTEST:
            return _starting(db, "serial_key", key, most)
        if index is not None:
            try:
                return _compared(
                    db,
                    lambda wanted, after: index.with_piece(key, wanted, after),
                    lambda row: key in row.serial_key,
                    most,
                )
            except Unusable:
                pass
        return (s for table in _serialised() for s in _first(db, table, _holds(db, table, key), most))

    def _called(self, db: sa.Connection, index: Trigrams | None, words: Sequence[str], most: int) -> Iterable[str]:
        """The first weapons that are called so."""
        if index is not None:
            try:
                names = index.names(lambda key: is_named(words, key))
                if len(names) <= _MOST_NAMES:
                    return _compared(
                        db,
                        lambda wanted, after: index.called(names, wanted, after),
                        lambda row: is_named(words, name_key(row.make, row.model)),
                        most,
                    )
                wanted = select(_weapon.c.subject).where(_one_of(names.values())).order_by(_weapon.c.number)
                return db.execute(wanted.limit(most)).scalars().all()
            except Unusable:
                pass
        return _first(db, _weapon, _one_of(_names(db, words)), most)

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


def _compared(db: sa.Connection, find: Find, fits: Callable[[Any], bool], most: int) -> list[str]:
    """The first candidates that are what they were named for; the fewer of them fit, the more are looked at."""
    found: dict[str, None] = {}
    after, wanted = -1, most
    while len(found) < most:
        candidates = find(wanted, after)
        for kind in _SERIALISED:
            numbers = [number for _, of, number in candidates if of is kind]
            if numbers:
                found |= dict.fromkeys(row.subject for row in _looked_at(db, _TABLES[kind], numbers) if fits(row))
        if len(candidates) < wanted:
            break
        after, wanted = candidates[-1][0], min(4 * wanted, _MANY)
    return list(found)


def _looked_at(db: sa.Connection, table: sa.Table, numbers: Sequence[int]) -> Iterable[Any]:
    """What candidates are called, which is all that is compared, in order of number."""
    columns = [table.c[name] for name in ("subject", "number", "serial_key", "make", "model") if name in table.c]
    return db.execute(select(*columns).where(among(db, table.c.number, numbers)).order_by(table.c.number))


def _serialised() -> list[sa.Table]:
    return [_TABLES[kind] for kind in _SERIALISED]


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
        return _begins(table.c.serial_key, key, _end(key))
    if db.dialect.name == "sqlite":
        return func.instr(table.c.serial_key, key) > 0
    return table.c.serial_key.contains(key, autoescape=True)


def _with_code(db: sa.Connection, text: str, most: int) -> Iterator[str]:
    """What codes that begin so are bound to, in order of code."""
    rows = _codes_from.rows(db, key=text, past=_end(text), most=most)
    while rows:
        yield from (bound for _, bound in rows if _is_item(bound))
        if len(rows) < most:
            return
        rows = _codes_after.rows(db, key=rows[-1][0], past=_end(text), most=most)


def _is_item(subject: str) -> bool:
    return kind_of(Subject(subject)) in _ITEMS


def _in_spans(db: sa.Connection, spans: Iterable[tuple[Kind, tuple[int, int]]], most: int) -> Iterator[str]:
    for kind, (low, high) in spans:
        yield from _numbered[kind].column(db, low=low, high=high, most=most)


def _starting(db: sa.Connection, column: str, key: str, most: int) -> Iterator[str]:
    for kind in _SERIALISED:
        yield from _beginning[kind, column].column(db, key=key, past=_end(key), most=most)


def _first(db: sa.Connection, table: sa.Table, condition: sa.ColumnElement[bool], most: int) -> list[str]:
    """The first things by number, found without looking at whole rows in order of number."""
    number = table.c.number
    # A sum is in no index: with the bare number every row would be looked up in its order.
    numbers = column_of(db.execute(select(number).where(condition).order_by(number + 0).limit(most)))
    return [row.subject for row in _looked_at(db, table, numbers)]


def _standings(db: sa.Connection, subjects: Iterable[str]) -> dict[str, Standing]:
    """What stands of them."""
    found: dict[str, Standing] = {}
    by_kind: dict[Kind, list[str]] = {}
    for subject in subjects:
        by_kind.setdefault(kind_of(Subject(subject)), []).append(subject)
    for kind, those in by_kind.items():
        for start in range(0, len(those), _ROWS_AT_ONCE):
            table = _TABLES[kind]
            rows = db.execute(select(table).where(table.c.subject.in_(those[start : start + _ROWS_AT_ONCE])))
            found |= {row["subject"]: standing_of(dict(row)) for row in rows.mappings()}
    return found
