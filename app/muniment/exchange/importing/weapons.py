"""Planning a list of weapons: each row a weapon, or a better description of one that is known by its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import msgspec

from muniment.desk.import_plan import RowNote, StockChange, StockEntry
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Value
from muniment.domain.custody.importing import BOOK_NO, Identity
from muniment.domain.custody.list_rules import better_by_list, listed_twin
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.serial import SerialStatus, coarser, comparison_key, serial_by_status
from muniment.exchange.drafts import Draft
from muniment.exchange.importing.alike import OWN, AlikeRows, describe, word
from muniment.exchange.importing.beside import Other, Others
from muniment.exchange.importing.known_weapons import KnownWeapons
from muniment.exchange.importing.model_names import ListedNames
from muniment.exchange.importing.rows import Making
from muniment.exchange.mapping import fields_of

_APART = frozenset({"serial", "serial_status", "register_no", "place", "custodian"})
"""Values that differ from row to row; all others together describe many weapons alike."""

_SHARED = tuple(name for name in fields_of("weapons") if name not in _APART)

_CALIBRE = _SHARED.index("calibre")

_TOLD = 3
"""Other weapons named in one notice."""


class _Weapon(msgspec.Struct, frozen=True):
    """A row that describes a weapon properly. `number` is the one that the list gives it, empty where it gives none."""

    draft: Draft
    number: str
    fields: dict[str, Value]
    identity: Identity
    look_alike: str
    place: Subject
    holder: Subject | None

    @property
    def serial_key(self) -> str:
        """The comparison key; empty where there is no serial."""
        return self.identity[0]


def plan_weapons(making: Making, drafts: Iterable[Draft]) -> None:
    """Add the entries of a list of weapons."""
    _Planner(making).plan(list(drafts))


class _Planner:
    def __init__(self, making: Making) -> None:
        self._making = making
        self._alike: dict[tuple[str | None, ...], AlikeRows] = {}
        self._people: dict[str, Subject | None] = {}
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
        alike = making.work.looking_alike_any({weapon.look_alike for weapon in weapons})
        numbers = {weapon.number for weapon in weapons if weapon.number}
        known_ones = KnownWeapons(making.work, making.list_name, numbers, alike, by_serial=making.by_serial)
        others = Others(alike)
        for weapon in weapons:
            try:
                own = known_ones.meant(weapon)
            except Refusal as refusal:
                making.refused(weapon.draft, "serial", refusal)
                making.left_out(weapon.draft)
                continue
            self._enter(weapon, own, others)
        making.notices += self._vague()
        for rows in self._alike.values():
            self._names.count(rows.make, rows.model, rows.rows)
        making.notices += self._names.notices()

    def _vague(self) -> Iterator[RowNote]:
        vague: Counter[str] = Counter()
        for shared, alike in self._alike.items():
            if alike.vague:
                vague[shared[_CALIBRE] or ""] += alike.rows
        for text, rows in vague.items():
            if rows:
                says = say(
                    "The calibre “{text}” fits several; it is kept as written in {rows} rows.", text=text, rows=rows
                )
                yield RowNote(f"calibre “{text}”", says, "calibre_ambiguous")

    def _enter(self, weapon: _Weapon, own: Standing | None, others: Others) -> None:
        making, draft = self._making, weapon.draft
        number, mine = weapon.number, weapon.identity
        itself = own.text("register_no") if own is not None else ""
        one_row = itself or number
        if one_row and (above := self._above.setdefault(one_row, draft.row_number)) != draft.row_number:
            says = say("{row} speaks of “{number}” already.", number=one_row, row=making.where.of_row(above))
            making.problem(draft, "register_no" if number else "serial", says, "number_twice")
            making.left_out(draft)
            return
        if own is not None:
            change = self._change(weapon, own)
            if change is None:
                making.tally.count("already")
                return
        else:
            change = None
            if number.startswith("W-"):
                says = say(
                    "No weapon of the register has the number {number}. Leave this column out where the list is another"
                    " register's.",
                    number=number,
                )
                making.problem(draft, "register_no", says, "unknown_number")
                making.left_out(draft)
                return
            if number:
                weapon.fields[BOOK_NO] = number
        twin, near = others.beside(mine, weapon.look_alike, itself)
        objections = [("serial", listed_twin(self._called(twin)))] if twin else []
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
        if near:
            self._tell_near(draft, near)
        if weapon.serial_key:
            others.add(Other("", draft.row_number, mine), weapon.look_alike)
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
        kept = () if weapon.number else OWN  # found by its serial, which stays as it was read from the metal
        said = {name: value for name, value in weapon.fields.items() if name not in kept}
        sets = {name: value for name, value in said.items() if own.fields.get(name) != value}
        drops = tuple(name for name in OWN if not kept and name in own.fields and name not in weapon.fields)
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

    def _called(self, other: Other) -> str:
        return other.number or self._making.where.of_row(other.row)

    def _tell_near(self, draft: Draft, near: list[Other]) -> None:
        key = comparison_key(draft.values.get("serial", ""))
        same = [self._called(other) for other in near if other.serial_key == key]
        alike = [self._called(other) for other in near if other.serial_key != key]
        if same:
            says = say("{others}: the same serial on another model.", others=", ".join(same[:_TOLD]))
            if not draft.values.get("register_no") and any(other.number for other in near):
                says = say(
                    "{others}: the same serial on another model. If it is the same weapon, write its register number"
                    " into the row.",
                    others=", ".join(same[:_TOLD]),
                )
            self._making.notice(draft, "serial", says, "same_serial")
        if alike:
            says = say("{others}: a serial that is easily taken for this one.", others=", ".join(alike[:_TOLD]))
            self._making.notice(draft, "serial", says, "looks_alike")

    def _weapon(self, draft: Draft) -> _Weapon | None:
        """The weapon a row describes; nothing, and problems, where it cannot be one."""
        making, values = self._making, draft.values
        shared = tuple(map(values.get, _SHARED))
        alike = self._alike.get(shared)
        if alike is None:
            alike = self._alike[shared] = describe(values, making.this_year, self._names)
        for name, refusal in alike.wrong:
            making.refused(draft, name, refusal)
        serial, status = values.get("serial", ""), _status(values)
        fine = not alike.wrong
        try:
            serial = serial_by_status(serial, status)
        except Refusal as refusal:
            making.refused(draft, "serial", refusal)
            fine = False
        place, holder = making.place(draft), self._holder(draft)
        if not fine or place is None or (holder is None and values.get("custodian")):
            return None
        if status is SerialStatus.UNKNOWN and "serial_status" not in values:
            says = say("No serial number is given; it is taken in as not known.")
            making.notice(draft, "serial", says, "serial_missing")
        alike.rows += 1
        fields: dict[str, Value] = {**alike.fields, "serial_status": status.value}
        key = ""
        if serial:
            fields["serial_raw"] = serial
            key = comparison_key(serial)
        number = values.get("register_no", "")
        return _Weapon(draft, number, fields, (key, *alike.kind), coarser(key), place, holder)

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


def _status(values: Mapping[str, str]) -> SerialStatus:
    """The status that is given; else present where there is a number, and not known where there is none."""
    if written := values.get("serial_status", ""):
        return SerialStatus(word(written))
    return SerialStatus.PRESENT if values.get("serial") else SerialStatus.UNKNOWN
