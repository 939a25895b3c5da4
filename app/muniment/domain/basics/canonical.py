"""The one way in which a value becomes bytes: RFC 8785 (JCS), in the restricted profile "SJ-1".

The profile: object keys are `[a-z0-9_]{1,40}`; numbers are integers of at most 53 bits, never floats; text is in
normal form C, without unpaired surrogates and without marks that turn the reading direction; there is no `null`;
nothing is nested deeper than six levels or longer than 16 KiB. Inside the profile any sorted, compact JSON encoder
yields the bytes that RFC 8785 asks for, so the bytes can be checked in any language in thirty years.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import msgspec

LONGEST = 16 * 1024
"""Bytes that one record may take at the most."""

DEEPEST = 6
LARGEST = 2**53 - 1

_KEY = re.compile(r"[a-z0-9_]{1,40}")
_FORBIDDEN = re.compile("[\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_encoder = msgspec.json.Encoder(order="sorted")


class NotCanonical(ValueError):  # noqa: N818 - says what the bytes are not
    """A value outside the profile, or bytes that are not its canonical form."""


class TooLong(NotCanonical):
    """A value that takes more bytes than one record may."""


def encode(value: Mapping[str, Any]) -> bytes:
    """Write an object of the profile as its canonical bytes.

    Raises:
        NotCanonical: the value lies outside the profile; the text says where and why.

    """
    _check(value, "", 1)
    written = _encoder.encode(value)
    if len(written) > LONGEST:
        raise TooLong(f"{len(written)} bytes, {LONGEST} are allowed")
    return written


def decode(written: bytes) -> dict[str, Any]:
    """Read canonical bytes back.

    Raises:
        NotCanonical: the bytes are not JSON, or not the canonical bytes of what they say.

    """
    try:
        value = msgspec.json.decode(written, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if encode(value) != written:
        raise NotCanonical("the same value has other canonical bytes")
    return value


def proper(text: str) -> bool:
    """Whether a text may stand in the ledger: normal form C, no surrogates, nothing that turns the direction."""
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _FORBIDDEN.search(text))


def _check(value: object, where: str, depth: int) -> None:
    if isinstance(value, str):
        if not proper(value):
            raise NotCanonical(f"{where}: not plain text in normal form C")
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical(f"{where}: {value} has more than 53 bits")
    elif isinstance(value, Mapping):
        if depth > DEEPEST:
            raise NotCanonical(f"{where}: deeper than {DEEPEST} levels")
        for key, inner in value.items():
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                raise NotCanonical(f"{where}: {key!r} is no key of the profile")
            _check(inner, f"{where}.{key}", depth + 1)
    elif isinstance(value, (list, tuple)):
        if depth > DEEPEST:
            raise NotCanonical(f"{where}: deeper than {DEEPEST} levels")
        for index, inner in enumerate(value):
            _check(inner, f"{where}[{index}]", depth + 1)
    else:
        raise NotCanonical(f"{where}: {type(value).__name__} is not of the profile")
