"""What waits for a decision, oldest first. Nothing waiting means ready for inspection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from muniment.desk.desk import Desk
from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.moments import moment
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.arrivals import OPEN
from muniment.domain.custody.shipping import UNDERWAY, due_of, is_late
from muniment.domain.custody.standing import Standing
from muniment.ports.views import CountedLine, Overdue, Views
from muniment.ports.work import Work

CONFIRM_WITHIN = timedelta(minutes=1)
"""How long a receiver may take over confirming before the hand receipt counts as left open."""

LISTED = 200
"""How many things of a kind are put into words, the oldest; all of them are counted."""


class Awaits(StrEnum):
    """What kind of decision is awaited."""

    OVERDUE = "overdue"
    RECEIPT = "receipt"
    CASE = "case"
    UNDECIDED = "undecided"
    TO_IDENTIFY = "to_identify"
    TRANSIT = "transit"
    ARRIVAL = "arrival"


@dataclass(frozen=True, slots=True)
class WaitingThing:
    """One thing that waits: what for, about whom or what, in words, since when."""

    awaits: Awaits
    about: Subject
    says: Text
    since: datetime


@dataclass(frozen=True, slots=True)
class WaitingList:
    """What waits, oldest first, and how many of each kind.

    Overdue items are gathered by their holder, undecided lines in one thing and weapons without a serial in another, so
    `counts` may say more than there are `things`. Where very many of a kind wait, the oldest are listed, and `left_out`
    says how many are not.
    """

    things: tuple[WaitingThing, ...]
    counts: Mapping[Awaits, int]
    left_out: int = 0

    @property
    def count(self) -> int:
        """How many there are of all kinds."""
        return sum(self.counts.values())


def waiting(desk: Desk, views: Views) -> WaitingList:
    """What waits now."""
    at = desk.clock.now()
    overdue = views.overdue(at)
    receipts = views.in_state(Kind.RECEIPT, "open")
    cases = views.in_state(Kind.CASE, "open")
    undecided = views.in_state(Kind.UNDECIDED, "open")
    lines = [counted for counted in views.lines() if counted.left > 0]
    shipments = [one for state in sorted(UNDERWAY) for one in views.in_state(Kind.SHIPMENT, state)]
    arrivals = [one for state in sorted(OPEN) for one in views.in_state(Kind.ARRIVAL, state)]
    with desk.look() as work:
        unconfirmed = _unconfirmed(work, receipts, at)
        slow = _slow(shipments, at)
        arriving = _arriving(arrivals, at)
        things = [
            *(_late(work, late) for late in overdue[:LISTED]),
            *(_open_receipt(work, receipt) for receipt in unconfirmed[:LISTED]),
            *(_case(work, case) for case in cases[:LISTED]),
            *(_undecided(work, undecided)),
            *(_to_identify(work, lines)),
            *slow[:LISTED],
            *arriving[:LISTED],
        ]
    counts = {
        Awaits.OVERDUE: sum(late.count for late in overdue),
        Awaits.RECEIPT: len(unconfirmed),
        Awaits.CASE: len(cases),
        Awaits.UNDECIDED: len(undecided),
        Awaits.TO_IDENTIFY: sum(counted.left for counted in lines),
        Awaits.TRANSIT: len(slow),
        Awaits.ARRIVAL: len(arriving),
    }
    left_out = sum(max(0, len(many) - LISTED) for many in (overdue, unconfirmed, cases, slow, arriving))
    return WaitingList(tuple(sorted(things, key=lambda thing: (thing.since, thing.about))), counts, left_out)


def _late(work: Work, late: Overdue) -> WaitingThing:
    who = name_of(work, late.holder)
    says = (
        say("{register_no}, {who}, late", register_no=late.register_no, who=who)
        if late.count == 1
        else say("{count} items, {who}, late", count=late.count, who=who)
    )
    return WaitingThing(Awaits.OVERDUE, late.holder, says, late.since)


def _unconfirmed(work: Work, receipts: Sequence[Standing], at: datetime) -> list[Standing]:
    """Hand receipts left open while the receiver still holds something of them."""
    found = []
    held: dict[str, set[str]] = {}
    for receipt in receipts:
        holder = receipt.text("holder")
        if holder not in held:
            held[holder] = {item.text("receipt") for item in work.at(Subject(holder))}
        if receipt.subject in held[holder] and at - _since(work, receipt.subject) > CONFIRM_WITHIN:
            found.append(receipt)
    return found


def _open_receipt(work: Work, receipt: Standing) -> WaitingThing:
    says = say("{who} has not confirmed", who=name_of(work, receipt.text("holder")))
    return WaitingThing(Awaits.RECEIPT, receipt.subject, says, _since(work, receipt.subject))


def _case(work: Work, case: Standing) -> WaitingThing:
    number, concerns = case.text("register_no"), name_of(work, case.text("concerns"))
    says = (
        say("{number}: {concerns}", number=number, concerns=concerns)
        if number
        else say("Case about {concerns}", concerns=concerns)
    )
    return WaitingThing(Awaits.CASE, case.subject, says, _since(work, case.subject))


def _undecided(work: Work, undecided: Sequence[Standing]) -> list[WaitingThing]:
    if not undecided:
        return []
    oldest = undecided[0].subject
    says = say("{count} lines of lists to decide", count=len(undecided))
    return [WaitingThing(Awaits.UNDECIDED, oldest, says, _since(work, oldest))]


def _to_identify(work: Work, lines: Sequence[CountedLine]) -> list[WaitingThing]:
    if not lines:
        return []
    oldest = min((counted.line for counted in lines), key=lambda line: line.number("number")).subject
    says = say("{count} weapons to identify", count=sum(counted.left for counted in lines))
    return [WaitingThing(Awaits.TO_IDENTIFY, oldest, says, _since(work, oldest))]


def _slow(shipments: Sequence[Standing], at: datetime) -> list[WaitingThing]:
    """Shipments whose arrival nobody has confirmed in the time agreed."""
    found = []
    for shipment in shipments:
        if is_late(shipment, at):
            says = say("Shipment {number} not confirmed", number=shipment.text("register_no"))
            found.append(WaitingThing(Awaits.TRANSIT, shipment.subject, says, due_of(shipment)))
    return found


def _arriving(arrivals: Sequence[Standing], at: datetime) -> list[WaitingThing]:
    """Arrivals that were begun and not closed, and those announced that should have come."""
    found = []
    for arrival in arrivals:
        number = arrival.text("register_no")
        if arrival.text("state") == "begun":
            since = moment(arrival.text("begun_at"))
            found.append(WaitingThing(Awaits.ARRIVAL, arrival.subject, say("Arrival {n} not closed", n=number), since))
        elif (due := moment(arrival.text("due_at"))) < at:
            found.append(WaitingThing(Awaits.ARRIVAL, arrival.subject, say("Arrival {n} has not come", n=number), due))
    return found


def _since(work: Work, subject: Subject) -> datetime:
    """When the first fact of a subject happened."""
    return moment(work.facts_of(subject)[0][1].made_at)
