"""Taking a list in, on one page: the list at the leading side, and beside it the step that is being done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from muniment.domain.basics.refusal import Refusal
from muniment.exchange.mapping import translated
from muniment.ports.work import StoreFault
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.flow import Flow
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.refusal_card import OtherAct, RefusalCard, Refused
from muniment.ui.kit.stack import Stack
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.lists.columns import filled, meant, ordered
from muniment.ui.lists.columns_pane import ColumnsPane
from muniment.ui.lists.file_browser import FileBrowser
from muniment.ui.lists.import_panels import ask_every_row, ask_keep, ask_mapping, ask_second
from muniment.ui.lists.list_card import BY_SERIAL, ListCard
from muniment.ui.lists.pace import Going
from muniment.ui.lists.preview_pane import PreviewPane
from muniment.ui.lists.progress import Progress
from muniment.ui.lists.receipt_pane import ReceiptPane
from muniment.ui.lists.taking_in import ImportPresenter, ImportView
from muniment.ui.lists.trouble import Trouble
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import PanelRoom

T = TypeVar("T")
V = TypeVar("V")

SHORT_WAIT_S = 2
"""A wait that nobody needs to be told of beforehand."""

ENCODINGS = (("cp1252", "Western Europe"), ("cp1251", "Cyrillic"), ("cp1256", "Arabic"))
UNMARKED = (("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16, big end first"))
"""What a text file full of zero bytes most likely is."""


class ImportSection(QWidget):
    """The flow from the file to the receipt.

    `reader` reads files and looks at the register; `desk` is the only one that writes. They may be the same.
    """

    changed = Signal()
    """Something was written into the ledger."""
    print_asked = Signal(str)
    """The receipt of an import is to be printed, by its number."""
    decide_asked = Signal()
    worklist_asked = Signal()
    _going = Signal(object)

    def __init__(self, presenter: ImportPresenter, reader: Bridge, desk: Bridge, room: PanelRoom) -> None:
        super().__init__()
        self._presenter, self._reader, self._desk, self._room = presenter, reader, desk, room
        self._view = ImportView()
        self._busy = False
        self._stopping = False
        self.card = ListCard()
        self.card.kind.changed.connect(lambda kind: self._do(lambda: presenter.set_kind(kind)))
        self.card.sheet.changed.connect(lambda sheet: self._do(lambda: presenter.read_sheet(sheet), tr("Reading")))
        self.card.place.changed.connect(lambda place: self._do(lambda: self._say(presenter.put_at, place)))
        self.card.known.changed.connect(
            lambda known: self._do(lambda: self._say(presenter.describe_known, known == BY_SERIAL))
        )
        self.browser = FileBrowser(reader)
        self.browser.chosen.connect(self.take_file)
        self.columns = ColumnsPane()
        self.columns.meant.connect(lambda h, f: self._map(lambda mapping: meant(mapping, h, f)))
        self.columns.filled.connect(lambda f, v: self._map(lambda mapping: filled(mapping, f, v)))
        self.columns.translated.connect(lambda f, w, m: self._map(lambda mapping: translated(mapping, f, w, m)))
        self.columns.ordered.connect(lambda f, o: self._map(lambda mapping: ordered(mapping, f, o)))
        self.preview = PreviewPane(reader)
        self.progress = Progress()
        self.progress.stop_asked.connect(self.stop)
        self.receipt = ReceiptPane()
        self._refusal = holder(column(gap=0))
        self.says = Label("", 14, 600, State.OVERDUE, wrap=True)
        self.told = Label("", 14, 600, State.ACCEPTED, wrap=True)
        self._steps = Stack()
        self._foot = Stack()
        self._foot.setSizePolicy(self._foot.sizePolicy().horizontalPolicy(), self._foot.sizePolicy().Policy.Fixed)
        self._make_foots()
        for pane in (self.browser, self._refusal, self.columns, self.preview, self.progress, self.receipt):
            self._steps.add(pane)
        main = holder(column(self.says, self.told, (self._steps, 1), self._foot, gap=12))
        self.setLayout(row(self.card, (main, 1), gap=16))
        self._going.connect(self.progress.tell, Qt.ConnectionType.QueuedConnection)
        self.receipt.print_asked.connect(self.print_asked)
        self.receipt.decide_asked.connect(self.decide_asked)
        self.receipt.worklist_asked.connect(self.worklist_asked)
        self.receipt.next_asked.connect(self.start_over)
        self.browser.begin()
        self.draw(self._view)

    def _make_foots(self) -> None:
        between = theme().between
        self.look = Button(tr("Look it through"), "F10", Weight.PRIMARY, "list-check")
        self.every_row = Button(tr("For every row"), "Ctrl+E")
        self.load = Button(tr("Load mapping"), "Ctrl+M")
        self.keep = Button(tr("Keep mapping"), "Ctrl+S")
        self.take = Button(tr("Take it in"), "F10", Weight.PRIMARY, "check")
        self.problems = Button(tr("Problems as a list"), "Ctrl+S")
        self.by_two = Button(tr("Confirm by two"), "Ctrl+D", icon="users")
        self.back = Button(tr("Back"), "Esc", icon="arrow-back-up")
        self.wait = Label("", 13, 500, Ink.QUIET, wrap=True)
        self.standing = Label("", 13, 600, State.OVERDUE, wrap=True)
        self.look.clicked.connect(lambda: self._do(self._presenter.look_through, tr("Looking through every row")))
        self.card.other.clicked.connect(self.start_over)
        self.every_row.clicked.connect(lambda: ask_every_row(self._room, self._view, self._filled))
        self.load.clicked.connect(lambda: ask_mapping(self._room, self._reader, self.browser.folder, self._load))
        self.keep.clicked.connect(lambda: self._ask_keep(".toml", self._presenter.keep, tr("Keep the mapping")))
        self.problems.clicked.connect(
            lambda: self._ask_keep(".problems.csv", self._presenter.keep_problems, tr("Problems as a list"))
        )
        self.by_two.clicked.connect(
            lambda: ask_second(self._room, self._presenter, self._reader, self._view, self.draw)
        )
        self.back.clicked.connect(lambda: self._do(self._presenter.back_to_columns))
        self.take.clicked.connect(self._take_in)
        nothing = QWidget()
        columns = column(self.standing, Flow((self.look, self.every_row, self.load, self.keep), between), gap=8)
        preview = column(self.wait, Flow((self.take, self.back, self.by_two, self.problems), between), gap=8)
        self.dress()
        for foot in (nothing, holder(columns), holder(preview)):
            self._foot.add(foot)

    def dress(self) -> None:
        """Say in one word what is done with a mapping where keys are as large as for gloves."""
        gloved = theme().gloved
        self.load.reword(tr("Load") if gloved else tr("Load mapping"))
        self.keep.reword(tr("Keep") if gloved else tr("Keep mapping"))

    @property
    def view(self) -> ImportView:
        """What is drawn now."""
        return self._view

    @property
    def busy(self) -> bool:
        """Whether something is being read, looked through or written."""
        return self._busy

    def shown(self) -> None:
        """Draw again what the presenter holds; another officer may have sat down meanwhile."""
        self._reader.do(self._presenter.view, lambda view: None if self._busy else self.draw(view))

    def take_file(self, path: str) -> None:
        """Read a file."""
        self._do(lambda: self._presenter.choose(path), tr("Reading {name}").format(name=iso(Path(path).name)))

    def start_over(self) -> None:
        """Put the list away and choose another one."""
        self._do(self._presenter.start_over)
        self.browser.begin()

    def take_key(self, key: str) -> bool:
        """F9 narrows what is shown; Esc takes the narrowing away before it leaves the step."""
        if key == "F9" and self._steps.front is self.preview:
            self.preview.to_search()
            return True
        return key == "Esc" and self._steps.front is self.preview and self.preview.leave_search()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave keys to the page."""
        event.ignore()

    def draw(self, view: ImportView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self.card.draw(view)
        self.told.setText(spoken(view.told) if view.told else "")
        self.told.setVisible(view.told is not None)
        refused = bool(view.troubles) and view.columns is None
        says = "\n".join(_trouble(one) for one in view.troubles[:3]) if view.troubles and not refused else ""
        self._tell(says)
        if refused:
            self._draw_refusal(view)
        elif view.taken is not None:
            self._show(self.receipt, 0)
            self.receipt.draw(view.taken, view.list_name)
            self.receipt.next.setFocus()
        elif view.preview is not None:
            self._draw_preview(view)
        elif view.columns is not None:
            self._draw_columns(view)
        else:
            self._show(self.browser, 0)
            self.browser.table.setFocus()

    def _draw_columns(self, view: ImportView) -> None:
        if view.columns is None:
            return
        self._show(self.columns, 1)
        self.columns.draw(view.columns)
        problems = view.columns.problems
        self.standing.setText(" ".join(spoken(one) for one in problems[:2]))
        self.standing.setVisible(bool(problems))
        if problems:
            self.look.forbid(tr("A field is missing"))
        else:
            self.look.allow()

    def _draw_preview(self, view: ImportView) -> None:
        preview = view.preview
        if preview is None:
            return
        self._show(self.preview, 2)
        self.preview.draw(preview)
        plan = preview.plan
        self.problems.setVisible(bool(plan.problems or plan.notices))
        self.by_two.setVisible(preview.for_two > 0 and not view.let_pass)
        self.wait.setText(wait_words(view.wait))
        self.wait.setVisible(bool(self.wait.text()))
        if plan.stopped:
            self.take.forbid(tr("A problem stops the list"))
        elif not plan.entries:
            self.take.forbid(tr("Nothing to take in"))
        else:
            self.take.allow()
        left = plan.totals.rows.get("left_out", 0)
        self.take.reword(tr("Take in without {n} rows").format(n=iso(str(left))) if left else tr("Take it in"))

    def _draw_refusal(self, view: ImportView) -> None:
        layout = self._refusal.layout()
        while layout is not None and (old := layout.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        kinds = {one.kind for one in view.troubles}
        offered = ENCODINGS if "undecodable" in kinds else UNMARKED if "nul" in kinds else ()
        others = [
            OtherAct(name, tr("Read it as {name}").format(name=tr(words)), str(n))
            for n, (name, words) in enumerate(offered, 1)
        ]
        happened = "\n".join(_trouble(one) for one in view.troubles[:6])
        if len(view.troubles) > 6:
            happened += "\n" + tr("and {n} more").format(n=iso(str(len(view.troubles) - 6)))
        card = RefusalCard(
            Refused(
                tr("The list is not read"),
                happened,
                tr("Nothing was written: the register is as it was."),
                tr("Mend the file where it was made, or choose another one."),
                tr("None."),
                note=iso(view.file.name) if view.file else "",
            ),
            tr("Choose another file"),
            others,
        )
        card.safe_done.connect(self.start_over)
        card.other_asked.connect(lambda name: self._do(lambda: self._presenter.read_as(name), tr("Reading")))
        if layout is not None:
            layout.addWidget(card)
        self._show(self._refusal, 0)
        card.take_focus()

    def _show(self, pane: QWidget, foot: int) -> None:
        before = self._steps.front
        self._steps.show_page(pane)
        self._foot.show_number(foot)
        self._foot.setVisible(foot > 0)
        if pane is not before and pane is self.columns:
            self.columns.table.setFocus()
        elif pane is not before and pane is self.preview:
            self.preview.tables["rows"].setFocus()

    def _tell(self, words: str) -> None:
        self.says.setText(words)
        self.says.setVisible(bool(words))

    def _do(self, work: Callable[[], ImportView], words: str = "") -> None:
        """Have something read or looked through; what is pressed meanwhile does nothing more."""
        if self._busy:
            return
        self._busy = True
        self.card.setEnabled(False)
        if words:
            self._show(self.progress, 0)
            self.progress.begin(words, "", may_stop=False)
        name = self.card.called.value

        def named() -> ImportView:
            self._presenter.call(name)  # whatever else is asked, what was typed meanwhile counts
            return work()

        self._reader.do(named, self._finished, self._failed)

    def _finished(self, view: ImportView) -> None:
        self._busy = False
        self.card.setEnabled(True)
        self.draw(view)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self.card.setEnabled(True)
        self.draw(self._view)
        words = refusal_words(error)
        if not words:
            self._desk.broken.emit(error)
            return
        self._tell(words)
        if isinstance(error, Refusal) and error.rule == "reason_missing" and self.card.reason.isVisible():
            self.card.reason.refuse(spoken(error.do_now) if error.do_now else words)
            self.card.reason.setFocus()

    def _map(self, change: Callable[..., object]) -> None:
        self._do(lambda: self._presenter.map_by(change))  # type: ignore[arg-type]

    def _say(self, what: Callable[[V], None], value: V) -> ImportView:
        what(value)
        return self._presenter.view()

    def _filled(self, field: str, value: str) -> None:
        self._map(lambda mapping: filled(mapping, field, value))

    def _load(self, path: str) -> None:
        self._do(lambda: self._presenter.load(path))

    def _ask_keep(self, suffix: str, keep: Callable[..., ImportView], title: str) -> None:
        if self._view.file is not None:
            ask_keep(self._room, self._reader, title, self._view.file.path.with_suffix(suffix), keep, self.draw)

    def _take_in(self) -> None:
        if self._busy or self._view.preview is None:
            return
        self._busy, self._stopping = True, False
        self.card.setEnabled(False)
        self._show(self.progress, 0)
        self.progress.begin(tr("Taking the list in"), wait_words(self._view.wait))
        reason = self.card.reason.value

        def tell(going: Going) -> bool:
            self._going.emit(going)
            return not self._stopping

        self._desk.do(lambda: self._presenter.take_in(reason, tell), self._taken, self._failed)

    def _taken(self, view: ImportView) -> None:
        self._finished(view)
        if view.taken is not None:
            self.card.reason.write("")
            self.changed.emit()

    def stop(self) -> None:
        """Leave undone what is being written."""
        self._stopping = True


def wait_words(seconds: int) -> str:
    """What to know before a long task keeps the desk; nothing for a short one."""
    if seconds <= SHORT_WAIT_S:
        return ""
    return tr(
        "Writing takes about {n} s. The desk waits meanwhile; what is scanned is kept and answered afterwards."
    ).format(n=iso(str(seconds)))


def refusal_words(error: Exception) -> str:
    """What a refusal or a fault says in a line; nothing for what is a bug."""
    if isinstance(error, Refusal):
        return " ".join(spoken(one) for one in (error.says, error.do_now) if one)
    if isinstance(error, StoreFault):
        return " ".join(spoken(one) for one in (error.says, error.safe, error.do_now))
    return ""


def _trouble(one: Trouble) -> str:
    return f"{iso(one.where)}: {spoken(one.says)}"
