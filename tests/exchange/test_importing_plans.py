"""What would become of each row of a list, beside what the register holds."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory
from fakes.lists import HOLDINGS, PEOPLE, PLACES, WEAPONS, holding, person, planned, reading, weapon
from muniment.desk.import_plan import PersonEntry, PlaceEntry, Plan, StockEntry
from muniment.desk.stock import bind_code
from muniment.domain.basics.identity import Kind
from muniment.domain.places.place import PlaceKind
from muniment.exchange.importing import preview_json, preview_lines
from muniment.exchange.mapping import suggest


@pytest.fixture(scope="module")
def depot() -> Depot:
    return depot_in_memory()


def weapons_plan(depot: Depot, *rows: tuple[str, ...], overrides: tuple[str, ...] = ()) -> Plan:
    return planned(depot, reading(WEAPONS, rows), overrides=overrides)


def stock(plan: Plan) -> list[StockEntry]:
    return [entry for entry in plan.entries if isinstance(entry, StockEntry)]


def found(plan: Plan) -> list[tuple[str, str]]:
    return [(problem.kind, problem.where) for problem in plan.problems]


def test_a_row_becomes_a_weapon_at_its_place(depot: Depot) -> None:
    plan = weapons_plan(depot, weapon("EX-77"))
    (entry,) = stock(plan)
    assert entry.place == depot.rack
    assert entry.fields["serial_raw"] == "EX-77"
    assert entry.fields["serial_status"] == "present"
    assert entry.fields["calibres"] == [{"text": "5.56x45mm", "code": "5.56x45", "primary": True}]
    assert plan.problems == ()


@pytest.mark.parametrize(
    ("row", "kind", "where"),
    [
        (weapon(place="NOWHERE"), "unknown_place", "line 2, column G (place)"),
        (weapon(type="SA-99"), "type_unknown", "line 2, column B (type)"),
        (weapon(type="SA"), "type_is_a_heading", "line 2, column B (type)"),
        (weapon(type="PT-02"), "not_a_weapon", "line 2, column B (type)"),
        (weapon(type=""), "type_missing", "line 2, column B (type)"),
        (weapon(calibre=""), "calibre_missing", "line 2, column E (calibre)"),
        (weapon(serial="no number"), "serial_placeholder", "line 2, column F (serial)"),
        (weapon(serial="1234 rusty"), "serial_placeholder", "line 2, column F (serial)"),
        (weapon(serial="EX-000001", model="Model A"), "duplicate_weapon", "line 2, column F (serial)"),
        (weapon(no="W-0009999"), "unknown_number", "line 2, column A (no)"),
    ],
)
def test_what_cannot_be_a_weapon_is_named_with_its_cell(
    depot: Depot, row: tuple[str, ...], kind: str, where: str
) -> None:
    plan = weapons_plan(depot, row)
    assert found(plan) == [(kind, where)]
    assert plan.entries == ()
    assert plan.totals.rows == {"left_out": 1}


def test_every_problem_of_a_row_is_named_at_once(depot: Depot) -> None:
    plan = weapons_plan(depot, weapon(type="", serial="unknown", place="NOWHERE"))
    assert {kind for kind, _ in found(plan)} == {"type_missing", "serial_placeholder", "unknown_place"}


def test_the_same_weapon_twice_in_a_list_stops_the_second_row(depot: Depot) -> None:
    plan = weapons_plan(depot, weapon("EX-10"), weapon("ex 10"), weapon("EX-10", model="Model Y"))
    assert found(plan) == [("duplicate_weapon", "line 3, column F (serial)")]
    assert "line 2" in str(plan.problems[0].says)
    assert plan.totals.rows == {"registered": 2, "left_out": 1}
    assert [(notice.kind, notice.row) for notice in plan.notices] == [("same_serial", 4)]


def test_a_second_person_may_let_a_duplicate_pass(depot: Depot) -> None:
    plan = weapons_plan(depot, weapon("EX-10"), weapon("EX-10"), overrides=("duplicate_weapon",))
    assert plan.problems == ()
    assert [bool(entry.objections) for entry in stock(plan)] == [False, True]


def test_look_alikes_are_told_and_never_merged(depot: Depot) -> None:
    plan = weapons_plan(depot, weapon("EX-OOOOO1"), weapon("EX-10"), weapon("EX-IO"))
    assert [(notice.kind, notice.row) for notice in plan.notices] == [("looks_alike", 2), ("looks_alike", 4)]
    assert "W-0000001" in str(plan.notices[0].says)
    assert plan.totals.rows == {"registered": 3}


def test_a_list_that_lost_its_leading_zeros_is_told_so(depot: Depot) -> None:
    plan = weapons_plan(depot, weapon("EX-1"), weapon("0012045"), weapon("12045"))
    assert [(notice.kind, notice.row) for notice in plan.notices] == [("looks_alike", 2), ("looks_alike", 4)]
    assert "W-0000001" in str(plan.notices[0].says)


def test_an_absent_serial_is_not_known_and_said_so(depot: Depot) -> None:
    plan = weapons_plan(depot, weapon(""), weapon(""))
    assert [entry.fields["serial_status"] for entry in stock(plan)] == ["unknown", "unknown"]
    assert [notice.kind for notice in plan.notices] == ["serial_missing", "serial_missing"]


def test_a_number_of_the_old_book_stands_once(depot: Depot) -> None:
    plan = weapons_plan(depot, weapon("EX-10", no="17"), weapon("EX-11", no="17"))
    assert found(plan) == [("number_twice", "line 3, column A (no)")]


def test_names_settle_what_is_a_weapon_and_everything_else_waits(depot: Depot) -> None:
    plan = planned(
        depot,
        reading(
            HOLDINGS,
            [
                holding(qty="56"),
                holding("MAGAZINE,CARTRIDGE", "100"),
                holding("MACHINE GUN", "2"),
                holding("PISTOL,CALIBER .45", "1", ui="pair"),
                holding("OFFICE CHAIR", "7", nsn="7110-00-000-0001"),
                holding("RIFLE", "none"),
            ],
        ),
    )
    assert [(entry.kind, entry.quantity) for entry in stock(plan)] == [
        (Kind.LINE, 56),
        (Kind.UNDECIDED, 100),
        (Kind.UNDECIDED, 2),
        (Kind.UNDECIDED, 1),
        (Kind.UNDECIDED, 7),
    ]
    assert plan.by_type == {"SA-20": 56, "": 110}
    assert plan.totals.quantity == {"registered": 56, "for_decision": 110, "left_out": 0}
    assert plan.totals.unreadable == 1
    assert all(entry.fields["why"] for entry in stock(plan)[1:])


def test_people_are_known_by_their_number(depot: Depot) -> None:
    plan = planned(
        depot,
        reading(
            PEOPLE,
            [
                person("0001", name="Example Soldier", rank="Pte"),
                person("0001", name="Another"),
                person("0002", unit="1st Example", covers="SA", until="2027-01-31"),
                person("0003", covers="all of it", until="2027-01-31"),
                person("0004", card="B-0001"),
            ],
        ),
    )
    assert plan.totals.rows == {"already": 1, "registered": 1, "left_out": 3}
    assert {kind for kind, _ in found(plan)} == {"person_twice", "type_unknown", "person_known"}
    (entry,) = plan.entries
    assert isinstance(entry, PersonEntry)
    assert (entry.unit, entry.fields["certificates"]) == ("1st Example", [{"covers": "SA", "until": "2027-01-31"}])


def test_a_person_who_reads_otherwise_is_changed(depot: Depot) -> None:
    plan = planned(depot, reading(PEOPLE, [person("0001", name="Example Soldier", rank="Cpl", card="B-0002")]))
    (entry,) = plan.entries
    assert isinstance(entry, PersonEntry)
    assert entry.subject == depot.soldier
    assert entry.record.rank == "Cpl"
    assert list(entry.record.badges) == ["B-0001", "B-0002"]


def test_places_come_after_what_they_lie_in(depot: Depot) -> None:
    plan = planned(
        depot,
        reading(
            PLACES,
            [
                ("S-1", "Slot", "slot", "R-9"),
                ("R-9", "Rack", "rack", "M-9"),
                ("ROOM1", "Armoury", "room", ""),
                ("M-9", "Room", "room", ""),
            ],
        ),
    )
    assert plan.problems == ()
    assert [(e.code, e.kind) for e in plan.entries if isinstance(e, PlaceEntry)] == [
        ("M-9", PlaceKind.ROOM),
        ("R-9", PlaceKind.RACK),
        ("S-1", PlaceKind.SLOT),
    ]
    assert plan.totals.rows == {"registered": 3, "already": 1}


def test_a_list_of_places_speaks_of_buildings_and_what_lies_in_them(depot: Depot) -> None:
    headings = ("code", "name", "kind", "in")
    rows = [("B-9", "House", "building", "DEPOT"), ("M-9", "Room", "room", "B-9")]
    plan = planned(depot, reading(suggest(headings, "places"), rows))
    assert plan.problems == ()
    assert [(e.code, e.kind) for e in plan.entries if isinstance(e, PlaceEntry)] == [
        ("B-9", PlaceKind.BUILDING),
        ("M-9", PlaceKind.ROOM),
    ]


def test_places_that_cannot_be_are_named(depot: Depot) -> None:
    plan = planned(
        depot,
        reading(
            PLACES,
            [
                ("A", "A", "room", "B"),
                ("B", "B", "room", "A"),
                ("C", "C", "slot", "ROOM1"),
                ("D", "D", "slot", "C"),
                ("E", "E", "room", "NOWHERE"),
                ("F", "F", "", ""),
                ("f", "F", "room", ""),
            ],
        ),
    )
    assert sorted(found(plan)) == [
        ("kind_missing", "line 7, column C (kind)"),
        ("place_circle", "line 2, column D (in)"),
        ("place_circle", "line 3, column D (in)"),
        ("place_in_wrong_place", "line 4, column C (kind)"),
        ("place_twice", "line 8, column A (code)"),
        ("unknown_place", "line 5, column D (in)"),
        ("unknown_place", "line 6, column D (in)"),
    ]
    assert plan.entries == ()
    assert plan.totals.rows == {"left_out": 7}


def test_the_preview_adds_up_and_names_everything(depot: Depot) -> None:
    rows = [holding(qty="5"), holding("MAGAZINE", "10"), holding("RIFLE", "x")]
    shown = preview_json(planned(depot, reading(HOLDINGS, rows)))
    assert shown["rows"] == {
        "read": 3, "registered": 1, "for_decision": 1, "changed": 0, "already": 0, "left_out": 1,
    }  # fmt: skip
    assert shown["quantity"]["read"] == 15
    assert shown["by_type"] == {"SA-20": 5, "for_decision": 10}
    assert [(p["row"], p["where"]) for p in shown["problems"]] == [(4, "line 4, column C (qty)")]
    plan = planned(depot, reading(HOLDINGS, rows))
    with depot.desk.look() as work:
        text = "\n".join(str(line) for line in preview_lines(plan, work))
    assert "3 rows, 15 in all" in text
    assert "line 4, column C (qty): “x” is no whole number" in text


def test_a_row_without_a_number_stops_where_its_serial_is_known(depot: Depot) -> None:
    plan = weapons_plan(depot, weapon("EX-000001", model="Model A"))
    assert found(plan) == [("duplicate_weapon", "line 2, column F (serial)")]
    assert "have the list describe known weapons anew" in str(plan.problems[0].says)


@pytest.mark.parametrize("code", ["RACK1", "W-0000001", "W-0000999", "TAG-77"])
def test_a_badge_that_means_something_else_is_not_taken_in(code: str) -> None:
    depot = depot_in_memory()
    bind_code(depot.desk, depot.by_officer(), "TAG-77", depot.rifle)
    plan = planned(depot, reading(PEOPLE, [person("0777", card=code)]))
    assert found(plan) == [("code_taken", "line 2, column E (card)")]


@pytest.mark.parametrize("code", ["W-0000001", "TAG-77"])
def test_a_place_whose_code_means_something_else_is_not_taken_in(code: str) -> None:
    depot = depot_in_memory()
    bind_code(depot.desk, depot.by_officer(), "TAG-77", depot.rifle)
    plan = planned(depot, reading(PLACES, [(code, "Annex", "room", "")]))
    assert found(plan) == [("code_taken", "line 2, column A (code)")]
