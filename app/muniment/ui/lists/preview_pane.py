"""What would become of a list: totals that agree with the file, every row, every problem, every change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from muniment.desk.import_plan import OUTCOMES, Totals
from muniment.domain.basics.text import Text
from muniment.ui.bridge import Bridge
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, Row
from muniment.ui.kit.tally import Tally
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.lists.field_names import OUTCOME_NAMES
from muniment.ui.lists.preview import CHANGES, NOTICES, PROBLEMS, ROWS, Preview
from muniment.ui.register.filters import Filters
from muniment.ui.register.find_field import FindField
from muniment.ui.speech import iso, spoken, tr

TYPING_MS = 150
STATES = {
    "registered": State.ACCEPTED,
    "for_decision": State.STRANGER,
    "changed": State.DUE,
    "already": State.HELD,
    "left_out": State.REFUSED,
}


class TotalTiles(QWidget):
    """A figure for the whole file and one for each thing that becomes of its rows; they add up."""

    def __init__(self, words: dict[str, Text] | None = None) -> None:
        super().__init__()
        names = words or dict(OUTCOME_NAMES)
        self.read = Tally("", tr("In the file"))
        self.of = {name: Tally("", spoken(names[name]), state=STATES[name]) for name in OUTCOMES}
        self._empty: set[str] = set()
        self.read.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setLayout(row((self.read, 1), *((tile, 1) for tile in self.of.values()), gap=12))

    def tell(self, totals: Totals) -> None:
        """Show the quantities, and under each the rows they stand in."""
        self.read.tell(f"{totals.quantity_read:,}", _rows(totals.rows_read))
        for name, tile in self.of.items():
            rows = totals.rows.get(name, 0)
            note = _rows(rows)
            if name == "left_out" and totals.unreadable:
                note = tr("{rows}, {n} unreadable").format(rows=note, n=iso(str(totals.unreadable)))
            tile.tell(f"{totals.quantity.get(name, 0):,}", note, waits=name == "left_out" and rows > 0)
        self._empty = {name for name in self.of if not totals.rows.get(name, 0)} - {"registered", "left_out"}
        self.dress()

    def dress(self) -> None:
        """Show what there is; tiles as large as for gloves have no room for what there is none of."""
        for name, tile in self.of.items():
            tile.setVisible(not (theme().gloved and name in self._empty))


def _rows(count: int) -> str:
    return tr("{n} rows").format(n=iso(f"{count:,}"))


class _Lines:
    """The lines of a preview that are shown, asked for one by one."""

    def __init__(self, preview: Preview, what: str, numbers: Sequence[int]) -> None:
        self._preview, self._what, self._numbers = preview, what, numbers

    def count(self) -> int:
        """How many lines are shown."""
        return len(self._numbers)

    def row(self, number: int) -> Row:
        """A line."""
        at = self._numbers[number]
        if self._what == ROWS:
            line = self._preview.row(at)
            mark = Mark(STATES[line.outcome], spoken(OUTCOME_NAMES[line.outcome]))
            return (iso(str(line.row)), iso(line.says), mark, spoken(line.becomes))
        if self._what == CHANGES:
            change = self._preview.changes[at]
            return (iso(str(change.row)), change.record, spoken(change.field), iso(change.before), iso(change.after))
        note = self._preview.note(self._what, at)
        return (iso(note.where), iso(note.value), spoken(note.says))

    def whole(self, number: int) -> str:
        """Everything that a line says, where a cell is too narrow for it."""
        cells = self.row(number)
        texts = [one for one in cells if isinstance(one, str) and one]
        if self._what in (PROBLEMS, NOTICES):
            return f"{texts[0]}: {texts[-1]}"
        return " · ".join(texts)


class PreviewPane(QWidget):
    """Tiles narrow the rows to one outcome; what is typed narrows whatever is shown."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._preview: Preview | None = None
        self._outcome, self._ticket = "", 0
        self.totals = TotalTiles()
        self.totals.read.chosen.connect(lambda: self._narrow(""))
        for name, tile in self.totals.of.items():
            tile.chosen.connect(lambda name=name: self._narrow(name))
        self.what = Filters(
            ((ROWS, tr("Rows")), (PROBLEMS, tr("Problems")), (NOTICES, tr("Notices")), (CHANGES, tr("Changes")))
        )
        self.what.chosen.connect(lambda _: self._narrow(""))
        self.search = FindField(hint=tr("Any words of a row or a problem"), name=tr("Narrow what is shown"))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._find)
        self.tables = {
            ROWS: DataTable(
                (
                    Column(tr("Row"), Cell.NUMBER, 64),
                    Column(tr("The list says"), Cell.TEXT, 200, 3),
                    Column(tr("Becomes"), Cell.CHIP, 158),
                    Column(tr("As"), Cell.STRONG, 200, 3),
                ),
                name=tr("Rows of the list"),
                low=True,
            ),
            PROBLEMS: self._notes(tr("Problems")),
            NOTICES: self._notes(tr("Notices")),
            CHANGES: DataTable(
                (
                    Column(tr("Row"), Cell.NUMBER, 64),
                    Column(tr("Record"), Cell.STRONG, 130, 1),
                    Column(tr("Field"), Cell.TEXT, 110, 1),
                    Column(tr("Stands there"), Cell.TEXT, 160, 2),
                    Column(tr("Would stand there"), Cell.STRONG, 160, 2),
                ),
                name=tr("Changes of records"),
                low=True,
            ),
        }
        self._lines: _Lines | None = None
        self.whole = Label("", 14, 500, wrap=True)
        self.whole.setContentsMargins(12, 8, 12, 8)
        self.whole.hide()
        for table in self.tables.values():
            table.row_chosen.connect(self._read_out)
        self.search.changed.connect(lambda _: self._typing.start())
        self.search.down.connect(lambda: self.tables[self.what.holding].setFocus())
        self.search.left.connect(self.leave_search)
        self._room = QStackedWidget()
        for table in self.tables.values():
            self._room.addWidget(table)
        self.empty = Empty("", "")
        self._room.addWidget(holder(row((self.empty, 1), margins=(16, 16, 16, 16))))
        self.setLayout(
            column(
                self.totals,
                row(self.what, STRETCH, (self.search, 2), gap=12),
                (Card((self._room, 1), self.whole, flush=True), 1),
                gap=12,
            )
        )

    @staticmethod
    def _notes(name: str) -> DataTable:
        return DataTable(
            (
                Column(tr("Where"), Cell.STRONG, 220, 2),
                Column(tr("Stands there"), Cell.CODE, 140, 1),
                Column(tr("What is wrong"), Cell.TEXT, 300, 5),
            ),
            name=name,
            low=True,
        )

    def draw(self, preview: Preview) -> None:
        """Show a plan; problems first where there are any, else the rows."""
        if preview is self._preview:
            return
        self._preview, self._outcome = preview, ""
        self.totals.tell(preview.plan.totals)
        counts = preview.counts()
        self.what.tell(counts)
        self.what.hold(PROBLEMS if counts[PROBLEMS] else ROWS)
        self.search.write("")
        self._find()

    def to_search(self) -> None:
        """Begin to narrow."""
        self.search.take_focus()

    def leave_search(self) -> bool:
        """Take the narrowing away. False where there is none."""
        if not self.search.value and not self._outcome:
            return False
        self._outcome = ""
        self.search.write("")
        self._find()
        self.tables[self.what.holding].setFocus()
        return True

    def _read_out(self, at: int) -> None:
        """Say the whole of the line stood on below the table."""
        lines = self._lines
        there = lines is not None and 0 <= at < lines.count()
        self.whole.setText(lines.whole(at) if lines is not None and there else "")
        self.whole.setVisible(there)

    def _narrow(self, outcome: str) -> None:
        self._outcome = outcome
        if outcome:
            self.what.hold(ROWS)
        self._find()

    def _find(self) -> None:
        """Have the lines found beside Qt's thread: a list may have 300,000 rows."""
        self._typing.stop()
        preview, what, text, outcome = self._preview, self.what.holding, self.search.value, self._outcome
        if preview is None:
            return
        self._ticket += 1
        ticket = self._ticket

        def then(numbers: Sequence[int]) -> None:
            if ticket == self._ticket:
                self._show(preview, what, numbers)

        self._bridge.do(lambda: preview.find(what, text, outcome), then)

    def _show(self, preview: Preview, what: str, numbers: Sequence[int]) -> None:
        self._lines = _Lines(preview, what, numbers) if len(numbers) else None
        if self._lines is not None:
            self.tables[what].put(self._lines)
            self._room.setCurrentWidget(self.tables[what])
            self.tables[what].choose(0)
            self._read_out(0)
            return
        self._read_out(-1)
        true, act = {
            PROBLEMS: (tr("Nothing is wrong with the list."), tr("Every row can be taken in.")),
            NOTICES: (tr("There is nothing else to know."), ""),
            CHANGES: (tr("No record that the register has would change."), ""),
        }.get(what, (tr("No row fits."), tr("Press Esc to see all of them.")))
        if self.search.value:
            true, act = tr("Nothing contains {text}.").format(text=iso(self.search.value)), tr("Press Esc to see all.")
        self.empty.tell(true, act)
        self._room.setCurrentIndex(self._room.count() - 1)
