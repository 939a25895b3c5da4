"""Places: the tree from the depot down to the slot, and the places that are nowhere on the ground."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say


class PlaceKind(StrEnum):
    """What a place is. The last four stand beside the tree."""

    DEPOT = "depot"
    BUILDING = "building"
    ROOM = "room"
    RACK = "rack"
    CABINET = "cabinet"
    SLOT = "slot"
    QUARANTINE = "quarantine"
    IN_TRANSIT = "in_transit"
    UNACCOUNTED = "unaccounted"
    OUTSIDE = "outside"


INSIDE: Mapping[PlaceKind, frozenset[PlaceKind]] = {
    PlaceKind.DEPOT: frozenset(),
    PlaceKind.BUILDING: frozenset({PlaceKind.DEPOT}),
    PlaceKind.ROOM: frozenset({PlaceKind.BUILDING, PlaceKind.DEPOT}),
    PlaceKind.RACK: frozenset({PlaceKind.ROOM, PlaceKind.BUILDING}),
    PlaceKind.CABINET: frozenset({PlaceKind.ROOM, PlaceKind.BUILDING}),
    PlaceKind.SLOT: frozenset({PlaceKind.RACK, PlaceKind.CABINET}),
    PlaceKind.QUARANTINE: frozenset({PlaceKind.DEPOT, PlaceKind.BUILDING, PlaceKind.ROOM}),
    PlaceKind.IN_TRANSIT: frozenset(),
    PlaceKind.UNACCOUNTED: frozenset(),
    PlaceKind.OUTSIDE: frozenset(),
}
"""Where a place of a kind may lie."""

STORES = frozenset(
    {
        PlaceKind.DEPOT,
        PlaceKind.BUILDING,
        PlaceKind.ROOM,
        PlaceKind.RACK,
        PlaceKind.CABINET,
        PlaceKind.SLOT,
        PlaceKind.QUARANTINE,
    }
)
"""Places where an item is in store."""


NO_STORE: Mapping[PlaceKind, tuple[Text, Text]] = {
    PlaceKind.IN_TRANSIT: (say("It is under way to another body."), say("Take the shipment back, or confirm it.")),
    PlaceKind.UNACCOUNTED: (say("It is unaccounted for."), say("Record it as found, with a second person.")),
    PlaceKind.OUTSIDE: (say("It has left this register."), say("Record it as found, with a second person.")),
}
"""Why an item that is at no store is not simply moved, and what is done instead."""


def code_form(code: str) -> str:
    """A place's code as it is looked up: without blanks around, in one case, letters and their marks in one piece."""
    return unicodedata.normalize("NFC", code.strip()).casefold()


def require_store(kind: str) -> None:
    """Decide whether something may be laid at a place of this kind.

    Raises:
        Refusal: it is no place on the ground. Things get there by losing them, sending them or handing them over, each
            with its own papers.

    """
    if kind not in STORES:
        raise Refusal(
            "not_a_store",
            say("Nothing is laid there: it is no store of this depot."),
            do_now=say("Name a room, a rack, a cabinet or the quarantine."),
        )


def may_lie_in(kind: PlaceKind, parent: PlaceKind | None) -> None:
    """Decide whether a place may be put where it is wanted.

    Raises:
        Refusal: the tree does not allow it.

    """
    allowed = INSIDE[kind]
    if parent is None and not allowed:
        return
    if not allowed:
        raise Refusal(
            "place_in_wrong_place",
            say("Every register has one place of this kind, and it lies in no other."),
            do_now=say("Choose another kind, such as a room or a rack."),
        )
    if parent not in allowed:
        raise Refusal(
            "place_in_wrong_place",
            say("A {kind} cannot lie there.", kind=str(kind)),
            do_now=say("It may lie in: {kinds}.", kinds=", ".join(sorted(allowed))),
        )


FIXED = frozenset({PlaceKind.DEPOT, PlaceKind.IN_TRANSIT, PlaceKind.UNACCOUNTED, PlaceKind.OUTSIDE})
"""Places that every register has one of, and works with."""


def may_close(kind: PlaceKind, code: str, *, things: int, places: int, last_of_kind: bool) -> None:
    """Decide whether a place may be given up: nothing lies in it, no open place lies in it.

    The register's own places stay, and so does the last quarantine.

    Raises:
        Refusal: something is still there, or the register works with the place.

    """
    if kind in FIXED or (kind is PlaceKind.QUARANTINE and last_of_kind):
        raise Refusal(
            "place_is_fixed",
            say("{code} is a place that every register needs.", code=code),
            do_now=say("Give it another name instead."),
        )
    if things:
        raise Refusal(
            "place_not_empty",
            say("{count} things are at {code}.", count=things, code=code),
            do_now=say("Move them first: at the desk, F4, then scan where they go and what goes there."),
        )
    if places:
        raise Refusal(
            "place_not_empty",
            say("{count} places lie in {code}.", count=places, code=code),
            do_now=say("Close those first, from the innermost on."),
        )
