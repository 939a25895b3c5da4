"""Facts told in full, and records in words, on a real register."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory
from fakes.workshop import NATO, component
from muniment.desk.components import fit_component, remove_component
from muniment.desk.correcting import take_back_act
from muniment.desk.describing import Seen, change_condition, mark
from muniment.desk.field_words import FIELD_TITLES, mark_words, value_of
from muniment.desk.hatch import Wanted, issue_item, quarantine, return_item
from muniment.desk.reading import DEEDS
from muniment.desk.stock import bind_code, register
from muniment.desk.telling import ToldFact, facts_of, lines_of, taken_back_with, told_in_full
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.facts import Deed
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.marking import MarkKind, MarkPlace
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import WeaponDescription
from muniment.domain.stock.weapon_fields import FIELD_NAMES


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def newest(depot: Depot, subject: Subject, nth: int = 0) -> ToldFact:
    with depot.desk.look() as work:
        return told_in_full(work, facts_of(work, subject), nth)


def changes(told: ToldFact) -> dict[str, tuple[str, str]]:
    return {str(one.title): (str(one.before or ""), str(one.after or "")) for one in told.changes}


def test_a_fact_says_from_what_to_what_with_names_in_place_of_subjects(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    told = newest(depot, depot.rifle)
    assert changes(told)["Where"] == ("RACK1", "Pte Example Soldier")
    assert changes(told)["Held as"] == ("", "shift issue")
    assert changes(told)["Hand receipt"] == ("", "R-000001")


def test_a_counter_entry_and_what_it_took_back_name_each_other(depot: Depot) -> None:
    done = quarantine(depot.desk, depot.by_officer(reason="crack"), depot.rifle)
    with depot.desk.look() as work:
        fact = work.fact(done.told[0].seq)
        assert fact is not None
    take_back_act(depot.desk, depot.by_officer(reason="another rifle", second=True), fact.act)
    back, taken = newest(depot, depot.rifle), newest(depot, depot.rifle, 1)
    assert back.corrects == taken.line.seq
    assert taken.corrected_by == back.line.seq
    assert not back.may_be_taken_back
    assert not taken.may_be_taken_back


def test_what_a_second_person_let_pass_stands_in_the_fact(depot: Depot) -> None:
    receiver = component(depot, ComponentKind.RECEIVER, "EX-000001", control=True)
    fit_component(depot.desk, depot.by_officer(), receiver, depot.rifle)
    said = depot.by_officer(second=True, reason="to the workshop", overrides={"control_component"})
    remove_component(depot.desk, said, receiver, depot.rack)
    told = newest(depot, receiver)
    assert told.overridden == ("control_component",)
    assert told.line.second == "Cpl Example Second"
    assert changes(told)["Where"] == ("W-0000001", "RACK1")


def test_an_act_is_shown_with_all_it_touched(depot: Depot) -> None:
    barrel = component(depot, ComponentKind.BARREL, "B-1", calibre=NATO)
    done = fit_component(depot.desk, depot.by_officer(), barrel, depot.rifle)
    with depot.desk.look() as work:
        told = taken_back_with(work, done.told[0].seq)
    assert [number for number, _ in told.facts] == ["C-0000001", "W-0000001"]


def test_lines_are_read_in_pages_from_the_newest_on(depot: Depot) -> None:
    for nth in range(5):
        quarantine(depot.desk, depot.by_officer(reason=f"reason {nth}"), depot.rifle)
    with depot.desk.look() as work:
        facts = facts_of(work, depot.rifle)
        pages = [line.reason for at in range(0, len(facts), 2) for line in lines_of(work, facts, at, 2)]
        assert lines_of(work, facts, len(facts), 2) == ()
    assert pages == ["reason 4", "reason 3", "reason 2", "reason 1", "reason 0", ""]


def test_every_field_of_a_weapon_and_every_deed_has_a_name() -> None:
    assert set(FIELD_NAMES) <= set(FIELD_TITLES)
    assert set(Deed) == set(DEEDS)


def test_values_are_in_the_words_of_the_house(depot: Depot) -> None:
    with depot.desk.look() as work:
        said = {
            name: str(value_of(work, name, value))
            for name, value in (
                ("taxonomy_code", "SA-40"),
                ("country_of_manufacture", "FR"),
                ("historic_country_code", "SU"),
                ("firing_part_apart", True),
                ("legal_status", "service"),
                ("lacks", ["bolt", "barrel"]),
                ("unheard_of", "as it is"),
            )
        }
    assert said["taxonomy_code"] == "Assault rifle"
    assert said["country_of_manufacture"].endswith("(FR)")
    assert said["historic_country_code"].endswith("(SU)")
    assert said["firing_part_apart"] == "yes"
    assert said["legal_status"] == "state-owned, in service"
    assert said["lacks"] == "bolt, barrel"
    assert said["unheard_of"] == "as it is"


def test_a_mark_is_told_with_its_place_and_method() -> None:
    known = {"kind": "import", "country": "FR", "year": 1987, "place": "receiver", "side": "left", "method": "roll"}
    assert str(mark_words(known)) == "import mark FR 1987, receiver, left side, rolled"


def test_a_condition_and_a_number_stand_in_the_ledger_and_the_chain_holds(depot: Depot) -> None:
    change_condition(depot.desk, depot.by_officer(reason="stock cracked"), depot.rifle, Condition.REPAIRABLE)
    assert depot.card(depot.rifle).condition == "repairable"
    said = depot.by_officer(reason="new stock", second=True)
    change_condition(depot.desk, said, depot.rifle, Condition.SERVICEABLE)
    bare = WeaponDescription(
        this_year=2026, type_code="SA-40", calibres=(NATO,), serial_status=SerialStatus.OBLITERATED
    )
    weapon = register(depot.desk, depot.by_officer(), bare, depot.rack).about
    assert weapon is not None
    mark(depot.desk, depot.by_officer(), weapon, Seen(MarkKind.ASSIGNED, place=MarkPlace.RECEIVER))
    assert changes(newest(depot, weapon))["Marks"][1] == "number assigned in place of the serial W-0000003, receiver"
    assert depot.breaks() == ()


def test_pressing_twice_changes_the_condition_once(depot: Depot) -> None:
    said = depot.by_officer(act="once", reason="worn")
    change_condition(depot.desk, said, depot.rifle, Condition.REPAIRABLE)
    again = change_condition(depot.desk, said, depot.rifle, Condition.REPAIRABLE)
    assert again.again
    assert len(again.told) == 1


def test_codes_of_a_thing_are_those_bound_now(depot: Depot) -> None:
    for code in ("TAG-2", "TAG-1"):
        bind_code(depot.desk, depot.by_officer(), code, depot.rifle)
    with depot.desk.look() as work:
        assert work.codes_of(depot.rifle) == ["TAG-2", "TAG-1"]


def test_a_return_with_a_fault_tells_two_facts_of_one_act(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    done = return_item(depot.desk, depot.by_officer(), depot.rifle, fault="loose sight")
    with depot.desk.look() as work:
        told = taken_back_with(work, done.told[1].seq)
    assert [str(what) for _, what in told.facts] == ["Returned", "Quarantined"]
