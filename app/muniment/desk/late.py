"""Late entries: an issue or a return on paper, a wrong hand-out; by two persons, and never refused by a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from muniment.desk.cases import case_facts, host_of
from muniment.desk.components import bench_of
from muniment.desk.desk import Answer, Deposition, Desk, same_by, stands, told_before
from muniment.desk.hatch import Wanted, asked_for, counter_for, lineage, policy_in_force, receipt_for, terms_of
from muniment.desk.kits import members
from muniment.desk.people import drawer_of
from muniment.desk.places import store_at
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import moment, stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.cases import Matter
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.issuing import Counter
from muniment.domain.custody.kits import Checked, return_kit
from muniment.domain.custody.late import breaches_of_issue, breaches_of_return, complete, state_issue, state_return
from muniment.domain.custody.policy import Policy
from muniment.domain.custody.returning import Handed
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.ports.work import Work

WRONG = "wrong_hand_out"
"""The rule of a case about something that was handed out and should not have been."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that something which has happened broke, and the item it is about."""

    item: Subject
    objection: Refusal


def record_past_issue(desk: Desk, deposition: Deposition, item: Subject, wanted: Wanted) -> Answer:
    """Write down one issue that has happened already; see `record_past_issues`."""
    return record_past_issues(desk, deposition, (item,), wanted)


def record_past_issues(
    desk: Desk, deposition: Deposition, items: Sequence[Subject], wanted: Wanted, *, wrong: bool = False
) -> Answer:
    """Write down that items were handed out to one person, on paper or by mistake: all of them on one hand receipt.

    Two persons sign for it. Every rule it broke is named in the fact and opens a case; a `wrong` hand-out opens one in
    any event. The members of a kit are named beside it.

    Raises:
        Refusal: the time it happened, the second person, the reason or the items are missing.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        deed, asked = Deed.ASSIGNED if wanted.for_good else Deed.ISSUED, asked_for(wanted)
        if before := told_before(work, act, deed, of=_weapons(items), said=acting, to=wanted.to, sets=asked):
            return same_by(work, before, lambda fact: fact.made_at == stamp(acting.at))
        complete(acting, dated=deposition.at is not None)
        going = _by_themselves(_items(work, items))
        person = stands(work, wanted.to)
        drawer, policy = drawer_of(person), policy_in_force(work)
        found = _breaches_of_issue(work, going, person, policy, acting)
        receipt, facts = receipt_for(desk, work, wanted, acting)
        terms = terms_of(wanted, policy, acting.at, receipt)
        matters: list[Matter] = []
        for item in going:
            broken = [one.objection for one in found if one.item == item.subject]
            facts += state_issue(item, host_of(work, item), drawer, terms, broken, acting)
            rules = [one.rule for one in broken] + ([WRONG] if wrong else [])
            matters += [Matter(item.subject, rule, holder=wanted.to, receipt=receipt) for rule in rules]
        facts += case_facts(desk, work, matters, acting)
        warnings = tuple(one.objection.says for one in found)
        return Answer(tuple(desk.tell(work, act, facts)), warnings, items[0], receipt)


def record_past_returns(
    desk: Desk,
    deposition: Deposition,
    items: Sequence[Subject],
    *,
    by: Subject | None = None,
    to: Subject | None = None,
) -> Answer:
    """Write down that items came back, to their own places unless another is named, whatever the book says.

    Two persons sign for it. What contradicts the book opens a case. Of a kit, the members that are not named count as
    missing.

    Raises:
        Refusal: the time it happened, the second person, the reason or the items are missing, or the place that is
            named is no store.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.RETURNED, of=_weapons(items), said=acting, to=to):
            return same_by(work, before, lambda fact: fact.made_at == stamp(acting.at))
        complete(acting, dated=deposition.at is not None)
        coming = _items(work, items)
        if to is not None:
            store_at(work, to)
        facts: list[Fact] = []
        matters: list[Matter] = []
        done: set[Subject] = set()
        for kit in (one for one in coming if kind_of(one.subject) is Kind.KIT):
            stated, missing, settled = _kit_came_back(work, kit, {one.subject for one in coming}, by, acting)
            facts, matters, done = [*facts, *stated], [*matters, *missing], done | settled
        named = {one.subject for one in coming}
        for item in coming:
            if item.subject in done or item.where in named:
                continue  # what is on a weapon comes back with it
            broken = breaches_of_return(item, acting.at, moved_at(work, item.subject))
            handed = Handed(by or Subject(item.where or item.subject), to or Subject(item.text("home")))
            facts += state_return(item, host_of(work, item), handed, broken, acting)
            holder = item.where if item.where and kind_of(Subject(item.where)) is Kind.PERSON else ""
            matters += [Matter(item.subject, one.rule, holder=holder, receipt=item.text("receipt")) for one in broken]
        facts += case_facts(desk, work, matters, acting)
        warnings = (say("Cases opened: {count}.", count=len(matters)),) if matters else ()
        return Answer(tuple(desk.tell(work, act, facts)), warnings, items[0])


def _weapons(items: Sequence[Subject]) -> list[Subject]:
    """The weapons of a list: of each of them the act has a fact of its own."""
    return [one for one in items if kind_of(one) is Kind.WEAPON]


def past_issue_breaches(
    desk: Desk, work: Work, deposition: Deposition, items: Sequence[Subject], to: Subject
) -> list[Breach]:
    """Every rule that an issue would turn out to have broken, to be shown before two persons sign for it."""
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    return _breaches_of_issue(
        work, _by_themselves(_items(work, items)), stands(work, to), policy_in_force(work), acting
    )


def past_return_breaches(work: Work, items: Sequence[Subject], at: datetime) -> list[Breach]:
    """What a return would contradict, to be shown before two persons sign for it."""
    coming = [stands(work, one) for one in items]
    named = {one.subject for one in coming}
    return [
        Breach(item.subject, objection)
        for item in coming
        if item.where not in named
        for objection in breaches_of_return(item, at, moved_at(work, item.subject))
    ]


def moved_at(work: Work, item: Subject) -> datetime | None:
    """When an item was moved last, by the book."""
    moved = [fact.made_at for _told, fact in work.facts_of(item) if fact.from_ or fact.to]
    return moment(max(moved)) if moved else None


def _breaches_of_issue(
    work: Work, going: Sequence[Standing], person: Standing, policy: Policy, acting: Acting
) -> list[Breach]:
    found: list[Breach] = []
    before: list[Standing] = []
    kits = {one.subject for one in going if kind_of(one.subject) is Kind.KIT}
    # What belongs to a weapon is drawn on the weapon's certificate.
    types = next((found_types for one in going if (found_types := lineage(one.text("taxonomy_code")))), ())
    for item in going:
        if item.subject in kits:
            continue  # a kit is nothing apart from its members
        weapons = sum(kind_of(one.subject) is Kind.WEAPON for one in before)
        counter = _counter_then(work, item, person, policy, acting.at)
        counter = replace(
            counter,
            held=[*counter.held, *before],
            issued_lately=counter.issued_lately + weapons,
            with_kit=item.text("kit") if item.text("kit") in kits else "",
            types=counter.types or types,
        )
        broken = breaches_of_issue(item, drawer_of(person), counter, policy, acting, moved_at(work, item.subject))
        found += [Breach(item.subject, one) for one in broken]
        before.append(item)
    return found


def _counter_then(work: Work, item: Standing, person: Standing, policy: Policy, at: datetime) -> Counter:
    """What must be known at the hatch, as far as it can be told of then: what went out later does not count."""
    counter = counter_for(work, item, person, policy, at)
    later = work.issued_since(stamp(at + timedelta(seconds=1)))
    held = [one for one in counter.held if one.text("issued_at") <= stamp(at)]
    return replace(counter, held=held, issued_lately=counter.issued_lately - later)


def _items(work: Work, items: Sequence[Subject]) -> list[Standing]:
    """The items, each once.

    Raises:
        Refusal: there are none, or one is a quantity without serials.

    """
    if not items:
        raise Refusal("nothing_named", say("No item is named."), do_now=say("Scan what it is about."))
    found: dict[Subject, Standing] = {}
    for name in items:
        standing = stands(work, name)
        if kind_of(name) is Kind.LINE:
            raise Refusal(
                "not_an_item",
                say("{register_no} is a quantity without serials.", register_no=standing.text("register_no")),
                do_now=say("Identify the one it is about first."),
            )
        found[name] = standing
    return list(found.values())


def _by_themselves(items: Sequence[Standing]) -> list[Standing]:
    """The items without those that are fitted to another one of them, and go where that goes."""
    named = {one.subject for one in items}
    return [one for one in items if one.where not in named]


def _kit_came_back(
    work: Work, kit: Standing, named: set[Subject], by: Subject | None, acting: Acting
) -> tuple[list[Fact], list[Matter], set[Subject]]:
    """A kit that came back with the members that are named; nothing where by the book it was not out."""
    if not kit.where or kind_of(Subject(kit.where)) is not Kind.PERSON:
        return [], [], set()
    inside = members(work, kit)
    with_holder = {one.subject for one in inside if one.where == kit.where}
    out = {one.subject for one in inside if one.subject in with_holder or one.where in with_holder}
    benches = {one.subject: bench_of(work, one) for one in inside if kind_of(one.subject) is Kind.WEAPON}
    missing = frozenset(out - named)
    facts, matters = return_kit(kit, inside, benches, Checked(missing), by or Subject(kit.where), acting)
    late = [
        msgspec.structs.replace(fact, about={**fact.about, "late": True}) if fact.kind is Deed.RETURNED else fact
        for fact in facts
    ]
    return late, matters, {kit.subject, *out}
