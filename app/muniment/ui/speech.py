"""Texts in the user's language: translation, and isolation of codes inside right-to-left sentences."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication

from muniment.domain.basics.text import Text

CONTEXT = "muniment"
"""The one translation context: a sentence means the same on every screen."""

_LEFT_TO_RIGHT = "\u2066"
_FIRST_STRONG = "\u2068"
_END = "\u2069"


def right_to_left() -> bool:
    """Whether the language on the screen is written from right to left."""
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def iso(value: str) -> str:
    """Isolate a code, number, date or name, so that its neighbours cannot reorder it.

    Unchanged in left-to-right languages. A value with right-to-left letters keeps its own direction.
    """
    if not value or not right_to_left():
        return value
    own = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in value)
    return f"{_FIRST_STRONG if own else _LEFT_TO_RIGHT}{value}{_END}"


def tr(source: str, n: int = -1) -> str:
    """Translate a literal; `n` chooses the plural form where the translation has several."""
    # An entry left empty by a translator must not blank a button.
    return QCoreApplication.translate(CONTEXT, source, None, n) or source


def spoken(text: Text) -> str:
    """Read a text in the language of the screen, its values isolated.

    Where exactly one value is a number, it chooses the plural form of the translation.
    """
    filling: dict[str, str] = {}
    for name, value in text.values.items():
        filling[name] = iso(spoken(value) if isinstance(value, Text) else str(value))
    numbers = [value for value in text.values.values() if isinstance(value, int)]
    translated = tr(text.source, numbers[0] if len(numbers) == 1 else -1)
    try:
        return translated.format(**filling)
    except (KeyError, IndexError, ValueError):
        # A translator's slip in a gap must not take the sentence from the officer: say it in English.
        return text.source.format(**filling)


def from_to(giver: str, receiver: str) -> str:
    """From one hand to another; the arrow points with the reading direction."""
    arrow = "\u2190" if right_to_left() else "\u2192"
    return f"{iso(giver)} {arrow} {iso(receiver)}"
