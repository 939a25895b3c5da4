"""Lists in XLSX and ODS workbooks, made by other libraries than the one that reads them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from odf.namespaces import OFFICENS, TABLENS
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, TableCell, TableRow
from odf.table import Table as OdfTable
from odf.text import LineBreak, P, S, Span, Tab

from muniment.exchange.sheets import CellKind, Limits, SheetRefused, Table, read_table, scan


@pytest.fixture
def excel(tmp_path: Path) -> Callable[..., Path]:
    def make(fill: Callable[[xlsxwriter.Workbook], None], **settings: object) -> Path:
        path = tmp_path / "list.xlsx"
        with xlsxwriter.Workbook(str(path), settings) as workbook:
            fill(workbook)
        return path

    return make


@pytest.fixture
def opendocument(tmp_path: Path) -> Callable[..., Path]:
    def make(rows: list[TableRow], *, sheets: tuple[str, ...] = ("Arms",)) -> Path:
        document = OpenDocumentSpreadsheet()
        for name in sheets:
            table = OdfTable(name=name)
            if name == sheets[0]:
                for row in rows:
                    table.addElement(row)
            document.spreadsheet.addElement(table)
        path = tmp_path / "list.ods"
        document.save(str(path))
        return path

    return make


def odf_row(*cells: TableCell | str, **attributes: object) -> TableRow:
    row = TableRow(**attributes)
    for cell in cells:
        if isinstance(cell, str):
            made = TableCell(valuetype="string")
            made.addElement(P(text=cell))
            row.addElement(made)
        else:
            row.addElement(cell)
    return row


def odf_number(value: str, **attributes: object) -> TableCell:
    cell = TableCell(valuetype="float", value=value, **attributes)
    cell.addElement(P(text="shown otherwise"))
    return cell


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def found(table: Table) -> list[tuple[str, str]]:
    return [(problem.kind, problem.where) for problem in table.problems]


def test_excel_text_stays_as_it_is(excel: Callable[..., Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("Arms")
        for row, values in enumerate([("model", "serial"), ("R1", "000123"), ("R2", " 1E5 "), ("R3", "=1+1")]):
            for column, value in enumerate(values):
                sheet.write_string(row, column, value)

    table = read_table(excel(fill))

    assert (table.form, table.sheet, table.encoding, table.delimiter) == ("xlsx", "Arms", "", "")
    assert texts(table) == [["R1", "000123"], ["R2", " 1E5 "], ["R3", "=1+1"]]
    assert table.problems == ()


def test_excel_row_numbers_are_those_the_person_sees(excel: Callable[..., Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(3, 2, ["model", "serial"])
        sheet.write_row(5, 2, ["R1", "A1"])
        sheet.write_row(8, 2, ["R2", 1e16])

    table = read_table(excel(fill))

    assert table.headings == ("", "", "model", "serial")
    assert table.heading_row == 4
    assert [row.number for row in table.rows] == [6, 9]
    assert found(table) == [("long_number", "row 9, column D (serial)")]


def test_excel_whole_numbers_have_no_decimal_point(excel: Callable[..., Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c", "d"])
        sheet.write_row(1, 0, [12, 123456789012, 58.71, True])

    row = read_table(excel(fill)).rows[0]

    assert [cell.text for cell in row.cells] == ["12", "123456789012", "58.71", "TRUE"]
    assert [cell.kind for cell in row.cells] == [CellKind.NUMBER] * 3 + [CellKind.TRUTH]


def test_excel_numbers_that_lost_digits_are_reported_and_not_mended(excel: Callable[..., Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["model", "serial"])
        sheet.write_row(1, 0, ["R1", 999999999999999])
        sheet.write_row(2, 0, ["R2", 1234567890123456])

    assert found(read_table(excel(fill))) == [("long_number", "row 3, column B (serial)")]


@pytest.mark.parametrize("date_1904", [False, True])
def test_excel_dates_are_iso_dates_in_both_calendars(excel: Callable[..., Path], date_1904: bool) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        as_date = workbook.add_format({"num_format": "d/m/yy"})
        sheet.write_row(0, 0, ["day", "moment", "time", "lasting"])
        sheet.write_datetime(1, 0, date(2006, 5, 19), as_date)
        sheet.write_datetime(1, 1, datetime(2006, 5, 19, 10, 30), as_date)
        sheet.write_datetime(1, 2, time(10, 30), workbook.add_format({"num_format": "hh:mm"}))
        sheet.write_datetime(1, 3, timedelta(hours=30), workbook.add_format({"num_format": "[hh]:mm"}))

    row = read_table(excel(fill, date_1904=date_1904)).rows[0]

    assert [cell.text for cell in row.cells[:3]] == ["2006-05-19", "2006-05-19T10:30:00", "10:30:00"]
    assert [cell.kind for cell in row.cells] == [CellKind.DATE, CellKind.DATE, CellKind.TIME, CellKind.TIME]


def test_excel_formulas_and_errors_are_reported_at_their_cell(excel: Callable[..., Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["model", "quantity"])
        sheet.write_string(1, 0, "R1")
        sheet.write_formula(1, 1, "=1+1", None, 2)
        sheet.write_string(2, 0, "R2")
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.write_string(3, 0, "R3")
        sheet.write_array_formula(3, 1, 4, 1, "{=B2:B3}", None, 7)
        sheet.write_string(4, 0, "R4")
        sheet.write_number(4, 1, 8)

    table = read_table(excel(fill))

    assert texts(table)[0] == ["R1", "2"]
    assert "“2”" in str(table.problems[0].says)
    assert found(table) == [
        ("formula", "row 2, column B (quantity)"),
        ("formula", "row 3, column B (quantity)"),
        ("formula", "row 4, column B (quantity)"),
        ("formula", "row 5, column B (quantity)"),
        ("cell_error", "row 3, column B (quantity)"),
    ]


def test_excel_merged_cells_are_reported(excel: Callable[..., Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["model", "serial"])
        sheet.merge_range(1, 0, 2, 0, "R1")
        sheet.write(1, 1, "A1")
        sheet.write(2, 1, "A2")

    assert found(read_table(excel(fill))) == [("merged", "row 2, column A (model)")]


def test_the_first_visible_sheet_is_read_and_the_others_are_named(excel: Callable[..., Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        for name in ("Old", "Arms", "Spare"):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["model"])
            sheet.write_row(1, 0, [name])
            if name == "Arms":
                sheet.activate()
                sheet.set_first_sheet()
        workbook.get_worksheet_by_name("Old").hide()

    path = excel(fill)
    table = read_table(path)

    assert (table.sheet, texts(table)) == ("Arms", [["Arms"]])
    assert [(problem.kind, problem.notice) for problem in table.problems] == [("other_sheets", True)]
    assert "Old, Spare" in str(table.problems[0].says)
    assert texts(read_table(path, sheet="Old")) == [["Old"]]
    with pytest.raises(SheetRefused, match="Old, Arms, Spare"):
        read_table(path, sheet="Absent")


def test_hidden_rows_are_read_and_mentioned(excel: Callable[..., Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_column(0, 0, ["model", "R1", "R2"])
        sheet.set_row(1, None, None, {"hidden": True})

    table = read_table(excel(fill))

    assert texts(table) == [["R1"], ["R2"]]
    assert [(problem.kind, problem.notice) for problem in table.problems] == [("hidden_rows", True)]


def test_links_to_other_workbooks_are_mentioned_and_not_followed(excel: Callable[..., Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["model", "serial"])
        sheet.write_string(1, 0, "R1")
        sheet.write_formula(1, 1, "=[1]Sheet1!A1", None, "A1")

    path = excel(fill)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")

    assert [problem.kind for problem in read_table(path).problems] == ["external_links", "formula"]


def test_an_empty_sheet_is_refused(excel: Callable[..., Path]) -> None:
    with pytest.raises(SheetRefused) as caught:
        read_table(excel(lambda workbook: workbook.add_worksheet()))

    assert caught.value.problems[0].kind == "empty"


def test_numbers_as_headings_are_refused(excel: Callable[..., Path]) -> None:
    with pytest.raises(SheetRefused) as caught:
        read_table(excel(lambda workbook: workbook.add_worksheet().write_row(0, 0, ["R1", 17])))

    assert caught.value.problems[0].kind == "no_headings"
    assert "column B" in caught.value.problems[0].where


def test_opendocument_cells_are_read_as_they_are_kept(opendocument: Callable[..., Path]) -> None:
    day = TableCell(valuetype="date", datevalue="2006-05-19")
    moment = TableCell(valuetype="date", datevalue="2006-05-19T10:30:00")
    truth = TableCell(valuetype="boolean", booleanvalue="true")
    path = opendocument(
        [
            odf_row("text", "whole", "broken", "day", "moment", "truth"),
            odf_row(" 000123", odf_number("12"), odf_number("58.71"), day, moment, truth),
        ]
    )

    table = read_table(path)

    assert (table.form, table.sheet) == ("ods", "Arms")
    assert texts(table) == [["000123", "12", "58.71", "2006-05-19", "2006-05-19T10:30:00", "TRUE"]]
    assert table.problems == ()


def test_opendocument_blanks_tabs_and_lines_inside_a_cell_are_kept(opendocument: Callable[..., Path]) -> None:
    cell = TableCell(valuetype="string")
    first = P()
    first.addElement(S(c=2))
    first.addText("a")
    first.addElement(S(c=3))
    first.addText("b\n   c")
    first.addElement(Tab())
    span = Span(text="d")
    first.addElement(span)
    first.addElement(LineBreak())
    first.addText("e")
    note = Annotation()
    note.addElement(P(text="a comment is not the cell"))
    cell.addElement(note)
    cell.addElement(first)
    cell.addElement(P(text="f"))

    table = read_table(opendocument([odf_row("remarks"), odf_row(cell)]))

    assert texts(table) == [["  a   b c\td\ne\nf"]]


def test_opendocument_repeated_rows_and_cells_are_counted(opendocument: Callable[..., Path]) -> None:
    blank = TableRow(numberrowsrepeated=3)
    blank.addElement(TableCell(numbercolumnsrepeated=1024))
    twin = TableCell(valuetype="string", numbercolumnsrepeated=2)
    twin.addElement(P(text="same"))
    rest = TableRow(numberrowsrepeated=1_048_000)
    rest.addElement(TableCell(numbercolumnsrepeated=16384))

    path = opendocument([odf_row("a", "b"), blank, odf_row(twin, numberrowsrepeated=2), rest])
    table = read_table(path)

    assert [(row.number, [cell.text for cell in row.cells]) for row in table.rows] == [
        (5, ["same", "same"]),
        (6, ["same", "same"]),
    ]


def test_opendocument_formulas_errors_long_numbers_and_merged_cells_are_reported(
    opendocument: Callable[..., Path],
) -> None:
    formula = TableCell(valuetype="float", value="2", formula="of:=1+1")
    error = TableCell(valuetype="string", stringvalue="", formula="of:=1/0")
    error.addElement(P(text="#DIV/0!"))
    error.setAttrNS(OFFICENS, "string-value", "#DIV/0!")
    merged = TableCell(valuetype="string")
    merged.setAttrNS(TABLENS, "number-columns-spanned", 2)
    merged.addElement(P(text="R1"))
    path = opendocument(
        [
            odf_row("model", "serial"),
            odf_row("R0", formula),
            odf_row("R0", error),
            odf_row("R0", odf_number("1.23456789012346E+017")),
            odf_row(merged, CoveredTableCell()),
        ]
    )

    table = read_table(path)

    assert found(table) == [
        ("formula", "row 2, column B (serial)"),
        ("formula", "row 3, column B (serial)"),
        ("cell_error", "row 3, column B (serial)"),
        ("long_number", "row 4, column B (serial)"),
        ("merged", "row 5, column A (model)"),
    ]
    assert table.rows[2].cells[1].text == "123456789012346000"


def test_opendocument_sheets_are_chosen_by_name(opendocument: Callable[..., Path]) -> None:
    path = opendocument([odf_row("model"), odf_row("R1")], sheets=("Arms", "Other"))

    assert [problem.kind for problem in read_table(path).problems] == ["other_sheets"]
    assert read_table(path, sheet="Arms").problems == ()
    with pytest.raises(SheetRefused, match="Arms, Other"):
        read_table(path, sheet="Absent")


def test_opendocument_limits_hold(opendocument: Callable[..., Path]) -> None:
    wide = TableCell(valuetype="string", numbercolumnsrepeated=300)
    wide.addElement(P(text="x"))
    path = opendocument([odf_row("model"), odf_row(wide)])

    with pytest.raises(SheetRefused) as caught:
        read_table(path)
    assert caught.value.problems[0].kind == "too_large"
    with pytest.raises(SheetRefused):
        read_table(opendocument([odf_row("model"), odf_row("x", numberrowsrepeated=50)]), limits=Limits(rows=50))


PLAIN = '<row r="1"><c r="A1" t="str"><v>model</v></c></row><row r="4"><c r="B4" t="str"><v>x</v></c></row>'


@pytest.mark.parametrize(
    "rows",
    [PLAIN, PLAIN.replace('"', "'"), PLAIN.replace("<c ", "<c\n"), PLAIN.replace("<", "<x:").replace("<x:/", "</x:")],
)
def test_the_quick_look_at_a_sheet_agrees_with_the_whole_walk(rows: str) -> None:
    xml = f"<a xmlns:x='y'>{rows}</a>".encode()

    found, _ = scan._plain_extent(xml) or scan._walk(xml)

    assert (found.rows, found.columns) == (4, 2)
    assert scan._walk(xml)[0] == found


@pytest.mark.parametrize(
    "more",
    [
        "<c r='C5'><f>1</f><v>1</v></c>",
        '<c r="C5" t="e"><v>#REF!</v></c>',
        "<x:c r='C5'><x:f/><v>1</v></x:c>",
        "<c><v>1</v></c>",
    ],
)
def test_the_quick_look_leaves_everything_unusual_to_the_walk(more: str) -> None:
    assert scan._plain_extent(f"<a>{PLAIN}</a>".encode()) is not None
    assert scan._plain_extent(f"<a>{PLAIN}<row>{more}</row></a>".encode()) is None
