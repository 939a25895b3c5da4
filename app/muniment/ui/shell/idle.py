"""Notices that nobody does anything at the window any more."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

MINUTE_MS = 60_000

_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
    }
)


class Idle(QObject):
    """Counts from the last key, press, move of the mouse or scan. Nothing it does can bring a locked window back."""

    left_alone = Signal(int)
    """Nobody has done anything for so many minutes."""

    def __init__(self, application: QGuiApplication, parent: QObject, *, minute_ms: int = MINUTE_MS) -> None:
        super().__init__(parent)
        self._application, self._minutes, self._minute_ms = application, 5, minute_ms
        self._watched: list[QWindow] = []
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self.left_alone.emit(self._minutes))

    @property
    def minutes(self) -> int:
        """After how many minutes nobody is there."""
        return self._minutes

    @property
    def watching(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    def set_minutes(self, minutes: int) -> None:
        """Change how long nobody may do anything."""
        self._minutes = minutes
        self.touch()

    def watch(self, window: QWindow | None) -> None:
        """Begin to count; called when somebody has signed in at the window. What opens from it later is watched too."""
        self._timer.start(self._minutes * self._minute_ms)
        if not self._watched:
            self._application.focusWindowChanged.connect(self._look_at)
            self._look_at(window)

    def touch(self) -> None:
        """Something was done that no event of the window tells, such as a scan."""
        if self._timer.isActive():
            self._timer.start(self._minutes * self._minute_ms)

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        if self._watched:
            self._application.focusWindowChanged.disconnect(self._look_at)
        for window in self._watched:
            if isValid(window):
                window.removeEventFilter(self)
        self._watched.clear()

    def _look_at(self, window: QWindow | None) -> None:
        # Only windows are looked at, where keys and presses come in: every event of every widget would be a thousand
        # times as many.
        self._watched = [one for one in self._watched if isValid(one)]
        if window is not None and window not in self._watched:
            window.installEventFilter(self)
            self._watched.append(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See what is done; nothing is kept from anybody."""
        if event.type() in _ACTS:
            self.touch()
        return False
