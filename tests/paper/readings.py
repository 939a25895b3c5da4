"""Reading sheets back: their text, their codes, their ink."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import zxingcpp
from pypdf import PageObject, PdfReader
from PySide6.QtGui import QImage

from muniment.domain.basics.isolate import read_isolated
from muniment.domain.basics.text import Text

ARABIC = {
    "Hand receipt": "إيصال تسليم",
    "Serial number as struck": "الرقم التسلسلي",
    "Rifle": "بندقية",
    "TRAINING": "تدريب",
    "Page {page} of {pages}": "صفحة {page} من {pages}",
    "Bring it to {place}, then sign.": "أحضره إلى {place} ثم وقّع.",
}


def english(text: Text) -> str:
    return read_isolated(text, str, right_to_left=False)


def arabic(text: Text) -> str:
    return read_isolated(text, lambda source: ARABIC.get(source, source), right_to_left=True)


_MARKS = re.compile(
    rb"(?P<begin>BT)|/(?P<font>F\d+) (?P<size>[\d.]+) Tf"
    rb"|(?P<x>-?[\d.]+) (?P<y>-?[\d.]+) Td <(?P<glyph>[0-9A-Fa-f]{4})> Tj"
)
_RANGE = re.compile(rb"<(\w{4})> <(\w{4})> (?:\[([^\]]*)\]|<(\w{4})>)")


def _letters(page: PageObject) -> dict[str, dict[int, str]]:
    fonts: dict[str, dict[int, str]] = {}
    for name, font in page["/Resources"]["/Font"].items():
        table = font.get_object()["/ToUnicode"].get_object().get_data()
        of = fonts[name.removeprefix("/")] = {}
        for first, last, listed, start in _RANGE.findall(table):
            for place in range(int(first, 16), int(last, 16) + 1) if start else ():
                of[place] = chr(int(start, 16) + place - int(first, 16))
            for place, hexed in enumerate(re.findall(rb"<([0-9A-F]+)>", listed), int(first, 16)):
                of[place] = bytes.fromhex(hexed.decode()).decode("utf-16-be")
    return fonts


def _text(page: PageObject) -> str:
    """The letters as the tables of the PDF give them back, a new line wherever the pen was set down anew.

    Nothing is guessed from distances but whether a run goes on, so every gap between words is one that was written.
    """
    fonts = _letters(page)
    said: list[str] = []
    pen, size, of, begun = (0.0, 0.0), 1.0, {}, False
    for mark in _MARKS.finditer(page.get_contents().get_data()):
        if mark["begin"]:
            begun = True
        elif mark["font"]:
            of, size = fonts[mark["font"].decode()], float(mark["size"])
        else:
            x, y = float(mark["x"]), float(mark["y"])
            at = (x, y) if begun else (pen[0] + x, pen[1] + y)
            if begun and not (abs(at[1] - pen[1]) < 1 and 0 < at[0] - pen[0] < 1.15 * size):
                said.append("\n")
            said.append(of.get(int(mark["glyph"], 16), "\ufffd"))
            pen, begun = at, False
    return unicodedata.normalize("NFKC", "".join(said))


def pages_of(path: Path) -> list[str]:
    """The text of the pages of a PDF, the forms of Arabic letters folded."""
    return [_text(page) for page in PdfReader(path).pages]


def text_of(path: Path) -> str:
    return "\n".join(pages_of(path))


def codes_on(image: QImage) -> set[str]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, high, stride = grey.width(), grey.height(), grey.bytesPerLine()
    lines = bytes(grey.constBits())
    packed = b"".join(lines[row * stride : row * stride + wide] for row in range(high))
    return {found.text for found in zxingcpp.read_barcodes(memoryview(packed).cast("B", (high, wide)))}


def ink_columns(image: QImage) -> tuple[int, int]:
    """The first and the last column of an image with anything on it."""
    inked = [
        x for x in range(image.width()) if any(image.pixelColor(x, y).lightness() < 128 for y in range(image.height()))
    ]
    return inked[0], inked[-1]
