"""Declaring that the register was put back from an older copy."""

from __future__ import annotations

from muniment.desk.desk import Answer, Deposition, Desk, same_by, told_before
from muniment.desk.witnessing import gaps_of, register_of, still_holds
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.restoring import kept_of, restored
from muniment.domain.people.duties import Duty


def declare_restored(desk: Desk, deposition: Deposition, lost: Checkpoint) -> Answer:
    """Note for ever that an older copy took the place of the register; `lost` is what this workstation has seen.

    Raises:
        Refusal: a rule of `muniment.domain.custody.restoring` says no, or the role does not allow it.

    """
    acting = desk.acting(deposition, Duty.SET_POLICY)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.REGISTER_RESTORED, said=acting):
            return same_by(work, before, lambda fact: fact.about.get("lost_root") == lost.root_text)
        register = register_of(work)
        there = work.head().size
        kept = there if still_holds(work, lost) else kept_of(lost, there, gaps_of(work))
        fact = restored(register, lost, kept, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=register.subject)
