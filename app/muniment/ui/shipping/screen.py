"""The page of transfers on the screen: what is under way, sending, confirming."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Answer, Desk, Officer
from muniment.desk.sittings.hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import Text, say
from muniment.ui.bridge import Bridge
from muniment.ui.gather.page import GatherPage
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder
from muniment.ui.kit.sound import Sound
from muniment.ui.shipping.confirm_view import ConfirmView
from muniment.ui.shipping.confirming import ConfirmingPresenter
from muniment.ui.shipping.overview import Overview
from muniment.ui.shipping.presenter import ShippingPresenter, ShippingView
from muniment.ui.shipping.send_view import SendView
from muniment.ui.shipping.sending import SendingPresenter
from muniment.ui.speech import tr
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import PanelRoom, primary


class ShippingScreen(QStackedWidget):
    """One of three in front: the overview, a transfer in the making, a confirmation in the making."""

    changed = Signal()
    """Something was written into the ledger."""
    print_asked = Signal(str)
    """The transfer whose sheet is to be printed."""
    record_asked = Signal(str)
    """An item of the transfer in front, to be looked at."""
    cases_asked = Signal(str)
    """The transfer whose cases are to be listed."""

    def __init__(self, desk: Desk, officer: Officer, bridge: Bridge, room: PanelRoom, sound: Sound) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._bridge, self._room, self._sound = desk, bridge, room, sound
        self._presenter = ShippingPresenter(desk, officer)
        self.overview = Overview()
        self.addWidget(self.overview)
        self.making: GatherPage | None = None
        o = self.overview
        o.chosen.connect(lambda shipment: self._do(lambda: self._presenter.open(Subject(shipment))))
        o.listed.connect(lambda listing: self._do(lambda: self._presenter.list(listing)))
        o.send_asked.connect(self._begin_sending)
        o.confirm_asked.connect(self._begin_confirming)
        o.reverse_asked.connect(self._ask_reverse)
        o.print_asked.connect(self.print_asked)
        o.record_asked.connect(self.record_asked)
        o.cases_asked.connect(self.cases_asked)

    @property
    def view(self) -> ShippingView | None:
        """What the overview draws now."""
        return self.overview.view

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in; what the one before was making is dropped, for nothing of it was written."""
        if officer != self._presenter.officer:
            self._leave()
            self._do(lambda: self._presenter.sit_down(officer))

    def page_shown(self) -> None:
        """Read again."""
        self._do(self._presenter.view)

    def show_shipment(self, shipment: Subject) -> None:
        """Put a transfer in front, as what waits leads to it."""
        self._leave()
        self._do(lambda: self._presenter.show(shipment))

    def take_scan(self, scan: Scan) -> bool:
        """Give a scan to what is in the making, else show the transfer it belongs to."""
        if self.making is not None:
            return self.making.take_scan(scan)
        self._do(lambda: self._presenter.scanned(scan))
        return True

    def _do(self, work: Callable[[], ShippingView]) -> None:
        self._bridge.do(work, self.overview.draw)

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
            self.setCurrentWidget(self.overview)
            self.removeWidget(made)
            made.deleteLater()
            self.overview.take_focus()

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
