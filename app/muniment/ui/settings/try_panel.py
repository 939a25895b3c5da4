"""The panel that tries a scanner on its port before it is used: scan anything, and see it."""

from __future__ import annotations

from muniment.ports.devices.notices import (
    CodeGarbled,
    CodeRead,
    DeviceLost,
    DeviceReady,
    GarbledBecause,
    LostBecause,
    Notice,
)
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.chip import Chip
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.plate import Plate
from muniment.ui.kit.tokens import State
from muniment.ui.shell.panel import Panel
from muniment.ui.speech import iso, tr


class TryPanel(Panel):
    """Shows what a scanner on a port says while it is tried. Nothing that is read here goes anywhere else."""

    def __init__(self, port: str) -> None:
        self.use = Button(tr("Use this scanner"), "F10", Weight.PRIMARY, "check")
        self.leave = Button(tr("Do not use it"), "Esc")
        self.state = Chip(State.UNVERIFIED, tr("Opening the port"))
        self.says = Label(tr("Wait a moment."), 15, 500, wrap=True)
        self.code = Plate("", 26)
        self.code.hide()
        body = holder(column(row(self.state, STRETCH), self.says, row(self.code, STRETCH), gap=12))
        super().__init__(
            tr("Try the scanner on {port}").format(port=iso(port)), body, (self.use, self.leave), width=620
        )
        self.leave.clicked.connect(self.close_panel)
        self.use.forbid(tr("Scan a code first"))

    def hear(self, notice: Notice) -> None:
        """Show what the scanner said."""
        if isinstance(notice, CodeRead):
            self.state.show_state(State.ACCEPTED, tr("It reads"))
            self.says.setText(tr("Compare this with the label. It went nowhere else."))
            self.code.show_serial(notice.text[:32])
            self.code.show()
            self.use.allow()
        elif isinstance(notice, DeviceReady):
            self.state.show_state(State.HELD, tr("The port is open"))
            self.says.setText(tr("Hold any code before the scanner."))
        elif isinstance(notice, CodeGarbled):
            self.state.show_state(State.OVERDUE, tr("A read was thrown away"))
            many = notice.because is GarbledBecause.TOO_MANY
            noise = tr("More comes than anybody can scan. Check the cable, and the speed that the scanner is set to.")
            self.says.setText(
                noise if many else tr("Set the scanner to end each code with Enter (CR), and scan again.")
            )
        elif isinstance(notice, DeviceLost):
            self.state.show_state(State.REFUSED, tr("Nothing can be read there"))
            self.says.setText(_why(notice.because))


def _why(because: LostBecause) -> str:
    words = {
        LostBecause.NOT_FOUND: tr("There is no such port. Plug the scanner in; it is tried again by itself."),
        LostBecause.IN_USE: tr("Another program uses the port. Close it; the port is tried again by itself."),
        LostBecause.NOT_ALLOWED: tr("This user may not open the port. Ask who looks after this machine."),
    }
    return words.get(because, tr("The port does not answer. It is tried again by itself."))
