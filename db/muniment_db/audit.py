"""Verifying a whole register, in one moment of its life, by as many processes as the machine has cores."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import sqlalchemy as sa
from sqlalchemy import select

from muniment.domain.basics.text import say
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.notes import Suite
from muniment.domain.custody.record import ORIGIN_LEAF, Head
from muniment.domain.custody.verifying import Break, Verdict
from muniment.ports.audit import Stopped
from muniment_db.audit_hands import Hands, MovedOn
from muniment_db.audit_share import Moment, Share, breaks, divide, known, moment
from muniment_db.audit_tree import TreeShare, tree_breaks
from muniment_db.engine import reading
from muniment_db.faults import faults
from muniment_db.guards import APPLICATION_IDS, altered_tables, missing_guards
from muniment_db.index_check import breaks_of_index
from muniment_db.tables import blob, event, layout, projections
from muniment_db.trigrams import beside

_ALONE_UP_TO = 100_000
"""Facts that one process walks sooner than others could begin."""

_MOST_HANDS = 4
_SHARES_EACH = 8
"""Shares are handed out one by one, so that nobody waits long for a share that was heavier."""

_TRIES = 20


class DatabaseAudit:
    """`muniment.ports.audit.Audit` on a database."""

    def __init__(
        self,
        engine: sa.Engine,
        suites: Mapping[str, Suite],
        *,
        hands: int | None = None,
        alone_up_to: int = _ALONE_UP_TO,
    ) -> None:
        """`hands` processes walk a ledger of more than `alone_up_to` facts; as many as there are cores, up to four."""
        self._engine = reading(engine)
        self._suites = suites
        self._alone_up_to = alone_up_to
        shared = engine.dialect.name == "postgresql" or engine.url.database not in _MEMORY
        self._hands = (hands or min(os.cpu_count() or 1, _MOST_HANDS)) if shared else 1

    def log(self) -> str:
        """The name of the log, as the register notes it; empty where that is gone."""
        with faults(self._engine), self._engine.connect() as db, db.begin():
            return known(db, "log")

    def verify(self, progress: Callable[[int, int], bool], seen: Sequence[Checkpoint] = ()) -> Verdict:
        """Walk everything."""
        with faults(self._engine):
            with self._engine.connect() as db, db.begin():
                if altered := altered_tables(db):
                    return _not_walked(altered)
                count = moment(db).facts
            if self._hands > 1 and count > self._alone_up_to:
                return self._by_many(progress, TreeShare(tuple(seen)))
            return self._alone(progress, TreeShare(tuple(seen)))

    def verify_search(self, progress: Callable[[int, int], bool]) -> tuple[Break, ...]:
        """Look up everything in the index beside the file; a server keeps its own index right."""
        path = None if self._engine.dialect.name == "postgresql" else beside(self._engine)
        if path is None:
            return ()
        with faults(self._engine), self._engine.connect() as db, db.begin():
            return tuple(breaks_of_index(db, path, progress))

    def _alone(self, progress: Callable[[int, int], bool], tree: TreeShare) -> Verdict:
        with self._engine.connect() as db, db.begin():
            whole = moment(db)
            done = 0

            def told(more: int) -> None:
                nonlocal done
                done += more
                if not progress(done, whole.facts):
                    raise Stopped

            found = tree_breaks(db, whole, tree, self._suites, told)
            return _verdict(whole, [*found, *breaks(db, whole, Share(), told), *_around(db, whole)])

    def _by_many(self, progress: Callable[[int, int], bool], tree: TreeShare) -> Verdict:
        with Hands(self._engine.url, self._hands, self._suites) as hands:
            for _ in range(_TRIES):
                with self._engine.connect() as db, db.begin():
                    whole = moment(db)
                    try:
                        hands.begin(whole)
                    except MovedOn:  # another desk wrote meanwhile
                        continue
                    shares: list[Share | TreeShare] = [tree]
                    shares += divide(db, whole, self._hands * _SHARES_EACH)
                    found = list(_around(db, whole))
                found += hands.walk(shares, partial(_told, progress, whole.facts))
                return _verdict(whole, found)
        return self._alone(progress, tree)


def _not_walked(altered: Sequence[str]) -> Verdict:
    """The verdict on a register whose tables take other values than were ever written: a walk could not trust them."""
    says = say(
        "This part of the register is gone, or has another form than this program gives it: somebody altered it, and "
        "nothing in the register was walked."
    )
    return Verdict(0, Head("", 0, ORIGIN_LEAF), tuple([Break("layout_altered", name, says) for name in altered]))


def _told(progress: Callable[[int, int], bool], of: int, done: int) -> bool:
    return progress(done, of)


def _verdict(whole: Moment, found: list[Break]) -> Verdict:
    if not whole.facts:
        says = say("The ledger is empty: not even the fact that opened the register is there.")
        found.append(Break("no_genesis", "ledger", says))
    if whole.facts and (whole.first != 1 or whole.last != whole.facts):
        says = say("The ledger has {count} records but ends at {last}.", count=whole.facts, last=whole.last)
        found.append(Break("gap", "ledger", says))
    found.sort(key=lambda broken: (broken.seq, broken.where, broken.rule))
    return Verdict(whole.facts, whole.head, tuple(found), whole.signed)


def _around(db: sa.Connection, whole: Moment) -> Iterator[Break]:
    """What is said of the register as a whole: the guards of its ledger, and the mark of its file."""
    for name in missing_guards(db):
        says = say(
            "A guard of the ledger is missing or guards nothing: somebody took it away, and may have changed records."
        )
        yield Break("guard_missing", name, says)
    on_file = db.dialect.name == "sqlite"
    if on_file and db.engine.url.database not in _MEMORY:
        mark = db.exec_driver_sql("pragma application_id").scalar_one()
        if mark != APPLICATION_IDS.get(whole.log.rpartition("/")[2]):
            says = say("The file is marked as live or training otherwise than its log says.")
            yield Break("mark_altered", "file", says)
    if on_file:
        for (found,) in db.exec_driver_sql(f"pragma integrity_check({_MOST_DAMAGES})"):
            if found != "ok":
                says = say(
                    "What rows are found by does not fit the rows, or the file is damaged: a list may leave something "
                    "out ({found}).",
                    found=str(found),
                )
                yield Break("file_damaged", "file", says)
    if known(db, "layout") != layout():
        says = say(
            "What the register notes about its own layout was altered, or another version of the program made it."
        )
        yield Break("layout_altered", "meta", says)
    yield from _files(db)


def _files(db: sa.Connection) -> Iterator[Break]:
    """Kept files that stand in no record any more: each must be what a fact once told of, and unchanged.

    Those that stand in a record are held against their hash with that record.
    """
    loose = set(db.scalars(select(blob.c.sha256)))
    for table in projections.values() if loose else ():
        for more in db.scalars(select(table.c.more).where(table.c.more.contains('"sha256"', autoescape=True))):
            loose -= set(_HASH.findall(more))
    if not loose:
        return
    told: set[str] = set()
    for body in db.scalars(select(event.c.body).execution_options(yield_per=_AT_ONCE)):
        if isinstance(body, bytes) and b'"file_attached"' in body:
            told |= {found.decode() for found in _HASH_BYTES.findall(body)}
    for sha256 in sorted(loose):
        content = db.execute(select(blob.c.content).where(blob.c.sha256 == sha256)).scalar_one()
        if sha256 not in told:
            yield Break("file_unfounded", sha256, say("A photograph or document is kept that no fact tells of."))
        elif hashlib.sha256(content).hexdigest() != sha256:
            yield Break("file_altered", sha256, say("A photograph or document that was taken back is altered."))


_HASH = re.compile(r'"sha256":"([0-9a-f]{64})"')
_HASH_BYTES = re.compile(_HASH.pattern.encode())
_AT_ONCE = 1_000

_MOST_DAMAGES = 20
"""As many are told; who reads more of them learns nothing."""

_MEMORY = frozenset({None, "", ":memory:"})
