"""Who may draw a weapon: bans, certificates with their dates, and what has become of the person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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


def refuse_own_right(changed: Collection[str], *, alone: bool) -> None:
    """Refuse to let a person change alone what this same person may draw; `changed` names the fields of the record.

    Raises:
        Refusal: a certificate is among them, and there is no second person.

    """
    if alone and "certificates" in changed:
        raise Refusal(
            "own_right",
            say("Nobody enters a certificate for himself or herself alone."),
            do_now=say("Have another officer enter it from the paper."),
        )


def refuse_softer_ban(now: Ban | None, until: date | None, on: date, *, alone: bool) -> None:
    """Decide whether a ban until a day may be set today, by one person `alone`.

    Raises:
        Refusal: it would end before it begins; or it would end a ban in force earlier, which is to lift it.

    """
    if until is not None and until < on:
        raise Refusal(
            "ban_over",
            say("The ban would have ended on {day} already.", day=until.isoformat()),
            do_now=say("Give a day to come, or none."),
        )
    in_force = now is not None and (now.until is None or on <= now.until)
    if alone and in_force and now is not None and until is not None and (now.until is None or until < now.until):
        raise Refusal(
            "second_person_missing",
            say("A ban in force would end earlier, and that needs a second authorised person."),
            do_now=say("Have the second person sign in beside you, or leave the ban as it is."),
        )


def refuse_return_alone(now: Status, then: Status, *, alone: bool) -> None:
    """Decide whether one person `alone` may write down what has become of somebody.

    Raises:
        Refusal: somebody who may draw nothing would be serving again.

    """
    if alone and then is Status.SERVING and now is not Status.SERVING:
        raise Refusal(
            "second_person_missing",
            say("Back into service: that gives the right to draw weapons, and needs a second authorised person."),
            do_now=say("Have the second person sign in beside you."),
        )


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
