"""The desktop on a real register with a pretended scanner: what is scanned is shown, and stands in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fakes.outside import StoppedClock, outside, unhurried
from muniment.bootstrap import create_register
from muniment.desk.register import Register
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, PIN, furnish
from muniment.ui.desktop import Desktop, Paper
from muniment.ui.devices import Devices
from muniment.ui.hatch.presenter import HatchView
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.field import Field
from muniment_drivers.scanner_serial.simulated import SimulatedScanner


class Counter:
    """A desktop, the scanner before it, and eyes on what it shows."""

    def __init__(self, desktop: Desktop, scanner: SimulatedScanner, register: Register, bot: QtBot) -> None:
        self.desktop, self.scanner, self.register, self.bot = desktop, scanner, register, bot

    def scan(self, code: str, shows: Callable[[HatchView], bool]) -> HatchView:
        self.scanner.present(code)
        return self.sees(shows)

    def sees(self, shows: Callable[[HatchView], bool]) -> HatchView:
        hatch = self.desktop.hatch
        assert hatch is not None
        self.bot.waitUntil(lambda: hatch.view is not None and shows(hatch.view), timeout=5000)
        assert hatch.view is not None
        return hatch.view

    def press(self, key: Qt.Key) -> None:
        window = self.desktop.window
        window.activateWindow()  # a key reaches the window that is in front, and tests follow each other closely
        self.bot.waitUntil(window.isActiveWindow, timeout=5000)
        target = window.focusWidget() or window
        self.bot.keyClick(target, key)


@pytest.fixture
def counter(qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    clock = StoppedClock()
    register = create_register(str(tmp_path / "demo.muniment"), CHARTER, outside(clock))
    things = furnish(register)
    scanner = SimulatedScanner("Practice scanner", clock=unhurried())
    desktop = Desktop(register, Devices([scanner], None, scanner, things), Paper())
    desktop.show()
    desktop.sound.mute(True)
    desktop.window.sign_in_asked.emit(OFFICER, PASSPHRASE)
    qtbot.waitUntil(lambda: desktop.hatch is not None and desktop.hatch.view is not None, timeout=5000)
    yield Counter(desktop, scanner, register, qtbot)
    desktop.close()
    desktop.window.close()
    desktop.window.deleteLater()
    desktop.deleteLater()


def test_badge_weapon_finish_pin(counter: Counter) -> None:
    counter.scan("BADGE-D101", lambda view: view.who == "Cpl M. Tavares")
    view = counter.scan("TAG-0001", lambda view: view.accepted == 1)
    assert view.item is not None
    assert view.item.serial == "DEMO-10231"
    counter.scan("MUNIMENT DONE", lambda view: view.confirming)
    counter.bot.waitUntil(lambda: counter.desktop.window.panel is not None, timeout=2000)
    counter.bot.keyClicks(counter.desktop.window.focusWidget(), PIN)
    counter.press(Qt.Key.Key_Return)
    counter.sees(lambda view: view.printable is not None)
    assert counter.register.audit.verify(lambda _done, _all: True).breaks == ()


def test_a_refusal_stands_until_enter_and_the_held_scan_goes_on(counter: Counter) -> None:
    counter.scan("BADGE-D101", lambda view: view.who != "")
    counter.scan("TAG-0006", lambda view: view.refusal is not None)
    counter.scan("TAG-0002", lambda view: view.refusal is not None and view.refusal.held == 1)
    counter.press(Qt.Key.Key_Return)
    view = counter.sees(lambda view: view.refusal is None)
    assert view.accepted == 1


def test_what_it_is_for_is_said_with_the_terms_and_stands_on_the_record(counter: Counter) -> None:
    counter.scan("BADGE-D101", lambda view: view.who != "")
    counter.press(Qt.Key.Key_F9)
    counter.bot.waitUntil(lambda: counter.desktop.window.panel is not None, timeout=2000)
    counter.press(Qt.Key.Key_Tab)
    counter.bot.keyClicks(counter.desktop.window.focusWidget(), "range day")
    counter.press(Qt.Key.Key_Return)
    counter.sees(lambda view: str(view.terms) == "for this shift · range day")
    counter.scan("TAG-0001", lambda view: view.accepted == 1)
    counter.press(Qt.Key.Key_F9)
    panel = counter.desktop.window.panel
    assert panel is not None
    assert [field.value for field in panel.findChildren(Field)] == ["", "range day"]
    with counter.register.desk.look() as work:
        item = work.bound_to("TAG-0001")
        standing = work.standing(item) if item is not None else None
        assert standing is not None
        assert standing.text("purpose") == "range day"


def test_a_scan_before_sign_in_is_not_used_and_says_so(counter: Counter) -> None:
    counter.desktop.window.lock()
    counter.scanner.present("BADGE-D101")
    counter.bot.wait(50)
    view = counter.sees(lambda view: True)
    assert view.who == ""


@pytest.mark.parametrize(
    "page",
    ["today", "hatch", "register", "people", "lists", "record", "transfers", "cases", "kits", "late", "practice"],
)
def test_nothing_on_a_page_is_clipped(counter: Counter, page: str) -> None:
    counter.desktop.window.show_page(page)
    counter.bot.wait(150)
    counter.bot.waitUntil(lambda: clipped(counter.desktop.window) == [], timeout=5000)


@pytest.mark.parametrize("page", ["today", "practice"])
def test_a_badge_scanned_on_a_page_without_a_use_for_it_begins_at_the_desk(counter: Counter, page: str) -> None:
    counter.desktop.window.show_page(page)
    counter.scan("BADGE-D101", lambda view: view.who == "Cpl M. Tavares")
    assert counter.desktop.window.page == "hatch"


@pytest.mark.parametrize("page", ["today", "register", "people", "practice"])
def test_a_command_card_leads_to_the_desk_from_every_page(counter: Counter, page: str) -> None:
    counter.desktop.window.show_page(page)
    counter.scan("MUNIMENT RETURN", lambda view: view.verb.value == "return")
    assert counter.desktop.window.page == "hatch"
