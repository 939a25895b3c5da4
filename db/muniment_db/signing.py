"""What happens at the end of each act: the tree grows by its records, and this workstation signs the new state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import bindparam, select

from muniment.domain.basics.identity import Kind
from muniment.domain.basics.text import say
from muniment.domain.custody.checkpoints import Checkpoint, read_checkpoint
from muniment.domain.custody.notes import NoNote, Note, PublicKey, Signature, Suite, key_id, read_note, signers
from muniment.domain.custody.record import Head
from muniment.domain.custody.signing_keys import ENROLLED, keys_over_time
from muniment.domain.custody.tree import Edge, edge_at
from muniment.ports.heads import Heads
from muniment.ports.keys import Keys, Signer
from muniment.ports.work import StoreFault
from muniment_db.prepared import Prepared
from muniment_db.tables import projections
from muniment_db.tree import facts_of_keys, keep, leaves, newest_note, subtree

_key = projections[Kind.SIGNING_KEY]
_enrolled = Prepared(select(_key.c.subject).where(_key.c.public == bindparam("public"), _key.c.state == ENROLLED))


@dataclass(frozen=True, slots=True)
class Signing:
    """What a desk signs with: the keys of this workstation, the suites it knows, what it remembers of each log."""

    keys: Keys
    suites: Mapping[str, Suite]
    heads: Heads


@dataclass(frozen=True, slots=True)
class Signed:
    """A state of the ledger that was signed, and is not committed yet."""

    log: str
    edge: Edge
    note: str


class SignedTree:
    """The tree over one ledger as this desk left it last."""

    def __init__(self, signing: Signing) -> None:
        self._signing = signing
        self._signer: Signer | None = None
        self._edge: Edge | None = None

    def sign(self, db: sa.Connection, head: Head, appended: Sequence[bytes]) -> Signed:
        """Grow the tree by the leaves that were appended, and sign it; `head` is the newest record with them.

        Raises:
            StoreFault: this workstation has no key that is enrolled; or the tree is not the one that was signed last.

        """
        signer = self._signer_for(head.log)
        if not _enrolled.row(db, public=signer.public.hex()):
            raise _not_enrolled()
        edge, kept = self._before(db, head.size - len(appended)).grown(appended)
        checkpoint = Checkpoint(head.log, head.size, edge.root())
        text = checkpoint.text()
        key = PublicKey(head.log, signer.suite, signer.public)
        signature = Signature(head.log, key_id(key, self._signing.suites[signer.suite]), signer.sign(text.encode()))
        note = Note(text, (signature,)).written()
        keep(db, kept, head.size, note)
        return Signed(head.log, edge, note)

    def committed(self, signed: Signed) -> None:
        """What was signed is in the ledger for good: go on from there, and remember it outside."""
        self._edge = signed.edge
        self._signing.heads.remember(signed.log, signed.note)

    def _signer_for(self, log: str) -> Signer:
        if self._signer is None:
            self._signer = self._signing.keys.signer(log)
            if self._signer is None:
                raise _not_enrolled()
        return self._signer

    def _before(self, db: sa.Connection, size: int) -> Edge:
        """The tree as it stands before the act, held against what was signed of it last."""
        edge = self._edge
        if edge is not None and edge.size == size:
            return edge
        if edge is None or edge.size > size:
            edge = edge_at(size, lambda level, index: subtree(db, level, index))
        else:
            edge, _ = edge.grown(leaves(db, edge.size, size))  # another desk wrote meanwhile
        if size and not self._is_signed(db, edge):
            raise StoreFault(
                say("The ledger is not the one that was signed last: somebody altered the register."),
                say("Nothing was written now."),
                say("Verify the register, tell the commander, and go on with the newest backup that verifies."),
            )
        return edge

    def _is_signed(self, db: sa.Connection, edge: Edge) -> bool:
        """Whether the newest signed state is this one, by a key that might sign then.

        A state that a stranger left would else be covered by what this desk signs over it.
        """
        try:
            note = read_note(newest_note(db))
            checkpoint = read_checkpoint(note.text)
            dated = keys_over_time(facts_of_keys(db), checkpoint.origin)
            by = signers(note, [one.key for one in dated if one.signs_at(edge.size)], self._signing.suites)
        except NoNote:
            return False
        return bool(by) and (checkpoint.size, checkpoint.root) == (edge.size, edge.root())


def _not_enrolled() -> StoreFault:
    return StoreFault(
        say("This workstation has no key for this register, so it cannot sign what is written."),
        say("Nothing was written. Everything can be read."),
        say("Have two officers enrol it with “keys enrol”, or work at a desk that is enrolled."),
    )
