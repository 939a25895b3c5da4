"""A scanner without a wire, played from a stage."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator

from muniment.ports.devices.notices import CodeGarbled, GarbledBecause, LostBecause, Notice
from muniment.ports.devices.scanner import DeviceState, Listen
from muniment_drivers.kit.backoff import delays_s
from muniment_drivers.kit.reading import reading
from muniment_drivers.kit.recovering import Recovering
from muniment_drivers.scanner_serial.protocol import LONGEST


class SimulatedScanner:
    """A `Scanner` and its `ScannerStage` in one."""

    def __init__(
        self,
        device: str,
        *,
        delays: Callable[[], Iterator[float]] = delays_s,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._clock = clock
        self._plugged = True
        self._counter: _Counter | None = None
        self._recovering = Recovering(device, self._connect, _why, delays=delays, clock=clock)

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

    def present(self, code: bytes | str) -> None:
        """Show the scanner one code; see `ScannerStage.present`."""
        raw = code.encode() if isinstance(code, str) else code
        counter = self._counter
        if counter is not None and raw:
            counter.waiting.put((raw, self._clock()))

    def unplug(self) -> None:
        """Pull the cord; see `ScannerStage.unplug`."""
        self._plugged = False
        counter, self._counter = self._counter, None
        if counter is not None:
            counter.waiting.put(None)

    def replug(self) -> None:
        """Plug the cord in; see `ScannerStage.replug`."""
        self._plugged = True

    def _connect(self) -> _Counter:
        if not self._plugged:
            raise FileNotFoundError("unplugged")
        self._counter = _Counter(self.device)
        return self._counter


class _Counter:
    """Codes on their way to an open scanner."""

    def __init__(self, device: str) -> None:
        self._device = device
        self.waiting: queue.SimpleQueue[tuple[bytes, int] | None] = queue.SimpleQueue()

    def read(self) -> tuple[Notice, ...]:
        try:
            shown = self.waiting.get(timeout=0.1)
        except queue.Empty:
            return ()
        if shown is None:
            raise ConnectionError("unplugged")
        raw, at = shown
        if len(raw) > LONGEST:
            because = GarbledBecause.TOO_LONG
            return (CodeGarbled(device=self._device, at=at, because=because, length=len(raw)),)
        return (reading(self._device, raw, at),)

    def close(self) -> None:
        """Nothing to let go of."""


def _why(fault: Exception) -> LostBecause:
    return LostBecause.NOT_FOUND if isinstance(fault, FileNotFoundError) else LostBecause.BROKEN_OFF
