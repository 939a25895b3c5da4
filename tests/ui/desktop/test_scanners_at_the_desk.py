"""Two serial scanners on real pseudo-terminals and one that types, before one desk, on a bad day."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fakes.at_the_desk import AtTheDesk
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ports.devices.notices import CodeRead, DeviceReady, Notice
from muniment_drivers.scanner_serial.emulator import PtyWire, ScannerEmulator
from muniment_drivers.scanner_serial.real import SerialScanner
from muniment_drivers.scanner_wedge.protocol import WedgeSieve

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are for POSIX")

NAMES = ("Left scanner", "Right scanner")


class Counter:
    """A desk with a scanner on each side, and ears on what they report."""

    def __init__(self, bot: QtBot, folder: Path) -> None:
        self.bot = bot
        self.left, self.right = (self._plugged(folder / name) for name in NAMES)
        ports = zip(NAMES, (self.left, self.right), strict=True)
        scanners = [SerialScanner(name, {"port": one.url}, delays=lambda: repeat(0.05)) for name, one in ports]
        self.at = AtTheDesk(bot, folder, scanners, WedgeSieve("Keyboard scanner", {}))
        self.noticed: list[Notice] = []
        self.at.desktop.plugs.noticed.connect(self.noticed.append)
        for name in NAMES:
            self.waits(lambda name=name: self.says(name) == "ready")

    @staticmethod
    def _plugged(folder: Path) -> ScannerEmulator:
        folder.mkdir()
        return ScannerEmulator(PtyWire(folder))

    def waits(self, true: Callable[[], bool]) -> None:
        self.bot.waitUntil(true, timeout=5_000)
        self.at.settle()

    def says(self, device: str) -> str:
        """What the status bar says of a device."""
        chips = self.at.desktop.window.status.findChildren(QWidget)
        said = [one.accessibleName() for one in chips if one.accessibleName().startswith(f"{device}, ")]
        return said[-1].removeprefix(f"{device}, ") if said else ""

    @property
    def read(self) -> list[str]:
        return [one.text for one in self.noticed if isinstance(one, CodeRead)]

    def hears_only(self) -> list[Scan]:
        """From now on the hatch does nothing with scans; answers what it is given."""
        given: list[Scan] = []
        hatch = self.at.desktop.hatch
        assert hatch is not None
        hatch.take_scan = lambda scan: given.append(scan) is None  # type: ignore[method-assign]
        return given


@pytest.fixture
def counter(qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(qtbot, tmp_path)
    yield made
    made.at.close()
    made.left.stop()
    made.right.stop()


def test_two_that_send_at_the_same_instant_lose_and_double_nothing(counter: Counter) -> None:
    given = counter.hears_only()
    wanted = {name: [f"{name[0]}-{n:03d}" for n in range(100)] for name in NAMES}
    sends = [
        threading.Thread(target=lambda end=end, name=name: [end.present(code) for code in wanted[name]])
        for end, name in zip((counter.left, counter.right), NAMES, strict=True)
    ]
    for one in sends:
        one.start()
    counter.waits(lambda: len(given) >= 200)
    for one in sends:
        one.join()
    assert {name: [scan.text for scan in given if scan.device == name] for name in NAMES} == wanted


def test_a_scanner_that_bounces_issues_once_and_takes_back_once(counter: Counter) -> None:
    counter.at.scan("BADGE-D101", "TAG-0002")
    for code in ("TAG-0001", "MUNIMENT UNDO LAST"):
        for _ in range(50):
            counter.left.present(code)
        counter.waits(lambda code=code: counter.read.count(code) == 50)
    lines = [(line.serial, line.outcome) for line in counter.at.view.lines]
    assert lines == [("DEMO-10232", "accepted"), ("DEMO-10231", "undone")]
    assert counter.says(NAMES[0]) == "read twice, taken once"


def test_one_code_read_by_a_serial_scanner_and_typed_by_another_is_taken_once(counter: Counter) -> None:
    given = counter.hears_only()
    window = counter.at.desktop.window.windowHandle()
    counter.left.present("TAG-0001")
    QTest.sendKeyEvent(QTest.KeyAction.Click, window, Qt.Key.Key_B, "\x02", Qt.KeyboardModifier.ControlModifier)
    for sign in "TAG-0001\r":
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign))
        QTest.sendKeyEvent(QTest.KeyAction.Click, window, key, sign, Qt.KeyboardModifier.NoModifier)
    counter.waits(lambda: counter.read == ["TAG-0001"] * 2)
    assert [scan.text for scan in given] == ["TAG-0001"]


def test_a_cable_pulled_in_the_middle_of_a_code_is_told_and_the_next_code_is_whole(counter: Counter) -> None:
    given = counter.hears_only()
    counter.left.send(b"TAG-00")
    counter.left.unplug()
    counter.waits(lambda: counter.says(NAMES[0]) == "lost, trying again")
    counter.right.present("TAG-0002")
    counter.waits(lambda: len(given) == 1)
    counter.noticed.clear()
    counter.left.replug()
    counter.waits(lambda: any(isinstance(one, DeviceReady) for one in counter.noticed))
    assert counter.says(NAMES[0]) == "ready"
    counter.left.present("TAG-0003")
    counter.waits(lambda: len(given) == 2)
    assert [scan.text for scan in given] == ["TAG-0002", "TAG-0003"]


def test_noise_on_one_line_does_not_stand_before_the_scans_of_the_other(counter: Counter) -> None:
    chance = random.Random(1)
    counter.at.scan("BADGE-D101")
    for _ in range(40):
        noise = bytes(chance.choice((0, 128, 224, 254, 255)) for _ in range(60))
        counter.left.send(noise + b"\r")
    counter.waits(lambda: len(counter.read) == 41)
    assert counter.says(NAMES[0]) == "noise: check cable and speed"
    counter.right.present("TAG-0001")
    counter.waits(lambda: counter.at.view.accepted == 1)
    assert counter.at.refused == ""
