"""How the columns of a list are read: a row for each, and at the side what can be changed of the one stood on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from muniment.ui.kit.card import Card
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.lists.columns import ColumnsView, ColumnView
from muniment.ui.lists.field_names import ORDER_NAMES, field_name
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Choice

SIDE_WIDTH = 348
NOT_TAKEN = ""


class ColumnsPane(QWidget):
    """Enter on a column goes to what it is read as; Enter there comes back to the table."""

    meant = Signal(str, str)
    """A heading is to be read as a field; the field is empty for not at all."""
    filled = Signal(str, str)
    """A field has one value in every row; empty for not any more."""
    translated = Signal(str, str, str)
    """Of a field, a word of the list means a word of the register."""
    ordered = Signal(str, str)
    """The dates of a field are written in an order."""

    def __init__(self) -> None:
        super().__init__()
        self._view: ColumnsView | None = None
        self._drawing = False
        self.table = DataTable(
            (
                Column("", Cell.CODE, 46),
                Column(tr("Heading of the list"), Cell.STRONG, 150, 2),
                Column(tr("Is read as"), Cell.CHIP, 250, 1),
                Column(tr("First values"), Cell.QUIET, 120, 3, spare=1),
            ),
            name=tr("Columns of the list"),
            low=True,
        )
        self.heading = Label("", 16, 700, elide=True)
        self.field = Choice(tr("Is read as"))
        self.field.changed.connect(self._meant)
        self.table.row_chosen.connect(self._stood)
        self.table.row_opened.connect(lambda _: self.field.setFocus())
        self.help = Label("", 13, 400, Ink.QUIET, wrap=True)
        self.order = Choice(tr("Dates are written"), [(name, spoken(words)) for name, words in ORDER_NAMES.items()])
        self.order.changed.connect(self._ordered)
        self.word = Choice(tr("Word of the list"))
        self.word.changed.connect(self._worded)
        self.meaning = Choice(tr("means"))
        self.meaning.changed.connect(self._translated)
        self.samples = Label("", 13, 400, Ink.QUIET, wrap=True)
        self._first = holder(column(Label(tr("First values"), 13, 600, Ink.QUIET), self.samples, gap=4))
        side = Card(
            self.heading,
            self.field,
            self.help,
            self.order,
            self.word,
            self.meaning,
            self._first,
            STRETCH,
            gap=8,
        )
        self._side = side
        self.setLayout(row((Card((self.table, 1), flush=True), 1), side, gap=16))
        self.dress()

    def draw(self, view: ColumnsView) -> None:
        """Show how the columns are read, staying where one stands; of another list, where words wait for an answer."""
        here = max(0, self.table.chosen)
        if self._view is None or [one.heading for one in self._view.columns] != [one.heading for one in view.columns]:
            here = next((nth for nth, one in enumerate(view.columns) if one.unknown), 0)
        self._drawing = True
        self._view = view
        offers = [(NOT_TAKEN, tr("not taken over"))] + [(name, spoken(words)) for name, words in view.fields]
        self.field.offer(offers)
        self.table.put(FixedRows([_row(one) for one in view.columns]))
        self._drawing = False
        if view.columns:
            self.table.choose(min(here, len(view.columns) - 1))
            self._stood(self.table.chosen)

    @property
    def stood_on(self) -> ColumnView | None:
        """The column stood on."""
        number = self.table.chosen
        return self._view.columns[number] if self._view and 0 <= number < len(self._view.columns) else None

    def _stood(self, _number: int) -> None:
        one = self.stood_on
        if one is None or self._drawing:
            return
        self._drawing = True
        self.heading.setText(iso(one.heading) if one.letter else tr("In every row"))
        self.field.write(one.field)
        self.help.setText(spoken(one.help) if one.help else tr("What stands there is not taken over."))
        self.order.setVisible(one.order is not None)
        self.order.write(one.order or "")
        for part in (self.word, self.meaning):
            part.setVisible(bool(one.words))
        if one.words:
            self.word.offer([(word, iso(word)) for word, _ in one.words], self.word.value)
            nothing = ("", tr("nothing known here"))
            self.meaning.offer([nothing, *((value, spoken(words)) for value, words in one.meanings)])
            self.meaning.write(dict(one.words).get(self.word.value, ""))
        self.samples.setText("\n".join(iso(_short(one)) for one in one.samples) or "–")
        # Where words are asked about there is no room for values as well, as large as gloves want it.
        self._first.setVisible(not (one.words and theme().gloved))
        self._drawing = False

    def _worded(self, word: str) -> None:
        one = self.stood_on
        if one is not None and not self._drawing:
            self._drawing = True
            self.meaning.write(dict(one.words).get(word, ""))
            self._drawing = False

    def _meant(self, field: str) -> None:
        one = self.stood_on
        if one is None or self._drawing or field == one.field:
            return
        if one.letter:
            self.meant.emit(one.heading, field)
        else:
            self.filled.emit(one.field, "")

    def _translated(self, meaning: str) -> None:
        one = self.stood_on
        if one is not None and not self._drawing and self.word.value:
            self.translated.emit(one.field, self.word.value, meaning)

    def _ordered(self, order: str) -> None:
        one = self.stood_on
        if one is not None and not self._drawing:
            self.ordered.emit(one.field, order)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Come back to the table with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.table.hasFocus():
            self.table.setFocus()
            return
        event.ignore()

    def dress(self) -> None:
        """Take the width of the side from the theme."""
        self._side.setFixedWidth(SIDE_WIDTH if theme().gloved else theme().px(SIDE_WIDTH))
        self._stood(self.table.chosen)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _row(one: ColumnView) -> Row:
    samples = iso(" · ".join(_short(sample) for sample in one.samples))
    heading = iso(one.heading) if one.letter else tr("In every row")
    if not one.field:
        return (one.letter, heading, Mark(State.UNVERIFIED, tr("not taken over")), samples)
    words = spoken(field_name(one.field))
    if one.unknown:
        unknown = tr("{field}: {n} unknown").format(field=words, n=iso(str(one.unknown)))
        return (one.letter, heading, Mark(State.DUE, unknown), samples)
    return (one.letter, heading, Mark(State.ACCEPTED, words), samples)
