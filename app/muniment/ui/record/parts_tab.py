"""What is on a weapon or in a kit, what a component was on, and the way to change it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.components import Fitting
from muniment.domain.basics.identity import Kind
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.flow import Flow
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part, State
from muniment.ui.record.view import PartLine, RecordView
from muniment.ui.speech import iso, right_to_left, spoken, tr
from muniment.ui.wording import local_time, state_mark


class PartsTab(QWidget):
    """The tree of what is fitted, with what is lacking; below it what was on it and is no more."""

    opened = Signal(str)
    """The record of something that is listed is to be opened."""
    fit_asked = Signal()
    off_asked = Signal(object)
    swap_asked = Signal(object)
    new_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: RecordView | None = None
        self.table = DataTable(
            (
                Column(tr("Component"), Cell.STRONG, 170, 2),
                Column(tr("Number"), Cell.CODE, 104, spare=1),
                Column(tr("Serial"), Cell.CODE, 120, 1),
                Column("", Cell.CHIP, 124),
                Column(tr("State"), Cell.CHIP, 128),
            ),
            name=tr("Components"),
            low=True,
        )
        self.table.row_opened.connect(self._open)
        self.table.row_chosen.connect(lambda _: self._allow())
        self.past = DataTable(
            (
                Column(tr("Number"), Cell.CODE, 110, 1),
                Column(tr("Put on"), Cell.CODE, 166),
                Column(tr("By"), Cell.TEXT, 90, 1),
                Column(tr("Taken off"), Cell.CODE, 166),
                Column(tr("By"), Cell.TEXT, 90, 1),
            ),
            name=tr("Fittings"),
            low=True,
        )
        self.past.row_opened.connect(self._open_past)
        self.empty = Empty("", "")
        self._room = QStackedWidget()
        self._room.addWidget(self.table)
        self._room.addWidget(holder(row((self.empty, 1), margins=(16, 12, 16, 12))))
        self.on_it = Card(self._room, title=tr("On it now"), flush=True)
        self.history = Card(self.past, title=tr("Put on and taken off"), note=tr("Newest first"), flush=True)
        self.fit = Button(tr("Put on"), "F5")
        self.off = Button(tr("Take off"), "F7")
        self.swap = Button(tr("Swap"), "F9")
        self.new = Button(tr("New one"), "F10")
        self.fit.clicked.connect(self.fit_asked)
        self.off.clicked.connect(lambda: self.off_asked.emit(self.part))
        self.swap.clicked.connect(lambda: self.swap_asked.emit(self.part))
        self.new.clicked.connect(self.new_asked)
        self._acts = holder(Flow((self.fit, self.off, self.swap, self.new)))
        self.setLayout(column((self.on_it, 3), (self.history, 2), self._acts, gap=8))
        self.dress()

    @property
    def part(self) -> PartLine | None:
        """The component that comes off: the one stood on, or the one the page is about."""
        view = self._view
        if view is None:
            return None
        if view.kind is Kind.COMPONENT:
            return PartLine(view.item.kind, view.item) if view.host is not None else None
        at = self.table.chosen
        return view.parts[at] if 0 <= at < len(view.parts) and view.parts[at].item is not None else None

    def draw(self, view: RecordView) -> None:
        """Show what is on it."""
        here = self.table.chosen if self._view is not None and self._view.subject == view.subject else -1
        self._view = view
        parts = (view.host,) if view.kind is Kind.COMPONENT and view.host is not None else view.parts
        self.table.put(FixedRows([_row(part) for part in parts if part is not None]))
        if parts:
            self.table.choose(min(max(here, 0), len(parts) - 1))
        self._room.setCurrentIndex(0 if parts else 1)
        on_weapon = view.kind is Kind.WEAPON
        titles = {Kind.COMPONENT: tr("It is on"), Kind.KIT: tr("In this kit")}
        self.on_it.retitle(titles.get(view.kind, tr("On it now")), _kit_words(view))
        if view.kind is Kind.COMPONENT:
            self.empty.tell(tr("By the book it is on no weapon."), tr("Put it on from the record of the weapon."))
        else:
            self.empty.tell(
                tr("No component of it is registered by itself."),
                tr("Put one on with F5, or take a new one into the register with F10."),
            )
        self.past.put(FixedRows([_past(one, on_weapon=on_weapon) for one in view.fittings]))
        self.history.setVisible(bool(view.fittings))
        self.fit.setVisible(on_weapon)
        self.swap.setVisible(view.kind in (Kind.WEAPON, Kind.COMPONENT))
        self.off.setVisible(view.kind in (Kind.WEAPON, Kind.COMPONENT))
        self.new.setVisible(on_weapon)
        self._allow()

    def dress(self) -> None:
        """Let both tables shrink to one row, so that large rows do not make the page taller than its room."""
        least = theme().height(Part.HEADER) + theme().height(Part.ROW)
        for table in (self.table, self.past):
            table.setMinimumHeight(least)

    def _allow(self) -> None:
        for button in (self.off, self.swap):
            if self.part is not None:
                button.allow()
            else:
                alone = self._view is not None and self._view.kind is Kind.COMPONENT
                button.forbid(tr("It is on no weapon") if alone else tr("Nothing is chosen"))

    def _open(self, number: int) -> None:
        view = self._view
        if view is None:
            return
        parts = (view.host,) if view.kind is Kind.COMPONENT else view.parts
        part = parts[number] if 0 <= number < len(parts) else None
        if part is not None and part.subject is not None:
            self.opened.emit(part.subject)

    def _open_past(self, number: int) -> None:
        view = self._view
        if view is not None and 0 <= number < len(view.fittings):
            one = view.fittings[number]
            self.opened.emit(one.component if view.kind is Kind.WEAPON else one.weapon)


def _row(part: PartLine) -> Row:
    # The hook of the tree is drawn in text, so that it is read aloud as well as seen.
    hook = ("┘ " if right_to_left() else "└ ") if part.depth else ""
    kind = f"{hook}{spoken(part.kind)}"
    if part.item is None:
        return kind, "", "", Mark(State.OVERDUE, tr("Lacking")) if part.lacking else None, None
    control = Mark(State.ACCEPTED, tr("Control")) if part.control else None
    return kind, part.item.register_no, part.item.serial, control, state_mark(part.item)


def _past(one: Fitting, *, on_weapon: bool) -> Row:
    return (
        one.component_no if on_weapon else one.weapon_no,
        local_time(one.fitted_at),
        one.fitted_by,
        local_time(one.removed_at) if one.removed_at else "",
        one.removed_by,
    )


def _kit_words(view: RecordView) -> str:
    if view.kit is None:
        return ""
    return tr("Member of kit {number}, {name}").format(number=iso(view.kit.register_no), name=iso(view.kit.name))
