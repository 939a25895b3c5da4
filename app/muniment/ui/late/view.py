"""What a late entry is about, what is written beside it, and what the page of late entries shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from muniment.desk.cases import CaseCard
from muniment.domain.basics.text import Text, say
from muniment.ui.gather.presenter import GatherView


class Past(StrEnum):
    """What has happened."""

    ISSUED = "issued"
    WRONG = "wrong"
    RETURNED = "returned"
    FOUND = "found"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Told:
    """What is written beside the list: persons and places as typed or scanned, the time by this machine's clock."""

    at: str = ""
    person: str = ""
    place: str = ""
    doc: str = ""
    reason: str = ""
    for_good: bool = False
    second: str = ""
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class LateView:
    """The list with what each thing broke, who and where, and how many cases will be opened.

    `person` and `place` are what was scanned last, to be shown in their fields.
    """

    what: Past
    gathered: GatherView
    person: str
    place: str
    cases: int


@dataclass(frozen=True, slots=True)
class Entered:
    """What was written down, the cases it opened, and what is to be done now where a place is closed by now."""

    told: Text
    cases: tuple[CaseCard, ...]
    warning: Text | None = None


WORDS: Mapping[Past, Text] = {
    Past.ISSUED: say("Issued on paper"),
    Past.WRONG: say("Wrong hand-out"),
    Past.RETURNED: say("Returned on paper"),
    Past.FOUND: say("Found"),
    Past.MISSING: say("Missing"),
}
"""What can have happened, in words."""
