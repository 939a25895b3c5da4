"""What the page of places asks: a new place, another name, why one is closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder
from muniment.ui.places.presenter import KIND_NAMES, PlaceLine, PlacesPresenter, PlacesView, field_of
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import Asked, Choice, FormPanel, PanelRoom, primary

Done = Callable[[PlacesView], None]


class PlaceForm(FormPanel):
    """Fields about one place, and the act; it closes when the act is done. A scan goes into the field of the code."""

    def __init__(
        self,
        titles: tuple[str, str],
        body: QWidget,
        fields: Mapping[str, Asked],
        act: Button,
        bridge: Bridge,
        work: Callable[[Mapping[str, str]], PlacesView],
        done: Done,
    ) -> None:
        self._bridge, self._work, self._done = bridge, work, done
        super().__init__(titles[0], body, act, fields, width=620, refused_title=titles[1])
        self.act.clicked.connect(self._do)

    def take_scan(self, scan: Scan) -> bool:
        """Take the code of a label that is to be stuck on. False where no code is asked for."""
        code = self.fields.get("code")
        if not isinstance(code, Field):
            return False
        code.write(scan.text)
        return True

    def _do(self) -> None:
        given = {name: asked.value for name, asked in self.fields.items()}
        self.do(self._bridge, lambda: self._work(given), self._finish, field_of)

    def _finish(self, view: PlacesView) -> None:
        self.close_panel()
        self._done(view)


def ask_new_place(
    room: PanelRoom, presenter: PlacesPresenter, bridge: Bridge, above: PlaceLine, done: Done
) -> PlaceForm:
    """Ask what is new in a place."""
    kind = Choice(tr("Kind"), [(one.value, spoken(KIND_NAMES[one])) for one in above.may_hold])
    code, name = Field(tr("Code, as its label says it"), code=True), Field(tr("Name, where it has another"))
    form = PlaceForm(
        (tr("New place in {code}").format(code=iso(above.code)), tr("Not added")),
        holder(column(kind, code, name, gap=10)),
        {"kind": kind, "code": code, "name": name},
        primary(tr("Add"), "map-pin"),
        bridge,
        lambda given: presenter.add(above.place, given["kind"], given["code"], given["name"]),
        done,
    )
    room.open_panel(form)
    code.setFocus()
    return form


def ask_name(room: PanelRoom, presenter: PlacesPresenter, bridge: Bridge, line: PlaceLine, done: Done) -> PlaceForm:
    """Ask how a place is called from now on."""
    code, name = Field(tr("Code, as its label says it"), code=True, value=line.code), Field(tr("Name"), value=line.name)
    note = Label(tr("With another code its label must be printed anew."), 14, 400, wrap=True)
    form = PlaceForm(
        (tr("Rename {code}").format(code=iso(line.code)), tr("Not renamed")),
        holder(column(code, name, note, gap=10)),
        {"code": code, "name": name},
        primary(tr("Rename")),
        bridge,
        lambda given: presenter.rename(line.place, given["code"], given["name"]),
        done,
    )
    room.open_panel(form)
    name.setFocus()
    return form


def ask_close(room: PanelRoom, presenter: PlacesPresenter, bridge: Bridge, line: PlaceLine, done: Done) -> PlaceForm:
    """Ask why a place is given up."""
    reason = Field(tr("Reason, without names"))
    note = Label(
        tr("A closed place keeps its history. What belongs there and is out comes back to the place around it."),
        14,
        400,
        wrap=True,
    )
    form = PlaceForm(
        (tr("Close {code}").format(code=iso(line.code)), tr("Not closed")),
        holder(column(note, reason, gap=10)),
        {"reason": reason},
        primary(tr("Close the place"), "lock"),
        bridge,
        lambda given: presenter.close(line.place, given["reason"]),
        done,
    )
    room.open_panel(form)
    return form
