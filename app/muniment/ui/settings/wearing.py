"""How settings look: the theme they ask for, in sizes measured on the screen."""

from __future__ import annotations

from PySide6.QtGui import QScreen

from muniment.ui.kit.theme import Theme
from muniment.ui.settings.kept import Settings

_INCH_MM = 25.4
_LEAST_DPI, _MOST_DPI = 72.0, 200.0


def theme_of(settings: Settings, screen: QScreen | None) -> Theme:
    """The theme that settings ask for. Screens that lie about their size, and many do, are believed within reason."""
    dpi = screen.physicalDotsPerInch() if screen is not None else 96.0
    honest = min(max(dpi, _LEAST_DPI), _MOST_DPI) if dpi > 0 else 96.0
    return Theme(settings.tint, settings.scale, settings.still, honest / _INCH_MM)
