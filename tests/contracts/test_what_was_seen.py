"""A workstation remembers the newest state it signed, and does not work on a register that has lost or changed it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fakes.depot import Depot, depot_at
from fakes.keys import HeadsInMemory, KeysInMemory
from fakes.outside import CountingIds, StoppedClock, outside, quick_passphrases
from fakes.rewriting import rewritten
from muniment.bootstrap import Outside, examine_register, join_register, put_back_register
from muniment.desk.desk import Deposition
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.restoring import declare_restored
from muniment.desk.signing import sign_in
from muniment.desk.witnessing import remembered, still_holds
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.head_files import FileHeads
from muniment.ports.heads import WentBack
from muniment.ports.work import StoreFault


class Machine:
    """A workstation: its register, its memory beside it, and how its register is opened again."""

    def __init__(self, folder: Path) -> None:
        self.where = str(folder / "register.muniment")
        self.clock = StoppedClock()
        self.world = outside(self.clock)
        self.depot: Depot = depot_at(self.where, self.clock, self.world)

    def move(self) -> None:
        issue_item(self.depot.desk, self.depot.by_officer(), self.depot.rifle, Wanted(self.depot.soldier))
        return_item(self.depot.desk, self.depot.by_officer(), self.depot.rifle)

    def breaks(self) -> set[str]:
        examined = examine_register(self.where, self.world)
        assert examined.seen is not None
        verdict = examined.audit.verify(lambda _done, _all: True, [examined.seen])
        examined.close()
        return {one.rule for one in verdict.breaks}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_register_is_opened_again_as_it_was_left(machine: Machine) -> None:
    machine.move()
    machine.depot.register.close()
    join_register(machine.where, machine.world).close()
    assert machine.breaks() == set()


def test_an_older_copy_in_its_place_is_not_worked_on(machine: Machine, tmp_path: Path) -> None:
    machine.depot.register.close()
    shutil.copy(machine.where, tmp_path / "older")
    reopened = join_register(machine.where, machine.world)
    issue_item(reopened.desk, machine.depot.by_officer(), machine.depot.rifle, Wanted(machine.depot.soldier))
    reopened.close()
    shutil.copy(tmp_path / "older", machine.where)
    with pytest.raises(StoreFault, match="older copy"):
        join_register(machine.where, machine.world)
    assert machine.breaks() == {"cut_off"}


def test_another_past_is_not_worked_on(machine: Machine) -> None:
    machine.move()
    rewritten(machine.depot, b'"serial_raw":"EX-000001"', b'"serial_raw":"EX-000007"')
    machine.depot.register.close()
    with pytest.raises(StoreFault, match="are not those"):
        join_register(machine.where, machine.world)
    assert {"witness_differs", "root_differs"} <= machine.breaks()


def test_a_thief_of_the_key_who_signs_another_past_is_found_by_what_was_seen_before(machine: Machine) -> None:
    """The one alteration that no signature shows: everything is written, hashed and signed anew with the true key."""
    machine.move()
    seen = remembered(machine.world.heads.newest(_log(machine.depot)))
    assert seen is not None
    rewritten(machine.depot, b'"serial_raw":"EX-000001"', b'"serial_raw":"EX-000007"', signs=machine.world.keys)
    assert {one.rule for one in machine.depot.breaks()} - {"guard_missing", "row_altered"} == set()
    with machine.depot.desk.look() as work:
        assert not still_holds(work, seen)
    machine.depot.register.close()
    assert "witness_differs" in machine.breaks()


def test_a_machine_that_has_seen_nothing_opens_any_register_that_is_whole(machine: Machine) -> None:
    machine.depot.register.close()
    world = Outside(
        machine.clock, CountingIds(), quick_passphrases(), "ws-2", "test", KeysInMemory("2"), HeadsInMemory()
    )
    join_register(machine.where, world).close()


def _log(depot: Depot) -> str:
    with depot.desk.look() as work:
        return work.head().log


def test_the_memory_in_a_file_outlives_the_program_and_is_never_the_older_of_two(tmp_path: Path) -> None:
    heads = FileHeads(tmp_path)
    notes = [f"log\n{size}\nroot\n\n— log AAAA\n" for size in (3, 8, 9, 10, 400)]
    for note in notes:
        heads.remember("log", note)
        assert FileHeads(tmp_path).newest("log") == note
    assert FileHeads(tmp_path).newest("another") == ""
    again = FileHeads(tmp_path)
    again.remember("log", "log\n401\nroot\n\n— log AAAA\n")
    assert FileHeads(tmp_path).newest("log").startswith("log\n401")


@pytest.mark.parametrize("place", [0, 1])
def test_a_memory_that_was_cut_in_the_middle_still_knows_the_one_before(tmp_path: Path, place: int) -> None:
    heads = FileHeads(tmp_path)
    for size in (7, 8):
        heads.remember("log", f"log\n{size}\nroot\n\n— log AAAA\n")
    (file,) = tmp_path.iterdir()
    written = bytearray(file.read_bytes())
    written[place * 2048 + 70 : place * 2048 + 90] = bytes(20)
    file.write_bytes(written)
    assert FileHeads(tmp_path).newest("log").startswith(f"log\n{8 if place == 0 else 7}\n")


def test_a_memory_that_cannot_be_kept_does_not_hold_up_the_desk(tmp_path: Path) -> None:
    (tmp_path / "heads").write_text("a file where a folder should be")
    heads = FileHeads(tmp_path / "heads")
    heads.remember("log", "log\n1\nroot\n\n— log AAAA\n")
    assert heads.newest("log") == ""


class Restored:
    """A register of which two desks saw an end that the copy put in its place does not have."""

    def __init__(self, machine: Machine, folder: Path) -> None:
        self.machine = machine
        machine.move()
        machine.depot.register.close()
        shutil.copy(machine.where, folder / "older")
        self.first, self.second = machine.world, outside(machine.clock)
        self.moves(self.first, 1)
        self.second.heads.remember(_log(machine.depot), self.first.heads.newest(_log(machine.depot)))
        self.seen_by_first = self.seen(self.first)

    def seen(self, world: Outside) -> Checkpoint:
        seen = remembered(world.heads.newest(_log(self.machine.depot)))
        assert seen is not None
        return seen

    def moves(self, world: Outside, times: int) -> None:
        opened = join_register(self.machine.where, world)
        by = Deposition(sign_in(opened.desk, "officer", "correct horse"))
        for _ in range(times):
            issue_item(opened.desk, by, self.machine.depot.rifle, Wanted(self.machine.depot.soldier))
            return_item(opened.desk, by, self.machine.depot.rifle)
        opened.close()

    def put_back(self, folder: Path) -> None:
        shutil.copy(folder / "older", self.machine.where)

    def declared(self, world: Outside) -> None:
        back = put_back_register(self.machine.where, world)
        assert back.lost is not None
        desk = back.register.desk
        by = Deposition(
            sign_in(desk, "admin", "paper clip box"),
            second=sign_in(desk, "second", "battery staple"),
            reason="the disk died",
        )
        declare_restored(desk, by, back.lost)
        back.forget()
        back.register.close()


@pytest.fixture
def restored(machine: Machine, tmp_path: Path) -> Restored:
    return Restored(machine, tmp_path)


def test_a_declared_restore_is_accepted_by_every_desk_that_saw_what_was_lost(
    restored: Restored, tmp_path: Path
) -> None:
    restored.put_back(tmp_path)
    restored.declared(restored.first)
    restored.moves(restored.second, 1)
    assert restored.seen(restored.second).size > 0


def test_a_declared_restore_does_not_excuse_what_is_lost_after_it(restored: Restored, tmp_path: Path) -> None:
    restored.moves(restored.first, 10)
    restored.put_back(tmp_path)
    restored.declared(restored.first)
    shutil.copy(restored.machine.where, tmp_path / "declared")
    restored.moves(restored.first, 2)
    shutil.copy(tmp_path / "declared", restored.machine.where)
    with pytest.raises(StoreFault, match="older copy"):
        join_register(restored.machine.where, restored.first)


def test_a_desk_that_saw_more_of_the_lost_end_declares_it_too_and_works_on(restored: Restored, tmp_path: Path) -> None:
    kept = restored.seen(restored.second)
    restored.moves(restored.second, 3)
    restored.put_back(tmp_path)
    restored.first.heads.remember(kept.origin, restored.first.heads.newest(kept.origin))
    restored.declared(restored.first)
    restored.moves(restored.first, 6)
    with pytest.raises(StoreFault, match="not those"):
        join_register(restored.machine.where, restored.second)
    restored.declared(restored.second)
    restored.moves(restored.second, 1)
    restored.moves(restored.first, 1)


def test_the_memory_in_a_file_knows_when_it_went_back(tmp_path: Path) -> None:
    heads = FileHeads(tmp_path)
    for size in (8, 9):
        heads.remember("log", f"log\n{size}\nroot\n\n— log AAAA\n")
    heads.go_back("log", "log\n4\nroot\n\n— log AAAA\n")
    assert FileHeads(tmp_path).newest("log").startswith("log\n4\n")
    assert FileHeads(tmp_path).went_back("log") == (WentBack(9, 4),)
