"""Planning a list of weapons: each row a weapon, or a better description of one that is known by its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from muniment.desk.import_plan import RowNote, StockChange, StockEntry
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Value
from muniment.domain.custody.importing import BOOK_NO, Identity, identity
from muniment.domain.custody.list_rules import better_by_list, listed_twin
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.calibres import Ambiguous, recognise
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.countries import countries, historic_states
from muniment.domain.stock.free_text import tidy
from muniment.domain.stock.ownership import LegalStatus
from muniment.domain.stock.serial import (
    SerialStatus,
    coarser,
    comparison_key,
    look_alike_key,
    serial_by_status,
    with_other_zeros,
    zeros_aside,
)
from muniment.domain.stock.weapon import WeaponDescription
from muniment.domain.stock.weapon_fields import to_fields
from muniment.exchange.drafts import Draft
from muniment.exchange.importing.known_weapons import KnownWeapons
from muniment.exchange.importing.model_names import ListedNames
from muniment.exchange.importing.rows import Making

_APART = frozenset({"serial", "serial_status", "register_no", "place", "custodian"})
"""Values that differ from row to row; all others together describe many weapons alike."""

_OWN = ("serial_raw", "serial_status")
_TOLD = 3
"""Other weapons named in one notice."""


@dataclass(frozen=True, slots=True)
class _Alike:
    """What the rows with one description share: its fields, or what is wrong with it, by field of the list."""

    fields: Mapping[str, Value]
    wrong: tuple[tuple[str, Refusal], ...] = ()


@dataclass(frozen=True, slots=True)
class _Weapon:
    """A row that describes a weapon properly; `near` is its look-alike key with leading zeros aside."""

    draft: Draft
    fields: dict[str, Value]
    serial_key: str
    look_alike: str
    near: str
    place: Subject
    holder: Subject | None

    @property
    def number(self) -> str:
        """The number that the list gives it; empty where it gives none."""
        return self.draft.values.get("register_no", "")


def plan_weapons(making: Making, drafts: Iterable[Draft]) -> None:
    """Add the entries of a list of weapons."""
    _Planner(making).plan(list(drafts))


class _Planner:
    def __init__(self, making: Making) -> None:
        self._making = making
        self._alike: dict[tuple[tuple[str, str], ...], _Alike] = {}
        self._people: dict[str, Subject | None] = {}
        self._vague: dict[str, int] = {}
        self._above: dict[str, int] = {}
        self._names = ListedNames(making.work)

    def plan(self, drafts: list[Draft]) -> None:
        making = self._making
        known = {s.text("import_key") for s in making.work.imported([d.key for d in drafts]) if not s.text(WITHDRAWN)}
        weapons: list[_Weapon] = []
        for draft in drafts:
            if draft.key in known:
                making.tally.count("already")
            elif not draft.sound or (weapon := self._weapon(draft)) is None:
                making.left_out(draft)
            else:
                weapons.append(weapon)
        alike = self._alike_in_register(weapons)
        numbers = {weapon.number for weapon in weapons if weapon.number}
        known_ones = KnownWeapons(making.work, making.list_name, numbers, alike, by_serial=making.by_serial)
        others = _others(alike)
        for weapon in weapons:
            try:
                own = known_ones.meant(weapon)
            except Refusal as refusal:
                making.refused(weapon.draft, "serial", refusal)
                making.left_out(weapon.draft)
                continue
            self._enter(weapon, own, others)
        for text, rows in self._vague.items():
            says = say("The calibre “{text}” fits several; it is kept as written in {rows} rows.", text=text, rows=rows)
            making.notices.append(RowNote(f"calibre “{text}”", says, "calibre_ambiguous"))
        making.notices += self._names.notices()

    def _alike_in_register(self, weapons: list[_Weapon]) -> list[Standing]:
        """What the register holds under the same serials, those that look like them, and those with other zeros."""
        work = self._making.work
        if work.next_number(Kind.WEAPON) == work.next_number(Kind.COMPONENT) == 1:
            return []  # an empty register, as most lists are taken into, is not asked about each of their rows
        return work.looking_alike_any({key for one in weapons for key in with_other_zeros(one.look_alike)})

    def _enter(self, weapon: _Weapon, own: Standing | None, others: _Others) -> None:
        making, draft = self._making, weapon.draft
        number = weapon.number
        mine = identity(weapon.serial_key, weapon.fields)
        itself = own.text("register_no") if own is not None else ""
        one_row = itself or number
        if one_row and (above := self._above.setdefault(one_row, draft.row_number)) != draft.row_number:
            says = say("{row} speaks of “{number}” already.", number=one_row, row=making.where.of_row(above))
            making.problem(draft, "register_no" if number else "serial", says, "number_twice")
            making.left_out(draft)
            return
        here = making.where.of_row(draft.row_number)
        if own is not None:
            change = self._change(weapon, own)
            if change is None:
                making.tally.count("already")
                return
        else:
            change = None
            if number.startswith("W-"):
                says = say("No weapon of the register has the number {number}.", number=number)
                making.problem(draft, "register_no", says, "unknown_number")
                making.left_out(draft)
                return
            if number:
                weapon.fields[BOOK_NO] = number
        twin, near = others.beside(weapon, mine, itself)
        objections = [("serial", listed_twin(twin))] if twin else []
        if change is not None and own is not None and "condition" in change.sets:
            better = better_by_list(own, Condition(str(change.sets["condition"])))
            objections += [("condition", better)] if better is not None else []
        if change is None or not {"make", "model"}.isdisjoint(change.sets):
            objections += [("model", one) for one in self._names.objections(weapon.fields)]
        stopping = [(name, one) for name, one in objections if one.override is None or one.rule not in making.overrides]
        if stopping:
            for name, one in stopping:
                making.refused(draft, name, one)
            making.left_out(draft)
            return
        passed = tuple(one for _, one in objections)
        self._tell_near(draft, near)
        if weapon.serial_key:
            others.add(_Other(here, weapon.serial_key, mine), weapon.near)
        if change is not None:
            making.entries.append(replace(change, objections=passed))
            making.tally.count("changed")
            return
        making.entries.append(
            StockEntry(draft.row_number, draft.key, Kind.WEAPON, weapon.fields, weapon.place, weapon.holder, 1, passed)
        )
        making.tally.count("registered", 1, str(weapon.fields["taxonomy_code"]))

    def _change(self, weapon: _Weapon, own: Standing) -> StockChange | None:
        """What the row would change of a weapon that is known; nothing where it says the same."""
        making, draft = self._making, weapon.draft
        kept = () if weapon.number else _OWN  # found by its serial, which stays as it was read from the metal
        said = {name: value for name, value in weapon.fields.items() if name not in kept}
        sets = {name: value for name, value in said.items() if own.fields.get(name) != value}
        drops = tuple(name for name in _OWN if not kept and name in own.fields and name not in weapon.fields)
        at = {own.where, own.text("home")}
        if (weapon.holder or weapon.place) not in at:
            says = say(
                "{number} is elsewhere by the register; a list does not move it.", number=own.text("register_no")
            )
            making.notice(draft, "place", says, "elsewhere")
        if not sets and not drops:
            return None
        before = {name: own.fields[name] for name in (*sets, *drops) if name in own.fields}
        return StockChange(
            draft.row_number, draft.key, own.subject, own.text("register_no"), own.version, before, sets, drops
        )

    def _tell_near(self, draft: Draft, near: list[_Other]) -> None:
        serial = draft.values.get("serial", "")
        same = [other.name for other in near if other.serial_key == comparison_key(serial)]
        alike = [other.name for other in near if other.name not in same]
        if same:
            says = say("{others}: the same serial on another model.", others=", ".join(same[:_TOLD]))
            self._making.notice(draft, "serial", says, "same_serial")
        if alike:
            says = say("{others}: a serial that is easily taken for this one.", others=", ".join(alike[:_TOLD]))
            self._making.notice(draft, "serial", says, "looks_alike")

    def _weapon(self, draft: Draft) -> _Weapon | None:
        """The weapon a row describes; nothing, and problems, where it cannot be one."""
        making, values = self._making, draft.values
        shared = tuple([(name, value) for name, value in values.items() if name not in _APART])
        alike = self._alike.get(shared)
        if alike is None:
            alike = self._alike[shared] = self._describe(dict(shared))
        for name, refusal in alike.wrong:
            making.refused(draft, name, refusal)
        calibre = values.get("calibre", "")
        if calibre in self._vague:
            self._vague[calibre] += 1
        serial, status = values.get("serial", ""), _status(values)
        fine = not alike.wrong
        try:
            serial = serial_by_status(serial, status)
        except Refusal as refusal:
            making.refused(draft, "serial", refusal)
            fine = False
        place, holder = making.place(draft), self._holder(draft)
        if not fine or place is None or (values.get("custodian") and holder is None):
            return None
        if status is SerialStatus.UNKNOWN and "serial_status" not in values:
            says = say("No serial number is given; it is taken in as not known.")
            making.notice(draft, "serial", says, "serial_missing")
        self._names.count(values.get("make", ""), values.get("model", ""))
        fields: dict[str, Value] = {**alike.fields, "serial_status": status.value}
        if serial:
            fields["serial_raw"] = serial
        key = comparison_key(serial)
        look_alike = coarser(key)
        return _Weapon(draft, fields, key, look_alike, zeros_aside(look_alike), place, holder)

    def _holder(self, draft: Draft) -> Subject | None:
        number = draft.values.get("custodian", "")
        if not number:
            return None
        if number not in self._people:
            self._people[number] = self._making.work.person_by(number)
        if self._people[number] is None:
            says = say("Nobody in the register has the service number “{number}”.", number=number)
            self._making.problem(draft, "custodian", says, "unknown_person")
        return self._people[number]

    def _describe(self, values: dict[str, str]) -> _Alike:
        """Check everything that many rows share, once."""
        wrong: list[tuple[str, Refusal]] = []
        for name, what in _TEXTS.items():
            try:
                tidy(values.get(name, ""), what)
            except Refusal as refusal:
                wrong.append((name, refusal))
        calibres: tuple[CalibreAs, ...] = ()
        if calibre := values.get("calibre", ""):
            try:
                calibres = (CalibreAs.from_written(calibre, primary=True),)
            except Refusal as refusal:
                wrong.append(("calibre", refusal))
            if isinstance(recognise(calibre), Ambiguous):
                self._vague.setdefault(calibre, 0)
        country, historic = _country(values.get("country", ""))
        if values.get("country") and not country and not historic:
            wrong.append(("country", _no_country()))
        if not values.get("type_code"):
            wrong.append(("type_code", _no_type()))
        if wrong:
            return _Alike({}, tuple(wrong))
        acquired, due = values.get("acquired_on"), values.get("inspection_due")
        try:
            description = WeaponDescription(
                this_year=self._making.this_year,
                type_code=values["type_code"].upper(),
                make=values.get("make", ""),
                model=values.get("model", ""),
                calibres=calibres,
                country=country,
                historic_country=historic,
                year=int(values["year"]) if "year" in values else None,
                serial_status=SerialStatus.UNKNOWN,
                condition=Condition(_word(values["condition"])) if "condition" in values else None,
                legal_status=LegalStatus(_word(values["legal_status"])) if "legal_status" in values else None,
                acquired_on=date.fromisoformat(acquired) if acquired else None,
                inspection_due=date.fromisoformat(due) if due else None,
                remarks=values.get("remarks", ""),
            )
        except Refusal as refusal:
            return _Alike({}, ((_FIELD_OF.get(refusal.rule, ""), refusal),))
        fields = {name: value for name, value in to_fields(description).items() if name not in _OWN}
        fields.update(self._names.catalogued(description))
        if owner := values.get("owner", ""):
            fields["accountable_owner"] = owner
        return _Alike(fields)


@dataclass(frozen=True, slots=True)
class _Other:
    """A weapon to compare with: its number, or its row; its comparison key; what makes it the same."""

    name: str
    serial_key: str
    identity: Identity


class _Others:
    """Weapons of the register and of the rows above, by look-alike key with leading zeros aside."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[_Other]] = {}

    def add(self, other: _Other, near: str) -> None:
        self._by_key.setdefault(near, []).append(other)

    def beside(self, weapon: _Weapon, mine: Identity, itself: str) -> tuple[str, list[_Other]]:
        """Which other weapon is the same, and which have the same serial or one like it; `itself` does not count."""
        if not weapon.serial_key:
            return "", []
        others = [other for other in self._by_key.get(weapon.near, ()) if other.name != itself]
        twin = next((other.name for other in others if other.identity == mine), "")
        return twin, [other for other in others if other.identity != mine]


def _others(alike: Iterable[Standing]) -> _Others:
    others = _Others()
    for standing in alike:
        if not standing.text(WITHDRAWN):
            serial_key = comparison_key(standing.text("serial_raw"))
            others.add(
                _Other(standing.text("register_no"), serial_key, identity(serial_key, standing.fields)),
                zeros_aside(look_alike_key(standing.text("serial_raw"))),
            )
    return others


_TEXTS: Mapping[str, Text] = {
    "make": say("The make"),
    "model": say("The model"),
    "remarks": say("The remark"),
    "owner": say("The owner"),
}

_FIELD_OF: Mapping[str, str] = {
    "type_unknown": "type_code",
    "not_a_weapon": "type_code",
    "type_is_a_heading": "type_code",
    "calibre_missing": "calibre",
    "year_range": "year",
}
"""Which field of a list a rule about the whole description speaks of."""


def _status(values: Mapping[str, str]) -> SerialStatus:
    """The status that is given; else present where there is a number, and not known where there is none."""
    if written := values.get("serial_status", ""):
        return SerialStatus(_word(written))
    return SerialStatus.PRESENT if values.get("serial") else SerialStatus.UNKNOWN


def _word(choice: str) -> str:
    return choice.replace(" ", "_")


def _country(written: str) -> tuple[str, str]:
    """The present and the historic country that a code or an English name means; empty where it means none."""
    code, name = written.strip().upper(), written.strip().casefold()
    for one in countries():
        if not one.is_historic and (code in (one.alpha2, one.alpha3) or name == one.name.casefold()):
            return one.alpha2, ""
    found = historic_states(code)
    return "", code if len(found) == 1 else ""


def _no_country() -> Refusal:
    return Refusal(
        "country_unknown",
        say("That is no country the register knows."),
        do_now=say("Write its code of two letters, or translate it in the mapping."),
    )


def _no_type() -> Refusal:
    return Refusal(
        "type_missing",
        say("It says nowhere what type of weapon this is."),
        do_now=say("Name a column with type codes in the mapping, or one type for the whole list as a constant."),
    )
