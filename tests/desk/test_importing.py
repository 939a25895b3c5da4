"""Lists taken into the register, undone, and taken in again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes.depot import Depot, depot_in_memory, rifle_called
from fakes.lists import (
    HOLDINGS,
    PEOPLE,
    PLACES,
    WEAPONS,
    holding,
    person,
    planned,
    reading,
    standing_of,
    taken_in,
    weapon,
)
from muniment.desk.correcting import take_back_act
from muniment.desk.hatch import Wanted, issue_item, move_item, return_item
from muniment.desk.importing import AT_ONCE, import_list
from muniment.desk.stock import bind_code, register
from muniment.desk.undoing import Undone, decide, undecided, undo_import
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.importing import DUPLICATE, identity
from muniment.domain.custody.registering import same_weapon
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.weapon_fields import to_fields
from muniment.exchange.importing import plan_list, preview_json
from muniment.ports.audit import Stopped


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def undone(depot: Depot, batch: Subject) -> Undone:
    return undo_import(depot.desk, depot.by_officer(reason="wrong list"), batch)


def weapons(depot: Depot) -> list[Standing]:
    return [one for one in standing_of(depot, Kind.WEAPON) if one.text("import_key")]


def test_a_batch_says_what_became_of_its_list(depot: Depot) -> None:
    made = taken_in(depot, reading(WEAPONS, [weapon("EX-10"), weapon("EX-11"), weapon("EX-12", place="NOWHERE")]))
    with depot.desk.look() as work:
        batch = work.standing(made.batch)
        facts = list(work.facts_of_act(work.facts_of(made.batch)[0][1].act))
    assert batch is not None
    assert made.batch_no == "B-0000001"
    assert batch.fields["file"] == "list.csv"
    assert {name: batch.fields[name] for name in ("rows", "rows_registered", "rows_left_out", "quantity")} == {
        "rows": 3, "rows_registered": 2, "rows_left_out": 1, "quantity": 3,
    }  # fmt: skip
    assert [told.kind for told, _ in facts] == [
        Deed.BATCH_IMPORTED, Deed.WEAPON_REGISTERED, Deed.WEAPON_REGISTERED,
    ]  # fmt: skip
    assert facts[1][1].about == {"batch": made.batch, "row": 2}
    assert [one.text("register_no") for one in weapons(depot)] == ["W-0000003", "W-0000004"]
    assert depot.breaks() == ()


def test_the_same_list_again_adds_nothing(depot: Depot) -> None:
    listed = reading(WEAPONS, [weapon("EX-10"), weapon(""), weapon("")])
    taken_in(depot, listed)
    plan = planned(depot, listed)
    assert plan.entries == ()
    assert plan.totals.rows == {"already": 3}
    with pytest.raises(Refusal) as refusal:
        import_list(depot.desk, depot.by_officer(), plan)
    assert refusal.value.rule == "nothing_to_import"


def test_an_act_told_twice_is_one_import(depot: Depot) -> None:
    plan = planned(depot, reading(WEAPONS, [weapon("EX-10")]))
    first = import_list(depot.desk, depot.by_officer(act="take-over"), plan)
    again = import_list(depot.desk, depot.by_officer(act="take-over"), plan)
    assert again.answer.again
    assert again.batch_no == first.batch_no


def test_a_list_that_is_stopped_in_the_middle_leaves_nothing(depot: Depot) -> None:
    listed = reading(WEAPONS, [weapon(f"EX-{n}") for n in range(AT_ONCE + 1)])
    seen: list[tuple[int, int]] = []

    def stop(done: int, count: int) -> bool:
        seen.append((done, count))
        return False

    with pytest.raises(Stopped):
        taken_in(depot, listed, progress=stop)
    assert seen == [(AT_ONCE, AT_ONCE + 2)]
    assert weapons(depot) == []
    assert depot.breaks() == ()


def test_a_plan_that_the_register_has_outrun_is_refused_or_made_again(depot: Depot) -> None:
    listed = reading(WEAPONS, [weapon("EX-10")])
    plan = planned(depot, listed)
    move_item(depot.desk, depot.by_officer(), depot.rifle, _room(depot))
    with pytest.raises(Refusal) as refusal:
        import_list(depot.desk, depot.by_officer(), plan)
    assert refusal.value.rule == "plan_outdated"
    made = import_list(depot.desk, depot.by_officer(), plan, lambda work: plan_list(listed, work, this_year=2026))
    assert made.batch_no == "B-0000001"


def test_a_plan_that_would_come_out_otherwise_is_refused(depot: Depot) -> None:
    listed = reading(WEAPONS, [weapon("EX-10")])
    plan = planned(depot, listed)
    taken_in(depot, listed)
    with pytest.raises(Refusal) as refusal:
        import_list(depot.desk, depot.by_officer(), plan, lambda work: plan_list(listed, work, this_year=2026))
    assert refusal.value.rule == "plan_outdated"


def test_a_duplicate_needs_two_persons_and_a_reason(depot: Depot) -> None:
    listed = reading(WEAPONS, [weapon("EX-10"), weapon("EX-10")])
    plan = planned(depot, listed, overrides=["duplicate_weapon"])
    alone = depot.by_officer(reason="two of them", overrides=frozenset({"duplicate_weapon"}))
    with pytest.raises(Refusal) as refusal:
        import_list(depot.desk, alone, plan)
    assert refusal.value.rule == "second_person_missing"
    assert weapons(depot) == []
    made = taken_in(depot, listed, overrides=["duplicate_weapon"])
    with depot.desk.look() as work:
        fact = work.fact(made.answer.told[-1].seq)
    assert fact is not None
    assert fact.second == depot.second
    assert fact.about["overridden"] == "duplicate_weapon"


def test_a_row_with_a_known_number_describes_the_weapon_anew(depot: Depot) -> None:
    taken_in(depot, reading(WEAPONS, [weapon("EX-10", no="17"), weapon("EX-11", no="18")]))
    later = reading(WEAPONS, [weapon("EX-10", no="17", remarks="worn"), weapon("EX-11", no="18")])
    plan = planned(depot, later)
    assert plan.totals.rows == {"changed": 1, "already": 1}
    made = taken_in(depot, later)
    assert [one.text("remarks") for one in weapons(depot)] == ["worn", ""]
    assert planned(depot, later).totals.rows == {"already": 2}
    undone(depot, made.batch)
    assert [one.text("remarks") for one in weapons(depot)] == ["", ""]
    assert depot.breaks() == ()


def test_a_number_of_another_book_is_another_weapon(depot: Depot) -> None:
    taken_in(depot, reading(WEAPONS, [weapon("EX-10", no="17")], "book of A"))
    taken_in(depot, reading(WEAPONS, [weapon("EX-20", no="17")], "book of B"))
    assert [one.text("serial_raw") for one in weapons(depot)] == ["EX-10", "EX-20"]


def test_the_same_file_under_another_name_is_stopped(depot: Depot) -> None:
    taken_in(depot, reading(HOLDINGS, [holding(qty="5")], "one"))
    plan = planned(depot, reading(HOLDINGS, [holding(qty="5")], "other"))
    assert plan.stopped
    assert [problem.kind for problem in plan.problems] == ["imported_under_another_name"]
    with pytest.raises(Refusal):
        import_list(depot.desk, depot.by_officer(), plan)


def test_undoing_withdraws_and_the_list_can_be_taken_in_again(depot: Depot) -> None:
    listed = reading(WEAPONS, [weapon("EX-10"), weapon("EX-11")])
    made = taken_in(depot, listed)
    result = undone(depot, made.batch)
    assert (result.taken_back, result.refused) == (2, ())
    assert weapons(depot) == []
    taken_in(depot, listed)
    assert [one.text("register_no") for one in weapons(depot)] == ["W-0000005", "W-0000006"]
    assert depot.breaks() == ()


def test_an_import_is_undone_once_and_with_a_reason(depot: Depot) -> None:
    made = taken_in(depot, reading(WEAPONS, [weapon("EX-10")]))
    with pytest.raises(Refusal) as refusal:
        undo_import(depot.desk, depot.by_officer(), made.batch)
    assert refusal.value.rule == "reason_missing"
    undone(depot, made.batch)
    with pytest.raises(Refusal) as refusal:
        undone(depot, made.batch)
    assert refusal.value.rule == "undone_before"


def test_what_has_moved_or_is_bound_stays_and_is_named(depot: Depot) -> None:
    made = taken_in(depot, reading(WEAPONS, [weapon(f"EX-{n}") for n in (10, 11, 12, 13)]))
    ten, eleven, twelve, _ = weapons(depot)
    issue_item(depot.desk, depot.by_officer(), ten.subject, Wanted(depot.soldier))
    move_item(depot.desk, depot.by_officer(), eleven.subject, _room(depot))
    bind_code(depot.desk, depot.by_officer(), "LABEL-12", twelve.subject)
    result = undone(depot, made.batch)
    assert result.taken_back == 1
    assert [(one.row, one.name, one.rule) for one in result.refused] == [
        (2, "W-0000003", "changed_since"),
        (3, "W-0000004", "changed_since"),
        (4, "W-0000005", "in_use"),
    ]
    assert [one.text("serial_raw") for one in weapons(depot)] == ["EX-10", "EX-11", "EX-12"]
    assert depot.breaks() == ()


def test_people_places_and_units_come_and_go(depot: Depot) -> None:
    people = reading(PEOPLE, [person("0100", unit="1st Example", covers="SA", until="2027-01-31"), person("0101")])
    places = reading(PLACES, [("S-1", "Slot", "slot", "R-9"), ("R-9", "Rack", "rack", "ROOM1")])
    for listed in (people, places):
        made = taken_in(depot, listed)
        assert planned(depot, listed).entries == ()
        assert undone(depot, made.batch).refused == ()
        assert planned(depot, listed).totals.rows == {"registered": 2}
        taken_in(depot, listed)
    assert [unit.text("name") for unit in standing_of(depot, Kind.UNIT)] == ["1st Example"]
    assert depot.breaks() == ()


def test_a_place_with_something_in_it_and_a_person_who_holds_stay(depot: Depot) -> None:
    places = taken_in(depot, reading(PLACES, [("S-1", "Slot", "slot", "R-9"), ("R-9", "Rack", "rack", "ROOM1")]))
    with depot.desk.look() as work:
        slot = next(p.subject for p in work.all_of(Kind.PLACE) if p.text("code") == "S-1")
    move_item(depot.desk, depot.by_officer(), depot.rifle, slot)
    assert [one.name for one in undone(depot, places.batch).refused] == ["R-9", "S-1"][::-1]
    people = taken_in(depot, reading(PEOPLE, [person("0100", covers="SA", until="2027-01-31")]))
    with depot.desk.look() as work:
        holder = work.person_by("0100")
    assert holder is not None
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(holder))
    assert [one.rule for one in undone(depot, people.batch).refused] == ["in_use"]
    assert depot.breaks() == ()


def _place(depot: Depot, code: str) -> Standing:
    return next(one for one in standing_of(depot, Kind.PLACE) if one.text("code") == code)


def test_a_list_of_places_changes_known_ones_by_their_code_and_says_so_before(depot: Depot) -> None:
    taken_in(depot, reading(PLACES, [("ROOM2", "Annex", "room", ""), ("S-1", "Slot", "slot", "RACK1")]))
    listed = reading(PLACES, [("RACK1", "First rack", "", "ROOM2"), ("ROOM2", "Annex", "room", "")])
    plan = planned(depot, listed)
    assert plan.totals.rows == {"changed": 1, "already": 1}
    assert preview_json(plan)["changes"] == [
        {
            "row": 2,
            "register_no": "RACK1",
            "before": {"name": "Rack 1", "parent": "ROOM1"},
            "after": {"name": "First rack", "parent": "ROOM2"},
        }
    ]
    before = _place(depot, "RACK1")
    made = taken_in(depot, listed)
    assert _place(depot, "RACK1").text("parent") == _place(depot, "ROOM2").subject
    assert planned(depot, listed).entries == ()
    assert undone(depot, made.batch).refused == ()
    assert _place(depot, "RACK1").fields == before.fields
    assert depot.breaks() == ()


def test_a_place_does_not_move_into_itself_nor_where_it_cannot_lie(depot: Depot) -> None:
    taken_in(depot, reading(PLACES, [("S-1", "Slot", "slot", "RACK1")]))
    for row, kind in (
        (("ROOM1", "Armoury", "", "S-1"), "place_circle"),
        (("RACK1", "Rack 1", "slot", ""), "place_in_wrong_place"),
        (("RACK1", "Rack 1", "room", "DEPOT"), "place_in_wrong_place"),
        (("S-1", "Slot", "", "NOWHERE"), "unknown_place"),
    ):
        plan = planned(depot, reading(PLACES, [row]))
        assert plan.entries == ()
        assert [problem.kind for problem in plan.problems] == [kind]


def test_the_preview_says_what_changes_of_a_person(depot: Depot) -> None:
    listed = reading(PEOPLE, [person("0001", name="Example Soldier", rank="Cpl", unit="2nd Example")])
    assert preview_json(planned(depot, listed))["changes"] == [
        {
            "row": 2,
            "register_no": "0001",
            "before": {"rank": "Pte"},
            "after": {"rank": "Cpl", "unit": "2nd Example"},
        }
    ]


def test_who_a_person_was_before_cannot_be_undone(depot: Depot) -> None:
    made = taken_in(depot, reading(PEOPLE, [person("0001", name="Example Soldier", rank="Cpl")]))
    result = undone(depot, made.batch)
    assert [one.rule for one in result.refused] == ["earlier_name_not_kept"]
    assert depot.breaks() == ()


def test_what_a_list_left_open_is_decided_with_a_reason(depot: Depot) -> None:
    taken_in(depot, reading(HOLDINGS, [holding("MAGAZINE", "100"), holding("MACHINE GUN,7.62 MILLIMETER", "3")]))
    with depot.desk.look() as work:
        magazines, guns = undecided(work)
    with pytest.raises(Refusal) as refusal:
        decide(depot.desk, depot.by_officer(), [magazines.subject])
    assert refusal.value.rule == "reason_missing"
    by = depot.by_officer(reason="looked at them")
    decide(depot.desk, by, [magazines.subject])
    decide(depot.desk, by, [guns.subject], "SA-50", "7.62x51mm")
    (line,) = standing_of(depot, Kind.LINE)
    assert (line.number("quantity"), line.text("taxonomy_code"), line.where) == (3, "SA-50", depot.rack)
    with pytest.raises(Refusal) as refusal:
        decide(depot.desk, by, [guns.subject])
    assert refusal.value.rule == "decided_before"
    with depot.desk.look() as work:
        assert undecided(work) == []
        assert [one.text("decision") for one in undecided(work, all_of_them=True)] == [
            "not_for_this_register", "weapon",
        ]  # fmt: skip
    assert depot.breaks() == ()


def test_a_weapon_is_the_same_by_both_ways_of_asking(depot: Depot) -> None:
    from fakes.depot import pistol_called, rifle_called

    with depot.desk.look() as work:
        known = work.standing(depot.rifle)
    assert known is not None
    for other in (rifle_called("ex 000001"), rifle_called("EX-000001", "Model B"), pistol_called("EX-000001")):
        same = identity(other.serial_key, to_fields(other)) == identity("EX000001", known.fields)
        assert same == bool(same_weapon(other, [known]))


# Invariants

LINES = st.lists(
    st.tuples(st.sampled_from(["RIFLE", "PISTOL", "MAGAZINE", "CHAIR", "MACHINE GUN"]), st.integers(0, 40)), max_size=8
)
BRIEFLY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@BRIEFLY
@given(LINES)
def test_no_quantity_is_lost(lines: list[tuple[str, int]]) -> None:
    depot = depot_in_memory()
    listed = reading(HOLDINGS, [holding(item, str(qty)) for item, qty in lines])
    plan = planned(depot, listed)
    readable = sum(qty for _, qty in lines)
    assert plan.totals.quantity_read == readable
    assert plan.totals.rows_read == len(lines)
    if plan.entries:
        taken_in(depot, listed)
    kept = [*standing_of(depot, Kind.LINE), *standing_of(depot, Kind.UNDECIDED)]
    assert sum(one.number("quantity") for one in kept) == readable
    assert planned(depot, listed).totals.quantity.get("already", 0) == readable


@BRIEFLY
@given(LINES, st.integers(0, 8), st.sampled_from(["RIFLE", "CHAIR"]))
def test_an_inserted_row_adds_one_thing(lines: list[tuple[str, int]], at: int, item: str) -> None:
    depot = depot_in_memory()
    rows = [holding(name, str(qty + 1)) for name, qty in lines]
    if rows:
        taken_in(depot, reading(HOLDINGS, rows))
    rows.insert(min(at, len(rows)), holding(item, "3"))
    plan = planned(depot, reading(HOLDINGS, rows))
    assert len(plan.entries) == 1
    assert plan.totals.rows == Counter({"registered" if item == "RIFLE" else "for_decision": 1}) + Counter(
        {"already": len(lines)}
    )


@BRIEFLY
@given(st.lists(st.sampled_from(["stays", "moved", "issued", "issued and returned"]), min_size=1, max_size=6))
def test_undoing_takes_back_exactly_what_has_not_moved(fates: list[str]) -> None:
    depot = depot_in_memory()
    made = taken_in(depot, reading(WEAPONS, [weapon(f"EX-{n}") for n in range(len(fates))]))
    for one, fate in zip(weapons(depot), fates, strict=True):
        if fate == "moved":
            move_item(depot.desk, depot.by_officer(), one.subject, _room(depot))
        if fate.startswith("issued"):
            by = replace(depot.by_officer(reason="trial", second=True), overrides=frozenset({"limit_reached"}))
            issue_item(depot.desk, by, one.subject, Wanted(depot.soldier))
        if fate == "issued and returned":
            return_item(depot.desk, depot.by_officer(), one.subject)
    result = undone(depot, made.batch)
    assert result.taken_back == fates.count("stays")
    assert [one.row - 2 for one in result.refused] == [n for n, fate in enumerate(fates) if fate != "stays"]
    assert len(weapons(depot)) == len(fates) - fates.count("stays")
    assert depot.breaks() == ()


def test_an_import_of_yesterday_is_undone_by_two(depot: Depot) -> None:
    made = taken_in(depot, reading(WEAPONS, [weapon("EX-10")]))
    depot.clock.forward(days=1)
    with pytest.raises(Refusal) as refusal:
        undo_import(depot.desk, depot.by_officer(reason="wrong list"), made.batch)
    assert refusal.value.rule == "second_person_missing"
    assert len(weapons(depot)) == 1
    undo_import(depot.desk, depot.by_officer(second=True, reason="wrong list"), made.batch)
    assert weapons(depot) == []


def test_what_was_withdrawn_by_hand_does_not_count_as_there(depot: Depot) -> None:
    from fakes.depot import rifle_called

    answer = register(depot.desk, depot.by_officer(act="by-hand"), rifle_called("EX-10", "Model X"), depot.rack)
    listed = reading(WEAPONS, [weapon("EX-10")])
    assert [problem.kind for problem in planned(depot, listed).problems] == ["duplicate_weapon"]
    take_back_act(depot.desk, depot.by_officer(second=True, reason="wrong"), "by-hand")
    with depot.desk.look() as work:
        assert answer.about is not None
        standing = work.standing(answer.about)
    assert standing is not None
    assert standing.text(WITHDRAWN)
    assert planned(depot, listed).problems == ()


def _room(depot: Depot) -> Subject:
    with depot.desk.look() as work:
        return next(p.subject for p in work.all_of(Kind.PLACE) if p.text("code") == "ROOM1")


def test_a_duplicate_that_was_let_pass_stands_when_the_register_has_grown_meanwhile(depot: Depot) -> None:
    taken_in(depot, reading(WEAPONS, [weapon("EX-10")]))
    again = reading(WEAPONS, [weapon("EX-10", place="ROOM1")], name="other book")
    plan = planned(depot, again, overrides=[DUPLICATE])
    register(depot.desk, depot.by_officer(), rifle_called("EX-777"), depot.rack)
    by = depot.by_officer(reason="there are two", second=True, overrides=frozenset({DUPLICATE}))
    made = import_list(depot.desk, by, plan, lambda work: plan_list(again, work, this_year=2026, overrides=[DUPLICATE]))
    assert len(made.answer.told) == 2
