"""Which file a list of models is taken in from, and why it may change what stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from muniment.domain.basics.refusal import Refusal
from muniment.ui.acts import field_of
from muniment.ui.bridge import Bridge
from muniment.ui.folder.chooser import FolderChooser
from muniment.ui.kit.field import Field
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder
from muniment.ui.models.presenter import NO_LIST, ModelsPresenter, ReadAgain
from muniment.ui.speech import tr
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import PanelRoom, primary

_ENDINGS = (".csv", ".tsv", ".xlsx", ".ods")


class ListPanel(ActForm[ReadAgain]):
    """A folder to choose a list from. The file is read away from Qt's thread, and taken in whole or not at all."""

    def __init__(
        self, presenter: ModelsPresenter, bridge: Bridge, folder: Path, done: Callable[[ReadAgain], None]
    ) -> None:
        self._named = ""
        self.chooser = FolderChooser(bridge, _ENDINGS)
        self.file = Field(tr("File: choose it above, or type where it is"), code=True)
        self.reason = Field(tr("Reason, without names: needed where entries are changed"))
        note = Label(
            tr(
                "New models are entered, entries of the same name are changed; all of it or nothing. “Hand on” on the"
                " page of lists writes such a list."
            ),
            13,
            400,
            Ink.QUIET,
            wrap=True,
        )

        def take(given: Mapping[str, str]) -> ReadAgain:
            return presenter.take_list(given["file"], given["reason"])

        super().__init__(
            (tr("Take a list of models in"), tr("Not taken in")),
            holder(column(self.chooser, note, self.file, self.reason, gap=12)),
            {"file": self.file, "reason": self.reason},
            primary(tr("Take it in"), "file-text"),
            bridge,
            take,
            done,
            concerns=_concerns,
            width=860,
        )
        self.chooser.stood_on.connect(self._stood)
        self.chooser.go(folder)

    def do_act(self) -> None:
        """Open the folder stood on while no file is named, else take the list in."""
        if self.chooser.table.hasFocus() and self.chooser.stands_on_folder and not self.file.value:
            self.chooser.open_folder()
        else:
            super().do_act()

    def _stood(self, path: str) -> None:
        """Name the file stood on; standing on a folder takes back what standing on a file has named."""
        if path or self.file.value == self._named:
            self.file.write(path)
            self._named = path


def ask_list(
    room: PanelRoom, presenter: ModelsPresenter, bridge: Bridge, folder: Path, done: Callable[[ReadAgain], None]
) -> ListPanel:
    """Ask for a list of models."""
    panel = ListPanel(presenter, bridge, folder, done)
    room.open_panel(panel)
    return panel


def _concerns(refusal: Refusal) -> str:
    return "file" if refusal.rule == NO_LIST else field_of(refusal)
