"""Arrivals as people read them: papers, what is there, what is missing, what was not announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.desk.desk import stands
from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.moments import moment
from muniment.domain.custody.arrivals import (
    OPEN,
    Described,
    Found,
    Seen,
    broken_of,
    described,
    item_of,
    listed_of,
    not_announced,
    seals_of,
    seen_of,
    tally,
)
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.standing import Standing
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class ArrivalLine:
    """One line of an arrival: what was announced, what is there, or both.

    `line` is its number on the list, 0 where it was not announced; `seen` the number under which it was checked in, 0
    where it is not there. `found` is how the register stands to it, empty where it is not there. `register_no` is its
    number here, empty until a new one is taken in.
    """

    line: int
    seen: int
    what: Described
    listed: int
    there: int
    found: str = ""
    register_no: str = ""
    otherwise: bool = False

    @property
    def missing(self) -> int:
        """How many were announced and are not there."""
        return max(0, self.listed - self.there)

    @property
    def over(self) -> int:
        """How many are there and were not announced."""
        return max(0, self.there - self.listed)


@dataclass(frozen=True, slots=True)
class ArrivalCard:
    """An arrival as people read it. `broken` are the seals that were broken, absent where nobody has said yet."""

    subject: Subject
    register_no: str
    state: str
    sender: str
    document: str
    seals: tuple[str, ...]
    broken: tuple[str, ...] | None
    begun_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    place: str
    listed: int
    there: int
    missing: int
    extra: int

    @property
    def is_open(self) -> bool:
        """Whether nothing of it is in store yet."""
        return self.state in OPEN


def arrival_card(work: Work, arrival: Standing) -> ArrivalCard:
    """One arrival, counted in pieces."""
    lines = tally(arrival)
    due, closed = arrival.text("due_at"), arrival.text("closed_at")
    return ArrivalCard(
        subject=arrival.subject,
        register_no=arrival.text("register_no"),
        state=arrival.text("state"),
        sender=arrival.text("sender"),
        document=arrival.text("document"),
        seals=seals_of(arrival),
        broken=broken_of(arrival),
        begun_at=moment(arrival.text("begun_at")),
        due_at=moment(due) if due else None,
        closed_at=moment(closed) if closed else None,
        place=name_of(work, arrival.text("place")),
        listed=sum(one.listed.quantity for one in lines),
        there=sum(one.quantity for one in seen_of(arrival).values()),
        missing=sum(one.missing for one in lines),
        extra=sum(one.over for one in lines) + sum(one.quantity for one in not_announced(arrival).values()),
    )


def arrival_lines(work: Work, arrival: Standing) -> tuple[ArrivalLine, ...]:
    """The list in its order, with what was put to each line; then what was not announced."""
    came = _taken_in(work, arrival)
    on: dict[int, list[tuple[int, Seen]]] = {}
    for nth, seen in sorted(seen_of(arrival).items()):
        on.setdefault(seen.line, []).append((nth, seen))
    lines: list[ArrivalLine] = []
    for nth, listed in listed_of(arrival).items():
        there = on.get(nth)
        if there is None:
            lines.append(ArrivalLine(nth, 0, listed.what, listed.quantity, 0))
        for at, seen in there or ():
            lines.append(_line(work, at, seen, listed.quantity, came))
    return (*lines, *(_line(work, at, seen, 0, came) for at, seen in on.get(0, ())))


def arrivals(work: Work, *, settled: bool = False) -> list[ArrivalCard]:
    """Arrivals that are not closed, oldest first; with `settled` those closed or taken back, newest first."""
    found = [one for one in work.all_of(Kind.ARRIVAL) if (one.text("state") in OPEN) is not settled]
    cards = [arrival_card(work, one) for one in found]
    return cards[::-1] if settled else cards


def _line(work: Work, nth: int, seen: Seen, listed: int, came: dict[int, str]) -> ArrivalLine:
    item = work.standing(item_of(seen)) if seen.item else None
    return ArrivalLine(
        line=seen.line,
        seen=nth,
        what=described(item) if item is not None else seen.what,
        listed=listed,
        there=seen.quantity,
        found=seen.found.value,
        register_no=item.text("register_no") if item is not None else came.get(nth, ""),
        otherwise=seen.otherwise,
    )


def _taken_in(work: Work, arrival: Standing) -> dict[int, str]:
    """The register numbers that new things got at the closing, by the numbers under which they were seen."""
    if arrival.text("state") != "closed":
        return {}
    act = next(fact.act for _, fact in work.facts_of(arrival.subject) if fact.kind is Deed.ARRIVAL_CLOSED)
    new = [
        stands(work, one.subject).text("register_no")
        for one, fact in work.facts_of_act(act)
        if fact.kind in (Deed.WEAPON_REGISTERED, Deed.LINE_REGISTERED)
    ]
    seen = [nth for nth, one in sorted(seen_of(arrival).items()) if one.found in (Found.NEW, Found.COUNTED)]
    return dict(zip(seen, new, strict=True))
