"""Modular weapons: components with numbers of their own, on one weapon and on another."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from fakes.depot import Depot, depot_in_memory, rifle_called
from fakes.workshop import NATO, OTHER, component, refused, stands
from muniment.desk import components, stock
from muniment.desk.components import (
    NewComponent,
    fit_component,
    fittings,
    lies_in_store,
    remove_component,
    swap_component,
)
from muniment.desk.correcting import take_back_act
from muniment.desk.finding import item_named
from muniment.desk.hatch import Wanted, issue_item, move_item, quarantine, release_item, return_item
from muniment.desk.kits import return_without
from muniment.desk.reading import history
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.fitting import is_control, kind_fitted
from muniment.domain.custody.registering import calibre_of
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.components import Fitted, check_assembly

K = ComponentKind


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def test_a_component_has_a_number_of_its_own_and_is_found_by_it(depot: Depot) -> None:
    barrel = component(depot, K.BARREL, "EX-B-1", calibre=NATO)
    assert stands(depot, barrel).text("register_no") == "C-0000001"
    with depot.desk.look() as work:
        assert item_named(work, "c-0000001").subject == barrel
        assert item_named(work, "EXB1").subject == barrel
    assert depot.card(barrel).state == "in_store"


def test_the_same_component_twice_needs_a_second_person(depot: Depot) -> None:
    component(depot, K.BARREL, "EX-B-1", calibre=NATO)
    again = NewComponent(ComponentDescription(kind=K.BARREL, serial="EX B 1", calibre=NATO))
    assert refused(depot, components.register, again, depot.rack) == "duplicate_component"
    other = NewComponent(ComponentDescription(kind=K.BARREL, serial="EX-B-1", calibre=OTHER))
    components.register(depot.desk, depot.by_officer(), other, depot.rack)
    passed = depot.by_officer(second=True, reason="there are two", overrides={"duplicate_component"})
    components.register(depot.desk, passed, again, depot.rack)


def test_what_is_fitted_goes_where_the_weapon_goes(depot: Depot) -> None:
    barrel = component(depot, K.BARREL, "EX-B-1", calibre=NATO)
    fit_component(depot.desk, depot.by_officer(), barrel, depot.rifle)
    assert stands(depot, barrel).where == depot.rifle
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert stands(depot, barrel).where == depot.rifle
    assert depot.card(barrel).state == "issued"
    assert depot.card(barrel).place == "W-0000001"
    assert depot.breaks() == ()


def test_a_fitted_component_is_neither_issued_nor_moved_by_itself(depot: Depot) -> None:
    barrel = component(depot, K.BARREL, "EX-B-1", calibre=NATO)
    fit_component(depot.desk, depot.by_officer(), barrel, depot.rifle)
    assert refused(depot, issue_item, barrel, Wanted(depot.soldier)) == "fitted"
    assert refused(depot, move_item, barrel, depot.rack) == "fitted"


def test_a_barrel_of_another_calibre_changes_the_calibre_of_the_weapon_in_the_same_act(depot: Depot) -> None:
    first = component(depot, K.BARREL, "EX-B-1", calibre=NATO)
    other = component(depot, K.BARREL, "EX-B-2", calibre=OTHER)
    fit_component(depot.desk, depot.by_officer(), first, depot.rifle)
    swapped = swap_component(depot.desk, depot.by_officer(act="swap"), first, other, depot.rack)
    assert calibre_of(stands(depot, depot.rifle).fields) == "7.62x39"
    assert [told.subject for told in swapped.told] == [first, depot.rifle, other, depot.rifle]
    assert depot.card(first).place == "RACK1"
    take_back_act(depot.desk, depot.by_officer(reason="wrong barrel"), "swap")
    assert calibre_of(stands(depot, depot.rifle).fields) == "5.56x45"
    assert stands(depot, first).where == depot.rifle
    assert depot.breaks() == ()


def test_a_swap_that_is_refused_leaves_everything_as_it_was(depot: Depot) -> None:
    barrel = component(depot, K.BARREL, "EX-B-1", calibre=NATO)
    slide = component(depot, K.SLIDE, "EX-S-1")
    second_slide = component(depot, K.SLIDE, "EX-S-2")
    fit_component(depot.desk, depot.by_officer(), barrel, depot.rifle)
    fit_component(depot.desk, depot.by_officer(), slide, depot.rifle)
    assert refused(depot, swap_component, barrel, second_slide, depot.rack) == "component_slot_taken"
    assert stands(depot, barrel).where == depot.rifle
    assert stands(depot, depot.rifle).version == 3


def test_slots_are_kept(depot: Depot) -> None:
    first, second = (component(depot, K.BARREL, f"EX-B-{n}", calibre=NATO) for n in (1, 2))
    system = component(depot, K.EXCHANGE_SYSTEM, "EX-E-1", calibre=OTHER)
    fit_component(depot.desk, depot.by_officer(), first, depot.rifle)
    assert refused(depot, fit_component, second, depot.rifle) == "component_slot_taken"
    assert refused(depot, fit_component, system, depot.rifle) == "component_excluded"
    assert refused(depot, fit_component, first, depot.pistol) == "fitted_elsewhere"
    assert refused(depot, fit_component, first, depot.rifle) == "already_fitted"


def test_a_weapon_has_one_control_component_and_losing_it_needs_two(depot: Depot) -> None:
    receiver = component(depot, K.RECEIVER, "EX-000001", control=True)
    second = component(depot, K.FRAME, "EX-F-2", control=True)
    fit_component(depot.desk, depot.by_officer(), receiver, depot.rifle)
    assert refused(depot, fit_component, second, depot.rifle) == "one_control_component"
    assert refused(depot, remove_component, receiver, depot.rack) == "control_component"
    passed = depot.by_officer(second=True, reason="receiver cracked", overrides={"control_component"})
    answer = remove_component(depot.desk, passed, receiver, depot.rack)
    assert [str(warning) for warning in answer.warnings] == ["The weapon lacks: receiver."]
    assert refused(depot, issue_item, depot.rifle, Wanted(depot.soldier)) == "incomplete"


def test_a_serial_shared_by_weapon_and_receiver_means_the_weapon(depot: Depot) -> None:
    receiver = component(depot, K.RECEIVER, "EX-000001", control=True)
    fit_component(depot.desk, depot.by_officer(), receiver, depot.rifle)
    with depot.desk.look() as work:
        assert item_named(work, "EX-000001").subject == depot.rifle


def test_a_weapon_without_its_bolt_is_not_issued_until_it_has_one(depot: Depot) -> None:
    bolt, spare = component(depot, K.BOLT, "EX-BO-1"), component(depot, K.BOLT, "EX-BO-2")
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    remove_component(depot.desk, depot.by_officer(), bolt, depot.rack)
    assert refused(depot, issue_item, depot.rifle, Wanted(depot.soldier)) == "incomplete"
    fit_component(depot.desk, depot.by_officer(), spare, depot.rifle)
    assert "lacks" not in stands(depot, depot.rifle).fields
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))


def test_an_optic_may_come_off_without_making_the_weapon_incomplete(depot: Depot) -> None:
    optic = component(depot, K.OTHER, "EX-O-1", name="Optic 4x")
    fit_component(depot.desk, depot.by_officer(), optic, depot.rifle)
    remove_component(depot.desk, depot.by_officer(), optic, depot.rack)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))


def test_a_quarantined_component_stays_on_and_stops_the_issue_of_its_weapon(depot: Depot) -> None:
    bolt = component(depot, K.BOLT, "EX-BO-1")
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    quarantine(depot.desk, depot.by_officer(reason="hairline crack"), bolt)
    assert stands(depot, bolt).where == depot.rifle
    assert depot.card(bolt).state == "quarantined"
    assert refused(depot, issue_item, depot.rifle, Wanted(depot.soldier)) == "component_quarantined"
    release_item(depot.desk, depot.by_officer(reason="inspected", second=True), bolt)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))


def test_a_part_in_store_is_not_fitted_to_a_weapon_that_is_out(depot: Depot) -> None:
    optic = component(depot, K.OTHER, "EX-O-1", name="Optic 4x")
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert refused(depot, fit_component, optic, depot.rifle) == "not_together"
    passed = depot.by_officer(second=True, reason="range day", overrides={"certificate_missing"})
    issue_item(depot.desk, passed, optic, Wanted(depot.soldier))
    fit_component(depot.desk, depot.by_officer(), optic, depot.rifle)
    assert "receipt" not in stands(depot, optic).fields
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    assert depot.card(optic).state == "in_store"


def test_the_history_of_fittings_reads_the_same_from_both_sides(depot: Depot) -> None:
    optic = component(depot, K.OTHER, "EX-O-1", name="Optic 4x")
    second = stock.register(depot.desk, depot.by_officer(), rifle_called("EX-000002"), depot.rack).about
    assert second is not None
    fit_component(depot.desk, depot.by_officer(), optic, depot.rifle)
    depot.clock.forward(days=2)
    remove_component(depot.desk, depot.by_officer(), optic, depot.rack)
    depot.clock.forward(days=1)
    fit_component(depot.desk, depot.by_officer(act="wrong"), optic, depot.rifle)
    take_back_act(depot.desk, depot.by_officer(reason="wrong rifle"), "wrong")
    fit_component(depot.desk, depot.by_officer(), optic, second)
    with depot.desk.look() as work:
        by_component = fittings(work, optic)
        on_first, on_second = fittings(work, depot.rifle), fittings(work, second)
        told = [str(line.what) for line in history(work, depot.rifle)]
    assert by_component == [*on_first, *on_second]
    assert [one.weapon_no for one in by_component] == ["W-0000001", "W-0000003"]
    assert by_component[0].removed_at == by_component[0].fitted_at + timedelta(days=2)
    assert by_component[1].removed_at is None
    assert told[1:3] == ["Component fitted: C-0000001", "Component removed: C-0000001"]


def test_a_weapon_that_comes_back_without_its_bolt_leaves_it_with_the_holder_and_a_case(depot: Depot) -> None:
    bolt = component(depot, K.BOLT, "EX-BO-1")
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    issued = issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_without(depot.desk, depot.by_officer(), depot.rifle, [bolt])
    assert depot.card(depot.rifle).state == "in_store"
    assert stands(depot, bolt).where == depot.soldier
    assert stands(depot, bolt).text("receipt") == issued.receipt
    with depot.desk.look() as work:
        cases = work.open_cases(depot.rifle)
    assert [(case.text("rule"), case.text("holder"), case.text("missing")) for case in cases] == [
        ("missing_component", depot.soldier, bolt)
    ]
    assert refused(depot, issue_item, depot.rifle, Wanted(depot.soldier)) == "incomplete"
    return_item(depot.desk, depot.by_officer(), bolt)
    assert depot.card(bolt).state == "in_store"
    assert depot.breaks() == ()


KINDS = (K.BARREL, K.BARREL, K.BOLT, K.RECEIVER, K.FRAME, K.EXCHANGE_SYSTEM, K.UPPER, K.OTHER)
CONTROLS = {K.RECEIVER, K.FRAME}


class Workshop(RuleBasedStateMachine):
    """An armourer who tries to fit anything to anything."""

    @initialize()
    def open(self) -> None:
        self.depot = depot_in_memory()
        self.weapons = [self.depot.rifle, self.depot.pistol]
        self.parts = [
            component(
                self.depot,
                kind,
                f"EX-C-{nth}",
                control=kind in CONTROLS,
                calibre=(NATO, OTHER)[nth % 2] if kind in (K.BARREL, K.UPPER, K.EXCHANGE_SYSTEM) else None,
            )
            for nth, kind in enumerate(KINDS)
        ]

    def attempt(self, act: object, *given: object, lifts: str = "") -> None:
        said = self.depot.by_officer(second=bool(lifts), reason="workshop order", overrides={lifts} - {""})
        try:
            act(self.depot.desk, said, *given)  # type: ignore[operator]
        except Refusal:
            self.refusals = getattr(self, "refusals", 0) + 1

    @rule(part=st.integers(0, 7), weapon=st.integers(0, 1))
    def fit(self, part: int, weapon: int) -> None:
        self.attempt(fit_component, self.parts[part], self.weapons[weapon])

    @rule(part=st.integers(0, 7), second=st.booleans())
    def take_off(self, part: int, second: bool) -> None:
        self.attempt(remove_component, self.parts[part], self.depot.rack, lifts="control_component" if second else "")

    @rule(old=st.integers(0, 7), new=st.integers(0, 7))
    def swap(self, old: int, new: int) -> None:
        self.attempt(swap_component, self.parts[old], self.parts[new], self.depot.rack)

    @rule(weapon=st.integers(0, 1))
    def issue(self, weapon: int) -> None:
        before = stands(self.depot, self.weapons[weapon])
        self.attempt(issue_item, self.weapons[weapon], Wanted(self.depot.soldier))
        if "lacks" in before.fields:
            assert stands(self.depot, self.weapons[weapon]).where == before.where

    @rule(weapon=st.integers(0, 1))
    def give_back(self, weapon: int) -> None:
        self.attempt(return_item, self.weapons[weapon])

    @invariant()
    def every_part_is_somewhere_and_every_assembly_is_lawful(self) -> None:
        if not hasattr(self, "depot"):
            return
        with self.depot.desk.look() as work:
            places = []
            for weapon in self.weapons:
                fitted = work.fitted_to(weapon)
                places += fitted
                as_fitted = [Fitted(kind_fitted(one), is_control(one)) for one in fitted]
                if any(one.is_control for one in as_fitted):
                    check_assembly(as_fitted)
                else:
                    check_assembly([*as_fitted, Fitted(K.OTHER, is_control=True)])
                told = {one.component for one in fittings(work, weapon) if one.removed_at is None}
                assert told == {one.subject for one in fitted}
            loose = [part for part in self.parts if lies_in_store(work, work.standing(part))]  # type: ignore[arg-type]
            assert len(loose) + len(places) == len(self.parts)

    def teardown(self) -> None:
        if hasattr(self, "depot"):
            assert self.depot.breaks() == ()


TestWorkshop = Workshop.TestCase
TestWorkshop.settings = settings(
    max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
