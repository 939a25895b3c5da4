"""What a scan means: plain text, GS1 element strings, or an ISO/IEC 15434 message."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from muniment.domain.basics.text import Text, say
from muniment.domain.stock.code_gs1 import gs1_elements, serials_of_gs1, uii_of_gs1
from muniment.domain.stock.code_iso15434 import HEADER, iso15434_elements
from muniment.domain.stock.code_uii import serials_of_uii, uii_of

LONGEST = 7089
"""Bytes. No printed symbol holds more characters; longer input is not searched for structure."""
LONGEST_CANDIDATE = 120
"""Characters. A longer text names no single thing."""

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z](?=.)", re.DOTALL)
_C1 = re.compile(r"[\x80-\x9f]")


class CodeKind(StrEnum):
    """How the content of a code is built."""

    PLAIN = "plain"
    GS1 = "gs1"
    ISO15434 = "iso15434"


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one scan means.

    `raw` is all that was scanned and `text` the same without the symbology identifier, read as UTF-8 or
    else as Latin-1. `elements` are (identifier, value) in the order of the code. `uii` is the unique item
    identifier in its concatenated form, if the code holds one. Where there are `problems` the structure is not to be
    trusted and there is no `uii`. `declared` says that the symbol itself claims its structure; without
    it a GS1 reading is a good guess.
    """

    kind: CodeKind
    raw: bytes
    text: str
    symbology: str | None = None
    elements: tuple[tuple[str, str], ...] = ()
    uii: str | None = None
    problems: tuple[Text, ...] = ()
    declared: bool = False


def decode(scanned: bytes | str) -> Decoded:
    """Say what a scan means. Never raises: what is not understood is plain text with its bytes kept.

    An EPC, the content of a radio tag, is not recognised: its bytes stay `plain`.
    """
    raw = _bytes_of(scanned) if isinstance(scanned, str) else scanned
    try:
        whole = raw.decode("utf-8")
    except UnicodeDecodeError:
        whole = raw.decode("latin-1")
    found = _AIM.match(whole)
    symbology = found.group() if found else None
    text = whole[3:] if found else whole
    if len(raw) > LONGEST:
        too_long = say("The text is longer than any code can be.")
        return Decoded(CodeKind.PLAIN, raw, text, symbology, problems=(too_long,))
    if text.startswith(HEADER):
        return _iso15434(raw, text, symbology)
    gs1 = gs1_elements(text, symbology)
    if gs1 is None:
        return Decoded(CodeKind.PLAIN, raw, text, symbology)
    uii = None if gs1.problems else uii_of_gs1(gs1.elements)
    return Decoded(CodeKind.GS1, raw, text, symbology, gs1.elements, uii, gs1.problems, gs1.declared)


def candidates(decoded: Decoded) -> tuple[str, ...]:
    """The texts to look a record up by, most specific first, none twice.

    First the unique item identifier, then serials and lots named as such in the code, then the whole text. Where
    the structure was guessed the whole text comes first; where it has problems the whole text stands alone. Control
    characters are removed. A text that is too long, or that holds characters that can disguise
    it, is left out; there may be no candidate at all.
    """
    inside: list[str] = []
    if not decoded.problems:
        if decoded.uii is not None:
            inside.append(decoded.uii)
        if decoded.kind is CodeKind.GS1:
            inside += serials_of_gs1(decoded.elements)
        elif decoded.kind is CodeKind.ISO15434:
            inside += serials_of_uii(decoded.elements)
    guessed = decoded.kind is CodeKind.GS1 and not decoded.declared
    texts = [decoded.text, *inside] if guessed else [*inside, decoded.text]
    cleaned = (_cleaned(text) for text in texts)
    return tuple(dict.fromkeys(text for text in cleaned if text is not None))


def _iso15434(raw: bytes, text: str, symbology: str | None) -> Decoded:
    elements, problems = iso15434_elements(text)
    uii: str | None = None
    if not problems:
        uii, problems = uii_of(elements)
    return Decoded(CodeKind.ISO15434, raw, text, symbology, elements, uii, problems, declared=True)


def _bytes_of(scanned: str) -> bytes:
    try:
        # A command line hands over bytes that are no text in this disguise.
        return scanned.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return scanned.encode("utf-8", "surrogatepass")


def _cleaned(text: str) -> str | None:
    if len(text) > LONGEST_CANDIDATE or _C1.search(text):
        return None
    kept = "".join(sign for sign in text if unicodedata.category(sign) != "Cc").strip(" ")
    # What cannot be printed - format and bidirectional controls, odd spaces - makes texts look alike.
    return unicodedata.normalize("NFC", kept) if kept and kept.isprintable() else None
