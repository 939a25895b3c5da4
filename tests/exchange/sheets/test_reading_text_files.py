"""Lists in CSV and TSV files."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from muniment.exchange.sheets import CellKind, Limits, SheetRefused, Table, read_table, to_json


def write(tmp_path: Path, content: str | bytes, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(tmp_path: Path, content: str | bytes, **options: str) -> Table:
    return read_table(write(tmp_path, content), **options)  # type: ignore[arg-type]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def kinds(table: Table) -> list[str]:
    return [problem.kind for problem in table.problems]


def refused(tmp_path: Path, content: str | bytes, **options: str) -> SheetRefused:
    with pytest.raises(SheetRefused) as caught:
        read(tmp_path, content, **options)
    assert caught.value.problems
    return caught.value


def test_cells_are_text_exactly_as_written(tmp_path: Path) -> None:
    table = read(tmp_path, "model,serial\nTest rifle, 000123 \n")

    assert table.headings == ("model", "serial")
    assert texts(table) == [["Test rifle", " 000123 "]]
    assert table.problems == ()


def test_a_table_knows_the_file_it_came_from(tmp_path: Path) -> None:
    table = read(tmp_path, "a,b\n1,2\n")

    assert (table.source, table.form, table.encoding, table.delimiter) == ("list.csv", "csv", "utf-8", ",")
    assert table.sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["make", "model", "price"], ["Alpha, Ltd", "R; 1", "1,5"], ["Beta", "R 2", "2,25"]]
    content = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)

    table = read(tmp_path, content)

    assert table.delimiter == delimiter
    assert texts(table) == rows[1:]


def test_decimal_commas_do_not_make_a_comma_the_delimiter(tmp_path: Path) -> None:
    table = read(tmp_path, "model;price\nR1;1,5\nR2;2,5\nR3;3,5\n")

    assert texts(table) == [["R1", "1,5"], ["R2", "2,5"], ["R3", "3,5"]]


def test_the_line_that_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=;\r\nmodel;serial\r\nR1;A,B,C\r\n")

    assert (table.delimiter, table.headings, table.heading_row) == (";", ("model", "serial"), 2)
    assert table.rows[0].number == 3


def test_a_list_of_one_column_is_a_list(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "serial\nAA1\nAA2\n")) == [["AA1"], ["AA2"]]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
    ],
)
def test_unicode_is_read_with_and_without_its_mark(tmp_path: Path, encoding: str, found: str) -> None:
    table = read(tmp_path, "модель;номер\nВинтовка;АБ 1\n".encode(encoding))

    assert table.encoding == found
    assert table.headings == ("модель", "номер")
    assert texts(table) == [["Винтовка", "АБ 1"]]


def test_big_endian_utf_16_is_read(tmp_path: Path) -> None:
    table = read(tmp_path, b"\xfe\xff" + "a,b\né,ü\n".encode("utf-16-be"))

    assert texts(table) == [["é", "ü"]]


def test_an_older_encoding_is_read_only_when_it_is_named(tmp_path: Path) -> None:
    content = "modèle,serial\nCarabine,A1\n".encode("cp1252")

    assert read(tmp_path, content, encoding="cp1252").headings[0] == "modèle"
    refusal = refused(tmp_path, content)

    assert refusal.problems[0].kind == "undecodable"
    assert "line 1" in refusal.problems[0].where
    assert "Byte 3 (0xE8)" in str(refusal.problems[0].says)
    assert "cp1251" in str(refusal.problems[0].says)


def test_the_line_of_an_undecodable_byte_is_named(tmp_path: Path) -> None:
    refusal = refused(tmp_path, b"a,b\r\n1,2\r\n3,\xff\r\n")

    assert "line 3" in refusal.problems[0].where
    assert "Byte 12 " in str(refusal.problems[0].says)


def test_a_named_encoding_does_not_overrule_utf_8(tmp_path: Path) -> None:
    assert read(tmp_path, "modèle\nR1\n", encoding="cp1252").encoding == "utf-8"


def test_an_encoding_nobody_knows_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "a\nb\n", encoding="rot13").problems[0].kind == "unknown_encoding"


def test_a_zero_byte_is_refused_with_its_place(tmp_path: Path) -> None:
    problem = refused(tmp_path, b"a,b\n1,\x002\n").problems[0]

    assert problem.kind == "nul"
    assert "line 2" in problem.where
    assert "byte 6" in str(problem.says)


def test_utf_16_without_its_mark_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "a,b\n1,2\n".encode("utf-16-le")).problems[0].kind == "nul"


def test_half_a_character_of_utf_16_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "a,b\n1,2\n".encode("utf-16") + b"x").problems[0].kind == "undecodable"


def test_line_breaks_inside_quotation_marks_belong_to_the_cell(tmp_path: Path) -> None:
    table = read(tmp_path, 'model,remarks\r\nR1,"first\r\nsecond"\r\nR2,x\r\n')

    assert texts(table) == [["R1", "first\r\nsecond"], ["R2", "x"]]
    assert [row.number for row in table.rows] == [2, 4]


def test_files_of_old_macs_are_read(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "a,b\r1,2\r3,4\r")) == [["1", "2"], ["3", "4"]]


def test_blank_rows_are_passed_over_and_counted(tmp_path: Path) -> None:
    table = read(tmp_path, "\n,\na,b\n\n1,2\n , \n3,4\n")

    assert table.heading_row == 3
    assert [row.number for row in table.rows] == [5, 7]


@pytest.mark.parametrize("row", ["1,2", "1,2,3,4"])
def test_a_ragged_row_is_named(tmp_path: Path, row: str) -> None:
    table = read(tmp_path, f"a,b,c\n1,2,3\n{row}\n")

    assert kinds(table) == ["ragged"]
    assert (table.problems[0].where, table.problems[0].row) == ("line 3", 3)
    assert len(table.rows[1].cells) >= 3


def test_empty_cells_at_the_end_of_a_row_are_not_ragged(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b,,\n1,2,,\n3,4,,\n").problems == ()


def test_a_quotation_that_never_ends_is_refused_with_its_line(tmp_path: Path) -> None:
    problem = refused(tmp_path, 'a,b\n1,2\n3,"four\n5,6\n').problems[0]

    assert problem.kind == "quoting"
    assert "line 3" in problem.where


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "a,b\n1," + "x" * 200_000 + "\n").problems[0].kind == "quoting"


def test_a_heading_twice_is_refused_and_both_columns_are_named(tmp_path: Path) -> None:
    refusal = refused(tmp_path, "serial,model, Serial \n1,2,3\n")

    assert refusal.problems[0].kind == "heading_twice"
    assert "column A and column C" in str(refusal.problems[0].says)


@pytest.mark.parametrize("first", ["R1,000123,1", "R1,A1,5/19/2006 0:00:00", "R1,A1,58.71"])
def test_a_list_that_begins_with_data_is_refused(tmp_path: Path, first: str) -> None:
    assert refused(tmp_path, f"{first}\n").problems[0].kind == "no_headings"


def test_a_column_without_heading_is_a_problem_only_if_it_holds_something(tmp_path: Path) -> None:
    table = read(tmp_path, "a,,c\n1,,3\n4,5,6\n")

    assert kinds(table) == ["heading_missing"]
    assert "column B" in table.problems[0].where
    assert "line 3" in str(table.problems[0].says)
    assert read(tmp_path, "a,,c\n1,,3\n").problems == ()


@pytest.mark.parametrize("content", ["", "\n\n", " , \n,,\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, content).problems[0].kind == "empty"


def test_headings_alone_are_an_empty_table(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b\n").rows == ()


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-5", "@SUM(A1)", '=HYPERLINK("x")'])
def test_what_would_be_a_formula_elsewhere_is_text_here(tmp_path: Path, formula: str) -> None:
    escaped = formula.replace('"', '""')
    table = read(tmp_path, f'a,b\n"{escaped}",x\n')

    assert table.rows[0].cells[0].text == formula
    assert table.rows[0].cells[0].kind is CellKind.TEXT
    assert table.problems == ()


@pytest.mark.parametrize("written", ["1.23E+11", "1,23E+11", "-4.5e+08"])
def test_a_number_in_powers_of_ten_is_reported(tmp_path: Path, written: str) -> None:
    table = read(tmp_path, f"model;serial\nR1;{written}\n")

    assert kinds(table) == ["scientific"]
    assert table.problems[0].where == "line 2, column B (serial)"
    assert table.rows[0].cells[1].text == written


@pytest.mark.parametrize("serial", ["1E5", "E+1", "12E4567", "AB1E+11"])
def test_serials_with_an_e_are_serials(tmp_path: Path, serial: str) -> None:
    assert read(tmp_path, f"model;serial\nR1;{serial}\n").problems == ()


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\u00ad", "\x07", "\x85", "\U000e0041"]
)
def test_characters_that_cannot_be_seen_are_reported(tmp_path: Path, hidden: str) -> None:
    table = read(tmp_path, f"model,serial\nR1,AB{hidden}12\n")

    assert kinds(table) == ["hidden_character"]
    assert f"U+{ord(hidden):04X}" in str(table.problems[0].says)
    assert table.rows[0].cells[1].text == f"AB{hidden}12"


@pytest.mark.parametrize("word", ["می\u200cخواهم", "क्\u200dष", "٣٤", "é\u00a0à", "a\tb"])
def test_characters_that_writing_needs_are_no_problem(tmp_path: Path, word: str) -> None:
    assert read(tmp_path, f'model,remarks\nR1,"{word}"\n').problems == ()


def test_a_joiner_inside_latin_letters_is_reported(tmp_path: Path) -> None:
    assert kinds(read(tmp_path, "model\nA\u200dB\n")) == ["hidden_character"]


def test_more_rows_or_columns_than_allowed_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b\n1,2\n3,4\n5,6\n")

    assert len(read_table(path, limits=Limits(rows=4, columns=2)).rows) == 3
    for limits in (Limits(rows=3), Limits(columns=1), Limits(file_bytes=10)):
        with pytest.raises(SheetRefused):
            read_table(path, limits=limits)


@pytest.mark.parametrize("name", ["list.pdf", "list.xls", "list.xlsx", "list.xlsm", "list.ods", "list"])
def test_a_name_of_another_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SheetRefused):
        read_table(write(tmp_path, "a,b\n1,2\n", name))


@pytest.mark.parametrize("content", ["<html><table>", "<?xml version='1.0'?><a/>", "%PDF-1.7 ..", "{\\rtf1 x}"])
def test_pages_and_documents_are_no_lists(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, content).problems[0].kind == "not_a_list"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(SheetRefused) as caught:
            read_table(path)
        assert caught.value.problems[0].kind == "no_file"


def test_problems_are_printed_as_the_command_line_promises(tmp_path: Path) -> None:
    table = read(tmp_path, "model,serial\nR1,1.23E+11\n")

    answer = to_json(table.problems)

    assert list(answer) == ["problems"]
    assert set(answer["problems"][0]) == {"where", "says"}
    assert answer["problems"][0]["where"] == "line 2, column B (serial)"


def test_a_list_with_bars_between_its_cells_is_read(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "serial|make\nEX-1|Works, Example\n"))
    assert (table.delimiter, table.headings) == ("|", ("serial", "make"))


@pytest.mark.parametrize(
    ("written", "named", "known"),
    [
        ("cp1251", "windows-1251", "cp1251"),
        ("cp1251", "CP1251", "cp1251"),
        ("cp866", "cp866", "cp866"),
        ("koi8-r", "KOI8-R", "koi8-r"),
        ("utf-16-le", "utf-16-le", "utf-16-le"),
        ("utf-16-be", "UTF-16BE", "utf-16-be"),
    ],
)
def test_an_encoding_goes_by_any_of_its_names(tmp_path: Path, written: str, named: str, known: str) -> None:
    path = write(tmp_path, "serial,make\nЖ-1,Завод\n".encode(written))
    table = read_table(path, encoding=named)
    assert (table.encoding, table.rows[0].cells[1].text) == (known, "Завод")


def test_japanese_text_is_read_when_its_encoding_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "serial,make\nEX-1,見本\n".encode("shift_jis"))
    assert read_table(path, encoding="Shift-JIS").rows[0].cells[1].text == "見本"


def test_naming_utf_8_keeps_what_is_not_utf_8_out(tmp_path: Path) -> None:
    path = write(tmp_path, "serial\nЖ-1\n".encode("cp1251"))
    with pytest.raises(SheetRefused, match="cannot be read as UTF-8"):
        read_table(path, encoding="UTF-8")


def test_a_folder_is_called_a_folder(tmp_path: Path) -> None:
    (tmp_path / "lists.csv").mkdir()
    with pytest.raises(SheetRefused, match="This is a folder"):
        read_table(tmp_path / "lists.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_without_waiting_at_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(SheetRefused, match="a pipe or a device"):
        read_table(tmp_path / "pipe.csv")


def test_a_name_that_no_disk_takes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_table(tmp_path / f"{'x' * 5000}.csv")
    assert refused.value.problems[0].kind == "no_file"
    assert len(refused.value.problems[0].where) < 300


def test_what_steers_a_terminal_in_the_name_of_a_file_goes_no_further(tmp_path: Path) -> None:
    path = tmp_path / "old\n\x1b[31mbook.csv"
    path.write_text("serial\nEX-1\n", encoding="utf-8")
    assert read_table(path).source == "old\ufffd\ufffd[31mbook.csv"


def test_a_text_file_has_no_sheet_to_read(tmp_path: Path) -> None:
    with pytest.raises(SheetRefused, match="has no sheets"):
        read_table(write(tmp_path, "serial\nEX-1\n"), sheet="Second")


def test_a_cell_that_swallows_the_file_is_told_from_marks_that_do_not_pair(tmp_path: Path) -> None:
    with pytest.raises(SheetRefused, match="more than"):
        read_table(write(tmp_path, f'serial\n"EX-1{"," * 200_000}"\n'))
