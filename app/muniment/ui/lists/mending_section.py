"""The worklist on the screen: piles with their counts, the items of one, and the way to each item."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.quality import Concern, Task
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows
from muniment.ui.kit.theme import theme
from muniment.ui.lists.mending import MendingPresenter, MendingView
from muniment.ui.speech import iso, spoken, tr

PILES_WIDTH = 508


class MendingSection(QWidget):
    """Enter on a pile goes to its items, Enter on an item to where it is mended."""

    item_asked = Signal(str)
    """An item is to be shown in the register, by its subject."""
    identify_asked = Signal(str)
    """One weapon of a line is to be identified, by the subject of the line."""
    decide_asked = Signal()
    """The decisions are to be opened."""
    counted = Signal(int)

    def __init__(self, presenter: MendingPresenter, reader: Bridge) -> None:
        super().__init__()
        self._presenter, self._reader = presenter, reader
        self._view = MendingView((), None)
        self._drawing = False
        self._wanted = 0
        self.piles = DataTable(
            (Column(tr("What is lacking"), Cell.STRONG, 260, 1), Column(tr("Items"), Cell.NUMBER, 76)),
            name=tr("Worklist"),
        )
        self.items = DataTable(
            (
                Column(tr("Number"), Cell.CODE, 112),
                Column(tr("Serial"), Cell.CODE, 130, 1),
                Column(tr("What of it"), Cell.TEXT, 200, 3),
            ),
            name=tr("Items to mend"),
        )
        self.title = Label("", 16, 700, wrap=True)
        self.do_now = Label("", 14, 500, Ink.QUIET, wrap=True)
        self.shown_of = Label("", 13, 400, Ink.QUIET)
        self.act = Button(tr("Go to it"), "Enter", Weight.PRIMARY, "arrow-right")
        self.again = Button(tr("Read again"), "Ctrl+R", icon="rotate-2")
        self.empty = Empty(tr("Nothing is left to mend."), tr("Every record has what a tracing request needs."))
        side = Card(
            holder(column(self.title, self.do_now, gap=4, margins=(12, 12, 12, 8))),
            (self.items, 1),
            holder(row(self.act, self.again, STRETCH, self.shown_of, gap=theme().between, margins=(12, 8, 12, 4))),
            flush=True,
        )
        left = Card((self.piles, 1), flush=True)
        left.setFixedWidth(PILES_WIDTH)
        self._pages = QStackedWidget()
        self._pages.addWidget(holder(row(left, (side, 1), gap=16)))
        self._pages.addWidget(Card(holder(row((self.empty, 1), margins=(16, 16, 16, 16)))))
        self.setLayout(column((self._pages, 1), gap=0))
        self.piles.row_chosen.connect(self._pile_chosen)
        self.piles.row_opened.connect(lambda _: self.items.setFocus())
        self.items.row_opened.connect(self._open)
        self.act.clicked.connect(self._act)
        self.again.clicked.connect(self.shown)

    @property
    def view(self) -> MendingView:
        """What is drawn now."""
        return self._view

    def shown(self) -> None:
        """Walk the register again; once is enough while a walk has not begun."""
        self._wanted += 1
        wanted = self._wanted

        def walk() -> MendingView | None:
            return self._presenter.view() if wanted == self._wanted else None

        self._reader.do(walk, lambda view: self.draw(view) if view is not None else None)

    def take_key(self, key: str) -> bool:
        """Esc goes from the items back to the piles."""
        if key == "Esc" and self.items.hasFocus():
            self.piles.setFocus()
            return True
        return False

    def draw(self, view: MendingView) -> None:
        """Show the piles and the items of the one in front."""
        self._drawing = True
        self._view = view
        self._pages.setCurrentIndex(0 if view.piles else 1)
        self.piles.put(FixedRows([(spoken(one.says), iso(f"{one.count:,}")) for one in view.piles]))
        at = next((n for n, one in enumerate(view.piles) if one.task is view.shown), -1)
        if at >= 0:
            self.piles.choose(at)
        self._drawing = False
        self._draw_items()
        self.counted.emit(view.count)

    def _draw_items(self) -> None:
        pile = self._view.pile
        if pile is None:
            return
        here = self.items.chosen
        self.title.setText(spoken(pile.says))
        self.do_now.setText(spoken(pile.do_now))
        rows = [(one.register_no, iso(one.serial), spoken(one.note)) for one in pile.items]
        self.items.put(FixedRows(rows))
        if rows and here >= 0:
            self.items.choose(min(here, len(rows) - 1))
        self.shown_of.setText(
            tr("{shown} of {all}").format(shown=iso(f"{len(rows):,}"), all=iso(f"{pile.count:,}"))
            if pile.count > len(rows)
            else ""
        )
        words = {
            Task.LINE_NOT_WORKED_OFF: tr("Identify one"),
            Task.UNDECIDED: tr("Go to the decisions"),
        }
        self.act.reword(words.get(pile.task, tr("Show it in the register")))

    def _pile_chosen(self, number: int) -> None:
        if self._drawing or not 0 <= number < len(self._view.piles):
            return
        self._view = self._presenter.open(self._view.piles[number].task)
        self._draw_items()

    @property
    def _stood(self) -> Concern | None:
        pile = self._view.pile
        number = max(0, self.items.chosen)
        return pile.items[number] if pile is not None and number < len(pile.items) else None

    def _act(self) -> None:
        if self.piles.hasFocus():
            self.items.setFocus()
        else:
            self._open(self.items.chosen)

    def _open(self, _number: int) -> None:
        pile, one = self._view.pile, self._stood
        if pile is None or one is None:
            return
        if pile.task is Task.UNDECIDED:
            self.decide_asked.emit()
        elif pile.task is Task.LINE_NOT_WORKED_OFF:
            self.identify_asked.emit(one.subject)
        else:
            self.item_asked.emit(one.subject)
