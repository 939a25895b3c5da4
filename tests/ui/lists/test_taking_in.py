"""Taking a list in, from the file to the receipt, decided without a screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from fakes.depot import Depot, rifle_called
from fakes.lists import standing_of, write_csv
from muniment.desk.stock import register
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.exchange.mapping import translated
from muniment.exchange.sheets import read_table
from muniment.ui.lists.columns import filled, meant, ordered
from muniment.ui.lists.pace import Going
from muniment.ui.lists.preview import CHANGES, NOTICES, PROBLEMS, ROWS
from muniment.ui.lists.taking_in import ImportPresenter
from muniment.ui.lists.trouble import OVERWRITES

HEADINGS = ("Type code", "Make", "Model", "Calibre", "Serial number", "Location", "Year")


def a_rifle(serial: str, **other: str) -> tuple[str, ...]:
    usual = {"type": "SA-40", "make": "Example Works", "model": "Model X", "calibre": "5.56x45mm", "serial": serial}
    return tuple({**usual, "place": "RACK1", "year": "1999", **other}.values())


@pytest.fixture
def presenter(depot: Depot) -> ImportPresenter:
    return ImportPresenter(depot.desk, depot.by_officer().officer)


def listed(folder: Path, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> Path:
    return write_csv(folder / "old book.csv", headings, rows)


def went_on(_going: Going) -> bool:
    return True


def test_a_file_is_read_by_its_headings_and_nothing_is_written(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    view = presenter.choose(listed(tmp_path, [a_rifle("EX-10")]))
    assert (view.kind, view.list_name) == ("weapons", "old book")
    assert view.file is not None
    assert (view.file.rows, view.file.headings) == (1, 7)
    assert view.columns is not None
    assert [one.field for one in view.columns.columns] == [
        "type_code", "make", "model", "calibre", "serial", "place", "year",
    ]  # fmt: skip
    assert view.columns.columns[4].samples == ("EX-10",)
    presenter.look_through()
    assert len(standing_of(depot, Kind.WEAPON)) == 2


def test_every_row_comes_out_once_and_the_figures_agree_with_the_file(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    rows = [
        a_rifle("EX-10"),
        a_rifle("EX-11", year="19x9"),
        a_rifle("EX-12", place="NOWHERE"),
        a_rifle("EX-000001", model="Model A"),
    ]
    presenter.choose(listed(tmp_path, rows))
    view = presenter.look_through()
    assert view.preview is not None
    preview, totals = view.preview, view.preview.plan.totals
    assert (totals.rows_read, totals.quantity_read) == (4, 4)
    assert Counter(preview.outcomes) == {"registered": 1, "left_out": 3} == dict(totals.rows)
    assert [preview.row(n).outcome for n in range(4)] == ["registered", "left_out", "left_out", "left_out"]
    assert str(preview.row(0).becomes) == "Assault rifle 5.56x45, EX-10, at RACK1"
    assert preview.counts() == {ROWS: 4, PROBLEMS: 3, NOTICES: 0, CHANGES: 0}
    assert preview.for_two == 1


def test_a_problem_is_told_with_its_cell_and_what_stands_there(presenter: ImportPresenter, tmp_path: Path) -> None:
    presenter.choose(listed(tmp_path, [a_rifle("EX-10"), a_rifle("EX-11", year="19x9")]))
    preview = presenter.look_through().preview
    assert preview is not None
    note = preview.note(PROBLEMS, 0)
    assert (note.where, note.value) == ("line 3, column G (Year)", "19x9")
    assert "no year of four digits" in str(note.says)
    assert list(preview.find(PROBLEMS, "digits g")) == [0]
    assert list(preview.find(PROBLEMS, "nothing of it")) == []
    assert list(preview.find(ROWS, "ex-11")) == [1]
    assert list(preview.find(ROWS, "", "registered")) == [0]


def test_a_list_is_taken_in_whole_and_again_adds_nothing(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    path = listed(tmp_path, [a_rifle("EX-10"), a_rifle("EX-11")])
    presenter.choose(path)
    presenter.look_through()
    seen: list[Going] = []

    def watch(going: Going) -> bool:
        seen.append(going)
        return True

    view = presenter.take_in("old book taken over", watch)
    assert view.taken is not None
    assert view.taken.batch_no == "B-0000001"
    assert [(one.done, one.all) for one in seen] == [(3, 3)]
    assert len(standing_of(depot, Kind.WEAPON)) == 4
    assert presenter.take_in("", went_on).taken == view.taken
    presenter.choose(path)
    again = presenter.look_through().preview
    assert again is not None
    assert dict(again.plan.totals.rows) == {"already": 2}
    assert str(again.row(0).becomes) == "Nothing is written: the register has it."
    assert len(standing_of(depot, Kind.WEAPON)) == 4
    assert depot.breaks() == ()


def test_what_is_stopped_leaves_the_register_untouched(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    with depot.desk.look() as work:
        before = work.head()
    presenter.choose(listed(tmp_path, [a_rifle("EX-10")]))
    presenter.look_through()
    view = presenter.take_in("", lambda _: False)
    assert view.taken is None
    assert view.preview is not None
    assert "Stopped" in str(view.told)
    with depot.desk.look() as work:
        assert work.head() == before
    assert presenter.take_in("", went_on).taken is not None


def test_a_register_that_has_changed_meanwhile_is_looked_at_again(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    presenter.choose(listed(tmp_path, [a_rifle("EX-10")]))
    presenter.look_through()
    other = ImportPresenter(depot.desk, depot.by_officer().officer)
    other.choose(write_csv(tmp_path / "another.csv", HEADINGS, [a_rifle("EX-10")]))
    other.look_through()
    other.take_in("", went_on)
    with pytest.raises(Refusal) as refusal:
        presenter.take_in("", went_on)
    assert refusal.value.rule == "plan_outdated"
    preview = presenter.look_through().preview
    assert preview is not None
    assert preview.for_two == 1


def test_duplicates_pass_with_a_second_person_and_a_reason(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    presenter.choose(listed(tmp_path, [a_rifle("EX-000001", model="Model A"), a_rifle("EX-10")]))
    presenter.look_through()
    for second, passphrase, reason, rule in (
        ("second", "battery staple", " ", "reason_missing"),
        ("second", "wrong", "there are two", "wrong_sign_in"),
        ("officer", "correct horse", "there are two", "second_is_first"),
    ):
        with pytest.raises(Refusal) as refusal:
            presenter.let_rows_pass(second, passphrase, reason)
        assert refusal.value.rule == rule
    view = presenter.let_rows_pass("second", "battery staple", "there are two")
    assert view.let_pass == "Example Second"
    assert view.preview is not None
    assert dict(view.preview.plan.totals.rows) == {"registered": 2}
    register(depot.desk, depot.by_officer(), rifle_called("EX-900"), depot.rack)
    assert presenter.take_in("", went_on).taken is not None
    assert depot.breaks() == ()


def test_the_second_person_of_one_officer_does_not_stand_beside_the_next(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    presenter.choose(listed(tmp_path, [a_rifle("EX-000001", model="Model A")]))
    presenter.look_through()
    presenter.let_rows_pass("second", "battery staple", "there are two")
    presenter.sit_down(depot.by_officer().officer)
    assert (presenter.view().let_pass, presenter.view().preview) == ("", None)


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.map_by(lambda mapping: filled(mapping, "condition", "serviceable")),
        lambda page: page.set_kind("people"),
        lambda page: page.put_at("RACK1"),
        lambda page: page.describe_known(True),
        lambda page: page.call("another list"),
        lambda page: page.read_as("cp1252"),
    ],
)
def test_the_second_person_does_not_stand_for_a_list_that_is_read_otherwise_since(
    presenter: ImportPresenter, tmp_path: Path, change: Callable[[ImportPresenter], object]
) -> None:
    presenter.choose(listed(tmp_path, [a_rifle("EX-000001", model="Model A")]))
    presenter.look_through()
    presenter.let_rows_pass("second", "battery staple", "there are two")
    change(presenter)
    assert presenter.view().let_pass == ""


def test_the_second_person_does_not_stand_for_rows_that_became_doubtful_since(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    presenter.choose(listed(tmp_path, [a_rifle("EX-000001", model="Model A"), a_rifle("EX-901", model="Model A")]))
    presenter.look_through()
    presenter.let_rows_pass("second", "battery staple", "there are two")
    register(depot.desk, depot.by_officer(), rifle_called("EX-901"), depot.rack)
    with pytest.raises(Refusal) as refusal:
        presenter.take_in("", went_on)
    assert refusal.value.rule == "plan_outdated"
    preview = presenter.look_through().preview
    assert preview is not None
    assert preview.for_two == 2


def test_a_role_that_registers_nothing_is_refused_and_writes_nothing(depot: Depot, tmp_path: Path) -> None:
    presenter = ImportPresenter(depot.desk, depot.administrator_signed_in())
    presenter.choose(listed(tmp_path, [a_rifle("EX-10")]))
    presenter.look_through()
    with pytest.raises(Refusal) as refusal:
        presenter.take_in("", went_on)
    assert refusal.value.rule == "role_missing"
    assert len(standing_of(depot, Kind.WEAPON)) == 2


def test_a_column_is_meant_otherwise_and_a_value_stands_for_every_row(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    presenter.choose(listed(tmp_path, [("A", "B", "5.56x45mm", "EX-10")], ("Maker", "Which", "Cal", "Mark")))
    view = presenter.set_kind("weapons")
    assert view.columns is not None
    assert len(view.columns.problems) == 1
    assert view.columns.unused == 2
    presenter.map_by(lambda mapping: meant(mapping, "Which", "model"))
    presenter.map_by(lambda mapping: meant(mapping, "Mark", "serial"))
    view = presenter.map_by(lambda mapping: filled(mapping, "type_code", "SA-40"))
    assert view.columns is not None
    assert view.columns.problems == ()
    assert view.columns.columns[-1].letter == ""
    view = presenter.look_through()
    assert view.preview is not None
    assert dict(view.preview.plan.totals.rows) == {"registered": 1}
    view = presenter.map_by(lambda mapping: meant(mapping, "Maker", "model"))
    assert view.columns is not None
    assert [one.field for one in view.columns.columns] == ["model", "", "calibre", "serial", "type_code"]
    assert view.preview is None
    view = presenter.map_by(lambda mapping: filled(mapping, "type_code", ""))
    assert view.columns is not None
    assert len(view.columns.columns) == 4


def test_known_words_have_their_meaning_in_sight_and_one_taken_away_stays_away(
    presenter: ImportPresenter, tmp_path: Path
) -> None:
    view = presenter.choose(listed(tmp_path, [a_rifle("EX-10", type="rifle"), a_rifle("EX-11")]))
    assert view.columns is not None
    assert dict(view.columns.columns[0].words)["rifle"] == "SA-20"
    view = presenter.map_by(lambda mapping: translated(mapping, "type_code", "rifle", ""))
    assert view.columns is not None
    assert dict(view.columns.columns[0].words)["rifle"] == ""


def test_words_of_the_list_get_a_meaning(presenter: ImportPresenter, tmp_path: Path) -> None:
    path = listed(tmp_path, [a_rifle("EX-10", type="AR"), a_rifle("EX-11", type="AR"), a_rifle("EX-12")])
    view = presenter.choose(path)
    assert view.columns is not None
    assert view.columns.columns[0].unknown == 1
    assert view.columns.columns[0].words == (("AR", ""), ("SA-40", "SA-40"))
    view = presenter.map_by(lambda mapping: translated(mapping, "type_code", "AR", "SA-40"))
    assert view.columns is not None
    assert view.columns.columns[0].unknown == 0
    preview = presenter.look_through().preview
    assert preview is not None
    assert dict(preview.plan.totals.rows) == {"registered": 3}
    view = presenter.map_by(lambda mapping: translated(mapping, "type_code", "ar", ""))
    assert view.columns is not None
    assert view.columns.columns[0].unknown == 1


def test_an_order_of_dates_that_the_list_does_not_prove_is_said_by_a_person(
    presenter: ImportPresenter, tmp_path: Path
) -> None:
    headings = ("Item name", "Quantity", "Ship date")
    view = presenter.choose(listed(tmp_path, [("RIFLE,5.56 MILLIMETER", "2", "03/04/2006")], headings))
    assert view.columns is not None
    assert view.columns.columns[2].order == ""
    preview = presenter.look_through().preview
    assert preview is not None
    assert [note.kind for note in preview.plan.problems] == ["date_order_unknown"]
    presenter.map_by(lambda mapping: ordered(mapping, "ship_date", "day-month-year"))
    preview = presenter.look_through().preview
    assert preview is not None
    assert preview.plan.problems == ()


def test_a_mapping_is_kept_and_found_again_beside_the_next_list(presenter: ImportPresenter, tmp_path: Path) -> None:
    path = listed(tmp_path, [("A", "B", "5.56x45mm", "EX-10")], ("Maker", "Which", "Cal", "Mark"))
    presenter.choose(path)
    presenter.set_kind("weapons")
    for heading, field in (("Which", "model"), ("Mark", "serial"), ("Maker", "make")):
        presenter.map_by(lambda mapping, h=heading, f=field: meant(mapping, h, f))  # type: ignore[misc]
    presenter.keep(path.with_suffix(".toml"))
    with pytest.raises(Refusal) as refusal:
        presenter.keep(path.with_suffix(".toml"))
    assert refusal.value.rule == OVERWRITES
    presenter.keep(path.with_suffix(".toml"), over=True)
    view = presenter.choose(path)
    assert (view.mapping_name, view.kind) == ("old book.toml", "weapons")
    assert view.columns is not None
    assert [one.field for one in view.columns.columns] == ["make", "model", "calibre", "serial"]
    (tmp_path / "bad.toml").write_text("form = 9", encoding="utf-8")
    view = presenter.load(tmp_path / "bad.toml")
    assert [one.kind for one in view.troubles] == ["mapping_form"]
    assert view.columns is not None
    assert presenter.load(path.with_suffix(".toml")).troubles == ()


def test_another_sheet_is_read_when_it_is_chosen(presenter: ImportPresenter, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, count in (("Rifles", 1), ("Pistols", 2)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADINGS)
            for number in range(count):
                sheet.write_row(number + 1, 0, a_rifle(f"EX-{name}-{number}", year=""))
    view = presenter.choose(path)
    assert view.file is not None
    assert (view.file.sheets, view.file.sheet, view.file.rows) == (("Rifles", "Pistols"), "Rifles", 1)
    view = presenter.read_sheet("Pistols")
    assert view.file is not None
    assert (view.file.sheet, view.file.rows) == ("Pistols", 2)


def test_a_change_of_a_known_record_is_shown_cell_by_cell(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    headings = ("Register no", *HEADINGS)
    row = ("W-0000001", *a_rifle("EX-000001", model="Model A", make="Example Arms"))
    presenter.choose(listed(tmp_path, [row], headings))
    preview = presenter.look_through().preview
    assert preview is not None
    shown = [(one.record, str(one.field), one.before, one.after) for one in preview.changes]
    assert shown == [("W-0000001", "make", "Example Works", "Example Arms"), ("W-0000001", "year", "–", "1999")]
    assert list(preview.find(CHANGES, "arms")) == [0]
    presenter.take_in("newer list", went_on)
    assert standing_of(depot, Kind.WEAPON)[0].text("make") == "Example Arms"


def test_people_and_places_are_shown_as_what_they_become(presenter: ImportPresenter, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "people.csv",
        ("Name", "Service number", "Rank", "Unit"),
        [("Example Newcomer", "0100", "Cpl", "2 Company"), ("Example Soldier", "0001", "Cpl", "2 Company")],
    )
    presenter.choose(path)
    preview = presenter.look_through().preview
    assert preview is not None
    assert [preview.row(n).outcome for n in range(2)] == ["registered", "changed"]
    assert str(preview.row(0).becomes) == "Example Newcomer, 0100"
    assert [str(one.field) for one in preview.changes] == ["rank", "unit"]
    path = write_csv(
        tmp_path / "places.csv", ("Code", "Name", "Kind", "Parent"), [("RACK9", "Rack 9", "rack", "ROOM1")]
    )
    view = presenter.choose(path)
    assert view.kind == "places"
    preview = presenter.look_through().preview
    assert preview is not None
    assert str(preview.row(0).becomes) == "RACK9, Rack 9 (rack)"


def test_a_certificate_that_is_renewed_by_a_list_shows_its_days(presenter: ImportPresenter, tmp_path: Path) -> None:
    headings = ("service number", "name", "certificate", "valid until")
    presenter.choose(write_csv(tmp_path / "people.csv", headings, [("0001", "Example Soldier", "SA", "2028-01-31")]))
    preview = presenter.look_through().preview
    assert preview is not None
    assert [(one.before, one.after) for one in preview.changes] == [("SA 2027-06-30", "SA 2028-01-31")]


def test_problems_go_back_to_whoever_made_the_list(presenter: ImportPresenter, tmp_path: Path) -> None:
    presenter.choose(listed(tmp_path, [a_rifle("EX-11", year="19x9")]))
    presenter.look_through()
    out = tmp_path / "old book.problems.csv"
    presenter.keep_problems(out)
    assert [cell.text for cell in read_table(out).rows[0].cells][:4] == ["2", "G", "Year", "19x9"]
    with pytest.raises(Refusal) as refusal:
        presenter.keep_problems(out)
    assert refusal.value.rule == OVERWRITES
    with pytest.raises(Refusal) as refusal:
        presenter.keep_problems(tmp_path / "no such folder" / "out.csv")
    assert refusal.value.rule == "not_written"


def test_a_list_under_another_name_is_another_list_until_the_file_says_otherwise(
    presenter: ImportPresenter, tmp_path: Path
) -> None:
    path = listed(tmp_path, [a_rifle("EX-10")])
    presenter.choose(path)
    presenter.call("  book of 1999 ")
    assert presenter.view().list_name == "book of 1999"
    presenter.look_through()
    presenter.take_in("", went_on)
    presenter.choose(path)
    preview = presenter.look_through().preview
    assert preview is not None
    assert preview.plan.stopped
    assert preview.row(0).outcome == "left_out"
    presenter.call("book of 1999")
    preview = presenter.look_through().preview
    assert preview is not None
    assert not preview.plan.stopped


def test_a_place_that_a_list_calls_otherwise_is_shown_before_and_after(
    presenter: ImportPresenter, tmp_path: Path
) -> None:
    presenter.choose(write_csv(tmp_path / "places.csv", ("Code", "Name", "Kind"), [("RACK1", "Long rack", "rack")]))
    preview = presenter.look_through().preview
    assert preview is not None
    assert next((one.record, str(one.field), one.before, one.after) for one in preview.changes) == (
        "RACK1",
        "name",
        "Rack 1",
        "Long rack",
    )


def test_weapons_known_by_their_serial_are_described_anew_where_it_is_said(
    depot: Depot, presenter: ImportPresenter, tmp_path: Path
) -> None:
    presenter.choose(listed(tmp_path, [a_rifle("EX-000001", model="Model A", year="1988")]))
    stopped = presenter.look_through().preview
    assert stopped is not None
    assert dict(stopped.plan.totals.rows) == {"left_out": 1}
    presenter.describe_known(True)
    assert presenter.view().preview is None
    described = presenter.look_through().preview
    assert described is not None
    assert described.counts()[CHANGES] == 1
    assert presenter.take_in("list of the armourer", went_on).taken is not None
    assert standing_of(depot, Kind.WEAPON)[0].number("year_of_manufacture") == 1988
