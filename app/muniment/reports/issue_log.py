"""The issue and return log of one day, as it lies at the hatch; printed, or empty for a day without power."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from muniment.domain.basics.text import Text, say
from muniment.reports.document import (
    Code,
    Column,
    Document,
    Ending,
    Fields,
    Holds,
    Line,
    Note,
    Row,
    Signatures,
    Slot,
    Table,
    Weight,
    Words,
)
from muniment.reports.letterhead import Letterhead

COLUMNS = (
    Column(say("Out"), 7, Holds.CODE),
    Column(say("Item"), 16),
    Column(say("Serial number as struck"), 18, Holds.CODE),
    Column(say("Holder"), 17),
    Column(say("Signature out"), 18, Holds.PEN),
    Column(say("In"), 7, Holds.CODE),
    Column(say("Received by"), 17, Holds.PEN),
)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One hand-over. Absent `out_at`: it went out on an earlier day; absent `in_at`: it is still out.

    `unnumbered` stands in the place of a serial that is not there, `said` under the entry.
    """

    item: Text
    serial: str
    holder: str
    out_at: datetime | None = None
    in_at: datetime | None = None
    received_by: Text | None = None
    unnumbered: Text | None = None
    said: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """Log entries as rows, made one at a time."""

    entries: Iterable[LogEntry]

    def __iter__(self) -> Iterator[Row]:
        for entry in self.entries:
            yield Row(
                (
                    _clock(entry.out_at),
                    entry.item,
                    entry.unnumbered or Code(entry.serial),
                    Words(entry.holder),
                    None,
                    _clock(entry.in_at),
                    entry.received_by,
                ),
                entry.said,
            )


def _clock(at: datetime | None) -> Code | None:
    """The time of day; the day stands at the head of the sheet."""
    return Code(at.strftime("%H:%M")) if at else None


def issue_log(letterhead: Letterhead, place: str, day: date, entries: Iterable[LogEntry]) -> Document:
    """The log of a day that is over, ruled off under the last entry. The entries are iterated more than once."""
    if isinstance(entries, Iterator):
        raise TypeError("the entries are walked twice: give something that can be iterated anew")
    return letterhead.sheet(
        say("Issue and return log"),
        (
            Fields((Line(say("Day"), day), Line(say("Place"), Words(place)))),
            Table(COLUMNS, Entries(entries), Ending.RULED_OFF, pen_height=True),
            Signatures(say("Closed at the end of the day"), (Slot(say("Closed by")), Slot(say("Checked by")))),
        ),
        number=day.isoformat(),
    )


def empty_log(letterhead: Letterhead, place: str, paper_no: str, lines: int = 12) -> Document:
    """A numbered form to write on by hand while the program cannot run; entered later under this number."""
    return letterhead.sheet(
        say("Issue and return log"),
        (
            Note(
                say(
                    "For use without the program. Rule off unused lines, then enter every line as a late entry with the"
                    " number of this form."
                ),
                Weight.FRAMED,
            ),
            Fields((Line(say("Day"), None), Line(say("Place"), Words(place)))),
            Table(COLUMNS, (), open_lines=lines, pen_height=True),
            Signatures(say("Closed at the end of the day"), (Slot(say("Closed by")), Slot(say("Checked by")))),
        ),
        number=paper_no,
        subtitle=say("Paper form"),
    )
