"""Opening the zip that a workbook is, without believing anything it says about itself."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from muniment.domain.basics.text import Text, say
from muniment.exchange.sheets.problems import refuse
from muniment.exchange.sheets.table import Limits

_END = b"PK\x05\x06"
_END_BYTES = 22
_ZIP64_LOCATOR = b"PK\x06\x07"
_ENTRY_BYTES = 46 + 512
_SMALL = 1024 * 1024
_DECLARED = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_FORBIDDEN = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_XLSX_FOLDERS = ("xl/worksheets/", "xl/_rels/", "_rels/")
_XLSX_PARTS = ("[content_types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedstrings.xml")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
"""What the zip module raises for offsets, sums and lengths that do not fit."""
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class Workbook:
    """The XML parts of a workbook, unpacked, checked and harmless to hand to a parser.

    `form` is `xlsx` or `ods`. `outside` holds what the workbook would have liked to fetch from elsewhere.
    """

    form: str
    parts: Mapping[str, bytes]
    outside: tuple[str, ...]

    def packed(self) -> bytes:
        """The same parts in a new plain zip.

        A second reader of the original could see another directory, other sizes or other entries than those
        that were checked here; of this one it cannot.
        """
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            for name, part in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name), part)
        return made.getvalue()


def open_workbook(content: bytes, source: str, limits: Limits) -> Workbook:
    """Check the zip and unpack what is needed of it.

    Raises:
        SheetRefused: too big, too many, packed too tight, damaged, encrypted, with macros, with names or XML
            that a workbook has no need of, or no workbook at all.

    """
    _check_directory(content, source, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(content), source, limits)
            return _unpack(archive, entries, source)
    except _DAMAGE as fault:
        raise refuse(
            source,
            say("The file is damaged: {fault}. Ask for a fresh copy.", fault=str(fault)),
            "damaged",
        ) from None


def _check_directory(content: bytes, source: str, limits: Limits) -> None:
    """Bound the directory before the zip module makes an object of each of its entries."""
    if content[-_END_BYTES:].startswith(_END) and content.endswith(b"\0\0"):
        at = len(content) - _END_BYTES
    else:
        at = content.rfind(_END, max(0, len(content) - _END_BYTES - 0xFFFF))
    if at < 0 or at + _END_BYTES > len(content):
        raise refuse(source, say("The file is cut off: its end is missing. Ask for a fresh copy."), "damaged")
    entries, directory_bytes = struct.unpack_from("<HL", content, at + 10)
    if content[max(0, at - 20) : at].startswith(_ZIP64_LOCATOR) or entries == 0xFFFF:
        raise refuse(source, say("The file is packed in a form (zip64) that no list needs."), "zip64")
    if entries > limits.entries or directory_bytes > limits.entries * _ENTRY_BYTES:
        raise refuse(
            source,
            say(
                "The file holds {count} parts; more than {most} are not unpacked.",
                count=entries,
                most=limits.entries,
            ),
            "too_many_parts",
        )


def _check_entries(entries: list[zipfile.ZipInfo], packed: int, source: str, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise refuse(
            source,
            say(
                "The file holds {count} parts; more than {most} are not unpacked.",
                count=len(entries),
                most=limits.entries,
            ),
            "too_many_parts",
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise refuse(
            source,
            say(
                "The file would unpack to {megabytes} MB; more than {most} MB are not unpacked.",
                megabytes=unpacked // 1_000_000,
                most=limits.unpacked_bytes // 1_000_000,
            ),
            "too_big",
        )
    too_tight = unpacked > limits.ratio * packed or any(
        entry.file_size > _SMALL and entry.file_size > limits.ratio * max(1, entry.compress_size) for entry in entries
    )
    if too_tight:
        raise refuse(
            source,
            say(
                "The file is packed more than {ratio} times smaller than its contents, as only a file made "
                "to do "
                "harm is. It was not unpacked.",
                ratio=limits.ratio,
            ),
            "ratio",
        )
    seen: set[str] = set()
    for entry in entries:
        trouble = _trouble_with(entry, seen)
        if trouble is not None:
            raise refuse(source, *trouble)
        seen.add(entry.filename.casefold())


def _trouble_with(entry: zipfile.ZipInfo, seen: set[str]) -> tuple[Text, str] | None:
    name = entry.filename
    lower = name.casefold()
    if lower in seen:
        return say("The part “{name}” is in the file twice.", name=name), "duplicate_part"
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or not name.isprintable():
        return say("The file holds a part with the name “{name}”, as no list does.", name=ascii(name)), "part_name"
    if entry.flag_bits & 0x1:
        return (
            say("The file is encrypted. Open it with its password and save it without one."),
            "encrypted",
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return say("The part “{name}” is packed in a way no list needs.", name=name), "packing"
    macros = ("vbaproject.bin", "xl/macrosheets/", "xl/dialogsheets/", "basic/", "scripts/")
    if lower.endswith("vbaproject.bin") or lower.startswith(macros):
        return (
            say("The workbook carries macros, and is not read. Save it as an ordinary workbook (.xlsx) first."),
            "macros",
        )
    return None


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], source: str) -> Workbook:
    names = {entry.filename for entry in entries}
    outside = tuple(
        sorted(name for name in names if name.startswith(("xl/externalLinks/", "xl/queryTables/")))
        + sorted(names & {"xl/connections.xml"})
    )
    if "xl/workbook.xml" in names:
        wanted = [
            entry
            for entry in entries
            if entry.filename.casefold().startswith(_XLSX_FOLDERS) or entry.filename.casefold() in _XLSX_PARTS
        ]
        parts = {
            entry.filename: _part(archive, entry, source)
            for entry in wanted
            if entry.filename.endswith((".xml", ".rels"))
        }
        _refuse_macro_types(parts.get("[Content_Types].xml", b""), source)
        return Workbook("xlsx", parts, tuple(name for name in outside if not name.endswith(".rels")))
    if "xl/workbook.bin" in names:
        raise refuse(
            source,
            say("This is a binary workbook (.xlsb). Open it and save it as .xlsx or CSV UTF-8."),
            "xlsb",
        )
    if "content.xml" in names and "mimetype" in names:
        kind = archive.read("mimetype").strip()
        if kind not in (_ODS, _ODS + b"-template"):
            raise refuse(source, say("This is a document of another kind, not a spreadsheet."), "not_a_workbook")
        manifest = (
            _part(archive, archive.getinfo("META-INF/manifest.xml"), source)
            if "META-INF/manifest.xml" in names
            else b""
        )
        if b"encryption-data" in manifest:
            raise refuse(
                source,
                say("The file is encrypted. Open it with its password and save it without one."),
                "encrypted",
            )
        return Workbook("ods", {"content.xml": _part(archive, archive.getinfo("content.xml"), source)}, outside)
    raise refuse(
        source,
        say("This is a zip file, but no workbook. Unpack it and give the list that is in it."),
        "not_a_workbook",
    )


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, source: str) -> bytes:
    """Unpack one XML part; the zip module stops at the declared size and checks the sum."""
    part = archive.read(entry)
    declared = _DECLARED.match(part[:300].lstrip(b"\xef\xbb\xbf \r\n\t"))
    in_utf8 = declared is None or declared.group(1).lower() in (b"utf-8", b"us-ascii")
    if not in_utf8 or b"\0" in part:
        raise refuse(
            source,
            say("The part “{name}” is not written in UTF-8. Save the workbook again.", name=entry.filename),
            "xml_encoding",
        )
    if _FORBIDDEN.search(part):
        raise refuse(
            source,
            say(
                "The part “{name}” declares a document type or entities, which no spreadsheet program "
                "writes and "
                "which can be used to do harm. The file was not read.",
                name=entry.filename,
            ),
            "xml_declarations",
        )
    return part


def _refuse_macro_types(types: bytes, source: str) -> None:
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise refuse(
            source,
            say("The workbook carries macros, and is not read. Save it as an ordinary workbook (.xlsx) first."),
            "macros",
        )
