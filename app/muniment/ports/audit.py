"""Checking a whole register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.verifying import Break, Verdict


class Audit(Protocol):
    """Walks the ledger and everything beside it."""

    def verify(self, progress: Callable[[int, int], bool], seen: Sequence[Checkpoint] = ()) -> Verdict:
        """Check every record, every row and every signed state, and answer all breaks, in order of place.

        `seen` are states of the ledger that somebody outside of it has kept, such as those on sheets of paper.
        `progress` is told now and then how many facts of how many were walked, and answers whether to go on.

        Raises:
            StoreFault: the register cannot be read.
            Stopped: `progress` answered that it should not go on.

        """

    def verify_search(self, progress: Callable[[int, int], bool]) -> tuple[Break, ...]:
        """Check that what makes searching quick hides nothing of the register; it is only read.

        Raises:
            StoreFault: the register cannot be read.
            Stopped: `progress` answered that it should not go on.

        """


class Stopped(Exception):  # noqa: N818 - what the user asked for
    """A long task was stopped before its end; nothing was changed."""
