"""The first start: an officer makes a register without a terminal, and is told at the field what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from muniment.bootstrap import FirstStart, join_register
from muniment.desk.opening import Realm
from muniment.desk.signing import sign_in
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.field import Field
from muniment.ui.welcome.screen import Welcome

GIVEN = {
    "depot": "Depot Example",
    "name": "Sgt Example Officer",
    "sign_in": "officer",
    "passphrase": "correct horse",
    "again": "correct horse",
    "second_name": "Cpl Example Second",
    "second_sign_in": "second",
    "second_passphrase": "battery staple",
    "second_again": "battery staple",
}


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[FirstStart]:
    made = FirstStart(tmp_path / "depot.muniment")
    qtbot.addWidget(made.welcome)
    made.welcome.show()
    yield made
    if made.desktop is not None:
        made.desktop.close()
        made.desktop.window.close()
    made.welcome.close()


def fill(welcome: Welcome, **changed: str) -> None:
    for name, value in (GIVEN | changed).items():
        field = welcome.making.fields[name]
        assert isinstance(field, Field)
        field.write(value)
    welcome.making.country.write("FR")
    welcome.making.realm.write(Realm.TRAINING.value)


def fault_at(welcome: Welcome, name: str) -> str:
    field = welcome.making.fields[name]
    assert isinstance(field, QWidget)
    widget = field.line if isinstance(field, Field) else field
    return widget.accessibleDescription()


def test_a_register_is_made_opened_and_its_officers_can_sign_in(
    start: FirstStart, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(start.welcome)
    start.welcome.making.act.click()
    qtbot.waitUntil(lambda: start.desktop is not None, timeout=10_000)
    assert start.desktop is not None
    assert start.desktop.window.isVisible()
    assert start.desktop.window.training
    assert not start.welcome.isVisible()
    again = join_register(str(tmp_path / "depot.muniment"))
    assert again.realm is Realm.TRAINING
    assert sign_in(again.desk, "officer", "correct horse").name == "Sgt Example Officer"
    assert "second_officer" in sign_in(again.desk, "second", "battery staple").roles
    again.close()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"depot": ""}, "depot"),
        ({"name": " "}, "name"),
        ({"again": "correct house"}, "again"),
        ({"passphrase": "short", "again": "short"}, "passphrase"),
        ({"second_name": ""}, "second_name"),
        ({"second_sign_in": "OFFICER"}, "second_sign_in"),
        ({"second_passphrase": "short", "second_again": "short"}, "second_passphrase"),
        ({"path": ""}, "path"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(
    start: FirstStart, qtbot: QtBot, tmp_path: Path, changed: dict[str, str], field: str
) -> None:
    fill(start.welcome, **changed)
    start.welcome.making.act.click()
    qtbot.waitUntil(lambda: fault_at(start.welcome, field) != "", timeout=5_000)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_register_is_refused_in_words_and_can_be_tried_again(
    start: FirstStart, qtbot: QtBot, tmp_path: Path
) -> None:
    wrong = tmp_path / "letters.muniment"
    wrong.write_text("letters home", encoding="utf-8")
    qtbot.keyClick(start.welcome, Qt.Key.Key_F3)
    start.welcome.opening.path.write(str(wrong))
    start.welcome.opening.act.click()
    qtbot.waitUntil(lambda: start.welcome.opening.wrong != "", timeout=5_000)
    assert start.desktop is None
    assert start.welcome.opening.act.isEnabled()


def test_nothing_of_it_is_clipped(start: FirstStart, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3):
        qtbot.keyClick(start.welcome, key)
        qtbot.wait(50)
        assert clipped(start.welcome) == []


def test_practice_opens_the_demonstration_depot_and_says_how_to_sign_in(start: FirstStart, qtbot: QtBot) -> None:
    start.welcome.practise.click()
    qtbot.waitUntil(lambda: start.desktop is not None, timeout=20_000)
    assert start.desktop is not None
    assert start.desktop.window.training
