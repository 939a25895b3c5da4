"""Everything by a few letters, and what keys and signs mean."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ui.kit.keycap import KeyCap
from muniment.ui.kit.meanings import MEANINGS
from muniment.ui.kit.tokens import State
from muniment.ui.palette.panel import PalettePanel
from muniment.ui.palette.presenter import Entry, fitting
from muniment.ui.shell.help import HelpPanel, keys_of
from pictures import Demonstration, until


def palette(made: Demonstration) -> PalettePanel:
    made.desktop.window.command_asked.emit()
    panel = made.desktop.window.panel
    assert isinstance(panel, PalettePanel)
    return panel


def found(panel: PalettePanel, group: str = "In the register") -> list[str]:
    return [entry.words for entry in panel.shown if entry.group == group]


def test_without_a_letter_all_pages_stand_there_with_what_they_are_for(demonstration: Demonstration) -> None:
    panel = palette(demonstration)
    pages = [entry for entry in panel.shown if entry.group == "Pages"]
    assert [entry.words for entry in pages] == [page.title for page in demonstration.desktop.window.pages]
    assert all(entry.says for entry in pages)


def test_a_few_letters_and_enter_open_a_page(demonstration: Demonstration) -> None:
    demonstration.show("hatch")
    panel = palette(demonstration)
    QTest.keyClicks(panel.line, "sett")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    assert demonstration.desktop.window.page == "settings"
    assert demonstration.desktop.window.panel is None


def test_the_acts_of_the_page_in_front_stand_there_with_their_keys(demonstration: Demonstration) -> None:
    demonstration.show("people")
    entries = {entry.words: entry.key for entry in palette(demonstration).shown if entry.group == "On this page"}
    assert entries["Add a person"] == "F2"
    assert entries["Search"] == "F9"


def test_an_act_is_done(demonstration: Demonstration) -> None:
    demonstration.show("people")
    panel = palette(demonstration)
    QTest.keyClicks(panel.line, "add a pers")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    assert demonstration.desktop.window.panel is not None
    assert demonstration.desktop.window.panel.accessibleName() == "Add a person"


def test_arrows_walk_the_list(demonstration: Demonstration) -> None:
    panel = palette(demonstration)
    QTest.keyClick(panel.line, Qt.Key.Key_Down)
    QTest.keyClick(panel.line, Qt.Key.Key_Down)
    assert panel.table.chosen == 2
    QTest.keyClick(panel.line, Qt.Key.Key_Up)
    assert panel.table.chosen == 1


def test_a_serial_finds_the_weapon_and_enter_shows_it(demonstration: Demonstration) -> None:
    panel = palette(demonstration)
    QTest.keyClicks(panel.line, "demo-10234")
    until(lambda: found(panel) == ["W-0000004"])
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    demonstration.settle()
    assert demonstration.desktop.window.page == "record"


def test_a_name_finds_the_person(demonstration: Demonstration) -> None:
    panel = palette(demonstration)
    QTest.keyClicks(panel.line, "achterb")
    until(lambda: found(panel) == ["Pte R. Achterberg"])
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    demonstration.settle()
    assert demonstration.desktop.window.page == "people"
    view = demonstration.desktop.pages.people.view if demonstration.desktop.pages else None
    assert view is not None
    assert view.shown is not None
    assert view.shown.line.name == "R. Achterberg"


def test_a_scan_works_in_it(demonstration: Demonstration) -> None:
    panel = palette(demonstration)
    assert demonstration.desktop.window.take_scan(Scan("B1"))
    until(lambda: found(panel)[:1] == ["B1"])
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    demonstration.settle()
    assert demonstration.desktop.window.page == "places"


def test_what_begins_with_the_text_comes_first() -> None:
    entries = [
        Entry("", words, says, "", lambda: None) for words, says in (("Print", "a count"), ("Count", ""), ("Desk", ""))
    ]
    assert [entry.words for entry in fitting(entries, "cou")] == ["Count", "Print"]


def test_f1_names_the_keys_that_stand_on_the_buttons(demonstration: Demonstration) -> None:
    for page in demonstration.desktop.window.pages:
        demonstration.show(page.name)
        demonstration.desktop.window.help_asked.emit()
        panel = demonstration.desktop.window.panel
        assert isinstance(panel, HelpPanel), page.name
        said = {label.accessibleName() for label in panel.findChildren(QLabel) if label.accessibleName()}
        caps = {cap.accessibleName() for cap in panel.findChildren(KeyCap)}
        front = demonstration.desktop.window.front
        assert front is not None
        for key, words in keys_of(front):
            assert f"{key}: {words}" in said
            assert key in caps
        assert {"F1", "Ctrl+K", "Ctrl+L"} <= caps
        QTest.keyClick(panel, Qt.Key.Key_Escape)
        assert demonstration.desktop.window.panel is None


def test_the_help_says_what_the_signs_in_sight_mean(demonstration: Demonstration) -> None:
    demonstration.show("register")
    demonstration.desktop.window.help_asked.emit()
    panel = demonstration.desktop.window.panel
    assert panel is not None
    said = {label.text() for label in panel.findChildren(QLabel)}
    assert str(MEANINGS[State.QUARANTINED]) in said
    assert str(MEANINGS[State.MISSING]) not in said


def test_every_sign_has_a_meaning() -> None:
    assert set(MEANINGS) == set(State)


def test_no_key_of_a_page_stands_on_two_parts_in_sight(demonstration: Demonstration) -> None:
    for page in demonstration.desktop.window.pages:
        demonstration.show(page.name)
        front = demonstration.desktop.window.front
        assert front is not None
        keys = [key for key, _ in keys_of(front)]
        assert len(keys) == len(set(keys)), (page.name, keys)


def test_what_a_page_offers_is_done_while_another_is_in_front(demonstration: Demonstration) -> None:
    demonstration.show("hatch")
    panel = palette(demonstration)
    QTest.keyClicks(panel.line, "add a pers")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    assert demonstration.desktop.window.page == "hatch"
    assert demonstration.desktop.window.panel is not None
    assert demonstration.desktop.window.panel.accessibleName() == "Add a person"


def test_the_page_in_front_offers_nothing_twice(demonstration: Demonstration) -> None:
    demonstration.show("people")
    assert [entry.words for entry in palette(demonstration).shown].count("Add a person") == 1
