"""Reading other people's lists: safely, exactly, and with every doubt said aloud.

Nothing is evaluated and nothing is guessed. Where a spreadsheet has already altered what was typed into it,
the cell is reported, not repaired.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from muniment.domain.basics.text import Text, say
from muniment.exchange.plain_files import NotAFileError, read_plain
from muniment.exchange.sheets.assembly import assemble
from muniment.exchange.sheets.container import open_workbook
from muniment.exchange.sheets.delimited import decode, find_delimiter, records
from muniment.exchange.sheets.excel import read_excel
from muniment.exchange.sheets.grid import Grid, check_extent
from muniment.exchange.sheets.opendocument import read_opendocument
from muniment.exchange.sheets.problems import refuse
from muniment.exchange.sheets.table import EMPTY, LIMITS, Cell, Limits, Table

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|html|table)", re.IGNORECASE)
_TEXT_FILES = (".csv", ".tsv", ".tab", ".txt")
_WORKBOOKS = (".xlsx", ".ods", ".xltx", ".ots")
_READ = ".csv, .tsv, .xlsx, .ods"
_LONGEST_NAME = 255


def read_table(path: Path, *, sheet: str | None = None, encoding: str | None = None, limits: Limits = LIMITS) -> Table:
    """Read a list from a CSV or TSV file, an XLSX or an ODS workbook.

    The first row that is not blank holds the headings. `sheet` names the sheet of a workbook; without it the
    first visible one is read. `encoding` is an older encoding (one of `delimited.LEGACY`) to fall back on
    when a text file is not UTF-8.

    Raises:
        SheetRefused: the file is missing, too large, hostile, damaged, encrypted, of another format, empty,
            without headings, or has a heading twice.

    """
    content = bytes_of(path, limits)
    source = shown_name(path)
    outside: tuple[str, ...] = ()
    used = delimiter = ""
    _refuse_other_formats(path, content)
    if is_zip(content):
        workbook = open_workbook(content, source, limits)
        form, outside = workbook.form, workbook.outside
        if form == "xlsx":
            grid = read_excel(workbook, source, sheet, limits)
        else:
            grid = read_opendocument(workbook.parts["content.xml"], source, sheet, limits)
    else:
        form = "csv"
        text, used = decode(content, source, encoding)
        if sheet:
            raise refuse(source, say("A text file has no sheets; there is no “{sheet}”.", sheet=sheet), "no_sheet")
        delimiter, passed_over = find_delimiter(text)
        grid = _grid_of_text(text, delimiter, passed_over, source, limits)
    return assemble(
        grid,
        source=source,
        sha256=hashlib.sha256(content).hexdigest(),
        form=form,
        encoding=used,
        delimiter=delimiter,
        outside=outside,
        limits=limits,
    )


def bytes_of(path: Path, limits: Limits) -> bytes:
    """Read the file once, so that what was checked is what is used.

    Raises:
        SheetRefused: it is missing, cannot be opened, is empty or too large.

    """
    name = shown_name(path)
    try:
        if path.is_dir():
            raise refuse(name, say("This is a folder. Name a list that lies in it."), "no_file")
        content = read_plain(path, limits.file_bytes)
    except NotAFileError:
        says = say("This is a pipe or a device, not a file. Save the list as a file first.")
        raise refuse(name, says, "no_file") from None
    except FileNotFoundError:
        raise refuse(name, say("There is no such file."), "no_file") from None
    except OSError as fault:
        raise refuse(name, say("The file cannot be opened: {fault}.", fault=fault.strerror or ""), "no_file") from None
    if len(content) > limits.file_bytes:
        raise refuse(
            name,
            say("The file is larger than {most} MB. Split the list.", most=limits.file_bytes // 1_000_000),
            "too_big",
        )
    if not content.strip():
        raise refuse(name, say("The file is empty."), "empty")
    return content


def shown_name(path: Path) -> str:
    """The name of the file in one line; what would steer a terminal or a printer is made visible."""
    name = "".join(one if one.isprintable() else "\ufffd" for one in path.name)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def is_zip(content: bytes) -> bool:
    """Whether these are the bytes of a zip, as a workbook is one."""
    return content.startswith(_ZIP)


def _refuse_other_formats(path: Path, content: bytes) -> None:
    found = _other_format(path.suffix.casefold(), content)
    if found is not None:
        raise refuse(shown_name(path), *found)


def _other_format(suffix: str, content: bytes) -> tuple[Text, str] | None:
    macros = say("The workbook carries macros, and is not read. Save it as an ordinary workbook (.xlsx) first.")
    zipped = is_zip(content)
    if content.startswith(_OLE) and _ENCRYPTED in content:
        return say("The file is encrypted. Open it with its password and save it without one."), "encrypted"
    if content.startswith(_OLE) or suffix == ".xls":
        return say("This is a workbook of the old kind (.xls). Open it and save it as .xlsx or CSV UTF-8."), "xls"
    if suffix in (".xlsm", ".xltm", ".xlam"):
        return macros, "macros"
    if zipped and suffix in _TEXT_FILES:
        return (
            say(
                "The name ends in {suffix}, but the file is a zip or a workbook. Give it its right name.",
                suffix=suffix,
            ),
            "misnamed",
        )
    if not zipped and suffix in _WORKBOOKS:
        return (
            say(
                "The name ends in {suffix}, but the file is no workbook. Save the list again from where it was made.",
                suffix=suffix,
            ),
            "misnamed",
        )
    if not zipped and (_MARKUP.match(content) or content.startswith((b"%PDF", b"{\\rtf"))):
        return say("This is a page or document, not a list. Read are: {forms}.", forms=_READ), "not_a_list"
    if not zipped and suffix not in _TEXT_FILES:
        return say("Files named *{suffix} are not read. Read are: {forms}.", suffix=suffix, forms=_READ), "unknown_form"
    return None


class _Cells(dict[str, Cell]):
    """One cell for each text: most come again."""

    def __missing__(self, written: str) -> Cell:
        cell = self[written] = Cell(written)
        return cell


def _grid_of_text(text: str, delimiter: str, passed_over: int, source: str, limits: Limits) -> Grid:
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    known = _Cells({"": EMPTY})
    widest = 0
    for number, record in records(text, delimiter, source, passed_over=passed_over):
        widest = max(widest, len(record))
        rows.append((number, tuple(map(known.__getitem__, record))))
        if len(rows) > limits.rows or widest > limits.columns:
            check_extent(len(rows), widest, 0, source, limits)
    return Grid("", rows, [], [])
