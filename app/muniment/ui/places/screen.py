"""The page of places on the screen: draws what the presenter says, and passes on what is pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Officer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.places.place import FIXED
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Detail, Details, Empty
from muniment.ui.kit.flow import Flow
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.plate import Plate
from muniment.ui.kit.sides import Sided
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.places.panels import PlaceForm, ask_close, ask_name, ask_new_place
from muniment.ui.places.presenter import KIND_NAMES, PlaceCard, PlacesPresenter, PlacesView
from muniment.ui.places.tree import PlaceTree
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import PanelRoom
from muniment.ui.wording import state_mark

SIDE_WIDTH = 460


class PlacesScreen(Sided):
    """The tree, and the place in front with what lies there."""

    changed = Signal()
    """Something was written into the ledger."""
    list_asked = Signal(str)
    """What lies in a place is to be listed in the register."""
    item_asked = Signal(str)
    """A thing that lies there was opened."""
    bind_asked = Signal(str)
    """A code is to be bound to a place."""
    labels_asked = Signal(str)
    """The label of a place is to be printed."""

    def __init__(
        self, presenter: PlacesPresenter, bridge: Bridge, room: PanelRoom, looking: Bridge | None = None
    ) -> None:
        super().__init__(SIDE_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter, self._bridge, self._room = presenter, bridge, room
        self._looking = looking or bridge
        self._view: PlacesView | None = None
        self._card: PlaceCard | None = None
        self._stood = 0
        self.add = Button(tr("Add a place here"), "F2", icon="map-pin")
        self.add.clicked.connect(lambda: self._ask(ask_new_place))
        self.bar = TopBar(tr("Places"), "", self.add)
        self.tree = PlaceTree()
        self.tree.place_chosen.connect(self._chosen)
        self.tree.place_opened.connect(self.list_asked)
        self.message = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.warning = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.message.hide()
        self.warning.hide()
        main = column(self.message, self.warning, (Card((self.tree, 1), flush=True), 1), gap=12)
        self.side = self._side()
        self.setLayout(
            column(self.bar, (holder(row((holder(main), 1), self.side, gap=16, margins=(16, 16, 16, 16))), 1), gap=0)
        )
        self._draw_card(None)
        self.dress()

    def _side(self) -> QWidget:
        self.plate = Plate("", 26, whole=True)
        self.name = Label("", 18, 700, elide=True)
        self.details = Details()
        self.items = DataTable(
            (
                Column(tr("Number"), Cell.CODE, 104),
                Column(tr("Serial"), Cell.CODE, 110, 1),
                Column(tr("State"), Cell.CHIP, 136),
            ),
            name=tr("What lies there"),
        )
        self.items.row_opened.connect(self._open_item)
        self.nothing = Empty("", "")
        self._lying = QStackedWidget()
        self._lying.addWidget(self.items)
        self._lying.addWidget(self.nothing)
        self.list = Button(tr("List in the register"), "F5", Weight.PRIMARY, "table")
        self.rename = Button(tr("Rename"), "F3")
        self.close_it = Button(tr("Close"), "F4")
        self.bind = Button(tr("Bind code"), "F6")
        self.label = Button(tr("Label"), "F11", icon="printer")
        self.list.clicked.connect(lambda: self._tell(self.list_asked))
        self.bind.clicked.connect(lambda: self._tell(self.bind_asked))
        self.label.clicked.connect(lambda: self._tell(self.labels_asked))
        self.rename.clicked.connect(lambda: self._ask(ask_name))
        self.close_it.clicked.connect(lambda: self._ask(ask_close))
        self.nowhere = Empty(tr("No place is in front."), tr("Choose one in the tree, or scan its label."))
        self._place = holder(
            column(
                holder(Flow([self.plate, self.name], gap=10)),
                self.details,
                (self._lying, 1),
                self.list,
                row((self.rename, 1), (self.close_it, 1), gap=theme().between),
                row((self.bind, 1), (self.label, 1), gap=theme().between),
                gap=12,
            )
        )
        return Card(self.nowhere, (self._place, 1))

    @property
    def view(self) -> PlacesView | None:
        """What is drawn now."""
        return self._view

    @property
    def card(self) -> PlaceCard | None:
        """The place in front."""
        return self._card

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._bridge.do(lambda: self._presenter.sit_down(officer), self.draw)

    def page_shown(self) -> None:
        """Read again."""
        self._looking.do(self._presenter.view, self.draw)

    def show_place(self, place: Subject) -> None:
        """Put one place in front, as another page asks for it."""
        self._looking.do(lambda: self._presenter.open(place), self.draw)

    def take_scan(self, scan: Scan) -> bool:
        """Put the place in front whose label it is, or in which the thing lies."""
        self._looking.do(lambda: self._presenter.scanned(scan), self._scanned)
        return True

    def draw(self, view: PlacesView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self.tree.put(view.lines)
        self.bar.tell(iso(tr("{n} places").format(n=f"{len(view.lines):,}")))
        if view.shown is not None:
            self._stood += 1
            self.tree.blockSignals(True)
            self.tree.stand_on(view.shown.line.place)
            self.tree.blockSignals(False)
        elif view.lines and self.tree.place is None:
            self.tree.stand_on(view.lines[0].place)
        self.message.setText(spoken(view.told) if view.told else "")
        self.message.setVisible(view.told is not None)
        self.warning.setText("\n".join(spoken(warning) for warning in view.warnings))
        self.warning.setVisible(bool(view.warnings))
        self._draw_card(view.shown)

    def _draw_card(self, card: PlaceCard | None) -> None:
        self._card = card
        self.nowhere.setVisible(card is None)
        self._place.setVisible(card is not None)
        if card is None:
            self.add.forbid(tr("Choose a place"))
            return
        line = card.line
        self.plate.show_serial(line.code)
        self.name.setText(iso(line.name) if line.name != line.code else spoken(KIND_NAMES[line.kind]))
        details = [
            Detail(tr("Kind"), spoken(KIND_NAMES[line.kind])),
            Detail(tr("Lies in"), " / ".join(card.path), code=True),
            Detail(
                tr("Things"),
                tr("{here} here, {all} in all").format(here=iso(f"{line.here:,}"), all=iso(f"{line.in_all:,}")),
            ),
        ]
        self.details.show_details([detail for detail in details if detail.value])
        self.items.put(FixedRows([(item.register_no, item.serial, state_mark(item)) for item in card.items]))
        self._lying.setCurrentIndex(0 if card.items else 1)
        if line.in_all:
            self.nothing.tell(tr("{n} things lie there.").format(n=iso(f"{line.in_all:,}")), tr("List them with F5."))
        else:
            self.nothing.tell(tr("Nothing lies there."), tr("Move things there at the desk: F4, then scan its label."))
        self._allow(self.add, bool(line.may_hold), tr("Nothing lies in a slot"))
        self._allow(self.list, line.in_all > 0, tr("Nothing lies there"))
        self._allow(self.close_it, line.kind not in FIXED, tr("Always open"))

    @staticmethod
    def _allow(button: Button, allowed: bool, why: str) -> None:
        button.allow() if allowed else button.forbid(why)

    def _chosen(self, place: str) -> None:
        view = self._view
        if view is None:
            return
        self._stood += 1
        stood, lines = self._stood, view.lines

        def read() -> PlaceCard | None:
            return self._presenter.card(Subject(place), lines) if stood == self._stood else None

        def then(card: PlaceCard | None) -> None:
            if stood == self._stood:
                self._draw_card(card)

        self._looking.do(read, then)

    def _scanned(self, view: PlacesView | None) -> None:
        if view is not None:
            self.draw(view)
            return
        self.message.hide()
        self.warning.setText(tr("This code is neither a place nor anything that lies in one."))
        self.warning.show()

    def _tell(self, signal: SignalInstance) -> None:
        if self._card is not None:
            signal.emit(str(self._card.line.place))

    def _ask(self, ask: Callable[..., PlaceForm]) -> None:
        if self._card is not None:
            ask(self._room, self._presenter, self._bridge, self._card.line, self._did)

    def _did(self, view: PlacesView) -> None:
        self.draw(view)
        self.changed.emit()

    def _open_item(self, number: int) -> None:
        if self._card is not None and 0 <= number < len(self._card.items):
            self.item_asked.emit(str(self._card.items[number].subject))
