"""Whatever happens to printers and program: nothing is lost, and nothing comes out more often than persons asked."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes.depot import depot_in_memory
from fakes.printing import Shop
from muniment.desk.printing.lane import Pace
from muniment.ports.paper import JobState, PrintJob

PAGES = 2
STEPS = ("order", "starve", "feed", "unplug", "plug", "cancel at it", "restart", "again", "done", "cancel", "look")


class Day:
    """Plays a day of steps, and counts how often each job was asked for by a person."""

    def __init__(self, folder: Path) -> None:
        self.shop = Shop(depot_in_memory(), folder, pace=Pace(ask_s=0.0005, patience=2, rest_s=0.001))
        self.asked: Counter[str] = Counter()

    def open_job(self) -> PrintJob | None:
        return next((j for j in self.shop.queue.jobs() if j.state in (JobState.FAILED, JobState.UNKNOWN)), None)

    def play(self, step: str) -> None:
        shop, open_job = self.shop, self.open_job()
        match step:
            case "order":
                self.asked[shop.order(pages=PAGES).id] += 1
            case "starve":
                shop.office.load(1)
            case "feed":
                shop.office.load()
            case "unplug" | "plug":
                shop.office.plug(powered=step == "plug")
            case "cancel at it":
                for job in shop.queue.jobs():
                    if job.state is JobState.PRINTING and shop.office.spooled(job.ticket().name):
                        shop.office.take_back(job.ticket().name)
            case "restart":
                shop.restart()
            case "again" if open_job is not None:
                shop.queue.again(open_job, shop.officer)
                self.asked[open_job.id] += 1
            case "done" if open_job is not None:
                shop.queue.done(open_job, shop.officer)
            case "cancel" if open_job is not None:
                shop.queue.cancel(open_job)
            case "look":
                shop.until(self.calm)

    def calm(self) -> bool:
        """Whether nothing goes on by itself any more."""
        jobs = self.shop.queue.jobs()
        stuck = any(job.state in (JobState.FAILED, JobState.UNKNOWN) for job in jobs)
        return stuck or all(job.settled for job in jobs)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(STEPS), min_size=3, max_size=14))
def test_no_page_without_a_persons_word_and_no_job_lost(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        day = Day(Path(folder))
        try:
            for step in steps:
                day.play(step)
            day.play("plug")
            day.play("feed")
            day.shop.until(day.calm, day.shop.queue.jobs)
            jobs = {job.id: job for job in day.shop.queue.jobs()}
            assert jobs.keys() == day.asked.keys()
            out = Counter(day.shop.office.tray)
            for identity, job in jobs.items():
                tickets = [name for name in out if job.id[-10:] in name]
                assert len(tickets) <= day.asked[identity] == job.attempt
                assert all(out[name] <= PAGES for name in tickets)
                if job.state is JobState.PRINTED and not job.on_sight:
                    assert out[job.ticket().name] == PAGES
        finally:
            day.shop.queue.close()
            day.shop.depot.register.close()
