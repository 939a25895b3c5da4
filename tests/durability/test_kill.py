"""A desk killed in the middle of its work loses nothing that it acknowledged, and leaves nothing half done."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from fakes.depot import depot_at
from fakes.outside import StoppedClock, outside
from muniment.bootstrap import join_register

ROOT = Path(__file__).parents[2]
KILLS = 8
MOVEMENTS = 1_000


def test_kill_in_the_middle_of_a_thousand_movements_loses_nothing_acknowledged(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    where = str(tmp_path / "register.muniment")
    clock = StoppedClock()
    depot_at(where, clock, outside(clock)).register.close()
    seed = random.randrange(2**32)
    record_property("seed", seed)
    chance = random.Random(seed)
    newest = 0
    acknowledged = 0
    for _ in range(KILLS):
        seen = _killed_after(where, MOVEMENTS // KILLS + chance.randrange(25), chance.random() * 0.004)
        assert seen, "the desk moved nothing before it was killed"
        acknowledged += len(seen)
        newest = max(newest, seen[-1])
        register = join_register(where, outside(clock))
        verdict = register.audit.verify(lambda _done, _all: True)
        register.close()
        assert verdict.head.size >= newest
        assert verdict.breaks == ()
    assert acknowledged >= MOVEMENTS


def _killed_after(where: str, count: int, more_s: float) -> list[int]:
    """Let a desk work until it has acknowledged so many movements, then a moment longer, then kill it."""
    path = os.pathsep.join(str(ROOT / part) for part in ("app", "drivers", "db", "tests"))
    desk = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("moving.py")), where],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert desk.stdout is not None
    seen = [int(desk.stdout.readline()) for _ in range(count)]
    time.sleep(more_s)  # not waiting for anything: the kill falls at a random point of the next movement
    desk.kill()
    rest = desk.stdout.read().split(b"\n")[:-1]
    desk.wait()
    desk.stdout.close()
    return [*seen, *(int(line) for line in rest)]
