"""What is written about a weapon, changed by hand; an inspection that is due; a number in place of a serial."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.depot import Depot, depot_in_memory, rifle_called
from fakes.workshop import component, refused, stands
from muniment.desk.correcting import take_back_act
from muniment.desk.describing import Seen, describe, mark
from muniment.desk.finding import item_named
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.late import record_past_issue
from muniment.desk.quality import Task, worklist
from muniment.desk.stock import bind_code, register
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.marking import MarkingMethod, MarkKind, MarkPlace
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import WeaponDescription


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def without_serial(depot: Depot) -> Subject:
    known = rifle_called("EX-9")
    description = WeaponDescription(
        this_year=2026,
        type_code=known.type_code,
        make=known.make,
        model=known.model,
        calibres=known.calibres,
        condition=known.condition,
        serial_status=SerialStatus.ILLEGIBLE,
    )
    made = register(depot.desk, depot.by_officer(), description, depot.rack).about
    assert made is not None
    return made


def test_what_was_not_known_is_written_down_without_a_reason(depot: Depot) -> None:
    answer = describe(depot.desk, depot.by_officer(), depot.rifle, {"year_of_manufacture": 1987})
    with depot.desk.look() as work:
        fact = work.fact(answer.told[0].seq)
    assert fact is not None
    assert (fact.kind, fact.before, fact.after) == (Deed.WEAPON_DESCRIBED, {}, {"year_of_manufacture": 1987})


def test_what_stands_is_changed_for_a_reason_only(depot: Depot) -> None:
    assert refused(depot, describe, depot.rifle, {"condition": "repairable"}) == "reason_missing"
    describe(depot.desk, depot.by_officer(reason="worn"), depot.rifle, {"condition": "repairable"})
    assert refused(depot, issue_item, depot.rifle, Wanted(depot.soldier)) == "not_serviceable"
    describe(depot.desk, depot.by_officer(reason="typed wrongly"), depot.rifle, {"make": None, "model": "Model C"})
    assert "make" not in stands(depot, depot.rifle).fields
    assert stands(depot, depot.rifle).text("model") == "Model C"
    assert depot.breaks() == ()


def test_a_description_is_checked_as_a_whole_and_never_moves_the_weapon(depot: Depot) -> None:
    assert refused(depot, describe, depot.rifle, {"year_of_manufacture": 2090}) == "year_range"
    assert refused(depot, describe, depot.rifle, {"condition": "shiny"}) == "field_not_a_choice"
    assert refused(depot, describe, depot.rifle, {"condition": "serviceable"}) == "nothing_changes"
    barrel = component(depot, ComponentKind.BARREL, "EX-B-1")
    assert refused(depot, describe, barrel, {"condition": "new"}) == "not_a_weapon"


def test_a_serial_that_makes_two_weapons_one_needs_a_second_person(depot: Depot) -> None:
    other = register(depot.desk, depot.by_officer(), rifle_called("EX-2"), depot.rack).about
    assert other is not None
    wrong = {"serial_raw": "EX-000001"}
    with pytest.raises(Refusal) as refusal:
        describe(depot.desk, depot.by_officer(reason="read again"), other, wrong)
    assert refusal.value.rule == "duplicate_weapon"
    both = depot.by_officer(reason="read again", second=True, overrides={"duplicate_weapon"})
    describe(depot.desk, both, other, wrong)
    describe(depot.desk, depot.by_officer(), other, {"year_of_manufacture": 1990})  # settled once, not asked again


def test_a_description_is_taken_back(depot: Depot) -> None:
    before = stands(depot, depot.rifle).text("model")
    describe(depot.desk, depot.by_officer(act="paint", reason="misread"), depot.rifle, {"model": "Model C"})
    take_back_act(depot.desk, depot.by_officer(reason="other rifle"), "paint")
    assert stands(depot, depot.rifle).text("model") == before


def test_an_overdue_inspection_keeps_a_weapon_in_store(depot: Depot) -> None:
    describe(depot.desk, depot.by_officer(), depot.rifle, {"inspection_due": "2026-11-23"})
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert refusal.value.rule == "inspection_overdue"
    assert "2026-11-23" in str(refusal.value.says)
    alone = depot.by_officer(reason="urgent", overrides={"inspection_overdue"})
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, alone, depot.rifle, Wanted(depot.soldier))
    assert refusal.value.rule == "second_person_missing"
    both = depot.by_officer(reason="urgent", second=True, overrides={"inspection_overdue"})
    issue_item(depot.desk, both, depot.rifle, Wanted(depot.soldier))


def test_on_the_last_day_and_where_nothing_is_known_it_goes_out(depot: Depot) -> None:
    describe(depot.desk, depot.by_officer(), depot.rifle, {"inspection_due": "2026-11-24"})
    for item in (depot.rifle, depot.pistol):
        issue_item(depot.desk, depot.by_officer(), item, Wanted(depot.soldier))


def test_a_late_issue_of_an_overdue_weapon_opens_a_case(depot: Depot) -> None:
    describe(depot.desk, depot.by_officer(), depot.rifle, {"inspection_due": "2026-11-23"})
    late = depot.by_officer(reason="power cut", second=True, at=depot.clock.at)
    record_past_issue(depot.desk, late, depot.rifle, Wanted(depot.soldier))
    with depot.desk.look() as work:
        assert [case.text("rule") for case in work.open_cases(depot.rifle)] == ["inspection_overdue"]


def test_a_weapon_without_a_serial_gets_its_register_number_and_leaves_the_worklist(depot: Depot) -> None:
    bare = without_serial(depot)
    with depot.desk.look() as work:
        assert Task.SERIAL_MISSING in {one.task for one in worklist(work)}
    mark(depot.desk, depot.by_officer(), bare, Seen(MarkKind.ASSIGNED, method=MarkingMethod.LASER))
    with depot.desk.look() as work:
        assert Task.SERIAL_MISSING not in {one.task for one in worklist(work)}
        standing = item_named(work, "W-0000003")
    assert standing.fields["marks"] == [
        {"kind": "assigned", "text": "W-0000003", "method": "laser", "operator": depot.officer}
    ]
    assert standing.text("serial_status") == "illegible"


def test_another_number_that_was_inscribed_leads_to_the_weapon_in_one_act(depot: Depot) -> None:
    bare = without_serial(depot)
    answer = mark(depot.desk, depot.by_officer(act="inscribe"), bare, Seen(MarkKind.ASSIGNED, "XX-77"))
    assert [one.kind for one in answer.told] == [Deed.WEAPON_DESCRIBED, Deed.CODE_BOUND]
    with depot.desk.look() as work:
        assert item_named(work, "XX-77").subject == bare
    take_back_act(depot.desk, depot.by_officer(reason="other weapon"), "inscribe")
    with depot.desk.look() as work:
        assert work.bound_to("XX-77") is None
    assert depot.breaks() == ()


def test_a_number_is_assigned_only_where_it_is_needed_and_free(depot: Depot) -> None:
    bare = without_serial(depot)
    bind_code(depot.desk, depot.by_officer(), "TAG-1", depot.pistol)
    assert refused(depot, mark, depot.rifle, Seen(MarkKind.ASSIGNED)) == "serial_present"
    for taken in ("TAG-1", "EX-000001", "W-0000001", "B-0001"):
        assert refused(depot, mark, bare, Seen(MarkKind.ASSIGNED, taken)) == "code_taken"
    mark(depot.desk, depot.by_officer(), bare, Seen(MarkKind.ASSIGNED))
    assert refused(depot, mark, bare, Seen(MarkKind.ASSIGNED, "XX-2")) == "number_assigned"


def test_a_polymer_frame_is_not_stamped_and_what_is_out_is_not_inscribed(depot: Depot) -> None:
    bare = without_serial(depot)
    describe(depot.desk, depot.by_officer(), bare, {"frame_material": "printed_polymer"})
    for place in (None, MarkPlace.FRAME):
        assert refused(depot, mark, bare, Seen(MarkKind.ASSIGNED, place=place, method=MarkingMethod.STAMP)) == (
            "method_unsuited"
        )
    issue_item(depot.desk, depot.by_officer(act="out"), bare, Wanted(depot.soldier))
    by_laser = Seen(MarkKind.ASSIGNED, place=MarkPlace.FRAME, method=MarkingMethod.LASER)
    assert refused(depot, mark, bare, by_laser) == "not_in_store"
    return_item(depot.desk, depot.by_officer(act="back"), bare)
    mark(depot.desk, depot.by_officer(act="mark"), bare, by_laser)
    assert depot.breaks() == ()


def test_a_steel_barrel_on_a_polymer_frame_may_be_stamped(depot: Depot) -> None:
    bare = without_serial(depot)
    describe(depot.desk, depot.by_officer(), bare, {"frame_material": "polymer_without_insert"})
    mark(
        depot.desk,
        depot.by_officer(),
        bare,
        Seen(MarkKind.ASSIGNED, place=MarkPlace.BARREL, method=MarkingMethod.STAMP),
    )


def test_marks_are_written_down_one_beside_the_other(depot: Depot) -> None:
    for seen in (Seen(MarkKind.PROOF, "crown over N"), Seen(MarkKind.IMPORT, country="CH", year=1998)):
        mark(depot.desk, depot.by_officer(), depot.rifle, seen)
    assert refused(depot, mark, depot.rifle, Seen(MarkKind.PROOF, "crown over N")) == "nothing_changes"
    assert refused(depot, mark, depot.rifle, Seen(MarkKind.YEAR, year=2090)) == "year_range"
    marks = stands(depot, depot.rifle).fields["marks"]
    assert isinstance(marks, list)
    assert [one["kind"] for one in marks if isinstance(one, dict)] == ["proof", "import"]


def test_a_weapon_whose_condition_nobody_wrote_down_is_refused_with_what_to_do_about_it(depot: Depot) -> None:
    unlooked = replace(rifle_called("EX-8"), this_year=2026, condition=None)
    old = register(depot.desk, depot.by_officer(), unlooked, depot.rack).told[0].subject
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, depot.by_officer(), old, Wanted(depot.soldier))
    assert refusal.value.rule == "not_serviceable"
    assert "condition written down" in str(refusal.value.do_now)
