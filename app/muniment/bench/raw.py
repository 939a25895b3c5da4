"""The raw limits: the same rows with the plainest SQLite there is, as durable as ours."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from pathlib import Path

RECORD = b"x" * 620
"""About as many bytes as a record of an issue."""


def opened(path: Path) -> sqlite3.Connection:
    """A database that loses nothing it has acknowledged, like a register."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on"):
        connection.execute(f"pragma {pragma}").fetchall()
    return connection


class Movements:
    """One durable movement: find by code, append a chained record, update the item, commit."""

    def __init__(self, path: Path, items: int) -> None:
        self._db = opened(path)
        self._db.execute("create table item (id integer primary key, code text unique, holder text, state text)")
        self._db.execute("create table movement (seq integer primary key, item integer, body blob, leaf blob)")
        self._db.execute("create index movement_item on movement (item, seq)")
        self._db.execute("begin")
        self._db.executemany(
            "insert into item values (?, ?, '', 'store')", ((n, f"CODE-{n:08d}") for n in range(items))
        )
        self._db.execute("commit")
        self._leaf = bytes(32)
        self._items = items

    def move(self, nth: int) -> None:
        """Do one movement."""
        run = self._db.execute
        run("begin immediate")
        item, _ = run("select id, state from item where code = ?", (f"CODE-{nth % self._items:08d}",)).fetchone()
        self._leaf = hashlib.sha256(self._leaf + RECORD).digest()
        run("insert into movement (item, body, leaf) values (?, ?, ?)", (item, RECORD, self._leaf))
        run("update item set holder = ?, state = 'issued' where id = ?", (str(nth), item))
        run("commit")

    def close(self) -> None:
        """Let go of it."""
        self._db.close()


def write_what_was_imported(register: Path, path: Path, first: int, last: int) -> float:
    """Write the facts `first` to `last` of a register, and the rows of its weapons, into plain tables; in seconds.

    One transaction, chained hashes, and no more indexes than a program must have that finds a weapon by its serial or
    its place and its facts by the weapon. What is written lies in memory before the clock starts.
    """
    source = sqlite3.connect(f"file:{register}?mode=ro", uri=True)
    facts = source.execute("select subject, body from event where seq between ? and ?", (first, last)).fetchall()
    read = source.execute("select * from p_weapon where import_key <> ''")
    names = [f'"{column[0]}"' for column in read.description]
    weapons = read.fetchall()
    source.close()
    db = opened(path)
    db.execute(f"create table weapon ({', '.join(names)}, primary key (subject))")
    db.execute("create table fact (seq integer primary key, subject text, body blob, leaf blob)")
    db.execute("create index weapon_serial on weapon (serial_key)")
    db.execute('create index weapon_place on weapon ("where")')
    db.execute("create index fact_subject on fact (subject)")
    began = time.perf_counter()
    db.execute("begin immediate")
    leaf, chained = bytes(32), []
    for subject, body in facts:
        leaf = hashlib.sha256(leaf + body).digest()
        chained.append((subject, body, leaf))
    db.executemany("insert into fact (subject, body, leaf) values (?, ?, ?)", chained)
    db.executemany(f"insert into weapon values ({', '.join('?' * len(names))})", weapons)  # noqa: S608 - only marks
    db.execute("commit")
    took = time.perf_counter() - began
    db.close()
    return took


def read_and_hash(path: Path) -> int:
    """Read every record of a register and hash it: the least that verification could do. Answers how many."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    count = 0
    for (body,) in connection.execute("select body from event order by seq"):
        hashlib.sha256(b"\0" + body).digest()
        count += 1
    connection.close()
    return count


class Pieces:
    """The serials of a register in a table of their own: an index of their three-character pieces, and one by order."""

    def __init__(self, path: Path, register: Path) -> None:
        self._db = opened(path)
        self._db.execute("create table item (id integer primary key, serial text, place text)")
        self._db.execute("attach database ? as register", (str(register),))
        self._db.execute('insert into item select number, serial_key, "where" from register.p_weapon')
        self._db.execute("detach database register")
        self._db.execute("create index item_serial on item (serial)")
        self._db.execute("create virtual table piece using fts5(serial, content='', tokenize='trigram')")
        self._db.execute("insert into piece (rowid, serial) select id, serial from item")

    def parts(self, text: str, most: int = 50) -> int:
        """Find the first ones with this part of three characters or more; how many."""
        wanted = "select * from item where id in (select rowid from piece where piece match ? limit ?)"
        return len(self._db.execute(wanted, (f'"{text}"', most)).fetchall())

    def beginnings(self, text: str, most: int = 50) -> int:
        """Find the first ones that begin so; how many."""
        wanted = "select * from item where serial >= ? and serial < ? order by serial limit ?"
        return len(self._db.execute(wanted, (text, f"{text}\U0010ffff", most)).fetchall())

    def close(self) -> None:
        """Let go of it."""
        self._db.close()
