"""Whether the clock of this machine can be right, held against what the book says was written last.

Bans, certificates and the time a thing is due are asked by this clock. It is not refused to work by it: at an alert a
wrong clock must not keep weapons in their racks. But whoever sits down is told.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

from muniment.domain.basics.moments import moment
from muniment.domain.basics.text import Text, say
from muniment.ports.work import Work

LOOKED_AT = 20
"""So many of the newest facts are looked at, because a late entry is of an earlier time than the one before it."""

BEHIND, AHEAD = timedelta(minutes=10), timedelta(days=120)
"""By how much the clock may differ from the newest entry: two desks have two clocks, and a depot may stand still."""


def clock_doubt(work: Work, now: datetime) -> Text | None:
    """What speaks against the clock of this machine; nothing where it may be right."""
    made = [moment(fact.made_at) for _, fact in islice(work.newest_first(), LOOKED_AT)]
    newest = max(made, default=now)
    if newest - now > BEHIND:
        return say("behind the book, which has {then}: set it", then=newest.strftime("%Y-%m-%d %H:%M"))
    if now - newest > AHEAD:
        return say("{days} days after the last entry: is it right?", days=(now - newest).days)
    return None
