"""The table of a depot's own states: what is in it passes when its needs are met, what is not is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from muniment.domain.basics.identity import Kind, subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.own_states import (
    NOWHERE,
    Axis,
    Blocks,
    Guard,
    OwnState,
    Stance,
    Way,
    axis_of,
    define,
    redefine,
)
from muniment.domain.custody.reversing import WITHDRAWN, may_be_taken_back, reverse
from muniment.domain.custody.standing import Standing, follow
from muniment.domain.custody.state_moves import Mover, move_state
from muniment.domain.people.person import Role
from muniment.exchange.state_files import axes_text, read_axes

OFFICER = subject(Kind.PERSON, "0" * 25 + "1")
SECOND = subject(Kind.PERSON, "0" * 25 + "2")
RIFLE = Standing(subject(Kind.WEAPON, "0" * 25 + "3"), 1, {"register_no": "W-0000001"})
DEFINITION = subject(Kind.STATE_AXIS, "0" * 25 + "4")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
IN_STORE = Mover({Role.ARMOURY_OFFICER}, in_store=True)

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
        Way("inspected", "passed", frozenset({Guard.SECOND_PERSON, Guard.DOCUMENT}), Role.COMMANDER),
        Way("inspected", "awaiting", frozenset({Guard.REASON})),
        Way("passed", "awaiting"),
        Way("passed", NOWHERE),
    ),
)
STATES = ("", *(one.key for one in WORKSHOP.states))
BY_ALL_MEANS = Acting(OFFICER, NOON, SECOND, reason="looked at it", doc="D-1")


def acting(**given: object) -> Acting:
    return replace(BY_ALL_MEANS, **given)  # type: ignore[arg-type]


def standing_in(state: str) -> Standing:
    return structs.replace(RIFLE, fields={**RIFLE.fields, **({WORKSHOP.name: state} if state else {})})


def rule_against(start: str, end: str, by: Acting, mover: Mover = IN_STORE) -> str:
    with pytest.raises(Refusal) as refusal:
        move_state(standing_in(start), WORKSHOP, end, mover, by)
    return refusal.value.rule


MISSING = [pair for pair in product(STATES, STATES) if pair not in {(way.start, way.end) for way in WORKSHOP.ways}]


@pytest.mark.parametrize(("start", "end"), MISSING)
def test_what_is_not_in_the_table_is_refused_whoever_asks(start: str, end: str) -> None:
    everybody = Mover(set(Role), in_store=True)
    assert rule_against(start, end, BY_ALL_MEANS, everybody) == "state_no_way"


@pytest.mark.parametrize("way", WORKSHOP.ways, ids=lambda way: f"{way.start}-{way.end}")
def test_a_way_in_the_table_passes_and_says_before_and_after(way: Way) -> None:
    mover = Mover({way.role or Role.ARMOURY_OFFICER}, in_store=True)
    fact = move_state(standing_in(way.start), WORKSHOP, way.end, mover, BY_ALL_MEANS)
    assert fact.kind is Deed.STATE_MOVED
    assert fact.before == ({WORKSHOP.name: way.start} if way.start else {})
    assert fact.after == ({WORKSHOP.name: way.end} if way.end else {})
    assert follow(standing_in(way.start), fact).text(WORKSHOP.name) == way.end


UNMET = {
    Guard.REASON: (acting(reason=""), True, "reason_missing"),
    Guard.DOCUMENT: (acting(doc=""), True, "reference_missing"),
    Guard.SECOND_PERSON: (acting(second=None), True, "second_person_missing"),
    Guard.IN_STORE: (BY_ALL_MEANS, False, "not_in_store"),
}


@pytest.mark.parametrize(("way", "need"), [(way, need) for way in WORKSHOP.ways for need in sorted(way.needs)])
def test_a_way_is_refused_without_one_of_its_needs(way: Way, need: Guard) -> None:
    by, in_store, rule = UNMET[need]
    mover = Mover({way.role or Role.ARMOURY_OFFICER}, in_store)
    assert rule_against(way.start, way.end, by, mover) == rule


def test_every_guard_has_a_case_here() -> None:
    assert set(UNMET) == set(Guard)


def test_the_first_is_not_his_own_second() -> None:
    commander = Mover({Role.COMMANDER}, in_store=True)
    assert rule_against("inspected", "passed", acting(second=OFFICER), commander) == "second_person_missing"


def test_a_way_with_a_role_is_gone_by_that_role_only() -> None:
    assert rule_against("inspected", "passed", BY_ALL_MEANS) == "role_missing"


def test_a_way_without_a_role_is_gone_by_who_handles_stock() -> None:
    assert rule_against("passed", "awaiting", BY_ALL_MEANS, Mover({Role.COMMANDER}, in_store=True)) == "role_missing"


def test_a_withdrawn_record_another_kind_of_thing_and_a_retired_axis_take_no_state() -> None:
    for item, axis, rule in (
        (structs.replace(RIFLE, fields={WITHDRAWN: "twice"}), WORKSHOP, "withdrawn"),
        (structs.replace(RIFLE, subject=subject(Kind.COMPONENT, "0" * 26)), WORKSHOP, "state_axis_unknown"),
        (RIFLE, replace(WORKSHOP, in_use=False), "state_axis_unknown"),
    ):
        with pytest.raises(Refusal) as refusal:
            move_state(item, axis, "awaiting", IN_STORE, BY_ALL_MEANS)
        assert refusal.value.rule == rule


def test_only_a_state_that_blocks_speaks_against_an_issue() -> None:
    said = {state: Stance(WORKSHOP, state).objection() for state in STATES[1:]}
    assert said["passed"] is None
    assert said["awaiting"] is not None
    assert said["awaiting"].override is None
    assert said["inspected"] is not None
    assert said["inspected"].override is not None
    assert "Awaiting inspection" in str(said["awaiting"].says)


def test_a_state_that_is_no_longer_defined_waits_for_a_second_person() -> None:
    objection = Stance(WORKSHOP, "scrapped").objection()
    assert objection is not None
    assert objection.override is not None
    assert "scrapped" in str(objection.says)


def test_one_person_alone_does_not_take_back_what_keeps_an_item_from_being_issued() -> None:
    blocking = move_state(standing_in("passed"), WORKSHOP, "awaiting", IN_STORE, acting(second=None))
    after = follow(standing_in("passed"), blocking)
    with pytest.raises(Refusal) as refusal:
        may_be_taken_back(blocking, acting(second=None), in_use=False)
    assert refusal.value.rule == "second_person_missing"
    may_be_taken_back(blocking, BY_ALL_MEANS, in_use=False)
    back = reverse(blocking, "leaf", after, BY_ALL_MEANS)
    assert follow(after, back).text(WORKSHOP.name) == "passed"


def test_what_loosens_is_taken_back_by_one_person() -> None:
    loosening = move_state(standing_in("awaiting"), WORKSHOP, "inspected", IN_STORE, acting(second=None))
    may_be_taken_back(loosening, acting(second=None), in_use=False)
    back = reverse(loosening, "leaf", follow(standing_in("awaiting"), loosening), acting(second=None))
    assert back.after == {WORKSHOP.name: "awaiting"}


def defined(axis: Axis = WORKSHOP) -> Standing:
    return follow(Standing(DEFINITION), define(DEFINITION, axis, [], BY_ALL_MEANS))


def test_a_definition_stands_as_it_was_stated() -> None:
    assert axis_of(defined()) == WORKSHOP


def test_an_axis_is_defined_once() -> None:
    with pytest.raises(Refusal) as refusal:
        define(DEFINITION, WORKSHOP, [defined()], BY_ALL_MEANS)
    assert refusal.value.rule == "state_axis_known"


def test_a_state_is_never_dropped_because_an_item_may_stand_in_it() -> None:
    fewer = replace(
        WORKSHOP,
        states=WORKSHOP.states[:1],
        ways=(Way(NOWHERE, "awaiting"),),
    )
    with pytest.raises(Refusal) as refusal:
        redefine(defined(), fewer, BY_ALL_MEANS)
    assert refusal.value.rule == "state_dropped"
    assert "inspected" in str(refusal.value.says)


def test_an_axis_goes_out_of_use_and_in_again_and_keeps_before_and_after() -> None:
    out = redefine(defined(), replace(WORKSHOP, in_use=False), BY_ALL_MEANS)
    retired = follow(defined(), out)
    assert not axis_of(retired).in_use
    assert axis_of(follow(retired, redefine(retired, WORKSHOP, BY_ALL_MEANS))) == WORKSHOP
    with pytest.raises(Refusal) as refusal:
        redefine(defined(), WORKSHOP, BY_ALL_MEANS)
    assert refusal.value.rule == "nothing_changes"


def test_a_definition_that_was_taken_back_is_out_of_use_for_good() -> None:
    fact = define(DEFINITION, WORKSHOP, [], BY_ALL_MEANS)
    gone = follow(defined(), reverse(fact, "leaf", defined(), BY_ALL_MEANS))
    assert not axis_of(gone).in_use
    with pytest.raises(Refusal) as refusal:
        redefine(gone, WORKSHOP, BY_ALL_MEANS)
    assert refusal.value.rule == "state_axis_known"


MANY = tuple(OwnState(f"s{n}", "ш" * 60) for n in range(60))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"states": ()}, "state_way"),
        ({"states": (), "ways": ()}, "state_no_entrance"),
        ({"ways": (Way("awaiting", "passed"),)}, "state_no_entrance"),
        ({"ways": (Way(NOWHERE, "elsewhere"),)}, "state_way"),
        ({"ways": (Way(NOWHERE, NOWHERE),)}, "state_way"),
        ({"ways": (*WORKSHOP.ways, WORKSHOP.ways[0])}, "named_twice"),
        ({"states": (*WORKSHOP.states, WORKSHOP.states[0])}, "named_twice"),
        ({"of": (Kind.PERSON,)}, "state_bearer"),
        ({"of": ()}, "state_bearer"),
        ({"key": "Work shop"}, "state_key"),
        ({"title": ""}, "state_title"),
        ({"states": MANY, "ways": (Way("", "s1"),)}, "state_axis_too_large"),
    ],
)
def test_what_cannot_be_an_axis_is_refused(change: dict[str, object], rule: str) -> None:
    with pytest.raises(Refusal) as refusal:
        replace(WORKSHOP, **change)  # type: ignore[arg-type]
    assert refusal.value.rule == rule


KEYS = st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True), min_size=1, max_size=5, unique=True)


@st.composite
def axes(draw: st.DrawFn) -> Axis:
    keys = draw(KEYS)
    states = tuple(OwnState(key, f"State {key}", draw(st.sampled_from(Blocks))) for key in keys)
    pairs = [(one, other) for one, other in product(["", *keys], repeat=2) if one != other]
    chosen = {("", keys[0]), *draw(st.lists(st.sampled_from(pairs), max_size=12))}
    ways = tuple(
        Way(start, end, draw(st.frozensets(st.sampled_from(Guard))), draw(st.sampled_from([None, *Role])))
        for start, end in sorted(chosen)
    )
    return Axis(
        "axis", "Any axis", states, ways, draw(st.sampled_from([(Kind.WEAPON,), (Kind.WEAPON, Kind.COMPONENT)]))
    )


@given(axes())
def test_any_axis_comes_back_from_the_ledger_and_from_a_file_as_it_was(axis: Axis) -> None:
    assert axis_of(defined(axis)) == axis
    with TemporaryDirectory() as folder:
        path = Path(folder) / "axes.json"
        path.write_text(axes_text([axis]), encoding="utf-8")
        assert read_axes(path) == [axis]


@given(axes(), st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.booleans()), max_size=20))
def test_whatever_is_tried_an_item_only_goes_along_ways_and_comes_back_step_by_step(
    axis: Axis, tries: list[tuple[int, bool, bool]]
) -> None:
    item, gone = RIFLE, []
    for nth, in_store, alone in tries:
        end = ["", *(one.key for one in axis.states)][nth % (len(axis.states) + 1)]
        by = acting(second=None) if alone else BY_ALL_MEANS
        try:
            fact = move_state(item, axis, end, Mover(set(Role), in_store), by)
        except Refusal:
            continue
        way = next(one for one in axis.ways if (one.start, one.end) == (item.text(axis.name), end))
        assert in_store or Guard.IN_STORE not in way.needs
        assert not alone or Guard.SECOND_PERSON not in way.needs
        gone.append(fact)
        item = follow(item, fact)
    for undone, fact in enumerate(reversed(gone)):
        item = follow(item, _taken_back(fact, item, undone))
    assert item.fields == RIFLE.fields


def _taken_back(fact: Fact, item: Standing, undone: int) -> Fact:
    return reverse(fact, "leaf", item, BY_ALL_MEANS, undone=undone)
