"""Persons: what the ledger may know of them, and the record that stays outside it."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from enum import StrEnum

import msgspec

from muniment.domain.basics.canonical import encode


class Role(StrEnum):
    """What a person may be at a register."""

    ARMOURY_OFFICER = "armoury_officer"
    SECOND_OFFICER = "second_officer"
    COMMANDER = "commander"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class PersonRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who a person is. Never written into the ledger, only committed to by `commitment`.

    `sign_in` is the name a user types; `badges` are codes on cards that identify the person.
    """

    name: str
    service_no: str = ""
    rank: str = ""
    sign_in: str = ""
    badges: list[str] = msgspec.field(default_factory=list)


def look_up_form(name_or_number: str) -> bytes:
    """A sign-in name, service number or badge as people are looked up by it: without blanks around, in one case.

    What is no text, such as half of a pair, leads to nobody.
    """
    return unicodedata.normalize("NFC", name_or_number.strip().casefold()).encode(errors="surrogatepass")


def commitment(key: bytes, record: PersonRecord) -> str:
    """Bind a person's record without showing it: HMAC-SHA-256 of its canonical bytes, in hexadecimal.

    Without the key nobody can try names against it, so destroying the key erases the person from the ledger.
    """
    written = encode(msgspec.to_builtins(record))
    return hmac.new(key, written, hashlib.sha256).hexdigest()
