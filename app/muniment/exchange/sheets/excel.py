"""Sheets of XLSX workbooks."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping
from datetime import date, datetime, time
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from muniment.domain.basics.text import Text, say
from muniment.exchange.sheets.container import Workbook
from muniment.exchange.sheets.grid import (
    LONGEST_EXACT,
    Flag,
    Grid,
    check_extent,
    error_flag,
    formula_flag,
    hidden_remark,
    long_number_flag,
    merged_flag,
    number_cell,
)
from muniment.exchange.sheets.problems import SheetRefused, refuse
from muniment.exchange.sheets.scan import Scanned, SheetXmlBad, scan_sheet, shared_lengths
from muniment.exchange.sheets.table import EMPTY, Cell, CellKind, Limits


def read_excel(workbook: Workbook, source: str, sheet: str | None, limits: Limits) -> Grid:
    """Read the named sheet, or the first one that is not hidden.

    Raises:
        SheetRefused: there is no such sheet, it is larger than `limits`, or it cannot be read.

    """
    try:
        parts = _sheet_parts(workbook.parts)
        shared = shared_lengths(_shared_strings(workbook.parts))
    except (SheetXmlBad, ParseError, DefusedXmlException, KeyError) as fault:
        raise _unreadable(source, str(fault)) from None
    with _calamine(workbook, source) as opened:
        name, remarks = _choose(opened, source, sheet)
        if name not in parts:
            raise _unreadable(source, f"the sheet {name!r} has no part")
        try:
            scanned = scan_sheet(workbook.parts[parts[name]], shared, limits.text)
        except SheetXmlBad as fault:
            raise _unreadable(source, str(fault)) from None
        check_extent(scanned.rows, scanned.columns, scanned.text, source, limits)
        return _grid(name, _sheet(opened, name, source), scanned, remarks)


def _unreadable(source: str, fault: str) -> SheetRefused:
    return refuse(
        source,
        say(
            "The workbook cannot be read ({fault}). Open it in a spreadsheet program and save it again.",
            fault=fault,
        ),
        "damaged",
    )


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part that each sheet is in."""
    by_name = {name.casefold(): name for name in parts}
    targets: dict[str, str] = {}
    for relation in fromstring(parts[by_name["xl/_rels/workbook.xml.rels"]]):
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if path.casefold() in by_name:
            targets[relation.get("Id", "")] = by_name[path.casefold()]
    found: dict[str, str] = {}
    for element in fromstring(parts[by_name["xl/workbook.xml"]]).iter():
        if _local(element) == "sheet":
            relation_id = next((value for key, value in element.items() if key.endswith("}id")), "")
            if relation_id in targets:
                found[element.get("name", "")] = targets[relation_id]
    return found


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _shared_strings(parts: Mapping[str, bytes]) -> bytes:
    return next((part for name, part in parts.items() if name.casefold() == "xl/sharedstrings.xml"), b"<sst/>")


def _calamine(workbook: Workbook, source: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(workbook.packed()))
    except CalamineError as fault:
        raise _unreadable(source, str(fault)) from None
    except BaseException as fault:
        raise _from_panic(fault, source) from None


def _sheet(opened: CalamineWorkbook, name: str, source: str) -> CalamineSheet:
    try:
        return opened.get_sheet_by_name(name)
    except CalamineError as fault:
        raise _unreadable(source, str(fault)) from None
    except BaseException as fault:
        raise _from_panic(fault, source) from None


def _from_panic(fault: BaseException, source: str) -> BaseException:
    """A panic of the Rust library is no `Exception`; it means a file that it did not foresee."""
    return (
        _unreadable(source, "it is built in an unforeseen way") if type(fault).__name__ == "PanicException" else fault
    )


def _choose(opened: CalamineWorkbook, source: str, sheet: str | None) -> tuple[str, list[tuple[Text, str]]]:
    lists = [found for found in opened.sheets_metadata if found.typ == SheetTypeEnum.WorkSheet]
    names = [found.name for found in lists]
    if sheet is not None:
        if sheet in names:
            return sheet, []
        raise refuse(
            source,
            say("There is no sheet “{sheet}”. The workbook has: {names}.", sheet=sheet, names=", ".join(names)),
            "no_such_sheet",
        )
    visible = [found.name for found in lists if found.visible == SheetVisibleEnum.Visible]
    if not visible:
        raise refuse(source, say("The workbook has no visible sheet. Name the one that is meant."), "no_such_sheet")
    others = [name for name in names if name != visible[0]]
    if not others:
        return visible[0], []
    return visible[0], [
        (
            say(
                "Only the sheet “{sheet}” was read. The workbook also has: {others}.",
                sheet=visible[0],
                others=", ".join(others),
            ),
            "other_sheets",
        )
    ]


def _grid(name: str, sheet: CalamineSheet, scanned: Scanned, remarks: list[tuple[Text, str]]) -> Grid:
    flags: list[Flag] = []
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    known: dict[str, Cell] = {"": EMPTY}
    top, left = sheet.start or (0, 0)
    for number, values in enumerate(sheet.to_python(), top + 1):
        cells = [EMPTY] * left
        for value in values:
            if type(value) is str:
                cell = known.get(value)
                if cell is None:
                    cell = known[value] = Cell(value)
            else:
                cell = _other_cell(value)
                if isinstance(value, float) and abs(value) >= LONGEST_EXACT:
                    flags.append(long_number_flag(number, len(cells), cell.text))
            cells.append(cell)
        rows.append((number, tuple(cells)))
    at = dict(rows)
    for row, column in sorted(scanned.formulas):
        cells_there = at.get(row + 1, ())
        value = cells_there[column].text if column < len(cells_there) else ""
        flags.append(formula_flag(row + 1, column, value))
    flags.extend(error_flag(row + 1, column) for row, column in sorted(scanned.errors))
    for (row, column), _ in sheet.merged_cell_ranges or ():
        flags.append(merged_flag(row + 1, column))
    if scanned.hidden_rows:
        remarks = [*remarks, hidden_remark(scanned.hidden_rows)]
    return Grid(name, rows, flags, remarks)


def _other_cell(value: object) -> Cell:
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", CellKind.TRUTH)
    if isinstance(value, int):
        return Cell(str(value), CellKind.NUMBER)
    if isinstance(value, float):
        return number_cell(repr(value))[0]
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return Cell(value.date().isoformat() if midnight else value.isoformat(), CellKind.DATE)
    if isinstance(value, date):
        return Cell(value.isoformat(), CellKind.DATE)
    if isinstance(value, time):
        return Cell(value.isoformat(), CellKind.TIME)
    return Cell(str(value), CellKind.TIME)
