"""The steps of gathering things by scans before one act is done with all of them: a table, as at the hatch."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Step(Enum):
    """What the gathering waits for."""

    GATHERING = "gathering"
    REFUSED = "refused"


class Seen(Enum):
    """What happens: a scan that means something, a command card or its key."""

    THING = "thing"
    NOT_GATHERED = "known, but not a thing that is gathered"
    NOTHING_KNOWN = "nothing known"
    YES = "yes"
    DONE = "done"
    NO = "no"
    UNDO_LAST = "undo last"
    OTHER_COMMAND = "other command"


class Do(Enum):
    """What is done about it. Nothing of it is written into the ledger."""

    ADD = "add it, unless a rule refuses it"
    REFUSE_NOT_GATHERED = "refuse: that is not gathered here"
    REFUSE_UNKNOWN = "refuse: the register does not know it"
    REFUSE_COMMAND = "refuse: that is not done here"
    HOLD = "keep the scan until the refusal is taken note of"
    ACKNOWLEDGE = "take note of the refusal and go on"
    TAKE_OFF = "take the last one off"
    NOTHING = "nothing"


TABLE: Mapping[tuple[Step, Seen], Do] = {
    (Step.GATHERING, Seen.THING): Do.ADD,
    (Step.GATHERING, Seen.NOT_GATHERED): Do.REFUSE_NOT_GATHERED,
    (Step.GATHERING, Seen.NOTHING_KNOWN): Do.REFUSE_UNKNOWN,
    (Step.GATHERING, Seen.UNDO_LAST): Do.TAKE_OFF,
    (Step.GATHERING, Seen.OTHER_COMMAND): Do.REFUSE_COMMAND,
    (Step.REFUSED, Seen.THING): Do.HOLD,
    (Step.REFUSED, Seen.NOT_GATHERED): Do.HOLD,
    (Step.REFUSED, Seen.NOTHING_KNOWN): Do.HOLD,
    (Step.REFUSED, Seen.YES): Do.ACKNOWLEDGE,
    (Step.REFUSED, Seen.DONE): Do.ACKNOWLEDGE,
}


def next_act(step: Step, seen: Seen) -> Do:
    """What is done; what the table does not name does nothing."""
    return TABLE.get((step, seen), Do.NOTHING)
