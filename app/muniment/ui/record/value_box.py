"""The value of one field that is chosen above it: a line for text, a list where only some values are taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from muniment.ui.kit.field import Field
from muniment.ui.kit.layout import column
from muniment.ui.stock.form import Choice


class ValueBox(QWidget):
    """A line or a list, whichever the field wants."""

    def __init__(self) -> None:
        super().__init__()
        self._line = Field("")
        self._choice = Choice("")
        self.setLayout(column(self._line, self._choice, gap=0))
        self._chooses = False
        self.ask("", "")

    def ask(self, hint: str, value: str, choices: Sequence[tuple[str, str]] = ()) -> None:
        """Ask for another field's value, beginning with what stands there."""
        self._chooses = bool(choices)
        self._line.setVisible(not self._chooses)
        self._choice.setVisible(self._chooses)
        self.refuse("")
        if self._chooses:
            self._choice.rename(hint)
            self._choice.offer(choices, value)
        else:
            self._line.rename(hint)
            self._line.write(value)
        self.setFocusProxy(self._choice if self._chooses else self._line)

    @property
    def value(self) -> str:
        """What was written or chosen."""
        return self._choice.value if self._chooses else self._line.value

    def write(self, value: str) -> None:
        """Write or choose a value."""
        (self._choice if self._chooses else self._line).write(value)

    def refuse(self, fault: str) -> None:
        """Say what is wrong with it."""
        (self._choice if self._chooses else self._line).refuse(fault)
