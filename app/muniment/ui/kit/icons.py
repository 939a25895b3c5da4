"""Icons: outline drawings in one colour, mirrored where they show a direction."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from muniment.assets import ICONS
from muniment.ui.kit.ink import Ink, colour_of
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.speech import right_to_left

MIRRORED = frozenset(
    {
        "arrow-back-up",
        "arrow-down-left",
        "arrow-right",
        "arrow-up-right",
        "arrow-up-right-circle",
        "chevron-right",
        "door-enter",
        "truck-delivery",
    }
)
"""Icons that show a direction. An object (a lock, a clock) looks the same from both sides of the page."""


def icon(name: str, px: int, colour: str) -> QImage:
    """Draw an icon; `px` are logical pixels on the screen, `colour` is #RRGGBB.

    Raises:
        FileNotFoundError: no icon of that name is shipped.

    """
    return _drawn(name, px, colour, name in MIRRORED and right_to_left())


@lru_cache(maxsize=1024)
def _drawn(name: str, px: int, colour: str, mirrored: bool) -> QImage:
    # Twice the size, so that icons stay sharp on screens of 200 %. QImage and not QPixmap: the cache may
    # outlive the application.
    svg = (ICONS / f"{name}.svg").read_text("utf-8")
    image = QImage(QSize(px * 2, px * 2), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode())).render(painter)
    painter.end()
    if mirrored:
        image = image.flipped(Qt.Orientation.Horizontal)
    image.setDevicePixelRatio(2)
    return image


class Glyph(QWidget):
    """An icon as a widget; `px` is its size at 100 %.

    Not a QLabel: a disabled QLabel greys its picture, which breaks the one-hue night theme.
    """

    def __init__(self, name: str, px: int = 20, ink: Ink | State = Ink.TEXT) -> None:
        super().__init__()
        self._name, self._px, self._ink = name, px, ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.dress()

    def change(self, name: str, ink: Ink | State | None = None) -> None:
        """Show another icon."""
        self._name, self._ink = name, self._ink if ink is None else ink
        self.update()

    def dress(self) -> None:
        """Take the size from the theme."""
        side = theme().px(self._px)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the icon."""
        QPainter(self).drawImage(0, 0, icon(self._name, theme().px(self._px), colour_of(self._ink)))
