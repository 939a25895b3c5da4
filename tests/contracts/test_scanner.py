"""What every scanner promises, whatever it hangs on."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import pytest

from muniment.ports.devices.faults import DeviceBusy
from muniment.ports.devices.notices import CodeRead, DeviceLost, DeviceReady, Notice
from muniment.ports.devices.scanner import DeviceState, Scanner
from muniment.ports.devices.stage import ScannerStage
from muniment_drivers.scanner_serial.emulator import PtyWire, ScannerEmulator, TcpWire, Wire
from muniment_drivers.scanner_serial.real import SerialScanner
from muniment_drivers.scanner_serial.simulated import SimulatedScanner

LIMIT_S = 10.0


class Ear:
    """Listens on the driver's thread; the test waits for what it wants to hear."""

    def __init__(self) -> None:
        self.heard: list[Notice] = []
        self.threads: set[int] = set()
        self._changed = threading.Condition()

    def __call__(self, notice: Notice) -> None:
        with self._changed:
            self.heard.append(notice)
            self.threads.add(threading.get_ident())
            self._changed.notify_all()

    def wait_for(self, kind: type[Notice], count: int = 1) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.count(kind) >= count, LIMIT_S), self.heard

    def count(self, kind: type[Notice]) -> int:
        return sum(isinstance(notice, kind) for notice in self.heard)

    @property
    def texts(self) -> list[str]:
        return [notice.text for notice in self.heard if isinstance(notice, CodeRead)]


@dataclass
class Pair:
    scanner: Scanner
    stage: ScannerStage


def _quick() -> Iterator[float]:
    return repeat(0.02)


def _simulated(folder: Path) -> Iterator[Pair]:
    made = SimulatedScanner("counter", delays=_quick)
    yield Pair(made, made)
    made.close()


def _wired(wire: Wire) -> Iterator[Pair]:
    emulator = ScannerEmulator(wire)
    scanner = SerialScanner("counter", {"port": emulator.url}, delays=_quick)
    yield Pair(scanner, emulator)
    scanner.close()
    emulator.stop()


VARIANTS: dict[str, Callable[[Path], Iterator[Pair]]] = {
    "simulated": _simulated,
    "over tcp": lambda folder: _wired(TcpWire()),
}
if sys.platform != "win32":
    VARIANTS["over a pseudo-terminal"] = lambda folder: _wired(PtyWire(folder))


@pytest.fixture(params=list(VARIANTS))
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    yield from VARIANTS[request.param](tmp_path)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def ready(pair: Pair, ear: Ear) -> Pair:
    pair.scanner.open(ear)
    ear.wait_for(DeviceReady)
    return pair


def test_it_is_closed_at_first(pair: Pair) -> None:
    assert pair.scanner.state is DeviceState.CLOSED


def test_it_says_that_it_is_ready_and_is(ready: Pair, ear: Ear) -> None:
    assert ready.scanner.state is DeviceState.READY
    assert isinstance(ear.heard[0], DeviceReady)


def test_a_code_arrives_whole_with_its_identifier_and_its_time(ready: Pair, ear: Ear) -> None:
    before = time.monotonic_ns()
    ready.stage.present("]d2010950600013435221SN-042\x1d10L7")
    ear.wait_for(CodeRead)
    read = ear.heard[-1]
    assert isinstance(read, CodeRead)
    assert read.device == "counter"
    assert read.aim == "]d2"
    assert read.text == "010950600013435221SN-042\x1d10L7"
    assert read.raw == b"]d2010950600013435221SN-042\x1d10L7"
    assert before <= read.at <= time.monotonic_ns()


def test_bytes_that_are_no_text_are_kept(ready: Pair, ear: Ear) -> None:
    ready.stage.present(b"\x00\xff\x1d\x07AK")
    ear.wait_for(CodeRead)
    read = ear.heard[-1]
    assert isinstance(read, CodeRead)
    assert read.raw == b"\x00\xff\x1d\x07AK"


def test_a_code_beyond_all_length_is_dropped_and_the_next_is_read(ready: Pair, ear: Ear) -> None:
    ready.stage.present(b"A" * 20_000)
    ready.stage.present("AK-000042")
    ear.wait_for(CodeRead)
    assert ear.texts == ["AK-000042"]


def test_codes_keep_their_order_and_come_on_one_thread_of_the_driver(ready: Pair, ear: Ear) -> None:
    shown = [f"AK-{number:06}" for number in range(300)]
    for code in shown:
        ready.stage.present(code)
    ear.wait_for(CodeRead, len(shown))
    assert ear.texts == shown
    assert len(ear.threads) == 1
    assert threading.get_ident() not in ear.threads


def test_unplugged_it_is_lost_once_and_recovers_by_itself(ready: Pair, ear: Ear) -> None:
    ready.stage.present("AK-1")
    ear.wait_for(CodeRead)
    for outage in range(1, 4):
        ready.stage.unplug()
        ear.wait_for(DeviceLost, outage)
        assert ready.scanner.state is not DeviceState.READY
        ready.stage.replug()
        ear.wait_for(DeviceReady, outage + 1)
    ready.stage.present("AK-2")
    ear.wait_for(CodeRead, 2)
    assert ear.count(DeviceLost) == 3, ear.heard
    assert ear.texts == ["AK-1", "AK-2"]


def test_absent_from_the_start_it_says_so_once_and_is_found_later(pair: Pair, ear: Ear) -> None:
    pair.stage.unplug()
    pair.scanner.open(ear)
    ear.wait_for(DeviceLost)
    assert pair.scanner.state is DeviceState.LOST
    pair.stage.replug()
    ear.wait_for(DeviceReady)
    assert [type(notice) for notice in ear.heard] == [DeviceLost, DeviceReady]


def test_opening_twice_is_refused(ready: Pair, ear: Ear) -> None:
    with pytest.raises(DeviceBusy):
        ready.scanner.open(ear)


def test_closing_is_quick_silent_and_may_be_repeated(ready: Pair, ear: Ear) -> None:
    begun = time.monotonic()
    ready.scanner.close()
    ready.scanner.close()
    assert time.monotonic() - begun < 2
    assert ready.scanner.state is DeviceState.CLOSED
    heard = len(ear.heard)
    ready.stage.unplug()
    assert len(ear.heard) == heard
    assert not any(thread.name == "device counter" and thread.is_alive() for thread in threading.enumerate())


def test_closing_while_it_is_lost_is_quick(pair: Pair, ear: Ear) -> None:
    pair.stage.unplug()
    pair.scanner.open(ear)
    ear.wait_for(DeviceLost)
    begun = time.monotonic()
    pair.scanner.close()
    assert time.monotonic() - begun < 2


def test_closed_it_may_be_opened_again(ready: Pair, ear: Ear) -> None:
    ready.scanner.close()
    ready.scanner.open(ear)
    ear.wait_for(DeviceReady, 2)
    ready.stage.present("AK-2")
    ear.wait_for(CodeRead)
    assert ear.texts == ["AK-2"]


def test_the_listener_may_close_it(pair: Pair, ear: Ear) -> None:
    def listen(notice: Notice) -> None:
        if isinstance(notice, CodeRead):
            pair.scanner.close()
        ear(notice)

    pair.scanner.open(listen)
    ear.wait_for(DeviceReady)
    pair.stage.present("AK-1")
    ear.wait_for(CodeRead)
    assert pair.scanner.state is DeviceState.CLOSED


def test_a_listener_that_stays_away_does_not_hold_up_closing(pair: Pair, ear: Ear) -> None:
    back = threading.Event()

    def listen(notice: Notice) -> None:
        ear(notice)
        back.wait(LIMIT_S)

    pair.scanner.open(listen)
    ear.wait_for(DeviceReady)
    begun = time.monotonic()
    pair.scanner.close()
    assert time.monotonic() - begun < 2.2
    back.set()


def test_what_the_listener_raises_is_reported_and_reading_goes_on(
    pair: Pair, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", reported.append)

    def listen(notice: Notice) -> None:
        ear(notice)
        if isinstance(notice, CodeRead) and notice.text == "AK-1":
            raise LookupError("a bug in the house")

    pair.scanner.open(listen)
    ear.wait_for(DeviceReady)
    pair.stage.present("AK-1")
    pair.stage.present("AK-2")
    ear.wait_for(CodeRead, 2)
    assert ear.texts == ["AK-1", "AK-2"]
    assert [report.exc_type for report in reported] == [LookupError]
    assert ear.count(DeviceLost) == 0
