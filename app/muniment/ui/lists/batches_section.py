"""The lists that were taken in on the screen, and taking one back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Detail, Details, Empty
from muniment.ui.kit.chip import Chip, Mark
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, Row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.lists.field_names import OUTCOMES_PAST, kind_name
from muniment.ui.lists.import_section import SHORT_WAIT_S, refusal_words, wait_words
from muniment.ui.lists.pace import Going
from muniment.ui.lists.progress import Progress
from muniment.ui.lists.taken_in import BatchesPresenter, BatchesView, BatchLine, TakingBack, field_of
from muniment.ui.lists.taking_in import FACTS_A_SECOND
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import FormPanel, PanelRoom, second_person
from muniment.ui.wording import local_time

SIDE_WIDTH = 404


class BatchesSection(QWidget):
    """The table of imports, and the one stood on with its file, its totals, and what still stands of it."""

    changed = Signal()
    print_asked = Signal(str)
    _going = Signal(object)

    def __init__(self, presenter: BatchesPresenter, reader: Bridge, desk: Bridge, room: PanelRoom) -> None:
        super().__init__()
        self._presenter, self._reader, self._desk, self._room = presenter, reader, desk, room
        self._view = BatchesView(())
        self._drawing = self._busy = self._stopping = False
        self.table = DataTable(
            (
                Column(tr("Number"), Cell.CODE, 104),
                Column(tr("List"), Cell.TWO_LINES, 160, 3),
                Column(tr("When"), Cell.CODE, 166),
                Column(tr("In all"), Cell.NUMBER, 84),
                Column(tr("State"), Cell.CHIP, 184),
            ),
            name=tr("Lists that were taken in"),
            tall=True,
        )
        self.empty = Empty(tr("No list was taken in yet."), tr("Take the first one in with F2."))
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(holder(row((self.empty, 1), margins=(16, 16, 16, 16))))
        self.title = Label("", 18, 700, elide=True)
        self.state = Chip(State.ACCEPTED, tr("In the register"))
        self.details = Details()
        self.kept = DataTable(
            (
                Column(tr("Row"), Cell.NUMBER, 76),
                Column(tr("What stands, and why"), Cell.TWO_LINES, 200, 3),
            ),
            name=tr("Not taken back"),
            tall=True,
        )
        self.kept_card = Card((self.kept, 1), title=tr("Not taken back"), flush=True)
        self.back = Button(tr("Take it back"), "F7", icon="arrow-back-up")
        self.paper = Button(tr("Print receipt"), "F11", icon="printer")
        self._side = Card(
            row(self.title, STRETCH, self.state),
            self.details,
            (self.kept_card, 1),
            STRETCH,
            row(self.back, self.paper, STRETCH, gap=theme().between),
            gap=10,
        )
        self.says = Label("", 14, 600, State.OVERDUE, wrap=True)
        self.told = Label("", 14, 600, State.ACCEPTED, wrap=True)
        self.says.hide()
        self.told.hide()
        self.progress = Progress()
        self._pages = QStackedWidget()
        self._pages.addWidget(holder(row((Card(self._rows, flush=True), 1), self._side, gap=16)))
        self._pages.addWidget(self.progress)
        self.setLayout(column(self.says, self.told, (self._pages, 1), gap=12))
        self.table.row_chosen.connect(self._chosen)
        self.back.clicked.connect(self._ask)
        self.paper.clicked.connect(self._print)
        self.progress.stop_asked.connect(self.stop)
        self._going.connect(self.progress.tell, Qt.ConnectionType.QueuedConnection)
        self.dress()

    @property
    def view(self) -> BatchesView:
        """What is drawn now."""
        return self._view

    def shown(self) -> None:
        """Read again."""
        if not self._busy:
            self._reader.do(self._presenter.view, self.draw)

    def take_key(self, _key: str) -> bool:
        """All keys stand on buttons."""
        return False

    def draw(self, view: BatchesView) -> None:
        """Show the imports."""
        self._drawing = True
        self._view = view
        self._pages.setCurrentIndex(0)
        self.table.put(FixedRows([_row(one) for one in view.lines]))
        self._rows.setCurrentIndex(0 if view.lines else 1)
        self._side.setVisible(bool(view.lines))
        self.told.setText(spoken(view.told) if view.told else "")
        self.told.setVisible(view.told is not None)
        self.says.hide()
        at = next((n for n, one in enumerate(view.lines) if one.batch == view.shown), -1)
        if at >= 0:
            self.table.choose(at)
        self._drawing = False
        if view.line is not None:
            self._draw_line(view.line)

    def _draw_line(self, line: BatchLine) -> None:
        self.title.setText(iso(line.register_no))
        mark = _mark(line)
        self.state.show_state(mark.state, mark.word)
        details = [
            Detail(tr("List"), iso(line.list_name)),
            Detail(tr("Kind"), spoken(kind_name(line.kind))),
            Detail(tr("File"), iso(line.file)),
            Detail(tr("Sheet"), iso(line.sheet)),
            Detail("SHA-256", f"{line.sha256[:16]}…", code=True),
            Detail(tr("Taken in"), iso(f"{local_time(line.at)}, {line.by}")),
        ]
        details += [
            Detail(
                spoken(OUTCOMES_PAST[name]),
                tr("{quantity} in {rows} rows").format(
                    quantity=iso(f"{line.totals.quantity[name]:,}"), rows=iso(f"{count:,}")
                ),
            )
            for name, count in line.totals.rows.items()
            if count
        ]
        if not line.stands:
            words = tr("{undone} entries, {kept} stand").format(
                undone=iso(f"{line.undone:,}"), kept=iso(f"{line.kept:,}")
            )
            details.append(Detail(tr("Taken back"), words))
        self.details.show_details([one for one in details if one.value])
        still = self._view.standing
        self.kept_card.setVisible(bool(still))
        self.kept.put(FixedRows([(iso(f"{one.row:,}"), Lines(iso(one.name), spoken(one.why))) for one in still]))
        self.back.setVisible(line.stands)

    def _chosen(self, number: int) -> None:
        if self._drawing or not 0 <= number < len(self._view.lines):
            return
        batch = self._view.lines[number].batch
        if batch != self._view.shown:
            self._reader.do(lambda: self._presenter.open(batch), self.draw)

    def _print(self) -> None:
        if self._view.line is not None:
            self.print_asked.emit(self._view.line.register_no)

    def _ask(self) -> None:
        line = self._view.line
        if line is not None and line.stands:
            ask_take_back(self._room, self._presenter, self._desk, line, lambda taking: self._take_back(line, taking))

    def _take_back(self, line: BatchLine, taking: TakingBack) -> None:
        if self._busy:
            return
        self._busy, self._stopping = True, False
        self._pages.setCurrentWidget(self.progress)
        self.progress.begin(tr("Taking {batch} back").format(batch=iso(line.register_no)), wait_words(_seconds(line)))

        def tell(going: Going) -> bool:
            self._going.emit(going)
            return not self._stopping

        self._desk.do(lambda: self._presenter.take_back(taking, tell), self._done, self._failed)

    def _done(self, view: BatchesView) -> None:
        self._busy = False
        self.draw(view)
        self.table.setFocus()
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._pages.setCurrentIndex(0)
        words = refusal_words(error)
        if not words:
            self._desk.broken.emit(error)
            return
        self.says.setText(words)
        self.says.show()

    def stop(self) -> None:
        """Leave undone what is being written."""
        self._stopping = True

    def dress(self) -> None:
        """Take the width of the side from the theme."""
        self._side.setFixedWidth(theme().px(SIDE_WIDTH))


def ask_take_back(
    room: PanelRoom,
    presenter: BatchesPresenter,
    desk: Bridge,
    line: BatchLine,
    done: Callable[[TakingBack], None],
) -> FormPanel:
    """Ask why an import is taken back and who stands beside, and say what it does."""
    second, passphrase, reason = second_person()
    words = tr(
        "Everything that {batch} brought is taken back by counter-entries. What has been moved, issued, identified, "
        "decided or changed since stays, and is named afterwards. Nothing disappears from the ledger."
    ).format(batch=iso(line.register_no))
    alone = tr("Within the hour the officer who took it in does it alone; else a second person signs in.")
    parts = [Label(words, 15, 500, wrap=True)]
    if wait := wait_words(_seconds(line)):
        parts.append(Label(wait, 15, 600, State.OVERDUE, wrap=True))
    panel = FormPanel(
        tr("Take {batch} back").format(batch=iso(line.register_no)),
        holder(
            column(
                *parts,
                reason,
                Label(alone, 14, 400, Ink.QUIET, wrap=True),
                row((second, 1), (passphrase, 1), gap=16),
                gap=12,
            )
        ),
        Button(tr("Take it back"), "", Weight.DANGER, "arrow-back-up"),
        {"reason": reason, "second": second, "passphrase": passphrase},
        width=680,
        refused_title=tr("Not taken back"),
    )

    def finish(taking: TakingBack) -> None:
        panel.close_panel()
        done(taking)

    def work() -> None:
        given = reason.value, second.value, passphrase.value
        panel.do(desk, lambda: presenter.who_takes_back(line.batch, *given), finish, field_of)

    panel.act.clicked.connect(work)
    for field in (reason, passphrase):
        field.entered.connect(panel.act.setFocus)
    room.open_panel(panel)
    reason.setFocus()
    return panel


def _seconds(line: BatchLine) -> int:
    """How long taking back may keep the desk: counter-entries are looked at one by one."""
    entries = sum(line.totals.rows[name] for name in ("registered", "for_decision", "changed"))
    return -(-entries // FACTS_A_SECOND) if entries > FACTS_A_SECOND * SHORT_WAIT_S else 0


def _mark(line: BatchLine) -> Mark:
    if line.stands:
        return Mark(State.ACCEPTED, tr("In the register"))
    if line.kept:
        return Mark(State.DUE, tr("Taken back in part"))
    return Mark(State.DESTROYED, tr("Taken back"))


def _row(line: BatchLine) -> Row:
    return (
        line.register_no,
        Lines(iso(line.list_name), f"{spoken(kind_name(line.kind))} · {iso(line.by)}"),
        local_time(line.at),
        iso(f"{line.totals.quantity_read:,}"),
        _mark(line),
    )
