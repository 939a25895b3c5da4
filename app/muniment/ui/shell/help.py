"""F1: the keys of the page in front, and what its signs mean. Read from the page, so that nothing is told twice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.chip import Chip
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.keycap import KeyCap
from muniment.ui.kit.keyed import keyed_in
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.meanings import FILLS, MEANINGS, states_in
from muniment.ui.kit.theme import theme
from muniment.ui.shell.page import SaysKeys
from muniment.ui.shell.panel import Panel
from muniment.ui.shell.window import Window
from muniment.ui.speech import spoken, tr


class _Pages(QScrollArea):
    """Scrolled by the arrow keys and by Page Up and Page Down."""

    def __init__(self, inside: QWidget, name: str) -> None:
        super().__init__()
        inside.setProperty("surface", "clear")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        bar = self.verticalScrollBar()
        steps = {Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep()}
        leaps = {Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep()}
        step = (steps | leaps).get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)


class HelpPanel(Panel):
    """Keys on the leading side, signs on the trailing one."""

    def __init__(
        self, title: str, keys: Sequence[tuple[str, str]], everywhere: Sequence[tuple[str, str]], top: QWidget
    ) -> None:
        close = Button(tr("Close"), "Enter", Weight.PRIMARY)
        words = tr("{page}: keys and signs").format(page=title)
        left = holder(
            column(
                Label(tr("On this page"), 15, 600),
                _keys(keys) if keys else Label(tr("No keys of its own."), 14, 400, Ink.QUIET),
                8,
                Label(tr("On every page"), 15, 600),
                _keys(everywhere),
                STRETCH,
                gap=8,
            )
        )
        right = holder(column(Label(tr("Signs in sight"), 15, 600), _signs(top), STRETCH, gap=8))
        inside = holder(row((left, 1), (right, 1), gap=32))
        self.pages = _Pages(inside, words)
        super().__init__(words, self.pages, (close,), width=1000)
        close.clicked.connect(self.close_panel)

    def dress(self) -> None:
        """Take sizes from the theme."""
        super().dress()
        self.pages.setMinimumHeight(theme().px(470))


def open_help(window: Window) -> HelpPanel | None:
    """Open the help of the page in front; nothing while the window is locked or asks something."""
    front = window.front
    if front is None or window.locked or window.panel is not None:
        return None
    title = next(page.title for page in window.pages if page.name == window.page)
    panel = HelpPanel(title, keys_of(front), window.key_words(), front)
    window.open_panel(panel)
    return panel


def keys_of(page: QWidget) -> list[tuple[str, str]]:
    """The keys of a page and what they do, from the parts that carry them."""
    found = [(part.key, part.key_words) for part in keyed_in(page) if part.key]
    return [*found, *(page.key_words() if isinstance(page, SaysKeys) else ())]


def _keys(keys: Sequence[tuple[str, str]]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for line, (key, words) in enumerate(keys):
        says = Label(words, 14, wrap=True)
        says.setAccessibleName(f"{key}: {words}")
        grid.addWidget(KeyCap(key), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(says, line, 1)
    return holder(grid)


def _signs(top: QWidget) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    line = 0
    for state in states_in(top):
        grid.addWidget(Chip(state), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(spoken(MEANINGS[state]), 14, wrap=True), line, 1)
        line += 1
    if not line:
        grid.addWidget(Label(tr("None now."), 14, 400, Ink.QUIET), line, 0, 1, 2)
        line += 1
    fills = " · ".join(spoken(words) for words in FILLS.values())
    grid.addWidget(Label(fills, 13, 400, Ink.QUIET, wrap=True), line, 0, 1, 2)
    return holder(grid)
