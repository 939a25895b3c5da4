"""What the desk reads, in the shapes that the kit draws."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from muniment.desk.reading import HistoryLine, ItemCard
from muniment.desk.waiting import Awaits
from muniment.domain.basics.moments import moment
from muniment.domain.custody.facts import Deed
from muniment.domain.stock.condition import CONDITION_NAMES, Condition
from muniment.ui.kit.card import Detail
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.item_card import Item
from muniment.ui.kit.outline import Family
from muniment.ui.kit.timeline import Event
from muniment.ui.kit.tokens import State
from muniment.ui.speech import from_to, iso, spoken, tr

_FAMILIES = {
    "revolver": Family.REVOLVER,
    "pistol": Family.PISTOL,
    "rifle": Family.RIFLE,
    "bolt_rifle": Family.RIFLE,
    "precision_rifle": Family.RIFLE,
    "assault_rifle": Family.ASSAULT_RIFLE,
    "submachine_gun": Family.SUB_MACHINE_GUN,
    "machine_gun": Family.MACHINE_GUN,
    "heavy_machine_gun": Family.MACHINE_GUN,
    "shotgun": Family.SHOTGUN,
    "grenade_launcher": Family.LAUNCHER,
    "recoilless": Family.LAUNCHER,
    "rocket_launcher": Family.LAUNCHER,
    "manpads": Family.LAUNCHER,
    "mortar": Family.MORTAR,
}

_STATES = {
    "in_store": State.IN_STORE,
    "issued": State.ISSUED,
    "overdue": State.OVERDUE,
    "transit": State.TRANSIT,
    "missing": State.MISSING,
    "quarantined": State.QUARANTINED,
    "withdrawn": State.DESTROYED,
    "outside": State.TRANSIT,
}

WAITING_STATES: Mapping[Awaits, State] = {
    Awaits.OVERDUE: State.OVERDUE,
    Awaits.RECEIPT: State.UNVERIFIED,
    Awaits.CASE: State.ALARM,
    Awaits.UNDECIDED: State.STRANGER,
    Awaits.TO_IDENTIFY: State.UNVERIFIED,
    Awaits.TRANSIT: State.TRANSIT,
    Awaits.ARRIVAL: State.HELD,
}
"""The sign of each kind of thing that waits."""

_DEEDS = {
    Deed.ISSUED: State.ISSUED,
    Deed.ASSIGNED: State.ISSUED,
    Deed.RETURNED: State.IN_STORE,
    Deed.RECEIVED: State.IN_STORE,
    Deed.QUARANTINED: State.QUARANTINED,
    Deed.MOVED: State.MISPLACED,
    Deed.REVERSED: State.HELD,
    Deed.WITHDRAWN: State.DESTROYED,
    Deed.UNACCOUNTED: State.MISSING,
}


def family_of(name: str) -> Family:
    """The outline that stands for a family of weapons."""
    return _FAMILIES.get(name, Family.OTHER)


def state_mark(card: ItemCard) -> Mark:
    """The chip that says where an item stands."""
    words = {"withdrawn": tr("Withdrawn"), "outside": tr("Outside")}
    return Mark(_STATES[card.state], words.get(card.state, ""))


def item_of(card: ItemCard) -> Item:
    """A card of the desk as the kit draws it."""
    condition = spoken(CONDITION_NAMES[Condition(card.condition)]) if card.condition else ""
    facts = [
        Detail(tr("Register no."), card.register_no, code=True),
        Detail(tr("Make and model"), f"{card.make} {card.model}".strip()),
        Detail(tr("Condition"), condition),
        Detail(tr("Back by"), local_time(moment(card.due_at)) if card.due_at else "", code=True),
        Detail(tr("Quarantine"), card.quarantine),
        *(Detail(one.axis, one.says) for one in card.states),
    ]
    in_hand = card.holder is not None
    return Item(
        serial=card.serial or card.register_no,
        kind=f"{spoken(card.kind)} {iso(card.calibre)}".strip(),
        marks=(state_mark(card),),
        family=family_of(card.family),
        place=iso(card.home if in_hand else card.place),
        holder=iso(card.place) if in_hand else "",
        facts=tuple(fact for fact in facts if fact.value),
    )


def event_of(line: HistoryLine) -> Event:
    """One fact as an entry of the timeline; times are the desk's own."""
    late = f" · {tr('entered late')}" if line.late else ""
    why = f" · {line.reason}" if line.reason else ""
    between = from_to(line.origin or line.by, line.destination) if line.destination else iso(line.by)
    if line.second:
        between = f"{between} · {tr('with {second}').format(second=iso(line.second))}"
    return Event(
        _DEEDS.get(line.kind, State.ACCEPTED),
        f"{spoken(line.what)}{why}{late}",
        between,
        iso(local_time(line.at)),
    )


def local_time(at: datetime) -> str:
    """A moment by this machine's clock, year first, to the minute."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
