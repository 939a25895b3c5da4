"""What stands in a record, in words: the name of each field, and its value as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from muniment.desk.reading import name_of
from muniment.domain.basics.identity import is_subject
from muniment.domain.basics.moments import moment
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.attachments import FILE_KIND_NAMES, VIEW_NAMES, Attached
from muniment.domain.custody.cases import CASE_RULES
from muniment.domain.custody.facts import Group, Value
from muniment.domain.custody.own_fields import PREFIX
from muniment.domain.custody.undecided import WHY, why_read
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.component_kinds import COMPONENT_NAMES, ComponentKind
from muniment.domain.stock.condition import CONDITION_NAMES
from muniment.domain.stock.countries import countries
from muniment.domain.stock.field_text import YES_OR_NO
from muniment.domain.stock.marking import (
    FRAME_MATERIAL_NAMES,
    MARK_KIND_NAMES,
    MARK_PLACE_NAMES,
    MARKING_METHOD_NAMES,
    METAL_INSERT_NAMES,
    MICROSTAMP_NAMES,
    PRODUCTION_KIND_NAMES,
    SIDE_NAMES,
    MarkKind,
)
from muniment.domain.stock.ownership import LEGAL_STATUS_NAMES, STOCK_CATEGORY_NAMES
from muniment.domain.stock.serial import SERIAL_STATUS_NAMES
from muniment.domain.stock.taxonomy import weapon_types
from muniment.ports.work import Work

FIELD_TITLES: Mapping[str, Text] = {
    "register_no": say("Register number"),
    "taxonomy_code": say("Type"),
    "type_words": say("Type in words"),
    "item_name": say("Name"),
    "component_kind": say("Kind of component"),
    "is_control_component": say("Control component"),
    "make": say("Make"),
    "model": say("Model"),
    "make_as_listed": say("Make as listed"),
    "model_as_listed": say("Model as listed"),
    "modular": say("Modular"),
    "numbered_components": say("Numbered components"),
    "aliases": say("In other lists"),
    "note": say("Note"),
    "retired": say("Retired"),
    "calibres": say("Calibre"),
    "country_of_manufacture": say("Country of manufacture"),
    "historic_country_code": say("Historic country"),
    "year_of_manufacture": say("Year of manufacture"),
    "year_estimated": say("Year is an estimate"),
    "serial_raw": say("Serial as struck"),
    "serial_status": say("Serial status"),
    "serial_location": say("Serial stands on"),
    "serial_side": say("Side"),
    "marks": say("Marks"),
    "frame_material": say("Frame material"),
    "marking_method": say("Serial made by"),
    "metal_insert_present": say("Metal insert"),
    "production_kind": say("Production"),
    "microstamp": say("Microstamp"),
    "microstamp_code": say("Microstamp code"),
    "microstamp_location": say("Microstamp stands on"),
    "condition": say("Condition"),
    "inspection_due": say("Inspection due"),
    "legal_status": say("Legal status"),
    "stock_category": say("Stock category"),
    "accountable_owner": say("Accountable owner"),
    "risk_tier": say("Risk tier"),
    "acquired_on": say("Acquired on"),
    "acquired_from": say("Acquired from"),
    "acquisition_document": say("Document of acquisition"),
    "acquisition_authority": say("Authority"),
    "firing_part_apart": say("Firing part kept apart"),
    "firing_part_location": say("Firing part lies in"),
    "remarks": say("Remarks"),
    "nsn": say("Stock number"),
    "unit_of_issue": say("Unit of issue"),
    "quantity": say("Quantity"),
    "number": say("Running number"),
    "home": say("Home"),
    "where": say("Where"),
    "held_as": say("Held as"),
    "issued_at": say("Issued"),
    "due_at": say("Back by"),
    "receipt": say("Hand receipt"),
    "purpose": say("Purpose"),
    "quarantine": say("Quarantine"),
    "withdrawn": say("Withdrawn"),
    "lacks": say("Lacks"),
    "kit": say("Kit"),
    "members": say("Members"),
    "accessories": say("Accessories"),
    "shipment": say("Shipment"),
    "files": say("Files"),
    "book": say("Older book"),
    "book_no": say("Number in the older book"),
    "import_key": say("Line of the list"),
    "state": say("State"),
    "code": say("Code"),
    "name": say("Name"),
    "place_kind": say("Kind of place"),
    "parent": say("Lies in"),
    "unit": say("Unit"),
    "rank": say("Rank"),
    "service_no": say("Service number"),
    "badges": say("Badges"),
    "status": say("Status"),
    "roles": say("Roles"),
    "certificates": say("Certificates"),
    "ban": say("Ban"),
    "concerns": say("Concerns"),
    "rule": say("What it is about"),
    "holder": say("Answers for it"),
    "missing": say("Missing"),
    "opened_at": say("Opened"),
    "closed_at": say("Closed"),
    "reference": say("Number of the paper"),
    "notes": say("Notes"),
    "confirmed_by": say("Confirmed by"),
    "items": say("Items"),
    "decision": say("Decision"),
    "line": say("Line"),
    WHY: say("Why it waits for a decision"),
}
"""How the fields of a record are called. Others are called by their own names."""

PLACE_NAMES: Mapping[PlaceKind, Text] = {
    PlaceKind.DEPOT: say("depot"),
    PlaceKind.BUILDING: say("building"),
    PlaceKind.ROOM: say("room"),
    PlaceKind.RACK: say("rack"),
    PlaceKind.CABINET: say("cabinet"),
    PlaceKind.SLOT: say("slot"),
    PlaceKind.QUARANTINE: say("quarantine"),
    PlaceKind.IN_TRANSIT: say("on the way"),
    PlaceKind.UNACCOUNTED: say("unaccounted for"),
    PlaceKind.OUTSIDE: say("outside the depot"),
}
"""How the kinds of place are called."""

S = TypeVar("S", bound=StrEnum)


def _by_value(names: Mapping[S, Text]) -> Mapping[str, Text]:
    return {choice.value: words for choice, words in names.items()}


_CHOICES: Mapping[str, Mapping[str, Text]] = {
    "component_kind": _by_value(COMPONENT_NAMES),
    "serial_status": _by_value(SERIAL_STATUS_NAMES),
    "serial_location": _by_value(MARK_PLACE_NAMES),
    "serial_side": _by_value(SIDE_NAMES),
    "frame_material": _by_value(FRAME_MATERIAL_NAMES),
    "marking_method": _by_value(MARKING_METHOD_NAMES),
    "metal_insert_present": _by_value(METAL_INSERT_NAMES),
    "production_kind": _by_value(PRODUCTION_KIND_NAMES),
    "microstamp": _by_value(MICROSTAMP_NAMES),
    "condition": _by_value(CONDITION_NAMES),
    "legal_status": _by_value(LEGAL_STATUS_NAMES),
    "stock_category": _by_value(STOCK_CATEGORY_NAMES),
    "place_kind": _by_value(PLACE_NAMES),
    "kind": _by_value(MARK_KIND_NAMES),
    "rule": CASE_RULES,
    "held_as": {"shift": say("shift issue"), "assignment": say("assignment")},
}

_FILE_KINDS, _VIEWS = _by_value(FILE_KIND_NAMES), _by_value(VIEW_NAMES)
_SUBJECTS = frozenset(
    {"home", "where", "receipt", "kit", "shipment", "parent", "unit", "concerns", "holder", "missing", "line"}
)
_MOMENTS = frozenset({"issued_at", "due_at", "opened_at", "closed_at"})
_COUNTRIES = frozenset({"country_of_manufacture", "historic_country_code"})

CODES = frozenset(
    (
        "register_no",
        "serial_raw",
        "number",
        "code",
        "book_no",
        "import_key",
        "nsn",
        "acquired_on",
        "inspection_due",
        "issued_at",
        "due_at",
    )
)
"""Fields whose values are codes, numbers or dates, which never change their reading direction."""


def title_of(name: str, own: Mapping[str, str]) -> Text:
    """How a field is called; `own` are the titles of the depot's own fields by their names in records."""
    if name in own:
        return say("{title}", title=own[name])
    return FIELD_TITLES.get(name) or say("{name}", name=name.removeprefix(PREFIX).replace("_", " "))


def value_of(work: Work, name: str, value: Value) -> Text:
    """A value as a person reads it: a choice in its words, a subject by its name, a moment to the minute."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, list):
        return _listed(work, name, value)
    if name == WHY:
        return why_read(value)
    if isinstance(value, dict):
        parts = [say("{name} {value}", name=key.replace("_", " "), value=str(one)) for key, one in value.items()]
        return _joined(parts)
    if isinstance(value, int):
        return say("{value}", value=str(value))
    if value in _CHOICES.get(name, ()):
        return _CHOICES[name][value]
    if name == "taxonomy_code" and value in weapon_types():
        return weapon_types()[value].name
    if name in _COUNTRIES:
        return _country(value)
    if name in _SUBJECTS and is_subject(value):
        return say("{name}", name=name_of(work, value))
    if name in _MOMENTS:
        return say("{at}", at=minute(moment(value)))
    return say("{value}", value=value)


def choices_of(name: str) -> Mapping[str, Text]:
    """What may stand in a field that takes one of several, with its words; nothing for a field of free text."""
    if name == "taxonomy_code":
        return {code: one.name for code, one in weapon_types().items() if one.is_weapon and one.parent}
    if name in YES_OR_NO:
        return {"yes": say("yes"), "no": say("no")}
    return _CHOICES.get(name, {})


def minute(at: datetime) -> str:
    """A moment by this machine's clock, year first, to the minute."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def mark_words(mark: Group) -> Text:
    """A mark in words: what it says, where it stands, how it was made, and what is known of its making."""
    kind = _CHOICES["kind"].get(str(mark.get("kind", "")), MARK_KIND_NAMES[MarkKind.OTHER])
    said = [str(mark[name]) for name in ("text", "country", "year") if mark.get(name)]
    parts: list[Text] = [say("{kind} {text}", kind=kind, text=" ".join(said))]
    for name, field in (("place", "serial_location"), ("side", "serial_side"), ("method", "marking_method")):
        words = _CHOICES[field].get(str(mark.get(name, "")))
        if words is not None:
            parts.append(words)
    if mark.get("marked_on"):
        parts.append(say("struck {day}", day=str(mark["marked_on"])))
    if mark.get("certificate"):
        parts.append(say("certificate {number}", number=str(mark["certificate"])))
    return _joined(parts)


def file_words(attached: Attached) -> Text:
    """An attached file in words: what it is, what it shows or from which side, its title, and how its hash begins."""
    parts = [_FILE_KINDS.get(attached.kind, say("{kind}", kind=attached.kind))]
    shown = MARK_KIND_NAMES.get(MarkKind(attached.shows)) if attached.shows in set(MarkKind) else None
    parts += [shown] if shown is not None else [say("serial number")] if attached.shows else []
    parts += [_VIEWS[attached.view]] if attached.view in _VIEWS else []
    parts += [say("“{title}”", title=attached.title)] if attached.title else []
    return _joined([*parts, say("{hash}", hash=attached.sha256[:12])])


def calibre_words(calibre: Group) -> Text:
    """A calibre as written, with its code of the catalogue where that is written otherwise."""
    text, code = str(calibre.get("text", "")), str(calibre.get("code", ""))
    return say("{text} ({code})", text=text, code=code) if code and code != text else say("{text}", text=text or code)


def _listed(work: Work, name: str, values: list[str | int | bool | Group]) -> Text:
    if name == "files":
        return say("{count} files", count=len(values))
    if name == "lacks":
        return _joined([COMPONENT_NAMES[ComponentKind(str(one))] for one in values if one in set(ComponentKind)])
    found = []
    for one in values:
        if isinstance(one, dict):
            found.append(_group(name, one))
        else:
            found.append(say("{value}", value=name_of(work, str(one)) if is_subject(str(one)) else str(one)))
    return _joined(found)


def _group(name: str, one: Group) -> Text:
    if name == "marks":
        return mark_words(one)
    if name == "calibres":
        return calibre_words(one)
    return say("{text}", text=" ".join(str(value) for value in one.values() if value != ""))


def _country(code: str) -> Text:
    for one in countries():
        if code in (one.alpha2, one.alpha3):
            return say("{name} ({code})", name=one.name, code=code)
    return say("{code}", code=code)


def _joined(parts: list[Text]) -> Text:
    """Texts one after the other; each is translated for itself."""
    if not parts:
        return say("-")
    joined = parts[0]
    for part in parts[1:]:
        joined = say("{first}, {then}", first=joined, then=part)
    return joined
