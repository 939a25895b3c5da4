"""A later edition of a list of quantities: a row that reads otherwise does not become a second line unasked."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory
from fakes.lists import HOLDINGS, holding, planned, reading, standing_of, taken_in
from muniment.desk.importing import import_list
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.list_rules import LINE_CHANGED


@pytest.fixture
def depot() -> Depot:
    made = depot_in_memory()
    taken_in(made, reading(HOLDINGS, [holding(qty="5"), holding("SHOTGUN,12 GAGE", qty="2"), holding(county="OTHER")]))
    return made


def kinds(depot: Depot, *rows: tuple[str, ...]) -> list[str]:
    return [problem.kind for problem in planned(depot, reading(HOLDINGS, rows)).problems]


def test_a_changed_quantity_is_asked_about(depot: Depot) -> None:
    plan = planned(
        depot, reading(HOLDINGS, [holding(qty="7"), holding("SHOTGUN,12 GAGE", qty="2"), holding(county="OTHER")])
    )
    assert [(problem.kind, problem.row) for problem in plan.problems] == [(LINE_CHANGED, 2)]
    assert "L-0000001 came from this list as “5”" in str(plan.problems[0].says)
    assert plan.entries == ()
    assert plan.totals.quantity == {"left_out": 7, "already": 3}


def test_any_other_cell_that_changed_is_asked_about_too(depot: Depot) -> None:
    rows = holding(qty="5", county="NORTH"), holding("SHOTGUN,12 GAGE", qty="2"), holding(county="OTHER")
    assert kinds(depot, *rows) == [LINE_CHANGED]


def test_a_row_beside_the_one_it_resembles_is_a_further_line(depot: Depot) -> None:
    rows = holding(qty="5"), holding(qty="7"), holding("SHOTGUN,12 GAGE", qty="2"), holding(county="OTHER")
    assert kinds(depot, *rows) == []


def test_a_row_that_is_gone_stays_in_the_register_and_is_named(depot: Depot) -> None:
    plan = planned(depot, reading(HOLDINGS, [holding(qty="5"), holding(county="OTHER")]))
    assert [notice.kind for notice in plan.notices] == ["rows_gone"]
    assert "L-0000002" in str(plan.notices[0].says)
    assert len(standing_of(depot, Kind.LINE)) == 3


def test_another_list_is_not_an_edition_of_this_one(depot: Depot) -> None:
    assert planned(depot, reading(HOLDINGS, [holding(qty="7")], "another book")).problems == ()


def test_two_persons_confirm_that_it_is_a_further_line(depot: Depot) -> None:
    listed = reading(HOLDINGS, [holding(qty="7"), holding("SHOTGUN,12 GAGE", qty="2"), holding(county="OTHER")])
    plan = planned(depot, listed, overrides=[LINE_CHANGED])
    assert plan.problems == ()
    alone = depot.by_officer(reason="seven more", overrides=frozenset({LINE_CHANGED}))
    with pytest.raises(Refusal) as refusal:
        import_list(depot.desk, alone, plan)
    assert refusal.value.rule == "second_person_missing"
    taken_in(depot, listed, overrides=[LINE_CHANGED])
    assert sorted(line.number("quantity") for line in standing_of(depot, Kind.LINE)) == [1, 2, 5, 7]
    assert depot.breaks() == ()
