"""Files made to do harm are refused before they can, in little time and memory."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from muniment.exchange.sheets import Limits, SheetRefused, read_table

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def good_parts() -> dict[str, bytes]:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["model", "serial"])
        sheet.write_row(1, 0, ["Test rifle", "A1"])
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, parts: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(SheetRefused) as caught:
        read_table(path) if limits is None else read_table(path, limits=limits)
    assert all(str(problem.says) for problem in caught.value.problems)
    return caught.value.problems[0].kind


def sheet_of(rows: str) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">'
    return f"{head}<sheetData>{rows}</sheetData></worksheet>".encode()


def test_the_untouched_workbook_is_read(tmp_path: Path) -> None:
    table = read_table(pack(tmp_path / "list.xlsx", good_parts()))

    assert [cell.text for cell in table.rows[0].cells] == ["Test rifle", "A1"]
    assert table.problems == ()


MEASURE = """
import json, sys, time
from pathlib import Path
from muniment.exchange.sheets import SheetRefused, read_table
begun = time.perf_counter()
try:
    read_table(Path(sys.argv[1]))
    kind = "read"
except SheetRefused as refusal:
    kind = refusal.problems[0].kind
seconds = time.perf_counter() - begun
try:  # the kernel's own mark: getrusage would answer the peak of the process that started this one
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
except OSError:
    peak = 0
print(json.dumps({"kind": kind, "seconds": seconds, "peak": peak}))
"""


def measured(path: Path) -> dict[str, float | str]:
    """Read in a process of its own, so that its peak is of this file alone."""
    answer = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
    )
    return dict(json.loads(answer.stdout))


@pytest.fixture(scope="module")
def gigabyte_of_zeros(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bomb") / "zeros.xlsx"
    chunk = bytes(1 << 22)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(SHEET, "w") as part:
            for _ in range(256):
                part.write(chunk)
    return path


def assert_refused_cheaply(answer: Mapping[str, float | str], kind: str) -> None:
    assert answer["kind"] == kind
    assert float(answer["seconds"]) < 2
    assert float(answer["peak"]) < 256 * 1024 * 1024


def test_a_gigabyte_of_zeros_is_refused_in_two_seconds_and_256_mib(gigabyte_of_zeros: Path) -> None:
    with zipfile.ZipFile(gigabyte_of_zeros) as archive:
        assert archive.getinfo(SHEET).file_size == 1 << 30

    assert_refused_cheaply(measured(gigabyte_of_zeros), "too_big")


def test_a_gigabyte_of_zeros_that_lies_about_its_size_is_refused_too(gigabyte_of_zeros: Path, tmp_path: Path) -> None:
    content = gigabyte_of_zeros.read_bytes()
    path = tmp_path / "lying.xlsx"
    path.write_bytes(content.replace(struct.pack("<L", 1 << 30), struct.pack("<L", 100_000)))
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo(SHEET).file_size == 100_000

    assert_refused_cheaply(measured(path), "damaged")


def test_many_megabytes_under_the_limit_are_refused_by_ratio(tmp_path: Path) -> None:
    path = pack(tmp_path / "list.xlsx", {**good_parts(), "xl/media/image1.png": bytes(50_000_000)})

    assert_refused_cheaply(measured(path), "ratio")


def test_more_parts_than_a_workbook_has_are_refused(tmp_path: Path) -> None:
    parts = {**good_parts(), **{f"xl/worksheets/s{number}.xml": b"<a/>" for number in range(1_001)}}

    assert refused(pack(tmp_path / "list.xlsx", parts)) == "too_many_parts"


def test_a_directory_of_a_million_entries_is_refused_before_it_is_read(tmp_path: Path) -> None:
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 3, 3, len(directory), 4, 0)
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04" + directory + end)
    tracemalloc.start()
    try:
        assert refused(path) == "too_many_parts"
        assert tracemalloc.get_traced_memory()[1] < 3 * path.stat().st_size
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/passwd", "xl\\worksheets\\sheet2.xml", "C:evil.xml", "xl/../../x", "a\x1bb.xml"]
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in good_parts().items():
            archive.writestr(part, content)
        entry = zipfile.ZipInfo("placeholder")
        entry.filename = name
        archive.writestr(entry, b"<a/>")

    assert refused(path) == "part_name"


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "list.xlsx", {**good_parts(), SHEET.upper(): b"<a/>"})

    assert refused(path) == "duplicate_part"


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(tmp_path: Path, packing: int) -> None:
    assert refused(pack(tmp_path / "list.xlsx", good_parts(), packing)) == "packing"


def test_zip64_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "list.xlsx", good_parts())
    content = path.read_bytes()
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    path.write_bytes(content[:-22] + locator + content[-22:])

    assert refused(path) == "zip64"


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(tmp_path: Path, name: str) -> None:
    assert refused(pack(tmp_path / "list.xlsx", {**good_parts(), name: b"\0\1"})) == "macros"


def test_a_macro_workbook_is_refused_by_its_name_and_by_its_type(tmp_path: Path) -> None:
    parts = good_parts()
    assert refused(pack(tmp_path / "list.xlsm", parts)) == "macros"
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    assert b"macroEnabled" in parts[types]
    assert refused(pack(tmp_path / "list.xlsx", parts)) == "macros"


def test_macros_of_opendocument_are_refused(tmp_path: Path) -> None:
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "Basic/Standard/Module1.xml": b"<a/>",
        "content.xml": b"<a/>",
    }
    assert refused(pack(tmp_path / "list.ods", parts)) == "macros"


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]
)
@pytest.mark.parametrize("trick", [LAUGHS, b'<?xml version="1.0"?><!doctype x SYSTEM "file:///etc/passwd">'])
def test_entities_are_refused_in_every_part(tmp_path: Path, part: str, trick: bytes) -> None:
    parts = good_parts()
    parts[part] = trick + parts[part].partition(b"?>")[2]

    assert refused(pack(tmp_path / "list.xlsx", parts)) == "xml_declarations"


def test_entities_are_refused_in_opendocument(tmp_path: Path) -> None:
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": LAUGHS + b"<x>&b;</x>"}

    assert refused(pack(tmp_path / "list.ods", parts)) == "xml_declarations"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "iso-8859-1"])
def test_xml_in_an_encoding_that_hides_things_is_refused(tmp_path: Path, encoding: str) -> None:
    parts = good_parts()
    text = parts[SHEET].decode().replace("UTF-8", encoding)
    parts[SHEET] = text.encode(encoding if encoding != "utf-7" else "ascii")

    assert refused(pack(tmp_path / "list.xlsx", parts)) == "xml_encoding"


def test_a_cell_in_the_far_corner_does_not_make_room_for_the_whole_sheet(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = pack(tmp_path / "list.xlsx", {**good_parts(), SHEET: sheet_of(cells)})

    assert_refused_cheaply(measured(path), "too_large")


@pytest.mark.parametrize(
    "cells",
    [
        "<row r='1'><c r='XFD1048576'><v>1</v></c></row>",
        "<row r='1048576'><c><v>1</v></c></row>",
        "<row><c r='xfd9'><v>1</v></c></row>",
        "<row><c r='&#88;FD9'><is><t>x</t></is></c></row>",
    ],
)
def test_the_far_corner_is_seen_however_it_is_written(tmp_path: Path, cells: str) -> None:
    path = pack(tmp_path / "list.xlsx", {**good_parts(), SHEET: sheet_of(cells)})

    assert refused(path) == "too_large"


@pytest.mark.parametrize(
    "cells",
    [
        "<row r='x'><c><v>1</v></c></row>",
        "<row r='-1'><c r='A-1'><v>1</v></c></row>",
        "<row><c r='1A'><v>1</v></c></row>",
        "<row><c r='ZZZZZZ1'><v>1</v></c></row>",
        "<row><c r='A99999999999999999999'><v>1</v></c></row>",
        "<row><c><v>1</v></row>",
        "<row><c t='s'><v>99</v></c></row>",
        "<row><c s='99999999999'><v>1</v></c></row>",
        "<row><c><v>1e999</v></c></row>",
        "<row><c><f>1</f><v>NaN</v></c></row>",
        "<mergeCells/>",
    ],
)
def test_sheets_that_make_no_sense_are_refused(tmp_path: Path, cells: str) -> None:
    path = pack(tmp_path / "list.xlsx", {**good_parts(), SHEET: sheet_of(cells)})

    assert refused(path) in ("damaged", "too_large", "no_headings", "empty")


def test_one_long_shared_text_in_very_many_cells_is_refused(tmp_path: Path) -> None:
    parts = good_parts()
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{MAIN}"><si><t>x</t></si><si><t>{"long " * 6_000}</t></si></sst>'.encode()
    )
    cells = "".join(f"<row><c t='s'><v>{number % 2}</v></c></row>" for number in range(40_000))
    parts[SHEET] = sheet_of(cells)
    roomy = Limits(ratio=1_000)

    assert refused(pack(tmp_path / "list.xlsx", parts), roomy) == "too_large"
    parts[SHEET] = sheet_of(cells.replace("<v>1</v>", "<v>0</v>"))
    assert len(read_table(pack(tmp_path / "list.xlsx", parts), limits=roomy).rows) == 39_999


def test_a_repeated_row_of_opendocument_is_not_multiplied_beyond_the_limits(tmp_path: Path) -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="x"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}

    assert_refused_cheaply(measured(pack(tmp_path / "list.ods", parts)), "too_large")


def test_an_encrypted_workbook_is_refused_with_a_word_about_the_password(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))

    with pytest.raises(SheetRefused, match="password"):
        read_table(path)


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "list.xlsx", good_parts())
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)

    assert refused(path) == "encrypted"


def test_an_encrypted_opendocument_is_refused(tmp_path: Path) -> None:
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>",
        "content.xml": os.urandom(200),
    }
    assert refused(pack(tmp_path / "list.ods", parts)) == "encrypted"


def test_workbooks_of_the_old_kind_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    with pytest.raises(SheetRefused, match=r"save it as \.xlsx"):
        read_table(path)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"list.csv": b"a,b"}, "not_a_workbook"),
        ({"xl/workbook.bin": b"x"}, "xlsb"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}, "not_a_workbook"),
        ({"xl/workbook.xml": b"<workbook/>"}, "damaged"),
    ],
)
def test_zips_that_are_no_workbook_are_refused(tmp_path: Path, parts: dict[str, bytes], kind: str) -> None:
    assert refused(pack(tmp_path / "list.xlsx", parts)) == kind


def test_a_workbook_under_the_name_of_a_text_file_is_refused(tmp_path: Path) -> None:
    assert refused(pack(tmp_path / "list.csv", good_parts())) == "misnamed"


def test_a_workbook_cut_off_or_altered_anywhere_is_refused_or_read_the_same(tmp_path: Path) -> None:
    path = pack(tmp_path / "list.xlsx", good_parts())
    content = path.read_bytes()
    right = [[cell.text for cell in row.cells] for row in read_table(path).rows]
    refusals = 0
    for at in range(0, len(content), 37):
        for altered in (content[:at], content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]):
            path.write_bytes(altered)
            try:
                assert [[cell.text for cell in row.cells] for row in read_table(path).rows] == right
            except SheetRefused:
                refusals += 1
    assert refusals > 100


def test_a_sheet_with_wrong_bytes_in_it_never_brings_the_program_down(tmp_path: Path) -> None:
    parts = good_parts()
    sheet = parts[SHEET]
    refusals = 0
    for at in range(0, len(sheet), 5):
        parts[SHEET] = sheet[:at] + bytes([zlib.crc32(sheet[:at]) % 256]) + sheet[at + 1 :]
        try:
            read_table(pack(tmp_path / "list.xlsx", parts))
        except SheetRefused:
            refusals += 1
    assert refusals > 50
