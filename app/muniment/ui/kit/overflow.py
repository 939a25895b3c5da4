"""A row that shows what fits and counts the rest, so that a long list can never widen the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.theme import theme
from muniment.ui.speech import right_to_left, tr


class Overflow(QWidget):
    """Widgets in a row from the leading side, each at its own size; what does not fit is counted as "+n"."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._own_gap = gap
        self._items: list[QWidget] = []
        self._beside = 0
        self._more = Label("", 13, 600, Ink.QUIET)
        self._more.setParent(self)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def _gap(self) -> int:
        return max(self._own_gap, theme().apart)

    @property
    def hidden_count(self) -> int:
        """How many do not fit now."""
        return sum(item.isHidden() for item in self._items) + self._beside

    def put(self, items: Sequence[QWidget], beside: int = 0) -> None:
        """Show these instead of what was here; so many `beside` them are only counted."""
        self._beside = beside
        for old in self._items:
            old.hide()
            old.deleteLater()
        self._items = list(items)
        for item in self._items:
            item.setParent(self)
        self._arrange()

    def dress(self) -> None:
        """Arrange again: everything may have another size."""
        self._arrange()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for everything."""
        sizes = [item.sizeHint() for item in self._items]
        return QSize(sum(size.width() + self._gap for size in sizes), max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the count alone."""
        return QSize(theme().px(40), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange in the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        widths = [item.sizeHint().width() for item in self._items]
        fitting = self._fitting(widths, self.width())
        at = 0
        for number, item in enumerate(self._items):
            if number >= fitting:
                item.hide()
                continue
            size = item.sizeHint()
            item.setGeometry(self._side(QRect(at, (self.height() - size.height()) // 2, widths[number], size.height())))
            item.show()
            at += widths[number] + self._gap
        left = len(self._items) - fitting + self._beside
        self._more.setVisible(left > 0)
        if left > 0:
            self._more.setText(f"+{left}")
            self._more.setAccessibleName(tr("{n} more").format(n=left))
            size = self._more.sizeHint()
            self._more.setGeometry(
                self._side(QRect(at, (self.height() - size.height()) // 2, size.width(), size.height()))
            )
        self.updateGeometry()

    def _fitting(self, widths: Sequence[int], room: int) -> int:
        """How many stand in the room, keeping place for the count if not all do."""
        if not self._beside and sum(widths) + self._gap * max(0, len(widths) - 1) <= room:
            return len(widths)
        room -= theme().px(32)
        used = 0
        for number, width in enumerate(widths):
            used += width + self._gap
            if used > room:
                return number
        return len(widths)

    def _side(self, place: QRect) -> QRect:
        if right_to_left():
            place.moveLeft(self.width() - place.right() - 1)
        return place
