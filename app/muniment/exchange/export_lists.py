"""The rows of each list that leaves the register, under the headings that an import understands again.

The first columns are the fields of `muniment.exchange.mapping.FIELDS`, by their names and with their words; what the
list of an import has no field for follows in columns of its own. Persons stand as subjects; what names them is
written only where it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from muniment.desk.models import listed_models
from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.facts import Value
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import PlaceKind
from muniment.exchange.mapping import fields_of
from muniment.exchange.model_files import HEADINGS as MODEL_HEADINGS
from muniment.exchange.model_files import model_row
from muniment.exchange.sheets.writing import Value as Cell
from muniment.ports.work import Kept, Work


class ListKind(StrEnum):
    """The lists a register can be written out as."""

    WEAPONS = "weapons"
    HOLDINGS = "holdings"
    COMPONENTS = "components"
    PEOPLE = "people"
    PLACES = "places"
    MODELS = "models"
    FACTS = "facts"
    OTHERS = "others"


NAMES_PEOPLE = frozenset({ListKind.WEAPONS, ListKind.HOLDINGS, ListKind.COMPONENTS, ListKind.PEOPLE})
"""Lists that say who somebody is when names are asked for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings of a list and where its rows come from."""

    headings: tuple[str, ...]
    rows: Callable[[Work, bool], Iterator[Sequence[Cell]]]


PLACE_WORDS: Mapping[str, str] = {
    kind: kind.value
    for kind in (
        PlaceKind.DEPOT,
        PlaceKind.BUILDING,
        PlaceKind.ROOM,
        PlaceKind.RACK,
        PlaceKind.CABINET,
        PlaceKind.SLOT,
    )
}
"""What an import calls the kinds of place; every register has those beside the tree already, so they have no word."""


def rows_of(kind: ListKind, work: Work, *, with_names: bool) -> Iterator[Sequence[Cell]]:
    """The rows of a list, read from the register as they are asked for."""
    return SHEETS[kind].rows(work, with_names)


def left_out(kind: ListKind, standing: Standing) -> bool:
    """Whether a subject is no longer stock: withdrawn as entered in error, or a line that was worked off."""
    return bool(standing.text(WITHDRAWN)) or (kind is ListKind.HOLDINGS and standing.number("quantity") < 1)


def _weapons(work: Work, with_names: bool) -> Iterator[Sequence[Cell]]:
    for weapon in _stock(work, ListKind.WEAPONS, Kind.WEAPON):
        fields = weapon.fields
        calibres = fields.get("calibres")
        known: dict[str, Cell] = {
            "register_no": weapon.text("register_no"),
            "type_code": weapon.text("taxonomy_code"),
            "make": weapon.text("make"),
            "model": weapon.text("model"),
            "calibre": _written_calibre(fields),
            "country": weapon.text("country_of_manufacture") or weapon.text("historic_country_code"),
            "year": weapon.number("year_of_manufacture") or None,
            "serial": weapon.text("serial_raw"),
            "serial_status": _spaced(weapon.text("serial_status")),
            "condition": _spaced(weapon.text("condition")),
            "legal_status": _spaced(weapon.text("legal_status")),
            "place": _place(work, weapon),
            "custodian": _service_no(work, weapon.where) if with_names else "",
            "owner": weapon.text("accountable_owner"),
            "acquired_on": weapon.text("acquired_on"),
            "inspection_due": weapon.text("inspection_due"),
            "remarks": weapon.text("remarks"),
        }
        rest = _rest(fields, _WEAPON_COLUMNS, whole_calibres=isinstance(calibres, list) and len(calibres) > 1)
        yield (
            *(known[name] for name in fields_of("weapons")),
            *(weapon.subject, weapon.where, weapon.text("home"), weapon.text("quarantine"), weapon.text("due_at")),
            rest,
        )


def _holdings(work: Work, _with_names: bool) -> Iterator[Sequence[Cell]]:
    for line in _stock(work, ListKind.HOLDINGS, Kind.LINE):
        known: dict[str, Cell] = {
            "quantity": line.number("quantity"),
            "type_code": line.text("taxonomy_code"),
            "calibre": _written_calibre(line.fields) or line.text("calibre"),
            "place": _place(work, line),
            "ship_date": line.text("acquired_on"),
            "condition": line.text("listed_condition"),
        }
        yield (
            *(known[name] if name in known else line.text(name) for name in fields_of("holdings")),
            *(line.text("register_no"), line.subject, line.where),
            _rest(line.fields, _LINE_COLUMNS),
        )


def _components(work: Work, with_names: bool) -> Iterator[Sequence[Cell]]:
    for part in _stock(work, ListKind.COMPONENTS, Kind.COMPONENT):
        yield (
            part.text("register_no"),
            _spaced(part.text("component_kind")),
            part.text("serial_raw"),
            _spaced(part.text("serial_status")),
            _written_calibre(part.fields),
            _spaced(part.text("condition")),
            _place(work, part),
            _service_no(work, part.where) if with_names else "",
            name_of(work, part.where) if part.where.startswith("weapon/") else "",
            part.subject,
            part.where,
            _rest(part.fields, _COMPONENT_COLUMNS),
        )


def _people(work: Work, with_names: bool) -> Iterator[Sequence[Cell]]:
    held = work.holding()
    for person in work.every(Kind.PERSON):
        record = work.person(person.subject) if with_names else None
        listed = person.fields.get("certificates")
        certificates = [one for one in (listed if isinstance(listed, list) else []) if isinstance(one, dict)]
        newest = max(certificates, key=lambda one: str(one["until"]), default={})
        yield (
            record.service_no if record else "",
            record.name if record else "",
            record.rank if record else "",
            name_of(work, person.text("unit")),
            record.badges[0] if record and record.badges else "",
            str(newest.get("covers", "")),
            str(newest.get("until", "")),
            record.sign_in if record else "",
            person.text("status"),
            "yes" if "ban" in person.fields else "no",
            held.get(person.subject, 0),
            person.subject,
            _json({name: value for name, value in person.fields.items() if not name.endswith("_sha256")}),
        )


def _places(work: Work, _with_names: bool) -> Iterator[Sequence[Cell]]:
    held = work.holding()
    for place in work.every(Kind.PLACE):
        kind = place.text("place_kind")
        yield (
            place.text("code"),
            place.text("name"),
            PLACE_WORDS.get(kind, ""),
            name_of(work, place.text("parent")),
            kind,
            held.get(place.subject, 0),
            place.subject,
            _rest(place.fields, frozenset({"code", "name", "place_kind", "parent"})),
        )


def _models(work: Work, _with_names: bool) -> Iterator[Sequence[Cell]]:
    for one in listed_models(work, retired=True):
        row = model_row(one.entry.model, retired=one.entry.retired, weapons=one.weapons)
        yield *row, one.entry.number, one.entry.subject


def _facts(work: Work, _with_names: bool) -> Iterator[Sequence[Cell]]:
    return (fact_row(record) for record in work.records())


def fact_row(record: Kept) -> Sequence[Cell]:
    """A record as it is kept. Its bytes are UTF-8 of `record`; were they ever not, they stand in hexadecimal instead.

    The leaf is SHA-256 of one zero byte and the record's bytes.
    """
    try:
        return record.seq, record.leaf, record.body.decode("utf-8"), ""
    except UnicodeDecodeError:
        return record.seq, record.leaf, "", record.body.hex()


_IN_LISTS = frozenset({Kind.WEAPON, Kind.LINE, Kind.COMPONENT, Kind.PERSON, Kind.PLACE, Kind.MODEL})


def _others(work: Work, _with_names: bool) -> Iterator[Sequence[Cell]]:
    for kind in Kind:
        if kind not in _IN_LISTS:
            for standing in work.every(kind):
                yield kind.value, standing.subject, standing.version, _json(standing.fields)


def _stock(work: Work, kind: ListKind, of: Kind) -> Iterable[Standing]:
    return (standing for standing in work.every(of) if not left_out(kind, standing))


def _place(work: Work, item: Standing) -> str:
    """Where it lies, or where it belongs while somebody has it."""
    where = item.where if item.where and kind_of(Subject(item.where)) is Kind.PLACE else item.text("home")
    return name_of(work, where)


def _service_no(work: Work, where: str) -> str:
    record = work.person(Subject(where)) if where.startswith("person/") else None
    return record.service_no if record else ""


def _written_calibre(fields: Mapping[str, Value]) -> str:
    """The primary calibre as it was written, which an import reads again."""
    listed = fields.get("calibres")
    entries = [entry for entry in (listed if isinstance(listed, list) else []) if isinstance(entry, dict)]
    return str(next((entry["text"] for entry in entries if entry.get("primary") is True), ""))


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _rest(fields: Mapping[str, Value], told: frozenset[str], *, whole_calibres: bool = False) -> str:
    """Everything that no column tells, as one JSON object; empty where there is nothing."""
    rest = {
        name: value for name, value in fields.items() if name not in told or (whole_calibres and name == "calibres")
    }
    return _json(rest) if rest else ""


def _json(fields: Mapping[str, Value]) -> str:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


_WEAPON_COLUMNS = frozenset(
    {
        "number",
        "register_no",
        "taxonomy_code",
        "make",
        "model",
        "calibres",
        "country_of_manufacture",
        "year_of_manufacture",
        "serial_raw",
        "serial_status",
        "condition",
        "legal_status",
        "accountable_owner",
        "acquired_on",
        "inspection_due",
        "remarks",
        "where",
        "home",
        "quarantine",
        "due_at",
    }
)
_LINE_COLUMNS = frozenset(
    {
        "number",
        "register_no",
        "item_name",
        "nsn",
        "quantity",
        "unit_of_issue",
        "taxonomy_code",
        "calibres",
        "calibre",
        "acquired_on",
        "listed_condition",
        "remarks",
        "where",
    }
)
_COMPONENT_COLUMNS = frozenset(
    {
        "number",
        "register_no",
        "component_kind",
        "serial_raw",
        "serial_status",
        "calibres",
        "condition",
        "where",
    }
)

SHEETS: Mapping[ListKind, Sheet] = {
    ListKind.WEAPONS: Sheet(
        (*fields_of("weapons"), "subject", "is_with", "belongs_to", "quarantine", "due_at", "other_fields"), _weapons
    ),
    ListKind.HOLDINGS: Sheet(
        (*fields_of("holdings"), "register_no", "subject", "is_with", "other_fields"),
        _holdings,
    ),
    ListKind.COMPONENTS: Sheet(
        (
            "register_no",
            "component_kind",
            "serial",
            "serial_status",
            "calibre",
            "condition",
            "place",
            "custodian",
            "fitted_to",
            "subject",
            "is_with",
            "other_fields",
        ),
        _components,
    ),
    ListKind.PEOPLE: Sheet(
        (*fields_of("people"), "sign_in", "status", "banned", "holds", "subject", "all_fields"),
        _people,
    ),
    ListKind.PLACES: Sheet((*fields_of("places"), "place_kind", "holds", "subject", "other_fields"), _places),
    ListKind.MODELS: Sheet((*MODEL_HEADINGS, "register_no", "subject"), _models),
    ListKind.FACTS: Sheet(("seq", "leaf", "record", "record_hex"), _facts),
    ListKind.OTHERS: Sheet(("thing", "subject", "version", "fields"), _others),
}
"""Each list with its headings."""
