"""The worklist of what the records lack, pile by pile, decided without a screen."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.desk.desk import Desk
from muniment.desk.quality import Task, ToDo, worklist

MOST = 500
"""How many items of a pile are named; all of them are counted."""


@dataclass(frozen=True, slots=True)
class MendingView:
    """The piles that are not empty, in the order in which they are best done, and the one in front."""

    piles: tuple[ToDo, ...]
    shown: Task | None

    @property
    def pile(self) -> ToDo | None:
        """The pile in front."""
        return next((one for one in self.piles if one.task is self.shown), None)

    @property
    def count(self) -> int:
        """How many things there are to do in all piles."""
        return sum(one.count for one in self.piles)


class MendingPresenter:
    """Reads the worklist. It only looks, so it may run beside the desk's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wanted: Task | None = None
        self._piles: tuple[ToDo, ...] = ()

    def view(self) -> MendingView:
        """Walk the register, and show what is left to mend."""
        with self._desk.look() as work:
            self._piles = worklist(work, most=MOST)
        return self._view()

    def open(self, task: Task) -> MendingView:
        """Put a pile in front, as it was when the register was walked."""
        self._wanted = task
        return self._view()

    def _view(self) -> MendingView:
        tasks = [one.task for one in self._piles]
        shown = self._wanted if self._wanted in tasks else tasks[0] if tasks else None
        return MendingView(self._piles, shown)
