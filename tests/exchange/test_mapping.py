"""Headings of other people's lists and fields of the register."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muniment.exchange.mapping import (
    FIELDS,
    DateOrder,
    FieldKind,
    ListMapping,
    fields_of,
    load_mapping,
    plain_heading,
    problems_of,
    save_mapping,
    suggest,
)
from muniment.exchange.sheets import SheetRefused

TRANSFERS = ListMapping(
    kind="holdings",
    columns={"item_name": "item_name", "quantity": "quantity", "ui": "unit_of_issue", "ship_date": "ship_date"},
    constants={"type_code": "SA-20"},
    translations={"unit_of_issue": {"EA": "each", "Each": "each"}},
    date_orders={"ship_date": DateOrder.MONTH_DAY_YEAR},
    default_place="DEPOT",
)


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["Make", "Model", "Caliber", "Serial No."], ["make", "model", "calibre", "serial"]),
        (["Fabricant", "Modèle", "Calibre", "N° de série"], ["make", "model", "calibre", "serial"]),
        (["Marca", "Modelo", "Calibre", "NÚMERO DE SERIE"], ["make", "model", "calibre", "serial"]),
        (["Fabricante", "Modelo", "Calibre", "Número de série"], ["make", "model", "calibre", "serial"]),
        (["Изготовитель", "Модель", "Калибр", "Серийный номер"], ["make", "model", "calibre", "serial"]),
    ],
)
def test_headings_of_five_languages_are_known(headings: list[str], fields: list[str]) -> None:
    assert dict(suggest(headings, "weapons").columns) == dict(zip(headings, fields, strict=True))


def test_the_published_transfer_list_is_understood_as_far_as_it_is_sure() -> None:
    headings = ["state", "county", "fips", "nsn", "item_name", "quantity", "ui", "acquisition_cost", "ship_date"]

    assert dict(suggest(headings, "holdings").columns) == {
        "nsn": "nsn",
        "item_name": "item_name",
        "quantity": "quantity",
        "ui": "unit_of_issue",
        "ship_date": "ship_date",
    }


def test_of_two_headings_for_one_field_the_surer_one_is_taken() -> None:
    assert dict(suggest(["Serial", "Serial number"], "weapons").columns) == {"Serial number": "serial"}


def test_nothing_is_suggested_for_headings_nobody_knows() -> None:
    assert suggest(["x", "", "№"], "weapons") == ListMapping("weapons")


@pytest.mark.parametrize("kind", FIELDS)
def test_no_synonym_belongs_to_two_fields_of_one_kind(kind: str) -> None:
    owners: dict[str, str] = {}
    for one in FIELDS[kind]:
        for synonym in {plain_heading(one.name), *map(plain_heading, one.synonyms)}:
            assert owners.setdefault(synonym, one.name) == one.name, synonym


@pytest.mark.parametrize("kind", FIELDS)
def test_fields_are_declared_in_full(kind: str) -> None:
    assert len(fields_of(kind)) == len(FIELDS[kind])
    for one in FIELDS[kind]:
        assert str(one.help).endswith(".")
        assert bool(one.choices) == (one.kind is FieldKind.CHOICE)
    assert any(one.required for one in FIELDS[kind])


def test_a_mapping_is_kept_in_a_file_a_person_can_read(tmp_path: Path) -> None:
    path = tmp_path / "transfers.toml"

    save_mapping(TRANSFERS, path)

    assert load_mapping(path) == TRANSFERS
    assert '[translations.unit_of_issue]\nEA = "each"\nEach = "each"\n' in path.read_text(encoding="utf-8")


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headings=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2, unique=True),
    words=st.dictionaries(st.text(), st.text(), max_size=3),
    place=st.text(),
)
def test_any_mapping_comes_back_from_its_file(
    tmp_path: Path, headings: list[str], words: dict[str, str], place: str
) -> None:
    mapping = ListMapping(
        "holdings",
        columns={headings[0]: "item_name", headings[1]: "quantity"},
        constants={"remarks": place},
        translations={"unit_of_issue": words},
        default_place=place,
    )
    save_mapping(mapping, tmp_path / "any.toml")

    assert load_mapping(tmp_path / "any.toml") == mapping


def kinds(mapping: ListMapping, headings: list[str] | None = None) -> list[str]:
    return [problem.kind for problem in problems_of(mapping, headings)]


def test_a_sound_mapping_has_no_problem() -> None:
    assert kinds(TRANSFERS) == []
    assert kinds(TRANSFERS, ["item_name", " quantity", "ui", "ship_date"]) == []


@pytest.mark.parametrize(
    ("mapping", "kind"),
    [
        (replace(TRANSFERS, columns={**TRANSFERS.columns, "colour": "colour"}), "unknown_field"),
        (replace(TRANSFERS, columns={**TRANSFERS.columns, "count": "quantity"}), "field_twice"),
        (replace(TRANSFERS, constants={"colour": "green"}), "unknown_field"),
        (replace(TRANSFERS, constants={"quantity": "1"}), "field_twice"),
        (replace(TRANSFERS, translations={"colour": {}}), "unknown_field"),
        (replace(TRANSFERS, date_orders={"quantity": DateOrder.DAY_MONTH_YEAR}), "not_a_date"),
        (replace(TRANSFERS, columns={"quantity": "quantity"}, date_orders={}), "field_missing"),
        (replace(TRANSFERS, columns={"nsn": "nsn"}, date_orders={}), "field_missing"),
        (ListMapping("people", {"a": "service_no", "b": "name"}, default_place="A"), "unknown_field"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_named(mapping: ListMapping, kind: str) -> None:
    assert kinds(mapping) == [kind]


def test_a_heading_the_list_does_not_have_is_a_problem_and_an_unused_one_is_mentioned() -> None:
    problems = problems_of(TRANSFERS, ["item_name", "quantity", "ui", "county"])

    assert [(problem.kind, problem.notice) for problem in problems] == [
        ("heading_absent", False),
        ("unused_columns", True),
    ]
    assert "county" in str(problems[1].says)


def test_an_unknown_kind_of_list_is_refused() -> None:
    with pytest.raises(SheetRefused, match="weapons"):
        suggest(["a"], "vehicles")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "form = 2\nkind = 'places'",
        "form = 1\nkind = 'vehicles'",
        "form = 1\nkind = 7",
        "form = 1\nkind = 'places'\nextra = 1",
        "form = 1\nkind = 'places'\n[columns]\nA = 'code'\nA = 'name'",
        "form = 1\nkind = 'places'\n[columns]\nA = 'code'\nB = 7",
        "form = 1\nkind = 'places'\n[columns]\nA = 'code'\nB = 'colour'",
        "form = 1\nkind = 'places'\n[columns]\nA = 'code'\nB = 'code'",
        "form = 1\nkind = 'places'\ncolumns = 1",
        "form = 1\nkind = 'places'\ntranslations = 1",
        "form = 1\nkind = 'people'\n[columns]\nA='service_no'\nB='name'\n[dates]\nvalid_until = 'sometimes'",
        "form = ",
    ],
)
def test_files_that_are_no_mapping_are_refused(tmp_path: Path, written: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(written, encoding="utf-8")

    with pytest.raises(SheetRefused) as caught:
        load_mapping(path)
    assert str(caught.value.problems[0].says)


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetRefused):
        load_mapping(tmp_path / "absent.toml")
