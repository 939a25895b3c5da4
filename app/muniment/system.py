"""The operating system behind the ports: clock, fresh identities, this workstation's name, folders."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import platformdirs

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [high + low for high in _ALPHABET for low in _ALPHABET]
_SHIFTS = tuple(range(120, -10, -10))


def _base32(number: int) -> str:
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in _SHIFTS])


class SystemClock:
    """The clock of this machine."""

    def __init__(self) -> None:
        started = Path("/proc/sys/kernel/random/boot_id")
        self._boot = started.read_text().strip() if started.exists() else os.urandom(16).hex()

    def now(self) -> datetime:
        """The time of day."""
        return datetime.now(UTC)  # noqa: TID251 - the one place where it is asked

    def mono_ms(self) -> int:
        """Milliseconds that the machine has been running, or thereabouts."""
        return time.monotonic_ns() // 1_000_000

    def boot(self) -> str:
        """The kernel's name for this run; on other systems one made when the program starts."""
        return self._boot


class SystemIds:
    """Identities from the operating system's randomness; ordered ones begin with the time."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def ordered(self) -> str:
        """48 bits of milliseconds, then randomness; never smaller than the one before."""
        fresh = (time.time_ns() // 1_000_000 << 80) | int.from_bytes(os.urandom(10))
        with self._lock:
            self._last = max(fresh, self._last + 1)
            return _base32(self._last)

    def random(self) -> str:
        """128 random bits."""
        return _base32(int.from_bytes(os.urandom(16)))

    def secret(self) -> bytes:
        """32 random bytes."""
        return os.urandom(32)


def program_version() -> str:
    """Name and version of the running program, as records carry it."""
    # Loaded here, for the window is painted before anybody asks.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"muniment {version('muniment')}"
    except PackageNotFoundError:
        return "muniment, not installed"


def data_folder() -> Path:
    """Where registers of this user lie unless told otherwise."""
    return Path(platformdirs.user_data_dir("muniment", appauthor=False))


def settings_folder() -> Path:
    """Where the settings of this user at this machine lie."""
    return Path(platformdirs.user_config_dir("muniment", appauthor=False))


def documents_folder() -> Path:
    """Where printed sheets of this user go."""
    return Path(platformdirs.user_documents_dir()) / "Muniment"


def local_zone() -> tzinfo:
    """The zone this machine's clock is set to."""
    return datetime.now(UTC).astimezone().tzinfo or UTC  # noqa: TID251 - asks for the zone, not the time


def workstation() -> str:
    """A name for this machine that stays the same and tells nothing about its owner.

    Made from the machine's id where the system has one, else from its network name.
    """
    machine = Path("/etc/machine-id")
    seed = machine.read_text().strip() if machine.exists() else os.environ.get("COMPUTERNAME", os.name)
    return "ws-" + hashlib.sha256(b"muniment workstation " + seed.encode()).hexdigest()[:12]
