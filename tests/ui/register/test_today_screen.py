"""Today on the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fakes.depot import Depot
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.stock import register_quantity
from muniment.ports.views import ItemState
from muniment.ui.bridge import Bridge
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.label import Label
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.shell.window import Window
from muniment.ui.today.presenter import TodayPresenter
from muniment.ui.today.screen import TodayScreen


class Counter(Protocol):
    depot: Depot
    window: Window
    bridge: Bridge

    def settle(self) -> None: ...


@pytest.fixture
def page(counter: Counter) -> TodayScreen:
    depot = counter.depot
    made = TodayScreen(TodayPresenter(depot.desk, depot.register.views), counter.bridge, "Depot Example")
    counter.window.add_page("today", "layout-dashboard", "Today", made)
    counter.settle()
    return made


def test_tiles_tell_what_there_is(counter: Counter, page: TodayScreen) -> None:
    depot = counter.depot
    fields = {"item_name": "RIFLE", "taxonomy_code": "SA-20"}
    register_quantity(depot.desk, depot.by_officer(), fields, 7, depot.rack)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    page.page_shown()
    counter.settle()
    told = {state: tile.accessibleName().split(": ")[1] for state, tile in page.tiles.items()}
    assert told == {
        ItemState.IN_STORE: "1",
        ItemState.ISSUED: "1",
        ItemState.OVERDUE: "0",
        ItemState.QUARANTINED: "0",
    }
    assert page.lines.accessibleName() == "To identify: 7"


def test_a_tile_asks_for_its_list_by_the_keyboard(page: TodayScreen) -> None:
    asked: list[str] = []
    page.state_asked.connect(asked.append)
    page.lines_asked.connect(lambda: asked.append("lines"))
    QTest.keyClick(page.tiles[ItemState.OVERDUE], Qt.Key.Key_Return)
    QTest.keyClick(page.lines, Qt.Key.Key_Space)
    assert asked == ["overdue", "lines"]


def test_what_is_not_listed_is_counted(counter: Counter, page: TodayScreen) -> None:
    view = TodayPresenter(counter.depot.desk, counter.depot.register.views).view()
    page.draw(replace(view, waits=replace(view.waits, left_out=1_200)))
    assert "Oldest first, and 1,200 more" in [label.text() for label in page.waits.findChildren(Label)]
    page.draw(view)
    assert "Oldest first" in [label.text() for label in page.waits.findChildren(Label)]


def test_with_nothing_waiting_it_says_so(page: TodayScreen) -> None:
    assert any(
        label.isVisible() and label.text() == "Nothing waits. Ready for inspection."
        for label in page.waits.findChildren(Label)
    )


def test_what_waits_is_listed_and_opened_with_enter(counter: Counter, page: TodayScreen) -> None:
    opened: list[object] = []
    page.waiting_asked.connect(opened.append)
    issue_item(counter.depot.desk, counter.depot.by_officer(), counter.depot.rifle, Wanted(counter.depot.soldier))
    counter.depot.clock.forward(hours=48)
    page.page_shown()
    counter.settle()
    page.waiting.setFocus()
    QTest.keyClick(page.waiting, Qt.Key.Key_Down)
    QTest.keyClick(page.waiting, Qt.Key.Key_Return)
    assert [getattr(thing, "about", "") for thing in opened] == [counter.depot.soldier]


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("tint", Tint)
def test_nothing_is_cut_off(counter: Counter, page: TodayScreen, tint: Tint, scale: Scale) -> None:
    wear(Theme(tint, scale))
    counter.settle()
    assert clipped(page) == []
