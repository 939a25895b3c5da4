"""The frame round everything in training. It has no switch."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from muniment.ui.kit.layout import column
from muniment.ui.kit.theme import theme
from muniment.ui.speech import tr

_TOP, _SIDE = 28, 20


class TrainingFrame(QWidget):
    """A hatched frame with the word TRAINING, enclosing what it is given. `scenario` names what is played."""

    def __init__(self, inner: QWidget, scenario: str = "") -> None:
        super().__init__()
        self._scenario = scenario
        self.setAccessibleName(self.words)
        self._room = column(inner, gap=0)
        self.setLayout(self._room)
        self.dress()

    @property
    def words(self) -> str:
        """What stands on the upper side."""
        parts = (tr("TRAINING"), tr("nothing here is real"), self._scenario)
        return "   ·   ".join(part for part in parts if part)

    def name_scenario(self, scenario: str) -> None:
        """Name the scenario that is played."""
        self._scenario = scenario
        self.setAccessibleName(self.words)
        self.update()

    def _sides(self) -> tuple[int, int]:
        return theme().px(_TOP), theme().px(_SIDE)

    def dress(self) -> None:
        """Take the thickness from the theme."""
        top, side = self._sides()
        self._room.setContentsMargins(side, top, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the hatching and the words above and below."""
        now, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = now.palette
        top, side = self._sides()
        painter.fillRect(self.rect(), QColor(c.training))
        painter.setPen(QPen(QColor(c.hatch), 11))
        for x in range(-self.height(), self.width() + self.height(), 36):
            painter.drawLine(x, self.height(), x + self.height(), 0)
        painter.setFont(now.font(14, 800))
        painter.setPen(QColor(c.on_training))
        for y, tall, words in (
            (0, top, self.words),
            (self.height() - side, side, tr("TRAINING")),
        ):
            wide = painter.fontMetrics().horizontalAdvance(words) + 64
            plate = QRect((self.width() - wide) // 2, y, wide, tall)
            painter.fillRect(plate, QColor(c.training))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
