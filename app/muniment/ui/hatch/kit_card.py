"""A kit that comes back, on the counter: each line ticked or counted before it is taken in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from muniment.ui.hatch.kit_presenter import KitLine, KitView
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, Row
from muniment.ui.kit.tokens import State
from muniment.ui.speech import iso, spoken, tr


class KitCard(QWidget):
    """Space or Enter ticks the line stood on; digits count a counted thing."""

    ticked = Signal(str)
    """A member, by its subject, is there after all or not."""
    counted = Signal(str, int)
    """A counted thing by its name, and how many are there."""
    look_again = Signal()
    take_short = Signal()
    """The kit is taken back without what is missing; a case is opened for each."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: KitView | None = None
        self.table = DataTable(
            (
                Column(tr("Belongs to it"), Cell.TWO_LINES, 180, 3),
                Column(tr("Serial"), Cell.CODE, 120, 1),
                Column(tr("There"), Cell.NUMBER, 90),
                Column(tr("State"), Cell.CHIP, 160),
            ),
            name=tr("What belongs to the kit"),
            tall=True,
        )
        self.table.row_opened.connect(self._tick)
        self.tick = Button(tr("There"), "F5", Weight.PRIMARY, "check")
        self.tick.clicked.connect(lambda: self._tick(self.table.chosen))
        self.less = Button(tr("One less"), "F6")
        self.less.clicked.connect(self._one_less)
        self.leave = Button(tr("Leave the kit"), "Esc")
        self.leave.clicked.connect(self.left)
        self._acts = holder(row(self.tick, self.less, self.leave, STRETCH, margins=(12, 8, 12, 4)))
        self.question = Label("", 15, 600, State.REFUSED, wrap=True)
        self.again = Button(tr("Look again"), "Enter", Weight.PRIMARY, "search")
        self.again.clicked.connect(self.look_again)
        self.short = Button(tr("Take it back without them"), "F6", Weight.DANGER, "bell-ringing")
        self.short.clicked.connect(self.take_short)
        self._asking = holder(
            column(self.question, row(self.again, self.short, STRETCH), gap=10, margins=(12, 8, 12, 4))
        )
        self._asking.hide()
        self.card = Card((self.table, 1), self._asking, self._acts, title=tr("Kit"), flush=True)
        self.setLayout(column((self.card, 1), gap=0))

    def show_kit(self, view: KitView) -> None:
        """Show the kit; stands on the first line that is not complete."""
        before, self._view = self._view, view
        there = sum(line.complete for line in view.lines)
        count = tr("{there} of {all} there").format(there=there, all=len(view.lines))
        self.card.retitle(f"{iso(view.name)} · {iso(view.register_no)}", iso(count))
        new = before is None or before.register_no != view.register_no
        self.table.put(FixedRows([_row(line) for line in view.lines]), keep=not new)
        changed = before is not None and not new and before.lines != view.lines
        if new or changed:
            at = next((n for n, line in enumerate(view.lines) if not line.complete), len(view.lines) - 1)
            self.table.choose(at)
        self._asking.setVisible(view.asking)
        self._acts.setVisible(not view.asking)
        if view.asking:
            names = ", ".join(_called(line) for line in view.missing)
            self.question.setText(
                tr("Not there: {names}. It stays with the holder, and a case is opened for each.").format(names=names)
            )
            self.again.setFocus()
        elif new or (before is not None and before.asking):
            self.table.setFocus()

    def clear(self) -> None:
        """No kit is on the counter."""
        self._view = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Tick with Space, count with digits."""
        line = self._line(self.table.chosen)
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._tick(self.table.chosen)
        elif line is not None and line.item is None and event.text().isdigit() and event.text().isascii():
            self.counted.emit(line.name, int(event.text()))
        else:
            super().keyPressEvent(event)

    def _line(self, at: int) -> KitLine | None:
        return self._view.lines[at] if self._view is not None and 0 <= at < len(self._view.lines) else None

    def _tick(self, at: int) -> None:
        line = self._line(at)
        if line is None:
            return
        if line.item is not None:
            self.ticked.emit(line.item)
        else:
            self.counted.emit(line.name, 0 if line.complete else line.wanted)

    def _one_less(self) -> None:
        line = self._line(self.table.chosen)
        if line is not None and line.item is None:
            self.counted.emit(line.name, max(0, (line.there or line.wanted) - 1))
        elif line is not None and line.item is not None and line.complete:
            self.ticked.emit(line.item)


def _row(line: KitLine) -> Row:
    there = iso(tr("{there} of {all}").format(there=line.there, all=line.wanted))
    if line.complete:
        mark = Mark(State.ACCEPTED, tr("There"))
    elif line.there:
        mark = Mark(State.OVERDUE, tr("Too few"))
    else:
        mark = Mark(State.UNVERIFIED, tr("Not seen yet"))
    return (Lines(spoken(line.kind), iso(line.register_no)), line.serial, there, mark)


def _called(line: KitLine) -> str:
    if line.item is not None:
        return iso(line.register_no)
    return f"{iso(str(line.wanted - line.there))} {iso(line.name)}"
