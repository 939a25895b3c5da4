"""The page of lists: its parts, one of them open, and what goes from one to another."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Officer
from muniment.desk.register import Register
from muniment.desk.sittings.hatch import Scan
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.lists.import_section import ImportSection
from muniment.ui.lists.sections import Sections
from muniment.ui.lists.taking_in import ImportPresenter
from muniment.ui.speech import tr
from muniment.ui.stock.form import PanelRoom

IMPORT = "import"


class ListsScreen(QWidget):
    """Lists in and out.

    `reader` reads files and looks at the register beside the desk's thread, where the register allows that; `desk` is
    the only one that writes.
    """

    changed = Signal()
    """Something was written into the ledger."""
    print_asked = Signal(str)
    """The receipt of an import is to be printed, by its subject."""

    def __init__(self, register: Register, officer: Officer, reader: Bridge, desk: Bridge, room: PanelRoom) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self._reader = reader
        self._importing = ImportPresenter(register.desk, officer)
        self.taking_in = ImportSection(self._importing, reader, desk, room)
        self.sections = Sections(((IMPORT, tr("Take in"), "F2"),))
        self.sections.chosen.connect(self.open)
        self._stack = QStackedWidget()
        self._parts = {IMPORT: self.taking_in}
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.taking_in.changed.connect(self.changed)
        self.taking_in.print_asked.connect(self.print_asked)
        self.bar = TopBar(tr("Lists"), register.depot, self.sections)
        self.setLayout(column(self.bar, (holder(row((self._stack, 1), margins=(16, 16, 16, 16))), 1), gap=0))

    def open(self, name: str) -> None:
        """Open a part of the page."""
        self.sections.open(name)
        self._stack.setCurrentWidget(self._parts[name])

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._reader.do(lambda: self._importing.sit_down(officer), lambda _: None)

    def take_scan(self, _scan: Scan) -> bool:
        """A page of lists has no use for a code; the window says so."""
        return False

    def take_key(self, key: str) -> bool:
        """Give a key to the part that is open."""
        part = self._parts[self.sections.opened]
        return part.take_key(key)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take one file."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Read the file that was dropped."""
        path = _dropped(event)
        if path:
            event.acceptProposedAction()
            self.open(IMPORT)
            self.taking_in.take_file(path)


def _dropped(event: QDropEvent) -> str:
    """The path of the one file that is dropped."""
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else ""
