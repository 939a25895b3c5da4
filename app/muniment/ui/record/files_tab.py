"""Photographs and documents of a record: the list, and the one stood on as it looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QWidget

from muniment.domain.basics.moments import moment
from muniment.domain.custody.attachments import FILE_KIND_NAMES, MOST, SERIAL, VIEW_NAMES, Attached, FileKind, View
from muniment.domain.stock.marking import MARK_KIND_NAMES, MarkKind
from muniment.ui.folder.listing import size_words
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card, Detail, Details, Empty, breakable
from muniment.ui.kit.flow import Flow
from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.layout import STRETCH, column, holder, row, surface
from muniment.ui.kit.picture import drawn
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, Row
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import local_time

PREVIEW = QSize(640, 400)
"""Pixels that a preview is made small to; it is drawn smaller where there is less room."""


class FilesTab(QWidget):
    """The files of a record. A preview is asked for when a file is stood on, and drawn when it comes."""

    attach_asked = Signal()
    copy_asked = Signal(int)
    """A copy of the file with this place in the list, from 0, is to be written."""

    def __init__(self, preview: Callable[[Attached], None]) -> None:
        super().__init__()
        self._preview = preview
        self._files: tuple[Attached, ...] = ()
        self.table = DataTable(
            (Column(tr("File"), Cell.TWO_LINES, 200, 1), Column(tr("Size"), Cell.NUMBER, 104)),
            name=tr("Files"),
            tall=True,
        )
        self.table.row_chosen.connect(self._stood)
        self.empty = Empty(tr("No file is attached."), tr("Attach a photograph or a document with F5."))
        self._room = QStackedWidget()
        self._room.addWidget(self.table)
        self._room.addWidget(holder(row((self.empty, 1), margins=(16, 12, 16, 12))))
        self.card = Card(self._room, title=tr("Files"), flush=True)
        self.picture = Picture()
        self.details = Details()
        self._shown = Card((self.picture, 1), self.details, gap=8)
        self.attach = Button(tr("Attach a file"), "F5", icon="photo")
        self.attach.clicked.connect(self.attach_asked)
        self.copy = Button(tr("Save a copy"), "F7", icon="device-floppy")
        self.copy.clicked.connect(lambda: self.copy_asked.emit(self.table.chosen))
        self.setLayout(
            column(
                (holder(row((self.card, 1), (self._shown, 1), gap=12)), 1),
                Flow((self.attach, self.copy)),
                gap=8,
            )
        )

    def draw(self, files: Sequence[Attached]) -> None:
        """Show the files of a record, standing on the newest one."""
        if tuple(files) != self._files or not files:
            self._files = tuple(files)
            self.table.put(FixedRows([_row(one) for one in files]))
            self._room.setCurrentIndex(0 if files else 1)
            self._shown.setVisible(bool(files))
            if files:
                self.table.choose(len(files) - 1)
        self.card.retitle(tr("Files"), tr("{n} of {most}").format(n=iso(str(len(files))), most=iso(str(MOST))))
        if files:
            self.copy.allow()
        else:
            self.copy.forbid(tr("Nothing to save"))
        if len(files) >= MOST:
            self.attach.forbid(tr("The record is full"))
        else:
            self.attach.allow()

    def _stood(self, number: int) -> None:
        if not 0 <= number < len(self._files):
            return
        one = self._files[number]
        taken = local_time(moment(one.taken_at)) if one.taken_at else ""
        known = [
            Detail(tr("Which mark"), _mark_words(one)),
            Detail(tr("Taken"), taken, code=True),
            Detail(tr("SHA-256"), breakable(one.sha256)),
        ]
        self.details.show_details([detail for detail in known if detail.value])
        self.picture.wait(one.media_type == "application/pdf")
        if one.is_picture:
            self._preview(one)

    def show_preview(self, sha256: str, png: bytes) -> None:
        """Draw a preview that has come, if its file is still the one stood on."""
        at = self.table.chosen
        if 0 <= at < len(self._files) and self._files[at].sha256 == sha256:
            self.picture.show_png(png)


class Picture(QStackedWidget):
    """A preview, or an icon for what has none. It never asks for more room than it is given."""

    def __init__(self) -> None:
        super().__init__()
        self._png = b""
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._label.setAccessibleName(tr("Preview"))
        self._document, self._image = Glyph("file-text", 64, Ink.QUIET), Glyph("photo", 64, Ink.QUIET)
        self.addWidget(surface("sunk", column((self._label, 1), gap=0)))
        for glyph in (self._document, self._image):
            self.addWidget(surface("sunk", row(STRETCH, glyph, STRETCH)))
        self.setMinimumHeight(96)

    @property
    def shows_picture(self) -> bool:
        """Whether a preview is drawn."""
        return self.currentIndex() == 0

    def wait(self, document: bool) -> None:
        """Show the icon of a document, or of a picture that has not come yet."""
        self._png = b""
        self.setCurrentIndex(1 if document else 2)

    def show_png(self, png: bytes) -> None:
        """Show a preview; what is no picture keeps its icon."""
        self._png = png
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the preview in its new room."""
        super().resizeEvent(event)
        self._fit()

    def dress(self) -> None:
        """Take the colours of the theme."""
        self._fit()

    def _fit(self) -> None:
        pixmap = drawn(self._png, QSize(max(1, self.width() - 12), max(1, self.height() - 12)))
        if pixmap is not None:
            self._label.setPixmap(pixmap)
            self.setCurrentIndex(0)


def _row(one: Attached) -> Row:
    view = spoken(VIEW_NAMES[View(one.view)]) if one.view in set(View) else ""
    kind = spoken(FILE_KIND_NAMES[FileKind(one.kind)]) if one.kind in set(FileKind) else one.kind
    about = " · ".join(part for part in (view, _mark_words(one), one.title) if part)
    return Lines(kind, about or one.media_type), spoken(size_words(one.length))


def _mark_words(one: Attached) -> str:
    if one.shows == SERIAL:
        return tr("the serial number")
    return spoken(MARK_KIND_NAMES[MarkKind(one.shows)]) if one.shows in set(MarkKind) else ""
