"""The field that searches while something is typed into it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.keycap import KeyCap
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part
from muniment.ui.speech import tr


class _Line(QLineEdit):
    """Leaves the arrow keys and Esc to the page."""

    down = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindField(QFrame):
    """A line to type in, and beside it how much was found."""

    changed = Signal(str)
    """What is typed, as it is typed."""
    down = Signal()
    """The user wants to go on to what was found."""
    left = Signal()
    """Esc was pressed in an empty line."""

    def __init__(self, key: str = "F9", *, hint: str = "", name: str = "") -> None:
        super().__init__()
        self._key = key
        self._line = _Line()
        self._line.setPlaceholderText(hint or tr("Number, code, serial, make or model"))
        self._line.setAccessibleName(name or tr("Find in the register"))
        self._line.textChanged.connect(self.changed)
        self._line.down.connect(self.down)
        self._line.left.connect(self._escape)
        self._note = Label("", 13, 500, Ink.QUIET, end=True)
        self.setFocusProxy(self._line)
        self.setLayout(row(Glyph("search", 20, Ink.ACCENT), (self._line, 1), self._note, KeyCap(key), gap=8))
        self.dress()

    def ask(self, hint: str, name: str) -> None:
        """Say what can be typed here, where it is not what the register is searched for."""
        self._line.setPlaceholderText(hint)
        self._line.setAccessibleName(name)

    @property
    def key(self) -> str:
        """The key that begins to type."""
        return self._key

    @property
    def key_words(self) -> str:
        """What that key does."""
        return self._line.accessibleName()

    @property
    def may_press(self) -> bool:
        """Whether something can be typed."""
        return self.isEnabled()

    def press(self) -> None:
        """Begin to type."""
        self.take_focus()

    @property
    def value(self) -> str:
        """What is typed."""
        return self._line.text()

    def write(self, text: str) -> None:
        """Type something."""
        self._line.setText(text)

    def put(self, text: str) -> None:
        """Show a text that is searched for already."""
        self.blockSignals(True)
        self._line.setText(text)
        self.blockSignals(False)

    def tell(self, note: str) -> None:
        """Say how much was found."""
        self._note.setText(note)
        self._line.setAccessibleDescription(note)

    def take_focus(self) -> None:
        """Begin to type, over what stands there."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def _escape(self) -> None:
        if self._line.text():
            self._line.clear()
        else:
            self.left.emit()

    def dress(self) -> None:
        """Take font and height from the theme."""
        now = theme()
        self._line.setFont(now.font(15, 500))
        self._line.setFixedHeight(now.height(Part.FIELD))
        self._line.setMinimumWidth(now.px(200))
