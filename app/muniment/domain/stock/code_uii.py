"""Unique item identifiers of MIL-STD-130, put together from the data elements of a mark.

Source: MIL-STD-130N Change 1, Tables IV and V (parts of the identifier, issuing agency codes) and Table A-II
(derivation from data identifiers). Text element identifiers as a marking supplier's table gives them for
MIL-STD-130N; Table A-III itself was not at hand.
"""

from __future__ import annotations

from muniment.domain.basics.text import Text, say
from muniment.domain.stock.code_gs1 import Elements, uii_of_gs1

ENTERPRISES = {
    "17V": "D",
    "12V": "UN",
    "3V": "",
    "7L": "LD",
    "18V": "",
    "CAG": "D",
    "MFR": "D",
    "SPL": "D",
    "DUN": "UN",
    "EUC": "",
}
"""What names an enterprise, and the issuing agency code to put before it; empty where it holds its own."""

WITHIN_ENTERPRISE = ("SER", "UCN")
WITHIN_PART = {"S": ("1P", "1T"), "SEQ": ("PNO", "LOT")}
"""A serial that is unique only with the original part, lot or batch number beside it."""
WHOLE = {"25S": "", "18S": "D", "I": "", "22S": ""}
"""Elements that are an identifier by themselves, and the issuing agency code still to be put before it."""

_SERIALS = ("18S", "S", "SER", "UCN", "SEQ")
_LOTS = ("1T", "LOT")


def uii_of(elements: Elements) -> tuple[str | None, tuple[Text, ...]]:
    """The identifier in its concatenated form, or None with, where the mark contradicts itself, the reason."""
    found = {WHOLE[name] + value for name, value in elements if name in WHOLE}
    enterprises = {ENTERPRISES[name] + value for name, value in elements if name in ENTERPRISES}
    if equivalent := uii_of_gs1(elements):
        found.add(equivalent)
    if enterprises and not found:
        found = {enterprise + rest for enterprise in enterprises for rest in _within(elements)}
    if len(found) > 1:
        return None, (say("The mark holds more than one unique item identifier."),)
    return next(iter(found), None), ()


def serials_of_uii(elements: Elements) -> list[str]:
    """Serials first, then lots, as they stand in the mark."""
    serials = [value for wanted in (*_SERIALS, "21") for name, value in elements if name == wanted]
    return serials + [value for wanted in (*_LOTS, "10") for name, value in elements if name == wanted]


def _within(elements: Elements) -> set[str]:
    values: dict[str, set[str]] = {}
    for name, value in elements:
        values.setdefault(name, set()).add(value)
    whole = {serial for name in WITHIN_ENTERPRISE for serial in values.get(name, ())}
    parts = {
        number + serial
        for name, numbers in WITHIN_PART.items()
        for serial in values.get(name, ())
        for number_name in numbers
        for number in values.get(number_name, ())
    }
    return whole | parts
