"""What a typed text can be: a register number or its beginning, words of make and model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from muniment.domain.basics.identity import Kind
from muniment.domain.stock.serial import comparison_key

_NUMBER = re.compile(r"([WCL]?)-?([0-9]{1,15})")
_LETTERS = {"W": Kind.WEAPON, "C": Kind.COMPONENT, "L": Kind.LINE}
_DIGITS = 7
"""Figures that a register number is filled up to with zeros."""

_MOST_DIGITS = 8
"""Figures of the longest register numbers that are found by their beginning."""

_LEAST_OF_A_NAME = 3
"""Characters that must be typed before names are searched."""


def exact(text: str) -> Iterator[tuple[Kind, tuple[int, int]]]:
    """The running number that a text is, as a span of one, with its zeros or without.

    >>> list(exact("w-12"))
    [(<Kind.WEAPON: 'weapon'>, (12, 12))]
    """
    for kind, figures in _read(text):
        yield kind, (int(figures), int(figures))


def beginnings(text: str) -> Iterator[tuple[Kind, tuple[int, int]]]:
    """The running numbers whose register number begins so.

    >>> list(beginnings("W-00100"))
    [(<Kind.WEAPON: 'weapon'>, (10000, 10099))]
    >>> [span for _, span in beginnings("W-12")]
    [(1200000, 1299999), (12000000, 12999999)]
    """
    for kind, figures in _read(text):
        longest = _DIGITS if figures.startswith("0") else _MOST_DIGITS
        for digits in range(max(_DIGITS, len(figures)), longest + 1):
            room = 10 ** (digits - len(figures))
            yield kind, (int(figures) * room, int(figures) * room + room - 1)


def words_of(text: str) -> list[str]:
    """The words of a typed text, as names are compared."""
    return name_key(text, "").split()


def name_key(make: str, model: str) -> str:
    """Make and model as they are searched: words by their comparison keys.

    >>> name_key("Example Works", "AK-1")
    'EXAMPLE WORKS AK1'
    """
    return " ".join(comparison_key(word) for word in f"{make} {model}".split())


def is_name(words: Sequence[str]) -> bool:
    """Whether enough was typed to look for names."""
    return sum(map(len, words)) >= _LEAST_OF_A_NAME


def is_named(words: Sequence[str], key: str) -> bool:
    """Whether all words occur in the key of a name, short ones at the beginning of a word; or all written as one.

    >>> key = name_key("Example Works", "AK-1")
    >>> [is_named(words, key) for words in (["WORK", "A"], ["K1", "EXA"], ["AK", "1"])]
    [True, False, True]
    """
    name = f" {key}"
    each = all((word if len(word) >= _LEAST_OF_A_NAME else f" {word}") in name for word in words)
    return is_name(words) and (each or "".join(words) in name)


def _read(text: str) -> Iterator[tuple[Kind, str]]:
    read = _NUMBER.fullmatch(text.upper())
    if read is None:
        return
    letter, figures = read.groups()
    for kind in [_LETTERS[letter]] if letter else _LETTERS.values():
        yield kind, figures
