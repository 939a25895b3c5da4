"""A list that has no register numbers describes weapons anew that are known by their serial, where it is asked to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from fakes.depot import Depot, depot_in_memory, rifle_called
from fakes.lists import WEAPONS, reading, weapon
from muniment.desk.import_plan import Plan, StockChange
from muniment.desk.importing import import_list
from muniment.desk.stock import register
from muniment.desk.undoing import undo_import
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.list_rules import BETTER
from muniment.domain.custody.standing import Standing
from muniment.exchange.importing import plan_list

BARE = replace(WEAPONS, constants={})
"""A mapping that says nothing of the condition."""


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def plan(depot: Depot, *rows: Sequence[str], overrides: Sequence[str] = (), mapping: object = BARE) -> Plan:
    listed = reading(mapping, rows, "newer list")  # type: ignore[arg-type]
    with depot.desk.look() as work:
        return plan_list(listed, work, this_year=2026, default_place="RACK1", overrides=overrides, by_serial=True)


def of_serial(depot: Depot, serial: str) -> Standing:
    with depot.desk.look() as work:
        return next(one for one in work.all_of(Kind.WEAPON) if one.text("serial_raw") == serial)


def kinds(made: Plan) -> list[str]:
    return [problem.kind for problem in made.problems]


def known(serial: str = "EX-000001", **other: str) -> tuple[str, ...]:
    """A row about the rifle that every depot of the tests has."""
    return weapon(serial, **{"model": "Model A", **other})


def test_the_weapon_of_make_model_calibre_and_serial_is_described_anew(depot: Depot) -> None:
    made = plan(depot, known(remarks="crack in the stock"))
    (change,) = made.entries
    assert isinstance(change, StockChange)
    assert change.subject == depot.rifle
    assert change.sets["remarks"] == "crack in the stock"
    assert made.totals.rows == {"changed": 1}
    import_list(depot.desk, depot.by_officer(reason="list of the armourer"), made)
    assert of_serial(depot, "EX-000001").text("remarks") == "crack in the stock"
    assert depot.breaks() == ()


def test_a_row_that_says_nothing_new_is_there_already(depot: Depot) -> None:
    assert plan(depot, known()).totals.rows == {"already": 1}


def test_the_serial_stays_as_it_was_read_from_the_metal(depot: Depot) -> None:
    (change,) = plan(depot, known("ex 000001", remarks="x")).entries
    assert isinstance(change, StockChange)
    assert set(change.sets) == {"remarks"}
    assert change.drops == ()


def test_the_serial_alone_is_enough_where_only_one_weapon_has_it_and_nothing_speaks_against_it(depot: Depot) -> None:
    made = plan(depot, known(make="", remarks="x"))
    assert [entry.row for entry in made.entries] == [2]
    assert made.totals.rows == {"changed": 1}


def test_another_model_with_the_serial_is_not_taken_for_the_weapon(depot: Depot) -> None:
    made = plan(depot, known(model="Model Z", remarks="x"))
    assert kinds(made) == ["which_weapon"]
    assert made.entries == ()
    assert of_serial(depot, "EX-000001").text("register_no") in str(made.problems[0].says)


def test_a_serial_that_several_have_names_them_all(depot: Depot) -> None:
    register(depot.desk, depot.by_officer(), rifle_called("EX-000001", "Model B"), depot.rack)
    made = plan(depot, known(make="", model="Model", remarks="x"))
    assert kinds(made) == ["which_weapon"]
    assert "Model A" in str(made.problems[0].says)
    assert "Model B" in str(made.problems[0].says)


def test_a_row_whose_serial_nobody_has_is_a_new_weapon(depot: Depot) -> None:
    assert plan(depot, weapon("EX-77")).totals.rows == {"registered": 1}


def test_two_rows_about_one_weapon_stop_the_second(depot: Depot) -> None:
    made = plan(depot, known(remarks="x"), known(remarks="y"))
    assert kinds(made) == ["number_twice"]
    assert len(made.entries) == 1


def test_changing_what_stands_needs_a_reason(depot: Depot) -> None:
    made = plan(depot, known(type="SA-20"))
    with pytest.raises(Refusal) as refusal:
        import_list(depot.desk, depot.by_officer(), made)
    assert refusal.value.rule == "reason_missing"
    import_list(depot.desk, depot.by_officer(reason="list of the armourer"), made)


def test_a_list_makes_no_weapon_better_by_one_persons_word(depot: Depot) -> None:
    worse = replace(WEAPONS, constants={"condition": "repairable"})
    import_list(depot.desk, depot.by_officer(reason="seen"), plan(depot, known(), mapping=worse))
    made = plan(depot, known(remarks="mended"), mapping=WEAPONS)
    assert kinds(made) == [BETTER]
    assert made.entries == ()
    allowed = plan(depot, known(remarks="mended"), mapping=WEAPONS, overrides=[BETTER])
    with pytest.raises(Refusal) as refusal:
        import_list(depot.desk, depot.by_officer(reason="seen", overrides=frozenset({BETTER})), allowed)
    assert refusal.value.rule == "second_person_missing"
    import_list(depot.desk, depot.by_officer(reason="seen", second=True, overrides=frozenset({BETTER})), allowed)
    assert of_serial(depot, "EX-000001").text("condition") == "serviceable"


def test_no_list_brings_back_what_was_condemned(depot: Depot) -> None:
    condemned = replace(WEAPONS, constants={"condition": "beyond repair"})
    import_list(depot.desk, depot.by_officer(reason="seen"), plan(depot, known(), mapping=condemned))
    assert kinds(plan(depot, known(remarks="mended"), mapping=WEAPONS, overrides=[BETTER])) == ["condemned_by_list"]


def test_undoing_restores_the_description(depot: Depot) -> None:
    before = of_serial(depot, "EX-000001").fields
    made = import_list(depot.desk, depot.by_officer(reason="list"), plan(depot, known(remarks="x")))
    undo_import(depot.desk, depot.by_officer(reason="wrong list"), made.batch)
    assert of_serial(depot, "EX-000001").fields == before
    with depot.desk.look() as work:
        assert [fact.kind for _, fact in work.facts_of(depot.rifle)][-1] is Deed.REVERSED
