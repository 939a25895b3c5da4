"""Which drivers there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from muniment.ports.devices.faults import DeviceRefused
from muniment.ports.devices.keys import KeySieve
from muniment.ports.devices.manifest import Manifest, Settings
from muniment.ports.devices.scanner import Scanner
from muniment_drivers.scanner_serial.manifest import MANIFEST as SCANNER_SERIAL
from muniment_drivers.scanner_wedge.manifest import MANIFEST as SCANNER_WEDGE

GROUP = "muniment.drivers"


@dataclass(frozen=True, slots=True)
class Driver:
    """A driver and how its device is made; exactly one of the two ways is there.

    Making imports the driver's libraries, and raises `ImportError` where one is missing and `SettingWrong` where a
    setting is. The first argument is the depot's name for the device.
    """

    manifest: Manifest
    scanner: Callable[[str, Settings], Scanner] | None = None
    sieve: Callable[[str, Settings], KeySieve] | None = None


@dataclass(frozen=True, slots=True)
class Outsider:
    """A driver that another distribution offers. It was seen, not loaded: its code has not run here."""

    name: str
    distribution: str
    version: str


class DuplicateDriver(ValueError):  # noqa: N818 - named as a fault
    """Two drivers claim one name. `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(f"more than one driver is called {name}")
        self.name = name


def _serial(device: str, settings: Settings) -> Scanner:
    from muniment_drivers.scanner_serial.real import SerialScanner

    return SerialScanner(device, settings)


def _wedge(device: str, settings: Settings) -> KeySieve:
    from muniment_drivers.scanner_wedge.protocol import WedgeSieve

    return WedgeSieve(device, settings)


BUILT_IN: tuple[Driver, ...] = (
    Driver(SCANNER_SERIAL, scanner=_serial),
    Driver(SCANNER_WEDGE, sieve=_wedge),
)


class Registry:
    """The drivers at hand: those of the house, and the names of those offered from outside.

    Raises:
        DuplicateDriver: on construction, if two drivers have one name, wherever they come from.

    """

    def __init__(
        self,
        built_in: Iterable[Driver] = BUILT_IN,
        offered: Iterable[EntryPoint] | None = None,
    ) -> None:
        self._drivers: dict[str, Driver] = {}
        for driver in built_in:
            if driver.manifest.name in self._drivers:
                raise DuplicateDriver(driver.manifest.name)
            self._drivers[driver.manifest.name] = driver
        self._outsiders: dict[str, Outsider] = {}
        for point in entry_points(group=GROUP) if offered is None else offered:
            if point.name in self._drivers or point.name in self._outsiders:
                raise DuplicateDriver(point.name)
            self._outsiders[point.name] = _outsider(point)

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """The drivers that may be used, in the order of the house."""
        return tuple(self._drivers.values())

    @property
    def outsiders(self) -> tuple[Outsider, ...]:
        """The drivers that were offered from outside, by name."""
        return tuple(self._outsiders[name] for name in sorted(self._outsiders))

    def driver(self, name: str) -> Driver:
        """The driver of that name.

        Raises:
            DeviceRefused: it comes from outside, and nobody has approved it.
            KeyError: there is none.

        """
        if name in self._outsiders:
            raise DeviceRefused(name, "this driver comes from outside and has not been approved")
        return self._drivers[name]


def _outsider(point: EntryPoint) -> Outsider:
    if point.dist is None:
        return Outsider(point.name, "", "")
    return Outsider(point.name, point.dist.name, point.dist.version)
