"""The weapons that a row of a list is compared with: those of the register, and those of the rows above."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from muniment.domain.basics.identity import Kind
from muniment.domain.custody.importing import Identity, identity
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.serial import comparison_key, look_alike_key, with_other_zeros, zeros_aside
from muniment.ports.work import Work

_SERIALLED = (Kind.WEAPON, Kind.COMPONENT)


class Other(msgspec.Struct, frozen=True, gc=False):
    """A weapon to compare with: its number in the register, or its row; what makes it the same."""

    number: str
    row: int
    identity: Identity

    @property
    def serial_key(self) -> str:
        """Its comparison key."""
        return self.identity[0]


def with_serials_like(work: Work, look_alike_keys: Collection[str]) -> list[Standing]:
    """What the register has that one of many serials could be mistaken for, leading zeros lost or filled up included.

    Others may be among them: a register with less in it than the list has rows is read whole.
    """
    in_register = sum(work.next_number(kind) - 1 for kind in _SERIALLED)
    if in_register < len(look_alike_keys):
        return [standing for kind in _SERIALLED for standing in work.every(kind)]
    return work.looking_alike_any({key for one in look_alike_keys for key in with_other_zeros(one)})


class Others:
    """Weapons by look-alike key, leading zeros aside."""

    def __init__(self, register: Iterable[Standing]) -> None:
        self._by_key: dict[str, list[Other]] = {}
        for standing in register:
            if not standing.text(WITHDRAWN):
                serial = standing.text("serial_raw")
                mine = identity(comparison_key(serial), standing.fields)
                self.add(Other(standing.text("register_no"), 0, mine), look_alike_key(serial))

    def add(self, other: Other, look_alike: str) -> None:
        """One more, which the rows below are compared with."""
        self._by_key.setdefault(zeros_aside(look_alike), []).append(other)

    def beside(self, mine: Identity, look_alike: str, itself: str) -> tuple[Other | None, list[Other]]:
        """Which other weapon is the same, and which have the same serial or one like it.

        `itself` is the number of the weapon in the register, which does not count. Where there is no serial, nothing
        is like it.
        """
        known = self._by_key.get(zeros_aside(look_alike))
        if known is None or not mine[0]:
            return None, []
        others = [other for other in known if not itself or other.number != itself]
        twin = next((other for other in others if other.identity == mine), None)
        return twin, [other for other in others if other.identity != mine]
