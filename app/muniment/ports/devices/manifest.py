"""What a driver declares about itself, readable without loading the driver's libraries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SettingValue = str | int | bool
"""A setting's value; a duration or a length is a whole number whose unit is in the setting's name."""

Settings = Mapping[str, SettingValue]


class DeviceKind(StrEnum):
    """The kinds of device that have a contract."""

    SCANNER = "scanner"


class Tier(StrEnum):
    """How far a driver has been tried.

    Practice: manifest, simulation and contract suite. Bench: also tried byte by byte against an emulator,
    and recovers from unplugging. Proven: a named person ran the hardware suite on a named model.
    """

    PRACTICE = "practice"
    BENCH = "bench"
    PROVEN = "proven"


class SettingWrong(ValueError):  # noqa: N818 - named as a fault
    """A setting is unknown, of the wrong type, or out of its range. `name` says which."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Setting:
    """One field of a driver's settings form.

    The default tells the type. `choices`, where there are any, are the only values allowed. `least` and `most`
    bound a whole number, both included; `most` bounds the length of a text.
    """

    name: str
    title: str
    default: SettingValue
    explanation: str = ""
    choices: tuple[SettingValue, ...] = ()
    least: int | None = None
    most: int | None = None

    def checked(self, value: SettingValue) -> SettingValue:
        """Hand the value back if it may stand here.

        Raises:
            SettingWrong: it is of another type than the default, not among the choices, or out of range.

        """
        if type(value) is not type(self.default):
            raise SettingWrong(self.name, f"must be {type(self.default).__name__}")
        if self.choices and value not in self.choices:
            raise SettingWrong(self.name, "is not one of the choices")
        size = len(value) if isinstance(value, str) else int(value)
        if self.least is not None and size < self.least:
            raise SettingWrong(self.name, f"is below {self.least}")
        if self.most is not None and size > self.most:
            raise SettingWrong(self.name, f"is above {self.most}")
        return value


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who a driver is and what it needs. `libraries` are import names; `name` is stable and stored."""

    name: str
    kind: DeviceKind
    title: str
    summary: str
    settings: tuple[Setting, ...]
    libraries: tuple[str, ...]
    tier: Tier

    def settled(self, given: Settings) -> dict[str, SettingValue]:
        """All settings: those given, checked, and the defaults for the rest.

        Raises:
            SettingWrong: one is wrong, or the form has no such field.

        """
        known = {setting.name: setting for setting in self.settings}
        for name in given:
            if name not in known:
                raise SettingWrong(name, "is not a setting of this driver")
        return {name: setting.checked(given.get(name, setting.default)) for name, setting in known.items()}
