"""Taking imports back, deciding, the worklist, writing out, and looking into folders: decided without a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.depot import Depot
from fakes.lists import HOLDINGS, WEAPONS, holding, reading, standing_of, taken_in, weapon, write_csv
from muniment.desk.hatch import move_item
from muniment.desk.quality import Task
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.exchange.export_lists import ListKind
from muniment.exchange.sheets import read_table
from muniment.ui.lists.folders import beginnings, look_into, size_words
from muniment.ui.lists.handing_on import (
    EVERYTHING,
    WHAT,
    HandingOnPresenter,
    Wish,
    contains,
    field_of,
    forms_of,
    offered_name,
)
from muniment.ui.lists.mending import MendingPresenter
from muniment.ui.lists.pace import Going, Pace
from muniment.ui.lists.taken_in import BatchesPresenter
from muniment.ui.lists.taken_in import field_of as field_of_taking
from muniment.ui.lists.trouble import OVERWRITES
from muniment.ui.lists.undecided import UndecidedPresenter
from muniment.ui.lists.undecided import field_of as field_of_decision

MIXED = [
    holding("RIFLE,5.56 MILLIMETER"),
    holding("MAGAZINE,CARTRIDGE", "50", nsn="1005-00-921-5004"),
    holding("MAGAZINE,CARTRIDGE", "50", nsn="1005-00-921-5004"),
    holding("BICYCLE, EXERCISE", "1", nsn="7830-DS-BIC-YCEE"),
]


def went_on(_going: Going) -> bool:
    return True


@pytest.fixture
def batches(depot: Depot) -> BatchesPresenter:
    return BatchesPresenter(depot.desk, depot.by_officer().officer)


@pytest.fixture
def undecided(depot: Depot) -> UndecidedPresenter:
    taken_in(depot, reading(HOLDINGS, MIXED))
    return UndecidedPresenter(depot.desk, depot.by_officer().officer)


def test_imports_are_listed_with_what_became_of_their_rows(depot: Depot, batches: BatchesPresenter) -> None:
    assert batches.view().line is None
    taken_in(depot, reading(HOLDINGS, MIXED))
    taken_in(depot, reading(WEAPONS, [weapon("EX-10")], name="second book"))
    view = batches.view()
    assert [one.register_no for one in view.lines] == ["B-0000002", "B-0000001"]
    assert view.shown == view.lines[0].batch
    first = view.lines[1]
    assert (first.list_name, first.by, first.stands) == ("old book", "Sgt Example Officer", True)
    assert (first.totals.rows_read, first.totals.quantity_read) == (4, 102)
    assert batches.open(first.batch).line == first


def test_what_has_moved_is_named_after_taking_back_and_after_the_next_start(
    depot: Depot, batches: BatchesPresenter
) -> None:
    batch = taken_in(depot, reading(WEAPONS, [weapon("EX-10"), weapon("EX-11")])).batch
    moved = next(one for one in standing_of(depot, Kind.WEAPON) if one.text("serial_raw") == "EX-11")
    with depot.desk.look() as work:
        room = next(p.subject for p in work.all_of(Kind.PLACE) if p.text("code") == "ROOM1")
    move_item(depot.desk, depot.by_officer(), moved.subject, room)
    seen: list[Going] = []
    taking = batches.who_takes_back(batch, "wrong list")
    view = batches.take_back(taking, lambda going: seen.append(going) is None)
    assert str(view.told) == "1 entries are taken back, 1 stand."
    assert [(one.row, one.name) for one in view.standing] == [(3, moved.text("register_no"))]
    assert seen
    assert view.line is not None
    assert (view.line.stands, view.line.undone, view.line.kept) == (False, 1, 1)
    later = BatchesPresenter(depot.desk, depot.by_officer().officer).view()
    assert [(one.row, one.name) for one in later.standing] == [(3, moved.text("register_no"))]
    assert depot.breaks() == ()


def test_taking_back_needs_a_reason_and_can_be_stopped(depot: Depot, batches: BatchesPresenter) -> None:
    batch = taken_in(depot, reading(WEAPONS, [weapon("EX-10")])).batch
    with pytest.raises(Refusal) as refusal:
        batches.who_takes_back(batch, "  ")
    assert field_of_taking(refusal.value) == "reason"
    taking = batches.who_takes_back(batch, "wrong list")
    view = batches.take_back(taking, lambda _: False)
    assert "Stopped" in str(view.told)
    assert view.lines[0].stands
    assert batches.take_back(taking, went_on).lines[0].undone == 1
    with pytest.raises(Refusal) as again:
        batches.who_takes_back(batch, "wrong list")
    assert again.value.rule == "undone_before"


def test_after_an_hour_taking_back_takes_two_and_is_refused_before_it_begins(
    depot: Depot, batches: BatchesPresenter
) -> None:
    batch = taken_in(depot, reading(WEAPONS, [weapon("EX-10")])).batch
    depot.clock.forward(hours=2)
    for second, passphrase, field in (("", "", "second"), ("second", "wrong", "passphrase")):
        with pytest.raises(Refusal) as refusal:
            batches.who_takes_back(batch, "wrong list", second, passphrase)
        assert field_of_taking(refusal.value) == field
    taking = batches.who_takes_back(batch, "wrong list", "second", "battery staple")
    assert batches.take_back(taking, went_on).lines[0].undone == 1


def test_lines_of_one_name_are_marked_and_decided_at_once(depot: Depot, undecided: UndecidedPresenter) -> None:
    view = undecided.view()
    assert (view.open, view.pieces) == (3, 101)
    assert [one.item_name for one in view.lines] == ["BICYCLE, EXERCISE", "MAGAZINE,CARTRIDGE", "MAGAZINE,CARTRIDGE"]
    view = undecided.mark_alike(view.lines[1].subject)
    assert (view.marked, view.marked_pieces) == (2, 100)
    view = undecided.decide("", "", "magazines are counted elsewhere")
    assert (view.open, view.pieces, view.marked) == (1, 1, 0)
    assert str(view.told) == "2 lines are nothing this register keeps."
    view = undecided.show_decided(True)
    assert [str(one.decision) for one in view.lines] == ["nothing this register keeps"] * 2
    assert undecided.together(view.lines[0].subject) == 2


def test_marks_are_set_and_taken_away(undecided: UndecidedPresenter) -> None:
    lines = undecided.view().lines
    assert undecided.mark(lines[0].subject).marked == 1
    assert undecided.mark(lines[0].subject).marked == 0
    assert undecided.mark_all().marked == 3
    assert undecided.mark_all().marked == 0
    undecided.search("bicycle")
    assert undecided.mark_all().marked == 1
    assert [one.item_name for one in undecided.view().lines] == ["BICYCLE, EXERCISE"]


def test_a_decision_is_taken_back_with_all_that_was_decided_in_it(depot: Depot, undecided: UndecidedPresenter) -> None:
    undecided.mark_all()
    view = undecided.decide("SA-40", "5.56x45mm", "they were rifles after all")
    assert view.open == 0
    assert sum(one.number("quantity") for one in standing_of(depot, Kind.LINE)) == 102
    line = undecided.show_decided(True).lines[0].subject
    with pytest.raises(Refusal):
        undecided.take_back(line, "")
    with pytest.raises(Refusal) as alone:
        undecided.take_back(line, "they were not")
    assert field_of_decision(alone.value) == "second"
    view = undecided.take_back(line, "they were not", "second", "battery staple")
    assert (view.open, view.pieces) == (3, 101)
    assert sum(one.number("quantity") for one in standing_of(depot, Kind.LINE)) == 1
    assert depot.breaks() == ()


def test_a_decision_without_marks_reason_or_calibre_is_refused_at_its_field(undecided: UndecidedPresenter) -> None:
    with pytest.raises(Refusal) as nothing:
        undecided.decide("", "", "why not")
    assert nothing.value.rule == "nothing_marked"
    undecided.mark_all()
    with pytest.raises(Refusal) as silent:
        undecided.decide("", "", " ")
    assert field_of_decision(silent.value) == "reason"
    assert undecided.view().open == 3


def test_the_worklist_keeps_to_the_pile_that_was_asked_for(depot: Depot, undecided: UndecidedPresenter) -> None:
    presenter = MendingPresenter(depot.desk)
    presenter.open(Task.LINE_NOT_WORKED_OFF)
    view = presenter.view()
    assert view.shown is Task.LINE_NOT_WORKED_OFF
    assert view.pile is not None
    assert view.pile.count == 1
    undecided.mark_all()
    undecided.decide("", "", "not ours")
    assert presenter.open(Task.UNDECIDED).shown is Task.UNDECIDED
    assert presenter.view().shown is Task.LINE_NOT_WORKED_OFF


@pytest.mark.parametrize("form", [".csv", ".xlsx", ".ods"])
def test_a_list_is_written_and_never_over_another_unasked(depot: Depot, tmp_path: Path, form: str) -> None:
    presenter, target = HandingOnPresenter(depot.register), tmp_path / f"weapons{form}"
    wish = Wish(ListKind.WEAPONS, form, str(target))
    done = presenter.write(wish, lambda _: True)
    assert [one.rows for one in done.files] == [2]
    assert len(read_table(target).rows) == 2
    with pytest.raises(Refusal) as refusal:
        presenter.write(wish, lambda _: True)
    assert (refusal.value.rule, field_of(refusal.value)) == (OVERWRITES, "target")
    presenter.write(Wish(ListKind.WEAPONS, form, str(target), over=True), lambda _: True)


def test_names_of_persons_are_written_only_when_asked_for(depot: Depot, tmp_path: Path) -> None:
    presenter = HandingOnPresenter(depot.register)
    plain, named = tmp_path / "plain.csv", tmp_path / "named.csv"
    presenter.write(Wish(ListKind.PEOPLE, ".csv", str(plain)), lambda _: True)
    done = presenter.write(Wish(ListKind.PEOPLE, ".csv", str(named), with_names=True), lambda _: True)
    assert "Example Soldier" not in plain.read_text("utf-8-sig")
    assert "Example Soldier" in named.read_text("utf-8-sig")
    assert "names persons" in str(done.notices[0])
    assert "names persons" in " ".join(str(one) for one in contains(ListKind.PEOPLE, with_names=True))
    assert "not named" in " ".join(str(one) for one in contains(ListKind.PEOPLE, with_names=False))


def test_the_notice_beside_a_list_is_not_written_over_another_file(depot: Depot, tmp_path: Path) -> None:
    (tmp_path / "people.csv.notice.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal):
        HandingOnPresenter(depot.register).write(
            Wish(ListKind.PEOPLE, ".csv", str(tmp_path / "people.csv"), with_names=True), lambda _: True
        )
    assert (tmp_path / "people.csv.notice.txt").read_text("utf-8") == "mine"
    assert not (tmp_path / "people.csv").exists()


def test_everything_goes_into_a_new_folder_and_nowhere_else(depot: Depot, tmp_path: Path) -> None:
    presenter = HandingOnPresenter(depot.register)
    done = presenter.write(Wish(EVERYTHING, "", str(tmp_path / "all")), lambda _: True)
    assert {one.path.name for one in done.files} >= {"weapons.csv", "facts.jsonl", "README.txt"}
    with pytest.raises(Refusal) as refusal:
        presenter.write(Wish(EVERYTHING, "", str(tmp_path / "all")), lambda _: True)
    assert field_of(refusal.value) == "target"
    for target in ("", str(tmp_path / "no such folder" / "list.csv")):
        with pytest.raises(Refusal) as nowhere:
            presenter.write(Wish(ListKind.PLACES, ".csv", target), lambda _: True)
        assert field_of(nowhere.value) == "target"


def test_every_list_can_be_handed_on_and_says_what_it_holds() -> None:
    assert set(WHAT) == {*ListKind, EVERYTHING}
    assert all(contains(what, with_names=False) for what in WHAT)


def test_every_list_has_a_form_and_a_name_with_its_day(depot: Depot) -> None:
    for kind in ListKind:
        assert offered_name(depot.register, kind, forms_of(kind)[0]) == f"{kind}-2026-11-24{forms_of(kind)[0]}"
    assert offered_name(depot.register, EVERYTHING, "") == "register-2026-11-24"
    assert forms_of(EVERYTHING) == ()


def test_a_folder_shows_folders_first_then_lists_and_nothing_hidden(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    write_csv(tmp_path / "list.csv", ("a",), [])
    for name in (".hidden.csv", "~$open.xlsx", "letter.doc"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [(one.name, one.is_folder) for one in look_into(tmp_path).entries] == [("sub", True), ("list.csv", False)]
    gone = look_into(tmp_path / "no such folder")
    assert gone.entries == ()
    assert "cannot be opened" in str(gone.says)
    assert beginnings(tmp_path)[0] == tmp_path
    assert (str(size_words(400)), str(size_words(2_500_000))) == ("1 kB", "2.5 MB")


def test_the_time_that_is_left_is_told_from_the_part_that_is_done(depot: Depot) -> None:
    pace = Pace(depot.clock)
    assert pace.at(0, 4000) == Going(0, 4000, None)
    depot.clock.forward(seconds=2)
    assert pace.at(1000, 4000) == Going(1000, 4000, 6)


def test_a_stranger_is_no_batch(batches: BatchesPresenter) -> None:
    assert batches.open(Subject("batch/none")).shown is None
