"""The history of one item: every fact about it, oldest first, as an inspector asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from muniment.domain.basics.text import Text, say
from muniment.reports.document import (
    Code,
    Column,
    Document,
    Ending,
    Fields,
    Heading,
    Holds,
    Line,
    Row,
    Table,
    Words,
)
from muniment.reports.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One fact in words. `seq` is its place in the ledger; `from_` and `to` are persons or places.

    `said` is what was said of it beyond that: why, on what paper and evidence, what it changed, what took it back.
    """

    seq: int
    at: datetime
    what: Text
    from_: str = ""
    to: str = ""
    by: str = ""
    second: str = ""
    said: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """An item as it stands now, and how it came to it. The entries are iterated more than once."""

    register_no: str
    serial: str
    described: Text
    state: Text
    where: str
    entries: Iterable[HistoryEntry]


@dataclass(frozen=True, slots=True)
class _Rows:
    entries: Iterable[HistoryEntry]

    def __iter__(self) -> Iterator[Row]:
        for entry in self.entries:
            yield Row(
                (
                    entry.seq,
                    entry.at,
                    entry.what,
                    Words(entry.from_),
                    Words(entry.to),
                    Words(entry.by),
                    Words(entry.second),
                ),
                entry.said,
            )


def item_history(letterhead: Letterhead, history: ItemHistory) -> Document:
    """The sheet: what it is, where it is, what happened."""
    if isinstance(history.entries, Iterator):
        raise TypeError("the entries are walked twice: give something that can be iterated anew")
    return letterhead.sheet(
        say("History of an item"),
        (
            Fields(
                (
                    Line(say("Serial number as struck"), Code(history.serial)),
                    Line(say("Register number"), Code(history.register_no)),
                    Line(say("Item"), history.described, wide=True),
                    Line(say("State"), history.state),
                    Line(say("Where it is"), Words(history.where)),
                )
            ),
            Heading(say("What happened"), 2),
            Table(
                (
                    Column(say("Fact"), 6, Holds.NUMBER),
                    Column(say("When"), 16, Holds.DATE),
                    Column(say("What"), 14),
                    Column(say("From"), 16),
                    Column(say("To"), 16),
                    Column(say("Entered by"), 16),
                    Column(say("Second person"), 16),
                ),
                _Rows(history.entries),
                Ending.NOTHING_FOLLOWS,
            ),
        ),
        number=history.register_no,
    )
