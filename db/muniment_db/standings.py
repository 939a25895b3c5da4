"""What stands in a register, read on one open transaction; what was read once is remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, func, select

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import code_form
from muniment.domain.stock.free_text import in_one_form
from muniment.domain.stock.serial import comparison_key
from muniment.ports.work import Borne
from muniment_db import bulk
from muniment_db.prepared import Prepared
from muniment_db.projection import standing_in, standing_of
from muniment_db.tables import AWAITED, projections

_PAGE = 500
_REMEMBERED = 20_000
"""So many standings a long transaction keeps in memory."""
_by_subject = {
    kind: Prepared(select(table).where(table.c.subject == bindparam("wanted"))) for kind, table in projections.items()
}
_highest = {
    kind: Prepared(select(func.max(table.c.number))) for kind, table in projections.items() if "number" in table.c
}
_code = projections[Kind.CODE]
_bound = Prepared(select(_code.c.bound).where(_code.c.code == bindparam("wanted"), _code.c.bound != ""))
_codes_of = Prepared(select(_code.c.code).where(_code.c.bound == bindparam("wanted")).order_by(_code.c.subject))
_place = projections[Kind.PLACE]
_place_coded = Prepared(
    select(_place).where(_place.c.code_key == bindparam("wanted"), _place.c.withdrawn == "").order_by(_place.c.subject)
)
_place_of_kind = Prepared(
    select(_place)
    .where(_place.c.place_kind == bindparam("wanted"), _place.c.withdrawn == "")
    .order_by(_place.c.subject)
    .limit(1)
)
_weapon = projections[Kind.WEAPON]
_issued_since = Prepared(
    select(func.count()).where(_weapon.c.issued_at >= bindparam("since"), _weapon.c.issued_at <= bindparam("until"))
)
_NEVER = "9999"
"""Later than every moment that `stamp` writes."""
_models_borne = (
    select(
        _weapon.c.make,
        _weapon.c.model,
        _weapon.c.taxonomy_code,
        _weapon.c.calibre,
        func.count(),
        func.min(_weapon.c.subject),
    )
    .where(_weapon.c.withdrawn == "")
    .group_by(_weapon.c.make, _weapon.c.model, _weapon.c.taxonomy_code, _weapon.c.calibre)
    .order_by(_weapon.c.make, _weapon.c.model, func.count().desc(), func.min(_weapon.c.subject))
)
_case = projections[Kind.CASE]
_open_cases = Prepared(select(_case).where(_case.c.concerns == bindparam("concerns"), _case.c.state == "open"))
_cases_about = select(_case).where(_case.c.concerns == bindparam("concerns")).order_by(_case.c.subject)
_unsettled = select(_case).where(_case.c.state == "open").order_by(_case.c.subject)
_kit = projections[Kind.KIT]
_component = projections[Kind.COMPONENT]
_fitted = Prepared(select(_component).where(_component.c.where == bindparam("weapon")).order_by(_component.c.number))
_LETTERS = {
    "W": Kind.WEAPON,
    "C": Kind.COMPONENT,
    "L": Kind.LINE,
    "R": Kind.RECEIPT,
    "K": Kind.KIT,
    "T": Kind.SHIPMENT,
    "A": Kind.ARRIVAL,
    "CASE": Kind.CASE,
    "M": Kind.MODEL,
}
_FOLLOWED = (Kind.WEAPON, Kind.COMPONENT)
_ITEMS = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE)
_at = [
    Prepared(
        select(projections[kind])
        .where(projections[kind].c.where == bindparam("there"))
        .order_by(projections[kind].c.number)
    )
    for kind in _ITEMS
]
_all_of = {kind: Prepared(select(table).order_by(table.c.subject)) for kind, table in projections.items()}


class Standings:
    """The part of `muniment.ports.work.Work` that says what stands."""

    def __init__(self, connection: sa.Connection) -> None:
        self._db = connection
        self._seen: dict[Subject, Standing | None] = {}

    def standings(self, subjects: Collection[Subject]) -> Mapping[Subject, Standing]:
        """What is true of several subjects."""
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        unseen = [subject for subject in subjects if subject not in self._seen]
        found = bulk.standings(self._db, unseen)
        for subject in unseen:
            self._seen[subject] = found.get(subject)
        return {subject: seen for subject in subjects if (seen := self._seen[subject]) is not None}

    def imported(self, keys: Collection[str]) -> list[Standing]:
        """What came from lines with these keys."""
        return bulk.imported(self._db, keys)

    def booked(self, numbers: Collection[str]) -> list[Standing]:
        """Weapons with one of these old numbers."""
        return bulk.booked(self._db, numbers)

    def looking_alike_any(self, look_alike_keys: Collection[str]) -> list[Standing]:
        """Items with one of these coarser keys, or one that differs from it in leading zeros at most."""
        return bulk.looking_alike(self._db, look_alike_keys)

    def in_use(self, subjects: Collection[Subject]) -> set[Subject]:
        """Those at which something is."""
        return bulk.in_use(self._db, subjects)

    def standing(self, subject: Subject) -> Standing | None:
        """What is true of a subject."""
        if subject not in self._seen:
            row = _by_subject[kind_of(subject)].row(self._db, wanted=subject)
            self._seen[subject] = standing_in(row) if row else None
        return self._seen[subject]

    def next_number(self, kind: Kind) -> int:
        """One more than the highest so far."""
        return (_highest[kind].value(self._db) or 0) + 1

    def bound_to(self, code: str) -> Subject | None:
        """What a code is bound to now."""
        bound = _bound.value(self._db, wanted=in_one_form(code)) if _can_stand(code) else None
        return Subject(bound) if bound else None

    def codes_of(self, thing: Subject) -> list[str]:
        """The codes bound to a thing."""
        return _codes_of.column(self._db, wanted=thing)

    def place_coded(self, code: str) -> Standing | None:
        """The place with this code, by the index on its folded form."""
        row = _place_coded.row(self._db, wanted=code_form(code)) if _can_stand(code) else None
        return standing_in(row) if row else None

    def place_of_kind(self, kind: str) -> Standing | None:
        """The first place of a kind; subjects sort by the time they were made."""
        row = _place_of_kind.row(self._db, wanted=kind)
        return standing_in(row) if row else None

    def numbered(self, register_no: str) -> Standing | None:
        """The item with this register number, by the running number in it."""
        letter, _, digits = register_no.partition("-")
        kind = _LETTERS.get(letter)
        if kind is None or not digits.isdecimal() or not digits.isascii() or len(digits) > 15:
            return None
        table = projections[kind]
        found = self._all(select(table).where(table.c.number == int(digits)))
        return found[0] if found else None

    def same_serial(self, comparison_key: str) -> list[Standing]:
        """Items with this comparison key."""
        return self._with("serial_key", comparison_key) if _can_stand(comparison_key) else []

    def at(self, where: Subject) -> list[Standing]:
        """Items that are there."""
        return [standing_in(row) for wanted in _at for row in wanted.rows(self._db, there=where)]

    def fitted_to(self, weapon: Subject) -> list[Standing]:
        """Components on a weapon."""
        return [standing_in(row) for row in _fitted.rows(self._db, weapon=weapon)]

    def search(self, text: str, most: int) -> list[Standing]:
        """Exact numbers first, then serials that contain the text."""
        if not _can_stand(text):
            return []
        key = comparison_key(text)
        wanted = text.strip()
        bound = self.bound_to(wanted)
        found = {bound: self.standing(bound)} if bound else {}
        for kind in (Kind.WEAPON, Kind.COMPONENT):
            table = projections[kind]
            exact = table.c.register_no == wanted.upper()
            part = table.c.serial_key.contains(key, autoescape=True) if key else sa.false()
            rows = select(table).where(sa.or_(exact, part)).order_by(table.c.number).limit(most)
            found |= {standing.subject: standing for standing in self._all(rows)}
        ranked = sorted(
            (standing for standing in found.values() if standing is not None),
            key=lambda s: (
                s.subject != bound,
                comparison_key(s.text("serial_raw")) != key,
                s.number("number"),
            ),
        )
        return ranked[:most]

    def issued_since(self, stamped: str, until: str = "") -> int:
        """How many weapons went out since."""
        return int(_issued_since.value(self._db, since=stamped, until=until or _NEVER))

    def open_cases(self, concerns: Subject) -> list[Standing]:
        """Open cases about a subject."""
        return [standing_in(row) for row in _open_cases.rows(self._db, concerns=concerns)]

    def cases_about(self, concerns: Subject) -> list[Standing]:
        """Cases about a subject; subjects sort by the time they were made."""
        rows = self._db.execute(_cases_about, {"concerns": concerns}).mappings()
        return [standing_of(dict(row)) for row in rows]

    def unsettled(self) -> list[Standing]:
        """Open cases; subjects sort by the time they were made."""
        return self._all(_unsettled)

    def out(self, *, held_as: str = "", due_before: str = "") -> list[Standing]:
        """What is handed out, by the index on the moment of issue or the moment due."""
        found: list[Standing] = []
        for kind in _FOLLOWED:
            table = projections[kind]
            if due_before:
                wanted = select(table).where(AWAITED, table.c.due_at < due_before)
            else:
                wanted = select(table).where(table.c.issued_at != "")
            found += self._all(wanted.where(table.c.held_as == held_as) if held_as else wanted)
        return sorted(found, key=lambda item: (not item.text("due_at"), item.text("due_at"), item.text("register_no")))

    def quarantined(self) -> list[Standing]:
        """What is set apart."""
        return [
            standing
            for kind in _FOLLOWED
            for standing in self._all(
                select(projections[kind])
                .where(projections[kind].c.quarantine != "")
                .order_by(projections[kind].c.number)
            )
        ]

    def kits_at(self, where: Subject) -> list[Standing]:
        """Kits that are there."""
        return self._all(select(_kit).where(_kit.c.where == where).order_by(_kit.c.number))

    def all_of(self, kind: Kind) -> list[Standing]:
        """Every subject of a kind."""
        return [standing_in(row) for row in _all_of[kind].rows(self._db)]

    def every(self, kind: Kind) -> Iterator[Standing]:
        """Every subject of a kind, a few hundred at a time; subjects sort by the time they were made."""
        table, last = projections[kind], ""
        page = select(table).where(table.c.subject > bindparam("last")).order_by(table.c.subject).limit(_PAGE)
        while rows := self._db.execute(page, {"last": last}).mappings().all():
            yield from (standing_of(dict(row)) for row in rows)
            last = rows[-1]["subject"]

    def holding(self, holders: Kind | None = None) -> Mapping[str, int]:
        """How many items are where, at things of one kind or at all."""
        found: Counter[str] = Counter()
        for kind in _ITEMS:
            where = projections[kind].c.where
            # A name begins with its kind and a stroke; "0" comes next after that.
            there = where > "" if holders is None else sa.and_(where > f"{holders}/", where < f"{holders}0")
            for row in self._db.execute(select(where, func.count()).where(there).group_by(where)):
                found[row[0]] += row[1]
        return found

    def models_borne(self) -> list[Borne]:
        """The makes and models that weapons bear, counted by the database."""
        return [Borne(*row) for row in self._db.execute(_models_borne)]

    def _with(self, column: str, value: str) -> list[Standing]:
        if not value:
            return []
        return [
            standing
            for kind in (Kind.WEAPON, Kind.COMPONENT)
            for standing in self._all(
                select(projections[kind])
                .where(projections[kind].c[column] == value)
                .order_by(projections[kind].c.number)
            )
        ]

    def _all(self, wanted: sa.Select[Any]) -> list[Standing]:
        return [standing_of(dict(row)) for row in self._db.execute(wanted).mappings()]


def _can_stand(text: str) -> bool:
    """Whether a text can stand in a column on every engine; what cannot, such as a scanned NUL, leads to nothing."""
    if text.isprintable():
        return True
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
