"""Which weapon of the register a row speaks of: by its number, or, where it has none and it is asked for, by serial."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from muniment.domain.basics.identity import Kind, kind_of
from muniment.domain.custody.facts import Fields
from muniment.domain.custody.importing import BOOK, BOOK_NO
from muniment.domain.custody.list_rules import meant_by_serial
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.serial import comparison_key
from muniment.ports.work import Work


class Row(Protocol):
    """What is asked of a row: its number in the list, its comparison key, what it says of the weapon."""

    @property
    def number(self) -> str: ...  # noqa: D102
    @property
    def serial_key(self) -> str: ...  # noqa: D102
    @property
    def fields(self) -> Fields: ...  # noqa: D102


class KnownWeapons:
    """The weapons of the register that the rows of a list speak of.

    `alike` are those with a serial that looks like one of the list's. `by_serial` says whether a row without a number
    describes the weapon with its serial anew.
    """

    def __init__(
        self, work: Work, list_name: str, numbers: Collection[str], alike: Collection[Standing], *, by_serial: bool
    ) -> None:
        self._numbered = _numbered(work, list_name, numbers)
        self._by_serial: dict[str, list[Standing]] = {}
        for standing in alike if by_serial else ():
            if kind_of(standing.subject) is Kind.WEAPON and not standing.text(WITHDRAWN):
                self._by_serial.setdefault(comparison_key(standing.text("serial_raw")), []).append(standing)

    def meant(self, row: Row) -> Standing | None:
        """The weapon that a row describes anew; nothing where it is a new one.

        Raises:
            Refusal: the serial does not say which of several it is.

        """
        if row.number:
            return self._numbered.get(row.number)
        return meant_by_serial(row.serial_key, row.fields, self._by_serial.get(row.serial_key, ()))


def _numbered(work: Work, list_name: str, numbers: Collection[str]) -> Mapping[str, Standing]:
    """The weapons of the register that rows name by number: our own, or that of the same book."""
    found: dict[str, Standing] = {}
    for standing in work.booked(numbers):
        if standing.text(BOOK) == list_name and not standing.text(WITHDRAWN):
            found[standing.text(BOOK_NO)] = standing
    for number in numbers:
        own = work.numbered(number) if number.startswith("W-") else None
        if own is not None and kind_of(own.subject) is Kind.WEAPON and not own.text(WITHDRAWN):
            found[number] = own
    return found
