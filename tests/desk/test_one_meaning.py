"""One code means one thing, whoever gives it a meaning: a label, a badge, a place, a number."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory
from muniment.desk.people import Newcomer, register_person
from muniment.desk.places import NewPlace, register_place, rename_place
from muniment.desk.stock import bind_code
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.command_cards import Command
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind


@pytest.fixture
def depot() -> Depot:
    made = depot_in_memory()
    bind_code(made.desk, made.by_officer(), "LABEL-7", made.rifle)
    return made


TAKEN = ["LABEL-7", "B-0001", "rack1", "W-0000002", "W-2", "W-0000777", Command.YES.code]


@pytest.mark.parametrize("code", [*TAKEN, "EX-000001", " LABEL-9"])
def test_a_code_with_a_meaning_is_bound_to_nothing_else(depot: Depot, code: str) -> None:
    with pytest.raises(Refusal):
        bind_code(depot.desk, depot.by_officer(), code, depot.pistol if code != "W-2" else depot.rifle)


def test_what_a_maker_struck_as_a_barcode_may_lead_to_its_own_weapon(depot: Depot) -> None:
    bind_code(depot.desk, depot.by_officer(), "EX-000001", depot.rifle)
    with depot.desk.look() as work:
        assert work.bound_to("EX-000001") == depot.rifle


@pytest.mark.parametrize("code", TAKEN)
def test_nobody_gets_a_badge_that_means_something_else(depot: Depot, code: str) -> None:
    with pytest.raises(Refusal):
        register_person(depot.desk, depot.by_officer(), Newcomer(PersonRecord(name="Example", badges=[code])))


@pytest.mark.parametrize("code", TAKEN)
def test_no_place_gets_a_code_that_means_something_else(depot: Depot, code: str) -> None:
    with depot.desk.look() as work:
        room = next(one for one in work.all_of(Kind.PLACE) if one.text("place_kind") == PlaceKind.ROOM)
    with pytest.raises(Refusal):
        register_place(depot.desk, depot.by_officer(), NewPlace(code, "Rack", PlaceKind.RACK, room.subject))
    with pytest.raises(Refusal):
        rename_place(depot.desk, depot.by_officer(), room.subject, code, "Room")
