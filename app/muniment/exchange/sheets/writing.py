"""Writing lists for other people's spreadsheets, so that nothing in them runs.

Whatever text the register holds arrives as that text. XLSX, ODS and JSON carry it as it is. CSV has no
types, so a cell that a spreadsheet could take for a formula begins with an apostrophe there;
`plain_from_csv` takes it off again.

Source: OWASP ASVS 5.0.0, 1.2.10.
"""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from muniment.domain.basics.text import say
from muniment.exchange.sheets.problems import Problem, SheetRefused, place_of_cell, refuse
from muniment.exchange.sheets.writing_ods import write_ods

Value = str | int | None
"""What a cell may hold. Dates are written as ISO text, so that no locale alters them."""

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\0＝＋－＠]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\0＝＋－＠]")
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_EXACT = 10**15


def csv_text(text: str) -> str:
    """The text as it stands in a CSV cell, quotation left to the writer."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def plain_from_csv(written: str) -> str:
    """Undo `csv_text`."""
    return written[1:] if _ESCAPED.match(written) else written


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Value]], *, sheet: str = "List") -> None:
    """Write a list; the name decides the format: .csv, .tsv, .xlsx, .ods, .json or .jsonl.

    The file appears whole or not at all; a file of that name is replaced. Characters no file of the format
    can hold (NUL, other control characters outside JSON, halves of surrogate pairs) become visible
    stand-ins. In ODS every line end becomes a single new line.

    Raises:
        SheetRefused: the format is unknown, a row is not as long as the headings, a heading stands twice, or
        the     format cannot hold that many rows or so long a text.
        OSError: the disk says no.

    """
    suffix = path.suffix.casefold()
    writer = _WRITERS.get(suffix)
    if writer is None:
        raise refuse(
            path.name,
            say(
                "Lists are not written as *{suffix}. Known: {known}.",
                suffix=suffix,
                known=", ".join(_WRITERS),
            ),
            "unknown_form",
        )
    if len(set(headings)) != len(headings):
        raise refuse(path.name, say("A heading stands twice."), "heading_twice")
    # The half-written file stays in the same folder: nothing of the register goes to the system's temporary
    # one.
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".writing-") as folder:
        made = Path(folder) / f"list{suffix}"
        writer(made, tuple(headings), _checked(path.name, headings, rows, suffix), sheet)
        os.replace(made, path)


def _checked(
    source: str, headings: Sequence[str], rows: Iterable[Sequence[Value]], suffix: str
) -> Iterator[Sequence[Value]]:
    for number, row in enumerate(rows, 2):
        if len(row) != len(headings):
            raise SheetRefused(
                [
                    Problem(
                        f"{source}, row {number}",
                        say("{found} cells for {expected} headings.", found=len(row), expected=len(headings)),
                        "ragged",
                        number,
                    )
                ]
            )
        if suffix == ".xlsx":
            _check_excel(source, headings, number, row)
        yield row


def _check_excel(source: str, headings: Sequence[str], number: int, row: Sequence[Value]) -> None:
    if number > _MOST_ROWS:
        raise refuse(source, say("A sheet of this format holds {most} rows. Write .csv.", most=_MOST_ROWS), "too_large")
    for column, value in enumerate(row):
        if isinstance(value, str) and len(value) > _MOST_CHARACTERS:
            raise refuse(
                f"{source}, {place_of_cell(number, column, headings[column])}",
                say(
                    "The text has {count} characters; this format holds {most}.",
                    count=len(value),
                    most=_MOST_CHARACTERS,
                ),
                "long",
            )


def _storable(text: str) -> str:
    """Stand-ins for what neither CSV readers nor XML take."""
    if text.isprintable():
        return text
    return text.replace("\0", "\u2400").encode("utf-8", "replace").decode("utf-8")


def _write_delimited(path: Path, headings: tuple[str, ...], rows: Iterator[Sequence[Value]], _: str) -> None:
    delimiter = "\t" if path.suffix == ".tsv" else ","
    # The mark is what tells spreadsheet programs that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow([csv_text(_storable(heading)) for heading in headings])
        for row in rows:
            writer.writerow([csv_text(_storable(cell)) if isinstance(cell, str) else cell for cell in row])


def _write_excel(path: Path, headings: tuple[str, ...], rows: Iterator[Sequence[Value]], sheet: str) -> None:
    settings = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with _disk_faults(), xlsxwriter.Workbook(str(path), settings) as workbook:
        worksheet = workbook.add_worksheet(sheet)
        worksheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            worksheet.write_string(0, column, _for_excel(heading))
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, int) and abs(value) < _EXACT:
                    worksheet.write_number(number, column, value)
                elif value is not None and value != "":
                    worksheet.write_string(number, column, _for_excel(str(value)))


@contextmanager
def _disk_faults() -> Iterator[None]:
    """Let what the disk says out of the error that the library wraps it in."""
    try:
        yield
    except xlsxwriter.exceptions.FileCreateError as error:
        raise next((one for one in error.args if isinstance(one, OSError)), OSError(str(error))) from error


def _for_excel(text: str) -> str:
    return _storable(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _objects(headings: tuple[str, ...], rows: Iterator[Sequence[Value]]) -> Iterator[str]:
    for row in rows:
        # ASCII only: whatever stands in the text, the file has no control character and no odd half of a
        # pair.
        yield json.dumps(dict(zip(headings, row, strict=True)))


def _write_json_lines(path: Path, headings: tuple[str, ...], rows: Iterator[Sequence[Value]], _: str) -> None:
    with path.open("w", encoding="ascii", newline="\n") as opened:
        opened.writelines(f"{line}\n" for line in _objects(headings, rows))


def _write_json(path: Path, headings: tuple[str, ...], rows: Iterator[Sequence[Value]], _: str) -> None:
    with path.open("w", encoding="ascii", newline="\n") as opened:
        opened.write("[")
        for index, line in enumerate(_objects(headings, rows)):
            opened.write(f"{',' if index else ''}\n{line}")
        opened.write("\n]\n")


_WRITERS: dict[str, Callable[[Path, tuple[str, ...], Iterator[Sequence[Value]], str], None]] = {
    ".csv": _write_delimited,
    ".tsv": _write_delimited,
    ".xlsx": _write_excel,
    ".ods": write_ods,
    ".json": _write_json,
    ".jsonl": _write_json_lines,
}
