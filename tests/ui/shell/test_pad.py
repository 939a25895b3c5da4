"""Keys on the screen, for hands in gloves: made when they are first wanted, and away again when they are not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from muniment.ui.kit.layout import column, holder
from muniment.ui.kit.targets import too_close, too_small
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale
from muniment.ui.shell.window import Window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    wear(Theme(scale=Scale.GLOVE, still=True))
    made = Window("Depot 7")
    line = QLineEdit()
    line.setAccessibleName("Line")
    made.add_page("desk", "barcode", "Desk", holder(column(line)))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.unlock()
    QApplication.processEvents()
    yield made
    wear(Theme(still=True))


def press(window: Window) -> QLineEdit:
    line = window.front
    assert line is not None
    found = line.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    handle = window.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=found.mapTo(window, found.rect().center()))
    for _ in range(3):
        QApplication.processEvents()
    return found


def key(window: Window, cap: str) -> QAbstractButton:
    keys = window.pad.findChildren(QAbstractButton)
    return next(one for one in keys if one.isVisible() and one.accessibleName() == cap)


def test_a_line_that_is_pressed_opens_them_and_they_type_into_it(window: Window) -> None:
    assert not window.pad.is_open
    line = press(window)
    assert window.pad.is_open
    for cap in ("A", "7", "-"):
        key(window, cap).click()
    assert line.text() == "A7-"
    key(window, "Back").click()
    assert line.text() == "A7"


def test_they_are_as_large_and_as_far_apart_as_gloves_need(window: Window) -> None:
    press(window)
    assert too_small(window.pad) == []
    assert too_close(window.pad) == []


def test_they_turn_to_other_letters_and_go_away(window: Window) -> None:
    press(window)
    key(window, "Other letters").click()
    assert key(window, "a")
    key(window, "Put the keys away").click()
    assert not window.pad.is_open
    press(window)
    assert window.pad.is_open


def test_no_key_is_made_before_it_is_wanted(window: Window) -> None:
    assert window.pad.findChildren(QAbstractButton) == []
    press(window)
    assert len(window.pad.findChildren(QAbstractButton)) > 100


def test_without_gloves_they_stay_away(window: Window) -> None:
    wear(Theme(still=True))
    press(window)
    assert not window.pad.is_open


def test_no_word_before_the_door_makes_the_window_taller_than_the_screen(qtbot: QtBot) -> None:
    wear(Theme(scale=Scale.GLOVE, still=True))
    made = Window("Depot 7", training="")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    made.lock("Locked after 60 seconds without an act.")
    made.sign_in.refuse("Name and passphrase do not belong together.")
    qtbot.waitUntil(lambda: made.pad.is_open)
    for _ in range(3):
        QApplication.processEvents()
    line = made.sign_in.passphrase.line
    assert made.size().toTuple() == (1366, 768)
    assert line.visibleRegion().boundingRect().height() == line.height()
    wear(Theme(still=True))
