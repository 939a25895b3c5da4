"""What time it is, and how far that may be believed."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The workstation's clock.

    `now` is UTC and may jump when somebody sets the clock; `mono_ms` only ever grows while the machine runs; `boot`
    names that run, so that the two can be held against each other afterwards.
    """

    def now(self) -> datetime:
        """The time of day, with its zone."""

    def mono_ms(self) -> int:
        """Milliseconds since some moment of this run; never smaller than before."""

    def boot(self) -> str:
        """A name for this run of the machine."""
