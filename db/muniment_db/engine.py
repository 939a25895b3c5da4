"""Opening the database a register lives in, and making it refuse what a ledger must not allow.

Triggers and settings guard against mistakes and against this program. Somebody who owns the file or the server can
remove them; what such a person alters is found by verification, not prevented here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from muniment.domain.basics.text import say
from muniment.ports.work import StoreFault
from muniment_db.faults import faults
from muniment_db.guards import APPLICATION_IDS
from muniment_db.prepared import straight
from muniment_db.same_file import SameFile

_CACHE_KIB = 16 * 1024
"""Memory a connection may keep pages in: enough that a long list is not written out again and again meanwhile."""

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"}


def open_sqlite(path: Path, *, create: bool = False) -> sa.Engine:
    """Open the register file, or make it.

    Raises:
        StoreFault: the file is missing, is no register, lies on a network share, or the system does not give the
            durability that a ledger needs.

    """
    if not create and not os.path.exists(path):  # where pathlib would raise for a folder that may not be entered
        raise StoreFault(
            say("There is no register at {path}.", path=str(path)),
            say("Nothing was changed."),
            say("Name the right file with --register, or make a new register with init."),
        )
    _refuse_network_share(path)
    if not create:
        _refuse_what_is_no_register(path)
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 10})
    file = SameFile(path)

    def prepare(connection: Any, record: Any) -> None:
        _prepare(connection, record)
        file.opened(record.info)

    def begin(connection: sa.Connection) -> None:
        _begin(connection)
        file.insist(connection.info, writes=_writes(connection))

    sa.event.listen(engine, "do_connect", lambda *_: file.refuse_another())
    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "begin", begin)
    with faults(engine), engine.connect() as connection:
        _insist(connection)
    return engine


def open_memory() -> sa.Engine:
    """A register that is gone when the program ends; for tests and for trying a rule."""
    # One connection holds it all, so threads take turns.
    one = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
    engine = sa.create_engine("sqlite://", connect_args={"check_same_thread": False}, **one)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def open_postgresql(url: str) -> sa.Engine:
    """Open a register on a PostgreSQL server.

    Raises:
        StoreFault: the address is none, its driver is not installed, the server cannot be reached, or it would
            acknowledge what it may still lose.

    """
    try:
        address = sa.make_url(url).set(drivername="postgresql+psycopg")
        engine = sa.create_engine(address, pool_pre_ping=True)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreFault(  # without the address, for it may hold a password
            say("This is no address of a register on a server."),
            say("Nothing was read or written."),
            say("Write it like postgresql://user@server/database."),
        ) from error
    except ModuleNotFoundError as error:
        raise StoreFault(
            say("What this program needs to speak with a database server is not installed."),
            say("Nothing was read or written."),
            say("Install it with the optional part “postgresql”, or use a register in a file."),
        ) from error
    with faults(engine), engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            value = connection.exec_driver_sql(f"show {setting}").scalar_one()
            if value not in {"on", "remote_apply", "remote_write", "local"}:
                raise StoreFault(
                    say(
                        "The database server runs with {setting} = {value}.",
                        setting=setting,
                        value=str(value),
                    ),
                    say("Nothing was read or written."),
                    say("Have it set to on: without it a power cut loses movements that were confirmed."),
                )
    return engine


def reading(engine: sa.Engine) -> sa.Engine:
    """The same database for long readings: each transaction sees one moment, and keeps nobody from writing."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(writes=False, isolation_level="REPEATABLE READ")
    return engine.execution_options(writes=False)


def _prepare(connection: Any, _record: object) -> None:
    """Set up one SQLite connection; the transaction is opened by `_begin`, not by the driver."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode = wal",
        "synchronous = full",
        "foreign_keys = on",
        "recursive_triggers = on",  # else INSERT OR REPLACE deletes past the triggers
        "trusted_schema = off",
        f"cache_size = -{_CACHE_KIB}",
        "cell_size_check = on",
    ):
        connection.execute(f"pragma {pragma}").fetchall()


def _begin(connection: sa.Connection) -> None:
    straight(connection, "begin immediate" if _writes(connection) else "begin")


def _writes(connection: sa.Connection) -> bool:
    return bool(connection.get_execution_options().get("writes", True))


def _insist(connection: sa.Connection) -> None:
    """Refuse to work on less than was asked for."""
    for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("recursive_triggers", 1)):
        got = connection.exec_driver_sql(f"pragma {pragma}").scalar_one()
        if got != wanted:
            raise StoreFault(
                say("This disk does not keep a register safe: {pragma} is {got}.", pragma=pragma, got=str(got)),
                say("Nothing was written."),
                say("Put the register on a local disk."),
            )


_HEADER, _MARK_AT = b"SQLite format 3\0", 68
"""What a SQLite file begins with, and where in its header the application writes its mark."""


def _refuse_what_is_no_register(path: Path) -> None:
    """Look at a file before the database does, which would make an empty file its own and alter a strange one."""
    none = StoreFault(
        say("{path} is no register, or it is damaged.", path=str(path)),
        say("It was only read."),
        say("Choose another file, or restore the newest backup."),
    )
    if not path.is_file():
        raise none
    try:
        with path.open("rb") as opened:
            header = opened.read(100)
    except OSError as error:
        raise StoreFault(
            say("{path} cannot be read: {why}.", path=str(path), why=error.strerror or "?"),
            say("Nothing was changed."),
            say("Ask for the right to read and write the file and its folder."),
        ) from error
    mark = int.from_bytes(header[_MARK_AT : _MARK_AT + 4])
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return  # the first page may still stand in the log beside it
    if not header.startswith(_HEADER) or mark not in APPLICATION_IDS.values():
        raise none


def _refuse_network_share(path: Path) -> None:
    """A write-ahead log needs shared memory, which network shares only pretend to have."""
    where = str(path.resolve())
    shared = where.startswith("\\\\")
    mounts = Path("/proc/mounts")
    if mounts.exists():
        best = ""
        for line in mounts.read_text().splitlines():
            _, point, system, *_ = line.split(" ")
            inside = where == point or where.startswith(point.rstrip("/") + "/")
            if inside and len(point) >= len(best):
                best, shared = point, system in _NETWORK
    if shared:
        raise StoreFault(
            say("{path} lies on a network share.", path=where),
            say("Nothing was written."),
            say("Put the register on a local disk, or use a database server for several desks."),
        )
