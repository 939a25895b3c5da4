"""The page of transfers on the screen: scans and keys."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.pages import Counter, form, write
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.sound import Sound
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.shipping.confirm_view import ConfirmView
from muniment.ui.shipping.screen import ShippingScreen
from muniment.ui.shipping.send_view import SendView


@pytest.fixture
def page(counter: Counter) -> ShippingScreen:
    officer = counter.depot.by_officer().officer
    sound = Sound(training=True)
    sound.mute(True)
    made = ShippingScreen(counter.depot.desk, officer, counter.bridge, counter.window, sound)
    counter.window.add_page("transfers", "truck-delivery", "Transfers", made)
    counter.settle()
    return made


def scan(counter: Counter, *codes: str) -> None:
    for code in codes:
        assert counter.window.take_scan(Scan(code))
        counter.settle()


def key(counter: Counter, pressed: Qt.Key) -> None:
    QTest.keyClick(counter.window.focusWidget() or counter.window, pressed)
    counter.settle()


def send(counter: Counter, page: ShippingScreen) -> None:
    key(counter, Qt.Key.Key_F2)
    scan(counter, "EX-000001", "EX-P-01")
    assert isinstance(page.making, SendView)
    page.making.consignee.write("Depot South")
    page.making.document.write("TO-1")
    key(counter, Qt.Key.Key_F10)
    assert page.making is None


def test_scan_send_scan_confirm(counter: Counter, page: ShippingScreen) -> None:
    written: list[bool] = []
    page.changed.connect(lambda: written.append(True))
    send(counter, page)
    key(counter, Qt.Key.Key_F3)
    scan(counter, "EX-000001", "EX-P-01")
    assert isinstance(page.making, ConfirmView)
    page.making.confirmation.write("RCV-1")
    key(counter, Qt.Key.Key_F10)
    assert page.view is not None
    assert page.view.shown is not None
    assert page.view.shown.card.state == "accepted"
    assert written == [True, True]


def test_what_is_missing_on_the_papers_stands_at_its_field(counter: Counter, page: ShippingScreen) -> None:
    key(counter, Qt.Key.Key_F2)
    scan(counter, "EX-000001")
    key(counter, Qt.Key.Key_F10)
    assert isinstance(page.making, SendView)
    assert "needs a receiver" in page.making.document.line.accessibleDescription()
    assert counter.depot.card(counter.depot.rifle).state == "in_store"


def test_a_refused_scan_stays_until_enter_and_the_focus_goes_back_to_the_list(
    counter: Counter, page: ShippingScreen
) -> None:
    key(counter, Qt.Key.Key_F2)
    scan(counter, "nonsense", "EX-000001")
    assert isinstance(page.making, SendView)
    assert page.making.view is not None
    assert page.making.view.gathered.refusal is not None
    key(counter, Qt.Key.Key_Return)
    assert page.making.view.gathered.refusal is None
    assert page.making.view.gathered.accepted == 1
    assert page.making.body.table.hasFocus()


def test_leaving_writes_nothing(counter: Counter, page: ShippingScreen) -> None:
    key(counter, Qt.Key.Key_F2)
    scan(counter, "EX-000001")
    key(counter, Qt.Key.Key_Escape)
    assert page.making is None
    assert counter.depot.card(counter.depot.rifle).state == "in_store"


def test_taking_back_asks_for_a_reason(counter: Counter, page: ShippingScreen) -> None:
    send(counter, page)
    key(counter, Qt.Key.Key_F4)
    write(form(counter), reason="lorry broke down")
    counter.press(form(counter))
    assert counter.depot.card(counter.depot.rifle).state == "in_store"


def test_the_sheet_is_asked_for(counter: Counter, page: ShippingScreen) -> None:
    asked: list[str] = []
    page.print_asked.connect(asked.append)
    send(counter, page)
    key(counter, Qt.Key.Key_F11)
    assert len(asked) == 1


def test_another_officer_finds_nothing_in_the_making(counter: Counter, page: ShippingScreen) -> None:
    key(counter, Qt.Key.Key_F2)
    page.sit_down(counter.depot.administrator_signed_in())
    counter.settle()
    assert page.making is None


@pytest.mark.parametrize(("tint", "scale"), list(product(Tint, (Scale.NORMAL, Scale.GLOVE))))
def test_nothing_is_cut_off(counter: Counter, page: ShippingScreen, tint: Tint, scale: Scale) -> None:
    wear(Theme(tint, scale))
    send(counter, page)
    QApplication.processEvents()
    assert clipped(counter.window) == []
    key(counter, Qt.Key.Key_F3)
    assert clipped(counter.window) == []
