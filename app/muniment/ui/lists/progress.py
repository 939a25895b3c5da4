"""How far a long task is: a bar, a sentence, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, row
from muniment.ui.kit.theme import theme
from muniment.ui.lists.pace import Going
from muniment.ui.speech import iso, right_to_left, tr


class _Bar(QWidget):
    """A part of a whole. The share is also said in words beside it, so that nothing hangs on the colour."""

    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setFixedHeight(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the trough and what is filled of it."""
        c, painter = theme().palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.edge), 1))
        painter.setBrush(QColor(c.sunk))
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(whole, 4, 4)
        if self.share > 0:
            filled = QRectF(whole)
            filled.setWidth(max(4.0, whole.width() * min(1.0, self.share)))
            if right_to_left():
                filled.moveRight(whole.right())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent))
            painter.drawRoundedRect(filled, 4, 4)


class Progress(Card):
    """What is being done and how far it is. `stop_asked` asks that it be left undone."""

    stop_asked = Signal()

    def __init__(self) -> None:
        self.words = Label("", 20, 700, wrap=True)
        self.terms = Label("", 15, 500, Ink.QUIET, wrap=True)
        self.count = Label("", 15, 600)
        self.bar = _Bar()
        self.stop = Button(tr("Stop"), "Esc", icon="x")
        super().__init__(
            column(
                STRETCH,
                self.words,
                self.terms,
                8,
                self.bar,
                self.count,
                8,
                row(self.stop, STRETCH),
                STRETCH,
                gap=8,
                margins=(24, 24, 24, 24),
            )
        )
        self.stop.clicked.connect(self._stop)

    def begin(self, words: str, note: str, *, may_stop: bool = True) -> None:
        """Say what begins now."""
        self.words.setText(words)
        self.terms.setText(note)
        self.terms.setVisible(bool(note))
        self.stop.setVisible(may_stop)
        self.stop.allow()
        self.bar.hide()
        self.count.setText("")

    def tell(self, going: Going) -> None:
        """Say how far it is."""
        said = tr("{done} of {all}").format(done=iso(f"{going.done:,}"), all=iso(f"{going.all:,}"))
        if going.left:
            said += " · " + tr("about {n} s left").format(n=iso(str(going.left)))
        self.bar.show()
        self.bar.share = going.done / going.all if going.all else 0.0
        self.bar.setAccessibleName(said)
        self.bar.update()
        self.count.setText(said)

    def tell_count(self, rows: int) -> None:
        """Say how much is done of something whose size is not known."""
        self.count.setText(tr("{n} rows").format(n=iso(f"{rows:,}")))

    def _stop(self) -> None:
        self.stop.forbid(tr("Stopping"))
        self.stop_asked.emit()
