"""Statements compiled once for each engine.

What runs at every scan is written as SQLAlchemy statements, compiled at its first use, and from then on handed to the
driver with its values as they are: half the time of a movement would otherwise be spent on saying it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa


class Prepared:
    """One statement. `columns` are those an insert writes; a select and an update name theirs themselves."""

    def __init__(self, statement: sa.Executable, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = list(columns) if columns is not None else None
        self._compiled: dict[str, tuple[str, tuple[str, ...] | None, Mapping[str, Any]]] = {}

    def rows(self, db: sa.Connection, **values: Any) -> sa.CursorResult[Any]:
        """Run it with these values."""
        sql, order, own = self._for(db)
        given = {**own, **values}
        return db.exec_driver_sql(sql, given if order is None else tuple(given[name] for name in order))

    def many(self, db: sa.Connection, rows: list[dict[str, Any]]) -> None:
        """Run it for many rows, each with all its values."""
        sql, order, _ = self._for(db)
        if order is None:
            db.exec_driver_sql(sql, rows)
        elif len(order) == 1:
            db.exec_driver_sql(sql, [(row[order[0]],) for row in rows])
        else:
            pick = itemgetter(*order)
            db.exec_driver_sql(sql, [pick(row) for row in rows])

    def _for(self, db: sa.Connection) -> tuple[str, tuple[str, ...] | None, Mapping[str, Any]]:
        name = db.dialect.name
        if name not in self._compiled:
            written = self._statement.compile(dialect=db.dialect, column_keys=self._columns)  # type: ignore[attr-defined]
            order = written.positiontup
            self._compiled[name] = (str(written), tuple(order) if order is not None else None, dict(written.params))
        return self._compiled[name]
