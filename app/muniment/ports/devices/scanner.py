"""Readers of printed codes."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from muniment.ports.devices.notices import Notice

Listen = Callable[[Notice], None]


class DeviceState(StrEnum):
    """Where a device stands."""

    CLOSED = "closed"
    CONNECTING = "connecting"
    READY = "ready"
    LOST = "lost"


class Scanner(Protocol):
    """A reader of bar codes and 2D codes that reports by itself whenever it is shown one.

    Notices come on a thread of the driver's own, one at a time and in the order of reading; `listen` must be
    quick. What `listen` raises goes to `threading.excepthook`, and reading goes on.

    `DeviceReady` comes before the first code and after each outage. An outage, and a device absent from the
    start, is said once with `DeviceLost`; the driver then keeps trying by itself, first after half a second,
    then at growing intervals up to 30 s, each varied at random so that many devices do not try in step. Half a
    code cut off by an outage is thrown away and never joined to what comes after.
    """

    @property
    def device(self) -> str:
        """The name the depot gave the device; each notice bears it."""

    @property
    def state(self) -> DeviceState:
        """Where the device stands now. It may have changed when you read the answer."""

    def open(self, listen: Listen) -> None:
        """Start reading and return at once, whether or not the device is there.

        Raises:
            DeviceBusy: it is open already.

        """

    def close(self) -> None:
        """Stop reading and let go of the port, within 2 s. Closing twice is the same as once.

        No notice is delivered once this has returned, except the one `listen` may be busy with if it
        closes the scanner itself or does not return in time. The scanner may be opened again.
        """
