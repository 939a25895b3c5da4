"""The register on the screen: draws what the presenter lists, page by page, and never waits for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.ports.views import ItemState, Order
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table_model import FixedRows
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.register.filters import Filters
from muniment.ui.register.find_field import FindField
from muniment.ui.register.presenter import (
    Asked,
    Found,
    ItemView,
    LineTotal,
    Listing,
    RegisterPresenter,
    RowView,
)
from muniment.ui.register.rows import PAGE, ArrivingRows
from muniment.ui.register.side import Side
from muniment.ui.register.tables import lines_table, weapons_table
from muniment.ui.register.wording import foot_of, hit_in, row_of, total_row
from muniment.ui.shell.page import Offer
from muniment.ui.speech import iso, spoken, tr

SIDE_WIDTH = 372
PREPARE_MS = 60
"""The pause between two parts of the search index, so that nothing else has to wait for it."""

LINES = "lines"
"""The name of the filter for quantities without serials."""

_STATES = (ItemState.ALL, ItemState.IN_STORE, ItemState.ISSUED, ItemState.OVERDUE, ItemState.QUARANTINED)


class RegisterScreen(QWidget):
    """Filters, a table of any length, a field that searches as it is typed into, and the item stood on.

    Give it a bridge of its own where the register allows reading beside writing: then a long list never delays a scan
    at the hatch.
    """

    record_asked = Signal(str)
    """The subject whose record is to be opened."""
    issue_asked = Signal(str)
    """The subject of an item to be handed out at the hatch."""
    return_asked = Signal(str)
    """The subject of an item to be taken back at the hatch."""
    history_asked = Signal(str)
    """The subject whose history is to be printed."""
    identify_asked = Signal(str)
    """The line of which one is to be identified."""
    kits_asked = Signal()
    """The page of kits is to be shown."""
    new_asked = Signal()
    """A weapon is to be taken into the register."""

    def __init__(self, presenter: RegisterPresenter, bridge: Bridge, depot: str = "") -> None:
        super().__init__()
        self._presenter, self._bridge = presenter, bridge
        self._asked, self._ticket, self._stood_on = Asked(), 0, 0
        self._listing: Listing | None = None
        self._totals: tuple[LineTotal, ...] = ()
        self._rows: ArrivingRows | None = None
        self._item: Subject | None = None
        self.search = FindField()
        self.search.changed.connect(self._typed)
        self.search.down.connect(self._to_table)
        self.search.left.connect(lambda: self.take_key("Esc"))
        self.new = Button(tr("New weapon"), "Ctrl+N")
        self.new.clicked.connect(self.new_asked)
        self.kits = Button(tr("Kits"), "F7")
        self.kits.clicked.connect(self.kits_asked)
        self.top = TopBar(tr("Register"), depot, self.search, self.kits, self.new)
        self.filters = Filters(
            (
                (ItemState.ALL, tr("All")),
                (ItemState.IN_STORE, tr("In store")),
                (ItemState.ISSUED, tr("Issued")),
                (ItemState.OVERDUE, tr("Overdue")),
                (ItemState.QUARANTINED, tr("Quarantined")),
                (LINES, tr("Without serials")),
            )
        )
        self.filters.chosen.connect(self._filtered)
        self.table = weapons_table()
        self.table.order_asked.connect(self._ordered)
        self.table.row_chosen.connect(self._stood)
        self.side = Side()
        self.table.row_opened.connect(self._opened)
        self.table.show_order(Order.REGISTER_NO, False)
        self.lines = lines_table()
        self.lines.row_chosen.connect(self._line_stood)
        self.lines.row_opened.connect(lambda _: self.side.line.table.setFocus())
        self._empty = Empty(tr("The register is empty."), "")
        self._room = QStackedWidget()
        for widget in (
            self.table,
            self.lines,
            holder(row(STRETCH, (self._empty, 3), STRETCH, margins=(24, 24, 24, 24))),
        ):
            self._room.addWidget(widget)
        self._foot = Label("", 13, 400, Ink.QUIET, elide=True)
        self._says = Label("", 14, 600, State.OVERDUE, wrap=True)
        self._says.hide()
        self.progress = Label("", 13, 500, Ink.QUIET, end=True)
        self.progress.hide()
        foot = holder(row((self._foot, 1), self.progress, margins=(12, 6, 12, 4)))
        self.side.item.record_asked.connect(self.record_asked)
        self.side.item.issue_asked.connect(self.issue_asked)
        self.side.item.return_asked.connect(self.return_asked)
        self.side.item.history_asked.connect(self.history_asked)
        self.side.line.identify_asked.connect(self.identify_asked)
        main = column(self.filters, self._says, (Card((self._room, 1), foot, flush=True), 1), gap=12)
        body = row((holder(main), 1), self.side, gap=16, margins=(16, 16, 16, 16))
        self.setLayout(column(self.top, (holder(body), 1), gap=0))
        self._preparing = QTimer(self, singleShot=True, interval=PREPARE_MS)
        self._preparing.timeout.connect(lambda: self._bridge.do(self._presenter.prepare, self._prepared))
        self.dress()

    @property
    def listing(self) -> Listing | None:
        """What is listed now."""
        return self._listing

    def page_shown(self) -> None:
        """Read again what is shown, staying on the item stood on."""
        self.refresh()
        self._preparing.start()

    def refresh(self) -> None:
        """Read again; call it when something was written into the ledger while the page is in front."""
        if self.filters.holding == LINES:
            self._bridge.do(self._presenter.lines, self._draw_lines)
            self._bridge.do(self._presenter.counts, self._draw_counts)
        else:
            self._list(self._asked, keep=True)

    def take_scan(self, scan: Scan) -> bool:
        """Find what was scanned, wherever the focus is."""
        self._bridge.do(lambda: self._presenter.scanned(scan), self._draw_found)
        return True

    def take_key(self, key: str) -> bool:
        """F9 begins to search; Esc ends the search, then the narrowing."""
        if key == "F9":
            self.search.take_focus()
            return True
        if key == "Esc" and self.search.value:
            self.search.write("")
            self.table.setFocus()
            return True
        if key == "Esc" and self._asked.below:
            self._list(replace(self._asked, below=None))
            self.table.setFocus()
            return True
        return False

    def offers(self) -> Sequence[Offer]:
        """A weapon is taken in from anywhere."""
        return [Offer(tr("New weapon"), self.new_asked.emit, tr("Take a weapon into the register"))]

    def list_state(self, state: ItemState) -> None:
        """List a state, as a tile of another page asks for it."""
        self._begin_with(Asked(state))

    def list_below(self, place_or_person: Subject) -> None:
        """List what lies in a place or is with a person."""
        self._begin_with(Asked(below=place_or_person))

    def list_text(self, text: str) -> None:
        """List what a text finds, such as a make and model."""
        self._begin_with(Asked(text=text))

    def show_item(self, item: Subject) -> None:
        """List an item by its register number, and show it at the side."""
        self._bridge.do(lambda: self._presenter.item(item), self._show_found)

    def _begin_with(self, asked: Asked, item: Subject | None = None) -> None:
        """List something else than before, standing on an item; what was typed was about what was listed before."""
        self.filters.hold(asked.state if asked.state in _STATES else ItemState.ALL)
        self.search.put(asked.text)
        self._item = item
        self._list(asked, keep=item is not None)

    def list_lines(self) -> None:
        """List the quantities without serials."""
        self.filters.hold(LINES)
        self._filtered(LINES)

    def _typed(self, text: str) -> None:
        if self.filters.holding == LINES:
            self.filters.hold(ItemState.ALL)
            self._asked = replace(self._asked, state=ItemState.ALL)
        self._list(replace(self._asked, text=text))

    def _filtered(self, name: str) -> None:
        if name == LINES:
            self._ticket += 1
            self._bridge.do(self._presenter.lines, self._draw_lines)
        else:
            self._list(replace(self._asked, state=ItemState(name)))

    def _ordered(self, sort: str, descending: bool) -> None:
        self._list(replace(self._asked, order=Order(sort), descending=descending))

    def _list(self, asked: Asked, *, keep: bool = False) -> None:
        """Have it listed; whatever was asked before is not drawn any more, and not even read if it still waits."""
        self._asked = asked
        self._says.hide()
        self._ticket += 1
        ticket, stand = self._ticket, self._item if keep else None

        def read() -> Listing | None:
            return self._presenter.listing(asked, stand) if ticket == self._ticket else None

        def then(listing: Listing | None) -> None:
            if listing is not None and ticket == self._ticket:
                self._draw(listing, keep=keep)

        self._bridge.do(read, then)

    def _draw(self, listing: Listing, *, keep: bool) -> None:
        self._listing = listing
        rows = ArrivingRows(listing.count, lambda page: self._fetch(listing, rows, page))
        self._rows = rows
        if not keep:
            self._item = None
            self.side.item.clear()
        self.table.put(rows, hit=hit_in(listing.asked))
        self.table.show_order(listing.asked.order, listing.asked.descending)
        self.filters.tell({**{state: listing.counts[state] for state in _STATES}, LINES: listing.to_identify})
        found, of = iso(f"{listing.fitting:,}"), iso(f"{listing.all_weapons:,}")
        narrowed = listing.asked.searches or listing.asked.below is not None
        self.search.tell(tr("{found} of {all}").format(found=found, all=of) if narrowed else of)
        self._foot.setText(foot_of(listing))
        self.side.setCurrentWidget(self.side.item)
        if listing.count:
            self._room.setCurrentWidget(self.table)
        else:
            self._teach(listing)
        if listing.stand >= 0:
            self.table.choose(listing.stand)
        elif keep and self._item is not None:
            self._read_again(self._item)
        elif listing.count == 1 or (self.table.hasFocus() and listing.count):
            self.table.choose(0)

    def _teach(self, listing: Listing) -> None:
        """Say what is true of an empty list, and the next act."""
        if listing.asked.searches:
            self._empty.tell(
                tr("Nothing is called {text}.").format(text=iso(listing.asked.text.strip())),
                tr("Type less of it, compare it with the metal, or press Esc."),
            )
        elif not listing.all_weapons:
            self._empty.tell(
                tr("No weapon is in the register yet."),
                tr("Take the first one in with Ctrl+N, or read a list in."),
            )
        else:
            self._empty.tell(tr("No weapon is listed here."), tr("Choose another filter above."))
        self._room.setCurrentIndex(2)

    def _fetch(self, listing: Listing, rows: ArrivingRows, page: int) -> None:
        """Have a page read for rows that are looked at; one that is not wanted any more is skipped."""

        def read() -> tuple[RowView | None, ...] | None:
            if rows is not self._rows or not rows.wants(page):
                return None
            return self._presenter.rows(listing, page * PAGE, PAGE)

        def then(views: tuple[RowView | None, ...] | None) -> None:
            if views is None or rows is not self._rows:
                return
            rows.arrive(page, [row_of(view) for view in views])
            model = self.table.model()
            last = min((page + 1) * PAGE, listing.count) - 1
            model.dataChanged.emit(model.index(page * PAGE, 0), model.index(last, model.columnCount() - 1))

        self._bridge.do(read, then)

    def _stood(self, number: int) -> None:
        """Show the item of the row stood on, read together with its custody."""
        listing = self._listing
        if listing is None or number < 0:
            return
        self._stood_on += 1
        stood = self._stood_on

        def read() -> ItemView | None:
            if stood != self._stood_on:
                return None
            views = self._presenter.rows(listing, number, 1)
            return self._presenter.item(views[0].item.subject) if views and views[0] else None

        self._bridge.do(read, lambda view: self._draw_item(view) if stood == self._stood_on else None)

    def _opened(self, number: int) -> None:
        """Open the record of a row, whether or not its item has come to the side yet."""
        listing = self._listing
        if listing is None:
            return

        def read() -> str:
            views = self._presenter.rows(listing, number, 1)
            return views[0].item.subject if views and views[0] else ""

        self._bridge.do(read, lambda subject: self.record_asked.emit(subject) if subject else None)

    def _draw_item(self, view: ItemView | None) -> None:
        if view is not None:
            self._item = view.item.subject
            self.side.item.show_item(view)
            self.side.setCurrentWidget(self.side.item)

    def _read_again(self, item: Subject) -> None:
        """Show how an item stands now that is not listed any more."""
        self._stood_on += 1
        stood = self._stood_on
        self._bridge.do(
            lambda: self._presenter.item(item), lambda view: self._draw_item(view) if stood == self._stood_on else None
        )

    def _show_found(self, view: ItemView | None) -> None:
        """List only this item, so that everything on the page is about it."""
        if view is None:
            return
        self._begin_with(Asked(text=view.item.register_no), view.item.subject)
        self._stood_on += 1
        self._draw_item(view)

    def _draw_found(self, found: Found) -> None:
        if found.says is not None:
            self._says.setText(spoken(found.says))
            self._says.show()
        elif found.below is not None:
            self.list_below(found.below)
        else:
            self._show_found(found.item)

    def _draw_counts(self, counts: Mapping[ItemState, int]) -> None:
        self.filters.tell({state: counts[state] for state in _STATES})

    def _draw_lines(self, totals: tuple[LineTotal, ...]) -> None:
        if self.filters.holding != LINES:
            return
        self._totals = totals
        here = self.lines.chosen
        self.lines.put(FixedRows([total_row(total) for total in totals]))
        left = sum(total.left for total in totals)
        self.filters.tell({LINES: left})
        self._foot.setText(tr("{n} still to identify").format(n=iso(f"{left:,}")))
        self.side.setCurrentWidget(self.side.line)
        if totals:
            self._room.setCurrentWidget(self.lines)
            self.lines.choose(max(0, min(here, len(totals) - 1)))
        else:
            self._empty.tell(
                tr("Every weapon in the register has its own record."),
                tr("Quantities without serials come in with a list, and are worked off here one by one."),
            )
            self._room.setCurrentIndex(2)
            self.side.line.show_total(None)

    def _line_stood(self, number: int) -> None:
        if 0 <= number < len(self._totals):
            self.side.line.show_total(self._totals[number])

    def _to_table(self) -> None:
        if self.filters.holding == LINES:
            self.lines.setFocus()
        elif self._listing is not None and self._listing.count:
            self.table.setFocus()
            if self.table.chosen < 0:
                self.table.choose(0)

    def _prepared(self, done: float) -> None:
        """Tell how far the search index is, and go on a moment later."""
        self.progress.setVisible(done < 1)
        self.progress.setText(tr("Search is being made quicker: {n} %").format(n=iso(str(int(done * 100)))))
        if done < 1 and self.isVisible():
            self._preparing.start()

    def dress(self) -> None:
        """Take the width of the side from the theme."""
        self.side.setFixedWidth(theme().px(SIDE_WIDTH))
