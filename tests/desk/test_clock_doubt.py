"""A clock that was set back or years ahead is told of, by what the book says; nobody is kept from work by it."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory
from muniment.desk.clock_doubt import clock_doubt
from muniment.desk.hatch import Wanted, issue_item


@pytest.fixture
def depot() -> Depot:
    made = depot_in_memory()
    issue_item(made.desk, made.by_officer(), made.rifle, Wanted(made.soldier))
    return made


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, ""),
        (-0.005, ""),
        (-1, "behind the book"),
        (-365, "behind the book"),
        (30, ""),
        (30 * 365, "days after the last entry"),
    ],
)
def test_the_clock_is_held_against_the_newest_entries(depot: Depot, days: float, words: str) -> None:
    depot.clock.forward(days=days)
    with depot.desk.look() as work:
        doubt = clock_doubt(work, depot.clock.now())
    assert (doubt is not None) == bool(words)
    assert words in str(doubt or "")


def test_a_late_entry_of_last_week_does_not_hide_that_the_clock_is_behind(depot: Depot) -> None:
    depot.clock.forward(days=-7)
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(depot.soldier))
    with depot.desk.look() as work:
        assert clock_doubt(work, depot.clock.now()) is not None
