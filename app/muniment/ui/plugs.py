"""The scanners in use: opened, exchanged while the windows are open, set aside while one of them is tried."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from muniment.ports.devices.scanner import Scanner
from muniment.ui.bridge import Bridge
from muniment.ui.devices import Devices
from muniment.ui.wedge import Wedge


class Plugs(QObject):
    """Carries what scanners notice from their threads to Qt's. Ports are closed on the desk's thread, never on Qt's."""

    noticed = Signal(object)
    """What a scanner in use noticed."""
    tried = Signal(object)
    """What the scanner that is tried noticed."""
    waiting = Signal(str)
    """The name of a scanner that was opened and has not been heard yet."""

    def __init__(self, devices: Devices, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._devices, self._application = devices, application
        self._wedge: Wedge | None = None
        self._trying: Scanner | None = None

    @property
    def devices(self) -> Devices:
        """What is in use."""
        return self._devices

    def open(self) -> None:
        """Begin to listen to everything."""
        self._open_scanners()
        if self._devices.sieve is not None:
            self._wedge = Wedge(self._devices.sieve, self)
            self._wedge.noticed.connect(self.noticed)
            self._wedge.attach(self._application)

    def close(self) -> None:
        """Let go of everything; waits until it is done."""
        if self._trying is not None:
            self._trying.close()
            self._trying = None
        self._drop_wedge()
        for scanner in self._devices.scanners:
            scanner.close()

    def exchange(self, devices: Devices, bridge: Bridge, then: Callable[[], None]) -> None:
        """Use other devices from now on."""
        old, self._devices = self._devices, devices
        self._drop_wedge()

        def let_go() -> None:
            for scanner in old.scanners:
                scanner.close()

        def go_on(_: None) -> None:
            self.open()
            then()

        bridge.do(let_go, go_on)

    def try_one(self, scanner: Scanner, bridge: Bridge) -> None:
        """Listen to one scanner alone; those in use are set aside until `end_trying`."""
        self._trying = scanner

        def let_go() -> None:
            for one in self._devices.scanners:
                one.close()

        def listen(_: None) -> None:
            if self._trying is scanner:
                scanner.open(self.tried.emit)

        bridge.do(let_go, listen)

    def end_trying(self, bridge: Bridge) -> None:
        """Listen to those in use again."""
        scanner, self._trying = self._trying, None
        if scanner is not None:
            bridge.do(scanner.close, lambda _: self._open_scanners())

    def _open_scanners(self) -> None:
        for scanner in self._devices.scanners:
            self.waiting.emit(scanner.device)
            scanner.open(self.noticed.emit)

    def _drop_wedge(self) -> None:
        if self._wedge is not None:
            self._wedge.detach(self._application)
            self._wedge = None
