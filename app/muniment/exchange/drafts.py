"""From the rows of a list to drafts of records, each with a key that says which line it is.

Nothing is stored here and nothing is compared with the register.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from json.encoder import encode_basestring_ascii

import msgspec

from muniment.domain.basics.text import Text, say
from muniment.exchange.mapping import (
    DateOrder,
    Field,
    FieldKind,
    ListMapping,
    fields_of,
    plain_heading,
    problems_of,
)
from muniment.exchange.sheets.problems import Problem, SheetRefused, column_letters, place_of_cell, place_of_row
from muniment.exchange.sheets.table import Cell, CellKind, Row, Table
from muniment.exchange.sheets.writing import plain_from_csv

_MIDNIGHT = r"(?:[T ]+0{1,2}:00(?::00(?:\.0+)?)?Z?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-./ ](\d{{1,2}})[-./ ](\d{{1,2}}){_MIDNIGHT}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})[-./ ](\d{{1,2}})[-./ ](\d{{4}}){_MIDNIGHT}", re.ASCII)
_DAYS_SINCE_1900 = re.compile(r"[1-9]\d{4}", re.ASCII)
_WHOLE = re.compile(r"\d+(?:\.0{1,2})?")
_ROUNDED = re.compile(r"[1-9]\d{14}0+", re.ASCII)
_EARLIEST, _LATEST = 1700, 2100


class Draft(msgspec.Struct, frozen=True):
    """One row as values of fields, all plain text; fields without a value are absent.

    Dates are `2006-05-19`, quantities and years decimal digits, choices the register's own words. `key` is 64
    hexadecimal digits and the same whenever the same line of the same list is read again. A draft that is not
    `sound` has a problem that must be mended in the list before it can become a record, or the whole list has
    one; its doubtful values are absent.
    """

    row_number: int
    values: Mapping[str, str]
    key: str
    sound: bool


@dataclass(frozen=True, slots=True)
class Drafts:
    """All rows of a list, in its order, and everything that is wrong with it and them."""

    rows: tuple[Draft, ...]
    problems: tuple[Problem, ...]


def draft_rows(table: Table, mapping: ListMapping, *, list_name: str) -> Drafts:
    """Read each row of the table by the mapping.

    `list_name` is what the person calls the list, the same for every edition of it: the keys hang on it. They
    further hang on what stands in the mapped cells, not on constants, translations, row numbers or the order
    of columns; of several rows that read alike each is a line of its own, told apart by count.

    Raises:
        SheetRefused: the mapping does not fit the list.

    """
    about_mapping = problems_of(mapping, table.headings)
    wrong = [problem for problem in about_mapping if not problem.notice]
    if wrong:
        raise SheetRefused(wrong)
    problems = [*table.problems, *about_mapping]
    unsound = {problem.row for problem in table.problems if not problem.notice}
    fields = fields_of(mapping.kind)
    columns = _columns(table, mapping)
    translations = {
        name: {plain_heading(written): meant for written, meant in values.items()}
        for name, values in mapping.translations.items()
    }
    reading = [
        _Column(name, index, fields[name], mapping, translations.get(name, {}), by_lines=table.by_lines)
        for name, index in columns.items()
    ]
    required = [one for one in fields.values() if one.required]
    constants = _constants(mapping, fields)
    default_place = mapping.default_place if "place" in fields else ""
    list_key = _list_key(list_name, mapping.kind)
    seen: dict[str, int] = {}
    rows: list[Draft] = []
    by_lines = table.by_lines
    for row in table.rows:
        cells = row.cells
        written: list[str] = []
        values = constants.copy()
        found: list[Problem] = []
        for column in reading:
            cell = cells[column.index]
            read = column.known.get(cell.text) or column.read(cell)
            if read.content:
                written.append(read.content)
            if read.value:
                values[column.name] = read.value
            elif read.says is not None:
                where = place_of_cell(row.number, column.index, table.headings[column.index], line=by_lines)
                found.append(Problem(where, read.says, read.wrong, row.number))
        if default_place and "place" not in values:
            values["place"] = default_place
        if not found:  # else the empty value follows from the problem already named
            found += [_missing(row, one, values, line=by_lines) for one in required if not values.get(one.name)]
        if found:
            problems += found
            unsound.update(problem.row for problem in found if not problem.notice)
        content = ", ".join(written)
        occurrence = seen[content] = seen.get(content, 0) + 1
        sound = row.number not in unsound and None not in unsound
        rows.append(Draft(row.number, values, _key(list_key, content, occurrence), sound))
    problems += _serials_kept_as_numbers(table, columns, fields)
    return Drafts(tuple(rows), tuple(problems))


_UNWORKED_FORMULA = say(
    "The cell holds a formula in place of its value. Put the value there, without the equals sign, and save again."
)


class _Read(msgspec.Struct, frozen=True, gc=False):
    """What a cell comes to: the value of its field, or what is wrong with it and the stable name of that.

    `content` is what the cell adds to that by which its row is known again; empty for an empty cell.
    """

    value: str
    says: Text | None = None
    wrong: str = ""
    content: str = ""


class _Column:
    """A column of the list that is mapped to a field. `known` are its cells as read before: most come again."""

    def __init__(
        self,
        name: str,
        index: int,
        field: Field,
        mapping: ListMapping,
        translations: Mapping[str, str],
        *,
        by_lines: bool,
    ) -> None:
        self.name = name
        self.index = index
        self.known: dict[str, _Read] = {}
        self._field = field
        self._mapping = mapping
        self._translations = translations
        self._by_lines = by_lines

    def read(self, cell: Cell) -> _Read:
        """Read a cell that was not read before."""
        plain = cell
        if self._by_lines and cell.text.startswith("'"):
            plain = Cell(plain_from_csv(cell.text), cell.kind)  # the mark of a text that looks like a formula
        if self._by_lines and cell.text.startswith("="):
            judged: _Judged = ("", _UNWORKED_FORMULA, "formula")
        else:
            judged = _value(self._field, plain, self._mapping, self._translations)
        value, says, wrong = judged
        # Without what differs from one saving to the next, and as JSON writes it.
        text = encode_basestring_ascii(_plain(cell.text))
        read = _Read(value, says, wrong, f'"{self.name}": {text}' if text != _NOTHING else "")
        if self._field.kind is not FieldKind.SERIAL:  # of a serial it matters how the file keeps it
            self.known[cell.text] = read
        return read


def _serials_kept_as_numbers(
    table: Table, columns: Mapping[str, int], fields: Mapping[str, Field]
) -> Iterable[Problem]:
    for name, index in columns.items():
        if fields[name].kind is FieldKind.SERIAL:
            numbers = sum(row.cells[index].kind is CellKind.NUMBER for row in table.rows)
            if numbers:
                says = say(
                    "{count} cells are kept as numbers, not as text. If zeros stand before any of these on the "
                    "original, they are not in this file.",
                    count=numbers,
                )
                where = f"column {column_letters(index)} ({table.headings[index].strip()})"
                yield Problem(where, says, "serial_is_number", notice=True)


def with_proven_dates(mapping: ListMapping, table: Table) -> ListMapping:
    """The mapping, with the order of each date column that its own values prove.

    An order is proven when every date of the column can be read by it and not every one by another. Orders
    that the mapping already names stay.
    """
    orders = dict(mapping.date_orders)
    fields = fields_of(mapping.kind)
    for name, index in _columns(table, mapping).items():
        if name in fields and fields[name].kind is FieldKind.DATE and name not in orders:
            written = {row.cells[index].text.strip() for row in table.rows} - {""}
            possible = [order for order in DateOrder if all(_read_date(text, order) for text in written)]
            if written and len(possible) == 1:
                orders[name] = possible[0]
    return replace(mapping, date_orders=orders)


def _columns(table: Table, mapping: ListMapping) -> dict[str, int]:
    """The column of each mapped field, in the order of the fields' names."""
    at = {heading.strip(): index for index, heading in enumerate(table.headings)}
    found = {name: at[heading.strip()] for heading, name in mapping.columns.items() if heading.strip() in at}
    return dict(sorted(found.items()))


def _constants(mapping: ListMapping, fields: Mapping[str, Field]) -> dict[str, str]:
    values: dict[str, str] = {}
    wrong: list[Problem] = []
    for name, written in mapping.constants.items():
        value, says, kind = _value(fields[name], Cell(written), mapping, {})
        if says is not None:
            wrong.append(Problem(f"mapping, constants ({name})", says, kind))
        elif value:
            values[name] = value
    if wrong:
        raise SheetRefused(wrong)
    return values


def _plain(text: str) -> str:
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


_NOTHING = '""'


def _list_key(list_name: str, kind: str) -> str:
    return f"[{encode_basestring_ascii(_plain(list_name))}, {encode_basestring_ascii(_plain(kind))}, "


def _key(list_key: str, content: str, occurrence: int) -> str:
    """The key of a line: of its list, its content, and how many that read alike there are so far.

    Written by hand as JSON writes it, because it is made of each row of a hundred thousand.
    """
    told = f"{list_key}{encode_basestring_ascii('{' + content + '}')}, {occurrence}]"
    return hashlib.sha256(told.encode("ascii")).hexdigest()


def _missing(row: Row, one: Field, values: Mapping[str, str], *, line: bool) -> Problem:
    says = say("There is no {field}: {help}", field=one.name, help=one.help)
    will_do = bool(values.get(one.instead))
    return Problem(place_of_row(row.number, line=line), says, "value_missing", row.number, will_do)


_Judged = tuple[str, Text | None, str]


def _value(one: Field, cell: Cell, mapping: ListMapping, translations: Mapping[str, str]) -> _Judged:
    """The value, or what is wrong with it and the stable name of that."""
    text = cell.text.strip()
    if not text:
        return "", None, ""
    if translations:
        text = translations.get(plain_heading(text), text)
    match one.kind:
        case FieldKind.DATE:
            return _date(text, mapping.date_orders.get(one.name))
        case FieldKind.QUANTITY:
            return _quantity(text)
        case FieldKind.YEAR:
            return _year(text)
        case FieldKind.CHOICE:
            return _choice(text, one)
        case FieldKind.SERIAL:
            return _serial(text, cell)
        case FieldKind.TEXT:
            return " ".join(text.split()), None, ""


def _serial(text: str, cell: Cell) -> _Judged:
    if cell.kind in (CellKind.DATE, CellKind.TIME):
        says = say(
            "“{text}” is a date in the file: the spreadsheet took the number for one. Enter it as text.",
            text=text,
        )
        return "", says, "serial_is_date"
    if len(text.splitlines()) > 1:
        return (
            "",
            say("There is a line break in “{text}”. One cell holds one number.", text=_plain(text)),
            "serial_lines",
        )
    if _ROUNDED.fullmatch(text):
        says = say(
            "“{text}” has more than 15 digits and ends in zeros, as numbers do that a spreadsheet has "
            "rounded. "
            "Compare it with the original and enter it as text.",
            text=text,
        )
        return "", says, "long_number"
    return text, None, ""


def _quantity(text: str) -> _Judged:
    if text.startswith(("-", "−")):
        return "", say("The quantity {text} is below zero.", text=text), "quantity_negative"
    if not _WHOLE.fullmatch(text):
        says = say("“{text}” is no whole number. Write it in digits without separators.", text=text)
        return "", says, "quantity_not_whole"
    number = int(text.partition(".")[0])
    if number == 0:
        return "", say("The quantity is 0. Leave the line out, or mend it."), "quantity_zero"
    if number > 10**9:
        return "", say("The quantity {text} is beyond any stock.", text=text), "quantity_too_large"
    return str(number), None, ""


def _year(text: str) -> _Judged:
    digits = text.removesuffix(".0")
    if digits.isascii() and digits.isdigit() and len(digits) == 4 and _EARLIEST <= int(digits) <= _LATEST:
        return digits, None, ""
    return "", say("“{text}” is no year of four digits.", text=text), "year"


def _choice(text: str, one: Field) -> _Judged:
    known = {plain_heading(choice): choice for choice in one.choices}
    found = known.get(plain_heading(text))
    if found is not None:
        return found, None, ""
    says = say(
        "“{text}” is none of the words for {field}: {known}. Translate it in the mapping.",
        text=text,
        field=one.name,
        known=", ".join(one.choices),
    )
    return "", says, "choice"


def _date(text: str, order: DateOrder | None) -> _Judged:
    if _DAYS_SINCE_1900.fullmatch(text):
        says = say(
            "“{text}” is not a date but the number by which a spreadsheet keeps one, and which day it means "
            "depends "
            "on the program. Format the column as a date and save again.",
            text=text,
        )
        return "", says, "date_as_number"
    found = _read_date(text, order or DateOrder.YEAR_MONTH_DAY)
    if found is not None:
        return found.isoformat(), None, ""
    if order is None and _YEAR_LAST.fullmatch(text):
        says = say(
            "“{text}” can be two days. Say in the mapping whether this list writes the day or the month first.",
            text=text,
        )
        return "", says, "date_order_unknown"
    says = say(
        "“{text}” is no date with a year of four digits, written {order}.",
        text=text,
        order=str(order or "year-month-day"),
    )
    return "", says, "date"


def _read_date(text: str, order: DateOrder) -> date | None:
    """The date, where the text is one; a year that stands first settles the order by itself."""
    first = _YEAR_FIRST.fullmatch(text)
    last = _YEAR_LAST.fullmatch(text)
    if first:
        year, month, day = first.groups()
    elif last and order is DateOrder.DAY_MONTH_YEAR:
        day, month, year = last.groups()
    elif last and order is DateOrder.MONTH_DAY_YEAR:
        month, day, year = last.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
