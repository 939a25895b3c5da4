"""A program killed while it prints: no job is lost, none is printed twice, and what is not known is said to be so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fakes.depot import depot_in_memory
from fakes.printing import Shop
from muniment.ports.paper import Cause, JobState

TOP = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
@pytest.mark.parametrize("after", [5, 12, 23])
def test_after_a_kill_the_queue_tells_the_truth(tmp_path: Path, after: int) -> None:
    paths = os.pathsep.join(str(TOP / part) for part in ("app", "drivers", "db", "tests"))
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("printing.py")), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )
    assert process.stdout is not None
    told: dict[str, str] = {}
    for _ in range(after):
        job, state = process.stdout.readline().split()
        if state != "ordered" or job not in told:
            told[job] = state
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    shop = Shop(depot_in_memory(), tmp_path)
    found = {job.id: job for job in shop.queue.jobs()}
    assert told.keys() <= found.keys()
    assert all(found[job].state is JobState.PRINTED for job, state in told.items() if state == "printed")
    with_the_printer = [job for job in found.values() if job.state is JobState.PRINTING]
    waiting = [job for job in found.values() if job.state is JobState.WAITING]
    assert len(with_the_printer) <= 1
    shop.queue.take_over(shop.officer)
    for job in with_the_printer:
        assert shop.ends(job, JobState.UNKNOWN).cause is Cause.NOT_TOLD
        shop.queue.done(shop.queue.job(job.id), shop.officer)
    for job in waiting:
        shop.ends(job, JobState.PRINTED)
    assert len(shop.office.tray) == 3 * len(waiting)
    shop.queue.close()
