"""What screens, reports and the command line read: cards and histories with names in place of subjects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from muniment.desk.closed_places import place_called
from muniment.desk.evidence_words import evidence_words
from muniment.desk.own_states import OwnStateShown, called, own_states
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.moments import moment
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.arrivals import ARRIVAL
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.kits import accessories_of
from muniment.domain.custody.own_states import PREFIX as STATE
from muniment.domain.custody.registering import calibre_of
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.component_kinds import COMPONENT_NAMES, ComponentKind
from muniment.domain.stock.taxonomy import weapon_types
from muniment.ports.work import Told, Work

DEEDS: dict[Deed, Text] = {
    Deed.REGISTER_OPENED: say("Register opened"),
    Deed.REGISTER_RESTORED: say("Register put back from an older copy"),
    Deed.POLICY_SET: say("Limits set"),
    Deed.KEY_ENROLLED: say("Key enrolled"),
    Deed.KEY_REVOKED: say("Key revoked"),
    Deed.PLACE_REGISTERED: say("Place registered"),
    Deed.PLACE_CHANGED: say("Place changed"),
    Deed.UNIT_REGISTERED: say("Unit registered"),
    Deed.PERSON_REGISTERED: say("Person registered"),
    Deed.PERSON_CHANGED: say("Person changed"),
    Deed.ROLE_GIVEN: say("Role given"),
    Deed.ROLE_TAKEN: say("Role taken"),
    Deed.CREDENTIAL_SET: say("Passphrase or PIN set"),
    Deed.WRONG_TRY: say("Wrong passphrase or PIN"),
    Deed.LOCK_ENDED: say("Wrong tries forgotten"),
    Deed.CERTIFICATE_ENTERED: say("Certificate entered"),
    Deed.BAN_SET: say("Banned from drawing"),
    Deed.BAN_LIFTED: say("Ban lifted"),
    Deed.MODEL_REGISTERED: say("Entered in the catalogue"),
    Deed.MODEL_CHANGED: say("Entry of the catalogue changed"),
    Deed.MODEL_RETIRED: say("Entry of the catalogue retired"),
    Deed.WEAPON_REGISTERED: say("Registered"),
    Deed.WEAPON_DESCRIBED: say("Description changed"),
    Deed.CONDITION_CHANGED: say("Condition changed"),
    Deed.COMPONENT_REGISTERED: say("Component registered"),
    Deed.COMPONENT_FITTED: say("Component fitted"),
    Deed.COMPONENT_REMOVED: say("Component removed"),
    Deed.KIT_REGISTERED: say("Kit registered"),
    Deed.KIT_CHANGED: say("Kit changed"),
    Deed.LINE_REGISTERED: say("Quantity registered"),
    Deed.LINE_WORKED_OFF: say("One identified"),
    Deed.UNDECIDED_LISTED: say("Listed for a decision"),
    Deed.UNDECIDED_DECIDED: say("Decided"),
    Deed.CODE_BOUND: say("Code bound"),
    Deed.CODE_RELEASED: say("Code released"),
    Deed.ISSUED: say("Issued"),
    Deed.ASSIGNED: say("Assigned"),
    Deed.RETURNED: say("Returned"),
    Deed.MOVED: say("Moved"),
    Deed.QUARANTINED: say("Quarantined"),
    Deed.RELEASED: say("Released from quarantine"),
    Deed.SENT: say("Sent"),
    Deed.ACCEPTED: say("Accepted"),
    Deed.ARRIVAL_BEGUN: say("Arrival begun"),
    Deed.ARRIVAL_LISTED: say("List of an arrival"),
    Deed.ARRIVAL_CHECKED: say("Seen on arrival"),
    Deed.ARRIVAL_STRUCK: say("Taken off the arrival"),
    Deed.RECEIVED: say("Received"),
    Deed.ARRIVAL_CLOSED: say("Arrival closed"),
    Deed.UNACCOUNTED: say("Unaccounted for"),
    Deed.FOUND: say("Found"),
    Deed.RECEIPT_OPENED: say("Hand receipt opened"),
    Deed.RECEIPT_CONFIRMED: say("Hand receipt confirmed"),
    Deed.FILE_ATTACHED: say("Document attached"),
    Deed.BATCH_IMPORTED: say("List imported"),
    Deed.BATCH_UNDONE: say("Import undone"),
    Deed.CASE_OPENED: say("Case opened"),
    Deed.CASE_NOTED: say("Case noted"),
    Deed.CASE_CLOSED: say("Case closed"),
    Deed.OWN_FIELD_DEFINED: say("Own field defined"),
    Deed.OWN_FIELD_CHANGED: say("Own field changed"),
    Deed.OWN_FIELD_SET: say("Own field filled in"),
    Deed.STATES_DEFINED: say("Own states defined"),
    Deed.STATES_CHANGED: say("Own states changed"),
    Deed.STATE_MOVED: say("State changed"),
    Deed.PRINTED: say("Printed"),
    Deed.CHECKPOINT_HANDED_OUT: say("Checkpoint handed out"),
    Deed.REVERSED: say("Taken back"),
    Deed.WITHDRAWN: say("Withdrawn"),
}
"""How a fact of each kind is called where people read it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a fact touched, by its name in the record; none where it came to be or ceased to be."""

    field: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One fact as a person reads it: its place in the ledger, when, what, by whom, from where to where, why.

    `doc` is the paper it stands on, `evidence` how the things and persons in it were identified. `changes` are the
    fields it touched; persons stand in them as subjects.
    """

    seq: int
    leaf: str
    kind: Deed
    what: Text
    at: datetime
    by: str
    second: str
    origin: str
    destination: str
    reason: str
    doc: str
    late: bool
    evidence: tuple[Text, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemCard:
    """An item as the desk shows it.

    `state` is one of in_store, issued, overdue, transit, missing, quarantined, withdrawn, outside. `place` says where
    it is or with whom, `home` where it belongs. `states` are those the depot defined for itself.
    """

    subject: Subject
    register_no: str
    serial: str
    serial_status: str
    kind: Text
    family: str
    make: str
    model: str
    calibre: str
    condition: str
    state: str
    place: str
    home: str
    holder: Subject | None
    due_at: str
    quarantine: str
    quantity: int
    states: tuple[OwnStateShown, ...] = ()


def name_of(work: Work, subject: str) -> str:
    """How people call a subject: a person's rank and name, a place's code, an item's or a paper's number."""
    if not subject:
        return ""
    wanted = Subject(subject)
    kind = kind_of(wanted)
    if kind is Kind.PERSON:
        record = work.person(wanted)
        return f"{record.rank} {record.name}".strip() if record else "?"
    standing = work.standing(wanted)
    if standing is None:
        return "?"
    if kind is Kind.PLACE:
        return place_called(work, standing) or standing.text("name") or wanted
    if kind is Kind.RECEIPT:
        return f"R-{standing.number('number'):06d}"
    return standing.text("code") or standing.text("register_no") or standing.text("name") or wanted


def card(work: Work, item: Standing, at: datetime) -> ItemCard:
    """The card of a weapon, a component, a line or a kit."""
    found = weapon_types().get(item.text("taxonomy_code"))
    kind = found.name if found else _called(item)
    where = Subject(item.where) if item.where else None
    return ItemCard(
        subject=item.subject,
        register_no=item.text("register_no"),
        serial=item.text("serial_raw"),
        serial_status=item.text("serial_status"),
        kind=kind,
        family=found.family if found else "other",
        make=item.text("make"),
        model=item.text("model"),
        calibre=calibre_of(item.fields),
        condition=item.text("condition"),
        state=state_of(work, item, at),
        place=name_of(work, item.where),
        home=name_of(work, item.text("home")),
        holder=where if where and kind_of(where) is Kind.PERSON else None,
        due_at=item.text("due_at"),
        quarantine=item.text("quarantine"),
        quantity=item.number("quantity") if kind_of(item.subject) is Kind.LINE else 1,
        states=own_states(work, item),
    )


def _called(item: Standing) -> Text:
    """What a thing without a weapon type is: its own name, or its kind of component; a kit with its counted things."""
    name = item.text("item_name")
    if kind_of(item.subject) is Kind.KIT:
        counted = [f"{one.quantity} {one.name}" for one in accessories_of(item)]
        return say("{name}", name=": ".join([name, ", ".join(counted)]) if counted else name)
    if name or not item.text("component_kind"):
        return say("{name}", name=name)
    return COMPONENT_NAMES[ComponentKind(item.text("component_kind"))]


def state_of(work: Work, item: Standing, at: datetime) -> str:
    """In which state an item is shown: the gravest that applies."""
    if item.text(WITHDRAWN):
        return "withdrawn"
    where = Subject(item.where) if item.where else None
    place = work.standing(where) if where and kind_of(where) is Kind.PLACE else None
    host = work.standing(where) if where and kind_of(where) is Kind.WEAPON else None
    if host is not None and not item.text("quarantine"):
        return state_of(work, host, at)
    place_kind = place.text("place_kind") if place else ""
    if place_kind == PlaceKind.UNACCOUNTED:
        return "missing"
    if item.text("quarantine"):
        return "quarantined"
    if where and kind_of(where) is Kind.PERSON:
        due = item.text("due_at")
        return "overdue" if due and moment(due) < at else "issued"
    beside: dict[str, str] = {PlaceKind.IN_TRANSIT: "transit", PlaceKind.OUTSIDE: "outside"}
    return beside.get(place_kind, "in_store")


def history(work: Work, subject: Subject) -> list[HistoryLine]:
    """Every fact of a subject as people read it, oldest first."""
    return [line(work, told, fact) for told, fact in work.facts_of(subject)]


def line(work: Work, told: Told, fact: Fact) -> HistoryLine:
    """One fact as people read it."""
    return HistoryLine(
        seq=told.seq,
        leaf=told.leaf,
        kind=fact.kind,
        what=_deed(work, fact),
        at=moment(fact.made_at),
        by=name_of(work, fact.actor),
        second=name_of(work, fact.second),
        origin=name_of(work, fact.from_),
        destination=name_of(work, fact.to),
        reason=fact.reason,
        doc=fact.doc,
        late=bool(fact.about.get("late")),
        evidence=tuple(evidence_words(one) for one in fact.evidence),
        changes=tuple(
            Change(name, fact.before.get(name), fact.after.get(name)) for name in sorted({*fact.before, *fact.after})
        ),
    )


def _deed(work: Work, fact: Fact) -> Text:
    """What happened, with the other thing it happened with.

    That is the component that was fitted to a weapon, the arrival that a thing came with, the sheet that was printed,
    who brought what another held, the rules that a second person let pass.
    """
    if fact.kind is Deed.PRINTED:
        return say("{what}: {item}", what=DEEDS[fact.kind], item=str(fact.about.get("number") or fact.about["form"]))
    what, other = DEEDS[fact.kind], fact.about.get("component") or fact.about.get(ARRIVAL)
    axis = fact.about.get("axis")
    if isinstance(axis, str):
        return say("{what}: {state}", what=what, state=called(work, axis, str(fact.after.get(STATE + axis, ""))))
    bringer, passed = fact.about.get("brought_by"), fact.about.get("overridden")
    if isinstance(bringer, str):
        return say("{what}, brought by {person}", what=what, person=name_of(work, bringer))
    if isinstance(passed, str):
        return say("{what}, let pass: {rules}", what=what, rules=", ".join(passed.split()).replace("_", " "))
    if not isinstance(other, str):
        return what
    return say("{what}: {item}", what=what, item=name_of(work, other))
