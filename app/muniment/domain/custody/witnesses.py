"""How far the ledger has witnesses outside of itself."""

from __future__ import annotations

from muniment.domain.custody.acting import Acting
from muniment.domain.custody.checkpoints import Checkpoint
from muniment.domain.custody.facts import Deed, Fact, Fields
from muniment.domain.custody.standing import Standing

WITNESSED = "witnessed"
"""The field of the register that counts the facts which somebody outside can show to have been there."""


def witnessed(register: Standing, size: int) -> Fields:
    """The field as it becomes when so many facts have an outside witness; a larger number stays."""
    return {WITNESSED: size} if size > register.number(WITNESSED) else {}


def hand_out(register: Standing, checkpoint: Checkpoint, acting: Acting) -> Fact:
    """State that a checkpoint went out of the house on paper or a medium."""
    return acting.states(
        Deed.CHECKPOINT_HANDED_OUT,
        register,
        sets=witnessed(register, checkpoint.size),
        about={"size": checkpoint.size, "root": checkpoint.root_text},
    )
