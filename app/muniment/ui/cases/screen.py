"""The page of cases on the screen: draws what the presenter says, and passes on what is pressed and scanned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.case_files import CaseFile
from muniment.desk.cases import CaseCard
from muniment.desk.desk import Officer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.ui.bridge import Bridge
from muniment.ui.cases.notes import Notes
from muniment.ui.cases.panels import ask_close, ask_note, ask_open
from muniment.ui.cases.presenter import CasesPresenter, CasesView
from muniment.ui.kit.band import TopBar
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
from muniment.ui.register.filters import Filters
from muniment.ui.register.find_field import FindField
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import PanelRoom
from muniment.ui.wording import local_time

SIDE_WIDTH = 460
TYPING_MS = 150
"""Pause in typing after which the search is done."""


class CasesScreen(QWidget):
    """Open cases oldest first, closed ones by search, and the case in front with what can be done about it."""

    changed = Signal()
    """Something was written into the ledger."""
    record_asked = Signal(str)
    """The item of the case in front, to be looked at."""
    person_asked = Signal(str)
    """The person who answers for the case in front."""
    shipment_asked = Signal(str)
    """The transfer that the case in front stands on."""
    kit_asked = Signal(str)
    """The kit that the case in front is about."""
    late_asked = Signal(str)
    """Something that has happened is to be entered, about an item where its subject is given."""

    def __init__(self, presenter: CasesPresenter, bridge: Bridge, room: PanelRoom) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter, self._bridge, self._room = presenter, bridge, room
        self._view: CasesView | None = None
        self._drawing = False
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._do_search)
        self.search = FindField()
        self.search.ask(tr("Find a closed case"), tr("Find a closed case by its number, item or paper"))
        self.search.changed.connect(lambda _: self._typing.start())
        self.search.down.connect(self._to_table)
        self.search.left.connect(lambda: self.take_key("Esc"))
        self.new = Button(tr("Open a case"), "F2")
        self.new.clicked.connect(self._ask_open)
        self.late = Button(tr("What has happened"), "Ctrl+P")
        self.late.clicked.connect(self._ask_late)
        self.bar = TopBar(tr("Cases"), "", self.search, self.new, self.late)
        self.filters = Filters((("open", tr("Open")), ("closed", tr("Closed"))))
        self.filters.chosen.connect(self._filtered)
        self.about = Label("", 14, 600, Ink.ACCENT, elide=True)
        self.table = DataTable(
            (
                Column(tr("Case"), Cell.CODE, 132),
                Column(tr("What it is about"), Cell.TWO_LINES, 200, 4),
                Column(tr("Answers for it"), Cell.TEXT, 120, 2, spare=1),
                Column(tr("Since"), Cell.CHIP, 146),
            ),
            name=tr("Cases"),
            tall=True,
        )
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(lambda _: self.note.setFocus())
        self.empty = Empty("", "")
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(holder(row((self.empty, 1), margins=(16, 16, 16, 16))))
        self.message = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.warning = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.message.hide()
        self.warning.hide()
        main = column(
            row(self.filters, (self.about, 1)),
            self.message,
            self.warning,
            (Card((self._rows, 1), flush=True), 1),
            gap=12,
        )
        self.side = self._side()
        body = row((holder(main), 1), self.side, gap=16, margins=(16, 16, 16, 16))
        self.setLayout(column(self.bar, (holder(body), 1), gap=0))
        self.dress()

    def _side(self) -> QWidget:
        self.number = Label("", 20, 700, mono=True)
        self.what = Label("", 16, 600, wrap=True)
        self.chip = Chip(State.ALARM)
        self.details = Details()
        self.next_step = Label("", 14, 500, wrap=True)
        self.notes = Notes()
        self.note = Button(tr("Note"), "F3", icon="file-text")
        self.note.clicked.connect(lambda: self._ask(ask_note))
        self.close_case = Button(tr("Settle"), "F10", Weight.PRIMARY, "check")
        self.close_case.clicked.connect(lambda: self._ask(ask_close))
        self.item = Button(tr("Item"), "F5")
        self.item.clicked.connect(self._show_item)
        self.person = Button(tr("Person"), "F4")
        self.person.clicked.connect(self._show_person)
        self.transfer = Button(tr("Transfer"), "F7")
        self.transfer.clicked.connect(self._show_shipment)
        self.kit = Button(tr("Kit"), "F7")
        self.kit.clicked.connect(self._show_kit)
        self.nothing = Empty(tr("No case is in front."), tr("Choose one in the list, or scan an item."))
        self._case = holder(
            column(
                row(self.number, STRETCH, self.chip),
                self.what,
                self.details,
                self.next_step,
                (self.notes, 1),
                row((self.note, 1), (self.close_case, 1)),
                row((self.item, 1), (self.person, 1), (self.transfer, 1), (self.kit, 1)),
                gap=12,
            )
        )
        self._case.hide()
        return Card(self.nothing, (self._case, 1))

    @property
    def view(self) -> CasesView | None:
        """What is drawn now."""
        return self._view

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._do(lambda: self._presenter.sit_down(officer))

    def page_shown(self) -> None:
        """Read again."""
        self._do(self._presenter.view)

    def show_case(self, case: Subject) -> None:
        """Put a case in front, as what waits leads to it."""
        self._do(lambda: self._presenter.show(case))

    def show_about(self, subject: Subject) -> None:
        """List the cases about a thing."""
        self._do(lambda: self._presenter.list_about(subject))

    def take_scan(self, scan: Scan) -> bool:
        """Show the case, or the cases about what was scanned."""
        self._do(lambda: self._presenter.scanned(scan))
        return True

    def take_key(self, key: str) -> bool:
        """F9 begins to search; Esc goes back to what is open."""
        if key == "F9":
            self.search.take_focus()
            return True
        if key == "Esc" and self._view is not None and self._view.listing != "open":
            self.search.write("")
            self._typing.stop()
            self._do(self._presenter.list_open)
            self.table.setFocus()
            return True
        return False

    def draw(self, view: CasesView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self._drawing = True
        self.filters.tell(view.counts)
        if view.listing in ("open", "closed"):
            self.filters.hold(view.listing)
        self.about.setText(
            tr("About {name}; Esc shows what is open").format(name=iso(view.about)) if view.about else ""
        )
        self.table.put(FixedRows([_row(line) for line in view.lines]))
        self._teach(view)
        self._rows.setCurrentIndex(0 if view.lines else 1)
        if view.shown is not None:
            at = next((n for n, one in enumerate(view.lines) if one.subject == view.shown.card.subject), -1)
            if at >= 0:
                self.table.choose(at)
        self._drawing = False
        self.message.setText(spoken(view.told) if view.told else "")
        self.message.setVisible(view.told is not None)
        self.warning.setText("\n".join(spoken(warning) for warning in view.warnings))
        self.warning.setVisible(bool(view.warnings))
        self.nothing.setVisible(view.shown is None)
        self._case.setVisible(view.shown is not None)
        if view.shown is not None:
            self._draw_case(view.shown, view)

    def _teach(self, view: CasesView) -> None:
        if view.listing == "about":
            self.empty.tell(
                tr("No case was ever open about {name}.").format(name=iso(view.about)), tr("Open one with F2.")
            )
        elif view.listing == "closed":
            self.empty.tell(tr("No closed case fits."), tr("Type less of it, or press Esc."))
        else:
            self.empty.tell(tr("Nothing is unsettled. Ready for inspection."), tr("Closed cases are found with F9."))

    def _draw_case(self, file: CaseFile, view: CasesView) -> None:
        card, still_open = file.card, file.card.state == "open"
        self.number.setText(card.register_no)
        self.what.setText(spoken(card.what))
        self.chip.show_state(State.ALARM if still_open else State.ACCEPTED, tr("Open") if still_open else tr("Closed"))
        details = [
            Detail(tr("Concerns"), card.concerns, code=True),
            Detail(tr("Missing"), card.missing, code=True),
            Detail(tr("Answers for it"), card.holder),
            Detail(tr("Open since"), local_time(card.opened_at) if card.opened_at else "", code=True),
        ]
        details += [Detail(spoken(paper.what), paper.number, code=True) for paper in file.papers]
        details.append(Detail(tr("Settled under"), card.reference, code=True))
        self.details.show_details([detail for detail in details if detail.value])
        self.next_step.setText(spoken(view.next_step))
        self.notes.show_lines(file.lines)
        for button in (self.note, self.close_case):
            button.setVisible(still_open)
        self.item.setVisible(file.item is not None)
        self.person.setVisible(file.holder is not None)
        self.transfer.setVisible(file.shipment is not None)
        self.kit.setVisible(file.kit is not None and file.shipment is None)

    def _do(self, work: Callable[[], CasesView]) -> None:
        self._bridge.do(work, self.draw)

    def _chosen(self, number: int) -> None:
        view = self._view
        if self._drawing or view is None or not 0 <= number < len(view.lines):
            return
        case = view.lines[number].subject
        if view.shown is None or view.shown.card.subject != case:
            self._do(lambda: self._presenter.open(case))

    def _filtered(self, name: str) -> None:
        self._do(self._presenter.list_open if name == "open" else lambda: self._presenter.search(self.search.value))

    def _do_search(self) -> None:
        text = self.search.value
        if text or (self._view is not None and self._view.listing == "closed"):
            self._do(lambda: self._presenter.search(text))

    def _to_table(self) -> None:
        if self._view is not None and self._view.lines:
            self.table.setFocus()

    def _ask_open(self) -> None:
        thing = self._view.about if self._view is not None else ""
        ask_open(self._room, self._presenter, self._bridge, thing, self._did)

    def _ask(
        self, ask: Callable[[PanelRoom, CasesPresenter, Bridge, CaseFile, Callable[[CasesView], None]], None]
    ) -> None:
        if self._view is not None and self._view.shown is not None:
            ask(self._room, self._presenter, self._bridge, self._view.shown, self._did)

    def _ask_late(self) -> None:
        shown = self._view.shown if self._view is not None else None
        self.late_asked.emit(shown.item if shown is not None and shown.item and shown.card.state == "open" else "")

    def _did(self, view: CasesView) -> None:
        self.draw(view)
        self.changed.emit()

    def _show_item(self) -> None:
        if self._view is not None and self._view.shown is not None and self._view.shown.item is not None:
            self.record_asked.emit(self._view.shown.item)

    def _show_person(self) -> None:
        if self._view is not None and self._view.shown is not None and self._view.shown.holder is not None:
            self.person_asked.emit(self._view.shown.holder)

    def _show_shipment(self) -> None:
        if self._view is not None and self._view.shown is not None and self._view.shown.shipment is not None:
            self.shipment_asked.emit(self._view.shown.shipment)

    def _show_kit(self) -> None:
        if self._view is not None and self._view.shown is not None and self._view.shown.kit is not None:
            self.kit_asked.emit(self._view.shown.kit)

    def dress(self) -> None:
        """Take the width of the side from the theme."""
        self.side.setFixedWidth(theme().px(SIDE_WIDTH))


def _row(card: CaseCard) -> Row:
    missing = tr("missing: {thing}").format(thing=iso(card.missing)) if card.missing else ""
    below = " · ".join(part for part in (iso(card.concerns), missing) if part)
    state = State.ALARM if card.state == "open" else State.ACCEPTED
    return (card.register_no, Lines(spoken(card.what), below), iso(card.holder), Mark(state, _day(card.opened_at)))


def _day(at: datetime | None) -> str:
    return local_time(at)[:10] if at else ""
