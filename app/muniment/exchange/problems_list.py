"""What is wrong with a list as a list of its own, to be given back to whoever made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from muniment.desk.import_plan import RowNote
from muniment.exchange.sheets.problems import column_letters, place_of_cell
from muniment.exchange.sheets.table import Row, Table
from muniment.exchange.sheets.writing import write_table

HEADINGS = ("row", "column", "heading", "value", "problem", "kind")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One problem or notice beside the cell it is about; without a cell the column is empty."""

    note: RowNote
    column: str = ""
    heading: str = ""
    value: str = ""


class Doubts:
    """Finds the cell that a note is about, by the place it names."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._rows: dict[int, Row] | None = None

    def about(self, note: RowNote) -> Doubt:
        """The note with the value that stands in its cell."""
        if note.row is None:
            return Doubt(note)
        if self._rows is None:
            self._rows = {row.number: row for row in self._table.rows}
        row = self._rows.get(note.row)
        cells = row.cells if row is not None else ()
        for index, heading in enumerate(self._table.headings):
            if note.where == place_of_cell(note.row, index, heading, line=self._table.by_lines):
                value = cells[index].text if index < len(cells) else ""
                return Doubt(note, column_letters(index), heading.strip(), value)
        return Doubt(note)


def write_doubts(table: Table, notes: Sequence[RowNote], path: Path) -> None:
    """Write notes as a list; the suffix of the name decides the format.

    Raises:
        SheetRefused: the format is unknown.
        OSError: the disk says no.

    """
    doubts = Doubts(table)

    def rows() -> Iterator[tuple[str, ...]]:
        for note in notes:
            one = doubts.about(note)
            where = str(note.row) if note.row is not None else note.where
            yield where, one.column, one.heading, one.value, str(note.says), note.kind

    write_table(path, HEADINGS, rows(), sheet="Problems")
