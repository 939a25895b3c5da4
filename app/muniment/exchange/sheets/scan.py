"""What a sheet of an XLSX workbook does not tell whoever asks only for its values.

The values come from calamine. It gives the cached value of a formula like any other, an error as nothing, and
makes room for the whole rectangle around all cells before it gives the first. So the sheet's XML is walked
once beforehand: how far it reaches, how much text it will become, and which cells are more than a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_CELL_LETTERS = re.compile(rb'<(?:[\w.-]+:)?c r="([A-Z]{1,3})[0-9]{1,7}"')
_CELL_DIGITS = re.compile(rb'<(?:[\w.-]+:)?c r="[A-Z]{1,3}([0-9]{1,7})"')
_MORE_THAN_VALUES = re.compile(rb"""<(?:[\w.-]+:)?f[\s/>]|\st\s*=\s*["'](?:e["']|[^"']*&)|\shidden\s*=""")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class SheetXmlBad(Exception):  # noqa: N818 - becomes a refusal with the name of the file
    """The XML is not well formed, or a cell says it stands where no cell can."""


@dataclass(slots=True)
class Scanned:
    """Rows and columns count from 0. `formulas` and `errors` hold (row, column)."""

    rows: int = 0
    columns: int = 0
    text: int = 0
    hidden_rows: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)


def scan_sheet(xml: bytes, shared: Sequence[int], most_text: int) -> Scanned:
    """Walk one worksheet; `shared` holds the length of each shared string.

    `text` is the characters that shared strings will become, exact only where it could exceed `most_text`.

    Raises:
        SheetXmlBad: as described there.

    """
    found, shared_cells = _plain_extent(xml) or _walk(xml)
    longest = max(shared, default=0)
    if shared_cells * longest > most_text:
        found.text = _shared_text(xml, shared)
    return found


def _plain_extent(xml: bytes) -> tuple[Scanned, int] | None:
    """The extent of a sheet in which nothing is but values, every one in a cell that says where it stands.

    Most lists are like that, and looking for it takes a quarter of the time of a walk. What a comment holds
    counts as well, so the extent may be found too large, never too small. The second answer is a bound.
    """
    if _MORE_THAN_VALUES.search(xml):
        return None
    letters = _CELL_LETTERS.findall(xml)
    if len(letters) != len(_CELL.findall(xml)):
        return None
    columns = max((_position(f"{head.decode()}1")[1] + 1 for head in set(letters)), default=0)
    rows = max(map(int, set(_CELL_DIGITS.findall(xml))), default=0)
    return Scanned(rows=rows, columns=columns), len(letters)


def _walk(xml: bytes) -> tuple[Scanned, int]:
    found = Scanned()
    letters: set[str] = set()
    row = column = 0
    reference = ""
    is_error = is_shared = False
    last_row = shared_cells = 0
    names: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, reference, is_error, is_shared, last_row, shared_cells
        local = names.get(name)
        if local is None:
            local = names[name] = name.rpartition(":")[2]
        if local == "v" or local == "is":
            if is_error:
                found.errors.add(_position(reference) if reference else (row - 1, column - 1))
            if is_shared:
                shared_cells += 1
            if reference:
                head = reference.rstrip("0123456789")
                letters.add(head)
                number = int(reference[len(head) :] or 0)
                if number > last_row:
                    last_row = number
            else:
                last_row = max(last_row, row)
            found.columns = max(found.columns, column)
        elif local == "c":
            column += 1
            reference = attributes.get("r", "")
            kind = attributes.get("t")
            is_error = kind == "e"
            is_shared = kind == "s"
        elif local == "row":
            row = int(attributes.get("r") or row + 1)
            column = 0
            if attributes.get("hidden") in ("1", "true"):
                found.hidden_rows += 1
        elif local == "f":
            at = _position(reference) if reference else (row - 1, column - 1)
            found.formulas.add(at)
            if attributes.get("t") == "array":
                found.formulas.update(_area(attributes.get("ref", "")))

    try:
        _parser(start).Parse(xml, True)
        found.columns = max([found.columns, *(_position(f"{head}1")[1] + 1 for head in letters)])
    except (expat.ExpatError, ValueError) as fault:
        raise SheetXmlBad(str(fault)) from None
    found.rows = last_row
    return found, shared_cells


def _parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def _no_doctype(*_: object) -> None:
    raise SheetXmlBad("a document type is declared")


def _position(reference: str) -> tuple[int, int]:
    """(row, column) from 0."""
    parts = _REFERENCE.fullmatch(reference)
    if parts is None:
        raise SheetXmlBad(f"no cell stands at {reference[:20]!r}")
    column = 0
    for letter in parts.group(1).upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(parts.group(2)) - 1, column - 1


def _area(reference: str) -> set[tuple[int, int]]:
    """The cells that a formula fills; nothing for an area too large to be one."""
    first, _, last = reference.partition(":")
    if not first or not last:
        return set()
    (top, left), (bottom, right) = _position(first), _position(last)
    if (bottom - top + 1) * (right - left + 1) > 1_000_000:
        raise SheetXmlBad("a formula fills more than a million cells")
    return {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}


def shared_lengths(xml: bytes) -> list[int]:
    """The number of characters of each shared string, phonetic hints included.

    Raises:
        SheetXmlBad: the XML is not well formed.

    """
    lengths: list[int] = []
    inside = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal inside
        if name.rpartition(":")[2] == "si":
            lengths.append(0)
            inside = True

    def characters(text: str) -> None:
        if inside:
            lengths[-1] += len(text)

    parser = _parser(start)
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as fault:
        raise SheetXmlBad(str(fault)) from None
    return lengths


def _shared_text(xml: bytes, lengths: Sequence[int]) -> int:
    total = 0
    is_shared = in_value = False
    digits: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_shared, in_value
        local = name.rpartition(":")[2]
        if local == "c":
            is_shared = attributes.get("t") == "s"
        in_value = local == "v" and is_shared

    def characters(text: str) -> None:
        if in_value:
            digits.append(text)

    def end(name: str) -> None:
        nonlocal total, in_value
        if in_value and name.rpartition(":")[2] == "v":
            index = int("".join(digits))
            total += lengths[index] if 0 <= index < len(lengths) else 0
            digits.clear()
            in_value = False

    parser = _parser(start)
    parser.CharacterDataHandler = characters
    parser.EndElementHandler = end
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as fault:
        raise SheetXmlBad(str(fault)) from None
    return total
