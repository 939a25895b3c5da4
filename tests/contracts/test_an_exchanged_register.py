"""A register that is moved, exchanged, cut off or set back while a desk works on it: nothing more is confirmed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from fakes.depot import Depot, depot_at
from fakes.outside import StoppedClock, outside
from muniment.bootstrap import join_register
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.ports.work import StoreFault


def moved(register: Path, _older: Path) -> None:
    register.rename(register.with_suffix(".elsewhere"))


def exchanged(register: Path, older: Path) -> None:
    moved(register, older)
    shutil.copy(older, register)


def deleted(register: Path, _older: Path) -> None:
    register.unlink()


def without_its_log(register: Path, _older: Path) -> None:
    register.with_name(f"{register.name}-wal").unlink()


def cut_off(register: Path, _older: Path) -> None:
    os.truncate(register, 8192)


def set_back(register: Path, older: Path) -> None:
    """An older copy is restored into the file, in the way that the database itself offers."""
    with closing(sqlite3.connect(older)) as source, closing(sqlite3.connect(register)) as target:
        source.backup(target)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return tmp_path / "older.muniment"


@pytest.fixture
def depot(tmp_path: Path, older: Path) -> Depot:
    """A desk that is open, with a movement that the older copy does not have."""
    where, clock = tmp_path / "register.muniment", StoppedClock()
    made = depot_at(str(where), clock, outside(clock))
    made.register.close()
    shutil.copy(where, older)
    made.register = join_register(str(where), outside(clock))
    issue_item(made.desk, made.by_officer(), made.rifle, Wanted(made.soldier))
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="there a file that is open cannot be moved")
@pytest.mark.parametrize("happens", [moved, exchanged, deleted, without_its_log, cut_off, set_back])
def test_nothing_is_confirmed_on_a_register_that_is_not_the_one(
    depot: Depot, tmp_path: Path, older: Path, happens: Callable[[Path, Path], None]
) -> None:
    by_officer = depot.by_officer()
    happens(tmp_path / "register.muniment", older)
    for _ in range(2):
        with pytest.raises(StoreFault):
            issue_item(depot.desk, by_officer, depot.pistol, Wanted(depot.soldier))
    depot.register.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there a file that is open cannot be moved")
def test_one_more_connection_makes_no_empty_register_where_one_was(depot: Depot, tmp_path: Path, older: Path) -> None:
    with ExitStack() as held:
        for _ in range(6):  # more than are kept open
            held.enter_context(depot.desk.look())
        moved(tmp_path / "register.muniment", older)
        with pytest.raises(StoreFault):
            held.enter_context(depot.desk.look())
    assert not (tmp_path / "register.muniment").exists()
    depot.register.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there a file that is open cannot be moved")
def test_work_goes_on_when_the_file_is_put_back(depot: Depot, tmp_path: Path) -> None:
    by_officer, register, away = depot.by_officer(), tmp_path / "register.muniment", tmp_path / "away"
    register.rename(away)
    with pytest.raises(StoreFault):
        return_item(depot.desk, by_officer, depot.rifle)
    away.rename(register)
    return_item(depot.desk, by_officer, depot.rifle)
    assert depot.breaks() == ()
    depot.register.close()


def test_a_server_set_back_to_an_older_moment_is_not_written_to(where: str) -> None:
    if not where.startswith("postgresql"):
        pytest.skip("see above for files")
    clock = StoppedClock()
    depot = depot_at(where, clock, outside(clock))
    by_officer = depot.by_officer()
    issue_item(depot.desk, by_officer, depot.rifle, Wanted(depot.soldier))
    server = sa.create_engine(where.replace("postgresql:", "postgresql+psycopg:"))
    with server.begin() as db:
        db.exec_driver_sql("alter table event disable trigger all")
        db.exec_driver_sql("delete from event where seq = (select max(seq) from event)")
    server.dispose()
    with pytest.raises(StoreFault) as lost:
        issue_item(depot.desk, by_officer, depot.pistol, Wanted(depot.soldier))
    assert "lost records" in str(lost.value.says)
    depot.register.close()
