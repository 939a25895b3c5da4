"""Watches over the search index while a window is open: what hides something is built anew, and that is said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from muniment.ports.views import LookedOver, Views
from muniment.ui.bridge import Bridge
from muniment.ui.kit.status_bar import Device, DeviceState
from muniment.ui.speech import iso, tr

AFTER_MS = 4_000
"""Nobody waits for it, and the first scans come first."""

PAUSE_MS = 60


class SearchWatch(QObject):
    """Builds the index where it is not whole, then looks all of it over once, a little at a time."""

    def __init__(self, views: Views, looking: Bridge, tell: Callable[[Device], None], parent: QObject) -> None:
        super().__init__(parent)
        self._views, self._looking, self._tell = views, looking, tell
        self._hidden = 0
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(lambda: looking.do(self._part, self._came))
        self._timer.start()

    def stop(self) -> None:
        """Leave off."""
        self._timer.stop()

    def _part(self) -> LookedOver:
        done = self._views.prepare()
        return LookedOver(0.0) if done < 1 else self._views.look_over()

    def _came(self, looked: LookedOver) -> None:
        self._hidden += looked.hidden
        if looked.hidden:
            words = tr("hid {n} things; it is built anew, and nothing of the register is lost")
            self._say(DeviceState.LOST, words)
        elif looked.share >= 1 and self._hidden:
            self._say(DeviceState.ANSWERS, tr("hid {n} things; it was built anew and is whole now"))
        if looked.share < 1:
            self._timer.start(PAUSE_MS)

    def _say(self, state: DeviceState, words: str) -> None:
        self._tell(Device(tr("Search index"), state, words.format(n=iso(str(self._hidden)))))
