from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory
from muniment.desk.hatch import Wanted, issue_item, move_item, return_item
from muniment.desk.places import NewPlace, close_place, place_by_code, register_place, rename_place
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.places.place import PlaceKind


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def named(depot: Depot, code: str) -> Subject:
    with depot.desk.look() as work:
        place = place_by_code(work, code)
    assert place is not None
    return place.subject


def field(depot: Depot, place: Subject, name: str) -> str:
    with depot.desk.look() as work:
        standing = work.standing(place)
    assert standing is not None
    return standing.text(name)


def new_rack(depot: Depot, code: str) -> Subject:
    room = field(depot, depot.rack, "parent")
    made = register_place(depot.desk, depot.by_officer(), NewPlace(code, "", PlaceKind.RACK, Subject(room)))
    assert made.about is not None
    return made.about


def test_a_place_is_renamed_and_found_by_its_new_code_only(depot: Depot) -> None:
    rack = new_rack(depot, "R9")
    answer = rename_place(depot.desk, depot.by_officer(), rack, "R10", "Rack ten")
    assert named(depot, "r10") == rack
    assert field(depot, rack, "name") == "Rack ten"
    assert "R9" in str(answer.warnings[0])
    with depot.desk.look() as work:
        assert place_by_code(work, "R9") is None


def test_a_new_name_alone_asks_for_no_new_label(depot: Depot) -> None:
    rack = new_rack(depot, "R9")
    assert rename_place(depot.desk, depot.by_officer(), rack, "R9", "By the door").warnings == ()


@pytest.mark.parametrize("code", ["", "R8"])
def test_a_code_that_is_missing_or_anothers_is_refused(depot: Depot, code: str) -> None:
    new_rack(depot, "R8")
    rack = new_rack(depot, "R9")
    with pytest.raises(Refusal, match="no code of its own"):
        rename_place(depot.desk, depot.by_officer(), rack, code, "")


def test_a_place_that_holds_something_is_not_closed(depot: Depot) -> None:
    with pytest.raises(Refusal) as refused:
        close_place(depot.desk, depot.by_officer(reason="old"), depot.rack)
    assert refused.value.rule == "place_not_empty"


def test_a_place_with_places_in_it_is_not_closed(depot: Depot) -> None:
    rack = new_rack(depot, "R9")
    register_place(depot.desk, depot.by_officer(), NewPlace("R9-1", "", PlaceKind.SLOT, rack))
    with pytest.raises(Refusal) as refused:
        close_place(depot.desk, depot.by_officer(reason="old"), rack)
    assert refused.value.rule == "place_not_empty"
    close_place(depot.desk, depot.by_officer(reason="old"), named(depot, "R9-1"))
    close_place(depot.desk, depot.by_officer(reason="old"), rack)
    assert field(depot, rack, WITHDRAWN) == "old"


def test_the_registers_own_places_stay(depot: Depot) -> None:
    with depot.desk.look() as work:
        own = [p for p in work.all_of(Kind.PLACE) if p.text("place_kind") in ("depot", "outside", "quarantine")]
    for place in own:
        with pytest.raises(Refusal) as refused:
            close_place(depot.desk, depot.by_officer(reason="old"), place.subject)
        assert refused.value.rule == "place_is_fixed"


@pytest.mark.parametrize("kind", [PlaceKind.DEPOT, PlaceKind.IN_TRANSIT, PlaceKind.UNACCOUNTED, PlaceKind.OUTSIDE])
def test_a_second_place_of_a_kind_that_every_register_has_one_of_is_refused_in_words(
    depot: Depot, kind: PlaceKind
) -> None:
    with pytest.raises(Refusal) as refusal:
        register_place(depot.desk, depot.by_officer(), NewPlace("X1", "", kind, depot.rack))
    assert refusal.value.rule == "place_in_wrong_place"
    assert "Choose another kind" in str(refusal.value.do_now)


def test_closing_needs_a_reason_and_is_done_once(depot: Depot) -> None:
    rack = new_rack(depot, "R9")
    with pytest.raises(Refusal, match="reason"):
        close_place(depot.desk, depot.by_officer(), rack)
    close_place(depot.desk, depot.by_officer(reason="old", act="close-it"), rack)
    assert close_place(depot.desk, depot.by_officer(reason="old", act="close-it"), rack).again


def test_a_closed_place_takes_nothing_in_and_its_code_is_free(depot: Depot) -> None:
    rack = new_rack(depot, "R9")
    close_place(depot.desk, depot.by_officer(reason="old"), rack)
    with pytest.raises(Refusal) as refused:
        move_item(depot.desk, depot.by_officer(), depot.rifle, rack)
    assert refused.value.rule == "place_closed"
    assert new_rack(depot, "R9") != rack


def test_what_belonged_to_a_closed_place_comes_back_to_the_one_around_it(depot: Depot) -> None:
    for item in (depot.rifle, depot.pistol):
        issue_item(depot.desk, depot.by_officer(), item, Wanted(depot.soldier))
    close_place(depot.desk, depot.by_officer(reason="burnt"), depot.rack)
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    with depot.desk.look() as work:
        rifle = work.standing(depot.rifle)
    assert rifle is not None
    assert rifle.where == field(depot, depot.rack, "parent")
    assert depot.register.audit.verify(lambda _done, _all: True).breaks == ()
