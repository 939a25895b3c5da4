"""The unit of work on SQLAlchemy: one transaction, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy import bindparam, select

from muniment.domain.basics.canonical import NotCanonical
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import moment
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Fact
from muniment.domain.custody.record import ORIGIN_LEAF, Circumstances, Head, Record, leaf_hash, seal, unseal
from muniment.domain.custody.standing import WHERE, Standing, follow
from muniment.ports.work import Kept, StoreFault, Told
from muniment_db import tree
from muniment_db.prepared import Prepared, Row
from muniment_db.standings import Standings
from muniment_db.tables import event
from muniment_db.vault import Vault
from muniment_db.writing import Write, writing

_last = Prepared(select(event.c.seq, event.c.leaf).order_by(event.c.seq.desc()).limit(1))
_act = Prepared(select(event.c.seq, event.c.body).where(event.c.act == bindparam("act")).order_by(event.c.nth))
_one = Prepared(select(event.c.body).where(event.c.seq == bindparam("seq")))
_history = (
    select(event.c.seq, event.c.body, event.c.leaf).where(event.c.subject == bindparam("subject")).order_by(event.c.seq)
)
_backwards = (
    select(event.c.seq, event.c.body, event.c.leaf)
    .where(event.c.seq < bindparam("below"))
    .order_by(event.c.seq.desc())
    .limit(256)
)
_FROM_PERSON = f'"from":"{Kind.PERSON}/'.encode()
"""What the bytes of every fact that takes something from a person contain."""


class _Written(msgspec.Struct):
    """Of a record only when it was written."""

    rec_at: str


_written = msgspec.json.Decoder(_Written)
_PAGE = 500
_FEW = 4
"""So many subjects are asked for one by one; more, all at once."""
_PART = 500
"""Facts of a long act that are sealed while those before them are written."""
_forwards = (
    select(event.c.seq, event.c.body, event.c.leaf)
    .where(event.c.seq > bindparam("above"))
    .order_by(event.c.seq)
    .limit(_PAGE)
)
_act_page = (
    select(event.c.seq, event.c.nth, event.c.body, event.c.leaf)
    .where(event.c.act == bindparam("act"), event.c.nth > bindparam("after"))
    .order_by(event.c.nth)
    .limit(_PAGE)
)


class DatabaseWork(Standings, Vault):
    """`muniment.ports.work.Work` on one open transaction: the ledger, what stands by it, what is kept beside it."""

    def __init__(self, connection: sa.Connection, unchanging: dict[str, str], newest: Head | None = None) -> None:
        """`newest` is a record that is known to be in the ledger, because this desk wrote it."""
        Standings.__init__(self, connection)
        Vault.__init__(self, connection, unchanging)
        self._newest = newest
        self.written: Head | None = None
        self.appended: list[bytes] = []
        self._head: Head | None = None

    def head(self) -> Head:
        """The newest record."""
        if self._head is None:
            row = _last.row(self._db)
            log = self._meta("log")
            self._head = Head(log, *row) if row else Head(log, 0, ORIGIN_LEAF)
        return self._head

    def append(self, facts: Sequence[Fact], circumstances: Circumstances) -> list[Told]:
        """Seal, fold and keep."""
        if not facts:
            return []
        self._insist_on_what_was_written(self.head())
        if len(facts) > _FEW:
            self.standings([fact.subject for fact in facts])
        told: list[Told] = []
        with writing(self._db, len(facts)) as write:
            for begins in range(0, len(facts), _PART):
                told += self._sealed(facts[begins : begins + _PART], circumstances, write)
        self.written = self._newest = self._head
        return told

    def _sealed(self, facts: Sequence[Fact], circumstances: Circumstances, write: Write) -> list[Told]:
        head = self.head()
        records: list[Row] = []
        told: list[Told] = []
        fresh: dict[Subject, Standing] = {}
        changed: dict[Subject, Standing] = {}
        fields: dict[Subject, set[str]] = {}
        for fact in facts:
            before = self.standing(fact.subject) or Standing(fact.subject)
            after = follow(before, fact)
            self._seen[fact.subject] = after
            if before.version == 0 or fact.subject in fresh:
                fresh[fact.subject] = after
            else:
                changed[fact.subject] = after
                moved = {WHERE} if fact.from_ or fact.to else ()
                fields.setdefault(fact.subject, set()).update(fact.before, fact.after, moved)
            sealed = seal(fact, head, circumstances)
            act, _, nth = fact.id.rpartition(".")
            records.append((sealed.seq, fact.subject, act, int(nth), sealed.body, sealed.leaf))
            told.append(Told(sealed.seq, fact.kind, fact.subject, sealed.leaf.hex()))
            self.appended.append(sealed.leaf)
            head = Head(head.log, sealed.seq, sealed.leaf)
        write(records, fresh.values(), [(standing, fields[subject]) for subject, standing in changed.items()])
        self._head = head
        return told

    def _insist_on_what_was_written(self, head: Head) -> None:
        """Refuse to go on with a ledger that has forgotten what this desk was told is in it."""
        known = self._newest
        if known is None or known == head:
            return
        if known.size > head.size or self._leaf(known.size) != known.leaf:
            raise StoreFault(
                say("The register has lost records that were confirmed: an older copy stands in its place."),
                say("Nothing was written now."),
                say("Do not work on. Tell the commander, and go on with the newest copy that verifies."),
            )
        self._newest = None

    def _leaf(self, seq: int) -> bytes | None:
        return self._db.execute(select(event.c.leaf).where(event.c.seq == seq)).scalar_one_or_none()

    def subtree(self, level: int, index: int) -> bytes:
        """The hash of a full subtree."""
        return tree.subtree(self._db, level, index)

    def signed(self, size: int | None = None) -> str:
        """The newest signed checkpoint, or that of a size."""
        return tree.newest_note(self._db) if size is None else tree.note_of(self._db, size)

    def recorded_at(self, seq: int) -> datetime | None:
        """When a fact was written down."""
        body = _one.value(self._db, seq=seq)
        return moment(_record_in(seq, body)[0].rec_at) if body is not None else None

    def told(self, act: str) -> list[Told]:
        """The facts of an act."""
        return [_told(seq, body) for seq, body in _act.rows(self._db, act=act)]

    def fact(self, seq: int) -> Fact | None:
        """One fact."""
        body = _one.value(self._db, seq=seq)
        return _fact_in(seq, body) if body is not None else None

    def newest_first(self, before: int | None = None) -> Iterator[tuple[Told, Fact]]:
        """Facts backwards, a few hundred at a time."""
        below = before if before is not None else self.head().size + 1
        while rows := self._db.execute(_backwards, {"below": below}).all():
            for row in rows:
                fact = _fact_in(row.seq, row.body)
                yield Told(row.seq, fact.kind, fact.subject, row.leaf.hex()), fact
            below = rows[-1].seq

    def parted_since(self, stamped: str) -> Iterator[tuple[Told, Fact]]:
        """Facts backwards, a few hundred at a time; only those that may be asked for are read strictly."""
        below = self.head().size + 1
        while rows := self._db.execute(_backwards, {"below": below}).all():
            for row in rows:
                if _FROM_PERSON not in bytes(row.body):
                    continue
                fact = _fact_in(row.seq, row.body)
                if fact.from_ and kind_of(Subject(fact.from_)) is Kind.PERSON:
                    yield Told(row.seq, fact.kind, fact.subject, row.leaf.hex()), fact
            # A clock that was set back makes single records look older than those before them, hardly a whole page.
            if max(_written_at(row.seq, row.body) for row in rows) < stamped:
                return
            below = rows[-1].seq

    def facts_of(self, subject: Subject) -> list[tuple[Told, Fact]]:
        """All facts of a subject."""
        found = []
        for row in self._db.execute(_history, {"subject": subject}):
            fact = _fact_in(row.seq, row.body)
            found.append((Told(row.seq, fact.kind, fact.subject, row.leaf.hex()), fact))
        return found

    def facts_of_act(self, act: str) -> Iterator[tuple[Told, Fact]]:
        """The facts of an act in order, a few hundred at a time."""
        last = 0
        while rows := self._db.execute(_act_page, {"act": act, "after": last}).all():
            for row in rows:
                fact = _fact_in(row.seq, row.body)
                yield Told(row.seq, fact.kind, fact.subject, row.leaf.hex()), fact
            last = rows[-1].nth

    def record(self, seq: int) -> Kept | None:
        """One record as it is kept."""
        body = _one.value(self._db, seq=seq)
        return Kept(seq, bytes(body), leaf_hash(body).hex()) if body is not None else None

    def records(self) -> Iterator[Kept]:
        """The ledger from its beginning, a few hundred records at a time."""
        last = 0
        while rows := self._db.execute(_forwards, {"above": last}).all():
            yield from (Kept(row.seq, row.body, row.leaf.hex()) for row in rows)
            last = rows[-1].seq


def _fact_in(seq: int, body: bytes) -> Fact:
    return _record_in(seq, body)[1]


def _record_in(seq: int, body: bytes) -> tuple[Record, Fact]:
    """A stored record, and the fact inside.

    Raises:
        StoreFault: somebody altered the record.

    """
    try:
        return unseal(bytes(body))
    except (NotCanonical, TypeError) as error:
        raise _altered(seq) from error


def _written_at(seq: int, body: bytes) -> str:
    """When a record was written.

    Raises:
        StoreFault: somebody altered the record.

    """
    try:
        return _written.decode(bytes(body)).rec_at
    except (msgspec.MsgspecError, UnicodeDecodeError, TypeError) as error:
        raise _altered(seq) from error


def _altered(seq: int) -> StoreFault:
    return StoreFault(
        say("Fact {seq} of the ledger is not as it was written: it was altered.", seq=seq),
        say("Nothing was changed now."),
        say("Verify the register, tell the commander, and go on with the newest backup that verifies."),
    )


def _told(seq: int, body: bytes) -> Told:
    fact = _fact_in(seq, body)
    return Told(seq, fact.kind, fact.subject, leaf_hash(body).hex())
