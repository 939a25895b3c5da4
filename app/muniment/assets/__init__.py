"""Fonts and icons that ship with the program, each beside its licence."""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
ICONS = Path(__file__).parent / "icons"
"""Plain folders: the program is never run from an archive, and looking into one is loaded before the first paint."""
