"""How a desk opens transactions on a register: those that may append, and those that only read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from muniment.domain.custody.record import Head
from muniment.ports.work import OpenWork
from muniment_db.faults import faults, unknown_where_lost
from muniment_db.signing import SignedTree, Signing
from muniment_db.work import DatabaseWork

_HEAD_LOCK = 0x4D554E49
"""The advisory lock that makes writers on a server stand in line."""

_IDLE = 4
"""Connections that stay open for the next transaction: no more threads than that work on a register for long."""


def database_work(engine: sa.Engine, signing: Signing) -> OpenWork:
    """How a desk opens transactions that may append; writers wait for each other.

    What an act appended is signed as the last thing before it is committed.
    """
    unchanging: dict[str, str] = {}
    connections = _Connections(engine, engine)
    newest: Head | None = None
    tree = SignedTree(signing)

    @contextmanager
    def open_work() -> Iterator[DatabaseWork]:
        nonlocal newest
        with faults(engine), connections.one() as connection, connection.begin() as transaction:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"select pg_advisory_xact_lock({_HEAD_LOCK})")
            work = DatabaseWork(connection, unchanging, newest)
            yield work
            told = work.written
            signed = tree.sign(connection, told, work.appended) if told else None
            with unknown_where_lost():
                transaction.commit()
            newest = told or newest
            if signed is not None:
                tree.committed(signed)

    return open_work


def database_look(engine: sa.Engine) -> OpenWork:
    """How a desk opens transactions that only read."""
    unchanging: dict[str, str] = {}
    reading = engine.execution_options(
        writes=False,
        **({"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}),
    )
    connections = _Connections(reading, engine)

    @contextmanager
    def open_look() -> Iterator[DatabaseWork]:
        with faults(reading), connections.one() as connection, connection.begin():
            yield DatabaseWork(connection, unchanging)

    return open_look


class _Connections:
    """Connections for one transaction after the other, each used by one thread at a time.

    Those to a file stay open meanwhile, because to take one from the pool and to bring it back takes as long as half
    the questions of a movement. A server's are taken anew each time: the pool asks whether it still answers. A register
    in memory has only one, which must not be kept from others. All are let go of when `owner` is disposed of.
    """

    def __init__(self, engine: sa.Engine, owner: sa.Engine) -> None:
        self._engine = engine
        self._idle: deque[sa.Connection] = deque()
        self._gone = False
        self._most = _IDLE if engine.dialect.name == "sqlite" and engine.url.database else 0
        if self._most:
            sa.event.listen(owner, "engine_disposed", self._let_go)

    @contextmanager
    def one(self) -> Iterator[sa.Connection]:
        """A connection that nobody else uses."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._engine.connect()
        try:
            yield connection
        except BaseException:
            self._close(connection)  # nothing is taken for granted of one that failed
            raise
        if self._gone or len(self._idle) >= self._most:
            self._close(connection)
        else:
            self._idle.append(connection)

    def _let_go(self, _engine: sa.Engine) -> None:
        self._gone = True
        while self._idle:
            self._close(self._idle.pop())

    def _close(self, connection: sa.Connection) -> None:
        if self._gone and not connection.invalidated:
            connection.detach()  # the pool that it came from is gone, and would keep it open
        connection.close()
