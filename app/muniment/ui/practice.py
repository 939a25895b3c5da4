"""The practice counter: badges, weapons and command cards that can be held before a pretended scanner."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QScrollArea, QWidget

from muniment.ports.devices.stage import ScannerStage
from muniment.ports.paper import PrinterStage
from muniment.training.demonstration import Thing
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card
from muniment.ui.kit.flow import Flow
from muniment.ui.kit.layout import STRETCH, column, holder
from muniment.ui.speech import iso, tr

_ICONS = {"person": "id-badge-2", "weapon": "tag", "place": "map-pin", "command": "keyboard"}


class PracticeScreen(QWidget):
    """A button for each thing; pressing it shows the thing to the scanner and goes to the desk."""

    def __init__(
        self,
        things: Sequence[Thing],
        stage: ScannerStage,
        to_desk: Callable[[], None],
        printer: PrinterStage | None = None,
    ) -> None:
        super().__init__()
        self._stage, self._to_desk = stage, to_desk
        titles = {
            "person": tr("Badges"),
            "weapon": tr("Weapons on the counter"),
            "place": tr("Place labels"),
            "command": tr("Command cards"),
        }
        cards = [self._card(title, [thing for thing in things if thing.kind == kind]) for kind, title in titles.items()]
        if printer is not None:
            cards.append(self._printer(printer))
        inside = holder(column(*cards, STRETCH, gap=12, margins=(16, 16, 16, 16)))
        inside.setProperty("surface", "page")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        note = tr("Press a thing to hold it before the pretended scanner")
        self.setLayout(column(TopBar(tr("Practice counter"), note), (scroll, 1), gap=0))

    def _card(self, title: str, things: Sequence[Thing]) -> Card:
        buttons = []
        for thing in things:
            button = Button(iso(thing.words), icon=_ICONS[thing.kind])
            button.clicked.connect(lambda _=False, code=thing.code: self._present(code))
            buttons.append(button)
        return Card(Flow(buttons), title=title)

    def _printer(self, printer: PrinterStage) -> Card:
        acts: list[tuple[str, str, Callable[[], None]]] = [
            (tr("Paper runs out"), "file-text", lambda: printer.load(0)),
            (tr("One sheet is left"), "file-text", lambda: printer.load(1)),
            (tr("Pull the plug"), "plug-connected-x", lambda: printer.plug(powered=False)),
            (tr("Put it right"), "printer", lambda: self._put_right(printer)),
        ]
        buttons: list[Button] = []
        for words, icon, act in acts:
            button = Button(words, icon=icon)
            button.clicked.connect(lambda _=False, act=act: act())
            buttons.append(button)
        return Card(Flow(buttons), title=tr("Practice printer"))

    @staticmethod
    def _put_right(printer: PrinterStage) -> None:
        printer.plug(powered=True)
        printer.load()

    def _present(self, code: str) -> None:
        self._to_desk()
        self._stage.present(code)
