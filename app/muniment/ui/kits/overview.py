"""All kits, and the one in front: what belongs to it, and what of that is not there."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.kit_reading import KitCard, Member
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Detail, Details, Empty
from muniment.ui.kit.chip import Chip, Mark
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, Row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.kits.presenter import KitsView
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import local_time, state_mark

SIDE_WIDTH = 480


class Overview(QWidget):
    """Draws a `KitsView`; says what is pressed."""

    chosen = Signal(str)
    make_asked = Signal()
    change_asked = Signal(str)
    record_asked = Signal(str)
    cases_asked = Signal(str)
    issue_asked = Signal(str)
    return_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._view: KitsView | None = None
        self._drawing = False
        self.make = Button(tr("Make a kit"), "F2", Weight.PRIMARY, "stack-2")
        self.make.clicked.connect(self.make_asked)
        self.bar = TopBar(tr("Kits"), "", self.make)
        self.table = DataTable(
            (
                Column(tr("Number"), Cell.CODE, 104),
                Column(tr("Kit"), Cell.TWO_LINES, 180, 3),
                Column(tr("Place or holder"), Cell.TEXT, 130, 2, spare=1),
                Column(tr("State"), Cell.CHIP, 150),
            ),
            name=tr("Kits"),
            tall=True,
        )
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(lambda _: self.change.setFocus())
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        nothing = Empty(tr("There is no kit."), tr("Make one with F2: scan what belongs together."))
        self._rows.addWidget(holder(row((nothing, 1), margins=(16, 16, 16, 16))))
        self.message = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.warning = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.message.hide()
        self.warning.hide()
        main = column(self.message, self.warning, (Card((self._rows, 1), flush=True), 1), gap=12)
        self.side = self._side()
        body = row((holder(main), 1), self.side, gap=16, margins=(16, 16, 16, 16))
        self.setLayout(column(self.bar, (holder(body), 1), gap=0))
        self.dress()

    def _side(self) -> QWidget:
        self.number = Label("", 20, 700, mono=True)
        self.chip = Chip(State.IN_STORE)
        self.name = Label("", 16, 600, wrap=True)
        self.details = Details()
        self.members = DataTable(
            (
                Column(tr("Member"), Cell.TWO_LINES, 150, 2),
                Column(tr("Serial"), Cell.CODE, 112, 1),
                Column(tr("State"), Cell.CHIP, 142),
            ),
            name=tr("Members of this kit"),
            tall=True,
        )
        self.members.row_opened.connect(self._member_opened)
        self.issue = Button(tr("Issue"), "F4", Weight.PRIMARY, "arrow-up-right")
        self.take_back = Button(tr("Return"), "F4", Weight.PRIMARY, "arrow-down-left")
        self.change = Button(tr("Change"), "F3")
        self.cases = Button(tr("Cases"), "F6", icon="bell-ringing")
        for button, signal in (
            (self.issue, self.issue_asked),
            (self.take_back, self.return_asked),
            (self.change, self.change_asked),
            (self.cases, self.cases_asked),
        ):
            button.clicked.connect(lambda _=False, signal=signal: self._ask(signal))
        self.nothing = Empty(tr("No kit is in front."), tr("Choose one, or scan its label or anything of it."))
        self._kit = holder(
            column(
                row(self.number, STRETCH, self.chip),
                self.name,
                self.details,
                (self.members, 1),
                row((self.issue, 1), (self.take_back, 1), (self.change, 1), (self.cases, 1)),
                gap=12,
            )
        )
        self._kit.hide()
        return Card(self.nothing, (self._kit, 1))

    @property
    def view(self) -> KitsView | None:
        """What is drawn now."""
        return self._view

    def take_focus(self) -> None:
        """Stand on the list."""
        self.table.setFocus()

    def draw(self, view: KitsView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self._drawing = True
        broken = sum(not kit.complete for kit in view.lines)
        self.bar.tell(iso(tr("{n} not complete").format(n=broken)) if broken else "")
        self.table.put(FixedRows([_row(kit) for kit in view.lines]))
        self._rows.setCurrentIndex(0 if view.lines else 1)
        if view.shown is not None:
            at = next((n for n, kit in enumerate(view.lines) if kit.card.subject == view.shown.card.subject), -1)
            if at >= 0:
                self.table.choose(at)
        self._drawing = False
        self.message.setText(spoken(view.told) if view.told else "")
        self.message.setVisible(view.told is not None)
        self.warning.setText("\n".join(spoken(warning) for warning in view.warnings))
        self.warning.setVisible(bool(view.warnings))
        self.nothing.setVisible(view.shown is None)
        self._kit.setVisible(view.shown is not None)
        if view.shown is not None:
            self._draw_kit(view.shown, view)

    def _draw_kit(self, kit: KitCard, view: KitsView) -> None:
        self.number.setText(kit.card.register_no)
        mark = mark_of(kit)
        self.chip.show_state(mark.state, mark.word)
        self.name.setText(iso(kit.name))
        newest = view.facts[0] if view.facts else None
        details = [
            Detail(tr("Belongs to"), kit.card.home, code=True),
            Detail(tr("Held by"), kit.card.place if kit.card.holder else ""),
            Detail(tr("Counted"), iso(_counted(kit))),
            Detail(tr("Last"), f"{spoken(newest.what)} · {iso(local_time(newest.at))}" if newest else ""),
            Detail(tr("Open cases"), str(kit.open_cases) if kit.open_cases else ""),
        ]
        self.details.show_details([detail for detail in details if detail.value])
        self.members.put(FixedRows([_member(one) for one in kit.members]))
        out = kit.card.holder is not None
        self.issue.setVisible(not out)
        self.take_back.setVisible(out)
        self.cases.setVisible(kit.open_cases > 0)
        if out:
            self.change.forbid(tr("It is out"))
        else:
            self.change.allow()

    def _chosen(self, number: int) -> None:
        view = self._view
        if self._drawing or view is None or not 0 <= number < len(view.lines):
            return
        kit = view.lines[number].card.subject
        if view.shown is None or view.shown.card.subject != kit:
            self.chosen.emit(kit)

    def _ask(self, signal: SignalInstance) -> None:
        if self._view is not None and self._view.shown is not None:
            signal.emit(self._view.shown.card.subject)

    def _member_opened(self, number: int) -> None:
        if self._view is not None and self._view.shown is not None:
            self.record_asked.emit(self._view.shown.members[number].card.subject)

    def dress(self) -> None:
        """Take the width of the side from the theme."""
        self.side.setFixedWidth(theme().px(SIDE_WIDTH))


def mark_of(kit: KitCard) -> Mark:
    """How a kit stands, as a chip: what is not complete comes before where it is."""
    if kit.absent or kit.open_cases:
        return Mark(State.MISSING, tr("Incomplete"))
    return state_mark(kit.card)


def _counted(kit: KitCard) -> str:
    return ", ".join(f"{one.quantity} {one.name}" for one in kit.accessories)


def _row(kit: KitCard) -> Row:
    parts = [tr("{n} members").format(n=len(kit.members)), _counted(kit)]
    below = " · ".join(iso(part) for part in parts if part)
    return (kit.card.register_no, Lines(iso(kit.name), below), iso(kit.card.place), mark_of(kit))


def _member(one: Member) -> Row:
    below = iso(one.card.register_no) if one.present else f"{iso(one.card.register_no)} · {iso(one.card.place)}"
    mark = Mark(State.ACCEPTED, tr("There")) if one.present else Mark(State.MISSING, tr("Not there"))
    if one.present and one.card.state == "quarantined":
        mark = state_mark(one.card)
    return (Lines(spoken(one.card.kind), below), one.card.serial, mark)
