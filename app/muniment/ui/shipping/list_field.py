"""Several lines to write in, as a sender's list is typed or pasted: name above, lines, fault below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part, State


class ListField(QWidget):
    """Enter begins a new line in it, so the act of its form is done from another field; Tab leaves it."""

    def __init__(self, name: str, example: str, rows: int = 5) -> None:
        super().__init__()
        self._rows = rows
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(name)
        self.text.setPlaceholderText(example)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.installEventFilter(self)
        self._name = Label(name, 13, 600, Ink.QUIET)
        self._name.setBuddy(self.text)
        self._fault = Label("", 13, 600, State.REFUSED, wrap=True)
        self._fault.hide()
        self.text.textChanged.connect(lambda: self.refuse(""))
        self.setFocusProxy(self.text)
        self.setLayout(column(self._name, self.text, self._fault, gap=4))
        self.dress()

    @property
    def value(self) -> str:
        """What is written."""
        return self.text.toPlainText()

    def write(self, value: str) -> None:
        """Write something in place of what is there."""
        self.text.setPlainText(value)

    def refuse(self, fault: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        self.text.setAccessibleDescription(fault)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep Enter from the form: here it begins a new line."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in keys:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def dress(self) -> None:
        """Take font and height from the theme."""
        self.text.setFont(theme().font(15, 500, mono=True))
        self.text.setFixedHeight(theme().height(Part.FIELD) + theme().px(20) * (self._rows - 1))
