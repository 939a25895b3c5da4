"""What the settings ask of the machine they are for. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from muniment.ports.devices.scanner import Scanner
from muniment.ui.devices import Devices
from muniment.ui.settings.kept import Read, Settings


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A serial port of this machine: the name it is opened by, and what the system says is plugged in there."""

    name: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Workstation:
    """The machine with its user's settings.

    `read` is how the settings were found when the program started. `keep` writes them, and raises `StoreFault`.
    `devices` makes what the settings name, and raises `SettingWrong` where a key or a port cannot be one. `scanner`
    makes one on a port to be tried, given its name and the port; there is none where devices are pretended.
    """

    read: Read
    keep: Callable[[Settings], None]
    devices: Callable[[Settings], Devices]
    ports: Callable[[], tuple[SerialPort, ...]] = tuple
    scanner: Callable[[str, str], Scanner] | None = None
