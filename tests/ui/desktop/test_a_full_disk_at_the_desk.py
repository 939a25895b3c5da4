"""The disk that the register lies on, or that a list is written to, is full: said of what it befell, and cured."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fakes.at_the_desk import AtTheDesk
from fakes.depot import depot_in_memory
from fakes.small_disk import SmallDisk, small_disk
from muniment.domain.basics.text import say
from muniment.exchange.export_lists import ListKind
from muniment.exchange.exporting import export_all, export_list
from muniment.ports.work import StoreFault
from muniment.training.demonstration import PIN
from muniment.ui.folder.listing import Refusal, write_new


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    with small_disk(6) as made:
        yield made


@pytest.fixture
def desk(qtbot: QtBot, disk: SmallDisk) -> Iterator[AtTheDesk]:
    made = AtTheDesk(qtbot, disk.folder)
    yield made
    made.close()


def lines(desk: AtTheDesk) -> list[tuple[str, str]]:
    return [(line.serial, line.outcome) for line in desk.view.lines]


def test_the_weapon_it_befell_is_named_later_scans_wait_and_go_on_when_there_is_room(
    desk: AtTheDesk, disk: SmallDisk
) -> None:
    desk.scan("BADGE-D101", "TAG-0001")
    disk.fill()
    desk.scan("TAG-0002", "TAG-0003")
    assert lines(desk) == [("DEMO-10231", "accepted"), ("DEMO-10232", "refused"), ("TAG-0003", "held")]
    refusal = desk.view.refusal
    assert refusal is not None
    assert (refusal.serial, str(refusal.happened)) == ("DEMO-10232", "The disk is full.")
    assert "was not recorded" in str(refusal.safe)
    disk.make_room()
    desk.press(Qt.Key.Key_Return)
    assert lines(desk)[1:] == [("DEMO-10232", "refused"), ("DEMO-10233", "accepted")]
    assert desk.state("TAG-0002", "receipt") == ""
    assert desk.whole()


def test_a_confirmation_that_cannot_be_recorded_is_asked_again(desk: AtTheDesk, disk: SmallDisk) -> None:
    desk.scan("BADGE-D101", "TAG-0001", "MUNIMENT DONE")
    disk.fill()
    desk.type(PIN)
    desk.press(Qt.Key.Key_Return)
    assert desk.refused == "not_recorded"
    assert desk.receipt_state("TAG-0001") == "open"
    disk.make_room()
    desk.press(Qt.Key.Key_Return)
    assert desk.view.confirming


def test_steps_that_fail_before_the_first_is_answered_are_counted(desk: AtTheDesk) -> None:
    full = StoreFault(say("The disk is full."), say("Kept."), say("Make room."))
    for _ in range(2):
        desk.desktop.bridge.broken.emit(full)
    assert desk.panel.accessibleName() == "2 steps did not work"
    desk.press(Qt.Key.Key_Return)
    desk.desktop.bridge.broken.emit(full)
    assert desk.panel.accessibleName() == "This did not work"


@pytest.mark.parametrize("name", ["list.csv", "list.json", "list.jsonl", "list.ods"])
def test_a_list_that_finds_no_room_leaves_nothing_and_no_notice_without_its_list(disk: SmallDisk, name: str) -> None:
    depot = depot_in_memory()
    disk.fill()
    with pytest.raises(OSError, match="No space"):
        export_list(depot.register, ListKind.PEOPLE, disk.folder / name, with_names=True)
    assert disk.holds == []


def test_everything_that_finds_no_room_leaves_nothing_and_is_written_when_there_is(disk: SmallDisk) -> None:
    depot = depot_in_memory()
    disk.fill()
    with pytest.raises(OSError, match="No space"):
        export_all(depot.register, disk.folder / "all")
    assert disk.holds == []
    disk.make_room()
    assert export_all(depot.register, disk.folder / "all")


def test_a_copy_that_finds_no_room_leaves_no_half_of_a_file(disk: SmallDisk) -> None:
    disk.fill()
    with pytest.raises(Refusal) as refusal:
        write_new(disk.folder / "copy.png", b"x" * 100_000)
    assert refusal.value.rule == "file_unwritable"
    assert disk.holds == []
