"""One share of a verification: the subjects between two names, walked in one moment of a register's life."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy import bindparam, func, select

from muniment.domain.basics.canonical import NotCanonical
from muniment.domain.basics.identity import Kind, kind_of
from muniment.domain.basics.text import say
from muniment.domain.custody.record import ORIGIN_LEAF, Head
from muniment.domain.custody.standing import Standing
from muniment.domain.custody.verifying import Break, Stored, walk
from muniment.domain.people.person import PersonRecord, commitment, look_up_form
from muniment_db.prepared import Prepared, Row
from muniment_db.projection import row_of
from muniment_db.tables import blob, credential, event, meta, person_key, person_vault, projections
from muniment_db.tree import newest_note

_AT_ONCE = 1_000


class Moment(NamedTuple):
    """What a ledger was when a reading began: two readings with the same moment read the same register."""

    log: str
    facts: int
    first: int
    last: int
    leaf: bytes
    signed: str

    @property
    def head(self) -> Head:
        """The newest record of that moment."""
        return Head(self.log, self.last, self.leaf)


class Share(NamedTuple):
    """The subjects from `low` on; those before `high`, or all that follow where it is empty."""

    low: str = ""
    high: str = ""


def moment(db: sa.Connection) -> Moment:
    """The moment of the transaction that is open."""
    log = known(db, "log")
    count, first, last = db.execute(select(func.count(), func.min(event.c.seq), func.max(event.c.seq))).one()
    leaf = db.execute(select(event.c.leaf).where(event.c.seq == last)).scalar_one_or_none()
    return Moment(log, count, first or 0, last or 0, as_bytes(leaf) or ORIGIN_LEAF, newest_note(db))


def known(db: sa.Connection, key: str) -> str:
    """What was written down once, when the register was made; empty where it is gone."""
    return db.execute(select(meta.c.value).where(meta.c.key == key)).scalar_one_or_none() or ""


def divide(db: sa.Connection, whole: Moment, into: int) -> list[Share]:
    """Cut all subjects into about so many shares, each with about as many facts."""
    step = max(1, whole.facts // (_LOOKED_AT * into))
    # Not at even distances: where facts of two kinds take turns, all that is looked at would be of one kind.
    places = [begins + begins // step * _UNEVEN % step for begins in range(1, whole.last + 1, step)]
    looked_at = select(event.c.subject).where(event.c.seq.in_(places))
    subjects = sorted(subject for subject in db.scalars(looked_at) if isinstance(subject, str))
    cuts = sorted({subjects[len(subjects) * nth // into] for nth in range(1, into)}) if subjects else []
    return [Share(low, high) for low, high in zip(["", *cuts], [*cuts, ""], strict=True)]


_UNEVEN = 7919
"""A prime number, so that what is looked at lies at all distances."""

_LOOKED_AT = 16
"""Facts that are looked at for each share, to find where to cut."""


def breaks(db: sa.Connection, whole: Moment, share: Share, progress: Callable[[int], None]) -> list[Break]:
    """Check every subject of a share, its facts, its row and what lies beside it.

    `progress` is told how many facts more were walked; what it raises ends the walk.
    """
    beside = _Beside(db, share)
    # Closed while the connection still is open, whatever ends the walk.
    with closing(_records(db, share, progress)) as records, closing(_rows(db, share)) as rows:
        found = list(walk(whole.log, records, rows, row_of, beside.breaks))
    return found + beside.leftovers()


def _between(column: sa.ColumnElement[str], *, ends: bool) -> sa.ColumnElement[bool]:
    from_on = column >= bindparam("low")
    return sa.and_(from_on, column < bindparam("high")) if ends else from_on


class _Reading:
    """A reading of one table in order of subject, for shares that end and for the one that does not."""

    def __init__(self, statement: sa.Select[Any], column: sa.ColumnElement[str]) -> None:
        self._ending = Prepared(statement.where(_between(column, ends=True)))
        self._endless = Prepared(statement.where(_between(column, ends=False)))

    def stream(self, db: sa.Connection, share: Share) -> Iterator[list[Row]]:
        if share.high:
            return self._ending.stream(db, _AT_ONCE, low=share.low, high=share.high)
        return self._endless.stream(db, _AT_ONCE, low=share.low)

    def rows(self, db: sa.Connection, share: Share) -> list[Row]:
        return [row for part in self.stream(db, share) for row in part]


_before = event.alias("before")
_by_subject = _Reading(
    select(
        event.c.seq,
        event.c.subject,
        event.c.act,
        event.c.nth,
        event.c.body,
        event.c.leaf,
        _before.c.leaf.label("leaf_before"),
    )
    .select_from(event.outerjoin(_before, _before.c.seq == event.c.seq - 1))
    .order_by(event.c.subject, event.c.seq),
    event.c.subject,
)
_all_rows = {
    kind: _Reading(select(table).order_by(table.c.subject), table.c.subject) for kind, table in projections.items()
}
_vault = _Reading(select(person_vault.c.person, person_vault.c.key, person_vault.c.record), person_vault.c.person)
_keys = _Reading(select(person_key.c.person, person_key.c.digest), person_key.c.person)
_secrets = _Reading(select(credential.c.person, credential.c.use, credential.c.stored), credential.c.person)


def _records(db: sa.Connection, share: Share, progress: Callable[[int], None]) -> Generator[Stored, None, None]:
    for part in _by_subject.stream(db, share):
        yield from map(_stored, part)
        progress(len(part))


def _rows(db: sa.Connection, share: Share) -> Generator[Row, None, None]:
    for kind in sorted(projections):
        for part in _all_rows[kind].stream(db, share):
            yield from part


def _stored(row: Row) -> Stored:
    """A record as it lies there; a value of another type than was ever written counts as empty, which fits nothing."""
    seq, subject, act, nth, body, leaf, leaf_before = row
    if type(body) is bytes and type(leaf) is bytes and type(subject) is str and type(leaf_before) in _LEAVES:
        return Stored._make(row)
    before = None if leaf_before is None else as_bytes(leaf_before)
    return Stored(seq, str(subject), str(act), nth, as_bytes(body), as_bytes(leaf), before)


_LEAVES = frozenset({bytes, type(None)})


def as_bytes(value: object) -> bytes:
    """What stands in a column of bytes; empty where somebody put something else there."""
    return value if isinstance(value, bytes) else bytes(value) if isinstance(value, memoryview) else b""


class _Beside:
    """What lies beside the ledger and is bound to it by a hash: persons, secrets, files."""

    def __init__(self, db: sa.Connection, share: Share) -> None:
        self._db = db
        try:
            self._pepper = bytes.fromhex(known(db, "person_pepper"))
        except ValueError:
            self._pepper = b""  # nobody is found by it, and every person's look-up breaks
        self._vault = {person: (as_bytes(key), as_bytes(record)) for person, key, record in _vault.rows(db, share)}
        self._digests: dict[str, set[str]] = {}
        for person, digest in _keys.rows(db, share):
            self._digests.setdefault(person, set()).add(digest)
        self._credentials = {(person, use): str(stored) for person, use, stored in _secrets.rows(db, share)}

    def breaks(self, standing: Standing, commit: str) -> Iterable[Break]:
        """What does not fit, of one subject."""
        if kind_of(standing.subject) is Kind.PERSON:
            yield from self._person(standing, commit)
        listed = standing.fields.get("files")
        for entry in listed if isinstance(listed, list) else ():
            if isinstance(entry, dict):
                yield from self._file(standing, str(entry.get("sha256", "")))

    def leftovers(self) -> list[Break]:
        """Rows beside the ledger that belong to nobody in it."""
        loose = {*self._vault, *self._digests, *(person for person, _ in self._credentials)}
        return [
            Break("person_unfounded", person, say("A person's record belongs to nobody in the ledger."))
            for person in sorted(loose)
        ]

    def _person(self, standing: Standing, commit: str) -> Iterable[Break]:
        person = standing.subject
        kept = self._vault.pop(person, None)
        present = self._digests.pop(person, set())
        if kept is None and commit:
            yield Break("person_missing", person, say("A person's record is gone: nobody can say who this is."))
        if kept is not None:
            key, written = kept
            try:
                record = msgspec.json.decode(written, type=PersonRecord)
                genuine = hmac.compare_digest(commitment(key, record), commit)
            except (msgspec.MsgspecError, NotCanonical):
                record, genuine = None, False
            if not genuine:
                yield Break(
                    "person_altered",
                    person,
                    say("A person's record is not the one the ledger commits to: the name or number was altered."),
                )
            names = {record.sign_in, record.service_no, *record.badges} - {""} if record else set()
            if {self._digest(name) for name in names} != present:
                yield Break("person_lookup_altered", person, say("A sign-in name or badge leads to the wrong person."))
        for use in ("passphrase", "pin"):
            stored = self._credentials.pop((person, use), "")
            known = standing.text(f"{use}_sha256")
            if (hashlib.sha256(stored.encode()).hexdigest() if stored else "") != known:
                yield Break(
                    "credential_altered",
                    person,
                    say("A stored passphrase or PIN is not the one the ledger knows."),
                )

    def _file(self, standing: Standing, sha256: str) -> Iterable[Break]:
        content = self._db.execute(select(blob.c.content).where(blob.c.sha256 == sha256)).scalar_one_or_none()
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            yield Break("file_altered", standing.subject, say("A photograph or document is missing or altered."))

    def _digest(self, name: str) -> str:
        return hmac.new(self._pepper, look_up_form(name), hashlib.sha256).hexdigest()
