"""Statements compiled once for each engine, and run past what SQLAlchemy makes of every answer.

What runs at every scan is written as SQLAlchemy statements, compiled at its first use, and from then on handed to the
driver with its values as they are, inside the transaction that SQLAlchemy opened. Rows come back as plain tuples, in
the order of the columns: nine tenths of the time of a movement would otherwise go into objects that are thrown away.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa

Row = tuple[Any, ...]


class Prepared:
    """One statement. `names` are those of its values, in the order in which `many` is given them."""

    def __init__(self, statement: sa.Executable, names: Sequence[str] = ()) -> None:
        self._statement = statement
        self._names = tuple(names)
        self._written: dict[str, _Written] = {}

    def rows(self, db: sa.Connection, **values: Any) -> list[Row]:
        """Every row it answers with these values."""
        written = self._written.get(db.dialect.name) or self._for(db)
        driver = db.connection.dbapi_connection
        try:
            found: list[Row] = driver.execute(written.sql, written.values(values)).fetchall()  # type: ignore[union-attr]
        except db.dialect.loaded_dbapi.Error as error:
            raise _told(db, written.sql, error) from error
        return found

    def row(self, db: sa.Connection, **values: Any) -> Row | None:
        """The first row; nothing where there is none."""
        found = self.rows(db, **values)
        return found[0] if found else None

    def column(self, db: sa.Connection, **values: Any) -> list[Any]:
        """The first value of every row."""
        return [row[0] for row in self.rows(db, **values)]

    def value(self, db: sa.Connection, **values: Any) -> Any:
        """The first value of the first row; nothing where there is none."""
        found = self.rows(db, **values)
        return found[0][0] if found else None

    def stream(self, db: sa.Connection, at_once: int, **values: Any) -> Generator[list[Row], None, None]:
        """All rows, so many at once and never all of them in memory."""
        written = self._for(db)
        on_server = db.dialect.supports_server_side_cursors  # elsewhere every cursor fetches as it goes
        with closing(db.connection.cursor(*([f"stream_{id(self)}"] if on_server else []))) as cursor:
            try:
                cursor.execute(written.sql, written.values(values))
                while part := cursor.fetchmany(at_once):
                    yield part  # type: ignore[misc]
            except db.dialect.loaded_dbapi.Error as error:
                raise _told(db, written.sql, error) from error

    def many(self, db: sa.Connection, rows: Iterable[Row]) -> None:
        """Run it for many rows, each with its values in the order of `names`."""
        written = self._for(db)
        try:
            if written.marks:
                for sql, values in written.together(rows):
                    straight(db, sql, values)
            else:
                db.connection.cursor().executemany(written.sql, written.parameters(self._names, rows))
        except db.dialect.loaded_dbapi.Error as error:
            raise _told(db, written.sql, error) from error

    def _for(self, db: sa.Connection) -> _Written:
        name = db.dialect.name
        if name not in self._written:
            self._written[name] = _Written(self._statement, self._names, db.dialect)
        return self._written[name]


_MOST_VALUES = 30_000
"""Values in one statement; SQLite takes 32,766."""


class _Written:
    """A statement in the words of one engine, and how that engine wants its values.

    `marks` stand for one row where many rows can be inserted by one statement, as SQLite does in less time, and without
    holding up the other threads of the program at each row.
    """

    def __init__(self, statement: sa.Executable, names: Sequence[str], dialect: sa.Dialect) -> None:
        written = list(names) if isinstance(statement, sa.Insert) else None
        compiled = statement.compile(dialect=dialect, column_keys=written)  # type: ignore[attr-defined]
        self.sql = str(compiled)
        self._own = dict(compiled.params)
        self._order: list[str] | None = compiled.positiontup
        asked = compiled.construct_params({}, _check=False)
        self._asked = all(asked[name] is None for name in self._order or [])
        self.marks = ""
        if written is not None and dialect.name == "sqlite":
            self._head, self.marks = self.sql.split(" VALUES ")
            self._at_once = _MOST_VALUES // len(written)

    def values(self, given: dict[str, Any]) -> Any:
        """The values of one run."""
        if self._order is None:
            return {**self._own, **given}
        if self._asked:
            return list(map(given.__getitem__, self._order))
        known = {**self._own, **given}
        return [known[name] for name in self._order]

    def together(self, rows: Iterable[Row]) -> Iterator[tuple[str, Sequence[Any]]]:
        """The statements that insert these rows, many at once."""
        waiting = iter(rows)
        while part := list(islice(waiting, self._at_once)):
            if len(part) == 1:
                yield self.sql, part[0]
                return
            yield f"{self._head} VALUES {', '.join([self.marks] * len(part))}", list(chain.from_iterable(part))

    def parameters(self, names: Sequence[str], rows: Iterable[Row]) -> Any:
        """The values of many runs, named where the engine names them."""
        if self._order is None:
            return [dict(zip(names, row, strict=True)) for row in rows]
        if self._order != list(names):
            raise ValueError(f"the values of {self.sql} are not named in its order")
        return rows


def straight(db: sa.Connection, sql: str, values: Any = ()) -> Any:
    """Hand words to the driver as they are, and answer its cursor; a fault is told as SQLAlchemy would."""
    driver = db.connection.dbapi_connection
    try:
        return driver.execute(sql, values)  # type: ignore[union-attr]
    except db.dialect.loaded_dbapi.Error as error:
        raise _told(db, sql, error) from error


def _told(db: sa.Connection, sql: str, error: Exception) -> BaseException:
    """The driver's fault as SQLAlchemy would tell it, without the values, which may name somebody."""
    return sa.exc.DBAPIError.instance(
        sql, None, error, db.dialect.loaded_dbapi.Error, hide_parameters=True, dialect=db.dialect
    )
