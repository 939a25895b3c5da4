"""Between a subject's fields and its row: the same fields, cut into columns and a rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import sqlalchemy as sa

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.facts import Value
from muniment.domain.custody.registering import calibre_of
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.serial import coarser, comparison_key
from muniment_db.tables import projections

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(dict[str, Value])

DERIVED = frozenset({"serial_key", "look_alike_key", "calibre", "code_key"})
"""Columns that follow from others and are no fields of their own."""


class _Shape:
    """How the rows of one kind of thing are made and read."""

    def __init__(self, table: sa.Table) -> None:
        columns = [c for c in table.columns if c.name not in {"subject", "version", "more"} | DERIVED]
        self.empty: dict[str, Any] = {c.name: 0 if isinstance(c.type, sa.Integer) else "" for c in columns}
        self.serial = "serial_key" in table.columns
        self.calibre = "calibre" in table.columns
        self.code = "code_key" in table.columns

    def row(self, standing: Standing) -> dict[str, Any]:
        row: dict[str, Any] = dict(self.empty)
        more: dict[str, Value] = {}
        for name, value in standing.fields.items():
            if value and type(value) is type(self.empty.get(name)):
                row[name] = value
            else:
                more[name] = value
        row["subject"] = standing.subject
        row["version"] = standing.version
        row["more"] = _encoder.encode(more).decode()
        if self.calibre:
            row["calibre"] = calibre_of(standing.fields)
        if self.code:
            row["code_key"] = row["code"].casefold()
        if self.serial:
            serial = row["serial_raw"]
            row["serial_key"] = key = comparison_key(serial)
            row["look_alike_key"] = coarser(key)
        return row

    def standing(self, row: Mapping[str, Any]) -> Standing:
        fields = {name: row[name] for name in self.empty if row[name]}
        fields.update(_decoder.decode(row["more"]))
        return Standing(Subject(row["subject"]), row["version"], fields)


_SHAPES = {kind: _Shape(table) for kind, table in projections.items()}


def row_of(standing: Standing) -> dict[str, Any]:
    """The row that says what stands, for the table of the subject's kind."""
    return _SHAPES[kind_of(standing.subject)].row(standing)


def standing_of(row: Mapping[str, Any]) -> Standing:
    """What a row says."""
    return _SHAPES[kind_of(Subject(row["subject"]))].standing(row)


def kind_table(kind: Kind) -> sa.Table:
    """The table of a kind of thing."""
    return projections[kind]
