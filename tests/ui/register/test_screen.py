"""The register page on the screen. Keyboard and scanner only."""

from __future__ import annotations

import threading
from itertools import product
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.depot import Depot, rifle_called
from muniment.desk.hatch import Wanted, issue_item, quarantine
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.stock import register, register_quantity
from muniment.ports.views import ItemState, Order
from muniment.ui.bridge import Bridge
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.register.presenter import RegisterPresenter
from muniment.ui.register.rows import PAGE, ArrivingRows
from muniment.ui.register.screen import LINES, RegisterScreen
from muniment.ui.shell.page import Shown, TakesKeys, TakesScans
from muniment.ui.shell.window import Window


class Counter(Protocol):
    depot: Depot
    window: Window
    bridge: Bridge

    def settle(self) -> None: ...


@pytest.fixture
def page(counter: Counter) -> RegisterScreen:
    made = RegisterScreen(
        RegisterPresenter(counter.depot.desk, counter.depot.register.views), counter.bridge, "Depot Example"
    )
    counter.window.add_page("register", "table", "Register", made)
    counter.settle()
    return made


def shown(page: RegisterScreen, column: int = 0) -> list[str]:
    model = page.table.model()
    page.table.grab()
    return [str(model.data(model.index(row, column)) or "") for row in range(model.rowCount())]


def at_the_side(page: RegisterScreen) -> str:
    item = page.side.item.card.item
    return item.serial if item is not None else ""


def words_on(page: RegisterScreen) -> str:
    from muniment.ui.kit.label import Label

    return "\n".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def test_the_page_answers_what_the_window_passes_on(page: RegisterScreen) -> None:
    assert isinstance(page, TakesKeys)
    assert isinstance(page, TakesScans)
    assert isinstance(page, Shown)


def test_weapons_are_listed_and_every_filter_tells_its_count(counter: Counter, page: RegisterScreen) -> None:
    depot = counter.depot
    quarantine(depot.desk, depot.by_officer(reason="worn"), depot.pistol)
    register_quantity(depot.desk, depot.by_officer(), {"item_name": "RIFLE", "taxonomy_code": "SA-20"}, 9, depot.rack)
    page.refresh()
    counter.settle()
    shown(page)
    counter.settle()
    assert shown(page) == ["W-0000001", "W-0000002"]
    told = {name: one.text() for name, one in page.filters._filters.items()}
    assert [told[name].split()[-1].strip("\u2066\u2069") for name in (ItemState.ALL, ItemState.QUARANTINED, LINES)] == [
        "2",
        "1",
        "9",
    ]


def test_a_filter_by_the_keyboard_lists_its_state(counter: Counter, page: RegisterScreen) -> None:
    counter.depot.clock.forward(hours=1)
    issue_item(counter.depot.desk, counter.depot.by_officer(), counter.depot.rifle, Wanted(counter.depot.soldier))
    page.filters._filters[ItemState.ISSUED].setFocus()
    QTest.keyClick(page.filters._filters[ItemState.ISSUED], Qt.Key.Key_Space)
    counter.settle()
    shown(page)
    counter.settle()
    assert shown(page) == ["W-0000001"]


def test_a_title_puts_the_list_in_another_order(counter: Counter, page: RegisterScreen) -> None:
    page.table.order_asked.emit(Order.SERIAL.value, True)
    counter.settle()
    shown(page, 2)
    counter.settle()
    assert shown(page, 2) == ["EX-P-01", "EX-000001"]


def test_what_is_typed_is_searched_and_down_goes_to_what_was_found(counter: Counter, page: RegisterScreen) -> None:
    QTest.keyClick(page, Qt.Key.Key_F9)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "p01")
    counter.settle()
    assert page.listing is not None
    assert page.listing.count == 1
    assert at_the_side(page) == "EX-P-01"
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.table


def test_only_the_answer_to_what_was_typed_last_is_drawn(counter: Counter, page: RegisterScreen) -> None:
    gate = threading.Event()
    counter.bridge.do(gate.wait, lambda _: None)
    drawn: list[str] = []
    put = page.table.put
    page.table.put = lambda *a, **k: (drawn.append(k.get("hit", "")), put(*a, **k))[1]  # type: ignore[method-assign]
    for text in ("EX", "EX0", "EX-P"):
        page.search.write(text)
    gate.set()
    counter.settle()
    assert drawn == ["EX-P"]


def test_esc_ends_the_search_then_the_narrowing(counter: Counter, page: RegisterScreen) -> None:
    page.list_below(counter.depot.rack)
    page.search.write("EX")
    counter.settle()
    assert page.take_key("Esc")
    counter.settle()
    assert page.listing is not None
    assert (page.listing.asked.text, page.listing.asked.below) == ("", counter.depot.rack)
    assert page.take_key("Esc")
    counter.settle()
    assert page.listing.asked.below is None
    assert not page.take_key("Esc")


def test_a_row_stood_on_is_shown_at_the_side_and_its_keys_act_on_it(counter: Counter, page: RegisterScreen) -> None:
    asked: list[tuple[str, str]] = []
    page.issue_asked.connect(lambda item: asked.append(("issue", item)))
    page.record_asked.connect(lambda item: asked.append(("record", item)))
    page.history_asked.connect(lambda item: asked.append(("history", item)))
    page.table.setFocus()
    counter.settle()
    assert at_the_side(page) == "EX-000001"
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    counter.settle()
    assert at_the_side(page) == "EX-P-01"
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F5, Qt.Key.Key_F11):
        QTest.keyClick(page.table, key)
    assert asked == [(name, counter.depot.pistol) for name in ("issue", "record", "history")]


def test_reading_again_stays_on_the_item_and_shows_how_it_stands_now(counter: Counter, page: RegisterScreen) -> None:
    depot = counter.depot
    page.list_state(ItemState.IN_STORE)
    page.table.setFocus()
    counter.settle()
    page.table.choose(1)
    counter.settle()
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    page.page_shown()
    counter.settle()
    assert (page.table.chosen, at_the_side(page)) == (0, "EX-P-01")
    quarantine(depot.desk, depot.by_officer(reason="worn"), depot.pistol)
    page.page_shown()
    counter.settle()
    assert page.listing is not None
    assert page.listing.count == 0
    assert not page.side.item.issue.isVisible()


@pytest.mark.parametrize("held", [ItemState.ALL, ItemState.QUARANTINED])
def test_a_scanned_item_is_listed_and_shown_whatever_was_listed(
    counter: Counter, page: RegisterScreen, held: ItemState
) -> None:
    page.list_state(held)
    counter.settle()
    counter.window.take_scan(Scan("EX-P-01"))
    counter.settle()
    assert at_the_side(page) == "EX-P-01"
    assert page.search.value == "W-0000002"
    assert page.filters.holding == ItemState.ALL
    assert page.listing is not None
    assert page.listing.asked.state is ItemState.ALL


def test_a_scanned_place_or_badge_lists_what_is_there(counter: Counter, page: RegisterScreen) -> None:
    depot = counter.depot
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    page.search.write("something else")
    for code, wanted, name in (("RACK1", "W-0000002", "RACK1"), ("B-0001", "W-0000001", "Example Soldier")):
        counter.window.take_scan(Scan(code))
        counter.settle()
        shown(page)
        counter.settle()
        assert shown(page) == [wanted]
        assert page.search.value == ""
        assert name in words_on(page)


def test_an_unknown_code_is_said_to_be_so_until_something_is_listed(counter: Counter, page: RegisterScreen) -> None:
    counter.window.take_scan(Scan("NOBODYS-CODE"))
    counter.settle()
    assert "NOBODYS-CODE" in words_on(page)
    page.search.write("EX")
    counter.settle()
    assert "NOBODYS-CODE" not in words_on(page)


def test_an_item_asked_for_by_another_page_stays_at_the_side(counter: Counter, page: RegisterScreen) -> None:
    page.table.setFocus()
    page.table.choose(0)
    counter.settle()
    counter.window.show_page("register")
    page.show_item(counter.depot.pistol)
    counter.settle()
    assert at_the_side(page) == "EX-P-01"


def test_empty_lists_say_what_is_true_and_what_to_do(counter: Counter, page: RegisterScreen) -> None:
    page.list_state(ItemState.OVERDUE)
    counter.settle()
    assert "No weapon is listed here." in words_on(page)
    page.list_state(ItemState.ALL)
    page.search.write("no such thing")
    counter.settle()
    assert "no such thing" in words_on(page)
    assert "press Esc" in words_on(page)
    page.list_lines()
    counter.settle()
    assert "Every weapon in the register has its own record." in words_on(page)


def test_quantities_are_listed_and_one_is_identified_by_its_key(counter: Counter, page: RegisterScreen) -> None:
    depot, asked = counter.depot, list[str]()
    line = register_quantity(
        depot.desk, depot.by_officer(), {"item_name": "RIFLE", "taxonomy_code": "SA-20"}, 9, depot.rack
    ).about
    page.identify_asked.connect(asked.append)
    page.list_lines()
    counter.settle()
    QTest.keyClick(page.lines, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.side.line.table
    QTest.keyClick(page, Qt.Key.Key_F5)
    assert asked == [line]
    page.search.write("EX")
    counter.settle()
    assert page.filters.holding == ItemState.ALL


def test_ctrl_n_asks_for_a_new_weapon(page: RegisterScreen) -> None:
    asked: list[bool] = []
    page.new_asked.connect(lambda: asked.append(True))
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked == [True]


def test_rows_are_blank_until_their_page_arrives(counter: Counter, page: RegisterScreen) -> None:
    for n in range(PAGE):
        register(counter.depot.desk, counter.depot.by_officer(), rifle_called(f"MANY-{n:03d}"), counter.depot.rack)
    gate = threading.Event()
    page.refresh()
    counter.settle()
    counter.bridge.do(gate.wait, lambda _: None)
    model = page.table.model()
    last = model.index(PAGE + 1, 0)
    assert model.data(last) == ""
    gate.set()
    counter.settle()
    assert model.data(last) == "W-0000066"


def test_pages_that_were_scrolled_past_are_not_wanted_any_more() -> None:
    asked: list[int] = []
    rows = ArrivingRows(10_000, asked.append)
    for page in range(9):
        assert rows.row(page * PAGE) == ()
        rows.row(page * PAGE + 1)
    assert asked == list(range(9))
    assert [page for page in range(9) if rows.wants(page)] == [5, 6, 7, 8]
    rows.arrive(8, [("here",)])
    assert rows.row(8 * PAGE) == ("here",)
    assert not rows.wants(8)


def test_that_search_is_being_made_quicker_is_told_until_it_is_done(counter: Counter, page: RegisterScreen) -> None:
    page._prepared(0.43)
    assert "43" in words_on(page)
    page._prepared(1.0)
    assert "43" not in words_on(page)


def test_the_index_is_made_on_the_desks_thread_while_the_page_is_in_front(
    counter: Counter, page: RegisterScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []
    prepare = page._presenter.prepare

    def watched() -> float:
        threads.append(threading.current_thread().name)
        return prepare()

    monkeypatch.setattr(page._presenter, "prepare", watched)
    page._preparing.timeout.emit()
    counter.settle()
    assert set(threads) == {"desk"}


@pytest.mark.parametrize(("tint", "scale", "mirrored"), [*product(Tint, Scale, (False, True))])
def test_nothing_is_cut_off(counter: Counter, page: RegisterScreen, tint: Tint, scale: Scale, mirrored: bool) -> None:
    wear(Theme(tint, scale), mirrored=mirrored)
    issue_item(counter.depot.desk, counter.depot.by_officer(), counter.depot.rifle, Wanted(counter.depot.soldier))
    counter.window.take_scan(Scan("EX-000001"))
    counter.settle()
    assert clipped(page) == []


def test_the_page_fits_a_small_screen_in_training(counter: Counter, page: RegisterScreen) -> None:
    depot = counter.depot
    counter.window.resize(1366, 768)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    counter.window.take_scan(Scan("EX-000001"))
    counter.settle()
    assert not counter.window.page_scrolls


def test_the_filters_of_a_million_weapons_fit_as_well(counter: Counter, page: RegisterScreen) -> None:
    counter.window.resize(1366, 768)
    counts = dict(zip(page.filters._filters, (1_085_849, 1_000_015, 83_333, 27_779, 2_501, 1_240), strict=True))
    page.filters.tell(counts)
    counter.settle()
    assert not counter.window.page_scrolls
