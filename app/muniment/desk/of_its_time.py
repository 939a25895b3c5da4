"""What stood when something happened that is written down now: gathered from the facts of all that it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from muniment.desk.closed_places import was_closed
from muniment.desk.desk import stands
from muniment.desk.finding import place_named
from muniment.desk.own_states import stances_on
from muniment.desk.places import open_place, usable_place
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import stamp
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Fact
from muniment.domain.custody.issuing import Counter
from muniment.domain.custody.losing import holder_of
from muniment.domain.custody.of_its_time import History, moved_after, stood, stood_as_known
from muniment.domain.custody.own_states import Axis, axis_of
from muniment.domain.custody.policy import Policy
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import STORES, code_form, require_store
from muniment.domain.stock.taxonomy import lineage
from muniment.ports.work import Work

_ITEMS = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE)


class Then:
    """What stood at a moment that has passed. The facts of each subject are read once."""

    def __init__(self, work: Work, at: datetime) -> None:
        self.at = at
        self._work = work
        self._histories: dict[Subject, History] = {}
        self._held: dict[Subject, list[Standing]] = {}

    def of(self, subject: Subject) -> Standing:
        """What stood of a thing or a person; of one that entered the register later, as it entered."""
        return stood_as_known(subject, self._history(subject), self.at)

    def moved_after(self, subject: Subject) -> datetime | None:
        """When it was moved last by the book, if that was later."""
        return moved_after(self._history(subject), self.at)

    @cached_property
    def policy(self) -> Policy:
        """The depot's limits; the shipped ones before it set any."""
        known = self._work.all_of(Kind.POLICY)
        limits = stood(known[0].subject, self._history(known[0].subject), self.at) if known else None
        return Policy.from_standing(limits if limits is not None and limits.version else None)

    def place_kind(self, item: Standing) -> str:
        """The kind of the place where an item lay, `item` being as it stood then; empty where that was no place."""
        if not item.where or kind_of(Subject(item.where)) is not Kind.PLACE:
            return ""
        place = self._work.standing(Subject(item.where))
        return place.text("place_kind") if place is not None else ""

    def holder(self, item: Standing) -> str:
        """The person who answered for an item, `item` being as it stood then; empty where nobody did."""
        fitted = item.where and kind_of(Subject(item.where)) is Kind.WEAPON
        return holder_of(item, [self.of(Subject(item.where))] if fitted else [])

    def counter(self, item: Standing, person: Subject) -> Counter:
        """What was to be known at the hatch about an item and a person; `item` is as it stood then.

        Which type of weapon it is, is no matter of time: it is what the book says now.
        """
        now = stands(self._work, item.subject)
        fitted = self._fitted(item)
        return Counter(
            held=self._held_by(person),
            in_store=self.place_kind(item) in STORES,
            open_cases=sum(self._open_cases(Subject(of)) for of in (item.subject, item.text("kit")) if of),
            types=lineage(now.text("taxonomy_code")),
            issued_lately=self._issued_lately,
            fitted=fitted,
            states=stances_on(lambda: self._axes, item, fitted),
        )

    def _history(self, subject: Subject) -> History:
        if subject not in self._histories:
            self._histories[subject] = [(told.leaf, fact) for told, fact in self._work.facts_of(subject)]
        return self._histories[subject]

    def _open_cases(self, concerns: Subject) -> int:
        cases = [one.subject for one in self._work.cases_about(concerns)]
        return sum(stood(case, self._history(case), self.at).text("state") == "open" for case in cases)

    def _fitted(self, weapon: Standing) -> list[Standing]:
        """The components that were on it; each fitting is told of the weapon, too."""
        if kind_of(weapon.subject) is not Kind.WEAPON:
            return []
        told = {str(fact.about["component"]) for _, fact in self._history(weapon.subject) if "component" in fact.about}
        parts = [self.of(Subject(one)) for one in told]
        return sorted((one for one in parts if one.where == weapon.subject), key=lambda one: one.number("number"))

    def _held_by(self, person: Subject) -> list[Standing]:
        if person not in self._held:
            maybe = [one.subject for one in self._work.at(person)]
            maybe += [fact.subject for fact in self._parted if fact.from_ == person and kind_of(fact.subject) in _ITEMS]
            found = [self.of(one) for one in dict.fromkeys(maybe)]
            self._held[person] = [one for one in found if one.where == person]
        return self._held[person]

    @cached_property
    def _issued_lately(self) -> int:
        """How many weapons were out that had been issued within the rush window."""
        first, last = stamp(self._rush_began), stamp(self.at)

        def issued_within(weapon: Standing | None) -> bool:
            return weapon is not None and first <= weapon.text("issued_at") <= last

        came_back = {
            fact.subject
            for fact in self._parted
            if kind_of(fact.subject) is Kind.WEAPON and first <= str(fact.before.get("issued_at", "")) <= last
        }
        counted = self._work.issued_since(first, last)
        return counted + sum(
            not issued_within(self._work.standing(one)) and issued_within(self.of(one)) for one in came_back
        )

    @property
    def _rush_began(self) -> datetime:
        return self.at - timedelta(minutes=self.policy.rush_minutes)

    @cached_property
    def _parted(self) -> list[Fact]:
        """What persons have parted from since: they may have held it then. Before the register began, nothing."""
        opened = self._work.fact(1)
        if opened is None or opened.made_at > stamp(self.at):
            return []
        return [fact for _told, fact in self._work.parted_since(stamp(self._rush_began))]

    @cached_property
    def _axes(self) -> list[Axis]:
        known = [one.subject for one in self._work.all_of(Kind.STATE_AXIS)]
        found = [stood(one, self._history(one), self.at) for one in known]
        return [axis for axis in (axis_of(one) for one in found if one.version) if axis.in_use]


@dataclass(frozen=True, slots=True)
class LaidAt:
    """Where something was laid then: the place as it stood, and the one where the book has the thing now.

    The two are one unless the place was closed since; then it is the nearest one around it that is open.
    """

    then: Standing
    now: Subject

    @property
    def closed(self) -> str:
        """The place itself where it is closed by now; empty where it is open."""
        return "" if self.now == self.then.subject else self.then.subject

    def warning(self, work: Work) -> Text | None:
        """What the officer is told where the place is closed now."""
        if not self.closed:
            return None
        return say(
            "{closed} is closed by now. By the book it lies at {place}: move it to where it is.",
            closed=self.then.text("code"),
            place=stands(work, self.now).text("code"),
        )


def laid_at(work: Work, then: Then, place: Subject) -> LaidAt:
    """The place where something was laid then; whether it is open now is no matter.

    Raises:
        Refusal: the register does not know it, it was registered in error, or it is no store.

    """
    now = stands(work, place)
    if not was_closed(work, now):
        now = usable_place(work, place)
    require_store(now.text("place_kind"))
    return LaidAt(then.of(place), open_place(work, place))


def place_called(work: Work, code: str, at: datetime | None) -> Standing:
    """The place that had a code at a moment, even where it has another one or is closed now; else the one that has it.

    Raises:
        Refusal: there is none.

    """
    if at is None or not code.strip():
        return place_named(work, code)
    then, wanted = Then(work, at), code_form(code)
    named: list[tuple[bool, Standing]] = []
    for place in work.all_of(Kind.PLACE):
        # A place that nothing happened to since it was registered is called what it was called.
        was = place if place.version == 1 else then.of(place.subject)
        if code_form(was.text("code")) == wanted and (not place.text(WITHDRAWN) or was_closed(work, place)):
            named.append((bool(was.text(WITHDRAWN)), place))
    still_open = [place for closed, place in named if not closed]
    if still_open or not named or work.place_coded(code) is not None:
        return still_open[0] if still_open else place_named(work, code)
    return named[0][1]
