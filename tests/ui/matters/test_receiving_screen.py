"""Arrivals on the page of transfers: scans and keys."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.depot import rifle_called
from fakes.pages import Counter, form, write
from muniment.desk import shipping
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.stock import register as register_weapon
from muniment.domain.custody.shipping import Confirmed, Consignment
from muniment.domain.stock.serial import comparison_key
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.sound import Sound
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.shipping.receive_view import ReceiveView
from muniment.ui.shipping.receiving import ReceivingView
from muniment.ui.shipping.screen import ShippingScreen

LIST = """EX-7001; Example Works; Model A; 5.56x45mm
EX-7002; Example Works; Model A; 5.56x45mm
12 x Sling"""


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


def begin(counter: Counter, page: ShippingScreen, listed: str = LIST, seals: str = "S-1") -> ReceiveView:
    key(counter, Qt.Key.Key_F5)
    key(counter, Qt.Key.Key_F2)
    write(form(counter), sender="Depot North", document="N-7", seals=seals, listed=listed, type_code="SA-40")
    counter.press(form(counter))
    assert isinstance(page.making, ReceiveView)
    return page.making


def view(made: ReceiveView) -> ReceivingView:
    assert made.view is not None
    return made.view


def outcomes(made: ReceiveView) -> list[str]:
    return [line.outcome for line in view(made).gathered.lines]


def close(counter: Counter, **more: str) -> None:
    key(counter, Qt.Key.Key_F10)
    rack = counter.depot.rack
    write(form(counter), place=rack, second="second", passphrase="battery staple", **more)
    counter.press(form(counter))


def test_begin_scan_count_close(counter: Counter, page: ShippingScreen) -> None:
    written: list[bool] = []
    page.changed.connect(lambda: written.append(True))
    made = begin(counter, page)
    assert outcomes(made) == ["expected", "expected", "expected"]
    scan(counter, "EX-7001", "EX-7002")
    made.body.table.choose(2)
    key(counter, Qt.Key.Key_F5)
    write(form(counter), quantity="12")
    counter.press(form(counter))
    assert outcomes(made) == ["accepted", "accepted", "accepted"]
    close(counter, seals_said="whole")
    assert page.making is None
    shown = page.arrivals.view
    assert shown is not None
    assert shown.shown is not None
    assert (shown.shown.card.state, shown.shown.open_cases) == ("closed", 0)
    assert len(written) == 5, "begun, two scans, one count, closed"
    assert counter.depot.breaks() == ()


def test_leaving_loses_nothing_that_was_scanned(counter: Counter, page: ShippingScreen) -> None:
    begin(counter, page)
    scan(counter, "EX-7001")
    key(counter, Qt.Key.Key_Escape)
    assert page.making is None
    key(counter, Qt.Key.Key_F3)
    assert isinstance(page.making, ReceiveView)
    assert outcomes(page.making) == ["accepted", "expected", "expected"]


def test_what_nobody_describes_is_refused_then_described(counter: Counter, page: ShippingScreen) -> None:
    made = begin(counter, page)
    scan(counter, "EX-8000", "EX-7001")
    assert outcomes(made) == ["expected", "expected", "expected", "refused", "held"]
    key(counter, Qt.Key.Key_F3)
    write(form(counter), type_code="SA-40", calibre="5.56x45mm", make="Example Works")
    assert form(counter).fields["thing"].value == "EX-8000"
    counter.press(form(counter))
    assert outcomes(made) == ["accepted", "expected", "expected", "warned"]
    assert view(made).card.extra == 1


def test_what_by_the_book_never_left_is_flagged_or_set_aside(counter: Counter, page: ShippingScreen) -> None:
    made = begin(counter, page, "")
    scan(counter, "EX-000001")
    assert view(made).gathered.refusal is not None
    key(counter, Qt.Key.Key_Return)
    assert view(made).card.there == 0
    scan(counter, "EX-000001")
    key(counter, Qt.Key.Key_F4)
    assert outcomes(made) == ["warned"]
    close(counter, seals_said="whole")
    assert counter.depot.card(counter.depot.rifle).state == "in_store"


def test_a_second_person_says_that_it_is_another_weapon(counter: Counter, page: ShippingScreen) -> None:
    made = begin(counter, page, "", "")
    scan(counter, "EX-000001")
    made.bridge.do(lambda: made._presenter.let_pass("second", "battery staple", "two of them"), made.draw)
    counter.settle()
    assert [line.found for line in view(made).lines] == ["new"]
    close(counter)
    with counter.depot.desk.look() as work:
        assert len(work.same_serial("EX000001")) == 2


def test_what_was_sent_comes_back_and_is_taken_off_and_in_again(counter: Counter, page: ShippingScreen) -> None:
    depot = counter.depot
    sent = shipping.send_items(depot.desk, depot.by_officer(), Consignment("Depot North", "T"), [depot.rifle]).about
    assert sent is not None
    shipping.confirm_arrival(depot.desk, depot.by_officer(), sent, Confirmed("RCV-1"))
    made = begin(counter, page, "EX-000001", "")
    scan(counter, "W-0000001")
    made.body.table.choose(0)
    key(counter, Qt.Key.Key_F7)
    assert outcomes(made) == ["expected"]
    key(counter, Qt.Key.Key_F5)
    assert outcomes(made) == ["accepted"]
    close(counter)
    assert depot.card(depot.rifle).state == "in_store"


def test_nobody_closes_without_a_word_on_the_seals(counter: Counter, page: ShippingScreen) -> None:
    made = begin(counter, page)
    scan(counter, "EX-7001")
    close(counter)
    assert page.making is made
    assert form(counter).refused is not None


def test_a_closed_arrival_is_printed_and_taken_back(counter: Counter, page: ShippingScreen) -> None:
    asked: list[str] = []
    page.acceptance_asked.connect(asked.append)
    begin(counter, page)
    scan(counter, "EX-7001")
    close(counter, seals_said="broken", seals="S-1")
    key(counter, Qt.Key.Key_F11)
    assert len(asked) == 1
    key(counter, Qt.Key.Key_F4)
    write(form(counter), second="second", passphrase="battery staple", reason="wrong lorry")
    counter.press(form(counter))
    shown = page.arrivals.view
    assert shown is not None
    assert shown.shown is not None
    assert shown.shown.card.state == "reversed"
    assert counter.depot.breaks() == ()


def test_a_line_that_cannot_be_read_stands_in_the_way(counter: Counter, page: ShippingScreen) -> None:
    key(counter, Qt.Key.Key_F5)
    key(counter, Qt.Key.Key_F2)
    write(form(counter), sender="Depot North", document="N-7", listed="a;b;c;d;e;f")
    counter.press(form(counter))
    assert page.making is None


@pytest.mark.parametrize(("tint", "scale"), list(product(Tint, (Scale.NORMAL, Scale.GLOVE))))
def test_nothing_is_cut_off(counter: Counter, page: ShippingScreen, tint: Tint, scale: Scale) -> None:
    wear(Theme(tint, scale))
    begin(counter, page)
    scan(counter, "EX-7001", "EX-8000")
    QApplication.processEvents()
    assert clipped(counter.window) == []
    key(counter, Qt.Key.Key_Return)
    key(counter, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert clipped(counter.window) == []


def test_a_line_that_was_read_wrong_is_put_right_by_two(counter: Counter, page: ShippingScreen) -> None:
    made = begin(counter, page)
    key(counter, Qt.Key.Key_F9)
    right = "EX-7003; Example Works; Model A; 5.56x45mm; SA-40"
    write(form(counter), listed=right, struck="2", second="second", passphrase="battery staple")
    counter.press(form(counter))
    assert [line.what.serial for line in view(made).lines][1] == "EX-7002", "not without a reason"
    write(form(counter), reason="a three read as a two", passphrase="battery staple")
    counter.press(form(counter))
    serials = [line.what.serial for line in view(made).lines]
    assert serials == ["EX-7001", "", "EX-7003"]
    scan(counter, "EX-7003")
    assert outcomes(made) == ["expected", "expected", "accepted"]
    assert counter.depot.breaks() == ()


def test_a_weapon_registered_since_it_was_checked_is_let_in_with_a_reason(
    counter: Counter, page: ShippingScreen
) -> None:
    begin(counter, page, seals="")
    scan(counter, "EX-7001")
    depot = counter.depot
    register_weapon(depot.desk, depot.by_officer(), rifle_called("EX-7001"), depot.rack)
    close(counter)
    panel = form(counter)
    assert panel.refused is not None
    key(counter, Qt.Key.Key_Return)
    write(panel, reason="two rifles, both looked at", passphrase="battery staple")
    counter.press(panel)
    assert page.making is None
    with depot.desk.look() as work:
        assert len(work.same_serial(comparison_key("EX-7001"))) == 2
    assert depot.breaks() == ()
