"""The documents of a person, on the page of people."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.pages import Counter
from muniment.desk.attachments import files_of
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.people.presenter import PeoplePresenter
from muniment.ui.people.screen import PeopleScreen
from muniment.ui.record.file_asks import AttachPanel, CopyPanel

ORDER = b"%PDF-1.7\nsigned order\n"


@pytest.fixture
def page(counter: Counter, tmp_path: Path) -> PeopleScreen:
    presenter = PeoplePresenter(counter.depot.desk, counter.depot.administrator_signed_in())
    made = PeopleScreen(presenter, counter.bridge, counter.window)
    made.documents.folder = tmp_path
    counter.window.add_page("people", "users", "People", made)
    counter.window.show_page("people")
    counter.window.take_scan(Scan("B-0001"))
    counter.settle()
    return made


def key(counter: Counter, pressed: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or counter.window, pressed)
    counter.settle()


def attach(counter: Counter, content: bytes, at: Path) -> AttachPanel:
    at.write_bytes(content)
    key(counter, Qt.Key.Key_F5)
    panel = counter.window.panel
    assert isinstance(panel, AttachPanel)
    panel.file.write(str(at))
    panel.kind.write("certificate" if content is ORDER else "photograph")
    counter.press(panel)
    return panel


def picture() -> bytes:
    made, image = QBuffer(), QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(made, "PNG")  # type: ignore[call-overload]
    return bytes(made.data().data())


def test_a_document_is_attached_to_a_person_and_counted(counter: Counter, page: PeopleScreen, tmp_path: Path) -> None:
    key(counter, Qt.Key.Key_F10)
    assert page.shows_documents
    assert "Example Soldier" in page.documents.name.text()
    attach(counter, ORDER, tmp_path / "order.pdf")
    assert page.documents.view is not None
    assert [one.media_type for one in page.documents.view.files] == ["application/pdf"]
    with counter.depot.desk.look() as work:
        assert [one.length for one in files_of(work, counter.depot.soldier)] == [len(ORDER)]
    key(counter, Qt.Key.Key_Escape)
    assert not page.shows_documents
    assert page.papers.shown_words == "Documents: 1"
    assert counter.depot.breaks() == ()


def test_a_picture_of_a_person_is_shown_small(counter: Counter, page: PeopleScreen, tmp_path: Path) -> None:
    page.papers.click()
    counter.settle()
    attach(counter, picture(), tmp_path / "face.png")
    assert page.documents.files.picture.shows_picture


def test_a_copy_is_written_out_again(counter: Counter, page: PeopleScreen, tmp_path: Path) -> None:
    page.papers.click()
    counter.settle()
    attach(counter, ORDER, tmp_path / "order.pdf")
    key(counter, Qt.Key.Key_F7)
    panel = counter.window.panel
    assert isinstance(panel, CopyPanel)
    panel.name.write("copy.pdf")
    panel.name.setFocus()
    counter.press(panel)
    assert (tmp_path / "copy.pdf").read_bytes() == ORDER


def test_who_may_not_keep_people_reads_why(counter: Counter, page: PeopleScreen, tmp_path: Path) -> None:
    second = counter.depot.by_officer(second=True).second
    assert second is not None
    page.sit_down(second)
    page.papers.click()
    counter.settle()
    panel = attach(counter, ORDER, tmp_path / "order.pdf")
    assert counter.window.panel is panel
    with counter.depot.desk.look() as work:
        assert files_of(work, counter.depot.soldier) == []


def test_a_badge_leads_back_to_the_list(counter: Counter, page: PeopleScreen) -> None:
    page.papers.click()
    counter.settle()
    counter.window.take_scan(Scan("B-0001"))
    counter.settle()
    assert not page.shows_documents


@pytest.mark.parametrize(("tint", "scale"), [*product((Tint.LIGHT, Tint.NIGHT), Scale)])
def test_nothing_is_cut_off(counter: Counter, page: PeopleScreen, tmp_path: Path, tint: Tint, scale: Scale) -> None:
    wear(Theme(tint, scale, still=True))
    page.papers.click()
    counter.settle()
    assert clipped(counter.window) == []
    attach(counter, picture(), tmp_path / "face.png")
    assert clipped(counter.window) == []
