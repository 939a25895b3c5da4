"""A form on the screen before it is paper: page by page, in the width of the window or as large as it will be."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from muniment.paper.faces import load
from muniment.paper.sheets import Sheets
from muniment.ui.bridge import Bridge
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Empty
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.theme import theme
from muniment.ui.speech import iso, tr

_MARGIN = 10
_BAR = 16
_LIKELY_DPI = (60.0, 400.0)
MM_PER_INCH = 25.4


class _Paper(QWidget):
    """One page, with its edge."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        self.setAccessibleName(tr("Page as it will be printed"))

    @property
    def picture(self) -> QImage:
        """The page."""
        return self._picture

    def put(self, picture: QImage) -> None:
        """Show a page."""
        self._picture = picture
        self.setFixedSize(picture.size() + QSize(2 * _MARGIN, 2 * _MARGIN))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the page with its edge; at night unlit paper with lit letters."""
        painter, now = QPainter(self), theme()
        shown = self._picture
        if now.night:
            shown = shown.copy()
            shown.invertPixels()
            hue = QPainter(shown)
            hue.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            hue.fillRect(shown.rect(), QColor(now.palette.text))
            hue.end()
        painter.drawImage(_MARGIN, _MARGIN, shown)
        painter.setPen(QPen(QColor(now.palette.edge), 1))
        painter.drawRect(_MARGIN - 1, _MARGIN - 1, shown.width() + 1, shown.height() + 1)


class Preview(QWidget):
    """Shows one page of a form. Pages are drawn on a thread of their own, so that neither window nor desk waits."""

    def __init__(self) -> None:
        super().__init__()
        load()
        self._drawing = Bridge(self)
        self._sheets: Sheets | None = None
        self._page, self._true, self._wanted = 1, False, 0
        self.paper = _Paper()
        self.ground = QScrollArea()
        self.ground.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.ground.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ground.setAccessibleName(tr("Preview"))
        self.ground.setWidget(self.paper)
        self.ground.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.empty = Empty(tr("Nothing to show yet."), tr("Choose a form on the left."))
        self._rooms = QStackedWidget()
        self._rooms.addWidget(self.ground)
        self._rooms.addWidget(holder(row((self.empty, 1), margins=(16, 16, 16, 16))))
        self._rooms.setCurrentIndex(1)
        self.before = Button(tr("Back"), "PgUp")
        self.after = Button(tr("Next"), "PgDown")
        self.scale = Button(tr("True size"), "F7")
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.scale.clicked.connect(self.change_scale)
        self.where = Label("", 14, 600)
        self.size_words = Label("", 13, 400, Ink.QUIET, elide=True)
        self.setLayout(
            column(
                (self._rooms, 1),
                row(self.before, self.where, self.after, STRETCH, self.size_words, self.scale, gap=10),
                gap=8,
            )
        )
        self._tell()

    @property
    def page(self) -> int:
        """The page shown, counted from 1."""
        return self._page

    def show_sheets(self, sheets: Sheets | None, why: str = "", act: str = "") -> None:
        """Show a form from its first page, or why there is none."""
        if sheets is not self._sheets:
            self._page = 1
        self._sheets = sheets
        if sheets is None:
            self.empty.tell(why or tr("Nothing to show yet."), act or tr("Choose a form on the left."))
            self._rooms.setCurrentIndex(1)
        self._draw()

    def turn(self, by: int) -> None:
        """Turn pages."""
        if self._sheets is not None and 1 <= self._page + by <= self._sheets.pages:
            self._page += by
            self.ground.verticalScrollBar().setValue(0)
            self._draw()

    def change_scale(self) -> None:
        """From the width of the window to true size and back."""
        self._true = not self._true
        self._draw()

    def stop(self) -> None:
        """Draw nothing more."""
        self._drawing.stop()

    def dots_per_inch(self) -> float:
        """How many dots the screen has to an inch of the page as it is shown now."""
        if self._true:
            return true_dots_per_inch(self)
        wide_mm = self._sheets.sheet.width_mm if self._sheets is not None else 210.0
        bar = theme().touch if theme().gloved else theme().px(_BAR)
        room = self._rooms.width() - 2 * _MARGIN - bar
        return max(30.0, room * MM_PER_INCH / wide_mm)

    def _draw(self) -> None:
        self._tell()
        sheets, page = self._sheets, self._page
        self._wanted += 1  # whatever is being drawn is wanted no more
        if sheets is None:
            return
        wanted, dots, ratio = self._wanted, self.dots_per_inch(), self.devicePixelRatioF()

        def picture() -> QImage | None:
            # Whole dots, rounded down: a page is never wider than its room.
            # Of several that are asked for quickly, only the last is worth the work.
            return sheets.picture(page, int(dots * ratio)) if wanted == self._wanted else None

        def show(drawn: QImage | None) -> None:
            if drawn is not None and wanted == self._wanted:
                drawn.setDevicePixelRatio(ratio)
                self.paper.put(drawn)
                self._rooms.setCurrentIndex(0)

        self._drawing.do(picture, show)

    def _tell(self) -> None:
        pages = self._sheets.pages if self._sheets is not None else 0
        self.where.setText(iso(tr("{page} of {pages}").format(page=min(self._page, pages), pages=pages)))
        self.before.setEnabled(self._page > 1 and pages > 0)
        self.after.setEnabled(self._page < pages)
        self.scale.setEnabled(pages > 0)
        self.scale.reword(tr("Fit width") if self._true else tr("True size"))
        percent = round(100 * self.dots_per_inch() / true_dots_per_inch(self)) if pages else 0
        self.size_words.setText(iso(f"{percent} %") if pages else "")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the new width."""
        super().resizeEvent(event)
        self._draw()

    def dress(self) -> None:
        """Draw in the new theme."""
        self.paper.update()
        self._draw()


def true_dots_per_inch(widget: QWidget) -> float:
    """The screen's own measure, where it is likely; screens that do not know their size say nonsense."""
    own = widget.screen().physicalDotsPerInchX()
    low, high = _LIKELY_DPI
    return own if low <= own <= high else widget.screen().logicalDotsPerInchX()
