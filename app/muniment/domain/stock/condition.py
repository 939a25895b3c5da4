"""The condition a weapon is in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from muniment.domain.basics.text import Text, say


class Condition(StrEnum):
    """What an armourer finds; surplus and disposal rules read it."""

    NEW = "new"
    SERVICEABLE = "serviceable"
    REPAIRABLE = "repairable"
    BEYOND_REPAIR = "beyond_repair"
    INCOMPLETE = "incomplete"
    DEACTIVATED = "deactivated"

    @property
    def is_serviceable(self) -> bool:
        """Whether it may be handed out for use as it is."""
        return self in {Condition.NEW, Condition.SERVICEABLE}

    @property
    def may_serve_again(self) -> bool:
        """Whether it serves now or after a repair that is worth its cost."""
        return self.is_serviceable or self is Condition.REPAIRABLE


CONDITION_NAMES: Mapping[Condition, Text] = MappingProxyType(
    {
        Condition.NEW: say("new"),
        Condition.SERVICEABLE: say("serviceable"),
        Condition.REPAIRABLE: say("repairable"),
        Condition.BEYOND_REPAIR: say("beyond repair"),
        Condition.INCOMPLETE: say("incomplete"),
        Condition.DEACTIVATED: say("deactivated"),
    }
)
