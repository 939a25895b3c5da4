"""Rows of lists as drafts of records."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.exchange.drafts import Drafts, draft_rows, with_proven_dates
from muniment.exchange.mapping import DateOrder, ListMapping, suggest
from muniment.exchange.sheets import Cell, CellKind, Row, SheetRefused, Table, read_table
from muniment.exchange.sheets.writing import write_table

FIXTURE = Path(__file__).parent / "sheets" / "transfers_extract.csv"
TRANSFERS = ListMapping(
    "holdings",
    columns={
        "nsn": "nsn",
        "item_name": "item_name",
        "quantity": "quantity",
        "ui": "unit_of_issue",
        "ship_date": "ship_date",
    },
    translations={"unit_of_issue": {"EA": "each", "SH": "sheet"}},
)
WEAPONS = ListMapping("weapons", columns={"model": "model", "serial": "serial", "year": "year", "place": "place"})


def table(headings: tuple[str, ...], *rows: tuple[str | Cell, ...]) -> Table:
    made = tuple(
        Row(number, tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row))
        for number, row in enumerate(rows, 2)
    )
    return Table("list.xlsx", "0" * 64, "xlsx", "Arms", "", "", headings, 1, made, ())


def holdings(*rows: tuple[str | Cell, ...], mapping: ListMapping = TRANSFERS, name: str = "transfers") -> Drafts:
    return draft_rows(table(("nsn", "item_name", "quantity", "ui", "ship_date"), *rows), mapping, list_name=name)


def weapons(*rows: tuple[str | Cell, ...], mapping: ListMapping = WEAPONS) -> Drafts:
    return draft_rows(table(("model", "serial", "year", "place"), *rows), mapping, list_name="arms")


def line(**values: str) -> tuple[str, ...]:
    usual = {"nsn": "1005-00-000-0001", "item_name": "RIFLE", "quantity": "1", "ui": "Each", "ship_date": "2006-05-19"}
    return tuple({**usual, **values}.values())


def test_a_row_becomes_plain_values() -> None:
    drafts = holdings(line(quantity="12", ui="EA"))

    assert drafts.problems == ()
    assert drafts.rows[0].row_number == 2
    assert drafts.rows[0].sound
    assert dict(drafts.rows[0].values) == {
        "nsn": "1005-00-000-0001",
        "item_name": "RIFLE",
        "quantity": "12",
        "unit_of_issue": "each",
        "ship_date": "2006-05-19",
    }


@pytest.mark.parametrize(
    ("written", "order", "read"),
    [
        ("2006-05-19", None, "2006-05-19"),
        ("2006-05-19T00:00:00", None, "2006-05-19"),
        ("2006/5/9", None, "2006-05-09"),
        ("5/9/2006 0:00:00", DateOrder.MONTH_DAY_YEAR, "2006-05-09"),
        ("5/9/2006", DateOrder.DAY_MONTH_YEAR, "2006-09-05"),
        ("09.05.2006", DateOrder.DAY_MONTH_YEAR, "2006-05-09"),
        ("2006-05-09", DateOrder.DAY_MONTH_YEAR, "2006-05-09"),
    ],
)
def test_dates_become_iso_dates(written: str, order: DateOrder | None, read: str) -> None:
    mapping = replace(TRANSFERS, date_orders={"ship_date": order} if order else {})

    assert holdings(line(ship_date=written), mapping=mapping).rows[0].values["ship_date"] == read


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("38856", "date_as_number"),
        ("5/9/2006", "date_order_unknown"),
        ("5/9/06", "date"),
        ("2006-02-30", "date"),
        ("2006-05-19 10:30", "date"),
        ("May 2006", "date"),
    ],
)
def test_a_date_is_never_guessed(written: str, kind: str) -> None:
    drafts = holdings(line(ship_date=written))

    assert [(problem.kind, problem.row) for problem in drafts.problems] == [(kind, 2)]
    assert drafts.problems[0].where == "row 2, column E (ship_date)"
    assert "ship_date" not in drafts.rows[0].values
    assert not drafts.rows[0].sound


def test_a_list_may_prove_its_own_order_of_dates() -> None:
    headings = ("nsn", "item_name", "quantity", "ui", "ship_date")
    proving = table(headings, line(ship_date="5/9/2006"), line(ship_date="5/19/2006"))
    open_still = table(headings, line(ship_date="5/9/2006"), line(ship_date="6/10/2006"))
    mixed = table(headings, line(ship_date="5/19/2006"), line(ship_date="19/5/2006"))

    assert with_proven_dates(TRANSFERS, proving).date_orders == {"ship_date": DateOrder.MONTH_DAY_YEAR}
    assert with_proven_dates(TRANSFERS, open_still).date_orders == {}
    assert with_proven_dates(TRANSFERS, mixed).date_orders == {}


@pytest.mark.parametrize(("written", "read"), [("1", "1"), (" 62 ", "62"), ("12.0", "12"), ("007", "7"), ("١٢", "12")])
def test_quantities_are_whole_numbers(written: str, read: str) -> None:
    assert holdings(line(quantity=written)).rows[0].values["quantity"] == read


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("0", "quantity_zero"),
        ("-3", "quantity_negative"),
        ("1.5", "quantity_not_whole"),
        ("1,000", "quantity_not_whole"),
        ("1.000", "quantity_not_whole"),
        ("ten", "quantity_not_whole"),
        ("²", "quantity_not_whole"),
        ("99999999999", "quantity_too_large"),
        ("", "value_missing"),
    ],
)
def test_other_quantities_are_problems(written: str, kind: str) -> None:
    drafts = holdings(line(quantity=written))

    assert [problem.kind for problem in drafts.problems] == [kind]
    assert not drafts.rows[0].sound


def test_a_word_the_register_does_not_use_needs_a_translation() -> None:
    drafts = holdings(line(ui="Dozen"))

    assert [problem.kind for problem in drafts.problems] == ["choice"]
    assert "each, assembly, kit" in str(drafts.problems[0].says)


def test_a_line_without_name_is_taken_by_its_stock_number_and_mentioned() -> None:
    named_by_number, nameless = holdings(line(item_name="")), holdings(line(item_name="", nsn=""))

    assert [(problem.kind, problem.notice) for problem in named_by_number.problems] == [("value_missing", True)]
    assert named_by_number.rows[0].sound
    assert [(problem.kind, problem.notice) for problem in nameless.problems] == [("value_missing", False)]
    assert not nameless.rows[0].sound


def test_serials_stay_as_struck() -> None:
    drafts = weapons(("R1", " аБ 0-12/3 ", "1951", "A"), ("R1", "", "", "A"))

    assert drafts.rows[0].values["serial"] == "аБ 0-12/3"
    assert "serial" not in drafts.rows[1].values
    assert drafts.problems == ()


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (Cell("2006-05-19", CellKind.DATE), "serial_is_date"),
        (Cell("A1\nA2"), "serial_lines"),
        (Cell("123456789012345000"), "long_number"),
    ],
)
def test_serials_that_are_not_what_was_struck_are_problems(cell: Cell, kind: str) -> None:
    assert [problem.kind for problem in weapons(("R1", cell, "1951", "A")).problems] == [kind]


def test_serials_kept_as_numbers_are_taken_and_mentioned_once() -> None:
    number = Cell("1234", CellKind.NUMBER)

    drafts = weapons(("R1", number, "1951", "A"), ("R1", number, "1951", "A"), ("R1", "0012", "1951", "A"))

    assert [(problem.kind, problem.where, problem.notice) for problem in drafts.problems] == [
        ("serial_is_number", "column B (serial)", True)
    ]
    assert str(drafts.problems[0].says).startswith("2 cells")
    assert [draft.sound for draft in drafts.rows] == [True, True, True]


def test_while_a_column_has_no_heading_no_row_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("model,,serial,year,place\nR1,,A1,1951,A\nR2,x,A2,1951,A\n", encoding="utf-8")

    drafts = draft_rows(read_table(path), WEAPONS, list_name="arms")

    assert [draft.sound for draft in drafts.rows] == [False, False]


@pytest.mark.parametrize("written", ["51", "1600", "MCMLI", "1951/52"])
def test_a_year_has_four_digits(written: str) -> None:
    assert [problem.kind for problem in weapons(("R1", "A1", written, "A")).problems] == ["year"]


def test_constants_and_the_default_place_fill_what_is_absent() -> None:
    mapping = replace(WEAPONS, constants={"country": "XX", "condition": "Serviceable"}, default_place="STORE")

    drafts = weapons(("R1", "A1", "1951", ""), ("R2", "A2", "1951", "RACK"), mapping=mapping)

    assert [draft.values["place"] for draft in drafts.rows] == ["STORE", "RACK"]
    assert drafts.rows[0].values["country"] == "XX"
    assert drafts.rows[0].values["condition"] == "serviceable"


def test_a_constant_that_is_no_value_of_its_field_is_refused() -> None:
    with pytest.raises(SheetRefused, match="condition"):
        weapons(("R1", "A1", "1951", ""), mapping=replace(WEAPONS, constants={"condition": "rusty"}))


def test_a_row_with_a_problem_of_its_file_is_not_sound(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("model,serial,year,place\nR1,1.23E+11,1951,A\nR2,A2,1951,A\n", encoding="utf-8")

    drafts = draft_rows(read_table(path), WEAPONS, list_name="arms")

    assert [draft.sound for draft in drafts.rows] == [False, True]
    assert drafts.problems[0].where == "line 2, column B (serial)"


def test_a_mapping_that_does_not_fit_is_refused_before_any_row() -> None:
    with pytest.raises(SheetRefused, match="no heading “serial number”"):
        weapons(
            ("R1", "A1", "1951", "A"), mapping=replace(WEAPONS, columns={"serial number": "serial", "model": "model"})
        )


def keys(drafts: Drafts) -> list[str]:
    return [draft.key for draft in drafts.rows]


def test_lines_that_read_alike_are_lines_of_their_own() -> None:
    assert len(set(keys(holdings(line(), line(), line())))) == 3


def test_keys_hang_on_the_name_of_the_list() -> None:
    assert set(keys(holdings(line(), name="one"))).isdisjoint(keys(holdings(line(), name="another")))


def test_keys_do_not_hang_on_translations_constants_blanks_or_the_order_of_columns() -> None:
    usual = holdings(line())
    other = replace(TRANSFERS, translations={}, constants={"remarks": "x"}, default_place="A")
    turned = table(("ship_date", "ui", "quantity", "item_name", "nsn"), tuple(reversed(line(item_name=" RIFLE "))))

    assert keys(usual) == keys(holdings(line(), mapping=other))
    assert keys(usual) == keys(draft_rows(turned, TRANSFERS, list_name="transfers"))


LINES = st.lists(
    st.builds(
        lambda nsn, name, quantity: line(nsn=nsn, item_name=name, quantity=quantity),
        st.sampled_from(["1005-00-000-0001", "1005-00-000-0002"]),
        st.sampled_from(["RIFLE", "PISTOL", "P,ISTOL"]),
        st.sampled_from(["1", "2"]),
    ),
    max_size=12,
)


@given(LINES)
def test_reading_the_same_list_again_gives_the_same_keys_and_all_differ(rows: list[tuple[str, ...]]) -> None:
    first = keys(holdings(*rows))

    assert first == keys(holdings(*rows))
    assert len(set(first)) == len(rows)


@given(LINES, LINES, st.data())
def test_an_inserted_row_adds_one_key_and_takes_none_away(
    rows: list[tuple[str, ...]], news: list[tuple[str, ...]], data: st.DataObject
) -> None:
    later = list(rows)
    for new in news:
        later.insert(data.draw(st.integers(0, len(later))), new)

    before, after = set(keys(holdings(*rows))), set(keys(holdings(*later)))

    assert before <= after
    assert len(after - before) == len(news)


@given(LINES, st.randoms())
def test_sorting_the_list_otherwise_keeps_each_key_with_its_content(
    rows: list[tuple[str, ...]],
    dice: st.random_module,  # type: ignore[valid-type]
) -> None:
    shuffled = list(rows)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]

    def by_content(drafts: Drafts) -> dict[str, tuple[tuple[str, str], ...]]:
        return {draft.key: tuple(sorted(draft.values.items())) for draft in drafts.rows}

    assert by_content(holdings(*rows)) == by_content(holdings(*shuffled))


def test_an_extract_of_the_shape_of_a_published_list_is_read_to_the_last_line() -> None:
    read = read_table(FIXTURE)
    mapping = with_proven_dates(replace(suggest(read.headings, "holdings"), translations=TRANSFERS.translations), read)

    drafts = draft_rows(read, mapping, list_name="extract")

    assert [problem.kind for problem in drafts.problems] == ["unused_columns"]
    assert len(drafts.rows) == 12
    assert sum(int(draft.values["quantity"]) for draft in drafts.rows) == 93
    assert Counter(draft.values["unit_of_issue"] for draft in drafts.rows) == {"each": 9, "assembly": 2, "kit": 1}
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", draft.values["ship_date"]) for draft in drafts.rows)
    assert len(set(keys(drafts))) == 12


@pytest.mark.parametrize("formula", ["=1+1", '="000123"', '=HYPERLINK("http://example.org")'])
def test_a_formula_in_a_text_file_is_no_serial(tmp_path: Path, formula: str) -> None:
    path = tmp_path / "list.csv"
    escaped = formula.replace('"', '""')
    path.write_text(f'model,serial,year,place\nM1,"{escaped}",1980,R1\n')

    drafts = draft_rows(read_table(path), WEAPONS, list_name="arms")

    assert not drafts.rows[0].sound
    assert [(problem.kind, problem.where) for problem in drafts.problems] == [("formula", "line 2, column B (serial)")]


def test_a_number_that_was_exported_with_an_equals_sign_in_front_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_table(path, ("model", "serial", "year", "place"), [("M1", "=12", "1980", "R1")])

    assert draft_rows(read_table(path), WEAPONS, list_name="arms").rows[0].values["serial"] == "=12"


def published_list() -> Path | None:
    """The whole list, where the folder with reference data is at hand."""
    named = os.environ.get("MUNIMENT_REFERENCE")
    folders = [Path(named)] if named else [folder / "shared" for folder in Path(__file__).resolve().parents]
    found = [folder / "data" / "ks_1033_data.csv" for folder in folders]
    return next((path for path in found if path.is_file()), None)


def test_the_published_list_is_read_to_the_last_line() -> None:
    path = published_list()
    if path is None:
        pytest.skip("THE PUBLISHED LIST IS NOT HERE: name the folder of reference data in MUNIMENT_REFERENCE")
    read = read_table(path)
    mapping = with_proven_dates(replace(suggest(read.headings, "holdings"), translations=TRANSFERS.translations), read)

    assert mapping.date_orders == {"ship_date": DateOrder.MONTH_DAY_YEAR}
    drafts = draft_rows(read, mapping, list_name="published")

    assert len(drafts.rows) == 1575
    assert all(draft.sound for draft in drafts.rows)
    assert sum(int(draft.values["quantity"]) for draft in drafts.rows) == 1988
    assert len(set(keys(drafts))) == 1575
    # Two lines have a stock number and no name; the list is taken and the person is told.
    assert [(problem.kind, problem.where) for problem in drafts.problems] == [
        ("unused_columns", "mapping, columns"),
        ("value_missing", "line 979"),
        ("value_missing", "line 1254"),
    ]
