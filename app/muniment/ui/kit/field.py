"""A named line to write in, with room for what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part, State


class Field(QWidget):
    """Name above, line, fault below. `secret` hides what is written, `code` prints it as a code."""

    entered = Signal()
    """Enter was pressed in the line."""
    changed = Signal(str)

    def __init__(self, name: str, *, secret: bool = False, code: bool = False, value: str = "") -> None:
        super().__init__()
        self._code = code
        self._name = Label(name, 13, 600, Ink.QUIET)
        self.line = QLineEdit(value)
        self.line.setAccessibleName(name)
        if secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._name.setBuddy(self.line)
        self._fault = Label("", 13, 600, State.REFUSED, wrap=True)
        self._fault.hide()
        self.line.returnPressed.connect(lambda: self.entered.emit())
        self.line.textChanged.connect(self._edited)
        self.setFocusProxy(self.line)
        self.setLayout(column(self._name, self.line, self._fault, STRETCH, gap=4))
        self.dress()

    @property
    def value(self) -> str:
        """What is written."""
        return self.line.text()

    def write(self, value: str) -> None:
        """Write something into the line."""
        self.line.setText(value)

    def rename(self, name: str) -> None:
        """Ask for something else in the same line."""
        self._name.setText(name)
        self.line.setAccessibleName(name)

    def refuse(self, fault: str) -> None:
        """Say what is wrong; an empty text takes it back. Writing takes it back as well."""
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        self.line.setProperty("wrong", bool(fault))
        self.line.setAccessibleDescription(fault)
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def _edited(self, text: str) -> None:
        if self.line.property("wrong"):
            self.refuse("")
        self.changed.emit(text)

    def dress(self) -> None:
        """Take font and height from the theme."""
        self.line.setFont(theme().font(15, 500, mono=self._code))
        self.line.setFixedHeight(theme().height(Part.FIELD))
