"""What kind of list it is, which mapping fits, which sheets there are."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from fakes.lists import write_csv
from muniment.desk.import_plan import RowNote
from muniment.domain.basics.text import say
from muniment.exchange.guessing import fitting_mapping, guess_kind
from muniment.exchange.mapping import ListMapping, save_mapping
from muniment.exchange.problems_list import HEADINGS, Doubts, write_doubts
from muniment.exchange.sheets import SheetRefused, read_table, write_table
from muniment.exchange.sheets.sheet_names import sheet_names

PUBLISHED = ("state", "county", "nsn", "item_name", "quantity", "ui", "ship_date", "federal_supply_class")


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (PUBLISHED, "holdings"),
        (("Make", "Model", "Serial number", "Calibre"), "weapons"),
        (("N° de série", "Modèle", "Calibre"), "weapons"),
        (("Name", "Service number", "Rank"), "people"),
        (("Code", "Name", "Kind", "Parent"), "places"),
    ],
)
def test_headings_tell_what_kind_of_list_it_is(headings: tuple[str, ...], kind: str) -> None:
    assert guess_kind(headings) == kind


def test_a_shipped_mapping_is_found_by_the_headings_of_its_list() -> None:
    found = fitting_mapping(PUBLISHED)
    assert found is not None
    mapping, name = found
    assert (mapping.kind, name) == ("holdings", "transfers_1033.toml")
    assert fitting_mapping(("item", "quantity")) is None


def test_the_mapping_beside_the_list_comes_first_unless_it_is_for_another(tmp_path: Path) -> None:
    beside = tmp_path / "list.toml"
    own = ListMapping("holdings", {"item_name": "item_name", "quantity": "quantity"})
    save_mapping(own, beside)
    assert fitting_mapping(PUBLISHED, beside) == (own, "list.toml")
    save_mapping(ListMapping("holdings", {"thing": "item_name", "quantity": "quantity"}), beside)
    found = fitting_mapping(PUBLISHED, beside)
    assert found is not None
    assert found[1] == "transfers_1033.toml"
    beside.write_text("no mapping", encoding="utf-8")
    assert fitting_mapping(("item", "quantity"), beside) is None


def test_sheets_of_workbooks_are_named_and_hidden_ones_are_not(tmp_path: Path) -> None:
    excel = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(excel)) as book:
        for name in ("Rifles", "Notes", "Old"):
            book.add_worksheet(name).write(0, 0, "model")
        book.get_worksheet_by_name("Old").hide()
    assert sheet_names(excel) == ("Rifles", "Notes")
    write_table(tmp_path / "book.ods", ("model",), [("A",)], sheet="Pistols")
    assert sheet_names(tmp_path / "book.ods") == ("Pistols",)
    assert sheet_names(write_csv(tmp_path / "list.csv", ("model",), [("A",)])) == ()


def test_a_zip_that_is_no_workbook_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(SheetRefused):
        sheet_names(bad)


def test_what_is_wrong_is_written_beside_the_value_it_is_about(tmp_path: Path) -> None:
    table = read_table(write_csv(tmp_path / "list.csv", ("model", "year"), [("A", "1999"), ("=B", "19x9")]))
    notes = [
        RowNote("line 3, column B (year)", say("“19x9” is no year of four digits."), "year", 3),
        RowNote("line 3", say("There is no model."), "value_missing", 3),
        RowNote("list.csv", say("Something concerns all."), "other"),
    ]
    doubts = [Doubts(table).about(note) for note in notes]
    assert [(one.column, one.heading, one.value) for one in doubts] == [
        ("B", "year", "19x9"),
        ("", "", ""),
        ("", "", ""),
    ]
    out = tmp_path / "problems.csv"
    write_doubts(table, notes, out)
    back = read_table(out)
    assert back.headings == HEADINGS
    assert [cell.text for cell in back.rows[0].cells] == [
        "3",
        "B",
        "year",
        "19x9",
        "“19x9” is no year of four digits.",
        "year",
    ]
