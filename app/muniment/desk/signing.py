"""Signing in, and keeping the secrets that people sign in and confirm with."""

from __future__ import annotations

import hashlib
import hmac

from muniment.desk.desk import Answer, Deposition, Desk, Officer, stands, told_before
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.people.authority import Status
from muniment.domain.people.duties import Duty

SHORTEST_PASSPHRASE = 8
SHORTEST_PIN = 4

_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$9qkOgeykh6h73+eUGsjG6A$/4LrhoEPIzICJCuER9Ibv2oF+I5b7+E9j9EPZEYPNbY"
"""A stored form that nothing matches, so that an unknown name takes as long to refuse as a wrong passphrase."""


def sign_in(desk: Desk, name: str, passphrase: str) -> Officer:
    """Let somebody in who names himself and knows his passphrase.

    Raises:
        Refusal: the name or the passphrase is wrong (which of them is not said), the stored form is not the one the
            ledger knows, or the person no longer serves.

    """
    with desk.look() as work:
        person = work.person_by(name)
        stored = work.credential(person, "passphrase") if person else ""
        standing = work.standing(person) if person else None
        record = work.person(person) if person else None
    right = desk.passphrases.matches(stored or _NOBODY, passphrase)
    if not right or standing is None or record is None or person is None:
        raise Refusal(
            "wrong_sign_in",
            say("Name or passphrase is wrong."),
            do_now=say("Try again. Capital letters count in the passphrase."),
        )
    known = standing.text("passphrase_sha256")
    if not hmac.compare_digest(known, hashlib.sha256(stored.encode()).hexdigest()):
        raise Refusal(
            "credential_altered",
            say("The stored passphrase is not the one the ledger knows."),
            do_now=say("Nobody may sign in by it. Verify the register and tell the commander."),
        )
    roles = standing.fields.get("roles", [])
    serves = standing.text("status") == Status.SERVING and not standing.text(WITHDRAWN)
    if not serves or not isinstance(roles, list) or not roles:
        raise Refusal("not_serving", say("This account is not active."), do_now=say("Ask the commander."))
    return Officer(person, record.name, frozenset(str(role) for role in roles))


def long_enough(use: str, secret: str) -> None:
    """Decide whether a new passphrase or PIN has the length that is asked of it.

    Raises:
        Refusal: it is too short.

    """
    shortest = SHORTEST_PIN if use == "pin" else SHORTEST_PASSPHRASE
    if len(secret) < shortest:
        raise Refusal(
            "secret_too_short",
            say("It has {length} characters, {shortest} are needed.", length=len(secret), shortest=shortest),
            do_now=say("Choose a longer one."),
        )


def set_secret(desk: Desk, deposition: Deposition, person: Subject, use: str, secret: str) -> Answer:
    """Give a person a new passphrase or PIN.

    Raises:
        Refusal: the secret is too short, or the role does not allow it.

    """
    long_enough(use, secret)
    acting = desk.acting(deposition, Duty.KEEP_PEOPLE)
    act = desk.act(deposition)
    stored = desk.passphrases.stored_form(secret)
    with desk.work() as work:
        if before := told_before(work, act, Deed.CREDENTIAL_SET, of=(person,)):
            return before
        standing = stands(work, person)
        work.keep_credential(person, use, stored)
        digest = hashlib.sha256(stored.encode()).hexdigest()
        fact = acting.states(Deed.CREDENTIAL_SET, standing, sets={f"{use}_sha256": digest})
        return Answer(tuple(desk.tell(work, act, [fact])), about=person)


def knows_secret(desk: Desk, person: Subject, use: str, secret: str) -> bool:
    """Whether a person knows the secret on record, and the record is the one the ledger knows."""
    with desk.look() as work:
        stored = work.credential(person, use)
        standing = work.standing(person)
    known = standing.text(f"{use}_sha256") if standing else ""
    genuine = hmac.compare_digest(known, hashlib.sha256(stored.encode()).hexdigest())
    return desk.passphrases.matches(stored or _NOBODY, secret) and bool(stored) and genuine
