"""Keeping noise on a line from drowning the desk: nobody scans hundreds of codes in seconds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from muniment.ports.devices.notices import CodeGarbled, CodeRead, GarbledBecause, Notice

MOST = 300
"""So many reads pass within `WITHIN_NS`: more than the memory of a hand scanner holds that is emptied at once."""

WITHIN_NS = 10_000_000_000
_SAY_EVERY_NS = 1_000_000_000


class Flood:
    """Lets notices pass, but for reads that come faster than they can be meant.

    A wrong speed of the line or a broken cable makes thousands of codes a minute out of nothing. Those beyond the limit
    are thrown away and told of once a second; when the line has been quiet for a while, reads pass again.
    """

    def __init__(self) -> None:
        self._came: deque[int] = deque(maxlen=MOST)
        self._told = -_SAY_EVERY_NS

    def sift(self, notices: Iterable[Notice]) -> Iterator[Notice]:
        """The notices that may go on, and now and then one that others were thrown away."""
        for notice in notices:
            if not isinstance(notice, CodeRead | CodeGarbled):
                yield notice
                continue
            passes = len(self._came) < MOST or notice.at - self._came[0] > WITHIN_NS
            self._came.append(notice.at)
            if passes:
                yield notice
            elif notice.at - self._told >= _SAY_EVERY_NS:
                self._told = notice.at
                yield CodeGarbled(device=notice.device, at=notice.at, because=GarbledBecause.TOO_MANY)
