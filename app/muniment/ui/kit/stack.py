"""Pages on top of each other, of which one is seen and asks for room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedLayout, QWidget


class _InFront(QStackedLayout):
    """Asks for what the page in front needs; Qt's own asks for the largest of all, seen or not."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        page = self.currentWidget()
        return page.sizeHint() if page is not None else QSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        page = self.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page is not None else QSize()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        page = self.currentWidget()
        return page is not None and page.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        page = self.currentWidget()
        return page.heightForWidth(width) if page is not None else -1


class Stack(QWidget):
    """Pages of which the one in front decides how much room is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = _InFront(self)
        self._pages.setContentsMargins(0, 0, 0, 0)

    def add(self, page: QWidget) -> None:
        """Put a page behind the others."""
        self._pages.addWidget(page)

    @property
    def front(self) -> QWidget | None:
        """The page that is seen."""
        return self._pages.currentWidget()

    @property
    def number(self) -> int:
        """The number of the page that is seen, from 0."""
        return self._pages.currentIndex()

    def show_page(self, page: QWidget) -> None:
        """Put a page in front."""
        self._pages.setCurrentWidget(page)
        self._pages.invalidate()
        self.updateGeometry()

    def show_number(self, number: int) -> None:
        """Put the page with a number in front, counted from 0."""
        self._pages.setCurrentIndex(number)
        self._pages.invalidate()
        self.updateGeometry()
