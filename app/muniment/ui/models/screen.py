"""The page of the catalogue on the screen: draws what the presenter says, and passes on what is pressed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Officer
from muniment.desk.models import ListedModel, Proposal
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.stock.component_kinds import COMPONENT_NAMES
from muniment.domain.stock.model import Model
from muniment.domain.stock.taxonomy import weapon_type
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button, Weight
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
from muniment.ui.models.list_panel import ListPanel, ask_list
from muniment.ui.models.panels import ask_alias, ask_change, ask_entry, ask_retire
from muniment.ui.models.presenter import ModelsPresenter, ModelsView, ReadAgain, Written
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import PanelRoom
from muniment.ui.wording import local_time

SIDE_WIDTH = 460


class ModelsScreen(Sided):
    """The entries, or what the register bears beside them, and the one in front."""

    changed = Signal()
    """Something was written into the ledger."""
    list_asked = Signal(str)
    """Weapons of a make and model are to be listed in the register."""

    def __init__(
        self, presenter: ModelsPresenter, bridge: Bridge, room: PanelRoom, looking: Bridge | None = None
    ) -> None:
        super().__init__(SIDE_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter, self._bridge, self._room = presenter, bridge, room
        self._looking = looking or bridge
        self._view: ModelsView | None = None
        self._drawing = False
        self.add = Button(tr("Add a model"), "F2", icon="clipboard-list")
        self.lacking = Button(tr("What it lacks"), "F9", icon="list-check")
        self.list_in = Button(tr("Take a list in"), "F10", icon="file-text")
        self.add.clicked.connect(lambda: self._enter(Written()))
        self.list_in.clicked.connect(self._take_list)
        self.lacking.clicked.connect(self._turn)
        self.bar = TopBar(tr("Catalogue"), "", self.lacking, self.list_in, self.add)
        self.table = self._table(tr("Catalogue"), tr("State"), Cell.CHIP)
        self.proposals = self._table(tr("What the catalogue lacks"), tr("Near"), Cell.TEXT)
        self.empty = Empty("", "")
        self._rows = QStackedWidget()
        for part in (self.table, self.proposals, holder(row((self.empty, 1), margins=(16, 16, 16, 16)))):
            self._rows.addWidget(part)
        self.message = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.warning = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.message.hide()
        self.warning.hide()
        main = column(self.message, self.warning, (Card((self._rows, 1), flush=True), 1), gap=12)
        self.side = self._side()
        body = row((holder(main), 1), self.side, gap=16, margins=(16, 16, 16, 16))
        self.setLayout(column(self.bar, (holder(body), 1), gap=0))
        self.dress()

    def _table(self, name: str, last: str, cell: Cell) -> DataTable:
        table = DataTable(
            (
                Column(tr("Model"), Cell.TWO_LINES, 190, 3),
                Column(tr("Calibres"), Cell.TEXT, 120, 2, spare=1),
                Column(tr("Weapons"), Cell.NUMBER, 92),
                Column(last, cell, 128, 0 if cell is Cell.CHIP else 2),
            ),
            name=name,
            tall=True,
        )
        table.row_chosen.connect(self._chosen)
        return table

    def _side(self) -> QWidget:
        self.plate = Plate("", 22)
        self.name = Label("", 18, 700, wrap=True)
        self.details = Details()
        self.list = Button(tr("List in the register"), "F5", icon="table")
        self.change = Button(tr("Change"), "F3")
        self.retire = Button(tr("Retire"), "F4")
        self.enter = Button(tr("Enter it in the catalogue"), "F6", Weight.PRIMARY, "check")
        self.alias = Button(tr("It is another name of an entry"), "F7", icon="tag")
        self.list.clicked.connect(self._list)
        self.change.clicked.connect(self._change)
        self.retire.clicked.connect(self._retire)
        self.enter.clicked.connect(self._enter_proposed)
        self.alias.clicked.connect(self._alias)
        self.nothing = Empty(tr("No model is in front."), tr("Choose one, or scan a weapon of it."))
        self._keeping = holder(row((self.change, 1), (self.retire, 1), gap=theme().between))
        self._proposing = holder(column(self.enter, self.alias, gap=theme().between))
        self._model = holder(
            column(
                row(self.plate, STRETCH),
                self.name,
                self.details,
                STRETCH,
                self._proposing,
                self.list,
                self._keeping,
                gap=12,
            )
        )
        self._model.hide()
        return Card(self.nothing, (self._model, 1))

    @property
    def view(self) -> ModelsView | None:
        """What is drawn now."""
        return self._view

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._do(lambda: self._presenter.sit_down(officer))

    def page_shown(self) -> None:
        """Read again."""
        self._do(self._presenter.view)

    def show_model(self, entry: Subject) -> None:
        """Put an entry in front, as another page leads to it."""
        self._do(lambda: self._presenter.open(entry))

    def take_scan(self, scan: Scan) -> bool:
        """Show the entry of a scanned weapon."""
        self._do(lambda: self._presenter.scanned(scan))
        return True

    def _do(self, work: Callable[[], ModelsView]) -> None:
        self._looking.do(work, self.draw)

    def draw(self, view: ModelsView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self._drawing = True
        in_use = sum(not one.entry.retired for one in view.lines)
        lacking = tr("{n} not in it").format(n=len(view.lacking)) if view.lacking else tr("nothing is lacking")
        self.bar.tell(iso(f"{tr('{n} models').format(n=in_use)} · {lacking}"))
        self.lacking.reword(tr("The entries") if view.lacks else tr("What it lacks"))
        self.table.put(FixedRows([_entry_row(one) for one in view.lines]))
        self.proposals.put(FixedRows([_proposal_row(one) for one in view.lacking]))
        self._stand_on(view)
        self._drawing = False
        self._draw_empty(view)
        self.message.setText(spoken(view.told) if view.told else "")
        self.message.setVisible(view.told is not None)
        self.warning.setText("\n".join(spoken(warning) for warning in view.warnings))
        self.warning.setVisible(bool(view.warnings))
        self._draw_side(view)

    def _stand_on(self, view: ModelsView) -> None:
        if view.shown is not None and not view.lacks:
            self.table.choose(view.lines.index(view.shown))
        if view.proposed is not None and view.lacks:
            self.proposals.choose(view.lacking.index(view.proposed))

    def _draw_empty(self, view: ModelsView) -> None:
        if view.lacks:
            self.empty.tell(tr("The catalogue has every make and model of the register."))
        else:
            act = tr("Press F9 to make entries of what the register bears, F10 to take a list in, or F2 to write one.")
            self.empty.tell(tr("The catalogue is empty."), act)
        filled = view.lacking if view.lacks else view.lines
        self._rows.setCurrentIndex((1 if view.lacks else 0) if filled else 2)

    def _draw_side(self, view: ModelsView) -> None:
        model = view.proposed.model if view.proposed else view.shown.entry.model if view.shown else None
        self.nothing.setVisible(model is None)
        self._model.setVisible(model is not None)
        self._proposing.setVisible(view.proposed is not None)
        self._keeping.setVisible(view.shown is not None)
        if model is None:
            return
        self.plate.setVisible(view.shown is not None)
        self.plate.show_serial(view.shown.entry.number if view.shown else "")
        self.name.setText(iso(str(model.name)))
        weapons = view.proposed.weapons if view.proposed else view.shown.weapons if view.shown else 0
        details = [*_details(model), Detail(tr("Weapons"), f"{weapons:,}")]
        if view.proposed is not None and view.proposed.near:
            details.append(Detail(tr("Near"), ", ".join(iso(str(one)) for one in view.proposed.near)))
        if view.shown is not None and view.facts:
            newest = view.facts[0]
            details.append(Detail(tr("Last"), f"{spoken(newest.what)} · {iso(local_time(newest.at))}"))
        self.details.show_details([one for one in details if one.value])
        self.list.allow() if weapons else self.list.forbid(tr("No weapon of it"))
        retired = view.shown is not None and view.shown.entry.retired
        self.change.reword(tr("Use again") if retired else tr("Change"))
        self.retire.forbid(tr("Retired")) if retired else self.retire.allow()
        entries = any(not one.entry.retired for one in view.lines)
        self.alias.allow() if entries else self.alias.forbid(tr("There is no entry yet"))

    def _chosen(self, number: int) -> None:
        view = self._view
        if self._drawing or view is None:
            return
        if view.lacks and 0 <= number < len(view.lacking):
            name = view.lacking[number].model.name
            if view.proposed is None or view.proposed.model.name != name:
                self._do(lambda: self._presenter.propose(name))
        elif not view.lacks and 0 <= number < len(view.lines):
            entry = view.lines[number].entry.subject
            if view.shown is None or view.shown.entry.subject != entry:
                self._do(lambda: self._presenter.open(entry))

    def _turn(self) -> None:
        lacks = self._view is not None and self._view.lacks
        self._do(lambda: self._presenter.listed(lacks=not lacks))

    def _enter(self, begins: Written) -> ActForm[ReadAgain]:
        return ask_entry(self._room, self._presenter, self._bridge, begins, self._did)

    def _take_list(self) -> ListPanel:
        return ask_list(self._room, self._presenter, self._bridge, Path(QDir.homePath()), self._did)

    def _enter_proposed(self) -> None:
        if self._view is not None and self._view.proposed is not None:
            self._enter(Written.of(self._view.proposed.model))

    def _alias(self) -> None:
        view = self._view
        if view is not None and view.proposed is not None:
            in_use = [one.entry for one in view.lines if not one.entry.retired]
            near = [one for one in view.proposed.near if one in in_use]
            others = [one for one in in_use if one not in near]
            ask_alias(self._room, self._presenter, self._bridge, view.proposed.model.name, near, others, self._did)

    def _change(self) -> None:
        if self._view is not None and self._view.shown is not None:
            ask_change(self._room, self._presenter, self._bridge, self._view.shown.entry, self._did)

    def _retire(self) -> None:
        if self._view is not None and self._view.shown is not None:
            ask_retire(self._room, self._presenter, self._bridge, self._view.shown.entry, self._did)

    def _list(self) -> None:
        view = self._view
        model = (
            None if view is None else view.proposed.model if view.proposed else view.shown and view.shown.entry.model
        )
        if model:
            self.list_asked.emit(str(model.name))

    def _did(self, read: ReadAgain) -> None:
        self._do(read)
        self.changed.emit()


def _calibres(model: Model) -> str:
    return ", ".join(iso(one.text) for one in sorted(model.calibres, key=lambda one: not one.primary))


def _entry_row(listed: ListedModel) -> Row:
    entry = listed.entry
    below = f"{iso(entry.number)} · {spoken(weapon_type(entry.model.type_code).name)}"
    mark = Mark(State.DESTROYED, tr("Retired")) if entry.retired else Mark(State.ACCEPTED, tr("In use"))
    return Lines(iso(str(entry.model.name)), below), _calibres(entry.model), f"{listed.weapons:,}", mark


def _proposal_row(proposal: Proposal) -> Row:
    model = proposal.model
    near = ", ".join(iso(str(one)) for one in proposal.near)
    return (
        Lines(iso(str(model.name)), spoken(weapon_type(model.type_code).name)),
        _calibres(model),
        f"{proposal.weapons:,}",
        near,
    )


def _details(model: Model) -> list[Detail]:
    numbered = ", ".join(spoken(COMPONENT_NAMES[kind]) for kind in model.numbered)
    return [
        Detail(tr("Type"), spoken(weapon_type(model.type_code).name)),
        Detail(tr("Calibres"), _calibres(model)),
        Detail(tr("Country"), iso(model.country or model.historic_country)),
        Detail(tr("Modular"), tr("yes") if model.modular else ""),
        Detail(tr("Numbered"), numbered),
        Detail(tr("In other lists"), ", ".join(iso(str(one)) for one in model.aliases)),
        Detail(tr("Note"), iso(model.note)),
    ]
