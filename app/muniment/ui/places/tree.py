"""The tree of places: rows are only made for what is unfolded, so ten thousand slots cost what the window shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from muniment.domain.basics.identity import Subject
from muniment.ui.kit.icons import icon
from muniment.ui.kit.label import LEFT, leading, trailing
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part
from muniment.ui.places.presenter import KIND_NAMES, PlaceLine
from muniment.ui.speech import iso, right_to_left, spoken, tr

Index = QModelIndex | QPersistentModelIndex
PAD = 12
PLACE, KIND, HERE, IN_ALL = range(4)
_WIDTHS = {KIND: 130, HERE: 84, IN_ALL: 84}


class _Model(QAbstractItemModel):
    """Places below places. An index carries the number of its place among all."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[PlaceLine, ...] = ()
        self._inside: dict[Subject | None, list[int]] = {}
        self._number: dict[Subject, int] = {}
        self._row: list[int] = []

    def put(self, lines: Sequence[PlaceLine]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self._inside, self._row = {}, []
        self._number = {line.place: number for number, line in enumerate(self.lines)}
        for number, line in enumerate(self.lines):
            siblings = self._inside.setdefault(line.parent, [])
            self._row.append(len(siblings))
            siblings.append(number)
        self.endResetModel()

    def line(self, index: Index) -> PlaceLine:
        return self.lines[index.internalId()]

    def at(self, place: Subject) -> QModelIndex:
        number = self._number.get(place)
        return QModelIndex() if number is None else self.createIndex(self._row[number], 0, number)

    def _below(self, parent: Index) -> list[int]:
        return self._inside.get(self.line(parent).place if parent.isValid() else None, [])

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        inside = self._below(parent)
        return self.createIndex(row, column, inside[row]) if 0 <= row < len(inside) else QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        above = self.line(index).parent if index.isValid() else None
        return QModelIndex() if above is None else self.at(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() and parent.column() else len(self._below(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.line(index)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == PLACE:
            counts = tr("{here} here, {all} in all").format(here=line.here, all=line.in_all)
            return ", ".join((line.code, line.name, spoken(KIND_NAMES[line.kind]), counts))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            here, in_all = (f"{count:,}" if count else "–" for count in (line.here, line.in_all))
            return (line.code, spoken(KIND_NAMES[line.kind]), iso(here), iso(in_all))[index.column()]
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Place"), tr("Kind"), tr("Here"), tr("In all"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return trailing() if section in (HERE, IN_ALL) else leading()
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: QTreeView, model: _Model) -> None:
        super().__init__(view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(60), theme().height(Part.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now, line, column = theme(), self._model.line(index), index.column()
        c, room = now.palette, QRect(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setClipRect(room)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(c.soft))
        painter.setPen(QPen(QColor(c.line)))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        if column == PLACE:
            self._place(painter, room.adjusted(4, 0, -4, 0), line)
        else:
            number = column in (HERE, IN_ALL)
            painter.setFont(now.font(14, 600 if column == IN_ALL and line.in_all else 400))
            painter.setPen(QColor(c.text if number and (line.here if column == HERE else line.in_all) else c.quiet))
            words = str(index.data())
            room.adjust(PAD, 0, -PAD, 0)
            short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, trailing() if number else leading(), short)
        painter.restore()

    def _place(self, painter: QPainter, room: QRect, line: PlaceLine) -> None:
        now, mirrored = theme(), right_to_left()
        painter.setFont(now.font(14, 700, mono=True))
        painter.setPen(QColor(now.palette.text))
        code = painter.fontMetrics().elidedText(line.code, Qt.TextElideMode.ElideMiddle, room.width() - 2)
        wide = painter.fontMetrics().horizontalAdvance(code) + 2
        first = QRect(room.right() - wide if mirrored else room.left(), room.top(), wide, room.height())
        painter.drawText(first, LEFT, code)
        if line.name == line.code or wide + 24 > room.width():
            return
        rest = room.adjusted(0, 0, -wide - 12, 0) if mirrored else room.adjusted(wide + 12, 0, 0, 0)
        painter.setFont(now.font(14))
        painter.setPen(QColor(now.palette.quiet))
        short = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, leading(), short)


class PlaceTree(QTreeView):
    """Arrow keys walk it, those sideways fold and unfold; Enter opens. With gloves a press folds and unfolds too."""

    place_chosen = Signal(str)
    """The place the user stands on now."""
    place_opened = Signal(str)
    """Enter was pressed on a place."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Places"))
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self, self._model))
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(True)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setAccessibleName(tr("Titles"))
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(PLACE, QHeaderView.ResizeMode.Stretch)
        for column in _WIDTHS:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentRowChanged.connect(self._stood)
        self.clicked.connect(self._pressed)
        self._putting = False
        self.dress()

    def put(self, lines: Sequence[PlaceLine]) -> None:
        """Show other places; what was unfolded stays so, and so does the place stood on."""
        if lines == self._model.lines:
            return
        here = self.place
        first = not self._model.lines
        unfolded = [line.place for line in self._model.lines if self.isExpanded(self._model.at(line.place))]
        self._putting = True
        self._model.put(lines)
        for place in unfolded:
            self.setExpanded(self._model.at(place), True)
        if first:
            self._unfold_a_few()
        if here is not None:
            self.stand_on(here)
        self._putting = False

    def _unfold_a_few(self) -> None:
        """Unfold from the top as long as it stays a page that is taken in at a glance."""
        level, shown = [self._model.index(row, 0) for row in range(self._model.rowCount())], 0
        while level:
            below = [index for one in level for index in self._below(one)]
            shown += len(level)
            if shown + len(below) > 40:
                return
            for one in level:
                self.setExpanded(one, True)
            level = below

    def _below(self, index: QModelIndex) -> list[QModelIndex]:
        return [self._model.index(row, 0, index) for row in range(self._model.rowCount(index))]

    @property
    def place(self) -> Subject | None:
        """The place stood on."""
        index = self.currentIndex()
        return self._model.line(index).place if index.isValid() else None

    def stand_on(self, place: Subject) -> None:
        """Stand on a place, unfolding what it lies in."""
        index = self._model.at(place)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _stood(self, index: QModelIndex) -> None:
        if index.isValid() and not self._putting:
            self.place_chosen.emit(self._model.line(index).place)

    def _pressed(self, index: QModelIndex) -> None:
        if theme().gloved:
            self.setExpanded(index, not self.isExpanded(index))

    def drawBranches(  # noqa: N802 - Qt's name
        self, painter: QPainter, rect: QRect, index: Index
    ) -> None:
        """Paint the mark that folds, in the hand of the kit."""
        here = self._model.at(self._model.line(index).place)
        c = theme().palette
        if self.selectionModel().isSelected(here):
            painter.fillRect(rect, QColor(c.soft))
            x = self.viewport().width() - 4 if right_to_left() else 0
            painter.fillRect(x, rect.top(), 4, rect.height(), QColor(c.accent))
        painter.setPen(QPen(QColor(c.line)))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if not self._model.rowCount(index):
            return
        side = theme().px(16)
        name = "chevron-down" if self.isExpanded(here) else "chevron-right"
        x = rect.left() + 2 if right_to_left() else rect.right() - side - 1
        painter.drawImage(QPointF(x, rect.center().y() - side / 2), icon(name, side, c.quiet))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk and fold; leave function keys and letters to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.place is not None:
            self.place_opened.emit(self.place)
            return
        if event.text().strip() or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F12 or event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the kind out where codes would not have room beside it."""
        super().resizeEvent(event)
        self.setColumnHidden(KIND, self.viewport().width() < theme().px(480))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the titles and three places."""
        now = theme()
        return QSize(now.px(320), now.height(Part.HEADER) + 3 * now.height(Part.ROW))

    def dress(self) -> None:
        """Take sizes from the theme."""
        now = theme()
        self.setIndentation(now.px(24))
        self.header().setFixedHeight(now.height(Part.HEADER))
        self.header().setFont(now.font(13, 600))
        for column, wide in _WIDTHS.items():
            self.header().resizeSection(column, now.px(wide))
        self.scheduleDelayedItemsLayout()
