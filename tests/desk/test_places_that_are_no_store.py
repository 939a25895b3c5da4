"""In transit, unaccounted for, outside: things get there and back by their own papers, never by a plain movement."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory, rifle_called
from muniment.desk.cases import declare_missing
from muniment.desk.components import NewComponent, fit_component, remove_component
from muniment.desk.components import register as register_component
from muniment.desk.hatch import Wanted, issue_item, move_item, quarantine, return_item
from muniment.desk.places import place_of_kind
from muniment.desk.stock import identify, register, register_quantity
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.places.place import NO_STORE, STORES, PlaceKind
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.component_kinds import ComponentKind

BESIDE = sorted(NO_STORE)


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def place(depot: Depot, kind: PlaceKind) -> Subject:
    with depot.desk.look() as work:
        return place_of_kind(work, kind).subject


def test_every_kind_of_place_is_a_store_or_says_why_not() -> None:
    assert STORES | set(NO_STORE) == set(PlaceKind)
    assert not STORES & set(NO_STORE)


@pytest.mark.parametrize("kind", BESIDE)
def test_nothing_is_moved_there(depot: Depot, kind: PlaceKind) -> None:
    with pytest.raises(Refusal) as refusal:
        move_item(depot.desk, depot.by_officer(), depot.rifle, place(depot, kind))
    assert refusal.value.rule == "not_a_store"


@pytest.mark.parametrize("kind", BESIDE)
def test_nothing_is_taken_back_to_there(depot: Depot, kind: PlaceKind) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    with pytest.raises(Refusal) as refusal:
        return_item(depot.desk, depot.by_officer(), depot.rifle, to=place(depot, kind))
    assert refusal.value.rule == "not_a_store"
    assert depot.card(depot.rifle).holder == depot.soldier


@pytest.mark.parametrize("kind", BESIDE)
def test_nothing_is_registered_there(depot: Depot, kind: PlaceKind) -> None:
    with pytest.raises(Refusal) as refusal:
        register(depot.desk, depot.by_officer(), rifle_called("EX-000099"), place(depot, kind))
    assert refusal.value.rule == "not_a_store"
    with pytest.raises(Refusal):
        register_quantity(depot.desk, depot.by_officer(), {"taxonomy_code": "SA-20"}, 3, place(depot, kind))


def test_what_is_unaccounted_for_is_found_by_two_and_not_moved_by_one(depot: Depot) -> None:
    declare_missing(depot.desk, depot.by_officer(second=True, reason="not in its rack"), depot.rifle)
    with pytest.raises(Refusal) as refusal:
        move_item(depot.desk, depot.by_officer(), depot.rifle, depot.rack)
    assert refusal.value.rule == "not_in_store"


def test_a_quarantine_of_what_is_unaccounted_for_marks_it_and_finds_nothing(depot: Depot) -> None:
    declare_missing(depot.desk, depot.by_officer(second=True, reason="not in its rack"), depot.rifle)
    quarantine(depot.desk, depot.by_officer(reason="recalled by the maker"), depot.rifle)
    with depot.desk.look() as work:
        standing = work.standing(depot.rifle)
    assert standing is not None
    assert standing.where == place(depot, PlaceKind.UNACCOUNTED)
    assert standing.text("quarantine") == "recalled by the maker"


def test_nothing_is_taken_off_a_weapon_that_is_unaccounted_for(depot: Depot) -> None:
    described = ComponentDescription(kind=ComponentKind.BOLT, serial="EX-BO-9")
    bolt = register_component(depot.desk, depot.by_officer(), NewComponent(described), depot.rack).about
    assert bolt is not None
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    declare_missing(depot.desk, depot.by_officer(second=True, reason="not in its rack"), depot.rifle)
    with pytest.raises(Refusal) as refusal:
        remove_component(depot.desk, depot.by_officer(), bolt, depot.rack)
    assert refusal.value.rule == "not_in_store"


def test_a_line_is_worked_off_where_it_lies(depot: Depot) -> None:
    line = register_quantity(depot.desk, depot.by_officer(), {"taxonomy_code": "SA-20"}, 2, depot.rack).about
    assert line is not None
    declare_missing(depot.desk, depot.by_officer(second=True, reason="box gone"), line)
    with pytest.raises(Refusal) as refusal:
        identify(depot.desk, depot.by_officer(), line, rifle_called("EX-000100"))
    assert refusal.value.rule == "not_a_store"
