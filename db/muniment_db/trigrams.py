"""An index of three-character pieces, so that any part of a serial is found among a million.

It lies in a file of its own beside the register and can be deleted at any time. It is no part of the truth and nothing
is believed because it says so: it names candidates, and each of them is compared with the row it names before anybody
sees it. Who tampers with it can at most make a search miss something, never show what is not
there; and what it misses is found by looking everything up in it (`index_check`). It knows the fact
up to which it was built and that fact's hash; where the ledger does not hold that fact, where the file is damaged or
of another make, it is built again from nothing.

It is filled by whoever reads, a little at a time, in its own file: no writer of the register ever waits for it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, func, select

from muniment.domain.basics.identity import Kind
from muniment_db.index_terms import LONGEST, SWEPT, Looker, named_at, place_of, quoted
from muniment_db.naming import name_key
from muniment_db.tables import event, projections

AT_ONCE = 2_000
"""So many new things it takes in before it answers; with more to do, the answer is found without it."""

_LAYOUT = "4"
_BUSY_MS = 50
_CHANGES_TEXT = (b'"serial_raw"', b'"make"', b'"model"')
"""A fact about none of these leaves the index as it is; told from its bytes, because most facts are movements."""

_TABLES = (
    "create table if not exists built (key text primary key, value text not null) without rowid",
    # No text and no sizes, since every candidate is compared anyway; but where each piece stands, or many a serial
    # would be a candidate that has all pieces of a text and not the text.
    "create virtual table if not exists piece using fts5(of, content='', columnsize=0, "
    "tokenize='trigram case_sensitive 1')",
    # There are few names beside many weapons: each is kept once, and a weapon has the number of its name.
    "create table if not exists name (id integer primary key, make text not null, model text not null, "
    "key text not null, unique (make, model))",
    "create virtual table if not exists named using fts5(of, content='', detail=none, columnsize=0, tokenize='ascii')",
)

_ADD_PIECES = "insert into piece (rowid, of) values (?, ?)"
_ADD_NAMED = "insert into named (rowid, of) values (?, ?)"
_WITH_PIECE = "select rowid from piece where piece match ? and rowid > ? order by rowid limit ?"
_CALLED = "select rowid from named where named match ? and rowid > ? order by rowid limit ?"

_wanted = {
    kind: [
        table.c.subject,
        table.c.number,
        table.c.version,
        table.c.serial_key,
        *(table.c[c] for c in ("make", "model") if c in table.c),
    ]
    for kind, table in ((kind, projections[kind]) for kind in SWEPT)
}
_onward = {
    kind: select(*_wanted[kind])
    .where(projections[kind].c.number > bindparam("after"))
    .order_by(projections[kind].c.number)
    .limit(bindparam("most"))
    for kind in SWEPT
}
_news = (
    select(event.c.seq, event.c.subject, event.c.body, event.c.leaf)
    .where(event.c.seq > bindparam("after"))
    .order_by(event.c.seq)
    .limit(bindparam("most"))
)
_highest = {kind: select(func.max(projections[kind].c.number)) for kind in SWEPT}
_newest = select(event.c.seq, event.c.leaf).order_by(event.c.seq.desc()).limit(1)
_leaf = select(event.c.leaf).where(event.c.seq == bindparam("seq"))


class Unusable(Exception):  # noqa: N818 - says what the index is
    """The index cannot be used now; search without it."""


class Busy(Unusable):
    """Somebody else is at it; it may be usable in a moment."""


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

    def catch_up(self, register: sa.Connection, most: int) -> float:
        """Take in what is new in the register, at most so many things; the share that is in, 1 when nothing is left.

        Raises:
            Busy: somebody else is filling it, or `register` shows an older moment than the index knows.
            Unusable: it could not be written, even anew.

        """
        with self._lock, self._sound():
            db = self._fitting(register)
            done, left = self._progress(register, self._built(db))
            if left:
                self._take_in(db, register, most)
                done, left = self._progress(register, self._built(db))
            return done / (done + left) if left else 1.0

    def is_ready(self, register: sa.Connection) -> bool:
        """Whether it knows all of the register, having taken in what is new if that is little.

        Raises:
            Busy: as for `catch_up`.
            Unusable: as for `catch_up`.

        """
        with self._lock, self._sound():
            db = self._fitting(register)
            _, left = self._progress(register, self._built(db))
            if not left:
                return True
            if left > AT_ONCE:
                return False
            self._take_in(db, register, AT_ONCE)
            return not self._progress(register, self._built(db))[1]

    def look_over(self, register: sa.Connection, kind: Kind, after: int, most: int) -> tuple[int, int]:
        """Look up so many things of a kind from a number on; the last one looked up, and how many it hides.

        Where it hides one it is thrown away, and built anew by the next `catch_up`. 0 for the last one where there are
        no more.

        Raises:
            Busy: it does not know all of the register yet.
            Unusable: as for `catch_up`.

        """
        with self._lock, self._sound():
            db = self._fitting(register)
            if self._progress(register, self._built(db))[1]:
                raise Busy("it is not whole yet")
            rows = register.execute(_onward[kind], {"after": after, "most": most}).all()
            hidden = len(Looker(db).hidden(kind, rows))
            if hidden:
                self._drop(delete=True)
            return (rows[-1].number if len(rows) == most else 0), hidden

    def with_piece(self, key: str, most: int, after: int = -1) -> list[tuple[int, Kind, int]]:
        """Things whose serial may hold this key of `SHORTEST` characters or more: place in the index, kind, number.

        Weapons before components and each in order of number, as far as the index knows; from `after` a place on.

        Raises:
            Unusable: it is damaged. It is built anew when it is caught up next.

        """
        return self._find(_WITH_PIECE, quoted(key[:LONGEST]), most, after)

    def names(self, fits: Callable[[str], bool]) -> dict[int, tuple[str, str]]:
        """The makes and models whose key fits, by what `called` knows them by; some may be borne by no weapon any more.

        Raises:
            Unusable: as for `with_piece`.

        """
        with self._lock, self._sound():
            known = self._open().execute("select id, make, model, key from name").fetchall()
        return {number: (make, model) for number, make, model, key in known if fits(key)}

    def called(self, names: Iterable[int], most: int, after: int = -1) -> list[tuple[int, Kind, int]]:
        """Weapons that may have one of these names, as `with_piece` answers.

        Raises:
            Unusable: as for `with_piece`.

        """
        wanted = " OR ".join(quoted(str(name)) for name in names)
        return self._find(_CALLED, wanted, most, after) if wanted else []

    def _find(self, question: str, wanted: str, most: int, after: int) -> list[tuple[int, Kind, int]]:
        with self._lock, self._sound():
            found = self._open().execute(question, (wanted, after, most)).fetchall()
        return [(row, *named_at(row)) for (row,) in found]

    def _fitting(self, register: sa.Connection) -> sqlite3.Connection:
        """The index, if it is one of this register; else a new one in its place."""
        db = self._open()
        built = self._built(db)
        if self._fits(register, built):
            return db
        if self._path is not None:
            # A reader that began before others wrote sees less than the index knows. What stands now decides.
            with register.engine.connect() as now, now.begin():
                if self._fits(now, built):
                    raise Busy("the reader sees an older moment")
        self._drop(delete=True)
        return self._open()

    def _progress(self, register: sa.Connection, built: dict[str, str]) -> tuple[int, int]:
        """How many things are in and how many are left to take in: of the sweep while it lasts, then of the ledger."""
        newest = register.execute(_newest).one_or_none()
        if newest is None:
            return 0, 0
        known = int(built.get("seq", newest.seq))
        unswept = [kind for kind in SWEPT if built.get(kind) != "done"]
        if not unswept:
            return known, newest.seq - known
        swept = {kind: int(built.get(kind, "0")) for kind in unswept}
        # Until it is said to be done even an empty table is looked at once.
        left = [max(1, (register.execute(_highest[kind]).scalar_one() or 0) - swept[kind]) for kind in unswept]
        return sum(swept.values()), sum(left) + newest.seq - known

    def _take_in(self, db: sqlite3.Connection, register: sa.Connection, most: int) -> None:
        newest = register.execute(_newest).one()
        with db:
            db.execute("begin immediate")
            built = self._built(db)
            if not built:
                # What is registered or changed during the sweep is taken in by following the ledger from here on.
                built |= {"layout": _LAYOUT, "seq": str(newest.seq), "leaf": newest.leaf.hex()}
            if int(built["seq"]) > newest.seq:
                raise Busy("somebody took in more meanwhile")
            for kind in SWEPT:
                swept = built.get(kind, "0")
                if most > 0 and swept != "done":
                    rows = register.execute(_onward[kind], {"after": int(swept), "most": most}).all()
                    self._add(db, kind, rows)
                    built[kind] = str(rows[-1].number) if len(rows) == most else "done"
                    most -= len(rows)
            if most > 0 and int(built["seq"]) < newest.seq:
                self._follow(db, register, built, most)
            db.executemany("insert or replace into built values (?, ?)", built.items())

    def _follow(self, db: sqlite3.Connection, register: sa.Connection, built: dict[str, str], most: int) -> None:
        changed: dict[Kind, set[str]] = {kind: set() for kind in SWEPT}
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

    def _add(self, db: sqlite3.Connection, kind: Kind, rows: Sequence[Any]) -> None:
        placed = [(place_of(kind, row.number, row.version), row) for row in rows]
        db.executemany(_ADD_PIECES, ((place, row.serial_key) for place, row in placed))
        if kind is Kind.WEAPON:
            known: dict[tuple[str, str], str] = {}
            for _, row in placed:
                if (row.make, row.model) not in known:
                    known[row.make, row.model] = self._name(db, row.make, row.model)
            db.executemany(_ADD_NAMED, ((place, known[row.make, row.model]) for place, row in placed))

    @staticmethod
    def _name(db: sqlite3.Connection, make: str, model: str) -> str:
        naming = make, model, name_key(make, model)
        db.execute("insert or ignore into name (make, model, key) values (?, ?, ?)", naming)
        (number,) = db.execute("select id from name where make = ? and model = ?", (make, model)).fetchone()
        return str(number)

    def _fits(self, register: sa.Connection, built: dict[str, str]) -> bool:
        return not built or _is_of(register, built)

    @staticmethod
    def _built(db: sqlite3.Connection) -> dict[str, str]:
        return dict(db.execute("select key, value from built"))

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            try:
                self._db = self._connect(str(self._path) if self._path else ":memory:")
            except sqlite3.OperationalError as error:
                if self._path is None or _is_busy(error):
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
            self._drop(delete=not _is_busy(error))
            raise (Busy if _is_busy(error) else Unusable)(str(error)) from error
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


def _is_of(register: sa.Connection, built: dict[str, str]) -> bool:
    """Whether an index says that it was built from this register, by a program that builds it as this one does."""
    if built.get("layout") != _LAYOUT or not built.get("seq", "").isdecimal():
        return False
    leaf = register.execute(_leaf, {"seq": int(built["seq"])}).scalar_one_or_none()
    return leaf is not None and leaf.hex() == built.get("leaf")


def describes_index(register: sa.Connection, index: sqlite3.Connection) -> dict[str, str] | None:
    """What an index says of itself, where it says that it is of this register and whole; nothing otherwise."""
    built: dict[str, str] = dict(index.execute("select key, value from built"))
    whole = all(built.get(kind) == "done" for kind in SWEPT)
    return built if whole and _is_of(register, built) else None


def onward(kind: Kind) -> sa.Select[Any]:
    """The things of a kind as the index holds them, at most so many, from a number on."""
    return _onward[kind]


def beside(engine: sa.Engine) -> Path | None:
    """The file of the index of a register; nothing for one in memory."""
    where = engine.url.database
    return Path(f"{where}.search") if where and where != ":memory:" else None


def _is_busy(error: sqlite3.Error) -> bool:
    return "locked" in str(error) or "busy" in str(error)
