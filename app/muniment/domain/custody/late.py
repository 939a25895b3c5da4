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
from muniment.domain.custody.losing import contradicts
from muniment.domain.custody.policy import Policy
from muniment.domain.custody.returning import HELD, Handed
from muniment.domain.custody.reversing import WITHDRAWN
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
    weapon: Standing, drawer: Drawer, counter: Counter, policy: Policy, acting: Acting, moved_since: datetime | None
) -> list[Refusal]:
    """Every rule that an issue broke when it happened.

    All of it is what stood then: the weapon, the person, what the counter knew, the limits. `moved_since` is when the
    weapon was moved last by the book, if that was later.
    """
    found = objections_to_issue(weapon, drawer, counter, policy, acting.at)
    if drawer.person in (acting.actor, acting.second):
        found.append(
            Refusal("signed_by_receiver", say("Who received it is one of the two who sign."), do_now=say("Say so."))
        )
    return found + breaches_of_order(moved_since)


def breaches_of_return(item: Standing, place: Standing | None, moved_since: datetime | None) -> list[Refusal]:
    """What spoke against a return when it happened: `item` and `place` are as they stood then.

    `place` is where it was brought, absent where that is its own place.
    """
    found = []
    if not item.where or kind_of(Subject(item.where)) is not Kind.PERSON:
        found.append(
            Refusal("not_out", say("By the book it was not out."), do_now=say("Compare the paper with the metal."))
        )
    return [*found, *_breaches_of_place(place), *breaches_of_order(moved_since)]


def breaches_of_find(item: Standing, where_kind: str, place: Standing, moved_since: datetime | None) -> list[Refusal]:
    """What a find contradicted when it happened: `item` and `place` are as they stood then.

    `where_kind` is the kind of the place where the item was by the book, empty where that was no place.
    """
    found = []
    if contradicts(item, where_kind):
        found.append(
            Refusal(
                "found_elsewhere",
                say("By the book it was with somebody, on a weapon, or away."),
                do_now=say("Compare the book with the metal."),
            )
        )
    return [*found, *_breaches_of_place(place), *breaches_of_order(moved_since)]


def breaches_of_order(moved_since: datetime | None) -> list[Refusal]:
    """What the order of movements says against one that is written down later than it happened."""
    if moved_since is None:
        return []
    return [
        Refusal(
            "later_entry",
            say("By the book it was moved later, at {at}.", at=stamp(moved_since)),
            do_now=say("Compare both, and say which is true."),
        )
    ]


def _breaches_of_place(place: Standing | None) -> list[Refusal]:
    if place is None or not place.text(WITHDRAWN):
        return []
    return [
        Refusal(
            "place_closed",
            say("{code} was closed: {reason}.", code=place.text("code"), reason=place.text(WITHDRAWN)),
            do_now=say("Find out where it lies, and move it there in the book."),
        )
    ]


def entered_late(broken: Sequence[Refusal], brought_to: str = "") -> dict[str, Value]:
    """What a fact says in `about` that was written down after it happened: so, and the rules it broke.

    `brought_to` is the place where a thing was laid, if it is closed by now and the thing lies elsewhere by the book.
    """
    about: dict[str, Value] = {"late": True}
    if broken:
        about["breach"] = " ".join(one.rule for one in broken)
    if brought_to:
        about["brought_to"] = brought_to
    return about


def state_issue(
    weapon: Standing, host: Bench | None, drawer: Drawer, terms: Terms, broken: Sequence[Refusal], acting: Acting
) -> list[Fact]:
    """State that a weapon was handed out. `host` is the weapon it was fitted to by the book."""
    facts = [handed_out(weapon, drawer, terms, acting, entered_late(broken))]
    return [*facts, taken_off(weapon, host, acting)] if host is not None else facts


def state_return(
    item: Standing,
    host: Bench | None,
    handed: Handed,
    broken: Sequence[Refusal],
    acting: Acting,
    *,
    brought_to: str = "",
) -> list[Fact]:
    """State that an item came back, whatever the book says of where it was; `brought_to` as in `entered_late`."""
    about = entered_late(broken, brought_to)
    if item.where and kind_of(Subject(item.where)) is Kind.PERSON and handed.by != item.where:
        about["brought_by"] = handed.by
    facts = [acting.states(Deed.RETURNED, item, drops=(*HELD, "shipment"), to=handed.to, qty=1, about=about)]
    return [*facts, taken_off(item, host, acting)] if host is not None else facts
