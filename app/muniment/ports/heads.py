"""What this workstation remembers of a ledger: a witness that does not lie in the ledger's own file."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class WentBack(NamedTuple):
    """That a workstation let go of a state of `lost` facts, and began anew with one of `begun`."""

    lost: int
    begun: int


class Heads(Protocol):
    """Remembers the newest signed checkpoint of each log."""

    def newest(self, log: str) -> str:
        """The newest checkpoint, as a signed note; empty where none is known or none can be read."""

    def remember(self, log: str, note: str) -> None:
        """Remember a newer one. What cannot be kept is let go: a witness must not hold up the hatch."""

    def go_back(self, log: str, note: str) -> None:
        """Remember an older one in place of what was lost, after two persons have declared that."""

    def went_back(self, log: str) -> tuple[WentBack, ...]:
        """Each time that it did."""
