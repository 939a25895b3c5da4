"""What a device reports. A notice lives for seconds, may be lost or repeated, and is not yet a fact."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class LostBecause(StrEnum):
    """Why a device cannot be reached; a face has a sentence for each."""

    NOT_FOUND = "not_found"
    IN_USE = "in_use"
    NOT_ALLOWED = "not_allowed"
    BROKEN_OFF = "broken_off"
    LIBRARY_MISSING = "library_missing"
    SETTING_WRONG = "setting_wrong"


class GarbledBecause(StrEnum):
    """Why a read was thrown away; a face has a sentence for each."""

    TOO_LONG = "too_long"
    NEVER_ENDED = "never_ended"
    NO_PREFIX = "no_prefix"
    AFTER_ITS_END = "after_its_end"
    UNKNOWN_KEY = "unknown_key"
    TOO_SHORT = "too_short"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a device reported.

    `device` is the name the depot gave the device. `at` is the reading of this computer's monotonic clock,
    in nanoseconds, when the last byte or key of it arrived; it is comparable only within one run.
    """

    device: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRead(Notice):
    """A scanner read a code.

    `raw` is all that was sent, without the terminator. `aim` is the symbology identifier (`]d2`) if the
    scanner sent one. `text` is `raw` without `aim`, read as UTF-8, or as Latin-1 where it is not UTF-8; control
    characters, among them the separator GS, are still in it.
    """

    raw: bytes
    text: str
    aim: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeGarbled(Notice):
    """Something arrived that cannot be a whole code. It was thrown away and is not repeated anywhere."""

    because: GarbledBecause
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceReady(Notice):
    """The device can be used, for the first time or again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLost(Notice):
    """The device cannot be used; said once for each outage.

    `detail` is the operating system's own wording, for the log and not for the screen.
    """

    because: LostBecause
    detail: str = field(default="", compare=False)
