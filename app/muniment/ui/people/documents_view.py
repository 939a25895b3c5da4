"""The documents of one person on the screen: the files part of a record, about a person."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from muniment.desk.desk import Answer
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.attachments import Attached
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, row
from muniment.ui.kit.picture import shrink
from muniment.ui.kit.tokens import State
from muniment.ui.people.documents import DocumentsPresenter, DocumentsView
from muniment.ui.record.asks import Asking
from muniment.ui.record.file_asks import ask_copy, ask_file, copy_name
from muniment.ui.record.files_tab import PREVIEW, FilesTab
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import PanelRoom


class DocumentsPart(QWidget):
    """Whose documents they are, the files, and the way back to the list of people."""

    changed = Signal()
    """Something was written into the ledger."""
    left = Signal()
    """The list of people is to be shown again."""

    def __init__(self, bridge: Bridge, room: PanelRoom) -> None:
        super().__init__()
        self._bridge, self._room = bridge, room
        self._presenter: DocumentsPresenter | None = None
        self._view: DocumentsView | None = None
        self.folder = Path.home()
        self.name = Label("", 20, 700, elide=True)
        self.back = Button(tr("Back to the list"), "Esc", icon="arrow-back-up")
        self.back.clicked.connect(self.left)
        self.message = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.message.hide()
        self.files = FilesTab(self._read_preview)
        self.files.attach_asked.connect(self._attach)
        self.files.copy_asked.connect(self._copy)
        self.setLayout(column(row((self.name, 1), self.back), self.message, (self.files, 1), gap=12))

    @property
    def view(self) -> DocumentsView | None:
        """What is drawn now."""
        return self._view

    def show_person(self, presenter: DocumentsPresenter, person: Subject) -> None:
        """Show the documents of a person."""
        self._presenter = presenter
        self.message.hide()
        self._read(person)

    def _read(self, person: Subject) -> None:
        presenter = self._presenter
        if presenter is not None:
            self._bridge.do(lambda: presenter.view(person), self.draw)

    def draw(self, view: DocumentsView) -> None:
        """Show what the presenter read."""
        self._view = view
        self.name.setText(tr("Documents of {name}").format(name=iso(view.name)))
        self.files.draw(view.files)

    def _read_preview(self, attached: Attached) -> None:
        presenter, view = self._presenter, self._view
        if presenter is None or view is None:
            return

        def read() -> bytes:
            return shrink(presenter.picture(view.person, attached.sha256), PREVIEW.width(), PREVIEW.height())

        self._bridge.do(read, lambda png: self.files.show_preview(attached.sha256, png))

    def _attach(self) -> None:
        presenter, view = self._presenter, self._view
        if presenter is not None and view is not None:
            asking = Asking(self._room, self._bridge, presenter.acts, view.about, self._did)
            ask_file(asking, self.folder, self._went)

    def _went(self, folder: str) -> None:
        self.folder = Path(folder)

    def _copy(self, nth: int) -> None:
        presenter, view = self._presenter, self._view
        if presenter is None or view is None or not 0 <= nth < len(view.files):
            return
        one = view.files[nth]
        ask_copy(
            self._room,
            self._bridge,
            lambda: presenter.content(view.person, one.sha256),
            copy_name(view.number or "person", nth + 1, one),
            self.folder,
            lambda path: self._tell(tr("The copy was written to {path}.").format(path=iso(path))),
        )

    def _did(self, answer: Answer) -> None:
        warnings = " ".join(spoken(one) for one in answer.warnings)
        self._tell(f"{tr('It is in the ledger.')} {warnings}".strip())
        self.changed.emit()
        if self._view is not None:
            self._read(self._view.person)

    def _tell(self, words: str) -> None:
        self.message.setText(words)
        self.message.show()
