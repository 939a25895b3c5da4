"""How cells and titles of a table are painted: one padding, so that columns stand under their titles."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from muniment.ui.kit.chip import Mark, chip_size, paint_chip
from muniment.ui.kit.label import LEFT, leading, trailing
from muniment.ui.kit.table_model import Cell, Column, Index, Lines, TableModel, Value
from muniment.ui.kit.theme import theme
from muniment.ui.speech import right_to_left

PAD = 12


def _elided(painter: QPainter, room: QRect, side: Qt.AlignmentFlag, text: str) -> None:
    short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side, short)


class CellPainter(QStyledItemDelegate):
    """Paints cells by the kind of their column. `hit` is what codes are searched for and marked with."""

    def __init__(self, view: QWidget, model: TableModel) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self.hit = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        now, line, column = theme(), index.row(), index.column()
        c = now.palette
        room = QRect(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(c.soft))
            if column == 0:
                mark = QRect(room.right() - 3 if right_to_left() else room.left(), room.top(), 4, room.height())
                painter.fillRect(mark, QColor(c.accent))
            if self._view.hasFocus():
                painter.fillRect(room.left(), room.top(), room.width(), 2, QColor(c.focus))
                painter.fillRect(room.left(), room.bottom() - 1, room.width(), 2, QColor(c.focus))
        painter.setPen(QColor(c.line))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        room.adjust(PAD, 0, -PAD, -1)
        value = self._model.value(line, column)
        if value is not None:
            self._paint_value(painter, room, self._model.columns[column].cell, value)
        painter.restore()

    def _paint_value(self, painter: QPainter, room: QRect, cell: Cell, value: Value) -> None:
        now = theme()
        c = now.palette
        if isinstance(value, Mark):
            self._paint_mark(painter, room, value)
        elif isinstance(value, Lines):
            half = room.height() // 2
            top = QRect(room.left(), room.top() + now.px(5), room.width(), half - now.px(3))
            painter.setFont(now.font(14, 600))
            painter.setPen(QColor(c.text))
            _elided(painter, top if value.second else room, leading(), value.first)
            painter.setFont(now.font(13))
            painter.setPen(QColor(c.quiet))
            bottom = QRect(room.left(), room.top() + half - 1, room.width(), half - now.px(3))
            _elided(painter, bottom, leading(), value.second)
        elif value and cell is Cell.CODE:
            self._paint_code(painter, room, value)
        elif value:
            painter.setFont(now.font(14, {Cell.STRONG: 600, Cell.NUMBER: 500}.get(cell, 400)))
            painter.setPen(QColor(c.quiet if cell is Cell.QUIET else c.text))
            _elided(painter, room, trailing() if cell is Cell.NUMBER else leading(), value)

    def _paint_mark(self, painter: QPainter, room: QRect, mark: Mark) -> None:
        size = chip_size(mark)
        # A chip wider than its column is cut at the cell, as any text would be.
        painter.setClipRect(room.adjusted(-PAD, 0, PAD, 0))
        x = room.right() - size.width() + 1 if right_to_left() else room.left()
        y = room.top() + (room.height() - size.height()) // 2
        paint_chip(painter, QRect(x, y, size.width(), size.height()), mark)

    def _paint_code(self, painter: QPainter, room: QRect, code: str) -> None:
        now = theme()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setFont(now.font(14, 500, mono=True))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(code, Qt.TextElideMode.ElideMiddle, room.width() + 1)
        x = room.right() + 1 - metrics.horizontalAdvance(shown) if right_to_left() else room.left()
        found = shown.casefold().find(self.hit.casefold()) if self.hit else -1
        if found >= 0:
            left = x + metrics.horizontalAdvance(shown[:found])
            wide = metrics.horizontalAdvance(shown[found : found + len(self.hit)])
            tall = now.px(22)
            painter.fillRect(
                QRect(left - 1, room.center().y() - tall // 2 + 1, wide + 2, tall), QColor(now.palette.hit)
            )
        painter.setPen(QColor(now.palette.text))
        painter.drawText(QRect(x, room.top(), room.width() + 8, room.height()), LEFT, shown)


class Header(QHeaderView):
    """Titles, painted with the padding of the cells; the one that orders the rows has an arrow."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._columns = tuple(columns)
        self._order: tuple[str, bool] = ("", False)
        self.setSectionsClickable(any(column.sort for column in columns))
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_order(self, sort: str, descending: bool) -> None:
        """Say which title orders the rows."""
        self._order = (sort, descending)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's
        """Paint one title."""
        now = theme()
        column = self._columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, QColor(now.palette.sunk))
        painter.setFont(now.font(12, 600))
        painter.setPen(QColor(now.palette.quiet))
        title = column.title
        if column.sort and column.sort == self._order[0]:
            painter.setPen(QColor(now.palette.text))
            title = f"{title} {chr(0x2193) if self._order[1] else chr(0x2191)}"
        side = trailing() if column.cell is Cell.NUMBER else leading()
        _elided(painter, rect.adjusted(PAD, 0, -PAD, 0), side, title)
        painter.setPen(QPen(QColor(now.palette.edge), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()
