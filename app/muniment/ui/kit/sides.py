"""How wide the side of a page is: less where the window is small, more where it is large."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from muniment.ui.kit.theme import theme

_SMALL, _LARGE = 1000, 1500
"""Below and above these widths of a page, in pixels at 100 %, the side is not as wide as drawn."""


def room_of(page: QWidget) -> int:
    """The width a page has, before anything on it asks for more: that of what it stands in."""
    above = page.parentWidget()
    return above.width() if above is not None else page.width()


def narrow(page: QWidget) -> bool:
    """Whether a page has so little room that only what must be seen should be."""
    return room_of(page) < theme().px(_SMALL)


def side_width(page: QWidget, side: QWidget, drawn: int) -> int:
    """The width of the side of a page in pixels, given the one it is drawn with at 100 %."""
    room, wide, layout = room_of(page), theme().px(drawn), side.layout()
    least = layout.minimumSize().width() if layout is not None else 0
    if room < theme().px(_SMALL):
        return max(least, min(wide, room * 43 // 100))
    return wide * 6 // 5 if room > theme().px(_LARGE) else wide


class Sided(QWidget):
    """A page whose `side` shares the width with the rest of it; `drawn` is how wide it is drawn at 100 %."""

    side: QWidget

    def __init__(self, drawn: int) -> None:
        super().__init__()
        self._drawn = drawn

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width anew."""
        super().resizeEvent(event)
        self.dress()

    def dress(self) -> None:
        """Take the width of the side from the theme and the window."""
        self.side.setFixedWidth(side_width(self, self.side, self._drawn))
