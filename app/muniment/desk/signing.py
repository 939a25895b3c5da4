"""Signing in, and keeping the secrets that people sign in and confirm with."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress

from muniment.desk.desk import Answer, Deposition, Desk, Officer, stands, told_before
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Evidence
from muniment.domain.custody.locking import FIELD as WRONG_TRIES
from muniment.domain.custody.locking import Tries, all_tries, tries_at, use_of_unknown, with_tries, without_tries
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.people.authority import Status
from muniment.domain.people.duties import Duty
from muniment.ports.work import StoreFault

SHORTEST_PASSPHRASE = 8
SHORTEST_PIN = 4

_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$9qkOgeykh6h73+eUGsjG6A$/4LrhoEPIzICJCuER9Ibv2oF+I5b7+E9j9EPZEYPNbY"
"""A stored form that nothing matches, so that an unknown name takes as long to refuse as a wrong passphrase."""


def sign_in(desk: Desk, name: str, passphrase: str) -> Officer:
    """Let somebody in who names himself and knows his passphrase.

    Wrong tries are told to the ledger, and lock the name at this desk for a while; see `locking`. A name that nobody
    has is counted, locked and answered like any other, so that no answer tells which names there are.

    Raises:
        Refusal: the name or the passphrase is wrong (which of them is not said), the name is locked, the stored form is
            not the one the ledger knows, or the person no longer serves.
        StoreFault: a wrong try cannot be written down.

    """
    with desk.look() as work:
        person = work.person_by(name)
        stored = work.credential(person, "passphrase") if person else ""
        standing = work.standing(person) if person else None
        record = work.person(person) if person else None
        counted = standing if standing is not None and stored else work.all_of(Kind.REGISTER)[0]
    use = "passphrase" if stored else use_of_unknown(name)
    tries_at(counted, use, desk.workstation).refuse_while_locked(desk.clock.now())
    right = desk.passphrases.matches(stored or _NOBODY, passphrase)
    note_try(desk, counted.subject, use, right=right)
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


def note_try(desk: Desk, person: Subject, use: str, *, right: bool, actor: Subject | None = None) -> None:
    """Write down that a secret was wrong, or that it was right after it had been wrong.

    `actor` is the officer at the desk; where nobody has signed in yet, the register itself tells it.

    Raises:
        Refusal: the name is locked, by this try or by others that were made at the same time; a right one, too, does
            not get past that.
        StoreFault: a wrong try cannot be written down. A right one passes even then.

    """
    with desk.look() as work:
        standing = stands(work, person)
    if right:
        tries = tries_at(standing, use, desk.workstation)
        tries.refuse_while_locked(desk.clock.now())
        if tries.count:
            with suppress(StoreFault):  # an officer gets in to look things up although the disk is full
                _tell_of_tries(desk, person, actor, Deed.LOCK_ENDED, use, right=True)
        return
    _tell_of_tries(desk, person, actor, Deed.WRONG_TRY, use, right=False).refuse_while_locked(desk.clock.now())


def _tell_of_tries(desk: Desk, person: Subject, actor: Subject | None, kind: Deed, use: str, *, right: bool) -> Tries:
    now = desk.clock.now()
    with desk.work() as work:
        standing = stands(work, person)
        tries = tries_at(standing, use, desk.workstation)
        tries = Tries(use, desk.workstation) if right else tries.one_more(now)
        by = actor or work.all_of(Kind.REGISTER)[0].subject
        acting = Acting(by, now, evidence=(Evidence(how="pin" if use == "pin" else "passphrase"),))
        kept = without_tries(standing, use, desk.workstation) if right else with_tries(standing, tries)
        fact = acting.states(kind, standing, sets=kept, drops=() if kept else (WRONG_TRIES,))
        desk.tell(work, desk.ids.ordered(), [fact])
        return tries


def end_lock(desk: Desk, deposition: Deposition, person: Subject) -> Answer:
    """Forget the wrong tries of a person at all desks, so that the person may try again at once.

    Raises:
        Refusal: it is the officer's own lock, there is none, or the role does not allow it.

    """
    acting = desk.acting(deposition, Duty.KEEP_PEOPLE)
    if person == acting.actor:
        raise Refusal(
            "concerned", say("Nobody ends a lock on himself or herself."), do_now=say("Have another officer end it.")
        )
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.LOCK_ENDED, of=(person,), said=acting):
            return before
        standing = stands(work, person)
        if not all_tries(standing):
            raise Refusal("not_locked", say("There are no wrong tries to forget."), do_now=say("Nothing to do."))
        fact = acting.states(Deed.LOCK_ENDED, standing, drops=(WRONG_TRIES,))
        return Answer(tuple(desk.tell(work, act, [fact])), about=person)


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
        if before := told_before(work, act, Deed.CREDENTIAL_SET, of=(person,), said=acting):
            return before
        standing = stands(work, person)
        work.keep_credential(person, use, stored)
        digest = hashlib.sha256(stored.encode()).hexdigest()
        left = without_tries(standing, use)
        sets = {f"{use}_sha256": digest, **left}
        fact = acting.states(Deed.CREDENTIAL_SET, standing, sets=sets, drops=() if left else (WRONG_TRIES,))
        return Answer(tuple(desk.tell(work, act, [fact])), about=person)


def knows_secret(desk: Desk, acting: Acting, person: Subject, use: str, secret: str) -> bool:
    """Whether a person knows the secret on record, and the record is the one the ledger knows.

    Raises:
        Refusal: too many wrong tries were made at this desk.
        StoreFault: a wrong try cannot be written down.

    """
    with desk.look() as work:
        stored = work.credential(person, use)
        standing = work.standing(person)
    if standing is None or not stored:
        return False
    tries_at(standing, use, desk.workstation).refuse_while_locked(desk.clock.now())
    genuine = hmac.compare_digest(standing.text(f"{use}_sha256"), hashlib.sha256(stored.encode()).hexdigest())
    right = desk.passphrases.matches(stored, secret)
    note_try(desk, person, use, right=right, actor=acting.actor)
    return right and genuine
