"""Which labels are wanted: of items or places by number or code, of a place, or of everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from muniment.desk.finding import place_named, thing_named
from muniment.domain.basics.identity import Kind, Subject, is_subject
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import STORES
from muniment.ports.work import Work
from muniment.reports.item_labels import item_label, place_label
from muniment.reports.labels import LARGE, MIDDLE, SMALL, Label

STOCKS = {"large": LARGE, "middle": MIDDLE, "small": SMALL}
"""Sheets of labels as they are asked for."""


def _place(work: Work, named: str) -> Standing:
    return (work.standing(Subject(named)) if is_subject(named) else None) or place_named(work, named)


def place_labels(work: Work, codes: Sequence[str]) -> Iterator[Label]:
    """Labels of these places, or of every place where things lie.

    Raises:
        Refusal: there is no such place.

    """
    # What is in transit or unaccounted for lies nowhere that a label could stick.
    open_ones = (place for place in work.all_of(Kind.PLACE) if not place.text(WITHDRAWN))
    stores = (place for place in open_ones if place.text("place_kind") in STORES)
    places = [_place(work, code) for code in codes] if codes else stores
    yield from (place_label(place) for place in places)


def item_labels(work: Work, names: Sequence[str], at: str = "") -> Iterator[Label]:
    """Labels of these items and kits, of what is at a place, or of all of them; withdrawn ones never.

    Raises:
        Refusal: there is no such item or place.

    """
    for item in _items(work, names, at):
        if not item.text(WITHDRAWN):
            yield item_label(item)


def _items(work: Work, names: Sequence[str], at: str) -> Iterator[Standing]:
    if names:
        yield from (thing_named(work, name) for name in names)
    elif at:
        yield from work.at(place_named(work, at).subject)
    else:
        for of in (Kind.WEAPON, Kind.COMPONENT, Kind.LINE, Kind.KIT):
            yield from work.every(of)
