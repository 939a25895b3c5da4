"""How far a long task is, and how long it will still take. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.ports.clock import Clock


@dataclass(frozen=True, slots=True)
class Going:
    """So many of so many are done; `left` are the seconds that the rest will take, absent while nobody can tell."""

    done: int
    all: int
    left: int | None = None


class Pace:
    """Tells from the part that is done how long the rest takes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began_ms = clock.mono_ms()

    def at(self, done: int, count: int) -> Going:
        """So much is done now."""
        passed_ms = self._clock.mono_ms() - self._began_ms
        left = round(passed_ms * (count - done) / done / 1000) if done and passed_ms > 0 else None
        return Going(done, count, left)
