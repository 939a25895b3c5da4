"""A late issue is judged by what stood when it happened: worked examples, rule by rule, both ways round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta, timezone

import pytest

from fakes.depot import Depot, rifle_called
from fakes.of_its_time import (
    EXAMPLES,
    WASH,
    Example,
    another,
    both,
    broken,
    limits,
    made_depot,
    open_rules,
    other,
)
from fakes.workshop import component
from muniment.desk import stock
from muniment.desk.components import fit_component, remove_component
from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Deposition
from muniment.desk.hatch import (
    Wanted,
    issue_item,
    quarantine,
    return_item,
)
from muniment.desk.late import past_issue_breaches, record_past_issue
from muniment.desk.own_states import define_axes, move_to_state
from muniment.desk.people import ban, enter_certificate
from muniment.domain.custody.own_states import OwnState
from muniment.domain.people.authority import Certificate
from muniment.domain.stock.component_kinds import ComponentKind


@pytest.fixture
def depot() -> Depot:
    return made_depot()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.rule)
def test_what_came_about_since_does_not_count(depot: Depot, example: Example) -> None:
    depot.clock.forward(hours=2)
    example.begins(depot)
    depot.clock.forward(hours=2)
    assert example.rule in broken(depot, hours=0)
    assert example.rule not in broken(depot, hours=3)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.rule)
def test_what_ended_since_counts(depot: Depot, example: Example) -> None:
    example.begins(depot)
    depot.clock.forward(hours=2)
    example.ends(depot)
    depot.clock.forward(hours=2)
    assert example.rule not in broken(depot, hours=0)
    assert example.rule in broken(depot, hours=3)


def test_a_certificate_that_ran_out_since_was_good_then(depot: Depot) -> None:
    enter_certificate(depot.desk, both(depot), depot.soldier, Certificate("SA", date(2026, 11, 24)))
    depot.clock.forward(hours=24)
    assert broken(depot, hours=0) == ["certificate_expired"]
    assert broken(depot, hours=24) == []


def test_the_zone_in_which_the_time_is_told_does_not_matter(depot: Depot) -> None:
    enter_certificate(depot.desk, both(depot), depot.soldier, Certificate("SA", date(2026, 11, 24)))
    depot.clock.forward(hours=14)  # 23:00 in UTC: to the east the next day has begun
    for hours_ahead in (0, 2):
        said = depot.by_officer(at=depot.clock.at.astimezone(timezone(timedelta(hours=hours_ahead))))
        with depot.desk.look() as work:
            assert past_issue_breaches(depot.desk, work, said, [depot.rifle], depot.soldier) == []


def test_a_certificate_for_another_type_that_was_entered_since_did_not_help_then(depot: Depot) -> None:
    newcomer = depot.second
    depot.clock.forward(hours=2)
    enter_certificate(depot.desk, both(depot), newcomer, Certificate("", date(2027, 1, 1)))
    depot.clock.forward(hours=2)
    said = depot.by_officer()
    for hours, rules in ((0, []), (3, ["certificate_missing"])):
        at = depot.clock.at - timedelta(hours=hours)
        with depot.desk.look() as work:
            found = past_issue_breaches(depot.desk, work, replace(said, at=at), [depot.rifle], newcomer)
        assert [one.objection.rule for one in found if one.objection.rule.startswith("certificate")] == rules


def test_who_held_enough_then_and_gave_it_back_since_had_reached_the_limit(depot: Depot) -> None:
    held = [another(depot, f"EX-2{nth}") for nth in range(2)]
    for one in held:
        issue_item(depot.desk, depot.by_officer(), one, Wanted(depot.soldier))
    depot.clock.forward(hours=2)
    for one in held:
        return_item(depot.desk, depot.by_officer(), one)
    depot.clock.forward(hours=2)
    assert broken(depot, hours=0) == []
    assert broken(depot, hours=3) == ["limit_reached"]


@pytest.mark.parametrize(("at_first", "later", "then"), [(1, 2, ["limit_reached"]), (2, 1, [])])
def test_the_limit_is_that_of_the_time(depot: Depot, at_first: int, later: int, then: list[str]) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(depot.soldier))
    if at_first != 2:
        limits(depot, weapons_per_person=at_first)
    depot.clock.forward(hours=2)
    limits(depot, weapons_per_person=later)
    depot.clock.forward(hours=2)
    assert broken(depot, hours=3) == then


def test_a_rush_is_seen_although_everything_came_back_since(depot: Depot) -> None:
    limits(depot, rush_weapons=2)
    drawn = [another(depot, f"EX-2{nth}") for nth in range(2)]
    for one in drawn:
        issue_item(
            depot.desk,
            depot.by_officer(),
            one,
            Wanted(other(depot)),
        )
    depot.clock.forward(hours=2)
    for one in drawn:
        return_item(depot.desk, depot.by_officer(), one)
    depot.clock.forward(hours=2)
    assert broken(depot, hours=4) == ["rush"]
    assert broken(depot, hours=3) == []


def test_a_bolt_that_was_taken_off_since_was_on_it_then(depot: Depot) -> None:
    bolt = component(depot, ComponentKind.BOLT, "EX-BT-1")
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    depot.clock.forward(hours=2)
    remove_component(depot.desk, both(depot), bolt, depot.rack)
    depot.clock.forward(hours=2)
    assert broken(depot, hours=0) == ["incomplete"]
    assert broken(depot, hours=3) == []
    assert {"fitted", "later_entry"} <= {*broken(depot, hours=3, item=bolt)}
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    depot.clock.forward(hours=2)
    assert broken(depot, hours=0) == []
    assert broken(depot, hours=3) == ["incomplete"]


def test_a_component_that_was_quarantined_on_it_then_counts_although_it_is_off_now(depot: Depot) -> None:
    bolt = component(depot, ComponentKind.BOLT, "EX-BT-1")
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    quarantine(depot.desk, both(depot), bolt)
    depot.clock.forward(hours=2)
    remove_component(depot.desk, both(depot), bolt, depot.rack)
    fit_component(depot.desk, depot.by_officer(), component(depot, ComponentKind.BOLT, "EX-BT-2"), depot.rifle)
    depot.clock.forward(hours=2)
    assert broken(depot, hours=0) == []
    assert broken(depot, hours=3) == ["component_quarantined"]


def test_a_state_is_judged_by_what_it_meant_then(depot: Depot) -> None:
    move_to_state(depot.desk, both(depot), depot.rifle, "wash", "dirty")
    depot.clock.forward(hours=2)
    lenient = replace(WASH, states=(OwnState("dirty", "Dirty"), WASH.states[1]))
    define_axes(depot.desk, Deposition(depot.administrator_signed_in()), [lenient])
    depot.clock.forward(hours=2)
    assert broken(depot, hours=0) == []
    assert broken(depot, hours=3) == ["state_blocks_issue"]


def test_an_axis_that_was_given_up_since_was_in_use_then(depot: Depot) -> None:
    move_to_state(depot.desk, both(depot), depot.rifle, "wash", "dirty")
    depot.clock.forward(hours=2)
    define_axes(depot.desk, Deposition(depot.administrator_signed_in()), [replace(WASH, in_use=False)])
    depot.clock.forward(hours=2)
    assert broken(depot, hours=0) == []
    assert broken(depot, hours=3) == ["state_blocks_issue"]


def test_what_was_in_store_then_and_has_moved_since_was_in_store(depot: Depot) -> None:
    depot.clock.forward(hours=2)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(other(depot)))
    depot.clock.forward(hours=2)
    assert broken(depot, hours=0) == ["not_in_store"]
    assert broken(depot, hours=3) == ["later_entry"]


def test_what_was_out_then_and_came_back_since_was_out(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(other(depot)))
    depot.clock.forward(hours=2)
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    depot.clock.forward(hours=2)
    assert broken(depot, hours=0) == []
    assert broken(depot, hours=3) == ["not_in_store", "later_entry"]


def test_what_was_taken_back_never_was(depot: Depot) -> None:
    ban(depot.desk, replace(both(depot), act="wrong"), depot.soldier, None)
    issue_item(depot.desk, depot.by_officer(act="slip"), depot.rifle, Wanted(other(depot)))
    depot.clock.forward(hours=2)
    assert broken(depot, hours=1) == ["not_in_store", "ban_in_force"]
    for act in ("wrong", "slip"):
        take_back_act(depot.desk, both(depot), act)
    depot.clock.forward(hours=2)
    assert broken(depot, hours=3) == []


def test_a_record_that_was_withdrawn_is_none_at_any_time(depot: Depot) -> None:
    one = stock.register(depot.desk, depot.by_officer(act="twice"), rifle_called("EX-2"), depot.rack).about
    assert one is not None
    depot.clock.forward(hours=2)
    take_back_act(depot.desk, both(depot), "twice")
    depot.clock.forward(hours=2)
    assert broken(depot, hours=3, item=one) == ["withdrawn"]


def test_of_what_was_taken_in_since_the_first_entry_is_what_is_known(depot: Depot) -> None:
    depot.clock.forward(hours=2)
    one = another(depot, "EX-2")
    quarantine(depot.desk, both(depot), one)
    depot.clock.forward(hours=2)
    assert broken(depot, hours=3, item=one) == ["later_entry"]


def test_a_late_entry_counts_from_when_it_happened_and_its_case_from_now(depot: Depot) -> None:
    ban(depot.desk, both(depot), other(depot), None)
    depot.clock.forward(hours=8)
    past = replace(both(depot), at=depot.clock.at - timedelta(hours=4))
    record_past_issue(depot.desk, past, depot.rifle, Wanted(other(depot)))
    assert open_rules(depot) == ["ban_in_force"]
    assert broken(depot, hours=0) == ["not_in_store", "open_case"]
    assert broken(depot, hours=3) == ["not_in_store"]
    assert broken(depot, hours=5) == ["later_entry"]
