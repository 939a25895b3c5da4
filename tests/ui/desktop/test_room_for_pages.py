"""Pages in the room they have: nothing is scrolled sideways, nothing opens by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget

import pictures
from muniment.ui.kit.layout import column, holder
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale
from pictures import Demonstration, fill_the_desk

SMALL = QSize(1366, 768)


@pytest.fixture(scope="module")
def busy(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A depot where every page has something to show; tests of the module share it."""
    wear(Theme(still=True), mirrored=False)
    with pictures.demonstration(tmp_path_factory.mktemp("depot"), prints=True) as made:
        pictures.sign_in(made)
        fill_the_desk(made)
        made.show("record")
        made.scan("TAG-0005")
        yield made
    wear(Theme(still=True), mirrored=False)


def sideways(page: QWidget) -> list[str]:
    """The parts of a page that are wider than their room: the page itself, and what scrolls on it."""
    room = page.parentWidget()
    found = [] if room is None or page.width() <= room.width() else [f"the page, by {page.width() - room.width()}"]
    areas = [area for area in page.findChildren(QAbstractScrollArea) if area.isVisible()]
    return found + [area.accessibleName() for area in areas if area.horizontalScrollBar().maximum() > 0]


@pytest.mark.parametrize("scale", Scale)
def test_no_page_that_shows_something_is_scrolled_sideways(busy: Demonstration, scale: Scale) -> None:
    busy.desktop.window.resize(SMALL)
    wear(Theme(scale=scale, still=True))
    busy.settle()
    found = {}
    for page in busy.desktop.window.pages:
        busy.show(page.name)
        if wide := sideways(page.widget):
            found[page.name] = wide
    assert found == {}


def test_a_page_that_is_too_wide_is_found(busy: Demonstration) -> None:
    wide = QLabel("x")
    wide.setMinimumWidth(4_000)
    page, room = holder(column(wide)), QWidget()
    page.setParent(room)
    page.resize(4_000, 10)
    room.resize(100, 10)
    assert sideways(page) == ["the page, by 3900"]


def downwards(busy: Demonstration) -> int:
    """By how many pixels the page in front is taller than its room."""
    page = next(one.widget for one in busy.desktop.window.pages if one.name == busy.desktop.window.page)
    room = page.parentWidget()
    return max(0, page.height() - room.height()) if room is not None else 0


@pytest.fixture
def gloved(busy: Demonstration) -> Iterator[Demonstration]:
    """The depot in a small window with targets for gloves."""
    busy.desktop.window.resize(SMALL)
    wear(Theme(scale=Scale.GLOVE, still=True))
    busy.settle()
    yield busy
    busy.desktop.window.pad.close_pad()
    wear(Theme(still=True))
    busy.settle()


def test_gloved_hands_see_a_person_and_every_verb_without_scrolling(gloved: Demonstration) -> None:
    gloved.show("people")
    gloved.scan("BADGE-D101")
    assert downwards(gloved) == 0


def test_gloved_hands_see_how_a_list_is_read_and_what_becomes_of_it(gloved: Demonstration, tmp_path: Path) -> None:
    path = tmp_path / "old book.csv"
    path.write_text("Type,Model,Calibre,Serial number\nrifle,Z,5.56x45,Z-1\nmachine gun,Z,5.56x45,Z-2\n", "utf-8")
    gloved.show("lists")
    pages = gloved.desktop.pages
    assert pages is not None
    taking_in = pages.lists.taking_in
    taking_in.take_file(str(path))
    pictures.until(lambda: taking_in.view.columns is not None)
    gloved.settle()
    assert taking_in.columns.isVisible()
    assert downwards(gloved) == 0
    taking_in.look.click()
    pictures.until(lambda: taking_in.view.preview is not None)
    gloved.settle()
    assert taking_in.preview.isVisible()
    assert downwards(gloved) == 0
    taking_in.start_over()
    gloved.settle()


def test_gloved_hands_see_the_thing_in_hand_while_they_type(gloved: Demonstration) -> None:
    gloved.show("hatch")
    hatch = gloved.desktop.hatch
    assert hatch is not None
    before = hatch.record.isVisible()
    gloved.desktop.window.pad._open(None)  # a press of the scan field opens it; there is no touch here
    gloved.settle()
    assert downwards(gloved) == 0
    assert hatch.item.isVisible()
    assert hatch.finish.isVisible()
    gloved.desktop.window.pad.close_pad()
    gloved.settle()
    assert hatch.record.isVisible() == before


def test_a_page_that_is_too_tall_for_gloves_is_found(gloved: Demonstration) -> None:
    gloved.show("people")
    page = next(one.widget for one in gloved.desktop.window.pages if one.name == "people")
    page.resize(page.width(), 4_000)
    assert downwards(gloved) > 3_000
    gloved.settle()


class Opened(QObject):
    """Watches for windows beside the one that is meant to be open."""

    def __init__(self, meant: QWidget) -> None:
        super().__init__()
        self._meant, self.seen = meant, set[str]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        shown = watched if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) else None
        if shown is not None and shown.isWindow() and shown is not self._meant:
            self.seen.add(f"{type(shown).__name__} {shown.accessibleName()}".strip())
        return False


def test_no_part_flashes_up_as_a_window_of_its_own(busy: Demonstration, qapp: QApplication) -> None:
    opened = Opened(busy.desktop.window)
    qapp.installEventFilter(opened)
    try:
        for page in busy.desktop.window.pages:
            busy.show(page.name)
        for look in (Theme(scale=Scale.GLOVE, still=True), Theme(still=True)):
            wear(look)
            busy.settle()
        pages = busy.desktop.pages
        assert pages is not None
        busy.show("record")
        for act in list(pages.record.view.acts if pages.record.view else ()):
            pages.record._do(act)  # each act's panel, without walking through the list of acts
            busy.settle()
            busy.desktop.window.close_panel()
            busy.show("record")
        busy.show("people")
        busy.scan("BADGE-D101")
        for button in (pages.people.certify, pages.people.ban, pages.people.status, pages.people.pin):
            button.click()
            busy.settle()
            busy.desktop.window.close_panel()
    finally:
        qapp.removeEventFilter(opened)
    assert opened.seen == set()


def test_a_part_that_flashes_up_is_found(busy: Demonstration, qapp: QApplication) -> None:
    opened = Opened(busy.desktop.window)
    qapp.installEventFilter(opened)
    stray = QLabel("no parent yet")
    stray.setVisible(True)
    qapp.removeEventFilter(opened)
    stray.hide()
    assert opened.seen == {"QLabel"}


def test_a_form_is_printed_from_any_page(busy: Demonstration) -> None:
    pages = busy.desktop.pages
    assert pages is not None
    assert pages.papers is not None
    assert [offer.words for offer in pages.papers.offers()][:2] == ["Issue and return log", "Command cards"]
    busy.show("hatch")
    before = len(pages.papers.view.lines) if pages.papers.view else 0
    pages.papers.offers()[1].do()
    busy.settle()
    assert busy.desktop.window.page == "hatch"
    assert pages.papers.view is not None
    assert len(pages.papers.view.lines) == before + 1
