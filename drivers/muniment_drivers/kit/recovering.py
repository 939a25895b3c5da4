"""A thread that keeps one device read: opens it, reads it, notices its loss and tries again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from muniment.ports.devices.faults import DeviceBusy
from muniment.ports.devices.notices import DeviceLost, DeviceReady, LostBecause, Notice
from muniment.ports.devices.scanner import DeviceState, Listen
from muniment_drivers.kit.backoff import HEALTHY_AFTER_S, delays_s
from muniment_drivers.kit.flood import Flood

_log = logging.getLogger(__name__)

CLOSE_WITHIN_S = 2.0


class Line(Protocol):
    """A device that is open for reading. Any exception out of `read` means that it is lost."""

    def read(self) -> tuple[Notice, ...]:
        """Wait a short time, at most half a second, for something to report."""

    def close(self) -> None:
        """Let go; never raises."""


@dataclass(slots=True)
class _Session:
    """One stretch from `open` to `close`. A session that was ended never speaks again."""

    listen: Listen
    ended: threading.Event
    speaking: threading.Lock
    thread: threading.Thread | None = None


class Recovering:
    """The part of a device's contract that is the same whatever hangs on the line.

    `connect` opens the device and may raise anything; `why` puts a name to what it, or reading, raised.
    `delays` gives the waits between tries, afresh for each outage after a healthy time.
    """

    def __init__(
        self,
        device: str,
        connect: Callable[[], Line],
        why: Callable[[Exception], LostBecause],
        *,
        delays: Callable[[], Iterator[float]] = delays_s,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.device = device
        self.state = DeviceState.CLOSED
        self._connect = connect
        self._why = why
        self._delays = delays
        self._clock = clock
        self._session: _Session | None = None
        self._turn = threading.Lock()

    def open(self, listen: Listen) -> None:
        """Start the thread; see the device's contract."""
        with self._turn:
            if self._session is not None:
                raise DeviceBusy(self.device, "open already")
            session = _Session(listen, threading.Event(), threading.Lock())
            session.thread = threading.Thread(
                target=self._run, args=(session,), name=f"device {self.device}", daemon=True
            )
            self._session = session
            self.state = DeviceState.CONNECTING
            session.thread.start()

    def close(self) -> None:
        """End the thread; see the device's contract."""
        with self._turn:
            session, self._session = self._session, None
            self.state = DeviceState.CLOSED
        if session is None or session.thread is None:
            return
        session.ended.set()
        if session.thread is threading.current_thread():
            return
        until = time.monotonic() + CLOSE_WITHIN_S * 0.9
        session.thread.join(max(0.0, until - time.monotonic()))
        if session.speaking.acquire(timeout=max(0.0, until - time.monotonic())):
            session.speaking.release()

    def _run(self, session: _Session) -> None:
        delays = self._delays()
        flood = Flood()
        announced = False
        while not session.ended.is_set():
            ready_at: int | None = None
            line: Line | None = None
            try:
                line = self._connect()
                ready_at = self._clock()
                announced = False
                self._stand(session, DeviceState.READY)
                self._say(session, DeviceReady(device=self.device, at=ready_at))
                while not session.ended.is_set():
                    for notice in flood.sift(line.read()):
                        self._say(session, notice)
            except Exception as fault:  # what a lost device raises differs by system and library
                if not announced and not session.ended.is_set():
                    announced = True
                    self._stand(session, DeviceState.LOST)
                    detail = f"{type(fault).__name__}: {fault}"
                    _log.warning("%s lost: %s", self.device, detail)
                    lost = DeviceLost(device=self.device, at=self._clock(), because=self._why(fault), detail=detail)
                    self._say(session, lost)
            if line is not None:
                line.close()
            if ready_at is not None and self._clock() - ready_at >= HEALTHY_AFTER_S * 1e9:
                delays = self._delays()
            session.ended.wait(next(delays))

    def _stand(self, session: _Session, state: DeviceState) -> None:
        with self._turn:
            if self._session is session:
                self.state = state

    def _say(self, session: _Session, notice: Notice) -> None:
        with session.speaking:
            if session.ended.is_set():
                return
            try:
                session.listen(notice)
            except Exception as bug:
                threading.excepthook(
                    threading.ExceptHookArgs((type(bug), bug, bug.__traceback__, threading.current_thread()))
                )
