"""The page of lists on the screen. Keyboard only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Protocol

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.depot import Depot
from fakes.lists import HOLDINGS, WEAPONS, holding, reading, standing_of, taken_in, weapon, write_csv
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind
from muniment.ui.bridge import Bridge
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.lists.list_card import BY_SERIAL
from muniment.ui.lists.pace import Going
from muniment.ui.lists.screen import ListsScreen
from muniment.ui.shell.page import Shown, TakesKeys, TakesScans
from muniment.ui.shell.window import Window
from muniment.ui.stock.form import FormPanel

HEADINGS = ("Type code", "Make", "Model", "Calibre", "Serial number", "Location")
RIFLES = [
    ("SA-40", "Example Works", "Model X", "5.56x45mm", "EX-10", "RACK1"),
    ("SA-40", "Example Works", "Model X", "5.56x45mm", "EX-11", "NOWHERE"),
]
MIXED = [
    holding("RIFLE,5.56 MILLIMETER"),
    holding("MAGAZINE,CARTRIDGE", "50", nsn="1005-00-921-5004"),
    holding("BICYCLE, EXERCISE", "1", nsn="7830-DS-BIC-YCEE"),
]


class Counter(Protocol):
    depot: Depot
    window: Window
    page: ListsScreen
    reader: Bridge
    desk: Bridge

    @property
    def form(self) -> FormPanel: ...

    def settle(self) -> None: ...

    def take(self, path: Path) -> None: ...


def key(counter: Counter, code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or counter.window, code, modifier)
    counter.settle()


def a_list(folder: Path, rows: Sequence[Sequence[str]] = RIFLES) -> Path:
    return write_csv(folder / "old book.csv", HEADINGS, rows)


def test_the_page_answers_what_the_window_passes_on(counter: Counter) -> None:
    assert isinstance(counter.page, TakesKeys)
    assert isinstance(counter.page, TakesScans)
    assert isinstance(counter.page, Shown)
    assert not counter.window.take_scan(Scan("W-0000001"))


def test_a_typed_path_leads_from_the_file_to_the_receipt_by_keys(counter: Counter, tmp_path: Path) -> None:
    written: list[bool] = []
    counter.page.changed.connect(lambda: written.append(True))
    page = counter.page.taking_in
    page.browser.path.setFocus()
    page.browser.path.write(str(a_list(tmp_path)))
    key(counter, Qt.Key.Key_Return)
    assert page.view.kind == "weapons"
    assert QApplication.focusWidget() is page.columns.table
    key(counter, Qt.Key.Key_F10)
    assert page.preview.what.holding == "problems"
    assert page.take.shown_words == "Take in without 1 rows"
    key(counter, Qt.Key.Key_F10)
    assert page.view.taken is not None
    assert page.receipt.isVisible()
    assert written == [True]
    assert [one.text("serial_raw") for one in standing_of(counter.depot, Kind.WEAPON)][-1] == "EX-10"
    key(counter, Qt.Key.Key_Return)
    assert page.browser.isVisible()
    assert page.view.file is None


def test_a_reason_that_is_lacking_is_asked_at_its_field(counter: Counter, tmp_path: Path) -> None:
    heading = ("register number", "serial", "make", "model", "type", "calibre", "place", "condition")
    row = ("W-0000001", "EX-000001", "Example Works", "Model B", "SA-40", "5.56x45mm", "RACK1", "serviceable")
    page = counter.page.taking_in
    counter.take(write_csv(tmp_path / "edition.csv", heading, [row]))
    page.look.click()
    counter.settle()
    page.take.click()
    counter.settle()
    assert page.view.taken is None
    assert "Write why" in page.card.reason.line.accessibleDescription()
    assert page.card.reason.line.hasFocus()
    page.card.reason.write("stock take 7")
    key(counter, Qt.Key.Key_F10)
    assert page.view.taken is not None


def test_a_folder_is_walked_with_arrows_and_enter(counter: Counter, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    a_list(tmp_path / "stick")
    browser = counter.page.taking_in.browser
    browser.look(tmp_path)
    counter.settle()
    browser.table.setFocus()
    key(counter, Qt.Key.Key_Home)
    key(counter, Qt.Key.Key_Return)
    assert browser.folder == tmp_path / "stick"
    browser.table.setFocus()
    key(counter, Qt.Key.Key_Home)
    key(counter, Qt.Key.Key_Return)
    file = counter.page.taking_in.view.file
    assert file is not None
    assert file.name == "old book.csv"


def test_a_dropped_file_is_read(counter: Counter, tmp_path: Path) -> None:
    counter.page.open("export")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(a_list(tmp_path)))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    counter.page.dropEvent(event)
    counter.settle()
    assert counter.page.sections.opened == "import"
    assert counter.page.taking_in.view.columns is not None


def test_a_column_is_read_otherwise_by_keys(counter: Counter, tmp_path: Path) -> None:
    counter.take(a_list(tmp_path))
    columns = counter.page.taking_in.columns
    columns.table.choose(0)
    columns.table.setFocus()
    key(counter, Qt.Key.Key_Down)
    key(counter, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is columns.field.box
    columns.field.write("remarks")
    counter.settle()
    view = counter.page.taking_in.view.columns
    assert view is not None
    assert [one.field for one in view.columns][:2] == ["type_code", "remarks"]
    columns.field.setFocus()
    key(counter, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is columns.table
    assert columns.table.chosen == 1


def test_a_name_that_was_typed_just_before_counts(counter: Counter, tmp_path: Path) -> None:
    counter.take(a_list(tmp_path))
    page = counter.page.taking_in
    page.card.called.setFocus()
    page.card.called.write("book of 1999")
    key(counter, Qt.Key.Key_F10)
    assert page.view.list_name == "book of 1999"
    assert page.view.preview is not None
    assert page.view.preview.plan.source.list_name == "book of 1999"


def test_a_value_for_every_row_is_asked_and_set(counter: Counter, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", ("Model", "Serial number"), [("Model X", "EX-10")])
    counter.take(path)
    key(counter, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    form = counter.form
    form.fields["field"].write("type_code")  # type: ignore[attr-defined]
    form.act.click()
    counter.settle()
    view = counter.page.taking_in.view.columns
    assert view is not None
    assert view.columns[-1].field == "type_code"
    assert counter.window.panel is None


def test_a_mapping_is_kept_and_an_old_one_is_replaced_only_when_told(counter: Counter, tmp_path: Path) -> None:
    path = a_list(tmp_path)
    path.with_suffix(".toml").write_text("mine", encoding="utf-8")
    counter.take(path)
    key(counter, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    form = counter.form
    form.act.click()
    counter.settle()
    assert path.with_suffix(".toml").read_text("utf-8") == "mine"
    replace = next(one for one in form.findChildren(type(form.act)) if one.shown_words == "Replace the file")
    assert replace.isVisible()
    replace.click()
    counter.settle()
    assert path.with_suffix(".toml").read_text("utf-8").startswith("form = 1")
    assert counter.window.panel is None


def test_duplicates_are_let_pass_by_a_second_person(counter: Counter, tmp_path: Path) -> None:
    row = ("SA-40", "Example Works", "Model A", "5.56x45mm", "EX-000001", "RACK1")
    counter.take(a_list(tmp_path, [row]))
    page = counter.page.taking_in
    key(counter, Qt.Key.Key_F10)
    assert page.take.shown_words == "Nothing to take in"
    key(counter, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    form = counter.form
    for name, value in (("reason", "there are two"), ("second", "second"), ("passphrase", "battery staple")):
        form.fields[name].write(value)  # type: ignore[attr-defined]
    form.act.click()
    counter.settle()
    assert counter.window.panel is None
    assert page.view.let_pass == "Example Second"
    key(counter, Qt.Key.Key_F10)
    assert page.view.taken is not None


def test_stopping_leaves_the_register_untouched(counter: Counter, tmp_path: Path) -> None:
    counter.take(a_list(tmp_path))
    page = counter.page.taking_in
    key(counter, Qt.Key.Key_F10)
    gate = Event()
    counter.desk.do(lambda: gate.wait(20), lambda _: None)  # so that it is stopped before it has begun
    page.take.click()
    QTest.keyClick(counter.window, Qt.Key.Key_Escape)
    assert page.progress.stop.shown_words == "Stopping"
    gate.set()
    counter.settle()
    assert page.view.taken is None
    assert page.told.isVisible()
    assert len(standing_of(counter.depot, Kind.WEAPON)) == 2
    page.progress.tell(Going(1000, 4000, 6))
    assert page.progress.count.text() == "1,000 of 4,000 · about 6 s left"


def test_rows_are_narrowed_by_typing_and_esc_shows_all(counter: Counter, tmp_path: Path) -> None:
    counter.take(a_list(tmp_path))
    preview = counter.page.taking_in.preview
    key(counter, Qt.Key.Key_F10)
    preview.totals.of["registered"].chosen.emit()
    counter.settle()
    assert preview.tables["rows"].model().rowCount() == 1
    assert counter.page.take_key("Esc")
    counter.settle()
    assert preview.tables["rows"].model().rowCount() == 2
    key(counter, Qt.Key.Key_F9)
    preview.search.write("ex-11")
    QTest.qWait(200)
    counter.settle()
    assert preview.tables["rows"].model().rowCount() == 1
    assert counter.page.take_key("Esc")
    assert not counter.page.take_key("Esc")
    assert counter.page.taking_in.view.preview is not None
    counter.page.taking_in.back.click()
    counter.settle()
    assert counter.page.taking_in.columns.isVisible()


def test_an_import_is_taken_back_by_keys_and_what_stands_is_named(counter: Counter) -> None:
    taken_in(counter.depot, reading(WEAPONS, [weapon("EX-10"), weapon("EX-11")]))
    key(counter, Qt.Key.Key_F3)
    batches = counter.page.batches
    assert batches.title.text() == "B-0000001"
    key(counter, Qt.Key.Key_F7)
    form = counter.form
    form.act.click()
    counter.settle()
    assert counter.window.panel is form
    form.fields["reason"].write("wrong list")  # type: ignore[attr-defined]
    form.act.click()
    counter.settle()
    assert counter.window.panel is None
    assert batches.told.text() == "2 entries are taken back, 0 stand."
    assert not batches.back.isVisible()
    assert len(standing_of(counter.depot, Kind.WEAPON)) == 2


def test_lines_are_marked_with_space_and_decided_together(counter: Counter) -> None:
    taken_in(counter.depot, reading(HOLDINGS, MIXED))
    key(counter, Qt.Key.Key_F4)
    decisions = counter.page.decisions
    decisions.table.setFocus()
    key(counter, Qt.Key.Key_Home)
    key(counter, Qt.Key.Key_Space)
    key(counter, Qt.Key.Key_Space)
    assert decisions.view.marked == 2
    key(counter, Qt.Key.Key_F10)
    form = counter.form
    form.fields["reason"].write("no weapons")  # type: ignore[attr-defined]
    form.act.click()
    counter.settle()
    assert decisions.view.open == 0
    assert decisions.says.text() == "2 lines are nothing this register keeps."
    decisions.which.chosen.emit("decided")
    counter.settle()
    decisions.table.setFocus()
    key(counter, Qt.Key.Key_Return)
    form = counter.form
    form.fields["reason"].write("they are")  # type: ignore[attr-defined]
    form.act.click()
    counter.settle()
    assert decisions.view.open == 2


def test_the_worklist_leads_to_where_each_thing_is_mended(counter: Counter) -> None:
    taken_in(counter.depot, reading(HOLDINGS, MIXED))
    asked: list[tuple[str, str]] = []
    worklist = counter.page.worklist
    worklist.item_asked.connect(lambda item: asked.append(("item", item)))
    worklist.identify_asked.connect(lambda line: asked.append(("identify", line)))
    key(counter, Qt.Key.Key_F5)
    worklist.piles.setFocus()
    key(counter, Qt.Key.Key_Down)
    key(counter, Qt.Key.Key_Return)
    assert worklist.items.hasFocus()
    key(counter, Qt.Key.Key_Return)
    assert asked == [("identify", standing_of(counter.depot, Kind.LINE)[0].subject)]
    assert counter.page.take_key("Esc")
    key(counter, Qt.Key.Key_End)
    key(counter, Qt.Key.Key_Return)
    key(counter, Qt.Key.Key_Return)
    assert asked[1] == ("item", counter.depot.rifle)
    counter.page.take_key("Esc")
    key(counter, Qt.Key.Key_Home)
    key(counter, Qt.Key.Key_Return)
    key(counter, Qt.Key.Key_Return)
    assert counter.page.sections.opened == "decisions"


def test_a_list_is_written_out_and_replaced_only_when_told(counter: Counter, tmp_path: Path) -> None:
    key(counter, Qt.Key.Key_F6)
    export = counter.page.export
    target = tmp_path / "weapons.csv"
    export.target.write(str(target))
    key(counter, Qt.Key.Key_F10)
    assert target.exists()
    assert export.told.text() == f"2 rows are written to {target}."
    target.write_text("mine", encoding="utf-8")
    export.target.write(str(target))
    key(counter, Qt.Key.Key_F10)
    assert target.read_text("utf-8") == "mine"
    assert export.over.isVisible()
    export.over.click()
    counter.settle()
    assert target.read_text("utf-8-sig").startswith("register_no")
    export.form.write(".ods")
    assert export.target.value == str(target.with_suffix(".ods"))
    export.what.write("people")
    export.names.write("named")
    assert "names persons" in export.warning.text()


@pytest.mark.parametrize(("tint", "scale"), [(Tint.LIGHT, Scale.NORMAL), (Tint.NIGHT, Scale.GLOVE)])
@pytest.mark.parametrize(
    "part", ["import", "columns", "preview", "receipt", "batches", "decisions", "worklist", "export"]
)
def test_nothing_is_clipped_on_any_part(counter: Counter, tmp_path: Path, part: str, tint: Tint, scale: Scale) -> None:
    wear(Theme(tint, scale))
    size = (1366, 768) if scale is Scale.NORMAL else (1920, 1080)
    counter.window.resize(*size)
    taken_in(counter.depot, reading(HOLDINGS, MIXED))
    if part in ("columns", "preview", "receipt"):
        counter.take(a_list(tmp_path))
        for _ in range(("columns", "preview", "receipt").index(part)):
            key(counter, Qt.Key.Key_F10)
    else:
        counter.page.open(part)
    counter.settle()
    QApplication.processEvents()
    assert clipped(counter.window) == []
    assert not counter.window.page_scrolls


def test_known_serials_are_described_anew_by_a_choice_beside_the_list(counter: Counter, tmp_path: Path) -> None:
    row = ("SA-40", "Example Works", "Model A", "5.56x45mm", "EX-000001", "RACK1")
    counter.take(a_list(tmp_path, [row]))
    page = counter.page.taking_in
    page.card.known.write(BY_SERIAL)
    page.card.known.changed.emit(BY_SERIAL)
    counter.settle()
    key(counter, Qt.Key.Key_F10)
    counter.settle()
    assert page.view.preview is not None
    assert dict(page.view.preview.plan.totals.rows) in ({"already": 1}, {"changed": 1})
    assert page.card.isVisible()


def test_a_problem_is_read_out_whole_below_the_table(counter: Counter, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    rows = "EX-1,Example Works,Model A,5.56x45mm,SA-40,RACK1\nEX-2,Example Works,Model A,5.56x45mm,SA-40,NOWHERE\n"
    path.write_text(f"Serial No,Make,Model,Cal,Type,Rack\n{rows}", encoding="utf-8")
    counter.take(path)
    page = counter.page.taking_in
    assert page.view.columns is not None
    assert page.view.columns.used == 6, "the column of type codes is known by what it holds"
    key(counter, Qt.Key.Key_F10)
    (problem,) = page.view.preview.plan.problems if page.view.preview is not None else ()
    assert page.preview.whole.text() == f"{problem.where}: {problem.says}"
    page.preview.totals.of["registered"].chosen.emit()
    counter.settle()
    assert "EX-1" in page.preview.whole.text()
