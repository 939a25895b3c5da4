"""Drawing labels where the sheet has them, to a tenth of a millimetre."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPagedPaintDevice, QPainter

from muniment.desk.opening import Realm
from muniment.domain.basics.isolate import bare
from muniment.domain.basics.text import Text, say
from muniment.paper.faces import Face, load, style
from muniment.paper.frame import TRAINING
from muniment.paper.lettering import LTR, RTL, At, Run, break_lines, draw_lines, own_direction
from muniment.paper.pdf import Imprint, begun, blank, write_pdf
from muniment.paper.sheet import Sheet, mm, pt
from muniment.paper.symbols import bar_mm, draw_symbol, fitting
from muniment.paper.walk import BLACK, Read
from muniment.reports.document import Code, Symbology, runs_right_to_left
from muniment.reports.labels import Label, LabelSheets

_INSET_MM = 2.0


class LabelJob:
    """Sheets of labels, ready to print. `printed_at` is what a file says of itself."""

    def __init__(self, sheets: LabelSheets, read: Read, printed_at: datetime) -> None:
        load()
        self._sheets = sheets
        self._labels = tuple(sheets.labels)
        self._read = read
        self._printed_at = printed_at
        self._direction = RTL if runs_right_to_left(sheets.language) else LTR
        stock = sheets.stock
        self.sheet = Sheet("labels", stock.sheet_width_mm, stock.sheet_height_mm, 0)

    @property
    def pages(self) -> int:
        """How many sheets of paper the labels take."""
        last = self._sheets.first + max(len(self._labels), 1) - 1
        return self._sheets.stock.place(last).page + 1

    def picture(self, page: int, dots_per_inch: int = 110) -> QImage:
        """One sheet, counted from 1, as it will be printed."""
        image = blank(self.sheet, dots_per_inch)
        painter = begun(image, dots_per_inch)
        try:
            for number, label in enumerate(self._labels, self._sheets.first):
                if self._sheets.stock.place(number).page == page - 1:
                    self._put(painter, number, label)
        finally:
            painter.end()
        return image

    def print_on(self, device: QPagedPaintDevice, resolution: int, shift_mm: tuple[float, float] = (0.0, 0.0)) -> None:
        """Print on a device of Qt of so many dots per inch, without margins of its own and without scaling.

        Raises:
            PaperFault: the printer does not accept the work.

        """
        painter = begun(device, resolution, shift_mm)
        try:
            self._draw_on(device, painter)
        finally:
            painter.end()

    def write_pdf(self, path: Path, shift_mm: tuple[float, float] = (0.0, 0.0)) -> None:
        """Make a PDF, complete or not at all.

        Raises:
            PaperFault: the file cannot be written.

        """
        imprint = Imprint(bare(self._read(say("Labels"))), "", self._printed_at)
        write_pdf(path, self.sheet, imprint, self._draw_on, shift_mm)

    def _draw_on(self, device: QPagedPaintDevice, painter: QPainter) -> None:
        page = 0
        for number, label in enumerate(self._labels, self._sheets.first):
            if self._sheets.stock.place(number).page != page:
                page += 1
                device.newPage()
            self._put(painter, number, label)

    def _put(self, painter: QPainter, number: int, label: Label) -> None:
        stock = self._sheets.stock
        place = stock.place(number)
        right, down = self._sheets.shift_mm
        left, top = place.left_mm + right + _INSET_MM, place.top_mm + down + _INSET_MM
        width, height = stock.width_mm - 2 * _INSET_MM, stock.height_mm - 2 * _INSET_MM
        box = QRectF(mm(left), mm(top), mm(width), mm(height))
        painter.save()
        painter.setClipRect(QRectF(box.adjusted(-1, -1, 1, 1)))
        painter.setPen(BLACK)
        made = fitting(label.code, self._sheets.symbology, width)
        if made.symbology is Symbology.CODE128:
            self._linear(painter, box, width, height, label)
        else:
            self._square(painter, box, width, height, label)
        painter.restore()

    def _texts(self, label: Label, points: float) -> list[Run]:
        runs: list[Run] = []
        if self._sheets.realm is not Realm.LIVE:
            runs.append(Run(self._read(TRAINING), style(Face.STRONG, points), self._direction))
        for line in label.lines[:2]:
            if isinstance(line, Text):
                runs.append(Run(self._read(line), style(Face.PLAIN, points), self._direction))
            elif isinstance(line, Code):
                runs.append(Run(bare(line.value), style(Face.CODE, points), LTR, code=True))
            else:
                text = bare(line.value)
                runs.append(Run(text, style(Face.PLAIN, points), own_direction(text, self._direction)))
        return runs

    def _linear(self, painter: QPainter, box: QRectF, width: float, height: float, label: Label) -> None:
        points = 9 if height > 28 else 7
        code = Run(bare(label.code), style(Face.CODE_STRONG, points + 1), LTR, code=True)
        y = box.top()
        for run in self._texts(label, points):
            draw_lines(painter, run, break_lines(run, box.width(), 1), box.left(), box.width(), y, At.MIDDLE, LTR)
            y += run.style.line
        made = fitting(label.code, Symbology.CODE128, width)
        module = bar_mm(made, width)
        tall = (box.bottom() - y - code.style.line - pt(2)) / mm(1)
        side = mm(made.across * module)
        draw_symbol(painter, made, box.left() + (box.width() - side) / 2, y + pt(1), module, tall)
        y = box.bottom() - code.style.line
        draw_lines(painter, code, break_lines(code, box.width(), 1), box.left(), box.width(), y, At.MIDDLE, LTR)

    def _square(self, painter: QPainter, box: QRectF, width: float, height: float, label: Label) -> None:
        points = 9 if height > 28 else 7
        made = fitting(label.code, self._sheets.symbology, width)
        room = min(height, width * 0.45)
        module = bar_mm(made, room, 1.0)
        side = mm(made.across * module)
        turned = self._direction is RTL
        at = box.right() - side if turned else box.left()
        draw_symbol(painter, made, at, box.top() + (box.height() - side) / 2, module, 0)
        wide = box.width() - side - mm(1.5)
        left = box.left() if turned else box.left() + side + mm(1.5)
        runs = [Run(bare(label.code), style(Face.CODE_STRONG, points + 1), LTR, code=True)]
        runs += self._texts(label, points)
        y = box.top() + mm(1)
        for run in runs:
            free = int((box.bottom() - y) // run.style.line)
            if free < 1:
                break
            lines = break_lines(run, wide, min(2, free))
            draw_lines(painter, run, lines, left, wide, y, At.START, self._direction)
            y += len(lines) * run.style.line
