"""Codes for scanners as plain black rectangles: sharp at any size, no picture inside the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zxingcpp
from barcode import Code128  # type: ignore[import-untyped]
from barcode.errors import BarcodeError  # type: ignore[import-untyped]
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from muniment.paper.sheet import mm
from muniment.reports.document import Symbology

NARROWEST_MM = 0.25
"""The thinnest bar printed. Office printers and hand scanners cope with it; less is a gamble."""

COMFORTABLE_MM = 0.375
_QUIET = {Symbology.CODE128: 10, Symbology.QR: 4, Symbology.DATA_MATRIX: 2}


class NotEncodable(ValueError):  # noqa: N818 - says what the text is not
    """A text that this kind of code cannot carry."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """The modules of a code, row by row, True for black. A linear code has one row."""

    symbology: Symbology
    rows: tuple[tuple[bool, ...], ...]

    @property
    def quiet(self) -> int:
        """Modules that must stay white on each side."""
        return _QUIET[self.symbology]

    @property
    def across(self) -> int:
        """Modules from edge to edge, the white ones included."""
        return len(self.rows[0]) + 2 * self.quiet


@lru_cache(maxsize=256)
def symbol(text: str, symbology: Symbology) -> Symbol:
    """Encode a text.

    Raises:
        NotEncodable: it is empty, too long, or has letters the code does not know (Code 128 knows ASCII).

    """
    if not text:
        raise NotEncodable("nothing to encode")
    try:
        if symbology is Symbology.CODE128:
            if not text.isascii():
                raise NotEncodable("Code 128 carries ASCII only")
            return Symbol(symbology, (tuple(bar == "1" for bar in Code128(text).build()[0]),))
        kind = zxingcpp.BarcodeFormat.QRCode
        if symbology is Symbology.DATA_MATRIX:
            kind = zxingcpp.BarcodeFormat.DataMatrix
        picture: Any = zxingcpp.create_barcode(text, kind).to_image(scale=1, add_quiet_zones=False)
    except (BarcodeError, RuntimeError, ValueError) as error:
        raise NotEncodable(str(error)) from error
    height, width = memoryview(picture).shape or (0, 0)
    grey = bytes(memoryview(picture).cast("B"))
    rows = (grey[row * width : (row + 1) * width] for row in range(height))
    return Symbol(symbology, tuple(tuple(value < 128 for value in row) for row in rows))


def fitting(text: str, wanted: Symbology, room_mm: float) -> Symbol:
    """The wanted code if its bars stay wide enough in `room_mm`, and a QR code otherwise.

    Raises:
        NotEncodable: not even a QR code carries the text.

    """
    try:
        made = symbol(text, wanted)
        if made.across * NARROWEST_MM <= room_mm:
            return made
    except NotEncodable:
        pass
    return symbol(text, Symbology.QR)


def bar_mm(made: Symbol, room_mm: float, widest_mm: float = 0.6) -> float:
    """How wide one module is printed when a code has this much room, in millimetres."""
    return min(COMFORTABLE_MM if made.symbology is Symbology.CODE128 else widest_mm, room_mm / made.across)


def draw_symbol(painter: QPainter, made: Symbol, left: float, top: float, module_mm: float, height_mm: float) -> None:
    """Draw a code with its white border inside; `height_mm` counts for a linear code only."""
    side = mm(module_mm)
    tall = mm(height_mm) if made.symbology is Symbology.CODE128 else side
    inner_left = left + made.quiet * side
    inner_top = top if made.symbology is Symbology.CODE128 else top + made.quiet * side
    # White beneath, so that neither a watermark nor a shade comes between the bars.
    height = tall if made.symbology is Symbology.CODE128 else made.across * side
    painter.fillRect(QRectF(left, top, made.across * side, height), Qt.GlobalColor.white)
    # One shape, because viewers show hairlines between shapes that only touch.
    shape = QPainterPath()
    shape.setFillRule(Qt.FillRule.WindingFill)
    for number, row in enumerate(made.rows):
        for first, length in _stretches(row):
            shape.addRect(QRectF(inner_left + first * side, inner_top + number * tall, length * side, tall))
    painter.fillPath(shape, Qt.GlobalColor.black)


def _stretches(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """First module and length of each run of black."""
    found: list[tuple[int, int]] = []
    begin = -1
    for place, black in enumerate((*row, False)):
        if black and begin < 0:
            begin = place
        elif not black and begin >= 0:
            found.append((begin, place - begin))
            begin = -1
    return found
