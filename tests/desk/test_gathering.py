"""Gathering before one act: refused scans stay, later ones are held, nothing is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.depot import Depot, depot_in_memory, pistol_called
from muniment.desk.desk import stands
from muniment.desk.signing import sign_in
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.sittings.gathering import Gathering
from muniment.desk.sittings.gathering_steps import TABLE, Do, Seen, Step, next_act
from muniment.desk.sittings.refusals import MOST_HELD
from muniment.desk.stock import register
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.command_cards import Command
from muniment.domain.people.authority import SECOND_PERSON
from muniment.ports.work import Work

RIFLE, PISTOL, STRANGE = Scan("EX-000001"), Scan("EX-P-01"), Scan("no such code")


def no_pistols(work: Work, item: Subject, passed: frozenset[str]) -> tuple[Subject, ...]:
    if stands(work, item).text("taxonomy_code") == "SA-12" and "pistol" not in passed:
        raise Refusal("pistol", say("No pistols here."), override=SECOND_PERSON)
    return (item,)


@pytest.fixture(scope="module")
def depot() -> Depot:
    return depot_in_memory()


@pytest.fixture
def gathering(depot: Depot) -> Gathering:
    return Gathering(depot.desk, no_pistols, frozenset({Kind.WEAPON}))


def test_a_refused_scan_stays_and_later_ones_are_held(depot: Depot, gathering: Gathering) -> None:
    for scan in (STRANGE, RIFLE, PISTOL):
        gathering.scanned(scan)
    assert gathering.now.items == ()
    assert [scan.text for scan in gathering.now.held] == [RIFLE.text, PISTOL.text]
    gathering.commanded(Command.YES)
    assert gathering.now.items == (depot.rifle,)
    assert gathering.now.refusal is not None
    assert gathering.now.refusal.rule == "pistol"


def test_a_thing_scanned_again_is_on_the_list_once(depot: Depot, gathering: Gathering) -> None:
    gathering.scanned(RIFLE)
    assert gathering.scanned(Scan("W-0000001")).outcome == "already"
    assert gathering.now.items == (depot.rifle,)


def test_a_second_person_lets_a_thing_in_and_stands_for_the_whole_act(depot: Depot, gathering: Gathering) -> None:
    gathering.scanned(PISTOL)
    second, other = sign_in(depot.desk, "second", "battery staple"), depot.administrator_signed_in()
    with pytest.raises(Refusal) as refusal:
        gathering.let_pass(second, " ")
    assert refusal.value.rule == "reason_missing"
    gathering.let_pass(second, "to the workshop")
    assert gathering.now.items == (depot.pistol,)
    assert gathering.now.overridden == {"pistol"}
    gathering.now = Gathering(depot.desk, no_pistols, frozenset({Kind.WEAPON})).now
    gathering.scanned(PISTOL)
    gathering.let_pass(second, "to the workshop")
    gathering.take_off(depot.pistol)
    assert gathering.now.items == ()
    assert gathering.now.second is second
    assert other.person != second.person


def test_what_was_let_pass_for_one_thing_is_not_let_pass_for_the_next(depot: Depot, gathering: Gathering) -> None:
    other = register(depot.desk, depot.by_officer(), pistol_called("EX-P-02"), depot.rack).about
    gathering.scanned(PISTOL)
    gathering.let_pass(sign_in(depot.desk, "second", "battery staple"), "to the workshop")
    gathering.scanned(Scan("EX-P-02"))
    assert gathering.now.refusal is not None
    assert gathering.now.items == (depot.pistol,)
    gathering.let_pass(sign_in(depot.desk, "second", "battery staple"), "this one, too")
    assert gathering.now.items == (depot.pistol, other)
    assert gathering.now.reason == "to the workshop; this one, too"


def test_the_last_one_is_taken_off_by_the_card(depot: Depot, gathering: Gathering) -> None:
    gathering.scanned(RIFLE)
    gathering.commanded(Command.UNDO_LAST)
    assert gathering.now.items == ()


def test_more_scans_than_a_person_can_answer_for_are_refused_aloud(gathering: Gathering) -> None:
    for nth in range(MOST_HELD + 1):
        assert gathering.scanned(Scan(f"noise {nth}")).outcome in ("refused", "held")
    assert gathering.scanned(RIFLE).outcome == "refused"
    assert len(gathering.now.held) == MOST_HELD


def test_what_is_known_but_not_gathered_is_refused(gathering: Gathering) -> None:
    gathering.scanned(Scan("RACK1"))
    assert gathering.now.refusal is not None
    assert gathering.now.refusal.rule == "not_gathered"
    gathering.commanded(Command.YES)
    gathering.commanded(Command.ISSUE)
    assert gathering.now.refusal is not None
    assert gathering.now.refusal.rule == "not_here"


def test_each_thing_keeps_the_scan_that_brought_it_in(depot: Depot, gathering: Gathering) -> None:
    gathering.scanned(RIFLE)
    gathering.scanned(Scan("W-0000001", "typed"))
    assert {item: one.seen for item, one in gathering.now.seen.items()} == {depot.rifle: "EX-000001"}
    assert [(one.how, one.seen) for one in gathering.now.manner] == [("barcode", "")]


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("seen", Seen)
def test_what_the_table_does_not_name_does_nothing(step: Step, seen: Seen) -> None:
    act = next_act(step, seen)
    assert (act is Do.NOTHING) == ((step, seen) not in TABLE)
    assert not (step is Step.REFUSED and act in {Do.ADD, Do.TAKE_OFF})


CODES = st.lists(st.sampled_from(["EX-000001", "EX-P-01", "nonsense", "RACK1", Command.YES.code, Command.DONE.code]))


@settings(max_examples=40, deadline=None)
@given(CODES)
def test_no_scan_is_lost_whatever_comes(depot: Depot, codes: list[str]) -> None:
    """Every scan of a thing is on the list, refused at some time, or still held."""
    gathering = Gathering(depot.desk, no_pistols, frozenset({Kind.WEAPON}))
    refused = 0
    for code in codes:
        before = gathering.now.refusal
        gathering.scanned(Scan(code))
        refused += gathering.now.refusal is not before and gathering.now.refusal is not None
    assert len(set(gathering.now.items)) == len(gathering.now.items)
    if gathering.now.refusal is None:
        assert gathering.now.held == ()
        assert (depot.rifle in gathering.now.items) == ("EX-000001" in codes)
    assert depot.card(depot.rifle).state == "in_store"
