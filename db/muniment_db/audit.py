"""Verifying a whole register, in one moment of its life, by as many processes as the machine has cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial

import sqlalchemy as sa

from muniment.domain.basics.text import say
from muniment.domain.custody.verifying import Break, Verdict
from muniment.ports.audit import Stopped
from muniment_db.audit_hands import Hands, MovedOn
from muniment_db.audit_share import Moment, Share, breaks, divide, moment
from muniment_db.engine import APPLICATION_IDS, GUARDS_OF_FILE, GUARDS_OF_SERVER, reading
from muniment_db.faults import faults

_ALONE_UP_TO = 100_000
"""Facts that one process walks sooner than others could begin."""

_MOST_HANDS = 4
_SHARES_EACH = 8
"""Shares are handed out one by one, so that nobody waits long for a share that was heavier."""

_TRIES = 20


class DatabaseAudit:
    """`muniment.ports.audit.Audit` on a database."""

    def __init__(self, engine: sa.Engine, *, hands: int | None = None, alone_up_to: int = _ALONE_UP_TO) -> None:
        """`hands` processes walk a ledger of more than `alone_up_to` facts; as many as there are cores, up to four."""
        self._engine = reading(engine)
        self._alone_up_to = alone_up_to
        shared = engine.dialect.name == "postgresql" or engine.url.database not in _MEMORY
        self._hands = (hands or min(os.cpu_count() or 1, _MOST_HANDS)) if shared else 1

    def verify(self, progress: Callable[[int, int], bool]) -> Verdict:
        """Walk everything."""
        with faults(self._engine):
            with self._engine.connect() as db, db.begin():
                count = moment(db).facts
            if self._hands > 1 and count > self._alone_up_to:
                return self._by_many(progress)
            return self._alone(progress)

    def _alone(self, progress: Callable[[int, int], bool]) -> Verdict:
        with self._engine.connect() as db, db.begin():
            whole = moment(db)
            done = 0

            def told(more: int) -> None:
                nonlocal done
                done += more
                if not progress(done, whole.facts):
                    raise Stopped

            return _verdict(whole, [*breaks(db, whole, Share(), told), *_around(db, whole)])

    def _by_many(self, progress: Callable[[int, int], bool]) -> Verdict:
        with Hands(self._engine.url, self._hands) as hands:
            for _ in range(_TRIES):
                with self._engine.connect() as db, db.begin():
                    whole = moment(db)
                    try:
                        hands.begin(whole)
                    except MovedOn:  # another desk wrote meanwhile
                        continue
                    shares = divide(db, whole, self._hands * _SHARES_EACH)
                    found = list(_around(db, whole))
                found += hands.walk(shares, partial(_told, progress, whole.facts))
                return _verdict(whole, found)
        return self._alone(progress)


def _told(progress: Callable[[int, int], bool], of: int, done: int) -> bool:
    return progress(done, of)


def _verdict(whole: Moment, found: list[Break]) -> Verdict:
    if whole.facts and (whole.first != 1 or whole.last != whole.facts):
        says = say("The ledger has {count} records but ends at {last}.", count=whole.facts, last=whole.last)
        found.append(Break("gap", "ledger", says))
    found.sort(key=lambda broken: (broken.seq, broken.where, broken.rule))
    return Verdict(whole.facts, whole.head, tuple(found))


def _around(db: sa.Connection, whole: Moment) -> Iterator[Break]:
    """What is said of the register as a whole: the guards of its ledger, and the mark of its file."""
    on_file = db.dialect.name == "sqlite"
    asked = _GUARDS_THERE if on_file else _GUARDS_AT_WORK
    there = {row[0] for row in db.exec_driver_sql(asked)}
    for name in sorted((GUARDS_OF_FILE if on_file else GUARDS_OF_SERVER) - there):
        says = say("A guard of the ledger is missing: somebody took it away, and may have changed records.")
        yield Break("guard_missing", name, says)
    if on_file and db.engine.url.database not in _MEMORY:
        mark = db.exec_driver_sql("pragma application_id").scalar_one()
        if mark != APPLICATION_IDS.get(whole.log.rpartition("/")[2]):
            says = say("The file is marked as live or training otherwise than its log says.")
            yield Break("mark_altered", "file", says)


_GUARDS_THERE = "select name from sqlite_master where type = 'trigger'"
_GUARDS_AT_WORK = "select tgname from pg_trigger where tgrelid = 'event'::regclass and tgenabled <> 'D'"
_MEMORY = frozenset({None, "", ":memory:"})
