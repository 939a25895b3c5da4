"""What taking a list in asks beside the page: a second person, a value for all rows, a mapping, where to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from muniment.domain.basics.refusal import Refusal
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder
from muniment.ui.lists.file_browser import FileBrowser
from muniment.ui.lists.folders import MAPPINGS
from muniment.ui.lists.taking_in import ImportPresenter, ImportView
from muniment.ui.lists.trouble import OVERWRITES
from muniment.ui.shell.panel import Panel
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Choice, FormPanel, PanelRoom, primary, second_person

Done = Callable[[ImportView], None]

_FIELDS = {
    "reason_missing": "reason",
    "wrong_sign_in": "passphrase",
    "second_is_first": "second",
    "role_missing": "second",
}


class Keeps(Protocol):
    """Writes a file."""

    def __call__(self, path: str, *, over: bool) -> ImportView:
        """Write; `over` says that a file of that name may be replaced."""
        ...


def ask_second(room: PanelRoom, presenter: ImportPresenter, bridge: Bridge, view: ImportView, done: Done) -> FormPanel:
    """Ask for the second person who confirms what some rows are left out for."""
    second, passphrase, reason = second_person()
    count = view.preview.for_two if view.preview else 0
    words = tr(
        "{n} rows need two persons: the same weapon again, a row that reads otherwise than before, or a better "
        "condition. Compare with the weapons and the paper first. If the rows are right, another authorised person "
        "confirms it here; they are looked through again with that."
    ).format(n=iso(str(count)))
    panel = FormPanel(
        tr("These rows are right"),
        holder(column(Label(words, 15, 500, wrap=True), reason, second, passphrase, gap=10)),
        primary(tr("Let them pass"), "users"),
        {"reason": reason, "second": second, "passphrase": passphrase},
        width=680,
        refused_title=tr("Not let pass"),
    )

    def finish(made: ImportView) -> None:
        panel.close_panel()
        done(made)

    def work() -> None:
        given = second.value, passphrase.value, reason.value
        panel.do(
            bridge,
            lambda: presenter.let_rows_pass(*given),
            finish,
            lambda refusal: _FIELDS.get(refusal.rule, ""),
        )

    panel.act.clicked.connect(work)
    room.open_panel(panel)
    return panel


def ask_every_row(room: PanelRoom, view: ImportView, done: Callable[[str, str], None]) -> FormPanel:
    """Ask for a value that a field has in every row of the list, such as the type of all weapons in it."""
    offers = [(name, words) for name, words in view.columns.fields] if view.columns else []
    field = Choice(tr("Field"), [(name, spoken(words)) for name, words in offers])
    value = Field(tr("Value in every row"))
    known = Choice(tr("Value in every row"))
    panel = FormPanel(
        tr("The same in every row"),
        holder(column(field, value, known, gap=10)),
        primary(tr("Set it")),
        {"field": field, "value": value},
        width=560,
    )
    meanings = view.meanings

    def offer(name: str) -> None:
        found = meanings.get(name, ())
        known.setVisible(bool(found))
        value.setVisible(not found)
        known.offer([(one, spoken(words)) for one, words in found])

    def work() -> None:
        written = known.value if not known.isHidden() else value.value.strip()
        if not written:
            value.refuse(tr("Write a value."))
            return
        panel.close_panel()
        done(field.value, written)

    field.changed.connect(offer)
    offer(field.value)
    panel.act.clicked.connect(work)
    room.open_panel(panel)
    return panel


def ask_mapping(room: PanelRoom, bridge: Bridge, folder: Path, done: Callable[[str], None]) -> Panel:
    """Ask which mapping file the list is read by."""
    browser = FileBrowser(bridge, MAPPINGS)
    close = Button(tr("Close"), "Esc")
    panel = Panel(tr("Load a mapping"), browser, (close,), width=860)
    browser.setMinimumHeight(360)

    def take(path: str) -> None:
        panel.close_panel()
        done(path)

    close.clicked.connect(panel.close_panel)
    browser.chosen.connect(take)
    room.open_panel(panel)
    browser.begin()
    browser.look(folder)
    browser.table.setFocus()
    return panel


def ask_keep(room: PanelRoom, bridge: Bridge, title: str, target: Path, keep: Keeps, done: Done) -> FormPanel:
    """Ask where something is written; a file that is there already is replaced only when that is said."""
    path = Field(tr("File"), code=True, value=str(target))
    over = Button(tr("Replace the file"), "", Weight.DANGER)
    over.hide()
    panel = FormPanel(
        title,
        holder(column(path, gap=10)),
        primary(tr("Write it"), "device-floppy"),
        {"path": path},
        others=(over,),
        width=760,
    )

    def finish(view: ImportView) -> None:
        panel.close_panel()
        done(view)

    def field_of(refusal: Refusal) -> str:
        over.setVisible(refusal.rule == OVERWRITES)
        return "path"

    def work(*, replace: bool) -> None:
        written = path.value.strip()
        panel.do(bridge, lambda: keep(written, over=replace), finish, field_of)

    path.changed.connect(lambda _: over.hide())
    panel.act.clicked.connect(lambda: work(replace=False))
    over.clicked.connect(lambda: work(replace=True))
    room.open_panel(panel)
    return panel
