"""A small writer of OpenDocument spreadsheets: one sheet, text and whole numbers, no styles."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    _HEAD
    + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    + 'manifest:version="1.3">'
    + f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/>'
    + '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    + "</manifest:manifest>"
)
_BEGIN = (
    _HEAD
    + '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    + 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    + 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    + "<office:body><office:spreadsheet>"
)
_END = "</table:table></office:spreadsheet></office:body></office:document-content>"
_BLANKS = re.compile(r"^ +|(?<= ) +| +$|\t")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_ods(path: Path, headings: Sequence[str], rows: Iterator[Sequence[str | int | None]], sheet: str) -> None:
    """Write the list.

    Control characters become their visible pictures (U+2400 and following), other characters that XML cannot
    hold become U+FFFD, and every line end becomes a new paragraph.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _MIMETYPE)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w") as content:
            content.write(f"{_BEGIN}<table:table table:name={quoteattr(_stored(sheet))}>".encode())
            content.write(_row(headings).encode())
            for row in rows:
                content.write(_row(row).encode())
            content.write(_END.encode())


def _row(values: Sequence[str | int | None]) -> str:
    return f"<table:table-row>{''.join(_cell(value) for value in values)}</table:table-row>"


def _cell(value: str | int | None) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, int):
        if abs(value) < 10**15:
            return (
                f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
                "</table:table-cell>"
            )
        value = str(value)
    lines = re.split(r"\r\n|\r|\n", _stored(value))
    paragraphs = "".join(f"<text:p>{_BLANKS.sub(_blank, escape(line))}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def _blank(found: re.Match[str]) -> str:
    """Blanks that the format would otherwise drop."""
    return "<text:tab/>" if found.group() == "\t" else f'<text:s text:c="{len(found.group())}"/>'


def _stored(text: str) -> str:
    return _UNSTORABLE.sub(lambda found: chr(0x2400 + ord(found.group())) if found.group() < " " else "\ufffd", text)
