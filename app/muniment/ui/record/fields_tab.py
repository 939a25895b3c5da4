"""The fields of a record in two columns of cards, the depot's own fields, and the newest facts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card, Detail, Details, breakable
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.theme import theme
from muniment.ui.record.view import FieldGroup, OwnLine, RecordView
from muniment.ui.speech import iso, spoken, tr

NAMES = 150
"""Width of the names of fields at 100 %."""

LEAST_OF_TWO = 660
"""Width at 100 % from which two cards stand beside each other."""


class FieldsTab(QWidget):
    """Everything that stands in a record. It scrolls from top to bottom only."""

    own_asked = Signal()
    """The depot's own fields are to be filled in."""
    case_asked = Signal(str)
    """A case that is open about it is to be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for side in (self._left, self._right):
            side.setContentsMargins(0, 0, 0, 0)
            side.setSpacing(12)
        self._sides = row((self._left, 1), (self._right, 1), gap=12)
        self._cards: list[tuple[int, Card]] = []
        self._columns = 2
        self._cases = QVBoxLayout()
        self._cases.setContentsMargins(0, 0, 0, 0)
        self._cases.setSpacing(4)
        self.own = Button(tr("Fields of this depot"), "F5", icon="list-check")
        self.own.clicked.connect(self.own_asked)
        inside = holder(column(self._sides, STRETCH, gap=12))
        inside.setProperty("surface", "clear")
        self.room = QScrollArea()
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setWidgetResizable(True)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.room.setAccessibleName(tr("Fields"))
        self.room.setWidget(inside)
        self.setLayout(column(self._cases, (self.room, 1), row(self.own, STRETCH), gap=8))

    def draw(self, view: RecordView) -> None:
        """Show a record."""
        _empty(self._cases)
        for _, old in self._cards:
            old.hide()
            old.deleteLater()
        for case in view.cases:
            words = tr("{number} is open: {what}").format(number=iso(case.register_no), what=spoken(case.what))
            button = Button(words, icon="alert-triangle")
            button.clicked.connect(lambda _=False, subject=case.subject: self.case_asked.emit(subject))
            self._cases.addLayout(row(button, STRETCH))
        cards = [(spoken(group.title), _details(group)) for group in view.groups]
        if view.own:
            cards.append((tr("Fields of this depot"), _own(view.own)))
        self._cards = [(len(details), Card(Details(details, least=NAMES), title=title)) for title, details in cards]
        self._lay()
        if view.own:
            self.own.allow()
        else:
            self.own.forbid(tr("No own fields are defined"))

    def _lay(self) -> None:
        """Lay the cards in two columns, or in one below the other where the room is narrow."""
        for side in (self._left, self._right):
            while side.takeAt(0) is not None:
                pass
        columns = 2 if self.room.viewport().width() >= theme().px(LEAST_OF_TWO) else 1
        lengths = [0] * columns
        for lines, card in self._cards:
            # The shorter column takes the next card, so that both end at about the same height.
            nth = lengths.index(min(lengths))
            lengths[nth] += lines + 2
            (self._left, self._right)[nth].addWidget(card)
            card.show()
        self._left.addStretch(1)
        self._right.addStretch(1)
        self._sides.setStretch(1, columns - 1)
        self._columns = columns

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the cards anew where another number of columns fits."""
        super().resizeEvent(event)
        if self._columns != (2 if self.room.viewport().width() >= theme().px(LEAST_OF_TWO) else 1):
            self._lay()


def _empty(layout: QVBoxLayout) -> None:
    while (old := layout.takeAt(0)) is not None:
        if (widget := old.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        inner = old.layout()
        while inner is not None and (one := inner.takeAt(0)) is not None:
            if (widget := one.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _details(group: FieldGroup) -> list[Detail]:
    return [_detail(spoken(line.title), spoken(line.value), line.code) for line in group.lines]


def _own(lines: Sequence[OwnLine]) -> list[Detail]:
    return [Detail(line.field.title, breakable(line.value) or tr("nothing")) for line in lines]


def _detail(title: str, value: str, code: bool) -> Detail:
    return Detail(title, value if code else breakable(value), code=code)
