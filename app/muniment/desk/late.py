"""Late entries: an issue or a return on paper, a wrong hand-out; by two persons, and never refused by a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from muniment.desk.cases import case_facts, host_of
from muniment.desk.components import bench_of
from muniment.desk.desk import Answer, Deposition, Desk, same_by, stands, told_before
from muniment.desk.hatch import Wanted, asked_for, receipt_for, terms_of
from muniment.desk.kits import homes_of, members
from muniment.desk.of_its_time import LaidAt, Then, laid_at
from muniment.desk.people import drawer_of
from muniment.desk.places import open_place
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.cases import Matter
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.kits import Checked, members_of, return_kit
from muniment.domain.custody.late import (
    breaches_of_issue,
    breaches_of_return,
    complete,
    entered_late,
    state_issue,
    state_return,
)
from muniment.domain.custody.returning import Handed
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.domain.stock.taxonomy import lineage
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

    Two persons sign for it. It is judged by what stood when it happened. Every rule it broke is named in the fact and
    opens a case; a `wrong` hand-out opens one in any event. The members of a kit are named beside it.

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
        going, then = _by_themselves(_items(work, items)), Then(work, acting.at)
        drawer = drawer_of(stands(work, wanted.to))
        found = _breaches_of_issue(then, going, wanted.to, acting)
        receipt, facts = receipt_for(desk, work, wanted, acting)
        terms = terms_of(wanted, then.policy, acting.at, receipt)
        matters: list[Matter] = []
        for item in going:
            broken = _rules(found, item)
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

    Two persons sign for it. What contradicted the book when it happened opens a case. Of a kit, the members that are
    not named count as missing. What was brought to a place that is closed by now lies at the nearest open one around.

    Raises:
        Refusal: the time it happened, the second person, the reason or the items are missing, or the place that is
            named is no store.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.RETURNED, of=_weapons(items), said=acting):
            return same_by(work, before, lambda fact: _came_then(fact, acting, to))
        complete(acting, dated=deposition.at is not None)
        coming, then = _items(work, items), Then(work, acting.at)
        laid = laid_at(work, then, to) if to is not None else None
        found = _breaches_of_return(work, then, coming, laid)
        facts: list[Fact] = []
        matters: list[Matter] = []
        done: set[Subject] = set()
        named = {one.subject for one in coming}
        for kit in (one for one in coming if kind_of(one.subject) is Kind.KIT):
            stated, missing = _kit_came_back(work, kit, named, by, _rules(found, kit), acting)
            facts, matters, done = [*facts, *stated], [*matters, *missing], done | _out_with(work, kit)
        for item in coming:
            if item.subject in done or item.where in named:
                continue  # what is on a weapon comes back with it
            home = open_place(work, Subject(item.text("home")))
            handed = Handed(by or Subject(item.where or item.subject), laid.now if laid else home)
            closed = laid.closed if laid else ""
            facts += state_return(item, host_of(work, item), handed, _rules(found, item), acting, brought_to=closed)
        for item in coming:
            holder = item.where if item.where and kind_of(Subject(item.where)) is Kind.PERSON else ""
            receipt = item.text("receipt")
            matters += [Matter(item.subject, one.rule, holder, receipt=receipt) for one in _rules(found, item)]
        facts += case_facts(desk, work, matters, acting)
        warnings = tuple(one.objection.says for one in found)
        warnings += (say("Cases opened: {count}.", count=len(matters)),) if matters else ()
        if laid is not None and (moved_on := laid.warning(work)) is not None:
            warnings = (*warnings, moved_on)
        return Answer(tuple(desk.tell(work, act, facts)), warnings, items[0])


def whole_kit(work: Work, kit: Subject, at: datetime) -> tuple[Subject, ...]:
    """A kit and what belonged to it then, as a late entry names them."""
    return (kit, *members_of(Then(work, at).of(kit)))


def _came_then(fact: Fact, acting: Acting, to: Subject | None) -> bool:
    """Whether a return was at the time and to the place that are told now; the place may have been closed since."""
    return fact.made_at == stamp(acting.at) and (to is None or to in (fact.to, fact.about.get("brought_to")))


def _weapons(items: Sequence[Subject]) -> list[Subject]:
    """The weapons of a list: of each of them the act has a fact of its own."""
    return [one for one in items if kind_of(one) is Kind.WEAPON]


def past_issue_breaches(
    desk: Desk, work: Work, deposition: Deposition, items: Sequence[Subject], to: Subject
) -> list[Breach]:
    """Every rule that an issue would turn out to have broken, to be shown before two persons sign for it."""
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    going = _by_themselves(_items(work, items))
    return _breaches_of_issue(Then(work, acting.at), going, stands(work, to).subject, acting)


def past_return_breaches(work: Work, items: Sequence[Subject], at: datetime, to: Subject | None = None) -> list[Breach]:
    """What a return would contradict, to be shown before two persons sign for it."""
    then = Then(work, at)
    return _breaches_of_return(work, then, _items(work, items), laid_at(work, then, to) if to else None)


def _breaches_of_issue(then: Then, going: Sequence[Standing], person: Subject, acting: Acting) -> list[Breach]:
    """What an issue broke, by what stood then; `going` stand as they do now."""
    found: list[Breach] = []
    before: list[Standing] = []
    drawer = drawer_of(then.of(person))
    kits = {one.subject for one in going if kind_of(one.subject) is Kind.KIT}
    named = {one.subject for one in going}
    # What belongs to a weapon is drawn on the weapon's certificate.
    types = next((found_types for one in going if (found_types := lineage(one.text("taxonomy_code")))), ())
    for item in (then.of(one.subject) for one in going if one.subject not in kits):
        if item.where in named:
            continue  # it was on another one of them, and went where that went
        weapons = sum(kind_of(one.subject) is Kind.WEAPON for one in before)
        counter = then.counter(item, person)
        counter = replace(
            counter,
            held=[*counter.held, *before],
            issued_lately=counter.issued_lately + weapons,
            with_kit=item.text("kit") if item.text("kit") in kits else "",
            types=counter.types or types,
        )
        moved_since = then.moved_after(item.subject)
        broken = breaches_of_issue(item, drawer, counter, then.policy, acting, moved_since)
        found += [Breach(item.subject, one) for one in broken]
        before.append(item)
    return found


def _breaches_of_return(work: Work, then: Then, coming: Sequence[Standing], laid: LaidAt | None) -> list[Breach]:
    """What a return contradicted, by what stood then; `coming` stand as they do now.

    What is on a weapon comes back with it. A kit that is out is asked in place of its members; it goes home.
    """
    named = {one.subject for one in coming}
    settled = {one for kit in coming for one in _out_with(work, kit) - {kit.subject}}
    kits = {kit.subject for kit in coming if _out_with(work, kit)}
    return [
        Breach(item.subject, one)
        for item in coming
        if item.where not in named and item.subject not in settled
        for one in breaches_of_return(
            then.of(item.subject),
            laid.then if laid and item.subject not in kits else None,
            then.moved_after(item.subject),
        )
    ]


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


def _rules(found: Sequence[Breach], item: Standing) -> list[Refusal]:
    return [one.objection for one in found if one.item == item.subject]


def _out_with(work: Work, kit: Standing) -> set[Subject]:
    """A kit that is with a person by the book now, and its members that are out with it; nothing of anything else."""
    if kind_of(kit.subject) is not Kind.KIT or not kit.where or kind_of(Subject(kit.where)) is not Kind.PERSON:
        return set()
    inside = members(work, kit)
    with_holder = {one.subject for one in inside if one.where == kit.where}
    return {kit.subject, *(one.subject for one in inside if one.subject in with_holder or one.where in with_holder)}


def _kit_came_back(
    work: Work, kit: Standing, named: set[Subject], by: Subject | None, broken: Sequence[Refusal], acting: Acting
) -> tuple[list[Fact], list[Matter]]:
    """A kit that came back with the members that are named; nothing where by the book it was not out."""
    out = _out_with(work, kit)
    if not out:
        return [], []
    inside = members(work, kit)
    benches = {one.subject: bench_of(work, one) for one in inside if kind_of(one.subject) is Kind.WEAPON}
    checked, homes = Checked(frozenset(out - named)), homes_of(work, inside)
    facts, matters = return_kit(kit, inside, benches, homes, checked, by or Subject(kit.where), acting)
    late = [
        msgspec.structs.replace(
            fact, about={**fact.about, **entered_late(broken if fact.subject == kit.subject else [])}
        )
        if fact.kind is Deed.RETURNED
        else fact
        for fact in facts
    ]
    return late, matters
