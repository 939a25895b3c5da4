"""A register in a file keeps connections between movements, and nothing of them once it is closed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from fakes.depot import depot_at
from fakes.outside import StoppedClock, outside
from muniment.desk.hatch import Wanted, issue_item
from muniment.domain.basics.refusal import Refusal

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the kernel what is open")


def open_on(register: Path) -> list[str]:
    """The files of a register that this process has open."""
    found = []
    for number in os.listdir("/proc/self/fd"):
        try:
            name = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue
        if name.startswith(str(register)):
            found.append(name)
    return found


def test_a_closed_register_is_open_nowhere(tmp_path: Path) -> None:
    where, clock = tmp_path / "register.muniment", StoppedClock()
    depot = depot_at(str(where), clock, outside(clock))
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    with pytest.raises(Refusal):
        issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert open_on(where)
    depot.register.close()
    assert open_on(where) == []
    assert sorted(path.name for path in tmp_path.iterdir() if "wal" in path.name or "shm" in path.name) == []


def test_a_transaction_that_is_open_while_the_register_is_closed_leaves_nothing_open(tmp_path: Path) -> None:
    where, clock = tmp_path / "register.muniment", StoppedClock()
    depot = depot_at(str(where), clock, outside(clock))
    with depot.desk.look() as work:
        assert work.head().size
        depot.register.close()
    assert open_on(where) == []


def test_movements_take_no_more_connections_than_are_used_at_once(tmp_path: Path) -> None:
    where, clock = tmp_path / "register.muniment", StoppedClock()
    depot = depot_at(str(where), clock, outside(clock))
    with depot.desk.look(), depot.desk.look():
        pass
    before = len(open_on(where))
    for _ in range(20):
        with depot.desk.look(), depot.desk.look():
            pass
    assert len(open_on(where)) == before
    depot.register.close()
