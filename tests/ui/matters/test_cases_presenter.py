"""The page of cases, decided without a screen."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory
from muniment.desk import cases
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.people import change_status
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.refusal import Refusal
from muniment.domain.people.authority import Status
from muniment.ui.cases.presenter import CasesPresenter


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


@pytest.fixture
def page(depot: Depot) -> CasesPresenter:
    return CasesPresenter(depot.desk, depot.by_officer().officer)


def test_what_is_open_is_listed_oldest_first(depot: Depot, page: CasesPresenter) -> None:
    page.report("W-0000002", "stock is cracked")
    depot.clock.forward(hours=1)
    view = page.report("EX-000001", "number looks altered")
    assert [one.concerns for one in view.lines] == ["W-0000002", "W-0000001"]
    assert view.counts == {"open": 2, "closed": 0}
    assert view.shown is not None
    assert view.shown.card.concerns == "W-0000001"


def test_a_scan_of_an_item_lists_its_cases_open_before_closed(depot: Depot, page: CasesPresenter) -> None:
    first = page.report("W-0000001", "sling is torn").shown
    assert first is not None
    page.close(first.card.subject, "second", "battery staple", "sling replaced", "")
    page.report("W-0000001", "sight is loose")
    view = page.scanned(Scan("EX-000001"))
    assert [one.state for one in view.lines] == ["open", "closed"]
    assert view.about == "W-0000001"


def test_the_number_of_a_case_can_be_scanned(page: CasesPresenter) -> None:
    page.report("W-0000001", "sling is torn")
    page.list_open()
    view = page.scanned(Scan("CASE-0000001"))
    assert view.shown is not None
    assert view.shown.card.register_no == "CASE-0000001"


def test_a_code_nobody_knows_is_said_to_be_so(page: CasesPresenter) -> None:
    assert "does not know" in str(page.scanned(Scan("nonsense")).warnings[0])


def test_notes_stand_with_the_case(depot: Depot, page: CasesPresenter) -> None:
    shown = page.report("W-0000001", "number looks altered").shown
    assert shown is not None
    view = page.note(shown.card.subject, "sent a photograph to the laboratory")
    assert view.shown is not None
    assert [line.reason for line in view.shown.lines] == [
        "number looks altered",
        "sent a photograph to the laboratory",
    ]


def test_closing_asks_for_the_decision_before_the_second_person(page: CasesPresenter) -> None:
    shown = page.report("W-0000001", "number looks altered").shown
    assert shown is not None
    for given, rule in (
        (("second", "battery staple", "", ""), "reason_missing"),
        (("", "", "as struck", ""), "second_person_missing"),
        (("second", "wrong", "as struck", ""), "wrong_sign_in"),
        (("officer", "correct horse", "as struck", ""), "second_is_first"),
    ):
        with pytest.raises(Refusal) as refusal:
            page.close(shown.card.subject, *given)
        assert refusal.value.rule == rule
    assert page.list_open().counts == {"open": 1, "closed": 0}


def test_what_is_missing_is_settled_under_a_number_only(depot: Depot, page: CasesPresenter) -> None:
    cases.declare_missing(depot.desk, depot.by_officer(second=True, reason="not at roll call"), depot.rifle)
    shown = page.open(page.list_open().lines[0].subject).shown
    assert shown is not None
    assert shown.needs_inquiry
    with pytest.raises(Refusal) as refusal:
        page.close(shown.card.subject, "second", "battery staple", "stolen", "")
    assert refusal.value.rule == "reference_missing"
    page.close(shown.card.subject, "second", "battery staple", "stolen", "INQ-7")
    view = page.search("inq-7")
    assert [one.reference for one in view.lines] == ["INQ-7"]
    assert page.search("INQ-8").lines == ()
    assert [one.concerns for one in page.search("W-0000001").lines] == ["W-0000001"]
    assert depot.breaks() == ()


def test_who_left_with_a_weapon_leads_to_the_person_and_says_what_can_be_done(
    depot: Depot, page: CasesPresenter
) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    change_status(depot.desk, depot.by_officer(), depot.soldier, Status.DEAD)
    view = page.open(page.list_open().lines[0].subject)
    assert view.shown is not None
    assert view.shown.holder == depot.soldier
    assert view.shown.item == depot.rifle
    assert view.shown.held_by_holder
    assert "declare it missing" in str(view.next_step)
    assert [paper.number for paper in view.shown.papers] == ["R-000001"]
