"""What the record asks about files: which one is attached and what it is, and where a copy is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from muniment.desk.desk import Answer
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.attachments import (
    FILE_KIND_NAMES,
    LARGEST_BYTES,
    SERIAL,
    SUFFIXES,
    VIEW_NAMES,
    Attached,
    FileKind,
)
from muniment.domain.stock.marking import MARK_KIND_NAMES
from muniment.ui.bridge import Bridge
from muniment.ui.folder.chooser import FolderChooser
from muniment.ui.folder.listing import read_file, size_words, write_new
from muniment.ui.kit.field import Field
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder
from muniment.ui.record.act_panel import ActPanel
from muniment.ui.record.acts import Given, field_of
from muniment.ui.record.asks import Asking
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Choice, FormPanel, PanelRoom, primary

_ENDINGS = (".png", ".jpg", ".jpeg", ".pdf")


def ask_file(asking: Asking, folder: Path, went: Callable[[str], None]) -> AttachPanel:
    """Ask for a file, and what it is."""
    panel = AttachPanel(asking, folder, went)
    asking.room.open_panel(panel)
    return panel


class AttachPanel(ActPanel):
    """A folder to choose a file from, and what is said of it. The file is read away from Qt's thread."""

    def __init__(self, asking: Asking, folder: Path, went: Callable[[str], None]) -> None:
        asking.acts.begin()
        self._asking = asking
        self._named = ""
        self.chooser = FolderChooser(asking.bridge, _ENDINGS)
        self.file = Field(tr("File: choose it above, or type where it is"), code=True)
        self.kind = Choice(tr("What it is"), [(one.value, spoken(FILE_KIND_NAMES[one])) for one in FileKind])
        views = [("", tr("not stated")), *((one.value, spoken(words)) for one, words in VIEW_NAMES.items())]
        self.view = Choice(tr("Seen from"), views)
        marks = [("", tr("not stated")), (SERIAL, tr("the serial number"))]
        marks += [(one.value, spoken(words)) for one, words in MARK_KIND_NAMES.items()]
        self.shows = Choice(tr("Which mark it shows"), marks)
        self.shows.hide()
        self.kind.changed.connect(lambda kind: self.shows.setVisible(kind == FileKind.MARK))
        limits = tr("PNG or JPEG pictures and PDF documents of at most {size}. Its name on this machine is not kept.")
        note = Label(limits.format(size=iso(spoken(size_words(LARGEST_BYTES)))), 13, 400, Ink.QUIET, wrap=True)
        rows = (
            {"file": self.file},
            {"kind": self.kind, "view": self.view, "shows": self.shows},
            {
                "title": Field(tr("A few words, without names")),
                "taken": Field(tr("Day it was taken, if known"), code=True),
            },
        )
        super().__init__(
            (tr("Attach a file"), tr("Not attached")),
            primary(tr("Attach it"), "file-text"),
            rows,
            asking.bridge,
            self._attach,
            self._attached,
            top=(self.chooser, note),
            width=860,
        )
        self.chooser.stood_on.connect(self._stood)
        self.chooser.went.connect(went)
        self.chooser.go(folder)

    def press(self) -> None:
        """Open the folder stood on while no file is named, else attach the file."""
        if self.chooser.table.hasFocus() and self.chooser.stands_on_folder and not self.file.value:
            self.chooser.open_folder()
        else:
            super().press()

    def _stood(self, path: str) -> None:
        """Name the file stood on; standing on a folder takes back what standing on a file has named."""
        if path or self.file.value == self._named:
            self.file.write(path)
            self._named = path

    def _attach(self, given: Given) -> Answer:
        if not given["file"]:
            raise Refusal("file_unreadable", say("No file is chosen."), do_now=say("Choose one in the folder above."))
        content = read_file(Path(given["file"]), LARGEST_BYTES)
        return self._asking.acts.attach(self._asking.subject, given, content)

    def _attached(self, answer: Answer) -> None:
        self._asking.acts.begin()
        self._asking.done(answer)


Content = Callable[[], tuple[Attached, bytes]]


def ask_copy(
    room: PanelRoom, bridge: Bridge, content: Content, name: str, folder: Path, written: Callable[[str], None]
) -> CopyPanel:
    """Ask where a copy of an attached file is written, and under which name."""
    panel = CopyPanel(bridge, content, name, folder, written)
    room.open_panel(panel)
    return panel


class CopyPanel(FormPanel):
    """A folder and a name; the copy is written away from Qt's thread, and never over a file that is there."""

    def __init__(
        self, bridge: Bridge, content: Content, name: str, folder: Path, written: Callable[[str], None]
    ) -> None:
        self._bridge, self._content, self._written = bridge, content, written
        self.chooser = FolderChooser(bridge, _ENDINGS, rows=6)
        self.name = Field(tr("Name of the copy"), code=True, value=name)
        note = Label(tr("A file that is there already is never written over."), 13, 400, Ink.QUIET, wrap=True)
        super().__init__(
            tr("Save a copy"),
            holder(column(self.chooser, self.name, note, gap=12)),
            primary(tr("Save it here"), "device-floppy"),
            {"name": self.name},
            width=760,
            refused_title=tr("Not saved"),
        )
        self.act.clicked.connect(self.press)
        self.chooser.go(folder)

    def press(self) -> None:
        """Open the folder stood on, else write the copy."""
        if self.chooser.table.hasFocus() and self.chooser.stands_on_folder:
            self.chooser.open_folder()
            return
        folder, name = self.chooser.folder, self.name.value.strip()
        if folder is None or not name or "/" in name or "\\" in name:
            self.name.refuse(tr("Type a name for the copy."))
            return

        def write() -> Path:
            return write_new(folder / name, self._content()[1])

        self.do(self._bridge, write, self._done_with, _copy_field_of)

    def _done_with(self, path: Path) -> None:
        self.close_panel()
        self._written(str(path))


def copy_name(register_no: str, nth: int, attached: Attached) -> str:
    """What a copy is called unless it is given another name: the number of the record, then the file's own."""
    return f"{register_no}-{nth:02d}-{attached.kind}{SUFFIXES.get(attached.media_type, '')}"


def _copy_field_of(refusal: Refusal) -> str:
    return "name" if refusal.rule in ("file_exists", "file_unwritable") else field_of(refusal)
