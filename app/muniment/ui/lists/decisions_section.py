"""Deciding what lists left open, many lines at once by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.field import Field
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, Row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.lists.undecided import UndecidedLine, UndecidedPresenter, UndecidedView, field_of, types_offered
from muniment.ui.register.filters import Filters
from muniment.ui.register.find_field import FindField
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Choice, FormPanel, PanelRoom, primary, second_person

TYPING_MS = 150
OPEN, DECIDED = "open", "decided"

Done = Callable[[UndecidedView], None]


class DecisionsSection(QWidget):
    """Space marks a line, F6 all lines of its name, Ctrl+A all that are shown; F10 decides what is marked."""

    changed = Signal()
    """Something was written into the ledger."""
    counted = Signal(int)
    """How many lines wait."""

    def __init__(self, presenter: UndecidedPresenter, desk: Bridge, room: PanelRoom) -> None:
        super().__init__()
        self._presenter, self._desk, self._room = presenter, desk, room
        self._view = UndecidedView((), 0, 0, decided=False, search="")
        self.which = Filters(((OPEN, tr("Wait")), (DECIDED, tr("Decided"))))
        self.which.chosen.connect(lambda name: self._do(lambda: presenter.show_decided(name == DECIDED)))
        self.search = FindField(hint=tr("Any words of a line"), name=tr("Narrow what is shown"))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(lambda: self._do(lambda: presenter.search(self.search.value)))
        self.search.changed.connect(lambda _: self._typing.start())
        self.table = DataTable(
            (
                Column("", Cell.CHIP, 118),
                Column(tr("Pieces"), Cell.NUMBER, 76),
                Column(tr("What the list calls it"), Cell.TWO_LINES, 220, 3),
                Column(tr("Why it waits"), Cell.TEXT, 220, 4),
                Column(tr("At"), Cell.TEXT, 84),
            ),
            name=tr("Lines to decide"),
            tall=True,
        )
        self.search.down.connect(self.table.setFocus)
        self.search.left.connect(self.table.setFocus)
        self.empty = Empty("", "")
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(holder(row((self.empty, 1), margins=(16, 16, 16, 16))))
        self.says = Label("", 14, 600, State.ACCEPTED, wrap=True)
        self.says.hide()
        self.mark = Button(tr("Mark"), "Space")
        self.alike = Button(tr("All of this name"), "F7")
        self.all = Button(tr("All shown"), "Ctrl+A")
        self.decide = Button(tr("Decide"), "F10", Weight.PRIMARY, "check")
        self.back = Button(tr("Take the decision back"), "Ctrl+Z", icon="arrow-back-up")
        self.note = Label("", 14, 600, Ink.QUIET)
        self.table.row_opened.connect(lambda _: self._toggle() if not self._view.decided else self._ask_back())
        self.mark.clicked.connect(self._toggle)
        self.alike.clicked.connect(self._toggle_alike)
        self.all.clicked.connect(lambda: self._do(presenter.mark_all))
        self.decide.clicked.connect(self._ask)
        self.back.clicked.connect(self._ask_back)
        self.setLayout(
            column(
                row(self.which, STRETCH, (self.search, 1), gap=12),
                self.says,
                (Card((self._rows, 1), flush=True), 1),
                row(self.decide, self.mark, self.alike, self.all, self.back, STRETCH, self.note, gap=theme().between),
                gap=12,
            )
        )

    @property
    def view(self) -> UndecidedView:
        """What is drawn now."""
        return self._view

    def shown(self) -> None:
        """Read again."""
        self._do(self._presenter.view)

    def take_key(self, key: str) -> bool:
        """F9 narrows; Esc takes the narrowing away."""
        if key == "F9":
            self.search.take_focus()
            return True
        if key == "Esc" and self.search.value:
            self.search.write("")
            self.table.setFocus()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave keys to the page."""
        event.ignore()

    def draw(self, view: UndecidedView) -> None:
        """Show the lines, staying on the one stood on."""
        here = self._stood.subject if self._stood else None
        number = max(0, self.table.chosen)
        self._view = view
        self.table.put(FixedRows([_row(one) for one in view.lines]))
        self.which.hold(DECIDED if view.decided else OPEN)
        self.which.tell({OPEN: view.open})
        self._rows.setCurrentIndex(0 if view.lines else 1)
        if view.lines:
            at = next((n for n, one in enumerate(view.lines) if one.subject == here), min(number, len(view.lines) - 1))
            self.table.choose(at)
        else:
            self._teach(view)
        self.says.setText(spoken(view.told) if view.told else "")
        self.says.setVisible(view.told is not None)
        for button in (self.mark, self.alike, self.all, self.decide):
            button.setVisible(not view.decided)
        self.back.setVisible(view.decided and bool(view.lines))
        if view.marked:
            self.decide.allow()
            words = tr("{lines} marked, {pieces} pieces")
            self.note.setText(words.format(lines=iso(f"{view.marked:,}"), pieces=iso(f"{view.marked_pieces:,}")))
        else:
            self.decide.forbid(tr("Mark lines first"))
            words = tr("{lines} wait, {pieces} pieces")
            self.note.setText(words.format(lines=iso(f"{view.open:,}"), pieces=iso(f"{view.pieces:,}")))
        self.note.setVisible(not view.decided)
        self.counted.emit(view.open)

    def _teach(self, view: UndecidedView) -> None:
        if view.search:
            self.empty.tell(tr("Nothing contains {text}.").format(text=iso(view.search)), tr("Press Esc to see all."))
        elif view.decided:
            self.empty.tell(tr("Nothing was decided yet."), "")
        else:
            self.empty.tell(
                tr("No line waits for a decision."),
                tr("What a list holds that is no weapon, or may be none, comes here when it is taken in."),
            )

    @property
    def _stood(self) -> UndecidedLine | None:
        number = self.table.chosen
        return self._view.lines[number] if 0 <= number < len(self._view.lines) else None

    def _toggle(self) -> None:
        one = self._stood
        if one is not None and not self._view.decided:
            number = self.table.chosen
            self._do(lambda: self._presenter.mark(one.subject), lambda: self._step(number))

    def _step(self, number: int) -> None:
        """Go on to the next line, so that Space walks down the list."""
        if number + 1 < len(self._view.lines):
            self.table.choose(number + 1)

    def _toggle_alike(self) -> None:
        one = self._stood
        if one is not None:
            self._do(lambda: self._presenter.mark_alike(one.subject))

    def _ask(self) -> None:
        if self._view.marked:
            ask_decision(self._room, self._presenter, self._desk, self._view, self._did)

    def _ask_back(self) -> None:
        one = self._stood
        if one is None or not self._view.decided:
            return

        def ask(count: int) -> None:
            ask_back(self._room, self._presenter, self._desk, one, count, self._did)

        self._desk.do(lambda: self._presenter.together(one.subject), ask)

    def _did(self, view: UndecidedView) -> None:
        self.draw(view)
        self.table.setFocus()
        self.changed.emit()

    def _do(self, work: Callable[[], UndecidedView], then: Callable[[], None] | None = None) -> None:
        def drawn(view: UndecidedView) -> None:
            self.draw(view)
            if then is not None:
                then()

        self._desk.do(work, drawn)


def ask_decision(
    room: PanelRoom, presenter: UndecidedPresenter, bridge: Bridge, view: UndecidedView, done: Done
) -> FormPanel:
    """Ask what the marked lines are, and why."""
    what = Choice(tr("They are"), [(code, spoken(words)) for code, words in types_offered()])
    calibre = Field(tr("Calibre, where it is known and the list does not say"))
    reason = Field(tr("Reason, without names"))
    if len(view.types) == 1:
        what.write(next(iter(view.types)))
    what.changed.connect(lambda code: calibre.setVisible(bool(code)))
    calibre.setVisible(bool(what.value))
    words = tr("{lines} lines with {pieces} pieces. All of them are decided alike, and can be taken back together.")
    note = Label(words.format(lines=iso(str(view.marked)), pieces=iso(str(view.marked_pieces))), 15, 500, wrap=True)
    panel = FormPanel(
        tr("What are they?"),
        holder(column(note, what, calibre, reason, gap=10)),
        primary(tr("Decide")),
        {"type_code": what, "calibre": calibre, "reason": reason},
        width=680,
        refused_title=tr("Not decided"),
    )

    def finish(made: UndecidedView) -> None:
        panel.close_panel()
        done(made)

    def work() -> None:
        given = what.value, calibre.value if not calibre.isHidden() else "", reason.value
        panel.do(bridge, lambda: presenter.decide(*given), finish, field_of)

    panel.act.clicked.connect(work)
    room.open_panel(panel)
    what.setFocus()
    return panel


def ask_back(
    room: PanelRoom, presenter: UndecidedPresenter, bridge: Bridge, line: UndecidedLine, count: int, done: Done
) -> FormPanel:
    """Ask why a decision is taken back and who stands beside, and say with how many others."""
    second, passphrase, reason = second_person()
    words = tr("{name} was decided in one act with {n} others. All of it is taken back, or nothing.")
    alone = tr("{name} waits for a decision again.")
    said = (words if count > 1 else alone).format(name=iso(line.item_name or line.register_no), n=iso(str(count - 1)))
    two = tr("It takes a second person where weapons leave the book again, or where it is no slip of the last hour.")
    panel = FormPanel(
        tr("Take the decision back"),
        holder(
            column(
                Label(said, 15, 500, wrap=True),
                reason,
                Label(two, 14, 400, Ink.QUIET, wrap=True),
                row((second, 1), (passphrase, 1), gap=16),
                gap=10,
            )
        ),
        Button(tr("Take it back"), "", Weight.DANGER, "arrow-back-up"),
        {"reason": reason, "second": second, "passphrase": passphrase},
        width=660,
        refused_title=tr("Not taken back"),
    )

    def finish(made: UndecidedView) -> None:
        panel.close_panel()
        done(made)

    def work() -> None:
        given = reason.value, second.value, passphrase.value
        panel.do(bridge, lambda: presenter.take_back(line.subject, *given), finish, field_of)

    panel.act.clicked.connect(work)
    for field in (reason, passphrase):
        field.entered.connect(panel.act.setFocus)
    room.open_panel(panel)
    reason.setFocus()
    return panel


def _row(one: UndecidedLine) -> Row:
    if one.decision is not None:
        mark = Mark(State.ACCEPTED, tr("Decided"))
    elif one.marked:
        mark = Mark(State.DUE, tr("Marked"))
    else:
        mark = Mark(State.STRANGER, tr("Waits"))
    below = " · ".join(part for part in (one.register_no, one.nsn, one.unit) if part)
    why = spoken(one.decision if one.decision is not None else one.why)
    return (mark, iso(f"{one.quantity:,}"), Lines(iso(one.item_name or "–"), iso(below)), iso(why), iso(one.place))
