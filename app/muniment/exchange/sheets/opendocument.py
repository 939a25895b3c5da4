"""Sheets of OpenDocument spreadsheets, read by an own parser.

calamine, which reads XLSX here, reads these too, but drops tabs and line breaks inside a cell, keeps a long
number only as far as a float goes, and does not tell the result of a formula from a value. Here repeated cells
are also counted before they are multiplied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from muniment.domain.basics.text import Text, say
from muniment.exchange.sheets.grid import (
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
from muniment.exchange.sheets.table import EMPTY, Cell, CellKind, Limits

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 "
_BLANKS = re.compile(r"[ \t\r\n]+")
_ASIDE = (_OFFICE + "annotation", _TABLE + "shapes", _TEXT + "note", _TEXT + "ruby-text")
_NUMBERS = ("float", "percentage", "currency")


@dataclass(slots=True)
class _Sheet:
    name: str
    rows: list[tuple[int, tuple[Cell, ...]]] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    hidden: int = 0
    next_row: int = 1


class _Reader:
    """Walks content.xml and keeps the one sheet that is wanted."""

    def __init__(self, source: str, wanted: str | None, limits: Limits) -> None:
        self.source = source
        self.wanted = wanted
        self.limits = limits
        self.names: list[str] = []
        self.sheet: _Sheet | None = None
        self._depth = 0
        self._reading = False
        self._aside = 0
        self._row: list[Cell] = []
        self._row_flags: list[tuple[int, str, str]] = []
        self._row_repeats = 1
        self._row_hidden = False
        self._cell: dict[str, str] = {}
        self._paragraphs: list[str] = []
        self._paragraph: list[str] | None = None
        self._characters: list[str] = []
        self._total_text = 0

    def walk(self, xml: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._aside or name in _ASIDE or name.startswith(_DRAW):
            self._aside += 1
        elif name == _TABLE + "table":
            self._begin_table(attributes)
        elif not self._reading:
            return
        elif name == _TABLE + "table-row":
            self._row = []
            self._row_flags = []
            self._row_repeats = _count(attributes, "number-rows-repeated")
            self._row_hidden = attributes.get(_TABLE + "visibility", "visible") != "visible"
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._cell = attributes
            self._paragraphs = []
        elif name in (_TEXT + "p", _TEXT + "h"):
            self._paragraph = []
            self._characters = []
        elif name == _TEXT + "s":
            self._flush(" " * min(_count(attributes, "c", _TEXT), self.limits.cell_characters))
        elif name == _TEXT + "tab":
            self._flush("\t")
        elif name == _TEXT + "line-break":
            self._flush("\n")

    def _end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif name == _TABLE + "table":
            self._depth -= 1
            self._reading = False
        elif not self._reading:
            return
        elif name in (_TEXT + "p", _TEXT + "h") and self._paragraph is not None:
            self._flush("")
            self._paragraphs.append("".join(self._paragraph))
            self._paragraph = None
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._end_cell()
        elif name == _TABLE + "table-row":
            self._end_row()

    def _text(self, text: str) -> None:
        if self._paragraph is not None and not self._aside:
            self._characters.append(text)

    def _flush(self, then: str) -> None:
        """Blanks in the XML are one space at most; those that count are elements of their own."""
        if self._paragraph is None:
            return
        run = _BLANKS.sub(" ", "".join(self._characters))
        if not self._paragraph:
            run = run.lstrip(" ")
        self._characters = []
        self._paragraph.append(run + then)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > 1:
            raise refuse(self.source, say("A table stands inside a cell. Lists like that are not read."), "nested")
        name = attributes.get(_TABLE + "name", "")
        self.names.append(name)
        if self.sheet is None and self.wanted in (None, name):
            self.sheet = _Sheet(name)
            self._reading = True

    def _end_cell(self) -> None:
        attributes, column = self._cell, len(self._row)
        repeats = _count(attributes, "number-columns-repeated")
        cell, lost_digits = self._value(attributes)
        if cell.kind is CellKind.EMPTY and _TABLE + "formula" not in attributes:
            # Blank cells up to the edge of the sheet are how programs fill a row; they are not the list's.
            self._row.extend([EMPTY] * min(repeats, self.limits.columns + 1))
            return
        check_extent(0, column + repeats, self._total_text, self.source, self.limits)
        for at in range(column, column + repeats):
            self._row.append(cell)
            if _TABLE + "formula" in attributes:
                self._row_flags.append((at, "formula", cell.text))
            if cell.kind is CellKind.ERROR:
                self._row_flags.append((at, "error", cell.text))
            if lost_digits:
                self._row_flags.append((at, "long", cell.text))
        if max(_count(attributes, "number-columns-spanned"), _count(attributes, "number-rows-spanned")) > 1:
            self._row_flags.append((column, "merged", cell.text))

    def _value(self, attributes: dict[str, str]) -> tuple[Cell, bool]:
        kind = attributes.get(_OFFICE + "value-type", "")
        shown = "\n".join(self._paragraphs)
        if kind in _NUMBERS:
            return number_cell(attributes.get(_OFFICE + "value", ""))
        if kind == "date":
            return Cell(attributes.get(_OFFICE + "date-value", "").removesuffix("T00:00:00"), CellKind.DATE), False
        if kind == "time":
            return Cell(attributes.get(_OFFICE + "time-value", ""), CellKind.TIME), False
        if kind == "boolean":
            return Cell(attributes.get(_OFFICE + "boolean-value", "").upper(), CellKind.TRUTH), False
        text = attributes.get(_OFFICE + "string-value", shown)
        self._total_text += len(text)
        is_error = _TABLE + "formula" in attributes and text.startswith("#")
        return (Cell(text, CellKind.ERROR if is_error else CellKind.TEXT) if text else EMPTY), False

    def _end_row(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        while self._row and self._row[-1] is EMPTY:
            self._row.pop()
        if self._row or self._row_flags:
            last = sheet.next_row + self._row_repeats - 1
            self._total_text += (self._row_repeats - 1) * sum(len(cell.text) for cell in self._row)
            check_extent(last, len(self._row), self._total_text, self.source, self.limits)
            cells = tuple(self._row)
            for number in range(sheet.next_row, last + 1):
                sheet.rows.append((number, cells))
                sheet.flags.extend(_flag(number, *flag) for flag in self._row_flags)
            if self._row_hidden:
                sheet.hidden += self._row_repeats
        sheet.next_row += self._row_repeats


def _flag(row: int, column: int, what: str, value: str) -> Flag:
    if what == "formula":
        return formula_flag(row, column, value)
    if what == "long":
        return long_number_flag(row, column, value)
    return merged_flag(row, column) if what == "merged" else error_flag(row, column)


def _count(attributes: dict[str, str], name: str, space: str = _TABLE) -> int:
    written = attributes.get(space + name)
    if written is None:
        return 1
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 and int(written) else 1


def read_opendocument(content: bytes, source: str, sheet: str | None, limits: Limits) -> Grid:
    """Read the named sheet, or the first one.

    Raises:
        SheetRefused: there is no such sheet, it is larger than `limits`, or it cannot be read.

    """
    reader = _Reader(source, sheet, limits)
    try:
        reader.walk(content)
    except expat.ExpatError as fault:
        raise refuse(
            source,
            say(
                "The workbook cannot be read ({fault}). Open it in a spreadsheet program and save it again.",
                fault=str(fault),
            ),
            "damaged",
        ) from None
    return _found(reader, source, sheet)


def _found(reader: _Reader, source: str, sheet: str | None) -> Grid:
    found = reader.sheet
    if found is None:
        raise _no_sheet(source, sheet or "", reader.names)
    remarks: list[tuple[Text, str]] = []
    others = [name for name in reader.names if name != found.name]
    if sheet is None and others:
        remarks.append(
            (
                say(
                    "Only the sheet “{sheet}” was read. The workbook also has: {others}.",
                    sheet=found.name,
                    others=", ".join(others),
                ),
                "other_sheets",
            )
        )
    if found.hidden:
        remarks.append(hidden_remark(found.hidden))
    return Grid(found.name, found.rows, found.flags, remarks)


def _no_sheet(source: str, sheet: str, names: list[str]) -> SheetRefused:
    return refuse(
        source,
        say("There is no sheet “{sheet}”. The workbook has: {names}.", sheet=sheet, names=", ".join(names)),
        "no_such_sheet",
    )
