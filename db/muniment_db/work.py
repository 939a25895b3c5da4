"""The unit of work on SQLAlchemy: one transaction, one writer at a time."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import bindparam, func, select

from muniment.domain.basics.canonical import NotCanonical
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import moment
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Fact
from muniment.domain.custody.record import ORIGIN_LEAF, Circumstances, Head, Record, leaf_hash, seal, unseal
from muniment.domain.custody.standing import WHERE, Standing, follow
from muniment.domain.people.person import PersonRecord, commitment, look_up_form
from muniment.domain.places.place import code_form
from muniment.domain.stock.free_text import in_one_form
from muniment.domain.stock.serial import comparison_key
from muniment.ports.work import Borne, Kept, StoreFault, Told
from muniment_db import bulk, tree
from muniment_db.faults import faults
from muniment_db.prepared import Prepared, Row
from muniment_db.projection import standing_in, standing_of
from muniment_db.tables import AWAITED, blob, credential, event, layout, meta, person_key, person_vault, projections
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
_REMEMBERED = 20_000
"""So many standings a long transaction keeps in memory."""
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
_by_subject = {
    kind: Prepared(select(table).where(table.c.subject == bindparam("wanted"))) for kind, table in projections.items()
}
_highest = {
    kind: Prepared(select(func.max(table.c.number))) for kind, table in projections.items() if "number" in table.c
}
_code = projections[Kind.CODE]
_bound = Prepared(select(_code.c.bound).where(_code.c.code == bindparam("wanted"), _code.c.bound != ""))
_codes_of = Prepared(select(_code.c.code).where(_code.c.bound == bindparam("wanted")).order_by(_code.c.subject))
_place = projections[Kind.PLACE]
_place_coded = Prepared(
    select(_place).where(_place.c.code_key == bindparam("wanted"), _place.c.withdrawn == "").order_by(_place.c.subject)
)
_place_of_kind = Prepared(
    select(_place)
    .where(_place.c.place_kind == bindparam("wanted"), _place.c.withdrawn == "")
    .order_by(_place.c.subject)
    .limit(1)
)
_weapon = projections[Kind.WEAPON]
_person_record = Prepared(select(person_vault.c.record).where(person_vault.c.person == bindparam("wanted")))
_issued_since = Prepared(
    select(func.count()).where(_weapon.c.issued_at >= bindparam("since"), _weapon.c.issued_at <= bindparam("until"))
)
_NEVER = "9999"
"""Later than every moment that `stamp` writes."""
_models_borne = (
    select(
        _weapon.c.make,
        _weapon.c.model,
        _weapon.c.taxonomy_code,
        _weapon.c.calibre,
        func.count(),
        func.min(_weapon.c.subject),
    )
    .where(_weapon.c.withdrawn == "")
    .group_by(_weapon.c.make, _weapon.c.model, _weapon.c.taxonomy_code, _weapon.c.calibre)
    .order_by(_weapon.c.make, _weapon.c.model, func.count().desc(), func.min(_weapon.c.subject))
)
_case = projections[Kind.CASE]
_open_cases = Prepared(select(_case).where(_case.c.concerns == bindparam("concerns"), _case.c.state == "open"))
_cases_about = select(_case).where(_case.c.concerns == bindparam("concerns")).order_by(_case.c.subject)
_unsettled = select(_case).where(_case.c.state == "open").order_by(_case.c.subject)
_kit = projections[Kind.KIT]
_component = projections[Kind.COMPONENT]
_fitted = Prepared(select(_component).where(_component.c.where == bindparam("weapon")).order_by(_component.c.number))
_records = msgspec.json.Decoder(PersonRecord)
_record_bytes = msgspec.json.Encoder(order="sorted")
_LETTERS = {
    "W": Kind.WEAPON,
    "C": Kind.COMPONENT,
    "L": Kind.LINE,
    "R": Kind.RECEIPT,
    "K": Kind.KIT,
    "T": Kind.SHIPMENT,
    "A": Kind.ARRIVAL,
    "CASE": Kind.CASE,
    "M": Kind.MODEL,
}
_FOLLOWED = (Kind.WEAPON, Kind.COMPONENT)
_ITEMS = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE)
_at = [
    Prepared(
        select(projections[kind])
        .where(projections[kind].c.where == bindparam("there"))
        .order_by(projections[kind].c.number)
    )
    for kind in _ITEMS
]
_all_of = {kind: Prepared(select(table).order_by(table.c.subject)) for kind, table in projections.items()}


class DatabaseWork:
    """`muniment.ports.work.Work` on one open transaction."""

    def __init__(self, connection: sa.Connection, unchanging: dict[str, str], newest: Head | None = None) -> None:
        """`newest` is a record that is known to be in the ledger, because this desk wrote it."""
        self._db = connection
        self._unchanging = unchanging
        self._newest = newest
        self.written: Head | None = None
        self.appended: list[bytes] = []
        self._seen: dict[Subject, Standing | None] = {}
        self._head: Head | None = None

    # The ledger

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

    # What stands

    def standings(self, subjects: Collection[Subject]) -> Mapping[Subject, Standing]:
        """What is true of several subjects."""
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        unseen = [subject for subject in subjects if subject not in self._seen]
        found = bulk.standings(self._db, unseen)
        for subject in unseen:
            self._seen[subject] = found.get(subject)
        return {subject: seen for subject in subjects if (seen := self._seen[subject]) is not None}

    def imported(self, keys: Collection[str]) -> list[Standing]:
        """What came from lines with these keys."""
        return bulk.imported(self._db, keys)

    def booked(self, numbers: Collection[str]) -> list[Standing]:
        """Weapons with one of these old numbers."""
        return bulk.booked(self._db, numbers)

    def looking_alike_any(self, look_alike_keys: Collection[str]) -> list[Standing]:
        """Items with one of these coarser keys, or one that differs from it in leading zeros at most."""
        return bulk.looking_alike(self._db, look_alike_keys)

    def in_use(self, subjects: Collection[Subject]) -> set[Subject]:
        """Those at which something is."""
        return bulk.in_use(self._db, subjects)

    def standing(self, subject: Subject) -> Standing | None:
        """What is true of a subject."""
        if subject not in self._seen:
            row = _by_subject[kind_of(subject)].row(self._db, wanted=subject)
            self._seen[subject] = standing_in(row) if row else None
        return self._seen[subject]

    def next_number(self, kind: Kind) -> int:
        """One more than the highest so far."""
        return (_highest[kind].value(self._db) or 0) + 1

    def bound_to(self, code: str) -> Subject | None:
        """What a code is bound to now."""
        bound = _bound.value(self._db, wanted=in_one_form(code)) if _can_stand(code) else None
        return Subject(bound) if bound else None

    def codes_of(self, thing: Subject) -> list[str]:
        """The codes bound to a thing."""
        return _codes_of.column(self._db, wanted=thing)

    def place_coded(self, code: str) -> Standing | None:
        """The place with this code, by the index on its folded form."""
        row = _place_coded.row(self._db, wanted=code_form(code)) if _can_stand(code) else None
        return standing_in(row) if row else None

    def place_of_kind(self, kind: str) -> Standing | None:
        """The first place of a kind; subjects sort by the time they were made."""
        row = _place_of_kind.row(self._db, wanted=kind)
        return standing_in(row) if row else None

    def numbered(self, register_no: str) -> Standing | None:
        """The item with this register number, by the running number in it."""
        letter, _, digits = register_no.partition("-")
        kind = _LETTERS.get(letter)
        if kind is None or not digits.isdecimal() or not digits.isascii() or len(digits) > 15:
            return None
        table = projections[kind]
        found = self._all(select(table).where(table.c.number == int(digits)))
        return found[0] if found else None

    def same_serial(self, comparison_key: str) -> list[Standing]:
        """Items with this comparison key."""
        return self._with("serial_key", comparison_key) if _can_stand(comparison_key) else []

    def at(self, where: Subject) -> list[Standing]:
        """Items that are there."""
        return [standing_in(row) for wanted in _at for row in wanted.rows(self._db, there=where)]

    def fitted_to(self, weapon: Subject) -> list[Standing]:
        """Components on a weapon."""
        return [standing_in(row) for row in _fitted.rows(self._db, weapon=weapon)]

    def search(self, text: str, most: int) -> list[Standing]:
        """Exact numbers first, then serials that contain the text."""
        if not _can_stand(text):
            return []
        key = comparison_key(text)
        wanted = text.strip()
        bound = self.bound_to(wanted)
        found = {bound: self.standing(bound)} if bound else {}
        for kind in (Kind.WEAPON, Kind.COMPONENT):
            table = projections[kind]
            exact = table.c.register_no == wanted.upper()
            part = table.c.serial_key.contains(key, autoescape=True) if key else sa.false()
            rows = select(table).where(sa.or_(exact, part)).order_by(table.c.number).limit(most)
            found |= {standing.subject: standing for standing in self._all(rows)}
        ranked = sorted(
            (standing for standing in found.values() if standing is not None),
            key=lambda s: (
                s.subject != bound,
                comparison_key(s.text("serial_raw")) != key,
                s.number("number"),
            ),
        )
        return ranked[:most]

    def issued_since(self, stamped: str, until: str = "") -> int:
        """How many weapons went out since."""
        return int(_issued_since.value(self._db, since=stamped, until=until or _NEVER))

    def open_cases(self, concerns: Subject) -> list[Standing]:
        """Open cases about a subject."""
        return [standing_in(row) for row in _open_cases.rows(self._db, concerns=concerns)]

    def cases_about(self, concerns: Subject) -> list[Standing]:
        """Cases about a subject; subjects sort by the time they were made."""
        rows = self._db.execute(_cases_about, {"concerns": concerns}).mappings()
        return [standing_of(dict(row)) for row in rows]

    def unsettled(self) -> list[Standing]:
        """Open cases; subjects sort by the time they were made."""
        return self._all(_unsettled)

    def out(self, *, held_as: str = "", due_before: str = "") -> list[Standing]:
        """What is handed out, by the index on the moment of issue or the moment due."""
        found: list[Standing] = []
        for kind in _FOLLOWED:
            table = projections[kind]
            if due_before:
                wanted = select(table).where(AWAITED, table.c.due_at < due_before)
            else:
                wanted = select(table).where(table.c.issued_at != "")
            found += self._all(wanted.where(table.c.held_as == held_as) if held_as else wanted)
        return sorted(found, key=lambda item: (not item.text("due_at"), item.text("due_at"), item.text("register_no")))

    def quarantined(self) -> list[Standing]:
        """What is set apart."""
        return [
            standing
            for kind in _FOLLOWED
            for standing in self._all(
                select(projections[kind])
                .where(projections[kind].c.quarantine != "")
                .order_by(projections[kind].c.number)
            )
        ]

    def kits_at(self, where: Subject) -> list[Standing]:
        """Kits that are there."""
        return self._all(select(_kit).where(_kit.c.where == where).order_by(_kit.c.number))

    def all_of(self, kind: Kind) -> list[Standing]:
        """Every subject of a kind."""
        return [standing_in(row) for row in _all_of[kind].rows(self._db)]

    def every(self, kind: Kind) -> Iterator[Standing]:
        """Every subject of a kind, a few hundred at a time; subjects sort by the time they were made."""
        table, last = projections[kind], ""
        page = select(table).where(table.c.subject > bindparam("last")).order_by(table.c.subject).limit(_PAGE)
        while rows := self._db.execute(page, {"last": last}).mappings().all():
            yield from (standing_of(dict(row)) for row in rows)
            last = rows[-1]["subject"]

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

    def holding(self, holders: Kind | None = None) -> Mapping[str, int]:
        """How many items are where, at things of one kind or at all."""
        found: Counter[str] = Counter()
        for kind in _ITEMS:
            where = projections[kind].c.where
            # A name begins with its kind and a stroke; "0" comes next after that.
            there = where > "" if holders is None else sa.and_(where > f"{holders}/", where < f"{holders}0")
            for row in self._db.execute(select(where, func.count()).where(there).group_by(where)):
                found[row[0]] += row[1]
        return found

    def models_borne(self) -> list[Borne]:
        """The makes and models that weapons bear, counted by the database."""
        return [Borne(*row) for row in self._db.execute(_models_borne)]

    # Beside the ledger

    def person(self, person: Subject) -> PersonRecord | None:
        """Who a person is."""
        row = _person_record.row(self._db, wanted=person)
        return _records.decode(row[0]) if row else None

    def keep_person(self, person: Subject, record: PersonRecord, key: bytes) -> str:
        """Keep who a person is, and the digests a person is looked up by."""
        known = self._db.execute(select(person_vault.c.key).where(person_vault.c.person == person)).scalar_one_or_none()
        written = _record_bytes.encode(record)
        if known is None:
            self._db.execute(sa.insert(person_vault).values(person=person, key=key, record=written))
        else:
            self._db.execute(sa.update(person_vault).where(person_vault.c.person == person).values(record=written))
        self._db.execute(sa.delete(person_key).where(person_key.c.person == person))
        names = {name for name in (record.sign_in, record.service_no, *record.badges) if name}
        for digest in {self._digest(name) for name in names}:
            self._db.execute(sa.insert(person_key).values(digest=digest, person=person))
        return commitment(known or key, record)

    def person_by(self, name_or_number: str) -> Subject | None:
        """The person looked up by sign-in name, service number or badge."""
        wanted = select(person_key.c.person).where(person_key.c.digest == self._digest(name_or_number))
        found = self._db.execute(wanted).scalar_one_or_none()
        return Subject(found) if found else None

    def credential(self, person: Subject, use: str) -> str:
        """The stored form of a secret."""
        wanted = select(credential.c.stored).where(credential.c.person == person, credential.c.use == use)
        return self._db.execute(wanted).scalar_one_or_none() or ""

    def keep_credential(self, person: Subject, use: str, stored: str) -> None:
        """Keep the stored form of a secret."""
        self._db.execute(sa.delete(credential).where(credential.c.person == person, credential.c.use == use))
        self._db.execute(sa.insert(credential).values(person=person, use=use, stored=stored))

    def keep_file(self, sha256: str, media_type: str, content: bytes) -> None:
        """Keep a file once."""
        if self.file(sha256) is None:
            self._db.execute(sa.insert(blob).values(sha256=sha256, media_type=media_type, content=content))

    def file(self, sha256: str) -> tuple[str, bytes] | None:
        """A kept file."""
        row = self._db.execute(select(blob).where(blob.c.sha256 == sha256)).one_or_none()
        return (row.media_type, row.content) if row else None

    def _with(self, column: str, value: str) -> list[Standing]:
        if not value:
            return []
        return [
            standing
            for kind in (Kind.WEAPON, Kind.COMPONENT)
            for standing in self._all(
                select(projections[kind])
                .where(projections[kind].c[column] == value)
                .order_by(projections[kind].c.number)
            )
        ]

    def _all(self, wanted: sa.Select[Any]) -> list[Standing]:
        return [standing_of(dict(row)) for row in self._db.execute(wanted).mappings()]

    def _meta(self, key: str) -> str:
        """What is written once, when a register is made; it is read once, too."""
        if key not in self._unchanging:
            wanted = select(meta.c.value).where(meta.c.key == key)
            self._unchanging[key] = self._db.execute(wanted).scalar_one()
        return self._unchanging[key]

    def _digest(self, name: str) -> str:
        pepper = bytes.fromhex(self._meta("person_pepper"))
        return hmac.new(pepper, look_up_form(name), hashlib.sha256).hexdigest()


def _can_stand(text: str) -> bool:
    """Whether a text can stand in a column on every engine; what cannot, such as a scanned NUL, leads to nothing."""
    if text.isprintable():
        return True
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


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


def prepare_log(engine: sa.Engine, log: str, person_pepper: bytes) -> None:
    """Write down what an empty register needs before its first fact: the log's name, and a key for look-ups."""
    with faults(engine), engine.begin() as connection:
        connection.execute(
            sa.insert(meta),
            [
                {"key": "log", "value": log},
                {"key": "person_pepper", "value": person_pepper.hex()},
                {"key": "layout", "value": layout()},
            ],
        )


def check_layout(engine: sa.Engine) -> None:
    """Refuse a register whose tables are not laid out as this program knows them.

    Raises:
        StoreFault: another version of the program made it; or it is no register.

    """
    with faults(engine), engine.execution_options(writes=False).connect() as connection, connection.begin():
        known = sa.inspect(connection).has_table("meta")
        found = (
            connection.execute(select(meta.c.value).where(meta.c.key == "layout")).scalar_one_or_none()
            if known
            else None
        )
    if not known:
        raise StoreFault(
            say("This is no register, or it is damaged."),
            say("Nothing was changed."),
            say("Choose another file or database, or restore the newest backup."),
        )
    if found != layout():
        raise StoreFault(
            say("This register was made by another version of the program, or what it notes about itself was altered."),
            say("Nothing was changed."),
            say(
                "Open it with the version that made it. If it is this one, verify the register and tell the commander."
            ),
        )
