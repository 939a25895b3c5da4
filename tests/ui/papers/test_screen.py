"""The page of papers. Keyboard only, on a real register and a pretended printer."""

from __future__ import annotations

from itertools import product
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.depot import Depot
from muniment.desk.printing.noting import print_log
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.printing import Form
from muniment.paper.printers.pretended import PretendedPrinter
from muniment.ports.paper import JobState
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.status_bar import Device, DeviceState
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.pages import Seat
from muniment.ui.papers.screen import PapersScreen
from muniment.ui.shell.page import Shown, TakesKeys, TakesScans
from muniment.ui.shell.window import Window


class Office(Protocol):
    depot: Depot
    window: Window
    page: PapersScreen
    printer: PretendedPrinter

    def issued(self) -> Subject: ...

    def sees(self, true: object) -> None: ...

    def states(self) -> list[JobState]: ...

    def settle(self) -> None: ...


def shown(office: Office, form: Form) -> None:
    """Wait until a form is in the preview."""
    view = office.page
    office.sees(lambda: view.view is not None and view.view.form is form and view.view.made is not None)


def test_the_page_answers_what_the_window_passes_on(office: Office) -> None:
    for kind in (TakesKeys, TakesScans, Shown, Seat):
        assert isinstance(office.page, kind)


def test_a_form_is_looked_at_and_printed_with_a_key(office: Office) -> None:
    office.window.show_page("papers")
    shown(office, Form.COMMAND_CARDS)
    office.sees(lambda: not office.page.preview.paper.picture.isNull())
    assert office.page.preview.where.text() == "1 of 1"
    QTest.keyClick(office.page, Qt.Key.Key_F11)
    office.sees(lambda: office.states() == [JobState.PRINTED])
    assert len(office.printer.tray) == 1


def test_a_scanned_receipt_is_shown(office: Office) -> None:
    office.issued()
    office.window.take_scan(Scan("R-000001"))
    shown(office, Form.HAND_RECEIPT)
    assert office.page.about.value == "R-000001"


def test_scanned_labels_gather(office: Office) -> None:
    office.page.form.write(Form.ITEM_LABELS.value)
    shown(office, Form.ITEM_LABELS)
    office.window.take_scan(Scan("W-0000001"))
    office.window.take_scan(Scan("W-0000002"))
    office.sees(lambda: office.page.about.value == "W-0000001 W-0000002")
    assert office.page.stock.isVisible()


def test_what_cannot_be_made_says_why_and_cannot_be_printed(office: Office) -> None:
    office.page.form.write(Form.HAND_RECEIPT.value)
    office.page.about.write("R-999999")
    office.sees(lambda: office.page.view is not None and office.page.view.problem is not None)
    assert not office.page.print.isEnabled()
    assert office.page.preview.empty.isVisible()


def test_pages_are_turned_by_keys(office: Office) -> None:
    office.page.form.write(Form.ITEM_LABELS.value)
    office.page.about.write(" ".join(["W-0000001"] * 30))
    office.sees(lambda: office.page.preview.where.text() == "1 of 2")
    QTest.keyClick(office.page, Qt.Key.Key_PageDown)
    assert office.page.preview.page == 2
    QTest.keyClick(office.page, Qt.Key.Key_PageDown)
    assert office.page.preview.page == 2
    QTest.keyClick(office.page, Qt.Key.Key_PageUp)
    assert office.page.preview.page == 1


def test_true_size_is_as_wide_as_the_paper(office: Office) -> None:
    office.window.show_page("papers")
    shown(office, Form.COMMAND_CARDS)
    office.page.preview.scale.click()
    screen = office.page.screen()
    dots = screen.physicalDotsPerInchX()
    dots = dots if 60 <= dots <= 400 else screen.logicalDotsPerInchX()
    wide = round(210 / 25.4 * dots)
    office.sees(lambda: abs(office.page.preview.paper.picture.width() - wide) <= 2)


def test_a_receipt_is_printed_while_another_page_stays_in_front(office: Office) -> None:
    told: list[Device] = []
    office.page.news.connect(told.append)
    office.page.print_receipt(str(office.issued()))
    office.sees(lambda: bool(told) and told[-1].said == "Hand receipt R-000001: Printed")
    assert office.window.panel is None
    with office.depot.desk.look() as work:
        (line,) = print_log(work)
    assert (line.form, line.number, line.printer) == (Form.HAND_RECEIPT, "R-000001", "Office")


def test_a_failure_stays_in_the_strip_until_somebody_decides(office: Office) -> None:
    told: list[Device] = []
    office.page.news.connect(told.append)
    office.printer.load(0)
    office.page.print_receipt(str(office.issued()))
    office.sees(lambda: office.states() == [JobState.FAILED])
    assert told[-1].state is DeviceState.LOST
    (waiting,) = office.page.waiting()
    assert waiting.words == "Hand receipt R-000001: Not printed"
    assert office.page.choose(waiting.name)
    assert "P-R-000001" in office.page.do_now.text()
    office.printer.load()
    QTest.keyClick(office.page, Qt.Key.Key_F2)
    office.sees(lambda: office.states() == [JobState.PRINTED])
    assert office.page.waiting() == []


@pytest.mark.parametrize(
    ("key", "becomes"),
    [(Qt.Key.Key_F3, JobState.PRINTED), (Qt.Key.Key_F5, JobState.PRINTED), (Qt.Key.Key_F6, JobState.CANCELLED)],
)
def test_a_person_decides_with_one_key(office: Office, key: Qt.Key, becomes: JobState) -> None:
    office.printer.load(0)
    office.page.print_receipt(str(office.issued()))
    office.sees(lambda: office.states() == [JobState.FAILED])
    QTest.keyClick(office.page, key)
    office.sees(lambda: office.states() == [becomes])


def test_a_printer_is_put_right_by_what_is_typed(office: Office) -> None:
    office.page.right.write("1,5")
    QTest.keyClick(office.page.right.line, Qt.Key.Key_Return)
    office.sees(lambda: office.page.view is not None and office.page.view.offset_mm == (1.5, 0.0))


def test_a_foolish_number_of_copies_is_said_on_the_page(office: Office) -> None:
    office.window.show_page("papers")
    shown(office, Form.COMMAND_CARDS)
    office.page.copies.write("many")
    office.page.print.click()
    office.sees(lambda: office.page.message.isVisible())
    assert office.states() == []


@pytest.mark.parametrize(("tint", "scale", "mirrored"), [*product(Tint, Scale, (False, True))])
def test_nothing_is_cut_off(office: Office, tint: Tint, scale: Scale, mirrored: bool) -> None:
    wear(Theme(tint, scale), mirrored=mirrored)
    office.window.resize(1366, 768)
    office.printer.load(0)
    office.page.print_receipt(str(office.issued()))
    office.sees(lambda: office.states() == [JobState.FAILED])
    office.page.form.write(Form.ITEM_LABELS.value)
    shown(office, Form.ITEM_LABELS)
    office.settle()
    QApplication.processEvents()
    assert clipped(office.page) == []
