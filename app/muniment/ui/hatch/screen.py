"""The hatch on the screen: draws what the presenter says, and passes on what is pressed and scanned."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Officer
from muniment.desk.hatch import Confirmation
from muniment.desk.sittings.hatch import Scan
from muniment.desk.sittings.steps import Verb
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.command_cards import Command
from muniment.ui.bridge import Bridge
from muniment.ui.hatch.panels import ask_confirmation, ask_override, ask_terms
from muniment.ui.hatch.presenter import HatchPresenter, HatchView, RefusalView
from muniment.ui.kit.band import OtherVerb, VerbBand
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card
from muniment.ui.kit.handover_table import HandoverTable, Scanned
from muniment.ui.kit.identity_slot import IdentitySlot
from muniment.ui.kit.item_card import ItemCard
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.refusal_card import OtherAct, RefusalCard, Refused
from muniment.ui.kit.scan_field import ScanField
from muniment.ui.kit.sound import Sound, Tone
from muniment.ui.kit.timeline import Timeline
from muniment.ui.kit.tokens import State
from muniment.ui.kit.tokens import Verb as BandVerb
from muniment.ui.shell.panel import Panel
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import event_of, family_of, item_of

SIDE_WIDTH = 492
TICK_MS = 1_000

_BANDS = {Verb.ISSUE: BandVerb.ISSUE, Verb.RETURN: BandVerb.RETURN, Verb.MOVE: BandVerb.MOVE}
_COMMANDS = {Verb.ISSUE: Command.ISSUE, Verb.RETURN: Command.RETURN, Verb.MOVE: Command.MOVE}
_KEYS = {Verb.ISSUE: "F2", Verb.RETURN: "F3", Verb.MOVE: "F4"}
_OUTCOMES = {
    "accepted": State.ACCEPTED,
    "refused": State.REFUSED,
    "held": State.HELD,
    "undone": State.STALE,
}
_TONES = {
    "accepted": Tone.ACCEPTED,
    "refused": Tone.REFUSED,
    "already": Tone.ALREADY,
    "held": Tone.ALREADY,
}


class HatchScreen(QWidget):
    """One verb, one scan field, the thing in hand, what was handed over, who hands and who receives.

    `open_panel` shows a panel over the window and answers how to close it.
    """

    print_asked = Signal(str)
    """The hand receipt that is to be printed."""
    bind_asked = Signal(str)
    """A code the register does not know, to be bound to a record."""
    changed = Signal()
    """Something was written into the ledger."""

    def __init__(
        self,
        presenter: HatchPresenter,
        bridge: Bridge,
        sound: Sound,
        open_panel: Callable[[Panel], None],
        close_panel: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter, self._bridge, self._sound = presenter, bridge, sound
        self._open_panel, self._close_panel = open_panel, close_panel
        self._view: HatchView | None = None
        self._shown_refusal: RefusalView | None = None
        self._since_scan_s = -1
        self._bands = {verb: self._band(verb) for verb in Verb}
        self._band_stack = QStackedWidget()
        for band in self._bands.values():
            self._band_stack.addWidget(band)
        self.scan = ScanField("")
        self.scan.typed.connect(lambda code: self.take_scan(Scan(code, "typed")))
        self.item = ItemCard(tr("Nothing in hand."), tr("Scan a badge, a weapon or a command card."))
        self._refusal_room = QWidget()
        self._refusal_room.setLayout(column(gap=0))
        self._refusal_room.hide()
        self.warning = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.warning.hide()
        self.timeline = Timeline(name=tr("Custody"))
        self.custody = Card(self.timeline, title=tr("Custody of this weapon"))
        self.table = HandoverTable()
        self.issuer = IdentitySlot(tr("ISSUER"))
        self.receiver = IdentitySlot(tr("RECEIVER"))
        self.undo = Button(tr("Undo last"), "F7", Weight.PLAIN, "arrow-back-up")
        self.undo.clicked.connect(lambda: self._command(Command.UNDO_LAST))
        self.finish = Button(tr("Finish"), "F10", Weight.PRIMARY, "check")
        self.finish.clicked.connect(lambda: self._command(Command.DONE))
        self.until = Button(tr("Until when"), "F5", Weight.PLAIN, "clock")
        self.until.clicked.connect(self._ask_terms)
        self.print = Button(tr("Print receipt"), "F11", Weight.PLAIN, "printer")
        self.print.clicked.connect(self._print)
        main = column(self.scan, self._refusal_room, self.item, self.warning, (self.custody, 1), gap=12)
        side = holder(
            column(
                (self.table, 1),
                row((self.issuer, 1), (self.receiver, 1), gap=12),
                row(self.undo, self.until),
                row((self.finish, 1), self.print),
                gap=12,
            )
        )
        side.setFixedWidth(SIDE_WIDTH)
        body = row((holder(main), 1), side, gap=16, margins=(16, 16, 16, 16))
        self.setLayout(column(self._band_stack, (holder(body), 1), gap=0))
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._bridge.do(self._presenter.view, self.draw)

    @property
    def view(self) -> HatchView | None:
        """What is drawn now."""
        return self._view

    def stop(self) -> None:
        """Ask the desk nothing more; the window is going."""
        self._timer.stop()

    def sit_down(self, officer: Officer) -> None:
        """Begin anew with another officer; what the one before left unconfirmed waits in the queue."""
        self._bridge.do(lambda: self._presenter.sit_down(officer), self.draw)

    def take_scan(self, scan: Scan) -> bool:
        """Pass a scan on; it is never lost, whatever is in front."""
        self._since_scan_s = 0
        self._bridge.do(lambda: self._presenter.scanned(scan), self._changed)
        return True

    def take_key(self, key: str) -> bool:
        """Answer the keys that no button on the page carries."""
        if key == "Esc":
            self._command(Command.NO)
            return True
        return False

    def page_shown(self) -> None:
        """Read again."""
        self._bridge.do(self._presenter.view, self.draw)

    def draw(self, view: HatchView) -> None:
        """Show what the presenter decided."""
        self._view = view
        band = self._bands[view.verb]
        band.tell(iso(view.who), spoken(view.terms))
        self._band_stack.setCurrentWidget(band)
        self.scan.tell(spoken(view.hint))
        self._draw_item(view)
        self._draw_refusal(view)
        scans = [
            Scanned(spoken(line.kind), line.place, line.serial, _OUTCOMES[line.outcome], _WORDS.get(line.outcome, ""))
            for line in view.lines
        ]
        accepted = iso(tr("Accepted: {n}").format(n=view.accepted)) if view.lines else ""
        self.table.show_scans(scans, accepted, spoken(view.next_act), len(scans) - 1)
        self.issuer.fill(iso(view.issuer), tr("signed in"))
        self._draw_receiver(view)
        self._allow(self.undo, view.accepted > 0 and view.refusal is None, tr("Nothing to undo"))
        self._allow(self.finish, view.refusal is None, tr("Answer the refused scan first"))
        self.until.setVisible(view.verb is Verb.ISSUE)
        self.print.setVisible(view.printable is not None)
        if view.confirming and not self._panel_open():
            self._ask_confirmation(view)

    def _draw_item(self, view: HatchView) -> None:
        self.item.setVisible(view.refusal is None)
        if view.item is None:
            self.item.clear()
        else:
            self.item.show_item(item_of(view.item))
        self.custody.setVisible(view.item is not None)
        self.timeline.show_events([event_of(line) for line in view.custody])
        count = tr("{shown} of {all} facts").format(shown=len(view.custody), all=view.custody_total)
        self.custody.note(iso(count))
        self.warning.setText("\n".join(spoken(warning) for warning in view.warnings))
        self.warning.setVisible(bool(view.warnings))

    def _draw_refusal(self, view: HatchView) -> None:
        if view.refusal == self._shown_refusal:
            return
        self._shown_refusal = view.refusal
        layout = self._refusal_room.layout()
        while layout is not None and (old := layout.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._refusal_room.setVisible(view.refusal is not None)
        if view.refusal is None or layout is None:
            return
        card = self._refusal_card(view.refusal, view.verb)
        layout.addWidget(card)
        card.show()  # at once, not when the layout is next looked at: Enter may follow right on the scan
        card.take_focus()

    def _refusal_card(self, refusal: RefusalView, verb: Verb) -> RefusalCard:
        others: list[OtherAct] = []
        if refusal.overridable:
            others.append(OtherAct("override", tr("Second person decides"), "F6", "users", danger=True))
        if refusal.bindable:
            others.append(OtherAct("bind", tr("Bind this code"), "F6", "tag"))
        later = tr("Later scans held: {n}").format(n=refusal.held) if refusal.held else ""
        titles = {Verb.ISSUE: tr("Not issued"), Verb.RETURN: tr("Not taken back"), Verb.MOVE: tr("Not moved")}
        card = RefusalCard(
            Refused(
                title=titles[verb],
                happened=spoken(refusal.happened),
                safe=spoken(refusal.safe),
                now=spoken(refusal.do_now),
                override=spoken(refusal.override),
                note=iso(later),
                serial=refusal.serial[:24],
                family=family_of(refusal.family) if refusal.family else None,
            ),
            tr("Set aside, go on"),
            others,
        )
        card.safe_done.connect(lambda: self._command(Command.YES))
        card.other_asked.connect(self._other_act)
        return card

    def _draw_receiver(self, view: HatchView) -> None:
        if not view.person:
            waits = {Verb.ISSUE: tr("Scan the badge"), Verb.RETURN: tr("The holder, unless another is scanned")}
            self.receiver.wait("", waits.get(view.verb, ""))
        elif view.verb is Verb.ISSUE and not view.confirming:
            self.receiver.wait(iso(view.person), tr("Confirms at the end, once for all"))
        elif view.confirming:
            self.receiver.wait(iso(view.person), tr("PIN, signature or signed paper"))
        else:
            self.receiver.fill(iso(view.person), tr("badge"))
        self.receiver.setVisible(view.verb is not Verb.MOVE)

    def _changed(self, view: HatchView) -> None:
        if view.outcome in _TONES:
            self._sound.play(_TONES[view.outcome])
        show = {
            "accepted": self.scan.accepted,
            "refused": self.scan.refused,
            "already": self.scan.already,
            "held": self.scan.held,
        }.get(view.outcome)
        if show is not None:
            show()
        self.draw(view)
        self.changed.emit()

    def _command(self, command: Command) -> None:
        self._bridge.do(lambda: self._presenter.commanded(command), self._changed)

    def _other_act(self, name: str) -> None:
        refusal = self._shown_refusal
        if name == "bind" and refusal is not None:
            self.bind_asked.emit(refusal.bindable)
        elif name == "override":
            panel = ask_override(self._override, self._close_panel)
            self._open_panel(panel)

    def _override(self, panel: Panel, second: str, passphrase: str, reason: str, refuse: Callable[[str], None]) -> None:
        def done(view: HatchView) -> None:
            panel.close_panel()
            self._changed(view)

        self._bridge.do(
            lambda: self._presenter.let_pass(second, passphrase, reason), done, lambda error: refuse(str(error))
        )

    def _ask_confirmation(self, view: HatchView) -> None:
        self._open_panel(ask_confirmation(view.person, view.accepted, self._confirm, lambda: self._command(Command.NO)))

    def _confirm(self, panel: Panel, confirmation: Confirmation) -> None:
        panel.close_panel()
        self._bridge.do(lambda: self._presenter.confirmed(confirmation), self._changed)

    def _ask_terms(self) -> None:
        self._open_panel(
            ask_terms(
                lambda until, for_good: self._bridge.do(
                    lambda: self._presenter.terms(until, for_good=for_good), self.draw
                ),
                self._close_panel,
            )
        )

    def _panel_open(self) -> bool:
        window = self.window()
        return getattr(window, "panel", None) is not None

    def _print(self) -> None:
        if self._view is not None and self._view.printable is not None:
            self.print_asked.emit(str(Subject(self._view.printable)))

    def _tick(self) -> None:
        if self._since_scan_s >= 0:
            self._since_scan_s += 1
            self.scan.show_age(tr("Last scan {n} s ago").format(n=iso(str(self._since_scan_s))))
        self._bridge.do(self._presenter.ticked, lambda view: self.draw(view) if view else None)

    def _band(self, verb: Verb) -> VerbBand:
        others = [OtherVerb(other.value, _band_words(other), _KEYS[other]) for other in Verb if other is not verb]
        band = VerbBand(_BANDS[verb], others=others)
        band.verb_asked.connect(lambda name: self._command(_COMMANDS[Verb(name)]))
        return band

    @staticmethod
    def _allow(button: Button, allowed: bool, why: str) -> None:
        button.allow() if allowed else button.forbid(why)


_WORDS = {"undone": "Undone"}


def _band_words(verb: Verb) -> str:
    return {Verb.ISSUE: tr("Issue"), Verb.RETURN: tr("Return"), Verb.MOVE: tr("Move")}[verb]
