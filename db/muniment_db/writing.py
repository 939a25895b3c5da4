"""Writing what an act appended: its records, and the rows of what it changed.

A long act is written beside its making: while the next facts are sealed, a thread inserts the rows of the last ones. It
does so in statements of many rows each, for a database works on each of them without the interpreter, so that both go
on at once where the machine has two cores.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from muniment.domain.basics.identity import Kind, kind_of
from muniment.domain.custody.standing import Standing
from muniment_db.prepared import Prepared, Row
from muniment_db.projection import row_of, touched
from muniment_db.tables import event, projections

_LONG = 1_000
"""Facts in an act from which on a thread is worth its start."""

_TURN_S = 0.0005

_append = Prepared(sa.insert(event), [c.name for c in event.columns])
_new_row = {kind: Prepared(sa.insert(table), [c.name for c in table.columns]) for kind, table in projections.items()}

Changed = tuple[Standing, Collection[str]]
"""What stands of a known subject, and the fields that its facts touched."""

Write = Callable[[list[Row], Iterable[Standing], Iterable[Changed]], None]
"""Writes records, the rows of new subjects, and the rows of known ones."""


@contextmanager
def writing(db: sa.Connection, facts: int) -> Iterator[Write]:
    """Write the parts of an act of so many facts in one transaction, each after the one before.

    What fails is raised by a later part, or at the end; nobody may use the connection meanwhile.
    """
    if facts < _LONG or db.dialect.name != "sqlite":
        yield partial(_write, db, lambda work: work(), _nothing)
        return
    with _quick_turns(), ThreadPoolExecutor(1, "writing") as thread:
        waiting: list[Future[None]] = []

        def settle() -> None:
            while waiting:
                waiting.pop(0).result()

        yield partial(_write, db, lambda work: waiting.append(thread.submit(work)), settle)
        settle()


@contextmanager
def _quick_turns() -> Iterator[None]:
    """Let threads take turns ten times as often: else each statement waits 5 ms to begin and 5 ms to end."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, _TURN_S))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _nothing() -> None:
    """Wait for nothing."""


def _write(
    db: sa.Connection,
    insert: Callable[[Callable[[], None]], None],
    settle: Callable[[], None],
    records: list[Row],
    fresh: Iterable[Standing],
    changed: Iterable[Changed],
) -> None:
    insert(partial(_append.many, db, records))
    new: dict[Kind, list[Row]] = {}
    for standing in fresh:
        new.setdefault(kind_of(standing.subject), []).append(row_of(standing))
    for kind, rows in new.items():
        insert(partial(_new_row[kind].many, db, rows))
    by_columns: dict[tuple[Kind, tuple[str, ...]], list[Row]] = {}
    for standing, fields in changed:
        kind = kind_of(standing.subject)
        columns, values = touched(kind, fields, row_of(standing))
        by_columns.setdefault((kind, columns), []).append((*values, standing.subject))
    if by_columns:
        settle()  # rows that change are written one by one, which two threads at once would only slow down
        for (kind, columns), rows in by_columns.items():
            _changed_row(kind, columns).many(db, rows)


@lru_cache(maxsize=512)
def _changed_row(kind: Kind, columns: tuple[str, ...]) -> Prepared:
    """Writes these columns of one row, and no others: an index whose columns stay is not touched."""
    table = projections[kind]
    changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
    statement = sa.update(table).where(table.c.subject == bindparam("wanted")).values(changed)
    return Prepared(statement, [*(f"new_{name}" for name in columns), "wanted"])
