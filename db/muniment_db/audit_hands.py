"""Other processes that verify shares of a register beside each other.

Each opens the register for itself. They agree on a moment before they begin: where another desk wrote between two
beginnings, all begin again. They hold no more of the register than the share they walk.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType

import sqlalchemy as sa

from muniment.domain.basics.text import say
from muniment.domain.custody.notes import Suite
from muniment.domain.custody.verifying import Break
from muniment.ports.audit import Stopped
from muniment.ports.work import StoreFault
from muniment_db.audit_around import AroundShare, around
from muniment_db.audit_share import Moment, Share, breaks, moment
from muniment_db.audit_tree import TreeShare, tree_breaks
from muniment_db.engine import open_postgresql, open_sqlite, reading
from muniment_db.faults import faults

_LOOKS_A_SECOND = 10
"""How often who asked is told how far it is, and may stop it."""


class MovedOn(Exception):  # noqa: N818 - what the register did
    """Somebody wrote into the register between two beginnings."""


class Hands:
    """So many processes on one register; they end with the `with`."""

    def __init__(self, where: sa.URL, count: int, suites: Mapping[str, Suite]) -> None:
        self._where, self._count, self._suites = where, count, suites
        self._processes: list[multiprocessing.process.BaseProcess] = []
        self._pipes: list[Connection] = []

    def __enter__(self) -> Hands:
        """Start them."""
        spawning = multiprocessing.get_context("spawn")  # nothing of this process, its windows least, goes along
        where = self._where.render_as_string(hide_password=False)
        for _ in range(self._count):
            ours, theirs = spawning.Pipe()
            process = spawning.Process(target=_serve, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            ours.send((where, self._suites))
            self._processes.append(process)
            self._pipes.append(ours)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End them, in the middle of a share if need be: they only read."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.terminate()
            process.join()

    def begin(self, whole: Moment) -> None:
        """Have all of them read the register as it is at this moment.

        Raises:
            MovedOn: the register is at another moment already.
            StoreFault: one of them cannot read it.

        """
        for pipe in self._pipes:
            _send(pipe, None)
        if {_received(pipe) for pipe in self._pipes} != {whole}:
            raise MovedOn

    def walk(self, shares: Iterable[Share | TreeShare | AroundShare], progress: Callable[[int], bool]) -> list[Break]:
        """Walk all shares; `progress` is told how many facts are done, and answers whether to go on.

        Raises:
            Stopped: `progress` answered that it should not go on.
            StoreFault: one of them can read the register no more.

        """
        left = iter(shares)
        idle = list(self._pipes)
        busy: list[Connection] = []
        found: list[Break] = []
        done = 0
        looked = time.monotonic()
        while True:
            while idle and (share := next(left, None)) is not None:
                busy.append(idle.pop())
                _send(busy[-1], share)
            if not busy:
                break
            ready = wait(busy, timeout=1 / _LOOKS_A_SECOND)
            for pipe in [one for one in busy if one in ready]:
                answer = _received(pipe)
                if isinstance(answer, list):
                    found += answer
                    busy.remove(pipe)
                    idle.append(pipe)
                elif isinstance(answer, int):
                    done += answer
            if time.monotonic() - looked > 1 / _LOOKS_A_SECOND:
                looked = time.monotonic()
                if not progress(done):
                    raise Stopped
        if not progress(done):
            raise Stopped
        return found


def _send(pipe: Connection, what: object) -> None:
    with suppress(BrokenPipeError):  # what happened to it is told where its answer is read
        pipe.send(what)


def _received(pipe: Connection) -> Moment | list[Break] | int:
    try:
        answer: Moment | list[Break] | int | _Fault = pipe.recv()
    except (EOFError, ConnectionError) as error:
        raise StoreFault(
            say("A part of the verification ended before it was done."),
            say("Nothing was changed; nothing is known yet of the part it was reading."),
            say("Start the verification again. If it happens again, look whether the memory of this machine is full."),
        ) from error
    if isinstance(answer, _Fault):
        raise StoreFault(*answer.parts)
    return answer


class _Fault:
    """A fault of the register, on its way between two processes."""

    def __init__(self, fault: StoreFault) -> None:
        self.parts = (fault.says, fault.safe, fault.do_now)


def _serve(pipe: Connection) -> None:
    """The life of one process: open the register, then begin and walk as it is told, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who pressed Ctrl-C asks the process that asks this one
    gc.disable()  # nothing here refers to itself, and the collector would look through every record read
    with suppress(EOFError, ConnectionError):
        try:
            where, suites = pipe.recv()
            _answer(pipe, _opened(sa.make_url(where)), suites)
        except StoreFault as fault:
            pipe.send(_Fault(fault))


def _answer(pipe: Connection, engine: sa.Engine, suites: Mapping[str, Suite]) -> None:
    with faults(engine), engine.connect() as db:
        whole: Moment | None = None
        while True:
            share = pipe.recv()
            if share is None or whole is None:
                db.rollback()
                whole = moment(db)
                pipe.send(whole)
            elif isinstance(share, AroundShare):
                pipe.send(list(around(db, whole)))
            elif isinstance(share, TreeShare):
                pipe.send(tree_breaks(db, whole, share, suites, pipe.send))
            else:
                pipe.send(breaks(db, whole, share, pipe.send))


def _opened(where: sa.URL) -> sa.Engine:
    if where.get_backend_name() == "postgresql":
        return reading(open_postgresql(where.render_as_string(hide_password=False)))
    return reading(open_sqlite(Path(where.database or "")))
