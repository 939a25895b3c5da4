"""Documents that a rule may rest on, and the places in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How much of a document was at hand when the rule was written."""

    READ = "read"
    """The text itself: clauses may be cited."""

    NAMED = "named"
    """Title, subject and second-hand accounts: only the document as a whole may be cited."""


@dataclass(frozen=True, slots=True)
class Document:
    """A published document, by the short name that is printed beside a rule.

    `edition` is empty where several editions carry the same text.
    """

    name: str
    title: str
    publisher: str
    edition: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Clause:
    """A place in a document; `number` is empty where the whole document is meant.

    Raises:
        ValueError: a number is given for a document whose text was not at hand. Numbers from memory are worse
            than none, because an auditor will look them up.

    """

    document: Document
    number: str = ""

    def __post_init__(self) -> None:
        if self.number and self.document.standing is not Standing.READ:
            raise ValueError(f"{self.document.name}: clause {self.number} cannot be cited, its text was not read")

    @property
    def edition(self) -> str:
        """The edition of the document."""
        return self.document.edition

    def __str__(self) -> str:
        """Cite: short name, edition and number, as far as they are known."""
        return ", ".join(part for part in (self.document.name, self.edition, self.number) if part)
