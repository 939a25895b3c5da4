"""Between a subject's fields and its row: the same fields, cut into columns and a rest.

A row is a tuple in the order of its table's columns: the subject first, its version, the columns, `more` last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import compress
from typing import Any

import msgspec
import sqlalchemy as sa

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.facts import Value
from muniment.domain.custody.registering import calibre_of
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import code_form
from muniment.domain.stock.serial import coarser, comparison_key
from muniment_db.prepared import Row
from muniment_db.tables import projections

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(dict[str, Value])

_SOURCES = {
    "serial_key": "serial_raw",
    "look_alike_key": "serial_raw",
    "calibre": "calibres",
    "code_key": "code",
}
"""Columns that follow from a field and are no fields of their own, and the field they follow from."""

_NOTHING_MORE = "{}"


class _Shape:
    """How the rows of one kind of thing are made and read."""

    def __init__(self, table: sa.Table) -> None:
        self.columns = tuple(column.name for column in table.columns)
        if (self.columns[:2], self.columns[-1]) != (("subject", "version"), "more"):
            raise ValueError(f"{table.name} is not laid out as a projection")
        self._blank: list[Any] = [0 if isinstance(column.type, sa.Integer) else "" for column in table.columns]
        self._at = {name: at for at, name in enumerate(self.columns)}
        derived = {name: self._at[name] for name in _SOURCES if name in self._at}
        own = [name not in {"subject", "version", "more", *derived} for name in self.columns]
        self._own = list(compress(self.columns, own))
        self._is_own = own
        self._fields = {name: self._at[name] for name in self._own}
        self._calibre = derived.get("calibre", 0)
        self._code_key = derived.get("code_key", 0)
        self._serial_keys = (derived["serial_key"], derived["look_alike_key"]) if "serial_key" in derived else None

    def row(self, standing: Standing) -> Row:
        row = self._blank.copy()
        more: dict[str, Value] = {}
        for name, value in standing.fields.items():
            at = self._fields.get(name)
            if at is not None and value and type(value) is type(row[at]):
                row[at] = value
            else:
                more[name] = value
        row[0], row[1] = standing.subject, standing.version
        row[-1] = _encoder.encode(more).decode() if more else _NOTHING_MORE
        if self._calibre:
            row[self._calibre] = calibre_of(standing.fields)
        if self._code_key:
            row[self._code_key] = code_form(row[self._at["code"]])
        if self._serial_keys is not None:
            key = comparison_key(row[self._at["serial_raw"]])
            row[self._serial_keys[0]], row[self._serial_keys[1]] = key, coarser(key)
        return tuple(row)

    def standing(self, row: Row) -> Standing:
        fields = {name: value for name, value in zip(self._own, compress(row, self._is_own), strict=True) if value}
        if row[-1] != _NOTHING_MORE:
            fields.update(_decoder.decode(row[-1]))
        return Standing(Subject(row[0]), row[1], fields)

    def touched(self, fields: Iterable[str], row: Row) -> tuple[tuple[str, ...], Row]:
        changed = {"version", "more", *fields}
        at = [n for n, name in enumerate(self.columns) if name in changed or _SOURCES.get(name) in changed]
        return tuple([self.columns[n] for n in at]), tuple([row[n] for n in at])


_SHAPES = {kind: _Shape(table) for kind, table in projections.items()}


def row_of(standing: Standing) -> Row:
    """The row that says what stands, for the table of the subject's kind."""
    return _SHAPES[kind_of(standing.subject)].row(standing)


def standing_in(row: Row) -> Standing:
    """What a row says."""
    return _SHAPES[kind_of(row[0])].standing(row)


def standing_of(row: Mapping[str, Any]) -> Standing:
    """What a row says whose columns are named."""
    shape = _SHAPES[kind_of(Subject(row["subject"]))]
    return shape.standing(tuple([row[name] for name in shape.columns]))


def touched(kind: Kind, fields: Iterable[str], row: Row) -> tuple[tuple[str, ...], Row]:
    """The columns that can change when these fields do, and what stands in them."""
    return _SHAPES[kind].touched(fields, row)
