"""The panel that offers what can be done about a thing: large, each with its number; what cannot be done says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QGridLayout, QWidget

from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.theme import theme
from muniment.ui.record.view import Act, RecordView
from muniment.ui.shell.panel import Panel
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import PanelRoom

_ICONS: Mapping[Act, str] = {
    Act.ISSUE: "arrow-up-right",
    Act.RETURN: "arrow-down-left",
    Act.FAULT: "hand-stop",
    Act.APART: "hand-stop",
    Act.RELEASE: "lock-open",
    Act.CONDITION: "clipboard-check",
    Act.STATE: "list-check",
    Act.MISSING: "help-octagon",
    Act.FOUND: "map-pin",
    Act.CASE: "alert-triangle",
    Act.BIND: "tag",
    Act.NUMBER: "bolt",
    Act.DESCRIBE: "file-text",
    Act.MARK: "zoom-question",
}


_KEYS = "1234567890ABCDEF"


def act_words(act: Act) -> str:
    """How an act is offered."""
    return {
        Act.ISSUE: tr("Issue at the desk"),
        Act.RETURN: tr("Return at the desk"),
        Act.FAULT: tr("Back with a fault"),
        Act.APART: tr("Set apart"),
        Act.RELEASE: tr("Release from quarantine"),
        Act.CONDITION: tr("Another condition"),
        Act.STATE: tr("Another own state"),
        Act.MISSING: tr("Declare it missing"),
        Act.FOUND: tr("Record it as found"),
        Act.CASE: tr("Open a case"),
        Act.BIND: tr("Bind a code"),
        Act.NUMBER: tr("Assign a number"),
        Act.DESCRIBE: tr("Correct the description"),
        Act.MARK: tr("Write down a mark"),
    }[act]


class ActsPanel(Panel):
    """A button for each act. None of them is on Enter."""

    def __init__(self, view: RecordView, chosen: Callable[[Act], None]) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(max(8, theme().between))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.acts: dict[Act, Button] = {}
        half = (len(view.acts) + 1) // 2
        for nth, act in enumerate(view.acts):
            button = Button(act_words(act), _KEYS[nth], Weight.PLAIN, _ICONS[act])
            if act in view.refused:
                button.forbid(f"{act_words(act)}: {spoken(view.refused[act])}")
            button.clicked.connect(lambda _=False, act=act: self._choose(act, chosen))
            grid.addWidget(button, nth % half, nth // half)
            self.acts[act] = button
        body = QWidget()
        body.setLayout(grid)
        close = Button(tr("Close"), "Esc")
        number = view.item.serial or view.item.register_no
        super().__init__(tr("What is to be done about {number}?").format(number=iso(number)), body, (close,), width=900)
        close.clicked.connect(self.close_panel)

    def _choose(self, act: Act, chosen: Callable[[Act], None]) -> None:
        self.close_panel()
        chosen(act)


def offer_acts(room: PanelRoom, view: RecordView, chosen: Callable[[Act], None]) -> ActsPanel:
    """Open the panel of acts."""
    panel = ActsPanel(view, chosen)
    room.open_panel(panel)
    return panel
