"""Writing lists out on the screen: what, in which form, where, and what it will tell of persons."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.register import Register
from muniment.domain.basics.refusal import Refusal
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.lists.handing_on import (
    EVERYTHING,
    FORMS,
    WHAT,
    HandingOnPresenter,
    Wish,
    Written,
    contains,
    field_of,
    forms_of,
    may_name,
    offered_name,
)
from muniment.ui.lists.import_section import refusal_words
from muniment.ui.lists.progress import Progress
from muniment.ui.lists.trouble import OVERWRITES
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Choice

NAMELESS, NAMED = "nameless", "named"
FORM_WIDTH = 560


class ExportSection(QWidget):
    """The wish at the leading side, what came of it beside it."""

    _rows = Signal(int)

    def __init__(self, register: Register, presenter: HandingOnPresenter, reader: Bridge, desk: Bridge) -> None:
        super().__init__()
        self._register, self._presenter, self._reader, self._desk = register, presenter, reader, desk
        self._busy = self._stopping = False
        self._offered = ""
        self.what = Choice(tr("What"), [(name, spoken(words)) for name, words in WHAT.items()])
        self.form = Choice(tr("Form"))
        self.names = Choice(tr("Persons"), [(NAMELESS, tr("are not named")), (NAMED, tr("are named"))])
        self.target = Field(tr("File, or new folder for everything"), code=True)
        self.contains = Label("", 14, 500, wrap=True)
        self.warning = Label("", 14, 600, State.OVERDUE, wrap=True)
        self.write = Button(tr("Write it"), "F10", Weight.PRIMARY, "device-floppy")
        self.over = Button(tr("Replace the file"), "", Weight.DANGER)
        self.over.hide()
        self.says = Label("", 14, 600, State.REFUSED, wrap=True)
        self.says.hide()
        self.told = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.notices = Label("", 14, 500, State.OVERDUE, wrap=True)
        self.files = DataTable(
            (
                Column(tr("File"), Cell.STRONG, 150, 2),
                Column(tr("Rows"), Cell.NUMBER, 90),
                Column("SHA-256", Cell.CODE, 160, 1),
            ),
            name=tr("Files that were written"),
        )
        self.progress = Progress()
        wish = Card(
            self.what,
            row((self.form, 1), (self.names, 1), gap=16),
            self.target,
            self.contains,
            self.warning,
            self.says,
            STRETCH,
            row(self.write, self.over, STRETCH, gap=theme().between),
            title=tr("Write a list out"),
            gap=10,
        )
        wish.setFixedWidth(FORM_WIDTH)
        came = Card(
            holder(column(self.told, self.notices, gap=6, margins=(12, 0, 12, 8))),
            (self.files, 1),
            title=tr("Written"),
            flush=True,
        )
        self._side = QStackedWidget()
        nothing = Empty(
            tr("Nothing was written yet."),
            tr("What is written can be checked with its digest; a file is never replaced unasked."),
        )
        self._came: QWidget = Card((nothing, 1))
        self._files_card = came
        self._side.addWidget(self._came)
        self._side.addWidget(self.progress)
        self._side.addWidget(came)
        self.setLayout(row(wish, (self._side, 1), gap=16))
        self.what.changed.connect(lambda _: self._offer())
        self.form.changed.connect(lambda _: self._offer_name())
        self.names.changed.connect(lambda _: self._describe())
        self.target.changed.connect(lambda _: self.over.hide())
        self.target.entered.connect(self.write.setFocus)
        self.write.clicked.connect(lambda: self._write(over=False))
        self.over.clicked.connect(lambda: self._write(over=True))
        self.progress.stop_asked.connect(self.stop)
        self._rows.connect(self.progress.tell_count, Qt.ConnectionType.QueuedConnection)
        self._offer()

    def shown(self) -> None:
        """Begin at what is to be written."""
        self.what.setFocus()

    def take_key(self, _key: str) -> bool:
        """All keys stand on buttons."""
        return False

    def _offer(self) -> None:
        what = self.what.value
        forms = forms_of(what)
        self.form.blockSignals(True)
        self.form.offer([(form, spoken(FORMS[form])) for form in forms])
        self.form.blockSignals(False)
        self.form.setVisible(bool(forms))
        self.names.setVisible(may_name(what))
        self._offer_name()
        self._describe()

    def _offer_name(self) -> None:
        """Offer a name where none was written by hand; one that was keeps its folder."""
        now = self.target.value
        folder = Path(now).parent if now else Path(QDir.homePath())
        if not now or now == self._offered:
            self._offered = str(folder / offered_name(self._register, self.what.value, self.form.value))
            self.target.write(self._offered)
        elif self.form.value:
            self.target.write(str(Path(now).with_suffix(self.form.value)))

    def _describe(self) -> None:
        named = self.names.value == NAMED and may_name(self.what.value)
        sentences = [spoken(one) for one in contains(self.what.value, with_names=named)]
        self.contains.setText(" ".join(sentences[:1] if named else sentences))
        self.warning.setText(" ".join(sentences[1:]) if named else "")
        self.warning.setVisible(named)

    def _write(self, *, over: bool) -> None:
        if self._busy:
            return
        self._busy, self._stopping = True, False
        self.over.hide()
        self.says.hide()
        named = self.names.value == NAMED
        wish = Wish(self.what.value, self.form.value, self.target.value, named, over)
        self._side.setCurrentWidget(self.progress)
        self.progress.begin(tr("Writing"), tr("The register is only read; the desk goes on meanwhile."))
        self.write.forbid(tr("Writing"))

        def written(rows: int) -> bool:
            self._rows.emit(rows)
            return not self._stopping

        self._reader.do(lambda: self._presenter.write(wish, written), self._written, self._failed)

    def _written(self, done: Written) -> None:
        self._came = self._files_card
        self._idle()
        self.told.setText(spoken(done.says))
        self.notices.setText("\n".join(spoken(one) for one in done.notices))
        self.notices.setVisible(bool(done.notices))
        self.files.put(FixedRows([(iso(one.path.name), iso(f"{one.rows:,}"), one.sha256[:16]) for one in done.files]))

    def _failed(self, error: Exception) -> None:
        self._idle()
        words = refusal_words(error)
        if not words:
            self._desk.broken.emit(error)
            return
        if isinstance(error, Refusal) and field_of(error) == "target":
            self.target.refuse(words)
            self.target.setFocus()
            self.over.setVisible(error.rule == OVERWRITES and self.what.value != EVERYTHING)
            return
        self.says.setText(words)
        self.says.show()

    def _idle(self) -> None:
        self._busy = False
        self.write.allow()
        self._side.setCurrentWidget(self._came)

    def stop(self) -> None:
        """Leave undone what is being written."""
        self._stopping = True
