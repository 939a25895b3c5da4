"""What each role may do at a register: one table, asked in one place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.people.person import Role


class Duty(StrEnum):
    """A kind of work that needs a role."""

    HANDLE_STOCK = "handle_stock"
    REGISTER_STOCK = "register_stock"
    STAND_SECOND = "stand_second"
    KEEP_PEOPLE = "keep_people"
    BAN = "ban"
    SET_POLICY = "set_policy"
    SETTLE = "settle"
    CHANGE_STATE = "change_state"
    READ = "read"


_STOCK = frozenset({Role.ARMOURY_OFFICER})

DUTIES: Mapping[Duty, frozenset[Role]] = {
    Duty.HANDLE_STOCK: _STOCK,
    Duty.REGISTER_STOCK: _STOCK,
    Duty.STAND_SECOND: frozenset({Role.SECOND_OFFICER, Role.ARMOURY_OFFICER, Role.COMMANDER}),
    Duty.KEEP_PEOPLE: frozenset({Role.ADMINISTRATOR, Role.ARMOURY_OFFICER}),
    Duty.BAN: frozenset({Role.ARMOURY_OFFICER, Role.COMMANDER}),
    Duty.SET_POLICY: frozenset({Role.COMMANDER, Role.ADMINISTRATOR}),
    Duty.SETTLE: frozenset({Role.ARMOURY_OFFICER, Role.COMMANDER}),
    Duty.CHANGE_STATE: frozenset({Role.ARMOURY_OFFICER, Role.SECOND_OFFICER, Role.COMMANDER}),
    Duty.READ: frozenset(Role),
}


def require(duty: Duty, roles: Collection[str]) -> None:
    """Decide whether somebody with these roles may do a kind of work.

    Raises:
        Refusal: none of the roles allows it.

    """
    if not DUTIES[duty] & set(roles):
        raise Refusal(
            "role_missing",
            say("Your role does not allow this."),
            do_now=say("It needs: {roles}.", roles=", ".join(sorted(DUTIES[duty])).replace("_", " ")),
        )
