"""Taking back: a counter-entry that names the fact it corrects. Nothing disappears."""

from __future__ import annotations

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import CONTENT, Deed, Fact
from muniment.domain.custody.standing import WHERE, Standing

WITHDRAWN = "withdrawn"
"""The field that marks what was registered in error; the thing keeps its number and its history."""

GUARDED = "guarded"
"""What `about` of a fact says that stopped an item from being issued: one person alone does not take that back."""


def reverse(fact: Fact, leaf: str, standing: Standing, acting: Acting, *, undone: int = 0) -> Fact:
    """Decide whether a fact can still be taken back, and state the counter-entry.

    A registration is taken back by withdrawing the thing: it stays in the register, under its number, marked.
    `undone` is how many later facts about the same subject were taken back just before, newest first.

    Raises:
        Refusal: the subject has changed since, no reason is given, the fact is itself a counter-entry, or it keeps an
            item from being issued and nobody stands beside.

    """
    if not acting.reason:
        raise Refusal(
            "reason_missing",
            say("Taking something back needs a reason."),
            do_now=say("Write why, without names."),
        )
    if fact.kind in (Deed.REVERSED, Deed.WITHDRAWN):
        raise Refusal(
            "already_reversed",
            say("A counter-entry is not taken back."),
            do_now=say("Enter what is right as a new movement."),
        )
    if fact.about.get(GUARDED) is True and acting.second in (None, acting.actor):
        raise Refusal(
            "second_person_missing",
            say("It keeps the item from being issued. Taking that back needs a second authorised person."),
            do_now=say("Have the second person sign in beside you."),
        )
    if standing.version - 2 * undone != fact.expects + 1:
        raise Refusal(
            "changed_since",
            say("It has been moved or changed since."),
            do_now=say("Take back the later entry first, or enter what is right as a new movement."),
        )
    if fact.expects == 0:
        return acting.states(
            Deed.WITHDRAWN,
            standing,
            # A case or a receipt that was opened in error is no longer open.
            sets={WITHDRAWN: acting.reason, **({"state": "withdrawn"} if "state" in standing.fields else {})},
            drops=("bound",),  # a code that was bound in error means nothing any more
            to="" if WHERE in standing.fields else None,
            corrects=leaf,
        )
    inverse = acting.states(Deed.REVERSED, standing, corrects=leaf)
    return Fact(
        kind=inverse.kind,
        subject=inverse.subject,
        actor=inverse.actor,
        made_at=inverse.made_at,
        v=CONTENT,
        from_=fact.to,
        to=fact.from_,
        qty=fact.qty,
        uom=fact.uom,
        before=dict(fact.after),
        after=dict(fact.before),
        expects=inverse.expects,
        evidence=inverse.evidence,
        second=inverse.second,
        reason=inverse.reason,
        doc=inverse.doc,
        corrects=inverse.corrects,
        about={"corrected": fact.kind},
    )
