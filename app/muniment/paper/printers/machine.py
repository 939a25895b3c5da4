"""The printers of this machine: through its print system where that can be asked, through Qt where it cannot."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from muniment.paper.printers.ipp import NoAnswer, NotDone
from muniment.paper.printers.spooler import Spooler
from muniment.paper.sheet import Sheet
from muniment.paper.sheets import Sheets
from muniment.ports.paper import Cause, Condition, End, Outcome, Printer, PrinterFault, Ticket

_log = logging.getLogger(__name__)

_BROKEN = (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)


class MachinePrinter:
    """One printer of a print system that can be asked.

    Sheets are handed over as the same PDF that is looked at. The job's name is used once only, so that what became of
    it can be asked at any time, by another run of the program too.
    """

    def __init__(self, name: str, spooler: Spooler) -> None:
        self._name, self._spooler = name, spooler

    @property
    def name(self) -> str:
        """What the print system calls it."""
        return self._name

    def condition(self) -> Condition:
        """How it stands."""
        return self._spooler.condition(self._name)

    def hand_over(self, sheets: Sheets, ticket: Ticket) -> None:
        """Send all pages; coming back without an answer leaves it to `outcome` to find out."""
        stands = self.condition()
        if stands.cause is not None and (stands.stopped or stands.cause in (Cause.GONE, Cause.STOPPED)):
            raise PrinterFault(stands.cause, stands.detail)
        try:
            with tempfile.TemporaryDirectory(prefix="muniment-") as folder:
                file = Path(folder) / "sheets.pdf"
                sheets.write_pdf(file, (ticket.right_mm, ticket.down_mm))
                content = file.read_bytes()
        except OSError as error:  # nothing was sent yet, so nothing can come out
            raise PrinterFault(Cause.NOT_WRITTEN, error.strerror or "") from error
        try:
            self._spooler.print(self._name, ticket.name, ticket.copies, _media(sheets.sheet), content)
        except NotDone as refused:
            raise PrinterFault(Cause.GIVEN_UP, str(refused)) from refused
        except NoAnswer as silence:
            # It may have been taken all the same, so this is not a failure: who asks for the outcome will hear.
            _log.warning("%s did not say whether it took the job: %s", self._name, silence)

    def outcome(self, ticket: Ticket) -> Outcome:
        """What the print system says of the job."""
        return self._spooler.outcome(self._name, ticket.name)

    def withdraw(self, ticket: Ticket) -> bool:
        """Cancel the job."""
        return self._spooler.withdraw(self._name, ticket.name)


class SilentPrinter:
    """One printer of a print system that tells nobody what becomes of a job: Qt hands over, a person looks at the tray.

    Qt holds up the whole program until the system has answered it.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        """What the print system calls it."""
        return self._name

    def condition(self) -> Condition:
        """How it stands, as far as Qt knows."""
        info = QPrinterInfo.printerInfo(self._name)
        if info.isNull():
            return Condition(Cause.GONE)
        return Condition(Cause.STOPPED, stopped=True) if info.state() in _BROKEN else Condition()

    def hand_over(self, sheets: Sheets, ticket: Ticket) -> None:
        """Paint all pages; the print system has them when the painter is done."""
        stands = self.condition()
        if stands.cause is not None:
            raise PrinterFault(stands.cause)
        printer = QPrinter(QPrinterInfo.printerInfo(self._name), QPrinter.PrinterMode.HighResolution)
        printer.setDocName(ticket.name)
        printer.setCreator("Muniment")
        printer.setCopyCount(ticket.copies)
        paper = sheets.sheet
        size = QPageSize(QSizeF(paper.width_mm, paper.height_mm), QPageSize.Unit.Millimeter, paper.name)
        printer.setFullPage(True)
        printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        sheets.print_on(printer, printer.resolution(), (ticket.right_mm, ticket.down_mm))
        if printer.printerState() in _BROKEN:
            raise PrinterFault(Cause.GIVEN_UP)

    def outcome(self, ticket: Ticket) -> Outcome:
        """Nobody tells."""
        return Outcome(End.UNKNOWN, Cause.NOT_TOLD)

    def withdraw(self, ticket: Ticket) -> bool:
        """Nothing is certain."""
        return False


def _media(paper: Sheet) -> str:
    """A size of paper as print systems name it.

    Source: PWG 5101.1, section 5 (self-describing names of media sizes).
    """
    known = {"A4": "iso_a4_210x297mm", "Letter": "na_letter_8.5x11in", "labels": "iso_a4_210x297mm"}
    return known.get(paper.name, f"custom_{paper.name.lower()}_{paper.width_mm:g}x{paper.height_mm:g}mm")


class MachinePrinters:
    """Some printers that are always there, the first of them the PDF folder, then those of the machine."""

    def __init__(self, always: Sequence[Printer[Sheets]], spooler: Spooler | None) -> None:
        self._always, self._spooler = {printer.name: printer for printer in always}, spooler

    @property
    def folder(self) -> str:
        """The printer that writes files."""
        return next(iter(self._always))

    def names(self) -> Sequence[str]:
        """The machine's printers, its default first, then those that are always there."""
        if self._spooler is None:
            default = QPrinterInfo.defaultPrinterName()
            real = sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name))
        else:
            try:
                real = self._spooler.printers()
            except NoAnswer:
                real = []
        return [*real, *self._always]

    def named(self, name: str) -> Printer[Sheets] | None:
        """A printer; one of the machine is made even when it cannot be seen now, and then says so itself."""
        if name in self._always:
            return self._always[name]
        if not name:
            return None
        return MachinePrinter(name, self._spooler) if self._spooler is not None else SilentPrinter(name)
