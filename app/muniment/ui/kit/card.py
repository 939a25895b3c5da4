"""Cards and what commonly stands in them: a title, pairs of name and value, an empty sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QWidget

from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, Laid, Margins, column, row
from muniment.ui.kit.theme import theme
from muniment.ui.speech import iso

CARD_MARGINS: Margins = (16, 12, 16, 12)

NAME = 150
"""The width at 100 % of a name that is broken over lines."""

_LONGEST_NAME = 26
_LONGEST_WORD = 24
"""Letters after which a value without blanks may be broken, so that a hash never widens a card."""


class Card(QFrame):
    """A panel with a title on the leading side and a quiet note on the trailing one.

    `flush` is for tables: no margin, the title on the same line as the cells.
    """

    def __init__(self, *parts: Laid, title: str = "", note: str = "", gap: int = 10, flush: bool = False) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(title)
        self._title = Label(title, 16, 600)
        self._note = Label(note, 13, 400, Ink.QUIET, elide=True, end=True)
        head: QWidget | QLayout | None = None
        if title:
            head = row(self._title, (self._note, 1), gap=12, margins=(12, 12, 12, 12) if flush else (0, 0, 0, 0))
        margins: Margins = (1, 1, 1, 7) if flush else CARD_MARGINS
        self._column = column(head, *parts, gap=0 if flush else gap, margins=margins)
        self.setLayout(self._column)

    def hold(self, *parts: QWidget) -> None:
        """Put more parts below those the card was made with."""
        for part in parts:
            self._column.addWidget(part)

    def note(self, note: str) -> None:
        """Change the note."""
        self._note.setText(note)

    def retitle(self, title: str, note: str = "") -> None:
        """Change the title and the note of a card that was made with a title."""
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(title)


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing known about something. `code` prints the value as a code that never reorders."""

    name: str
    value: str
    code: bool = False


class Details(QWidget):
    """Names and values in two columns. `least` is the width of the names at 100 %, so that cards stand in line.

    Long names and long codes are broken over lines, so that no card becomes wider than its room.
    """

    def __init__(self, details: Sequence[Detail] = (), *, least: int = 0) -> None:
        super().__init__()
        self._least = least
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._shown: list[tuple[Label, Label]] = []
        self._shape: tuple[tuple[bool, bool], ...] = ()
        self.show_details(details)

    def show_details(self, details: Sequence[Detail]) -> None:
        """Show other pairs."""
        if self._shape != tuple(_shape(detail) for detail in details):
            self._lay(details)
        for (name, value), detail in zip(self._shown, details, strict=True):
            name.setText(detail.name)
            value.setText(breakable(iso(detail.value)) if detail.code and value.wordWrap() else detail.value)
            value.setAccessibleName(f"{detail.name}: {detail.value}")

    def _lay(self, details: Sequence[Detail]) -> None:
        """Make labels for pairs of another shape; of the same shape they stay, which is much quicker."""
        self._shape = tuple(_shape(detail) for detail in details)
        self._shown = []
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._grid.setColumnMinimumWidth(0, theme().px(self._least))
        for line, (long_name, one_line) in enumerate(self._shape):
            name = Label("", 13, 400, Ink.QUIET, wrap=long_name)
            if long_name:
                name.setFixedWidth(theme().px(NAME))
            value = Label("", 14, 500, mono=details[line].code and one_line, wrap=not one_line)
            self._shown.append((name, value))
            self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, line, 1)


def _shape(detail: Detail) -> tuple[bool, bool]:
    """Whether the name is broken over lines, and whether the value stands in one."""
    return len(detail.name) > _LONGEST_NAME, detail.code and len(detail.value) <= _LONGEST_WORD


def breakable(value: str) -> str:
    """A value that may be broken inside its long words where there is no room."""
    return " ".join(
        "\u200b".join(word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD)) or word
        for word in value.split(" ")
    )


class Empty(QWidget):
    """What is true when there is nothing to show, then the next act."""

    def __init__(self, true: str, act: str = "") -> None:
        super().__init__()
        self._true, self._act = Label(true, 15, 600, wrap=True), Label(act, 14, 400, Ink.QUIET, wrap=True)
        self.setLayout(column(STRETCH, self._true, self._act, STRETCH, gap=4))

    def tell(self, true: str, act: str = "") -> None:
        """Say something else."""
        self._true.setText(true)
        self._act.setText(act)
