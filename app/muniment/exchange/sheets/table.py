"""A list as somebody wrote it: text in rows, nothing interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from muniment.exchange.sheets.problems import Problem


class CellKind(StrEnum):
    """What the file says a cell is. A text file knows only text."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    TRUTH = "truth"
    ERROR = "error"


class Cell(msgspec.Struct, frozen=True, gc=False):
    """What stands in a cell.

    Text is exactly as written, outer spaces included. A whole number has no `.0`. A date is `2006-05-19`,
    with `T10:30:00` when it carries a time of day.
    """

    text: str
    kind: CellKind = CellKind.TEXT


EMPTY = Cell("", CellKind.EMPTY)


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row that is not blank.

    `number` is the row number the spreadsheet shows, or the line of a text file on which the row begins.
    There are at least as many cells as headings; a row that is too long keeps all of its cells.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list read from a file, with everything that is wrong with it.

    `sha256` is of the file's bytes, in hex. `sheet`, `encoding` and `delimiter` are empty where the format
    has none. A heading is empty only where its column holds nothing, or where `problems` says so.
    """

    source: str
    sha256: str
    form: str
    sheet: str
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @property
    def by_lines(self) -> bool:
        """Whether row numbers are lines of a text file."""
        return self.form == "csv"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a foreign file is taken in before it is refused.

    Sizes are bytes. `ratio` bounds unpacked size over packed size. `area` bounds rows times columns of the
    smallest rectangle around everything in a sheet, `text` the characters of all its cells together.
    """

    file_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    ratio: int = 100
    entries: int = 1_000
    rows: int = 300_000
    columns: int = 256
    area: int = 6_000_000
    cell_characters: int = 32_767
    text: int = 256 * 1024 * 1024


LIMITS = Limits()
"""A list of 300,000 rows passes; nothing that passes needs more than a workstation of the poorer kind has."""
