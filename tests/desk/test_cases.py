"""Cases stay open until two persons settle them; losing and finding are written down as they happened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fakes.depot import Depot, depot_in_memory
from fakes.workshop import component, refused, stands
from muniment.desk import cases
from muniment.desk.components import fit_component
from muniment.desk.correcting import take_back_act
from muniment.desk.hatch import Wanted, issue_item, quarantine
from muniment.desk.late import record_past_issue
from muniment.desk.people import change_status
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import Status
from muniment.domain.stock.component_kinds import ComponentKind


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def only_case(depot: Depot) -> cases.CaseCard:
    with depot.desk.look() as work:
        (found,) = cases.open_cases(work)
    return found


def test_a_case_of_a_late_entry_is_noted_and_closed_by_two(depot: Depot) -> None:
    quarantine(depot.desk, depot.by_officer(reason="worn sear"), depot.rifle)
    depot.clock.forward(hours=2)
    at = depot.clock.at - timedelta(hours=1)
    record_past_issue(
        depot.desk,
        depot.by_officer(at=at, second=True, reason="issued on paper"),
        depot.rifle,
        Wanted(depot.soldier),
    )
    case = only_case(depot)
    assert (case.register_no, case.rule, case.concerns) == ("CASE-0000001", "quarantined", "W-0000001")
    assert case.holder == "Pte Example Soldier"
    cases.note(depot.desk, depot.by_officer(reason="weapon called back"), case.subject)
    assert refused(depot, cases.close, case.subject) == "second_person_missing"
    cases.close(depot.desk, depot.by_officer(second=True, reason="officer instructed"), case.subject)
    with depot.desk.look() as work:
        assert cases.open_cases(work) == []
        closed = cases.case_card(work, work.standing(case.subject) or Standing(case.subject))
    assert closed.notes == ("issued on paper", "weapon called back", "officer instructed")
    assert depot.breaks() == ()


def test_a_closed_case_stays_closed(depot: Depot) -> None:
    opened = cases.open_a_case(depot.desk, depot.by_officer(reason="sling is torn"), depot.rifle).about
    assert opened is not None
    cases.close(depot.desk, depot.by_officer(second=True, reason="mended"), opened)
    for act in (cases.note, cases.close):
        with pytest.raises(Refusal) as refusal:
            act(depot.desk, depot.by_officer(second=True, reason="again"), opened)
        assert refusal.value.rule == "case_closed"


def test_who_answers_for_a_case_does_not_settle_it(depot: Depot) -> None:
    second = depot.by_officer(second=True).second
    assert second is not None
    passed = depot.by_officer(second=False, reason="guard", overrides={"certificate_missing"})
    with pytest.raises(Refusal):
        issue_item(depot.desk, passed, depot.rifle, Wanted(second.person))
    at = depot.clock.at
    depot.clock.forward(hours=1)
    record_past_issue(
        depot.desk, depot.by_officer(at=at, second=True, reason="on paper"), depot.rifle, Wanted(second.person)
    )
    with depot.desk.look() as work:
        case = cases.open_cases(work)[0].subject
    with pytest.raises(Refusal) as refusal:
        cases.close(depot.desk, depot.by_officer(second=True, reason="all is well"), case)
    assert refusal.value.rule == "second_person_missing"
    concerned = depot.by_officer(at=depot.clock.at, second=True, reason="on paper")
    record_past_issue(depot.desk, concerned, depot.pistol, Wanted(depot.officer))
    with depot.desk.look() as work:
        mine = next(one.subject for one in work.unsettled() if one.text("holder") == depot.officer)
    with pytest.raises(Refusal) as refusal:
        cases.close(depot.desk, depot.by_officer(second=True, reason="all is well"), mine)
    assert refusal.value.rule == "concerned"


def test_an_open_case_holds_the_weapon_back(depot: Depot) -> None:
    cases.open_a_case(depot.desk, depot.by_officer(reason="number looks altered"), depot.rifle)
    assert refused(depot, issue_item, depot.rifle, Wanted(depot.soldier)) == "open_case"


def test_what_a_holder_takes_along_when_he_leaves_is_a_case_with_a_number(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    change_status(depot.desk, depot.by_officer(), depot.soldier, Status.DESERTED)
    assert (only_case(depot).register_no, only_case(depot).rule) == ("CASE-0000001", "holder_left")


def test_a_weapon_is_declared_unaccounted_for_by_two_and_its_holder_answers_for_it(depot: Depot) -> None:
    issued = issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert refused(depot, cases.declare_missing, depot.rifle) == "second_person_missing"
    said = depot.by_officer(second=True, reason="not at roll call")
    cases.declare_missing(depot.desk, said, depot.rifle)
    assert depot.card(depot.rifle).state == "missing"
    case = only_case(depot)
    assert (case.rule, case.holder, case.missing) == ("unaccounted", "Pte Example Soldier", "W-0000001")
    with depot.desk.look() as work:
        told, fact = work.facts_of(depot.rifle)[-1]
    assert told.kind is Deed.UNACCOUNTED
    assert fact.about == {"holder": depot.soldier, "receipt": issued.receipt}
    assert "due_at" not in stands(depot, depot.rifle).fields
    with pytest.raises(Refusal) as refusal:
        cases.declare_missing(depot.desk, said, depot.rifle)
    assert refusal.value.rule == "already_unaccounted"
    assert depot.breaks() == ()


def test_a_weapon_that_turns_up_is_found_by_two_and_its_case_waits_for_an_inquiry(depot: Depot) -> None:
    cases.declare_missing(depot.desk, depot.by_officer(second=True, reason="not in its rack"), depot.rifle)
    found_at = depot.clock.at + timedelta(hours=4)
    depot.clock.forward(hours=9)
    said = depot.by_officer(second=True, reason="behind the bench", at=found_at)
    answer = cases.record_as_found(depot.desk, said, depot.rifle, depot.rack)
    assert [str(warning) for warning in answer.warnings] == ["1 cases about it are open. Close them."]
    with depot.desk.look() as work:
        _, fact = work.facts_of(depot.rifle)[-1]
    assert fact.about == {"late": True}
    assert fact.made_at == "2026-11-24T12:00:00Z"
    assert depot.card(depot.rifle).state == "in_store"
    assert refused(depot, issue_item, depot.rifle, Wanted(depot.soldier)) == "open_case"
    close = depot.by_officer(second=True, reason="miscounted", doc="INQ-12/2026")
    cases.close(depot.desk, close, only_case(depot).subject)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert depot.breaks() == ()


def test_a_weapon_found_although_somebody_holds_it_by_the_book_is_recorded_and_opens_a_case(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    said = depot.by_officer(second=True, reason="lay in the wash room")
    cases.record_as_found(depot.desk, said, depot.rifle, depot.rack)
    assert depot.card(depot.rifle).state == "in_store"
    assert (only_case(depot).rule, only_case(depot).holder) == ("found_elsewhere", "Pte Example Soldier")


def test_what_is_found_is_laid_in_a_store(depot: Depot) -> None:
    cases.declare_missing(depot.desk, depot.by_officer(second=True, reason="not in its rack"), depot.rifle)
    for nowhere in (depot.soldier, stands(depot, depot.rifle).where):
        with pytest.raises(Refusal) as refusal:
            cases.record_as_found(
                depot.desk, depot.by_officer(second=True, reason="found"), depot.rifle, Subject(nowhere)
            )
        assert refusal.value.rule == "not_a_store"


def test_a_bolt_lost_from_a_weapon_in_hand_leaves_the_weapon_lacking_it(depot: Depot) -> None:
    bolt = component(depot, ComponentKind.BOLT, "EX-BO-1")
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    said = depot.by_officer(second=True, reason="lost on the range")
    cases.declare_missing(depot.desk, said, bolt)
    assert stands(depot, depot.rifle).fields["lacks"] == ["bolt"]
    assert only_case(depot).holder == "Pte Example Soldier"
    cases.record_as_found(depot.desk, depot.by_officer(second=True, reason="dug out"), bolt, depot.rack)
    assert depot.card(bolt).state == "in_store"
    assert depot.breaks() == ()


def test_a_declaration_made_in_error_is_taken_back_with_its_case(depot: Depot) -> None:
    said = depot.by_officer(second=True, reason="not in its rack", act="error")
    cases.declare_missing(depot.desk, said, depot.rifle)
    take_back_act(depot.desk, depot.by_officer(second=True, reason="wrong number typed"), "error")
    assert depot.card(depot.rifle).state == "in_store"
    with depot.desk.look() as work:
        assert work.open_cases(depot.rifle) == []
