"""From a grid of cells to a list: headings found, rows numbered, doubtful cells named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from muniment.domain.basics.text import Text, say
from muniment.exchange.sheets.grid import Grid
from muniment.exchange.sheets.problems import (
    Problem,
    SheetRefused,
    column_letters,
    place_of_cell,
    place_of_row,
    refuse,
)
from muniment.exchange.sheets.table import EMPTY, Cell, CellKind, Limits, Row, Table

_SCIENTIFIC = re.compile(r"\s*[+-]?\d(?:[.,]\d+)?E\+\d{2,3}\s*", re.IGNORECASE)
_LOOKS_COUNTED = re.compile(r"\s*[+-]?[\d.,/:\s-]*\d\s*")
_JOINERS = "\u200c\u200d"
_ARABIC_SIGNS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
_NOT_HEADINGS = (CellKind.NUMBER, CellKind.DATE, CellKind.TIME, CellKind.TRUTH, CellKind.ERROR)


def assemble(
    grid: Grid,
    *,
    source: str,
    sha256: str,
    form: str,
    encoding: str,
    delimiter: str,
    outside: tuple[str, ...],
    limits: Limits,
) -> Table:
    """Take the first row that is not blank as headings and the others that are not blank as rows.

    Raises:
        SheetRefused: there is nothing, no row of headings, or a heading twice.

    """
    line = form == "csv"
    filled = [(number, cells) for number, cells in grid.rows if any(cell.text.strip() for cell in cells)]
    if not filled:
        raise refuse(source, say("The list is empty: no cell holds anything."), "empty")
    heading_row, heading_cells = filled[0]
    headings = _headings(heading_row, heading_cells, source, line=line)
    problems = [Problem(source, says, kind, notice=True) for says, kind in grid.remarks]
    if outside:
        says = say("The workbook refers to other files or databases. They are not opened.")
        problems.append(Problem(source, says, "external_links", notice=True))
    problems += _nameless_columns(filled, headings, source, line=line)
    rows: list[Row] = []
    for number, cells in filled[1:]:
        problems += _problems_of_row(number, cells, headings, limits, line=line)
        if len(cells) < len(headings):
            cells = cells + (EMPTY,) * (len(headings) - len(cells))
        rows.append(Row(number, cells))
    numbers = {row.number for row in rows}
    for flag in grid.flags:
        if flag.row == heading_row or flag.row in numbers:
            heading = headings[flag.column] if flag.column is not None and flag.column < len(headings) else ""
            where = place_of_row(flag.row) if flag.column is None else place_of_cell(flag.row, flag.column, heading)
            problems.append(Problem(where, flag.says, flag.kind, flag.row, flag.notice))
    return Table(
        source,
        sha256,
        form,
        grid.sheet,
        encoding,
        delimiter,
        headings,
        heading_row,
        tuple(rows),
        tuple(problems),
    )


def _headings(row: int, cells: tuple[Cell, ...], source: str, *, line: bool) -> tuple[str, ...]:
    last = max(index for index, cell in enumerate(cells) if cell.text.strip())
    cells = cells[: last + 1]
    for index, cell in enumerate(cells):
        if cell.kind in _NOT_HEADINGS or _LOOKS_COUNTED.fullmatch(cell.text):
            raise refuse(
                f"{source}, {place_of_cell(row, index, line=line)}",
                say(
                    "“{text}” is no heading. The first row must hold a heading for each column; put one "
                    "above the "
                    "list and save it again.",
                    text=cell.text,
                ),
                "no_headings",
            )
    first: dict[str, int] = {}
    twice: list[Problem] = []
    for index, cell in enumerate(cells):
        plain = " ".join(cell.text.split()).casefold()
        if plain and plain in first:
            twice.append(
                Problem(
                    f"{source}, {place_of_row(row, line=line)}",
                    say(
                        "The heading “{heading}” stands over column {first} and column {second}. Give each "
                        "column "
                        "a heading of its own.",
                        heading=cell.text.strip(),
                        first=column_letters(first[plain]),
                        second=column_letters(index),
                    ),
                    "heading_twice",
                    row,
                )
            )
        first.setdefault(plain, index)
    if twice:
        raise SheetRefused(twice)
    return tuple(cell.text for cell in cells)


def _nameless_columns(
    filled: list[tuple[int, tuple[Cell, ...]]], headings: tuple[str, ...], source: str, *, line: bool
) -> Iterable[Problem]:
    for index, heading in enumerate(headings):
        if heading.strip():
            continue
        for number, cells in filled[1:]:
            if index < len(cells) and cells[index].text.strip():
                yield Problem(
                    f"{source}, column {column_letters(index)}",
                    say(
                        "The column has no heading, but {place} holds “{text}” in it. Give it a heading.",
                        place=place_of_row(number, line=line),
                        text=cells[index].text.strip(),
                    ),
                    "heading_missing",
                )
                break


def _problems_of_row(
    number: int, cells: tuple[Cell, ...], headings: tuple[str, ...], limits: Limits, *, line: bool
) -> Iterable[Problem]:
    extra = len(cells) > len(headings) and any(cell.text.strip() for cell in cells[len(headings) :])
    if extra or (line and len(cells) < len(headings)):
        yield Problem(
            place_of_row(number, line=line),
            say(
                "The row has {found} cells, but there are {expected} headings. Look for a delimiter too "
                "many or "
                "too few, or a text that should stand in quotation marks.",
                found=len(cells),
                expected=len(headings),
            ),
            "ragged",
            number,
        )
    if _beyond_doubt("".join([cell.text for cell in cells]), limits):
        return  # nearly every row: asked once for all of its cells
    for index, cell in enumerate(cells):
        if _beyond_doubt(cell.text, limits):
            continue
        for says, kind in _doubts(cell, limits):
            heading = headings[index] if index < len(headings) else ""
            yield Problem(place_of_cell(number, index, heading, line=line), says, kind, number)


def _beyond_doubt(text: str, limits: Limits) -> bool:
    """Whether neither a text nor any part of it can have what `_doubts` looks for."""
    return text.isascii() and text.isprintable() and "+" not in text and len(text) <= limits.cell_characters


def _doubts(cell: Cell, limits: Limits) -> Iterable[tuple[Text, str]]:
    text = cell.text
    if len(text) > limits.cell_characters:
        yield (
            say(
                "The cell holds {count} characters; at most {most} are taken.",
                count=len(text),
                most=limits.cell_characters,
            ),
            "long",
        )
    if cell.kind is CellKind.TEXT and _SCIENTIFIC.fullmatch(text):
        yield (
            say(
                "“{text}” is what a spreadsheet makes of a long number: its digits are gone from this file. "
                "Format "
                "the column as text where the list is kept, enter the number again and save.",
                text=text.strip(),
            ),
            "scientific",
        )
    hidden = first_hidden(text)
    if hidden is not None:
        yield (
            say(
                "There is a character that cannot be seen, {code} {name}, after {count} characters. Delete "
                "the "
                "cell's text and type it again.",
                code=f"U+{ord(text[hidden]):04X}",
                name=unicodedata.name(text[hidden], "CONTROL"),
                count=hidden,
            ),
            "hidden_character",
        )


def first_hidden(text: str) -> int | None:
    """Where the first character stands that steers or hides text instead of showing any.

    Tabs and line breaks do not count. Neither do joiners after a letter of a script that needs them, such as
    Persian or Hindi, nor the number signs of Arabic, which are seen.
    """
    if text.isprintable():
        return None
    for index, character in enumerate(text):
        category = unicodedata.category(character)
        if category == "Cc" and character not in "\t\r\n":
            return index
        if category == "Cf" and character not in _ARABIC_SIGNS:
            joins = character in _JOINERS and index > 0 and "\u0590" < text[index - 1] < "\u1900"
            if not joins:
                return index
    return None
