"""The fields of a record in groups, in the words of the house. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from muniment.desk.field_words import CODES, FIELD_TITLES, calibre_words, choices_of, mark_words, value_of
from muniment.desk.own_fields import definitions
from muniment.desk.own_states import axes, own_states
from muniment.desk.provenance import Provenance, in_words
from muniment.domain.basics.identity import Kind, kind_of
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Group
from muniment.domain.custody.own_fields import PREFIX
from muniment.domain.custody.own_states import PREFIX as STATE
from muniment.domain.custody.own_states import Guard
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.field_text import TYPED, text_of
from muniment.ports.work import Work
from muniment.ui.record.view import FieldGroup, FieldLine, OwnLine, StateWay, TypedLine

_GROUPS: Sequence[tuple[Text, tuple[str, ...]]] = (
    (
        say("Identity"),
        (
            "register_no",
            "code",
            "name",
            "place_kind",
            "parent",
            "taxonomy_code",
            "type_words",
            "component_kind",
            "is_control_component",
            "item_name",
            "make",
            "model",
            "calibres",
            "country_of_manufacture",
            "historic_country_code",
            "year_of_manufacture",
            "year_estimated",
            "production_kind",
            "nsn",
            "unit_of_issue",
            "quantity",
        ),
    ),
    (
        say("Marks"),
        (
            "serial_raw",
            "serial_status",
            "serial_location",
            "serial_side",
            "marking_method",
            "marks",
            "frame_material",
            "metal_insert_present",
            "microstamp",
            "microstamp_code",
            "microstamp_location",
        ),
    ),
    (
        say("Condition"),
        ("condition", "inspection_due", "lacks", "firing_part_apart", "firing_part_location", "remarks"),
    ),
    (
        say("Custody now"),
        (
            "where",
            "home",
            "held_as",
            "issued_at",
            "due_at",
            "receipt",
            "purpose",
            "quarantine",
            "kit",
            "accessories",
            "shipment",
            WITHDRAWN,
        ),
    ),
    (
        say("Ownership"),
        (
            "legal_status",
            "stock_category",
            "accountable_owner",
            "risk_tier",
            "acquired_on",
            "acquired_from",
            "acquisition_document",
            "acquisition_authority",
        ),
    ),
)

_NEEDS: Mapping[Guard, Text] = {
    Guard.REASON: say("a reason"),
    Guard.SECOND_PERSON: say("a second person"),
    Guard.DOCUMENT: say("a paper"),
    Guard.IN_STORE: say("that it lies in store"),
}

_ELSEWHERE = frozenset({"number", "files", "members", "import_key", "book", "book_no", "state"})
"""Fields that are shown in another way, or in words with the provenance."""


def groups_of(work: Work, record: Standing, origin: Provenance | None, extra: Sequence[FieldLine]) -> list[FieldGroup]:
    """All fields of a record in groups; what no group names is shown at the end, so that nothing is hidden.

    `origin` says where it comes from; `extra` are lines for the identity that no field of the record holds.
    """
    named = {name for _, names in _GROUPS for name in names} | _ELSEWHERE
    found = []
    for nth, (title, names) in enumerate(_GROUPS):
        lines = [line for name in names for line in _lines(work, record, name)]
        if nth == 0:
            lines += extra
        if lines:
            found.append(FieldGroup(title, tuple(lines)))
    states = [
        FieldLine(say("{axis}", axis=one.axis), say("{state}", state=one.says)) for one in own_states(work, record)
    ]
    if states:
        found.append(FieldGroup(say("States of this depot"), tuple(states)))
    if comes_from := provenance_of(work, record, origin):
        found.append(FieldGroup(say("Provenance"), tuple(comes_from)))
    known = {f"{STATE}{one.key}" for one in own_states(work, record)}
    others = [name for name in sorted(record.fields) if name not in named | known and not name.startswith(PREFIX)]
    rest = [line for name in others for line in _lines(work, record, name)]
    if rest:
        found.append(FieldGroup(say("Other fields"), tuple(rest)))
    return found


def own_lines(work: Work, record: Standing) -> list[OwnLine]:
    """The depot's own fields for this kind of thing, with what stands in them; also retired ones that are filled."""
    kind = kind_of(record.subject)
    in_use = {field.key for field in definitions(work, kind)}
    return [
        OwnLine(field, str(record.fields.get(field.name, "")))
        for field in definitions(work, kind, retired=True)
        if field.key in in_use or field.name in record.fields
    ]


def ways_of(work: Work, record: Standing) -> list[StateWay]:
    """Where a thing may go from here on the depot's own axes, and what each step needs."""
    kind = kind_of(record.subject)
    return [
        StateWay(
            axis.key,
            way.end,
            say(
                "{axis}: from {start} to {end}",
                axis=axis.title,
                start=axis.called(way.start),
                end=axis.called(way.end),
            ),
            tuple(words for need, words in _NEEDS.items() if need in way.needs),
        )
        for axis in axes(work)
        if kind in axis.of
        for way in axis.ways_from(record.text(axis.name))
    ]


def provenance_of(work: Work, record: Standing, origin: Provenance | None) -> list[FieldLine]:
    """Where the record comes from, with the number it had in an older book."""
    if origin is None:
        return []
    lines = [FieldLine(one.title, one.value, one.code) for one in in_words(origin)]
    for name in ("book", "book_no", "import_key"):
        lines += _lines(work, record, name)
    return lines


def _lines(work: Work, record: Standing, name: str) -> list[FieldLine]:
    """A field in a line; a list of marks or calibres in a line each."""
    value = record.fields.get(name)
    if value is None or value in ("", []):
        return []
    title = FIELD_TITLES.get(name) or say("{name}", name=name.replace("_", " "))
    if name == "marks" and isinstance(value, list):
        marks = [one for one in value if isinstance(one, dict)]
        return [FieldLine(say("Mark {nth}", nth=str(nth)), mark_words(mark)) for nth, mark in enumerate(marks, 1)]
    if name == "calibres" and isinstance(value, list):
        return _calibres([one for one in value if isinstance(one, dict)])
    if name == "quantity" and kind_of(record.subject) is not Kind.LINE:
        return []
    return [FieldLine(title, value_of(work, name, value), name in CODES)]


def _calibres(calibres: Sequence[Group]) -> list[FieldLine]:
    main = [one for one in calibres if one.get("primary") is True] or list(calibres[:1])
    others = [one for one in calibres if one not in main]
    return [FieldLine(say("Calibre"), calibre_words(one), code=True) for one in main] + [
        FieldLine(say("Also in calibre"), calibre_words(one), code=True) for one in others
    ]


def typed_lines(weapon: Standing) -> list[TypedLine]:
    """The fields of a weapon's description as they are typed. The condition is left out: it is found, not corrected."""
    return [
        TypedLine(name, FIELD_TITLES[name], text_of(weapon.fields, name), tuple(choices_of(name).items()))
        for name in TYPED
        if name != "condition"
    ]
