"""What the devices last said, whether the ledger has been verified, and the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtWidgets import QFrame, QWidget

from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import holder, row
from muniment.ui.kit.overflow import Overflow
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part, State
from muniment.ui.speech import iso, tr


class DeviceState(Enum):
    """How a device stands: its icon and the state whose colour it borrows."""

    ANSWERS = ("circle-check", State.IN_STORE)
    STALE = ("clock-pause", State.OVERDUE)
    LOST = ("plug-connected-x", State.ALARM)
    SIMULATED = ("flask", State.SIMULATED)


_FIRST = (DeviceState.LOST, DeviceState.STALE, DeviceState.SIMULATED, DeviceState.ANSWERS)


@dataclass(frozen=True, slots=True)
class Device:
    """A device and what is known: `said` is the age of its last answer, never a "present" from memory."""

    name: str
    state: DeviceState
    said: str


def _device(device: Device) -> QWidget:
    glyph, state = device.state.value
    chip = holder(
        row(
            Glyph(glyph, 16, state),
            Label(device.name, 13, 600),
            Label(device.said, 13, 400, Ink.QUIET),
            gap=6,
        )
    )
    chip.setAccessibleName(f"{device.name}, {device.said}")
    return chip


class StatusBar(QFrame):
    """The last line of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "bar")
        self.setAccessibleName(tr("Devices and ledger"))
        self._devices = Overflow(gap=16)
        self._mark = Glyph("shield-check", 16, State.IN_STORE)
        self._ledger = Label("", 13, 400, Ink.QUIET)
        self._clock = Label("", 13, 600)
        self._mark.hide()
        self.setLayout(
            row((self._devices, 1), self._mark, self._ledger, 10, self._clock, gap=6, margins=(16, 0, 16, 0))
        )
        self.dress()

    def show_devices(self, devices: Sequence[Device]) -> None:
        """Show what the devices last said, those first that need somebody: a narrow line leaves out the last."""
        self._devices.put([_device(device) for device in sorted(devices, key=lambda one: _FIRST.index(one.state))])

    def show_ledger(self, words: str, *, sound: bool = True) -> None:
        """Say how the ledger stands; `sound` is false when something about it is overdue or failed."""
        self._mark.change("shield-check" if sound else "alert-triangle", State.IN_STORE if sound else State.ALARM)
        self._mark.show()
        self._ledger.tell(words, Ink.QUIET if sound else State.ALARM)

    def show_clock(self, words: str) -> None:
        """Show date and time, written year first."""
        self._clock.setText(iso(words))

    def dress(self) -> None:
        """Take the height from the theme."""
        self.setFixedHeight(theme().height(Part.DEVICE))
