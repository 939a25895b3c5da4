"""What has happened is written down by two persons, whatever it broke, and what it broke is a case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.depot import Depot, depot_in_memory, rifle_called
from fakes.workshop import component, refused, stands
from muniment.desk import kits, stock
from muniment.desk.cases import declare_missing, open_cases
from muniment.desk.components import fit_component
from muniment.desk.desk import Deposition
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.kits import KitContent
from muniment.desk.late import (
    past_issue_breaches,
    past_return_breaches,
    record_past_issue,
    record_past_issues,
    record_past_returns,
)
from muniment.desk.people import ban
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.kits import Accessory
from muniment.domain.stock.component_kinds import ComponentKind


@pytest.fixture
def depot() -> Depot:
    made = depot_in_memory()
    made.clock.forward(hours=8)
    return made


def said(depot: Depot, *, hours: float = 4, act: str = "") -> Deposition:
    """Two persons, about something that many hours ago."""
    at = depot.clock.at - timedelta(hours=hours)
    return depot.by_officer(act=act, second=True, reason="power cut", doc="PF-7", at=at)


def rules(depot: Depot) -> list[str]:
    with depot.desk.look() as work:
        return [case.rule for case in open_cases(work)]


def test_several_items_on_one_paper_are_one_hand_receipt_and_break_nothing(depot: Depot) -> None:
    answer = record_past_issues(depot.desk, said(depot), [depot.rifle, depot.pistol], Wanted(depot.soldier))
    assert {stands(depot, item).text("receipt") for item in (depot.rifle, depot.pistol)} == {answer.receipt}
    assert rules(depot) == []
    with depot.desk.look() as work:
        fact = work.facts_of(depot.rifle)[-1][1]
    assert (fact.about, fact.second, fact.doc) == ({"late": True}, depot.second, "PF-7")
    assert depot.breaks() == ()


def test_every_broken_rule_is_a_case_and_was_told_before(depot: Depot) -> None:
    ban(depot.desk, depot.by_officer(reason="case 12"), depot.soldier, None)
    depot.clock.forward(hours=6)
    entry = said(depot)
    with depot.desk.look() as work:
        told = past_issue_breaches(depot.desk, work, entry, [depot.rifle, depot.pistol], depot.soldier)
    record_past_issues(depot.desk, said(depot), [depot.rifle, depot.pistol], Wanted(depot.soldier))
    assert [one.objection.rule for one in told] == ["ban_in_force", "ban_in_force"] == rules(depot)


def test_what_the_book_says_was_elsewhere_is_a_case_not_a_refusal(depot: Depot) -> None:
    declare_missing(depot.desk, depot.by_officer(second=True, reason="not in the rack"), depot.rifle)
    depot.clock.forward(hours=6)
    record_past_issue(depot.desk, said(depot), depot.rifle, Wanted(depot.soldier))
    assert depot.card(depot.rifle).holder == depot.soldier
    assert rules(depot) == ["unaccounted", "not_in_store", "open_case"]
    assert depot.breaks() == ()


def test_what_has_moved_since_is_a_case_too(depot: Depot) -> None:
    declare_missing(depot.desk, depot.by_officer(second=True, reason="not in the rack"), depot.rifle)
    record_past_issue(depot.desk, said(depot), depot.rifle, Wanted(depot.soldier))
    assert depot.card(depot.rifle).holder == depot.soldier
    assert rules(depot) == ["unaccounted", "later_entry"]


def test_what_went_out_after_it_does_not_count_against_it(depot: Depot) -> None:
    for nth in range(2):
        one = stock.register(depot.desk, depot.by_officer(), rifle_called(f"EX-2{nth}"), depot.rack).about
        assert one is not None
        issue_item(depot.desk, depot.by_officer(), one, Wanted(depot.soldier))
    record_past_issue(depot.desk, said(depot), depot.rifle, Wanted(depot.soldier))
    assert rules(depot) == []


def test_a_wrong_hand_out_is_a_case_even_where_no_rule_was_broken(depot: Depot) -> None:
    record_past_issues(depot.desk, said(depot), [depot.rifle], Wanted(depot.soldier), wrong=True)
    assert rules(depot) == ["wrong_hand_out"]


def test_who_receives_and_signs_for_it_is_a_case(depot: Depot) -> None:
    record_past_issue(depot.desk, said(depot), depot.rifle, Wanted(depot.second))
    assert "signed_by_receiver" in rules(depot)


@pytest.mark.parametrize("lacking", ["second", "reason", "at"])
def test_a_late_entry_says_when_who_and_why(depot: Depot, lacking: str) -> None:
    full = {"second": True, "reason": "power cut", "at": depot.clock.at - timedelta(hours=1)}
    without = depot.by_officer(**{name: value for name, value in full.items() if name != lacking})  # type: ignore[arg-type]
    for entry in (
        lambda: record_past_issue(depot.desk, without, depot.rifle, Wanted(depot.soldier)),
        lambda: record_past_returns(depot.desk, without, [depot.rifle]),
    ):
        with pytest.raises(Refusal) as refusal:
            entry()
        assert refusal.value.rule == "late_entry_incomplete"


def test_a_return_on_paper_comes_back_as_of_then(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=6)
    record_past_returns(depot.desk, said(depot), [depot.rifle])
    assert depot.card(depot.rifle).place == "RACK1"
    assert rules(depot) == []
    with depot.desk.look() as work:
        fact = work.facts_of(depot.rifle)[-1][1]
    assert fact.about == {"late": True}
    assert fact.made_at < "2026-11-24T22:00:00Z"


def test_a_return_of_what_was_never_out_is_written_down_with_a_case(depot: Depot) -> None:
    record_past_returns(depot.desk, said(depot), [depot.rifle])
    assert rules(depot) == ["not_out"]
    assert depot.card(depot.rifle).state == "in_store"
    assert depot.breaks() == ()


def test_a_paper_issue_and_its_paper_return_are_entered_one_after_the_other(depot: Depot) -> None:
    record_past_issue(depot.desk, said(depot, hours=5), depot.rifle, Wanted(depot.soldier))
    record_past_returns(depot.desk, said(depot, hours=2), [depot.rifle])
    assert depot.card(depot.rifle).state == "in_store"
    assert rules(depot) == []
    record_past_issue(depot.desk, said(depot, hours=4), depot.rifle, Wanted(depot.soldier))
    assert rules(depot) == ["already_held", "later_entry"]


def test_a_component_comes_off_its_weapon_in_the_book_too(depot: Depot) -> None:
    bolt = component(depot, ComponentKind.BOLT, "EX-BT-1")
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    depot.clock.forward(hours=8)
    record_past_issue(depot.desk, said(depot), bolt, Wanted(depot.soldier))
    assert stands(depot, depot.rifle).fields["lacks"] == ["bolt"]
    assert "fitted" in rules(depot)
    assert depot.breaks() == ()


def test_a_kit_goes_out_and_comes_back_on_paper_and_what_is_not_named_is_missing(depot: Depot) -> None:
    bolt = component(depot, ComponentKind.BOLT, "EX-BT-1")
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    content = KitContent((depot.rifle, bolt, depot.pistol), (Accessory("magazine", 4),))
    kit = kits.register(depot.desk, depot.by_officer(), "Night watch", content, depot.rack).about
    assert kit is not None
    depot.clock.forward(hours=8)
    everything = [kit, depot.rifle, bolt, depot.pistol]
    record_past_issues(depot.desk, said(depot, hours=5), everything, Wanted(depot.soldier))
    assert stands(depot, kit).where == depot.soldier
    assert stands(depot, bolt).where == depot.rifle
    assert rules(depot) == []
    record_past_returns(depot.desk, said(depot, hours=1), [kit, depot.rifle, depot.pistol])
    assert stands(depot, kit).where == depot.rack
    assert stands(depot, bolt).where == depot.soldier
    assert rules(depot) == ["missing_from_kit"]
    assert depot.breaks() == ()


def test_saying_it_twice_is_saying_it_once(depot: Depot) -> None:
    for _ in range(2):
        record_past_returns(depot.desk, said(depot, act="paper-7"), [depot.rifle])
    assert rules(depot) == ["not_out"]


def test_nothing_and_a_quantity_are_not_entered(depot: Depot) -> None:
    line = stock.register_quantity(depot.desk, depot.by_officer(), {"item_name": "RIFLE"}, 5, depot.rack).about
    assert line is not None
    for items, rule in (([], "nothing_named"), ([line], "not_an_item")):
        with pytest.raises(Refusal) as refusal:
            record_past_issues(depot.desk, said(depot), items, Wanted(depot.soldier))
        assert refusal.value.rule == rule


def test_what_a_return_would_contradict_is_told_before(depot: Depot) -> None:
    with depot.desk.look() as work:
        told = past_return_breaches(work, [depot.rifle, depot.pistol], depot.clock.at)
    assert [one.objection.rule for one in told] == ["not_out", "not_out"]


def test_an_officer_alone_cannot_enter_it(depot: Depot) -> None:
    assert refused(depot, record_past_returns, [depot.rifle]) == "late_entry_incomplete"


ACTS = st.lists(st.sampled_from(["issue", "return", "late issue", "late return", "missing"]), max_size=6)


@settings(max_examples=15, deadline=None)
@given(ACTS)
def test_a_late_entry_is_taken_whatever_went_before(acts: list[str]) -> None:
    """The ledger verifies, and the weapon stands where the last entry left it."""
    depot = depot_in_memory()
    for act in acts:
        depot.clock.forward(hours=1)
        try:
            _act(depot, act)
        except Refusal:
            assert not act.startswith("late")
    depot.clock.forward(hours=1)
    record_past_issue(depot.desk, said(depot, hours=0.5), depot.rifle, Wanted(depot.soldier))
    assert depot.card(depot.rifle).holder == depot.soldier
    record_past_returns(depot.desk, said(depot, hours=0.25), [depot.rifle])
    assert depot.card(depot.rifle).place == "RACK1"
    assert depot.breaks() == ()


def _act(depot: Depot, act: str) -> None:
    rifle: Subject = depot.rifle
    if act == "issue":
        issue_item(depot.desk, depot.by_officer(), rifle, Wanted(depot.soldier))
    elif act == "return":
        return_item(depot.desk, depot.by_officer(), rifle)
    elif act == "late issue":
        record_past_issue(depot.desk, said(depot, hours=0.5), rifle, Wanted(depot.soldier))
    elif act == "late return":
        record_past_returns(depot.desk, said(depot, hours=0.5), [rifle])
    else:
        declare_missing(depot.desk, depot.by_officer(second=True, reason="not found"), rifle)
