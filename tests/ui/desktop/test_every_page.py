"""What must be true of every page the window has, whoever made it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from muniment.ui.kit.button import Button
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.targets import pressed_in, too_close, too_small
from muniment.ui.kit.theme import Theme, theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.shell.window import Window
from pictures import Demonstration, fill_the_desk

WIDE = QSize(1920, 1080)
INSIDE = ("qt_scrollarea_viewport", "qt_spinbox_lineedit")


def on_every_page(made: Demonstration, look: Callable[[Window], list[str]]) -> list[str]:
    """What a detector finds on any page, with the name of the page."""
    found = []
    for page in made.desktop.window.pages:
        made.show(page.name)
        found += [f"{page.name}: {what}" for what in look(made.desktop.window)]
    return found


def see_all(made: Demonstration) -> None:
    """Have every page made, so that what follows happens to pages that stand already."""
    assert on_every_page(made, lambda _: []) == []


def nameless(top: QWidget) -> list[str]:
    """What the Tab key or a finger reaches, and a screen reader has no name for."""
    reached = [widget for widget in pressed_in(top) if widget.objectName() not in INSIDE]
    return [type(widget).__name__ for widget in reached if not widget.accessibleName()]


@pytest.mark.parametrize("scale", [Scale.NORMAL, Scale.LARGE, Scale.GLOVE])
@pytest.mark.parametrize("tint", Tint)
def test_nothing_is_clipped_in_any_theme_and_size_when_it_is_changed_at_once(
    demonstration: Demonstration, tint: Tint, scale: Scale
) -> None:
    see_all(demonstration)
    fill_the_desk(demonstration)
    if scale is not Scale.NORMAL:
        demonstration.desktop.window.resize(WIDE)
    wear(Theme(tint, scale, still=True))
    demonstration.settle()
    assert on_every_page(demonstration, clipped) == []


def pictures_of(made: Demonstration) -> dict[str, QImage]:
    found = {}
    for page in made.desktop.window.pages:
        made.show(page.name)
        found[page.name] = made.desktop.window.grab().toImage()
    return found


def test_pages_taken_through_every_look_come_back_as_they_were(demonstration: Demonstration) -> None:
    before = pictures_of(demonstration)
    for scale in reversed(Scale):
        for tint in reversed(Tint):
            wear(Theme(tint, scale, still=True))
    demonstration.settle()
    for name, after in pictures_of(demonstration).items():
        points = [(x, y) for x in range(0, after.width(), 7) for y in range(0, after.height(), 7)]
        differ = sum(before[name].pixel(*point) != after.pixel(*point) for point in points)
        assert differ < 40, name  # the scan field counts seconds; everything else stands still


@pytest.mark.parametrize("size", [QSize(1366, 768), WIDE])
def test_gloved_hands_find_everything_large_enough_and_apart(demonstration: Demonstration, size: QSize) -> None:
    see_all(demonstration)
    demonstration.desktop.window.resize(size)
    wear(Theme(scale=Scale.GLOVE, still=True))
    demonstration.settle()
    assert on_every_page(demonstration, too_small) == []
    assert on_every_page(demonstration, too_close) == []


def test_on_a_finer_screen_more_pixels_make_the_same_fifteen_millimetres(demonstration: Demonstration) -> None:
    see_all(demonstration)
    fine = 141 / 25.4
    demonstration.desktop.window.resize(WIDE)
    wear(replace(Theme(scale=Scale.GLOVE, still=True), dots_per_mm=fine))
    demonstration.settle()
    assert theme().touch == 84
    assert on_every_page(demonstration, too_small) == []


def test_what_is_too_small_or_too_close_for_gloves_is_found(qtbot: QtBot) -> None:
    wear(Theme(scale=Scale.GLOVE))
    one, other = QPushButton("One"), QPushButton("Other")
    for button in (one, other):
        button.setAccessibleName(button.text())
        button.setFixedSize(80, 40)
    top = holder(row(one, other, gap=6))
    qtbot.addWidget(top)
    top.show()
    assert too_small(top) == ["One 80x40", "Other 80x40"]
    assert too_close(top) == ["One | Other: 6"]
    wear(Theme())


def test_everything_that_is_reached_has_a_name(demonstration: Demonstration) -> None:
    fill_the_desk(demonstration)
    assert on_every_page(demonstration, nameless) == []


def test_what_has_no_name_is_found(qtbot: QtBot) -> None:
    named, bare = Button("Named"), QPushButton()
    top = holder(column(named, bare, Label("Words are read as they are")))
    qtbot.addWidget(top)
    top.show()
    assert nameless(top) == ["QPushButton"]


def test_every_page_says_what_it_is_for(demonstration: Demonstration) -> None:
    assert [page.name for page in demonstration.desktop.window.pages if not page.purpose] == []


def test_lists_and_painted_parts_can_be_read_aloud_row_by_row(demonstration: Demonstration) -> None:
    fill_the_desk(demonstration)
    hatch = demonstration.desktop.hatch
    assert hatch is not None
    role = Qt.ItemDataRole.AccessibleTextRole
    first = hatch.timeline.model().index(0, 0).data(role)
    assert "Issued" in first
    assert "2026-11-24" in first
    places = demonstration.desktop.pages.places if demonstration.desktop.pages else None
    assert places is not None
    demonstration.show("places")
    assert "Demonstration Depot, Depot" in places.tree.model().index(0, 0).data(role)
    assert isinstance(places.tree, QAbstractScrollArea)


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1024, 640)])
@pytest.mark.parametrize("page", ["hatch", "today", "places", "settings", "practice"])
def test_no_page_is_scrolled_sideways(demonstration: Demonstration, size: QSize, page: str) -> None:
    fill_the_desk(demonstration)
    demonstration.desktop.window.resize(size)
    demonstration.show(page)
    front = demonstration.desktop.window.front
    assert front is not None
    room = front.parentWidget()
    assert room is not None
    assert front.width() <= room.width()
