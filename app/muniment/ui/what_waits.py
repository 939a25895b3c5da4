"""What waits for a decision, at the foot of every page: read beside the desk, and followed to its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from muniment.desk.register import Register
from muniment.desk.waiting import WaitingList, WaitingThing, waiting
from muniment.ui.bridge import Bridge
from muniment.ui.kit.queue_strip import Waiting
from muniment.ui.latest import Latest
from muniment.ui.shell.window import Window
from muniment.ui.speech import spoken, tr
from muniment.ui.wording import WAITING_STATES

if TYPE_CHECKING:  # loaded when it is first wanted
    from muniment.ui.papers.screen import PapersScreen


class WhatWaits:
    """Fills the strip, and goes where a thing in it can be looked at. `papers` is the page of papers, once it stands.

    After a row of facts it is read as often as answers come, not once for each fact.
    """

    def __init__(
        self,
        register: Register,
        window: Window,
        looking: Bridge,
        follow: Callable[[WaitingThing], None],
        papers: Callable[[], PapersScreen | None],
    ) -> None:
        self._clock, self._window = register.desk.clock, window
        self._follow, self._papers = follow, papers
        self._waits: dict[str, WaitingThing] = {}
        self._latest = Latest(looking, lambda: waiting(register.desk, register.views), self._draw)
        window.waiting_chosen.connect(self._go_to)

    def read(self) -> None:
        """Read again."""
        self._latest.ask()

    def _draw(self, found: WaitingList) -> None:
        self._waits = {f"{thing.awaits}:{thing.about}": thing for thing in found.things}
        now, papers = self._clock.now(), self._papers()
        self._window.queue.show_waiting(
            [
                Waiting(
                    name, WAITING_STATES[thing.awaits], spoken(thing.says), _age((now - thing.since).total_seconds())
                )
                for name, thing in self._waits.items()
            ]
            + (papers.waiting() if papers is not None else []),
            found.left_out,
        )

    def _go_to(self, name: str) -> None:
        thing, papers = self._waits.get(name), self._papers()
        if thing is not None:
            self._follow(thing)
        elif papers is not None and papers.choose(name):
            self._window.show_page("papers")


def _age(seconds: float) -> str:
    """How long something has waited, in the largest whole unit."""
    minutes = max(0, int(seconds // 60))  # a clock that was set back makes nothing wait less than no time
    if minutes < 60:
        return tr("{n} min").format(n=minutes)
    if minutes < 48 * 60:
        return tr("{n} h").format(n=minutes // 60)
    return tr("{n} days").format(n=minutes // (24 * 60))
