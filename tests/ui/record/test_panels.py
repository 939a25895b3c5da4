"""The panels of the record: what is filled in, scanned, refused and done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fakes.depot import Depot
from fakes.workshop import NATO, component, stands
from muniment.desk.attachments import attach_file
from muniment.desk.components import fit_component
from muniment.desk.desk import Deposition
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.own_fields import define_field
from muniment.desk.own_states import define_axes, move_to_state
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.stock import register
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.custody.attachments import Attachment, FileKind
from muniment.domain.custody.own_fields import FieldKind, OwnField
from muniment.domain.custody.own_states import Axis, Guard, OwnState, Way
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import WeaponDescription
from muniment.ui.record.act_panel import ActPanel
from muniment.ui.record.file_asks import AttachPanel, CopyPanel
from muniment.ui.record.screen import RecordScreen
from muniment.ui.record.view import Act
from muniment.ui.shell.window import Window
from muniment.ui.stock.form import FormPanel


class Counter(Protocol):
    depot: Depot
    window: Window
    page: RecordScreen

    def settle(self) -> None: ...

    def press(self, panel: FormPanel) -> None: ...

    def fill(self, panel: FormPanel, **values: str) -> None: ...

    @property
    def panel(self) -> FormPanel: ...


def opens(counter: Counter, subject: Subject, section: str = "fields") -> RecordScreen:
    counter.page.begin(subject, section)
    counter.settle()
    return counter.page


def choose(counter: Counter, number: int) -> None:
    """Open the acts and press one of them by its number."""
    counter.page.acts.click()
    QTest.keyClick(counter.window.focusWidget() or counter.window, Qt.Key(Qt.Key.Key_0.value + number))
    counter.settle()


def choose_letter(counter: Counter, key: Qt.Key) -> None:
    """Open the acts and press one of those that have a letter."""
    counter.page.acts.click()
    QTest.keyClick(counter.window.focusWidget() or counter.window, key)
    counter.settle()


def act_panel(counter: Counter) -> ActPanel:
    panel = counter.panel
    assert isinstance(panel, ActPanel)
    return panel


def second(counter: Counter, reason: str) -> None:
    counter.fill(counter.panel, second="second", passphrase="battery staple", reason=reason)


def test_a_worse_condition_is_one_officers_finding(counter: Counter) -> None:
    opens(counter, counter.depot.rifle)
    choose(counter, 6)
    counter.fill(counter.panel, condition="repairable", reason="stock cracked")
    counter.press(counter.panel)
    assert counter.depot.card(counter.depot.rifle).condition == "repairable"
    assert counter.page.message.isVisible()


def test_a_better_condition_asks_for_the_second_person_on_the_panel(counter: Counter) -> None:
    depot = counter.depot
    opens(counter, depot.rifle)
    choose(counter, 6)
    counter.fill(counter.panel, condition="new", reason="never fired")
    panel = act_panel(counter)
    assert not panel.second.isVisible()
    counter.press(panel)
    assert panel.second.isVisible()
    assert "second authorised person" in panel.second.line.accessibleDescription()
    second(counter, "never fired")
    counter.press(panel)
    assert depot.card(depot.rifle).condition == "new"
    with depot.desk.look() as work:
        assert work.facts_of(depot.rifle)[-1][1].second == depot.second


def test_one_field_of_the_description_is_corrected_for_a_reason(counter: Counter) -> None:
    depot = counter.depot
    opens(counter, depot.rifle)
    choose_letter(counter, Qt.Key.Key_C)
    counter.fill(counter.panel, field="model")
    counter.fill(counter.panel, value="Model B")
    counter.press(counter.panel)
    assert counter.panel.fields["reason"].line.accessibleDescription()  # type: ignore[attr-defined]
    counter.fill(counter.panel, reason="misread")
    counter.press(counter.panel)
    assert depot.card(depot.rifle).model == "Model B"
    assert depot.breaks() == ()


def test_a_serial_is_corrected_when_it_is_typed_twice_and_goes_with_its_status(counter: Counter) -> None:
    depot = counter.depot
    opens(counter, depot.rifle)
    choose_letter(counter, Qt.Key.Key_C)
    panel = counter.panel
    counter.fill(panel, field="serial_raw")
    counter.fill(panel, value="EX-000007", again="EX-000001", reason="misread")
    counter.press(panel)
    assert panel.fields["again"].line.accessibleDescription()  # type: ignore[attr-defined]
    counter.fill(panel, again="EX-000007")
    counter.press(panel)
    assert depot.card(depot.rifle).serial == "EX-000007"
    choose_letter(counter, Qt.Key.Key_C)
    counter.fill(counter.panel, field="serial_status")
    counter.fill(counter.panel, value="obliterated", reason="ground off")
    counter.press(counter.panel)
    assert (depot.card(depot.rifle).serial, depot.card(depot.rifle).serial_status) == ("", "obliterated")


def test_a_mark_is_written_down_as_struck(counter: Counter) -> None:
    depot = counter.depot
    opens(counter, depot.rifle)
    choose_letter(counter, Qt.Key.Key_D)
    counter.fill(counter.panel, kind="import", place="receiver", year="1998")
    counter.press(counter.panel)
    assert counter.panel.fields["country"].line.accessibleDescription()  # type: ignore[attr-defined]
    counter.fill(counter.panel, country="ch")
    counter.press(counter.panel)
    marks = stands(depot, depot.rifle).fields["marks"]
    assert marks == [{"kind": "import", "place": "receiver", "country": "CH", "year": 1998}]


def test_missing_and_found_again(counter: Counter) -> None:
    depot = counter.depot
    page = opens(counter, depot.rifle)
    choose(counter, 7)
    counter.press(counter.panel)
    assert depot.card(depot.rifle).state == "in_store"
    second(counter, "not in the rack at the count")
    counter.press(counter.panel)
    assert depot.card(depot.rifle).state == "missing"
    assert page.view is not None
    assert len(page.view.cases) == 1
    choose(counter, 8)
    counter.window.take_scan(Scan("RACK1"))
    second(counter, "behind the rack")
    counter.press(counter.panel)
    assert depot.card(depot.rifle).state == "in_store"
    assert page.warning.isVisible()


def test_a_case_is_opened_with_a_reason(counter: Counter) -> None:
    opens(counter, counter.depot.rifle)
    choose(counter, 9)
    counter.press(counter.panel)
    assert counter.window.panel is not None
    counter.fill(counter.panel, reason="sling missing")
    counter.press(counter.panel)
    assert counter.page.view is not None
    assert [case.register_no for case in counter.page.view.cases] == ["CASE-0000001"]


def test_a_number_is_assigned_to_a_weapon_without_one(counter: Counter) -> None:
    depot = counter.depot
    bare = WeaponDescription(
        this_year=2026, type_code="SA-40", calibres=(NATO,), serial_status=SerialStatus.NEVER_MARKED
    )
    weapon = register(depot.desk, depot.by_officer(), bare, depot.rack).about
    assert weapon is not None
    page = opens(counter, weapon)
    page.acts.click()
    panel = counter.window.panel
    assert panel is not None
    next(button for button in panel.stops() if "Assign a number" in button.accessibleName()).click()  # type: ignore[attr-defined]
    counter.fill(counter.panel, place="receiver", method="dot_peen")
    counter.press(counter.panel)
    assert page.view is not None
    told = {str(line.title): str(line.value) for group in page.view.groups for line in group.lines}
    assert told["Mark 1"].startswith("number assigned in place of the serial W-0000003, receiver, dot-peened, struck")


def test_a_component_is_scanned_shown_and_fitted(counter: Counter) -> None:
    depot = counter.depot
    barrel = component(depot, ComponentKind.BARREL, "B-1", calibre=NATO)
    page = opens(counter, depot.rifle, "parts")
    page.parts.fit.click()
    counter.window.take_scan(Scan("B-1"))
    counter.settle()
    assert act_panel(counter).part.item is not None
    QTest.keyClick(counter.window.focusWidget() or counter.window, Qt.Key.Key_Return)
    counter.settle()
    assert page.view is not None
    assert [part.subject for part in page.view.parts] == [barrel]
    with depot.desk.look() as work:
        assert work.facts_of(barrel)[-1][1].evidence[0].how == "barcode"


def test_a_component_nobody_knows_is_refused_at_its_field(counter: Counter) -> None:
    opens(counter, counter.depot.rifle, "parts").parts.fit.click()
    counter.window.take_scan(Scan("no-such"))
    counter.settle()
    field = counter.panel.fields["component"]
    assert "no-such" in field.line.accessibleDescription()  # type: ignore[attr-defined]


def test_a_slot_that_is_taken_is_refused_on_the_panel(counter: Counter) -> None:
    depot = counter.depot
    for serial in ("B-1", "B-2"):
        component(depot, ComponentKind.BARREL, serial, calibre=NATO)
    page = opens(counter, depot.rifle, "parts")
    for serial in ("B-1", "B-2"):
        page.parts.fit.click()
        counter.fill(counter.panel, component=serial)
        counter.press(counter.panel)
    assert counter.panel.refused is not None
    assert page.view is not None
    assert len(page.view.parts) == 1


def test_the_control_component_comes_off_by_two_persons(counter: Counter) -> None:
    depot = counter.depot
    receiver = component(depot, ComponentKind.RECEIVER, "EX-000001", control=True)
    fit_component(depot.desk, depot.by_officer(), receiver, depot.rifle)
    page = opens(counter, depot.rifle, "parts")
    page.parts.off.click()
    counter.press(counter.panel)
    assert "control component" in act_panel(counter).second.line.accessibleDescription()
    second(counter, "to the workshop")
    counter.press(counter.panel)
    assert depot.card(receiver).place == "RACK1"
    with depot.desk.look() as work:
        assert work.facts_of(receiver)[-1][1].about == {"overridden": "control_component"}


def test_a_wrong_passphrase_of_the_second_person_is_refused_there(counter: Counter) -> None:
    opens(counter, counter.depot.rifle)
    choose(counter, 7)
    counter.fill(counter.panel, second="second", passphrase="wrong", reason="gone")
    counter.press(counter.panel)
    assert act_panel(counter).passphrase.line.accessibleDescription()
    assert counter.depot.card(counter.depot.rifle).state == "in_store"


def test_two_components_are_swapped_in_one_act(counter: Counter) -> None:
    depot = counter.depot
    old = component(depot, ComponentKind.BARREL, "B-1", calibre=NATO)
    new = component(depot, ComponentKind.BARREL, "B-2", calibre=NATO)
    fit_component(depot.desk, depot.by_officer(), old, depot.rifle)
    page = opens(counter, depot.rifle, "parts")
    page.parts.swap.click()
    counter.window.take_scan(Scan("B-2"))
    counter.settle()
    counter.press(counter.panel)
    assert page.view is not None
    assert [part.subject for part in page.view.parts] == [new]
    with depot.desk.look() as work:
        assert len({fact.act for _, fact in (work.facts_of(old)[-1], work.facts_of(new)[-1])}) == 1


def test_a_new_component_is_registered_and_put_on_at_once(counter: Counter) -> None:
    page = opens(counter, counter.depot.rifle, "parts")
    page.parts.new.click()
    counter.fill(counter.panel, kind="bolt", serial="BO-7", again="BO-1")
    counter.press(counter.panel)
    assert counter.panel.fields["again"].line.accessibleDescription()  # type: ignore[attr-defined]
    counter.fill(counter.panel, again="BO-7")
    counter.press(counter.panel)
    assert page.view is not None
    assert [part.item.serial for part in page.view.parts if part.item] == ["BO-7"]


def test_what_is_registered_and_cannot_be_put_on_is_said_to_be_so(counter: Counter) -> None:
    depot = counter.depot
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    page = opens(counter, depot.rifle, "parts")
    page.parts.new.click()
    counter.fill(counter.panel, kind="bolt", serial="BO-7", again="BO-7", to="RACK1")
    counter.press(counter.panel)
    assert "not fitted" in page.warning.text()
    with depot.desk.look() as work:
        assert work.numbered("C-0000001") is not None


def test_an_own_field_is_filled_in_by_its_kind(counter: Counter) -> None:
    depot = counter.depot
    by = replace(depot.by_officer(), officer=depot.administrator_signed_in())
    define_field(depot.desk, by, OwnField("sling", "Sling", Kind.WEAPON, FieldKind.CHOICE, ("yes", "no")))
    define_field(depot.desk, by, OwnField("shots", "Rounds", Kind.WEAPON, FieldKind.NUMBER))
    page = opens(counter, depot.rifle)
    page.fields.own.click()
    counter.fill(counter.panel, value="yes")
    counter.press(counter.panel)
    page.fields.own.click()
    counter.fill(counter.panel, field="shots", value="many")
    counter.press(counter.panel)
    assert counter.window.panel is not None
    counter.fill(counter.panel, value="1240")
    counter.press(counter.panel)
    assert page.view is not None
    assert [(line.field.key, line.value) for line in page.view.own] == [("sling", "yes"), ("shots", "1240")]


def attach(counter: Counter, folder: Path) -> AttachPanel:
    page = opens(counter, counter.depot.rifle, "files")
    page._folder = folder
    page.files.attach.click()
    counter.settle()
    panel = counter.panel
    assert isinstance(panel, AttachPanel)
    return panel


def test_a_photograph_is_chosen_in_its_folder_and_attached(counter: Counter, photograph: bytes, tmp_path: Path) -> None:
    (tmp_path / "Pictures").mkdir()
    (tmp_path / "Pictures" / "left.png").write_bytes(photograph)
    panel = attach(counter, tmp_path)
    panel.chooser.setFocus()
    for _ in range(2):  # into the folder, then onto the file
        QTest.keyClick(panel.chooser.table, Qt.Key.Key_Down)
        QTest.keyClick(counter.window.focusWidget() or panel, Qt.Key.Key_Return)
        counter.settle()
        panel_now = counter.window.panel
    assert panel_now is None
    assert counter.page.view is not None
    assert counter.page.view.files[0].kind == "photograph"
    assert counter.page.files.picture.shows_picture


def test_which_mark_a_picture_shows_is_asked_for_a_mark_only(
    counter: Counter, photograph: bytes, tmp_path: Path
) -> None:
    (tmp_path / "mark.png").write_bytes(photograph)
    panel = attach(counter, tmp_path)
    assert not panel.shows.isVisible()
    counter.fill(panel, file=str(tmp_path / "mark.png"), kind="mark", shows="proof")
    assert panel.shows.isVisible()
    counter.press(panel)
    assert counter.page.view is not None
    assert counter.page.view.files[0].shows == "proof"


@pytest.mark.parametrize(
    ("content", "says"), [(b"MZ", "neither"), (b"", "empty"), (b"%PDF-" + bytes(10 * 1024 * 1024), "allowed")]
)
def test_a_file_that_is_not_accepted_is_refused_at_its_field(
    counter: Counter, tmp_path: Path, content: bytes, says: str
) -> None:
    (tmp_path / "some.png").write_bytes(content)
    panel = attach(counter, tmp_path)
    counter.fill(panel, file=str(tmp_path / "some.png"))
    counter.press(panel)
    assert says in panel.file.line.accessibleDescription()


def test_a_copy_is_written_and_never_over_another_file(counter: Counter, photograph: bytes, tmp_path: Path) -> None:
    depot = counter.depot
    attach_file(depot.desk, depot.by_officer(), depot.rifle, Attachment(FileKind.PHOTOGRAPH), photograph)
    page = opens(counter, depot.rifle, "files")
    page._folder = tmp_path
    for _ in range(2):
        page.files.copy.click()
        counter.settle()
        panel = counter.panel
        assert isinstance(panel, CopyPanel)
        panel.name.setFocus()
        counter.press(panel)
    written = tmp_path / "W-0000001-01-photograph.png"
    assert written.read_bytes() == photograph
    assert "already" in panel.name.line.accessibleDescription()


WORKSHOP = Axis(
    "workshop",
    "Workshop",
    (OwnState("awaiting", "Awaiting inspection"), OwnState("inspected", "Inspected")),
    (Way("", "awaiting"), Way("awaiting", "inspected", frozenset({Guard.REASON}))),
)


def test_a_step_on_an_axis_of_the_depot_is_taken_on_the_record(counter: Counter) -> None:
    depot = counter.depot
    define_axes(depot.desk, Deposition(depot.administrator_signed_in()), [WORKSHOP])
    move_to_state(depot.desk, depot.by_officer(), depot.rifle, "workshop", "awaiting")
    page = opens(counter, depot.rifle)
    choose_letter(counter, Qt.Key.Key_B)
    counter.press(counter.panel)
    assert counter.window.panel is not None  # the step needs a reason
    counter.fill(counter.panel, reason="looked at it")
    counter.press(counter.panel)
    assert counter.window.panel is None
    assert page.view is not None
    states = next(group for group in page.view.groups if str(group.title) == "States of this depot")
    assert [(str(line.title), str(line.value)) for line in states.lines] == [("Workshop", "Inspected")]
    assert "Other fields" not in [str(group.title) for group in page.view.groups]


def test_without_own_states_the_record_says_that_none_are_defined(counter: Counter) -> None:
    page = opens(counter, counter.depot.rifle)
    assert page.view is not None
    assert str(page.view.refused[Act.STATE]) == "No states are defined"
