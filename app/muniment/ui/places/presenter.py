"""What the page of places shows and does, decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from muniment.desk.desk import Answer, Deposition, Desk, Officer
from muniment.desk.finding import meaning
from muniment.desk.places import NewPlace, close_place, register_place, rename_place
from muniment.desk.reading import ItemCard, card
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import INSIDE, PlaceKind
from muniment.domain.stock.codes import candidates, decode
from muniment.ports.views import Views, Which
from muniment.ports.work import Work

LISTED = 40
"""How many things of a place are shown beside it."""

COUNTED = 5_000
"""A place with more things than this shows none of them here: the register lists them page by page."""

KIND_NAMES: Mapping[PlaceKind, Text] = {
    PlaceKind.DEPOT: say("Depot"),
    PlaceKind.BUILDING: say("Building"),
    PlaceKind.ROOM: say("Room"),
    PlaceKind.RACK: say("Rack"),
    PlaceKind.CABINET: say("Cabinet"),
    PlaceKind.SLOT: say("Slot"),
    PlaceKind.QUARANTINE: say("Quarantine"),
    PlaceKind.IN_TRANSIT: say("In transit"),
    PlaceKind.UNACCOUNTED: say("Unaccounted"),
    PlaceKind.OUTSIDE: say("Outside"),
}
"""How each kind of place is called."""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place in the tree: what is at it, and with all places in it."""

    place: Subject
    code: str
    name: str
    kind: PlaceKind
    parent: Subject | None
    here: int = 0
    in_all: int = 0

    @property
    def may_hold(self) -> tuple[PlaceKind, ...]:
        """The kinds of place that may lie in it."""
        return tuple(kind for kind, parents in INSIDE.items() if self.kind in parents)


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """The place in front: where it lies, from the depot down, and some of what lies there."""

    line: PlaceLine
    path: tuple[str, ...]
    items: tuple[ItemCard, ...]


@dataclass(frozen=True, slots=True)
class PlacesView:
    """The page. `lines` are all open places, each after the one it lies in; `warnings` follow an act."""

    lines: tuple[PlaceLine, ...]
    shown: PlaceCard | None
    told: Text | None = None
    warnings: tuple[Text, ...] = ()


class PlacesPresenter:
    """Turns what is asked of the places into acts, and what stands into what is shown."""

    def __init__(self, desk: Desk, views: Views, officer: Officer) -> None:
        self._desk, self._views, self._officer = desk, views, officer
        self._shown: Subject | None = None
        self._act = ""

    def sit_down(self, officer: Officer) -> PlacesView:
        """Another officer has signed in."""
        self._officer = officer
        return self.view()

    def view(self) -> PlacesView:
        """What is shown now."""
        with self._desk.look() as work:
            lines = tree_of(work.all_of(Kind.PLACE), work.holding())
        return PlacesView(lines, self._card(lines))

    def open(self, place: Subject) -> PlacesView:
        """Put one place in front."""
        self._shown = place
        return self.view()

    def card(self, place: Subject, lines: tuple[PlaceLine, ...]) -> PlaceCard | None:
        """The card of a place, the tree being known already; nothing for one that is not in it."""
        self._shown = place
        return self._card(lines)

    def scanned(self, scan: Scan) -> PlacesView | None:
        """Put the place in front that was scanned, or in which a scanned thing lies; nothing for other codes."""
        with self._desk.look() as work:
            place = self._meant(work, scan)
        return None if place is None else self.open(place)

    def add(self, parent: Subject, kind: str, code: str, name: str) -> PlacesView:
        """Take a place into the register, and put it in front.

        Raises:
            Refusal: the code is missing or taken, or the place cannot lie there.

        """
        new = NewPlace(code.strip(), name.strip() or code.strip(), PlaceKind(kind), parent)
        answer = register_place(self._desk, self._said(), new)
        self._shown = answer.about
        return self._told(say("{code} is in the register.", code=new.code), answer)

    def rename(self, place: Subject, code: str, name: str) -> PlacesView:
        """Give a place another name or code.

        Raises:
            Refusal: the code is missing or taken, or nothing would change.

        """
        answer = rename_place(self._desk, self._said(), place, code, name)
        return self._told(say("It is called {code} now.", code=code.strip()), answer)

    def close(self, place: Subject, reason: str) -> PlacesView:
        """Give up an empty place, and put the one in front that it lay in.

        Raises:
            Refusal: something is there, the register needs it, or no reason is given.

        """
        with self._desk.look() as work:
            standing = work.standing(place)
        answer = close_place(self._desk, self._said(reason), place)
        code = standing.text("code") if standing is not None else ""
        self._shown = Subject(standing.text("parent")) if standing is not None and standing.text("parent") else None
        return self._told(say("{code} is closed. Its history stays.", code=code), answer)

    def _said(self, reason: str = "") -> Deposition:
        """The officer's word. All tries of one act have one name, so that it is done once."""
        self._act = self._act or self._desk.ids.ordered()
        return Deposition(self._officer, act=self._act, reason=reason.strip())

    def _told(self, told: Text, answer: Answer) -> PlacesView:
        self._act = ""
        return replace(self.view(), told=told, warnings=answer.warnings)

    def _meant(self, work: Work, scan: Scan) -> Subject | None:
        for candidate in (scan.text, *candidates(decode(scan.raw or scan.text))):
            try:
                found = meaning(work, candidate).subject
            except Refusal:
                continue
            standing = work.standing(found) if found is not None else None
            where = found if found is None or kind_of(found) is Kind.PLACE else standing and standing.where
            if where and kind_of(Subject(where)) is Kind.PLACE:
                return Subject(where)
        return None

    def _card(self, lines: tuple[PlaceLine, ...]) -> PlaceCard | None:
        by_name = {line.place: line for line in lines}
        line = by_name.get(self._shown) if self._shown is not None else None
        if line is None:
            return None
        path: list[str] = []
        above = line.parent
        while above is not None and above in by_name:
            path.insert(0, by_name[above].code)
            above = by_name[above].parent
        return PlaceCard(line, tuple(path), self._items(line))

    def _items(self, line: PlaceLine) -> tuple[ItemCard, ...]:
        if not 0 < line.in_all <= COUNTED:
            return ()
        at = self._desk.clock.now()
        found = self._views.rows(self._views.numbers(Which(at, below=line.place))[:LISTED])
        with self._desk.look() as work:
            return tuple(card(work, one, at) for one in found if one is not None)


def tree_of(places: Iterable[Standing], holding: Mapping[str, int]) -> tuple[PlaceLine, ...]:
    """All open places as a tree, written down from its roots: codes in the order people count in."""
    open_places = [place for place in places if not place.text(WITHDRAWN)]
    known = {place.subject for place in open_places}
    inside: dict[Subject | None, list[Standing]] = {}
    for place in open_places:
        parent = Subject(place.text("parent")) if place.text("parent") else None
        inside.setdefault(parent if parent in known else None, []).append(place)
    below: dict[Subject, int] = {}
    written: list[tuple[Standing, Subject | None]] = []
    waiting: list[tuple[Standing, Subject | None]] = [(root, None) for root in reversed(_ordered(inside.get(None, [])))]
    while waiting:
        place, parent = waiting.pop()
        written.append((place, parent))
        waiting += [(child, place.subject) for child in reversed(_ordered(inside.get(place.subject, [])))]
    for place, parent in reversed(written):
        below[place.subject] = below.get(place.subject, 0) + holding.get(place.subject, 0)
        if parent is not None:
            below[parent] = below.get(parent, 0) + below[place.subject]
    return tuple(
        PlaceLine(
            place=place.subject,
            code=place.text("code"),
            name=place.text("name"),
            kind=PlaceKind(place.text("place_kind")),
            parent=parent,
            here=holding.get(place.subject, 0),
            in_all=below[place.subject],
        )
        for place, parent in written
    )


def _ordered(places: list[Standing]) -> list[Standing]:
    """Rack 2 before rack 10; the depot before the places that are nowhere on the ground."""
    kinds = list(PlaceKind)
    return sorted(places, key=lambda one: (kinds.index(PlaceKind(one.text("place_kind"))), counted(one.text("code"))))


def counted(code: str) -> tuple[tuple[int, str], ...]:
    """A code as people order it: its numbers by their size, the rest by its letters."""
    parts = re.findall(r"\d+|\D+", code.casefold())
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    return _FIELDS.get(refusal.rule, "")


_FIELDS: Mapping[str, str] = {
    "place_code_taken": "code",
    "place_in_wrong_place": "kind",
    "reason_missing": "reason",
    "nothing_changes": "name",
}
