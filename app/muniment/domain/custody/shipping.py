"""Transfers: sent to another body under seal and document, in transit until the receiver confirms each item."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import moment, stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.cases import Matter
from muniment.domain.custody.facts import Deed, Evidence, Fact, Group, Plain, Value
from muniment.domain.custody.registering import register_no
from muniment.domain.custody.reversing import WITHDRAWN, Entered, reverse
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import SECOND_PERSON
from muniment.domain.stock.free_text import tidy

SHIPMENT = "shipment"
"""The field of an item that names the shipment it went on."""

MOST = 300
"""Items on one shipment, so that its fact stays within the length of a record."""

ON_THE_WAY = timedelta(days=7)
"""How long a shipment may take for which no day was agreed."""

UNDERWAY = frozenset({"sent", "incomplete"})
"""States of a shipment that somebody still has to answer for."""


@dataclass(frozen=True, slots=True)
class Consignment:
    """What a shipment is sent with.

    `consignee` is the body it goes to, `document` the number of the paper that orders it, `seals` the numbers of the
    seals on its boxes. `due_at` is when the receiver's confirmation is expected, absent where nothing was agreed.
    """

    consignee: str
    document: str
    seals: tuple[str, ...] = ()
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dispatched:
    """One item to be sent: whether it lies in a store of this depot, and how many open cases concern it.

    `evidence` is how this one was identified, empty where the act's own holds for all.
    """

    item: Standing
    in_store: bool
    open_cases: int
    evidence: tuple[Evidence, ...] = ()


def send(
    shipment: Subject,
    number: int,
    consignment: Consignment,
    dispatched: Sequence[Dispatched],
    transit: Subject,
    acting: Acting,
) -> list[Fact]:
    """Decide whether items may leave for another body, and state it of the shipment and of each item.

    What is quarantined may be sent, for it goes where it can be mended or destroyed.

    Raises:
        Refusal: the receiver or the document is missing; nothing or too much is on it, or something twice; an item is
            not in store, fitted or withdrawn; or a case about it is open and no second person lets it pass.

    """
    fields = _consignment_fields(consignment)
    items = [one.item for one in dispatched]
    if not items or len(items) > MOST or len({item.subject for item in items}) < len(items):
        raise Refusal(
            "shipment_misshapen",
            say("A shipment carries 1 to {most} items, each of them once.", most=MOST),
            do_now=say("Name each item once. Split what is too large."),
        )
    objections: list[Refusal] = []
    for one in dispatched:
        objections += objections_to_sending(one)
    noted = acting.passes(objections)
    listed: list[Plain | Group] = [str(item.subject) for item in items]
    opened = acting.states(
        Deed.SENT,
        Standing(shipment),
        sets={
            **fields,
            "state": "sent",
            "number": number,
            "register_no": register_no("T", number),
            "sent_at": stamp(acting.at),
            "items": listed,
        },
        qty=len(items),
    )
    return [
        opened,
        *(
            replace(acting, evidence=one.evidence or acting.evidence).states(
                Deed.SENT,
                one.item,
                sets={SHIPMENT: shipment},
                to=transit,
                qty=quantity_of(one.item),
                about=dict(noted),
            )
            for one in dispatched
        ),
    ]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the receiver confirms: the number of his paper, what is not there, whether the seals were whole."""

    confirmation_no: str
    missing: AbstractSet[Subject] = frozenset()
    seals_whole: bool = True


def accept(
    shipment: Standing,
    items: Sequence[Standing],
    confirmed: Confirmed,
    transit: Subject,
    outside: Subject,
    acting: Acting,
) -> tuple[list[Fact], list[Matter]]:
    """State what the receiver confirmed: what he has leaves this register's hands, what he misses stays in transit.

    `items` are all items of the shipment. A case is due for each item missing, and for a broken seal.

    Raises:
        Refusal: nothing of the shipment is in transit, the number of the confirmation is missing, or what is called
            missing is not in transit on it.

    """
    if shipment.text("state") not in UNDERWAY:
        raise Refusal(
            "shipment_settled",
            say("Nothing of this shipment is underway."),
            do_now=say("Check the number of the shipment."),
        )
    confirmation = tidy(confirmed.confirmation_no, say("The number of the confirmation"))
    if not confirmation:
        raise Refusal(
            "confirmation_missing",
            say("The number of the receiver's confirmation is missing."),
            do_now=say("Take it from his signed paper."),
        )
    underway = [item for item in items if item.where == transit and item.text(SHIPMENT) == shipment.subject]
    if confirmed.missing - {item.subject for item in underway}:
        raise Refusal(
            "not_in_transit",
            say("What is called missing is not in transit on this shipment."),
            do_now=say("Compare with the list of the shipment."),
        )
    arrived = [item for item in underway if item.subject not in confirmed.missing]
    lost = [item for item in underway if item.subject in confirmed.missing]
    facts = [
        acting.states(Deed.ACCEPTED, item, to=outside, qty=quantity_of(item), about={"confirmation": confirmation})
        for item in arrived
    ]
    facts.append(
        acting.states(
            Deed.ACCEPTED,
            shipment,
            sets={
                "state": "incomplete" if lost else "accepted",
                "confirmation_no": confirmation,
                "confirmed_at": stamp(acting.at),
            },
            qty=len(arrived),
        )
    )
    matters = [Matter(item.subject, "not_received", missing=item.subject, shipment=shipment.subject) for item in lost]
    if not confirmed.seals_whole:
        matters.append(Matter(shipment.subject, "seal_broken", shipment=shipment.subject))
    return facts, matters


def turn_back(shipment: Standing, leaf: str, sent: Sequence[Entered], acting: Acting) -> list[Fact]:
    """Take a shipment back by counter-entries: each item stands again where it was before it was sent.

    `leaf` names the fact that sent the shipment, `sent` holds each item's own fact.

    Raises:
        Refusal: the receiver has confirmed something, an item changed since, or no reason is given.

    """
    if shipment.text("state") != "sent":
        raise Refusal(
            "shipment_settled",
            say("The receiver has confirmed this shipment, or it was taken back."),
            do_now=say("Have the receiver send it back, and record each item as it arrives."),
        )
    facts = []
    for one in reversed(sent):
        if one.changed_since:
            raise Refusal(
                "changed_since",
                say("{register_no} has been changed since.", register_no=one.standing.text("register_no")),
                do_now=say("Take back the later entry first."),
            )
        facts.append(reverse(one.fact, one.leaf, one.standing, acting, undone=one.undone))
    return [*facts, acting.states(Deed.REVERSED, shipment, sets={"state": "reversed"}, corrects=leaf)]


def is_late(shipment: Standing, at: datetime) -> bool:
    """Whether the receiver should have confirmed it by now."""
    return shipment.text("state") in UNDERWAY and due_of(shipment) < at


def due_of(shipment: Standing) -> datetime:
    """When the receiver's confirmation is expected: the moment agreed, else a week after it was sent."""
    agreed = shipment.text("due_at")
    return moment(agreed) if agreed else moment(shipment.text("sent_at")) + ON_THE_WAY


def items_of(shipment: Standing) -> list[Subject]:
    """The items that were sent on a shipment."""
    listed = shipment.fields.get("items", [])
    return [Subject(str(one)) for one in listed] if isinstance(listed, list) else []


def quantity_of(item: Standing) -> int:
    """How many a record stands for."""
    return item.number("quantity") if kind_of(item.subject) is Kind.LINE else 1


def _consignment_fields(consignment: Consignment) -> dict[str, Value]:
    consignee = tidy(consignment.consignee, say("The receiver"))
    document = tidy(consignment.document, say("The number of the document"))
    if not consignee or not document:
        raise Refusal(
            "shipment_without_papers",
            say("A shipment needs a receiver and the number of the document that orders it."),
            do_now=say("Take both from the transfer order."),
        )
    fields: dict[str, Value] = {"consignee": consignee, "document": document}
    seals: list[Plain | Group] = [tidy(seal, say("The seal number")) for seal in consignment.seals]
    if "" in seals or len(set(map(str, seals))) < len(seals):
        raise Refusal("seal_empty", say("A seal number is empty or named twice."), do_now=say("Read it off the seal."))
    if seals:
        fields["seals"] = seals
    if consignment.due_at:
        fields["due_at"] = stamp(consignment.due_at)
    return fields


def objections_to_sending(one: Dispatched) -> list[Refusal]:
    """What speaks against sending one item away; a second person may let pass an open case only."""
    item, number = one.item, one.item.text("register_no")
    if item.text(WITHDRAWN):
        return [
            Refusal(
                "withdrawn",
                say("{register_no} was withdrawn.", register_no=number),
                do_now=say("Leave it out, or look in its history for why."),
            )
        ]
    if item.where and kind_of(Subject(item.where)) is Kind.WEAPON:
        return [
            Refusal(
                "fitted",
                say("{register_no} is fitted to a weapon and goes where that goes.", register_no=number),
                do_now=say("Send the weapon, or record first that the component was removed."),
            )
        ]
    if not one.in_store or not quantity_of(item):
        return [
            Refusal(
                "not_in_store",
                say("{register_no} is not in store by the book.", register_no=number),
                do_now=say("Set it aside. Return it first, then send it."),
            )
        ]
    if one.open_cases:
        return [
            Refusal(
                "open_case",
                say("{count} open cases concern {register_no}.", count=one.open_cases, register_no=number),
                do_now=say("Settle the case first, or have a second person decide."),
                override=SECOND_PERSON,
            )
        ]
    return []
