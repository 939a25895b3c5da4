"""Lists as a depot might hand them in, with invented contents."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path

from fakes.depot import Depot
from muniment.desk.import_plan import Plan
from muniment.desk.importing import Imported, Progress, import_list, keep_on
from muniment.domain.basics.identity import Kind
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.exchange.importing import ListReading, plan_list
from muniment.exchange.mapping import ListMapping
from muniment.exchange.sheets import Cell, Row, Table

WEAPONS = ListMapping(
    "weapons",
    columns={
        "no": "register_no",
        "type": "type_code",
        "make": "make",
        "model": "model",
        "calibre": "calibre",
        "serial": "serial",
        "place": "place",
        "remarks": "remarks",
    },
    constants={"condition": "serviceable"},
)
HOLDINGS = ListMapping(
    "holdings",
    columns={"nsn": "nsn", "item": "item_name", "qty": "quantity", "ui": "unit_of_issue", "county": "remarks"},
)
PEOPLE = ListMapping(
    "people",
    columns={
        "number": "service_no",
        "name": "name",
        "rank": "rank",
        "unit": "unit",
        "card": "card_code",
        "covers": "certificate_kind",
        "until": "valid_until",
    },
)
PLACES = ListMapping("places", columns={"code": "code", "name": "name", "kind": "kind", "in": "parent_code"})


def reading(mapping: ListMapping, rows: Sequence[Sequence[str]], name: str = "old book") -> ListReading:
    """A list of rows whose cells are in the order of the mapping's columns."""
    made = tuple(Row(number, tuple(Cell(cell) for cell in row)) for number, row in enumerate(rows, 2))
    sha256 = hashlib.sha256(repr(rows).encode()).hexdigest()
    table = Table("list.csv", sha256, "csv", "", "utf-8", ",", tuple(mapping.columns), 1, made, ())
    return ListReading(table, mapping, name)


def weapon(serial: str = "EX-10", **other: str) -> tuple[str, ...]:
    usual = {
        "no": "",
        "type": "SA-40",
        "make": "Example Works",
        "model": "Model X",
        "calibre": "5.56x45mm",
        "serial": serial,
        "place": "RACK1",
        "remarks": "",
    }
    return tuple({**usual, **other}.values())


def holding(item: str = "RIFLE,5.56 MILLIMETER", qty: str = "1", **other: str) -> tuple[str, ...]:
    usual = {"nsn": "1005-00-000-0001", "item": item, "qty": qty, "ui": "each", "county": "EXAMPLE"}
    return tuple({**usual, **other}.values())


def person(number: str = "0100", **other: str) -> tuple[str, ...]:
    usual = {
        "number": number,
        "name": f"Example {number}",
        "rank": "",
        "unit": "",
        "card": "",
        "covers": "",
        "until": "",
    }
    return tuple({**usual, **other}.values())


def planned(depot: Depot, listed: ListReading, place: str = "RACK1", overrides: Sequence[str] = ()) -> Plan:
    with depot.desk.look() as work:
        return plan_list(listed, work, this_year=2026, default_place=place, overrides=overrides)


def taken_in(
    depot: Depot, listed: ListReading, overrides: Sequence[str] = (), progress: Progress = keep_on
) -> Imported:
    by = depot.by_officer(reason="old book taken over", second=bool(overrides), overrides=frozenset(overrides))
    return import_list(depot.desk, by, planned(depot, listed, overrides=overrides), progress=progress)


def standing_of(depot: Depot, kind: Kind) -> list[Standing]:
    """Everything of a kind that was not withdrawn, in order of number."""
    with depot.desk.look() as work:
        found = [one for one in work.every(kind) if not one.text(WITHDRAWN)]
    return sorted(found, key=lambda one: one.number("number"))


def write_csv(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(headings)
        writer.writerows(rows)
    return path
