"""Keys that sign the state of the ledger: that they were enrolled and revoked stands in the ledger itself.

So who could sign at any moment is provable from the records alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.notes import PublicKey
from muniment.domain.custody.standing import Standing

WORKSTATION = "workstation"
"""What a key of this register is for."""

ENROLLED, REVOKED = "enrolled", "revoked"


def enrol(subject: Subject, suite: str, public: bytes, workstation: str, acting: Acting) -> Fact:
    """State that a workstation signs with this key from now on. `public` is the key that others check it by."""
    return acting.states(
        Deed.KEY_ENROLLED,
        Standing(subject),
        sets={
            "use": WORKSTATION,
            "suite": suite,
            "public": public.hex(),
            "ws": workstation,
            "state": ENROLLED,
        },
    )


def revoke(key: Standing, known: Iterable[Standing], acting: Acting) -> Fact:
    """State that nothing signed by this key from now on is believed.

    Raises:
        Refusal: it is revoked already; it is the last one, and nobody could write any more; or no reason is given.

    """
    if key.text("state") != ENROLLED:
        raise Refusal("key_revoked", say("This key is revoked already."), do_now=say("Nothing to do."))
    if not any(one.text("state") == ENROLLED and one.subject != key.subject for one in known):
        raise Refusal(
            "last_key",
            say("This is the only key of the register: without it nothing could be written any more."),
            do_now=say("Enrol another key first."),
        )
    if not acting.reason:
        raise Refusal("reason_missing", say("Revoking a key needs a reason."), do_now=say("Write why, without names."))
    return acting.states(Deed.KEY_REVOKED, key, sets={"state": REVOKED})


@dataclass(frozen=True, slots=True)
class DatedKey:
    """A key, and in which states of the ledger it may sign: from `since` records on; before `until`, where it ended."""

    key: PublicKey
    since: int
    until: int = 0

    def signs_at(self, size: int) -> bool:
        """Whether it may sign the ledger when it holds so many records."""
        return self.since <= size and (not self.until or size < self.until)


def keys_over_time(facts: Iterable[tuple[int, Fact]], log: str) -> list[DatedKey]:
    """The keys that the facts about keys tell of, with their places in the ledger; all sign under the log's name.

    What is said of a key in a way that nobody could have written counts for nothing.
    """
    found: dict[Subject, DatedKey] = {}
    for seq, fact in facts:
        if fact.kind is Deed.KEY_ENROLLED:
            with suppress(ValueError):
                public = bytes.fromhex(str(fact.after.get("public", "")))
                key = PublicKey(log, str(fact.after.get("suite", "")), public)
                found[fact.subject] = DatedKey(key, seq)
        elif fact.kind is Deed.KEY_REVOKED and fact.subject in found:
            found[fact.subject] = replace(found[fact.subject], until=seq)
    return list(found.values())
