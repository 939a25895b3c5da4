"""Opening the database a register lives in, and making it refuse what a ledger must not allow.

Triggers and settings guard against mistakes and against this program. Somebody who owns the file or the server can
remove them; what such a person alters is found by verification, not prevented here.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from muniment.domain.basics.text import Text, say
from muniment.ports.work import StoreFault
from muniment_db.tables import metadata

APPLICATION_IDS = {"live": 0x4D554E4C, "training": 0x4D554E54}
"""What the header of a SQLite file says: "MUNL" or "MUNT"."""

NO_CHANGE = ("update", "delete")

_CACHE_KIB = 16 * 1024
"""Memory a connection may keep pages in: enough that a long list is not written out again and again meanwhile."""

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"}


def open_sqlite(path: Path, *, create: bool = False) -> sa.Engine:
    """Open the register file, or make it.

    Raises:
        StoreFault: the file is missing, is no register, lies on a network share, or the system does not give the
            durability that a ledger needs.

    """
    if not create and not path.exists():
        raise StoreFault(
            say("There is no register at {path}.", path=str(path)),
            say("Nothing was changed."),
            say("Name the right file with --register, or make a new register with init."),
        )
    _refuse_network_share(path)
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 10})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    with faults(), engine.connect() as connection:
        _insist(connection)
    return engine


def open_memory() -> sa.Engine:
    """A register that is gone when the program ends; for tests and for trying a rule."""
    engine = sa.create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def open_postgresql(url: str) -> sa.Engine:
    """Open a register on a PostgreSQL server.

    Raises:
        StoreFault: the server cannot be reached, or would acknowledge what it may still lose.

    """
    address = sa.make_url(url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(address, pool_pre_ping=True)
    with faults(), engine.connect() as connection:
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


def create_tables(engine: sa.Engine, realm: str) -> None:
    """Make an empty register in an empty database: tables, guards, and the mark that says live or training."""
    with faults(), engine.begin() as connection:
        metadata.create_all(connection)
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"pragma application_id = {APPLICATION_IDS[realm]}")
            for verb in NO_CHANGE:
                connection.exec_driver_sql(
                    f"create trigger if not exists event_no_{verb} before {verb} on event "
                    "begin select raise(abort, 'the ledger only grows'); end"
                )
            connection.exec_driver_sql(
                "create trigger if not exists event_in_order before insert on event when "
                "new.seq <> (select coalesce(max(seq), 0) + 1 from event) "
                "begin select raise(abort, 'the ledger only grows at its end'); end"
            )
        else:
            connection.exec_driver_sql(
                "create or replace function event_only_grows() returns trigger language plpgsql as "
                "$$ begin raise exception 'the ledger only grows'; end $$"
            )
            connection.exec_driver_sql(
                "create or replace trigger event_no_change before update or delete on event "
                "for each row execute function event_only_grows()"
            )
            connection.exec_driver_sql(
                "create or replace function event_in_order() returns trigger language plpgsql as $$ begin "
                "if new.seq <> (select coalesce(max(seq), 0) + 1 from event) then "
                "raise exception 'the ledger only grows at its end'; end if; return new; end $$"
            )
            connection.exec_driver_sql(
                "create or replace trigger event_in_order before insert on event "
                "for each row execute function event_in_order()"
            )
            connection.exec_driver_sql(
                "create or replace trigger event_no_truncate before truncate on event "
                "for each statement execute function event_only_grows()"
            )


@contextmanager
def faults() -> Iterator[None]:
    """Turn what the database says of disk, lock and server into a fault a user can act on."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        fault = _fault(str(error.orig).lower())
        if fault is None:
            raise
        raise StoreFault(*fault) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreFault(*_FULL) from error
        raise


_NOTHING_LOST = say("What was confirmed before is kept. The last step was not recorded.")
_FULL = (
    say("The disk is full."),
    _NOTHING_LOST,
    say("Free some space, then do the last step again."),
)


def _fault(said: str) -> tuple[Text, Text, Text] | None:
    if "disk is full" in said or "no space left" in said or "could not extend" in said:
        return _FULL
    if "locked" in said:
        return (
            say("Another program holds the register."),
            _NOTHING_LOST,
            say("Wait a moment and do the last step again."),
        )
    if "readonly" in said or "read-only" in said:
        return (
            say("The register can only be read here."),
            _NOTHING_LOST,
            say("Ask for the right to write the file and its folder."),
        )
    if "not a database" in said or "malformed" in said or "file is encrypted" in said:
        return (
            say("This file is no register, or it is damaged."),
            say("Nothing was written to it."),
            say("Choose another file, or restore the newest backup."),
        )
    if "unable to open" in said or "disk i/o" in said:
        return (
            say("The register's file or disk does not answer."),
            _NOTHING_LOST,
            say("Check the disk and the folder, then start again."),
        )
    if "connection" in said or "server closed" in said:
        return (
            say("The database server does not answer."),
            _NOTHING_LOST,
            say("Check the network and the server, then do the last step again."),
        )
    return None


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
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("begin immediate" if writes else "begin")


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
