"""An index of three-character pieces, so that any part of a serial is found among a million.

It lies in a file of its own beside the register and can be deleted at any time. It is no part of the truth and nothing
is believed because it says so: it names candidates, and each of them is compared with the row it names before anybody
sees it. Who tampers with it can at most make a search miss something, never show what is not there. It knows the fact
up to which it was built and that fact's hash; where the ledger does not hold that fact, where the file is damaged or
of another make, it is built again from nothing.

It is filled by whoever reads, a little at a time, in its own file: no writer of the register ever waits for it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import bindparam, select

from muniment.domain.basics.identity import Kind
from muniment.domain.stock.serial import comparison_key
from muniment_db.tables import event, projections

SHORTEST = 3
"""Characters a text must have to be looked up here."""

_LAYOUT = "2"
_KINDS = (Kind.WEAPON, Kind.COMPONENT)
_VERSIONS = 1 << 16
_BUSY_MS = 50
_CHANGES_TEXT = (b'"serial_raw"', b'"make"', b'"model"')
"""A fact about none of these leaves the index as it is; told from its bytes, because most facts are movements."""

_TABLES = (
    "create table if not exists built (key text primary key, value text not null) without rowid",
    # Nothing but the lists of pieces: no text, no sizes, no positions, since every candidate is compared anyway. Two
    # tables, because in one a piece that is common in names would have to be stepped over in every search for serials.
    *(
        f"create virtual table if not exists piece_{column} using fts5(of, content='', detail=none, columnsize=0, "
        "tokenize='trigram case_sensitive 1')"
        for column in ("serial", "name")
    ),
)

_ADD = {
    "serial": "insert into piece_serial (rowid, of) values (?, ?)",
    "name": "insert into piece_name (rowid, of) values (?, ?)",
}
_FIND = {
    "serial": "select rowid from piece_serial where piece_serial match ? and rowid > ? order by rowid limit ?",
    "name": "select rowid from piece_name where piece_name match ? and rowid > ? order by rowid limit ?",
}

_wanted = {
    kind: [
        table.c.number,
        table.c.version,
        table.c.serial_key,
        *(table.c[c] for c in ("make", "model") if c in table.c),
    ]
    for kind, table in ((kind, projections[kind]) for kind in _KINDS)
}
_onward = {
    kind: select(*_wanted[kind])
    .where(projections[kind].c.number > bindparam("after"))
    .order_by(projections[kind].c.number)
    .limit(bindparam("most"))
    for kind in _KINDS
}
_news = (
    select(event.c.seq, event.c.subject, event.c.body, event.c.leaf)
    .where(event.c.seq > bindparam("after"))
    .order_by(event.c.seq)
    .limit(bindparam("most"))
)
_newest = select(event.c.seq, event.c.leaf).order_by(event.c.seq.desc()).limit(1)
_leaf = select(event.c.leaf).where(event.c.seq == bindparam("seq"))


class Unusable(Exception):  # noqa: N818 - says what the index is
    """The index cannot be used now; search without it."""


class Trigrams:
    """The index of one register. Usable from several threads, one at a time.

    `path` is its file; without one it lives in memory. Where the file cannot be written, it does too.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._drop()

    def catch_up(self, register: sa.Connection, most: int) -> bool:
        """Take in what is new in the register, at most so many things; whether nothing is left.

        Raises:
            Unusable: it could not be written, even anew.

        """
        with self._lock, self._sound():
            db = self._open()
            built = self._built(db)
            if not self._fits(register, built):
                self._drop(delete=True)
                db, built = self._open(), {}
            return self._take_in(db, register, built, most)

    def candidates(self, column: str, parts: Sequence[str], most: int, after: int = -1) -> list[tuple[int, Kind, int]]:
        """Things whose "serial" or "name" may hold all these parts, each of `SHORTEST` characters or more.

        In order of kind and number as far as the index tells; each with a place to go on `after`.

        Raises:
            Unusable: it is damaged. It is built anew when it is caught up next.

        """
        pieces = {part[at : at + SHORTEST] for part in parts for at in range(len(part) - SHORTEST + 1)}
        quoted = " AND ".join('"{}"'.format(piece.replace('"', '""')) for piece in sorted(pieces))
        with self._lock, self._sound():
            found = self._open().execute(
                _FIND[column],
                (quoted, after, most),
            )
            return [(row, *_named(row)) for (row,) in found]

    def _take_in(self, db: sqlite3.Connection, register: sa.Connection, built: dict[str, str], most: int) -> bool:
        newest = register.execute(_newest).one_or_none()
        if newest is None:
            return True
        with db:
            db.execute("begin immediate")
            if not built:
                # What is registered or changed during the sweep is taken in by following the ledger from here on.
                built |= {"layout": _LAYOUT, "seq": str(newest.seq), "leaf": newest.leaf.hex()}
            for kind in _KINDS:
                swept = built.get(kind, "0")
                if most > 0 and swept != "done":
                    rows = register.execute(_onward[kind], {"after": int(swept), "most": most}).all()
                    self._add(db, kind, rows)
                    built[kind] = str(rows[-1].number) if len(rows) == most else "done"
                    most -= len(rows)
            if most > 0 and int(built["seq"]) < newest.seq:
                self._follow(db, register, built, most)
            db.executemany("insert or replace into built values (?, ?)", built.items())
        return all(built.get(kind) == "done" for kind in _KINDS) and int(built["seq"]) >= newest.seq

    def _follow(self, db: sqlite3.Connection, register: sa.Connection, built: dict[str, str], most: int) -> None:
        changed: dict[Kind, set[str]] = {kind: set() for kind in _KINDS}
        for row in register.execute(_news, {"after": int(built["seq"]), "most": most}):
            kind = row.subject.partition("/")[0]
            if kind in changed and any(name in row.body for name in _CHANGES_TEXT):
                changed[Kind(kind)].add(row.subject)
            built |= {"seq": str(row.seq), "leaf": row.leaf.hex()}
        for kind, subjects in changed.items():
            table = projections[kind]
            if subjects:
                rows = register.execute(
                    select(*_wanted[kind]).where(table.c.subject.in_(sorted(subjects))).order_by(table.c.number)
                ).all()
                self._add(db, kind, rows)

    def _add(self, db: sqlite3.Connection, kind: Kind, rows: Sequence[sa.Row[tuple[int, ...]]]) -> None:
        placed = [(_row(kind, row.number, row.version), row) for row in rows]
        db.executemany(_ADD["serial"], ((place, row.serial_key) for place, row in placed))
        if kind is Kind.WEAPON:
            db.executemany(_ADD["name"], ((place, name_key(row.make, row.model)) for place, row in placed))

    def _fits(self, register: sa.Connection, built: dict[str, str]) -> bool:
        if not built:
            return True
        if built.get("layout") != _LAYOUT or not built.get("seq", "").isdecimal():
            return False
        leaf = register.execute(_leaf, {"seq": int(built["seq"])}).scalar_one_or_none()
        return leaf is not None and leaf.hex() == built.get("leaf")

    @staticmethod
    def _built(db: sqlite3.Connection) -> dict[str, str]:
        return dict(db.execute("select key, value from built"))

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            try:
                self._db = self._connect(str(self._path) if self._path else ":memory:")
            except sqlite3.OperationalError:
                if self._path is None:
                    raise
                self._db = self._connect(":memory:")
        return self._db

    @staticmethod
    def _connect(where: str) -> sqlite3.Connection:
        db = sqlite3.connect(where, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("journal_mode = wal", "synchronous = normal", "trusted_schema = off"):
                db.execute(f"pragma {pragma}").fetchall()
            for table in _TABLES:
                db.execute(table)
        except BaseException:
            db.close()
            raise
        return db

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Turn what the index's own database says into `Unusable`; throw a damaged one away."""
        try:
            yield
        except sqlite3.Error as error:
            busy = "locked" in str(error) or "busy" in str(error)
            self._drop(delete=not busy)
            raise Unusable(str(error)) from error
        except ValueError as error:  # progress that is no number
            self._drop(delete=True)
            raise Unusable(str(error)) from error

    def _drop(self, *, delete: bool = False) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error), closing(self._db):
                pass
            self._db = None
        if delete and self._path is not None:
            for tail in ("", "-wal", "-shm"):
                with suppress(OSError):
                    os.remove(f"{self._path}{tail}")


def name_key(make: str, model: str) -> str:
    """Make and model as they are searched: words by their comparison keys.

    >>> name_key("Example Works", "AK-1")
    'EXAMPLE WORKS AK1'
    """
    return " ".join(comparison_key(word) for word in f"{make} {model}".split())


def _row(kind: Kind, number: int, version: int) -> int:
    # The version keeps a changed thing apart from what it was; the older entry becomes a candidate that fails.
    return (_KINDS.index(kind) + number * len(_KINDS)) * _VERSIONS + version % _VERSIONS


def _named(row: int) -> tuple[Kind, int]:
    number, kind = divmod(row // _VERSIONS, len(_KINDS))
    return _KINDS[kind], number
