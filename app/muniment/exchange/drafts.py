"""From the rows of a list to drafts of records, each with a key that says which line it is.

Nothing is stored here and nothing is compared with the register.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring_ascii

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


@dataclass(frozen=True, slots=True)
class Draft:
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
    columns = _columns(table, mapping)
    fields = fields_of(mapping.kind)
    translations = {
        name: {plain_heading(written): meant for written, meant in values.items()}
        for name, values in mapping.translations.items()
    }
    constants = _constants(mapping, fields)
    seen: Counter[str] = Counter()
    reading = [(name, index, fields[name], dict[str, _Read]()) for name, index in columns.items()]
    rows: list[Draft] = []
    by_lines = table.by_lines
    for row in table.rows:
        content = _content(row, columns)
        seen[content] += 1
        values = dict(constants)
        found: list[Problem] = []
        for name, index, one, known in reading:
            cell = row.cells[index]
            read = known.get(cell.text)
            if read is None:
                plain = cell
                if by_lines and cell.text.startswith("'"):
                    plain = Cell(plain_from_csv(cell.text), cell.kind)  # the mark of a text that looks like a formula
                read = _value(one, plain, mapping, translations.get(name, {}))
                if one.kind is not FieldKind.SERIAL:  # of a serial it matters how the file keeps it
                    known[cell.text] = read
            value, says, kind = read
            if says is not None:
                where = place_of_cell(row.number, index, table.headings[index], line=by_lines)
                found.append(Problem(where, says, kind, row.number))
            elif value:
                values[name] = value
        if mapping.default_place and "place" not in values and "place" in fields:
            values["place"] = mapping.default_place
        found += _missing(row, fields, values, found, line=by_lines)
        problems += found
        unsound.update(problem.row for problem in found if not problem.notice)
        key = _key(list_name, mapping.kind, content, seen[content])
        rows.append(Draft(row.number, values, key, not unsound & {None, row.number}))
    problems += _serials_kept_as_numbers(table, columns, fields)
    return Drafts(tuple(rows), tuple(problems))


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


def _content(row: Row, columns: Mapping[str, int]) -> str:
    """What the mapped cells say, without what differs from one saving to the next."""
    cells = row.cells
    texts = [(name, _quoted(cells[index].text)) for name, index in columns.items()]
    return "{" + ", ".join([f'"{name}": {text}' for name, text in texts if text != _NOTHING]) + "}"


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


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=20_000)
def _quoted(text: str) -> str:
    """A cell as JSON writes it; written by hand because a list is quoted cell by cell, and most cells come again."""
    return encode_basestring_ascii(_plain(text))


_NOTHING = '""'


def _key(list_name: str, kind: str, content: str, occurrence: int) -> str:
    told = f"[{_quoted(list_name)}, {_quoted(kind)}, {encode_basestring_ascii(content)}, {occurrence}]"
    return hashlib.sha256(told.encode("ascii")).hexdigest()


def _missing(
    row: Row, fields: Mapping[str, Field], values: Mapping[str, str], found: Sequence[Problem], *, line: bool
) -> Iterable[Problem]:
    if found:
        return  # The empty value follows from the problem already named.
    for name, one in fields.items():
        if one.required and not values.get(name):
            says = say("There is no {field}: {help}", field=name, help=one.help)
            will_do = bool(values.get(one.instead))
            yield Problem(place_of_row(row.number, line=line), says, "value_missing", row.number, will_do)


_Read = tuple[str, Text | None, str]


def _value(one: Field, cell: Cell, mapping: ListMapping, translations: Mapping[str, str]) -> _Read:
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


def _serial(text: str, cell: Cell) -> _Read:
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


def _quantity(text: str) -> _Read:
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


def _year(text: str) -> _Read:
    digits = text.removesuffix(".0")
    if digits.isascii() and digits.isdigit() and len(digits) == 4 and _EARLIEST <= int(digits) <= _LATEST:
        return digits, None, ""
    return "", say("“{text}” is no year of four digits.", text=text), "year"


def _choice(text: str, one: Field) -> _Read:
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


def _date(text: str, order: DateOrder | None) -> _Read:
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
