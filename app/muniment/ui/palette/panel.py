"""The palette on the screen: a line to type in, below it what fits. Enter does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.ui.bridge import Bridge
from muniment.ui.kit.icons import Glyph
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.keycap import KeyCap
from muniment.ui.kit.keyed import keyed_in
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Part
from muniment.ui.palette.presenter import Entry, FindPresenter, Hit, fitting
from muniment.ui.shell.page import Offers
from muniment.ui.shell.panel import Panel
from muniment.ui.shell.window import Window
from muniment.ui.speech import iso, spoken, tr

TYPING_MS = 120
"""Pause in typing after which the register is asked."""


class _Line(QLineEdit):
    """Leaves the arrow keys to the list."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class PalettePanel(Panel):
    """Pages and acts as the window has them, and what the register finds. A scan is typed into it.

    `go` shows a thing, person or place that was found.
    """

    def __init__(
        self, window: Window, find: FindPresenter | None, bridge: Bridge, go: Callable[[Subject], None]
    ) -> None:
        self._find, self._bridge, self._go = find, bridge, go
        self._ticket = 0
        self._entries = entries_of(window)
        self._shown: list[Entry] = []
        self.line = _Line()
        self.line.setAccessibleName(tr("Command, page, number, name or code"))
        self.line.setPlaceholderText(tr("Command, page, number, name or code"))
        self.line.moved.connect(self._move)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._do)
        self.table = DataTable(
            (
                Column(tr("Kind"), Cell.QUIET, 148),
                Column(tr("What"), Cell.TWO_LINES, 320, 1),
                Column(tr("Key"), Cell.NUMBER, 92),
            ),
            name=tr("What fits"),
            tall=True,
        )
        self.table.horizontalHeader().hide()
        self.table.row_opened.connect(lambda _: self._do())
        self.table.clicked.connect(lambda _: self._do())
        self._says = Label("", 13, 400, Ink.QUIET)
        keys = row(
            (self._says, 1), KeyCap("Enter"), Label(tr("does it"), 13), 8, KeyCap("Esc"), Label(tr("closes"), 13)
        )
        search = row(Glyph("search", 20, Ink.ACCENT), (self.line, 1), gap=10)
        body = holder(column(search, (self.table, 1), keys, gap=10))
        super().__init__(tr("All pages and commands"), body, width=860)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._pause.timeout.connect(self._ask)
        self._hits: list[Entry] = []
        self._draw()

    def take_scan(self, scan: Scan) -> bool:
        """Find what was scanned."""
        self.line.setText(scan.text)
        self._pause.stop()
        self._ask()
        return True

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The lines in sight."""
        return tuple(self._shown)

    def dress(self) -> None:
        """Take sizes from the theme."""
        super().dress()
        now = theme()
        self.line.setFont(now.font(18, 500))
        self.line.setFixedHeight(now.height(Part.FIELD))
        self.table.setMinimumHeight(now.height(Part.TALL_ROW) * 7)

    def stops(self) -> list[QWidget]:
        """The line alone: the arrow keys walk the list from there."""
        return [self.line]

    def _typed(self, text: str) -> None:
        self._ticket += 1
        self._hits = []
        self._draw()
        self._pause.start()

    def _ask(self) -> None:
        find, text, ticket = self._find, self.line.text(), self._ticket
        if find is None or not text.strip():
            return

        def then(hits: tuple[Hit, ...]) -> None:
            if isValid(self) and ticket == self._ticket:
                self._hits = [self._entry(hit) for hit in hits]
                self._draw()

        self._bridge.do(lambda: find.find(text) if ticket == self._ticket else (), then)

    def _entry(self, hit: Hit) -> Entry:
        return Entry(tr("In the register"), iso(hit.name), spoken(hit.says), "", lambda: self._go(hit.subject))

    def _draw(self) -> None:
        commands = fitting(self._entries, self.line.text())
        self._shown = [*self._hits, *commands]
        groups = [
            one.group if at == 0 or self._shown[at - 1].group != one.group else "" for at, one in enumerate(self._shown)
        ]
        rows = [(group, Lines(one.words, one.says), one.key) for group, one in zip(groups, self._shown, strict=True)]
        self.table.put(FixedRows(rows))
        self._says.setText("" if rows else tr("Nothing fits. Type less of it."))
        if rows:
            self.table.choose(0)

    def _move(self, step: int) -> None:
        if self._shown:
            self.table.choose(min(max(self.table.chosen + step, 0), len(self._shown) - 1))

    def _do(self) -> None:
        at = self.table.chosen
        if 0 <= at < len(self._shown):
            entry = self._shown[at]
            self.close_panel()
            entry.do()


def entries_of(window: Window) -> list[Entry]:
    """What the window has: all pages, the acts of the page in front, what pages offer from anywhere."""
    found: list[Entry] = []
    front = window.front
    if front is not None:
        here = next(page.title for page in window.pages if page.name == window.page)
        found += [
            Entry(tr("On this page"), part.key_words, here, part.key, part.press)
            for part in keyed_in(front)
            if part.may_press
        ]
    pages = [
        Entry(tr("Pages"), page.title, page.purpose, page.key, partial(window.show_page, page.name))
        for page in window.pages
    ]
    offers: list[Entry] = []
    for page in window.pages:
        if isinstance(page.widget, Offers) and page.name != window.page:  # its own acts stand there already
            offers += [Entry(page.title, one.words, one.says, one.key, one.do) for one in page.widget.offers()]
    return [*pages, *found, *offers]


def open_palette(
    window: Window, find: FindPresenter | None, bridge: Bridge, go: Callable[[Subject], None]
) -> PalettePanel:
    """Open the palette over the page in front."""
    panel = PalettePanel(window, find, bridge, go)
    window.open_panel(panel)
    return panel
