"""The page of a record on the screen. Keyboard only."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.depot import Depot
from fakes.workshop import NATO, component
from muniment.desk.attachments import attach_file
from muniment.desk.components import fit_component
from muniment.desk.correcting import take_back_act
from muniment.desk.finding import place_named
from muniment.desk.hatch import Wanted, issue_item, move_item, quarantine
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.custody.attachments import Attachment, FileKind
from muniment.domain.custody.facts import Evidence
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.ui.bridge import Bridge
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.label import Label
from muniment.ui.kit.picture import shrink
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.record.acts_panel import ActsPanel
from muniment.ui.record.screen import RecordScreen
from muniment.ui.record.view import Act
from muniment.ui.shell.page import Shown, TakesKeys, TakesScans
from muniment.ui.shell.window import Window
from muniment.ui.stock.form import FormPanel


class Counter(Protocol):
    depot: Depot
    window: Window
    bridge: Bridge
    page: RecordScreen

    def settle(self) -> None: ...

    def press(self, panel: FormPanel) -> None: ...

    def fill(self, panel: FormPanel, **values: str) -> None: ...

    @property
    def panel(self) -> FormPanel: ...


def shows_rifle(counter: Counter, section: str = "fields") -> RecordScreen:
    counter.page.begin(counter.depot.rifle, section)
    counter.settle()
    return counter.page


def key(counter: Counter, pressed: Qt.Key) -> None:
    QTest.keyClick(counter.window.focusWidget() or counter.window, pressed)
    counter.settle()


def test_the_page_answers_what_the_window_passes_on(counter: Counter) -> None:
    assert isinstance(counter.page, TakesKeys)
    assert isinstance(counter.page, TakesScans)
    assert isinstance(counter.page, Shown)


def test_a_scan_opens_a_record_and_esc_goes_back(counter: Counter) -> None:
    page = shows_rifle(counter)
    left: list[bool] = []
    page.left.connect(lambda: left.append(True))
    counter.window.take_scan(Scan("EX-P-01"))
    counter.settle()
    assert page.view is not None
    assert page.view.subject == counter.depot.pistol
    key(counter, Qt.Key.Key_Escape)
    assert page.view.subject == counter.depot.rifle
    assert left == []
    key(counter, Qt.Key.Key_Escape)
    assert left == [True]


def test_a_place_that_is_scanned_is_listed_elsewhere(counter: Counter) -> None:
    page = shows_rifle(counter)
    asked: list[str] = []
    page.below_asked.connect(asked.append)
    counter.window.take_scan(Scan("RACK1"))
    counter.settle()
    assert asked == [counter.depot.rack]


def test_a_code_nobody_knows_is_said_to_be_so_and_the_record_stays(counter: Counter) -> None:
    page = shows_rifle(counter)
    counter.window.take_scan(Scan("no-such"))
    counter.settle()
    assert "no-such" in page.warning.text()
    assert page.view is not None
    assert page.view.subject == counter.depot.rifle


def test_f4_walks_the_sections(counter: Counter) -> None:
    page = shows_rifle(counter)
    seen = []
    for _ in range(4):
        key(counter, Qt.Key.Key_F4)
        seen.append(page.sections.holding)
    assert seen == ["parts", "files", "custody", "fields"]


def test_the_photograph_comes_and_goes_with_its_record(counter: Counter, photograph: bytes) -> None:
    depot = counter.depot
    attach_file(depot.desk, depot.by_officer(), depot.rifle, Attachment(FileKind.PHOTOGRAPH), photograph)
    page = shows_rifle(counter)
    assert page.card.item is not None
    assert QImage.fromData(page.card.item.picture).width() <= 300
    page.open(depot.pistol)
    counter.settle()
    assert page.card.item.picture == b""


def test_a_page_that_is_shown_reads_again(counter: Counter) -> None:
    page = shows_rifle(counter)
    quarantine(counter.depot.desk, counter.depot.by_officer(reason="crack"), counter.depot.rifle)
    page.page_shown()
    counter.settle()
    assert page.view is not None
    assert page.view.item.state == "quarantined"


def test_thousands_of_facts_are_read_as_they_are_looked_at(counter: Counter) -> None:
    depot = counter.depot
    said = depot.by_officer(reason="worn", second=True)
    for nth in range(90):
        quarantine(depot.desk, depot.by_officer(reason="worn", act=f"q{nth}"), depot.rifle)
        take_back_act(depot.desk, said, f"q{nth}")
    page = shows_rifle(counter, "custody")
    timeline = page.custody.timeline
    model = timeline.model()
    assert model is not None
    assert model.rowCount() == 181
    assert model.data(model.index(180, 0)).startswith("…")
    timeline.choose(180)
    counter.settle()
    counter.settle()
    assert "Registered" in model.data(model.index(180, 0))
    assert page.custody.told is not None
    assert page.custody.told.line.seq < 20


def test_a_fact_is_shown_with_what_it_changed_and_what_took_it_back(counter: Counter) -> None:
    depot = counter.depot
    quarantine(depot.desk, depot.by_officer(reason="crack", act="q"), depot.rifle)
    take_back_act(depot.desk, depot.by_officer(reason="another rifle", second=True), "q")
    page = shows_rifle(counter, "custody")
    page.custody.timeline.choose(1)
    counter.settle()
    assert not page.custody.back.isEnabled()
    assert "Taken back by fact" in page.custody.back.shown_words


def test_a_fact_says_in_the_line_and_in_full_why_and_on_what_evidence(counter: Counter) -> None:
    depot = counter.depot
    said = depot.by_officer(reason="crack\nin the bolt", doc="FORM-7")
    evidence = (Evidence(how="barcode", seen="TAG-7", device="Scanner 1"),)
    quarantine(depot.desk, replace(said, evidence=evidence), depot.rifle)
    page = shows_rifle(counter, "custody")
    newest = page.custody.timeline.events[0]
    assert newest.why == "crack in the bolt · FORM-7 · barcode: TAG-7, by Scanner 1"
    assert newest.reading.endswith(newest.why)
    read = [label.accessibleName() for label in page.custody.findChildren(Label)]
    assert "Reason: crack\nin the bolt" in read
    assert "Identified by: barcode: TAG-7, by Scanner 1" in read


@pytest.mark.parametrize("scale", list(Scale))
def test_a_fact_in_full_is_never_cut_at_its_side(counter: Counter, scale: Scale) -> None:
    for nth in range(12):
        said = counter.depot.by_officer(reason=f"reason {nth}, at some length")
        quarantine(counter.depot.desk, said, counter.depot.rifle)
    counter.window.resize(1366, 768)
    wear(Theme(scale=scale, still=True))
    page = shows_rifle(counter, "custody")
    QApplication.processEvents()
    inside = page.custody.room.widget()
    assert inside is not None
    assert inside.width() <= page.custody.room.viewport().width()


def move_to(depot: Depot, code: str) -> None:
    with depot.desk.look() as work:
        place = place_named(work, code).subject
    move_item(depot.desk, depot.by_officer(), depot.rifle, place)


def test_taking_an_act_back_asks_why_and_makes_a_counter_entry(counter: Counter) -> None:
    depot = counter.depot
    move_to(depot, "ROOM1")
    page = shows_rifle(counter, "custody")
    written: list[bool] = []
    page.changed.connect(lambda: written.append(True))
    key(counter, Qt.Key.Key_F7)
    counter.press(counter.panel)
    assert "reason" in counter.panel.fields["reason"].line.accessibleDescription()  # type: ignore[attr-defined]
    counter.fill(counter.panel, reason="another rifle")
    counter.press(counter.panel)
    assert counter.window.panel is None
    assert depot.card(depot.rifle).place == "RACK1"
    assert written == [True]
    assert page.view is not None
    assert page.view.facts == 3


def test_an_act_that_something_came_after_is_refused_in_words(counter: Counter) -> None:
    depot = counter.depot
    move_to(depot, "ROOM1")
    quarantine(depot.desk, depot.by_officer(reason="rust"), depot.rifle)
    page = shows_rifle(counter, "custody")
    page.custody.timeline.choose(1)
    counter.settle()
    page.custody.back.click()
    counter.settle()
    counter.fill(counter.panel, reason="in error")
    counter.press(counter.panel)
    assert counter.panel.refused is not None
    assert depot.card(depot.rifle).quarantine == "rust"


def test_what_takes_two_persons_is_taken_back_by_two(counter: Counter) -> None:
    depot = counter.depot
    quarantine(depot.desk, depot.by_officer(reason="crack"), depot.rifle)
    shows_rifle(counter, "custody")
    key(counter, Qt.Key.Key_F7)
    counter.fill(counter.panel, reason="another rifle")
    counter.press(counter.panel)
    assert depot.card(depot.rifle).state == "quarantined"
    counter.fill(counter.panel, second="second", passphrase="battery staple")
    counter.press(counter.panel)
    assert depot.card(depot.rifle).state == "in_store"


def test_the_acts_are_offered_with_numbers_and_none_is_on_enter(counter: Counter) -> None:
    page = shows_rifle(counter)
    page.acts.click()
    panel = counter.window.panel
    assert isinstance(panel, ActsPanel)
    assert not panel.acts[Act.RELEASE].isEnabled()
    assert "not set apart" in panel.acts[Act.RELEASE].shown_words
    assert all(button.key != "Enter" for button in panel.acts.values())
    key(counter, Qt.Key.Key_4)
    assert counter.panel.fields.keys() == {"reason"}
    counter.fill(counter.panel, reason="crack")
    counter.press(counter.panel)
    assert counter.depot.card(counter.depot.rifle).state == "quarantined"


@pytest.mark.parametrize(("state", "signal"), [("in_store", "issue_asked"), ("issued", "return_asked")])
def test_issue_and_return_lead_to_the_hatch(counter: Counter, state: str, signal: str) -> None:
    depot = counter.depot
    if state == "issued":
        issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    page = shows_rifle(counter)
    asked: list[str] = []
    getattr(page, signal).connect(asked.append)
    key(counter, Qt.Key.Key_F2 if state == "in_store" else Qt.Key.Key_F3)
    assert asked == [depot.rifle]


def test_enter_on_a_component_opens_its_record(counter: Counter) -> None:
    depot = counter.depot
    barrel = component(depot, ComponentKind.BARREL, "B-1", calibre=NATO)
    fit_component(depot.desk, depot.by_officer(), barrel, depot.rifle)
    page = shows_rifle(counter, "parts")
    page.parts.table.setFocus()
    key(counter, Qt.Key.Key_Return)
    assert page.view is not None
    assert page.view.subject == barrel
    assert page.parts.part is not None


def test_a_place_offers_what_lies_there(counter: Counter) -> None:
    asked: list[str] = []
    counter.page.below_asked.connect(asked.append)
    counter.page.begin(counter.depot.rack)
    counter.settle()
    assert counter.page.sections.names == ["fields", "files", "custody"]
    key(counter, Qt.Key.Key_F9)
    assert asked == [counter.depot.rack]


def test_a_picture_is_made_small_and_what_is_none_is_nothing(photograph: bytes) -> None:
    small = QImage.fromData(shrink(photograph, 100, 100))
    assert (small.width(), small.height()) == (100, 56)
    assert shrink(b"\x89PNG\r\n\x1a\nbroken", 100, 100) == b""
    assert shrink(b"", 100, 100) == b""


@pytest.mark.parametrize(("tint", "scale"), list(product([Tint.LIGHT, Tint.NIGHT], [Scale.NORMAL, Scale.GLOVE])))
@pytest.mark.parametrize("section", ["fields", "parts", "files", "custody"])
def test_nothing_is_cut_off_or_wider_than_the_window(
    counter: Counter, photograph: bytes, tint: Tint, scale: Scale, section: str, tmp_path: Path
) -> None:
    depot = counter.depot
    wear(Theme(tint, scale))
    barrel = component(depot, ComponentKind.BARREL, "B-1", calibre=NATO)
    fit_component(depot.desk, depot.by_officer(), barrel, depot.rifle)
    attach_file(depot.desk, depot.by_officer(), depot.rifle, Attachment(FileKind.PHOTOGRAPH), photograph)
    counter.window.resize(1366, 768)
    shows_rifle(counter, section)
    counter.settle()
    assert clipped(counter.window) == []
    room = counter.page.parentWidget()
    assert room is not None
    assert counter.page.width() <= room.width()
