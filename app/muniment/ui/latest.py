"""Asking for what is true now: however often it is asked for, one answer is on its way and at most one more follows."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

from muniment.ui.bridge import Bridge

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Latest(Generic[T]):
    """Reads something that matters only as it is now, such as what waits after a fact.

    Asked again while an answer is on its way, it reads once more when that has come, however often it was asked.
    """

    def __init__(self, bridge: Bridge, read: Callable[[], T], draw: Callable[[T], None]) -> None:
        self._bridge, self._read, self._draw = bridge, read, draw
        self._under_way = self._again = False

    def ask(self) -> None:
        """Have it read and drawn."""
        if self._under_way:
            self._again = True
            return
        self._under_way = True
        self._bridge.do(self._read, self._arrive, self._failed)

    def _arrive(self, answer: T) -> None:
        self._draw(answer)
        self._go_on()

    def _failed(self, error: Exception) -> None:
        _log.error("what is true now could not be read", exc_info=error)
        self._bridge.broken.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._under_way, again, self._again = False, self._again, False
        if again:
            self.ask()
