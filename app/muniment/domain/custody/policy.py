"""The limits a depot sets itself. They are facts too, so that who loosened one can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Fields
from muniment.domain.custody.standing import Standing


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings that decide at the desk.

    `weapons_per_person` is how many one person may hold at once. `shift_hours` is when a weapon drawn for a shift is
    expected back unless something else is said. More than `rush_weapons` issued at this depot within `rush_minutes`
    need a second person for each further one. With `catalogue_only` a weapon whose make and model are not in the
    catalogue needs a second person to be registered; without it, that is only said.
    """

    weapons_per_person: int = 2
    shift_hours: int = 12
    rush_weapons: int = 100
    rush_minutes: int = 10
    catalogue_only: bool = False

    def limits(self) -> dict[str, int]:
        """The settings by name."""
        return {
            "weapons_per_person": self.weapons_per_person,
            "shift_hours": self.shift_hours,
            "rush_weapons": self.rush_weapons,
            "rush_minutes": self.rush_minutes,
            "catalogue_only": self.catalogue_only,
        }

    def to_fields(self) -> Fields:
        """The settings as fields of a fact."""
        return dict(self.limits())

    @staticmethod
    def from_standing(standing: Standing | None) -> Policy:
        """The settings in force; the shipped ones where a depot has set none."""
        if standing is None:
            return Policy()
        shipped = Policy().limits()
        chosen = {name: standing.number(name) for name in shipped if name in standing.fields}
        return Policy.from_limits({**shipped, **chosen})

    @staticmethod
    def from_limits(limits: Mapping[str, int]) -> Policy:
        """The settings that `limits` gives; what is answered with yes or no is yes where it is not 0."""
        chosen: dict[str, Any] = {name: bool(limit) if name in SWITCHES else limit for name, limit in limits.items()}
        return Policy(**chosen)


SWITCHES = frozenset({"catalogue_only"})
"""Settings that are answered with yes or no."""

LARGEST = 1_000_000
"""The largest number that makes sense as a limit."""


def set_limits(standing: Standing, policy: Policy, acting: Acting) -> Fact:
    """Decide whether these may be the depot's limits from now on, and state it with what they were.

    Raises:
        Refusal: a limit is not above zero or beyond sense, nothing changes, or no reason is given.

    """
    wrong = [name for name, limit in policy.limits().items() if name not in SWITCHES and not 1 <= limit <= LARGEST]
    if wrong:
        raise Refusal(
            "limit_out_of_range",
            say("These limits are not whole numbers from 1 to {most}: {names}.", most=LARGEST, names=", ".join(wrong)),
            do_now=say("Choose a number that a depot can keep to."),
        )
    fact = acting.states(Deed.POLICY_SET, standing, sets=policy.to_fields())
    if not fact.before and not fact.after:
        raise Refusal("nothing_changes", say("The limits are like that already."), do_now=say("Nothing to do."))
    if not acting.reason:
        raise Refusal(
            "reason_missing", say("Changing a limit needs a reason."), do_now=say("Write why, without names.")
        )
    return fact
