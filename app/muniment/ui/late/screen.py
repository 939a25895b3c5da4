"""What has happened, on the screen: things on one side, who and when and why on the other, two persons sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal

from muniment.desk.desk import Desk, Officer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import Text
from muniment.domain.custody.command_cards import Command
from muniment.ui.bridge import Bridge
from muniment.ui.gather.body import GatherBody
from muniment.ui.gather.page import GatherPage
from muniment.ui.kit.band import VerbBand
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.sound import Sound
from muniment.ui.kit.tokens import State, Verb
from muniment.ui.late.presenter import LatePresenter
from muniment.ui.late.view import WORDS, Entered, LateView, Past, Told
from muniment.ui.register.filters import Filters
from muniment.ui.shell.panel import Panel
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import Asked, Choice, PanelRoom, primary

TYPING_MS = 200
"""Pause in typing after which what would be broken is looked at again."""


class LateScreen(GatherPage):
    """Entered after the event. Every broken rule stands on the list before anybody signs, and is never a refusal."""

    changed = Signal()
    """Something was written into the ledger."""
    case_asked = Signal(str)
    """The first case that was opened, to be looked at."""

    def __init__(self, desk: Desk, officer: Officer, bridge: Bridge, room: PanelRoom, sound: Sound) -> None:
        self._desk, self._room = desk, room
        self._presenter = LatePresenter(desk, officer)
        self._view: LateView | None = None
        self.kinds = Filters([(what.value, spoken(words)) for what, words in WORDS.items()])
        self.kinds.setAccessibleName(tr("What has happened"))
        self.at = Field(tr("When it happened"), code=True)
        self.doc = Field(tr("Number of the paper"), code=True)
        self.person = Field(tr("Person"))
        self.place = Field(tr("Place"), code=True)
        self.at.line.setPlaceholderText("2026-11-24 03:10")
        self.person.line.setPlaceholderText(tr("badge, number or name"))
        self.place.line.setPlaceholderText(tr("scan or type its code"))
        self.terms = Choice(tr("Handed out"), [("shift", tr("for a shift")), ("for_good", tr("without an end"))])
        self.reason = Field(tr("Why it is entered late, without names"))
        self.warning = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.sign = Button(tr("Both sign"), "F10", Weight.PRIMARY, "users")
        self.off = Button(tr("Take off"), "F7", icon="arrow-back-up")
        self.leave = Button(tr("Leave"), "Esc")
        words = {"accepted": tr("No rule broken"), "warned": tr("Opens a case"), "expected": tr("Not compared")}
        body = GatherBody(sound, tr("What it is about"), tr("Not taken in"), words)
        side = Card(
            row((self.at, 1), (self.doc, 1), gap=16),
            row((self.person, 1), (self.place, 1), (self.terms, 1), gap=16),
            self.reason,
            self.warning,
            STRETCH,
            row((self.off, 1), (self.leave, 1)),
            row((self.sign, 1)),
        )
        side.setAccessibleName(tr("From the paper"))
        super().__init__(VerbBand(Verb.PAST), body, side, bridge, holder(row(self.kinds, STRETCH)))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._look_again)
        self.at.changed.connect(lambda _: self._typing.start())
        self.person.changed.connect(lambda _: self._typing.start())
        self.place.changed.connect(lambda _: self._typing.start())
        self.kinds.chosen.connect(lambda what: self.do(lambda: self._presenter.choose(Past(what))))
        self.sign.clicked.connect(self._sign)
        self.off.clicked.connect(self._take_off)
        self.leave.clicked.connect(self.left)
        self.do(self._presenter.view)

    @property
    def view(self) -> LateView | None:
        """What is drawn now."""
        return self._view

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in; what the one before was entering is dropped, for nothing of it was written."""
        if officer != self._presenter.officer:
            self._begin(officer, None)

    def begin(self, item: str = "") -> None:
        """Begin a new entry, about an item where one is given."""
        self._begin(self._presenter.officer, Subject(item) if item else None)

    def fields(self) -> Mapping[str, Asked]:
        """The fields that a refusal can be about."""
        return {
            "at": self.at,
            "person": self.person,
            "place": self.place,
            "reason": self.reason,
        }

    def do(self, work: Callable[[], LateView]) -> None:
        """Have something done, and draw what is shown then."""
        self.bridge.do(work, self.draw, self.refuse)

    def scanned(self, scan: Scan) -> None:
        """Take a scan."""
        self.do(lambda: self._presenter.scanned(scan))

    def note_taken(self) -> None:
        """The refused scan is set aside."""
        self.do(lambda: self._presenter.commanded(Command.YES))

    def draw(self, view: LateView) -> None:
        """Show what the presenter decided; what is typed stays."""
        before, self._view = self._view, view
        self.kinds.hold(view.what.value)
        hands_out = view.what in (Past.ISSUED, Past.WRONG)
        self.person.setVisible(hands_out or view.what is Past.RETURNED)
        self.place.setVisible(view.what in (Past.RETURNED, Past.FOUND))
        self.terms.setVisible(hands_out)
        if before is not None and view.person != before.person and view.person != self.person.value:
            self.person.write(view.person)
        if before is not None and view.place != before.place and view.place != self.place.value:
            self.place.write(view.place)
        hints = {
            Past.ISSUED: tr("Scan what went out, and the badge of who received it"),
            Past.WRONG: tr("Scan what went out, and the badge of who has it"),
            Past.RETURNED: tr("Scan what came back"),
            Past.FOUND: tr("Scan what was found, and the place it lies in"),
            Past.MISSING: tr("Scan it, or type its number"),
        }
        count = iso(tr("Items: {n}").format(n=view.gathered.accepted)) if view.gathered.accepted else ""
        act = tr("It is written down whatever it broke, judged by what stood then. Each broken rule opens a case.")
        self.body.draw(view.gathered, hints[view.what], count, act)
        self.band.tell(spoken(WORDS[view.what]), tr("two persons sign"))
        self.warning.setText(tr("Cases that will be opened: {n}").format(n=iso(str(view.cases))))
        self.warning.setVisible(view.cases > 0)
        if view.gathered.refusal is not None:
            self.sign.forbid(tr("Answer the refused scan first"))
        elif not view.gathered.accepted:
            self.sign.forbid(tr("Scan what it is about"))
        else:
            self.sign.allow()
        self.off.allow() if view.gathered.accepted else self.off.forbid(tr("Nothing to take off"))

    def _begin(self, officer: Officer, item: Subject | None) -> None:
        self._view = None
        for field in (self.at, self.doc, self.person, self.place, self.reason):
            field.write("")
        self._typing.stop()

        def made(presenter: LatePresenter) -> None:
            self._presenter = presenter
            self.do(presenter.view)

        self.bridge.do(lambda: LatePresenter(self._desk, officer, item), made, self.refuse)

    def _look_again(self) -> None:
        person, at, place = self.person.value, self.at.value, self.place.value
        self.do(lambda: self._presenter.about(person, at, place))

    def _take_off(self) -> None:
        item = self.body.stood_on
        if item is not None:
            self.do(lambda: self._presenter.take_off(item))
        else:
            self.do(lambda: self._presenter.commanded(Command.UNDO_LAST))

    def _sign(self) -> None:
        told = Told(
            at=self.at.value,
            person=self.person.value if self.person.isVisibleTo(self) else "",
            place=self.place.value if self.place.isVisibleTo(self) else "",
            doc=self.doc.value,
            reason=self.reason.value,
            for_good=self.terms.value == "for_good",
        )
        self.act(lambda: self._presenter.check(told), lambda broken: self._ask_both(told, broken))

    def _ask_both(self, told: Told, broken: Sequence[Text]) -> None:
        """Show every broken rule, and let the second person sign in beside the officer."""
        second, passphrase = Field(tr("Second person, sign-in name")), Field(tr("Passphrase"), secret=True)
        officer = self._presenter.officer.name
        lines = [Label(f"• {spoken(one)}", 15, 500, State.OVERDUE, wrap=True) for one in broken]
        rules = tr("By what stood then, no rule was broken.")
        if broken:
            rules = tr("By what stood then, this was broken. Each opens a case:")
        both = tr("{officer} signs, and beside him:").format(officer=iso(officer))
        fields: dict[str, Asked] = {"second": second, "passphrase": passphrase}
        self._room.open_panel(
            ActForm(
                (tr("Two persons sign for what has happened"), tr("Not written down")),
                holder(
                    column(
                        Label(rules, 15, 600, wrap=True),
                        *lines,
                        Label(both, 14, 500, wrap=True),
                        row((second, 1), (passphrase, 1), gap=16),
                        gap=8,
                    )
                ),
                fields,
                primary(tr("Both sign"), "users"),
                self.bridge,
                lambda given: self._presenter.sign(
                    replace(told, second=given["second"], passphrase=given["passphrase"])
                ),
                self._entered,
                width=760,
            )
        )

    def _entered(self, entered: Entered) -> None:
        self.begin()
        self.changed.emit()
        parts = [Label(spoken(entered.told), 15, 600, State.ACCEPTED, wrap=True)]
        parts += [
            Label(f"{iso(one.register_no)} · {spoken(one.what)} · {iso(one.concerns)}", 15, 500, wrap=True)
            for one in entered.cases
        ]
        if entered.warning is not None:
            parts.append(Label(spoken(entered.warning), 15, 600, State.OVERDUE, wrap=True))
        if not entered.cases:
            parts.append(Label(tr("No rule was broken, and no case was opened."), 15, 500, wrap=True))
        good = Button(tr("Show the case") if entered.cases else tr("Go on"), "Enter", Weight.PRIMARY, "check")
        close = Button(tr("Close"), "Esc")
        panel = Panel(tr("It is in the ledger"), holder(column(*parts, gap=8)), (good, close), width=640)

        def go_on() -> None:
            panel.close_panel()
            if entered.cases:
                self.case_asked.emit(str(entered.cases[0].subject))

        good.clicked.connect(go_on)
        close.clicked.connect(panel.close_panel)
        self._room.open_panel(panel)
