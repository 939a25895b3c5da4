"""The side of the register page: one item with its custody, or one quantity without serials."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card
from muniment.ui.kit.item_card import ItemCard
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows
from muniment.ui.kit.theme import theme
from muniment.ui.kit.timeline import Timeline
from muniment.ui.register.presenter import ItemView, LineTotal, LineView
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import event_of, item_of


class ItemSide(QWidget):
    """The item stood on: its card, its custody, and what can be done with it elsewhere."""

    record_asked = Signal(str)
    issue_asked = Signal(str)
    return_asked = Signal(str)
    history_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._subject = ""
        self.card = ItemCard(
            tr("Nothing chosen."),
            tr("Choose a row, type a part of a number, or scan anything."),
            plate=26,
            low=True,
            picture=112,
        )
        self.timeline = Timeline(name=tr("Custody"))
        self.custody = Card(self.timeline, title=tr("Custody"), gap=8)
        self.issue = Button(tr("Issue"), "F2", Weight.PRIMARY)
        self.take_back = Button(tr("Return"), "F3", Weight.PRIMARY)
        self.record = Button(tr("Record"), "F5")
        self.history = Button(tr("History"), "F11")
        for button, signal in (
            (self.record, self.record_asked),
            (self.issue, self.issue_asked),
            (self.take_back, self.return_asked),
            (self.history, self.history_asked),
        ):
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self._subject))
        self._acts = holder(
            column(
                row((self.issue, 1), (self.take_back, 1)), row((self.record, 1), (self.history, 1)), gap=theme().between
            )
        )
        self.setLayout(column(self.card, (self.custody, 1), self._acts, gap=8))
        self.clear()

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._subject = ""
        self.card.clear()
        self.custody.setVisible(False)
        self._acts.setVisible(False)

    def show_item(self, view: ItemView) -> None:
        """Show an item."""
        self._subject = view.item.subject
        self.card.show_item(item_of(view.item))
        self.timeline.show_events([event_of(line) for line in view.custody])
        count = tr("{shown} of {all} facts").format(shown=len(view.custody), all=view.custody_total)
        self.custody.note(iso(count))
        self.issue.setVisible(view.may_be_issued)
        self.take_back.setVisible(view.may_be_returned)
        self.custody.setVisible(True)
        self._acts.setVisible(True)


class LineSide(QWidget):
    """One type and calibre without serials: where the quantities lie, and the way to identify one."""

    identify_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._total: LineTotal | None = None
        self._says = Label("", 16, 600, wrap=True)
        self._teach = Label(
            tr("Take one in hand and read its number. It gets a record of its own, and the quantity falls by one."),
            14,
            400,
            wrap=True,
        )
        self.table = DataTable(
            (
                Column(tr("Line"), Cell.CODE, 104),
                Column(tr("Place"), Cell.TEXT, 80, 1),
                Column(tr("Left"), Cell.NUMBER, 70),
                Column(tr("Identified"), Cell.NUMBER, 90),
            ),
            name=tr("Quantities"),
        )
        self.identify = Button(tr("Identify one"), "F5", Weight.PRIMARY, "search")
        self.identify.clicked.connect(self._identify)
        self.table.row_opened.connect(lambda _: self._identify())
        self.table.row_chosen.connect(lambda _: self._allow())
        self.setLayout(column(Card(self._says, self._teach), (Card(self.table, flush=True), 1), self.identify, gap=12))

    def show_total(self, total: LineTotal | None) -> None:
        """Show one type and calibre, or that there are none."""
        self._total = total
        self.setVisible(True)
        self._says.setText(spoken(total.says) if total else tr("Nothing without a serial."))
        self._teach.setVisible(total is not None)
        self.table.put(
            FixedRows(
                [
                    (line.register_no, line.place, iso(f"{line.left:,}"), iso(f"{line.identified:,}"))
                    for line in (total.lines if total else ())
                ]
            )
        )
        if total:
            self.table.choose(0)
        self._allow()

    def _allow(self) -> None:
        line = self._line()
        if line is not None and line.left:
            self.identify.allow()
        else:
            self.identify.forbid(tr("Nothing is left on this line"))

    def _line(self) -> LineView | None:
        at = self.table.chosen
        return self._total.lines[at] if self._total is not None and 0 <= at < len(self._total.lines) else None

    def _identify(self) -> None:
        line = self._line()
        if line is not None and line.left:
            self.identify_asked.emit(line.subject)


class Side(QStackedWidget):
    """Which of the two is in front."""

    def __init__(self) -> None:
        super().__init__()
        self.item, self.line = ItemSide(), LineSide()
        self.addWidget(self.item)
        self.addWidget(self.line)
