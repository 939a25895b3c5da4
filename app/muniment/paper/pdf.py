"""PDF files that are whole or not there, and the same bytes for the same sheet."""

from __future__ import annotations

import os
import re
import tempfile
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from PySide6.QtCore import QByteArray, QFile, QFileDevice, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPaintDevice, QPainter, QPdfWriter

from muniment.domain.basics.text import say
from muniment.paper.faults import fault_of
from muniment.paper.sheet import UNITS_PER_INCH, Sheet, mm
from muniment.ports.paper import PaperFault

_NAMESPACE = uuid.UUID("6d756e69-6d65-5e74-8070-617065720000")
_WRITTEN_AT = re.compile(rb"(?<=Date \(D:)\d{14}(Z|[+-]\d\d'\d\d')")
_TAB_FOR_SPACE = re.compile(rb"(?<=[\[ ])<0009>(?= )")
_CHUNK = 1 << 20
_OVERLAP = 64


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a file says of itself: its title, the form's number, when it was made."""

    title: str
    number: str
    made_at: datetime


def blank(sheet: Sheet, dots_per_inch: int) -> QImage:
    """White paper of so many dots per inch."""
    wide, high = (round(mm(side) * dots_per_inch / UNITS_PER_INCH) for side in (sheet.width_mm, sheet.height_mm))
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    return image


def begun(device: QPaintDevice, resolution: int, shift_mm: tuple[float, float] = (0.0, 0.0)) -> QPainter:
    """A painter that measures in units of the layout, on a device of so many dots per inch, moved right and down.

    Raises:
        PaperFault: the device cannot be painted on.

    """
    painter = QPainter()
    if not painter.begin(device):
        raise PaperFault(
            say("The printer does not accept the sheet."), say("Check the printer, or make a PDF instead.")
        )
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(resolution / UNITS_PER_INCH, resolution / UNITS_PER_INCH)
    painter.translate(mm(shift_mm[0]), mm(shift_mm[1]))
    return painter


Draw = Callable[[QPagedPaintDevice, QPainter], None]


def write_pdf(
    path: Path, sheet: Sheet, imprint: Imprint, draw: Draw, shift_mm: tuple[float, float] = (0.0, 0.0)
) -> None:
    """Let `draw` fill a PDF beside `path` under another name, and give it its name when it is on the disk.

    Everything is moved right and down.

    Raises:
        PaperFault: it cannot be written; what lay at `path` before is unchanged.

    """
    try:
        handle, name = tempfile.mkstemp(prefix=".muniment-", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise fault_of(error, path) from error
    part = Path(name)
    try:
        _fill(part, path, sheet, imprint, draw, shift_mm)
        _correct(part, imprint.made_at)
        _publish(part, path)
    except OSError as error:
        raise fault_of(error, path) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _fill(
    part: Path,
    path: Path,
    sheet: Sheet,
    imprint: Imprint,
    draw: Draw,
    shift_mm: tuple[float, float],
) -> None:
    file = QFile(str(part))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise PermissionError(file.errorString())
    try:
        writer = QPdfWriter(file)
        writer.setResolution(UNITS_PER_INCH)
        size = QPageSize(QSizeF(sheet.width_mm, sheet.height_mm), QPageSize.Unit.Millimeter, sheet.name)
        writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        writer.setTitle(_title(imprint))
        writer.setCreator("Muniment")
        identity = uuid.uuid5(_NAMESPACE, f"{_title(imprint)} {imprint.made_at.isoformat()}")
        writer.setDocumentId(QUuid(f"{{{identity}}}"))
        writer.setDocumentXmpMetadata(QByteArray(_metadata(imprint, identity)))
        painter = begun(writer, UNITS_PER_INCH, shift_mm)
        try:
            draw(writer, painter)
        finally:
            # Ended even after a fault: a painter that outlives its device brings the whole program down.
            painter.end()
        file.flush()
        if file.error() is not QFileDevice.FileError.NoError:
            raise _full(path)
    finally:
        file.close()
    with part.open("rb") as made:
        made.seek(max(0, part.stat().st_size - 16))
        if b"%%EOF" not in made.read():
            raise _full(path)


def _full(path: Path) -> PaperFault:
    # Qt says no more than "write error"; a full disk is by far the likeliest.
    return PaperFault(
        say("{name} could not be written to its end: the disk is full or was taken away.", name=path.name),
        say("Make room on the disk or choose another folder, then print again."),
    )


def _title(imprint: Imprint) -> str:
    return f"{imprint.title} {imprint.number}".strip()


def _metadata(imprint: Imprint, identity: uuid.UUID) -> bytes:
    at = imprint.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(_title(imprint))}</rdf:li></rdf:Alt></dc:title>'
        f"<xmp:CreatorTool>Muniment</xmp:CreatorTool><xmp:CreateDate>{at}</xmp:CreateDate>"
        f"<xmp:ModifyDate>{at}</xmp:ModifyDate><xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _correct(part: Path, made_at: datetime) -> None:
    """Correct two things Qt writes, by as many bytes, so that nothing moves.

    The wall clock's time becomes the document's. And where the tables that give letters back say that the gap
    between words is a tab, they say space again: a serial with a space in it would not be found otherwise.
    """
    at = made_at.astimezone(UTC).strftime("%Y%m%d%H%M%S").encode()

    def stamped(found: re.Match[bytes]) -> bytes:
        return at + (b"Z" if found[1] == b"Z" else b"+00'00'")

    with part.open("r+b") as file:
        place = 0
        while chunk := file.read(_CHUNK):
            corrected = _TAB_FOR_SPACE.sub(b"<0020>", _WRITTEN_AT.sub(stamped, chunk))
            if corrected != chunk:
                file.seek(place)
                file.write(corrected)
            if len(chunk) < _CHUNK:
                break
            place += _CHUNK - _OVERLAP
            file.seek(place)


def _publish(part: Path, path: Path) -> None:
    with part.open("r+b") as file:
        os.fsync(file.fileno())
    if os.name == "posix":
        # Made readable for the owner alone; a sheet is read by whoever may read the folder.
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)
    part.replace(path)
