"""Rules that were let pass: each with its reason, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from muniment.desk.reading import name_of
from muniment.domain.basics.moments import moment, stamp
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class Passed:
    """A rule that did not stop an act: let pass by a second person, or broken before it was written down (`late`)."""

    seq: int
    at: datetime
    rule: str
    item: str
    by: str
    second: str
    reason: str
    late: bool


def passed_since(work: Work, since: datetime) -> Iterator[Passed]:
    """Every rule that was let pass from a moment on, newest first; read as they are asked for."""
    first = stamp(since)
    for told, fact in work.newest_first():
        late = fact.about.get("late") is True
        if fact.made_at < first:
            if late:
                continue  # written down later than it happened: what stands before it may be newer
            return
        rules = f"{fact.about.get('overridden', '')} {fact.about.get('breach', '')}".split()
        for rule in rules:
            yield Passed(
                told.seq,
                moment(fact.made_at),
                rule,
                name_of(work, fact.subject),
                name_of(work, fact.actor),
                name_of(work, fact.second),
                fact.reason,
                late,
            )
