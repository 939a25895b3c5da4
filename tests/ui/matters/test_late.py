"""What has happened, on the page: the list, every broken rule before anybody signs, two persons, the cases after."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.depot import Depot
from fakes.pages import Counter, form, write
from muniment.desk.cases import open_cases
from muniment.desk.finding import place_named
from muniment.desk.hatch import Wanted, issue_item, move_item
from muniment.desk.people import ban
from muniment.desk.places import close_place
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.sound import Sound
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.late.presenter import LatePresenter
from muniment.ui.late.screen import LateScreen
from muniment.ui.late.view import Past, Told


def entry(depot: Depot, what: Past, *codes: str) -> LatePresenter:
    made = LatePresenter(depot.desk, depot.by_officer().officer)
    made.choose(what)
    for code in codes:
        made.scanned(Scan(code))
    return made


def told(depot: Depot, *, person: str = "", place: str = "", at: str = "") -> Told:
    then = depot.clock.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return Told(at or then, person, place, "PF-7", "power cut", second="second", passphrase="battery staple")


def test_what_was_broken_stands_at_each_line_once_it_is_known_who_has_it(depot: Depot) -> None:
    ban(depot.desk, depot.by_officer(reason="case 12"), depot.soldier, None)
    made = entry(depot, Past.ISSUED, "EX-000001", "EX-P-01")
    assert {line.outcome for line in made.view().gathered.lines} == {"expected"}
    view = made.scanned(Scan("B-0001"))
    assert view.person == "Pte Example Soldier"
    assert [line.outcome for line in view.gathered.lines] == ["warned", "warned"]
    assert view.cases == 2


def test_what_was_broken_is_told_by_the_time_that_is_typed(depot: Depot) -> None:
    depot.clock.forward(hours=2)
    ban(depot.desk, depot.by_officer(reason="case 12"), depot.soldier, None)
    depot.clock.forward(hours=2)
    made = entry(depot, Past.ISSUED, "EX-000001", "B-0001")
    assert made.view().cases == 1
    assert made.about("0001", hours_ago(depot, 3), "").cases == 0
    assert made.check(told(depot, person="0001", at=hours_ago(depot, 3))) == ()
    assert len(made.check(told(depot, person="0001", at=hours_ago(depot, 1)))) == 1


def test_a_find_and_a_loss_tell_what_they_contradict(depot: Depot) -> None:
    depot.clock.forward(hours=2)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=2)
    found = entry(depot, Past.FOUND, "EX-000001", "ROOM1")
    assert found.view().cases == 1
    assert [str(one) for one in found.check(told(depot, place="ROOM1", at=hours_ago(depot, 3)))] == [
        "W-0000001: By the book it was moved later, at 2026-11-24T10:00:00Z."
    ]
    lost = entry(depot, Past.MISSING, "EX-000001")
    assert lost.view().cases == 1
    assert lost.about("", hours_ago(depot, 3), "").cases == 2


def test_what_was_brought_to_a_place_that_is_closed_by_now_is_written_down(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    move_item(depot.desk, depot.by_officer(), depot.pistol, room(depot))
    depot.clock.forward(hours=2)
    close_place(depot.desk, depot.by_officer(reason="sold"), depot.rack)
    depot.clock.forward(hours=2)
    made = entry(depot, Past.RETURNED, "EX-000001")
    assert made.about("", hours_ago(depot, 3), "RACK1").cases == 0
    assert made.about("", hours_ago(depot, 1), "RACK1").cases == 1
    entered = made.sign(told(depot, place="RACK1", at=hours_ago(depot, 3)))
    assert entered.cases == ()
    assert str(entered.warning) == "RACK1 is closed by now. By the book it lies at ROOM1: move it to where it is."
    assert depot.card(depot.rifle).place == "ROOM1"


def hours_ago(depot: Depot, hours: int) -> str:
    """A time as it is typed."""
    return (depot.clock.at - timedelta(hours=hours)).astimezone().strftime("%Y-%m-%d %H:%M")


def room(depot: Depot) -> Subject:
    with depot.desk.look() as work:
        return place_named(work, "ROOM1").subject


def test_a_person_who_was_scanned_is_known_by_the_name_that_stands_there(depot: Depot) -> None:
    made = entry(depot, Past.ISSUED, "EX-000001", "B-0001")
    assert made.check(told(depot, person="Pte Example Soldier")) == ()
    made.sign(told(depot, person="Pte Example Soldier"))
    assert depot.card(depot.rifle).holder == depot.soldier


def test_everything_is_asked_of_the_officer_before_the_second_person_is(depot: Depot) -> None:
    made = entry(depot, Past.ISSUED, "EX-000001")
    for given, rule in (
        (told(depot), "unknown_person"),
        (told(depot, person="0001", at="yesterday"), "not_a_moment"),
        (told(depot, person="0001", at="2031-01-01 10:00"), "in_the_future"),
    ):
        with pytest.raises(Refusal) as refusal:
            made.check(given)
        assert refusal.value.rule == rule
    with pytest.raises(Refusal) as refusal:
        entry(depot, Past.FOUND, "EX-000001").check(told(depot))
    assert refusal.value.rule == "unknown_place"
    with pytest.raises(Refusal) as refusal:
        entry(depot, Past.MISSING).check(told(depot))
    assert refusal.value.rule == "nothing_named"


def test_a_wrong_hand_out_says_its_case_beforehand_and_shows_it_after(depot: Depot) -> None:
    made = entry(depot, Past.WRONG, "EX-000001", "B-0001")
    assert made.view().cases == 1
    assert len(made.check(told(depot, person="0001"))) == 1
    entered = made.sign(told(depot, person="0001"))
    assert [case.rule for case in entered.cases] == ["wrong_hand_out"]


def test_missing_and_found(depot: Depot) -> None:
    entered = entry(depot, Past.MISSING, "EX-000001", "EX-P-01").sign(told(depot))
    assert [case.rule for case in entered.cases] == ["unaccounted", "unaccounted"]
    assert depot.card(depot.rifle).state == "missing"
    found = entry(depot, Past.FOUND, "EX-000001", "ROOM1")
    assert found.view().place == "ROOM1"
    found.sign(told(depot, place="ROOM1"))
    assert depot.card(depot.rifle).place == "ROOM1"
    assert depot.breaks() == ()


def test_a_return_on_paper_carries_the_number_of_the_paper_as_evidence(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=2)
    entry(depot, Past.RETURNED, "EX-000001").sign(told(depot))
    with depot.desk.look() as work:
        fact = work.facts_of(depot.rifle)[-1][1]
    assert [(one.how, one.seen) for one in fact.evidence] == [("paper", "PF-7")]


def test_an_entry_begun_from_a_case_asks_what_is_most_likely(depot: Depot) -> None:
    def begun() -> Past:
        return LatePresenter(depot.desk, depot.by_officer().officer, depot.rifle).what

    assert begun() is Past.ISSUED
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert begun() is Past.MISSING
    entry(depot, Past.MISSING, "EX-000001").sign(told(depot))
    assert begun() is Past.FOUND


def test_an_unanswered_scan_is_answered_first(depot: Depot) -> None:
    with pytest.raises(Refusal) as refusal:
        entry(depot, Past.MISSING, "EX-000001", "nonsense").check(told(depot))
    assert refusal.value.rule == "scan_unanswered"


@pytest.fixture
def page(counter: Counter) -> LateScreen:
    sound = Sound(training=True)
    sound.mute(True)
    officer = counter.depot.by_officer().officer
    made = LateScreen(counter.depot.desk, officer, counter.bridge, counter.window, sound)
    counter.window.add_page("late", "history", "What has happened", made, in_rail=False)
    counter.settle()
    return made


def scan(counter: Counter, *codes: str) -> None:
    for code in codes:
        assert counter.window.take_scan(Scan(code))
        counter.settle()


def key(counter: Counter, pressed: Qt.Key) -> None:
    QTest.keyClick(counter.window.focusWidget() or counter.window, pressed)
    counter.settle()


def test_scan_write_both_sign_and_look_at_the_case(counter: Counter, page: LateScreen) -> None:
    depot = counter.depot
    ban(depot.desk, depot.by_officer(reason="case 12"), depot.soldier, None)
    asked: list[str] = []
    page.case_asked.connect(asked.append)
    scan(counter, "EX-000001", "B-0001")
    page.at.write(depot.clock.at.astimezone().strftime("%Y-%m-%d %H:%M"))
    page.reason.write("power cut")
    key(counter, Qt.Key.Key_F10)
    write(form(counter), second="second", passphrase="battery staple")
    counter.press(form(counter))
    key(counter, Qt.Key.Key_Return)
    with depot.desk.look() as work:
        (case,) = open_cases(work)
    assert asked == [case.subject]
    assert page.view is not None
    assert page.view.gathered.accepted == 0


def test_what_is_lacking_stands_at_its_field(counter: Counter, page: LateScreen) -> None:
    scan(counter, "EX-000001")
    key(counter, Qt.Key.Key_F10)
    assert counter.window.panel is None
    assert "when" in page.at.line.accessibleDescription()


def test_another_officer_begins_anew(counter: Counter, page: LateScreen) -> None:
    scan(counter, "EX-000001")
    page.reason.write("power cut")
    page.sit_down(counter.depot.administrator_signed_in())
    counter.settle()
    assert page.reason.value == ""
    assert page.view is not None
    assert page.view.gathered.accepted == 0


@pytest.mark.parametrize(("tint", "scale"), list(product(Tint, (Scale.NORMAL, Scale.GLOVE))))
def test_nothing_is_cut_off(counter: Counter, page: LateScreen, tint: Tint, scale: Scale) -> None:
    wear(Theme(tint, scale))
    for what in Past:
        page.kinds.chosen.emit(what.value)
        scan(counter, "EX-000001")
        QApplication.processEvents()
        assert clipped(counter.window) == []
