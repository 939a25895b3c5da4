"""The fields of a record in two columns of cards, the depot's own fields, and the newest facts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card, Detail, Details
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.record.view import FieldGroup, OwnLine, RecordView
from muniment.ui.speech import iso, spoken, tr

_LONGEST_WORD = 24
"""Letters after which a value without blanks may be broken, so that a hash never widens the page."""


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
        self._cases = QVBoxLayout()
        self._cases.setContentsMargins(0, 0, 0, 0)
        self._cases.setSpacing(4)
        self.own = Button(tr("Fields of this depot"), "F5", icon="list-check")
        self.own.clicked.connect(self.own_asked)
        inside = holder(column(row((self._left, 1), (self._right, 1), gap=12), STRETCH, gap=12))
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
        _empty(self._left)
        _empty(self._right)
        _empty(self._cases)
        for case in view.cases:
            words = tr("{number} is open: {what}").format(number=iso(case.register_no), what=spoken(case.what))
            button = Button(words, icon="alert-triangle")
            button.clicked.connect(lambda _=False, subject=case.subject: self.case_asked.emit(subject))
            self._cases.addLayout(row(button, STRETCH))
        groups = [(spoken(group.title), _details(group)) for group in view.groups]
        if view.own:
            groups.append((tr("Fields of this depot"), _own(view.own)))
        lengths = [0, 0]
        for title, details in groups:
            # The shorter column takes the next group, so that both end at about the same height.
            nth = 0 if lengths[0] <= lengths[1] else 1
            lengths[nth] += len(details) + 2
            (self._left, self._right)[nth].addWidget(Card(Details(details), title=title))
        self._left.addStretch(1)
        self._right.addStretch(1)
        if view.own:
            self.own.allow()
        else:
            self.own.forbid(tr("No own fields are defined"))


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
    if code and len(value) <= _LONGEST_WORD:
        return Detail(title, value, code=True)
    return Detail(title, breakable(iso(value) if code else value))


def breakable(value: str) -> str:
    """A value that may be broken inside its long words where there is no room."""
    return " ".join(
        "\u200b".join(word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD)) or word
        for word in value.split(" ")
    )
