"""Rows and columns on the 4-pixel grid."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)


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


PRESSED = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
"""What hands press, write in, or stand on."""

_GAPS = "gaps"
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
OWN_GAPS = "own_gaps"
"""A property of layouts whose part sets their gaps by itself, with what has room between them."""


def pressable(widget: QWidget) -> bool:
    """Whether a hand presses the widget itself. The titles of a table are part of the table."""
    if isinstance(widget, QHeaderView):
        return False
    return isinstance(widget, PRESSED) or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def spread(top: QWidget, least: int) -> None:
    """Keep all that is pressed below a widget at least so many pixels apart; 0 gives layouts their own gaps back.

    Where a layout has no gap its parts are sections with margins of their own, and stay as they are.
    """
    for widget in (top, *top.findChildren(QWidget)):
        layout = widget.layout()
        if layout is not None:
            _spread(layout, widget.findChildren(QWidget, options=_DIRECT), least)


def _spread(layout: QLayout, parts: Sequence[QWidget], least: int) -> int:
    """Set the gaps of a layout and those in it; answers whether anything in it is pressed, as 0 or 1.

    `parts` are the widgets in all of them. Items are never asked for one by one: Qt for Python remembers a stretch
    that it once handed out longer than it lives, and takes for it whatever layout comes to lie at its address.
    """
    pressed = sum(_spread(inner, parts, least) for inner in layout.findChildren(QLayout, options=_DIRECT))
    for part in parts:
        if layout.indexOf(part) >= 0:
            pressed += pressable(part) or any(pressable(child) for child in part.findChildren(QWidget))
    if layout.property(OWN_GAPS):
        return min(pressed, 1)
    kept = layout.property(_GAPS)
    if isinstance(layout, QGridLayout):
        across, down = kept or (layout.horizontalSpacing(), layout.verticalSpacing())
        layout.setProperty(_GAPS, (across, down))
        wide = least if pressed > 1 and (across or down) else 0
        layout.setHorizontalSpacing(max(across, wide))
        layout.setVerticalSpacing(max(down, wide))
    elif isinstance(layout, QBoxLayout):
        gap = layout.spacing() if kept is None else kept
        layout.setProperty(_GAPS, gap)
        layout.setSpacing(max(gap, least if pressed > 1 and gap else 0))
    return min(pressed, 1)
