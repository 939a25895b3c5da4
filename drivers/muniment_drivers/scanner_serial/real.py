"""The scanner on its port."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Callable, Iterator

import serial  # type: ignore[import-untyped]

from muniment.ports.devices.manifest import Settings
from muniment.ports.devices.notices import CodeGarbled, GarbledBecause, LostBecause, Notice
from muniment.ports.devices.scanner import DeviceState, Listen
from muniment_drivers.kit.backoff import delays_s
from muniment_drivers.kit.reading import reading
from muniment_drivers.kit.recovering import Recovering
from muniment_drivers.scanner_serial.manifest import MANIFEST
from muniment_drivers.scanner_serial.protocol import Dropped, Frame, Lines

_log = logging.getLogger(__name__)

READ_WAIT_S = 0.1
GIVE_UP_AFTER_NS = 2_000_000_000
"""A code whose terminator has not come by then is thrown away, or the next one would be glued to it."""

_PARITY = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}


class SerialScanner:
    """A `Scanner` that sends each code as a line of bytes.

    `settings` are those of the manifest; `delays` and `clock` are for those who must not wait.

    Raises:
        SettingWrong: on construction, if a setting is wrong.

    """

    def __init__(
        self,
        device: str,
        settings: Settings,
        *,
        delays: Callable[[], Iterator[float]] = delays_s,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        settled = MANIFEST.settled(settings)
        self._recovering = Recovering(device, lambda: _Wire(device, settled, clock), _why, delays=delays, clock=clock)

    @property
    def device(self) -> str:
        """The name the depot gave the scanner."""
        return self._recovering.device

    @property
    def state(self) -> DeviceState:
        """Where the scanner stands now."""
        return self._recovering.state

    def open(self, listen: Listen) -> None:
        """Start reading; see `Scanner.open`."""
        self._recovering.open(listen)

    def close(self) -> None:
        """Stop reading; see `Scanner.close`."""
        self._recovering.close()


class _Wire:
    """An open port, cut into lines."""

    def __init__(self, device: str, settled: Settings, clock: Callable[[], int]) -> None:
        self._device = device
        self._clock = clock
        self._aim_ids = bool(settled["aim_ids"])
        self._flush_after_ns = int(settled["flush_after_ms"]) * 1_000_000
        self._lines = Lines()
        self._last = 0
        self._port = serial.serial_for_url(
            str(settled["port"]),
            baudrate=int(settled["baud"]),
            parity=_PARITY[str(settled["parity"])],
            timeout=min(READ_WAIT_S, self._flush_after_ns / 1e9 or READ_WAIT_S),
            exclusive=True,
        )

    def read(self) -> tuple[Notice, ...]:
        data = self._port.read(max(1, self._port.in_waiting))
        now = self._clock()
        if data:
            self._last = now
            return tuple(self._notice(cut, now) for cut in self._lines.feed(data))
        silent_ns = now - self._last
        ended: Frame | Dropped | None = None
        if self._lines.pending and 0 < self._flush_after_ns <= silent_ns:
            ended = self._lines.flush()
        elif self._lines.pending and silent_ns >= GIVE_UP_AFTER_NS:
            ended = self._lines.give_up()
        return () if ended is None else (self._notice(ended, self._last),)

    def close(self) -> None:
        try:
            self._port.close()
        except Exception as fault:  # a port that is gone may not even let itself be closed
            _log.debug("%s: closing the port: %s", self._device, fault)

    def _notice(self, cut: Frame | Dropped, at: int) -> Notice:
        if isinstance(cut, Frame):
            return reading(self._device, cut.raw, at, aim_ids=self._aim_ids)
        because = GarbledBecause.TOO_LONG if cut.too_long else GarbledBecause.NEVER_ENDED
        return CodeGarbled(device=self._device, at=at, because=because, length=cut.length)


def _why(fault: Exception) -> LostBecause:
    number = getattr(fault, "errno", None)
    if isinstance(fault, FileNotFoundError) or number in (errno.ENOENT, errno.ENODEV, errno.ENXIO):
        return LostBecause.NOT_FOUND
    if number in (errno.EAGAIN, errno.EBUSY) or "exclusively lock" in str(fault):
        return LostBecause.IN_USE
    if isinstance(fault, PermissionError) or number in (errno.EACCES, errno.EPERM):
        return LostBecause.NOT_ALLOWED
    if isinstance(fault, ValueError):
        return LostBecause.SETTING_WRONG
    return LostBecause.BROKEN_OFF
