"""The part of a verification that walks the ledger in order: the tree over it, and what workstations signed of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from heapq import merge
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import select

from muniment.domain.basics.text import say
from muniment.domain.custody.checkpoints import Checkpoint, read_checkpoint
from muniment.domain.custody.notes import NoNote, Note, Suite, read_note, signers
from muniment.domain.custody.signing_keys import keys_over_time
from muniment.domain.custody.tree import Edge
from muniment.domain.custody.verifying import Break
from muniment_db.audit_share import Moment, as_bytes
from muniment_db.prepared import Prepared, Row
from muniment_db.tables import checkpoint, event, node
from muniment_db.tree import facts_of_keys

_AT_ONCE = 1_000

_leaves = Prepared(select(event.c.seq, event.c.leaf).order_by(event.c.seq))
_checkpoints = Prepared(select(checkpoint.c.size, checkpoint.c.note).order_by(checkpoint.c.size))
_nodes = Prepared(select(node.c.level, node.c.index, node.c.hash))


class TreeShare(NamedTuple):
    """The walk over the tree; `seen` are states of the ledger that somebody outside of it remembers."""

    seen: tuple[Checkpoint, ...] = ()


def tree_breaks(
    db: sa.Connection,
    whole: Moment,
    share: TreeShare,
    suites: Mapping[str, Suite],
    progress: Callable[[int], None],
) -> list[Break]:
    """Grow the tree anew over the stored leaves, and hold it against every checkpoint and every kept part of it.

    `progress` is told 0 now and then; what it raises ends the walk.
    """
    return list(_Walk(db, whole, share.seen, suites).breaks(progress))


class _Walk:
    def __init__(
        self, db: sa.Connection, whole: Moment, seen: Sequence[Checkpoint], suites: Mapping[str, Suite]
    ) -> None:
        self._db = db
        self._whole = whole
        self._seen = sorted(((one.size, one) for one in seen), key=itemgetter(0))
        self._suites = suites
        self._keys = keys_over_time(facts_of_keys(db), whole.log)
        self._nodes = {(level, index): hashed for level, index, hashed in _nodes.rows(db)}
        self._newest = 0
        self._altered_nodes = 0
        self._first_unfit = 0
        self._unfit = 0

    def breaks(self, progress: Callable[[int], None]) -> Iterator[Break]:
        # Closed while the connection still is open, whatever ends the walk.
        with (
            closing(_checkpoints.stream(self._db, _AT_ONCE)) as checkpoints,
            closing(_leaves.stream(self._db, _AT_ONCE)) as leaves,
        ):
            stops = merge(chain.from_iterable(checkpoints), self._seen, key=itemgetter(0))
            yield from self._walked(leaves, stops, progress)

    def _walked(
        self, parts: Iterable[list[Row]], stops: Iterator[Row], progress: Callable[[int], None]
    ) -> Iterator[Break]:
        """Grow the tree over all leaves, and stop at each size of which something is known."""
        stop = next(stops, None)
        edge = Edge()
        for part in parts:
            progress(0)
            rest = [as_bytes(leaf) for _, leaf in part]
            while stop is not None and stop[0] <= edge.size + len(rest):
                here = max(0, stop[0] - edge.size)
                edge = self._grown(edge, rest[:here])
                rest = rest[here:]
                yield from self._at(stop, edge)
                stop = next(stops, None)
            edge = self._grown(edge, rest)
        while stop is not None:
            yield from self._at(stop, edge)
            stop = next(stops, None)
        yield from self._in_the_end()

    def _at(self, stop: Row, edge: Edge) -> Iterable[Break]:
        if isinstance(stop[1], Checkpoint):
            return self._remembered(stop[1], edge)
        self._newest = stop[0]
        return self._checkpoint(stop, edge)

    def _remembered(self, seen: Checkpoint, edge: Edge) -> Iterator[Break]:
        where = f"checkpoint {seen.size}"
        if seen.origin != self._whole.log:
            yield Break("witness_of_another", where, say("What was kept outside is of another log."), seen.size)
        elif seen.size > edge.size:
            says = say(
                "Somebody outside has seen {seen} records, and {there} are here: the last {lost} were cut off, or an "
                "older copy stands in place of the register.",
                seen=seen.size,
                there=edge.size,
                lost=seen.size - edge.size,
            )
            yield Break("cut_off", where, says, seen.size)
        elif seen.root != edge.root():
            says = say(
                "The first {size} records are not those that somebody outside has seen: they were altered since.",
                size=seen.size,
            )
            yield Break("witness_differs", where, says, seen.size)

    def _grown(self, edge: Edge, leaves: Iterable[bytes]) -> Edge:
        grown, kept = edge.grown(leaves)
        for one in kept:
            if self._nodes.pop((one.level, one.index), None) != one.hash:
                self._altered_nodes += 1
        return grown

    def _checkpoint(self, row: Row, edge: Edge) -> Iterator[Break]:
        size, written = row
        where = f"checkpoint {size}"
        try:
            note = read_note(written)
            told = read_checkpoint(note.text)
        except (NoNote, TypeError, AttributeError):
            says = say("What was signed of the ledger here cannot be read: it was altered.")
            yield Break("checkpoint_altered", where, says, size)
            return
        if (told.origin, told.size) != (self._whole.log, size):
            says = say("What was signed here is of another log or another number of records.")
            yield Break("checkpoint_foreign", where, says, size)
        elif size != edge.size or told.root != edge.root():
            self._first_unfit = self._first_unfit or size
            self._unfit += 1
        yield from self._signature(note, size, where)

    def _signature(self, note: Note, size: int, where: str) -> Iterator[Break]:
        then = [one.key for one in self._keys if one.signs_at(size)]
        try:
            by = signers(note, then, self._suites)
        except NoNote:
            yield Break("signature_forged", where, say("The signature of a workstation is not genuine."), size)
            return
        if not by:
            says = say("This was signed by no workstation that was enrolled then.")
            yield Break("signer_unknown", where, says, size)

    def _in_the_end(self) -> Iterator[Break]:
        if self._unfit:
            says = say(
                "{count} signed states of the ledger, from that of {size} records on, do not fit the records that are "
                "there: records were altered, removed or put in after they were signed.",
                count=self._unfit,
                size=self._first_unfit,
            )
            yield Break("root_differs", f"checkpoint {self._first_unfit}", says, self._first_unfit)
        newest = self._newest
        if newest < self._whole.facts:
            says = say(
                "The last {count} records are signed by nobody: they were not written by this program, or what it "
                "signed was removed.",
                count=self._whole.facts - newest,
            )
            yield Break("unsigned", f"fact {newest + 1}", says, newest + 1)
        if self._altered_nodes or self._nodes:
            says = say("What is kept of the tree over the ledger differs from its records.")
            yield Break("tree_altered", "node", says)
