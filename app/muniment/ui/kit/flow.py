"""Parts beside each other, going on below where the room ends: what is in a row never widens its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from muniment.ui.kit.layout import OWN_GAPS
from muniment.ui.kit.theme import theme
from muniment.ui.speech import right_to_left


class Flow(QLayout):
    """Parts at the size they ask for, no wider than a line, from the leading side, in as many lines as they need.

    `gap` is in pixels at 100 %; hands with gloves get the room they need between two parts.
    """

    def __init__(self, parts: Sequence[QWidget] = (), gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._own_gap = gap
        self.setProperty(OWN_GAPS, True)
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Put a part behind the others."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are, hidden ones too."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """A part, or nothing."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Take a part out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """It asks for no more room than its parts need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """It grows down where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """How tall it is in a width."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Take its place, and put the parts in theirs."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All parts in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the largest part; how tall it is, its width says."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    @property
    def _gap(self) -> int:
        return max(theme().px(self._own_gap), theme().apart)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, room: QRect, *, move: bool) -> int:
        """Fill line after line; answers how tall they are together."""
        x = y = tall = 0
        for item in self._shown():
            size = item.sizeHint()
            size.setWidth(max(min(size.width(), room.width()), item.minimumSize().width()))
            if x and x + size.width() > room.width():
                x, y, tall = 0, y + tall + self._gap, 0
            if move:
                left = room.width() - x - size.width() if right_to_left() else x
                item.setGeometry(QRect(room.left() + left, room.top() + y, size.width(), size.height()))
            x += size.width() + self._gap
            tall = max(tall, size.height())
        return y + tall
