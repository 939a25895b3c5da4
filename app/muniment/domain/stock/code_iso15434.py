"""ISO/IEC 15434 messages: envelopes of data elements, formats 05, 06 and 12."""

from __future__ import annotations

import re

from muniment.domain.basics.text import Text, say
from muniment.domain.stock.code_gs1 import GS, Elements, gs1_elements

HEADER = "[)>"
RS = "\x1e"
EOT = "\x04"

_DATA_IDENTIFIER = re.compile(r"([0-9]{0,3}[A-Z])(.+)")
_TEXT_ELEMENT = re.compile(r"([A-Z]{3}) (.+)")
_MOST_ENVELOPES = 16
_MOST_FIELDS = 128


def iso15434_elements(text: str) -> tuple[Elements, tuple[Text, ...]]:
    """The data elements of a message that begins with `HEADER`, and what is wrong with it.

    Identifiers are those of the format: application identifiers in 05, data identifiers in 06, text element
    identifiers in 12. What could be read before a problem is handed out too.
    """
    body = text[len(HEADER) :]
    if not body.startswith(RS):
        lost = say("The separators inside the code did not arrive. Set the scanner to serial mode.")
        return (), (lost,)
    if not body.endswith(RS + EOT):
        return (), (say("The end of the code is missing; it may be cut short."),)
    envelopes = body[1 : -len(RS + EOT)].split(RS)
    if len(envelopes) > _MOST_ENVELOPES or body.count(GS) > _MOST_FIELDS:
        return (), (say("The code holds more elements than can be true."),)
    elements: list[tuple[str, str]] = []
    problems: list[Text] = []
    for envelope in envelopes:
        read, wrong = _envelope(envelope)
        elements += read
        problems += wrong
    return tuple(elements), tuple(problems)


def _envelope(envelope: str) -> tuple[Elements, tuple[Text, ...]]:
    number, separator, fields = envelope.partition(GS)
    if number not in ("05", "06", "12") or not separator:
        return (), (say("Format {number} is not read here.", number=_shown(number)),)
    if number == "05":
        gs1 = gs1_elements(fields, "]C1")
        return (gs1.elements, gs1.problems) if gs1 else ((), ())
    pattern = _DATA_IDENTIFIER if number == "06" else _TEXT_ELEMENT
    out: list[tuple[str, str]] = []
    for field in fields.split(GS):
        found = pattern.fullmatch(field)
        if found is None:
            return tuple(out), (say("The part {part} names no data element.", part=_shown(field)),)
        out.append((found[1], found[2]))
    return tuple(out), ()


def _shown(part: str) -> str:
    return "".join(sign if sign.isprintable() else "·" for sign in part[:24])
