"""Serial numbers: text exactly as struck, and the keys that find it again.

The number itself is evidence and is never rewritten. Two keys are derived from it. The comparison key makes numbers
equal that differ only in how they were typed; it warns of duplicates and finds. The look-alike key is coarser and
serves to offer near matches to a person, never to merge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.stock.free_text import refuse_blanks, refuse_invisible
from muniment.domain.stock.placeholders import plainly_a_number, stands_for_nothing
from muniment.domain.stock.scripts import Script, script_of

LONGEST = 64
"""Characters that a serial number may have."""


class SerialStatus(StrEnum):
    """What the metal shows where the number should be."""

    PRESENT = "present"
    PARTLY_LEGIBLE = "partly_legible"
    ILLEGIBLE = "illegible"
    OBLITERATED = "obliterated"
    NEVER_MARKED = "never_marked"
    UNKNOWN = "unknown"

    @property
    def has_text(self) -> bool:
        """Whether there is something to write down: a whole number, or the part that can be read."""
        return self is SerialStatus.PRESENT or self is SerialStatus.PARTLY_LEGIBLE


SERIAL_STATUS_NAMES: Mapping[SerialStatus, Text] = MappingProxyType(
    {
        SerialStatus.PRESENT: say("present"),
        SerialStatus.PARTLY_LEGIBLE: say("partly legible"),
        SerialStatus.ILLEGIBLE: say("illegible"),
        SerialStatus.OBLITERATED: say("obliterated"),
        SerialStatus.NEVER_MARKED: say("never marked"),
        SerialStatus.UNKNOWN: say("not known"),
    }
)


@dataclass(frozen=True, slots=True)
class Struck:
    """A serial number that may stand in the register, and what is odd about it.

    `warnings` are for the officer who enters the number; they do not hinder.
    """

    text: str
    script: Script
    warnings: tuple[Text, ...] = ()


_LETTERS = str.maketrans(
    "АВЕЅІЈКМНОРТСУХҮԚԜӀ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧͿϹ",
    "ABESIJKMHOPTCYXYQWI" + "ABEZHIKMNOPTYXJC",
)
"""Capitals of Cyrillic and Greek that cannot be told from a Latin capital on metal."""

_NEAR = str.maketrans("OISBZQ" + "ЗЧБ", "01582" + "0" + "346")
"""Letters taken for figures by a tired eye: the five pairs of the marking guides, Q, and three of Cyrillic."""

_NEAR_ARABIC = str.maketrans("يىك", "ییک")

_DOTS_AND_SLASHES = frozenset(".·•‧∙⋅。۔・" + "/\\⁄∕⧸")
_MINUS = "\u2212"
_HARMLESS = frozenset("-./ ")
_FIGURES = re.compile(r"([0-9]+)")
_FIRST_FIGURES = re.compile(r"([^0-9]*)0*([0-9].*)", re.DOTALL)

WIDEST = 8
"""Figures to which makers and lists fill a short number up with zeros."""


def comparison_key(serial: str) -> str:
    """The number as it is compared: compatibility form, capitals, no separators, figures 0 to 9, Latin look-alikes.

    Blanks, hyphens, dots and slashes fall away; leading zeros stay, because they are part of a number. The key of a
    key is the key. Never raises.
    """
    if serial.isascii():  # nearly all of a million, and none of what follows concerns them
        return serial.encode("ascii").translate(_ASCII_CAPITALS, _ASCII_SEPARATORS).decode("ascii")
    return _comparison_key_of_any_script(serial)


def _comparison_key_of_any_script(serial: str) -> str:
    # Taken apart first, so that the Cyrillic Ё becomes the Latin Ë as the Е becomes the E.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", serial).upper())
    kept = "".join(_figure(character) for character in apart if not _falls_away(character))
    return unicodedata.normalize("NFKC", kept.translate(_LETTERS))


def look_alike_key(serial: str) -> str:
    """A coarser key, in which O and 0, I and 1, S and 5, B and 8, Z and 2 are the same.

    Numbers with the same comparison key have the same look-alike key. Use it only to show near matches. Never raises.
    """
    return coarser(comparison_key(serial))


def coarser(comparison_key: str) -> str:
    """The look-alike key that goes with a comparison key."""
    if comparison_key.isascii():
        return comparison_key.encode("ascii").translate(_ASCII_NEAR).decode("ascii")
    return comparison_key.translate(_NEAR).translate(_NEAR_ARABIC)


def zeros_aside(look_alike_key: str) -> str:
    """A look-alike key without the zeros that its first figures begin with; numbers that share it are near matches.

    A list that went through a spreadsheet has lost them, and a form may have filled them up: leading zeros are part of
    a number, and the first thing that is lost of it.
    """
    if "0" not in look_alike_key:
        return look_alike_key
    found = _FIRST_FIGURES.fullmatch(look_alike_key)
    return found[1] + found[2] if found else look_alike_key


def with_other_zeros(look_alike_key: str) -> tuple[str, ...]:
    """The look-alike keys that differ from this one in leading zeros at most, this one first."""
    found = _FIRST_FIGURES.fullmatch(look_alike_key)
    if found is None:
        return (look_alike_key,)
    before, rest = found[1], found[2]
    figures = len(rest) - len(rest.lstrip("0123456789"))
    filled = (f"{before}{'0' * zeros}{rest}" for zeros in range(max(WIDEST - figures, 0) + 1))
    return (look_alike_key, *(key for key in filled if key != look_alike_key))


def near_match(one: str, other: str) -> bool:
    """Whether two numbers differ, but only in characters that are taken for each other, or in leading zeros."""
    return comparison_key(one) != comparison_key(other) and (
        zeros_aside(look_alike_key(one)) == zeros_aside(look_alike_key(other))
    )


def sort_key(serial: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """A key that sorts as people do: A2 before A10. Numbers that differ never have the same key."""
    chunks: list[tuple[int, int, str]] = []
    for chunk in _FIGURES.split(comparison_key(serial)):
        if chunk.isascii() and chunk.isdigit():
            bare = chunk.lstrip("0")
            # Length before figures is numeric order without a conversion, which Python limits to 4,300 figures.
            chunks.append((0, len(bare), bare))
        elif chunk:
            chunks.append((1, 0, chunk))
    return tuple(chunks), serial


def struck(serial: str) -> Struck:
    """Take a serial number as it stands on the metal.

    Script, order and capitals stay; only the encoding becomes normal form C, which looks the same.

    Raises:
        Refusal: there is nothing, or a word that says there is nothing (the serial status says that better); a
            blank at either end, twice or of an unusual kind; a character that is not seen; more than 64 characters.

    """
    if _beyond_doubt(serial):
        return Struck(serial, Script.LATIN, () if serial.strip("0") else (_zeros(),))
    what = say("The serial number")
    refuse_blanks(serial, what)
    refuse_invisible(serial, what)
    if not serial:
        raise Refusal(
            "serial_empty",
            say("The serial number is empty."),
            do_now=say("Enter it as struck, or say with the serial status why there is none."),
        )
    if len(serial) > LONGEST:
        raise Refusal(
            "serial_too_long",
            say("The serial number has {count} characters; {most} are allowed.", count=len(serial), most=LONGEST),
            do_now=say("Enter the number only, and the other marks as marks."),
        )
    if stands_for_nothing(serial) or re.fullmatch("X{3,}", comparison_key(serial)):
        raise Refusal(
            "serial_placeholder",
            say("“{serial}” is a word in place of a number.", serial=serial),
            do_now=say(
                "Leave the number empty and choose a serial status: partly legible, illegible, obliterated, "
                "never marked or not known."
            ),
        )
    text = unicodedata.normalize("NFC", serial)
    script = script_of(text)
    return Struck(text, script, tuple(_odd(text, script)))


def serial_by_status(serial: str, status: SerialStatus) -> str:
    """The serial number as it is kept, checked against its status.

    Raises:
        Refusal: a number is there though its status says that none can be read, or the other way round; or the
            number cannot be taken, see `struck`.

    """
    if status.has_text:
        return serial if _beyond_doubt(serial) else struck(serial).text
    if serial:
        raise Refusal(
            "serial_contradicts_status",
            say("There is a serial number, but its status says that there is none to read."),
            do_now=say("Choose “present” or “partly legible”, or take the number away."),
        )
    return ""


def _beyond_doubt(serial: str) -> bool:
    return len(serial) <= LONGEST and plainly_a_number(serial)


def _figure(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _falls_away(character: str) -> bool:
    return (
        character.isspace()
        or character in _DOTS_AND_SLASHES
        or character == _MINUS
        or unicodedata.category(character) in {"Pd", "Zs", "Zl", "Zp", "Cc", "Cf"}
    )


# Bytes are exchanged four times as fast as characters, and a serial is compared at every turn.
_ASCII_CAPITALS = bytes(range(256)).upper()
_ASCII_SEPARATORS = bytes(code for code in range(128) if _falls_away(chr(code)))
_ASCII_NEAR = bytes(_NEAR.get(code, code) for code in range(128)).ljust(256, b"\0")


def _odd(text: str, script: Script) -> list[Text]:
    warnings: list[Text] = []
    signs = sorted({c for c in text if c not in _HARMLESS and unicodedata.category(c)[0] in "PS"})
    if signs:
        warnings.append(say("It holds the signs {signs}. Are they struck into the metal?", signs=" ".join(signs)))
    if script is Script.MIXED:
        warnings.append(say("It holds letters of two scripts. Look-alike letters may have been typed."))
    if set(comparison_key(text)) == {"0"}:
        warnings.append(_zeros())
    return warnings


def _zeros() -> Text:
    return say("It is made of zeros only.")
