"""GS1 element strings: application identifiers and their values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biip import ParseConfig, ParseError
from biip.gs1_element_strings import GS1ElementString
from biip.gtin import Gtin

from muniment.domain.basics.text import Text, say

GS = "\x1d"
Elements = tuple[tuple[str, str], ...]

CARRIERS = frozenset({"]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1"})
"""Symbology identifiers of symbols that hold element strings."""
GTIN_CARRIERS = frozenset({"]E0", "]E4", "]I1"})
"""Symbology identifiers of symbols that hold a bare trade item number."""

MOST_ELEMENTS = 64
_DATES = frozenset({"11", "12", "13", "15", "16", "17"})
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WRITTEN = re.compile(r"(?:\([0-9]{2,4}\)[^()]+)+")
_PART = re.compile(r"\(([0-9]{2,4})\)([^()]+)")
_CONFIG = ParseConfig(gs1_element_strings_verify_date=False)
_ASSET_LEAST = 12
"""Characters of an asset identifier that is believed without the symbol saying what it holds."""


@dataclass(frozen=True, slots=True)
class Gs1:
    """Element strings, and whether the symbol itself said that it holds such."""

    elements: Elements
    problems: tuple[Text, ...]
    declared: bool


def gs1_elements(text: str, symbology: str | None) -> Gs1 | None:
    """Read element strings out of a scanned text; None if it is none of GS1's.

    Without a symbology identifier the text must show what it is: by a separator, by brackets around the
    identifiers as printed below a symbol, or by a number whose check digit is right; a serial number that
    happens to begin with `21` is not taken apart.
    """
    if symbology in GTIN_CARRIERS:
        return _bare_number(text)
    if symbology in CARRIERS:
        return Gs1(*_elements(text), declared=True)
    if symbology is not None or not text.isascii():
        return None
    if _WRITTEN.fullmatch(text):
        return _bracketed(text)
    elements, problems = _elements(text)
    if problems or not elements:
        return None
    if GS in text:
        return Gs1(elements, (), declared=True)
    return Gs1(elements, (), declared=False) if _shows_itself(*elements[0]) else None


def uii_of_gs1(elements: Elements) -> str | None:
    """The value that serves as unique item identifier: an individual or a serialised returnable asset.

    Source: MIL-STD-130N Change 1, "IUID Equivalent" (application identifiers 8002, 8003 and 8004).
    """
    values = dict(elements)
    if "8004" in values:
        return values["8004"]
    if len(values.get("8003", "")) > len("0") + 13:
        return values["8003"]
    return values.get("8002")


def serials_of_gs1(elements: Elements) -> list[str]:
    """Serials first, then the number of a logistic unit, then lots."""
    return [value for wanted in ("21", "00", "10") for name, value in elements if name == wanted]


def _elements(text: str) -> tuple[Elements, tuple[Text, ...]]:
    out: list[tuple[str, str]] = []
    rest = text.strip(GS + " ")
    if not rest.isascii():
        return (), (say("The code holds characters that GS1 does not allow."),)
    while rest:
        if len(out) == MOST_ELEMENTS:
            return tuple(out), (say("The code holds more elements than can be true."),)
        try:
            element = GS1ElementString.extract(rest, config=_CONFIG)
        except ParseError:
            return tuple(out), (say("The part {part} is not a GS1 element.", part=_shown(rest)),)
        name, value = element.ai.ai, element.value
        out.append((name, value))
        rest = rest[len(element) :]
        if problem := _problem(element):
            return tuple(out), (problem,)
        if rest and element.ai.separator_required and not rest.startswith(GS):
            return tuple(out), (say("The value of {name} is longer than GS1 allows.", name=name),)
        rest = rest.lstrip(GS)
    if not out:
        return (), (say("The code is empty."),)
    return _once(tuple(out))


def _once(elements: Elements) -> tuple[Elements, tuple[Text, ...]]:
    values: dict[str, str] = {}
    for name, value in elements:
        if values.setdefault(name, value) != value:
            return elements, (say("The code gives two different values for {name}.", name=name),)
    return elements, ()


def _problem(element: GS1ElementString) -> Text | None:
    name, value = element.ai.ai, element.value
    if element.gtin_error or element.sscc_error or element.gln_error:
        return say("The check digit of {value} is wrong.", value=value)
    if name == "8003" and not _check_digit_fits(value[1:14]):
        return say("The check digit of {value} is wrong.", value=value)
    if name in _DATES and not _is_day(value):
        return say("{value} is not a day of the calendar.", value=value)
    return None


def _bare_number(text: str) -> Gs1:
    number = text.strip()
    if number.isascii() and number.isdigit() and len(number) in (8, 12, 13, 14):
        fits = _check_digit_fits(number)
        wrong = () if fits else (say("The check digit of {value} is wrong.", value=number),)
        return Gs1((("01", number.zfill(14)),), wrong, declared=True)
    return Gs1((), (say("The part {part} is not a GS1 element.", part=_shown(text)),), declared=True)


def _bracketed(text: str) -> Gs1 | None:
    joined = GS.join(name + value.strip() for name, value in _PART.findall(text))
    elements, problems = _elements(joined)
    named = [name for name, _ in _PART.findall(text)]
    if not problems and [name for name, _ in elements] != named:
        return None
    return Gs1(elements, problems, declared=True) if elements else None


def _shows_itself(name: str, value: str) -> bool:
    if name in ("00", "01", "02"):
        return True
    if name == "8003":
        return len(value) > len("0") + 13
    return name == "8004" and len(value) >= _ASSET_LEAST and value[:7].isdigit()


def _check_digit_fits(number: str) -> bool:
    try:
        Gtin.parse(number.zfill(14))
    except ParseError:
        return False
    return True


def _is_day(value: str) -> bool:
    """Whether YYMMDD is a day; 00 for the day stands for the whole month."""
    year, month, day = int(value[:2]), int(value[2:4]), int(value[4:6])
    if not 1 <= month <= 12 or day > _DAYS[month - 1]:
        return False
    return not (month == 2 and day == 29 and year % 4)


def _shown(part: str) -> str:
    return "".join(sign if sign.isprintable() else "·" for sign in part[:24])
