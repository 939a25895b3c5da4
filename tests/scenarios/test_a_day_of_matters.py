"""A day in the real window: a power cut, a transfer with one thing missing, a kit without its bolt, and what waits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fakes.outside import StoppedClock, outside
from muniment.bootstrap import create_register
from muniment.desk import kits, shipping
from muniment.desk.cases import case_card
from muniment.desk.components import NewComponent, fit_component
from muniment.desk.components import register as register_component
from muniment.desk.desk import Deposition
from muniment.desk.finding import place_named
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.kits import KitContent
from muniment.desk.people import change_status
from muniment.desk.signing import sign_in
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.waiting import Awaits, WaitingThing, waiting
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.kits import Accessory
from muniment.domain.custody.shipping import Consignment
from muniment.domain.people.authority import Status
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, SECOND, furnish
from muniment.ui.desktop import Desktop, Paper
from muniment.ui.devices import Devices
from muniment.ui.pages import Pages
from muniment.ui.shipping.confirm_view import ConfirmView
from muniment.ui.stock.form import FormPanel

Key = Qt.Key


class Day:
    """A window on a demonstration depot, hands on its keys and eyes on its ledger."""

    def __init__(self, bot: QtBot, folder: Path) -> None:
        self.bot, self.clock = bot, StoppedClock()
        self.register = create_register(str(folder / "demo.muniment"), CHARTER, outside(self.clock))
        furnish(self.register)
        self.printed: list[str] = []
        self.desktop = Desktop(self.register, Devices((), None, None, ()), Paper())
        self.desktop.show()
        self.desktop.sound.mute(True)
        self.desktop.window.sign_in_asked.emit(OFFICER, PASSPHRASE)
        bot.waitUntil(lambda: self.desktop.pages is not None, timeout=5_000)
        self.pages.manifest_asked.connect(self.printed.append)
        self.settle()

    @property
    def pages(self) -> Pages:
        assert self.desktop.pages is not None
        return self.desktop.pages

    def settle(self) -> None:
        for _ in range(4):
            for bridge in (self.desktop.bridge, self.pages.looking):
                done: list[bool] = []
                bridge.do(lambda: True, done.append)
                self.bot.waitUntil(lambda done=done: bool(done), timeout=5_000)

    def scan(self, *codes: str) -> None:
        for code in codes:
            assert self.desktop.window.take_scan(Scan(code))
            self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        window = self.desktop.window
        self.bot.keyClick(window.focusWidget() or window, key, modifier)
        self.settle()

    def page(self, name: str) -> None:
        self.desktop.window.show_page(name)
        self.settle()

    def fill(self, **values: str) -> None:
        panel = self.desktop.window.panel
        assert isinstance(panel, FormPanel)
        for name, value in values.items():
            panel.fields[name].write(value)  # type: ignore[attr-defined]
        panel.act.click()
        self.settle()

    def by_officer(self, reason: str = "") -> Deposition:
        return Deposition(sign_in(self.register.desk, OFFICER, PASSPHRASE), reason=reason)

    def item(self, code: str) -> Subject:
        with self.register.desk.look() as work:
            found = work.bound_to(code) or work.person_by(code)
        assert found is not None
        return found

    def open_rules(self) -> list[str]:
        with self.register.desk.look() as work:
            return [case_card(work, case).rule for case in work.unsettled()]

    def where(self, item: Subject) -> str:
        with self.register.desk.look() as work:
            standing = work.standing(item)
        assert standing is not None
        return standing.where

    def verified(self) -> bool:
        return self.register.audit.verify(lambda _done, _all: True).breaks == ()


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path) -> Iterator[Day]:
    made = Day(qtbot, tmp_path)
    yield made
    made.desktop.close()
    made.desktop.window.close()


def test_a_power_cut_is_entered_afterwards_by_two(day: Day) -> None:
    day.clock.forward(hours=8)
    then = (day.clock.at - timedelta(hours=3)).astimezone().strftime("%Y-%m-%d %H:%M")
    day.page("hatch")
    day.key(Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert day.desktop.window.page == "late"
    day.scan("TAG-0001", "TAG-0006", "BADGE-D101")  # the second one is quarantined, and went out all the same
    late = day.pages.late
    assert late.view is not None
    assert late.view.cases == 1
    late.at.write(then)
    late.doc.write("PF-0041")
    late.reason.write("power cut")
    day.key(Key.Key_F10)
    day.fill(second=SECOND, passphrase=PASSPHRASE)
    day.key(Key.Key_Return)
    assert day.desktop.window.page == "cases"
    assert day.open_rules() == ["quarantined"]
    person = day.item("BADGE-D101")
    assert day.where(day.item("TAG-0001")) == day.where(day.item("TAG-0006")) == person
    assert day.verified()


def test_a_transfer_arrives_without_one_thing(day: Day) -> None:
    day.page("transfers")
    day.key(Key.Key_F2)
    day.scan("TAG-0007", "TAG-0008", "TAG-0009")
    making = day.pages.transfers.making
    assert making is not None
    making.fields()["consignee"].write("Depot South")  # type: ignore[attr-defined]
    making.fields()["document"].write("TO-12/2026")  # type: ignore[attr-defined]
    day.key(Key.Key_F10)
    day.key(Key.Key_F11)
    assert len(day.printed) == 1
    day.desktop.window.close_panel()
    day.clock.forward(days=3)
    day.scan("T-0000001")
    day.key(Key.Key_F3)
    day.scan("TAG-0007", "TAG-0009")
    confirming = day.pages.transfers.making
    assert isinstance(confirming, ConfirmView)
    confirming.confirmation.write("RCV-77")
    day.key(Key.Key_F10)
    assert day.open_rules() == ["not_received"]
    day.key(Key.Key_F6)
    assert day.desktop.window.page == "cases"
    view = day.pages.cases.view
    assert view is not None
    assert view.shown is not None
    assert view.shown.item == day.item("TAG-0008")
    assert day.verified()


def test_a_kit_comes_back_without_its_bolt(day: Day) -> None:
    desk = day.register.desk
    with desk.look() as work:
        rack = place_named(work, "A1").subject
    bolt = register_component(
        desk, day.by_officer(), NewComponent(ComponentDescription(kind=ComponentKind.BOLT, serial="BT-1")), rack
    ).about
    assert bolt is not None
    fit_component(desk, day.by_officer(), bolt, day.item("TAG-0003"))
    content = KitContent((day.item("TAG-0003"), bolt), (Accessory("magazine", 4),))
    kit = kits.register(desk, day.by_officer(), "Night watch", content, rack).about
    assert kit is not None
    day.page("hatch")
    day.scan("BADGE-D101", "K-0000001", Command.DONE.code)
    day.bot.waitUntil(lambda: day.desktop.window.panel is not None, timeout=2_000)
    day.key(Key.Key_F6)
    day.scan(Command.RETURN.code, "K-0000001", "TAG-0003")
    day.pages.hatch.kit.counted.emit("magazine", 4)
    day.settle()
    day.key(Key.Key_F10)
    day.key(Key.Key_F6)
    assert day.open_rules() == ["missing_from_kit"]
    assert day.where(bolt) == day.item("BADGE-D101")
    assert day.where(kit) == rack
    assert day.verified()


def test_what_waits_leads_to_where_it_is_settled(day: Day) -> None:
    desk = day.register.desk
    issue_item(desk, day.by_officer(), day.item("TAG-0001"), Wanted(day.item("BADGE-D101")))
    issue_item(desk, day.by_officer(), day.item("TAG-0010"), Wanted(day.item("BADGE-D102")))
    shipping.send_items(desk, day.by_officer(), Consignment("Depot South", "TO-1"), [day.item("TAG-0007")])
    change_status(desk, day.by_officer("absent since roll call"), day.item("BADGE-D102"), Status.DESERTED)
    day.clock.forward(days=9)
    things = {thing.awaits: thing for thing in waiting(desk, day.register.views).things}
    expected: dict[Awaits, tuple[str, Callable[[WaitingThing], bool]]] = {
        Awaits.CASE: ("cases", lambda thing: _case_in_front(day) == thing.about),
        Awaits.TRANSIT: ("transfers", lambda thing: _shipment_in_front(day) == thing.about),
        Awaits.OVERDUE: ("people", lambda thing: _person_in_front(day) == thing.about),
        Awaits.RECEIPT: ("hatch", lambda _thing: day.desktop.hatch is not None and _to_confirm(day) == 1),
    }
    for awaits, (page, in_front) in expected.items():
        assert day.pages.today is not None
        day.page("today")
        day.pages.today.waiting_asked.emit(things[awaits])
        day.settle()
        assert day.desktop.window.page == page
        assert in_front(things[awaits]), awaits


def _to_confirm(day: Day) -> int:
    view = day.pages.hatch.view
    return view.to_confirm if view is not None else 0


def test_who_left_with_a_weapon_is_found_from_the_case(day: Day) -> None:
    desk = day.register.desk
    issue_item(desk, day.by_officer(), day.item("TAG-0010"), Wanted(day.item("BADGE-D102")))
    change_status(desk, day.by_officer("killed"), day.item("BADGE-D102"), Status.DEAD)
    day.clock.forward(hours=1)
    day.page("cases")
    day.scan("TAG-0010")
    day.key(Key.Key_F4)
    assert day.desktop.window.page == "people"
    assert _person_in_front(day) == day.item("BADGE-D102")
    day.page("hatch")
    day.scan(Command.RETURN.code, "BADGE-D101", "TAG-0010")
    assert day.where(day.item("TAG-0010")) != day.item("BADGE-D102")
    day.page("cases")
    view = day.pages.cases.view
    assert view is not None
    assert view.shown is not None
    assert not view.shown.held_by_holder
    assert day.open_rules() == ["holder_left"], "the case stays until two persons settle it"


def _case_in_front(day: Day) -> Subject | None:
    view = day.pages.cases.view
    return view.shown.card.subject if view is not None and view.shown is not None else None


def _shipment_in_front(day: Day) -> Subject | None:
    view = day.pages.transfers.view
    return view.shown.card.subject if view is not None and view.shown is not None else None


def _person_in_front(day: Day) -> Subject | None:
    view = day.pages.people.view
    return view.shown.line.person if view is not None and view.shown is not None else None
