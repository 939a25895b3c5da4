"""What may be taken back, by whom, and how long after: no rule can be got round by taking its entry back."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.depot import Depot, depot_in_memory, rifle_called
from muniment.desk.cases import declare_missing, open_a_case
from muniment.desk.correcting import take_back_act, take_back_entry
from muniment.desk.describing import describe
from muniment.desk.hatch import Wanted, issue_item, quarantine, return_item
from muniment.desk.people import Newcomer, ban, register_person
from muniment.desk.places import NewPlace, register_place
from muniment.desk.signing import set_secret, sign_in
from muniment.desk.stock import register, register_quantity
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.reversing import TAKING_BACK
from muniment.domain.people.authority import Certificate
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def refused(depot: Depot, act: str, *, second: bool = False) -> str:
    with pytest.raises(Refusal) as refusal:
        take_back_act(depot.desk, depot.by_officer(second=second, reason="a slip"), act)
    assert depot.breaks() == ()
    return refusal.value.rule


def test_every_kind_of_fact_says_what_taking_it_back_needs() -> None:
    assert set(TAKING_BACK) == set(Deed)


def test_a_slip_is_taken_back_alone_within_the_hour(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(act="slip"), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(minutes=59)
    take_back_act(depot.desk, depot.by_officer(reason="wrong rifle"), "slip")
    assert depot.card(depot.rifle).state == "in_store"


def test_after_an_hour_it_takes_two(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(act="back"), depot.rifle)
    depot.clock.forward(minutes=61)
    assert refused(depot, "back") == "second_person_missing"
    take_back_act(depot.desk, depot.by_officer(second=True, reason="another rifle came back"), "back")
    assert depot.card(depot.rifle).holder == depot.soldier


def test_what_another_officer_entered_takes_two(depot: Depot) -> None:
    register_person(
        depot.desk,
        depot.by_officer(act="newcomer"),
        Newcomer(PersonRecord(name="Example Newcomer", service_no="0009")),
    )
    said = depot.by_officer(reason="entered twice")
    by_another = type(said)(depot.administrator_signed_in(), reason=said.reason)
    with pytest.raises(Refusal) as refusal:
        take_back_act(depot.desk, by_another, "newcomer")
    assert refusal.value.rule == "second_person_missing"


def test_a_quarantine_is_not_left_by_taking_it_back_alone(depot: Depot) -> None:
    quarantine(depot.desk, depot.by_officer(reason="cracked", act="apart"), depot.rifle)
    assert refused(depot, "apart") == "second_person_missing"
    take_back_act(depot.desk, depot.by_officer(second=True, reason="wrong rifle"), "apart")
    assert depot.card(depot.rifle).state == "in_store"


def test_a_condition_written_with_a_description_is_not_made_better_by_taking_it_back_alone(depot: Depot) -> None:
    describe(depot.desk, depot.by_officer(act="worse", reason="worn"), depot.rifle, {"condition": "repairable"})
    assert refused(depot, "worse") == "second_person_missing"
    describe(depot.desk, depot.by_officer(act="year"), depot.rifle, {"year_of_manufacture": 1987})
    take_back_act(depot.desk, depot.by_officer(reason="another rifle"), "year")
    take_back_act(depot.desk, depot.by_officer(second=True, reason="another rifle"), "worse")
    assert depot.card(depot.rifle).state == "in_store"


def test_a_ban_is_not_lifted_by_taking_it_back_alone(depot: Depot) -> None:
    ban(depot.desk, depot.by_officer(reason="case 7", act="ban"), depot.soldier, None)
    assert refused(depot, "ban") == "second_person_missing"
    with pytest.raises(Refusal) as still:
        issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert still.value.rule == "ban_in_force"


def test_a_weapon_does_not_leave_the_book_by_one_persons_word(depot: Depot) -> None:
    register(depot.desk, depot.by_officer(act="in"), rifle_called("EX-000077"), depot.rack)
    assert refused(depot, "in") == "second_person_missing"
    take_back_act(depot.desk, depot.by_officer(second=True, reason="entered twice"), "in")


def test_a_quantity_does_not_leave_the_book_by_one_persons_word(depot: Depot) -> None:
    fields = {"item_name": "RIFLE", "taxonomy_code": "SA-20"}
    register_quantity(depot.desk, depot.by_officer(act="line"), fields, 5, depot.rack)
    assert refused(depot, "line") == "second_person_missing"


def test_a_missing_weapon_and_its_case_are_not_argued_away_alone(depot: Depot) -> None:
    declare_missing(depot.desk, depot.by_officer(second=True, reason="not in its rack", act="gone"), depot.rifle)
    open_a_case(depot.desk, depot.by_officer(reason="seen elsewhere", act="case"), depot.pistol)
    assert refused(depot, "gone") == "second_person_missing"
    assert refused(depot, "case") == "second_person_missing"


def test_the_opening_of_a_register_is_never_taken_back(depot: Depot) -> None:
    with pytest.raises(Refusal) as refusal:
        take_back_entry(depot.desk, depot.by_officer(second=True, reason="why not"), 1)
    assert refusal.value.rule == "never_taken_back"
    with depot.desk.look() as work:
        assert work.all_of(Kind.REGISTER)[0].text("withdrawn") == ""


def test_a_secret_is_replaced_and_never_taken_back(depot: Depot) -> None:
    set_secret(depot.desk, depot.by_officer(act="secret"), depot.second, "passphrase", "another staple")
    assert refused(depot, "secret", second=False) == "never_taken_back"
    sign_in(depot.desk, "second", "another staple")


def test_a_place_where_something_lies_is_not_withdrawn(depot: Depot) -> None:
    with depot.desk.look() as work:
        room = next(p.subject for p in work.all_of(Kind.PLACE) if p.text("code") == "ROOM1")
    rack = register_place(
        depot.desk, depot.by_officer(act="rack"), NewPlace("RACK9", "Rack 9", PlaceKind.RACK, room)
    ).about
    assert rack is not None
    register(depot.desk, depot.by_officer(), rifle_called("EX-000078"), rack)
    assert refused(depot, "rack") == "in_use"


def test_a_person_entered_in_error_draws_nothing_and_frees_the_number(depot: Depot) -> None:
    newcomer = Newcomer(
        PersonRecord(name="Example Newcomer", service_no="0009", badges=["B-0009"]),
        certificates=(Certificate("SA", date(2027, 6, 30)),),
    )
    person = register_person(depot.desk, depot.by_officer(act="person"), newcomer).about
    assert person is not None
    take_back_act(depot.desk, depot.by_officer(reason="entered twice"), "person")
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(Subject(person)))
    assert refusal.value.rule == "person_withdrawn"
    register_person(depot.desk, depot.by_officer(), newcomer)
    assert depot.breaks() == ()


def test_an_overridden_issue_comes_back_alone_for_that_lowers_the_danger(depot: Depot) -> None:
    depot.clock.forward(days=400)  # the certificate has run out
    passed = depot.by_officer(
        second=True, reason="guard tonight", overrides=frozenset({"certificate_expired"}), act="passed"
    )
    issue_item(depot.desk, passed, depot.rifle, Wanted(depot.soldier))
    take_back_act(depot.desk, depot.by_officer(reason="not needed"), "passed")
    assert depot.card(depot.rifle).state == "in_store"
