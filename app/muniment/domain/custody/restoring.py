"""A register that was put back from an older copy: said aloud, by two persons, and for ever.

Between the copy and the loss lie facts that nobody can bring back; what they were must be entered again from paper.
The sheets printed in between stay true: they show that something was there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.standing import Standing


@dataclass(frozen=True, slots=True)
class Gap:
    """What a restore lost: the facts after number `kept` up to `lost`, as far as they were seen. Fact `seq` says so."""

    seq: int
    kept: int
    lost: int

    def extended(self, seen: int) -> bool:
        """Whether somebody who has seen so many facts has seen more of the lost end than was known when it was told."""
        return self.kept < seen and self.lost < seen

    def covers(self, size: int) -> bool:
        """Whether somebody who has seen so many facts has seen some that were lost, and none beyond."""
        return self.kept < size <= self.lost


def kept_of(lost: Checkpoint, there: int, told: Iterable[Gap]) -> int:
    """How many facts the copy held: all that are `there` where more were seen, and else those that a restore kept.

    The second is said at a workstation that had seen more than the one where the restore was declared, once the
    register has grown past what it has seen. It must not hold what was seen: then nothing is missing.
    """
    earlier = [gap.kept for gap in told if gap.extended(lost.size)]
    return earlier[-1] if lost.size <= there and earlier else there


def restored(register: Standing, lost: Checkpoint, kept: int, acting: Acting) -> Fact:
    """State that the register was put back from a copy of `kept` facts; `lost` is the newest state that was seen.

    Raises:
        Refusal: nothing is missing; one person alone; or no reason is given.

    """
    if lost.size <= kept:
        raise Refusal(
            "nothing_lost",
            say("The register holds as many facts as this workstation has seen: nothing is missing at its end."),
            do_now=say("If facts differ, keep this copy as evidence and tell the commander."),
        )
    if acting.second is None:
        raise Refusal(
            "second_person_missing",
            say("That a register was restored is declared by two persons."),
            do_now=say("Have the second person sign in beside you."),
        )
    if not acting.reason:
        raise Refusal(
            "reason_missing",
            say("A restore needs a reason."),
            do_now=say("Write why an older copy had to be used, without names."),
        )
    about: dict[str, Value] = {"kept": kept, "lost_size": lost.size, "lost_root": lost.root_text}
    return acting.states(Deed.REGISTER_RESTORED, register, about=about)


def gaps(facts: Iterable[tuple[int, Fact]]) -> list[Gap]:
    """The declared restores among the facts about the register, with their places in the ledger."""
    return [
        Gap(seq, kept, lost)
        for seq, fact in facts
        if fact.kind is Deed.REGISTER_RESTORED
        and isinstance(kept := fact.about.get("kept"), int)
        and isinstance(lost := fact.about.get("lost_size"), int)
    ]
