"""Bans and status: what takes the right to draw is one person's word, what gives it back takes two."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.depot import Depot, depot_in_memory
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.people import ban, change_status
from muniment.domain.basics.refusal import Refusal
from muniment.domain.people.authority import Status


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def rule_of(depot: Depot) -> str:
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return refusal.value.rule


def test_a_ban_is_not_softened_by_a_shorter_one(depot: Depot) -> None:
    ban(depot.desk, depot.by_officer(reason="case 7"), depot.soldier, None)
    with pytest.raises(Refusal) as refusal:
        ban(depot.desk, depot.by_officer(reason="shorter"), depot.soldier, date(2026, 12, 1))
    assert refusal.value.rule == "second_person_missing"
    ban(depot.desk, depot.by_officer(second=True, reason="as ordered"), depot.soldier, date(2026, 12, 1))
    assert rule_of(depot) == "ban_in_force"


def test_a_ban_does_not_end_before_it_begins(depot: Depot) -> None:
    with pytest.raises(Refusal) as refusal:
        ban(depot.desk, depot.by_officer(second=True, reason="slip"), depot.soldier, date(2020, 1, 1))
    assert refusal.value.rule == "ban_over"


def test_a_ban_is_made_longer_alone(depot: Depot) -> None:
    ban(depot.desk, depot.by_officer(reason="case 7"), depot.soldier, date(2026, 12, 1))
    ban(depot.desk, depot.by_officer(reason="case 7 goes on"), depot.soldier, None)
    depot.clock.forward(days=60)
    assert rule_of(depot) == "ban_in_force"


def test_who_left_comes_back_into_service_by_two(depot: Depot) -> None:
    change_status(depot.desk, depot.by_officer(reason="signal"), depot.soldier, Status.DESERTED)
    with pytest.raises(Refusal) as refusal:
        change_status(depot.desk, depot.by_officer(reason="he is back"), depot.soldier, Status.SERVING)
    assert refusal.value.rule == "second_person_missing"
    assert rule_of(depot) == "not_serving"
    change_status(depot.desk, depot.by_officer(second=True, reason="order 12"), depot.soldier, Status.SERVING)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
