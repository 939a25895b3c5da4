"""Sets of specific items: issued whole or not at all, checked member by member on return."""

from __future__ import annotations

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.depot import Depot, depot_in_memory
from fakes.workshop import component, refused, stands
from muniment.desk import kits
from muniment.desk.cases import close, open_cases
from muniment.desk.components import fit_component
from muniment.desk.correcting import take_back_act
from muniment.desk.finding import place_named
from muniment.desk.hatch import Wanted, issue_item, quarantine, return_item
from muniment.desk.kits import KitContent, content_of
from muniment.desk.people import ban
from muniment.desk.places import close_place
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.kits import Accessory, Checked
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.reports.document import Table
from muniment.reports.from_register import Printing, receipt_document

MAGAZINES = Accessory("magazine", 4)


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def kit_of(depot: Depot, *members: Subject, accessories: tuple[Accessory, ...] = (MAGAZINES,)) -> Subject:
    content = KitContent(members, accessories)
    kit = kits.register(depot.desk, depot.by_officer(), "Night watch", content, depot.rack).about
    assert kit is not None
    return kit


def optic(depot: Depot) -> Subject:
    return component(depot, ComponentKind.OTHER, "EX-O-1", name="Optic 4x")


def test_a_kit_goes_out_on_one_receipt_in_one_act(depot: Depot) -> None:
    sight = optic(depot)
    kit = kit_of(depot, depot.rifle, sight)
    answer = kits.issue(depot.desk, depot.by_officer(act="out"), kit, Wanted(depot.soldier))
    for item in (depot.rifle, sight, kit):
        assert stands(depot, item).where == depot.soldier
        assert stands(depot, item).text("receipt") == answer.receipt
    with depot.desk.look() as work:
        facts = [work.fact(told.seq) for told in answer.told]
    assert {fact.act for fact in facts if fact} == {"out"}
    take_back_act(depot.desk, depot.by_officer(reason="wrong person"), "out")
    assert stands(depot, kit).where == depot.rack
    assert stands(depot, sight).where == depot.rack
    assert depot.breaks() == ()


def test_the_hand_receipt_names_the_kit_with_its_counted_things(depot: Depot) -> None:
    kit = kit_of(depot, depot.rifle)
    receipt = kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier)).receipt
    assert receipt is not None
    printing = Printing(depot.register, "en", UTC)
    (listed,) = [block for block in receipt_document(printing, receipt).blocks if isinstance(block, Table)]
    assert str(depot.card(kit).kind) == "Night watch: 4 magazine"
    assert len(listed.rows) == 2


def test_one_member_that_may_not_go_keeps_the_whole_kit_back(depot: Depot) -> None:
    sight = optic(depot)
    kit = kit_of(depot, depot.rifle, sight)
    quarantine(depot.desk, depot.by_officer(reason="fogged"), sight)
    assert refused(depot, kits.issue, kit, Wanted(depot.soldier)) == "quarantined"
    assert stands(depot, depot.rifle).where == depot.rack
    assert stands(depot, kit).where == depot.rack


def test_a_ban_holds_for_kits_too(depot: Depot) -> None:
    kit = kit_of(depot, depot.rifle)
    ban(depot.desk, depot.by_officer(reason="case 12"), depot.soldier, None)
    assert refused(depot, kits.issue, kit, Wanted(depot.soldier)) == "ban_in_force"


def test_the_weapons_of_one_kit_count_against_the_limit(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(depot.soldier))
    other = kit_of(depot, depot.rifle)
    kits.issue(depot.desk, depot.by_officer(), other, Wanted(depot.soldier))
    assert {depot.card(item).state for item in (depot.pistol, depot.rifle)} == {"issued"}
    depot = depot_in_memory()
    both = kit_of(depot, depot.rifle, depot.pistol)
    issue_kit = kits.issue(depot.desk, depot.by_officer(), both, Wanted(depot.soldier))
    assert issue_kit.receipt is not None


def test_a_part_of_a_kit_is_no_weapon_beyond_the_limit(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(depot.soldier))
    sight = optic(depot)
    kit = kit_of(depot, depot.rifle, sight)
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    assert stands(depot, sight).where == depot.soldier


def test_a_member_is_issued_apart_only_by_two(depot: Depot) -> None:
    kit_of(depot, depot.rifle)
    assert refused(depot, issue_item, depot.rifle, Wanted(depot.soldier)) == "part_of_kit"
    passed = depot.by_officer(second=True, reason="optic in repair", overrides={"part_of_kit"})
    issue_item(depot.desk, passed, depot.rifle, Wanted(depot.soldier))


def test_a_whole_kit_comes_back_without_a_case(depot: Depot) -> None:
    sight = optic(depot)
    kit = kit_of(depot, depot.rifle, sight)
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    kits.take_back_kit(depot.desk, depot.by_officer(), kit, Checked())
    with depot.desk.look() as work:
        assert open_cases(work) == []
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))


def test_members_whose_own_place_is_closed_come_back_to_the_one_around_it(depot: Depot) -> None:
    room = Subject(stands(depot, depot.rack).text("parent"))
    content = KitContent((depot.rifle, depot.pistol))
    kit = kits.register(depot.desk, depot.by_officer(), "Night watch", content, room).about
    assert kit is not None
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    close_place(depot.desk, depot.by_officer(reason="burnt"), depot.rack)
    kits.take_back_kit(depot.desk, depot.by_officer(), kit, Checked())
    assert {stands(depot, one).where for one in (kit, depot.rifle, depot.pistol)} == {room}


def test_what_is_missing_stays_with_the_holder_and_holds_the_weapon_back(depot: Depot) -> None:
    sight = optic(depot)
    fit_component(depot.desk, depot.by_officer(), sight, depot.rifle)
    kit = kit_of(depot, depot.rifle, sight)
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    checked = Checked(frozenset({sight}), (Accessory("magazine", 1),))
    answer = kits.take_back_kit(depot.desk, depot.by_officer(), kit, checked)
    assert [str(warning) for warning in answer.warnings] == [
        "Missing, and still with the holder: C-0000001.",
        "Missing, and still with the holder: 1 magazine.",
    ]
    assert depot.card(depot.rifle).state == "in_store"
    assert stands(depot, sight).where == depot.soldier
    with depot.desk.look() as work:
        cases = open_cases(work)
    assert [(case.missing, case.holder) for case in cases] == [
        ("C-0000001", "Pte Example Soldier"),
        ("1 magazine", "Pte Example Soldier"),
    ]
    passed = depot.by_officer(second=True, reason="urgent", overrides={"part_of_kit", "open_case"})
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, passed, depot.rifle, Wanted(depot.soldier))
    assert refusal.value.rule == "open_case"
    assert depot.breaks() == ()


def test_a_kit_is_issued_again_once_its_cases_are_closed_and_it_is_whole(depot: Depot) -> None:
    sight = optic(depot)
    kit = kit_of(depot, depot.rifle, sight)
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    kits.take_back_kit(depot.desk, depot.by_officer(), kit, Checked(frozenset({sight})))
    return_item(depot.desk, depot.by_officer(), sight)
    assert refused(depot, kits.issue, kit, Wanted(depot.soldier)) == "open_case"
    with depot.desk.look() as work:
        case = open_cases(work)[0].subject
    said = depot.by_officer(second=True, reason="brought the next day")
    with pytest.raises(Refusal) as refusal:
        close(depot.desk, said, case)
    assert refusal.value.rule == "reference_missing"
    close(depot.desk, depot.by_officer(second=True, reason="brought the next day", doc="INQ-7"), case)
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))


def test_nothing_strange_can_be_missing(depot: Depot) -> None:
    kit = kit_of(depot, depot.rifle)
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    for checked in (
        Checked(frozenset({depot.pistol})),
        Checked(short=(Accessory("magazine", 5),)),
        Checked(short=(Accessory("sling", 1),)),
    ):
        assert refused(depot, kits.take_back_kit, kit, checked) == "not_out_with_kit"
    assert refused(depot, kits.take_back_kit, kit, Checked(frozenset({depot.rifle}))) == "nothing_came_back"


def test_a_thing_is_in_one_kit_at_most(depot: Depot) -> None:
    first = kit_of(depot, depot.rifle)
    content = KitContent((depot.rifle, depot.pistol))
    assert refused(depot, kits.register, "Second", content, depot.rack) == "in_another_kit"
    kits.change(depot.desk, depot.by_officer(), first, KitContent((depot.pistol,), (MAGAZINES,)))
    assert "kit" not in stands(depot, depot.rifle).fields
    assert stands(depot, depot.pistol).text("kit") == first
    kit_of(depot, depot.rifle)
    assert depot.breaks() == ()


def test_a_kit_that_is_out_is_not_changed(depot: Depot) -> None:
    kit = kit_of(depot, depot.rifle)
    same = content_of(stands(depot, kit))
    assert refused(depot, kits.change, kit, same) == "nothing_changes"
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    assert refused(depot, kits.change, kit, KitContent((depot.pistol,), (MAGAZINES,))) == "kit_out"
    assert refused(depot, kits.issue, kit, Wanted(depot.soldier)) == "kit_out"


def test_a_kit_needs_something_beside_one_item(depot: Depot) -> None:
    for content in (KitContent((depot.rifle,)), KitContent((), (MAGAZINES,))):
        assert refused(depot, kits.register, "Thin", content, depot.rack) == "kit_too_small"
    with pytest.raises(Refusal):
        Accessory("magazine", 0)


@settings(max_examples=10, deadline=None)
@given(st.sets(st.integers(0, 4)), st.integers(0, 4))
def test_each_member_is_in_store_or_answered_for(missing: set[int], short: int) -> None:
    depot = depot_in_memory()
    parts = [component(depot, ComponentKind.OTHER, f"EX-O-{n}", name="Optic") for n in range(4)]
    inside = (depot.rifle, *parts)
    fit_component(depot.desk, depot.by_officer(), parts[0], depot.rifle)
    kit = kit_of(depot, *inside)
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    gone = {inside[nth] for nth in missing}
    checked = Checked(frozenset(gone), (Accessory("magazine", short),) if short else ())
    if {depot.rifle, *parts[1:]} <= gone:
        assert refused(depot, kits.take_back_kit, kit, checked) == "nothing_came_back"
        return
    kits.take_back_kit(depot.desk, depot.by_officer(), kit, checked)
    with depot.desk.look() as work:
        cases = work.open_cases(kit)
        in_hand = {item.subject for item in work.at(depot.soldier)}
    assert in_hand == gone
    assert len(cases) == len(gone) + bool(short)
    assert all(case.text("holder") == depot.soldier for case in cases)
    assert depot.breaks() == ()


def test_a_kit_that_is_moved_leaves_behind_what_is_not_in_store_and_names_it(depot: Depot) -> None:
    sight = optic(depot)
    kit = kit_of(depot, depot.rifle, depot.pistol, sight)
    quarantine(depot.desk, depot.by_officer(act="apart", reason="cracked"), depot.pistol)
    with depot.desk.look() as work:
        room = place_named(work, "ROOM1").subject
    answer = kits.move(depot.desk, depot.by_officer(act="move"), kit, room)
    assert [str(one) for one in answer.warnings] == ["W-0000002 was not there and did not go with it."]
    assert [depot.card(one).place for one in (kit, depot.rifle, sight, depot.pistol)] == [
        "ROOM1",
        "ROOM1",
        "ROOM1",
        "Q",
    ]
    assert refused(depot, kits.move, kit, room) == "already_there"
    kits.move(depot.desk, depot.by_officer(act="back"), kit, depot.rack)
    kits.change(depot.desk, depot.by_officer(act="less"), kit, KitContent((depot.rifle, sight), (MAGAZINES,)))
    kits.issue(depot.desk, depot.by_officer(act="out"), kit, Wanted(depot.soldier))
    assert refused(depot, kits.move, kit, room) == "kit_out"
    assert depot.breaks() == ()
