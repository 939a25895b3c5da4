"""What the page of settings shows and keeps, decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.ports.devices.manifest import SettingWrong
from muniment.ports.devices.scanner import Scanner
from muniment.ui.devices import Devices
from muniment.ui.settings.kept import Settings
from muniment.ui.settings.workstation import Workstation

TRIED_AS = "Scanner being tried"


@dataclass(frozen=True, slots=True)
class PortLine:
    """A port: its name, what is plugged in there, whether it is used, whether it is there now."""

    name: str
    says: str
    used: bool
    here: bool


@dataclass(frozen=True, slots=True)
class SettingsView:
    """The page: what holds, and the ports. `pretends` says that this register's devices are pretended."""

    settings: Settings
    ports: tuple[PortLine, ...]
    pretends: bool
    told: Text | None = None


class SettingsPresenter:
    """Keeps what is chosen; `now` is what holds, also where it could not be written."""

    def __init__(self, workstation: Workstation) -> None:
        self._workstation = workstation
        self.now = workstation.read.settings
        self._told = workstation.read.says

    def view(self) -> SettingsView:
        """What is shown now."""
        told, self._told = self._told, None
        pretends = self._workstation.scanner is None
        return SettingsView(self.now, () if pretends else self._ports(), pretends, told)

    def change(self, **changes: object) -> SettingsView:
        """Let other settings hold, and write them.

        Raises:
            StoreFault: they cannot be written; they hold until the program is closed.

        """
        self.now = msgspec.structs.replace(self.now, **changes)
        self._workstation.keep(self.now)
        return self.view()

    def use(self, port: str, *, used: bool) -> SettingsView:
        """Use the scanner on a port from now on, or no more.

        Raises:
            StoreFault: see `change`.

        """
        ports = [name for name in self.now.scanner_ports if name != port]
        return self.change(scanner_ports=(*ports, port) if used else tuple(ports))

    def wedge_keys(self, prefix: str, suffix: str) -> SettingsView:
        """Set the keys that a scanner in keyboard mode presses before and after each code.

        Raises:
            Refusal: that is no key.
            StoreFault: see `change`.

        """
        wanted = msgspec.structs.replace(self.now, wedge_prefix=prefix.strip(), wedge_suffix=suffix.strip())
        try:
            self._workstation.devices(wanted)
        except SettingWrong as wrong:
            raise Refusal(
                f"wrong_{wrong.name}",
                say("These are no keys: {keys}.", keys=prefix if wrong.name == "prefix" else suffix),
                do_now=say("Write them as on a keyboard, several parted by a blank: Ctrl+B, F9, Enter."),
            ) from wrong
        return self.change(wedge_prefix=wanted.wedge_prefix, wedge_suffix=wanted.wedge_suffix)

    def devices(self) -> Devices:
        """The devices that the settings name now."""
        return self._workstation.devices(self.now)

    def scanner(self, port: str) -> Scanner:
        """A scanner on a port, to be tried.

        Raises:
            LookupError: devices are pretended here.

        """
        if self._workstation.scanner is None:
            raise LookupError("devices are pretended here")
        return self._workstation.scanner(TRIED_AS, port)

    def _ports(self) -> tuple[PortLine, ...]:
        there = self._workstation.ports()
        used = self.now.scanner_ports
        lines = [PortLine(port.name, port.says, port.name in used, here=True) for port in there]
        names = {port.name for port in there}
        return (*(PortLine(name, "", used=True, here=False) for name in used if name not in names), *lines)


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about."""
    return refusal.rule.removeprefix("wrong_")
