"""What stood of a subject at a moment that has passed, told from its facts.

Two orders of time meet here. Facts follow one another in the order in which they were recorded: that order alone says
what stands, and no clock disturbs it. The time at which each of them happened says whether it had happened by a
moment. So what stood then is the fold, in the order of the records, of the facts that had happened by then; one that
was written down later counts from when it happened. See docs/decisions/0012.

What was taken back by a counter-entry never happened. A record that was withdrawn is none at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.moments import moment, stamp
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.standing import WHERE, Standing

History = Sequence[tuple[str, Fact]]
"""All facts of one subject in the order of their records, each after the leaf hash of its record."""


def stood(subject: Subject, history: History, at: datetime) -> Standing:
    """What stood of a subject then; of version 0 where nothing had happened to it yet.

    The answer is there to be judged by. No fact may be stated on it, for its version counts what had happened then.
    """
    by = stamp(at)
    return _fold(subject, (fact for fact in _true(history) if fact.made_at <= by or fact.kind is Deed.WITHDRAWN))


def stood_as_known(subject: Subject, history: History, at: datetime) -> Standing:
    """What stood of a subject then; of one that entered the register later, as it entered.

    A weapon, a person or a place was there before somebody wrote it down, and nothing earlier is known of it.
    """
    found = stood(subject, history, at)
    if any(fact.kind is not Deed.WITHDRAWN and fact.made_at <= stamp(at) for _leaf, fact in history):
        return found
    return _fold(subject, (fact for fact in _true(history) if fact.expects == 0 or fact.kind is Deed.WITHDRAWN))


def moved_after(history: History, at: datetime) -> datetime | None:
    """When a subject was last moved or taken in by the book, if that was after a moment."""
    moves = [fact.made_at for fact in _true(history) if (fact.from_ or fact.to) and fact.kind is not Deed.WITHDRAWN]
    last = max(moves, default="")
    return moment(last) if last > stamp(at) else None


def _true(history: History) -> Iterable[Fact]:
    """The facts without those that were taken back and the counter-entries that did it.

    A withdrawal is kept, and with it what it withdraws: the thing stays in the register, marked.
    """
    undone = {fact.corrects for _leaf, fact in history if fact.corrects and fact.kind is not Deed.WITHDRAWN}
    return (fact for leaf, fact in history if leaf not in undone and fact.kind is not Deed.REVERSED)


def _fold(subject: Subject, facts: Iterable[Fact]) -> Standing:
    """The facts one after the other. Some between them may be missing, so that `before` need not be what stood."""
    fields: dict[str, Value] = {}
    version = 0
    for fact in facts:
        version += 1
        for name in fact.before:
            fields.pop(name, None)
        fields.update(fact.after)
        if fact.to:
            fields[WHERE] = fact.to
        elif fact.from_:
            fields.pop(WHERE, None)
    return Standing(subject, version, fields)
