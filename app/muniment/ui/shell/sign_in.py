"""The page before every other: who are you. It covers all that could be read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.field import Field
from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row, surface
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.speech import tr


class SignIn(QWidget):
    """Name and passphrase. The passphrase is forgotten here as soon as it has been handed on."""

    asked = Signal(str, str)
    """Name and passphrase, to be checked."""

    def __init__(self, depot: str) -> None:
        super().__init__()
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Sign in"))
        self._depot = Label(depot, 14, 400, Ink.QUIET, wrap=True)
        self._reason = Label("", 14, 500, Ink.QUIET, wrap=True)
        self._reason.hide()
        self.name = Field(tr("Name"))
        self.passphrase = Field(tr("Passphrase"), secret=True)
        self.name.entered.connect(self.passphrase.line.setFocus)
        self.passphrase.entered.connect(self._ask)
        self._fault = Label("", 14, 600, State.REFUSED, wrap=True)
        self._fault_line = QFrame()
        self._fault_line.setLayout(row(Glyph("circle-x", 20, State.REFUSED), (self._fault, 1), gap=8))
        self._fault_line.hide()
        self.enter = Button(tr("Open the register"), "", Weight.PRIMARY, "lock-open")
        self.enter.clicked.connect(self._ask)
        self._sign = holder(row(Glyph("certificate", 36, Ink.ACCENT), Label("Muniment", 28, 800), STRETCH, gap=12))
        self._card = surface(
            "card",
            column(
                self._sign,
                self._depot,
                self._reason,
                4,
                self.name,
                self.passphrase,
                self._fault_line,
                4,
                self.enter,
                gap=12,
                margins=(32, 28, 32, 32),
            ),
        )
        self.setLayout(column(STRETCH, row(STRETCH, self._card, STRETCH), STRETCH, margins=(16, 16, 16, 16)))
        self.dress()

    def name_depot(self, depot: str) -> None:
        """Say whose register it is."""
        self._depot.setText(depot)

    def make_room(self, pad: bool) -> None:
        """Let the keys on the screen have the room of what is only looked at."""
        self._sign.setVisible(not pad)

    def tell(self, reason: str) -> None:
        """Say why the page is here, as in "Locked after 60 seconds without an act"."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))

    def refuse(self, fault: str) -> None:
        """Say why the door stays shut, and let it be tried again."""
        self.enter.allow()
        self._fault.setText(fault)
        self._fault_line.setVisible(bool(fault))
        self.passphrase.line.setFocus()

    def wait(self, words: str) -> None:
        """Show that the passphrase is being checked: nothing can be asked meanwhile."""
        self._fault_line.hide()
        self.enter.forbid(words)

    def clear(self) -> None:
        """Forget what was written."""
        self.name.write("")
        self.passphrase.write("")
        self.refuse("")

    def _ask(self) -> None:
        if not self.enter.isEnabled():
            return
        name, passphrase = self.name.value.strip(), self.passphrase.value
        if not name:
            self.name.refuse(tr("Write your name."))
            self.name.line.setFocus()
            return
        if not passphrase:
            self.passphrase.refuse(tr("Write your passphrase."))
            self.passphrase.line.setFocus()
            return
        self.passphrase.write("")
        self.asked.emit(name, passphrase)

    def dress(self) -> None:
        """Take the width of the card from the theme."""
        self._card.setFixedWidth(theme().px(440))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cursor where writing begins."""
        super().showEvent(event)
        (self.passphrase if self.name.value else self.name).line.setFocus()
