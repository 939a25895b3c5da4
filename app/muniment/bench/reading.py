"""Works of the reading side: search as you type, and the register on the screen."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from muniment.bench import raw
from muniment.bench.filling import serial_of
from muniment.ports.views import Views

if TYPE_CHECKING:
    from muniment.bench.works import Bench, Measured

LAPS = 40
MOST = 50
FRAME_MS = 16.0


def partial_serial(bench: Bench) -> Measured:
    """W4: the first 50 hits of a part of a serial, and the first of a beginning of one or two characters."""
    from muniment.bench.works import measured

    views = bench.register.views
    began = time.perf_counter()
    while views.prepare() < 1:
        pass
    prepared = time.perf_counter() - began
    limit = raw.Pieces(bench.folder / "raw-pieces.db", bench.path)
    parts = [_part_of(serial_of(nth * bench.size // LAPS), nth) for nth in range(LAPS)]
    ours, least = _in_turn(views, limit.parts, parts)
    short, least_short = _in_turn(views, limit.beginnings, ["A", "B0", "C0", "D", "E0"] * 8)
    limit.close()
    return measured(
        f"first {MOST} hits of a part of a serial among {bench.size}",
        statistics.median(ours),
        statistics.median(least),
        "ms",
        "< 5 ms; beginnings of one and two characters < 5 ms",
        lambda _ratio: statistics.median(ours) < 5 and statistics.median(short) < 5,
        f"slowest {max(ours):.1f} ms; beginnings {statistics.median(short):.2f} ms, raw "
        f"{statistics.median(least_short):.2f} ms; index made in {prepared:.0f} s",
    )


def _part_of(serial: str, nth: int) -> str:
    """Three to five characters out of a serial, not at its beginning and no beginning of a register number."""
    start = next(at for at in range(1 + nth % 3, len(serial)) if serial[at] != "0") if nth else 1
    return serial[min(start, len(serial) - 3) :][: 3 + nth % 3]


def _in_turn(views: Views, limit: Callable[[str], int], texts: list[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of our search and of the raw one, in turn."""
    ours, least = [], []
    for text in texts:
        began = time.perf_counter()
        hits = views.search(text, MOST)
        ours.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        found = limit(text)
        least.append((time.perf_counter() - began) * 1000)
        if len(hits) < found:
            raise AssertionError((text, len(hits), found))
    return ours, least


def register_screen(bench: Bench) -> Measured:
    """W4b: the longest that Qt's thread is busy at a stretch while the register is scrolled, searched and sorted."""
    from muniment.bench.works import measured

    views = bench.register.views
    while views.prepare() < 1:
        pass
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "muniment.bench.scrolling", str(bench.path)],
        capture_output=True,
        text=True,
        check=True,
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
    )
    told = json.loads(done.stdout)
    return measured(
        f"register screen of {bench.size}: longest stretch on Qt's thread",
        told["ours"],
        told["bare"],
        "ms",
        f"<= {FRAME_MS:.0f} ms in the best of {told['laps']} laps",
        lambda _ratio: bool(told["ours"] <= FRAME_MS),
        f"at {told['act']}; worst of all laps {told['worst']:.1f} ms at {told['worst_act']}; "
        f"search shown after {told['answer']:.0f} ms; beside a repaint of a bare table",
    )
