"""A disk that is full, closed, locked or half gone: said in words, exit status 3, and nothing confirmed is lost.

The program runs as a process of its own under the real condition, and without an administrator's right to pass over
the rights of files.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fakes.depot import depot_at
from fakes.outside import StoppedClock, outside
from fakes.terminal import SECRETS
from muniment.bootstrap import join_register

if sys.platform == "win32":
    pytest.skip("NOT RUN: these conditions are made by means of POSIX", allow_module_level=True)

import resource

ROOT = Path(__file__).parents[2]
PASSING_OVER_RIGHTS = (1, 2)
"""Capabilities of Linux: reading and writing whatever the rights of a file say."""
AS_ROOT = os.geteuid() == 0
LIBC, DROP = ctypes.CDLL(None), 24
ISSUE = ("issue", "EX-000001", "--to", "0001", "--intent", "first-issue")


@dataclass(frozen=True)
class Desk:
    """The program on a register in a folder that is its own."""

    folder: Path

    @property
    def register(self) -> Path:
        return self.folder / "register.muniment"

    def says(self, *words: str, on: str = "", largest: int | None = None) -> tuple[int, dict[str, Any]]:
        """Run a command; `largest` is how large a file may become before the system refuses to write."""

        def bounded() -> None:
            if AS_ROOT:
                for capability in PASSING_OVER_RIGHTS:
                    LIBC.prctl(DROP, capability, 0, 0, 0)
            if largest is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

        face = ["--register", on or str(self.register), "--as", "officer", "--json"]
        path = os.pathsep.join(str(ROOT / part) for part in ("app", "drivers", "db"))
        secrets = {name: str(self.folder / name) for name in SECRETS}
        done = subprocess.run(
            [sys.executable, "-m", "muniment", *face, *words],
            capture_output=True,
            text=True,
            env={**os.environ, **secrets, "PYTHONPATH": path, "HOME": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
            preexec_fn=bounded,
            cwd=self.folder,
        )
        assert "Traceback" not in done.stderr, done.stderr
        value: dict[str, Any] = json.loads(done.stdout)
        return done.returncode, value

    def fault(self, *words: str, on: str = "", largest: int | None = None) -> str:
        """What the program says of a world that is not ready."""
        status, value = self.says(*words, on=on, largest=largest)
        assert status == 3, value
        assert all(value["fault"][part] for part in ("says", "safe", "do_now"))
        return str(value["fault"]["says"])

    def size(self) -> int:
        """How many facts the register has; all of them whole."""
        clock = StoppedClock()
        register = join_register(str(self.register), outside(clock))
        verdict = register.audit.verify(lambda _done, _all: True)
        register.close()
        assert verdict.breaks == ()
        return verdict.facts


def furnished(folder: Path) -> Desk:
    clock = StoppedClock()
    desk = Desk(folder)
    depot_at(str(desk.register), clock, outside(clock)).register.close()
    for name, secret in SECRETS.items():
        (folder / name).write_text(secret, encoding="utf-8")
    return desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    folder = Path(tempfile.mkdtemp(prefix="muniment-faults-"))
    yield furnished(folder)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_without_a_fault_the_same_step_goes_through(desk: Desk) -> None:
    status, value = desk.says(*ISSUE)
    assert (status, [fact["kind"] for fact in value["facts"]]) == (0, ["receipt_opened", "issued"])


@pytest.fixture
def small_disk() -> Iterator[Desk]:
    folder = Path(tempfile.mkdtemp(prefix="muniment-disk-"))
    mounted = AS_ROOT and shutil.which("mount") is not None and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True
    ).returncode == 0  # fmt: skip
    if not mounted:
        folder.rmdir()
        pytest.skip("NOT RUN: a disk of its own needs the rights to mount one; the limited file was tried")
    yield furnished(folder)
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


def test_a_full_disk_is_named_and_the_step_goes_through_once_there_is_room(small_disk: Desk) -> None:
    before = small_disk.size()
    filling = small_disk.folder / "filling"
    _fill(filling)
    assert small_disk.fault(*ISSUE) == "The disk is full."
    filling.unlink()
    assert small_disk.size() == before
    assert small_disk.says(*ISSUE)[0] == 0
    assert small_disk.size() == before + 2


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as filling:
        while True:
            try:
                filling.write(b"\0" * 4096)
            except OSError:
                return


@pytest.mark.parametrize("largest", [0, 40_000])
def test_a_file_that_may_not_grow_loses_nothing(desk: Desk, largest: int) -> None:
    before = desk.size()
    desk.fault(*ISSUE, largest=largest)
    assert desk.size() == before
    assert desk.says(*ISSUE)[0] == 0
    assert desk.size() == before + 2


def test_a_register_that_cannot_be_finished_leaves_no_file(desk: Desk) -> None:
    new = str(desk.folder / "new.muniment")
    desk.fault("init", "--depot", "Depot Example", "--country", "XX", on=new, largest=50_000)
    assert [one.name for one in desk.folder.iterdir() if one.name.startswith("new")] == []
    assert desk.says("init", "--depot", "Depot Example", "--country", "XX", on=new)[0] == 0


def test_a_register_that_may_only_be_read_says_so(desk: Desk) -> None:
    before = desk.size()
    desk.register.chmod(0o444)
    desk.folder.chmod(0o555)
    assert desk.fault(*ISSUE) == "The register can only be read here."
    assert desk.fault("init", "--depot", "D", "--country", "XX", on=str(desk.folder / "new.muniment"))
    desk.folder.chmod(0o755)
    assert desk.size() == before


def test_a_register_that_may_not_even_be_read_says_so(desk: Desk) -> None:
    desk.register.chmod(0o000)
    assert "cannot be read" in desk.fault(*ISSUE)


def test_a_register_that_another_program_holds_says_so_and_waits_for_it_before(desk: Desk) -> None:
    other = sqlite3.connect(desk.register, isolation_level=None)
    other.execute("begin immediate")
    assert desk.fault(*ISSUE) == "Another program holds the register."
    other.execute("rollback")
    other.close()
    assert desk.says(*ISSUE)[0] == 0


def _text(path: Path) -> None:
    path.write_text("not a register\n")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _other_database(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("create table stock (serial text)")
    other.close()


@pytest.mark.parametrize("make", [_text, _empty, _other_database])
def test_what_is_no_register_is_refused_and_left_as_it_is(desk: Desk, make: Callable[[Path], None]) -> None:
    strange = desk.folder / "strange"
    make(strange)
    before = hashlib.sha256(strange.read_bytes()).digest()
    assert "no register" in desk.fault(*ISSUE, on=str(strange))
    assert hashlib.sha256(strange.read_bytes()).digest() == before
    assert sorted(one.name for one in desk.folder.glob("strange*")) == ["strange"]


def test_a_folder_and_a_file_that_is_missing_are_no_register(desk: Desk) -> None:
    assert "no register" in desk.fault("verify", on=str(desk.folder))
    assert "no register" in desk.fault("verify", on=str(desk.folder / "absent"))


@pytest.mark.parametrize("part", [0.01, 0.5])
def test_a_register_that_was_copied_in_part_is_called_damaged(desk: Desk, part: float) -> None:
    whole = desk.register.read_bytes()
    desk.register.write_bytes(whole[: int(len(whole) * part)])
    assert "damaged" in desk.fault(*ISSUE)
    assert "damaged" in desk.fault("verify")


@pytest.mark.parametrize("address", ["postgresql://a:b:c", "postgresqlfoo", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_server_that_is_not_there_is_told_without_the_address(desk: Desk, address: str) -> None:
    assert address not in desk.fault("verify", on=address)


def test_sheets_that_cannot_be_written_say_so(desk: Desk) -> None:
    assert desk.says(*ISSUE)[0] == 0
    nowhere = str(desk.folder / "nowhere" / "sheet.pdf")
    desk.fault("export", "weapons", str(desk.folder / "nowhere" / "list.csv"))
    desk.fault("report", "issue-log", "--out", nowhere)
    desk.fault("labels", "items", "--out", nowhere)
