"""What is kept beside the ledger and bound to it by hashes: who a person is, stored secrets, files."""

from __future__ import annotations

import hashlib
import hmac

import msgspec
import sqlalchemy as sa
from sqlalchemy import bindparam, select

from muniment.domain.basics.identity import Subject
from muniment.domain.people.person import PersonRecord, commitment, look_up_form
from muniment_db.prepared import Prepared
from muniment_db.tables import blob, credential, meta, person_key, person_vault

_person_record = Prepared(select(person_vault.c.record).where(person_vault.c.person == bindparam("wanted")))
_records = msgspec.json.Decoder(PersonRecord)
_record_bytes = msgspec.json.Encoder(order="sorted")


class Vault:
    """The part of `muniment.ports.work.Work` that keeps what the ledger does not hold itself.

    `unchanging` is what is written once, when a register is made, as far as it was read.
    """

    def __init__(self, connection: sa.Connection, unchanging: dict[str, str]) -> None:
        self._db = connection
        self._unchanging = unchanging

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

    def _meta(self, key: str) -> str:
        """What is written once, when a register is made; it is read once, too."""
        if key not in self._unchanging:
            wanted = select(meta.c.value).where(meta.c.key == key)
            self._unchanging[key] = self._db.execute(wanted).scalar_one()
        return self._unchanging[key]

    def _digest(self, name: str) -> str:
        pepper = bytes.fromhex(self._meta("person_pepper"))
        return hmac.new(pepper, look_up_form(name), hashlib.sha256).hexdigest()
