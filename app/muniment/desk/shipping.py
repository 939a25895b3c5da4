"""Transfers at the desk: send, confirm what the receiver has, take a shipment back, follow up what is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from muniment.desk.cases import case_facts
from muniment.desk.correcting import taken_back_since
from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.desk.places import lies_in_store, place_of_kind
from muniment.desk.reading import ItemCard, card
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.moments import moment
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Deed, Evidence
from muniment.domain.custody.kits import KIT, members_of
from muniment.domain.custody.reversing import Entered
from muniment.domain.custody.shipping import (
    UNDERWAY,
    Confirmed,
    Consignment,
    Dispatched,
    accept,
    due_of,
    is_late,
    items_of,
    objections_to_sending,
    send,
    turn_back,
)
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.domain.places.place import PlaceKind
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class ShipmentCard:
    """A shipment as people read it; `in_transit` names the items nobody has confirmed.

    `due_at` is the moment agreed, `expected_at` that one or a week after it was sent.
    """

    subject: Subject
    register_no: str
    state: str
    consignee: str
    document: str
    seals: tuple[str, ...]
    sent_at: datetime
    due_at: datetime | None
    expected_at: datetime
    late: bool
    items: int
    in_transit: tuple[str, ...]
    confirmation_no: str


def send_items(
    desk: Desk,
    deposition: Deposition,
    consignment: Consignment,
    items: Sequence[Subject],
    seen: Mapping[Subject, Evidence] | None = None,
) -> Answer:
    """Send items to another body; they stand in transit until it confirms them. Warns of kits that are torn apart.

    `seen` is how each item was identified, where that is known of each.

    Raises:
        Refusal: see `muniment.domain.custody.shipping.send`.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.SENT, of=items, said=acting):
            return before
        standings = [stands(work, item) for item in items]
        dispatched = [_dispatched(work, item, (seen or {}).get(item.subject)) for item in standings]
        shipment = desk.fresh(Kind.SHIPMENT)
        transit = place_of_kind(work, PlaceKind.IN_TRANSIT).subject
        facts = send(shipment, work.next_number(Kind.SHIPMENT), consignment, dispatched, transit, acting)
        warnings = torn_kits(work, standings)
        return Answer(tuple(desk.tell(work, act, facts)), warnings, shipment)


def confirm_arrival(desk: Desk, deposition: Deposition, shipment: Subject, confirmed: Confirmed) -> Answer:
    """Write down what the receiver confirmed; a case is opened for each item he misses and for a broken seal.

    Raises:
        Refusal: see `muniment.domain.custody.shipping.accept`.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.ACCEPTED, of=(shipment,), said=acting):
            return before
        standing = stands(work, shipment)
        transit = place_of_kind(work, PlaceKind.IN_TRANSIT).subject
        outside = place_of_kind(work, PlaceKind.OUTSIDE).subject
        items = [stands(work, item) for item in items_of(standing)]
        facts, matters = accept(standing, items, confirmed, transit, outside, acting)
        new = [matter for matter in matters if not _known(work, matter.concerns, matter.rule)]
        facts += case_facts(desk, work, new, acting)
        warnings = (say("Cases opened: {count}.", count=len(new)),) if new else ()
        return Answer(tuple(desk.tell(work, act, facts)), warnings, shipment)


def reverse_shipment(desk: Desk, deposition: Deposition, shipment: Subject) -> Answer:
    """Take a shipment back by counter-entries while the receiver has confirmed nothing of it.

    Raises:
        Refusal: see `muniment.domain.custody.shipping.turn_back`.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.REVERSED, of=(shipment,), said=acting):
            return before
        standing = stands(work, shipment)
        opened, first = work.facts_of(shipment)[0]
        sent = [
            Entered(fact, told.leaf, stands(work, told.subject), taken_back_since(work, told))
            for told in work.told(first.act)
            if told.kind is Deed.SENT and told.subject != shipment and (fact := work.fact(told.seq)) is not None
        ]
        facts = turn_back(standing, opened.leaf, sent, acting)
        return Answer(tuple(desk.tell(work, act, facts)), about=shipment)


def underway(work: Work, at: datetime) -> list[ShipmentCard]:
    """Shipments that nobody has confirmed in full, the longest overdue first."""
    cards = [shipment_card(work, one, at) for one in work.all_of(Kind.SHIPMENT) if one.text("state") in UNDERWAY]
    return sorted(cards, key=lambda card: (not card.late, card.due_at or card.sent_at))


def overdue(work: Work, at: datetime) -> list[ShipmentCard]:
    """Shipments whose confirmation should have come, the longest overdue first."""
    return [card for card in underway(work, at) if card.late]


def shipment_card(work: Work, shipment: Standing, at: datetime) -> ShipmentCard:
    """One shipment."""
    transit = place_of_kind(work, PlaceKind.IN_TRANSIT).subject
    items = [stands(work, item) for item in items_of(shipment)]
    listed = shipment.fields.get("seals", [])
    due = shipment.text("due_at")
    return ShipmentCard(
        subject=shipment.subject,
        register_no=shipment.text("register_no"),
        state=shipment.text("state"),
        consignee=shipment.text("consignee"),
        document=shipment.text("document"),
        seals=tuple(str(seal) for seal in listed) if isinstance(listed, list) else (),
        sent_at=moment(shipment.text("sent_at")),
        due_at=moment(due) if due else None,
        expected_at=due_of(shipment),
        late=is_late(shipment, at),
        items=len(items),
        in_transit=tuple(
            item.text("register_no")
            for item in items
            if item.where == transit and item.text("shipment") == shipment.subject
        ),
        confirmation_no=shipment.text("confirmation_no"),
    )


def _known(work: Work, concerns: Subject, rule: str) -> bool:
    return any(case.text("rule") == rule for case in work.open_cases(concerns))


def objections(work: Work, item: Subject) -> list[Refusal]:
    """What speaks against sending an item away now.

    Raises:
        Refusal: the register does not know it.

    """
    return objections_to_sending(_dispatched(work, stands(work, item)))


@dataclass(frozen=True, slots=True)
class SentItem:
    """An item on a shipment, and whether it is still on the way on it."""

    card: ItemCard
    in_transit: bool


def contents(work: Work, shipment: Standing, at: datetime) -> tuple[SentItem, ...]:
    """The items of a shipment, in the order they were sent in."""
    transit = place_of_kind(work, PlaceKind.IN_TRANSIT).subject
    items = [stands(work, item) for item in items_of(shipment)]
    return tuple(
        SentItem(card(work, one, at), one.where == transit and one.text("shipment") == shipment.subject)
        for one in items
    )


def settled(work: Work, most: int) -> list[Standing]:
    """Shipments that were confirmed in full or taken back, the newest first."""
    done = [one for one in reversed(work.all_of(Kind.SHIPMENT)) if one.text("state") not in UNDERWAY]
    return done[:most]


def _dispatched(work: Work, item: Standing, seen: Evidence | None = None) -> Dispatched:
    evidence = (seen,) if seen is not None else ()
    return Dispatched(item, lies_in_store(work, item), len(work.open_cases(item.subject)), evidence)


def torn_kits(work: Work, items: Sequence[Standing]) -> tuple[Text, ...]:
    """A warning for each kit of which some members would be sent and others stay behind."""
    sent = {item.subject for item in items}
    torn = []
    for kit in dict.fromkeys(item.text(KIT) for item in items if item.text(KIT)):
        standing = stands(work, Subject(kit))
        left = [one for one in members_of(standing) if one not in sent and stands(work, one).where not in sent]
        if left:
            torn.append(
                say("Kit {kit} is torn: {count} of it stay behind.", kit=standing.text("register_no"), count=len(left))
            )
    return tuple(torn)
