"""What the page of today shows, decided without a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muniment.desk.desk import Desk
from muniment.desk.waiting import WaitingList, waiting
from muniment.domain.basics.text import Text
from muniment.domain.stock.taxonomy import weapon_types
from muniment.ports.views import ItemState, Views, Which

MOST_TYPES = 8


@dataclass(frozen=True, slots=True)
class TypeShare:
    """How many weapons of one type there are."""

    name: Text
    count: int


@dataclass(frozen=True, slots=True)
class TodayView:
    """The figures of the day: weapons by state, what is left to identify, what waits, the size of the ledger."""

    counts: Mapping[ItemState, int]
    to_identify: int
    waits: WaitingList
    types: tuple[TypeShare, ...]
    facts: int


class TodayPresenter:
    """Reads the figures of the day."""

    def __init__(self, desk: Desk, views: Views) -> None:
        self._desk, self._views = desk, views

    def view(self) -> TodayView:
        """The figures now."""
        with self._desk.look() as work:
            facts = work.head().size
        known = weapon_types()
        shares = [
            TypeShare(known[code].name, count) for code, count in self._views.by_type()[:MOST_TYPES] if code in known
        ]
        return TodayView(
            counts=self._views.counts(Which(at=self._desk.clock.now())),
            to_identify=sum(counted.left for counted in self._views.lines()),
            waits=waiting(self._desk, self._views),
            types=tuple(shares),
            facts=facts,
        )
