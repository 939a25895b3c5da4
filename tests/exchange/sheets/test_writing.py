"""What is written for others arrives as the same text, and nothing in it runs."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from muniment.exchange.sheets import CellKind, SheetRefused, read_table, write_table
from muniment.exchange.sheets.writing import csv_text, plain_from_csv

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "'", "''=", "'=", "＝", " ", "", "\n", "|", "%", ",", ";", '"')
PAYLOADS = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("https://example.invalid","x")',
    "SUM(A1:A9)",
    'DDE("a";"b")',
    "<b>bold</b>&amp;<script>alert(1)</script>",
    "'; DROP TABLE facts; --",
    "\u202eESREVER",
    "a\nb",
    "a\r\nb",
    "two  spaces ",
    "tab\there",
    "https://example.invalid/x",
    "mailto:x@example.invalid",
    "_x0041_",
    "]]>",
    "{{7*7}}",
    "${7*7}",
    "%s%n",
    "000123",
    "1E5",
    "2006-05-19",
    "TRUE",
    "№ 12 АБ",
    "١٢٣",
    "نص",
    "😀",
)


def hostile_strings(count: int) -> list[str]:
    """The same strings each time: beginnings and payloads, joined at random."""
    dice = random.Random(20061)
    made = [begin + payload for begin in BEGINNINGS for payload in PAYLOADS]
    while len(made) < count:
        made.append(dice.choice(BEGINNINGS) + "".join(dice.choices(PAYLOADS, k=dice.randint(1, 3))))
    return made[:count]


def written_and_read(path: Path, strings: list[str]) -> list[str]:
    """The strings beside a column of numbers, so that none makes a blank row."""
    write_table(path, ("text", "line"), ((text, index + 1) for index, text in enumerate(strings)))
    table = read_table(path)
    assert [row.cells[1].text for row in table.rows] == [str(index + 1) for index in range(len(strings))]
    return [row.cells[0].text for row in table.rows]


def test_5000_hostile_strings_come_back_from_csv_after_the_escape_is_taken_off(tmp_path: Path) -> None:
    strings = hostile_strings(5_000)

    read = written_and_read(tmp_path / "list.csv", strings)

    assert not [text for text in read if text[:1] in tuple("=+-@\t\r\0＝＋－＠")]
    assert [plain_from_csv(text) for text in read] == strings


def test_5000_hostile_strings_come_back_from_excel_and_none_is_a_formula_or_link(tmp_path: Path) -> None:
    strings = hostile_strings(5_000)
    path = tmp_path / "list.xlsx"

    assert written_and_read(path, strings) == strings
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "sheet1.xml.rels" in name]
    assert b"<f" not in sheet
    assert b"hyperlink" not in sheet
    assert all(cell.kind is not CellKind.NUMBER for row in read_table(path).rows for cell in row.cells[:1])


def test_a_formula_would_be_seen_in_the_sheet_if_there_were_one(tmp_path: Path) -> None:
    path = tmp_path / "control.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet().write(0, 0, "=1+1")

    with zipfile.ZipFile(path) as archive:
        assert b"<f" in archive.read("xl/worksheets/sheet1.xml")


def test_5000_hostile_strings_come_back_from_opendocument_with_plain_line_ends(tmp_path: Path) -> None:
    strings = hostile_strings(5_000)
    path = tmp_path / "list.ods"

    assert written_and_read(path, strings) == [text.replace("\r\n", "\n").replace("\r", "\n") for text in strings]
    with zipfile.ZipFile(path) as archive:
        assert b"table:formula" not in archive.read("content.xml")


def test_opendocument_files_are_read_by_another_reader_too(tmp_path: Path) -> None:
    path = tmp_path / "list.ods"
    write_table(path, ("model", "quantity"), [("=1+1 <&>", 12), (" two  spaces", 1)])

    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()

    assert rows == [["model", "quantity"], ["=1+1 <&>", 12.0], [" two  spaces", 1.0]]
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_5000_hostile_strings_come_back_from_json(tmp_path: Path, suffix: str) -> None:
    strings = [*hostile_strings(5_000), "\0\x07\ud800"]
    path = tmp_path / f"list{suffix}"

    write_table(path, ("text", "line"), ((text, index) for index, text in enumerate(strings)))

    written = path.read_text(encoding="ascii")
    objects = json.loads(written) if suffix == ".json" else [json.loads(line) for line in written.splitlines()]
    assert objects == [{"text": text, "line": index} for index, text in enumerate(strings)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20), min_size=1, max_size=10))
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".ods"])
def test_any_printed_text_comes_back_from_every_format(tmp_path: Path, suffix: str, strings: list[str]) -> None:
    read = written_and_read(tmp_path / f"list{suffix}", strings)

    assert [plain_from_csv(text) if suffix in (".csv", ".tsv") else text for text in read] == strings


@given(st.text(max_size=8) | st.text("'=+-@\t\r\0x", max_size=6))
def test_the_escape_of_csv_can_always_be_taken_off(text: str) -> None:
    assert plain_from_csv(csv_text(text)) == text
    assert csv_text(text)[:1] not in tuple("=+-@\t\r\0")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".ods"])
def test_characters_no_file_can_hold_become_visible(tmp_path: Path, suffix: str) -> None:
    read = written_and_read(tmp_path / f"list{suffix}", ["\0=1", "a\ud800b", "a\0b"])

    assert read[0] == "\u2400=1"
    assert read[1] in ("a?b", "a\ufffdb")
    assert read[2] == "a\u2400b"


def test_csv_is_what_spreadsheets_and_rfc_4180_expect(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_table(path, ("name", "n"), [('a "b", c', -5), ("=x", None)])

    assert path.read_bytes() == b'\xef\xbb\xbfname,n\r\n"a ""b"", c",-5\r\n\'=x,\r\n'


def test_headings_are_no_safer_than_cells(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_table(path, ("=cmd", "b"), [("x", "y")])

    assert read_table(path).headings == ("'=cmd", "b")


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_long_whole_numbers_keep_all_digits(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"list{suffix}"
    write_table(path, ("n", "m"), [(12345678901234567890, 7)])

    table = read_table(path)

    assert [cell.text for cell in table.rows[0].cells] == ["12345678901234567890", "7"]
    assert table.problems == ()


def test_a_refused_list_leaves_nothing_behind_and_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old", encoding="ascii")

    with pytest.raises(SheetRefused, match="row 3"):
        write_table(path, ("a", "b"), [("1", "2"), ("3",)])

    assert path.read_text(encoding="ascii") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_text_too_long_for_the_format_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SheetRefused, match=r"row 2, column B \(remarks\)"):
        write_table(tmp_path / "list.xlsx", ("a", "remarks"), [("1", "x" * 32_768)])


@pytest.mark.parametrize("name", ["list.xls", "list", "list.pdf"])
def test_unknown_formats_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SheetRefused):
        write_table(tmp_path / name, ("a",), [("1",)])


def test_a_heading_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetRefused):
        write_table(tmp_path / "list.json", ("a", "a"), [("1", "2")])
