"""The hatch on the screen: draws what the presenter says, and passes on what is pressed and scanned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Officer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.sittings.steps import Verb
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.command_cards import Command
from muniment.ui.bridge import Bridge
from muniment.ui.hatch.asking import HatchAsking
from muniment.ui.hatch.kit_card import KitCard
from muniment.ui.hatch.presenter import HatchPresenter, HatchView
from muniment.ui.kit.band import OtherVerb, VerbBand
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card
from muniment.ui.kit.handover_table import HandoverTable, Scanned
from muniment.ui.kit.identity_slot import IdentitySlot
from muniment.ui.kit.item_card import ItemCard
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.picture import shrink
from muniment.ui.kit.scan_field import ScanField
from muniment.ui.kit.sides import narrow, room_of, side_width
from muniment.ui.kit.sound import Sound, Tone
from muniment.ui.kit.theme import theme
from muniment.ui.kit.timeline import Timeline
from muniment.ui.kit.tokens import State
from muniment.ui.kit.tokens import Verb as BandVerb
from muniment.ui.refusal_room import RefusalRoom
from muniment.ui.shell.panel import Panel
from muniment.ui.shell.type_ahead import TypeAhead
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import event_of, item_of

SIDE_WIDTH = 492
PHOTOGRAPH = 176
LOW, LOW_GLOVED = 520, 600
"""Below these heights of the page, in pixels at 100 %, there is no room for the custody below the thing in hand."""
PICTURED_GLOVED = 1200
"""From this width of the page at 100 % on, a picture stands beside the large words for gloves."""
TICK_MS = 1_000
LATE = "late"
"""The way to what has happened, among the other verbs of the band."""

_BANDS = {Verb.ISSUE: BandVerb.ISSUE, Verb.RETURN: BandVerb.RETURN, Verb.MOVE: BandVerb.MOVE}
_COMMANDS = {Verb.ISSUE: Command.ISSUE, Verb.RETURN: Command.RETURN, Verb.MOVE: Command.MOVE}
_KEYS = {Verb.ISSUE: "F2", Verb.RETURN: "F3", Verb.MOVE: "F4"}
_ASKING = (Command.DONE, Command.FAULT)
"""Commands that a question may follow: what is typed right behind them is for that."""
_OUTCOMES = {
    "accepted": State.ACCEPTED,
    "before": State.ISSUED,
    "apart": State.QUARANTINED,
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
    record_asked = Signal(str)
    """The thing in hand, whose record is to be opened."""
    late_asked = Signal()
    """Something that has happened already is to be entered."""
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
        self._view: HatchView | None = None
        self._asking = HatchAsking(
            presenter, bridge, open_panel, close_panel, self._panel, self._changed, self.draw, self._command
        )
        self._ahead = TypeAhead(self)
        self._since_scan_s = -1
        self._pad = False
        self._bands = {verb: self._band(verb) for verb in Verb}
        self._band_stack = QStackedWidget()
        for band in self._bands.values():
            self._band_stack.addWidget(band)
        self.scan = ScanField("")
        self.scan.typed.connect(lambda code: self.take_scan(Scan(code, "typed")))
        self.item = ItemCard(tr("Nothing in hand."), tr("Scan a badge, a weapon or a command card."))
        self.record = Button(tr("Record"), "F5", Weight.PLAIN, "file-text")
        self.record.clicked.connect(self._ask_record)
        self.fault = Button(tr("Something is wrong with it"), "F6", Weight.PLAIN, "hand-stop")
        self.fault.clicked.connect(lambda: self._command(Command.FAULT))
        self._item_acts = holder(row(self.record, self.fault, STRETCH))
        self._photograph, self._png = "", b""
        self._refusal_room = RefusalRoom()
        self._refusal_room.taken_note.connect(lambda: self._command(Command.YES))
        self._refusal_room.override_asked.connect(self._asking.override)
        self._refusal_room.bind_asked.connect(self.bind_asked)
        self._refusal_room.cleared.connect(self.setFocus)
        self.kit = KitCard()
        self.kit.hide()
        self.kit.ticked.connect(lambda item: self._do(lambda: self._presenter.ticked_member(Subject(item))))
        self.kit.counted.connect(lambda name, there: self._do(lambda: self._presenter.counted(name, there)))
        self.kit.look_again.connect(lambda: self._command(Command.NO))
        self.kit.take_short.connect(lambda: self._command(Command.YES))
        self.kit.left.connect(lambda: self._command(Command.NO))
        self.warning = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.warning.hide()
        self.timeline = Timeline(name=tr("Custody"))
        self.custody = Card(self.timeline, title=tr("Custody"))
        self.table = HandoverTable()
        self.issuer = IdentitySlot(tr("ISSUER"))
        self.receiver = IdentitySlot(tr("RECEIVER"))
        self.undo = Button(tr("Undo last"), "F7", Weight.PLAIN, "arrow-back-up")
        self.undo.clicked.connect(lambda: self._command(Command.UNDO_LAST))
        self.finish = Button(tr("Finish"), "F10", Weight.PRIMARY, "check")
        self.finish.clicked.connect(lambda: self._command(Command.DONE))
        self.until = Button(tr("Terms"), "F9", Weight.PLAIN, "clock")
        self.until.clicked.connect(lambda: self._asking.terms(self._view))
        self.print = Button(tr("Print receipt"), "F11", Weight.PLAIN, "printer")
        self.print.clicked.connect(self._print)
        above = (self.scan, self._refusal_room, self.item, self._item_acts)
        main = column(*above, (self.kit, 1), self.warning, (self.custody, 1), gap=12)
        self._slots = holder(row((self.issuer, 1), (self.receiver, 1), gap=12))
        self._less = holder(row(self.undo, self.until))
        side = holder(
            column(
                (self.table, 1),
                self._slots,
                self._less,
                row((self.finish, 1), self.print),
                gap=12,
            )
        )
        self._side = side
        body = row((holder(main), 1), side, gap=16, margins=(16, 16, 16, 16))
        self.setLayout(column(self._band_stack, (holder(body), 1), gap=0))
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._bridge.do(self._presenter.view, self.draw)

    def make_room(self, pad: bool) -> None:
        """While a code is typed on the screen, show the verb, the thing in hand and what was scanned."""
        self._pad = pad
        if self._view is not None:
            self._show_item_acts(self._view)
        self._less.setVisible(not pad)
        self.item.show_details(not pad)
        self.dress()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width between the thing in hand and the hand-over; a small window shows less of both."""
        super().resizeEvent(event)
        self.dress()

    def dress(self) -> None:
        """Take the width of the side from the theme and the window."""
        self._side.setFixedWidth(side_width(self, self._side, SIDE_WIDTH))
        cramped = theme().gloved and room_of(self) < theme().px(PICTURED_GLOVED)
        self.item.show_picture(not narrow(self) and not cramped)
        # Where both do not fit, what was scanned is worth more than names that stand in the band, too.
        self._slots.setVisible(not (theme().gloved and (self._low or self._pad)))
        self.custody.setVisible(self._view is not None and self._shows_custody(self._view))

    def _show_item_acts(self, view: HatchView) -> None:
        there = view.refusal is None and view.kit is None and view.item is not None
        self._item_acts.setVisible(there and not self._pad)

    def _shows_custody(self, view: HatchView) -> bool:
        of_kit = view.kit is not None and view.refusal is None
        return view.item is not None and not of_kit and not self._low and not self._pad

    @property
    def _low(self) -> bool:
        """Whether there is no room below the thing in hand."""
        room = self.parentWidget()
        return room is not None and room.height() < theme().px(LOW_GLOVED if theme().gloved else LOW)

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

    def step_up(self, person: Subject) -> None:
        """Let somebody confirm what was left open."""
        self._bridge.do(lambda: self._presenter.steps_up(person), self._changed)

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
        titles = {Verb.ISSUE: tr("Not issued"), Verb.RETURN: tr("Not taken back"), Verb.MOVE: tr("Not moved")}
        self._refusal_room.show_refusal(view.refusal, tr("Not undone") if view.undoing else titles[view.verb])
        scans = [
            Scanned(
                spoken(line.kind),
                _beside(line.calibre, line.place),
                line.serial,
                _OUTCOMES[line.outcome],
                _outcome_words(line.outcome),
            )
            for line in view.lines
        ]
        accepted = iso(tr("Accepted: {n}").format(n=view.accepted)) if view.lines else ""
        self.table.show_scans(scans, accepted, spoken(view.next_act), len(scans) - 1)
        self.issuer.call(tr("RECEIVED BY") if view.verb is Verb.RETURN else tr("ISSUER"))
        self.receiver.call(tr("BROUGHT BY") if view.verb is Verb.RETURN else tr("RECEIVER"))
        self.issuer.fill(iso(view.issuer), tr("signed in"))
        self._draw_receiver(view)
        undoable = view.accepted > 0 or view.kit is not None
        nothing = tr("Nothing to undo") if view.refusal is None else tr("Answer it first")
        self._allow(self.undo, undoable and view.refusal is None, nothing)
        asking = view.kit is not None and view.kit.asking
        why = tr("Look again, or take it back") if asking else tr("Answer the refused scan first")
        self._allow(self.finish, view.refusal is None and not asking, why)
        self.until.setVisible(view.verb is Verb.ISSUE)
        self.print.setVisible(view.printable is not None)
        if not view.confirming:
            self._asking.drop_confirmation()
        elif self._panel() is None:
            self._asking.confirmation(view)
        if view.faulting and self._panel() is None:
            self._asking.fault(view)

    def _draw_item(self, view: HatchView) -> None:
        self.kit.setVisible(view.kit is not None and view.refusal is None)
        if view.kit is None:
            self.kit.clear()
        elif view.refusal is None:
            self.kit.show_kit(view.kit)
        self.item.setVisible(view.refusal is None and view.kit is None)
        self._show_item_acts(view)
        self.fault.setVisible(view.may_tell_fault)
        if view.photograph != self._photograph:
            self._photograph, self._png = view.photograph, b""
            self._read_photograph(view)
        if view.item is None:
            self.item.clear()
        else:
            self.item.show_item(replace(item_of(view.item), picture=self._png))
        self.custody.setVisible(self._shows_custody(view))
        self.timeline.show_events([event_of(line) for line in view.custody])
        count = tr("{shown} of {all} facts").format(shown=len(view.custody), all=view.custody_total)
        self.custody.note(iso(count))
        self.warning.setText("\n".join(spoken(warning) for warning in view.warnings))
        self.warning.setVisible(bool(view.warnings))

    def _read_photograph(self, view: HatchView) -> None:
        """Have the photograph of the thing in hand read and made small; the outline stands until it comes."""
        if view.item is None or not view.photograph:
            return
        subject, sha256, wide = view.item.subject, view.photograph, theme().px(PHOTOGRAPH)

        def came(png: bytes) -> None:
            if sha256 == self._photograph and self._view is not None and self._view.item is not None:
                self._png = png
                self.item.show_item(replace(item_of(self._view.item), picture=png))

        self._bridge.do(lambda: shrink(self._presenter.photograph(subject, sha256), wide, wide), came)

    def _draw_receiver(self, view: HatchView) -> None:
        if not view.person:
            waits = {Verb.ISSUE: tr("Scan the badge"), Verb.RETURN: tr("The holder, unless another is scanned")}
            self.receiver.wait("", waits.get(view.verb, ""))
        elif view.verb is Verb.ISSUE and not view.confirming:
            self.receiver.wait(iso(view.person), tr("Confirms once, at the end"))
        elif view.confirming:
            self.receiver.wait(iso(view.person), tr("Confirms now"))
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

    def _do(self, work: Callable[[], HatchView]) -> None:
        self._bridge.do(work, self.draw)

    def _command(self, command: Command) -> None:
        asks = command in _ASKING
        if asks:
            self._ahead.begin(self.window())
        self._bridge.do(lambda: self._presenter.commanded(command), self._asked if asks else self._changed)

    def _asked(self, view: HatchView) -> None:
        self._changed(view)
        self._ahead.end(self._panel())

    def _ask_record(self) -> None:
        if self._view is not None and self._view.item is not None:
            self.record_asked.emit(self._view.item.subject)

    def _panel(self) -> Panel | None:
        panel = getattr(self.window(), "panel", None)
        return panel if isinstance(panel, Panel) else None

    def _print(self) -> None:
        if self._view is not None and self._view.printable is not None:
            self.print_asked.emit(str(Subject(self._view.printable)))

    def tick(self) -> None:
        """Look at the clock: how old the last scan is, and whether a badge was left open."""
        if self._since_scan_s >= 0:
            self._since_scan_s += 1
            self.scan.show_age(tr("Last scan {n} s ago").format(n=iso(str(self._since_scan_s))))
        self._bridge.do(self._presenter.ticked, lambda view: self.draw(view) if view else None)

    def _band(self, verb: Verb) -> VerbBand:
        others = [OtherVerb(other.value, _band_words(other), _KEYS[other]) for other in Verb if other is not verb]
        others.append(OtherVerb(LATE, tr("Has happened"), "Ctrl+P"))
        band = VerbBand(_BANDS[verb], others=others)
        band.verb_asked.connect(self._other_verb)
        return band

    def _other_verb(self, name: str) -> None:
        if name == LATE:
            self.late_asked.emit()
        else:
            self._command(_COMMANDS[Verb(name)])

    @staticmethod
    def _allow(button: Button, allowed: bool, why: str) -> None:
        button.allow() if allowed else button.forbid(why)


def _outcome_words(outcome: str) -> str:
    """What stands on the chip where its state does not say it."""
    return {"undone": tr("Undone"), "before": tr("Before")}.get(outcome, "")


def _beside(calibre: str, place: str) -> str:
    """The second line of a thing in the hand-over."""
    return " · ".join(iso(part) for part in (calibre, place) if part)


def _band_words(verb: Verb) -> str:
    return {Verb.ISSUE: tr("Issue"), Verb.RETURN: tr("Return"), Verb.MOVE: tr("Move")}[verb]
