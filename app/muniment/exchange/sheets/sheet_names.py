"""Which sheets a workbook has, so that a person can choose."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from muniment.exchange.sheets.container import Workbook, open_workbook
from muniment.exchange.sheets.reading import bytes_of, is_zip
from muniment.exchange.sheets.table import LIMITS, Limits

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 table"
_NAME = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 name"


def sheet_names(path: Path, limits: Limits = LIMITS) -> tuple[str, ...]:
    """The sheets of a workbook that are not hidden, in its order; nothing for a text file.

    Nothing also for a workbook that cannot be made out: reading it says what is wrong.

    Raises:
        SheetRefused: the file is missing, too large, hostile or damaged.

    """
    content = bytes_of(path, limits)
    if not is_zip(content):
        return ()
    workbook = open_workbook(content, path.name, limits)
    try:
        return _of_excel(workbook) if workbook.form == "xlsx" else _of_opendocument(workbook)
    except (ParseError, DefusedXmlException, expat.ExpatError):
        return ()


def _of_excel(workbook: Workbook) -> tuple[str, ...]:
    part = next((part for name, part in workbook.parts.items() if name.casefold() == "xl/workbook.xml"), b"")
    sheets = (one for one in fromstring(part).iter() if str(one.tag).rpartition("}")[2] == "sheet")
    return tuple(one.get("name", "") for one in sheets if one.get("state", "visible") == "visible")


def _of_opendocument(workbook: Workbook) -> tuple[str, ...]:
    names: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE:
            names.append(attributes.get(_NAME, ""))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.Parse(workbook.parts["content.xml"], True)
    return tuple(names)
