"""Figures with their word, and bars with a limit."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import STATES, State
from muniment.ui.speech import iso, right_to_left


class Tally(QFrame):
    """A figure, its word, one line of explanation. Framed only where a decision waits."""

    chosen = Signal()
    """The figure was pressed, by mouse, Enter or Space."""

    def __init__(
        self, figure: str, word: str, note: str = "", *, state: State | None = None, waits: bool = False
    ) -> None:
        super().__init__()
        self._state, self._waits = state, waits
        ink = Ink.TEXT if state is None else state
        self._glyph = Glyph(STATES[state].icon, 20, state) if state is not None else None
        self._word = Label(word, 13, 600, ink if state is not None else Ink.QUIET, elide=True)
        self._figure = Label("", 32, 700, ink)
        self._note = Label(note, 13, 400, Ink.QUIET, elide=True)
        self.setLayout(
            column(row(self._glyph, (self._word, 1), gap=6), self._figure, self._note, gap=2, margins=(12, 10, 12, 10))
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dress()
        self.tell(figure, note, waits=waits)

    @property
    def states_shown(self) -> frozenset[State]:
        """The state it counts, if it counts one."""
        return frozenset() if self._state is None else frozenset({self._state})

    def tell(self, figure: str, note: str = "", *, waits: bool = False) -> None:
        """Show another figure; a zero is calm, whatever it counts."""
        self._waits = waits
        ink: Ink | State = Ink.TEXT if self._state is None or figure == "0" else self._state
        self._figure.tell(iso(figure), ink)
        if self._glyph is not None and self._state is not None:
            self._glyph.change(STATES[self._state].icon, ink)
            self._word.tell(self._word.text(), ink)
        self._note.setText(note)
        self.setAccessibleName(f"{self._word.text()}: {figure}" + (f", {note}" if note else ""))
        self.update()

    def dress(self) -> None:
        """Give the word the height of a glyph, so that tiles with and without one stand in one line."""
        self._word.setMinimumHeight(theme().px(20))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose with the mouse."""
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the card."""
        now, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(now.palette.line), 1)
        if self._waits and self._state is not None:
            pen = QPen(now.of(self._state), 2)
        if self.hasFocus():
            pen = QPen(QColor(now.palette.focus), 3)
        painter.setPen(pen)
        painter.setBrush(QColor(now.palette.panel))
        inset = pen.widthF() / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 8, 8)


class LimitBar(QWidget):
    """An amount against its limit, on a common scale. What is over the limit is hatched, not only red.

    All three are in one unit; `scale_to` is the amount at the far end, so that several bars compare.
    """

    def __init__(self, amount: int, limit: int, scale_to: int, words: str = "", state: State = State.ISSUED) -> None:
        super().__init__()
        self._amount, self._limit, self._scale, self._state = amount, limit, scale_to, state
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme."""
        self.setFixedHeight(theme().px(22))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the bar, its excess and the mark of the limit."""
        now, painter = theme(), QPainter(self)
        wide, tall = self.width() - 1, self.height() - 6
        if right_to_left():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)

        def at(amount: int) -> int:
            return min(wide, wide * amount // max(1, self._scale))

        painter.setPen(QColor(now.palette.edge))
        painter.setBrush(QColor(now.palette.sunk))
        painter.drawRect(0, 3, wide, tall)
        within = at(min(self._amount, self._limit))
        painter.fillRect(QRect(1, 4, max(0, within - 1), tall - 1), now.of(self._state))
        if self._amount > self._limit:
            red, excess = (
                now.of(State.ALARM),
                QRect(at(self._limit), 4, at(self._amount) - at(self._limit), tall - 1),
            )
            painter.fillRect(excess, QBrush(red, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(red, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(excess.adjusted(0, 0, 0, -1))
        painter.fillRect(QRect(at(self._limit) - 1, 0, 3, tall + 6), QColor(now.palette.text))
