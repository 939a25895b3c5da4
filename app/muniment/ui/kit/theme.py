"""The theme in force: one frozen object, kept on the application, read by every part that paints."""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication

from muniment.assets import FONTS
from muniment.ui.kit.layout import spread
from muniment.ui.kit.sheet import glove_sheet, sheet
from muniment.ui.kit.tokens import (
    APART_MM,
    ARABIC,
    FACE,
    MONO,
    PALETTES,
    TOUCH_MM,
    TYPE_FACTOR,
    Palette,
    Part,
    Scale,
    State,
    Tint,
    chip_ink,
    height,
    state_colour,
)

_PROPERTY = "muniment_theme"
_FONTS_PROPERTY = "muniment_fonts"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours, size and stillness. `still` turns every flash off; what it would have said stays as a word.

    `dots_per_mm` are the pixels of a millimetre on the screen, so that what gloves press is as large as it must be.
    """

    tint: Tint = Tint.LIGHT
    scale: Scale = Scale.NORMAL
    still: bool = False
    dots_per_mm: float = 96 / 25.4

    @property
    def palette(self) -> Palette:
        """The colours."""
        return PALETTES[self.tint]

    @property
    def night(self) -> bool:
        """Whether this is the one-hue theme, where areas stay unlit and borders speak."""
        return self.tint is Tint.NIGHT

    @property
    def between(self) -> int:
        """Gap between two things that can be pressed, in pixels."""
        return max(16, math.ceil(APART_MM * self.dots_per_mm)) if self.gloved else 8

    @property
    def gloved(self) -> bool:
        """Whether hands in gloves press what is on the screen."""
        return self.scale is Scale.GLOVE

    @property
    def apart(self) -> int:
        """How far what is pressed must be kept apart; 0 where every part's own gap will do."""
        return self.between if self.gloved else 0

    @property
    def touch(self) -> int:
        """The least side of what is pressed, in pixels."""
        return math.ceil(TOUCH_MM * self.dots_per_mm) if self.gloved else self.px(24)

    def px(self, normal: int) -> int:
        """A size of type, icon or column in pixels, given its size at 100 %."""
        return round(normal * TYPE_FACTOR[self.scale])

    def height(self, part: Part) -> int:
        """The height of a part in pixels."""
        return height(part, self.scale, self.dots_per_mm)

    def font(self, px: int = 14, weight: int = 400, *, mono: bool = False) -> QFont:
        """A font of the kit; `px` is the size at 100 %."""
        return QFont(sized_font(self.px(px), weight, mono=mono))

    def of(self, state: State) -> QColor:
        """The colour a state has as text or a line on a panel."""
        return QColor(state_colour(self.tint, state))


@runtime_checkable
class Dressed(Protocol):
    """A part that takes fonts, sizes or colours from the theme when it changes."""

    def dress(self) -> None:
        """Take everything the theme decides from the theme in force."""
        ...


@lru_cache(maxsize=256)
def sized_font(px: int, weight: int, *, mono: bool) -> QFont:
    """A font of so many pixels on the screen; copy it before you change it."""
    font = QFont()
    font.setFamilies([MONO, ARABIC] if mono else [FACE, ARABIC])
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if mono:
        font.setFeature(QFont.Tag("calt"), 0)  # no code ligature may hide a letter of a serial
    else:
        font.setFeature(QFont.Tag("tnum"), 1)  # figures that stand in columns
    return font


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the kit needs a QApplication")
    return app


def theme() -> Theme:
    """The theme in force."""
    kept = _application().property(_PROPERTY)
    return kept if isinstance(kept, Theme) else Theme()


def wear(new: Theme, *, mirrored: bool | None = None) -> None:
    """Put a theme on the whole application, windows already open included.

    `mirrored` sets the direction of the layout as well; texts are not translated again by this.
    """
    app = _application()
    load_fonts()
    app.setProperty(_PROPERTY, new)
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    if mirrored is not None:
        direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
        app.setLayoutDirection(direction)
    app.setFont(new.font())
    app.setPalette(_palette(new))
    danger = chip_ink(new.tint, State.REFUSED).border
    app.setStyleSheet(sheet(new.palette, danger=danger, px=new.px) + (glove_bars(new) if new.gloved else ""))
    for widget in app.allWidgets():
        if isinstance(widget, Dressed):
            widget.dress()
        widget.update()
    for window in app.topLevelWidgets():
        spread(window, new.apart)


def glove_bars(new: Theme) -> str:
    """Scroll bars as wide as a gloved finger, with arrows to press: nothing has to be dragged."""
    up, down = (_arrows() / f"{new.tint}-{name}.png" for name in ("up", "down"))
    side = new.touch
    for path, turned in ((up, -1), (down, 1)):
        if not path.exists():
            _arrow(side // 2, new.palette.text, turned).save(str(path))
    return glove_sheet(new.palette, side, up.as_posix(), down.as_posix())


def _arrow(side: int, colour: str, turned: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    half, reach = side / 2, side / 4
    painter.drawPolyline(
        [
            QPointF(half - reach, half - turned * reach / 2),
            QPointF(half, half + turned * reach / 2),
            QPointF(half + reach, half - turned * reach / 2),
        ]
    )
    painter.end()
    return image


@lru_cache(maxsize=1)
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="muniment-arrows-", ignore_cleanup_errors=True)


def _arrows() -> Path:
    """Where the drawn arrows lie: a style sheet takes pictures from files only."""
    return Path(_folder().name)


def load_fonts() -> None:
    """Make the shipped faces known to Qt, once per application.

    Raises:
        RuntimeError: a font file is damaged.

    """
    app = _application()
    if app.property(_FONTS_PROPERTY):
        return
    for file in FONTS.iterdir():
        if file.name.endswith((".ttf", ".otf")) and (QFontDatabase.addApplicationFontFromData(file.read_bytes()) < 0):
            raise RuntimeError(f"the font {file.name} cannot be read")
    app.setProperty(_FONTS_PROPERTY, True)


def _palette(new: Theme) -> QPalette:
    colours, made = new.palette, QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, colours.page),
        (role.WindowText, colours.text),
        (role.Base, colours.panel),
        (role.AlternateBase, colours.sunk),
        (role.Text, colours.text),
        (role.Button, colours.panel),
        (role.ButtonText, colours.text),
        (role.PlaceholderText, colours.quiet),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.ToolTipBase, colours.panel),
        (role.ToolTipText, colours.text),
        (role.Link, colours.accent),
        (role.Mid, colours.edge),
    ):
        made.setColor(which, QColor(colour))
    # Grey on disabled text would break the night theme and the contrast rule.
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.quiet))
    return made
