"""The page of papers on the screen: what can be printed, the preview, and the queue with what became of each job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Officer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.printing import FORMS, Form
from muniment.paper.sheets import Sheets
from muniment.ports.paper import JobState, Order
from muniment.ports.work import StoreFault
from muniment.reports.label_orders import STOCKS
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.queue_strip import Waiting
from muniment.ui.kit.status_bar import Device, DeviceState
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.papers.presenter import JobLine, PapersPresenter, PapersView
from muniment.ui.papers.preview import Preview
from muniment.ui.papers.wording import STATES
from muniment.ui.shell.page import Offer
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Choice

SIDE_WIDTH = 484
TYPING_MS = 400
"""Pause in typing after which the preview is made."""

_MARKS = {
    JobState.WAITING: State.HELD,
    JobState.PRINTING: State.STALE,
    JobState.PRINTED: State.ACCEPTED,
    JobState.FAILED: State.REFUSED,
    JobState.UNKNOWN: State.UNVERIFIED,
    JobState.CANCELLED: State.DESTROYED,
}
_PREFIX = "print:"


class PapersScreen(QWidget):
    """Form, preview, printer, queue. Other pages print through it without being left."""

    changed = Signal()
    """Something was written into the ledger, or something waits that did not before."""
    news = Signal(object)
    """What the line of devices is to say of printing, a `Device`."""
    badge_scanned = Signal(object)
    """A `Scan` of somebody's badge, for which this page has no form."""
    _heard = Signal()

    def __init__(self, presenter: PapersPresenter[Sheets], bridge: Bridge) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter, self._bridge = presenter, bridge
        self._view: PapersView[Sheets] | None = None
        self._chosen = ""
        self._waits: tuple[str, ...] = ()
        self._drawing = False
        self.print = Button(tr("Print"), "F11", Weight.PRIMARY, "printer")
        self.print.clicked.connect(lambda: self._do(self._print))
        self.bar = TopBar(tr("Papers"), "", self.print)
        self.message = Label("", 15, 600, State.REFUSED, wrap=True)
        self.message.hide()
        self.preview = Preview()
        left = column(self._asking(), (self._queue(), 1), gap=12)
        side = holder(left)
        side.setFixedWidth(SIDE_WIDTH)
        right = column(self._printer(), (Card(self.preview), 1), gap=12)
        body = row(side, (holder(right), 1), gap=16)
        self.setLayout(
            column(
                self.bar,
                (holder(column(self.message, (holder(body), 1), gap=12, margins=(16, 16, 16, 16))), 1),
                gap=0,
            )
        )
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._show)
        self._heard.connect(self._refresh, Qt.ConnectionType.QueuedConnection)
        presenter.queue.listen(self._heard.emit)
        self._bridge.do(presenter.begin, self.draw)

    def _asking(self) -> Card:
        self.form = Choice(tr("Form"), [(form.value, spoken(words)) for form, words in FORMS.items()])
        self.about = Field(tr("Number or day"), code=True)
        self.stock = Choice(tr("Labels"), [(name, _stock_words(name)) for name in STOCKS])
        self.form.changed.connect(lambda _: self._another_form())
        self.about.changed.connect(lambda _: self._typing.start())
        self.about.entered.connect(self._show)
        self.stock.changed.connect(lambda _: self._show())
        self.ask = Card(row((self.form, 3), (self.about, 3), (self.stock, 2), gap=12), title=tr("What to print"))
        return self.ask

    def _printer(self) -> QWidget:
        self.printer = Choice(tr("Printer"))
        self.printer.changed.connect(lambda name: self._do(lambda: self._presenter.prefer(name)))
        self.copies = Field(tr("Copies"), value="1")
        self.right = Field(tr("Right, mm"), value="0")
        self.down = Field(tr("Down, mm"), value="0")
        for field in (self.copies, self.right, self.down):
            field.setMaximumWidth(theme().px(96))
        for field in (self.right, self.down):
            field.line.editingFinished.connect(self._put_right)
        return holder(row((self.printer, 1), self.copies, self.right, self.down, gap=12))

    def _queue(self) -> Card:
        self.table = DataTable(
            (
                Column(tr("Form"), Cell.TWO_LINES, 250, 1),
                Column(tr("State"), Cell.CHIP, 146),
                Column(tr("At"), Cell.CODE, 68),
            ),
            name=tr("Print queue"),
            tall=True,
        )
        self.table.row_chosen.connect(self._row_chosen)
        self.happened = Label("", 14, 600, wrap=True)
        self.safe = Label("", 14, 400, wrap=True)
        self.do_now = Label("", 14, 500, wrap=True)
        self.again = Button(tr("Print again"), "F2", icon="printer")
        self.seen = Button(tr("It is in the tray"), "F3", icon="check")
        self.save = Button(tr("Save as PDF"), "F5", icon="device-floppy")
        self.cancel = Button(tr("Cancel it"), "F6", icon="x")
        for button, act in (
            (self.again, self._presenter.again),
            (self.seen, self._presenter.done),
            (self.save, self._presenter.into_folder),
            (self.cancel, self._presenter.cancel),
        ):
            button.clicked.connect(lambda _=False, act=act: self._decide(act))
        words = column(self.happened, self.safe, self.do_now, gap=4)
        acts = column(
            row(self.again, self.seen, STRETCH, gap=theme().between),
            row(self.save, self.cancel, STRETCH, gap=theme().between),
            gap=theme().between,
        )
        self._job = holder(column(words, acts, gap=10, margins=(12, 8, 12, 6)))
        nothing = Empty(tr("Nothing waits to be printed."), tr("Choose a form and print it with F11."))
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(holder(row((nothing, 1), margins=(12, 12, 12, 12))))
        self.queue_card = Card((self._rows, 1), self._job, title=tr("Print queue"), flush=True)
        return self.queue_card

    @property
    def view(self) -> PapersView[Sheets] | None:
        """What is drawn now."""
        return self._view

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._bridge.do(lambda: self._presenter.sit_down(officer), self.draw)

    def page_shown(self) -> None:
        """Look again, at the printers too."""
        self._presenter.queue.look_round()
        self._bridge.do(self._presenter.look, self.draw)

    def stop(self) -> None:
        """Draw nothing more; the window is going."""
        self._presenter.queue.listen(lambda: None)
        self.preview.stop()

    def take_scan(self, scan: Scan) -> bool:
        """Show the form that a code asks for; a badge begins at the desk."""

        def shown(view: PapersView[Sheets] | None) -> None:
            if view is None:
                self.badge_scanned.emit(scan)
            else:
                self.draw(view)

        self.message.hide()
        self._bridge.do(lambda: self._presenter.scanned(scan), shown, self._failed)
        return True

    def take_key(self, key: str) -> bool:
        """Esc empties what was typed; the other keys stand on buttons."""
        if key == "Esc" and self.about.value:
            self.about.write("")
            self._show()
            return True
        return False

    def offers(self) -> Sequence[Offer]:
        """The forms that need no number are printed from anywhere."""
        says = tr("Prints it on {printer}").format(printer=iso(self.printer.value))
        forms = (Form.ISSUE_LOG, Form.COMMAND_CARDS, Form.PAPER_FORM, Form.PRINT_LOG)
        return [Offer(spoken(FORMS[form]), partial(self._print_behind, Order(form)), says) for form in forms]

    def print_receipt(self, receipt: str) -> None:
        """Print a hand receipt while another page stays in front."""
        self._print_behind(Order(Form.HAND_RECEIPT, (receipt,)))

    def print_history(self, item: str) -> None:
        """Print the history of an item while another page stays in front."""
        self._print_behind(Order(Form.HISTORY, (item,)))

    def print_manifest(self, shipment: str) -> None:
        """Print the manifest of a transfer while another page stays in front."""
        self._print_behind(Order(Form.MANIFEST, (shipment,)))

    def print_acceptance(self, arrival: str) -> None:
        """Print the acceptance sheet of an arrival while another page stays in front."""
        self._print_behind(Order(Form.ACCEPTANCE, (arrival,)))

    def print_import_receipt(self, batch: str) -> None:
        """Print the receipt of the import with this number while another page stays in front."""
        self._print_behind(Order(Form.IMPORT_RECEIPT, (batch,)))

    def print_place_label(self, place: str) -> None:
        """Print the label of a place while another page stays in front."""
        self._print_behind(Order(Form.PLACE_LABELS, (place,), {"stock": "large"}))

    def waiting(self) -> list[Waiting]:
        """The jobs about which a person must decide, for the strip of what waits."""
        lines = self._view.lines if self._view is not None else ()
        return [
            Waiting(
                f"{_PREFIX}{line.id}",
                _MARKS[line.state],
                f"{spoken(line.title)}: {spoken(STATES[line.state])}",
                iso(line.printer),
            )
            for line in lines
            if line.open
        ]

    def choose(self, name: str) -> bool:
        """Stand on the job that the strip calls so; false where it is none of ours."""
        if not name.startswith(_PREFIX):
            return False
        self._chosen = name.removeprefix(_PREFIX)
        if self._view is not None:
            self.draw(self._view)
        return True

    def draw(self, view: PapersView[Sheets]) -> None:
        """Show what the presenter decided."""
        before, self._view = self._view, view
        self._drawing = True
        self.form.write(view.form.value)
        if before is None or before.about != view.about:  # never what somebody is typing just now
            self.about.write(view.about)
        self.about.setVisible(view.wants is not None)
        self.stock.setVisible(view.labels)
        self.ask.note(spoken(view.wants) if view.wants is not None else "")
        self.printer.offer([(name, iso(name)) for name in view.printers], view.printer)
        for field, value in ((self.right, view.offset_mm[0]), (self.down, view.offset_mm[1])):
            if not field.line.hasFocus():
                field.write(f"{value:g}")
        self._draw_preview(view, before)
        self._draw_queue(view)
        self._drawing = False
        waits = tuple(waiting.name for waiting in self.waiting())
        if view.wrote or waits != self._waits:
            self._waits = waits
            self.changed.emit()
        if view.news is not None:
            state = DeviceState.LOST if view.trouble else DeviceState.ANSWERS
            self.news.emit(Device(tr("Printing"), state, spoken(view.news)))

    def _draw_preview(self, view: PapersView[Sheets], before: PapersView[Sheets] | None) -> None:
        if before is not None and (view.made, view.problem) == (before.made, before.problem):
            return
        if view.made is not None:
            self.preview.show_sheets(view.made.sheets)
            self.print.allow()
            return
        problem = view.problem
        why = spoken(problem.says) if problem is not None else ""
        self.preview.show_sheets(None, why, spoken(problem.do_now) if problem is not None and problem.do_now else "")
        self.print.forbid(tr("Nothing to print"))

    def _draw_queue(self, view: PapersView[Sheets]) -> None:
        rows = [
            (
                Lines(spoken(line.title), _printed_on(line)),
                Mark(_MARKS[line.state], spoken(STATES[line.state])),
                line.at.astimezone().strftime("%H:%M"),
            )
            for line in view.lines
        ]
        self.table.put(FixedRows(rows))
        self._rows.setCurrentIndex(0 if rows else 1)
        at = next((nth for nth, line in enumerate(view.lines) if line.id == self._chosen), 0 if view.lines else -1)
        if at >= 0:
            self.table.choose(at)
        self._draw_job(view.lines[at] if at >= 0 else None)
        open_jobs = sum(line.open for line in view.lines)
        self.queue_card.note(iso(tr("{n} wait for your decision").format(n=open_jobs)) if open_jobs else "")

    def _draw_job(self, line: JobLine | None) -> None:
        self._job.setVisible(line is not None)
        if line is None:
            return
        for label, words in ((self.happened, line.happened), (self.safe, line.safe), (self.do_now, line.do_now)):
            text = " ".join(spoken(words).split())
            label.setText(text)
            label.setVisible(bool(text))
        for button in (self.again, self.seen, self.save):
            button.setVisible(line.open)
        self.cancel.setVisible(line.stoppable)

    def _row_chosen(self, nth: int) -> None:
        if self._view is not None and not self._drawing and 0 <= nth < len(self._view.lines):
            self._chosen = self._view.lines[nth].id
            self._draw_job(self._view.lines[nth])

    def _refresh(self) -> None:
        self._bridge.do(self._presenter.view, self.draw)

    def _another_form(self) -> None:
        if not self._drawing:
            self.about.write("")
            self._show()

    def _show(self) -> None:
        self._typing.stop()
        if not self._drawing:
            form, about, stock = Form(self.form.value), self.about.value, self.stock.value
            self._do(lambda: self._presenter.show(form, about, stock))

    def _put_right(self) -> None:
        right, down = self.right.value, self.down.value
        if self._view is not None and (right, down) != tuple(f"{mm:g}" for mm in self._view.offset_mm):
            self._do(lambda: self._presenter.put_right(right, down))

    def _print(self) -> PapersView[Sheets]:
        self._presenter.copies(self.copies.value)
        return self._presenter.print_shown()

    def _print_behind(self, order: Order) -> None:
        self._bridge.do(lambda: self._presenter.print_now(order), self.draw, self._failed_behind)

    def _decide(self, act: Callable[[str], PapersView[Sheets]]) -> None:
        nth = self.table.chosen
        if self._view is not None and 0 <= nth < len(self._view.lines):
            job = self._view.lines[nth].id
            self._do(lambda: act(job))

    def _do(self, work: Callable[[], PapersView[Sheets]]) -> None:
        if self._drawing:
            return
        self.message.hide()
        self._bridge.do(work, self.draw, self._failed)

    def _failed(self, error: Exception) -> None:
        said = _words(error)
        if not said:
            self._bridge.broken.emit(error)
            return
        self.message.setText(said)
        self.message.show()

    def _failed_behind(self, error: Exception) -> None:
        """Say it in the line of devices: nothing opens before the queue of people."""
        said = _words(error)
        if not said:
            self._bridge.broken.emit(error)
            return
        self.news.emit(Device(tr("Printing"), DeviceState.LOST, said))


def _words(error: Exception) -> str:
    if isinstance(error, Refusal):
        return " ".join(spoken(text) for text in (error.says, error.do_now) if text)
    if isinstance(error, StoreFault):
        return " ".join(spoken(text) for text in (error.says, error.safe, error.do_now))
    return ""


def _printed_on(line: JobLine) -> str:
    if line.copies == 1:
        return iso(line.printer)
    return tr("{printer}, {n} copies").format(printer=iso(line.printer), n=iso(str(line.copies)))


def _stock_words(name: str) -> str:
    return tr("{count} a sheet").format(count=iso(str(STOCKS[name].on_a_sheet)))
