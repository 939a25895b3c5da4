"""A page that gathers and then does one act: band, list, side, and what a rule says to the act."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.ui.acts import field_of
from muniment.ui.bridge import Bridge
from muniment.ui.gather.body import GatherBody
from muniment.ui.kit.band import VerbBand
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.theme import theme
from muniment.ui.refusing import RefusalView
from muniment.ui.speech import spoken, tr
from muniment.ui.stock.form import Asked

T = TypeVar("T")

SIDE_WIDTH = 440


class GatherPage(QWidget):
    """Scans go to the list wherever the focus is. What refuses the act stands at its field, or above the list.

    `head` stands above the list. What a subclass draws is its own matter; it answers `scanned`, `note_taken` and
    `fields`.
    """

    left = Signal()
    """The page is to be left; what was gathered is dropped, for nothing of it was written."""

    def __init__(
        self, band: VerbBand, body: GatherBody, side: QWidget, bridge: Bridge, head: QWidget | None = None
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.band, self.body, self.side, self.bridge = band, body, side, bridge
        self._own: RefusalView | None = None
        self._busy = False
        body.scanned.connect(self.take_scan)
        body.taken_note.connect(self._taken_note)
        main = holder(column(head, (body, 1), gap=12))
        rest = row((main, 1), side, gap=16, margins=(16, 16, 16, 16))
        self.setLayout(column(band, (holder(rest), 1), gap=0))
        self.dress()

    @abstractmethod
    def scanned(self, scan: Scan) -> None:
        """Take a scan."""

    @abstractmethod
    def note_taken(self) -> None:
        """The refused scan is set aside."""

    @abstractmethod
    def fields(self) -> Mapping[str, Asked]:
        """The fields that a refusal can be about, by the names that rules give them."""

    def take_scan(self, scan: Scan) -> bool:
        """Take a scan; one that comes while the act is refused takes note of that."""
        if self._own is not None:
            self._taken_note()
        self.scanned(scan)
        return True

    def act(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Have the act done once; what is pressed while it is done does nothing more."""
        if self._busy:
            return
        self._busy = True

        def done(answer: T) -> None:
            self._busy = False
            then(answer)

        def failed(error: Exception) -> None:
            self._busy = False
            self.refuse(error)

        self.bridge.do(work, done, failed)

    def refuse(self, error: Exception) -> None:
        """Show what a rule says to the act."""
        if not isValid(self):
            return
        if not isinstance(error, Refusal):
            self.bridge.broken.emit(error)
            return
        field = self.fields().get(field_of(error))
        if field is not None:
            words = [spoken(error.says)] + ([spoken(error.do_now)] if error.do_now else [])
            field.refuse(" ".join(words))
            field.setFocus()
            return
        self._own = RefusalView(
            rule=error.rule,
            serial="",
            family="",
            happened=error.says,
            safe=say("Nothing was written. The list is kept."),
            do_now=error.do_now or say("Go back and change it."),
            override=error.override or say("None."),
            held=0,
            overridable=False,
            bindable="",
        )
        self.body.show_refusal(self._own, tr("Not done"))

    def _taken_note(self) -> None:
        if self._own is not None:
            self._own = None
            self.body.show_refusal(None, "")
        else:
            self.note_taken()

    def dress(self) -> None:
        """Take the width of the side from the theme."""
        self.side.setFixedWidth(theme().px(SIDE_WIDTH))
