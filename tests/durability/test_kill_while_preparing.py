"""Preparing quicker searching may be cut off at any moment: search answers rightly before, meanwhile and after."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fakes.depot import Depot, depot_at, rifle_called
from fakes.outside import StoppedClock, outside
from muniment.bootstrap import join_register
from muniment.domain.basics.identity import Kind
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.registering import register_weapon

ROOT = Path(__file__).parents[2]
WEAPONS = 30_000
KILLS = 6


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("searching") / "register.muniment")
    clock = StoppedClock()
    depot = depot_at(place, clock, outside(clock))
    _many(depot)
    depot.register.close()
    return place


def _many(depot: Depot) -> None:
    acting = Acting(depot.officer, depot.clock.at)
    with depot.desk.work() as work:
        first = work.next_number(Kind.WEAPON)
        facts = [
            register_weapon(
                depot.desk.fresh(Kind.WEAPON), rifle_called(f"ZQ{n:06d}"), first + n, depot.rack, (), acting
            )
            for n in range(WEAPONS)
        ]
        depot.desk.tell(work, depot.desk.ids.ordered(), facts)


def _found(where: str) -> list[str]:
    register = join_register(where, outside())
    try:
        return [hit.item.text("serial_raw") for hit in register.views.search("Q02999")]
    finally:
        register.close()


def test_killed_at_random_moments_it_never_makes_a_search_wrong(
    where: str, record_property: Callable[[str, object], None]
) -> None:
    seed = random.randrange(2**32)
    record_property("seed", seed)
    chance = random.Random(seed)
    rightly = [f"ZQ{n:06d}" for n in range(29_990, 30_000)]
    assert _found(where) == rightly
    reached = 0.0
    for _ in range(KILLS):
        told = _killed_after(where, 1 + chance.randrange(3), chance.random() * 0.05)
        assert told == sorted(told)
        assert told[0] >= reached, "what was prepared before the kill is kept"
        reached = told[-1]
        assert _found(where) == rightly
    register = join_register(where, outside())
    while register.views.prepare() < 1:
        pass
    assert [hit.item.text("serial_raw") for hit in register.views.search("Q02999")] == rightly
    assert register.audit.verify(lambda _done, _all: True).breaks == ()
    register.close()


def _killed_after(where: str, count: int, more_s: float) -> list[float]:
    """Let it work until it has told so many shares, then a moment longer, then kill it."""
    path = os.pathsep.join(str(ROOT / part) for part in ("app", "drivers", "db", "tests"))
    desk = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("searching.py")), where],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert desk.stdout is not None
    seen = [line for line in (desk.stdout.readline() for _ in range(count)) if line]
    time.sleep(more_s)  # not waiting for anything: the kill falls at a random point of the next step
    desk.kill()
    seen += [line for line in desk.stdout.read().split(b"\n") if len(line) == 5]
    desk.wait()
    desk.stdout.close()
    return [float(line) for line in seen]
