"""Keeps the keys of a keyboard-mode scanner away from the windows."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from muniment.ports.devices.keys import Fate, Key, KeySieve, Verdict

_PRESSES = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_KEYS = (*_PRESSES, QEvent.Type.KeyRelease)
_RESYNC_NS = 2_000_000_000
_MS = 1_000_000

_NAMES: dict[int, str] = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backtab: "Tab",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Shift: "Shift",
    Qt.Key.Key_Control: "Control",
    Qt.Key.Key_Alt: "Alt",
    Qt.Key.Key_AltGr: "AltGr",
    Qt.Key.Key_Meta: "Meta",
    Qt.Key.Key_CapsLock: "CapsLock",
    Qt.Key.Key_NumLock: "NumLock",
    Qt.Key.Key_ScrollLock: "ScrollLock",
}


class Wedge(QObject):
    """Shows every key of the keyboard to a sieve before a window or a shortcut sees it.

    `noticed` carries what the sieve noticed: codes read, and reads thrown away. Keys are looked at where
    they enter a window, shortcuts included, and so is what an input method writes; what programs send to a widget
    directly is not touched. A sieve that goes by timing is kept off password fields. A key that was held back and then
    released is typed into its window but no longer acts as a shortcut.
    """

    noticed = Signal(object)

    def __init__(
        self,
        sieve: KeySieve,
        parent: QObject | None = None,
        *,
        clock: Callable[[], int] = time.monotonic_ns,
        stamp_ms: Callable[[QKeyEvent], int] = QKeyEvent.timestamp,
    ) -> None:
        super().__init__(parent)
        self._stamp_ms = stamp_ms
        self._sieve = sieve
        self._clock = clock
        self._offset: int | None = None
        self._now = 0
        self._tickets = 0
        self._waiting: dict[int, tuple[QWindow, QKeyEvent]] = {}
        self._decided: tuple[tuple[object, ...], Fate, int] | None = None
        self._delivering = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def attach(self, app: QApplication) -> None:
        """Begin to look at the keys of the application."""
        app.installEventFilter(self)
        app.applicationStateChanged.connect(self._application_changed)

    def detach(self, app: QApplication) -> None:
        """Let all keys through again; held ones are released first."""
        self._apply(self._sieve.reset())
        app.applicationStateChanged.disconnect(self._application_changed)
        app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Decide about one event; see `QObject.eventFilter`."""
        if self._delivering:
            return False
        if event.type() is QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._compose(event)
        if event.type() not in _KEYS:
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow) or not event.spontaneous():
            return False
        if self._sieve.by_timing and _in_password():
            self._apply(self._sieve.reset())
            return False
        marks = (event.key(), event.text(), event.modifiers(), event.timestamp(), event.isAutoRepeat())
        decided, self._decided = self._decided, None
        if event.type() == QEvent.Type.KeyPress and decided is not None and decided[0] == marks:
            fate, ticket = decided[1], decided[2]
        else:
            ticket = self._tickets = self._tickets + 1
            verdict = self._sieve.take(self._key(event, ticket))
            self._apply(verdict)
            fate = verdict.fate
        if event.type() == QEvent.Type.ShortcutOverride:
            # The press itself follows only if no shortcut takes it, which accepting prevents.
            self._decided = (marks, fate, ticket)
            if fate is not Fate.PASS:
                event.accept()
            return fate is not Fate.PASS
        if fate is Fate.HOLD:
            self._waiting[ticket] = (watched, event.clone())
        return fate is not Fate.PASS

    def _compose(self, event: QInputMethodEvent) -> bool:
        """Decide about what an input method writes. Events that write nothing only put things in order."""
        if not event.commitString() and not event.preeditString():
            return False
        if self._sieve.by_timing and _in_password():
            return False
        self._now = max(self._now, self._clock())
        verdict = self._sieve.compose(self._now)
        self._apply(verdict)
        if verdict.fate is Fate.PASS:
            return False
        QTimer.singleShot(0, QGuiApplication.inputMethod().reset)
        return True

    def _apply(self, verdict: Verdict) -> None:
        for key in verdict.released:
            window, event = self._waiting.pop(key.ticket, (None, None))
            if window is not None and event is not None and isValid(window):
                self._delivering = True
                try:
                    QApplication.sendEvent(window, event)
                finally:
                    self._delivering = False
        for notice in verdict.notices:
            self.noticed.emit(notice)
        if verdict.due is None:
            self._timer.stop()
            if verdict.fate is not Fate.HOLD:
                self._waiting.clear()
        else:
            self._timer.start(max(0, -((self._clock() - verdict.due) // _MS)))

    def _tick(self) -> None:
        self._now = max(self._now, self._clock())
        self._apply(self._sieve.tick(self._now))

    def _application_changed(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self._apply(self._sieve.reset())

    def _key(self, event: QKeyEvent, ticket: int) -> Key:
        held = event.modifiers()
        focus = QGuiApplication.focusObject()
        return Key(
            name=_name(event.key()),
            text=event.text(),
            down=event.type() in _PRESSES,
            at=self._arrival(self._stamp_ms(event)),
            control=bool(held & Qt.KeyboardModifier.ControlModifier),
            alt=bool(held & Qt.KeyboardModifier.AltModifier),
            meta=bool(held & Qt.KeyboardModifier.MetaModifier),
            repeat=event.isAutoRepeat(),
            into_text=isinstance(focus, QWidget) and focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled),
            stamp=self._stamp_ms(event) * _MS,
            ticket=ticket,
        )

    def _arrival(self, stamp_ms: int) -> int:
        """When the key was pressed, on our clock: a window that was busy sees keys late and in a heap.

        The system's stamps run on a clock of their own; the shortest way seen since the last rest tells
        how the two stand to each other.
        """
        now = self._clock()
        at = now
        if stamp_ms:
            offset = now - stamp_ms * _MS
            if self._offset is None or now - self._now > _RESYNC_NS:
                self._offset = offset
            self._offset = min(self._offset, offset)
            at = min(now, stamp_ms * _MS + self._offset)
        self._now = max(self._now, at)
        return self._now


def _name(key: int) -> str:
    if (named := _NAMES.get(key)) is not None:
        return named
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
        return f"F{key - Qt.Key.Key_F1 + 1}"
    if key < Qt.Key.Key_Escape and chr(key).isprintable():
        return chr(key).upper()
    return f"key {key:x}"


def _in_password() -> bool:
    focus = QGuiApplication.focusObject()
    return isinstance(focus, QLineEdit) and focus.echoMode() != QLineEdit.EchoMode.Normal
