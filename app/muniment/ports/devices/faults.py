"""What keeps a device from doing what it was asked: the world is not ready."""

from __future__ import annotations


class DeviceFault(Exception):  # noqa: N818 - the house speaks of faults and refusals
    """A device could not do what it was asked.

    `device` is the name the depot gave it; `detail` is for the log. Nothing was changed by the failed
    request unless the verb that raised it says otherwise.
    """

    def __init__(self, device: str, detail: str = "") -> None:
        super().__init__(f"{device}: {detail}" if detail else device)
        self.device = device
        self.detail = detail


class DeviceOffline(DeviceFault):
    """The device does not answer."""


class DeviceBusy(DeviceFault):
    """The device, or the port it hangs on, is in use already."""


class GarbledReply(DeviceFault):
    """The device answered with something that is not an answer."""


class DeviceRefused(DeviceFault):
    """The device understood the request and declined."""
