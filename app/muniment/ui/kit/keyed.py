"""What has a key on a page: the one source of the help, of the palette, and of what the caps show."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget


@runtime_checkable
class Keyed(Protocol):
    """A part that a key presses. `key` is written as on the cap, and empty where there is none."""

    @property
    def key(self) -> str:
        """The key on the cap."""
        ...

    @property
    def key_words(self) -> str:
        """What the key does; where it can do nothing now, why."""
        ...

    @property
    def may_press(self) -> bool:
        """Whether it does something now."""
        ...

    def press(self) -> None:
        """Do what the key does."""
        ...


def keyed_in(top: QWidget) -> list[Keyed]:
    """The parts of a page in sight that a key presses, and buttons without one, as they are read: line by line."""
    found: list[tuple[int, int, Keyed]] = []
    for widget in top.findChildren(QWidget):
        if isinstance(widget, Keyed) and widget.isVisibleTo(top):
            at = widget.mapTo(top, QPoint(0, 0))
            found.append((at.y(), at.x(), widget))
    return [widget for _, _, widget in sorted(found, key=lambda one: one[:2])]
