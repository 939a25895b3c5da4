"""Facts: what happened, as an officer states it and as the ledger keeps it for ever.

A fact is a guarded change of one subject. `before` and `after` hold the fields it touches, `from` and `to` the place
or person a movement leads between; a field that stands in one of the two only came into being or ceased to be. The
`kind` says what the change means. That one shape makes three promises cheap: the state of a subject is the fold of
its facts, a fact that does not fit the state before it is found, and the inverse of a fact is the fact with both
sides exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

import msgspec

from muniment.domain.basics.identity import Subject

Whole = Annotated[int, msgspec.Meta(ge=-(2**53) + 1, le=2**53 - 1)]
Plain = str | Whole | bool
Group = dict[str, Plain]
Value = str | Whole | bool | list[Plain | Group] | Group
"""What a field may hold: text, whole number, yes or no, a list of those or of small groups, a small group."""

Fields = Mapping[str, Value]

CONTENT = 1
"""Version of the shape of a fact."""


class Deed(StrEnum):
    """The kinds of fact, in the words of the field."""

    REGISTER_OPENED = "register_opened"
    REGISTER_RESTORED = "register_restored"
    POLICY_SET = "policy_set"
    KEY_ENROLLED = "key_enrolled"
    KEY_REVOKED = "key_revoked"
    PLACE_REGISTERED = "place_registered"
    PLACE_CHANGED = "place_changed"
    UNIT_REGISTERED = "unit_registered"
    PERSON_REGISTERED = "person_registered"
    PERSON_CHANGED = "person_changed"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    CREDENTIAL_SET = "credential_set"
    WRONG_TRY = "wrong_try"
    LOCK_ENDED = "lock_ended"
    CERTIFICATE_ENTERED = "certificate_entered"
    BAN_SET = "ban_set"
    BAN_LIFTED = "ban_lifted"
    MODEL_REGISTERED = "model_registered"
    MODEL_CHANGED = "model_changed"
    MODEL_RETIRED = "model_retired"
    WEAPON_REGISTERED = "weapon_registered"
    WEAPON_DESCRIBED = "weapon_described"
    CONDITION_CHANGED = "condition_changed"
    COMPONENT_REGISTERED = "component_registered"
    COMPONENT_FITTED = "component_fitted"
    COMPONENT_REMOVED = "component_removed"
    KIT_REGISTERED = "kit_registered"
    KIT_CHANGED = "kit_changed"
    LINE_REGISTERED = "line_registered"
    LINE_WORKED_OFF = "line_worked_off"
    UNDECIDED_LISTED = "undecided_listed"
    UNDECIDED_DECIDED = "undecided_decided"
    CODE_BOUND = "code_bound"
    CODE_RELEASED = "code_released"
    ISSUED = "issued"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    MOVED = "moved"
    QUARANTINED = "quarantined"
    RELEASED = "released"
    SENT = "sent"
    ACCEPTED = "accepted"
    ARRIVAL_BEGUN = "arrival_begun"
    ARRIVAL_LISTED = "arrival_listed"
    ARRIVAL_CHECKED = "arrival_checked"
    ARRIVAL_STRUCK = "arrival_struck"
    RECEIVED = "received"
    ARRIVAL_CLOSED = "arrival_closed"
    UNACCOUNTED = "unaccounted"
    FOUND = "found"
    RECEIPT_OPENED = "receipt_opened"
    RECEIPT_CONFIRMED = "receipt_confirmed"
    FILE_ATTACHED = "file_attached"
    BATCH_IMPORTED = "batch_imported"
    BATCH_UNDONE = "batch_undone"
    CASE_OPENED = "case_opened"
    CASE_NOTED = "case_noted"
    CASE_CLOSED = "case_closed"
    OWN_FIELD_DEFINED = "own_field_defined"
    OWN_FIELD_CHANGED = "own_field_changed"
    OWN_FIELD_SET = "own_field_set"
    STATES_DEFINED = "states_defined"
    STATES_CHANGED = "states_changed"
    STATE_MOVED = "state_moved"
    PRINTED = "printed"
    CHECKPOINT_HANDED_OUT = "checkpoint_handed_out"
    REVERSED = "reversed"
    WITHDRAWN = "withdrawn"


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How an item or a person was identified.

    `how` is one of typed, barcode, tag, eye, badge, passphrase, pin, signature, paper, list. `seen` is what was read,
    empty where it would name a person. `device` names the device and `raw` its bytes in hexadecimal.
    """

    # In the order of their names, which is that of canonical bytes: an encoder need not sort them each time.
    device: str = ""
    how: str
    raw: str = ""
    seen: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One statement about one subject.

    `id` makes a second telling of the same fact recognisable; facts told together share their `act`. `expects` is the
    version of the subject that the rule looked at, 0 for a subject that did not exist. `made_at` is when it happened,
    which may lie before the moment it was recorded. `qty` counts in `uom`. `corrects` is the leaf hash of the fact
    that is taken back. `about` holds what the fact is about beyond its effect: the rule that was overridden, the paper
    form, the batch. Persons stand here as subjects, never by name; `person_commit` binds a person's record without
    showing it. Absent parts are empty and are not written.
    """

    # In the order of their names, which is that of canonical bytes: an encoder need not sort them each time.
    about: dict[str, Value] = msgspec.field(default_factory=dict)
    act: str = ""
    actor: str
    after: dict[str, Value] = msgspec.field(default_factory=dict)
    before: dict[str, Value] = msgspec.field(default_factory=dict)
    corrects: str = ""
    doc: str = ""
    evidence: list[Evidence] = msgspec.field(default_factory=list)
    expects: Whole = 0
    from_: str = msgspec.field(default="", name="from")
    id: str = ""
    kind: Deed
    made_at: str
    person_commit: str = ""
    qty: Whole = 0
    reason: str = ""
    second: str = ""
    subject: Subject
    to: str = ""
    uom: str = ""
    v: int


_NAME = re.compile("[a-z0-9_]{1,40}")


@lru_cache(maxsize=4_096)
def _are_names(names: tuple[str, ...]) -> bool:
    return all(map(_NAME.fullmatch, names))


def well_named(fact: Fact) -> bool:
    """Whether every field, and every part of a group, has a name that the ledger knows: `[a-z0-9_]{1,40}`.

    This is no part of the type, because a decoder would ask a regular expression for each name of each record, which
    takes longer than all the rest of reading it; fields come in the same few companies again and again.
    """
    names = (*fact.before, *fact.after, *fact.about)
    for fields in (fact.before, fact.after, fact.about):
        for value in fields.values():
            if type(value) is list:
                for one in value:
                    if type(one) is dict:
                        names += tuple(one)
            elif type(value) is dict:
                names += tuple(value)
    return _are_names(names)
