"""The page of proof: verify, hold sheets against the register, hand its head out."""

from __future__ import annotations

import dataclasses
from itertools import product
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fakes.pages import Counter
from fakes.rewriting import engine_under
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.witnessing import remembered
from muniment.ui.bridge import Bridge
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.targets import too_close, too_small
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.proving.screen import ProvingScreen


@pytest.fixture
def page(counter: Counter) -> ProvingScreen:
    made = ProvingScreen(counter.depot.register, counter.depot.by_officer().officer, counter.bridge, counter.bridge)
    counter.window.add_page("proof", "shield-check", "Proof", made, in_rail=False)
    counter.window.show_page("proof")
    counter.settle()
    return made


def key(counter: Counter, pressed: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or counter.window, pressed)
    counter.settle()


def scanned(counter: Counter, page: ProvingScreen, text: str) -> str:
    page.take_scan(Scan(text, "barcode"))
    counter.settle()
    return page.says.text()


def note_of(counter: Counter) -> str:
    with counter.depot.desk.look() as work:
        return work.signed()


def moves(counter: Counter) -> None:
    depot = counter.depot
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(), depot.rifle)


def test_it_says_how_the_ledger_stands(counter: Counter, page: ProvingScreen) -> None:
    signed = remembered(note_of(counter))
    assert signed is not None
    assert f"{signed.size}" in page.facts.text()
    assert signed.root_text in page.root.text()
    assert "Nobody outside has seen" in page.tail.text()
    assert "signs" in page.keys.text()


def test_a_whole_register_verifies_by_one_key(counter: Counter, page: ProvingScreen) -> None:
    key(counter, Qt.Key.Key_F2)
    assert "all whole" in page.found.text()
    assert not page.breaks.isVisible()


def test_every_break_is_listed_with_what_it_means(counter: Counter, page: ProvingScreen) -> None:
    with engine_under(counter.depot).begin() as db:
        db.exec_driver_sql("update p_weapon set condition = 'new' where number = 1")
        db.exec_driver_sql("delete from node")
        db.exec_driver_sql("drop trigger event_no_update")
    key(counter, Qt.Key.Key_F2)
    assert "2 breaks" in page.found.text()
    page.breaks.choose(1)
    assert "differs from what the facts add up to" in page.whole.text()


def test_a_scanned_sheet_is_judged_whole_or_line_by_line(counter: Counter, page: ProvingScreen) -> None:
    note = note_of(counter)
    moves(counter)
    assert "Genuine" in scanned(counter, page, note)
    for line in note.split("\n"):
        if line:
            said = scanned(counter, page, line)
    assert "Genuine" in said
    assert "no head" in scanned(counter, page, "W-0000001")
    bent = note.replace("\n", "\n1", 1)
    assert "not genuine" in scanned(counter, page, bent)


def test_what_stands_at_the_foot_of_a_sheet_can_be_typed(counter: Counter, page: ProvingScreen) -> None:
    signed = remembered(note_of(counter))
    assert signed is not None
    page.sheet.write(f"{signed.size} {signed.root_text}")
    page.sheet.setFocus()
    key(counter, Qt.Key.Key_Return)
    assert "agrees with the register" in page.says.text()


def test_the_head_is_handed_out_into_a_new_file_and_noted(
    counter: Counter, page: ProvingScreen, tmp_path: Path
) -> None:
    page.target.write(str(tmp_path / "head.txt"))
    key(counter, Qt.Key.Key_F9)
    assert (tmp_path / "head.txt").read_text(encoding="utf-8").startswith("muniment/")
    assert "Everything has a witness" in page.tail.text()
    before = note_of(counter)
    page.target.write(str(tmp_path / "head.txt"))
    key(counter, Qt.Key.Key_F9)
    assert note_of(counter) == before
    assert (tmp_path / "head.txt").exists()
    page.target.write(str(tmp_path / "no folder" / "head.txt"))
    key(counter, Qt.Key.Key_F9)
    assert note_of(counter) == before


def test_a_workstation_that_remembers_nothing_says_so(counter: Counter) -> None:
    forgetful = dataclasses.replace(counter.depot.register, seen=lambda: None)
    made = ProvingScreen(forgetful, counter.depot.by_officer().officer, counter.bridge, counter.bridge)
    made.verify.click()
    counter.settle()
    assert "remembers nothing" in made.found.text()
    made.deleteLater()


def test_a_sheet_is_judged_while_a_verification_goes_on(counter: Counter, qtbot: QtBot) -> None:
    reading = Bridge()
    made = ProvingScreen(counter.depot.register, counter.depot.by_officer().officer, reading, counter.bridge)
    qtbot.addWidget(made)
    still = Event()
    reading.do(lambda: still.wait(20), lambda _: None)  # as long as a verification of a large register
    made.verify.click()
    assert "Genuine" in scanned(counter, made, note_of(counter))
    still.set()
    qtbot.waitUntil(lambda: "all whole" in made.found.text(), timeout=5_000)
    made.verify.click()
    qtbot.waitUntil(made.verify.isEnabled, timeout=5_000)
    assert "all whole" in made.found.text()
    reading.stop()


@pytest.mark.parametrize(("tint", "scale"), list(product((Tint.LIGHT, Tint.NIGHT), (Scale.NORMAL, Scale.GLOVE))))
def test_nothing_is_cut_off(counter: Counter, page: ProvingScreen, tint: Tint, scale: Scale) -> None:
    wear(Theme(tint, scale, still=True))
    counter.settle()
    key(counter, Qt.Key.Key_F2)
    scanned(counter, page, note_of(counter))
    assert clipped(counter.window) == []


def test_targets_are_large_enough_for_gloves(counter: Counter, page: ProvingScreen) -> None:
    wear(Theme(scale=Scale.GLOVE, still=True))
    counter.settle()
    assert too_small(page) == []
    assert too_close(page) == []
