"""Taking a planned list into the register as one batch, all in one transaction; and undoing a batch."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from muniment.desk.desk import Answer, Deposition, Desk, same_thing, told_before
from muniment.desk.import_plan import Entry, PersonEntry, PlaceChange, PlaceEntry, Plan, StockChange, StockEntry
from muniment.desk.places import place_by_code, place_of_kind, unit_by_name
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.importing import (
    BOOK_NO,
    IMPORT_KEY,
    ListSource,
    batch_imported,
    list_undecided,
)
from muniment.domain.custody.registering import register_line, register_no
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.domain.places.place import PlaceKind, may_lie_in
from muniment.ports.audit import Stopped
from muniment.ports.work import Told, Work

AT_ONCE = 5_000
"""Facts that are appended before progress is told again."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep the collector of memory out of a task that makes a great many things and no circles among them.

    It would walk all of them again and again, which takes half as long as the task.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


Progress = Callable[[int, int], bool]
"""Told how many of how many are done; answers whether to go on."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What taking a list in came to: the answer of the desk, and the number of the batch."""

    answer: Answer
    batch: Subject
    batch_no: str


def keep_on(_done: int, _all: int) -> bool:
    """A progress that nobody watches."""
    return True


def duty_for(kind: str) -> Duty:
    """Whose work a kind of list is."""
    return Duty.KEEP_PEOPLE if kind == "people" else Duty.REGISTER_STOCK


def import_list(
    desk: Desk,
    deposition: Deposition,
    plan: Plan,
    again: Callable[[Work], Plan] | None = None,
    progress: Progress = keep_on,
) -> Imported:
    """Take a planned list in, as it was shown: everything, or nothing.

    Where the register has changed since the plan was made, `again` makes the plan anew inside the transaction, and
    the list is taken in only if nothing in it comes out otherwise.

    Raises:
        Refusal: the plan is stopped, empty or outdated; an objection is not let pass by a second person.
        Stopped: `progress` answered that it should not go on; the register is as before.

    """
    acting = desk.acting(deposition, duty_for(plan.source.kind))
    act = desk.act(deposition)
    with undisturbed(), desk.work() as work:
        if before := told_before(work, act, Deed.BATCH_IMPORTED):
            same_thing(work, before, "sha256", plan.source.sha256)
            batch = before.told[0].subject
            standing = work.standing(batch)
            return Imported(before, batch, standing.text("register_no") if standing else "")
        _may_begin(work, plan, acting, again)
        number = 1 + max((one.number("number") for one in work.all_of(Kind.BATCH)), default=0)
        batch = desk.fresh(Kind.BATCH)
        facts = _facts(desk, work, plan, batch, number, acting)
        told = _tell(desk, work, act, facts, len(plan.entries) + 1, progress)
        return Imported(Answer(tuple(told), about=batch), batch, register_no("B", number))


def changing(plan: Plan) -> list[StockChange]:
    """What of a plan changes what stands already, which is only done for a reason."""
    return [entry for entry in plan.entries if isinstance(entry, StockChange) and entry.before]


def _may_begin(work: Work, plan: Plan, acting: Acting, again: Callable[[Work], Plan] | None) -> None:
    if plan.stopped:
        raise Refusal(
            "list_stopped",
            say("A problem concerns the whole list."),
            do_now=say("Mend the list or its mapping and read it again."),
        )
    if not plan.entries:
        raise Refusal(
            "nothing_to_import",
            say("The list holds nothing that the register does not have already."),
            do_now=say("Nothing to do."),
        )
    changed = changing(plan)
    if changed and not acting.reason:
        raise Refusal(
            "reason_missing",
            say(
                "The list changes what stands of {count} weapons, {register_no} first. That needs a reason.",
                count=len(changed),
                register_no=changed[0].register_no,
            ),
            do_now=say("Write why, without names, or the number of the paper."),
        )
    if work.head().size != plan.size:
        fresh = again(work) if again else None
        if fresh is None or not fresh.comes_out_like(plan):
            raise Refusal(
                "plan_outdated",
                say("The register has changed since the list was looked through."),
                do_now=say("Look the list through again."),
            )


def _tell(desk: Desk, work: Work, act: str, facts: Iterator[Fact], expected: int, progress: Progress) -> list[Told]:
    told: list[Told] = []
    while part := list(islice(facts, AT_ONCE)):
        told += desk.tell(work, act, part, first=len(told) + 1)
        if not progress(min(len(told), expected), expected):
            raise Stopped
    return told


def _facts(desk: Desk, work: Work, plan: Plan, batch: Subject, number: int, acting: Acting) -> Iterator[Fact]:
    yield batch_imported(batch, number, plan.source, plan.counts(), acting)
    entering = _Entering(desk, work, plan.source, batch, acting)
    for entry in plan.entries:
        yield from entering.facts_for(entry)


class _Entering:
    """Turns the entries of one plan into facts, in order."""

    def __init__(self, desk: Desk, work: Work, source: ListSource, batch: Subject, acting: Acting) -> None:
        self._desk = desk
        self._work = work
        self._source = source
        self._batch = batch
        self._acting = acting
        self._next: dict[Kind, int] = {}
        self._places: dict[str, Standing] = {}
        self._units: dict[str, Subject] = {}

    def facts_for(self, entry: Entry) -> Iterable[Fact]:
        """The facts that one row becomes."""
        match entry:
            case StockEntry():
                return (self._stock(entry),)
            case StockChange():
                return (self._change(entry),)
            case PersonEntry():
                return self._person(entry)
            case PlaceEntry():
                return (self._place(entry),)
            case PlaceChange():
                return (self._place_change(entry),)

    def _about(self, row: int, objections: tuple[Refusal, ...] = ()) -> dict[str, Value]:
        about: dict[str, Value] = {"batch": self._batch, "row": row}
        about.update(self._acting.passes(list(objections)))
        return about

    def _number(self, kind: Kind) -> int:
        number = self._next.get(kind) or self._work.next_number(kind)
        self._next[kind] = number + 1
        return number

    def _stock(self, entry: StockEntry) -> Fact:
        about = self._about(entry.row, entry.objections)
        subject, number = self._desk.fresh(entry.kind), self._number(entry.kind)
        fields: dict[str, Value] = {**entry.fields, IMPORT_KEY: entry.key}
        if entry.kind is Kind.LINE:
            return register_line(subject, fields, entry.quantity, number, entry.place, self._acting, about=about)
        if entry.kind is Kind.UNDECIDED:
            return list_undecided(subject, fields, entry.quantity, number, entry.place, about, self._acting)
        fields["number"] = number
        fields["register_no"] = register_no("W", number)
        fields["home"] = entry.place
        if BOOK_NO in fields:
            fields["book"] = self._source.list_name
        return self._acting.states(
            Deed.WEAPON_REGISTERED,
            Standing(subject),
            sets=fields,
            to=entry.holder or entry.place,
            qty=1,
            about=about,
        )

    def _change(self, entry: StockChange) -> Fact:
        standing = self._work.standing(entry.subject)
        if standing is None or standing.version != entry.version:
            raise Refusal(
                "plan_outdated",
                say("The register has changed since the list was looked through."),
                do_now=say("Look the list through again."),
            )
        return self._acting.states(
            Deed.WEAPON_DESCRIBED,
            standing,
            sets={**entry.sets, IMPORT_KEY: entry.key},
            drops=entry.drops,
            about=self._about(entry.row, entry.objections),
        )

    def _person(self, entry: PersonEntry) -> Iterator[Fact]:
        fields = dict(entry.fields)
        if entry.unit:
            unit = self._units.get(entry.unit.casefold())
            if unit is None:
                known = unit_by_name(self._work, entry.unit)
                unit = known.subject if known else self._desk.fresh(Kind.UNIT)
                self._units[entry.unit.casefold()] = unit
                if known is None:
                    yield self._acting.states(
                        Deed.UNIT_REGISTERED, Standing(unit), sets={"name": entry.unit}, about=self._about(entry.row)
                    )
            fields["unit"] = unit
        about = {**self._about(entry.row), "key": entry.key}
        if entry.subject is None:
            person = Standing(self._desk.fresh(Kind.PERSON))
            deed = Deed.PERSON_REGISTERED
        else:
            found = self._work.standing(entry.subject)
            person = found if found is not None else Standing(entry.subject)
            deed = Deed.PERSON_CHANGED
        commit = ""
        if entry.new_record:
            commit = self._work.keep_person(person.subject, entry.record, self._desk.ids.secret())
        yield self._acting.states(deed, person, sets=fields, person_commit=commit, about=about)

    def _place_change(self, entry: PlaceChange) -> Fact:
        standing = self._work.standing(entry.subject)
        if standing is None or standing.version != entry.version:
            raise Refusal(
                "plan_outdated",
                say("The register has changed since the list was looked through."),
                do_now=say("Look the list through again."),
            )
        sets = dict(entry.sets)
        if entry.parent_code:
            parent = self._places.get(entry.parent_code.casefold()) or place_by_code(self._work, entry.parent_code)
            if parent is not None:
                sets["parent"] = parent.subject
        about = {**self._about(entry.row), "key": entry.key}
        return self._acting.states(Deed.PLACE_CHANGED, standing, sets=sets, about=about)

    def _place(self, entry: PlaceEntry) -> Fact:
        parent: Standing | None = None
        if entry.parent_code:
            parent = self._places.get(entry.parent_code.casefold()) or place_by_code(self._work, entry.parent_code)
        elif entry.kind is not PlaceKind.DEPOT:
            parent = place_of_kind(self._work, PlaceKind.DEPOT)
        may_lie_in(entry.kind, PlaceKind(parent.text("place_kind")) if parent else None)
        fields: dict[str, Value] = {"place_kind": entry.kind.value, "code": entry.code, "name": entry.name}
        if parent:
            fields["parent"] = parent.subject
        place = self._desk.fresh(Kind.PLACE)
        self._places[entry.code.casefold()] = Standing(place, 1, fields)
        return self._acting.states(
            Deed.PLACE_REGISTERED,
            Standing(place),
            sets=fields,
            about={**self._about(entry.row), "key": entry.key},
        )
