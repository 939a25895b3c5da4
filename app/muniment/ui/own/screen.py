"""The page of what a depot defines for itself: its own fields, or its own states."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Desk, Officer
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.own.fields_presenter import FieldsPresenter
from muniment.ui.own.fields_view import FieldsPart
from muniment.ui.own.panels import Asker
from muniment.ui.own.states_presenter import StatesPresenter
from muniment.ui.own.states_view import StatesPart
from muniment.ui.speech import iso, tr
from muniment.ui.stock.form import PanelRoom


class OwnScreen(QWidget):
    """Fields in front, states behind them, and F9 to turn from one to the other."""

    changed = Signal()
    """Something was written into the ledger."""

    def __init__(
        self, desk: Desk, officer: Officer, bridge: Bridge, room: PanelRoom, looking: Bridge | None = None
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        asker = Asker(room, bridge)
        self._fields, self._states = FieldsPresenter(desk, officer), StatesPresenter(desk, officer)
        self.fields = FieldsPart(self._fields, bridge, asker)
        self.states = StatesPart(self._states, bridge, looking or bridge, asker)
        self.add = Button("", "F2", icon="clipboard-list")
        self.turn = Button("", "F9", icon="list-check")
        self.bar = TopBar("", "", self.turn, self.add)
        self._parts = QStackedWidget()
        self._parts.addWidget(self.fields)
        self._parts.addWidget(self.states)
        self._counts = {0: 0, 1: 0}
        self.add.clicked.connect(self._add)
        self.turn.clicked.connect(self._turn)
        self.fields.changed.connect(self.changed)
        self.states.changed.connect(self.changed)
        self.fields.counted.connect(lambda count: self._counted(0, count))
        self.states.counted.connect(lambda count: self._counted(1, count))
        body = row((self._parts, 1), margins=(16, 16, 16, 16))
        self.setLayout(column(self.bar, (holder(body), 1), gap=0))
        self._retell()

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._fields.sit_down(officer)
        self._states.sit_down(officer)
        self.page_shown()

    def page_shown(self) -> None:
        """Read again."""
        self.fields.read()
        self.states.read()

    @property
    def shows_states(self) -> bool:
        """Whether the states are in front."""
        return self._parts.currentWidget() is self.states

    def _add(self) -> None:
        self.states.add() if self.shows_states else self.fields.add()

    def _turn(self) -> None:
        self._parts.setCurrentWidget(self.fields if self.shows_states else self.states)
        self._retell()

    def _counted(self, number: int, count: int) -> None:
        self._counts[number] = count
        self._retell()

    def _retell(self) -> None:
        states = self.shows_states
        self.add.reword(tr("Draft an axis") if states else tr("Define a field"))
        self.turn.reword(tr("Own fields") if states else tr("Own states"))
        count = tr("{n} in use").format(n=iso(str(self._counts[1 if states else 0])))
        self.bar.tell(count, tr("Own states") if states else tr("Own fields"))
        drafting = states and self.states.drafts
        self.add.forbid(tr("A draft is open")) if drafting else self.add.allow()
