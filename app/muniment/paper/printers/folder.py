"""A printer that writes PDF files into a folder: always there, and where everything goes that no printer takes."""

from __future__ import annotations

from pathlib import Path

from muniment.paper.sheets import Sheets
from muniment.ports.paper import Cause, Condition, End, Outcome, PrinterFault, Ticket

PDF_FOLDER = "PDF"
"""Its name, the same on every machine."""


class FolderPrinter:
    """Writes each form whole or not at all. An older file of the same form is replaced; copies make no second file."""

    def __init__(self, folder: Path, name: str = PDF_FOLDER) -> None:
        self._folder, self._name = folder, name
        self._written: dict[str, Path] = {}

    @property
    def name(self) -> str:
        """What it is called."""
        return self._name

    def condition(self) -> Condition:
        """Ready while the folder is there or can be made."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return Condition(Cause.NOT_WRITTEN, error.strerror or "")
        return Condition()

    def hand_over(self, sheets: Sheets, ticket: Ticket) -> None:
        """Write the file."""
        stands = self.condition()
        if stands.cause is not None:
            raise PrinterFault(stands.cause, stands.detail)
        path = self._folder / f"{_plain(ticket.file)}.pdf"
        sheets.write_pdf(path)
        self._written[ticket.name] = path

    def outcome(self, ticket: Ticket) -> Outcome:
        """Where the file lies. Another run does not know which attempt wrote the file that is there."""
        path = self._written.get(ticket.name)
        return Outcome(End.PRINTED, detail=str(path)) if path is not None else Outcome(End.UNKNOWN, Cause.NOT_TOLD)

    def withdraw(self, ticket: Ticket) -> bool:
        """Answer whether nothing more is written: nothing ever is, once `hand_over` has come back."""
        return True


def _plain(name: str) -> str:
    """A name for a file that every file system takes."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
