"""A day at the hatch: the main job from the first fact to a verified ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fakes.depot import Depot, depot_in_memory
from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Deposition
from muniment.desk.hatch import Confirmation, Wanted, confirm, issue_item, quarantine, return_item
from muniment.desk.people import ban, lift_ban
from muniment.desk.reading import card, history
from muniment.desk.signing import set_secret, sign_in
from muniment.domain.basics.refusal import Refusal


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def test_a_weapon_is_issued_confirmed_and_returned(depot: Depot) -> None:
    set_secret(depot.desk, depot.by_officer(), depot.soldier, "pin", "4711")
    issued = issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert issued.receipt is not None
    confirm(depot.desk, depot.by_officer(), issued.receipt, Confirmation("pin", pin="4711"))
    assert depot.card(depot.rifle).state == "issued"
    depot.clock.forward(hours=3)
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    assert depot.card(depot.rifle).state == "in_store"
    assert depot.card(depot.rifle).place == "RACK1"
    with depot.desk.look() as work:
        told = [str(line.what) for line in history(work, depot.rifle)]
    assert told == ["Registered", "Issued", "Returned"]
    assert depot.breaks() == ()


def test_a_ban_stops_an_issue_and_nobody_overrides_it(depot: Depot) -> None:
    ban(depot.desk, depot.by_officer(reason="case 12"), depot.soldier, None)
    deposition = depot.by_officer(reason="urgent", second=True, overrides={"ban_in_force"})
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, deposition, depot.rifle, Wanted(depot.soldier))
    assert refusal.value.rule == "ban_in_force"
    assert refusal.value.override is None
    assert depot.card(depot.rifle).state == "in_store"


def test_a_ban_is_lifted_by_two(depot: Depot) -> None:
    ban(depot.desk, depot.by_officer(reason="case 12"), depot.soldier, None)
    with pytest.raises(Refusal):
        lift_ban(depot.desk, depot.by_officer(reason="case closed"), depot.soldier)
    lift_ban(depot.desk, depot.by_officer(reason="case closed", second=True), depot.soldier)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))


def test_an_expired_certificate_passes_with_a_second_person_and_a_reason(depot: Depot) -> None:
    depot.clock.forward(days=500)
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert refusal.value.rule == "certificate_expired"
    deposition = depot.by_officer(reason="renewed, paper follows", second=True, overrides={"certificate_expired"})
    answer = issue_item(depot.desk, deposition, depot.rifle, Wanted(depot.soldier))
    with depot.desk.look() as work:
        fact = work.fact(answer.told[-1].seq)
    assert fact is not None
    assert fact.about == {"overridden": "certificate_expired"}
    assert fact.second == depot.second


def test_the_second_person_is_never_the_receiver(depot: Depot) -> None:
    depot.clock.forward(days=500)
    deposition = depot.by_officer(
        reason="urgent", second=True, overrides={"certificate_missing", "certificate_expired"}
    )
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, deposition, depot.rifle, Wanted(depot.second))
    assert refusal.value.rule == "second_person_missing"


def test_the_same_act_told_twice_is_one_act(depot: Depot) -> None:
    deposition = depot.by_officer(act="act-of-the-script")
    first = issue_item(depot.desk, deposition, depot.rifle, Wanted(depot.soldier))
    again = issue_item(depot.desk, deposition, depot.rifle, Wanted(depot.soldier))
    assert again.again
    assert [told.seq for told in again.told] == [told.seq for told in first.told]


def test_an_issue_is_taken_back_by_a_counter_entry(depot: Depot) -> None:
    issued = issue_item(depot.desk, depot.by_officer(act="wrong-one"), depot.rifle, Wanted(depot.soldier))
    take_back_act(depot.desk, depot.by_officer(reason="wrong weapon"), "wrong-one")
    assert depot.card(depot.rifle).state == "in_store"
    with depot.desk.look() as work:
        lines = history(work, depot.rifle)
    assert [str(line.what) for line in lines] == ["Registered", "Issued", "Taken back"]
    assert lines[1].leaf == issued.told[-1].leaf
    assert depot.breaks() == ()


def test_what_has_moved_since_is_not_taken_back(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(act="first"), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    with pytest.raises(Refusal) as refusal:
        take_back_act(depot.desk, depot.by_officer(reason="late thought"), "first")
    assert refusal.value.rule == "changed_since"


def test_a_late_weapon_is_called_overdue_and_the_next_issue_warns(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(days=1)
    assert depot.card(depot.rifle).state == "overdue"
    answer = issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(depot.soldier))
    assert "was due back" in str(answer.warnings[0])


def test_signing_in_needs_the_right_name_and_passphrase(depot: Depot) -> None:
    assert sign_in(depot.desk, "OFFICER", "correct horse").person == depot.officer
    for name, passphrase in (("officer", "wrong horse"), ("nobody", "correct horse")):
        with pytest.raises(Refusal) as refusal:
            sign_in(depot.desk, name, passphrase)
        assert refusal.value.rule == "wrong_sign_in"


def test_a_return_with_a_fault_ends_in_quarantine_and_is_not_issued_again(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(), depot.rifle, fault="cracked bolt")
    assert depot.card(depot.rifle).state == "quarantined"
    assert depot.card(depot.rifle).place == "Q"
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert refusal.value.rule == "quarantined"


def test_a_shift_ends_when_the_policy_says(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    due = depot.card(depot.rifle).due_at
    assert due == (depot.clock.at + timedelta(hours=12)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_who_may_not_handle_stock_is_refused(depot: Depot) -> None:
    stranger = Deposition(depot.administrator_signed_in())
    with pytest.raises(Refusal) as refusal:
        issue_item(depot.desk, stranger, depot.rifle, Wanted(depot.soldier))
    assert refusal.value.rule == "role_missing"


def test_a_card_names_the_holder(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    with depot.desk.look() as work:
        standing = work.standing(depot.rifle)
        assert standing is not None
        assert card(work, standing, depot.clock.at).place == "Pte Example Soldier"


def test_an_act_can_be_taken_back_when_what_came_after_it_was_taken_back(depot: Depot) -> None:
    for reason in ("rust", "crack"):
        quarantine(depot.desk, depot.by_officer(reason=reason, act=reason), depot.rifle)
    error = depot.by_officer(reason="in error", second=True)
    with pytest.raises(Refusal) as refusal:
        take_back_act(depot.desk, error, "rust")
    assert refusal.value.rule == "changed_since"
    take_back_act(depot.desk, error, "crack")
    take_back_act(depot.desk, error, "rust")
    assert depot.card(depot.rifle).state == "in_store"
    assert depot.breaks() == ()
