"""How cells and titles of a table are painted: one padding, so that columns stand under their titles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from muniment.ui.kit.chip import Mark, chip_picture, chip_size
from muniment.ui.kit.label import LEFT, leading, trailing
from muniment.ui.kit.table_model import Cell, Column, Index, Lines, TableModel, Value
from muniment.ui.kit.theme import sized_font, theme
from muniment.ui.speech import right_to_left

PAD = 12


@lru_cache(maxsize=4096)
def _short(text: str, width: int, px: int, weight: int, *, mono: bool) -> str:
    """A text as it fits a width, with the ellipsis where it is lost least. Kept: measuring is dearer than painting."""
    mode = Qt.TextElideMode.ElideMiddle if mono else Qt.TextElideMode.ElideRight
    return QFontMetrics(sized_font(px, weight, mono=mono)).elidedText(text, mode, width)


@lru_cache(maxsize=64)
def _colour(name: str) -> QColor:
    return QColor(name)


def _words(
    painter: QPainter, room: QRect, side: Qt.AlignmentFlag, text: str, size: int, weight: int, colour: str
) -> None:
    now = theme()
    painter.setFont(now.font(size, weight))
    painter.setPen(_colour(colour))
    painter.drawText(room, side, _short(text, room.width(), now.px(size), weight, mono=False))


class CellPainter(QStyledItemDelegate):
    """Paints cells by the kind of their column. `hit` is what codes are searched for and marked with."""

    def __init__(self, view: QWidget, model: TableModel) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self.hit = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        line, column = index.row(), index.column()
        c = theme().palette
        room = QRect(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, _colour(c.soft))
            if column == 0:
                mark = QRect(room.right() - 3 if right_to_left() else room.left(), room.top(), 4, room.height())
                painter.fillRect(mark, _colour(c.accent))
            if self._view.hasFocus():
                painter.fillRect(room.left(), room.top(), room.width(), 2, _colour(c.focus))
                painter.fillRect(room.left(), room.bottom() - 1, room.width(), 2, _colour(c.focus))
        painter.fillRect(room.left(), room.bottom(), room.width(), 1, _colour(c.line))
        room.adjust(PAD, 0, -PAD, -1)
        value = self._model.value(line, column)
        if value:
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
            _words(painter, top if value.second else room, leading(), value.first, 14, 600, c.text)
            bottom = QRect(room.left(), room.top() + half - 1, room.width(), half - now.px(3))
            _words(painter, bottom, leading(), value.second, 13, 400, c.quiet)
        elif value and cell is Cell.CODE:
            self._paint_code(painter, room, value)
        elif value:
            weight = {Cell.STRONG: 600, Cell.NUMBER: 500}.get(cell, 400)
            side = trailing() if cell is Cell.NUMBER else leading()
            _words(painter, room, side, value, 14, weight, c.quiet if cell is Cell.QUIET else c.text)

    def _paint_mark(self, painter: QPainter, room: QRect, mark: Mark) -> None:
        size = chip_size(mark)
        # A chip wider than its column is cut at the cell, as any text would be.
        painter.setClipRect(room.adjusted(-PAD, 0, PAD, 0))
        x = room.right() - size.width() + 1 if right_to_left() else room.left()
        y = room.top() + (room.height() - size.height()) // 2
        painter.drawPixmap(x, y, chip_picture(mark, painter.device().devicePixelRatio()))

    def _paint_code(self, painter: QPainter, room: QRect, code: str) -> None:
        now = theme()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setFont(now.font(14, 500, mono=True))
        shown = _short(code, room.width() + 1, now.px(14), 500, mono=True)
        mirrored = right_to_left()
        x = room.left()
        found = shown.casefold().find(self.hit.casefold()) if self.hit else -1
        if mirrored or found >= 0:
            metrics = painter.fontMetrics()
            x = room.right() + 1 - metrics.horizontalAdvance(shown) if mirrored else x
            if found >= 0:
                left = x + metrics.horizontalAdvance(shown[:found])
                wide = metrics.horizontalAdvance(shown[found : found + len(self.hit)])
                tall = now.px(22)
                top = room.center().y() - tall // 2 + 1
                painter.fillRect(QRect(left - 1, top, wide + 2, tall), _colour(now.palette.hit))
        painter.setPen(_colour(now.palette.text))
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
        title, colour = column.title, now.palette.quiet
        if column.sort and column.sort == self._order[0]:
            colour = now.palette.text
            title = f"{title} {chr(0x2193) if self._order[1] else chr(0x2191)}"
        side = trailing() if column.cell is Cell.NUMBER else leading()
        _words(painter, rect.adjusted(PAD, 0, -PAD, 0), side, title, 12, 600, colour)
        painter.setPen(QPen(QColor(now.palette.edge), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()
