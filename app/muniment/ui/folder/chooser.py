"""A folder in a panel: arrow keys walk it, Enter opens a folder or takes a file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from muniment.domain.basics.refusal import Refusal
from muniment.ui.bridge import Bridge
from muniment.ui.folder.listing import ABOVE, Entry, Listing, list_folder, size_words
from muniment.ui.kit.card import Card
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.speech import iso, spoken, tr


class FolderChooser(QWidget):
    """What lies in one folder, read away from Qt's thread. `rows` is how many rows it shows at least."""

    stood_on = Signal(str)
    """The path of the file stood on; empty while a folder is."""
    went = Signal(str)
    """The folder that is open now."""

    def __init__(self, bridge: Bridge, suffixes: Collection[str], *, rows: int = 5) -> None:
        super().__init__()
        self._bridge, self._suffixes, self._count = bridge, frozenset(suffixes), rows
        self._listing: Listing | None = None
        self._where = Label("", 13, 600, Ink.QUIET, elide=True)
        self._fault = Label("", 13, 600, State.REFUSED, wrap=True)
        self._fault.hide()
        self.table = DataTable(
            (Column(tr("Name"), Cell.STRONG, 240, 1), Column(tr("Size"), Cell.NUMBER, 110)), name=tr("Folder")
        )
        self.table.row_chosen.connect(self._stood)
        self.table.row_opened.connect(lambda _: self.open_folder())
        self.setFocusProxy(self.table)
        self.setLayout(column(self._where, (Card(self.table, flush=True), 1), self._fault, gap=4))
        self.dress()

    @property
    def folder(self) -> Path | None:
        """The folder that is open."""
        return self._listing.folder if self._listing is not None else None

    def go(self, folder: Path) -> None:
        """Open a folder."""
        suffixes = self._suffixes

        def draw(listing: Listing) -> None:
            if isValid(self):
                self._draw(listing)

        def failed(error: Exception) -> None:
            if not isValid(self):
                return
            if not isinstance(error, Refusal):
                self._bridge.broken.emit(error)
                return
            self._fault.setText(" ".join(spoken(text) for text in (error.says, error.do_now) if text))
            self._fault.show()

        self._bridge.do(lambda: list_folder(folder, suffixes), draw, failed)

    @property
    def stands_on_folder(self) -> bool:
        """Whether the row stood on is a folder."""
        at = self.table.chosen
        return self._listing is not None and at >= 0 and self._listing.entries[at].is_folder

    def open_folder(self) -> None:
        """Open the folder stood on, if it is one."""
        if self._listing is not None and self.stands_on_folder:
            self.go(self._listing.path(self.table.chosen))

    def _draw(self, listing: Listing) -> None:
        self._listing = listing
        self._fault.hide()
        self._where.setText(iso(str(listing.folder)))
        self.table.put(FixedRows([_row(one) for one in listing.entries]))
        if listing.entries:
            self.table.choose(0)
        self.went.emit(str(listing.folder))

    def _stood(self, number: int) -> None:
        listing = self._listing
        if listing is None or not 0 <= number < len(listing.entries):
            return
        self.stood_on.emit("" if listing.entries[number].is_folder else str(listing.path(number)))

    def dress(self) -> None:
        """Take the height from the theme."""
        now = theme()
        self.table.setMinimumHeight(self.table.minimumSizeHint().height() + (self._count - 2) * now.px(40))


def _row(entry: Entry) -> Row:
    name = tr("The folder above") if entry.name == ABOVE else iso(entry.name)
    return name, tr("folder") if entry.is_folder else spoken(size_words(entry.length))
