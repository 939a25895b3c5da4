"""The printers of this machine, through Qt; what becomes of a job is asked of the print system itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from muniment.paper.printers.ipp import NoAnswer
from muniment.paper.printers.spooler import Spooler
from muniment.paper.sheets import Sheets
from muniment.ports.paper import Cause, Condition, End, Outcome, Printer, PrinterFault, Ticket

_BROKEN = (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)


class MachinePrinter:
    """One printer of this machine.

    Qt hands sheets over but does not learn what becomes of them. Where a spooler can be asked, it knows the job by its
    name, which is used once only; where none can, the outcome of everything is unknown and a person looks at the tray.
    """

    def __init__(self, name: str, spooler: Spooler | None) -> None:
        self._name, self._spooler = name, spooler

    @property
    def name(self) -> str:
        """What the print system calls it."""
        return self._name

    def condition(self) -> Condition:
        """How it stands, by the spooler where there is one."""
        if self._spooler is not None:
            return self._spooler.condition(self._name)
        info = QPrinterInfo.printerInfo(self._name)
        if info.isNull():
            return Condition(Cause.GONE)
        return Condition(Cause.STOPPED) if info.state() in _BROKEN else Condition()

    def hand_over(self, sheets: Sheets, ticket: Ticket) -> None:
        """Paint all pages; the print system has them when the painter is done."""
        stands = self.condition()
        if stands.cause is not None and (stands.stopped or stands.cause in (Cause.GONE, Cause.STOPPED)):
            raise PrinterFault(stands.cause, stands.detail)
        info = QPrinterInfo.printerInfo(self._name)
        if info.isNull():
            raise PrinterFault(Cause.GONE)
        printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
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
        """What the spooler says of the job."""
        if self._spooler is None:
            return Outcome(End.UNKNOWN, Cause.NOT_TOLD)
        return self._spooler.outcome(self._name, ticket.name)

    def withdraw(self, ticket: Ticket) -> bool:
        """Cancel the job, where the spooler can be asked to."""
        return self._spooler is not None and self._spooler.withdraw(self._name, ticket.name)


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
        try:
            real = self._spooler.printers() if self._spooler else list(QPrinterInfo.availablePrinterNames())
        except NoAnswer:
            real = []
        default = QPrinterInfo.defaultPrinterName() if real else ""
        return [*sorted(real, key=lambda name: (name != default, name)), *self._always]

    def named(self, name: str) -> Printer[Sheets] | None:
        """A printer; one of the machine is made even when it cannot be seen now, and then says so itself."""
        if name in self._always:
            return self._always[name]
        return MachinePrinter(name, self._spooler) if name else None
