"""Undoing an import, and deciding what an import left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.desk.importing import AT_ONCE, Progress, duty_for, keep_on, undisturbed
from muniment.desk.people import forget_numbers
from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.importing import (
    batch_undone,
    decide_is_weapon,
    decide_not_ours,
    take_back,
)
from muniment.domain.custody.reversing import WITHDRAWN, refuse_alone
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.ports.audit import Stopped
from muniment.ports.work import Told, Work


@dataclass(frozen=True, slots=True)
class NotUndone:
    """A fact of the batch that stands: its row, what it is about as people call it, and why."""

    row: int
    subject: Subject
    name: str
    rule: str
    says: Text


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a batch came to: the answer of the desk, how many facts were taken back, which were not."""

    answer: Answer
    taken_back: int
    refused: tuple[NotUndone, ...]


def batch_numbered(work: Work, register_no: str) -> Standing:
    """The import with this number.

    Raises:
        Refusal: there is none.

    """
    wanted = register_no.strip().upper()
    for batch in work.all_of(Kind.BATCH):
        if batch.text("register_no") == wanted:
            return batch
    raise Refusal(
        "unknown_batch",
        say("There is no import {register_no}.", register_no=register_no),
        do_now=say("Look through the list of imports."),
    )


def undo_import(desk: Desk, deposition: Deposition, batch: Subject, progress: Progress = keep_on) -> Undone:
    """Take back every fact of a batch whose subject has not changed since; the others stand and are named.

    All in one transaction, newest first, so that what lies in something goes before it.

    Raises:
        Refusal: the batch was undone before, no reason is given, or it takes a second person because it was imported
            by another officer or more than an hour ago.
        Stopped: `progress` answered that it should not go on; the register is as before.

    """
    act = desk.act(deposition)
    with undisturbed(), desk.work() as work:
        standing = stands(work, batch)
        acting = desk.acting(deposition, duty_for(standing.text("kind")))
        if before := told_before(work, act, Deed.BATCH_UNDONE, of=(batch,), said=acting):
            return Undone(before, sum(told.kind is not Deed.BATCH_UNDONE for told in before.told), ())
        batch_undone(standing, 0, 0, acting)  # refuses before any work is done
        imported = work.facts_of(batch)[0][1]
        refuse_alone(imported, acting)
        act_of_import = imported.act
        # A place or a unit empties while its contents are taken back, so each waits until the one before is told.
        at_once = 1 if standing.text("kind") in ("people", "places") else AT_ONCE
        undoing = _Undoing(desk, work, acting)
        told: list[Told] = []
        counters = undoing.counters(act_of_import, at_once)
        while part := list(islice(counters, at_once)):
            told += desk.tell(work, act, part, first=len(told) + 1)
            if not progress(len(told), undoing.expected):
                raise Stopped
        closing = batch_undone(standing, len(told), len(undoing.refused), acting)
        told += desk.tell(work, act, [closing], first=len(told) + 1)
        undoing.refused.sort(key=lambda one: one.row)
        return Undone(Answer(tuple(told), about=batch), len(told) - 1, tuple(undoing.refused))


class _Undoing:
    """Makes the counter-entries of one batch."""

    def __init__(self, desk: Desk, work: Work, acting: Acting) -> None:
        self._desk = desk
        self._work = work
        self._acting = acting
        self.expected = 0
        self.refused: list[NotUndone] = []

    def counters(self, act: str, at_once: int) -> Iterator[Fact]:
        """Counter-entries, newest first; what cannot be taken back goes to `refused`."""
        told = [(one, fact) for one, fact in self._work.facts_of_act(act) if kind_of(fact.subject) is not Kind.BATCH]
        self.expected = len(told) + 1
        told.reverse()
        for start in range(0, len(told), at_once):
            part = told[start : start + at_once]
            subjects = [fact.subject for _, fact in part]
            standings, used = self._work.standings(subjects), self._work.in_use(subjects)
            for one, fact in part:
                yield from self._counter(one, fact, standings[fact.subject], in_use=fact.subject in used)

    def _counter(self, told: Told, fact: Fact, standing: Standing, *, in_use: bool) -> Iterator[Fact]:
        try:
            counter = take_back(fact, told.leaf, standing, in_use, self._acting)
        except Refusal as refusal:
            row = fact.about.get("row", 0)
            name = name_of(self._work, fact.subject)
            self.refused.append(
                NotUndone(row if isinstance(row, int) else 0, fact.subject, name, refusal.rule, refusal.says)
            )
            return
        registered = fact.kind is Deed.PERSON_REGISTERED
        yield forget_numbers(self._desk, self._work, counter) if registered else counter


def undecided(work: Work, *, all_of_them: bool = False) -> list[Standing]:
    """What waits for a decision, in order of number; with `all_of_them` what was decided too, withdrawn ones never."""
    listed = [u for u in work.every(Kind.UNDECIDED) if not u.text(WITHDRAWN)]
    return sorted((u for u in listed if all_of_them or u.text("state") == "open"), key=lambda u: u.number("number"))


def decide(
    desk: Desk, deposition: Deposition, listed: Sequence[Subject], type_code: str = "", calibre: str = ""
) -> Answer:
    """Decide what listed things are: weapons of a type, or nothing for this register where no type is given.

    All of them or none; the deposition gives the reason.

    Raises:
        Refusal: one was decided before, no reason is given, or the type is no type of weapon.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.UNDECIDED_DECIDED, of=listed, said=acting):
            return before
        facts: list[Fact] = []
        number = work.next_number(Kind.LINE)
        for subject in dict.fromkeys(listed):
            standing = stands(work, subject)
            if type_code:
                line = desk.fresh(Kind.LINE)
                facts += decide_is_weapon(standing, line, number, type_code.upper(), calibre, acting)
                number += 1
            else:
                facts.append(decide_not_ours(standing, acting))
        return Answer(tuple(desk.tell(work, act, facts)), about=facts[0].subject if facts else None)
