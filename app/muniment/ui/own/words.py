"""Words for what a depot's own fields and states are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.own_fields import FieldKind
from muniment.domain.custody.own_states import Blocks, Guard
from muniment.domain.people.person import Role
from muniment.ui import acts

BEARER_NAMES: Mapping[Kind, Text] = {
    Kind.WEAPON: say("Weapons"),
    Kind.COMPONENT: say("Components"),
    Kind.LINE: say("Quantities"),
    Kind.KIT: say("Kits"),
    Kind.PLACE: say("Places"),
    Kind.PERSON: say("Persons"),
    Kind.UNIT: say("Units"),
    Kind.SHIPMENT: say("Transfers"),
}

FIELD_KIND_NAMES: Mapping[FieldKind, Text] = {
    FieldKind.TEXT: say("Text"),
    FieldKind.NUMBER: say("Whole number"),
    FieldKind.DATE: say("Day"),
    FieldKind.CHOICE: say("One of a list"),
}

BLOCKS_NAMES: Mapping[Blocks, Text] = {
    Blocks.NO: say("Issued"),
    Blocks.UNLESS_OVERRIDDEN: say("By second person"),
    Blocks.ALWAYS: say("Never issued"),
}
"""Whether an item in such a state is issued."""

GUARD_NAMES: Mapping[Guard, Text] = {
    Guard.REASON: say("a reason"),
    Guard.SECOND_PERSON: say("a second person"),
    Guard.DOCUMENT: say("the number of a paper"),
    Guard.IN_STORE: say("the item in store"),
}

ROLE_NAMES: Mapping[Role, Text] = {
    Role.ARMOURY_OFFICER: say("Armoury officer"),
    Role.SECOND_OFFICER: say("Second officer"),
    Role.COMMANDER: say("Commander"),
    Role.ADMINISTRATOR: say("Administrator"),
    Role.AUDITOR: say("Auditor"),
}

_FIELDS = {
    "own_field_key": "key",
    "own_field_known": "key",
    "own_field_title": "title",
    "own_field_bearer": "of",
    "own_field_names_person": "kind",
    "own_field_choices": "choices",
    "state_key": "key",
    "state_title": "title",
    "state_axis_known": "key",
    "state_bearer": "of",
    "state_way": "end",
    "named_twice": "key",
}


_LONGEST_NAME = 30


def name_for(written: str, title: str) -> str:
    """The name in records that was written, or the one that the title makes where none was.

    The keys on the screen have no underscore. A title without Latin letters makes no name; then one must be written.
    """
    made = re.sub(r"[^a-z0-9]+", "_", title.casefold())[:_LONGEST_NAME].strip("_")
    return written.strip() or made


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    return _FIELDS.get(refusal.rule) or acts.field_of(refusal)
