"""Who guesses a passphrase or a PIN waits longer with each guess, and the ledger tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from fakes.depot import Depot, depot_at, depot_in_memory
from fakes.outside import StoppedClock, outside
from muniment.bootstrap import join_register
from muniment.desk.desk import Deposition, Desk
from muniment.desk.hatch import Confirmation, Wanted, confirm, issue_item
from muniment.desk.signing import end_lock, set_secret, sign_in
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.locking import FREE, LONGEST, all_tries
from muniment.ports.work import OpenWork, Work


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def guesses(desk: Desk, count: int, name: str = "second") -> list[str]:
    return [rule_of_trying(desk, name, f"wrong {nth}") for nth in range(count)]


def rule_of_trying(desk: Desk, name: str, passphrase: str) -> str:
    try:
        sign_in(desk, name, passphrase)
    except Refusal as refusal:
        return refusal.rule
    return "in"


def told_of(depot: Depot, person: Subject) -> list[Deed]:
    with depot.desk.look() as work:
        return [fact.kind for _, fact in work.facts_of(person)]


def test_a_few_slips_cost_nothing_and_one_more_locks_the_name_even_for_the_right_passphrase(depot: Depot) -> None:
    assert guesses(depot.desk, FREE + 1) == ["wrong_sign_in"] * FREE + ["locked_out"]
    assert rule_of_trying(depot.desk, "Second ", "battery staple") == "locked_out"


def test_a_hundred_guesses_in_a_row_are_no_more_than_five(depot: Depot) -> None:
    guesses(depot.desk, 100)
    assert told_of(depot, depot.second).count(Deed.WRONG_TRY) == FREE + 1
    assert depot.breaks() == ()


def test_the_lock_ends_by_itself_and_is_twice_as_long_after_one_more_guess(depot: Depot) -> None:
    guesses(depot.desk, FREE + 1)
    depot.clock.forward(minutes=1)
    assert rule_of_trying(depot.desk, "second", "no") == "locked_out"
    depot.clock.forward(minutes=1)
    assert rule_of_trying(depot.desk, "second", "battery staple") == "locked_out"
    depot.clock.forward(minutes=1)
    assert rule_of_trying(depot.desk, "second", "battery staple") == "in"


def test_a_lock_never_lasts_longer_than_the_longest(depot: Depot) -> None:
    for _ in range(20):
        guesses(depot.desk, 1)
        depot.clock.forward(seconds=LONGEST.total_seconds())
    assert rule_of_trying(depot.desk, "second", "battery staple") == "in"


def test_a_right_passphrase_forgets_the_slips_before_it(depot: Depot) -> None:
    guesses(depot.desk, FREE)
    assert rule_of_trying(depot.desk, "second", "battery staple") == "in"
    assert guesses(depot.desk, FREE) == ["wrong_sign_in"] * FREE
    assert told_of(depot, depot.second)[-FREE - 1] is Deed.LOCK_ENDED


def test_a_right_passphrase_without_slips_writes_nothing(depot: Depot) -> None:
    before = told_of(depot, depot.second)
    sign_in(depot.desk, "second", "battery staple")
    assert told_of(depot, depot.second) == before


def test_nobody_else_and_no_other_desk_is_locked(depot: Depot) -> None:
    guesses(depot.desk, FREE + 1)
    assert rule_of_trying(depot.desk, "officer", "correct horse") == "in"
    assert rule_of_trying(replace(depot.desk, workstation="ws-other"), "second", "battery staple") == "in"


def test_a_lock_outlives_the_program(tmp_path: Path) -> None:
    where, clock = str(tmp_path / "register.muniment"), StoppedClock()
    depot = depot_at(where, clock, outside(clock))
    guesses(depot.desk, FREE + 1)
    depot.register.close()
    again = join_register(where, outside(clock))
    assert rule_of_trying(again.desk, "second", "battery staple") == "locked_out"
    again.close()


def test_another_officer_ends_a_lock_and_nobody_his_own(depot: Depot) -> None:
    guesses(depot.desk, FREE + 1)
    guesses(depot.desk, 1, "officer")
    with pytest.raises(Refusal) as refused:
        end_lock(depot.desk, depot.by_officer(), depot.officer)
    assert refused.value.rule == "concerned"
    end_lock(depot.desk, depot.by_officer(), depot.second)
    assert rule_of_trying(depot.desk, "second", "battery staple") == "in"
    with pytest.raises(Refusal) as refused:
        end_lock(depot.desk, depot.by_officer(), depot.second)
    assert refused.value.rule == "not_locked"


def test_a_clock_that_was_years_ahead_locks_nobody_for_years(depot: Depot) -> None:
    depot.clock.forward(days=30 * 365)
    guesses(depot.desk, FREE + 1)
    depot.clock.forward(days=-30 * 365)
    assert rule_of_trying(depot.desk, "second", "battery staple") == "in"


def test_a_pin_is_not_guessed_at_the_hatch(depot: Depot) -> None:
    set_secret(depot.desk, Deposition(depot.administrator_signed_in()), depot.soldier, "pin", "4711")
    receipt = issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier)).receipt
    assert receipt is not None
    rules = []
    for pin in [*(f"{nth:04}" for nth in range(FREE + 1)), "4711"]:
        with pytest.raises(Refusal) as refused:
            confirm(depot.desk, depot.by_officer(), receipt, Confirmation("pin", pin=pin))
        rules.append(refused.value.rule)
    assert rules == ["wrong_pin"] * FREE + ["locked_out"] * 2
    with depot.desk.look() as work:
        _, newest = work.facts_of(depot.soldier)[-1]
    assert (newest.kind, newest.actor) == (Deed.WRONG_TRY, depot.officer)
    confirm(depot.desk, depot.by_officer(), receipt, Confirmation("signature"))
    assert depot.breaks() == ()


def test_a_new_pin_ends_the_lock_on_the_old_one(depot: Depot) -> None:
    by_admin = Deposition(depot.administrator_signed_in())
    set_secret(depot.desk, by_admin, depot.soldier, "pin", "4711")
    receipt = issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier)).receipt
    assert receipt is not None
    for _ in range(FREE + 1):
        with pytest.raises(Refusal):
            confirm(depot.desk, depot.by_officer(), receipt, Confirmation("pin", pin="0000"))
    set_secret(depot.desk, by_admin, depot.soldier, "pin", "1234")
    confirm(depot.desk, depot.by_officer(), receipt, Confirmation("pin", pin="1234"))
    assert depot.breaks() == ()


def answers_of(desk: Desk, name: str, count: int) -> list[tuple[str, str, str]]:
    """What is read after each of so many wrong tries."""
    found = []
    for nth in range(count):
        with pytest.raises(Refusal) as refused:
            sign_in(desk, name, f"wrong {nth}")
        one = refused.value
        found.append((one.rule, str(one.says), str(one.do_now)))
    return found


def test_a_name_that_nobody_has_is_answered_word_for_word_like_one_that_is_known(depot: Depot) -> None:
    for _ in range(3):
        assert answers_of(depot.desk, "nobody", FREE + 2) == answers_of(depot.desk, "second", FREE + 2)
        depot.clock.forward(minutes=3)
    assert depot.breaks() == ()


def test_a_person_without_a_passphrase_is_answered_like_an_unknown_name(depot: Depot) -> None:
    assert answers_of(depot.desk, "0001", FREE + 2) == answers_of(depot.desk, "nobody", FREE + 2)


def test_an_unknown_name_takes_the_same_work_as_a_known_one(depot: Depot) -> None:
    class Counted:
        """Counts what is asked of the passphrases and of the register."""

        def __init__(self) -> None:
            self.done: list[str] = []

        def stored_form(self, secret: str) -> str:
            return depot.desk.passphrases.stored_form(secret)

        def matches(self, stored: str, secret: str) -> bool:
            self.done.append("compared")
            return depot.desk.passphrases.matches(stored, secret)

    def work_of(name: str) -> list[str]:
        counted = Counted()
        desk = replace(depot.desk, passphrases=counted, work=lambda: _noted(depot.desk.work, counted.done))
        guesses(desk, FREE + 2, name)
        return counted.done

    assert work_of("nobody") == work_of("second") == ["compared", "written"] * (FREE + 1)


@contextmanager
def _noted(opening: OpenWork, done: list[str]) -> Iterator[Work]:
    with opening() as work:
        yield work
    done.append("written")


def test_the_name_that_was_typed_is_not_kept(depot: Depot) -> None:
    guesses(depot.desk, 2, "battery staple")
    with depot.desk.look() as work:
        bodies = b"".join(kept.body for kept in work.records())
    assert b"battery" not in bodies


def test_a_lock_on_an_unknown_name_is_not_shaken_off_by_trying_others(depot: Depot) -> None:
    guesses(depot.desk, FREE + 1, "nobody")
    for nth in range(22):
        guesses(depot.desk, 1, f"somebody {nth}")
    assert rule_of_trying(depot.desk, "nobody", "x") == "locked_out"


def test_no_more_than_a_few_unknown_names_are_kept(depot: Depot) -> None:
    for nth in range(22):
        guesses(depot.desk, 1, f"somebody {nth}")
    with depot.desk.look() as work:
        (register,) = work.all_of(Kind.REGISTER)
    assert len(all_tries(register)) <= 20
