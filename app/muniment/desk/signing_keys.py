"""Enrolling and revoking the keys that sign the ledger."""

from __future__ import annotations

from muniment.desk.desk import Answer, Deposition, Desk, same_by, same_thing, told_before
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.signing_keys import ENROLLED, enrol, revoke
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.ports.keys import Signer
from muniment.ports.work import Work


def enrol_workstation(desk: Desk, deposition: Deposition, signer: Signer) -> Answer:
    """Let this workstation write into the register from now on, signed by its own key.

    Raises:
        Refusal: it is enrolled already; it takes two persons and one of them is missing, or the role does not allow it.

    """
    acting = desk.acting(deposition, Duty.SET_POLICY)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.KEY_ENROLLED, said=acting):
            return same_thing(work, before, "public", signer.public.hex())
        _by_two(acting)
        if any(one.text("public") == signer.public.hex() and one.text("state") == ENROLLED for one in keys(work)):
            raise Refusal("key_enrolled", say("This workstation is enrolled already."), do_now=say("Nothing to do."))
        fact = enrol(desk.fresh(Kind.SIGNING_KEY), signer.suite, signer.public, desk.workstation, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=fact.subject)


def revoke_key(desk: Desk, deposition: Deposition, public: str) -> Answer:
    """Believe nothing from now on that a key signs; `public` is its beginning, in hexadecimal.

    Raises:
        Refusal: there is no such key, or several; a rule of `muniment.domain.custody.signing_keys` says no; it takes
            two persons and one of them is missing, or the role does not allow it.

    """
    acting = desk.acting(deposition, Duty.SET_POLICY)
    act = desk.act(deposition)
    with desk.work() as work:
        known = keys(work)
        found = [one for one in known if len(public) >= _LEAST and one.text("public").startswith(public.lower())]
        if len({one.text("public") for one in found}) != 1:
            raise Refusal(
                "unknown_key",
                say("No key of this register begins with “{public}”, or several do.", public=public),
                do_now=say("Write at least {least} of its signs, as “keys list” shows them.", least=_LEAST),
            )
        if before := told_before(work, act, Deed.KEY_REVOKED, said=acting):
            return same_by(work, before, lambda fact: any(one.subject == fact.subject for one in found))
        _by_two(acting)
        found.sort(key=lambda one: one.text("state") == ENROLLED)  # one that was enrolled again stands last
        fact = revoke(found[-1], known, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=fact.subject)


def keys(work: Work) -> list[Standing]:
    """All keys of the register, those that were revoked too."""
    return work.all_of(Kind.SIGNING_KEY)


_LEAST = 8


def _by_two(acting: Acting) -> None:
    if acting.second is None:
        raise Refusal(
            "second_person_missing",
            say("Whose key the register believes is decided by two persons."),
            do_now=say("Have the second person sign in beside you."),
        )
