"""Reads that mean something, told from noise on a line and from one read that came twice. No Qt."""

from __future__ import annotations

from enum import Enum, auto

from muniment.domain.custody.codes import may_mean
from muniment.ports.devices.notices import CodeRead

AGAIN_NS = 700_000_000
"""Nobody means the same code twice within so short a time."""


class Judged(Enum):
    """What a read is taken for."""

    MEANT = auto()
    AGAIN = auto()
    NOISE = auto()


class Reads:
    """Judges one read after the other.

    What a scanner that bounces sends again and again without a pause is one read, so that a card held before it does
    not take back act after act; and so is what two scanners read of one code at once.
    """

    def __init__(self) -> None:
        self._last: dict[str, CodeRead] = {}

    def judge(self, read: CodeRead) -> Judged:
        """What this read is, given the last one of each scanner."""
        if not may_mean(read.text):
            return Judged.NOISE
        near = [one for one in self._last.values() if abs(read.at - one.at) < AGAIN_NS]
        self._last[read.device] = read
        return Judged.AGAIN if any(one.text == read.text for one in near) else Judged.MEANT
