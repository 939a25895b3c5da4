"""From a document to paper: a PDF file, a page on the screen, a printer. All three go through the same pages."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage, QPagedPaintDevice, QPainter

from muniment.domain.basics.isolate import bare
from muniment.paper.faces import load
from muniment.paper.pages import Pages
from muniment.paper.pdf import Imprint, begun, blank, write_pdf
from muniment.paper.sheet import A4, Sheet
from muniment.paper.walk import Commission, Read
from muniment.reports.document import Document


def application() -> QGuiApplication:
    """The running Qt application, or a new one without a screen for faces that have no window.

    The caller keeps the answer for as long as it prints.
    """
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication([])


class Job:
    """One document on one size of paper. Counting its pages is the first thing it does.

    Raises:
        RowsChanged: while drawing, when a table's rows are not those that were counted.

    """

    def __init__(self, document: Document, read: Read, sheet: Sheet = A4) -> None:
        load()
        self.document = document
        self.sheet = sheet
        self._title = bare(read(document.title))
        self._pages = Pages(Commission(document, sheet, read))

    @property
    def pages(self) -> int:
        """How many pages the document has."""
        return self._pages.count

    def picture(self, page: int, dots_per_inch: int = 110) -> QImage:
        """One page, counted from 1, as it will be printed."""
        image = blank(self.sheet, dots_per_inch)
        painter = begun(image, dots_per_inch)
        try:
            self._pages.draw(lambda number: painter if number == page else None)
        finally:
            painter.end()
        return image

    def print_on(self, device: QPagedPaintDevice, resolution: int, shift_mm: tuple[float, float] = (0.0, 0.0)) -> None:
        """Print on a device of Qt, such as a `QPrinter`, of so many dots per inch and without margins of its own.

        Raises:
            PaperFault: the printer does not accept the work.

        """
        painter = begun(device, resolution, shift_mm)
        try:
            self._draw_on(device, painter)
        finally:
            painter.end()

    def write_pdf(self, path: Path, shift_mm: tuple[float, float] = (0.0, 0.0)) -> None:
        """Make a PDF. It gets its name only when it is complete; an older file of that name is replaced.

        Within one run of the program the same document gives the same bytes: the file carries the document's time.
        Another run may order the fonts inside otherwise, unless QT_HASH_SEED=0 is set for both.

        Raises:
            PaperFault: the file cannot be written.

        """
        imprint = Imprint(self._title, self.document.number, self.document.printed_at)
        write_pdf(path, self.sheet, imprint, self._draw_on, shift_mm)

    def _draw_on(self, device: QPagedPaintDevice, painter: QPainter) -> None:
        def begin(page: int) -> QPainter:
            if page > 1:
                device.newPage()
            return painter

        self._pages.draw(begin)
