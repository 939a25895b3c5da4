"""Signed notes: a text with signatures below it, each naming the key that made it.

Source: C2SP, signed-note.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Collection, Mapping
from typing import Protocol

import msgspec

MOST_SIGNATURES = 16
LONGEST_NOTE = 64 * 1024


class NoNote(ValueError):  # noqa: N818 - says what the text is not
    """A text that is no signed note; or one whose signature by a known key is not genuine."""


class Suite(Protocol):
    """A kind of signature: its name in the ledger, and the bytes that stand for it in the id of a key."""

    @property
    def name(self) -> str:
        """Such as `ed25519`."""

    @property
    def type_id(self) -> bytes:
        """One byte that C2SP assigns; or 0xff and a longer name."""

    def genuine(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the owner of the public key signed this message."""


class PublicKey(msgspec.Struct, frozen=True):
    """A key that signatures are held against: the name it signs under, its suite, its bytes."""

    name: str
    suite: str
    public: bytes


class Signature(msgspec.Struct, frozen=True):
    """One signature of a note: the name it was made under, the four bytes that tell keys of a name apart, itself."""

    name: str
    key_id: bytes
    signature: bytes


class Note(msgspec.Struct, frozen=True):
    """A signed note. The text ends with a line feed."""

    text: str
    signatures: tuple[Signature, ...]

    def written(self) -> str:
        """The note as it is kept, printed and handed on."""
        lines = [f"— {one.name} {base64.b64encode(one.key_id + one.signature).decode()}\n" for one in self.signatures]
        return f"{self.text}\n{''.join(lines)}"


def key_id(key: PublicKey, suite: Suite) -> bytes:
    """The four bytes that tell keys of one name apart."""
    return hashlib.sha256(key.name.encode() + b"\n" + suite.type_id + key.public).digest()[:4]


def read_note(written: str) -> Note:
    """Read a note; whether its signatures are genuine is another question.

    Raises:
        NoNote: it is not written as a signed note is.

    """
    text, found, below = written.rpartition("\n\n")
    if not found or not text or len(written) > LONGEST_NOTE or not below.endswith("\n"):
        raise NoNote("no text with signatures below it")
    if any(sign < " " and sign != "\n" for sign in written):
        raise NoNote("a control character")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoNote("too many signatures")
    return Note(f"{text}\n", tuple([_signature(line) for line in lines]))


def _signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, signed = rest.partition(" ")
    try:
        signature = base64.b64decode(signed, validate=True)
    except binascii.Error as error:
        raise NoNote("a signature that is not in base 64") from error
    spelt = base64.b64encode(signature).decode() == signed
    if dash != "—" or not name or "+" in name or name.split() != [name] or len(signature) < 5 or not spelt:
        raise NoNote("a line that is no signature")
    return Signature(name, signature[:4], signature[4:])


def signers(note: Note, keys: Collection[PublicKey], suites: Mapping[str, Suite]) -> list[PublicKey]:
    """Those of the keys that signed the note; signatures of unknown keys say nothing.

    Raises:
        NoNote: a signature under the name and id of a known key is not genuine.

    """
    known = {(key.name, key_id(key, suites[key.suite])): key for key in keys if key.suite in suites}
    found: list[PublicKey] = []
    for one in note.signatures:
        key = known.get((one.name, one.key_id))
        if key is None:
            continue
        if not suites[key.suite].genuine(key.public, note.text.encode(), one.signature):
            raise NoNote("a signature that is not genuine")
        if key not in found:
            found.append(key)
    return found
