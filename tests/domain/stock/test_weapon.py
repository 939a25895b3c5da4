from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.basics.canonical import decode, encode
from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.calibres import calibres
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.countries import countries
from muniment.domain.stock.marking import (
    FrameMaterial,
    MarkingMethod,
    MarkKind,
    MarkPlace,
    MetalInsert,
    Microstamp,
    ProductionKind,
    Side,
)
from muniment.domain.stock.marks import Mark
from muniment.domain.stock.ownership import LegalStatus, StockCategory
from muniment.domain.stock.scripts import Script
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.taxonomy import weapon_types
from muniment.domain.stock.weapon import WeaponDescription
from muniment.domain.stock.weapon_fields import FIELD_NAMES, from_fields, to_fields

YEAR = 2026
NINE = CalibreAs("9x19mm", "9x19", primary=True)


def described(**said: Any) -> WeaponDescription:
    base: dict[str, Any] = {"this_year": YEAR, "type_code": "SA-12", "calibres": (NINE,), "serial": "TZ-0001"}
    return WeaponDescription(**{**base, **said})


def rule_against(**said: Any) -> str:
    with pytest.raises(Refusal) as refused:
        described(**said)
    assert refused.value.do_now is not None
    return refused.value.rule


words = st.text("abcXYZ АБ工ب09-", max_size=12).map(lambda text: " ".join(text.split()))
some_serials = st.text("ABCZАЖ工ب0123456789-/", min_size=2, max_size=12).map(lambda text: f"7{text}")
years = st.none() | st.integers(1500, YEAR)
now_codes = sorted(one.alpha2 for one in countries() if not one.is_historic)
then_codes = sorted(one.alpha3 for one in countries() if one.is_historic)
days = st.none() | st.dates(date(1900, 1, 1), date(YEAR, 12, 31))


def perhaps(choices: Any) -> Any:
    return st.none() | st.sampled_from(choices)


@st.composite
def some_calibres(draw: Any) -> tuple[CalibreAs, ...]:
    codes = draw(st.lists(st.sampled_from(sorted(calibres())), min_size=1, max_size=4, unique=True))
    at = draw(st.integers(0, len(codes) - 1))
    known = draw(st.booleans())
    return tuple(CalibreAs(f"as {code}", code if known else "", i == at) for i, code in enumerate(codes))


some_marks = st.builds(
    Mark,
    kind=st.sampled_from(MarkKind),
    text=words.map(lambda text: f"M{text}"),
    place=perhaps(MarkPlace),
    side=perhaps(Side),
    method=perhaps(MarkingMethod),
    country=st.sampled_from(now_codes + then_codes),
    year=years,
    marked_on=days,
    operator=words,
    certificate=words,
)


@st.composite
def weapons(draw: Any) -> WeaponDescription:
    status = draw(st.sampled_from(SerialStatus))
    year = draw(years)
    code = draw(st.sampled_from([kind.code for kind in weapon_types().values() if kind.is_weapon and kind.parent]))
    drawn: WeaponDescription = draw(
        st.builds(
            WeaponDescription,
            this_year=st.just(YEAR),
            type_code=st.just(code),
            type_words=words,
            make=words,
            model=words,
            calibres=some_calibres(),
            country=st.sampled_from(["", *now_codes]),
            historic_country=st.sampled_from(["", "CS", *then_codes]),
            year=st.just(year),
            year_estimated=st.booleans() if year is not None else st.just(False),
            serial=some_serials if status.has_text else st.just(""),
            serial_status=st.just(status),
            serial_place=perhaps(MarkPlace),
            serial_side=perhaps(Side),
            marks=st.lists(some_marks, max_size=3).map(tuple),
            frame_material=perhaps(FrameMaterial),
            marking_method=perhaps(MarkingMethod),
            metal_insert=perhaps([MetalInsert.NO, MetalInsert.REMOVED]),
            production=perhaps(ProductionKind),
            microstamp=perhaps(Microstamp),
            microstamp_code=words,
            microstamp_place=words,
            condition=perhaps(Condition),
            legal_status=perhaps(LegalStatus),
            stock_category=perhaps(StockCategory),
            risk_tier=perhaps([1, 2, 3, 4]),
            acquired_on=days,
            acquired_from=words,
            acquisition_document=words,
            acquisition_authority=words,
            firing_part_apart=perhaps([True, False]),
            firing_part_place=words,
            remarks=words,
        )
    )
    return drawn


@given(weapons())
def test_a_description_comes_back_from_the_ledger_as_it_went_in(weapon: WeaponDescription) -> None:
    kept = decode(encode(to_fields(weapon)))
    assert from_fields(kept, this_year=YEAR) == weapon


def plain(value: object) -> bool:
    """Whether nothing in a value is null or a float, and every key is one the ledger takes."""
    if isinstance(value, dict):
        return all(re.fullmatch("[a-z0-9_]{1,40}", key) and plain(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(plain(inner) for inner in value)
    return type(value) in {str, int, bool}


@given(weapons())
def test_fields_are_plain_and_what_is_not_known_is_left_out(weapon: WeaponDescription) -> None:
    written = to_fields(weapon)
    assert plain(written)
    assert "" not in written.values()
    assert written.keys() <= set(FIELD_NAMES)


def test_every_part_of_a_description_has_a_field() -> None:
    assert len(FIELD_NAMES) == len(set(FIELD_NAMES)) == len(fields(WeaponDescription))


def test_fields_of_the_record_that_are_not_descriptive_are_passed_over() -> None:
    weapon = described()
    assert from_fields({**to_fields(weapon), "where": "place/x", "status": "in_store"}, this_year=YEAR) == weapon


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("make", 7, "field_misshapen"),
        ("year_of_manufacture", "1990", "field_misshapen"),
        ("year_of_manufacture", True, "field_misshapen"),
        ("year_estimated", "yes", "field_misshapen"),
        ("calibres", "9x19", "field_misshapen"),
        ("calibres", ["9x19"], "field_misshapen"),
        ("acquired_on", "yesterday", "field_misshapen"),
        ("condition", "rusty", "field_not_a_choice"),
        ("serial_status", "gone", "field_not_a_choice"),
        ("taxonomy_code", "", "type_unknown"),
    ],
)
def test_fields_that_describe_no_weapon_are_refused(field: str, value: Any, rule: str) -> None:
    with pytest.raises(Refusal) as refused:
        from_fields({**to_fields(described()), field: value}, this_year=YEAR)
    assert refused.value.rule == rule


@pytest.mark.parametrize("code", ["PT-02", "AC-01", "PT"])
def test_a_part_is_not_described_as_a_weapon(code: str) -> None:
    assert rule_against(type_code=code) == "not_a_weapon"


def test_a_heading_is_no_type_but_a_class_may_be_one_for_now() -> None:
    assert rule_against(type_code="SA") == "type_is_a_heading"
    assert rule_against(type_code="XX-1") == "type_unknown"
    assert not described(type_code="SA-20").type.final


@pytest.mark.parametrize("year", [1499, 0, -1, YEAR + 1])
def test_a_weapon_is_not_older_than_firearms_nor_younger_than_today(year: int) -> None:
    assert rule_against(year=year) == "year_range"
    if year:
        assert rule_against(marks=(Mark(kind=MarkKind.YEAR, text="struck", year=year),)) == "year_range"


@pytest.mark.parametrize("year", [1500, YEAR])
def test_the_first_and_the_last_year_are_allowed(year: int) -> None:
    assert described(year=year).year == year


def test_an_estimate_needs_a_year() -> None:
    assert rule_against(year_estimated=True) == "estimate_without_year"


def test_a_weapon_has_one_primary_calibre_among_its_calibres() -> None:
    other = CalibreAs(".40 S&W", "40sw")
    assert described(calibres=(other, NINE)).primary_calibre == NINE
    assert rule_against(calibres=()) == "calibre_missing"
    assert rule_against(calibres=(other,)) == "one_primary_calibre"
    assert rule_against(calibres=(NINE, replace(other, primary=True))) == "one_primary_calibre"
    assert rule_against(calibres=(NINE, replace(NINE, primary=False))) == "calibre_twice"


def test_a_missile_launcher_needs_no_calibre() -> None:
    assert described(type_code="LW-70", calibres=()).primary_calibre is None


def test_a_calibre_gets_a_code_only_where_its_text_names_one() -> None:
    assert CalibreAs.from_written("9 mm Luger", primary=True) == CalibreAs("9 mm Luger", "9x19", primary=True)
    assert CalibreAs.from_written("7.62 MILLIMETER").code == ""
    assert CalibreAs.from_written("as measured").code == ""


def test_a_calibre_is_written_down_and_its_code_is_in_the_catalogue() -> None:
    assert CalibreAs("as measured 11.2 mm", primary=True).code == ""
    for text, code, rule in [("", "", "calibre_empty"), ("9x99", "9x99", "calibre_unknown")]:
        with pytest.raises(Refusal) as refused:
            CalibreAs(text, code)
        assert refused.value.rule == rule


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"country": "XX"}, "country_unknown"),
        ({"country": "SU"}, "country_historic"),
        ({"country": "DEU"}, "country_three_letters"),
        ({"historic_country": "DE"}, "country_unknown"),
    ],
)
def test_a_country_stands_where_it_belongs(said: dict[str, str], rule: str) -> None:
    assert rule_against(**said) == rule


def test_a_dissolved_state_and_its_successor_may_both_be_known() -> None:
    assert described(historic_country="YU", country="RS").historic_country == "YU"


@pytest.mark.parametrize("status", [SerialStatus.PRESENT, SerialStatus.PARTLY_LEGIBLE])
def test_a_number_that_can_be_read_is_written_down(status: SerialStatus) -> None:
    assert rule_against(serial="", serial_status=status) == "serial_empty"
    assert described(serial="12", serial_status=status).serial == "12"


@pytest.mark.parametrize("status", [s for s in SerialStatus if not s.has_text])
def test_a_number_that_cannot_be_read_is_not_written_down(status: SerialStatus) -> None:
    assert rule_against(serial="12", serial_status=status) == "serial_contradicts_status"
    assert described(serial="", serial_status=status).serial_script is None


def test_a_word_is_not_a_serial_number() -> None:
    assert rule_against(serial="illegible") == "serial_placeholder"


def test_the_serial_number_stays_as_struck_and_is_compared_by_its_key() -> None:
    weapon = described(serial="АВ-0012")
    assert weapon.serial == "АВ-0012"
    assert weapon.serial_key == "AB0012"
    assert weapon.serial_look_alike_key == "A80012"
    assert weapon.serial_script is Script.CYRILLIC


@pytest.mark.parametrize("field", ["make", "model", "remarks", "acquired_from", "microstamp_code", "type_words"])
def test_free_text_is_tidy(field: str) -> None:
    for untidy, rule in [
        (" x", "text_outer_blank"),
        ("x  y", "text_double_blank"),
        ("x\u00a0y", "text_hard_blank"),
        ("x\ny", "text_hard_blank"),
        ("x\u202ey", "text_invisible"),
        ("x" * 401, "text_too_long"),
    ]:
        with pytest.raises(Refusal) as refused:
            described(**{field: untidy})
        assert refused.value.rule == rule


def test_a_joiner_inside_a_persian_word_is_kept() -> None:
    assert described(make="می\u200cشود").make == "می\u200cشود"


def test_a_frame_without_insert_has_no_insert() -> None:
    assert (
        rule_against(frame_material=FrameMaterial.POLYMER_WITHOUT_INSERT, metal_insert=MetalInsert.YES)
        == "insert_contradicts_material"
    )


def test_the_risk_tier_is_that_of_the_type_unless_set() -> None:
    assert described().tier == 3
    assert described(risk_tier=1).tier == 1
    assert rule_against(risk_tier=0) == "risk_tier_range"
    assert rule_against(risk_tier=5) == "risk_tier_range"


def test_a_trace_needs_five_things() -> None:
    lacking = [str(what) for what in described().lacks_for_tracing()]
    assert lacking == ["make", "model", "country of manufacture or last import"]
    assert described(make="Fictarms", model="F1", country="CH").lacks_for_tracing() == ()
    imported = (Mark(kind=MarkKind.IMPORT, country="CH"),)
    assert described(make="Fictarms", model="F1", marks=imported).lacks_for_tracing() == ()
    unread = described(serial="12", serial_status=SerialStatus.PARTLY_LEGIBLE)
    assert "serial number" in [str(what) for what in unread.lacks_for_tracing()]
