from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.stock.designation import classify
from muniment.domain.stock.taxonomy import weapon_type

LIST = Path(__file__).parents[4] / "shared" / "data" / "ks_1033_data.csv"

# Names, supply classes and quantities of a published list of surplus, as far as they come near a weapon.
SURPLUS = [
    ("RIFLE,5.56 MILLIMETER", "1005", 962),
    ("RIFLE,7.62 MILLIMETER", "1005", 245),
    ("PISTOL,CALIBER .45,AUTOMATIC", "1005", 215),
    ("SHOTGUN,12 GAGE,RIOT TYPE", "1005", 3),
    ("MAGAZINE,CARTRIDGE", "1005", 100),
    ("LAUNCHER,GRENADE", "1010", 2),
    ("CAMOUFLAGE NET SYSTEM,RADAR SCATTERING", "1080", 1),
    ("SIGHT,REFLEX", "1240", 17),
    ("BINOCULAR", "1240", 6),
    ("ROBOT,EXPLOSIVE ORDNANCE DISPOSAL", "1385", 14),
    ("TRUCK,ARMORED", "2320", 3),
    ("TRUCK,UTILITY", "2320", 29),
    ("MINE RESISTANT VEHICLE", "2355", 4),
    ("ONLY COMPLETE COMBAT/ASSAULT/TACTICAL WHEELED VEHICLES", "2355", 1),
    ("DOOR,VEHICULAR", "2510", 20),
    ("ILLUMINATOR,INFRARED", "5855", 6),
    ("VIEWER,NIGHT VISION", "5855", 7),
    ("ASSAULT PACK", "8465", 25),
    ("CARRIER,SMALL ARMS PROTECTIVE BODY ARMOR", "8470", 10),
    ("", "6910", 10),
]


@pytest.mark.parametrize(
    ("name", "supply_class", "code", "calibre"),
    [
        ("RIFLE,5.56 MILLIMETER", "1005", "SA-20", "5.56 MILLIMETER"),
        ("RIFLE,7.62 MILLIMETER", "1005-00-589-1271", "SA-20", "7.62 MILLIMETER"),
        ("PISTOL,CALIBER .45,AUTOMATIC", "1005", "SA-10", "CALIBER .45"),
        ("SHOTGUN,12 GAGE,RIOT TYPE", "1005", "SA-60", "12 GAGE"),
        ("LAUNCHER,GRENADE", "1010", "LW-20", ""),
        ("REVOLVER,CALIBER .38 SPECIAL", "1005", "SA-11", "CALIBER .38 SPECIAL"),
        ("MACHINE GUN,7.62 MILLIMETER", "1005", None, "7.62 MILLIMETER"),
        ("MACHINE GUN,LIGHT,5.56 MILLIMETER", "1005", "SA-50", "5.56 MILLIMETER"),
        ("SUBMACHINE GUN,9 MILLIMETER", "", "SA-30", "9 MILLIMETER"),
        ("rifle, 7,62 mm", "1005", "SA-20", "7,62 mm"),
        ("RIFLE,106 MILLIMETER,RECOILLESS", "1015", "LW-50", ""),
        ("MORTAR,60 MILLIMETER", "1010", "LW-80", "60 MILLIMETER"),
        ("MORTAR,120 MILLIMETER", "1015", None, ""),
        ("LAUNCHER,GRENADE,40 MILLIMETER", "1010", "LW-20", "40 MILLIMETER"),
    ],
)
def test_a_weapon_is_named_no_finer_than_its_words(
    name: str, supply_class: str, code: str | None, calibre: str
) -> None:
    found = classify(name, supply_class)
    assert (found.type_code, found.calibre, found.is_weapon) == (code, calibre, True)


@pytest.mark.parametrize(
    ("name", "supply_class"),
    [
        ("MAGAZINE,CARTRIDGE", "1005"),
        ("BARREL,MACHINE GUN", "1005"),
        ("BOLT,BREECH", "1005"),
        ("SLING,SMALL ARMS", "1005"),
        ("TRIPOD,MACHINE GUN", "1005"),
        ("BAYONET", ""),
        ("TRUCK,UTILITY", "2320"),
        ("ROBOT,EXPLOSIVE ORDNANCE DISPOSAL", "1385"),
        ("CAMOUFLAGE NET SYSTEM,RADAR SCATTERING", "1080"),
    ],
)
def test_what_is_no_weapon_is_said_to_be_none(name: str, supply_class: str) -> None:
    assert classify(name, supply_class).is_weapon is False


@pytest.mark.parametrize(
    ("name", "supply_class"),
    [
        ("", "1005"),
        ("GADGET,LONG", "1005"),
        ("LAUNCHER,ROCKET", "1055"),
        ("PISTOL,SIGNAL", "1095"),
        ("RIFLE,TRAINING,DUMMY", "1005"),
        ("RIFLE BARREL ASSEMBLY", "1005"),
        ("PISTOL,GREASE", "4930"),
        ("TRUCK,UTILITY", ""),
        ("RIFLES", "1005"),
    ],
)
def test_what_the_name_leaves_open_stays_open(name: str, supply_class: str) -> None:
    found = classify(name, supply_class)
    assert found.type_code is None
    assert found.is_weapon is None


def test_a_magazine_is_told_from_a_gun_by_its_name_and_not_by_its_class() -> None:
    found = classify("MAGAZINE,CARTRIDGE", "1005")
    assert found.type_code is None
    assert "MAGAZINE" in str(found.why)


def counted(lines: list[tuple[str, str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, supply_class, quantity in lines:
        verdict = classify(name, supply_class)
        if verdict.is_weapon:
            found["weapons"] += quantity
            if verdict.type_code is not None:
                found[weapon_type(verdict.type_code).group] += quantity
                found[f"{verdict.type_code} {verdict.calibre}"] += quantity
        elif name == "MAGAZINE,CARTRIDGE":
            found["magazines"] += quantity
        if verdict.is_weapon is None and name:
            found["open"] += quantity
    return found


TOTALS = {
    "weapons": 1427,
    "SA": 1425,
    "LW": 2,
    "SA-20 5.56 MILLIMETER": 962,
    "SA-20 7.62 MILLIMETER": 245,
    "SA-10 CALIBER .45": 215,
    "SA-60 12 GAGE": 3,
    "LW-20 ": 2,
    "magazines": 100,
}


def test_the_surplus_list_comes_out_to_the_weapon() -> None:
    assert counted(SURPLUS) == TOTALS


def test_the_published_list_itself_comes_out_to_the_weapon() -> None:
    if not LIST.exists():
        pytest.skip(f"NOT RUN: {LIST.name} is not beside this checkout, only its copied names were tried")
    with LIST.open(encoding="utf-8") as file:
        lines = [(r["item_name"], r["federal_supply_class"], int(r["quantity"])) for r in csv.DictReader(file)]
    assert len(lines) == 1575
    assert counted(lines) == TOTALS


@given(st.text(max_size=60), st.text(max_size=12))
def test_no_name_is_too_strange_to_be_looked_at(name: str, supply_class: str) -> None:
    found = classify(name, supply_class)
    assert found.type_code is None or weapon_type(found.type_code)
