"""What tests use instead of this machine's clock and randomness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from argon2 import PasswordHasher

from fakes.keys import HeadsInMemory, KeysOfThisMachine
from muniment.bootstrap import Outside
from muniment.passphrase import Argon2Passphrases
from muniment.ports.clock import Clock
from muniment.system import SystemIds

MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
KEYS = KeysOfThisMachine()
"""One workstation's keys for all desks of a test run."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


class StoppedClock:
    """Stands still until a test moves it."""

    def __init__(self, at: datetime = MORNING) -> None:
        self.at = at
        self.running_ms = 0

    def now(self) -> datetime:
        return self.at

    def mono_ms(self) -> int:
        return self.running_ms

    def boot(self) -> str:
        return "test-boot"

    def forward(self, **by: float) -> None:
        step = timedelta(**by)
        self.at += step
        self.running_ms += int(step.total_seconds() * 1000)


class CountingIds:
    """1, 2, 3, … as identities; secrets follow from the count."""

    def __init__(self) -> None:
        self.count = 0

    def ordered(self) -> str:
        self.count += 1
        return "".join(_ALPHABET[(self.count >> shift) & 31] for shift in range(125, -5, -5))

    def random(self) -> str:
        return self.ordered()[::-1]

    def secret(self) -> bytes:
        self.count += 1
        return self.count.to_bytes(32)


def unhurried() -> Callable[[], int]:
    """A monotonic clock for a scanner in the hand of somebody who takes a second from one scan to the next."""
    return count(10**12, 10**9).__next__


def quick_passphrases() -> Argon2Passphrases:
    """The real Argon2id, with as little work as it allows."""
    return Argon2Passphrases(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def another_desk(name: str, clock: Clock) -> Outside:
    """A desk of this workstation with the machine's own identities, so that no two make the same."""
    return Outside(clock, SystemIds(), quick_passphrases(), name, "muniment test", KEYS, HeadsInMemory())


def outside(clock: StoppedClock | None = None) -> Outside:
    return Outside(
        clock or StoppedClock(), CountingIds(), quick_passphrases(), "ws-test", "muniment test", KEYS, HeadsInMemory()
    )
