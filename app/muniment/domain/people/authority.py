"""Who may draw a weapon: bans, certificates with their dates, and what has become of the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say

SECOND_PERSON = say("A second authorised person, with a reason.")
"""Who may let pass what a rule refuses, where anybody may."""


class Status(StrEnum):
    """What has become of a person, as far as the armoury must know."""

    SERVING = "serving"
    POSTED = "posted"
    DISCHARGED = "discharged"
    DESERTED = "deserted"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A dated qualification to draw weapons; `covers` is a type of the taxonomy and all below it, empty for all."""

    covers: str
    until: date


@dataclass(frozen=True, slots=True)
class Ban:
    """A withdrawal of the right to draw weapons; without an end it lasts until it is lifted."""

    reason: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Drawer:
    """A person before the hatch. `withdrawn` says why the record of this person is none, empty where it stands."""

    person: str
    status: Status
    ban: Ban | None
    certificates: tuple[Certificate, ...]
    withdrawn: str = ""


def objections_to_drawing(drawer: Drawer, types: Sequence[str], on: date) -> list[Refusal]:
    """Everything that speaks against this person drawing a weapon of a type today, gravest first.

    `types` is the weapon's type followed by all types above it. A ban and a person who no longer serves can be
    overridden by nobody; a certificate that ran out, or is missing, by a second person.
    """
    found: list[Refusal] = []
    if drawer.ban is not None and (drawer.ban.until is None or on <= drawer.ban.until):
        found.append(
            Refusal(
                "ban_in_force",
                say("This person is banned from drawing weapons: {reason}.", reason=drawer.ban.reason),
                do_now=say("Hand nothing out. Call the commander."),
            )
        )
    if drawer.withdrawn:
        found.append(
            Refusal(
                "person_withdrawn",
                say("The record of this person was withdrawn: {reason}.", reason=drawer.withdrawn),
                do_now=say("Hand nothing out. Find the person's true record."),
            )
        )
    if drawer.status is not Status.SERVING:
        found.append(
            Refusal(
                "not_serving",
                say("This person is recorded as {status}.", status=str(drawer.status)),
                do_now=say("Hand nothing out. Check who stands before you."),
            )
        )
    covering = [c.until for c in drawer.certificates if not c.covers or c.covers in types]
    if not covering:
        found.append(
            Refusal(
                "certificate_missing",
                say("No certificate of this person covers this type of weapon."),
                do_now=say("Set the weapon aside, or have a second person decide."),
                override=SECOND_PERSON,
            )
        )
    elif max(covering) < on:
        found.append(
            Refusal(
                "certificate_expired",
                say("The certificate for this type of weapon ran out on {day}.", day=max(covering).isoformat()),
                do_now=say("Set the weapon aside, or have a second person decide."),
                override=SECOND_PERSON,
            )
        )
    return found
