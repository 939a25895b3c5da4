"""The serial ports of this machine."""

from __future__ import annotations

from serial.tools import list_ports  # type: ignore[import-untyped]


def ports() -> tuple[tuple[str, str], ...]:
    """Each port that something is plugged in at: its name, and what the system says it is."""
    found = ((str(one.device), _said(one.description), one.vid is not None) for one in list_ports.comports())
    # Ports without a device behind them come last: most machines have some that nothing was ever plugged into.
    return tuple((name, said) for name, said, _ in sorted(found, key=lambda one: (not one[2], one[0])))


def _said(description: str | None) -> str:
    return "" if description in (None, "n/a") else str(description)
