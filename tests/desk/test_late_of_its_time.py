"""A late entry is judged by what stood when it happened: worked examples, rule by rule, both ways round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.depot import Depot, depot_in_memory, rifle_called
from fakes.workshop import component, stands
from muniment.desk import cases, kits, stock
from muniment.desk.components import fit_component, remove_component
from muniment.desk.correcting import take_back_act
from muniment.desk.describing import change_condition, describe
from muniment.desk.desk import Deposition
from muniment.desk.hatch import (
    Wanted,
    counter_for,
    issue_item,
    move_item,
    policy_in_force,
    quarantine,
    release_item,
    return_item,
)
from muniment.desk.kits import KitContent
from muniment.desk.late import past_issue_breaches, past_return_breaches, record_past_issue, record_past_returns
from muniment.desk.of_its_time import place_called
from muniment.desk.own_states import define_axes, move_to_state
from muniment.desk.people import Newcomer, ban, change_status, drawer_of, enter_certificate, lift_ban, register_person
from muniment.desk.places import NewPlace, close_place, register_place, rename_place
from muniment.desk.policy import change_policy
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.issuing import objections_to_issue
from muniment.domain.custody.kits import Accessory
from muniment.domain.custody.own_states import NOWHERE, Axis, Blocks, OwnState, Way
from muniment.domain.people.authority import Certificate, Status
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.condition import Condition

WASH = Axis(
    "wash",
    "Wash",
    (OwnState("dirty", "Dirty", Blocks.ALWAYS), OwnState("clean", "Clean")),
    (Way(NOWHERE, "dirty"), Way("dirty", "clean"), Way("clean", "dirty")),
)


@pytest.fixture
def depot() -> Depot:
    return made_depot()


def made_depot() -> Depot:
    made = depot_in_memory()
    define_axes(made.desk, Deposition(made.administrator_signed_in()), [WASH])
    entered = PersonRecord(name="Example Corporal", service_no="0002")
    certified = (Certificate("SA", date(2027, 6, 30)),)
    register_person(made.desk, made.by_officer(), Newcomer(entered, certificates=certified))
    made.clock.forward(hours=1)
    return made


def other(depot: Depot) -> Subject:
    """Somebody else who may draw weapons."""
    with depot.desk.look() as work:
        found = work.person_by("0002")
    assert found is not None
    return found


def both(depot: Depot, act: str = "") -> Deposition:
    return depot.by_officer(second=True, reason="as it is", act=act)


def broken(depot: Depot, *, hours: float, item: Subject | None = None) -> list[str]:
    """The rules that an issue to the soldier broke so many hours ago."""
    said = replace(both(depot), at=depot.clock.at - timedelta(hours=hours))
    with depot.desk.look() as work:
        found = past_issue_breaches(depot.desk, work, said, [item or depot.rifle], depot.soldier)
    return [one.objection.rule for one in found]


def the_case(depot: Depot) -> Subject:
    with depot.desk.look() as work:
        return work.open_cases(depot.rifle)[0].subject


def the_kit(depot: Depot) -> Subject:
    with depot.desk.look() as work:
        return [kit.subject for kit in work.all_of(Kind.KIT)][-1]


def make_kit(depot: Depot) -> None:
    content = KitContent((depot.rifle, depot.pistol), (Accessory("magazine", 4),))
    kits.register(depot.desk, depot.by_officer(), "Night watch", content, depot.rack)


def leave_kit(depot: Depot) -> None:
    kits.change(
        depot.desk, depot.by_officer(), the_kit(depot), KitContent((depot.pistol,), (Accessory("magazine", 4),))
    )


def limits(depot: Depot, **wanted: int) -> None:
    change_policy(depot.desk, Deposition(depot.administrator_signed_in(), reason="ordered"), wanted)


def another(depot: Depot, serial: str) -> Subject:
    made = stock.register(depot.desk, depot.by_officer(), rifle_called(serial), depot.rack).about
    assert made is not None
    return made


@dataclass(frozen=True)
class Example:
    """Something that speaks against an issue, how it comes about and how it ends."""

    rule: str
    begins: Callable[[Depot], object]
    ends: Callable[[Depot], object]


EXAMPLES = [
    Example(
        "open_case",
        lambda d: cases.open_a_case(d.desk, both(d), d.rifle),
        lambda d: cases.close(d.desk, both(d), the_case(d)),
    ),
    Example(
        "ban_in_force",
        lambda d: ban(d.desk, both(d), d.soldier, None),
        lambda d: lift_ban(d.desk, both(d), d.soldier),
    ),
    Example(
        "not_serving",
        lambda d: change_status(d.desk, both(d), d.soldier, Status.POSTED),
        lambda d: change_status(d.desk, both(d), d.soldier, Status.SERVING),
    ),
    Example(
        "certificate_expired",
        lambda d: enter_certificate(d.desk, both(d), d.soldier, Certificate("SA", date(2026, 11, 20))),
        lambda d: enter_certificate(d.desk, both(d), d.soldier, Certificate("SA", date(2027, 11, 20))),
    ),
    Example(
        "quarantined",
        lambda d: quarantine(d.desk, both(d), d.rifle),
        lambda d: release_item(d.desk, both(d), d.rifle),
    ),
    Example(
        "not_serviceable",
        lambda d: change_condition(d.desk, both(d), d.rifle, Condition.REPAIRABLE),
        lambda d: change_condition(d.desk, both(d), d.rifle, Condition.SERVICEABLE),
    ),
    Example(
        "inspection_overdue",
        lambda d: describe(d.desk, both(d), d.rifle, {"inspection_due": "2026-11-20"}),
        lambda d: describe(d.desk, both(d), d.rifle, {"inspection_due": "2027-11-20"}),
    ),
    Example("part_of_kit", make_kit, leave_kit),
    Example(
        "state_blocks_issue",
        lambda d: move_to_state(d.desk, both(d), d.rifle, "wash", "dirty"),
        lambda d: move_to_state(d.desk, both(d), d.rifle, "wash", "clean"),
    ),
]


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


def contradicted(depot: Depot, *, hours: float, to: Subject | None = None) -> list[str]:
    """What a return so many hours ago contradicted."""
    with depot.desk.look() as work:
        found = past_return_breaches(work, [depot.rifle], depot.clock.at - timedelta(hours=hours), to)
    return [one.objection.rule for one in found]


def test_a_return_is_held_against_the_book_of_its_time(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=2)
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    depot.clock.forward(hours=2)
    assert contradicted(depot, hours=0) == ["not_out"]
    assert contradicted(depot, hours=3) == ["later_entry"]
    assert contradicted(depot, hours=5) == ["not_out", "later_entry"]


def test_a_place_that_was_closed_since_was_open_then(depot: Depot) -> None:
    rack2 = register_place(depot.desk, depot.by_officer(), NewPlace("RACK2", "", PlaceKind.RACK, _room(depot))).about
    assert rack2 is not None
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=4)
    close_place(depot.desk, both(depot), rack2)
    depot.clock.forward(hours=2)
    past = replace(both(depot), at=depot.clock.at - timedelta(hours=3))
    with depot.desk.look() as work:
        assert place_called(work, "rack2", past.at).subject == rack2
    assert contradicted(depot, hours=3, to=rack2) == []
    assert contradicted(depot, hours=1, to=rack2) == ["place_closed"]
    answer = record_past_returns(depot.desk, past, [depot.rifle], to=rack2)
    assert depot.card(depot.rifle).place == "ROOM1"
    assert [str(one) for one in answer.warnings] == [
        "RACK2 is closed by now. By the book it lies at ROOM1: move it to where it is."
    ]
    assert depot.breaks() == ()


def test_a_place_is_named_as_it_was_called_then(depot: Depot) -> None:
    depot.clock.forward(hours=2)
    rename_place(depot.desk, depot.by_officer(), depot.rack, "RACK9", "Rack 9")
    depot.clock.forward(hours=2)
    now, before = depot.clock.at, depot.clock.at - timedelta(hours=3)
    with depot.desk.look() as work:
        assert place_called(work, "RACK1", before).subject == depot.rack
        assert place_called(work, "RACK9", before).subject == depot.rack
        with pytest.raises(Refusal) as refusal:
            place_called(work, "RACK1", now)
    assert refusal.value.rule == "unknown_place"


def test_what_comes_home_to_a_place_that_is_closed_lies_in_the_open_one_around_it(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    move_item(depot.desk, depot.by_officer(), depot.pistol, _room(depot))
    close_place(depot.desk, both(depot), depot.rack)
    depot.clock.forward(hours=2)
    record_past_returns(depot.desk, replace(both(depot), at=depot.clock.at), [depot.rifle])
    assert depot.card(depot.rifle).place == "ROOM1"


def test_a_find_is_held_against_the_book_of_its_time(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=2)
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    room = _room(depot)
    depot.clock.forward(hours=2)
    past = replace(both(depot), at=depot.clock.at - timedelta(hours=3))
    cases.record_as_found(depot.desk, past, depot.rifle, room)
    assert open_rules(depot) == ["found_elsewhere", "later_entry"]
    with depot.desk.look() as work:
        fact = work.facts_of(depot.rifle)[-1][1]
    assert fact.about == {"late": True, "breach": "found_elsewhere later_entry"}


def test_who_held_it_when_it_was_lost_answers_for_it(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=2)
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    issue_item(
        depot.desk,
        depot.by_officer(),
        depot.rifle,
        Wanted(other(depot)),
    )
    depot.clock.forward(hours=2)
    past = replace(both(depot), at=depot.clock.at - timedelta(hours=3))
    holds_now = other(depot)
    cases.declare_missing(depot.desk, past, depot.rifle)
    with depot.desk.look() as work:
        assert [(one.text("rule"), one.text("holder")) for one in work.unsettled()] == [
            ("unaccounted", depot.soldier),
            ("later_entry", holds_now),
        ]


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


def past(depot: Depot, *, hours: float) -> Deposition:
    return replace(both(depot), at=depot.clock.at - timedelta(hours=hours))


def open_rules(depot: Depot) -> list[str]:
    with depot.desk.look() as work:
        return [one.text("rule") for one in work.unsettled()]


def _room(depot: Depot) -> Subject:
    return Subject(stands(depot, depot.rack).text("parent"))
