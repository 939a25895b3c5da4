"""Sending on the screen: scan what goes, write the papers, send."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from muniment.desk.desk import Answer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.custody.command_cards import Command
from muniment.ui.bridge import Bridge
from muniment.ui.gather.body import GatherBody
from muniment.ui.gather.page import GatherPage
from muniment.ui.hatch.panels import ask_override
from muniment.ui.kit.band import VerbBand
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, row
from muniment.ui.kit.sound import Sound
from muniment.ui.kit.tokens import State, Verb
from muniment.ui.shell.panel import Panel
from muniment.ui.shipping.sending import SendingPresenter, SendingView
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import PanelRoom


class SendView(GatherPage):
    """The list of what goes on the leading side, its papers on the other."""

    sent = Signal(object)
    """The answer of the desk: it is under way."""

    def __init__(self, presenter: SendingPresenter, bridge: Bridge, room: PanelRoom, sound: Sound) -> None:
        self._presenter, self._room = presenter, room
        self._view: SendingView | None = None
        self.consignee = Field(tr("Receiver"))
        self.document = Field(tr("Number of the transfer order"), code=True)
        self.seals = Field(tr("Seals"), code=True)
        self.due = Field(tr("Expected by"), code=True)
        self.seals.line.setPlaceholderText("S-100, S-101")
        self.due.line.setPlaceholderText("2026-12-01")
        self.warning = Label("", 14, 600, State.OVERDUE, wrap=True)
        self.send = Button(tr("Send"), "F10", Weight.PRIMARY, "truck-delivery")
        self.off = Button(tr("Take off"), "F7", icon="arrow-back-up")
        self.leave = Button(tr("Leave"), "Esc")
        body = GatherBody(sound, tr("On this transfer"), tr("Not sent"), {"accepted": tr("On the list")})
        side = Card(
            self.consignee,
            self.document,
            row((self.seals, 1), (self.due, 1), gap=16),
            self.warning,
            STRETCH,
            row((self.off, 1), (self.leave, 1)),
            row((self.send, 1)),
            title=tr("Papers"),
        )
        super().__init__(VerbBand(Verb.SEND), body, side, bridge)
        self.send.clicked.connect(self._send)
        self.off.clicked.connect(self._take_off)
        self.leave.clicked.connect(self.left)
        body.override_asked.connect(lambda: room.open_panel(ask_override(self._override, room.close_panel)))
        self.do(presenter.view)

    @property
    def view(self) -> SendingView | None:
        """What is drawn now."""
        return self._view

    def fields(self) -> dict[str, Field]:
        """The fields that a refusal can be about."""
        return {"consignee": self.consignee, "document": self.document, "seals": self.seals, "at": self.due}

    def do(self, work: Callable[[], SendingView]) -> None:
        """Have something done, and draw what is shown then."""
        self.bridge.do(work, self.draw, self.refuse)

    def scanned(self, scan: Scan) -> None:
        """Take a scan."""
        self.do(lambda: self._presenter.scanned(scan))

    def note_taken(self) -> None:
        """The refused scan is set aside."""
        self.do(lambda: self._presenter.commanded(Command.YES))

    def draw(self, view: SendingView) -> None:
        """Show what the presenter decided."""
        self._view = view
        count = iso(tr("Items: {n}").format(n=view.gathered.accepted)) if view.gathered.accepted else ""
        act = tr("Nothing is written until it is sent.")
        self.body.draw(view.gathered, tr("Scan what is sent: weapons, components, a whole kit"), count, act)
        self.warning.setText("\n".join(spoken(warning) for warning in view.warnings))
        self.warning.setVisible(bool(view.warnings))
        if view.gathered.refusal is not None:
            self.send.forbid(tr("Answer the refused scan first"))
        elif not view.gathered.accepted:
            self.send.forbid(tr("Scan what is sent"))
        else:
            self.send.allow()
        self.off.allow() if view.gathered.accepted else self.off.forbid(tr("Nothing to take off"))
        self.band.tell(iso(self.consignee.value), iso(self.document.value))

    def _take_off(self) -> None:
        item = self.body.stood_on
        if item is not None:
            self.do(lambda: self._presenter.take_off(item))
        else:
            self.do(lambda: self._presenter.commanded(Command.UNDO_LAST))

    def _override(self, panel: Panel, second: str, passphrase: str, reason: str, refuse: Callable[[str], None]) -> None:
        def done(view: SendingView) -> None:
            panel.close_panel()
            self.draw(view)

        self.bridge.do(
            lambda: self._presenter.let_pass(second, passphrase, reason), done, lambda error: refuse(str(error))
        )

    def _send(self) -> None:
        given = (self.consignee.value, self.document.value, self.seals.value, self.due.value)
        self.act(lambda: self._presenter.send(*given), self._sent)

    def _sent(self, answer: Answer) -> None:
        self.sent.emit(answer)
