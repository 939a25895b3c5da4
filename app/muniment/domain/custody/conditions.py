"""The condition of a weapon or component: worse by one officer's word, better by two."""

from __future__ import annotations

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.condition import CONDITION_NAMES, Condition

_RANKS = {
    Condition.NEW: 0,
    Condition.SERVICEABLE: 1,
    Condition.REPAIRABLE: 2,
    Condition.INCOMPLETE: 2,
    Condition.BEYOND_REPAIR: 3,
    Condition.DEACTIVATED: 4,
}
"""How far a weapon is from being handed out; a lower rank is a better condition."""

CONDEMNED = frozenset({Condition.BEYOND_REPAIR, Condition.DEACTIVATED})
"""What a weapon comes back from with the number of an inspection only."""


def is_better(now: Condition, than: Condition) -> bool:
    """Whether a condition brings a weapon nearer to being handed out than another one."""
    return _RANKS[now] < _RANKS[than]


def change_condition(item: Standing, condition: Condition, acting: Acting) -> Fact:
    """Decide whether an item is in another condition from now on, and state it.

    What makes it worse is one officer's finding and never refused, for it only keeps the item in. What makes it better
    lets it out again: that takes two persons, and from beyond repair or deactivated the number of the inspection. The
    first condition of an item for which none was stated is one officer's finding too.

    Raises:
        Refusal: the record is withdrawn, it is in that condition by the book, no reason is given, or the second person
            or the number is missing.

    """
    if item.text(WITHDRAWN):
        raise Refusal("withdrawn", say("This record was withdrawn."), do_now=say("Find the true record."))
    before = Condition(item.text("condition")) if item.text("condition") else None
    if before is condition:
        raise Refusal("nothing_changes", say("It is in that condition by the book."), do_now=say("Nothing to do."))
    if not acting.reason:
        raise Refusal(
            "reason_missing",
            say("Another condition needs a reason."),
            do_now=say("Write what was found, without names."),
        )
    refuse_better_alone(item, condition, acting)
    return acting.states(Deed.CONDITION_CHANGED, item, sets={"condition": condition}, qty=1)


def refuse_better_alone(item: Standing, after: Condition, acting: Acting) -> None:
    """Refuse to let one person bring an item nearer to being handed out than it stands.

    Raises:
        Refusal: it takes a second person, or the number of an inspection.

    """
    before = Condition(item.text("condition")) if item.text("condition") else None
    if before is None or not is_better(after, before):
        return
    if acting.second is None or acting.second == acting.actor:
        raise Refusal(
            "second_person_missing",
            say(
                "From {before} to {after} it takes a second authorised person.",
                before=CONDITION_NAMES[before],
                after=CONDITION_NAMES[after],
            ),
            do_now=say("Have the second person look at it and sign in beside you."),
        )
    if before in CONDEMNED and not acting.doc:
        raise Refusal(
            "reference_missing",
            say("It was condemned: it comes back with the number of an inspection only."),
            do_now=say("Give the number of the paper that says so."),
        )
