"""Rows and columns on the 4-pixel grid."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget


class Space(Enum):
    """Room that takes what is left."""

    STRETCH = "stretch"


STRETCH = Space.STRETCH
Laid = QWidget | QLayout | int | Space | None | tuple[QWidget | QLayout, int]
"""What can stand in a row: a part, a gap in pixels, a stretch, nothing, a part with its share."""
Margins = tuple[int, int, int, int]
B = TypeVar("B", bound=QBoxLayout)


def row(*parts: Laid, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts beside each other, from the leading side. Margins: left, top, right, bottom."""
    return _laid(QHBoxLayout(), parts, gap, margins)


def column(*parts: Laid, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts below each other. Margins: left, top, right, bottom."""
    return _laid(QVBoxLayout(), parts, gap, margins)


def _laid(layout: B, parts: Sequence[Laid], gap: int, margins: Margins) -> B:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for part in parts:
        share = 0
        if isinstance(part, tuple):
            part, share = part
        if part is None:
            continue
        if isinstance(part, Space):
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part, share)
        else:
            layout.addLayout(part, share)
    return layout


def surface(kind: str, content: QLayout | None = None) -> QFrame:
    """A ground of the style sheet: card, sunk, top, bar or rule."""
    frame = QFrame()
    frame.setProperty("surface", kind)
    if content is not None:
        frame.setLayout(content)
    return frame


def rule() -> QFrame:
    """A line between two parts of a card."""
    line = surface("rule")
    line.setFixedHeight(1)
    return line


def holder(content: QLayout) -> QWidget:
    """A widget without a look that carries a layout."""
    widget = QWidget()
    widget.setLayout(content)
    return widget
