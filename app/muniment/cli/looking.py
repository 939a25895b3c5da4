"""Looking: find, show, history."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

import typer

from muniment.cli.face import Face, table
from muniment.desk.finding import anything_named
from muniment.desk.own_fields import own_values
from muniment.desk.reading import HistoryLine, ItemCard, card, history, name_of
from muniment.desk.seeking import seek
from muniment.domain.basics.identity import Kind, kind_of
from muniment.domain.basics.text import Text
from muniment.domain.custody.attachments import attached_to
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.importing import IMPORT_KEY
from muniment.domain.custody.own_fields import PREFIX
from muniment.domain.custody.own_states import PREFIX as STATE_PREFIX
from muniment.ports.views import Why

_LOOKS_ALIKE = "  ? looks alike"
_ITEMS = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE)


def find(
    context: typer.Context, text: str, most: Annotated[int, typer.Option(help="How many at the most.")] = 50
) -> None:
    """Find anything: items by code, number, part of a serial, make and model; persons, places, kits, papers."""
    face: Face = context.obj
    with face.register() as opened:
        sought = seek(opened, text, most)
        with opened.desk.look() as work:
            cards = [(hit.why, card(work, hit.item, opened.desk.clock.now())) for hit in sought.items]
            others = [
                {"kind": kind_of(one.subject).value, "subject": one.subject, "name": name_of(work, one.subject)}
                for one in (*sought.people, *sought.places, *sought.papers)
            ]
    headings = ("number", "serial", "state", "where", "what")
    rows = [
        (
            c.register_no,
            c.serial,
            c.state,
            c.place,
            f"{c.kind} {c.make} {c.model} {c.calibre}".strip() + _LOOKS_ALIKE * (why is Why.LOOKS_ALIKE),
        )
        for why, c in cards
    ]
    lines = table(headings, rows) if rows else []
    lines += [f"{one['kind']:10} {one['name']}" for one in others]
    value = {"found": [{**plain(c), "why": why.value} for why, c in cards], "others": others}
    face.tell(value, lines or ["0"])


def show(context: typer.Context, name: str) -> None:
    """Show an item, a person or a place."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        standing = anything_named(work, name)
        kind = kind_of(standing.subject)
        value: dict[str, Any]
        if kind in _ITEMS:
            shown = card(work, standing, opened.desk.clock.now())
            value = {**plain(shown), "fields": standing.fields}
        else:
            value = {"subject": standing.subject, "name": name_of(work, standing.subject), "fields": standing.fields}
        value["files"] = [plain(one) for one in attached_to(standing)]
        value.setdefault("states", [])
        value["own_fields"] = {one.title: one.value for one in own_values(work, standing)}
        if kind is Kind.WEAPON:
            value["components"] = [
                plain(card(work, one, opened.desk.clock.now())) for one in work.fitted_to(standing.subject)
            ]
        if kind in (Kind.PERSON, Kind.PLACE):
            value["items"] = [plain(card(work, item, opened.desk.clock.now())) for item in work.at(standing.subject)]
    apart = {"fields", "items", "files", "own_fields", "states", "components"}
    lines = [f"{key:16} {shown_value}" for key, shown_value in value.items() if key not in apart]
    lines += [
        f"{key:16} {field}"
        for key, field in value["fields"].items()
        if key not in value and not key.startswith((PREFIX, STATE_PREFIX))
    ]
    lines += [f"{one['axis']:16} {one['says']}" for one in value["states"]]
    lines += [f"{title:16} {own}" for title, own in value["own_fields"].items()]
    lines += [
        f"{'component':16} {one['register_no']} {one['kind']} {one['serial']}" for one in value.get("components", [])
    ]
    lines += [
        f"{'file':16} {nth} {one['kind']} {one['view']} {one['taken_at']} {one['title']} {one['sha256'][:12]}"
        for nth, one in enumerate(value["files"], 1)
    ]
    lines += [f"{'holds':16} {item['register_no']} {item['serial']}" for item in value.get("items", [])]
    face.tell(value, [line for line in lines if not line.endswith(" ")])


def tell_history(context: typer.Context, name: str) -> None:
    """Show every fact of an item, a person or a place, oldest first."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        lines = history(work, anything_named(work, name).subject)
    rows = [
        (
            str(line.seq),
            line.at.isoformat(),
            str(line.what),
            f"{line.by}, {line.second}" if line.second else line.by,
            f"{line.origin} → {line.destination}" if line.destination or line.origin else "",
            line.reason,
        )
        for line in lines
    ]
    headings = ("fact", "when", "what", "by", "from → to", "why")
    head, *told = table(headings, rows)
    shown = [head]
    for text, line in zip(told, lines, strict=True):
        shown += [text, *(f"      {change}" for change in _changed(line))]
    face.tell({"history": [plain(line) for line in lines]}, shown)


def _changed(line: HistoryLine) -> list[str]:
    """What a fact changed whose name does not say it, so that before and after can be read."""
    if line.kind not in (Deed.WEAPON_DESCRIBED, Deed.PLACE_CHANGED, Deed.PERSON_CHANGED, Deed.OWN_FIELD_SET):
        return []
    return [
        f"{one.field}: {_short(one.before)} → {_short(one.after)}" for one in line.changes if one.field != IMPORT_KEY
    ]


def _short(value: object) -> str:
    return "-" if value is None else str(value)


def plain(shown: ItemCard | Any) -> dict[str, Any]:
    """A card or line as JSON can hold it."""
    values = {field.name: getattr(shown, field.name) for field in dataclasses.fields(shown)}
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
