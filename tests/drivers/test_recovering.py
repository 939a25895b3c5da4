"""The thread that keeps a device read."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from muniment.ports.devices.notices import CodeRead, LostBecause, Notice
from muniment_drivers.kit.backoff import HEALTHY_AFTER_S
from muniment_drivers.kit.reading import reading
from muniment_drivers.kit.recovering import Recovering

LIMIT_S = 10.0


class TwoAtOnce:
    """A line on which two codes arrive with one read."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def read(self) -> tuple[Notice, ...]:
        return (reading("counter", b"AK-1", 1), reading("counter", b"AK-2", 2))

    def close(self) -> None:
        self.closed.set()


class Breaking:
    """A line that breaks at the first read, some time later on the device's clock."""

    def __init__(self, clock: list[int], healthy_s: float) -> None:
        self._clock = clock
        self._healthy_s = healthy_s

    def read(self) -> tuple[Notice, ...]:
        self._clock[0] += int(self._healthy_s * 1e9)
        raise ConnectionError

    def close(self) -> None:
        """Nothing to let go of."""


def _broken(fault: Exception) -> LostBecause:
    return LostBecause.BROKEN_OFF


def test_a_session_that_was_ended_never_speaks_again() -> None:
    heard: list[str] = []
    entered, back = threading.Event(), threading.Event()

    def listen(notice: Notice) -> None:
        if isinstance(notice, CodeRead):
            heard.append(notice.text)
            entered.set()
            back.wait(LIMIT_S)

    line = TwoAtOnce()
    device = Recovering("counter", lambda: line, _broken)
    device.open(listen)
    assert entered.wait(LIMIT_S)
    device.close()
    back.set()
    assert line.closed.wait(LIMIT_S)
    assert heard == ["AK-1"]


def _waits_of(healthy_s: float) -> list[int]:
    """How far along its waits a device is at each of five losses."""
    clock, steps, enough = [0], list[int](), threading.Event()

    def delays() -> Iterator[float]:
        for step in range(100):
            steps.append(step)
            if len(steps) == 5:
                enough.set()
            yield 0.001

    device = Recovering("counter", lambda: Breaking(clock, healthy_s), _broken, delays=delays, clock=lambda: clock[0])
    device.open(lambda notice: None)
    assert enough.wait(LIMIT_S)
    device.close()
    return steps[:5]


def test_a_device_that_keeps_breaking_is_tried_ever_less_often() -> None:
    assert _waits_of(healthy_s=1) == [0, 1, 2, 3, 4]


def test_a_device_that_was_healthy_is_tried_again_soon() -> None:
    assert _waits_of(healthy_s=HEALTHY_AFTER_S) == [0, 0, 0, 0, 0]
