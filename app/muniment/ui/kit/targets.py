"""Finds what a gloved hand cannot press safely: too small, or too close to the next. Screens are tested with it."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QScrollArea, QWidget

from muniment.ui.kit.layout import pressable
from muniment.ui.kit.theme import theme


def pressed_in(top: QWidget) -> list[QWidget]:
    """What can be pressed or written in, and is in sight."""
    found = []
    for widget in top.findChildren(QWidget):
        inside = isinstance(widget.parent(), QComboBox | QAbstractSpinBox)
        here = widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
        if here and pressable(widget) and not inside:
            found.append(widget)
    # A widget counts as its own ancestor.
    return [one for one in found if not any(other is not one and one.isAncestorOf(other) for other in found)]


def too_small(top: QWidget) -> list[str]:
    """What is smaller than a gloved finger needs, with its size in pixels."""
    least = theme().touch
    return [
        f"{named(widget)} {widget.width()}x{widget.height()}"
        for widget in pressed_in(top)
        if min(widget.width(), widget.height()) < least
    ]


def too_close(top: QWidget) -> list[str]:
    """Pairs that a gloved finger could press together. What encloses something else is not beside it."""
    apart, found = theme().between, []
    placed = [(widget, _seen(widget, top)) for widget in pressed_in(top)]
    for (one, first), (other, second) in combinations([pair for pair in placed if not pair[1].isEmpty()], 2):
        beside = max(second.left() - first.right(), first.left() - second.right()) - 1
        below = max(second.top() - first.bottom(), first.top() - second.bottom()) - 1
        if max(beside, below) < apart:
            found.append(f"{named(one)} | {named(other)}: {max(beside, below)}")
    return found


def named(widget: QWidget) -> str:
    """How a widget is told from others."""
    return widget.accessibleName() or f"{type(widget).__name__} without a name"


def _seen(widget: QWidget, top: QWidget) -> QRect:
    """Where a widget is in sight: what is scrolled away is nowhere."""
    place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not top:
        if isinstance(above.parentWidget(), QScrollArea):
            place &= QRect(above.mapTo(top, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return place
