from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from muniment.ui.kit import gallery
from muniment.ui.kit.button import Button
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.gallery_words import gallery_arabic
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder
from muniment.ui.kit.theme import Theme, theme, wear
from muniment.ui.kit.tokens import Scale, Tint


@pytest.fixture(params=[False, True], ids=["ltr", "rtl"])
def mirrored(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[bool]:
    arabic = gallery_arabic(qapp)
    if request.param:
        qapp.installTranslator(arabic)
    yield request.param
    qapp.removeTranslator(arabic)


@pytest.mark.parametrize("tint", Tint)
@pytest.mark.parametrize("scale", Scale)
def test_nothing_on_the_sheet_is_cut_off(qtbot: QtBot, tint: Tint, scale: Scale, mirrored: bool) -> None:
    wear(Theme(tint, scale), mirrored=mirrored)
    sheet = gallery.sheet()
    qtbot.addWidget(sheet)
    sheet.resize(theme().px(1400), theme().px(1760))
    sheet.show()
    QApplication.processEvents()
    assert clipped(sheet) == []
    assert not sheet.grab().isNull()


def test_what_is_cut_off_is_found(qtbot: QtBot) -> None:
    label, button = Label("Assault rifle 5.56"), Button("Back to quarantine", "F6")
    tall = Label("A sentence that must be broken over several lines to be read", wrap=True)
    room = holder(column(label, button, tall))
    qtbot.addWidget(room)
    room.show()
    label.setFixedWidth(60)
    button.setFixedWidth(80)
    tall.setFixedSize(90, 20)
    QApplication.processEvents()
    assert sorted(clipped(room)) == sorted([label.text(), button.text(), tall.text()])


def test_what_sticks_out_is_found(qtbot: QtBot) -> None:
    room = holder(column())
    qtbot.addWidget(room)
    room.resize(100, 40)
    label = Label("Rack 2-14")
    label.setParent(room)
    room.show()
    label.adjustSize()
    label.move(80, 4)
    assert clipped(room) == ["Rack 2-14"]


def test_a_picture_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    assert gallery.render(gallery.refusal_card(), tmp_path / "refusal.png") == []
    assert (tmp_path / "refusal.png").read_bytes().startswith(b"\x89PNG")
