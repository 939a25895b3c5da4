"""The practice counter: badges, weapons and command cards that can be held before a pretended scanner."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from muniment.ports.devices.stage import ScannerStage
from muniment.training.demonstration import Thing
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card
from muniment.ui.kit.layout import STRETCH, column, holder
from muniment.ui.speech import iso, tr

_ICONS = {"person": "id-badge-2", "weapon": "tag", "place": "map-pin", "command": "keyboard"}
_ACROSS = 5


class PracticeScreen(QWidget):
    """A button for each thing; pressing it shows the thing to the scanner and goes to the desk."""

    def __init__(self, things: Sequence[Thing], stage: ScannerStage, to_desk: Callable[[], None]) -> None:
        super().__init__()
        self._stage, self._to_desk = stage, to_desk
        titles = {
            "person": tr("Badges"),
            "weapon": tr("Weapons on the counter"),
            "place": tr("Place labels"),
            "command": tr("Command cards"),
        }
        cards = [self._card(title, [thing for thing in things if thing.kind == kind]) for kind, title in titles.items()]
        inside = holder(column(*cards, STRETCH, gap=12, margins=(16, 16, 16, 16)))
        inside.setProperty("surface", "page")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        note = tr("Press a thing to hold it before the pretended scanner")
        self.setLayout(column(TopBar(tr("Practice counter"), note), (scroll, 1), gap=0))

    def _card(self, title: str, things: Sequence[Thing]) -> Card:
        grid = QGridLayout()
        grid.setSpacing(8)
        for nth, thing in enumerate(things):
            button = Button(iso(thing.words), icon=_ICONS[thing.kind])
            button.clicked.connect(lambda _=False, code=thing.code: self._present(code))
            grid.addWidget(button, nth // _ACROSS, nth % _ACROSS)
        for across in range(_ACROSS):
            grid.setColumnStretch(across, 1)
        return Card(holder(grid), title=title)

    def _present(self, code: str) -> None:
        self._to_desk()
        self._stage.present(code)
