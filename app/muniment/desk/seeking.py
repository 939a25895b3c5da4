"""Looking for anything by what somebody typed: stock, persons, places, papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from muniment.desk.register import Register
from muniment.domain.basics.identity import Kind
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.free_text import in_one_form
from muniment.ports.views import Hit, Why
from muniment.ports.work import Work

_PAPERS = (Kind.KIT, Kind.SHIPMENT, Kind.ARRIVAL, Kind.CASE, Kind.RECEIPT, Kind.BATCH, Kind.UNDECIDED)
"""Kinds of thing with a number of their own that are no stock."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What was found: stock with the reason, best first; persons; places; kits, shipments, cases and other papers."""

    items: tuple[Hit, ...]
    people: tuple[Standing, ...]
    places: tuple[Standing, ...]
    papers: tuple[Standing, ...]


def seek(register: Register, text: str, most: int) -> Sought:
    """Find what a text may mean, at most so many of each sort.

    Stock by code, register number, any part of a serial, make and model, the number in an older book, the name of a
    line; and by serials that could be mistaken for the text. Persons by a part of the name, or a whole service number
    or badge; places by a part of code or name; papers by number or name. Upper and lower case are one.
    """
    wanted = in_one_form(text.strip())
    if not wanted:
        return Sought((), (), (), ())
    hits = register.views.search(wanted, most)
    with register.desk.look() as work:
        known = {hit.item.subject for hit in hits}
        more = [Hit(one, Why.NAME) for one in _by_old_name(work, wanted) if one.subject not in known]
        sure = [hit for hit in hits if hit.why is not Why.LOOKS_ALIKE]
        alike = [hit for hit in hits if hit.why is Why.LOOKS_ALIKE]
        return Sought(
            tuple([*sure, *more, *alike][:most]),
            tuple(_people(work, wanted))[:most],
            tuple(_holding(work.all_of(Kind.PLACE), wanted, "code", "name"))[:most],
            tuple(_papers(work, wanted))[:most],
        )


def _by_old_name(work: Work, wanted: str) -> Iterator[Standing]:
    """Weapons by the number of an older book, quantities by their name or stock number."""
    yield from (one for one in work.booked([wanted]) if not one.text(WITHDRAWN))
    yield from _holding(work.every(Kind.LINE), wanted, "item_name", "nsn")


def _people(work: Work, wanted: str) -> Iterator[Standing]:
    owner = work.person_by(wanted)
    folded = wanted.casefold()
    for person in work.all_of(Kind.PERSON):
        record = work.person(person.subject)
        named = record is not None and folded in f"{record.rank} {record.name}".casefold()
        if not person.text(WITHDRAWN) and (person.subject == owner or named):
            yield person


def _papers(work: Work, wanted: str) -> Iterator[Standing]:
    for kind in _PAPERS:
        yield from _holding(work.every(kind), wanted, "register_no", "item_name", "list_name", "consignee")


def _holding(standings: Iterable[Standing], wanted: str, *fields: str) -> Iterator[Standing]:
    folded = wanted.casefold()
    for one in standings:
        if not one.text(WITHDRAWN) and any(folded in one.text(name).casefold() for name in fields):
            yield one
