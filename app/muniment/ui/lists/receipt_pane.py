"""What taking a list in came to, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from muniment.domain.stock.taxonomy import weapon_types
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.flow import Flow
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows
from muniment.ui.lists.field_names import OUTCOMES_PAST, kind_name
from muniment.ui.lists.preview_pane import TotalTiles
from muniment.ui.lists.taking_in import TakenIn
from muniment.ui.speech import iso, spoken, tr


class ReceiptPane(QWidget):
    """The number of the batch, the totals, the items by type, and the ways on."""

    print_asked = Signal(str)
    decide_asked = Signal()
    worklist_asked = Signal()
    next_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._batch = ""
        self.title = Label("", 20, 700, wrap=True)
        self.totals = TotalTiles(dict(OUTCOMES_PAST))
        self.types = DataTable(
            (
                Column(tr("Type"), Cell.CODE, 90),
                Column(tr("What"), Cell.STRONG, 240, 3),
                Column(tr("How many"), Cell.NUMBER, 110),
            ),
            name=tr("What was registered"),
        )
        self.kinds = Card((self.types, 1), title=tr("By type"), flush=True)
        self.nothing = Card(
            Empty(tr("It is in the register."), tr("The list of imports keeps the file, its hash and the totals."))
        )
        self.nothing.hide()
        self.next = Button(tr("Next list"), "Enter", Weight.PRIMARY, "file-text")
        self.paper = Button(tr("Print receipt"), "F11", icon="printer")
        self.decide = Button(tr("Decide"), "Ctrl+D", icon="help-octagon")
        self.worklist = Button(tr("Worklist"), "Ctrl+W", icon="list-check")
        self.next.clicked.connect(self.next_asked)
        self.paper.clicked.connect(lambda: self.print_asked.emit(self._batch))
        self.decide.clicked.connect(self.decide_asked)
        self.worklist.clicked.connect(self.worklist_asked)
        self.setLayout(
            column(
                self.title,
                self.totals,
                (self.kinds, 1),
                (self.nothing, 1),
                Flow((self.next, self.paper, self.decide, self.worklist)),
                gap=12,
            )
        )

    def draw(self, taken: TakenIn, list_name: str) -> None:
        """Show what was taken in."""
        self._batch = taken.batch_no
        plan = taken.plan
        words = tr("{batch}: “{name}” is in the register. {kind}.")
        kind = spoken(kind_name(plan.source.kind))
        self.title.setText(words.format(batch=iso(taken.batch_no), name=iso(list_name), kind=kind))
        self.totals.tell(plan.totals)
        known = weapon_types()
        rows = [
            (code, spoken(known[code].name), iso(f"{quantity:,}"))
            for code, quantity in sorted(plan.by_type.items())
            if code in known
        ]
        self.types.put(FixedRows(rows))
        self.kinds.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.decide.setVisible(plan.totals.rows.get("for_decision", 0) > 0)
        self.worklist.setVisible(plan.source.kind in ("weapons", "holdings"))
