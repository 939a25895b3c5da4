"""A sitting at the hatch: badge, scans, refusals that stay, held scans, one confirmation."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory, rifle_called
from muniment.desk.hatch import Confirmation
from muniment.desk.people import ban
from muniment.desk.reading import history
from muniment.desk.signing import set_secret, sign_in
from muniment.desk.sittings.at_the_hatch import Pass, Scan
from muniment.desk.sittings.hatch import HatchSitting
from muniment.desk.sittings.refusals import MOST_HELD
from muniment.desk.sittings.steps import TABLE, Do, Seen, Step, Verb, next_act
from muniment.desk.stock import bind_code, register
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.command_cards import Command

BADGE, RIFLE, PISTOL = Scan("B-0001"), Scan("TAG-R"), Scan("TAG-P")


@pytest.fixture
def depot() -> Depot:
    made = depot_in_memory()
    bind_code(made.desk, made.by_officer(), RIFLE.text, made.rifle)
    bind_code(made.desk, made.by_officer(), PISTOL.text, made.pistol)
    set_secret(made.desk, made.by_officer(), made.soldier, "pin", "4711")
    return made


@pytest.fixture
def hatch(depot: Depot) -> HatchSitting:
    return HatchSitting(depot.desk, sign_in(depot.desk, "officer", "correct horse"))


def card(command: Command) -> Scan:
    return Scan(command.code)


def test_badge_weapon_weapon_done_pin(depot: Depot, hatch: HatchSitting) -> None:
    for scan in (BADGE, RIFLE, PISTOL, card(Command.DONE)):
        hatch.scanned(scan)
    assert hatch.now.step is Step.AWAITING_CONFIRMATION
    receipt = hatch.now.receipt
    hatch.confirmed(Confirmation("pin", pin="4711"))
    assert hatch.now.step is Step.AWAITING_PERSON
    assert hatch.now.last_receipt == receipt
    assert depot.card(depot.rifle).holder == depot.card(depot.pistol).holder == depot.soldier
    with depot.desk.look() as work:
        assert receipt is not None
        assert [str(line.what) for line in history(work, receipt)] == [
            "Hand receipt opened",
            "Hand receipt confirmed",
        ]
    assert depot.breaks() == ()


@pytest.mark.parametrize("code", ["tag-r", "muniment return"])
def test_a_code_read_while_caps_lock_is_on_is_said_to_be_that_and_not_new(hatch: HatchSitting, code: str) -> None:
    hatch.scanned(Scan(code))
    assert hatch.now.refusal is not None
    assert hatch.now.refusal.rule == "capitals_locked"


@pytest.mark.parametrize("code", ["tag-x", "TAG-X", "4711"])
def test_a_code_that_nobody_knows_in_any_case_is_new(hatch: HatchSitting, code: str) -> None:
    hatch.scanned(Scan(code))
    assert hatch.now.refusal is not None
    assert hatch.now.refusal.rule == "unknown_code"


def test_a_purpose_goes_with_every_item_until_the_person_steps_away(depot: Depot, hatch: HatchSitting) -> None:
    hatch.set_terms(None, for_good=False, purpose="  range day ")
    for scan in (BADGE, RIFLE, PISTOL):
        hatch.scanned(scan)
    with depot.desk.look() as work:
        for item in (depot.rifle, depot.pistol):
            standing = work.standing(item)
            assert standing is not None
            assert standing.text("purpose") == "range day"
    hatch.scanned(card(Command.DONE))
    hatch.confirmed(Confirmation("pin", pin="4711"))
    assert hatch.now.purpose == ""
    assert depot.breaks() == ()


def test_what_nobody_sees_cannot_stand_in_a_purpose(hatch: HatchSitting) -> None:
    with pytest.raises(Refusal):
        hatch.set_terms(None, for_good=False, purpose="range\u202eday")
    assert hatch.now.purpose == ""


def test_each_scan_is_in_the_ledger_before_the_next_is_looked_at(depot: Depot, hatch: HatchSitting) -> None:
    hatch.scanned(BADGE)
    hatch.scanned(RIFLE)
    assert depot.card(depot.rifle).state == "issued"
    assert depot.card(depot.pistol).state == "in_store"


def test_the_scan_stands_in_the_fact_as_evidence(depot: Depot, hatch: HatchSitting) -> None:
    hatch.scanned(BADGE)
    hatch.scanned(Scan("TAG-R", "barcode", "Scanner 1", b"]C1TAG-R"))
    with depot.desk.look() as work:
        fact = work.facts_of(depot.rifle)[-1][1]
    assert fact.evidence[0].seen == "TAG-R"
    assert fact.evidence[0].device == "Scanner 1"
    assert bytes.fromhex(fact.evidence[0].raw) == b"]C1TAG-R"


def test_a_refusal_stays_and_later_scans_are_held_until_it_is_taken_note_of(depot: Depot, hatch: HatchSitting) -> None:
    ban(depot.desk, depot.by_officer(reason="case 12"), depot.second, None)
    hatch.scanned(BADGE)
    hatch.scanned(Scan("no such code"))
    assert hatch.now.step is Step.REFUSED
    hatch.scanned(RIFLE)
    hatch.scanned(PISTOL)
    assert [scan.text for scan in hatch.now.held] == ["TAG-R", "TAG-P"]
    assert depot.card(depot.rifle).state == "in_store"
    hatch.scanned(card(Command.YES))
    assert hatch.now.held == ()
    assert depot.card(depot.rifle).state == "issued"
    assert depot.card(depot.pistol).state == "issued"


def test_more_scans_than_a_person_can_answer_for_are_not_held_but_counted(hatch: HatchSitting) -> None:
    hatch.scanned(BADGE)
    for nth in range(MOST_HELD + 4):
        hatch.scanned(Scan(f"noise {nth}"))
    assert (len(hatch.now.held), hatch.now.not_kept) == (MOST_HELD, 3)
    hatch.scanned(card(Command.YES))
    assert (len(hatch.now.held), hatch.now.not_kept) == (MOST_HELD - 1, 0)


def test_held_scans_stop_at_the_next_refusal(depot: Depot, hatch: HatchSitting) -> None:
    hatch.scanned(BADGE)
    for scan in (Scan("nonsense 1"), RIFLE, Scan("nonsense 2"), PISTOL):
        hatch.scanned(scan)
    hatch.commanded(Command.YES)
    assert hatch.now.step is Step.REFUSED
    assert depot.card(depot.rifle).state == "issued"
    assert [scan.text for scan in hatch.now.held] == ["TAG-P"]


def test_undo_last_is_a_counter_entry_and_the_next_issue_gets_a_receipt_of_its_own(
    depot: Depot, hatch: HatchSitting
) -> None:
    hatch.scanned(BADGE)
    hatch.scanned(RIFLE)
    first = hatch.now.receipt
    hatch.scanned(card(Command.UNDO_LAST))
    assert depot.card(depot.rifle).state == "in_store"
    hatch.scanned(PISTOL)
    assert hatch.now.receipt not in (None, first)
    hatch.scanned(card(Command.DONE))
    hatch.confirmed(Confirmation("signature"))
    assert depot.breaks() == ()


def test_a_wrong_pin_is_refused_and_asked_again(depot: Depot, hatch: HatchSitting) -> None:
    for scan in (BADGE, RIFLE, card(Command.DONE)):
        hatch.scanned(scan)
    hatch.confirmed(Confirmation("pin", pin="0000"))
    assert hatch.now.refusal is not None
    assert hatch.now.refusal.rule == "wrong_pin"
    hatch.commanded(Command.YES)
    assert hatch.now.step is Step.AWAITING_CONFIRMATION
    hatch.confirmed(Confirmation("pin", pin="4711"))
    assert hatch.now.step is Step.AWAITING_PERSON


def test_a_second_person_lets_a_refused_weapon_pass(depot: Depot, hatch: HatchSitting) -> None:
    register(depot.desk, depot.by_officer(), rifle_called("EX-000003"), depot.rack)
    for scan in (BADGE, RIFLE, PISTOL, Scan("EX-000003")):
        hatch.scanned(scan)
    assert hatch.now.refusal is not None
    assert hatch.now.refusal.rule == "limit_reached"
    second = sign_in(depot.desk, "second", "battery staple")
    hatch.let_pass(Pass(frozenset({"limit_reached"}), second, "guard of the convoy"))
    assert hatch.now.refusal is None
    assert hatch.now.accepted == 3


def test_the_verb_does_not_change_while_a_hand_over_is_open(hatch: HatchSitting) -> None:
    hatch.scanned(BADGE)
    hatch.scanned(RIFLE)
    hatch.scanned(card(Command.RETURN))
    assert hatch.now.verb is Verb.ISSUE
    assert hatch.now.refusal is not None
    assert hatch.now.refusal.rule == "sitting_unfinished"


def test_return_by_another_than_the_holder_is_taken_and_flagged(depot: Depot, hatch: HatchSitting) -> None:
    for scan in (BADGE, RIFLE, card(Command.DONE)):
        hatch.scanned(scan)
    hatch.confirmed(Confirmation("signature"))
    hatch.scanned(card(Command.RETURN))
    hatch.scanned(Scan("second"))
    hatch.scanned(RIFLE)
    assert depot.card(depot.rifle).state == "in_store"
    assert "another person" in str(hatch.now.warnings[0])
    with depot.desk.look() as work:
        assert work.facts_of(depot.rifle)[-1][1].about == {"brought_by": depot.second}


def test_a_badge_left_open_closes_by_itself_and_what_was_issued_stays_unconfirmed(
    depot: Depot, hatch: HatchSitting
) -> None:
    hatch.scanned(BADGE)
    hatch.scanned(RIFLE)
    receipt = hatch.now.receipt
    depot.clock.forward(seconds=59)
    hatch.tick()
    assert hatch.now.person == depot.soldier
    depot.clock.forward(seconds=1)
    hatch.tick()
    assert hatch.now.person is None
    with depot.desk.look() as work:
        assert receipt is not None
        standing = work.standing(receipt)
        assert standing is not None
        assert standing.text("state") == "open"


def test_a_scan_before_any_badge_shows_the_weapon_and_does_nothing(depot: Depot, hatch: HatchSitting) -> None:
    hatch.scanned(RIFLE)
    assert hatch.now.shown == depot.rifle
    assert depot.card(depot.rifle).state == "in_store"


def test_gs1_around_a_known_number_leads_to_its_record(depot: Depot, hatch: HatchSitting) -> None:
    bind_code(depot.desk, depot.by_officer(), "06141411234SERIAL", depot.rifle)
    hatch.scanned(BADGE)
    hatch.scanned(Scan("800406141411234SERIAL", raw=b"]C1800406141411234SERIAL"))
    assert depot.card(depot.rifle).state == "issued"


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("seen", Seen)
def test_every_pair_has_an_answer_and_what_no_table_names_changes_no_custody(
    verb: Verb, step: Step, seen: Seen
) -> None:
    act = next_act(verb, step, seen)
    named = step is not Step.REFUSED and (step, seen) in TABLE[verb]
    if not named:
        assert act not in {Do.HANDLE, Do.BEGIN, Do.CONFIRM, Do.SET_PLACE, Do.SET_APART, Do.TAKE_KIT, Do.TAKE_KIT_SHORT}


@pytest.fixture
def returned(hatch: HatchSitting) -> HatchSitting:
    """The rifle was issued, and has just come back."""
    for scan in (BADGE, RIFLE, PISTOL, card(Command.DONE)):
        hatch.scanned(scan)
    hatch.confirmed(Confirmation("signature"))
    hatch.scanned(card(Command.RETURN))
    hatch.scanned(RIFLE)
    return hatch


def test_a_fault_told_after_a_return_sets_it_apart_with_the_words(depot: Depot, returned: HatchSitting) -> None:
    returned.scanned(card(Command.FAULT))
    assert returned.now.step is Step.AWAITING_FAULT
    returned.fault_told("  loose front sight ")
    assert returned.now.step is Step.AWAITING_ITEM
    assert depot.card(depot.rifle).state == "quarantined"
    assert depot.card(depot.rifle).quarantine == "loose front sight"
    assert depot.breaks() == ()


def test_nothing_is_wrong_after_all(depot: Depot, returned: HatchSitting) -> None:
    returned.scanned(card(Command.FAULT))
    returned.scanned(card(Command.NO))
    assert returned.now.step is Step.AWAITING_ITEM
    assert depot.card(depot.rifle).state == "in_store"


def test_scans_are_held_while_it_is_told_what_is_wrong(depot: Depot, returned: HatchSitting) -> None:
    returned.scanned(card(Command.FAULT))
    returned.scanned(PISTOL)
    returned.scanned(card(Command.DONE))
    assert depot.card(depot.pistol).state == "issued"
    returned.fault_told("loose front sight")
    assert depot.card(depot.pistol).state == "in_store"
    assert depot.card(depot.pistol).quarantine == ""
    assert returned.now.held == ()


def test_a_fault_without_words_is_refused_and_still_awaited(depot: Depot, returned: HatchSitting) -> None:
    returned.scanned(card(Command.FAULT))
    with pytest.raises(Refusal) as refusal:
        returned.fault_told("  ")
    assert refusal.value.rule == "reason_missing"
    assert returned.now.step is Step.AWAITING_FAULT


def test_a_fault_is_not_lost_when_the_hatch_is_left_alone_or_another_verb_is_asked(
    depot: Depot, returned: HatchSitting
) -> None:
    returned.scanned(card(Command.FAULT))
    returned.scanned(card(Command.ISSUE))
    depot.clock.forward(minutes=10)
    returned.tick()
    assert returned.now.step is Step.AWAITING_FAULT
    assert returned.now.verb is Verb.RETURN


def test_what_was_set_apart_is_not_undone_by_one_person(depot: Depot, returned: HatchSitting) -> None:
    returned.scanned(card(Command.FAULT))
    returned.fault_told("loose front sight")
    returned.scanned(card(Command.UNDO_LAST))
    assert returned.now.refusal is not None
    assert returned.now.refusal.rule == "second_person_missing"
    assert depot.card(depot.rifle).state == "quarantined"


def test_undo_while_a_fault_is_asked_for_takes_the_return_back(depot: Depot, returned: HatchSitting) -> None:
    returned.scanned(card(Command.FAULT))
    returned.scanned(card(Command.UNDO_LAST))
    assert returned.now.step is Step.AWAITING_ITEM
    assert depot.card(depot.rifle).holder == depot.soldier


def test_a_fault_is_told_once_of_one_thing(returned: HatchSitting) -> None:
    returned.scanned(card(Command.FAULT))
    returned.fault_told("loose front sight")
    returned.scanned(card(Command.FAULT))
    assert returned.now.refusal is not None
    assert returned.now.refusal.rule == "nothing_came_back"


@pytest.mark.parametrize("verb", [Command.ISSUE, Command.RETURN, Command.MOVE])
def test_a_fault_of_nothing_is_refused(hatch: HatchSitting, verb: Command) -> None:
    hatch.scanned(card(verb))
    hatch.scanned(card(Command.FAULT))
    assert hatch.now.refusal is not None
    assert hatch.now.refusal.rule == "nothing_came_back"


def test_words_for_a_fault_that_nobody_asked_for_do_nothing(depot: Depot, returned: HatchSitting) -> None:
    returned.fault_told("loose front sight")
    assert depot.card(depot.rifle).state == "in_store"
