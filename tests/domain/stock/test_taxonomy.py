from __future__ import annotations

import csv
from pathlib import Path

import pytest

from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.taxonomy import (
    Family,
    final_types,
    finer_types,
    is_weapon,
    is_within,
    weapon_type,
    weapon_types,
)
from muniment.domain.stock.taxonomy_names import NAMES

REFERENCE = Path(__file__).parents[4] / "shared" / "standards" / "weapon_taxonomy.csv"


def test_every_type_has_a_name_and_every_name_a_type() -> None:
    assert weapon_types().keys() == NAMES.keys()
    assert len({str(name) for name in NAMES.values()}) == len(NAMES)


def test_every_type_hangs_on_the_tree() -> None:
    for kind in weapon_types().values():
        assert not kind.parent or kind.parent in weapon_types()
        assert kind.level >= 1
        assert is_within(kind.code, kind.code)


def test_a_final_type_has_a_risk_tier_and_a_weapon_says_whether_it_is_numbered() -> None:
    for kind in final_types():
        assert kind.risk_tier in {1, 2, 3, 4}
        assert kind.serialised is not None


@pytest.mark.parametrize("code", ["PT", "PT-01", "PT-02", "PT-05", "PT-07", "AC-01"])
def test_a_part_or_accessory_is_never_a_weapon(code: str) -> None:
    assert not is_weapon(code)
    assert not weapon_type(code).counts_for_indicator


@pytest.mark.parametrize("code", ["SA-20", "SA-12", "SA-60", "LW-20", "SA-91", "SA-24"])
def test_a_weapon_is_a_weapon(code: str) -> None:
    assert is_weapon(code)
    assert weapon_type(code).counts_for_indicator


@pytest.mark.parametrize("code", ["SA-94", "SA-95"])
def test_deactivated_and_antique_weapons_stay_out_of_the_indicator(code: str) -> None:
    assert is_weapon(code)
    assert not weapon_type(code).counts_for_indicator


def test_a_shotgun_counts_for_the_indicator_though_the_tracing_instrument_does_not_list_it() -> None:
    assert weapon_type("SA-60").iti_line == ""
    assert weapon_type("SA-60").sdg_type == "shotgun"


def test_a_class_that_says_too_little_is_not_final() -> None:
    assert not weapon_type("SA-20").final
    assert [kind.code for kind in finer_types("SA-20")] == ["SA-21", "SA-22", "SA-23", "SA-24"]
    assert weapon_type("LW-20").final
    assert [kind.code for kind in finer_types("LW-20")] == ["LW-21"]


def test_a_type_lies_within_all_classes_above_it() -> None:
    assert is_within("SA-21", "SA-20")
    assert is_within("SA-21", "SA")
    assert not is_within("SA-21", "LW")


def test_the_pistol_is_outlined_as_a_pistol_and_refers_to_its_frame() -> None:
    pistol = weapon_type("SA-12")
    assert pistol.family is Family.PISTOL
    assert pistol.control == (ComponentKind.FRAME,)


@pytest.mark.parametrize("code", ["", "SA-99", "sa-20"])
def test_an_unknown_type_is_refused(code: str) -> None:
    with pytest.raises(Refusal) as refused:
        weapon_type(code)
    assert refused.value.rule == "type_unknown"


def test_the_table_agrees_with_the_reference() -> None:
    if not REFERENCE.exists():
        pytest.skip(f"NOT RUN: {REFERENCE.name} is not beside this checkout")
    with REFERENCE.open(encoding="utf-8") as file:
        reference = {row["code"]: row for row in csv.DictReader(file)}
    assert reference.keys() == weapon_types().keys()
    for code, row in reference.items():
        kind = weapon_type(code)
        assert (kind.parent, kind.level) == (row["parent"], int(row["level"]))
        assert kind.risk_tier == int(row["default_risk_tier"] or 0)
