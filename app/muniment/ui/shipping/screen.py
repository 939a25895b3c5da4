"""The page of transfers on the screen: what is under way, sending, confirming, receiving."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Answer, Desk, Officer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.text import Text, say
from muniment.ui.bridge import Bridge
from muniment.ui.gather.page import GatherPage
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.sound import Sound
from muniment.ui.shipping.arrivals import ArrivalsPresenter, ArrivalsView
from muniment.ui.shipping.arrivals_view import ArrivalsOverview
from muniment.ui.shipping.confirm_view import ConfirmView
from muniment.ui.shipping.confirming import ConfirmingPresenter
from muniment.ui.shipping.overview import Overview
from muniment.ui.shipping.presenter import ShippingPresenter, ShippingView
from muniment.ui.shipping.receive_panels import ask_beginning
from muniment.ui.shipping.receive_view import ReceiveView
from muniment.ui.shipping.receiving import ReceivingPresenter
from muniment.ui.shipping.send_view import SendView
from muniment.ui.shipping.sending import SendingPresenter
from muniment.ui.speech import tr
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import PanelRoom, primary, second_person
from muniment.ui.stock.registering import Offers, RegisteringPresenter


class ShippingScreen(QStackedWidget):
    """One in front: what was sent, what arrives, or a transfer, a confirmation or an arrival in the making."""

    changed = Signal()
    """Something was written into the ledger."""
    print_asked = Signal(str)
    """The transfer whose sheet is to be printed."""
    record_asked = Signal(str)
    """An item of the transfer in front, to be looked at."""
    cases_asked = Signal(str)
    """The transfer whose cases are to be listed."""
    acceptance_asked = Signal(str)
    """The arrival whose acceptance sheet is to be printed."""

    def __init__(self, desk: Desk, officer: Officer, bridge: Bridge, room: PanelRoom, sound: Sound) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._bridge, self._room, self._sound = desk, bridge, room, sound
        self._presenter = ShippingPresenter(desk, officer)
        self.overview = Overview()
        self.addWidget(self.overview)
        self._arrivals = ArrivalsPresenter(desk, officer)
        self.arrivals = ArrivalsOverview()
        self.addWidget(self.arrivals)
        self.making: GatherPage | None = None
        self._home: Overview | ArrivalsOverview = self.overview
        o = self.overview
        o.chosen.connect(lambda shipment: self._do(lambda: self._presenter.open(Subject(shipment))))
        o.listed.connect(lambda listing: self._do(lambda: self._presenter.list(listing)))
        o.send_asked.connect(self._begin_sending)
        o.confirm_asked.connect(self._begin_confirming)
        o.reverse_asked.connect(self._ask_reverse)
        o.print_asked.connect(self.print_asked)
        o.record_asked.connect(self.record_asked)
        o.cases_asked.connect(self.cases_asked)
        o.receive_asked.connect(self.show_arrivals)
        a = self.arrivals
        a.chosen.connect(lambda arrival: self._do_arrivals(lambda: self._arrivals.open(Subject(arrival))))
        a.listed.connect(lambda listing: self._do_arrivals(lambda: self._arrivals.list(listing)))
        a.begin_asked.connect(
            lambda: bridge.do(RegisteringPresenter(desk, self._presenter.officer).offers, self._begin)
        )
        a.go_on_asked.connect(self._receive)
        a.reverse_asked.connect(self._ask_reverse_arrival)
        a.print_asked.connect(self.acceptance_asked)
        a.cases_asked.connect(self.cases_asked)
        a.left.connect(lambda: self._go_home(self.overview))

    @property
    def view(self) -> ShippingView | None:
        """What the overview draws now."""
        return self.overview.view

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in; what the one before was making is dropped, for nothing of it was written."""
        if officer != self._presenter.officer:
            self._leave()
            self._do(lambda: self._presenter.sit_down(officer))
            self._do_arrivals(lambda: self._arrivals.sit_down(officer))

    def page_shown(self) -> None:
        """Read again."""
        self._do(self._presenter.view)
        self._do_arrivals(self._arrivals.view)

    def show_shipment(self, shipment: Subject) -> None:
        """Put a transfer or an arrival in front, as what waits leads to it."""
        self._leave()
        if kind_of(shipment) is Kind.ARRIVAL:
            self._go_home(self.arrivals)
            self._do_arrivals(lambda: self._arrivals.show(shipment))
            return
        self._go_home(self.overview)
        self._do(lambda: self._presenter.show(shipment))

    def take_scan(self, scan: Scan) -> bool:
        """Give a scan to what is in the making, else show the transfer it belongs to."""
        if self.making is not None:
            return self.making.take_scan(scan)
        if self._home is self.arrivals:
            self._do_arrivals(lambda: self._arrivals.scanned(scan))
        else:
            self._do(lambda: self._presenter.scanned(scan))
        return True

    def show_arrivals(self) -> None:
        """Show what arrives."""
        self._leave()
        self._go_home(self.arrivals)
        self._do_arrivals(self._arrivals.view)

    def _go_home(self, home: Overview | ArrivalsOverview) -> None:
        self._home = home
        self.setCurrentWidget(home)
        home.take_focus()

    def _do(self, work: Callable[[], ShippingView]) -> None:
        self._bridge.do(work, self.overview.draw)

    def _do_arrivals(self, work: Callable[[], ArrivalsView]) -> None:
        self._bridge.do(work, self.arrivals.draw)

    def _ask_begin(self) -> None:
        self._bridge.do(RegisteringPresenter(self._desk, self._presenter.officer).offers, self._begin)

    def _begin(self, offers: Offers) -> None:
        def done(answer: Answer) -> None:
            self.changed.emit()
            if answer.about is not None:
                self._do_arrivals(lambda: self._arrivals.open(answer.about or Subject("")))
                self._receive(answer.about)

        self._room.open_panel(ask_beginning(offers, self._bridge, self._arrivals.begin, done))

    def _receive(self, arrival: str) -> None:
        presenter = ReceivingPresenter(self._desk, self._presenter.officer, Subject(arrival))
        made = ReceiveView(presenter, self._bridge, self._room, self._sound)
        made.changed.connect(self.changed)
        made.closed.connect(self._taken_in)
        made.left.connect(lambda: self._do_arrivals(self._arrivals.view))
        self._make(made)

    def _taken_in(self, answer: Answer) -> None:
        self._leave()
        told = say("Taken in. Print the acceptance sheet with F11, sign it and send it back.")
        self._do_arrivals(lambda: self._arrivals.told(told, answer))
        self.changed.emit()

    def _begin_sending(self) -> None:
        made = SendView(SendingPresenter(self._desk, self._presenter.officer), self._bridge, self._room, self._sound)
        made.sent.connect(lambda answer: self._finished(answer, say("Under way. Print the sheet with F11.")))
        self._make(made)

    def _begin_confirming(self, shipment: str) -> None:
        presenter = ConfirmingPresenter(self._desk, self._presenter.officer, Subject(shipment))
        made = ConfirmView(presenter, self._bridge, self._sound)
        made.confirmed.connect(lambda answer: self._finished(answer, say("The confirmation is in the ledger.")))
        self._make(made)

    def _make(self, made: GatherPage) -> None:
        self._leave()
        made.left.connect(self._leave)
        self.making = made
        self.addWidget(made)
        self.setCurrentWidget(made)
        made.setFocus()

    def _leave(self) -> None:
        made, self.making = self.making, None
        if made is not None:
            self.removeWidget(made)
            made.deleteLater()
            self._go_home(self._home)

    def _finished(self, answer: Answer, told: Text) -> None:
        self._leave()
        self._do(lambda: self._presenter.told(told, answer))
        self.changed.emit()

    def _ask_reverse(self, shipment: str) -> None:
        reason = Field(tr("Why it did not go, without names"))
        body: QWidget = holder(
            column(Label(tr("Everything stands again where it was before it was sent."), 15, 500, wrap=True), reason)
        )

        def done(view: ShippingView) -> None:
            self.overview.draw(view)
            self.changed.emit()

        self._room.open_panel(
            ActForm(
                (tr("Take the transfer back"), tr("Not taken back")),
                body,
                {"reason": reason},
                primary(tr("Take it back"), "arrow-back-up"),
                self._bridge,
                lambda given: self._presenter.reverse(Subject(shipment), given["reason"]),
                done,
            )
        )

    def _ask_reverse_arrival(self, arrival: str) -> None:
        second, passphrase, reason = second_person()
        words = tr("What came back is away again; what was new is withdrawn; its cases are closed.")

        def done(view: ArrivalsView) -> None:
            self.arrivals.draw(view)
            self.changed.emit()

        self._room.open_panel(
            ActForm(
                (tr("Take the arrival back"), tr("Not taken back")),
                holder(column(Label(words, 15, 500, wrap=True), row((second, 1), (passphrase, 1), gap=16), reason)),
                {"second": second, "passphrase": passphrase, "reason": reason},
                primary(tr("Take it back"), "arrow-back-up"),
                self._bridge,
                lambda given: self._arrivals.reverse(Subject(arrival), given),
                done,
            )
        )
