"""How long to wait before trying a lost device again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import SystemRandom

FIRST_S = 0.5
LONGEST_S = 30.0
HEALTHY_AFTER_S = 60.0
"""A device that was ready this long is tried again as soon as one lost for the first time."""

_chance = SystemRandom()


def delays_s(share: Callable[[], float] = _chance.random) -> Iterator[float]:
    """Seconds to wait before each further try, without end: doubling, varied by up to a quarter.

    `share` gives numbers from 0 up to 1. No delay is below `FIRST_S` or above `LONGEST_S`.
    """
    middle = FIRST_S
    while True:
        yield min(LONGEST_S, max(FIRST_S, middle * (0.75 + share() / 2)))
        middle = min(LONGEST_S, middle * 2)
