"""The letters of the printed sheets: shipped faces, nothing contracted, nothing replaced.

Ligatures and contextual alternates are off. They turn "Rifle" into letters that a search in the PDF does not find,
and the x of "7.62x39" into a sign that leaves no letter behind at all.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from muniment.paper.sheet import pt

_PLAIN = "Inter"
_CODE = "JetBrains Mono"
_ARABIC = "Noto Sans Arabic"
_FILES = (
    "Inter-Regular.otf",
    "Inter-Bold.otf",
    "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Bold.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
)
_OFF = ("liga", "clig", "dlig", "calt")
_REMEMBERED = 20_000


class Face(Enum):
    """What a run of letters is for."""

    PLAIN = (_PLAIN, False)
    STRONG = (_PLAIN, True)
    CODE = (_CODE, False)
    CODE_STRONG = (_CODE, True)


@cache
def load() -> None:
    """Hand the shipped faces to Qt, once.

    Raises:
        RuntimeError: no QGuiApplication runs yet.

    """
    if QGuiApplication.instance() is None:
        raise RuntimeError("letters can be loaded only once a QGuiApplication runs")
    folder = files("muniment") / "assets" / "fonts"
    for name in _FILES:
        if QFontDatabase.addApplicationFontFromData(QByteArray((folder / name).read_bytes())) < 0:
            raise RuntimeError(f"the shipped face {name} cannot be read")


@dataclass(slots=True)
class Style:
    """A face in one size, and how much room its letters take, in units of the layout."""

    font: QFont
    metrics: QFontMetricsF
    line: float
    ascent: float
    widest: float
    _advances: dict[str, float] = field(default_factory=dict)

    def fits(self, text: str, width: float) -> bool:
        """Whether a text stands in one line of `width`; cheap for short texts and for those seen before."""
        if len(text) * self.widest <= width and text.isascii():
            return True
        return self.advance(text) <= width

    def advance(self, text: str) -> float:
        """How wide a text is in one line."""
        known = self._advances.get(text)
        if known is None:
            if len(self._advances) >= _REMEMBERED:
                self._advances.clear()
            known = self._advances[text] = self.metrics.horizontalAdvance(text)
        return known


_own = threading.local()


def style(face: Face, points: float) -> Style:
    """A face in one size. Arabic is taller than Latin: a line always has room for both.

    Every thread has its own: Qt throws away what a font has loaded when another thread takes the font in its hand.
    """
    made: dict[tuple[Face, float], Style] = _own.__dict__.setdefault("styles", {})
    known = made.get((face, points))
    if known is None:
        known = made[face, points] = _style(face, points)
    return known


def _style(face: Face, points: float) -> Style:
    load()
    family, strong = face.value
    font = QFont(family)  # not the application's font: a window gives it figures that a PDF cannot be searched for
    font.clearFeatures()
    font.setFamilies([family, _ARABIC])
    font.setPixelSize(round(pt(points)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setBold(strong)
    font.setKerning(family != _CODE)
    for feature in _OFF:
        font.setFeature(QFont.Tag(feature), 0)
    metrics = QFontMetricsF(font)
    widest = metrics.horizontalAdvance("0") if family == _CODE else metrics.horizontalAdvance("@")
    return Style(font, metrics, pt(points * 1.45), pt(points * 1.08), widest)
