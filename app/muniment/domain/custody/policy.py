"""The limits a depot sets itself. They are facts too, so that who loosened one can be read."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.domain.custody.facts import Fields
from muniment.domain.custody.standing import Standing


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings that decide at the desk.

    `weapons_per_person` is how many one person may hold at once. `shift_hours` is when a weapon drawn for a shift is
    expected back unless something else is said. More than `rush_weapons` issued at this depot within `rush_minutes`
    need a second person for each further one.
    """

    weapons_per_person: int = 2
    shift_hours: int = 12
    rush_weapons: int = 100
    rush_minutes: int = 10

    def to_fields(self) -> Fields:
        """The settings as fields of a fact."""
        return {
            "weapons_per_person": self.weapons_per_person,
            "shift_hours": self.shift_hours,
            "rush_weapons": self.rush_weapons,
            "rush_minutes": self.rush_minutes,
        }

    @staticmethod
    def from_standing(standing: Standing | None) -> Policy:
        """The settings in force; the shipped ones where a depot has set none."""
        if standing is None:
            return Policy()
        shipped = Policy().to_fields()
        chosen = {name: standing.number(name) for name in shipped if name in standing.fields}
        return Policy(**chosen)
