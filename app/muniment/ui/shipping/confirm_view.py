"""Confirming on the screen: scan or tick what the receiver has, write the number of his paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.custody.command_cards import Command
from muniment.ui.bridge import Bridge
from muniment.ui.gather.body import GatherBody
from muniment.ui.gather.page import GatherPage
from muniment.ui.kit.band import VerbBand
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, row
from muniment.ui.kit.sound import Sound
from muniment.ui.kit.tokens import State, Verb
from muniment.ui.shipping.confirming import ConfirmingPresenter, ConfirmingView
from muniment.ui.speech import iso, tr
from muniment.ui.stock.form import Asked, Choice


class ConfirmView(GatherPage):
    """The list of the transfer with ticks on the leading side, the receiver's paper on the other."""

    confirmed = Signal(object)
    """The answer of the desk."""

    def __init__(self, presenter: ConfirmingPresenter, bridge: Bridge, sound: Sound) -> None:
        self._presenter = presenter
        self._view: ConfirmingView | None = None
        self.confirmation = Field(tr("Number of the receiver's confirmation"), code=True)
        self.seals = Choice(
            tr("Seals on arrival"), [("whole", tr("Whole")), ("broken", tr("A seal was broken or wrong"))]
        )
        self.listed = Label("", 14, 500, wrap=True)
        self.missing = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.tick = Button(tr("Tick"), "F5", icon="check")
        self.all = Button(tr("All are there"), "F4", icon="list-check")
        self.write = Button(tr("Write it down"), "F10", Weight.PRIMARY, "check")
        self.leave = Button(tr("Leave"), "Esc")
        words = {"accepted": tr("There"), "expected": tr("Not seen yet")}
        body = GatherBody(sound, tr("On this transfer"), tr("Not confirmed"), words)
        side = Card(
            self.confirmation,
            self.seals,
            self.listed,
            self.missing,
            STRETCH,
            row((self.tick, 1), (self.all, 1)),
            row((self.leave, 1), (self.write, 2)),
            title=tr("The receiver's paper"),
        )
        super().__init__(VerbBand(Verb.RECEIVE, word=tr("CONFIRM")), body, side, bridge)
        self.tick.clicked.connect(self._tick)
        body.line_opened.connect(lambda _: self._tick())
        self.all.clicked.connect(lambda: self.do(presenter.tick_all))
        self.write.clicked.connect(self._write)
        self.leave.clicked.connect(self.left)
        self.do(presenter.view)

    @property
    def view(self) -> ConfirmingView | None:
        """What is drawn now."""
        return self._view

    def fields(self) -> Mapping[str, Asked]:
        """The fields that a refusal can be about."""
        return {"confirmation": self.confirmation}

    def do(self, work: Callable[[], ConfirmingView]) -> None:
        """Have something done, and draw what is shown then."""
        self.bridge.do(work, self.draw, self.refuse)

    def scanned(self, scan: Scan) -> None:
        """Tick what was scanned."""
        self.do(lambda: self._presenter.scanned(scan))

    def note_taken(self) -> None:
        """The refused scan is set aside."""
        self.do(lambda: self._presenter.commanded(Command.YES))

    def draw(self, view: ConfirmingView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self.band.tell(iso(view.card.consignee), iso(f"{view.card.register_no} · {view.card.document}"))
        note = iso(tr("{there} of {all}").format(there=view.there, all=view.there + view.missing))
        act = tr("Enter ticks the line you stand on. What is not ticked counts as missing.")
        self.body.draw(view.gathered, tr("Scan what has arrived"), note, act)
        self.seals.setVisible(bool(view.card.seals))
        self.listed.setText(tr("Seals: {seals}").format(seals=iso(", ".join(view.card.seals))))
        self.listed.setVisible(bool(view.card.seals))
        missing = tr("Not ticked: {n}. A case is opened for each, and it stays in transit.")
        self.missing.setText(missing.format(n=iso(str(view.missing))))
        self.missing.setVisible(view.missing > 0)
        if view.gathered.refusal is not None:
            self.write.forbid(tr("Answer the refused scan first"))
        elif not view.there:
            self.write.forbid(tr("Tick what arrived"))
        else:
            self.write.allow()

    def _tick(self) -> None:
        item = self.body.stood_on
        if item is not None and self._view is not None and self._view.gathered.refusal is None:
            self.do(lambda: self._presenter.tick(item))

    def _write(self) -> None:
        number, seals = self.confirmation.value, self.seals.value
        self.act(lambda: self._presenter.write(number, seals), self.confirmed.emit)
