"""Long columns of whole numbers, to and from the database."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

AT_ONCE = 5_000
"""Numbers that are handled together: so few that no other thread waits for them."""


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
    while part := cursor.fetchmany(AT_ONCE):
        numbers.extend([row[0] for row in part])
    result.close()
    return numbers


def set_of(db: sa.Connection, wanted: sa.Select[tuple[int]]) -> set[int]:
    """The whole numbers of a question with one column, as a set."""
    found: set[int] = set()
    result = db.execute(wanted)
    cursor: Any = result.cursor
    while part := cursor.fetchmany(AT_ONCE):
        found.update([row[0] for row in part])
    result.close()
    return found
