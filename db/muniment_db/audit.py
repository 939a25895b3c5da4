"""Reading a whole register for verification, in one moment of its life and with little memory."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing

import msgspec
import sqlalchemy as sa
from sqlalchemy import func, select

from muniment.domain.basics.canonical import NotCanonical
from muniment.domain.basics.identity import Kind, kind_of
from muniment.domain.basics.text import say
from muniment.domain.custody.record import ORIGIN_LEAF, Head
from muniment.domain.custody.standing import Standing
from muniment.domain.custody.verifying import Break, Stored, Verdict, walk
from muniment.domain.people.person import PersonRecord, commitment, look_up_form
from muniment.ports.audit import Stopped
from muniment_db.engine import APPLICATION_IDS, GUARDS_OF_FILE, GUARDS_OF_SERVER
from muniment_db.faults import faults
from muniment_db.prepared import Prepared, Row
from muniment_db.projection import row_of
from muniment_db.tables import blob, credential, event, meta, person_key, person_vault, projections

_AT_ONCE = 1_000

_before = event.alias("before")
_by_subject = Prepared(
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
    .order_by(event.c.subject, event.c.seq)
)
_all_rows = {kind: Prepared(select(table).order_by(table.c.subject)) for kind, table in projections.items()}


class DatabaseAudit:
    """`muniment.ports.audit.Audit` on a database."""

    def __init__(self, engine: sa.Engine) -> None:
        postgresql = engine.dialect.name == "postgresql"
        self._engine = engine.execution_options(
            writes=False, **({"isolation_level": "REPEATABLE READ"} if postgresql else {})
        )

    def verify(self, progress: Callable[[int, int], bool]) -> Verdict:
        """Walk everything."""
        with faults(self._engine), self._engine.connect() as db, db.begin():
            log = _known(db, "log")
            count, first, last = db.execute(select(func.count(), func.min(event.c.seq), func.max(event.c.seq))).one()
            beside = _Beside(db)
            # Closed while the connection still is open, whatever ends the walk.
            with closing(self._stored(db, count, progress)) as stored, closing(self._rows(db)) as rows:
                found = list(walk(log, stored, rows, row_of, beside.breaks))
            found += [*beside.leftovers(), *_guards(db), *_mark(db, log)]
            if count and (first != 1 or last != count):
                found.append(
                    Break(
                        "gap",
                        "ledger",
                        say("The ledger has {count} records but ends at {last}.", count=count, last=last),
                    )
                )
            leaf = _bytes(db.execute(select(event.c.leaf).where(event.c.seq == last)).scalar_one_or_none())
            found.sort(key=lambda broken: (broken.seq, broken.where, broken.rule))
            return Verdict(count, Head(log, last or 0, leaf or ORIGIN_LEAF), tuple(found))

    def _stored(
        self, db: sa.Connection, count: int, progress: Callable[[int, int], bool]
    ) -> Generator[Stored, None, None]:
        done = 0
        for part in _by_subject.stream(db, _AT_ONCE):
            yield from map(_stored, part)
            done += len(part)
            if not progress(done, count):
                raise Stopped

    def _rows(self, db: sa.Connection) -> Generator[Row, None, None]:
        for kind in sorted(projections):
            for part in _all_rows[kind].stream(db, _AT_ONCE):
                yield from part


def _known(db: sa.Connection, key: str) -> str:
    """What was written down once, when the register was made; empty where it is gone."""
    return db.execute(select(meta.c.value).where(meta.c.key == key)).scalar_one_or_none() or ""


def _stored(row: Row) -> Stored:
    """A record as it lies there; a value of another type than was ever written counts as empty, which fits nothing."""
    seq, subject, act, nth, body, leaf, leaf_before = row
    if type(body) is bytes and type(leaf) is bytes and type(subject) is str and type(leaf_before) in _LEAVES:
        return Stored._make(row)
    return Stored(
        seq,
        str(subject),
        str(act),
        nth,
        _bytes(body),
        _bytes(leaf),
        None if leaf_before is None else _bytes(leaf_before),
    )


_LEAVES = frozenset({bytes, type(None)})


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else bytes(value) if isinstance(value, memoryview) else b""


def _guards(db: sa.Connection) -> Iterator[Break]:
    """What keeps the ledger from being changed, and is gone; and the mark of a file that says another realm."""
    on_file = db.dialect.name == "sqlite"
    wanted = GUARDS_OF_FILE if on_file else GUARDS_OF_SERVER
    asked = (
        "select name from sqlite_master where type = 'trigger'"
        if on_file
        else "select tgname from pg_trigger where tgrelid = 'event'::regclass and tgenabled <> 'D'"
    )
    there = {row[0] for row in db.exec_driver_sql(asked)}
    for name in sorted(wanted - there):
        says = say("A guard of the ledger is missing: somebody took it away, and may have changed records.")
        yield Break("guard_missing", name, says)


def _mark(db: sa.Connection, log: str) -> Iterator[Break]:
    if db.dialect.name != "sqlite" or not db.engine.url.database or db.engine.url.database == ":memory:":
        return
    mark = db.exec_driver_sql("pragma application_id").scalar_one()
    if mark != APPLICATION_IDS.get(log.rpartition("/")[2]):
        says = say("The file is marked as live or training otherwise than its log says.")
        yield Break("mark_altered", "file", says)


class _Beside:
    """What lies beside the ledger and is bound to it by a hash: persons, secrets, files."""

    def __init__(self, db: sa.Connection) -> None:
        self._db = db
        try:
            self._pepper = bytes.fromhex(_known(db, "person_pepper"))
        except ValueError:
            self._pepper = b""  # nobody is found by it, and every person's look-up breaks
        self._vault = {row.person: row for row in db.execute(select(person_vault))}
        self._digests = {row.digest: row.person for row in db.execute(select(person_key))}
        self._credentials = {(row.person, row.use): row.stored for row in db.execute(select(credential))}

    def breaks(self, standing: Standing, commit: str) -> Iterable[Break]:
        """What does not fit, of one subject."""
        if kind_of(standing.subject) is Kind.PERSON:
            yield from self._person(standing, commit)
        listed = standing.fields.get("files", [])
        for entry in listed if isinstance(listed, list) else []:
            if isinstance(entry, dict):
                yield from self._file(standing, str(entry.get("sha256", "")))

    def leftovers(self) -> list[Break]:
        """Rows beside the ledger that belong to nobody in it."""
        loose = {*self._vault, *self._digests.values(), *(person for person, _ in self._credentials)}
        return [
            Break("person_unfounded", person, say("A person's record belongs to nobody in the ledger."))
            for person in sorted(loose)
        ]

    def _person(self, standing: Standing, commit: str) -> Iterable[Break]:
        person = standing.subject
        row = self._vault.pop(person, None)
        if row is None and commit:
            yield Break("person_missing", person, say("A person's record is gone: nobody can say who this is."))
        if row is not None:
            try:
                record = msgspec.json.decode(row.record, type=PersonRecord)
                genuine = hmac.compare_digest(commitment(row.key, record), commit)
            except (msgspec.MsgspecError, NotCanonical):
                record, genuine = None, False
            if not genuine:
                yield Break(
                    "person_altered",
                    person,
                    say("A person's record is not the one the ledger commits to: the name or number was altered."),
                )
            names = {record.sign_in, record.service_no, *record.badges} - {""} if record else set()
            expected = {self._digest(name) for name in names}
            present = {digest for digest, owner in self._digests.items() if owner == person}
            if expected != present:
                yield Break("person_lookup_altered", person, say("A sign-in name or badge leads to the wrong person."))
        self._digests = {digest: owner for digest, owner in self._digests.items() if owner != person}
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
