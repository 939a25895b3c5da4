"""The depot's limits, set by who may set them."""

from __future__ import annotations

from collections.abc import Mapping

from muniment.desk.desk import Answer, Deposition, Desk, told_before
from muniment.domain.basics.identity import Kind
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.policy import Policy, set_limits
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty


def change_policy(desk: Desk, deposition: Deposition, limits: Mapping[str, int]) -> Answer:
    """Set some of the depot's limits, named as in `Policy`; the others stay.

    Raises:
        Refusal: a limit is not above zero or beyond sense, nothing changes, no reason is given, or the role does not
            allow it.

    """
    acting = desk.acting(deposition, Duty.SET_POLICY)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.POLICY_SET, said=acting, sets=limits):
            return before
        standing = next(iter(work.all_of(Kind.POLICY)), None) or Standing(desk.fresh(Kind.POLICY))
        policy = Policy.from_limits({**Policy.from_standing(standing).limits(), **limits})
        fact = set_limits(standing, policy, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=standing.subject)
