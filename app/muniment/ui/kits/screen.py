"""The page of kits on the screen: all of them, the one in front, and one in the making."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from muniment.desk.desk import Answer, Desk, Officer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import Text, say
from muniment.ui.bridge import Bridge
from muniment.ui.kit.sound import Sound
from muniment.ui.kits.make_view import MakeView
from muniment.ui.kits.making import MakingPresenter
from muniment.ui.kits.overview import Overview
from muniment.ui.kits.presenter import KitsPresenter, KitsView


class KitsScreen(QStackedWidget):
    """The overview, or a kit in the making before it."""

    changed = Signal()
    """Something was written into the ledger."""
    record_asked = Signal(str)
    """A member of the kit in front, to be looked at."""
    cases_asked = Signal(str)
    """The kit whose cases are to be listed."""
    issue_asked = Signal(str)
    """The kit that is to be handed out at the hatch."""
    return_asked = Signal(str)
    """The kit that is to be taken back at the hatch."""

    def __init__(self, desk: Desk, officer: Officer, bridge: Bridge, sound: Sound) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._bridge, self._sound = desk, bridge, sound
        self._presenter = KitsPresenter(desk, officer)
        self.overview = Overview()
        self.addWidget(self.overview)
        self.making: MakeView | None = None
        self.overview.chosen.connect(lambda kit: self._do(lambda: self._presenter.open(Subject(kit))))
        self.overview.make_asked.connect(lambda: self._begin(None))
        self.overview.change_asked.connect(lambda kit: self._begin(Subject(kit)))
        self.overview.record_asked.connect(self.record_asked)
        self.overview.cases_asked.connect(self.cases_asked)
        self.overview.issue_asked.connect(self.issue_asked)
        self.overview.return_asked.connect(self.return_asked)

    @property
    def view(self) -> KitsView | None:
        """What the overview draws now."""
        return self.overview.view

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in; what the one before was making is dropped, for nothing of it was written."""
        if officer != self._presenter.officer:
            self._leave()
            self._do(lambda: self._presenter.sit_down(officer))

    def page_shown(self) -> None:
        """Read again."""
        self._do(self._presenter.view)

    def show_kit(self, kit: Subject) -> None:
        """Put a kit in front, as another page leads to it."""
        self._leave()
        self._do(lambda: self._presenter.open(kit))

    def take_scan(self, scan: Scan) -> bool:
        """Give a scan to what is in the making, else show the kit it belongs to."""
        if self.making is not None:
            return self.making.take_scan(scan)
        self._do(lambda: self._presenter.scanned(scan))
        return True

    def _do(self, work: Callable[[], KitsView]) -> None:
        self._bridge.do(work, self.overview.draw)

    def _begin(self, kit: Subject | None) -> None:
        officer = self._presenter.officer
        self._bridge.do(lambda: MakingPresenter(self._desk, officer, kit), self._make)

    def _make(self, presenter: MakingPresenter) -> None:
        self._leave()
        told = say("The kit is changed.") if presenter.kit is not None else say("The kit is made. Label it.")
        made = MakeView(presenter, self._bridge, self._sound)
        made.left.connect(self._leave)
        made.made.connect(lambda answer: self._finished(answer, told))
        self.making = made
        self.addWidget(made)
        self.setCurrentWidget(made)
        made.setFocus()

    def _leave(self) -> None:
        made, self.making = self.making, None
        if made is not None:
            self.setCurrentWidget(self.overview)
            self.removeWidget(made)
            made.deleteLater()
            self.overview.take_focus()

    def _finished(self, answer: Answer, told: Text) -> None:
        self._leave()
        self._do(lambda: self._presenter.told(told, answer))
        self.changed.emit()
