"""What leaves the register: readable by anybody, complete, checkable, and without names unless asked for."""

from __future__ import annotations

import csv
import hashlib
import json
import tracemalloc
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fakes import lists
from fakes.depot import CHARTER, Depot, depot_in_memory, rifle_called
from fakes.outside import outside
from fakes.pictures_of import png
from muniment.bootstrap import create_register
from muniment.desk.attachments import attach_file
from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Deposition
from muniment.desk.hatch import Wanted, issue_item, quarantine
from muniment.desk.import_plan import Plan
from muniment.desk.importing import import_list
from muniment.desk.reading import name_of
from muniment.desk.register import Register
from muniment.desk.signing import sign_in
from muniment.desk.stock import register, register_quantity
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.attachments import Attachment, FileKind
from muniment.domain.custody.record import leaf_hash
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.ownership import LegalStatus
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import WeaponDescription
from muniment.domain.stock.weapon_fields import from_fields, to_fields
from muniment.exchange.drafts import draft_rows
from muniment.exchange.export_lists import ListKind
from muniment.exchange.exporting import DIGESTS, README, export_all, export_list
from muniment.exchange.importing import plan_list, read_list
from muniment.exchange.mapping import fields_of, suggest
from muniment.exchange.sheets import SheetRefused, read_table
from muniment.ports.audit import Stopped

SECRETS = ("Example Soldier", "Example Officer", "B-0001", "0001\r", '"0001"')


@pytest.fixture
def depot() -> Depot:
    made = depot_in_memory()
    register(made.desk, made.by_officer(), OLD, made.rack)
    register(made.desk, made.by_officer(), WORN, made.rack)
    return made


OLD = WeaponDescription(
    this_year=2026,
    type_code="SA-21",
    make="=Example & Sons",
    model="№ 4, “long”",
    calibres=(CalibreAs.from_written("7,62x54 R", primary=True),),
    country="FR",
    year=1916,
    serial="ЖЗ 00417-а",
    condition=Condition.BEYOND_REPAIR,
    legal_status=LegalStatus.PRIVATE_DEPOSIT,
    acquired_on=date(1999, 12, 31),
    remarks="-5 °C store, 'as found'",
)
WORN = WeaponDescription(
    this_year=2026,
    type_code="SA-12",
    make="Example Works",
    model="Model P",
    calibres=(CalibreAs.from_written("9x19mm", primary=True),),
    serial="12?45",
    serial_status=SerialStatus.PARTLY_LEGIBLE,
)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def described(values: dict[str, str]) -> WeaponDescription:
    """A weapon by what an import reads of its row."""
    return from_fields(
        {
            "taxonomy_code": values["type_code"],
            "make": values["make"],
            "model": values["model"],
            "calibres": [CalibreAs.from_written(values["calibre"], primary=True).to_group()],
            **{
                field: values[name]
                for field, name in (
                    ("country_of_manufacture", "country"),
                    ("serial_raw", "serial"),
                    ("acquired_on", "acquired_on"),
                    ("remarks", "remarks"),
                )
                if name in values
            },
            **({"year_of_manufacture": int(values["year"])} if "year" in values else {}),
            **{
                name: values[name].replace(" ", "_")
                for name in ("serial_status", "condition", "legal_status")
                if name in values
            },
        },
        this_year=2026,
    )


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".ods"])
def test_exported_weapons_are_read_back_as_they_were(depot: Depot, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"weapons{suffix}"
    assert export_list(depot.register, ListKind.WEAPONS, path).rows == 4
    table = read_table(path)
    mapping = suggest(table.headings, "weapons")
    assert mapping.columns == {name: name for name in fields_of("weapons")}
    drafts = draft_rows(table, mapping, list_name="export")
    assert [problem for problem in drafts.problems if not problem.notice] == []
    with depot.desk.look() as work:
        stored = [weapon.fields for weapon in work.every(Kind.WEAPON)]
        before = [to_fields(from_fields(fields, this_year=2026)) for fields in stored]
    assert [to_fields(described(dict(draft.values))) for draft in drafts.rows] == before
    assert {draft.values["place"] for draft in drafts.rows} == {"RACK1"}
    assert drafts.rows[0].values["register_no"] == "W-0000001"


def taken_in(source: Depot, target: Register, kind: ListKind, folder: Path) -> Plan:
    """Write a list out of one register and take it into another, by the headings alone."""
    path = folder / f"{kind}.csv"
    export_list(source.register, kind, path, with_names=True)
    reading = read_list(path, kind.value)
    # A number of one register means nothing in another, which gives its own.
    columns = {heading: name for heading, name in reading.mapping.columns.items() if name != "register_no"}
    reading = replace(reading, mapping=replace(reading.mapping, columns=columns))
    with target.desk.look() as work:
        plan = plan_list(reading, work, this_year=2026)
    if plan.entries:
        import_list(target.desk, Deposition(sign_in(target.desk, "officer", "correct horse")), plan)
    return plan


def test_a_register_written_out_can_be_taken_in_by_another(depot: Depot, tmp_path: Path) -> None:
    by = depot.by_officer()
    register_quantity(depot.desk, by, {"item_name": "RIFLE", "taxonomy_code": "SA-40"}, 7, depot.rack)
    issue_item(depot.desk, by, depot.rifle, Wanted(depot.soldier))
    target = create_register(":memory:", CHARTER, outside(depot.clock))
    for kind in (ListKind.PLACES, ListKind.PEOPLE, ListKind.WEAPONS, ListKind.HOLDINGS):
        plan = taken_in(depot, target, kind, tmp_path)
        # Officers of the example have no service number, by which a list would know them.
        assert {problem.kind for problem in plan.problems} <= ({"value_missing"} if kind is ListKind.PEOPLE else set())
    with depot.desk.look() as work:
        stored = [weapon.fields for weapon in work.every(Kind.WEAPON)]
        before = [to_fields(from_fields(fields, this_year=2026)) for fields in stored]
    with target.desk.look() as work:
        weapons = list(work.every(Kind.WEAPON))
        assert [to_fields(from_fields(weapon.fields, this_year=2026)) for weapon in weapons] == before
        holder = work.person_by("0001")
        assert weapons[0].where == holder
        assert {name_of(work, weapon.text("home")) for weapon in weapons} == {"RACK1"}
        assert [line.number("quantity") for line in work.every(Kind.LINE)] == [7]
    assert target.audit.verify(lambda _done, _all: True).breaks == ()


def test_what_is_taken_in_again_where_it_came_from_changes_nothing(depot: Depot, tmp_path: Path) -> None:
    path = tmp_path / "weapons.csv"
    export_list(depot.register, ListKind.WEAPONS, path)
    with depot.desk.look() as work:
        plan = plan_list(read_list(path, "weapons"), work, this_year=2026)
    assert (plan.entries, plan.problems) == ((), ())
    assert plan.totals.rows == {"already": 4}


def test_what_no_column_tells_stands_in_the_last_one(depot: Depot, tmp_path: Path) -> None:
    two = CalibreAs("9x19mm", "9x19", primary=True), CalibreAs("7.65x21mm")
    description = WeaponDescription(
        this_year=2026, type_code="SA-12", calibres=two, serial="EX-77", historic_country="SU", microstamp_code="K7"
    )
    register(depot.desk, depot.by_officer(), description, depot.rack)
    export_list(depot.register, ListKind.WEAPONS, tmp_path / "weapons.csv")
    rest = json.loads(read(tmp_path / "weapons.csv")[-1]["other_fields"])
    assert rest["historic_country_code"] == "SU"
    assert rest["microstamp_code"] == "K7"
    assert [entry["text"] for entry in rest["calibres"]] == ["9x19mm", "7.65x21mm"]


def test_a_weapon_somebody_has_is_listed_at_its_own_place(depot: Depot, tmp_path: Path) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    export_list(depot.register, ListKind.WEAPONS, tmp_path / "weapons.csv")
    first = read(tmp_path / "weapons.csv")[0]
    assert (first["place"], first["is_with"], first["custodian"]) == ("RACK1", depot.soldier, "")


def test_names_leave_only_when_asked_for_and_a_notice_says_so(depot: Depot, tmp_path: Path) -> None:
    without = export_list(depot.register, ListKind.PEOPLE, tmp_path / "people.csv")
    assert not any(secret in (tmp_path / "people.csv").read_text(encoding="utf-8-sig") for secret in SECRETS)
    assert without.notices == ()
    named = export_list(depot.register, ListKind.PEOPLE, tmp_path / "named.csv", with_names=True)
    row = next(row for row in read(tmp_path / "named.csv") if row["service_no"])
    assert (row["name"], row["card_code"], row["valid_until"]) == ("Example Soldier", "B-0001", "2027-06-30")
    notice = (tmp_path / "named.csv.notice.txt").read_text(encoding="utf-8")
    assert "names persons" in notice
    assert notice.strip() == str(named.notices[0])


def test_no_stored_secret_leaves_with_the_people(depot: Depot, tmp_path: Path) -> None:
    for with_names in (False, True):
        path = tmp_path / f"people-{with_names}.json"
        export_list(depot.register, ListKind.PEOPLE, path, with_names=with_names)
        assert "sha256" not in path.read_text(encoding="utf-8")


def test_records_withdrawn_and_lines_worked_off_are_left_to_the_facts(depot: Depot, tmp_path: Path) -> None:
    register(depot.desk, depot.by_officer(act="slip"), rifle_called("EX-WRONG"), depot.rack)
    take_back_act(depot.desk, depot.by_officer(second=True, reason="typed wrong"), "slip")
    made = export_list(depot.register, ListKind.WEAPONS, tmp_path / "weapons.csv")
    assert made.rows == 4
    assert "1 records are withdrawn" in str(made.notices[0])


def test_everything_goes_into_a_folder_that_checks_itself(depot: Depot, tmp_path: Path) -> None:
    register_quantity(depot.desk, depot.by_officer(), {"item_name": "RIFLE", "taxonomy_code": "SA-40"}, 7, depot.rack)
    quarantine(depot.desk, depot.by_officer(reason="cracked"), depot.pistol)
    folder = tmp_path / "out"
    export_all(depot.register, folder)
    listed = dict(line.split("  ", 1)[::-1] for line in (folder / DIGESTS).read_text(encoding="utf-8").splitlines())
    assert set(listed) == {path.name for path in folder.iterdir()} - {DIGESTS}
    for name, digest in listed.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert read(folder / "holdings.csv")[0]["quantity"] == "7"
    assert {row["code"] for row in read(folder / "places.csv")} >= {"DEPOT", "RACK1", "Q"}
    readme = (folder / README).read_text(encoding="utf-8")
    assert "Depot Example" in readme
    assert "not named" in readme
    everything = b"".join(path.read_bytes() for path in folder.iterdir()).decode()
    assert not any(secret in everything for secret in SECRETS)


def test_photographs_leave_only_with_the_names(depot: Depot, tmp_path: Path) -> None:
    picture = png("example")
    attach_file(depot.desk, depot.by_officer(), depot.rifle, Attachment(FileKind.PHOTOGRAPH), picture)
    made = export_all(depot.register, tmp_path / "without")
    assert not (tmp_path / "without" / "files").exists()
    assert "1 photographs" in str(made[-1].notices[-1])
    export_all(depot.register, tmp_path / "with", with_names=True)
    (kept,) = (tmp_path / "with" / "files").iterdir()
    assert kept.read_bytes() == picture
    assert kept.name == hashlib.sha256(picture).hexdigest() + ".png"


def test_the_facts_are_the_very_bytes_of_the_ledger(depot: Depot, tmp_path: Path) -> None:
    export_list(depot.register, ListKind.FACTS, tmp_path / "facts.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
    with depot.desk.look() as work:
        head = work.head()
    assert [line["seq"] for line in lines] == list(range(1, head.size + 1))
    assert all(leaf_hash(line["record"].encode()).hex() == line["leaf"] for line in lines)
    assert [json.loads(line["record"])["prev"] for line in lines[1:]] == [line["leaf"] for line in lines[:-1]]
    assert lines[-1]["leaf"] == head.leaf.hex()


def test_nothing_is_written_over_what_lies_in_a_folder(depot: Depot, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("old", encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        export_all(depot.register, tmp_path)
    assert refusal.value.rule == "folder_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]


def test_an_unknown_suffix_is_refused_and_leaves_nothing(depot: Depot, tmp_path: Path) -> None:
    with pytest.raises(SheetRefused):
        export_list(depot.register, ListKind.WEAPONS, tmp_path / "weapons.doc")
    assert list(tmp_path.iterdir()) == []


def test_memory_does_not_grow_with_the_list(depot: Depot, tmp_path: Path) -> None:
    by_officer = depot.by_officer()

    def peak() -> int:
        tracemalloc.start()
        for kind in (ListKind.FACTS, ListKind.WEAPONS):
            export_list(depot.register, kind, tmp_path / f"{kind}.csv")
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high

    def take_in(count: int, letter: str) -> None:
        for number in range(count):
            register(depot.desk, by_officer, rifle_called(f"EX-{letter}{number:05d}"), depot.rack)

    take_in(600, "A")
    once = peak()
    take_in(1200, "B")
    assert peak() < 1.3 * once


def test_an_export_that_is_stopped_leaves_no_file(depot: Depot, tmp_path: Path) -> None:
    seen: list[int] = []
    rows = [lists.weapon(f"EX-{number:05d}") for number in range(600)]
    lists.taken_in(depot, lists.reading(lists.WEAPONS, rows))

    def stop(written: int) -> bool:
        seen.append(written)
        return False

    with pytest.raises(Stopped):
        export_list(depot.register, ListKind.WEAPONS, tmp_path / "weapons.csv", written=stop)
    with pytest.raises(Stopped):
        export_all(depot.register, tmp_path / "all", written=stop)
    assert seen == [500, 500]
    assert sorted(one.name for one in tmp_path.rglob("*")) == []
