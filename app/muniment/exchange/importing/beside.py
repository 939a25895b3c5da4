"""The weapons that a row of a list is compared with: those of the register, and those of the rows above."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from muniment.domain.custody.importing import Identity, identity
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.serial import comparison_key, look_alike_key


class Other(msgspec.Struct, frozen=True, gc=False):
    """A weapon to compare with: its number in the register, or its row; what makes it the same."""

    number: str
    row: int
    identity: Identity

    @property
    def serial_key(self) -> str:
        """Its comparison key."""
        return self.identity[0]


class Others:
    """Weapons by look-alike key."""

    def __init__(self, register: Iterable[Standing]) -> None:
        self._by_key: dict[str, list[Other]] = {}
        for standing in register:
            if not standing.text(WITHDRAWN):
                serial = standing.text("serial_raw")
                mine = identity(comparison_key(serial), standing.fields)
                self.add(Other(standing.text("register_no"), 0, mine), look_alike_key(serial))

    def add(self, other: Other, look_alike: str) -> None:
        """One more, which the rows below are compared with."""
        self._by_key.setdefault(look_alike, []).append(other)

    def beside(self, mine: Identity, look_alike: str, itself: str) -> tuple[Other | None, list[Other]]:
        """Which other weapon is the same, and which have the same serial or one like it.

        `itself` is the number of the weapon in the register, which does not count. Where there is no serial, nothing
        is like it.
        """
        known = self._by_key.get(look_alike)
        if known is None or not mine[0]:
            return None, []
        others = [other for other in known if not itself or other.number != itself]
        twin = next((other for other in others if other.identity == mine), None)
        return twin, [other for other in others if other.identity != mine]
