"""What every printer of this house takes: pages that can be shown, printed and written as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QImage, QPagedPaintDevice

from muniment.paper.sheet import Sheet


class Sheets(Protocol):
    """One form, divided into pages."""

    @property
    def sheet(self) -> Sheet:
        """The paper it is for."""

    @property
    def pages(self) -> int:
        """How many pages there are."""

    def picture(self, page: int, dots_per_inch: int = 110) -> QImage:
        """One page, counted from 1, as it will be printed."""

    def print_on(self, device: QPagedPaintDevice, resolution: int, shift_mm: tuple[float, float] = (0.0, 0.0)) -> None:
        """Print on a device of Qt of so many dots per inch and without margins of its own, moved right and down.

        Raises:
            PaperFault: the device does not accept the work.

        """

    def write_pdf(self, path: Path, shift_mm: tuple[float, float] = (0.0, 0.0)) -> None:
        """Make a PDF, complete or not at all, everything moved right and down.

        Raises:
            PaperFault: the file cannot be written.

        """
