"""What somebody outside the ledger has seen of it, held against what it holds now."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import itemgetter

from muniment.desk.desk import Answer, Deposition, Desk, told_before
from muniment.domain.basics.identity import Kind
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.checkpoints import Checkpoint, read_checkpoint
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.notes import NoNote, Suite, read_note, signers
from muniment.domain.custody.restoring import Gap, gaps
from muniment.domain.custody.signing_keys import keys_over_time
from muniment.domain.custody.standing import Standing
from muniment.domain.custody.tree import edge_at
from muniment.domain.custody.tree_proofs import inclusion
from muniment.domain.custody.witnesses import WITNESSED, hand_out
from muniment.domain.people.duties import Duty
from muniment.ports.heads import WentBack
from muniment.ports.work import StoreFault, Work


def as_signed(kept: str) -> str:
    """A note as it was signed, whatever an editor or a mail made of the ends of its lines and of its end."""
    lines = kept.removeprefix("\ufeff").replace("\r\n", "\n").strip("\n \t").split("\n")
    return "\n".join([*(line.rstrip(" \t") for line in lines), ""])


def remembered(note: str) -> Checkpoint | None:
    """The state that a kept note tells of; nothing where it is none."""
    try:
        return read_checkpoint(read_note(as_signed(note)).text) if note else None
    except NoNote:
        return None


def still_holds(work: Work, seen: Checkpoint) -> bool:
    """Whether the ledger still begins with everything that it held when it was seen."""
    head = work.head()
    if seen.origin != head.log or seen.size > head.size:
        return False
    return edge_at(seen.size, work.subtree).root() == seen.root


def insist_on(work: Work, seen: Checkpoint, went_back: Collection[WentBack] = ()) -> bool:
    """Refuse to work on a ledger that has lost or changed what this workstation has seen of it.

    Answers whether it holds that; else a restore was declared that lost it, and the workstation must go back with the
    register. A restore excuses a workstation once: if it did for all times, facts that were written since could be
    changed under it.

    Raises:
        StoreFault: so it is.

    """
    if still_holds(work, seen):
        return True
    used = {gap.seq for gap in gaps_of(work) for lost, begun in went_back if gap.covers(lost) and gap.seq <= begun}
    if any(gap.covers(seen.size) and gap.seq not in used for gap in gaps_of(work)):
        return False
    there = work.head().size
    if seen.size > there:
        raise StoreFault(
            say(
                "This workstation has seen {seen} records of this register, and {there} are here: an older copy stands "
                "in its place, or its end was cut off.",
                seen=seen.size,
                there=there,
            ),
            say("Nothing was changed."),
            say("Put the newest copy back. If there is none, have two officers declare it with “muniment restore”."),
        )
    raise StoreFault(
        say("The first {seen} records of this register are not those that this workstation has seen.", seen=seen.size),
        say("Nothing was changed."),
        say("Do not work on. Verify the register, tell the commander, and keep this copy as evidence."),
    )


@dataclass(frozen=True, slots=True)
class Unwitnessed:
    """The end of the ledger that nobody outside has seen: how many facts, and for how long the oldest of them."""

    facts: int
    minutes: int


def unwitnessed(work: Work, now: datetime) -> Unwitnessed:
    """What could still be cut off without anybody outside being able to show it."""
    head = work.head().size
    seen = min(head, register_of(work).number(WITNESSED))
    newest = work.fact(head)
    if seen == head - 1 and newest is not None and newest.kind in (Deed.PRINTED, Deed.CHECKPOINT_HANDED_OUT):
        return Unwitnessed(0, 0)  # all that is left is that the rest was handed out
    since = work.recorded_at(seen + 1)
    waiting = max(0, int((now - since).total_seconds() // 60)) if since else 0
    return Unwitnessed(head - seen, waiting)


def hand_out_checkpoint(
    desk: Desk, deposition: Deposition, give: Callable[[str], None] = lambda _: None
) -> tuple[Answer, str]:
    """Give the newest signed state of the ledger out of the house, and note that it went; answers it as a signed note.

    `give` is handed the note before that is written down, so that nothing counts as seen which nobody was given; what
    it raises leaves the register as it was. It is handed the same note again where the act is told again.

    Raises:
        Refusal: the officer has no role at this register; or nothing of the ledger is signed.

    """
    acting = desk.acting(deposition, Duty.READ)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.CHECKPOINT_HANDED_OUT):
            fact = work.fact(before.told[0].seq)
            note = work.signed(int(str(fact.about.get("size", 0))) if fact else 0)
            give(note)
            return before, note
        note = work.signed()
        checkpoint = remembered(note)
        if checkpoint is None:
            raise Refusal(
                "nothing_signed", say("Nothing of this ledger is signed."), do_now=say("Verify the register.")
            )
        give(note)
        register = register_of(work)
        told = desk.tell(work, act, [hand_out(register, checkpoint, acting)])
        return Answer(tuple(told), about=register.subject), note


def proof_of(work: Work, seq: int) -> str:
    """The proof that a fact is in the ledger, for somebody who has its bytes and trusts a key of the depot.

    Raises:
        Refusal: there is no such fact.

    Source: C2SP, tlog-proof.

    """
    note = work.signed()
    checkpoint = remembered(note)
    if checkpoint is None or not 1 <= seq <= checkpoint.size:
        raise Refusal("unknown_fact", say("There is no fact {seq}.", seq=seq), do_now=say("Check the number."))
    path = [base64.b64encode(one).decode() for one in inclusion(seq - 1, checkpoint.size, work.subtree)]
    lines = ["c2sp.org/tlog-proof@v1", f"index {seq - 1}", *path, "", note]
    return "\n".join(lines)


class Judgement(StrEnum):
    """What a sheet or a kept checkpoint says of the register before us."""

    HOLDS = "holds"
    DIFFERS = "differs"
    AHEAD = "ahead"
    LOST = "lost"
    ANOTHER_LOG = "another_log"
    FORGED = "forged"
    UNKNOWN_SIGNER = "unknown_signer"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


JUDGEMENTS: Mapping[Judgement, Text] = {
    Judgement.HOLDS: say(
        "Genuine: the register still begins with everything that it held when this head was printed. Read what else "
        "the sheet says against the register: the code does not cover it."
    ),
    Judgement.DIFFERS: say(
        "The register is not what it was when this was printed: facts from before then were altered, removed or put in."
    ),
    Judgement.AHEAD: say(
        "This has seen more facts than the register holds: its end was cut off, or this is an older copy of it."
    ),
    Judgement.LOST: say(
        "This has seen facts that were lost: the register was put back from an older copy later, as two persons "
        "declared. What it shows must be entered again."
    ),
    Judgement.ANOTHER_LOG: say("This is of another register."),
    Judgement.FORGED: say("The signature is not genuine: this was not printed by the register, or was altered."),
    Judgement.UNKNOWN_SIGNER: say("This is signed by no workstation that this register knows."),
    Judgement.UNSIGNED: say(
        "It agrees with the register, but what was given bears no signature; scan the square code to be sure."
    ),
    Judgement.UNREADABLE: say("This is no head of a ledger."),
}
"""Each in words for whoever holds the sheet."""


_TYPED_SIZE = re.compile("[1-9][0-9]{0,15}", re.ASCII)


def judge(work: Work, written: str, suites: Mapping[str, Suite]) -> tuple[Judgement, int]:
    """Hold what a sheet bears against the register: a scanned code, or the number of facts and the root as typed.

    Answers the judgement, and how many facts the sheet has seen; 0 where it says nothing.
    """
    typed = written.replace(",", " ").split()
    if len(typed) == 2 and _TYPED_SIZE.fullmatch(typed[0]):
        return _judge_typed(work, int(typed[0]), typed[1])
    try:
        note = read_note(as_signed(written))
        seen = read_checkpoint(note.text)
    except NoNote:
        return Judgement.UNREADABLE, 0
    head = work.head()
    if seen.origin != head.log:
        return Judgement.ANOTHER_LOG, seen.size
    facts = [(told.seq, fact) for key in work.all_of(Kind.SIGNING_KEY) for told, fact in work.facts_of(key.subject)]
    keys = keys_over_time(sorted(facts, key=itemgetter(0)), head.log)
    try:
        by = signers(note, [one.key for one in keys if one.signs_at(seen.size)], suites)
    except NoNote:
        return Judgement.FORGED, seen.size
    if not by:
        # A sheet of a key that an older copy does not know yet is told by its size.
        return (Judgement.AHEAD if seen.size > head.size else Judgement.UNKNOWN_SIGNER), seen.size
    if still_holds(work, seen):
        return Judgement.HOLDS, seen.size
    return _unlike(work, seen.size), seen.size


def _unlike(work: Work, size: int) -> Judgement:
    if any(gap.covers(size) for gap in gaps_of(work)):
        return Judgement.LOST
    return Judgement.AHEAD if size > work.head().size else Judgement.DIFFERS


def _judge_typed(work: Work, size: int, root: str) -> tuple[Judgement, int]:
    if size <= work.head().size:
        there = edge_at(size, work.subtree).root()
        if root == base64.b64encode(there).decode():
            return Judgement.UNSIGNED, size
    return _unlike(work, size), size


def gaps_of(work: Work) -> list[Gap]:
    """The restores that were declared of this register."""
    return gaps((told.seq, fact) for told, fact in work.facts_of(register_of(work).subject))


def register_of(work: Work) -> Standing:
    """The register itself, as a thing that facts are about."""
    return work.all_of(Kind.REGISTER)[0]
