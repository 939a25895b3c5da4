"""Changing the list of an arrival before it is closed: a line the clerk forgot, a line the document does not have."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.announcing import AT_ONCE, check_list
from muniment.domain.custody.arrivals import Listed, listed_field, listed_of, seen_of
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.receiving import refuse_settled
from muniment.domain.custody.standing import Standing, follow


def relist(arrival: Standing, added: Sequence[Listed], struck: Collection[int], acting: Acting) -> list[Fact]:
    """State that the list of an arrival is otherwise than it was written down.

    It takes two persons and a reason: a line that is struck opens no case when it does not come, and a line that is
    added opens none when it does. Numbers of lines are not used again while a later one stands.

    Raises:
        Refusal: the arrival is closed; nothing is changed; a line that is struck is not on the list, or something was
            put to it; a line that is added says nothing, is too long or is on the list; the second person or the
            reason is missing.

    """
    refuse_settled(arrival)
    _refuse_alone(acting)
    if not added and not struck:
        raise Refusal("nothing_changed", say("The list stays as it is."), do_now=say("Add a line, or strike one."))
    listed, there = listed_of(arrival), {seen.line for seen in seen_of(arrival).values()}
    for nth in sorted(struck):
        if nth not in listed:
            raise Refusal("line_unknown", say("The list has no line {nth}.", nth=nth), do_now=say("Look at the list."))
        if nth in there:
            raise Refusal(
                "line_seen",
                say("{words} was checked in to line {nth}.", words=listed[nth].what.words(), nth=nth),
                do_now=say("Take it off the arrival first."),
            )
    stays = [line for nth, line in listed.items() if nth not in struck]
    check_list((*stays, *added))
    first = max(listed, default=0) + 1
    new = [listed_field(nth, line) for nth, line in enumerate(added, first)]
    gone = [listed_field(nth, listed[nth])[0] for nth in sorted(struck)]
    facts: list[Fact] = []
    standing = arrival
    for start in range(0, max(len(new), len(gone)), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        facts.append(acting.states(Deed.ARRIVAL_LISTED, standing, sets=dict(new[part]), drops=gone[part]))
        standing = follow(standing, facts[-1])
    return facts


def _refuse_alone(acting: Acting) -> None:
    if acting.second is None:
        raise Refusal(
            "second_person_missing",
            say("Changing the list of an arrival needs a second authorised person."),
            do_now=say("Have the second person sign in beside you, with the document."),
        )
    if not acting.reason:
        raise Refusal("reason_missing", say("Changing the list needs a reason."), do_now=say("Write why."))
