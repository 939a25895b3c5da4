from __future__ import annotations

from importlib import resources

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from muniment.ui.kit.button import Button
from muniment.ui.kit.icons import MIRRORED, icon
from muniment.ui.kit.label import Label
from muniment.ui.kit.theme import Theme, theme, wear
from muniment.ui.kit.tokens import STATES, VERBS, Scale, Tint


def test_the_shipped_faces_are_used_and_not_a_stand_in() -> None:
    assert QFontInfo(theme().font()).family() == "Inter"
    assert QFontInfo(theme().font(mono=True)).family() == "JetBrains Mono"


def test_a_window_already_open_takes_a_new_theme(qtbot: QtBot) -> None:
    label, button = Label("Rack 2", 20), Button("Find", "F9")
    for part in (label, button):
        qtbot.addWidget(part)
    before = button.height()
    wear(Theme(Tint.NIGHT, Scale.LARGE))
    assert label.font().pixelSize() == 25
    assert label.palette().windowText().color().name().upper() == "#FF7A66"
    assert button.height() > before


def test_no_ligature_hides_a_letter_of_a_serial() -> None:
    font = theme().font(30, mono=True)
    assert font.featureValue(QFont.Tag("calt")) == 0


@pytest.mark.parametrize(
    "name", sorted({look.icon for look in STATES.values()} | {look.icon for look in VERBS.values()})
)
def test_every_icon_of_the_tables_is_shipped_and_draws_something(name: str) -> None:
    image = icon(name, 24, "#112233")
    assert image.size() == QSize(48, 48)
    assert _ink(image) > 20


def test_only_directions_mirror(qapp: QApplication) -> None:
    straight = {name: icon(name, 24, "#000000") for name in ("arrow-right", "lock")}
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert icon("arrow-right", 24, "#000000") == straight["arrow-right"].flipped(Qt.Orientation.Horizontal)
    assert icon("lock", 24, "#000000") == straight["lock"]


def test_every_mirrored_icon_is_shipped() -> None:
    folder = resources.files("muniment.assets") / "icons"
    assert [name for name in MIRRORED if not (folder / f"{name}.svg").is_file()] == []


def test_every_font_lies_beside_its_licence() -> None:
    fonts = resources.files("muniment.assets") / "fonts"
    for owner in ("inter", "jetbrains-mono", "noto"):
        assert "License" in (fonts / f"COPYRIGHT-{owner}").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL-1.1.txt").read_text("utf-8")


def _ink(image: QImage) -> int:
    return sum(image.pixelColor(x, y).alpha() > 100 for x in range(image.width()) for y in range(image.height()))
