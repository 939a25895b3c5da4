"""What the register page shows, decided without a screen. Runs on the desk's thread; the screen only draws."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from muniment.desk.desk import Desk
from muniment.desk.finding import Meaning, meaning
from muniment.desk.reading import HistoryLine, ItemCard, card, history, name_of
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.registering import calibre_of
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.codes import candidates, decode
from muniment.domain.stock.taxonomy import weapon_types
from muniment.ports.views import CountedLine, Hit, ItemState, Order, Views, Which, Why

NEWEST = 6
"""How many facts the custody card shows."""

BEST = 50
"""How many hits stand before all others while something is searched."""

_AT_ONCE = 10_000
"""Numbers that are looked through at a stretch: so few that no other thread waits for it."""

_ITEMS = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be listed. `below` is a place whose contents, or a person whose weapons, are wanted."""

    state: ItemState = ItemState.ALL
    text: str = ""
    below: Subject | None = None
    order: Order = Order.REGISTER_NO
    descending: bool = False

    @property
    def searches(self) -> bool:
        """Whether something is searched for."""
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: the item, and whether it is there only because its serial looks like what was typed."""

    item: ItemCard
    looks_alike: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: the best hits, then weapons by number, then look-alikes. `counts` are of each state.

    `all_weapons` is how many the register holds; `below` the name of what the list is narrowed to; `to_identify` how
    many are still to be identified; `stand` the row of the item asked for, -1 where it is not listed.
    """

    asked: Asked
    best: tuple[RowView, ...]
    numbers: array[int] = field(hash=False)
    alike: tuple[RowView, ...]
    counts: Mapping[ItemState, int]
    all_weapons: int
    below: str
    to_identify: int = 0
    stand: int = -1

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.best) + len(self.numbers) + len(self.alike)

    @property
    def fitting(self) -> int:
        """How many rows fit what was asked, look-alikes apart."""
        return len(self.best) + len(self.numbers)


@dataclass(frozen=True, slots=True)
class ItemView:
    """The item at the side: its card, its newest facts first, how many there are, and what may be done with it."""

    item: ItemCard
    custody: tuple[HistoryLine, ...]
    custody_total: int

    @property
    def may_be_issued(self) -> bool:
        """Whether it lies in store, so that the hatch may hand it out; the hatch decides."""
        return self.item.state == "in_store"

    @property
    def may_be_returned(self) -> bool:
        """Whether a person holds it."""
        return self.item.holder is not None


@dataclass(frozen=True, slots=True)
class LineView:
    """One quantity without serials at one place."""

    subject: Subject
    register_no: str
    place: str
    left: int
    identified: int


@dataclass(frozen=True, slots=True)
class LineTotal:
    """All quantities without serials of one type and calibre; those with something left first."""

    kind: Text
    calibre: str
    left: int
    identified: int
    lines: tuple[LineView, ...]

    @property
    def says(self) -> Text:
        """How much is left to do, in a sentence."""
        if not self.left:
            return say("All {identified} are identified.", identified=self.identified)
        if not self.calibre:
            return say(
                "{left} {kind}, {identified} identified", left=self.left, kind=self.kind, identified=self.identified
            )
        return say(
            "{left} {kind} {calibre}, {identified} identified",
            left=self.left,
            kind=self.kind,
            calibre=self.calibre,
            identified=self.identified,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What a scan led to: an item, a place or person whose things are listed, or why nothing was found."""

    item: ItemView | None = None
    below: Subject | None = None
    says: Text | None = None


class RegisterPresenter:
    """Turns what is asked of the register into what is shown."""

    def __init__(self, desk: Desk, views: Views) -> None:
        self._desk = desk
        self._views = views

    def listing(self, asked: Asked, stand: Subject | None = None) -> Listing:
        """List what is asked for, and find the row of an item in it."""
        which = Which(self._desk.clock.now(), asked.state, asked.below, text=asked.text)
        numbers, counts = self._views.listed(which, asked.order, descending=asked.descending)
        best: tuple[RowView, ...] = ()
        alike: tuple[RowView, ...] = ()
        plain = asked.state is ItemState.ALL and asked.below is None and not asked.descending
        if asked.searches and plain and asked.order is Order.REGISTER_NO:
            hits = self._views.search(asked.text, BEST)
            best = self._shown([hit for hit in hits if hit.why is not Why.LOOKS_ALIKE])
            alike = self._shown([hit for hit in hits if hit.why is Why.LOOKS_ALIKE])
            first = {hit.item.number("number") for hit in hits if kind_of(hit.item.subject) is Kind.WEAPON}
            numbers = array("q", [number for number in numbers if number not in first])
        everything = asked.below is None and not asked.searches
        total = counts if everything else self._views.counts(Which(which.at))
        with self._desk.look() as work:
            below = name_of(work, asked.below or "")
            standing = work.standing(stand) if stand is not None else None
        to_identify = sum(counted.left for counted in self._views.lines())
        at = _row_of(standing, best, numbers, alike) if standing is not None else -1
        return Listing(asked, best, numbers, alike, counts, total[ItemState.ALL], below, to_identify, at)

    def counts(self) -> Mapping[ItemState, int]:
        """How many weapons there are in each state."""
        return self._views.counts(Which(self._desk.clock.now()))

    def rows(self, listing: Listing, start: int, count: int) -> tuple[RowView | None, ...]:
        """A page of a listing; nothing for a weapon that cannot be read any more."""
        end = min(start + count, listing.count)
        head, tail = len(listing.best), len(listing.best) + len(listing.numbers)
        wanted = listing.numbers[max(0, start - head) : max(0, min(end, tail) - head)]
        standings = self._views.rows(wanted)
        at = self._desk.clock.now()
        with self._desk.look() as work:
            middle = tuple(RowView(card(work, one, at)) if one else None for one in standings)
        return listing.best[start:end] + middle + listing.alike[max(0, start - tail) : max(0, end - tail)]

    def item(self, subject: Subject) -> ItemView | None:
        """An item for the side of the page; nothing for what the register does not hold."""
        with self._desk.look() as work:
            standing = work.standing(subject)
            if standing is None or kind_of(subject) not in _ITEMS:
                return None
            lines = history(work, subject)
            shown = card(work, standing, self._desk.clock.now())
        return ItemView(shown, tuple(reversed(lines[-NEWEST:])), len(lines))

    def scanned(self, scan: Scan) -> Found:
        """Find what was scanned."""
        found = self._meaning(scan)
        if found.subject is None:
            return Found(
                says=say("Nothing in the register has the code {code}.", code=scan.text[:60])
                if found.command is None
                else say("This command card is for the desk.")
            )
        if kind_of(found.subject) in (Kind.PLACE, Kind.PERSON):
            return Found(below=found.subject)
        view = self.item(found.subject)
        return Found(item=view) if view else Found(says=say("This code is bound to nothing that is listed here."))

    def lines(self) -> tuple[LineTotal, ...]:
        """Quantities without serials, by type and calibre; what has most left first."""
        counted: dict[tuple[str, str, str], list[CountedLine]] = {}
        for one in self._views.lines():
            name = "" if one.line.text("taxonomy_code") else one.line.text("item_name")
            counted.setdefault((one.line.text("taxonomy_code"), name, calibre_of(one.line.fields)), []).append(one)
        with self._desk.look() as work:
            places = {one.line.where: name_of(work, one.line.where) for many in counted.values() for one in many}
        totals = [_total(code, name, calibre, many, places) for (code, name, calibre), many in counted.items()]
        return tuple(sorted(totals, key=lambda total: (-total.left, str(total.kind), total.calibre)))

    def prepare(self) -> float:
        """Work a little towards quicker searching; which share of it is done."""
        return self._views.prepare()

    def _shown(self, hits: Sequence[Hit]) -> tuple[RowView, ...]:
        at = self._desk.clock.now()
        with self._desk.look() as work:
            return tuple(RowView(card(work, hit.item, at), hit.why is Why.LOOKS_ALIKE) for hit in hits)

    def _meaning(self, scan: Scan) -> Meaning:
        with self._desk.look() as work:
            for candidate in (scan.text, *candidates(decode(scan.raw or scan.text))):
                try:
                    return meaning(work, candidate)
                except Refusal:
                    continue
        return Meaning()


def _row_of(item: Standing, best: Sequence[RowView], numbers: array[int], alike: Sequence[RowView]) -> int:
    """The row an item stands in; -1 where it is in none."""
    for before, part in ((0, best), (len(best) + len(numbers), alike)):
        for row, view in enumerate(part):
            if view.item.subject == item.subject:
                return before + row
    number = item.number("number")
    for start in range(0, len(numbers) if kind_of(item.subject) is Kind.WEAPON else 0, _AT_ONCE):
        part_of_them = numbers[start : start + _AT_ONCE]
        if number in part_of_them:
            return len(best) + start + part_of_them.index(number)
    return -1


def _total(code: str, name: str, calibre: str, counted: Sequence[CountedLine], places: Mapping[str, str]) -> LineTotal:
    kind = weapon_types()[code].name if code in weapon_types() else say("{name}", name=name or code)
    lines = [
        LineView(one.line.subject, one.line.text("register_no"), places[one.line.where], one.left, one.identified)
        for one in counted
    ]
    lines.sort(key=lambda one: (not one.left, one.register_no))
    left, identified = sum(one.left for one in lines), sum(one.identified for one in lines)
    return LineTotal(kind, calibre, left, identified, tuple(lines))
