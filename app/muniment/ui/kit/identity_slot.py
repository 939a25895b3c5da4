"""One of two identity slots. The second can never be the first; the use case refuses it, the slot says so."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame

from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part, State
from muniment.ui.speech import tr


class SlotState(Enum):
    """Where the identification stands."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class IdentitySlot(QFrame):
    """A role, who fills it, and how the person was known. Done is a whole line, waiting a broken one."""

    def __init__(self, role: str, name: str = "", how: str = "") -> None:
        super().__init__()
        self._role_words = role
        self._state = SlotState.WAITING
        self._role = Label(role, 12, 600, Ink.QUIET)
        self._name = Label("", 15, 600, elide=True, least=12)
        self._how = Label("", 13, 400, Ink.QUIET, elide=True)
        self._mark = Glyph("fingerprint", 32, Ink.QUIET)
        self._tick = Glyph("circle-check", 24, State.ACCEPTED)
        words = column(STRETCH, self._role, self._name, self._how, STRETCH, gap=1)
        self.setLayout(row(self._mark, (words, 1), self._tick, gap=12, margins=(14, 4, 14, 4)))
        self.wait(name, how)
        self.dress()

    @property
    def state(self) -> SlotState:
        """Where the identification stands."""
        return self._state

    def call(self, role: str) -> None:
        """Say in what part the person stands there."""
        self._role_words = role
        self._role.setText(role)

    def wait(self, name: str = "", how: str = "") -> None:
        """Wait for a person; `name` if it is known who must come, `how` the ways to be known."""
        self._tell(SlotState.WAITING, name or tr("Waiting"), how)
        self._mark.change("fingerprint", Ink.QUIET)
        self._tick.hide()

    def fill(self, name: str, how: str = "") -> None:
        """Show who fills the slot, and how and when the person was known."""
        self._tell(SlotState.DONE, name, how)
        self._mark.change("user-check", State.ACCEPTED)
        self._tick.change("circle-check", State.ACCEPTED)
        self._tick.show()

    def refuse(self, name: str, why: str) -> None:
        """Show who cannot fill the slot, and why."""
        self._tell(SlotState.REFUSED, name, why)
        self._mark.change("user", Ink.QUIET)
        self._tick.change("circle-x", State.REFUSED)
        self._tick.show()

    def _tell(self, state: SlotState, name: str, how: str) -> None:
        self._state = state
        self._name.setText(name)
        self._how.setText(how)
        self._how.setVisible(bool(how))
        self.setAccessibleName(", ".join(part for part in (self._role_words, name, how) if part))
        self.update()

    def dress(self) -> None:
        """Take the height from the theme."""
        self.setFixedHeight(theme().height(Part.SLOT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground and the line."""
        now, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._state is SlotState.DONE:
            pen = QPen(now.of(State.ACCEPTED), 1)
        elif self._state is SlotState.REFUSED:
            pen = QPen(now.of(State.REFUSED), 2)
        else:
            pen = QPen(QColor(now.palette.edge), 2, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        waiting = self._state is SlotState.WAITING
        painter.setBrush(QColor(now.palette.sunk if waiting else now.palette.panel))
        inset = pen.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
