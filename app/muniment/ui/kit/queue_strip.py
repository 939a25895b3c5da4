"""Things that wait for a decision, oldest first. Empty means ready for inspection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from muniment.ui.kit.chip import Mark, chip_size, paint_chip
from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.keycap import KeyCap
from muniment.ui.kit.label import Label, leading
from muniment.ui.kit.layout import row
from muniment.ui.kit.overflow import Overflow
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part, State
from muniment.ui.speech import right_to_left, tr

MADE = 40
"""How many things are ready to be shown, the oldest."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: the name it is reported by, its state and words, and how long it has waited."""

    name: str
    state: State
    words: str
    age: str = ""


class _WaitingButton(QAbstractButton):
    def __init__(self, waiting: Waiting) -> None:
        super().__init__()
        self._mark, self._age = Mark(waiting.state, waiting.words), waiting.age
        self.setText(waiting.words)
        self.setAccessibleName(", ".join(part for part in (waiting.words, waiting.age) if part))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        now, chip = theme(), chip_size(self._mark)
        age = QFontMetrics(now.font(13)).horizontalAdvance(self._age)
        tall = now.touch if now.gloved else max(chip.height() + 6, now.height(Part.QUEUE) - 12)
        return QSize(3 + chip.width() + 8 + age + 3, tall)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        now, painter, mirrored = theme(), QPainter(self), right_to_left()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip = chip_size(self._mark)
        x = self.width() - 3 - chip.width() if mirrored else 3
        paint_chip(painter, QRect(x, (self.height() - chip.height()) // 2, chip.width(), chip.height()), self._mark)
        painter.setFont(now.font(13))
        painter.setPen(QColor(now.palette.text if self.underMouse() else now.palette.quiet))
        lead = 3 + chip.width() + 8
        words = self.rect().adjusted(0, 0, -lead, 0) if mirrored else self.rect().adjusted(lead, 0, 0, 0)
        painter.drawText(words, leading(), self._age)
        if self.hasFocus():
            painter.setPen(QPen(QColor(now.palette.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class QueueStrip(QFrame):
    """The strip at the foot of every page."""

    chosen = Signal(str)
    """The name of the thing that was chosen."""

    def __init__(self, key: str = "F8") -> None:
        super().__init__()
        self.setProperty("surface", "bar")
        self.setAccessibleName(tr("Waiting for a decision"))
        self._title = Label(tr("Waiting for a decision"), 13, 600, Ink.QUIET)
        self._calm = Label(tr("Nothing waits. Ready for inspection."), 13, 500)
        self._items = Overflow()
        self._buttons: list[_WaitingButton] = []
        self._order = Label(tr("Oldest first"), 13, 400, Ink.QUIET)
        self._key = KeyCap(key)
        self.setLayout(
            row(
                Glyph("hourglass", 20, Ink.QUIET),
                self._title,
                self._calm,
                4,
                (self._items, 1),
                self._order,
                self._key,
                gap=8,
                margins=(16, 0, 16, 0),
            )
        )
        self.show_waiting(())
        self.dress()

    @property
    def hidden_count(self) -> int:
        """How many do not fit in the window."""
        return self._items.hidden_count

    def show_waiting(self, waiting: Sequence[Waiting], more: int = 0) -> None:
        """Show what waits, oldest first; `more` wait beside these and are only counted.

        No window is so wide that it shows more than a few, so no more than that are made.
        """
        self._buttons = []
        for thing in waiting[:MADE]:
            button = _WaitingButton(thing)
            button.clicked.connect(lambda _=False, name=thing.name: self.chosen.emit(name))
            self._buttons.append(button)
        self._items.put(self._buttons, more + max(0, len(waiting) - MADE))
        for part in (self._title, self._order, self._key):
            part.setVisible(bool(waiting))
        self._calm.setVisible(not waiting)
        self.dress()

    def take_focus(self) -> None:
        """Put the focus on the oldest thing, if any waits."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dress(self) -> None:
        """Take the height from the theme."""
        calm = theme().gloved and not self._buttons  # nothing to press: no need to be as tall as a finger
        self.setFixedHeight(theme().height(Part.DEVICE if calm else Part.QUEUE))
