"""Keeping codes, numbers and names in one piece inside a sentence of another reading direction.

Without isolation the place "2 · 14 · 6" stands as "6 · 14 · 2" in an Arabic sentence, and a serial changes its
parts about. Isolates are for showing only: the ledger refuses them (see `canonical`), searches would miss through
them, so they are put in at the last moment and never stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from muniment.domain.basics.text import Text

LEFT_TO_RIGHT = "\u2066"
RIGHT_TO_LEFT = "\u2067"
OWN_DIRECTION = "\u2068"
END = "\u2069"

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def bare(value: str) -> str:
    """Take out every mark that turns the reading direction, so that a value cannot break out of its isolate."""
    return value if value.isascii() else _TURNING.sub("", value)


def isolate(value: str) -> str:
    """Isolate a value whose letters decide its direction: numbers left to right, an Arabic name as it is read.

    >>> isolate("AB-12") == LEFT_TO_RIGHT + "AB-12" + END
    True
    """
    value = bare(value)
    if not value:
        return value
    return f"{OWN_DIRECTION if reads_right_to_left(value) else LEFT_TO_RIGHT}{value}{END}"


def isolate_code(code: str) -> str:
    """Isolate a serial, a register number or a date: always left to right, whatever letters are struck in it."""
    code = bare(code)
    return f"{LEFT_TO_RIGHT}{code}{END}" if code else code


def reads_right_to_left(value: str) -> bool:
    """Whether the first letter with a direction of its own is of a right-to-left script."""
    for letter in value:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def read_isolated(text: Text, translate: Callable[[str], str], *, right_to_left: bool) -> str:
    """Read a text in the language that `translate` turns its source into, every value isolated.

    Values stay bare in left-to-right languages unless they are right-to-left themselves. A translation whose gaps
    do not fit is not used: the English is read instead.
    """
    filling: dict[str, str] = {}
    for name, value in text.values.items():
        if isinstance(value, Text):
            inner = read_isolated(value, translate, right_to_left=right_to_left)
            filling[name] = f"{OWN_DIRECTION}{inner}{END}" if right_to_left and inner else inner
        elif right_to_left or reads_right_to_left(str(value)):
            filling[name] = isolate(str(value))
        else:
            filling[name] = bare(str(value))
    try:
        return translate(text.source).format(**filling)
    except (KeyError, IndexError, ValueError):
        return text.source.format(**filling)
