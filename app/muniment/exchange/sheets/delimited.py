"""Text files with a list in them: which encoding, which delimiter, which records."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from muniment.domain.basics.text import say
from muniment.exchange.sheets.problems import place_of_row, refuse

LEGACY = (
    "cp1252",
    "cp1251",
    "cp1256",
    "cp1250",
    "cp1253",
    "cp1254",
    "cp866",
    "koi8-r",
    "shift_jis",
    "utf-16-le",
    "utf-16-be",
)
"""Encodings that are believed only when a person names one: any bytes at all would pass as most of them."""

_BREAK = re.compile(r"\r\n|\r|\n")
_SEP_LINE = re.compile(r"sep=([,;\t|])(?:\r\n|\r|\n)", re.IGNORECASE)
_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 200


def decode(content: bytes, source: str, legacy: str | None) -> tuple[str, str]:
    """The text of the file and the encoding it was found in.

    A byte order mark decides; without one it is UTF-8, or, when it cannot be, the encoding the person named.

    Raises:
        SheetRefused: the bytes are not text in that encoding, or a NUL stands among them.

    """
    if legacy is not None:
        legacy = _known_as(legacy, source)
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, source, len(mark)), encoding
    if legacy is not None and legacy.startswith("utf-16"):
        return _strictly(content, legacy, source, 0), legacy  # as UTF-8 it would be full of zero bytes
    try:
        return _strictly(content, "utf-8", source, 0), "utf-8"
    except UnicodeDecodeError as bad:
        if legacy in (None, "utf-8"):
            raise _undecodable(content, bad, "utf-8", source, 0) from None
    return _strictly(content, legacy, source, 0), legacy


def _known_as(name: str, source: str) -> str:
    """The encoding by the name it has here; the world has several for each, such as `windows-1251`."""
    try:
        meant = codecs.lookup(name).name
    except (LookupError, ValueError):
        meant = ""
    for known in ("utf-8", *LEGACY):
        if meant == codecs.lookup(known).name:
            return known
    raise refuse(
        source,
        say(
            "The encoding “{name}” is not one that is read here. Known: {known}.",
            name=name,
            known=", ".join(LEGACY),
        ),
        "unknown_encoding",
    )


def _strictly(content: bytes, encoding: str, source: str, mark: int) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as bad:
        if encoding == "utf-8" and not mark:
            raise
        raise _undecodable(content, bad, encoding, source, mark) from None
    nul = text.find("\0")
    if nul >= 0:
        raise refuse(
            f"{source}, {place_of_row(_line(text[:nul]), line=True)}",
            say(
                "There is a zero byte at byte {offset}, so this is not a text file as it stands. It may be "
                "UTF-16 "
                "without its mark, or damaged. Open it where it was made and save it as “CSV UTF-8”.",
                offset=mark + len(text[:nul].encode(encoding)),
            ),
            "nul",
        )
    return text


def _undecodable(content: bytes, bad: UnicodeDecodeError, encoding: str, source: str, mark: int) -> Exception:
    before = content[: bad.start].decode(encoding, errors="replace")
    return refuse(
        f"{source}, {place_of_row(_line(before), line=True)}",
        say(
            "Byte {offset} ({byte}) cannot be read as {encoding}. Save the file as “CSV UTF-8”, or say which "
            "older encoding it is in: cp1252 (Western Europe), cp1251 (Cyrillic), cp1256 (Arabic).",
            offset=mark + bad.start,
            byte=f"0x{content[bad.start]:02X}",
            encoding=encoding.upper(),
        ),
        "undecodable",
    )


def _line(before: str) -> int:
    return len(_BREAK.findall(before)) + 1


def find_delimiter(text: str) -> tuple[str, int]:
    """The delimiter, and how many characters to pass over because they only name it (`sep=;`).

    The delimiter that gives most of the first rows as many cells as the headings wins; then the one that
    gives more cells. A list of one column has none, and a comma is answered.
    """
    named = _SEP_LINE.match(text)
    if named:
        return named.group(1), named.end()
    return max(_DELIMITERS, key=lambda delimiter: _agreement(text, delimiter)), 0


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    widths: list[int] = []
    try:
        for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), _LOOKED_AT):
            if any(cell.strip() for cell in row):
                widths.append(len(row))
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] < 2:
        return 0.0, 0
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]


def records(text: str, delimiter: str, source: str, *, passed_over: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins, blank ones included.

    Raises:
        SheetRefused: a quotation is never closed, or goes on after it was closed.

    """
    reader = csv.reader(io.StringIO(text[passed_over:], newline=""), delimiter=delimiter, strict=True)
    first = 1 + (1 if passed_over else 0)
    while True:
        begins = first + reader.line_num
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            where = f"{source}, {place_of_row(begins, line=True)}"
            if "field limit" in str(fault):
                says = say(
                    "A cell that begins here has more than {most} characters. A quotation mark that is never closed "
                    "swallows everything after it; look for one.",
                    most=csv.field_size_limit(),
                )
                raise refuse(where, says, "quoting") from None
            raise refuse(
                where,
                say(
                    "The quotation marks in the row that begins here do not pair up ({fault}). A quotation "
                    "mark "
                    "inside a quoted cell is written twice.",
                    fault=str(fault),
                ),
                "quoting",
            ) from None
        yield begins, record
