"""What the hatch asks: how the receiver confirms, who lets pass, until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from muniment.desk.hatch import Confirmation
from muniment.domain.basics.refusal import Refusal
from muniment.ui.acts import moment_typed
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder
from muniment.ui.shell.panel import Panel
from muniment.ui.speech import iso, spoken, tr

Confirms = Callable[[Panel, Confirmation], None]
Overrides = Callable[[Panel, str, str, str, Callable[[str], None]], None]


def ask_confirmation(person: str, count: int, confirmed: Confirms, back: Callable[[], None]) -> Panel:
    """Ask the receiver to confirm once for everything: PIN, signature on the receipt, number of signed paper."""
    words = tr("{person} receives {count} items and confirms once for all of them.")
    pin = Field(tr("PIN of the receiver"), secret=True)
    paper = Field(tr("Number of the signed paper"), code=True)
    by_pin = Button(tr("Confirm by PIN"), "Enter", Weight.PRIMARY, "key")
    by_hand = Button(tr("Signed on the receipt"), "F6", Weight.PLAIN, "certificate")
    by_paper = Button(tr("Signed paper"), "F5", Weight.PLAIN, "file-text")
    body = holder(
        column(Label(words.format(person=iso(person), count=iso(str(count))), 15, 500, wrap=True), pin, paper, gap=12)
    )
    panel = Panel(tr("Confirm the hand-over"), body, (by_pin, by_hand, by_paper), width=760)
    answered = False

    def answer(confirmation: Confirmation) -> None:
        nonlocal answered
        answered = True
        confirmed(panel, confirmation)

    def with_pin() -> None:
        if pin.value:
            answer(Confirmation("pin", pin=pin.value))
        else:
            pin.refuse(tr("Type the PIN, or choose another way to confirm."))

    def with_paper() -> None:
        if paper.value.strip():
            answer(Confirmation("paper", paper_no=paper.value.strip()))
        else:
            paper.refuse(tr("Type the number that is printed on it."))

    by_pin.clicked.connect(with_pin)
    by_hand.clicked.connect(lambda: answer(Confirmation("signature")))
    by_paper.clicked.connect(with_paper)
    panel.closed.connect(lambda: None if answered else back())
    return panel


def ask_override(override: Overrides, close: Callable[[], None]) -> Panel:
    """Ask for the second person and the reason. The page is red-framed by its button; it is counted and printed."""
    second = Field(tr("Second person"))
    passphrase = Field(tr("Passphrase"), secret=True)
    reason = Field(tr("Reason, without names"))
    allow = Button(tr("Let it pass"), "", Weight.DANGER, "users")
    leave = Button(tr("Leave it refused"), "Enter", Weight.PRIMARY)
    note = Label(tr("An override stands in the ledger with both names and the reason."), 14, 500, wrap=True)
    panel = Panel(
        tr("A second person decides"), holder(column(note, second, passphrase, reason, gap=12)), (leave, allow)
    )

    def ask() -> None:
        if not reason.value.strip():
            reason.refuse(tr("Write why."))
            return
        override(panel, second.value.strip(), passphrase.value, reason.value.strip(), passphrase.refuse)
        passphrase.write("")

    allow.clicked.connect(ask)
    leave.clicked.connect(close)
    return panel


def ask_fault(serial: str, told: Callable[[Panel, Field, str], None], back: Callable[[], None]) -> Panel:
    """Ask what is wrong with what has just come back. It is taken back already; this sets it apart."""
    words = Field(tr("What is wrong with it, in the words of who brings it"))
    note = tr("{serial} has come back. With these words it is set apart and not issued until two persons release it.")
    apart = Button(tr("Set it apart"), "Enter", Weight.PRIMARY, "hand-stop")
    nothing = Button(tr("Nothing is wrong"), "Esc")
    body = holder(column(Label(note.format(serial=iso(serial)), 15, 500, wrap=True), words, gap=12))
    panel = Panel(tr("Something is wrong with it"), body, (apart, nothing), width=760)
    answered = False

    def tell() -> None:
        nonlocal answered
        if not words.value.strip():
            words.refuse(tr("Write what is wrong."))
            return
        answered = True
        told(panel, words, words.value.strip())

    apart.clicked.connect(tell)
    nothing.clicked.connect(panel.close_panel)
    panel.closed.connect(lambda: None if answered else back())
    return panel


TermsChosen = Callable[[Panel, Mapping[str, Field], datetime | None, bool], None]
"""Takes the fields of the panel, when the items come back, and whether they go out for good."""


def ask_terms(until_now: datetime | None, purpose_now: str, chosen: TermsChosen) -> Panel:
    """Ask until when the next items go out, and what for: an empty line is this shift, else a moment; or for good."""
    stands = until_now.astimezone().strftime("%Y-%m-%d %H:%M") if until_now else ""
    moment = Field(tr("Back by, as 2026-11-26 18:00; empty for this shift"), code=True, value=stands)
    purpose = Field(tr("What for, without names; may be empty"), value=purpose_now)
    fields = {"at": moment, "purpose": purpose}
    until = Button(tr("Go on"), "Enter", Weight.PRIMARY, "clock")
    for_good = Button(tr("Assign without an end"), "F6", Weight.PLAIN, "user-check")
    body = holder(column(moment, purpose, gap=12))
    panel = Panel(tr("Until when, and what for, do the next items go out?"), body, (until, for_good), width=640)

    def at_moment() -> None:
        try:
            at = moment_typed(moment.value)
        except Refusal as refusal:
            moment.refuse(" ".join(spoken(text) for text in (refusal.says, refusal.do_now) if text))
        else:
            chosen(panel, fields, at, False)

    until.clicked.connect(at_moment)
    for_good.clicked.connect(lambda: chosen(panel, fields, None, True))
    return panel
