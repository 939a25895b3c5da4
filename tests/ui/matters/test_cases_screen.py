"""The page of cases on the screen. Keyboard only."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.pages import Counter, form, write
from muniment.desk import cases
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ui.cases.presenter import CasesPresenter
from muniment.ui.cases.screen import CasesScreen
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.shell.page import Shown, TakesKeys, TakesScans


@pytest.fixture
def page(counter: Counter) -> CasesScreen:
    depot = counter.depot
    cases.open_a_case(depot.desk, depot.by_officer(reason="number looks altered"), depot.rifle)
    made = CasesScreen(CasesPresenter(depot.desk, depot.by_officer().officer), counter.bridge, counter.window)
    counter.window.add_page("cases", "bell-ringing", "Cases", made)
    counter.settle()
    return made


def test_the_page_answers_what_the_window_passes_on(page: CasesScreen) -> None:
    assert isinstance(page, TakesKeys)
    assert isinstance(page, TakesScans)
    assert isinstance(page, Shown)


def test_scan_note_and_settle(counter: Counter, page: CasesScreen) -> None:
    written: list[bool] = []
    page.changed.connect(lambda: written.append(True))
    counter.window.take_scan(Scan("EX-000001"))
    counter.settle()
    QTest.keyClick(counter.window, Qt.Key.Key_F3)
    write(form(counter), reason="photograph taken")
    counter.press(form(counter))
    QTest.keyClick(counter.window, Qt.Key.Key_F10)
    write(form(counter), reason="as struck", second="second", passphrase="battery staple")
    counter.press(form(counter))
    assert counter.window.panel is None
    assert page.view is not None
    assert page.view.counts == {"open": 0, "closed": 1}
    assert written == [True, True]


def test_what_a_rule_refuses_stands_at_its_field(counter: Counter, page: CasesScreen) -> None:
    counter.window.take_scan(Scan("CASE-0000001"))
    counter.settle()
    QTest.keyClick(counter.window, Qt.Key.Key_F10)
    write(form(counter), second="second", passphrase="battery staple")
    counter.press(form(counter))
    assert "decision" in form(counter).fields["reason"].line.accessibleDescription()


def test_a_new_case_takes_the_scan_of_what_it_is_about(counter: Counter, page: CasesScreen) -> None:
    QTest.keyClick(counter.window, Qt.Key.Key_F2)
    counter.window.take_scan(Scan("EX-P-01"))
    write(form(counter), reason="grip is split")
    counter.press(form(counter))
    assert page.view is not None
    assert [one.concerns for one in page.view.lines] == ["W-0000001", "W-0000002"]


def test_the_item_of_the_case_in_front_is_asked_for(counter: Counter, page: CasesScreen) -> None:
    asked: list[str] = []
    page.record_asked.connect(asked.append)
    counter.window.take_scan(Scan("CASE-0000001"))
    counter.settle()
    QTest.keyClick(counter.window, Qt.Key.Key_F5)
    assert asked == [counter.depot.rifle]


@pytest.mark.parametrize(("tint", "scale"), list(product(Tint, (Scale.NORMAL, Scale.GLOVE))))
def test_nothing_is_cut_off(counter: Counter, page: CasesScreen, tint: Tint, scale: Scale) -> None:
    wear(Theme(tint, scale))
    counter.window.take_scan(Scan("CASE-0000001"))
    counter.settle()
    QApplication.processEvents()
    assert clipped(counter.window) == []
