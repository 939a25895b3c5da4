"""Declaring that the register was put back from an older copy."""

from __future__ import annotations

from muniment.desk.desk import Answer, Deposition, Desk, told_before
from muniment.desk.witnessing import register_of
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.restoring import restored
from muniment.domain.people.duties import Duty


def declare_restored(desk: Desk, deposition: Deposition, lost: Checkpoint) -> Answer:
    """Note for ever that an older copy took the place of the register; `lost` is what this workstation has seen.

    Raises:
        Refusal: a rule of `muniment.domain.custody.restoring` says no, or the role does not allow it.

    """
    acting = desk.acting(deposition, Duty.SET_POLICY)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.REGISTER_RESTORED):
            return before
        register = register_of(work)
        fact = restored(register, lost, work.head().size, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=register.subject)
