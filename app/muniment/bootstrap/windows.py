"""Putting the windows together: on a register, with the devices and the printers of this workstation."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from muniment.bootstrap.papers import paper_of
from muniment.bootstrap.registers import ThisMachine, create_register, join_register
from muniment.desk.opening import Realm
from muniment.desk.register import Register
from muniment.domain.basics.text import say
from muniment.ports.devices.manifest import SettingWrong
from muniment.ports.devices.scanner import Scanner
from muniment.ports.work import StoreFault
from muniment.system import settings_folder
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, Thing, furnish
from muniment.ui.devices import Devices
from muniment.ui.settings.kept import Settings, SettingsFile
from muniment.ui.settings.workstation import SerialPort, Workstation
from muniment_drivers.registry import Registry
from muniment_drivers.scanner_serial.simulated import SimulatedScanner

if TYPE_CHECKING:  # Qt is only loaded where a window is opened
    from muniment.ui.desktop import Desktop
    from muniment.ui.shell.window import Window


def open_desktop(where: str) -> int:
    """Open the windows on a register with the devices of this workstation; answers the exit status.

    Where there is no register yet, ask what to begin with.

    Raises:
        StoreFault: the register cannot be opened.

    """
    if not where.startswith(("postgresql", ":")) and not Path(where).exists():
        return FirstStart(Path(where)).run()
    return _run(desktop_on(join_register(where), this_workstation()))


def practise(where: str, things: Sequence[Thing]) -> int:
    """Open the windows on a training register with pretended devices; answers the exit status."""
    return _run(_practice(where, things))


def _practice(where: str, things: Sequence[Thing]) -> Desktop:
    scanner = SimulatedScanner("Practice scanner")
    devices = Devices([scanner], None, scanner, tuple(things))
    file = SettingsFile(settings_folder())
    desktop = desktop_on(join_register(where), Workstation(file.read(), file.write, lambda _: devices))
    desktop.say_at_the_door(
        say("Sign in as {name} with the passphrase: {passphrase}", name=OFFICER, passphrase=PASSPHRASE)
    )
    return desktop


class FirstStart:
    """Asks what to begin with, and opens the windows on what was made or found."""

    def __init__(self, where: Path) -> None:
        from muniment.ui.bridge import Bridge
        from muniment.ui.desktop import application
        from muniment.ui.kit.theme import wear
        from muniment.ui.settings.languages import speak
        from muniment.ui.settings.wearing import theme_of
        from muniment.ui.welcome.presenter import WelcomePresenter
        from muniment.ui.welcome.screen import Welcome

        self._application = application()
        settings = SettingsFile(settings_folder()).read().settings
        mirrored = speak(settings.language, self._application)
        wear(theme_of(settings, self._application.primaryScreen()), mirrored=mirrored)
        self.desktop: Desktop | None = None
        self.welcome = Welcome(WelcomePresenter(ThisMachine(), where), Bridge())
        self.welcome.opened.connect(lambda register: self._go_on(desktop_on(register, this_workstation())))
        self.welcome.practice_asked.connect(self._practise)

    def run(self) -> int:
        """Ask, and stay until the last window is closed; answers the exit status."""
        self.welcome.show()
        status = self._application.exec()
        if self.desktop is not None:
            self.desktop.close()
        return status

    def _practise(self) -> None:
        where = Path(tempfile.mkdtemp(prefix="muniment-practice-")) / "demonstration.muniment"
        register = create_register(str(where), CHARTER)
        things = furnish(register)
        register.close()
        self._go_on(_practice(str(where), things))

    def _go_on(self, desktop: Desktop) -> None:
        self.desktop = desktop
        desktop.show()
        self.welcome.close()


def this_workstation() -> Workstation:
    """The machine it runs on, with the settings of its user."""
    file = SettingsFile(settings_folder())

    def scanner(name: str, port: str) -> Scanner:
        make = Registry().driver("scanner_serial").scanner
        if make is None:
            raise LookupError("the serial driver makes no scanner")
        return make(name, {"port": port})

    def ports() -> tuple[SerialPort, ...]:
        from muniment_drivers.scanner_serial.ports import ports as plugged_in

        return tuple(SerialPort(name, says) for name, says in plugged_in())

    return Workstation(file.read(), file.write, plugged_in_by, ports, scanner)


def plugged_in_by(settings: Settings) -> Devices:
    """The scanners that settings name, and one that types like a keyboard; MUNIMENT_SCANNERS names other ports.

    Raises:
        SettingWrong: what stands for a port or a key cannot be one.

    """
    named = [part for part in os.environ.get("MUNIMENT_SCANNERS", "").split(",") if part]
    drivers = Registry()
    serial, wedge = drivers.driver("scanner_serial").scanner, drivers.driver("scanner_wedge").sieve
    ports = named or settings.scanner_ports
    scanners = [serial(f"Scanner {n}", {"port": port}) for n, port in enumerate(ports, 1)] if serial else []
    keys = {"prefix": settings.wedge_prefix, "suffix": settings.wedge_suffix}
    return Devices(scanners, wedge("Keyboard scanner", keys) if wedge else None)


def desktop_on(register: Register, workstation: Workstation, door: Window | None = None) -> Desktop:
    """The desktop on a register, in the window that stands open already or in one of its own; it is not shown yet.

    Raises:
        StoreFault: pretended devices for a register of real weapons.

    """
    from muniment.ui.desktop import Desktop, application
    from muniment.ui.kit.theme import theme, wear
    from muniment.ui.settings.languages import speak
    from muniment.ui.settings.wearing import theme_of

    settings = workstation.read.settings
    try:
        devices = workstation.devices(settings)
    except SettingWrong:  # keys or a port that were written into the file by hand
        devices = workstation.devices(Settings())
    if devices.stage is not None and register.realm is not Realm.TRAINING:
        raise StoreFault(
            say("Pretended devices are for training registers."),
            say("Nothing was opened."),
            say("Open a training register, or use real devices."),
        )
    running = application()
    if door is None:
        mirrored = speak(settings.language, running)
        wear(theme_of(settings, running.primaryScreen()), mirrored=mirrored)
    return Desktop(
        register, devices, paper_of(register, pretended=devices.stage is not None), theme(), door, workstation
    )


def _run(desktop: Desktop) -> int:
    from muniment.ui.desktop import application

    desktop.show()
    status = application().exec()
    desktop.close()
    return status
