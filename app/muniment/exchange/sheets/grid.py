"""A sheet as it came out of its file, before headings are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from muniment.domain.basics.text import Text, say
from muniment.exchange.sheets.problems import refuse
from muniment.exchange.sheets.table import Cell, CellKind, Limits

LONGEST_EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number; the rest of a longer one is gone before the file is written."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about one cell, or one row where `column` is absent; `row` is the number shown."""

    row: int
    column: int | None
    says: Text
    kind: str
    notice: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbered rows of cells, with what was seen while reading them. `remarks` concern the whole sheet."""

    sheet: str
    rows: list[tuple[int, tuple[Cell, ...]]]
    flags: list[Flag]
    remarks: list[tuple[Text, str]]


def formula_flag(row: int, column: int, value: str) -> Flag:
    """A cell whose value a formula worked out when the file was last saved."""
    return Flag(
        row,
        column,
        say(
            "The cell holds a formula; “{value}” is what it came to when the file was saved. Replace it by "
            "its "
            "value (copy, paste as values) and save again.",
            value=value,
        ),
        "formula",
    )


def error_flag(row: int, column: int) -> Flag:
    """A cell that shows an error such as #REF!."""
    return Flag(row, column, say("The cell shows an error of the spreadsheet, no value."), "cell_error")


def long_number_flag(row: int, column: int, value: str) -> Flag:
    """A number that has lost digits."""
    return Flag(
        row,
        column,
        say(
            "“{value}” is stored as a number of more than 15 digits, so the spreadsheet has rounded its last "
            "digits away. Format the column as text and enter the number again from the original.",
            value=value,
        ),
        "long_number",
    )


def merged_flag(row: int, column: int) -> Flag:
    """A cell that stretches over others."""
    return Flag(
        row,
        column,
        say("The cell is merged with its neighbours; only one of them holds the value. Split it and fill each."),
        "merged",
    )


def hidden_remark(rows: int) -> tuple[Text, str]:
    """Rows that the person may not know of."""
    return say("{rows} rows are hidden in the spreadsheet. They are read like the others.", rows=rows), "hidden_rows"


def number_cell(written: str) -> tuple[Cell, bool]:
    """A number as a person would write it, and whether it has lost digits.

    >>> number_cell("12.0")[0].text, number_cell("0.50")[0].text
    ('12', '0.5')
    """
    try:
        value = Decimal(written)
    except InvalidOperation:
        return Cell(written, CellKind.ERROR), False
    if not value.is_finite() or abs(value.adjusted()) > 400:
        return Cell(written, CellKind.ERROR), False
    if value == value.to_integral_value():
        return Cell(format(value.to_integral_value(), "f"), CellKind.NUMBER), abs(value) >= LONGEST_EXACT
    return Cell(format(value.normalize(), "f"), CellKind.NUMBER), False


def check_extent(rows: int, columns: int, text: int, source: str, limits: Limits) -> None:
    """Refuse a sheet that reaches too far; `text` is the characters of its cells together.

    Raises:
        SheetRefused: more rows, columns, cells or characters than `limits` allow.

    """
    if rows > limits.rows:
        says = say(
            "The list reaches down to row {row}; at most {most} are read at once. Where rows below the list are only "
            "coloured or bordered, delete these rows themselves and save again.",
            row=rows,
            most=limits.rows,
        )
    elif columns > limits.columns:
        says = say(
            "The list reaches to column {column}; at most {most} columns are read.",
            column=columns,
            most=limits.columns,
        )
    elif rows * columns > limits.area:
        says = say(
            "The list is {rows} rows by {columns} columns, too large to read at once. Split it.",
            rows=rows,
            columns=columns,
        )
    elif text > limits.text:
        says = say("The cells of the list hold more text than is read at once. Split it.")
    else:
        return
    raise refuse(source, says, "too_large")
