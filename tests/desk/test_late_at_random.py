"""Whatever has happened at a depot, a late entry is judged as an ordinary one would have been at its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.depot import Depot
from fakes.of_its_time import EXAMPLES, both, limits, made_depot, other, past
from fakes.workshop import component
from muniment.desk import cases
from muniment.desk.components import fit_component
from muniment.desk.correcting import take_back_act
from muniment.desk.hatch import (
    Wanted,
    counter_for,
    issue_item,
    policy_in_force,
    return_item,
)
from muniment.desk.late import past_issue_breaches, record_past_issue, record_past_returns
from muniment.desk.people import drawer_of
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.issuing import objections_to_issue
from muniment.domain.stock.component_kinds import ComponentKind

ACTS: dict[str, Callable[[Depot], object]] = {
    "issued": lambda d: issue_item(d.desk, d.by_officer(), d.rifle, Wanted(d.soldier)),
    "issued to another": lambda d: issue_item(d.desk, d.by_officer(act="to take back"), d.rifle, Wanted(other(d))),
    "taken back": lambda d: take_back_act(d.desk, both(d), "to take back"),
    "returned": lambda d: return_item(d.desk, d.by_officer(), d.rifle),
    "pistol issued": lambda d: issue_item(d.desk, d.by_officer(), d.pistol, Wanted(d.soldier)),
    "issued on paper": lambda d: record_past_issue(d.desk, past(d, hours=3), d.rifle, Wanted(d.soldier)),
    "returned on paper": lambda d: record_past_returns(d.desk, past(d, hours=2), [d.rifle]),
    "found": lambda d: cases.record_as_found(d.desk, past(d, hours=1), d.rifle, d.rack),
    "lost": lambda d: cases.declare_missing(d.desk, past(d, hours=4), d.rifle),
    "fitted": lambda d: fit_component(d.desk, both(d), component(d, ComponentKind.BOLT, "EX-BT-1"), d.rifle),
    "limited": lambda d: limits(d, weapons_per_person=1, rush_weapons=1),
    **{f"{one.rule} begins": one.begins for one in EXAMPLES},
    **{f"{one.rule} ends": one.ends for one in EXAMPLES},
}


NOT_OF_NOW = frozenset({"taken back", "issued on paper", "returned on paper", "found", "lost"})
"""Acts that say something of an earlier time."""
ANY = st.lists(st.sampled_from(sorted(ACTS)), max_size=12)
OF_NOW = st.lists(st.sampled_from(sorted({*ACTS} - NOT_OF_NOW)), max_size=8)


@settings(max_examples=40, deadline=None)
@given(ANY, st.sampled_from([0, 1]))
def test_what_happened_just_now_is_judged_as_an_ordinary_issue_is(acts: list[str], hours: int) -> None:
    depot = made_depot()
    live(depot, acts, hours)
    ordinary = judged_as_ordinary(depot)
    assert judged_late(depot, depot.clock.at) == ordinary


@settings(max_examples=40, deadline=None)
@given(ANY, OF_NOW, st.sampled_from([0, 1]))
def test_nothing_that_comes_about_later_changes_how_it_is_judged(
    before: list[str], since: list[str], hours: int
) -> None:
    depot = made_depot()
    live(depot, before, hours)
    then, ordinary = depot.clock.at, judged_as_ordinary(depot)
    depot.clock.forward(minutes=1)
    live(depot, since, hours)
    late = [[said for said in one if said[0] != "later_entry"] for one in judged_late(depot, then)]
    assert late == ordinary


def live(depot: Depot, acts: list[str], hours: int) -> None:
    for act in acts:
        depot.clock.forward(hours=hours, minutes=1)
        try:
            ACTS[act](depot)
        except (Refusal, IndexError):  # not possible at this point, or nothing there to end
            continue


def pairs(depot: Depot) -> list[tuple[Subject, Subject]]:
    return list(product((depot.rifle, depot.pistol), (depot.soldier, other(depot))))


def judged_late(depot: Depot, at: datetime) -> list[list[tuple[str, str]]]:
    """What each issue would break as a late entry."""
    found = []
    said = depot.by_officer(at=at)
    for item, person in pairs(depot):
        with depot.desk.look() as work:
            late = [one.objection for one in past_issue_breaches(depot.desk, work, said, [item], person)]
        found.append([(one.rule, str(one.says)) for one in late])
    return found


def judged_as_ordinary(depot: Depot) -> list[list[tuple[str, str]]]:
    """What speaks against each issue now."""
    found = []
    for item, person in pairs(depot):
        with depot.desk.look() as work:
            weapon, receiver, policy = work.standing(item), work.standing(person), policy_in_force(work)
            assert weapon is not None
            assert receiver is not None
            counter = counter_for(work, weapon, receiver, policy, depot.clock.at)
            ordinary = objections_to_issue(weapon, drawer_of(receiver), counter, policy, depot.clock.at)
        found.append([(one.rule, str(one.says)) for one in ordinary])
    return found
