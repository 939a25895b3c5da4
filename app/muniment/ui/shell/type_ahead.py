"""What is typed between the key that asks for a question and the question: kept for it, and lost if none comes.

The desk answers a moment after a key was pressed. Who types a PIN right behind F10 must not lose its first figures, and
must not press anything on the page with them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from muniment.ui.kit.button import Button
from muniment.ui.shell.panel import Panel

LONGEST_MS = 3_000
"""A desk that does not answer for so long gets nothing that was typed meanwhile."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypeAhead(QObject):
    """Keeps keys from `begin` to `end`; scanners that type like a keyboard are heard as ever."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typed = ""
        self._watched: list[QWidget] = []
        self._patience = QTimer(self, interval=LONGEST_MS, singleShot=True)
        self._patience.timeout.connect(lambda: self.end(None))

    def begin(self, window: QWidget) -> None:
        """Keep from now on what is typed in a window."""
        self.end(None)
        focused = QApplication.focusWidget()
        self._watched = [window] if focused is None or focused is window else [focused, window]
        for widget in self._watched:
            widget.installEventFilter(self)
        self._patience.start()

    def end(self, panel: Panel | None) -> None:
        """Write what was typed into the first line of a panel, and press its Enter where that was typed, too."""
        typed, self._typed = self._typed, ""
        watched, self._watched = self._watched, []
        for widget in watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._patience.stop()
        if panel is None or not typed:
            return
        line = next((one for one in panel.stops() if isinstance(one, QLineEdit)), None)
        words, enter, _ = typed.partition("\r")
        if line is not None:
            line.insert(words)
        if enter and line is not None and words:
            for button in panel.findChildren(Button):
                if button.key == "Enter" and button.isEnabled():
                    button.click()
                    return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what is typed, and leave everything else."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        entered = event.key() in _ENTER
        written = bool(event.text()) and event.text().isprintable()
        if not (written or entered or event.key() == Qt.Key.Key_Backspace):
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Backspace:
                self._typed = self._typed[:-1]
            else:
                self._typed += "\r" if entered else event.text()
        return True
