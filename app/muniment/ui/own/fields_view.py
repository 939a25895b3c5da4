"""The depot's own fields on the screen: the list, and the one in front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from muniment.desk.own_fields import ListedField
from muniment.domain.custody.own_fields import OwnField
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card, Detail, Details, Empty
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.plate import Plate
from muniment.ui.kit.sides import Sided
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, Row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.own.fields_presenter import FieldsPresenter, FieldsView
from muniment.ui.own.panels import Asker
from muniment.ui.own.words import BEARER_NAMES, FIELD_KIND_NAMES
from muniment.ui.speech import iso, spoken, tr

SIDE_WIDTH = 400


class FieldsPart(Sided):
    """Every field there is or was, and what can be done about the one in front."""

    changed = Signal()
    """Something was written into the ledger."""
    counted = Signal(int)
    """How many fields are in use."""

    def __init__(self, presenter: FieldsPresenter, bridge: Bridge, asker: Asker) -> None:
        super().__init__(SIDE_WIDTH)
        self._presenter, self._bridge, self._asker = presenter, bridge, asker
        self._view: FieldsView | None = None
        self._drawing = False
        self.table = DataTable(
            (
                Column(tr("Field"), Cell.TWO_LINES, 180, 3),
                Column(tr("Stands on"), Cell.TEXT, 116, 1),
                Column(tr("Holds"), Cell.TEXT, 128, 2, spare=1),
                Column(tr("State"), Cell.CHIP, 128),
            ),
            name=tr("Own fields"),
            tall=True,
        )
        self.table.row_chosen.connect(self._chosen)
        words = tr("The depot has defined no field.")
        self.empty = Empty(words, tr("Press F2 to define one: it then stands on every record of its kind."))
        self._rows = QStackedWidget()
        for part in (self.table, holder(row((self.empty, 1), margins=(16, 16, 16, 16)))):
            self._rows.addWidget(part)
        self.message = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.message.hide()
        self.plate, self.title, self.details = Plate("", 22), Label("", 18, 700, wrap=True), Details()
        self.change = Button(tr("Change"), "F3")
        self.use = Button(tr("Give up"), "F4")
        self.change.clicked.connect(self._change)
        self.use.clicked.connect(self._use)
        self.nothing = Empty(tr("No field is in front."), tr("Choose one in the list."))
        self._field = holder(
            column(
                row(self.plate, STRETCH),
                self.title,
                self.details,
                STRETCH,
                row((self.change, 1), (self.use, 1), gap=theme().between),
                gap=12,
            )
        )
        self._field.hide()
        self.side = Card(self.nothing, (self._field, 1))
        main = column(self.message, (Card((self._rows, 1), flush=True), 1), gap=12)
        self.setLayout(row((holder(main), 1), self.side, gap=16))
        self.dress()

    @property
    def view(self) -> FieldsView | None:
        """What is drawn now."""
        return self._view

    def read(self) -> None:
        """Read again."""
        self._do(self._presenter.view)

    def add(self) -> None:
        """Ask for a new field."""
        self._asker.new_field(self._presenter.define, self._did)

    def _do(self, work: Callable[[], FieldsView]) -> None:
        self._bridge.do(work, self.draw)

    def draw(self, view: FieldsView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self._drawing = True
        self.table.put(FixedRows([_row(one) for one in view.lines]))
        if view.shown is not None:
            self.table.choose(view.lines.index(view.shown))
        self._drawing = False
        self._rows.setCurrentIndex(0 if view.lines else 1)
        self.message.setText(spoken(view.told) if view.told else "")
        self.message.setVisible(view.told is not None)
        self.nothing.setVisible(view.shown is None)
        self._field.setVisible(view.shown is not None)
        self.counted.emit(sum(one.in_use for one in view.lines))
        if view.shown is None:
            return
        field = view.shown.field
        self.plate.show_serial(field.key)
        self.title.setText(iso(field.title))
        self.details.show_details(
            [
                Detail(tr("Stands on"), spoken(BEARER_NAMES[field.of])),
                Detail(tr("Holds"), spoken(FIELD_KIND_NAMES[field.kind])),
                *([Detail(tr("Choices"), ", ".join(iso(one) for one in field.choices))] if field.choices else []),
                Detail(tr("State"), tr("In use") if view.shown.in_use else tr("Given up")),
            ]
        )
        self.use.reword(tr("Give up") if view.shown.in_use else tr("Use again"))
        self.change.allow() if view.shown.in_use else self.change.forbid(tr("Use it again first"))

    def _chosen(self, number: int) -> None:
        view = self._view
        if self._drawing or view is None or not 0 <= number < len(view.lines):
            return
        if view.shown != view.lines[number]:
            self._do(lambda: self._presenter.open(view.lines[number].field))

    def _in_front(self) -> OwnField | None:
        return self._view.shown.field if self._view is not None and self._view.shown is not None else None

    def _change(self) -> None:
        field = self._in_front()
        if field is not None:
            self._asker.change_field(field, lambda given: self._presenter.change(field, given), self._did)

    def _use(self) -> None:
        view = self._view
        if view is None or view.shown is None:
            return
        field, again = view.shown.field, not view.shown.in_use
        note = (
            tr("It takes values again. What stood in it was kept.")
            if again
            else tr("It takes no values any more. What stands in it stays, and it can be used again.")
        )
        self._asker.use(
            field.title,
            note,
            lambda given: self._presenter.use(field, given["reason"], in_use=again),
            self._did,
            again=again,
        )

    def _did(self, view: FieldsView) -> None:
        self.draw(view)
        self.changed.emit()


def _row(listed: ListedField) -> Row:
    field = listed.field
    mark = Mark(State.ACCEPTED, tr("In use")) if listed.in_use else Mark(State.DESTROYED, tr("Given up"))
    return (
        Lines(iso(field.title), iso(field.key)),
        spoken(BEARER_NAMES[field.of]),
        ", ".join(iso(one) for one in field.choices) or spoken(FIELD_KIND_NAMES[field.kind]),
        mark,
    )
