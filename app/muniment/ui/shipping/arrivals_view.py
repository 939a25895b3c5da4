"""Arrivals on the screen: those that are open and those that are settled, and the one in front."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.arrivals import ArrivalCard, ArrivalLine
from muniment.reports.from_arrivals import kind_words
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Detail, Details, Empty
from muniment.ui.kit.chip import Chip, Mark
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, Row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.register.filters import Filters
from muniment.ui.shipping.arrivals import ArrivalFile, ArrivalsView
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import local_time

SIDE_WIDTH = 460


class ArrivalsOverview(QWidget):
    """Draws an `ArrivalsView`; says what is pressed."""

    chosen = Signal(str)
    listed = Signal(str)
    begin_asked = Signal()
    go_on_asked = Signal(str)
    reverse_asked = Signal(str)
    print_asked = Signal(str)
    cases_asked = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: ArrivalsView | None = None
        self._drawing = False
        self.begin = Button(tr("New arrival"), "F2", Weight.PRIMARY, "truck-delivery")
        self.begin.clicked.connect(self.begin_asked)
        self.back = Button(tr("Transfers"), "Esc", icon="arrow-back-up")
        self.back.clicked.connect(self.left)
        self.filters = Filters((("open", tr("Open")), ("settled", tr("Settled"))))
        self.filters.chosen.connect(self.listed)
        self.table = DataTable(
            (
                Column(tr("Number"), Cell.CODE, 104),
                Column(tr("From"), Cell.TWO_LINES, 180, 3),
                Column(tr("There"), Cell.NUMBER, 88),
                Column(tr("State"), Cell.CHIP, 168),
            ),
            name=tr("Arrivals"),
            tall=True,
        )
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(lambda _: self._open())
        self.empty = Empty(tr("Nothing arrives."), tr("Begin with F2 when something is at the gate."))
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(holder(row((self.empty, 1), margins=(16, 16, 16, 16))))
        self.message = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.warning = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.message.hide()
        self.warning.hide()
        main = column(
            row(self.filters, STRETCH),
            self.message,
            self.warning,
            (Card((self._rows, 1), flush=True), 1),
            gap=12,
        )
        self.side = self._side()
        body = row((holder(main), 1), self.side, gap=16, margins=(16, 16, 16, 16))
        self.setLayout(column(TopBar(tr("Arrivals"), "", self.back, self.begin), (holder(body), 1), gap=0))
        self.dress()

    def _side(self) -> QWidget:
        self.number = Label("", 20, 700, mono=True)
        self.chip = Chip(State.TRANSIT)
        self.from_whom = Label("", 16, 600, wrap=True)
        self.details = Details()
        self.items = DataTable(
            (
                Column(tr("Thing"), Cell.TWO_LINES, 150, 1),
                Column(tr("There"), Cell.NUMBER, 72),
                Column(tr("State"), Cell.CHIP, 148),
            ),
            name=tr("Lines of this arrival"),
            tall=True,
        )
        self.go_on = Button(tr("Go on"), "F3", Weight.PRIMARY, "check")
        self.reverse = Button(tr("Take back"), "F4", icon="arrow-back-up")
        self.print = Button(tr("Print"), "F11", icon="printer")
        self.cases = Button(tr("Cases"), "F6", icon="bell-ringing")
        for button, signal in (
            (self.go_on, self.go_on_asked),
            (self.reverse, self.reverse_asked),
            (self.print, self.print_asked),
            (self.cases, self.cases_asked),
        ):
            button.clicked.connect(lambda _=False, signal=signal: self._ask(signal))
        self.nothing = Empty(tr("No arrival is in front."), tr("Choose one in the list, or scan its sheet."))
        self._file = holder(
            column(
                row(self.number, STRETCH, self.chip),
                self.from_whom,
                self.details,
                (self.items, 1),
                row((self.go_on, 1), (self.reverse, 1)),
                row((self.print, 1), (self.cases, 1)),
                gap=12,
            )
        )
        self._file.hide()
        return Card(self.nothing, (self._file, 1))

    @property
    def view(self) -> ArrivalsView | None:
        """What is drawn now."""
        return self._view

    def take_focus(self) -> None:
        """Stand on the list."""
        self.table.setFocus()

    def draw(self, view: ArrivalsView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self._drawing = True
        self.filters.tell(view.counts)
        self.filters.hold(view.listing)
        self.table.put(FixedRows([_row(card) for card in view.lines]))
        self._rows.setCurrentIndex(0 if view.lines else 1)
        if view.listing == "settled":
            self.empty.tell(tr("Nothing is settled yet."), tr("What was closed or taken back stands here."))
        else:
            self.empty.tell(tr("Nothing arrives."), tr("Begin with F2 when something is at the gate."))
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
        self._file.setVisible(view.shown is not None)
        if view.shown is not None:
            self._draw_file(view.shown)

    def _draw_file(self, file: ArrivalFile) -> None:
        card = file.card
        self.number.setText(card.register_no)
        mark = mark_of(card)
        self.chip.show_state(mark.state, mark.word)
        self.from_whom.setText(iso(card.sender))
        amiss = [
            iso(words.format(n=count))
            for words, count in ((tr("{n} missing"), card.missing), (tr("{n} not announced"), card.extra))
            if count
        ]
        details = [
            Detail(tr("Document"), card.document, code=True),
            Detail(tr("Seals"), ", ".join(card.seals), code=True),
            Detail(tr("Broken seals"), ", ".join(card.broken or ()), code=True),
            Detail(tr("Begun"), iso(local_time(card.begun_at)) if card.is_open else ""),
            Detail(tr("Expected by"), iso(local_time(card.due_at)[:10]) if card.due_at and card.is_open else ""),
            Detail(tr("Closed"), f"{iso(local_time(card.closed_at))} · {iso(card.place)}" if card.closed_at else ""),
            Detail(tr("Amiss"), " · ".join(amiss)),
        ]
        self.details.show_details([detail for detail in details if detail.value])
        self.items.put(FixedRows([_line(one) for one in file.lines]))
        self.go_on.setVisible(card.is_open)
        self.reverse.setVisible(card.state != "reversed")
        self.print.setVisible(card.state == "closed")
        self.cases.reword(tr("Cases: {n}").format(n=iso(str(file.open_cases))))
        self.cases.setVisible(file.open_cases > 0)

    def _chosen(self, number: int) -> None:
        view = self._view
        if self._drawing or view is None or not 0 <= number < len(view.lines):
            return
        arrival = view.lines[number].subject
        if view.shown is None or view.shown.card.subject != arrival:
            self.chosen.emit(arrival)

    def _open(self) -> None:
        if self._view is not None and self._view.shown is not None and self._view.shown.card.is_open:
            self._ask(self.go_on_asked)

    def _ask(self, signal: SignalInstance) -> None:
        if self._view is not None and self._view.shown is not None:
            signal.emit(self._view.shown.card.subject)

    def dress(self) -> None:
        """Take the width of the side from the theme."""
        self.side.setFixedWidth(theme().px(SIDE_WIDTH))


def mark_of(card: ArrivalCard) -> Mark:
    """How an arrival stands, as a chip."""
    marks = {
        "announced": Mark(State.UNVERIFIED, tr("Announced")),
        "begun": Mark(State.HELD, tr("Not closed")),
        "closed": Mark(State.ACCEPTED, tr("Closed")),
        "reversed": Mark(State.DESTROYED, tr("Taken back")),
    }
    return marks.get(card.state, Mark(State.UNVERIFIED, card.state))


def _row(card: ArrivalCard) -> Row:
    return (
        card.register_no,
        Lines(iso(card.sender), iso(card.document)),
        iso(f"{card.there}/{card.listed}"),
        mark_of(card),
    )


def _line(one: ArrivalLine) -> Row:
    if not one.there:
        mark = Mark(State.UNVERIFIED, tr("Not there"))
    elif one.line and not (one.missing or one.over or one.otherwise) and one.found != "contradicts":
        mark = Mark(State.ACCEPTED, tr("There"))
    else:
        mark = Mark(State.OVERDUE, tr("Look"))
    return (
        Lines(spoken(kind_words(one.what)), iso(one.what.serial or one.register_no)),
        iso(f"{one.there}/{one.listed}"),
        mark,
    )
