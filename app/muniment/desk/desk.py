"""The desk: the ports a use case needs, and the way its facts reach the ledger."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from muniment.domain.basics.canonical import NotCanonical, TooLong
from muniment.domain.basics.identity import Kind, Subject, kind_of, subject
from muniment.domain.basics.moments import stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Evidence, Fact, Value
from muniment.domain.custody.record import Circumstances
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing, follow
from muniment.domain.people.authority import Status, refuse_own_right
from muniment.domain.people.duties import Duty, require
from muniment.domain.stock.free_text import sentences, tidy
from muniment.ports.clock import Clock
from muniment.ports.ids import Ids
from muniment.ports.passphrases import Passphrases
from muniment.ports.work import OpenWork, Told, Work


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who has signed in: who, by what roles, how."""

    person: Subject
    name: str
    roles: frozenset[str]
    how: str = "passphrase"


@dataclass(frozen=True, slots=True)
class Deposition:
    """What an officer brings to a use case.

    `act` makes doing it twice the same as doing it once. `at` is when it happened, absent for now. `evidence` is how
    the item was identified; `overrides` are the rules that `second` lets pass for `reason`.
    """

    officer: Officer
    act: str = ""
    second: Officer | None = None
    at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    doc: str = ""
    overrides: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a use case did: the facts it appended, what the officer should know, the subject it was about.

    `receipt` is the hand receipt it was put on. `again` says that the act was told before and nothing was done now.
    """

    told: tuple[Told, ...]
    warnings: tuple[Text, ...] = ()
    about: Subject | None = None
    receipt: Subject | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a use case asks of the world: `work` to read and append, `look` only to read."""

    work: OpenWork
    look: OpenWork
    clock: Clock
    ids: Ids
    passphrases: Passphrases
    workstation: str
    app: str

    def fresh(self, kind: Kind) -> Subject:
        """A name for a new thing; a person's tells nothing, not even when it was made."""
        return subject(kind, self.ids.random() if kind is Kind.PERSON else self.ids.ordered())

    def acting(self, deposition: Deposition, duty: Duty) -> Acting:
        """The act that an officer's deposition amounts to.

        Raises:
            Refusal: the officer's role, or the second person's, does not allow it; or both are one person.

        """
        require(duty, deposition.officer.roles)
        second = deposition.second
        if second is not None:
            require(Duty.STAND_SECOND, second.roles)
            if second.person == deposition.officer.person:
                raise Refusal(
                    "second_is_first",
                    say("The second person must be somebody else."),
                    do_now=say("Have another authorised person sign in."),
                )
        now = self.clock.now()
        if deposition.at is not None and deposition.at > now:
            raise Refusal(
                "in_the_future",
                say("The time given lies in the future."),
                do_now=say("Check the date, and the clock of this machine."),
            )
        return Acting(
            actor=deposition.officer.person,
            at=(deposition.at or now).astimezone(
                UTC
            ),  # its day decides about certificates, whichever zone it is told in
            second=second.person if second else None,
            evidence=deposition.evidence,
            reason=sentences(deposition.reason, say("The reason")),
            doc=sentences(deposition.doc, say("The number of the paper")),
            overrides=deposition.overrides,
        )

    def act(self, deposition: Deposition) -> str:
        """The act's own name: the one given, or a fresh one.

        Raises:
            Refusal: the name given holds what cannot be seen, or is too long.

        """
        return tidy(deposition.act, say("The name of the act")) or self.ids.ordered()

    def tell(self, work: Work, act: str, facts: Sequence[Fact], *, first: int = 1) -> list[Told]:
        """Append the facts of an act: number them, note the circumstances, seal.

        A long act is told in parts; `first` is the number of the first fact of this part.

        Raises:
            Refusal: one of those who act has signed in but serves no more, or gives a right to himself alone.

        """
        for fact in facts:
            if fact.subject == fact.actor and fact.expects:
                refuse_own_right({*fact.before, *fact.after}, alone=not fact.second)
        for name in {name for fact in facts for name in (fact.actor, fact.second) if name}:
            if kind_of(Subject(name)) is Kind.PERSON:  # what happens at the door is told by the register itself
                _still_serves(work, Subject(name))
        numbered = [msgspec.structs.replace(fact, act=act, id=f"{act}.{nth}") for nth, fact in enumerate(facts, first)]
        return work.append(numbered, self.circumstances())

    def circumstances(self) -> Circumstances:
        """When and where a record is written."""
        return Circumstances(
            rec_at=stamp(self.clock.now()),
            mono_ms=self.clock.mono_ms(),
            boot=self.clock.boot(),
            workstation=self.workstation,
            app=self.app,
        )


def _still_serves(work: Work, person: Subject) -> None:
    """Refuse an act of somebody who signed in before the right to act was taken away.

    Nothing is asked of those who are entered in this same act: the first officers of a register.
    """
    standing = work.standing(person)
    serves = standing is None or (standing.text("status") == Status.SERVING and not standing.text(WITHDRAWN))
    if not serves:
        raise Refusal(
            "not_serving",
            say("Somebody who acts here serves no more by the book. Nothing was written."),
            do_now=say("Lock the window. Have an officer who serves sign in."),
        )


def in_words(open_work: OpenWork) -> OpenWork:
    """Transactions that answer with a refusal where somebody wrote what the ledger cannot keep."""

    @contextmanager
    def open_in_words() -> Iterator[Work]:
        try:
            with open_work() as work:
                yield work
        except TooLong as error:
            raise Refusal(
                "too_much_written",
                say("This is more than one record of the ledger holds. Nothing was written."),
                do_now=say("Write less here, and attach the rest as a document."),
            ) from error
        except NotCanonical as error:
            raise Refusal(
                "text_not_kept",
                say("Something in it is no plain text, or turns the reading direction. Nothing was written."),
                do_now=say("Type it again by hand instead of pasting it."),
            ) from error

    return open_in_words


def told_before(
    work: Work,
    act: str,
    *deeds: Deed,
    of: Collection[Subject] = (),
    said: Acting | None = None,
    to: str | None = None,
    sets: Mapping[str, Value | None] | None = None,
) -> Answer | None:
    """The answer to an act that was told already; nothing for a new one.

    The name of an act is not lent to another, nor to the same with other arguments: one of the `deeds` must stand in
    it, of each subject in `of`, told by those who act now, for the reason and on the paper they give now (`said`); it
    must lead to where it leads now (`to`), and the fields in `sets` must stand after it as they are wanted now.

    Raises:
        Refusal: the act of this name was another one, about other things, or with other values.

    """
    told = work.told(act)
    if not told:
        return None
    alike = {
        one.subject
        for one in told
        if one.kind in deeds
        and (fact := work.fact(one.seq)) is not None
        and (said is None or said.told(fact))
        and (to is None or fact.to == to)
        and (not sets or all(fields_after(work, one).get(name) == value for name, value in sets.items()))
    }
    if not alike or not {*of} <= {one.subject for one in told} or (of and not alike & {*of}):
        raise _intent_used(act, told[0].seq)
    return Answer(tuple(told), about=told[0].subject, again=True)


def fields_after(work: Work, told: Told) -> Mapping[str, Value]:
    """What stood of a subject after a fact: what it set, and what stood as wanted before it."""
    standing = Standing(told.subject)
    for one, fact in work.facts_of(told.subject):
        standing = follow(standing, fact)
        if one.seq == told.seq:
            break
    return standing.fields


def same_thing(work: Work, before: Answer, field: str, wanted: str) -> Answer:
    """The answer to an act told before that made a thing, where the thing is the one that is wanted now.

    Raises:
        Refusal: it is another one by this field.

    """
    return same_by(work, before, lambda fact: fact.after.get(field, "") == wanted)


def same_by(work: Work, before: Answer, same: Callable[[Fact], bool]) -> Answer:
    """The answer to an act told before, where one of its facts shows that it was about what is wanted now.

    Raises:
        Refusal: it was about another thing.

    """
    facts = [fact for one in before.told if (fact := work.fact(one.seq)) is not None]
    if not any(map(same, facts)):
        raise _intent_used(facts[0].act, before.told[0].seq)
    return before


def _intent_used(act: str, seq: int) -> Refusal:
    return Refusal(
        "intent_used",
        say(
            "Another act, or one with other values, has the name {act} already, from fact {seq} on. Nothing was done"
            " now.",
            act=act,
            seq=seq,
        ),
        do_now=say("Look at what was done then. If this is to be done as well, give it a name of its own."),
    )


def stands(work: Work, wanted: Subject) -> Standing:
    """What stands of a subject that must be there.

    Raises:
        Refusal: the register does not know it.

    """
    standing = work.standing(wanted)
    if standing is None:
        raise Refusal("unknown", say("The register does not know it."), do_now=say("Check the number."))
    return standing
