"""A folder inside the window: a path to type, and what lies there. No second window to be lost behind."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.field import Field
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Row
from muniment.ui.lists.folders import LISTS, Folder, Lies, beginnings, look_into, size_words
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Choice
from muniment.ui.wording import local_time


class FileBrowser(QWidget):
    """Chooses a file. Enter opens a folder or takes a file; a path can be typed or pasted."""

    chosen = Signal(str)
    """The file that was chosen."""

    def __init__(self, bridge: Bridge, suffixes: tuple[str, ...] = LISTS) -> None:
        super().__init__()
        self._bridge, self._suffixes = bridge, suffixes
        self._folder = Folder(Path(QDir.homePath()), ())
        self._ticket = 0
        self.path = Field(tr("Path of the file or folder"), code=True)
        self.path.entered.connect(self._go)
        self.where = Choice(tr("Look in"))
        self.where.changed.connect(lambda path: self.look(Path(path)) if path else None)
        self.up = Button(tr("Up"), "Alt+Up", icon="arrow-back-up")
        self.up.clicked.connect(lambda: self.look(self._folder.path.parent))
        self.table = DataTable(
            (
                Column(tr("Name"), Cell.STRONG, 260, 3),
                Column(tr("Size"), Cell.NUMBER, 90, spare=1),
                Column(tr("Changed"), Cell.CODE, 166, spare=2),
            ),
            name=tr("Files"),
        )
        self.table.row_opened.connect(self._open)
        self.table.row_chosen.connect(self._stood)
        self.empty = Empty("", "")
        self._room = QStackedWidget()
        self._room.addWidget(self.table)
        self._room.addWidget(holder(row((self.empty, 1), margins=(16, 16, 16, 16))))
        self.setLayout(
            column(
                row((self.where, 1), (self.path, 3), (holder(column(STRETCH, self.up, gap=0)), 0), gap=12),
                (Card(self._room, flush=True), 1),
                gap=12,
            )
        )

    @property
    def folder(self) -> Path:
        """The folder that is shown."""
        return self._folder.path

    def begin(self) -> None:
        """Look again at the folder that is shown, and at what is plugged in."""
        home = Path(QDir.homePath())
        self._bridge.do(lambda: beginnings(home), self._offer)
        self.look(self._folder.path)

    def look(self, folder: Path) -> None:
        """Show a folder."""
        self._ticket += 1
        ticket = self._ticket

        def then(found: Folder) -> None:
            if ticket == self._ticket:
                self._draw(found)

        self._bridge.do(lambda: look_into(folder, self._suffixes), then)

    def _offer(self, found: tuple[Path, ...]) -> None:
        offers = [("", tr("another folder"))]
        offers += [(str(path), iso(path.name or str(path))) for path in found]
        self.where.blockSignals(True)  # only a person's choice is one
        self.where.offer(offers, str(self._folder.path))
        self.where.blockSignals(False)

    def _draw(self, folder: Folder) -> None:
        self._folder = folder
        self.path.write(f"{folder.path}")
        self.where.blockSignals(True)
        self.where.box.setCurrentIndex(max(0, self.where.box.findData(str(folder.path))))
        self.where.blockSignals(False)
        self.path.refuse(spoken(folder.says) if folder.says and folder.entries else "")
        self.table.put(FixedRows([_row(one) for one in folder.entries]))
        if folder.entries:
            self._room.setCurrentIndex(0)
        else:
            self.empty.tell(
                spoken(folder.says) if folder.says else tr("No list lies in this folder."),
                tr("Choose another folder, type a path, or drop a file here."),
            )
            self._room.setCurrentIndex(1)

    def _stood(self, number: int) -> None:
        if 0 <= number < len(self._folder.entries) and self.table.hasFocus():
            self.path.write(str(self._folder.entries[number].path))

    def _open(self, number: int) -> None:
        if 0 <= number < len(self._folder.entries):
            self._follow(self._folder.entries[number].path, self._folder.entries[number].is_folder)

    def _go(self) -> None:
        typed = Path(self.path.value.strip()).expanduser()
        self._bridge.do(typed.is_dir, lambda is_folder: self._follow(typed, is_folder))

    def _follow(self, path: Path, is_folder: bool) -> None:
        if is_folder:
            self.look(path)
        else:
            self.chosen.emit(str(path))


def _row(one: Lies) -> Row:
    if one.is_folder:
        return (iso(f"{one.name} /"), "", "")
    changed = local_time(one.changed) if one.changed else ""
    return (iso(one.name), iso(spoken(size_words(one.size))), changed)
