"""The page of people, decided without a screen."""

from __future__ import annotations

from datetime import date

import pytest

from fakes.depot import Depot
from muniment.desk.hatch import Confirmation, Wanted, confirm, issue_item
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.people.authority import Status
from muniment.ui.people.presenter import NewPerson, PeoplePresenter, PersonLine, field_of


@pytest.fixture
def presenter(depot: Depot) -> PeoplePresenter:
    return PeoplePresenter(depot.desk, depot.by_officer().officer)


def line(presenter: PeoplePresenter, person: Subject) -> PersonLine:
    return next(line for line in presenter.view().lines if line.person == person)


def test_everybody_is_listed_with_what_they_may_draw_and_hold(depot: Depot, presenter: PeoplePresenter) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    soldier = line(presenter, depot.soldier)
    assert (soldier.name, soldier.service_no, soldier.status, soldier.held) == (
        "Example Soldier",
        "0001",
        Status.SERVING,
        1,
    )
    (certificate,) = soldier.certificates
    assert (certificate.until, certificate.days_left) == (date(2027, 6, 30), 218)
    assert presenter.view().total == 4


@pytest.mark.parametrize(
    ("days", "standing"), [(187, "valid"), (188, "soon"), (218, "soon"), (219, "over"), (400, "over")]
)
def test_a_certificate_is_valid_to_the_end_of_its_last_day(
    depot: Depot, presenter: PeoplePresenter, days: int, standing: str
) -> None:
    depot.clock.forward(days=days)
    newest = line(presenter, depot.soldier).next_end
    assert newest is not None
    assert newest.standing == standing


@pytest.mark.parametrize(
    ("text", "found"), [("soldier", 1), ("0001", 1), ("b-0001", 1), ("example", 4), ("pte example", 1), ("nobody", 0)]
)
def test_a_search_finds_by_every_word(presenter: PeoplePresenter, text: str, found: int) -> None:
    assert len(presenter.search(text).lines) == found


def test_a_newcomer_is_in_front_and_may_draw(depot: Depot, presenter: PeoplePresenter) -> None:
    view = presenter.add(NewPerson("Example Newcomer", "0002", "Cpl", "2 Company", "B-0002", "SA", "2027-01-31"))
    assert view.shown is not None
    assert (view.shown.line.unit, view.shown.line.badges) == ("2 Company", ("B-0002",))
    assert view.units == ("2 Company",)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(view.shown.line.person))
    assert presenter.scanned("b-0002") is not None
    assert depot.breaks() == ()


def test_a_newcomer_who_is_refused_leaves_nothing_behind(depot: Depot, presenter: PeoplePresenter) -> None:
    with depot.desk.look() as work:
        before = work.head().size
    for wrong, field in (
        (NewPerson("", "0002", unit="9 Company"), "name"),
        (NewPerson("Example Twin", "0001", unit="9 Company"), ""),
        (NewPerson("Example Newcomer", "0002", unit="9 Company", until="31.1.2027"), "until"),
    ):
        with pytest.raises(Refusal) as refusal:
            presenter.add(wrong)
        assert field_of(refusal.value) == field
    with depot.desk.look() as work:
        assert work.head().size == before


def test_a_certificate_that_covers_the_same_is_replaced(depot: Depot, presenter: PeoplePresenter) -> None:
    presenter.certify(depot.soldier, "SA", "2028-01-01")
    presenter.certify(depot.soldier, "LW", "2027-01-01")
    soldier = line(presenter, depot.soldier)
    assert sorted(one.until for one in soldier.certificates) == [date(2027, 1, 1), date(2028, 1, 1)]


def test_a_ban_is_set_by_one_and_lifted_by_two(depot: Depot, presenter: PeoplePresenter) -> None:
    with pytest.raises(Refusal) as silent:
        presenter.ban(depot.soldier, " ", "")
    assert field_of(silent.value) == "reason"
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    view = presenter.ban(depot.soldier, "case 12", "")
    assert "still holds 1" in str(view.warnings[0])
    assert line(presenter, depot.soldier).banned
    for second, passphrase, field in (("officer", "correct horse", "second"), ("second", "wrong", "passphrase")):
        with pytest.raises(Refusal) as alone:
            presenter.lift(depot.soldier, second, passphrase, "case closed")
        assert field_of(alone.value) == field
    presenter.lift(depot.soldier, "second", "battery staple", "case closed")
    assert not line(presenter, depot.soldier).banned


def test_a_ban_with_an_end_is_over_the_day_after(depot: Depot, presenter: PeoplePresenter) -> None:
    presenter.ban(depot.soldier, "case 12", "2026-11-25")
    depot.clock.forward(days=1)
    assert line(presenter, depot.soldier).banned
    depot.clock.forward(days=1)
    assert not line(presenter, depot.soldier).banned


def test_one_who_leaves_with_a_weapon_is_warned_about_and_a_case_opened(
    depot: Depot, presenter: PeoplePresenter
) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    view = presenter.set_status(depot.soldier, "deserted", "signal of today", "", "")
    assert "1 items are still out" in str(view.warnings[0])
    assert line(presenter, depot.soldier).status is Status.DESERTED
    with depot.desk.look() as work:
        assert [case.text("rule") for case in work.all_of(Kind.CASE)] == ["holder_left"]


def test_a_pin_is_typed_twice_and_confirms_a_receipt(depot: Depot, presenter: PeoplePresenter) -> None:
    for pin, again, field in (("4711", "4712", "again"), ("47", "47", "pin")):
        with pytest.raises(Refusal) as refusal:
            presenter.set_pin(depot.soldier, pin, again)
        assert field_of(refusal.value) == field
    presenter.open(depot.soldier)
    view = presenter.set_pin(depot.soldier, "4711", "4711")
    assert view.shown is not None
    assert view.shown.has_pin
    receipt = issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier)).receipt
    assert receipt is not None
    confirm(depot.desk, depot.by_officer(), receipt, Confirmation("pin", pin="4711"))


def test_a_role_that_keeps_no_people_is_refused(depot: Depot) -> None:
    second = depot.by_officer(second=True).second
    assert second is not None
    with pytest.raises(Refusal) as refusal:
        PeoplePresenter(depot.desk, second).certify(depot.soldier, "SA", "2028-01-01")
    assert refusal.value.rule == "role_missing"
    assert field_of(refusal.value) == ""
