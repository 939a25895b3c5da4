"""The page of people on the screen. Keyboard only."""

from __future__ import annotations

from itertools import product
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.depot import Depot
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.signing import sign_in
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.refusal import Refusal
from muniment.ui.bridge import Bridge
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.people.panels import PersonForm
from muniment.ui.people.presenter import PeoplePresenter
from muniment.ui.people.screen import PeopleScreen
from muniment.ui.shell.page import Shown, TakesKeys, TakesScans
from muniment.ui.shell.window import Window
from muniment.ui.stock.form import FormPanel


class Counter(Protocol):
    depot: Depot
    window: Window
    bridge: Bridge

    def settle(self) -> None: ...

    def press(self, panel: FormPanel) -> None: ...


@pytest.fixture
def page(counter: Counter) -> PeopleScreen:
    presenter = PeoplePresenter(counter.depot.desk, counter.depot.by_officer().officer)
    made = PeopleScreen(presenter, counter.bridge, counter.window)
    counter.window.add_page("people", "users", "People", made)
    counter.settle()
    return made


def form(counter: Counter) -> PersonForm:
    panel = counter.window.panel
    assert isinstance(panel, PersonForm)
    return panel


def write(panel: PersonForm, **values: str) -> None:
    for name, value in values.items():
        panel.fields[name].write(value)  # type: ignore[attr-defined]


def test_the_page_answers_what_the_window_passes_on(page: PeopleScreen) -> None:
    assert isinstance(page, TakesKeys)
    assert isinstance(page, TakesScans)
    assert isinstance(page, Shown)


def test_a_badge_puts_its_person_in_front(counter: Counter, page: PeopleScreen) -> None:
    issue_item(counter.depot.desk, counter.depot.by_officer(), counter.depot.rifle, Wanted(counter.depot.soldier))
    counter.window.take_scan(Scan("B-0001"))
    counter.settle()
    assert page.name.text() == "Pte Example Soldier"
    assert page.held.isVisible()
    assert page.view is not None
    assert page.view.lines[page.table.chosen].person == counter.depot.soldier


def test_a_code_that_is_nobodys_badge_is_said_to_be_so(counter: Counter, page: PeopleScreen) -> None:
    counter.window.take_scan(Scan("W-0000001"))
    counter.settle()
    assert page.warning.isVisible()
    assert page.view is not None
    assert page.view.shown is None


def test_arrows_open_one_after_the_other(counter: Counter, page: PeopleScreen) -> None:
    page.table.setFocus()
    for expected in ("Example Administrator", "Example Officer"):
        counter.settle()
        assert page.name.text().endswith(expected)
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    counter.settle()


def test_a_search_without_a_find_says_what_to_do_next(counter: Counter, page: PeopleScreen) -> None:
    QTest.keyClick(page, Qt.Key.Key_F9)
    assert QApplication.focusWidget() is page.search.line
    QTest.keyClicks(page.search.line, "nobody")
    QTest.keyClick(page.search.line, Qt.Key.Key_Return)
    counter.settle()
    assert page.empty.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    page.take_key("Esc")
    QTest.keyClick(page.search.line, Qt.Key.Key_Return)
    counter.settle()
    assert page.table.isVisible()


def test_a_person_is_added_with_keys_and_a_scanned_card(counter: Counter, page: PeopleScreen) -> None:
    told: list[bool] = []
    page.changed.connect(lambda: told.append(True))
    QTest.keyClick(page, Qt.Key.Key_F2)
    panel = form(counter)
    counter.press(panel)
    assert QApplication.focusWidget() is panel.fields["name"].line  # type: ignore[attr-defined]
    write(panel, name="Example Newcomer", service_no="0002")
    assert panel.take_scan(Scan("B-0002"))
    QTest.keyClick(panel.fields["name"].line, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    counter.settle()
    assert counter.window.panel is None
    assert page.name.text() == "Example Newcomer"
    assert "Example Newcomer" in page.message.text()
    assert told == [True]
    with counter.depot.desk.look() as work:
        assert work.person_by("B-0002") is not None


def test_a_refusal_keeps_what_was_typed(counter: Counter, page: PeopleScreen) -> None:
    page.add.click()
    panel = form(counter)
    write(panel, name="Example Twin", service_no="0001")
    counter.press(panel)
    assert panel.refused is not None
    QTest.keyClick(panel.refused.safe, Qt.Key.Key_Return)
    assert panel.fields["name"].value == "Example Twin"
    assert panel.fields["name"].isVisible()  # type: ignore[attr-defined]


def test_certificate_ban_lift_status_and_pin_by_their_keys(counter: Counter, page: PeopleScreen) -> None:
    depot = counter.depot
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    counter.window.take_scan(Scan("B-0001"))
    counter.settle()
    for key, values in (
        (Qt.Key.Key_F3, {"covers": "LW", "until": "2027-12-31"}),
        (Qt.Key.Key_F4, {"reason": "case 12"}),
        (Qt.Key.Key_F4, {"reason": "case closed", "second": "second", "passphrase": "battery staple"}),
        (Qt.Key.Key_F6, {"pin": "4711", "again": "4711"}),
    ):
        QTest.keyClick(page, key)
        write(form(counter), **values)
        counter.press(form(counter))
        assert counter.window.panel is None
    assert page.view is not None
    assert page.view.shown is not None
    assert page.view.shown.has_pin
    assert page.view.shown.ban is None
    assert len(page.view.shown.line.certificates) == 2
    QTest.keyClick(page, Qt.Key.Key_F5)
    write(form(counter), status="deserted")
    counter.press(form(counter))
    assert "still out" in page.warning.text()


def test_wrong_tries_are_shown_and_forgotten_by_another_officer(counter: Counter, page: PeopleScreen) -> None:
    with pytest.raises(Refusal):
        sign_in(counter.depot.desk, "second", "a guess")
    page.show_person(counter.depot.second)
    counter.settle()
    assert page.unlock.isVisible()
    QTest.keyClick(page, Qt.Key.Key_F7)
    counter.press(form(counter))
    assert counter.window.panel is None
    assert not page.unlock.isVisible()


def test_an_item_that_is_held_can_be_opened(counter: Counter, page: PeopleScreen) -> None:
    depot, asked = counter.depot, list[str]()
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    page.item_asked.connect(asked.append)
    counter.window.take_scan(Scan("B-0001"))
    counter.settle()
    page.held.setFocus()
    QTest.keyClick(page.held, Qt.Key.Key_Return)
    assert asked == [depot.rifle]


@pytest.mark.parametrize(("tint", "scale", "mirrored"), [*product(Tint, Scale, (False, True))])
def test_nothing_is_cut_off(counter: Counter, page: PeopleScreen, tint: Tint, scale: Scale, mirrored: bool) -> None:
    wear(Theme(tint, scale), mirrored=mirrored)
    depot = counter.depot
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    counter.window.resize(1366, 768)
    counter.window.take_scan(Scan("B-0001"))
    counter.settle()
    QApplication.processEvents()
    assert clipped(page) == []
    page.add.click()
    QApplication.processEvents()
    assert clipped(form(counter)) == []
    wear(Theme(), mirrored=False)
