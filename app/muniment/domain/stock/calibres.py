"""Calibres: what a text on a weapon or in a list means, and what it leaves open.

What was written is always kept as written. The catalogue adds a meaning where there is one, offers the candidates
where a short form such as "7.62" fits several, and says nothing where it does not know.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.stock.calibre_spelling import folded
from muniment.domain.stock.shipped import rows


@dataclass(frozen=True, slots=True)
class Calibre:
    """One cartridge, shell or bore. `code` is stable and stored; `name` is its designation in every language."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """The text names one calibre."""

    calibre: Calibre


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The text leaves open which calibre is meant; only the weapon or its papers say. Stays recorded as written.

    A single candidate is an offer too: a bore such as 14.5 mm does not say that no other cartridge has it.
    """

    text: str
    candidates: tuple[Calibre, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The catalogue does not know the text; it stays recorded as written."""

    text: str


Recognised = Known | Ambiguous | Unknown

_SEPARATE: Mapping[frozenset[str], Text] = MappingProxyType(
    {
        frozenset(pair): why
        for pair, why in (
            (("7.62x51", "308win"), say("Military and civil cartridge of the same size, made to different limits.")),
            (("5.56x45", "223rem"), say("Military and civil cartridge of the same size, made to different limits.")),
            (("40x46", "40x53"), say("Low-velocity and high-velocity grenades do not interchange.")),
            (("40x46", "vog25"), say("Cased and caseless grenades do not interchange.")),
            (("40x53", "vog25"), say("Cased and caseless grenades do not interchange.")),
            (("12.7x99", "12.7x108"), say("The cases differ in length; the cartridges do not interchange.")),
        )
    }
)

_SIZE = re.compile(r"([0-9.]+x[0-9]+)(?:sr|r)?")


@cache
def calibres() -> Mapping[str, Calibre]:
    """The catalogue by code, in the order in which it is offered."""
    return MappingProxyType({row["code"]: Calibre(row["code"], row["name"]) for row in rows("calibres.csv")})


def calibre(code: str) -> Calibre:
    """The calibre with a code.

    Raises:
        Refusal: there is none.

    """
    found = calibres().get(code)
    if found is None:
        raise Refusal(
            "calibre_unknown",
            say("The catalogue has no calibre “{code}”.", code=code),
            do_now=say("Choose one from the catalogue, or keep the calibre as text only."),
        )
    return found


def recognise(text: str) -> Recognised:
    """What a calibre text means. Never raises, and never chooses between candidates.

    Understands a decimal comma, the multiplication sign, the Cyrillic х and the asterisk for x, and the words for
    calibre, gauge and millimetre in several languages.
    """
    key = folded(text)
    found = _names().get(key)
    if found is not None:
        return Known(found)
    candidates = _short_forms().get(key)
    return Ambiguous(text, candidates) if candidates else Unknown(text)


def kept_separate(one: str, other: str) -> Text | None:
    """Why two calibre codes that are easily taken for one another are not the same; none if they are not such."""
    return _SEPARATE.get(frozenset((one, other)))


@cache
def _names() -> Mapping[str, Calibre]:
    names: dict[str, Calibre] = {}
    for row in rows("calibres.csv"):
        for spelling in (row["name"], *filter(None, row["aliases"].split("|"))):
            names[folded(spelling)] = calibres()[row["code"]]
            if spelling.startswith("."):
                # "45 ACP" and "0.45 ACP" are as common as ".45 ACP"; a bare "45" is not a calibre.
                bare = folded(spelling.removeprefix("."))
                if not bare.isdigit():
                    names.setdefault(bare, calibres()[row["code"]])
    for one in calibres().values():
        size = _SIZE.match(folded(one.name))
        if size:
            # "9x18" stands for "9x18mm Makarov", unless a second cartridge has the same size.
            for short in {size[0], size[1]} - _short_forms().keys():
                names.setdefault(short, one)
    return names


@cache
def _short_forms() -> Mapping[str, tuple[Calibre, ...]]:
    found: defaultdict[str, list[Calibre]] = defaultdict(list)
    for row in rows("calibres.csv"):
        for short in (row["bore"], row["short"]):
            if short:
                found[folded(short)].append(calibres()[row["code"]])
    return {short: tuple(candidates) for short, candidates in found.items()}
