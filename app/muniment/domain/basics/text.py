"""Sentences a user will read, kept apart from the language they are read in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """An English sentence with named gaps, and what fills them.

    `source` is the key a translation is looked up by, so it must be a literal where it is written with `say`.
    `str()` gives the English reading; a face that speaks another language renders `source` in that
    language and fills the same gaps. Values are never translated, unless they are texts themselves.
    """

    source: str
    values: Mapping[str, str | int | Text] = field(default_factory=dict)

    def __str__(self) -> str:
        """Read the text in English."""
        return self.source.format(**{name: str(value) for name, value in self.values.items()})

    def __hash__(self) -> int:
        """Hash like any value; the mapping is never altered."""
        return hash((self.source, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


def say(source: str, /, **values: str | int | Text) -> Text:
    """Write a text a user will read.

    >>> str(say("{rifles} rifles, {place}", rifles=3, place="rack 2"))
    '3 rifles, rack 2'
    """
    return Text(source, values)
