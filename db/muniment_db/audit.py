"""Verifying a whole register, in one moment of its life, by as many processes as the machine has cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import sqlalchemy as sa

from muniment.domain.basics.text import say
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.notes import Suite
from muniment.domain.custody.record import ORIGIN_LEAF, Head
from muniment.domain.custody.verifying import Break, Verdict
from muniment.ports.audit import Stopped
from muniment_db.audit_around import MEMORY, AroundShare, around
from muniment_db.audit_hands import Hands, MovedOn
from muniment_db.audit_share import Moment, Share, breaks, divide, known, moment
from muniment_db.audit_tree import TreeShare, tree_breaks
from muniment_db.engine import reading
from muniment_db.faults import faults
from muniment_db.guards import altered_tables
from muniment_db.index_check import breaks_of_index
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
        shared = engine.dialect.name == "postgresql" or engine.url.database not in MEMORY
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
            return _verdict(whole, [*found, *breaks(db, whole, Share(), told), *around(db, whole)])

    def _by_many(self, progress: Callable[[int, int], bool], tree: TreeShare) -> Verdict:
        with Hands(self._engine.url, self._hands, self._suites) as hands:
            for _ in range(_TRIES):
                with self._engine.connect() as db, db.begin():
                    whole = moment(db)
                    try:
                        hands.begin(whole)
                    except MovedOn:  # another desk wrote meanwhile
                        continue
                    # What cannot be cut begins first, so that the rest is spread over whoever has time.
                    shares: list[Share | TreeShare | AroundShare] = [AroundShare(), tree]
                    shares += divide(db, whole, self._hands * _SHARES_EACH)
                found = hands.walk(shares, partial(_told, progress, whole.facts))
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
