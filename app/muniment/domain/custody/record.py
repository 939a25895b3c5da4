"""The record: a fact with everything the ledger adds to it, and the hash link to the record before.

The layout is complete from the first record on, because stored bytes are never written again: `sigs` is empty until
officers sign, and the tree of RFC 9162 is built over the same leaf hashes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import msgspec

from muniment.domain.basics.canonical import LONGEST, NotCanonical, TooLong, proper
from muniment.domain.custody.facts import Fact, well_named

VERSION = 1
SUITE = "sj-1+sha256"
"""Canonical form and hash of this ledger; a signature will name its own algorithm beside it."""

ORIGIN_LEAF = bytes(32)
"""What the first record names as the record before it."""


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One record as it is stored.

    `seq` counts from 1 without gaps. `prev` is the leaf hash of the record before, in hexadecimal. `rec_at` is when
    the workstation `ws` wrote it by its clock; `mono` counts milliseconds since the start `boot` of that machine, so
    that a clock that was set shows. `app` names the program version. Order comes from `seq`, never from time.
    """

    # In the order of their names, which is that of canonical bytes: an encoder need not sort them each time.
    app: str
    boot: str
    intent: msgspec.Raw
    intent_sha256: str
    log: str
    mono: int
    prev: str
    rec_at: str
    seq: int
    sigs: list[dict[str, str]]
    suite: str
    v: int
    ws: str


class Head(msgspec.Struct, frozen=True, gc=False):
    """The newest record of a log: how many there are, and the leaf hash of the last."""

    log: str
    size: int
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When, where and by which program a record is written; see `Record`."""

    rec_at: str
    mono_ms: int
    boot: str
    workstation: str
    app: str


class Sealed(msgspec.Struct, frozen=True):
    """A record ready to be stored: its place, its bytes, its leaf hash, and the fact inside."""

    seq: int
    body: bytes
    leaf: bytes
    fact: Fact


_encoder = msgspec.json.Encoder(order="deterministic")
"""Sorts the names in a field; those of a record, a fact and an evidence stand in order where they are defined."""

_records = msgspec.json.Decoder(Record)
_facts = msgspec.json.Decoder(Fact)

_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What bytes are that are no record; the last, because somebody may have nested them as deep as he liked."""


def leaf_hash(body: bytes) -> bytes:
    """The hash of a record as a leaf of the tree.

    Source: RFC 9162, section 2.1.1.
    """
    return hashlib.sha256(b"\0" + body).digest()


def seal(fact: Fact, head: Head, circumstances: Circumstances) -> Sealed:
    """Make the next record of a log from a fact.

    Raises:
        NotCanonical: the fact holds a text, a number or a depth that the ledger cannot keep.

    """
    intent = _encoder.encode(fact)
    _keepable(intent)
    body = _encoder.encode(
        Record(
            v=VERSION,
            suite=SUITE,
            log=head.log,
            seq=head.size + 1,
            prev=head.leaf.hex(),
            rec_at=circumstances.rec_at,
            mono=circumstances.mono_ms,
            boot=circumstances.boot,
            ws=circumstances.workstation,
            app=circumstances.app,
            intent_sha256=hashlib.sha256(intent).hexdigest(),
            intent=msgspec.Raw(intent),
            sigs=[],
        )
    )
    if len(body) > LONGEST:
        raise TooLong(f"{len(body)} bytes, {LONGEST} are allowed")
    return Sealed(head.size + 1, body, leaf_hash(body), fact)


def unseal(body: bytes) -> tuple[Record, Fact]:
    """Read a stored record, strictly.

    Raises:
        NotCanonical: the bytes are not a record, not its canonical bytes, or the fact inside is not the one whose
            hash the record carries.

    """
    try:
        record = _records.decode(body)
    except _UNREADABLE as error:
        raise NotCanonical(str(error)) from error
    intent = bytes(record.intent)
    fact = _read(intent)
    if _encoder.encode(fact) != intent or _encoder.encode(record) != body:
        raise NotCanonical("the same record has other canonical bytes")
    if hashlib.sha256(intent).hexdigest() != record.intent_sha256:
        raise NotCanonical("the fact is not the one the record was made for")
    if not body.isascii() and not proper(body.decode()):
        raise NotCanonical("text that is not in normal form C, or turns the reading direction")
    return record, fact


def _read(intent: bytes) -> Fact:
    try:
        fact = _facts.decode(intent)
    except _UNREADABLE as error:
        raise NotCanonical(str(error)) from error
    if not well_named(fact):
        raise NotCanonical("a field with a name that the ledger does not know")
    return fact


def _keepable(intent: bytes) -> None:
    """Read a fact back as a stranger would, so that nothing is stored that could not be read again."""
    if _encoder.encode(_read(intent)) != intent:
        raise NotCanonical("the fact does not read back as it was written")
    if not intent.isascii() and not proper(intent.decode()):
        raise NotCanonical("text that is not in normal form C, or turns the reading direction")
