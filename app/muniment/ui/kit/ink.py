"""What a text is printed in: a role of the theme, never a colour by name."""

from __future__ import annotations

from enum import Enum

from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State, chip_ink, state_colour


class Ink(Enum):
    """Roles of text and lines. The value is the field of the palette."""

    TEXT = "text"
    QUIET = "quiet"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    ON_VERB = "on_verb"
    RAIL = "rail_text"
    ON_REFUSED = "on_refused"


def colour_of(ink: Ink | State) -> str:
    """The colour of a role or of a state in the theme in force, as #RRGGBB."""
    now = theme()
    if isinstance(ink, State):
        return state_colour(now.tint, ink)
    if ink is Ink.ON_REFUSED:
        # At night the head of a refusal is not lit: it is told by its border and its words.
        return now.palette.text if now.night else chip_ink(now.tint, State.REFUSED).text
    colour = getattr(now.palette, ink.value)
    assert isinstance(colour, str)
    return colour
