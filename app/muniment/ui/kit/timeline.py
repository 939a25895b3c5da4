"""Custody as a line of facts, newest first. A list underneath, so that it can be read aloud and walked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from muniment.ui.kit.icons import icon
from muniment.ui.kit.label import leading, trailing
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import STATES, Part, Scale, State, chip_ink
from muniment.ui.speech import right_to_left

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: the state it led to, what happened, between whom or where, when (written out), and why.

    Why is read aloud everywhere, and drawn where entries are chosen.
    """

    state: State
    what: str
    between: str
    when: str
    why: str = ""

    @property
    def reading(self) -> str:
        """The entry in one line, for those who hear it."""
        return ", ".join(part for part in (self.when, self.what, self.between, self.why) if part)


class EventSource(Protocol):
    """Entries by their number, so that thousands of them cost what the window shows. 0 is the newest."""

    def count(self) -> int:
        """How many entries there are."""
        ...

    def event(self, number: int) -> Event | None:
        """An entry; nothing while it has not arrived."""
        ...


class FixedEvents:
    """Entries that are all at hand."""

    def __init__(self, events: Sequence[Event] = ()) -> None:
        self.events = tuple(events)

    def count(self) -> int:
        """How many entries there are."""
        return len(self.events)

    def event(self, number: int) -> Event:
        """An entry."""
        return self.events[number]


_ARRIVING = "…"
"""What an entry says that has not arrived."""


class _Events(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.source: EventSource = FixedEvents()

    def event_at(self, number: int) -> Event:
        return self.source.event(number) or Event(State.HELD, _ARRIVING, "", "")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        return 0 if parent.isValid() else self.source.count()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.event_at(index.row()).reading
        return None


class _Line(QStyledItemDelegate):
    def __init__(self, view: QWidget, model: _Events, part: Part) -> None:
        super().__init__(view)
        self._events, self._part = model, part

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme().px(160), theme().height(self._part))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now, mirrored = theme(), right_to_left()
        event, c = self._events.event_at(index.row()), theme().palette
        room = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flags: QStyle.StateFlag = option.state
        if flags & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, QColor(c.soft))
        radius = now.px(13)
        middle = room.top() + radius + 1
        x = room.right() - radius - 2 if mirrored else room.left() + radius + 2
        painter.setPen(QPen(QColor(c.edge), 2))
        if index.row() > 0:
            painter.drawLine(x, room.top(), x, middle)
        if index.row() < self._events.source.count() - 1:
            painter.drawLine(x, middle, x, room.bottom() + 1)
        ink = chip_ink(now.tint, event.state)
        painter.setPen(QPen(QColor(ink.border), 1.5))
        painter.setBrush(QColor(ink.ground))
        painter.drawEllipse(QPointF(x, middle), radius, radius)
        side = now.px(16)
        look = STATES[event.state]
        painter.drawImage(QPointF(x - side / 2, middle - side / 2), icon(look.icon, side, ink.text))
        lead = 2 * radius + 14
        text = room.adjusted(4, 0, -lead, 0) if mirrored else room.adjusted(lead, 0, -4, 0)
        self._words(painter, text, event)
        if flags & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(c.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(room).adjusted(1, 0, -1, -3), 4, 4)
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, event: Event) -> None:
        now, mirrored = theme(), right_to_left()
        c = now.palette
        full = self._part is Part.FULL_FACT
        below = [event.between, event.why] if full else [event.between]
        first = QRect(room.left(), room.top(), room.width(), now.px(26))
        if full and now.scale is Scale.GLOVE:
            # The scroll bar for gloves takes the room that what happened and when would share.
            below.insert(0, event.when)
        else:
            painter.setFont(now.font(13, 500))
            painter.setPen(QColor(c.quiet))
            painter.drawText(first, trailing(), event.when)
            taken = painter.fontMetrics().horizontalAdvance(event.when) + 12
            first = first.adjusted(taken, 0, 0, 0) if mirrored else first.adjusted(0, 0, -taken, 0)
        painter.setFont(now.font(14, 600))
        painter.setPen(QColor(c.text))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(first, leading(), painter.fontMetrics().elidedText(event.what, elide, first.width()))
        painter.setFont(now.font(13))
        painter.setPen(QColor(c.quiet))
        for nth, said in enumerate(below):
            under = QRect(room.left(), room.top() + now.px(22 + 20 * nth), room.width(), now.px(22))
            painter.drawText(under, leading(), painter.fontMetrics().elidedText(said, elide, under.width()))


class Timeline(QListView):
    """The facts about one thing. Arrow keys walk it; it scrolls when it is longer than its room.

    `whole` makes it as tall as its entries, for a card that shows them all; `choosing` marks the entry stood on, and
    draws under each entry why it happened.
    """

    event_chosen = Signal(int)
    """The number of the entry stood on now; -1 for none. Said only where entries are chosen."""

    def __init__(
        self, events: Sequence[Event] = (), *, name: str = "", whole: bool = False, choosing: bool = False
    ) -> None:
        super().__init__()
        self._whole = whole
        self._part = Part.FULL_FACT if choosing else Part.FACT
        self._model = _Events(self)
        self.setModel(self._model)
        self.setItemDelegate(_Line(self, self._model, self._part))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.SingleSelection if choosing else modes.NoSelection)
        if choosing:
            self.selectionModel().currentChanged.connect(lambda now, _: self.event_chosen.emit(now.row()))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.show_events(events)

    @property
    def events(self) -> tuple[Event, ...]:
        """The entries shown."""
        return tuple(self._model.event_at(number) for number in range(self._model.source.count()))

    @property
    def states_shown(self) -> frozenset[State]:
        """The states that its entries led to."""
        return frozenset(event.state for event in self.events)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show other entries, newest first."""
        self.put(FixedEvents(events))

    def put(self, source: EventSource) -> None:
        """Show other entries, asked for as they are looked at."""
        self._model.beginResetModel()
        self._model.source = source
        self._model.endResetModel()
        self.dress()

    def arrived(self, first: int, count: int) -> None:
        """Say that entries can be had now that could not before."""
        last = min(first + count, self._model.source.count()) - 1
        if last >= first:
            self._model.dataChanged.emit(self._model.index(first), self._model.index(last))

    @property
    def chosen(self) -> int:
        """The number of the entry stood on; -1 for none."""
        return self.currentIndex().row()

    def choose(self, number: int) -> None:
        """Stand on an entry, and show it."""
        self.setCurrentIndex(self._model.index(number))

    def dress(self) -> None:
        """Take the height of an entry from the theme."""
        self.scheduleDelayedItemsLayout()
        if self._whole:
            self.setFixedHeight(max(1, self._model.source.count()) * theme().height(self._part))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for one entry, as short as it is anywhere."""
        return QSize(theme().px(200), theme().height(Part.FACT))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for three entries or fewer, as short as they are anywhere: where they are taller it scrolls."""
        return QSize(theme().px(320), min(3, max(1, self._model.source.count())) * theme().height(Part.FACT))
