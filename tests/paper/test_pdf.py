"""What is on a PDF is what was put in, whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageSize, QPdfWriter

from muniment.desk.opening import Realm
from muniment.domain.basics.text import say
from muniment.paper.press import Job
from muniment.paper.sheet import A4, LETTER
from muniment.ports.paper import PaperFault
from muniment.reports.document import Code, Column, Document, Holds, Table, Words
from muniment.reports.hand_receipt import hand_receipt
from paper.readings import arabic, english, pages_of, text_of
from reports.forms import AT, PISTOL, RIFLE, issue_of, letterhead


def a_document(*values: str, language: str = "en", realm: str = "live") -> Document:
    columns = (Column(say("Serial number as struck"), 3, Holds.CODE), Column(say("Item"), 2))
    rows = tuple((Code(value), say("Rifle")) for value in values)
    return letterhead(Realm(realm), language).sheet(say("Hand receipt"), (Table(columns, rows),), "HR-1")


@pytest.mark.parametrize(
    "serial", ["fi-ffl-OFFICE", "7.62x39->0x1F", "ТЗ 0001 O0I1l", "ÆØ-12 345", "2 · 14 · 6", "A--B==C!=D"]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_serial_is_found_in_the_pdf_exactly_as_struck(tmp_path: Path, serial: str, language: str) -> None:
    path = tmp_path / "sheet.pdf"
    Job(a_document(serial, language=language), arabic if language == "ar" else english).write_pdf(path)
    assert serial in text_of(path)


def test_rifle_is_found_in_the_pdf_because_letters_are_not_contracted(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    Job(a_document("X-1"), english).write_pdf(path)
    # Not folded: a contracted "fi" would be another letter here.
    assert "Rifle" in PdfReader(path).pages[0].extract_text()


def test_the_x_of_a_calibre_stays_a_letter(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    Job(hand_receipt(issue_of(RIFLE)), english).write_pdf(path)
    assert "7.62x39" in PdfReader(path).pages[0].extract_text()


def test_every_value_of_a_hand_receipt_is_on_it(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    Job(hand_receipt(issue_of(RIFLE, PISTOL, purpose="Guard duty", authority="Order 17")), english).write_pdf(path)
    text = text_of(path)
    for value in (RIFLE.serial, PISTOL.serial, "HR-2026-000123", "Guard duty", "Order 17", "2026-11-24 18:14",
                  "Anna Beispiel", "Berta Muster", "Carl Vorlage", "SN-0815", "Nothing follows"):  # fmt: skip
        assert value in text


def test_an_arabic_sheet_is_written_in_letters_that_a_search_finds(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    Job(a_document("X-1", language="ar"), arabic).write_pdf(path)
    # The order of letters in a PDF is that of the eye; single words suffice to show they are whole letters.
    text = text_of(path)
    assert "بندقية" in text or "بندقية"[::-1] in text


@pytest.mark.parametrize(("sheet", "points"), [(A4, (595, 842)), (LETTER, (612, 792))])
def test_the_paper_has_its_size(tmp_path: Path, sheet: object, points: tuple[int, int]) -> None:
    path = tmp_path / "sheet.pdf"
    Job(a_document("X-1"), english, sheet).write_pdf(path)
    box = PdfReader(path).pages[0].mediabox
    assert (round(box.width), round(box.height)) == points


def test_every_page_says_which_of_how_many_it_is(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    job = Job(a_document(*(f"X-{number}" for number in range(120))), english)
    job.write_pdf(path)
    pages = pages_of(path)
    assert len(pages) == job.pages > 2
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Serial number as struck" in page
        assert "HR-1" in page
        assert "Depot Nord, printed 2026-11-24 10:14 UTC+02:00" in page
        assert "Ledger head: 412 facts" in page


def test_every_row_stands_on_one_page_once(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    serials = [f"X-{number:04}" for number in range(200)]
    Job(a_document(*serials), english).write_pdf(path)
    assert [word for word in text_of(path).split() if word.startswith("X-")] == serials


def test_every_page_of_a_training_register_says_so(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    serials = [f"X-{number}" for number in range(90)]
    Job(a_document(*serials, realm="training"), english).write_pdf(path)
    assert all("TRAINING" in page for page in pages_of(path))
    Job(a_document(*serials), english).write_pdf(path)
    assert not any("TRAINING" in page for page in pages_of(path))


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        Job(hand_receipt(issue_of(RIFLE)), english).write_pdf(tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_the_file_names_the_form_and_the_documents_own_time_and_no_path(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    Job(hand_receipt(issue_of(RIFLE)), english).write_pdf(path)
    facts = PdfReader(path).metadata
    assert facts is not None
    assert facts.title == "Hand receipt HR-2026-000123"
    assert facts.creation_date == AT
    assert facts.modification_date == AT
    assert str(tmp_path).encode() not in path.read_bytes()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PaperFault) as fault:
        Job(a_document("X-1"), english).write_pdf(tmp_path / "gone" / "sheet.pdf")
    assert str(fault.value.says) == "The folder for sheet.pdf does not exist."
    assert str(fault.value.safe) == "The register is unchanged. No half sheet was left behind."


def test_a_sheet_that_cannot_take_its_name_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf").mkdir()
    with pytest.raises(PaperFault):
        Job(a_document("X-1"), english).write_pdf(tmp_path / "sheet.pdf")
    assert [entry.name for entry in tmp_path.iterdir()] == ["sheet.pdf"]


FULL = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from muniment.paper.press import Job, application
from muniment.ports.paper import PaperFault
from muniment.reports.hand_receipt import hand_receipt
from paper.readings import english
from reports.forms import RIFLE, issue_of
running = application()
job = Job(hand_receipt(issue_of(*[RIFLE] * 60)), english)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    job.write_pdf(Path(sys.argv[1]))
except PaperFault as fault:
    print(fault.says)
"""


@pytest.mark.skipif(os.name != "posix", reason="the limit that plays a full disk is a POSIX one")
def test_a_full_disk_is_told_and_the_older_sheet_stays(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(b"older")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], env=environment, capture_output=True, text=True, check=True
    )
    assert "disk is full" in told.stdout
    assert path.read_bytes() == b"older"
    assert [entry.name for entry in tmp_path.iterdir()] == ["sheet.pdf"]


def test_words_of_a_person_keep_their_letters(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    table = Table((Column(say("Holder"), 1),), ((Words("Łukasz Ñandú 𝔸 Žž"),),))
    Job(letterhead().sheet(say("Hand receipt"), (table,)), english).write_pdf(path)
    assert "Łukasz Ñandú" in text_of(path)


def test_a_printer_of_another_resolution_gets_the_same_pages(tmp_path: Path) -> None:
    job = Job(hand_receipt(issue_of(*[RIFLE] * 30)), english)
    job.write_pdf(tmp_path / "file.pdf")
    printer = QPdfWriter(str(tmp_path / "printer.pdf"))
    printer.setResolution(600)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    job.print_on(printer, 600)
    del printer
    printed = [page.replace("\t", " ") for page in pages_of(tmp_path / "printer.pdf")]
    assert [page.split() for page in printed] == [page.split() for page in pages_of(tmp_path / "file.pdf")]
