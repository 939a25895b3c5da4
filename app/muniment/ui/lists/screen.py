"""The page of lists: its parts, one of them open, and what goes from one to another."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from muniment.desk.desk import Officer
from muniment.desk.quality import Task
from muniment.desk.register import Register
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.stack import Stack
from muniment.ui.lists.batches_section import BatchesSection
from muniment.ui.lists.decisions_section import DecisionsSection
from muniment.ui.lists.export_section import ExportSection
from muniment.ui.lists.handing_on import HandingOnPresenter
from muniment.ui.lists.import_section import ImportSection
from muniment.ui.lists.mending import MendingPresenter
from muniment.ui.lists.mending_section import MendingSection
from muniment.ui.lists.sections import Sections
from muniment.ui.lists.taken_in import BatchesPresenter
from muniment.ui.lists.taking_in import ImportPresenter
from muniment.ui.lists.undecided import UndecidedPresenter
from muniment.ui.speech import tr
from muniment.ui.stock.form import PanelRoom

IMPORT, BATCHES, DECISIONS, WORKLIST, EXPORT = "import", "batches", "decisions", "worklist", "export"


@runtime_checkable
class _Part(Protocol):
    """A part of the page."""

    def shown(self) -> None:
        """It is open now."""
        ...

    def take_key(self, key: str) -> bool:
        """Answer a key, or leave it."""
        ...


class ListsScreen(QWidget):
    """Lists in and out.

    `reader` reads files and looks at the register beside the desk's thread, where the register allows that; `desk` is
    the only one that writes.
    """

    changed = Signal()
    """Something was written into the ledger."""
    print_asked = Signal(str)
    """The receipt of an import is to be printed, by its number."""
    item_asked = Signal(str)
    """An item is to be shown in the register, by its subject."""
    identify_asked = Signal(str)
    """One weapon of a line is to be identified, by the subject of the line."""

    def __init__(self, register: Register, officer: Officer, reader: Bridge, desk: Bridge, room: PanelRoom) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self._reader, self._desk = reader, desk
        self._importing = ImportPresenter(register.desk, officer)
        self._batches = BatchesPresenter(register.desk, officer)
        self._undecided = UndecidedPresenter(register.desk, officer)
        self.taking_in = ImportSection(self._importing, reader, desk, room)
        self.batches = BatchesSection(self._batches, reader, desk, room)
        self.decisions = DecisionsSection(self._undecided, desk, room)
        self._mending = MendingPresenter(register.desk)
        self.worklist = MendingSection(self._mending, reader)
        self.export = ExportSection(register, HandingOnPresenter(register), reader, desk)
        self.sections = Sections(
            (
                (IMPORT, tr("Take in"), "F2"),
                (BATCHES, tr("Taken in"), "F3"),
                (DECISIONS, tr("To decide"), "F4"),
                (WORKLIST, tr("Worklist"), "F5"),
                (EXPORT, tr("Hand on"), "F6"),
            )
        )
        self.sections.chosen.connect(self.open)
        self._parts: dict[str, _Part] = {}
        self._stack = Stack()
        self._add(IMPORT, self.taking_in)
        self._add(BATCHES, self.batches)
        self._add(DECISIONS, self.decisions)
        self._add(WORKLIST, self.worklist)
        self._add(EXPORT, self.export)
        self._connect()
        self.bar = TopBar(tr("Lists"), register.depot, self.sections)
        self.setLayout(column(self.bar, (holder(row((self._stack, 1), margins=(16, 16, 16, 16))), 1), gap=0))

    def _add(self, name: str, part: QWidget) -> None:
        self._stack.add(part)
        if isinstance(part, _Part):
            self._parts[name] = part

    def _connect(self) -> None:
        self.taking_in.changed.connect(self._written)
        self.batches.changed.connect(self._written)
        self.decisions.changed.connect(self.changed)
        self.taking_in.print_asked.connect(self.print_asked)
        self.batches.print_asked.connect(self.print_asked)
        self.taking_in.decide_asked.connect(lambda: self.open(DECISIONS))
        self.taking_in.worklist_asked.connect(lambda: self.open(WORKLIST))
        self.worklist.decide_asked.connect(lambda: self.open(DECISIONS))
        self.worklist.item_asked.connect(self.item_asked)
        self.worklist.identify_asked.connect(self.identify_asked)
        self.decisions.counted.connect(lambda count: self.sections.tell({DECISIONS: count}))
        self.worklist.counted.connect(lambda count: self.sections.tell({WORKLIST: count}))

    def _written(self) -> None:
        self.changed.emit()
        self.decisions.shown()

    def page_shown(self) -> None:
        """Read again what is open, and how much waits."""
        self._parts[self.sections.opened].shown()
        if self.sections.opened != DECISIONS:
            self.decisions.shown()

    def open(self, name: str) -> None:
        """Open a part of the page."""
        self.sections.open(name)
        self._stack.show_number(list(self._parts).index(name))
        self._parts[name].shown()

    def show_decisions(self) -> None:
        """Open what waits for a decision."""
        self.open(DECISIONS)

    def show_worklist(self, task: Task) -> None:
        """Open a pile of the worklist."""
        self._mending.open(task)
        self.open(WORKLIST)

    def stop(self) -> None:
        """Leave undone what is being written; nothing of it stays."""
        self.taking_in.stop()
        self.batches.stop()
        self.export.stop()

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._reader.do(lambda: self._importing.sit_down(officer), lambda _: self.taking_in.shown())
        self._desk.do(lambda: self._batches.sit_down(officer), lambda _: None)
        self._desk.do(lambda: self._undecided.sit_down(officer), lambda _: None)

    def take_scan(self, _scan: Scan) -> bool:
        """A page of lists has no use for a code; the window says so."""
        return False

    def take_key(self, key: str) -> bool:
        """Give a key to the part that is open."""
        return self._parts[self.sections.opened].take_key(key)

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
