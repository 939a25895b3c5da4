"""What the signs mean, in a sentence each: what the help reads out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from muniment.domain.basics.text import Text, say
from muniment.ui.kit.tokens import Fill, State

MEANINGS: Mapping[State, Text] = {
    State.IN_STORE: say("It lies in a place of this depot."),
    State.ISSUED: say("A person holds it, and answers for it."),
    State.OVERDUE: say("It should have come back, or should have been done, by now."),
    State.TRANSIT: say("It has left one place and has not been taken in at the other."),
    State.MISSING: say("It is not where the book says. A case is open."),
    State.QUARANTINED: say("Set apart for a reason; it is never issued until two persons release it."),
    State.SURPLUS: say("More than is needed, and set aside to be given up."),
    State.DESTROYED: say("It is no longer there, or no longer counts; its history stays."),
    State.UNVERIFIED: say("Nobody has checked it yet."),
    State.ALARM: say("Somebody must act now."),
    State.SIMULATED: say("Pretended, in training. Nothing real answers."),
    State.STALE: say("Last heard some time ago; it may have changed since."),
    State.STRANGER: say("Not in the book as a thing of its own yet."),
    State.SWAPPED: say("A part on it belongs to another weapon."),
    State.MISPLACED: say("It was moved, or lies elsewhere than it belongs."),
    State.SEALED: say("The seal was seen, not what is behind it."),
    State.ACCEPTED: say("Done, and kept in the ledger."),
    State.REFUSED: say("A rule says no. Nothing was changed."),
    State.HELD: say("It waits until something before it is answered."),
    State.DUE: say("It is to be done soon."),
}

FILLS: Mapping[Fill, Text] = {
    Fill.KNOWN: say("Tinted: known"),
    Fill.UNKNOWN: say("Dashed: not known, or not confirmed"),
    Fill.ACT_NOW: say("Solid: act now"),
    Fill.NOT_REAL: say("Hatched: not real"),
}


@runtime_checkable
class ShowsStates(Protocol):
    """A part that shows states."""

    @property
    def states_shown(self) -> frozenset[State]:
        """The states in sight now."""
        ...


def states_in(top: QWidget) -> list[State]:
    """The states that a page shows now, in the order of the kit."""
    shown: set[State] = set()
    for widget in (top, *top.findChildren(QWidget)):
        if isinstance(widget, ShowsStates) and widget.isVisibleTo(top):
            shown |= widget.states_shown
    return [state for state in State if state in shown]
