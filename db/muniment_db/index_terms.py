"""How things stand in the search index beside a register, and whether one stands there."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from muniment.domain.basics.identity import Kind
from muniment_db.naming import name_key

SHORTEST = 3
"""Characters a text must have to be looked up here."""

LONGEST = 100
"""Characters of a text that are looked up; longer ones are told apart when the candidates are compared."""

SWEPT = (Kind.WEAPON, Kind.COMPONENT)
"""What it holds, in this order."""

_VERSIONS = 1 << 16
_NUMBERS = 1 << 46
_HAS_PIECE = "select 1 from piece where piece match ? and rowid = ?"
_HAS_NAME = "select 1 from named where named match ? and rowid = ?"


def quoted(term: str) -> str:
    """A term as the index is asked for it."""
    return '"{}"'.format(term.replace('"', '""'))


def place_of(kind: Kind, number: int, version: int) -> int:
    """Where a thing stands in the index."""
    # Kinds one after the other, numbers in order, so that the first candidates are the first hits. The version keeps
    # a changed thing apart from what it was; the older entry becomes a candidate that fails.
    return (SWEPT.index(kind) * _NUMBERS + number % _NUMBERS) * _VERSIONS + version % _VERSIONS


def named_at(row: int) -> tuple[Kind, int]:
    """What stands at a place: its kind and its number."""
    kind, number = divmod(row // _VERSIONS, _NUMBERS)
    return SWEPT[kind], number


class Looker:
    """Looks things up in an index, to see whether it has them."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        self._names = {
            (make, model): (str(number), key)
            for number, make, model, key in index.execute("select id, make, model, key from name")
        }

    def hidden(self, kind: Kind, rows: Sequence[Any]) -> list[int]:
        """The numbers of those among the rows that a search would miss."""
        return [row.number for row in rows if self._misses(kind, row)]

    def _misses(self, kind: Kind, row: Any) -> bool:
        place, key = place_of(kind, row.number, row.version), row.serial_key[:LONGEST]
        if len(key) >= SHORTEST and not self._has(_HAS_PIECE, key, place):
            return True
        if kind is not Kind.WEAPON:
            return False
        number, known = self._names.get((row.make, row.model), ("", ""))
        return not number or known != name_key(row.make, row.model) or not self._has(_HAS_NAME, number, place)

    def _has(self, question: str, term: str, place: int) -> bool:
        return self._index.execute(question, (quoted(term), place)).fetchone() is not None
