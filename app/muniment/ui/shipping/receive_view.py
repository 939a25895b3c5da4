"""Receiving on the screen: scan what is there against the sender's list, then close with a second person."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from muniment.desk.arrivals import ArrivalLine
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.custody.command_cards import Command
from muniment.ui.bridge import Bridge
from muniment.ui.gather.body import GatherBody
from muniment.ui.gather.page import GatherPage
from muniment.ui.hatch.panels import ask_override
from muniment.ui.kit.band import VerbBand
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Detail, Details
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, row
from muniment.ui.kit.sound import Sound
from muniment.ui.kit.tokens import State, Verb
from muniment.ui.shell.panel import Panel
from muniment.ui.shipping.receive_panels import ask_closing, ask_description, ask_list, ask_quantity
from muniment.ui.shipping.receiving import ReceivingPresenter, ReceivingView
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Asked, PanelRoom
from muniment.ui.stock.registering import Offers


class ReceiveView(GatherPage):
    """The list with what is there on the leading side, the sender's papers on the other.

    Every accepted scan is written down at once, so leaving the page loses nothing.
    """

    closed = Signal(object)
    """The answer of the desk: everything is taken in."""
    changed = Signal()
    """Something was written into the ledger."""

    def __init__(self, presenter: ReceivingPresenter, bridge: Bridge, room: PanelRoom, sound: Sound) -> None:
        self._presenter, self._room = presenter, room
        self._view: ReceivingView | None = None
        self._there = -1
        self.papers = Details()
        self.missing = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.extra = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.warning = Label("", 14, 600, State.OVERDUE, wrap=True)
        self.describe = Button(tr("Describe"), "F3", icon="tag")
        self.flag = Button(tr("Flag it"), "F4", icon="alert-triangle")
        self.tick = Button(tr("Tick"), "F5", icon="check")
        self.off = Button(tr("Take off"), "F7", icon="arrow-back-up")
        self.relist = Button(tr("Change the list"), "F9", icon="list-check")
        self.leave = Button(tr("Leave"), "Esc")
        self.close_it = Button(tr("Close"), "F10", Weight.PRIMARY, "check")
        words = {"accepted": tr("There"), "expected": tr("Not seen yet"), "warned": tr("Opens a case")}
        body = GatherBody(sound, tr("On this arrival"), tr("Not checked in"), words)
        side = Card(
            self.papers,
            self.missing,
            self.extra,
            self.warning,
            STRETCH,
            row((self.describe, 1), (self.flag, 1)),
            row((self.tick, 1), (self.off, 1)),
            row((self.relist, 1)),
            row((self.leave, 1), (self.close_it, 2)),
            title=tr("The sender's papers"),
        )
        super().__init__(VerbBand(Verb.RECEIVE), body, side, bridge)
        body.table.row_opened.connect(lambda _: self._tick())
        body.override_asked.connect(lambda: room.open_panel(ask_override(self._override, room.close_panel)))
        self.tick.clicked.connect(self._tick)
        self.off.clicked.connect(self._take_off)
        self.flag.clicked.connect(lambda: self.do(presenter.flag))
        self.describe.clicked.connect(lambda: bridge.do(presenter.offers, self._describe, self.refuse))
        self.close_it.clicked.connect(lambda: bridge.do(presenter.offers, self._close, self.refuse))
        self.relist.clicked.connect(self._relist)
        self.leave.clicked.connect(self.left)
        self.do(presenter.view)

    @property
    def view(self) -> ReceivingView | None:
        """What is drawn now."""
        return self._view

    def fields(self) -> Mapping[str, Asked]:
        """No field of the page itself; the panels have their own."""
        return {}

    def do(self, work: Callable[[], ReceivingView]) -> None:
        """Have something done, and draw what is shown then."""
        self.bridge.do(work, self.draw, self.refuse)

    def scanned(self, scan: Scan) -> None:
        """Check in what was scanned."""
        self.do(lambda: self._presenter.scanned(scan))

    def note_taken(self) -> None:
        """The refused scan is set aside."""
        self.do(lambda: self._presenter.commanded(Command.YES))

    def draw(self, view: ReceivingView) -> None:
        """Show what the presenter decided."""
        self._view = view
        card = view.card
        self.band.tell(iso(card.sender), iso(f"{card.register_no} · {card.document}"))
        note = iso(tr("{there} of {all}").format(there=card.there, all=card.listed)) if card.listed else ""
        act = tr("Each scan is written down at once. Nothing is in store until two persons close the arrival.")
        self.body.draw(view.gathered, tr("Scan what is there"), note, act)
        details = [
            Detail(tr("Document"), card.document, code=True),
            Detail(tr("Seals"), ", ".join(card.seals), code=True),
        ]
        self.papers.show_details([one for one in details if one.value])
        self._count(self.missing, tr("Not there yet: {n}. What is missing at the closing opens a case."), card.missing)
        self._count(self.extra, tr("Not announced: {n}. It is taken in, with a case."), card.extra)
        self.warning.setText("\n".join(spoken(one) for one in view.warnings))
        self.warning.setVisible(bool(view.warnings))
        refused = view.gathered.refusal is not None
        self.flag.setVisible(view.may_flag)
        for button in (self.tick, self.off, self.relist):
            button.forbid(tr("Answer first")) if refused else button.allow()
        if refused:
            self.close_it.forbid(tr("Answer first"))
        elif not view.lines:
            self.close_it.forbid(tr("Check in what is there"))
        else:
            self.close_it.allow()
        if self._there not in (-1, card.there):
            self.changed.emit()
        self._there = card.there

    def _count(self, label: Label, words: str, count: int) -> None:
        label.setText(words.format(n=iso(str(count))))
        label.setVisible(count > 0)

    @property
    def _stood_on(self) -> ArrivalLine | None:
        at, view = self.body.table.chosen, self._view
        return view.lines[at] if view is not None and 0 <= at < len(view.lines) else None

    def _tick(self) -> None:
        line = self._stood_on
        if line is None or line.there or (self._view is not None and self._view.gathered.refusal is not None):
            return
        if line.what.serial:
            self.do(lambda: self._presenter.tick(line))
        else:
            counted = ask_quantity(line, self.bridge, lambda n: self._presenter.tick(line, n), self.draw)
            self._room.open_panel(counted)

    def _take_off(self) -> None:
        line = self._stood_on
        if line is not None and line.seen:
            self.do(lambda: self._presenter.take_off(line))

    def _describe(self, offers: Offers) -> None:
        if self._view is None:
            return
        line = self._stood_on
        listed = line if line is not None and line.line and not line.there else None
        said = self._view.said if self._view.gathered.refusal is not None or listed is None else listed.what
        lines = [one for one in self._view.lines if one.line and not one.there]
        self._room.open_panel(ask_description(offers, said, lines, self.bridge, self._presenter.describe, self.draw))

    def _relist(self) -> None:
        if self._view is not None:
            lines = [one for one in self._view.lines if one.line and not one.there]
            self._room.open_panel(ask_list(lines, self.bridge, self._presenter.relist, self.draw))

    def _close(self, offers: Offers) -> None:
        if self._view is not None:
            self._room.open_panel(
                ask_closing(offers, self._view.card, self.bridge, self._presenter.close, self.closed.emit)
            )

    def _override(self, panel: Panel, second: str, passphrase: str, reason: str, refuse: Callable[[str], None]) -> None:
        def done(view: ReceivingView) -> None:
            panel.close_panel()
            self.draw(view)

        self.bridge.do(
            lambda: self._presenter.let_pass(second, passphrase, reason), done, lambda error: refuse(str(error))
        )
