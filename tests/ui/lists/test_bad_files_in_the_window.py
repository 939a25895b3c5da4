"""Files that are no lists, or hostile ones: each is refused clearly on the page and leaves the register as it was."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from fakes.depot import Depot
from fakes.lists import write_csv
from muniment.domain.basics.identity import Kind
from muniment.ui.kit.refusal_card import RefusalCard
from muniment.ui.lists.preview import PROBLEMS
from muniment.ui.lists.screen import ListsScreen


class Counter(Protocol):
    depot: Depot
    page: ListsScreen

    def settle(self) -> None: ...

    def take(self, path: Path) -> None: ...


HEADINGS = ("Type code", "Make", "Model", "Calibre", "Serial number", "Location")


def rifle(serial: str) -> tuple[str, ...]:
    return ("SA-40", "Example Works", "Model X", "5.56x45mm", serial, "RACK1")


def raw(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def macros(folder: Path) -> Path:
    with xlsxwriter.Workbook(str(folder / "plain.xlsx")) as book:
        book.add_worksheet().write_row(0, 0, HEADINGS)
    path = folder / "macros.xlsx"
    with zipfile.ZipFile(folder / "plain.xlsx") as plain, zipfile.ZipFile(path, "w") as made:
        for name in plain.namelist():
            made.writestr(name, plain.read(name))
        made.writestr("xl/vbaProject.bin", b"no")
    return path


def bomb(folder: Path) -> Path:
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"\0" * 50_000_000)
    return path


def gone(folder: Path) -> Path:
    return folder / "was here.csv"


def folder(folder: Path) -> Path:
    made = folder / "list.csv"
    made.mkdir()
    return made


def pipe(folder: Path) -> Path:
    made = folder / "list.csv"
    os.mkfifo(made)
    return made


def link_to(target: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        made = folder / "list.csv"
        made.symlink_to(target)
        return made

    return make


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "an empty file": (raw("empty.csv", b""), "empty"),
    "headings alone": (raw("headings.csv", b"Model,Serial number\n"), "no row below"),
    "a wrong encoding": (raw("old.csv", b"Model,Serial number\nMod\xe8le,EX-1\n"), "cannot be read as UTF-8"),
    "zero bytes": (raw("nul.csv", b"Model,Serial number\nA\0,EX-1\n"), "zero byte"),
    "a heading twice": (raw("twice.csv", b"Model,Model\nA,B\n"), "stands over column A and column B"),
    "no headings": (raw("bare.csv", b"1,2\n3,4\n"), "is no heading"),
    "a workbook of the old kind": (raw("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "old kind"),
    "a macro workbook": (macros, "macros"),
    "a zip bomb": (bomb, "made to do harm"),
    "a damaged workbook": (raw("cut.xlsx", b"PK\x03\x04" + b"x" * 100), "cut off"),
    "a file that is gone": (gone, "no such file"),
    "a folder": (folder, "This is a folder"),
}
if os.name == "posix":
    REFUSED |= {
        "a pipe that nobody writes to": (pipe, "a pipe or a device"),
        "a link to a device without an end": (link_to("/dev/zero"), "a pipe or a device"),
        "a link to itself": (link_to("list.csv"), "symbolic links"),
        "a link that leads nowhere": (link_to("gone.csv"), "no such file"),
    }


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_on_the_page_with_what_is_safe(counter: Counter, tmp_path: Path, what: str) -> None:
    make, says = REFUSED[what]
    with counter.depot.desk.look() as work:
        before = work.head()
    counter.take(make(tmp_path))
    card = counter.page.taking_in.findChild(RefusalCard)
    assert card is not None
    assert card.isVisible()
    assert says in card.accessibleDescription()
    assert "Nothing was written" in card.accessibleDescription()
    card.safe.click()
    counter.settle()
    assert counter.page.taking_in.browser.isVisible()
    with counter.depot.desk.look() as work:
        assert work.head() == before


@pytest.mark.parametrize(
    ("written", "encoding"),
    [("Modèle,N° de série\nModèle É,EX-10\n", "cp1252"), ("Model,Serial number\nModèle É,EX-10\n", "utf-16-le")],
    ids=["an older encoding", "UTF-16 without its mark"],
)
def test_a_list_is_read_otherwise_when_a_person_says_how(
    counter: Counter, tmp_path: Path, written: str, encoding: str
) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(written.encode(encoding))
    counter.take(path)
    card = counter.page.taking_in.findChild(RefusalCard)
    assert card is not None
    card.other_asked.emit(encoding)
    counter.settle()
    view = counter.page.taking_in.view
    assert view.columns is not None
    assert view.columns.columns[0].samples == ("Modèle É",)
    assert view.file is not None
    assert view.file.encoding == encoding


DOUBTFUL: dict[str, tuple[str, str]] = {
    "a hidden turn of direction": ("EX\u202e-10", "cannot be seen"),
    "a number rounded by a spreadsheet": ("1234567890123450000", "more than 15 digits"),
    "a number turned into an exponent": ("1,23E+12", "long number"),
}


@pytest.mark.parametrize("what", DOUBTFUL)
def test_a_doubtful_cell_stops_its_row_and_no_other(counter: Counter, tmp_path: Path, what: str) -> None:
    serial, says = DOUBTFUL[what]
    counter.take(write_csv(tmp_path / "list.csv", HEADINGS, [rifle("EX-9"), rifle(serial)]))
    page = counter.page.taking_in
    page.look.click()
    counter.settle()
    assert page.view.preview is not None
    assert dict(page.view.preview.plan.totals.rows) == {"registered": 1, "left_out": 1}
    note = page.view.preview.note(PROBLEMS, 0)
    assert says in str(note.says)
    assert note.value == serial


def test_formulas_and_dates_kept_as_numbers_are_named(counter: Counter, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, (*HEADINGS, "Date acquired"))
        sheet.write_row(1, 0, (*rifle("EX-10"), 38856))
        sheet.write_row(2, 0, rifle("EX-11"))
        sheet.write_formula(2, 4, '="EX"&"-11"', None, "EX-11")
    counter.take(path)
    page = counter.page.taking_in
    page.look.click()
    counter.settle()
    assert page.view.preview is not None
    kinds = {note.kind for note in (*page.view.preview.plan.problems, *page.view.preview.plan.notices)}
    assert {"date_as_number", "formula"} <= kinds


def test_a_file_that_is_taken_away_after_it_was_read_is_taken_in_as_it_was_read(
    counter: Counter, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "list.csv", HEADINGS, [rifle("EX-10")])
    counter.take(path)
    os.unlink(path)
    page = counter.page.taking_in
    page.look.click()
    counter.settle()
    page.take.click()
    counter.settle()
    assert page.view.taken is not None


def test_a_file_that_is_changed_after_it_was_looked_through_is_taken_in_as_it_was_shown(
    counter: Counter, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "list.csv", HEADINGS, [rifle("EX-10")])
    counter.take(path)
    page = counter.page.taking_in
    page.look.click()
    counter.settle()
    write_csv(path, HEADINGS, [rifle("EX-OTHER"), rifle("EX-MORE")])
    page.take.click()
    counter.settle()
    with counter.depot.desk.look() as work:
        serials = {standing.text("serial_raw") for standing in work.every(Kind.WEAPON)}
    assert "EX-10" in serials
    assert not serials & {"EX-OTHER", "EX-MORE"}


def test_a_sheet_of_a_workbook_that_is_taken_away_is_refused(counter: Counter, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("One", "Two"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADINGS)
            sheet.write_row(1, 0, rifle(f"EX-{name}"))
    counter.take(path)
    os.unlink(path)
    counter.page.taking_in.card.sheet.write("Two")
    counter.settle()
    card = counter.page.taking_in.findChild(RefusalCard)
    assert card is not None
    assert "no such file" in card.accessibleDescription()
