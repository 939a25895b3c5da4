"""Looking: find, show, history."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import typer

from muniment.cli.face import Face, table
from muniment.desk.closed_places import earlier_of, was_closed
from muniment.desk.field_words import file_words, title_of, value_of
from muniment.desk.finding import anything_remembered
from muniment.desk.own_fields import own_values
from muniment.desk.provenance import Said, in_words, provenance
from muniment.desk.reading import ItemCard, card, name_of
from muniment.desk.seeking import seek
from muniment.desk.telling import ToldFact, all_in_full, facts_of
from muniment.domain.basics.identity import Kind, kind_of
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.attachments import FILES, Attached, attached_to
from muniment.domain.custody.importing import IMPORT_KEY
from muniment.domain.custody.own_fields import PREFIX
from muniment.domain.custody.own_states import PREFIX as STATE_PREFIX
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import WHERE, Standing
from muniment.ports.views import Why
from muniment.ports.work import Work

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
    """Show an item, a person or a place, and where the record comes from; also a place that was closed."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        standing = anything_remembered(work, name)
        kind = kind_of(standing.subject)
        value: dict[str, Any]
        if kind in _ITEMS:
            shown = card(work, standing, opened.desk.clock.now())
            value = {**plain(shown), "fields": standing.fields}
        else:
            value = {"subject": standing.subject, "name": name_of(work, standing.subject), "fields": standing.fields}
        value["files"] = [plain(one) for one in attached_to(standing)]
        value.setdefault("states", [])
        origin = provenance(work, standing.subject)
        value["provenance"] = plain(origin) if origin is not None else None
        value["own_fields"] = {one.title: one.value for one in own_values(work, standing)}
        if kind is Kind.WEAPON:
            value["components"] = [
                plain(card(work, one, opened.desk.clock.now())) for one in work.fitted_to(standing.subject)
            ]
        if kind is Kind.PLACE:
            value["closed"] = was_closed(work, standing)
            value["earlier"] = earlier_of(work, standing)
        if kind in (Kind.PERSON, Kind.PLACE):
            value["items"] = [plain(card(work, item, opened.desk.clock.now())) for item in work.at(standing.subject)]
        lines = _in_words(work, standing, value, in_words(origin) if origin is not None else ())
    face.tell(value, lines)


def tell_history(context: typer.Context, name: str) -> None:
    """Show every fact of an item, a person or a place, oldest first; also of a place that was closed."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        facts = list(all_in_full(work, facts_of(work, anything_remembered(work, name).subject)))
    rows = [
        (
            str(one.line.seq),
            one.line.at.isoformat(),
            str(one.line.what),
            one.line.by,
            f"{one.line.origin} → {one.line.destination}" if one.line.destination or one.line.origin else "",
        )
        for one in facts
    ]
    head, *told = table(("fact", "when", "what", "entered by", "from → to"), rows)
    shown = [head]
    for text, one in zip(told, facts, strict=True):
        shown += [text.rstrip(), *(f"      {line}" for line in _beneath(one))]
    face.tell({"history": [_as_json(one) for one in facts]}, shown)


def _as_json(told: ToldFact) -> dict[str, Any]:
    also = {"corrects": told.corrects, "corrected_by": told.corrected_by, "overridden": list(told.overridden)}
    return {**plain(told.line), **also}


def _beneath(told: ToldFact) -> Iterator[str]:
    """What stands under a fact: what must be known first, who, why, on what evidence, what it changed."""
    yield from map(str, told.notes)
    for one in told.said:
        first, *more = str(one.after).splitlines()
        yield f"{one.title}: {first}"
        yield from (f"  {line}" for line in more)
    yield from (f"{one.title}: {one.before or '-'} → {one.after or '-'}" for one in told.unsaid_changes)


def _title(name: str, own: Mapping[str, str], *, closed: bool) -> Text:
    """How a field is called; what stands on a place that was given up says that it is closed."""
    return say("Closed") if closed and name == WITHDRAWN else title_of(name, own)


_FIRST = ("register_no", "code", "serial_raw", "serial_status")
_TOLD_OTHERWISE = frozenset({FILES, WHERE, IMPORT_KEY, "number", "calibre"})


def _in_words(work: Work, standing: Standing, value: dict[str, Any], origin: Sequence[Said]) -> list[str]:
    """A record as a person reads it, `origin` being where it comes from; codes and subjects in it are for programs."""
    fields = standing.fields
    rows = [] if "register_no" in fields or "code" in fields else [("Name", str(value.get("name", "")))]
    rows += [(str(title_of(name, {})), str(value_of(work, name, fields[name]))) for name in _FIRST if name in fields]
    if "kind" in value:
        rows += [] if "taxonomy_code" in fields else [("Kind", str(value["kind"]))]
        rows.append(("State", str(value["state"]).replace("_", " ")))
    if standing.where:
        rows.append((str(title_of(WHERE, {})), name_of(work, standing.where)))
    rows += [
        (str(_title(name, {}, closed=value.get("closed") is True)), str(value_of(work, name, field)))
        for name, field in fields.items()
        if name not in _TOLD_OTHERWISE and name not in _FIRST and not name.startswith((PREFIX, STATE_PREFIX))
    ]
    rows += [(str(one["axis"]), str(one["says"])) for one in value["states"]]
    rows += [(title, str(own)) for title, own in value["own_fields"].items()]
    rows += [
        ("Component", f"{one['register_no']} {one['kind']} {one['serial']}") for one in value.get("components", [])
    ]
    rows += [("File", _file(nth, one)) for nth, one in enumerate(attached_to(standing), 1)]
    rows += [("Earlier place", str(one)) for one in value.get("earlier", [])]
    rows += [("Holds", f"{item['register_no']} {item['serial']}".rstrip()) for item in value.get("items", [])]
    rows += [(str(one.title), str(one.value)) for one in origin]
    width = max(len(title) for title, _ in rows)
    return [f"{title:{width}}  {shown}" for title, shown in rows if shown]


def _file(nth: int, one: Attached) -> str:
    return f"{nth}  {file_words(one)}"


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
