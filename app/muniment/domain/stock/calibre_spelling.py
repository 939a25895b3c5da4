"""The many spellings of one calibre, brought to one."""

from __future__ import annotations

import re
import unicodedata

_TIMES = re.compile(r"(?<=[\d\s])\s*[x×хX✕*]\s*(?=\d)")
_COMMA = re.compile(r"(?<=\d)[,٫](?=\d)")
_MILLIMETRE = re.compile(r"mill?imet(?:er|re|ro)s?|millimètres?|миллиметр\w*|мм|ملم|مم|毫米|mm")
_GAUGE = re.compile(r"(?<=[\d\s])(?:gauges?|gages?|ga\.?|bore)$")
_GAUGE_IN_RUSSIAN = re.compile(r"^(\d{2}|410)[\s-]*кал(?:ибр)?\.?$")
_WORD = r"(?:cal(?:iber|ibre|ibro)?|kal(?:iber)?|кал(?:ибр)?|عيار|口径)"
_INCHES = re.compile(rf"^{_WORD}[.\s]*(?P<hundredths>\d{{2,3}})(?![\d.,]|\s*(?:[x×х*]\s*\d|mm|mil|мм|ga))")
_CALIBRE = re.compile(rf"^{_WORD}[.\s]*(?=\d)|\b{_WORD}\b\.?")
_DROPPED = re.compile(r"[\s\-‐–_'\"“”()&]+")


def folded(text: str) -> str:
    """A key in which spellings of the same calibre are equal; it is compared, never shown.

    A leading point stays, because .40 and 40 mm are different things; "caliber 45" gains it.
    """
    key = unicodedata.normalize("NFKC", text).casefold().strip()
    key = "".join(_figure(character) for character in key)
    key = _GAUGE_IN_RUSSIAN.sub(r"\1 gauge", key)
    key = _INCHES.sub(r".\g<hundredths>", key)
    key = _CALIBRE.sub(" ", key).strip()
    key = _COMMA.sub(".", key)
    key = _MILLIMETRE.sub(" ", key)
    key = _TIMES.sub("x", key)
    key = _GAUGE.sub("gauge", key.strip())
    key = _DROPPED.sub("", key)
    return re.sub(r"^0(?=\.)", "", key)


def _figure(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
