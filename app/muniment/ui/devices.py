"""What is plugged in at a workstation, as a window is handed it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from muniment.ports.devices.keys import KeySieve
from muniment.ports.devices.scanner import Scanner
from muniment.ports.devices.stage import ScannerStage
from muniment.training.demonstration import Thing


@dataclass(frozen=True, slots=True)
class Devices:
    """What is plugged in: scanners, the sieve for one that types like a keyboard, and what plays a pretended one.

    `things` can be held before the pretended scanner.
    """

    scanners: Sequence[Scanner] = ()
    sieve: KeySieve | None = None
    stage: ScannerStage | None = None
    things: Sequence[Thing] = ()
