"""What the palette finds in the register, and which entries fit what is typed. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from muniment.desk.desk import Desk
from muniment.desk.finding import meaning
from muniment.desk.reading import card, name_of
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.ports.views import Views
from muniment.ports.work import Work

MOST = 6
"""How many of each kind are found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing, person or place that fits what was typed: how it is called, and what it is."""

    subject: Subject
    name: str
    says: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette: the group it stands in, its words, what it is for, its key, what it does."""

    group: str
    words: str
    says: str
    key: str
    do: Callable[[], None]


def fitting(entries: Sequence[Entry], text: str) -> list[Entry]:
    """The entries whose words contain every word of a text; those that begin with it first, else in their order."""
    wanted = text.casefold().split()
    found = [one for one in entries if all(word in f"{one.words} {one.says}".casefold() for word in wanted)]
    return sorted(found, key=lambda one: not one.words.casefold().startswith(" ".join(wanted))) if wanted else found


class FindPresenter:
    """Finds in the register what a typed text or a scan may mean. Runs on the desk's thread."""

    def __init__(self, desk: Desk, views: Views) -> None:
        self._desk, self._views = desk, views

    def find(self, text: str) -> tuple[Hit, ...]:
        """What fits, the exact meaning of a code first; nothing for fewer than two characters."""
        wanted = text.strip()
        if len(wanted) < 2:
            return ()
        items = [hit.item for hit in self._views.search(wanted, MOST)]
        at = self._desk.clock.now()
        with self._desk.look() as work:
            found = [self._hit(work, meant) for meant in _meant(work, wanted)]
            for item in items:
                shown = card(work, item, at)
                kind = say("{kind} {calibre}, {serial}", kind=shown.kind, calibre=shown.calibre, serial=shown.serial)
                found.append(Hit(item.subject, shown.register_no, kind))
            found += [*_people(work, wanted), *_places(work, wanted)]
        return tuple({one.subject: one for one in found if one is not None}.values())

    def _hit(self, work: Work, subject: Subject) -> Hit | None:
        standing = work.standing(subject)
        if standing is None:
            return None
        if kind_of(subject) is Kind.PLACE:
            return Hit(subject, standing.text("code"), say("place {name}", name=standing.text("name")))
        if kind_of(subject) is Kind.PERSON:
            return Hit(subject, name_of(work, subject), say("person"))
        shown = card(work, standing, self._desk.clock.now())
        return Hit(subject, shown.register_no, say("{kind} {serial}", kind=shown.kind, serial=shown.serial))


def _meant(work: Work, text: str) -> list[Subject]:
    try:
        found = meaning(work, text).subject
    except Refusal:
        return []
    return [] if found is None else [found]


def _people(work: Work, text: str) -> list[Hit]:
    wanted, found = text.casefold().split(), []
    for person in work.all_of(Kind.PERSON):
        record = work.person(person.subject)
        if record is None or person.text(WITHDRAWN):
            continue
        told = " ".join((record.rank, record.name, record.service_no, *record.badges)).casefold()
        if all(word in told for word in wanted):
            name = f"{record.rank} {record.name}".strip()
            found.append(Hit(person.subject, name, say("person {number}", number=record.service_no)))
            if len(found) == MOST:
                break
    return found


def _places(work: Work, text: str) -> list[Hit]:
    wanted, found = text.casefold().split(), []
    for place in work.all_of(Kind.PLACE):
        told = f"{place.text('code')} {place.text('name')}".casefold()
        if not place.text(WITHDRAWN) and all(word in told for word in wanted):
            found.append(Hit(place.subject, place.text("code"), say("place {name}", name=place.text("name"))))
            if len(found) == MOST:
                break
    return found
