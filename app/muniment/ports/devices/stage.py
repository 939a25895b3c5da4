"""What a pretended device offers to a scenario."""

from __future__ import annotations

from typing import Protocol


class ScannerStage(Protocol):
    """A counter at which codes are held before a pretended scanner.

    What is done here shows through the device's notices only, as with the real thing.
    """

    def present(self, code: bytes | str) -> None:
        """Show the scanner one code, as it would send it: symbology identifier first if it sends those.

        A scanner that is closed or unplugged sees nothing.
        """

    def unplug(self) -> None:
        """Pull the cord. Doing so twice is the same as once."""

    def replug(self) -> None:
        """Plug the cord in again; the driver finds the device by itself."""
