"""What has happened is written down as it happened: broken rules are named and open cases, nothing is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.fitting import Bench, taken_off
from muniment.domain.custody.issuing import Counter, Terms, handed_out, objections_to_issue
from muniment.domain.custody.policy import Policy
from muniment.domain.custody.returning import HELD, Handed
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import Drawer


def complete(acting: Acting, *, dated: bool) -> None:
    """Decide whether a late entry says what it must: when, who stands beside, why.

    Raises:
        Refusal: one of them is missing.

    """
    if not dated:
        raise Refusal(
            "late_entry_incomplete",
            say("A late entry needs the time it happened, a second person and a reason. The time is missing."),
            do_now=say("Take the time and the number from the paper form."),
        )
    if acting.second is None:
        raise Refusal(
            "late_entry_incomplete",
            say("A late entry needs the time it happened, a second person and a reason. The second person is missing."),
            do_now=say("Have another authorised person sign in beside you."),
        )
    if not acting.reason:
        raise Refusal(
            "late_entry_incomplete",
            say("A late entry needs the time it happened, a second person and a reason. The reason is missing."),
            do_now=say("Write why, without names, or the number of the paper."),
        )


def breaches_of_issue(
    weapon: Standing, drawer: Drawer, counter: Counter, policy: Policy, acting: Acting, moved_at: datetime | None
) -> list[Refusal]:
    """Every rule that an issue broke. `moved_at` is when the weapon moved last by the book."""
    found = objections_to_issue(weapon, drawer, counter, policy, acting.at)
    if drawer.person in (acting.actor, acting.second):
        found.append(
            Refusal("signed_by_receiver", say("Who received it is one of the two who sign."), do_now=say("Say so."))
        )
    return found + _moved_since(acting.at, moved_at)


def breaches_of_return(item: Standing, at: datetime, moved_at: datetime | None) -> list[Refusal]:
    """What speaks against a return that has happened."""
    found = []
    if not item.where or kind_of(Subject(item.where)) is not Kind.PERSON:
        found.append(
            Refusal("not_out", say("By the book it was not out."), do_now=say("Compare the paper with the metal."))
        )
    return found + _moved_since(at, moved_at)


def state_issue(
    weapon: Standing, host: Bench | None, drawer: Drawer, terms: Terms, broken: Sequence[Refusal], acting: Acting
) -> list[Fact]:
    """State that a weapon was handed out. `host` is the weapon it was fitted to by the book."""
    facts = [handed_out(weapon, drawer, terms, acting, _about(broken))]
    return [*facts, taken_off(weapon, host, acting)] if host is not None else facts


def state_return(
    item: Standing, host: Bench | None, handed: Handed, broken: Sequence[Refusal], acting: Acting
) -> list[Fact]:
    """State that an item came back, whatever the book says of where it was."""
    about = _about(broken)
    if item.where and kind_of(Subject(item.where)) is Kind.PERSON and handed.by != item.where:
        about["brought_by"] = handed.by
    facts = [acting.states(Deed.RETURNED, item, drops=(*HELD, "shipment"), to=handed.to, qty=1, about=about)]
    return [*facts, taken_off(item, host, acting)] if host is not None else facts


def _about(broken: Sequence[Refusal]) -> dict[str, Value]:
    about: dict[str, Value] = {"late": True}
    if broken:
        about["breach"] = " ".join(one.rule for one in broken)
    return about


def _moved_since(at: datetime, moved_at: datetime | None) -> list[Refusal]:
    if moved_at is None or moved_at <= at:
        return []
    return [
        Refusal(
            "later_entry",
            say("By the book it was moved later, at {at}.", at=stamp(moved_at)),
            do_now=say("Compare both, and say which is true."),
        )
    ]
