"""The panels on the screen: what is pressed, scanned and shown. Keyboard only."""

from __future__ import annotations

from itertools import product
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.depot import Depot
from muniment.desk.desk import Answer
from muniment.desk.hatch import quarantine
from muniment.desk.models import add_model
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.stock import register_quantity
from muniment.domain.basics.identity import Subject
from muniment.domain.stock.model import ModelName, model_written
from muniment.ui.bridge import Bridge
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.shell.page import TakesScans
from muniment.ui.shell.window import Window
from muniment.ui.stock.apart_panels import open_fault, open_quarantine, open_release
from muniment.ui.stock.bind_panel import open_bind
from muniment.ui.stock.form import FormPanel
from muniment.ui.stock.register_panel import RegisterPanel, open_identify, open_register_weapon


class Counter(Protocol):
    depot: Depot
    window: Window
    bridge: Bridge

    def settle(self) -> None: ...

    def press(self, panel: FormPanel) -> None: ...


def filled(counter: Counter, serial: str, saved: list[Subject]) -> RegisterPanel:
    depot = counter.depot
    officer = depot.by_officer().officer
    panel = open_register_weapon(counter.window, depot.desk, counter.bridge, officer, saved.append)
    counter.settle()
    for field, value in (
        (panel.make, "Example Works"),
        (panel.model, "Model A"),
        (panel.calibre, "5.56x45mm"),
        (panel.serial, serial),
        (panel.again, serial),
    ):
        field.write(value)
    panel.place.write(depot.rack)
    return panel


def test_enter_registers_and_the_panel_waits_for_the_next(counter: Counter) -> None:
    saved: list[Subject] = []
    panel = filled(counter, "EX-NEW-1", saved)
    panel.again.line.setFocus()
    QTest.keyClick(panel.again.line, Qt.Key.Key_Return)
    counter.settle()
    assert [counter.depot.card(weapon).serial for weapon in saved] == ["EX-NEW-1"]
    assert counter.window.panel is panel
    assert (panel.serial.value, panel.model.value) == ("", "Model A")
    assert "W-0000003" in panel.done.text()
    assert QApplication.focusWidget() is panel.serial.line


def test_pressing_twice_registers_once(counter: Counter) -> None:
    saved: list[Subject] = []
    panel = filled(counter, "EX-NEW-1", saved)
    panel.act.click()
    panel.act.click()
    counter.settle()
    assert len(saved) == 1


def test_a_fault_stands_at_its_field_until_it_is_mended(counter: Counter) -> None:
    panel = filled(counter, "EX-NEW-1", [])
    panel.again.write("EX-NEW-7")
    counter.press(panel)
    assert "differ" in panel.again.line.accessibleDescription()
    assert QApplication.focusWidget() is panel.again.line
    panel.again.write("EX-NEW-1")
    assert panel.again.line.accessibleDescription() == ""


def test_a_look_alike_is_compared_and_enter_goes_back(counter: Counter) -> None:
    saved: list[Subject] = []
    panel = filled(counter, "EX-O0O001", saved)
    counter.press(panel)
    assert "EX-000001" in panel.near.text()
    assert not panel.all_the_same.isVisible()
    QTest.keyClick(panel, Qt.Key.Key_Return)
    counter.settle()
    assert saved == []
    counter.press(panel)
    QTest.keyClick(panel, Qt.Key.Key_F10)
    counter.settle()
    assert len(saved) == 1


def test_a_duplicate_asks_for_the_second_person(counter: Counter) -> None:
    saved: list[Subject] = []
    panel = filled(counter, "EX-000001", saved)
    counter.press(panel)
    assert panel.all_the_same.isVisible()
    assert not panel.compared.isVisible()
    panel.all_the_same.click()
    counter.settle()
    assert panel.reason.line.accessibleDescription()
    panel.second.write("second")
    panel.reason.write("there are two")
    panel.passphrase.write("wrong staple")
    panel.all_the_same.click()
    counter.settle()
    assert panel.passphrase.line.accessibleDescription()
    assert panel.passphrase.value == ""
    panel.passphrase.write("battery staple")
    panel.all_the_same.click()
    counter.settle()
    assert len(saved) == 1
    assert panel.passphrase.value == ""


def test_a_scanned_code_is_one_that_is_on_the_weapon(counter: Counter) -> None:
    saved: list[Subject] = []
    panel = filled(counter, "EX-NEW-1", saved)
    assert isinstance(panel, TakesScans)
    assert panel.take_scan(Scan("TAG-1"))
    counter.press(panel)
    with counter.depot.desk.look() as work:
        assert work.bound_to("TAG-1") == saved[0]


def test_the_label_of_a_rack_is_the_place_it_is_put_at(counter: Counter) -> None:
    saved: list[Subject] = []
    panel = filled(counter, "EX-NEW-1", saved)
    panel.place.write("")
    panel.take_scan(Scan("TAG-1"))
    panel.take_scan(Scan("RACK1"))
    counter.settle()
    assert (panel.code.value, panel.place.value) == ("TAG-1", counter.depot.rack)
    counter.press(panel)
    assert counter.depot.card(saved[0]).place == "RACK1"


def test_a_weapon_without_a_serial_has_none_to_type(counter: Counter) -> None:
    saved: list[Subject] = []
    panel = filled(counter, "EX-NEW-1", saved)
    panel.serial_status.write("never_marked")
    assert not panel.serial.isEnabled()
    counter.press(panel)
    assert counter.depot.card(saved[0]).serial == ""


def test_a_line_is_worked_off_one_after_the_other_until_nothing_is_left(counter: Counter) -> None:
    depot, saved = counter.depot, list[Subject]()
    fields = {"item_name": "RIFLE", "taxonomy_code": "SA-40"}
    line = register_quantity(depot.desk, depot.by_officer(), fields, 2, depot.rack).about
    assert line is not None
    panel = open_identify(counter.window, depot.desk, counter.bridge, depot.by_officer().officer, line, saved.append)
    counter.settle()
    assert "2" in panel.done.text()
    panel.calibre.write("5.56x45mm")
    for serial in ("EX-L-1", "EX-L-2"):
        panel.serial.write(serial)
        panel.again.write(serial)
        counter.press(panel)
    assert len(saved) == 2
    assert not panel.act.isEnabled()


def test_two_scans_and_enter_bind_a_code(counter: Counter) -> None:
    depot, bound = counter.depot, list[bool]()
    officer = depot.by_officer().officer
    panel = open_bind(counter.window, depot.desk, counter.bridge, officer, lambda: bound.append(True), code="TAG-1")
    assert isinstance(panel, TakesScans)
    panel.take_scan(Scan("W-0000002"))
    counter.settle()
    assert panel.item.item is not None
    assert bound == []
    QTest.keyClick(panel.act, Qt.Key.Key_Return)
    counter.settle()
    assert bound == [True]
    with depot.desk.look() as work:
        assert work.bound_to("TAG-1") == depot.pistol
    assert (panel.code.value, panel.name.value) == ("", "")


def test_scans_that_come_while_the_desk_works_are_not_lost(counter: Counter) -> None:
    depot = counter.depot
    panel = open_bind(counter.window, depot.desk, counter.bridge, depot.by_officer().officer, lambda: None)
    panel.take_scan(Scan("TAG-1"))
    panel.take_scan(Scan("W-0000001"))
    counter.settle()
    assert (panel.code.value, panel.name.value) == ("TAG-1", "W-0000001")


def test_a_badge_is_refused_with_a_card_that_enter_answers(counter: Counter) -> None:
    depot = counter.depot
    panel = open_bind(counter.window, depot.desk, counter.bridge, depot.by_officer().officer, lambda: None)
    panel.take_scan(Scan("B-0001"))
    counter.settle()
    assert panel.refused is not None
    QTest.keyClick(panel.refused.safe, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert panel.refused is None
    assert panel.code.isVisible()


def test_a_panel_that_was_left_while_the_desk_worked_does_its_work_and_no_harm(counter: Counter) -> None:
    saved: list[Subject] = []
    panel = filled(counter, "EX-NEW-1", saved)
    panel.act.click()
    panel.close_panel()
    counter.settle()
    assert counter.window.panel is None
    other = filled(counter, "EX-NEW-2", saved)
    other.act.click()
    counter.window.lock()
    counter.settle()
    with counter.depot.desk.look() as work:
        assert work.search("EX-NEW-1", 5)


def test_set_apart_released_and_back_with_a_fault(counter: Counter) -> None:
    depot, done = counter.depot, list[Answer]()
    officer = depot.by_officer().officer
    apart = open_quarantine(counter.window, depot.desk, counter.bridge, officer, depot.rifle, done.append)
    counter.settle()
    counter.press(apart)
    assert apart.lines["reason"].line.accessibleDescription()
    apart.lines["reason"].write("cracked bolt")
    counter.press(apart)
    assert counter.window.panel is None
    assert depot.card(depot.rifle).state == "quarantined"
    free = open_release(counter.window, depot.desk, counter.bridge, officer, depot.rifle, done.append)
    counter.settle()
    for name, value in (("reason", "mended"), ("second", "second"), ("passphrase", "battery staple")):
        free.lines[name].write(value)
    counter.press(free)
    assert depot.card(depot.rifle).state == "in_store"
    fault = open_fault(counter.window, depot.desk, counter.bridge, officer, depot.rifle, done.append)
    counter.settle()
    fault.lines["reason"].write("sight is loose")
    counter.press(fault)
    assert fault.refused is not None, "by the book it is not out"
    assert len(done) == 2


@pytest.mark.parametrize(("tint", "scale", "mirrored"), [*product(Tint, Scale, (False, True))])
def test_nothing_is_cut_off(counter: Counter, tint: Tint, scale: Scale, mirrored: bool) -> None:
    wear(Theme(tint, scale), mirrored=mirrored)
    depot, officer = counter.depot, counter.depot.by_officer().officer
    quarantine(depot.desk, depot.by_officer(reason="cracked"), depot.pistol)
    counter.window.resize(1366, 768)
    panel = filled(counter, "EX-000001", [])
    QApplication.processEvents()
    assert clipped(panel) == []
    counter.press(panel)
    QApplication.processEvents()
    assert clipped(panel) == []
    other = open_release(counter.window, depot.desk, counter.bridge, officer, depot.pistol, lambda _: None)
    counter.settle()
    QApplication.processEvents()
    assert clipped(other) == []
    wear(Theme(), mirrored=False)


def test_an_entry_of_the_catalogue_fills_the_panel(counter: Counter) -> None:
    depot = counter.depot
    model = model_written(ModelName("Example Works", "Model A"), "SA-20", ["7.62x39mm"], "FR")
    add_model(depot.desk, depot.by_officer(), model)
    saved: list[Subject] = []
    panel = filled(counter, "EX-NEW-1", saved)
    assert panel.catalogue.isVisible()
    panel.catalogue.write("M-0000001")
    assert (panel.type_code.value, panel.calibre.value, panel.country.value) == ("SA-20", "7.62x39mm", "FR")
    counter.press(panel)
    assert len(saved) == 1


def test_an_entry_near_to_what_was_typed_is_taken_by_one_key(counter: Counter) -> None:
    depot = counter.depot
    add_model(
        depot.desk,
        depot.by_officer(),
        model_written(ModelName("Example Works", "Model A"), "SA-40", ["5.56x45mm"]),
    )
    saved: list[Subject] = []
    panel = filled(counter, "EX-NEW-1", saved)
    panel.model.write("Modle A")
    counter.press(panel)
    assert saved == []
    assert "is not in the catalogue" in panel.outside.text()
    QTest.keyClick(panel.go_back, Qt.Key.Key_F9)
    counter.settle()
    assert [depot.card(weapon).model for weapon in saved] == ["Model A"]
