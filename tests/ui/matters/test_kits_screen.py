"""The page of kits on the screen, and a kit at the hatch: scans and keys."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.depot import Depot
from fakes.pages import Counter
from fakes.workshop import component, stands
from muniment.desk import kits
from muniment.desk.components import fit_component
from muniment.desk.hatch import Wanted
from muniment.desk.kits import KitContent
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.kits import Accessory
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.ui.hatch.presenter import HatchPresenter
from muniment.ui.hatch.screen import HatchScreen
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.sound import Sound
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.kits.screen import KitsScreen


def quiet() -> Sound:
    sound = Sound(training=True)
    sound.mute(True)
    return sound


@pytest.fixture
def page(counter: Counter) -> KitsScreen:
    made = KitsScreen(counter.depot.desk, counter.depot.by_officer().officer, counter.bridge, quiet())
    counter.window.add_page("kits", "stack-2", "Kits", made, in_rail=False)
    counter.settle()
    return made


def scan(counter: Counter, *codes: str) -> None:
    for code in codes:
        assert counter.window.take_scan(Scan(code))
        counter.settle()


def key(counter: Counter, pressed: Qt.Key) -> None:
    QTest.keyClick(counter.window.focusWidget() or counter.window, pressed)
    counter.settle()


def out_with_its_bolt(depot: Depot) -> tuple[Subject, Subject]:
    bolt = component(depot, ComponentKind.BOLT, "EX-BT-1")
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    content = KitContent((depot.rifle, bolt), (Accessory("magazine", 4),))
    kit = kits.register(depot.desk, depot.by_officer(), "Night watch", content, depot.rack).about
    assert kit is not None
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    return kit, bolt


def test_scan_name_make(counter: Counter, page: KitsScreen) -> None:
    key(counter, Qt.Key.Key_F2)
    scan(counter, "EX-000001", "EX-P-01")
    assert page.making is not None
    page.making.name.write("Pair")
    key(counter, Qt.Key.Key_F10)
    assert page.making is None
    assert page.view is not None
    assert page.view.shown is not None
    assert page.view.shown.name == "Pair"
    assert page.view.shown.card.home == "RACK1"


def test_a_kit_that_is_out_is_not_changed_but_taken_back(counter: Counter, page: KitsScreen) -> None:
    kit, _bolt = out_with_its_bolt(counter.depot)
    asked: list[str] = []
    page.return_asked.connect(asked.append)
    scan(counter, "K-0000001")
    assert not page.overview.change.isEnabled()
    key(counter, Qt.Key.Key_F4)
    assert asked == [kit]


@pytest.mark.parametrize(("tint", "scale"), list(product(Tint, (Scale.NORMAL, Scale.GLOVE))))
def test_nothing_is_cut_off(counter: Counter, page: KitsScreen, tint: Tint, scale: Scale) -> None:
    wear(Theme(tint, scale))
    out_with_its_bolt(counter.depot)
    page.page_shown()
    scan(counter, "K-0000001")
    QApplication.processEvents()
    assert clipped(counter.window) == []
    key(counter, Qt.Key.Key_F2)
    scan(counter, "EX-P-01")
    assert clipped(counter.window) == []


@pytest.fixture
def hatch(counter: Counter) -> HatchScreen:
    presenter = HatchPresenter(counter.depot.desk, counter.depot.by_officer().officer)
    made = HatchScreen(presenter, counter.bridge, quiet(), counter.window.open_panel, counter.window.close_panel)
    counter.window.add_page("hatch", "barcode", "Desk", made)
    counter.settle()
    return made


def test_a_kit_comes_back_at_the_hatch_without_its_bolt(counter: Counter, hatch: HatchScreen) -> None:
    kit, bolt = out_with_its_bolt(counter.depot)
    scan(counter, Command.RETURN.code, "K-0000001", "EX-000001")
    hatch.kit.table.setFocus()
    hatch.kit.table.choose(2)
    key(counter, Qt.Key.Key_4)
    assert hatch.view is not None
    assert hatch.view.kit is not None
    assert [line.there for line in hatch.view.kit.lines] == [1, 0, 4]
    key(counter, Qt.Key.Key_F10)
    assert "C-0000001" in hatch.kit.question.text()
    key(counter, Qt.Key.Key_Return)
    assert hatch.view.kit is not None, "Enter looks again"
    key(counter, Qt.Key.Key_F10)
    key(counter, Qt.Key.Key_F6)
    assert stands(counter.depot, kit).where == counter.depot.rack
    assert stands(counter.depot, bolt).where == counter.depot.soldier
    hatch.stop()


def test_space_ticks_and_esc_leaves_the_kit_unwritten(counter: Counter, hatch: HatchScreen) -> None:
    kit, _bolt = out_with_its_bolt(counter.depot)
    scan(counter, Command.RETURN.code, "K-0000001")
    hatch.kit.table.setFocus()
    key(counter, Qt.Key.Key_Space)
    assert hatch.view is not None
    assert hatch.view.kit is not None
    assert hatch.view.kit.lines[0].complete
    key(counter, Qt.Key.Key_Escape)
    assert hatch.view.kit is None
    assert stands(counter.depot, kit).where == counter.depot.soldier
    hatch.stop()
