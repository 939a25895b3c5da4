"""Today on the screen: tiles, what waits oldest first, and the stock by type."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from muniment.desk.waiting import WaitingThing
from muniment.ports.views import ItemState
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows
from muniment.ui.kit.tally import LimitBar, Tally
from muniment.ui.kit.tokens import State
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.today.presenter import TodayPresenter, TodayView
from muniment.ui.wording import WAITING_STATES, local_time

TILES = (ItemState.IN_STORE, ItemState.ISSUED, ItemState.OVERDUE, ItemState.QUARANTINED)


class TodayScreen(QWidget):
    """The first page of the day."""

    state_asked = Signal(str)
    """A tile was pressed: weapons of this state are to be listed."""
    lines_asked = Signal()
    """The quantities without serials are to be listed."""
    waiting_asked = Signal(object)
    """A thing that waits was chosen."""

    def __init__(self, presenter: TodayPresenter, bridge: Bridge, depot: str) -> None:
        super().__init__()
        self._presenter, self._bridge = presenter, bridge
        self._things: tuple[WaitingThing, ...] = ()
        self.tiles = {
            ItemState.IN_STORE: Tally("", tr("In store"), state=State.IN_STORE),
            ItemState.ISSUED: Tally("", tr("Issued"), state=State.ISSUED),
            ItemState.OVERDUE: Tally("", tr("Overdue"), state=State.OVERDUE),
            ItemState.QUARANTINED: Tally("", tr("Quarantined"), state=State.QUARANTINED),
        }
        for state, tile in self.tiles.items():
            tile.chosen.connect(lambda state=state: self.state_asked.emit(state.value))
        self.lines = Tally("", tr("To identify"), state=State.STRANGER)
        self.lines.chosen.connect(self.lines_asked)
        self.facts = Tally("", tr("Facts in the ledger"))
        self.waiting = DataTable(
            (
                Column(tr("What waits"), Cell.CHIP, 320, 3),
                Column(tr("Since"), Cell.CODE, 172),
            ),
            name=tr("What waits for a decision"),
        )
        self.waiting.row_opened.connect(self._opened)
        nothing = Empty(tr("Nothing waits. Ready for inspection."), tr("Go to the desk with Alt+2 and scan a badge."))
        self._room = QStackedWidget()
        self._room.addWidget(self.waiting)
        self._room.addWidget(holder(row((nothing, 1), margins=(12, 12, 12, 12))))
        self.waits = Card(self._room, title=tr("Waits for a decision"), note=tr("Oldest first"), flush=True)
        self._stock = QGridLayout()
        self._stock.setHorizontalSpacing(12)
        self._stock.setVerticalSpacing(10)
        self._stock.setColumnStretch(1, 1)
        stock = Card(holder(column(self._stock, STRETCH)), title=tr("Weapons by type"))
        tiles = row(*((tile, 1) for tile in self.tiles.values()), (self.lines, 1), (self.facts, 1), gap=12)
        below = row((self.waits, 3), (stock, 2), gap=16)
        body = column(tiles, (below, 1), gap=16, margins=(16, 16, 16, 16))
        self.setLayout(column(TopBar(tr("Today"), depot), (holder(body), 1), gap=0))

    def page_shown(self) -> None:
        """Read again."""
        self._bridge.do(self._presenter.view, self.draw)

    def draw(self, view: TodayView) -> None:
        """Show the figures."""
        for state, tile in self.tiles.items():
            tile.tell(f"{view.counts[state]:,}", waits=state is ItemState.OVERDUE and view.counts[state] > 0)
        self.lines.tell(f"{view.to_identify:,}")
        self.facts.tell(f"{view.facts:,}")
        self._things = view.waits.things
        rows = [(Mark(WAITING_STATES[t.awaits], spoken(t.says)), local_time(t.since)) for t in self._things]
        self.waiting.put(FixedRows(rows))
        self._room.setCurrentIndex(0 if rows else 1)
        left_out = view.waits.left_out
        more = tr("Oldest first, and {n} more").format(n=iso(f"{left_out:,}"))
        self.waits.note(more if left_out else tr("Oldest first"))
        while (old := self._stock.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        most = max((share.count for share in view.types), default=1)
        for line, share in enumerate(view.types):
            words = f"{spoken(share.name)}: {share.count}"
            self._stock.addWidget(Label(spoken(share.name), 14, 500, elide=True), line, 0)
            self._stock.addWidget(LimitBar(share.count, most, most, words), line, 1)
            self._stock.addWidget(Label(iso(f"{share.count:,}"), 14, 600, end=True), line, 2)

    def _opened(self, nth: int) -> None:
        if 0 <= nth < len(self._things):
            self.waiting_asked.emit(self._things[nth])
