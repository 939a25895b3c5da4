"""Stand-ins for a photograph: plain side views, so that the kind is known from across the counter."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from muniment.ui.kit.ink import Ink, colour_of
from muniment.ui.kit.theme import theme


class Family(StrEnum):
    """Shapes that can be told apart at a glance. Not a classification: the register has its own."""

    ASSAULT_RIFLE = "assault_rifle"
    RIFLE = "rifle"
    SHOTGUN = "shotgun"
    SUB_MACHINE_GUN = "sub_machine_gun"
    MACHINE_GUN = "machine_gun"
    PISTOL = "pistol"
    REVOLVER = "revolver"
    LAUNCHER = "launcher"
    MORTAR = "mortar"
    AMMUNITION = "ammunition"
    OTHER = "other"


# Each side view is drawn in a field of 200 by 60, muzzle to the right, as polygons of x,y.
_VIEWS: Mapping[Family, tuple[str, ...]] = {
    Family.ASSAULT_RIFLE: (
        "4,20 38,21 48,17 116,17 120,20 152,20 152,21 180,21 180,16 184,16 184,21 196,21 196,24 "
        "152,24 152,28 118,28 112,30 118,46 121,54 108,57 102,46 97,30 83,30 76,49 64,49 69,30 "
        "46,30 38,28 10,40 4,40",
        "62,17 66,11 94,11 98,17",
    ),
    Family.RIFLE: (
        "4,28 44,24 56,20 112,20 116,21 192,21 192,18 195,18 195,21 197,21 197,24 150,24 146,29 "
        "92,30 84,33 74,32 60,35 46,34 8,46 4,46",
        "70,20 66,27 70,28 76,20",
        "62,10 74,12 98,12 110,9 110,16 98,15 74,15 62,17",
        "78,14 82,14 82,21 78,21",
        "94,14 98,14 98,21 94,21",
    ),
    Family.SHOTGUN: (
        "4,30 42,25 54,20 92,19 96,20 196,20 196,24 186,24 186,29 164,29 164,33 116,33 116,29 "
        "90,29 78,33 66,31 48,36 8,48 4,48",
    ),
    Family.SUB_MACHINE_GUN: (
        "44,18 132,18 132,21 160,21 160,26 132,26 128,30 114,30 116,56 103,56 101,30 84,30 78,50 65,50 70,30 44,30",
        "12,18 46,20 46,24 18,24 18,42 12,42",
    ),
    Family.MACHINE_GUN: (
        "2,22 36,22 44,17 112,17 116,20 150,20 150,22 184,22 184,20 197,20 197,27 184,27 184,25 "
        "150,25 150,28 112,29 108,32 84,32 78,50 66,50 71,32 44,32 34,31 16,40 2,40",
        "86,32 110,32 110,48 86,48",
        "150,26 154,26 144,57 139,57",
        "154,26 158,26 170,57 165,57",
        "78,12 104,12 104,14 82,14 82,17 78,17",
    ),
    Family.PISTOL: (
        "58,12 62,10 140,10 142,13 142,24 136,25 108,25 105,35 96,38 90,36 86,52 82,56 62,56 60,52 70,30 64,25 58,24",
    ),
    Family.REVOLVER: (
        "64,16 70,12 154,12 154,10 158,10 158,20 116,22 114,28 108,34 98,36 90,34 82,40 74,56 52,52 62,30 70,24 62,20",
        "86,9 110,9 114,13 114,27 110,31 86,31 82,27 82,13",
    ),
    Family.LAUNCHER: (
        "4,14 22,19 132,19 136,17 152,17 176,12 196,20 176,28 152,23 136,23 132,27 22,27 4,32",
        "86,27 98,27 94,48 82,48",
        "114,27 124,27 122,42 112,42",
        "98,19 102,10 114,10 116,19",
    ),
    Family.MORTAR: (
        "66,46 122,4 130,14 74,56",
        "106,20 112,18 150,56 142,56",
        "108,22 113,20 126,56 119,56",
        "48,52 92,52 92,57 48,57",
    ),
    Family.AMMUNITION: (
        "40,22 46,20 46,40 40,38",
        "48,18 116,18 124,23 136,24 136,36 124,37 116,42 48,42",
        "138,24 150,25 162,30 150,35 138,36",
    ),
    Family.OTHER: ("50,12 150,12 150,16 54,16 54,48 146,48 146,16 150,16 150,52 50,52",),
}


def _polygon(points: str) -> QPolygonF:
    pairs = (point.split(",") for point in points.split())
    return QPolygonF([QPointF(float(x), float(y)) for x, y in pairs])


class Outline(QWidget):
    """A side view of a family; `width` is its width at 100 %. It never mirrors: a weapon has no other hand."""

    def __init__(self, family: Family = Family.OTHER, width: int = 176) -> None:
        super().__init__()
        self._family, self._wide = family, width
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.dress()

    def show_family(self, family: Family) -> None:
        """Show another side view."""
        self._family = family
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The size of the field the views are drawn in."""
        wide = theme().px(self._wide)
        return QSize(wide, wide * 60 // 200)

    def dress(self) -> None:
        """Take the size from the theme."""
        self.setFixedSize(self.sizeHint())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the silhouette."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 200, self.height() / 60)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour_of(Ink.QUIET)))
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for points in _VIEWS[self._family]:
            path.addPolygon(_polygon(points))
            path.closeSubpath()
        painter.drawPath(path)
