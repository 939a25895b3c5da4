"""Between Qt's thread and the desk's: work is done on one thread, in order, and answers come back as signals."""

from __future__ import annotations

import logging
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

T = TypeVar("T")

_log = logging.getLogger(__name__)

TURN_S = 0.0005
"""How long a thread may keep the others from running Python.

Qt asks Python hundreds of questions while it lays out a page. At the usual 5 ms for each, a desk that is busy with a
long list would freeze the window for seconds.
"""


class _Task(Generic[T]):
    """One piece of work, what to do with its answer, and what to do when it fails."""

    def __init__(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None] | None
    ) -> None:
        self.work = work
        self.then = then
        self.failed = failed


class Bridge(QObject):
    """The desk's thread: the only one that writes, so that nothing on the screen waits for a disk.

    Answers arrive on Qt's thread in the order the work was given. Work that fails without somebody to tell raises
    `broken`.
    """

    broken = Signal(object)
    """An exception that nobody took."""

    _back = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(TURN_S)
        self._over = False
        self._tasks: queue.Queue[_Task[Any] | None] = queue.Queue()
        self._back.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._thread.start()

    def do(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Have work done, then its answer taken on Qt's thread."""
        self._tasks.put(_Task(work, then, failed))

    def stop(self) -> None:
        """Finish what was given and end the thread; waits at most five seconds. Answers that come after find nobody."""
        self._tasks.put(None)
        self._thread.join(5)
        self._over = True

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                answer = task.work()
            except Exception as error:  # carried to Qt's thread, where somebody is told
                self._back.emit(task, None, error)
            else:
                self._back.emit(task, answer, None)

    def _arrive(self, task: _Task[Any], answer: Any, error: Exception | None) -> None:
        if self._over:
            return  # whoever asked may be gone
        if error is None:
            if _is_there(task.then):
                task.then(answer)
        elif task.failed is not None and _is_there(task.failed):
            task.failed(error)
        else:
            _log.error("work on the desk failed", exc_info=error)
            self.broken.emit(error)


def _is_there(taker: Callable[..., None]) -> bool:
    """Whether the view that wanted an answer still stands; it may have been closed while the desk was at work."""
    owner = getattr(taker, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
