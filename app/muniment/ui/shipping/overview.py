"""What is under way and what is settled, and the transfer in front."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.shipping import SentItem, ShipmentCard
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
from muniment.ui.shipping.presenter import ShipmentFile, ShippingView
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import local_time, state_mark

SIDE_WIDTH = 460


class Overview(QWidget):
    """Draws a `ShippingView`; says what is pressed."""

    chosen = Signal(str)
    listed = Signal(str)
    send_asked = Signal()
    receive_asked = Signal()
    confirm_asked = Signal(str)
    reverse_asked = Signal(str)
    print_asked = Signal(str)
    record_asked = Signal(str)
    cases_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._view: ShippingView | None = None
        self._drawing = False
        self.send = Button(tr("Send"), "F2", Weight.PRIMARY, "truck-delivery")
        self.send.clicked.connect(self.send_asked)
        self.receive = Button(tr("Receive"), "F5", icon="arrow-down-left")
        self.receive.clicked.connect(self.receive_asked)
        self.filters = Filters((("underway", tr("Under way")), ("settled", tr("Settled"))))
        self.filters.chosen.connect(self.listed)
        self.table = DataTable(
            (
                Column(tr("Number"), Cell.CODE, 104),
                Column(tr("To"), Cell.TWO_LINES, 180, 3),
                Column(tr("Items"), Cell.NUMBER, 64, spare=2),
                Column(tr("Sent"), Cell.NUMBER, 120, spare=1),
                Column(tr("State"), Cell.CHIP, 184),
            ),
            name=tr("Transfers"),
            tall=True,
        )
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(lambda _: self.print.setFocus())
        self.empty = Empty(tr("Nothing is under way."), tr("Send something with F2."))
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
        self.setLayout(column(TopBar(tr("Transfers"), "", self.receive, self.send), (holder(body), 1), gap=0))
        self.dress()

    def _side(self) -> QWidget:
        self.number = Label("", 20, 700, mono=True)
        self.chip = Chip(State.TRANSIT)
        self.consignee = Label("", 16, 600, wrap=True)
        self.details = Details()
        self.items = DataTable(
            (
                Column(tr("Number"), Cell.CODE, 104),
                Column(tr("Serial"), Cell.CODE, 118, 1),
                Column(tr("State"), Cell.CHIP, 142),
            ),
            name=tr("Items of this transfer"),
        )
        self.items.row_opened.connect(self._item_opened)
        self.confirm = Button(tr("Confirm"), "F3", Weight.PRIMARY, "check")
        self.reverse = Button(tr("Take back"), "F4", icon="arrow-back-up")
        self.print = Button(tr("Print"), "F11", icon="printer")
        self.cases = Button(tr("Cases"), "F6", icon="bell-ringing")
        for button, signal in (
            (self.confirm, self.confirm_asked),
            (self.reverse, self.reverse_asked),
            (self.print, self.print_asked),
            (self.cases, self.cases_asked),
        ):
            button.clicked.connect(lambda _=False, signal=signal: self._ask(signal))
        self.nothing = Empty(
            tr("No transfer is in front."), tr("Choose one in the list, or scan its sheet or an item.")
        )
        self._file = holder(
            column(
                row(self.number, STRETCH, self.chip),
                self.consignee,
                self.details,
                (self.items, 1),
                row((self.confirm, 1), (self.reverse, 1)),
                row((self.print, 1), (self.cases, 1)),
                gap=12,
            )
        )
        self._file.hide()
        return Card(self.nothing, (self._file, 1))

    @property
    def view(self) -> ShippingView | None:
        """What is drawn now."""
        return self._view

    def take_focus(self) -> None:
        """Stand on the list."""
        self.table.setFocus()

    def draw(self, view: ShippingView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self._drawing = True
        self.filters.tell(view.counts)
        self.filters.hold(view.listing)
        self.table.put(FixedRows([_row(card) for card in view.lines]))
        self._rows.setCurrentIndex(0 if view.lines else 1)
        if view.listing == "settled":
            self.empty.tell(tr("Nothing is settled yet."), tr("What the receiver confirmed stands here."))
        else:
            self.empty.tell(tr("Nothing is under way."), tr("Send something with F2."))
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

    def _draw_file(self, file: ShipmentFile) -> None:
        card = file.card
        self.number.setText(card.register_no)
        mark = mark_of(card)
        self.chip.show_state(mark.state, mark.word)
        self.consignee.setText(iso(card.consignee))
        late = tr("{n} d late").format(n=iso(str(file.overdue_days))) if file.overdue_days else ""
        expected = " · ".join(part for part in (iso(local_time(card.expected_at)[:10]), late) if part)
        age = tr("{n} d ago").format(n=iso(str(file.age_days)))
        details = [
            Detail(tr("Order"), card.document, code=True),
            Detail(tr("Seals"), ", ".join(card.seals), code=True),
            Detail(tr("Sent"), f"{iso(local_time(card.sent_at))} · {age}"),
            Detail(tr("Expected by"), expected if file.may_be_confirmed else ""),
            Detail(tr("Confirmation"), card.confirmation_no, code=True),
            Detail(tr("Open cases"), str(file.open_cases) if file.open_cases else ""),
        ]
        self.details.show_details([detail for detail in details if detail.value])
        self.items.put(FixedRows([_item(one) for one in file.items]))
        self.confirm.setVisible(file.may_be_confirmed)
        self.reverse.setVisible(file.may_be_taken_back)
        self.cases.setVisible(file.open_cases > 0 or file.may_be_confirmed)

    def _chosen(self, number: int) -> None:
        view = self._view
        if self._drawing or view is None or not 0 <= number < len(view.lines):
            return
        shipment = view.lines[number].subject
        if view.shown is None or view.shown.card.subject != shipment:
            self.chosen.emit(shipment)

    def _ask(self, signal: SignalInstance) -> None:
        if self._view is not None and self._view.shown is not None:
            signal.emit(self._view.shown.card.subject)

    def _item_opened(self, number: int) -> None:
        if self._view is not None and self._view.shown is not None:
            self.record_asked.emit(self._view.shown.items[number].card.subject)

    def dress(self) -> None:
        """Take the width of the side from the theme."""
        self.side.setFixedWidth(theme().px(SIDE_WIDTH))


def mark_of(card: ShipmentCard) -> Mark:
    """How a transfer stands, as a chip."""
    if card.state == "incomplete":
        return Mark(State.MISSING, tr("Incomplete"))
    if card.late:
        return Mark(State.OVERDUE, tr("Not confirmed"))
    marks = {
        "sent": Mark(State.TRANSIT),
        "accepted": Mark(State.ACCEPTED, tr("Confirmed")),
        "reversed": Mark(State.DESTROYED, tr("Taken back")),
    }
    return marks.get(card.state, Mark(State.UNVERIFIED, card.state))


def _row(card: ShipmentCard) -> Row:
    return (
        card.register_no,
        Lines(iso(card.consignee), iso(card.document)),
        str(card.items),
        iso(local_time(card.sent_at)[:10]),
        mark_of(card),
    )


def _item(one: SentItem) -> Row:
    return (one.card.register_no, one.card.serial, state_mark(one.card))
