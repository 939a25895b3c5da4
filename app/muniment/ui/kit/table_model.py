"""What a table shows: columns, cells, and rows that are asked for one by one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from muniment.ui.kit.chip import Mark

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1


class Cell(Enum):
    """How the cells of a column are painted."""

    TEXT = "text"
    STRONG = "strong"
    QUIET = "quiet"
    CODE = "code"
    NUMBER = "number"
    CHIP = "chip"
    TWO_LINES = "two_lines"


@dataclass(frozen=True, slots=True)
class Lines:
    """A cell of two lines: the name, and quieter below it what it belongs to."""

    first: str
    second: str = ""


Value = str | Lines | Mark | None
Row = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `width` is in pixels at 100 %; `grow` is its share of the room that is left over.

    Where the columns have too little room, those that can be spared are left out, the highest `spare` first; one of 0
    always stands. What a row says in a spared column must be shown elsewhere, such as at the side.
    """

    title: str
    cell: Cell = Cell.TEXT
    width: int = 120
    grow: int = 0
    sort: str = ""
    spare: int = 0


class RowSource(Protocol):
    """Rows by their number. Nothing is kept by the table, so a million rows cost what the window shows.

    A row whose values cannot be had any more is a row of `None`.
    """

    def count(self) -> int:
        """How many rows there are."""
        ...

    def row(self, number: int) -> Row:
        """The values of a row, one for each column; numbers begin at 0."""
        ...


class FixedRows:
    """Rows that are all at hand."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = tuple(rows)

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def row(self, number: int) -> Row:
        """The values of a row."""
        return self._rows[number]


class PagedRows:
    """Rows fetched in pages, the pages last used kept.

    `fetch` is given the number of the first row and how many are wanted, and answers at most that many.
    """

    def __init__(
        self, count: int, fetch: Callable[[int, int], Sequence[Row]], *, page: int = 256, kept: int = 32
    ) -> None:
        self._count, self._fetch, self._page, self._kept = count, fetch, page, kept
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def count(self) -> int:
        """How many rows there were when the rows were asked for."""
        return self._count

    def row(self, number: int) -> Row:
        """The values of a row; nothing if the rows have become fewer meanwhile."""
        page, line = divmod(number, self._page)
        if page not in self._pages:
            self._pages[page] = self._fetch(page * self._page, min(self._page, self._count - page * self._page))
            if len(self._pages) > self._kept:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        return rows[line] if line < len(rows) else ()


class TableModel(QAbstractTableModel):
    """The columns and rows of a `DataTable`."""

    def __init__(self, columns: Sequence[Column], source: RowSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._source = source
        self._count = source.count()

    def put(self, source: RowSource) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._source = source
        self._count = source.count()
        self.endResetModel()

    @property
    def source(self) -> RowSource:
        """The rows shown."""
        return self._source

    def value(self, line: int, column: int) -> Value:
        """The value of a cell, or nothing if the row has gone."""
        row = self._source.row(line)
        return row[column] if column < len(row) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """How many rows there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The value of a cell, as words for Qt and assistive tools."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words(self.value(index.row(), index.column()))
        if role == CELL_ROLE:
            return self.value(index.row(), index.column())
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


def words(value: Value) -> str:
    """A value as it is read aloud."""
    if isinstance(value, Mark):
        return value.reading
    if isinstance(value, Lines):
        return ", ".join(part for part in (value.first, value.second) if part)
    return value or ""
