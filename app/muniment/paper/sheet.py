"""Paper: how large it is, how much of it is left white, and the unit everything on it is measured in."""

from __future__ import annotations

from dataclasses import dataclass

UNITS_PER_INCH = 1440
"""The unit of the layout: a twentieth of a point. Fine enough to place letters, whole enough for font sizes."""


def mm(millimetres: float) -> float:
    """Millimetres in units of the layout."""
    return millimetres * UNITS_PER_INCH / 25.4


def pt(points: float) -> float:
    """Points in units of the layout."""
    return points * UNITS_PER_INCH / 72


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper and its margins, in millimetres. Printers leave about 5 mm white at every edge."""

    name: str
    width_mm: float
    height_mm: float
    margin_mm: float = 15

    @property
    def left(self) -> float:
        """The left edge of what may be printed."""
        return mm(self.margin_mm)

    @property
    def right(self) -> float:
        """The right edge of what may be printed."""
        return mm(self.width_mm - self.margin_mm)

    @property
    def width(self) -> float:
        """What lies between the margins."""
        return self.right - self.left


A4 = Sheet("A4", 210, 297)
LETTER = Sheet("Letter", 215.9, 279.4)
SHEETS = (A4, LETTER)
