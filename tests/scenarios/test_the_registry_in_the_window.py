"""The first things of an empty register, by keys and scans alone: places, weapons, what is written about one, a kit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fakes.outside import StoppedClock, outside, unhurried
from muniment.bootstrap import create_register
from muniment.desk.desk import Deposition, stands
from muniment.desk.finding import item_named, place_named
from muniment.desk.kits import KitContent
from muniment.desk.kits import register as make_kit
from muniment.desk.places import NewPlace, register_place
from muniment.desk.reading import ItemCard, card
from muniment.desk.signing import sign_in
from muniment.desk.stock import register as register_weapon
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.kits import Accessory
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import WeaponDescription
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE
from muniment.ui.desktop import Desktop, Paper
from muniment.ui.devices import Devices
from muniment.ui.pages import Pages
from muniment.ui.stock.form import FormPanel
from muniment_drivers.scanner_serial.simulated import SimulatedScanner


class Depot:
    """A desktop on a register with a room and a rack, and hands on its keys and its scanner."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._bot = qtbot
        self.register = create_register(str(folder / "empty.muniment"), CHARTER, outside(StoppedClock()))
        self.by = Deposition(sign_in(self.register.desk, OFFICER, PASSPHRASE))
        with self.register.desk.look() as work:
            depot = place_named(work, "DEPOT").subject
        self.room = self._place("ROOM1", PlaceKind.ROOM, depot)
        self.rack = self._place("RACK1", PlaceKind.RACK, self.room)
        self._scanner = SimulatedScanner("Practice scanner", clock=unhurried())
        self.desktop = Desktop(self.register, Devices([self._scanner], None, self._scanner, ()), Paper())
        self.desktop.sound.mute(True)
        qtbot.addWidget(self.desktop.window)
        self.desktop.show()
        self.desktop.window.activateWindow()
        self.desktop.window.sign_in_asked.emit(OFFICER, PASSPHRASE)
        self.until(lambda: self.desktop.pages is not None and not self.desktop.window.locked)
        self.settle()

    def _place(self, code: str, kind: PlaceKind, inside: Subject) -> Subject:
        made = register_place(self.register.desk, self.by, NewPlace(code, code, kind, inside)).about
        assert made is not None
        return made

    def weapon(self, serial: str) -> Subject:
        calibre = CalibreAs.from_written("5.56x45mm", primary=True)
        status = SerialStatus.PRESENT if serial else SerialStatus.NEVER_MARKED
        described = WeaponDescription(
            this_year=2026,
            type_code="SA-40",
            make="Example Works",
            model="Model A",
            calibres=(calibre,),
            serial=serial,
            serial_status=status,
        )
        made = register_weapon(self.register.desk, self.by, described, self.rack).about
        assert made is not None
        return made

    @property
    def pages(self) -> Pages:
        assert self.desktop.pages is not None
        return self.desktop.pages

    @property
    def form(self) -> FormPanel:
        panel = self.desktop.window.panel
        assert isinstance(panel, FormPanel)
        return panel

    def until(self, true: Callable[[], bool]) -> None:
        self._bot.waitUntil(true, timeout=10_000)

    def settle(self) -> None:
        for bridge in [self.desktop.bridge, self.pages.looking, self.pages.reading] * 3:
            done: list[bool] = []
            bridge.do(lambda: True, done.append)
            self.until(partial(bool, done))

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            window = self.desktop.window
            self._bot.keyClick(window.focusWidget() or window, key, held)
            self.settle()

    def scan(self, *codes: str) -> None:
        for code in codes:
            self._scanner.present(code)
            self.settle()

    def write(self, **values: str) -> None:
        """Go to each field by Tab and type; in a list the arrows are pressed until it stands there."""
        for name, value in values.items():
            field = self.form.fields[name]
            assert isinstance(field, QWidget)
            self._go_to(field)
            if hasattr(field, "line") or (hasattr(field, "_line") and not field._chooses):
                self.press(Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
                self._bot.keyClicks(self.desktop.window.focusWidget(), value)
            else:
                self._stand_on(name, value)

    def _go_to(self, field: QWidget) -> None:
        for _ in range(40):
            now = self.desktop.window.focusWidget()
            if now is not None and field.isAncestorOf(now):
                return
            self.press(Qt.Key.Key_Tab)
        raise LookupError(field)

    def _stand_on(self, name: str, value: str) -> None:
        for key in (*[Qt.Key.Key_Down] * 60, *[Qt.Key.Key_Up] * 60):
            if self.form.fields[name].value == value:
                self.settle()
                return
            self._bot.keyClick(self.desktop.window.focusWidget(), key)
        raise LookupError(value)

    def act(self, key: Qt.Key) -> None:
        """Open the acts of the record in front and press one of them."""
        self.press(Qt.Key.Key_F6, key)

    def item(self, name: str) -> ItemCard:
        with self.register.desk.look() as work:
            return card(work, item_named(work, name), self.register.desk.clock.now())

    def breaks(self) -> int:
        return len(self.register.audit.verify(lambda _done, _all: True).breaks)


@pytest.fixture
def depot(qtbot: QtBot, tmp_path: Path) -> Iterator[Depot]:
    made = Depot(qtbot, tmp_path)
    yield made
    made.desktop.close()
    made.desktop.window.close()


def test_a_place_is_added_and_a_code_that_is_taken_is_refused_at_its_field(depot: Depot) -> None:
    depot.desktop.window.show_page("places")
    depot.scan("RACK1")
    depot.press(Qt.Key.Key_F2)
    depot.write(code="rack1")
    depot.press(Qt.Key.Key_Return)
    assert "no code of its own" in depot.form.fields["code"].line.accessibleDescription()  # type: ignore[attr-defined]
    depot.write(code="RACK1-01")
    depot.press(Qt.Key.Key_Return)
    with depot.register.desk.look() as work:
        assert place_named(work, "RACK1-01").text("place_kind") == "slot"


def test_a_number_that_lost_its_zeros_is_compared_before_it_is_registered(depot: Depot) -> None:
    depot.weapon("0012045")
    depot.desktop.window.show_page("register")
    depot.press(Qt.Key.Key_N, held=Qt.KeyboardModifier.ControlModifier)
    depot.write(make="Example Works", model="Model A", serial="12O45", again="12O45", calibre="5.56x45mm")
    depot.scan("RACK1", "TAG-1")
    depot.press(Qt.Key.Key_Return)
    assert "0012045" in depot.form.near.text()  # type: ignore[attr-defined]
    depot.press(Qt.Key.Key_F10)
    assert (depot.item("TAG-1").serial, depot.item("TAG-1").place) == ("12O45", "RACK1")
    assert depot.breaks() == 0


def test_a_weapon_without_a_serial_is_described_and_inscribed_as_its_frame_allows(depot: Depot) -> None:
    weapon = depot.weapon("")
    depot.pages.record.begin(weapon)
    depot.desktop.window.show_page("record")
    depot.settle()
    depot.act(Qt.Key.Key_C)
    depot.write(field="frame_material", value="polymer_without_insert")
    depot.press(Qt.Key.Key_Return)
    depot.act(Qt.Key.Key_A)
    depot.write(place="frame", method="stamp")
    depot.press(Qt.Key.Key_Return)
    assert "cannot be stamped" in depot.form.fields["method"].box.accessibleDescription()  # type: ignore[attr-defined]
    depot.write(method="laser")
    depot.press(Qt.Key.Key_Return)
    with depot.register.desk.look() as work:
        (mark,) = stands(work, weapon).fields["marks"]  # type: ignore[misc]
    assert (mark["text"], mark["method"]) == ("W-0000001", "laser")
    assert depot.breaks() == 0


def test_a_kit_is_carried_to_another_place_by_two_scans_and_back_by_a_key(depot: Depot) -> None:
    weapon = depot.weapon("EX-1")
    content = KitContent((weapon,), (Accessory("magazine", 4),))
    make_kit(depot.register.desk, depot.by, "Night watch", content, depot.rack)
    depot.desktop.window.show_page("hatch")
    depot.scan("MUNIMENT MOVE", "ROOM1", "K-0000001")
    assert depot.item("EX-1").place == "ROOM1"
    depot.press(Qt.Key.Key_F7)
    assert depot.item("EX-1").place == "RACK1"
    assert depot.breaks() == 0
