"""A table for a million rows: fixed heights, cells painted here, no style sheet on items."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from muniment.ui.kit.chip import Mark
from muniment.ui.kit.table_model import Cell, Column, FixedRows, RowSource, TableModel
from muniment.ui.kit.table_paint import CellPainter, Header
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part, State
from muniment.ui.speech import tr


def spared(columns: Sequence[Column], room: int, px: Callable[[int], int]) -> list[int]:
    """The numbers of the columns that stand in a room of so many pixels, those that can be spared left out if need be.

    `px` gives the pixels of a width at 100 %.
    """
    shown = list(range(len(columns)))
    while sum(px(columns[number].width) for number in shown) > room:
        number = max(shown, key=lambda at: columns[at].spare)
        if not columns[number].spare:
            break
        shown.remove(number)
    return shown


class DataTable(QTableView):
    """Rows to choose from. Arrow keys move, Enter opens, a click on a title asks for another order."""

    row_chosen = Signal(int)
    """The row the user stands on now; -1 for none."""
    row_opened = Signal(int)
    """A row was opened by Enter or a double click."""
    order_asked = Signal(str, bool)
    """The `sort` of the title that was pressed, and whether from high to low. The screen sorts."""

    def __init__(
        self,
        columns: Sequence[Column],
        source: RowSource | None = None,
        *,
        name: str = "",
        tall: bool = False,
        low: bool = False,
    ) -> None:
        super().__init__()
        self._tall, self._low = tall, low
        self._stood_before = -1
        self._order: tuple[str, bool] = ("", False)
        self.setAccessibleName(name)
        self._header = Header(columns)
        self._header.setAccessibleName(tr("Titles"))
        self.setHorizontalHeader(self._header)
        self._header.sectionClicked.connect(self._title_pressed)
        self._model = TableModel(columns, source or FixedRows(), self)
        self.setModel(self._model)
        self._cells = CellPainter(self, self._model)
        self.setItemDelegate(self._cells)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table: it is one stop
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda index: self.row_opened.emit(index.row()))
        self.clicked.connect(self._pressed)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.row_chosen.emit(now.row()))
        self.dress()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where was stood before the press."""
        self._stood_before = self.chosen
        super().mousePressEvent(event)

    def _pressed(self, index: QModelIndex) -> None:
        """With gloves, where nothing needs a double click: a press on the row stood on opens it."""
        if theme().gloved and index.row() == self._stood_before:
            self.row_opened.emit(index.row())

    def put(self, source: RowSource, *, hit: str = "", keep: bool = False) -> None:
        """Show other rows; `hit` is marked in codes, `keep` stays on the row number stood on."""
        here = self.chosen if keep else -1
        self._cells.hit = hit
        # Resetting a long table while it is scrolled to its end took seconds: go to the top first.
        self.scrollToTop()
        self._model.put(source)
        if 0 <= here < source.count():
            self.choose(here)

    @property
    def chosen(self) -> int:
        """The row stood on; -1 for none."""
        index = self.currentIndex()
        return index.row() if index.isValid() else -1

    @property
    def states_shown(self) -> frozenset[State]:
        """The states in the rows that are in sight."""
        chips = [at for at, column in enumerate(self._model.columns) if column.cell is Cell.CHIP]
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0 or not chips:
            return frozenset()
        lines = range(first, (last if last >= 0 else self._model.rowCount() - 1) + 1)
        values = [self._model.value(line, at) for line in lines for at in chips]
        return frozenset(value.state for value in values if isinstance(value, Mark))

    def choose(self, number: int) -> None:
        """Stand on a row, and show it."""
        index = self._model.index(number, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def show_order(self, sort: str, descending: bool) -> None:
        """Say by which column the rows are ordered."""
        self._order = (sort, descending)
        self._header.show_order(sort, descending)

    def _title_pressed(self, section: int) -> None:
        sort = self._model.columns[section].sort
        if not sort:
            return
        descending = self._order[0] == sort and not self._order[1]
        self.show_order(sort, descending)
        self.order_asked.emit(sort, descending)

    def dress(self) -> None:
        """Take heights and widths from the theme."""
        now = theme()
        high = now.height(Part.TALL_ROW if self._tall else Part.ROW)
        if self.verticalHeader().defaultSectionSize() != high:
            self._set_row_height(high)
        sorts = any(column.sort for column in self._model.columns)
        self._header.setFixedHeight(max(now.height(Part.HEADER), now.touch if now.gloved and sorts else 0))
        self._lay_columns()

    def _set_row_height(self, high: int) -> None:
        # Qt resizes row by row and looks at all rows for each: minutes for a million. Without rows it is at once.
        here, source = self.chosen, self._model.source
        self._model.put(FixedRows())
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        self._model.put(source)
        if here >= 0:
            self.choose(here)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for several rows; a `low` table asks for no more than it needs, and takes what is left."""
        return self.minimumSizeHint() if self._low else super().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the titles and a row."""
        now = theme()
        high = now.height(Part.TALL_ROW if self._tall else Part.ROW)
        return QSize(now.px(240), now.height(Part.HEADER) + high)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the new width among the columns."""
        super().resizeEvent(event)
        self._lay_columns()
        if self.chosen >= 0:
            self.scrollTo(self.currentIndex())

    def _lay_columns(self) -> None:
        """Give every column its width and the growing ones what is left; when it is tight, all give way."""
        now, room = theme(), self.viewport().width()
        columns = self._model.columns
        shown = spared(columns, room, now.px)
        for number in range(len(columns)):
            self.setColumnHidden(number, number not in shown)
        widths = {number: now.px(columns[number].width) for number in shown}
        left = room - sum(widths.values())
        grow = sum(columns[number].grow for number in shown)
        for number in shown:
            if grow and columns[number].grow:
                widths[number] = max(now.px(60), widths[number] + left * columns[number].grow // grow)
        over, all_of_it = sum(widths.values()) - room, sum(widths.values())
        for number, wide in widths.items():
            self.setColumnWidth(number, max(8, wide - over * wide // all_of_it - 1 if over > 0 else wide))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open with Enter; leave function keys and letters to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.chosen >= 0:
                self.row_opened.emit(self.chosen)
                return
            event.ignore()
            return
        moving = (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        )
        if event.key() in moving:
            super().keyPressEvent(event)
            return
        event.ignore()

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and last row, not to the sides of one."""
        if action is QAbstractItemView.CursorAction.MoveHome:
            return self._model.index(0, 0)
        if action is QAbstractItemView.CursorAction.MoveEnd:
            return self._model.index(self._model.rowCount() - 1, 0)
        return super().moveCursor(action, modifiers)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Stand on the first row when nothing is stood on, so that the keyboard has a place."""
        super().focusInEvent(event)
        if self.chosen < 0 and self._model.rowCount():
            self.choose(0)
