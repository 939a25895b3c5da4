"""The depot's own states on the screen: the axes, and the states and ways of the one in front or in the making."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.domain.custody.own_states import Axis, Blocks, OwnState, Way
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.flow import Flow
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, Row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.own.panels import Asker
from muniment.ui.own.states_presenter import ReadAgain, StatesPresenter, StatesView
from muniment.ui.own.words import BEARER_NAMES, BLOCKS_NAMES, GUARD_NAMES, ROLE_NAMES
from muniment.ui.register.filters import Filters
from muniment.ui.speech import iso, spoken, tr

LIST_WIDTH = 300
_MARKS = {Blocks.NO: State.ACCEPTED, Blocks.UNLESS_OVERRIDDEN: State.DUE, Blocks.ALWAYS: State.REFUSED}


class StatesPart(QWidget):
    """Every axis there is or was; beside it the states and ways of one. A draft has the whole room."""

    changed = Signal()
    """Something was written into the ledger."""
    counted = Signal(int)
    """How many axes are in use."""

    def __init__(self, presenter: StatesPresenter, bridge: Bridge, looking: Bridge, asker: Asker) -> None:
        super().__init__()
        self._presenter, self._bridge, self._looking, self._asker = presenter, bridge, looking, asker
        self._view: StatesView | None = None
        self._drawing = False
        self.table = DataTable(
            (Column(tr("Axis"), Cell.TWO_LINES, 150, 1), Column(tr("State"), Cell.CHIP, 116)),
            name=tr("Own states"),
            tall=True,
            low=True,
        )
        self.states = DataTable(
            (
                Column(tr("State"), Cell.TEXT, 180, 3),
                Column(tr("Name in records"), Cell.CODE, 140, 1, spare=1),
                Column(tr("Items"), Cell.NUMBER, 80),
                Column(tr("An item in it is"), Cell.CHIP, 190),
            ),
            name=tr("States"),
            low=True,
        )
        self.ways = DataTable(
            (
                Column(tr("From"), Cell.TEXT, 120, 1),
                Column(tr("To"), Cell.TEXT, 120, 1),
                Column(tr("Needs"), Cell.TEXT, 160, 2),
                Column(tr("Who may go it"), Cell.TEXT, 130, 1),
            ),
            name=tr("Ways"),
            low=True,
        )
        self.table.row_chosen.connect(self._chosen)
        self.states.row_chosen.connect(lambda number: self._stood(number, self.ways))
        self.ways.row_chosen.connect(lambda number: self._stood(number, self.states))
        self.message = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.message.hide()
        self.empty = Empty(tr("The depot has defined no states."), tr("Press F2 to draft an axis of them."))
        self.nothing = Empty(tr("No axis is in front."), tr("Choose one in the list."))
        self.list = Card((self.table, 1), flush=True)
        self._states_card = Card((self.states, 1), title=tr("States"), flush=True)
        self._ways_card = Card((self.ways, 1), title=tr("Ways"), flush=True)
        self._buttons()
        self._axis = QStackedWidget()
        self.section = Filters((("states", tr("States")), ("ways", tr("Ways"))), tr("What is in front"))
        self.section.chosen.connect(lambda _: self.dress())
        self.turn = Button(tr("Turn over"), "Ctrl+U")
        self.turn.clicked.connect(self._turn)
        self._sections = holder(row(self.section, STRETCH, self.turn))
        shown = column(
            self._sections, (self._states_card, 1), (self._ways_card, 1), self._keeping, self._drafting, gap=12
        )
        for part in (holder(row((self.empty, 1))), holder(row((self.nothing, 1))), holder(shown)):
            self._axis.addWidget(part)
        body = holder(row(self.list, (self._axis, 1), gap=16))
        self.setLayout(column(self.message, (body, 1), gap=12))
        self.dress()

    def _buttons(self) -> None:
        self.change = Button(tr("Change"), "F3")
        self.use = Button(tr("Give up"), "F4")
        self.write_down = Button(tr("Write it down"), "F10", Weight.PRIMARY, "check")
        self.state = Button(tr("Add a state"), "F5", icon="tag")
        self.way = Button(tr("Add a way"), "F6", icon="arrow-right")
        self.alter = Button(tr("Change it"), "F3")
        self.strike = Button(tr("Strike it out"), "F7", icon="trash-x")
        self.leave = Button(tr("Leave"), "Esc")
        for button, act in (
            (self.change, self._begin_change),
            (self.use, self._use),
            (self.write_down, self._write_down),
            (self.state, self._add_state),
            (self.way, self._add_way),
            (self.alter, self._alter),
            (self.strike, self._strike),
            (self.leave, lambda: self._do(self._presenter.leave)),
        ):
            button.clicked.connect(lambda _=False, act=act: act())
        self._keeping = holder(Flow((self.change, self.use)))
        self._drafting = holder(Flow((self.write_down, self.state, self.way, self.alter, self.strike, self.leave)))
        self._drafting.hide()

    @property
    def view(self) -> StatesView | None:
        """What is drawn now."""
        return self._view

    @property
    def drafts(self) -> bool:
        """Whether a draft is open."""
        return self._view is not None and self._view.draft is not None

    def read(self) -> None:
        """Read again."""
        self._do(self._presenter.view)

    def add(self) -> None:
        """Begin the draft of a new axis; one that is open stays."""
        if not self.drafts:
            self._do(self._presenter.begin)

    def _do(self, work: Callable[[], StatesView]) -> None:
        self._looking.do(work, self.draw)

    def draw(self, view: StatesView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self._drawing = True
        self.table.put(FixedRows([_axis_row(one) for one in view.lines]))
        if view.shown is not None:
            self.table.choose(view.lines.index(view.shown))
        self.states.put(FixedRows([_state_row(one, view) for one in view.states]))
        self.ways.put(FixedRows([_way_row(one, view) for one in view.ways]))
        self._drawing = False
        drafts = view.draft is not None
        self.message.setText(spoken(view.told) if view.told else "")
        self.message.setVisible(view.told is not None)
        self.list.setVisible(bool(view.lines) and not drafts)
        self._axis.setCurrentIndex(2 if drafts or view.shown else 1 if view.lines else 0)
        self._keeping.setVisible(not drafts)
        self._drafting.setVisible(drafts)
        self._states_card.retitle(tr("States"), _about(view))
        self.section.tell({"states": len(view.states), "ways": len(view.ways)})
        self.dress()
        self.counted.emit(sum(one.in_use for one in view.lines))
        if view.shown is not None:
            self.use.reword(tr("Give up") if view.shown.in_use else tr("Use again"))
            self.change.allow() if view.shown.in_use else self.change.forbid(tr("Use it again first"))
        self._draw_drafting()

    def _draw_drafting(self) -> None:
        view = self._view
        if view is None or view.draft is None:
            return
        self.way.allow() if view.draft.states else self.way.forbid(tr("Add a state first"))
        state, way = self._state_stood_on(), self._way_stood_on()
        if state is None and way is None:
            self.alter.forbid(tr("Choose a state or a way"))
            self.strike.forbid(tr("Choose a state or a way"))
            return
        self.alter.allow()
        if state is not None and view.draft.keeps(state):
            self.strike.forbid(tr("Items may stand in it"))
        else:
            self.strike.allow()

    def _chosen(self, number: int) -> None:
        view = self._view
        if self._drawing or view is None or not 0 <= number < len(view.lines):
            return
        if view.shown is None or view.shown.key != view.lines[number].key:
            self._do(lambda: self._presenter.open(view.lines[number]))

    def _stood(self, number: int, other: DataTable) -> None:
        """Stand on one row of both tables, so that one key strikes out or changes what is stood on."""
        if number >= 0 and other.chosen >= 0:
            other.setCurrentIndex(QModelIndex())
        if not self._drawing:
            self._draw_drafting()

    def _state_stood_on(self) -> OwnState | None:
        states, at = self._view.states if self._view else (), self.states.chosen
        return states[at] if 0 <= at < len(states) else None

    def _way_stood_on(self) -> Way | None:
        ways, at = self._view.ways if self._view else (), self.ways.chosen
        return ways[at] if 0 <= at < len(ways) else None

    def _begin_change(self) -> None:
        axis = self._view.shown if self._view else None
        if axis is not None:
            self._do(lambda: self._presenter.begin(axis))

    def _use(self) -> None:
        axis = self._view.shown if self._view else None
        if axis is None:
            return
        again = not axis.in_use
        note = (
            tr("Its states stop issues again, and items go its ways again.")
            if again
            else tr("Its states stop no issue any more. Items keep the state they are in, and it can be used again.")
        )
        self._asker.use(
            axis.title,
            note,
            lambda given: self._presenter.use(axis, given["reason"], in_use=again),
            self._did,
            again=again,
        )

    def _add_state(self) -> None:
        self._asker.state(None, self._presenter.add_state, self.draw)

    def _add_way(self) -> None:
        if self._view is not None and self._view.draft is not None:
            self._asker.way(self._view.draft, None, self._presenter.put_way, self.draw)

    def _alter(self) -> None:
        state, way = self._state_stood_on(), self._way_stood_on()
        if self._view is None or self._view.draft is None:
            return
        if state is not None:
            self._asker.state(state, lambda given: self._presenter.change_state(state.key, given), self.draw)
        elif way is not None:
            self._asker.way(self._view.draft, way, self._presenter.put_way, self.draw)

    def _strike(self) -> None:
        state, way = self._state_stood_on(), self._way_stood_on()
        if state is not None:
            self._do(lambda: self._presenter.strike_state(state))
        elif way is not None:
            self._do(lambda: self._presenter.strike_way(way))

    def _write_down(self) -> None:
        if self._view is not None and self._view.draft is not None:
            self._asker.axis(self._view.draft.changes, self._presenter.write_down, self._did)

    def _turn(self) -> None:
        """Put the other table in front."""
        self.section.hold("ways" if self.section.holding == "states" else "states")
        self.dress()

    def _did(self, read: ReadAgain) -> None:
        self._do(read)
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width between the axes and the one in front."""
        super().resizeEvent(event)
        self.dress()

    def dress(self) -> None:
        """Take the width of the list from the theme, and no more than a third of the room.

        As large as for gloves, two tables below each other would show a row each: one of them stands in front.
        """
        gloved = theme().gloved
        self._sections.setVisible(gloved)
        self._states_card.setVisible(not gloved or self.section.holding == "states")
        self._ways_card.setVisible(not gloved or self.section.holding == "ways")
        self.list.setFixedWidth(max(theme().px(240), min(theme().px(LIST_WIDTH), self.width() // 3)))


def _about(view: StatesView) -> str:
    if view.draft is not None:
        return tr("A draft: nothing is written until F10")
    if view.shown is None:
        return ""
    return iso(", ".join(spoken(BEARER_NAMES[one]) for one in view.shown.of))


def _axis_row(axis: Axis) -> Row:
    mark = Mark(State.ACCEPTED, tr("In use")) if axis.in_use else Mark(State.DESTROYED, tr("Given up"))
    return Lines(iso(axis.title), iso(axis.key)), mark


def _state_row(state: OwnState, view: StatesView) -> Row:
    items = f"{view.items[state.key]:,}" if state.key in view.items else ""
    return iso(state.title), state.key, items, Mark(_MARKS[state.blocks], spoken(BLOCKS_NAMES[state.blocks]))


def _way_row(way: Way, view: StatesView) -> Row:
    needs = ", ".join(spoken(words) for guard, words in GUARD_NAMES.items() if guard in way.needs)
    who = spoken(ROLE_NAMES[way.role]) if way.role else tr("whoever hands out")
    start, end = (iso(view.called(one)) if one else tr("none") for one in (way.start, way.end))
    return start, end, needs or tr("nothing"), who
