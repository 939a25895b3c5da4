"""A depot's own states at the desk: they stop issues, and nothing that lowers danger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.depot import Depot, depot_in_memory
from fakes.workshop import component, refused, stands
from muniment.desk import kits
from muniment.desk.cases import declare_missing, record_as_found
from muniment.desk.components import fit_component
from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Deposition
from muniment.desk.hatch import (
    Wanted,
    issue_item,
    move_item,
    quarantine,
    return_item,
)
from muniment.desk.kits import KitContent
from muniment.desk.late import record_past_issue
from muniment.desk.own_states import axes, axis_with, counted, define_axes, define_axis, move_to_state
from muniment.desk.reading import history
from muniment.desk.shipping import send_items
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.own_states import NOWHERE, Axis, Blocks, Guard, OwnState, Way
from muniment.domain.custody.shipping import Consignment
from muniment.domain.people.person import Role
from muniment.domain.stock.component_kinds import ComponentKind

WORKSHOP = Axis(
    "workshop",
    "Workshop",
    (
        OwnState("awaiting", "Awaiting inspection", Blocks.ALWAYS),
        OwnState("inspected", "Inspected", Blocks.UNLESS_OVERRIDDEN),
        OwnState("passed", "Passed"),
    ),
    (
        Way(NOWHERE, "awaiting"),
        Way("awaiting", "inspected", frozenset({Guard.REASON, Guard.IN_STORE})),
        Way("inspected", "passed", frozenset({Guard.SECOND_PERSON})),
        Way("passed", "awaiting"),
    ),
    (Kind.WEAPON, Kind.COMPONENT),
)


@pytest.fixture
def depot() -> Depot:
    made = depot_in_memory()
    define_axes(made.desk, Deposition(made.administrator_signed_in()), [WORKSHOP])
    return made


def goes(depot: Depot, item: Subject, *states: str, act: str = "") -> None:
    for state in states:
        said = depot.by_officer(second=True, reason="looked at it", act=act)
        move_to_state(depot.desk, said, item, "workshop", state)


def issue_refused(depot: Depot, item: Subject) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, depot.by_officer(), item, Wanted(depot.soldier))
    return refusal.value


def test_what_awaits_inspection_is_issued_by_nobody(depot: Depot) -> None:
    goes(depot, depot.rifle, "awaiting")
    refusal = issue_refused(depot, depot.rifle)
    assert (refusal.rule, refusal.override) == ("state_blocks_issue", None)
    assert "Awaiting inspection" in str(refusal.says)
    assert "Inspected" in str(refusal.do_now)
    said = depot.by_officer(reason="urgent", second=True, overrides={"state_blocks_issue"})
    with pytest.raises(Refusal):
        issue_item(depot.desk, said, depot.rifle, Wanted(depot.soldier))


def test_a_definition_may_leave_it_to_a_second_person(depot: Depot) -> None:
    goes(depot, depot.rifle, "awaiting", "inspected")
    assert issue_refused(depot, depot.rifle).override is not None
    said = depot.by_officer(reason="urgent", second=True, overrides={"state_blocks_issue"})
    answer = issue_item(depot.desk, said, depot.rifle, Wanted(depot.soldier))
    with depot.desk.look() as work:
        fact = work.fact(answer.told[-1].seq)
    assert fact is not None
    assert fact.about == {"overridden": "state_blocks_issue"}


def test_what_passed_and_what_stands_on_no_axis_is_issued(depot: Depot) -> None:
    goes(depot, depot.rifle, "awaiting", "inspected", "passed")
    for item in (depot.rifle, depot.pistol):
        issue_item(depot.desk, depot.by_officer(), item, Wanted(depot.soldier))
    assert depot.breaks() == ()


def test_a_component_that_awaits_inspection_keeps_its_weapon_in_store(depot: Depot) -> None:
    barrel = component(depot, ComponentKind.BARREL, "EX-B-1")
    fit_component(depot.desk, depot.by_officer(), barrel, depot.rifle)
    goes(depot, barrel, "awaiting")
    refusal = issue_refused(depot, depot.rifle)
    assert refusal.rule == "state_blocks_issue"
    assert "C-0000001" in str(refusal.says)


def test_a_kit_waits_for_each_of_its_members(depot: Depot) -> None:
    content = KitContent((depot.rifle, depot.pistol))
    kit = kits.register(depot.desk, depot.by_officer(), "Pair", content, depot.rack).about
    assert kit is not None
    goes(depot, depot.pistol, "awaiting")
    assert refused(depot, kits.issue, kit, Wanted(depot.soldier)) == "state_blocks_issue"


@pytest.mark.parametrize("path", [("awaiting",), ("awaiting", "inspected"), ("awaiting", "inspected", "passed")])
def test_no_state_refuses_what_lowers_danger(depot: Depot, path: tuple[str, ...]) -> None:
    desk, second = depot.desk, depot.by_officer(second=True, reason="as it is")
    goes(depot, depot.rifle, *path)
    late = replace(second, at=depot.clock.at)
    record_past_issue(desk, late, depot.rifle, Wanted(depot.soldier))  # it happened, whatever the state said
    return_item(desk, depot.by_officer(), depot.rifle)
    quarantine(desk, depot.by_officer(reason="rust"), depot.rifle)
    move_item(desk, depot.by_officer(), depot.rifle, depot.rack)
    declare_missing(desk, second, depot.rifle)
    record_as_found(desk, second, depot.rifle, depot.rack)
    send = depot.by_officer(second=True, reason="for destruction", overrides={"open_case"}, doc="D-1")
    send_items(desk, send, Consignment("Furnace", "D-1"), [depot.rifle])
    assert stands(depot, depot.rifle).text(WORKSHOP.name) == path[-1]
    assert depot.breaks() == ()


def test_a_late_issue_out_of_a_blocking_state_opens_a_case(depot: Depot) -> None:
    goes(depot, depot.rifle, "awaiting")
    late = replace(depot.by_officer(second=True, reason="power cut"), at=depot.clock.at)
    record_past_issue(depot.desk, late, depot.rifle, Wanted(depot.soldier))
    with depot.desk.look() as work:
        assert [case.text("rule") for case in work.open_cases(depot.rifle)] == ["state_blocks_issue"]


def test_a_step_is_told_with_before_and_after_and_taken_back_by_a_counter_entry(depot: Depot) -> None:
    goes(depot, depot.rifle, "awaiting")
    goes(depot, depot.rifle, "inspected", act="step")
    take_back_act(depot.desk, depot.by_officer(reason="wrong weapon", second=True), "step")
    with depot.desk.look() as work:
        lines = history(work, depot.rifle)
    assert [line.kind for line in lines[1:]] == [Deed.STATE_MOVED, Deed.STATE_MOVED, Deed.REVERSED]
    assert str(lines[2].what) == "State changed: Workshop: Inspected"
    assert [(c.field, c.before, c.after) for c in lines[2].changes] == [("state_workshop", "awaiting", "inspected")]
    assert [one.says for one in depot.card(depot.rifle).states] == ["Awaiting inspection"]
    assert depot.breaks() == ()


def test_the_same_step_twice_under_one_name_is_one_step(depot: Depot) -> None:
    said = depot.by_officer(act="step-1")
    move_to_state(depot.desk, said, depot.rifle, "workshop", "awaiting")
    assert move_to_state(depot.desk, said, depot.rifle, "workshop", "awaiting").again


def test_a_commander_who_is_no_armoury_officer_goes_the_ways_that_are_his(depot: Depot) -> None:
    approving = replace(WORKSHOP, ways=(*WORKSHOP.ways[:2], Way("inspected", "passed", role=Role.COMMANDER)))
    define_axes(depot.desk, Deposition(depot.administrator_signed_in()), [approving])
    goes(depot, depot.rifle, "awaiting", "inspected")
    assert refused(depot, move_to_state, depot.rifle, "workshop", "passed") == "role_missing"
    officer = depot.by_officer().officer
    commander = Deposition(replace(officer, roles=frozenset({Role.COMMANDER.value})))
    move_to_state(depot.desk, commander, depot.rifle, "workshop", "passed")
    assert stands(depot, depot.rifle).text(WORKSHOP.name) == "passed"


def test_who_may_not_set_limits_defines_no_states(depot: Depot) -> None:
    assert refused(depot, define_axes, [replace(WORKSHOP, key="other")]) == "role_missing"


def test_one_axis_is_defined_and_never_in_place_of_another(depot: Depot) -> None:
    administrator = Deposition(depot.administrator_signed_in())
    define_axis(depot.desk, administrator, replace(WORKSHOP, key="range", title="Range"))
    with pytest.raises(Refusal) as refusal:
        define_axis(depot.desk, administrator, replace(WORKSHOP, title="Other"))
    assert refusal.value.rule == "state_axis_known"
    with depot.desk.look() as work:
        assert [one.title for one in axes(work)] == ["Workshop", "Range"]


def test_definitions_of_a_file_are_taken_whole_or_not_at_all(depot: Depot) -> None:
    administrator = Deposition(depot.administrator_signed_in())
    good = replace(WORKSHOP, key="range", title="Range")
    lacking = replace(WORKSHOP, states=WORKSHOP.states[:1], ways=WORKSHOP.ways[:1])
    with pytest.raises(Refusal):
        define_axes(depot.desk, administrator, [good, lacking])
    with depot.desk.look() as work:
        assert axes(work) == [WORKSHOP]
    define_axes(depot.desk, administrator, [good, WORKSHOP])
    with depot.desk.look() as work:
        assert axes(work) == [WORKSHOP, good]
        with pytest.raises(Refusal):
            axis_with(work, "passed")


def test_items_are_counted_by_state(depot: Depot) -> None:
    goes(depot, depot.rifle, "awaiting")
    with depot.desk.look() as work:
        assert counted(work, WORKSHOP) == {"awaiting": 1, "inspected": 0, "passed": 0}


def test_an_axis_out_of_use_blocks_nothing(depot: Depot) -> None:
    goes(depot, depot.rifle, "awaiting")
    define_axes(depot.desk, Deposition(depot.administrator_signed_in()), [replace(WORKSHOP, in_use=False)])
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
