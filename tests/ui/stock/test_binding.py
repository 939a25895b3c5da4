"""Binding by two scans, and what is set apart, decided without a screen."""

from __future__ import annotations

import pytest

from fakes.depot import Depot
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.stock import bind_code
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.ui.stock import apart
from muniment.ui.stock.binding import BindingPresenter, field_of


@pytest.fixture
def binding(depot: Depot) -> BindingPresenter:
    return BindingPresenter(depot.desk, depot.by_officer().officer)


@pytest.mark.parametrize("order", [("TAG-5", "W-0000001"), ("W-0000001", "TAG-5")])
def test_code_and_thing_are_told_apart_in_either_order(
    depot: Depot, binding: BindingPresenter, order: tuple[str, str]
) -> None:
    for code in order:
        view = binding.scanned(Scan(code, device="Scanner 1", raw=code.encode()))
    assert view.ready
    assert view.item is not None
    assert view.item.serial == "EX-000001"
    after = binding.bind()
    assert str(after.bound) == "TAG-5 is bound to W-0000001."
    assert (after.code, after.target) == ("", None)
    with depot.desk.look() as work:
        assert work.bound_to("TAG-5") == depot.rifle
        fact = next(fact for _, fact in work.newest_first())
    assert (fact.kind, fact.evidence[0].seen, fact.evidence[0].raw) == (Deed.CODE_BOUND, "TAG-5", b"TAG-5".hex())


def test_a_code_of_the_hatch_is_taken_over(depot: Depot) -> None:
    presenter = BindingPresenter(depot.desk, depot.by_officer().officer, "TAG-6")
    assert presenter.named(" w-0000002 ").ready
    presenter.bind()
    with depot.desk.look() as work:
        assert work.bound_to("TAG-6") == depot.pistol


def test_a_place_can_have_a_code(depot: Depot, binding: BindingPresenter) -> None:
    binding.scanned(Scan("TAG-7"))
    view = binding.scanned(Scan("RACK1"))
    assert (view.name, view.item) == ("RACK1", None)
    binding.bind()
    with depot.desk.look() as work:
        assert work.bound_to("TAG-7") == depot.rack


@pytest.mark.parametrize(("code", "rule"), [("B-0001", "badge_is_a_persons"), ("MUN-ISSUE", "command_card")])
def test_badges_and_command_cards_are_not_bound(depot: Depot, binding: BindingPresenter, code: str, rule: str) -> None:
    from muniment.domain.custody.command_cards import Command

    scanned = Command.ISSUE.code if rule == "command_card" else code
    with pytest.raises(Refusal) as refusal:
        binding.scanned(Scan(scanned))
    assert refusal.value.rule == rule


def test_a_second_known_thing_takes_the_place_of_the_first(depot: Depot, binding: BindingPresenter) -> None:
    bind_code(depot.desk, depot.by_officer(), "TAG-8", depot.rifle)
    binding.scanned(Scan("TAG-8"))
    assert binding.scanned(Scan("W-0000002")).target == depot.pistol


def test_what_nobody_knows_is_refused_at_its_field(binding: BindingPresenter) -> None:
    with pytest.raises(Refusal) as refusal:
        binding.named("W-0009999")
    assert field_of(refusal.value) == "name"


def test_an_item_is_set_apart_and_let_go_by_two(depot: Depot) -> None:
    officer = depot.by_officer().officer
    with pytest.raises(Refusal) as silent:
        apart.set_apart(depot.desk, officer, depot.rifle, "  ")
    assert apart.field_of(silent.value) == "reason"
    apart.set_apart(depot.desk, officer, depot.rifle, "cracked bolt")
    assert depot.card(depot.rifle).state == "quarantined"
    with pytest.raises(Refusal) as alone:
        apart.let_go(depot.desk, officer, depot.rifle, "officer", "correct horse", "mended")
    assert apart.field_of(alone.value) == "second"
    apart.let_go(depot.desk, officer, depot.rifle, "second", "battery staple", "mended")
    assert depot.card(depot.rifle).state == "in_store"


def test_a_fault_takes_it_back_and_sets_it_apart_in_one_act(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    officer = depot.by_officer().officer
    with pytest.raises(Refusal) as silent:
        apart.back_with_fault(depot.desk, officer, depot.rifle, "")
    assert apart.field_of(silent.value) == "reason"
    answer = apart.back_with_fault(depot.desk, officer, depot.rifle, "sight is loose")
    assert [told.kind for told in answer.told] == [Deed.RETURNED, Deed.QUARANTINED]
    assert depot.card(depot.rifle).quarantine == "sight is loose"
