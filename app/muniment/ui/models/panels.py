"""What the page of the catalogue asks: an entry, another name of one, why one is retired."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields as fields_in

from PySide6.QtWidgets import QWidget

from muniment.domain.basics.text import Text
from muniment.domain.custody.models import Entry
from muniment.domain.stock.model import ModelName
from muniment.ui.bridge import Bridge
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.models.presenter import ModelsPresenter, ReadAgain, Written
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import Asked, Choice, PanelRoom, primary

Done = Callable[[ReadAgain], None]
Types = Sequence[tuple[str, Text]]

WIDE = 900


def ask_entry(
    room: PanelRoom, presenter: ModelsPresenter, bridge: Bridge, begins: Written, done: Done
) -> ActForm[ReadAgain]:
    """Ask for a new entry; `begins` is what the fields begin with."""
    body, fields = _fields(presenter.types(), begins)
    form = ActForm(
        (tr("Enter in the catalogue"), tr("Not entered")),
        body,
        fields,
        primary(tr("Enter it")),
        bridge,
        lambda given: presenter.add(_written(given)),
        done,
        width=WIDE,
    )
    room.open_panel(form)
    return form


def ask_change(
    room: PanelRoom, presenter: ModelsPresenter, bridge: Bridge, entry: Entry, done: Done
) -> ActForm[ReadAgain]:
    """Ask how an entry shall be from now on, and why."""
    reason = Field(tr("Reason, without names"))
    body, fields = _fields(presenter.types(), Written.of(entry.model), reason)
    form = ActForm(
        (tr("Change {entry}").format(entry=iso(entry.number)), tr("Not changed")),
        body,
        {**fields, "reason": reason},
        primary(tr("Take it into use again") if entry.retired else tr("Change it")),
        bridge,
        lambda given: presenter.change(entry, _written(given), given["reason"]),
        done,
        width=WIDE,
    )
    room.open_panel(form)
    return form


def ask_retire(
    room: PanelRoom, presenter: ModelsPresenter, bridge: Bridge, entry: Entry, done: Done
) -> ActForm[ReadAgain]:
    """Ask why an entry shall be offered no more."""
    note = Label(
        tr("It is offered no more. Weapons of this model keep its name, and it can be used again."), 14, wrap=True
    )
    reason = Field(tr("Reason, without names"))
    form = ActForm(
        (tr("Retire {entry}").format(entry=iso(str(entry))), tr("Not retired")),
        holder(column(note, reason, gap=10)),
        {"reason": reason},
        primary(tr("Retire it"), "lock"),
        bridge,
        lambda given: presenter.retire(entry, given["reason"]),
        done,
    )
    room.open_panel(form)
    return form


def ask_alias(
    room: PanelRoom,
    presenter: ModelsPresenter,
    bridge: Bridge,
    name: ModelName,
    near: Sequence[Entry],
    others: Sequence[Entry],
    done: Done,
) -> ActForm[ReadAgain]:
    """Ask which entry a make and model of the register means; where none is near, a person must choose."""
    note = Label(tr("Lists that write “{name}” mean the entry from now on.").format(name=iso(str(name))), 14, wrap=True)
    entries = (*near, *others)
    known: dict[str, Entry] = {one.subject: one for one in entries}
    begin = [] if near else [("", tr("choose an entry"))]
    which = Choice(
        tr("Entry"), begin + [(one.subject, f"{iso(str(one.model.name))}  {iso(one.number)}") for one in entries]
    )
    form = ActForm(
        (tr("Another name of an entry"), tr("Not changed")),
        holder(column(note, which, gap=10)),
        {"model": which},
        primary(tr("It means this entry")),
        bridge,
        lambda given: presenter.alias(known.get(given["model"]), name),
        done,
    )
    room.open_panel(form)
    return form


def _fields(types: Types, begins: Written, reason: Field | None = None) -> tuple[QWidget, dict[str, Asked]]:
    make, model = Field(tr("Make"), value=begins.make), Field(tr("Model"), value=begins.model)
    type_code = Choice(tr("Type"))
    type_code.offer([(code, spoken(words)) for code, words in types], begins.type_code or "SA-40")
    calibres = Field(tr("Calibres, the usual one first"), value=begins.calibres)
    calibres.line.setPlaceholderText("9x19mm; .40 S&W")
    country = Field(tr("Country of manufacture, two letters"), value=begins.country)
    modular = Choice(tr("Modular"), [("no", tr("no")), ("yes", tr("yes: parts change its calibre"))])
    modular.write(begins.modular)
    numbered = Field(tr("Components with a number of their own"), value=begins.numbered)
    numbered.line.setPlaceholderText("frame; barrel; slide")
    aliases = Field(tr("Names in other lists, make|model"), value=begins.aliases)
    aliases.line.setPlaceholderText("EW|M-A; Example|Model A (old)")
    note = Field(tr("Note"), value=begins.note)
    fields: dict[str, Asked] = {
        "make": make,
        "model": model,
        "type_code": type_code,
        "calibres": calibres,
        "country": country,
        "modular": modular,
        "numbered": numbered,
        "aliases": aliases,
        "note": note,
    }

    def line(*parts: QWidget) -> QWidget:
        return holder(row(*((part, 1) for part in parts), gap=16))

    lines = (line(make, model), line(type_code, calibres), line(country, modular), numbered, aliases, note)
    return holder(column(*lines, reason, gap=10)), fields


def _written(given: Mapping[str, str]) -> Written:
    return Written(**{field.name: given[field.name] for field in fields_in(Written)})
