"""Returns, finds and losses are held against the book of their time, and places are those of then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.depot import Depot
from fakes.of_its_time import both, made_depot, open_rules, other, room_of
from muniment.desk import cases
from muniment.desk.hatch import (
    Wanted,
    issue_item,
    move_item,
    return_item,
)
from muniment.desk.late import past_return_breaches, record_past_returns
from muniment.desk.of_its_time import place_called
from muniment.desk.places import NewPlace, close_place, register_place, rename_place
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.places.place import PlaceKind


@pytest.fixture
def depot() -> Depot:
    return made_depot()


def contradicted(depot: Depot, *, hours: float, to: Subject | None = None) -> list[str]:
    """What a return so many hours ago contradicted."""
    with depot.desk.look() as work:
        found = past_return_breaches(work, [depot.rifle], depot.clock.at - timedelta(hours=hours), to)
    return [one.objection.rule for one in found]


def test_a_return_is_held_against_the_book_of_its_time(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=2)
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    depot.clock.forward(hours=2)
    assert contradicted(depot, hours=0) == ["not_out"]
    assert contradicted(depot, hours=3) == ["later_entry"]
    assert contradicted(depot, hours=5) == ["not_out", "later_entry"]


def test_a_place_that_was_closed_since_was_open_then(depot: Depot) -> None:
    rack2 = register_place(depot.desk, depot.by_officer(), NewPlace("RACK2", "", PlaceKind.RACK, room_of(depot))).about
    assert rack2 is not None
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=4)
    close_place(depot.desk, both(depot), rack2)
    depot.clock.forward(hours=2)
    past = replace(both(depot), at=depot.clock.at - timedelta(hours=3))
    with depot.desk.look() as work:
        assert place_called(work, "rack2", past.at).subject == rack2
    assert contradicted(depot, hours=3, to=rack2) == []
    assert contradicted(depot, hours=1, to=rack2) == ["place_closed"]
    answer = record_past_returns(depot.desk, past, [depot.rifle], to=rack2)
    assert depot.card(depot.rifle).place == "ROOM1"
    with depot.desk.look() as work:
        assert work.facts_of(depot.rifle)[-1][1].about == {"late": True, "brought_to": rack2}
    assert [str(one) for one in answer.warnings] == [
        "RACK2 is closed by now. By the book it lies at ROOM1: move it to where it is."
    ]
    assert depot.breaks() == ()


def test_a_place_is_named_as_it_was_called_then(depot: Depot) -> None:
    depot.clock.forward(hours=2)
    rename_place(depot.desk, depot.by_officer(), depot.rack, "RACK9", "Rack 9")
    depot.clock.forward(hours=2)
    now, before = depot.clock.at, depot.clock.at - timedelta(hours=3)
    with depot.desk.look() as work:
        assert place_called(work, "RACK1", before).subject == depot.rack
        assert place_called(work, "RACK9", before).subject == depot.rack
        with pytest.raises(Refusal) as refusal:
            place_called(work, "RACK1", now)
    assert refusal.value.rule == "unknown_place"


def test_what_comes_home_to_a_place_that_is_closed_lies_in_the_open_one_around_it(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    move_item(depot.desk, depot.by_officer(), depot.pistol, room_of(depot))
    close_place(depot.desk, both(depot), depot.rack)
    depot.clock.forward(hours=2)
    record_past_returns(depot.desk, replace(both(depot), at=depot.clock.at), [depot.rifle])
    assert depot.card(depot.rifle).place == "ROOM1"


def test_a_find_is_held_against_the_book_of_its_time(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=2)
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    room = room_of(depot)
    depot.clock.forward(hours=2)
    past = replace(both(depot), at=depot.clock.at - timedelta(hours=3))
    cases.record_as_found(depot.desk, past, depot.rifle, room)
    assert open_rules(depot) == ["found_elsewhere", "later_entry"]
    with depot.desk.look() as work:
        fact = work.facts_of(depot.rifle)[-1][1]
    assert fact.about == {"late": True, "breach": "found_elsewhere later_entry"}


def test_who_held_it_when_it_was_lost_answers_for_it(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=2)
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    issue_item(
        depot.desk,
        depot.by_officer(),
        depot.rifle,
        Wanted(other(depot)),
    )
    depot.clock.forward(hours=2)
    past = replace(both(depot), at=depot.clock.at - timedelta(hours=3))
    holds_now = other(depot)
    cases.declare_missing(depot.desk, past, depot.rifle)
    with depot.desk.look() as work:
        assert [(one.text("rule"), one.text("holder")) for one in work.unsettled()] == [
            ("unaccounted", depot.soldier),
            ("later_entry", holds_now),
        ]
