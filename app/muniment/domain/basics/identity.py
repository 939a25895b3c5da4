"""Names that the register gives to the things it keeps.

Every kept thing has a `Subject`: its kind and a random or time-ordered id of its own, written
`weapon/01jd…`. Subjects never change and are never used again. They say nothing about the thing itself, so a
person's subject may stand in the ledger where the name may not.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NewType

Subject = NewType("Subject", str)
"""`<kind>/<26 characters of Crockford base 32>`."""

_SUBJECT = re.compile(r"[a-z_]{1,20}/[0-9a-hjkmnp-tv-z]{26}")


class Kind(StrEnum):
    """The kinds of thing a register keeps."""

    REGISTER = "register"
    PLACE = "place"
    UNIT = "unit"
    PERSON = "person"
    MODEL = "model"
    WEAPON = "weapon"
    COMPONENT = "component"
    LINE = "line"
    KIT = "kit"
    CODE = "code"
    BATCH = "batch"
    CASE = "case"
    POLICY = "policy"
    RECEIPT = "receipt"
    SHIPMENT = "shipment"
    ARRIVAL = "arrival"
    UNDECIDED = "undecided"
    OWN_FIELD = "own_field"
    STATE_AXIS = "state_axis"
    SIGNING_KEY = "signing_key"


def subject(kind: Kind, identity: str) -> Subject:
    """Name a thing of a kind.

    Raises:
        ValueError: `identity` is not 26 characters of lower-case Crockford base 32.

    """
    made = Subject(f"{kind}/{identity}")
    if not _SUBJECT.fullmatch(made):
        raise ValueError(f"not an identity: {identity!r}")
    return made


def kind_of(name: Subject) -> Kind:
    """The kind of thing a subject names."""
    return _KINDS[name[: name.index("/")]]


def is_subject(name: str) -> bool:
    """Whether a text names a thing of a kind that the register keeps."""
    return _SUBJECT.fullmatch(name) is not None and name[: name.index("/")] in _KINDS


_KINDS = {kind.value: kind for kind in Kind}
