"""Taking back what was entered wrong, by counter-entries. Nothing disappears."""

from __future__ import annotations

from muniment.desk.desk import Answer, Deposition, Desk, same_by, stands, told_before
from muniment.desk.people import forget_numbers
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.registering import put_back_on_line
from muniment.domain.custody.reversing import TAKING_BACK, may_be_taken_back, reverse
from muniment.domain.custody.standing import Standing, follow
from muniment.domain.people.duties import require
from muniment.ports.work import Told, Work


def take_back_act(desk: Desk, deposition: Deposition, act: str) -> Answer:
    """Take back a whole act by counter-entries, newest first: the "undo" of the desk.

    Raises:
        Refusal: no such act, no reason, the officer's role or a second person is missing, such an act is never taken
            back, or something it touched has changed since; then nothing is taken back.

    """
    own = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, own, Deed.REVERSED, Deed.WITHDRAWN):
            return before
        told = [(one, fact) for one in work.told(act) if (fact := work.fact(one.seq)) is not None]
        return _take_back(desk, deposition, work, own, told)


def take_back_entry(desk: Desk, deposition: Deposition, seq: int) -> Answer:
    """Take back the act that a fact belongs to; of an import that fact alone, for its rows stand each by itself.

    Raises:
        Refusal: see `take_back_act`.

    """
    own = desk.act(deposition)
    with desk.work() as work:
        before = told_before(work, own, Deed.REVERSED, Deed.WITHDRAWN)
        fact = work.fact(seq)
        if fact is None:
            raise Refusal("unknown", say("The ledger has no fact {seq}.", seq=seq), do_now=say("Check the number."))
        if before is not None:
            leaves = {one.leaf for one in work.told(fact.act)}
            return same_by(work, before, lambda counter: counter.corrects in leaves)
        told = [(one, each) for one in work.told(fact.act) if (each := work.fact(one.seq)) is not None]
        if told[0][1].kind is Deed.BATCH_IMPORTED and fact.kind is not Deed.BATCH_IMPORTED:
            told = [(one, each) for one, each in told if one.seq == seq]
        return _take_back(desk, deposition, work, own, told)


def _take_back(desk: Desk, deposition: Deposition, work: Work, own: str, told: list[tuple[Told, Fact]]) -> Answer:
    if not told:
        raise Refusal("unknown", say("The register does not know this act."), do_now=say("Check the number."))
    acting = desk.acting(deposition, TAKING_BACK[told[0][1].kind].duty)
    made_here = {fact.subject for _, fact in told if fact.expects == 0}
    used = work.in_use(made_here) if made_here else set()
    for _, fact in told:
        may_be_taken_back(fact, acting, in_use=fact.subject in used)
        require(TAKING_BACK[fact.kind].duty, deposition.officer.roles)
    facts = [
        forget_numbers(desk, work, counter) if _withdraws_a_person(counter) else counter
        for counter in _counter_entries(work, told, acting)
    ]
    about = next((one.subject for one, _ in told if kind_of(one.subject) is Kind.WEAPON), told[0][0].subject)
    return Answer(tuple(desk.tell(work, own, facts)), about=about)


def _counter_entries(work: Work, told: list[tuple[Told, Fact]], acting: Acting) -> list[Fact]:
    """The counter-entries that take facts back, newest first.

    What came after a fact and was taken back in turn is as if it had not been, so it does not stand in the way.
    """
    standings: dict[Subject, Standing] = {}
    undone: dict[Subject, int] = {}
    facts: list[Fact] = []
    for one, fact in reversed(told):
        standing = standings.get(one.subject) or stands(work, one.subject)
        if fact.kind is Deed.LINE_WORKED_OFF:
            counter = put_back_on_line(standing, one.leaf, acting)
        else:
            if one.subject not in undone:
                undone[one.subject] = taken_back_since(work, one) if standing.version > fact.expects + 1 else 0
            counter = reverse(fact, one.leaf, standing, acting, undone=undone[one.subject])
        standings[one.subject] = follow(standing, counter)
        undone[one.subject] = undone.get(one.subject, 0) + 1
        facts.append(counter)
    return facts


def taken_back_since(work: Work, told: Told) -> int:
    """How many facts about the same subject came after this one and were taken back."""
    later = [(one, fact) for one, fact in work.facts_of(told.subject) if one.seq > told.seq]
    leaves = {one.leaf for one, _ in later}
    return sum(fact.kind is Deed.REVERSED and fact.corrects in leaves for _, fact in later)


def _withdraws_a_person(counter: Fact) -> bool:
    return counter.kind is Deed.WITHDRAWN and kind_of(counter.subject) is Kind.PERSON
