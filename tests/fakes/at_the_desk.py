"""The whole desktop on a register, worked by keys and by codes held before the scanner, as an officer works it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fakes.outside import StoppedClock, outside, unhurried
from muniment.bootstrap import create_register
from muniment.domain.basics.identity import Subject
from muniment.ports.devices.keys import KeySieve
from muniment.ports.devices.scanner import Scanner
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, furnish
from muniment.ui.desktop import Desktop, Paper
from muniment.ui.devices import Devices
from muniment.ui.hatch.presenter import HatchView
from muniment.ui.shell.panel import Panel
from muniment_drivers.scanner_serial.simulated import SimulatedScanner

PLAIN = Qt.KeyboardModifier.NoModifier


class AtTheDesk:
    """The demonstration depot behind a window that an officer has signed in at, by keys."""

    def __init__(self, bot: QtBot, folder: Path, others: Sequence[Scanner] = (), sieve: KeySieve | None = None) -> None:
        self.bot, self.where, self.clock = bot, str(folder / "desk.muniment"), StoppedClock()
        self.register = create_register(self.where, CHARTER, outside(self.clock))
        things = furnish(self.register)
        self.scanner = SimulatedScanner("Practice scanner", clock=unhurried())
        self.desktop = Desktop(self.register, Devices([self.scanner, *others], sieve, self.scanner, things), Paper())
        self.desktop.show()
        self.desktop.sound.mute(True)
        self.desktop.window.activateWindow()
        bot.waitUntil(self.desktop.window.isActiveWindow, timeout=5_000)
        self.type(OFFICER)
        self.bot.keyClick(self._target(), Qt.Key.Key_Tab)
        self.type(PASSPHRASE)
        self.bot.keyClick(self._target(), Qt.Key.Key_Return)
        bot.waitUntil(lambda: self.desktop.hatch is not None and self.desktop.hatch.view is not None, timeout=5_000)
        self.settle()

    @property
    def view(self) -> HatchView:
        assert self.desktop.hatch is not None
        assert self.desktop.hatch.view is not None
        return self.desktop.hatch.view

    @property
    def panel(self) -> Panel:
        panel = self.desktop.window.panel
        assert panel is not None
        return panel

    @property
    def refused(self) -> str:
        """The rule that refuses, empty where nothing is refused."""
        return self.view.refusal.rule if self.view.refusal is not None else ""

    def settle(self) -> None:
        assert self.desktop.pages is not None
        for bridge in (self.desktop.bridge, self.desktop.pages.looking) * 3:
            done: list[bool] = []
            bridge.do(lambda done=done: True, done.append)
            self.bot.waitUntil(lambda done=done: bool(done), timeout=5_000)

    def scan(self, *codes: str) -> None:
        """Hold codes before the scanner, one after the other."""
        for code in codes:
            heard: list[object] = []
            self.desktop.plugs.noticed.connect(heard.append)
            self.scanner.present(code)
            self.bot.waitUntil(lambda heard=heard: bool(heard), timeout=5_000)
            self.desktop.plugs.noticed.disconnect(heard.append)
            self.settle()

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        for key in keys:
            self.bot.keyClick(self._target(), key, modifier)
            self.settle()

    def press_at_once(self, key: Qt.Key) -> None:
        """Press a key, and wait for nothing: the desk answers it later."""
        QTest.keyClick(self._target(), key)

    def type(self, text: str) -> None:
        self.bot.keyClicks(self._target(), text)

    def go_to(self, name: str) -> None:
        """Walk with Tab to the field of this name."""
        for _ in range(40):
            if name in self._target().accessibleName():
                return
            self.bot.keyClick(self._target(), Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {name}")

    def wait_a_tick(self) -> None:
        """Let the hatch look at its clock."""
        assert self.desktop.hatch is not None
        self.desktop.hatch.tick()
        self.settle()

    def state(self, code: str, field: str) -> str:
        """A field of what a code is bound to, as the register has it now."""
        with self.register.desk.look() as work:
            found = work.bound_to(code)
            standing = work.standing(found) if found is not None else None
        assert standing is not None
        return standing.text(field)

    def receipt_state(self, code: str) -> str:
        """How the hand receipt stands that a thing is on."""
        with self.register.desk.look() as work:
            standing = work.standing(Subject(self.state(code, "receipt")))
        assert standing is not None
        return standing.text("state")

    def whole(self) -> bool:
        return self.register.audit.verify(lambda _done, _all: True).breaks == ()

    def close(self) -> None:
        self.desktop.close()
        self.desktop.window.close()
        self.desktop.window.deleteLater()
        self.desktop.deleteLater()

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or self.desktop.window
