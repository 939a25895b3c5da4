"""A scanner that types like a keyboard, on every page of the desktop, with everything focused in turn.

The keys enter where a real keyboard's do. What a scan writes, presses or chooses would be seen; what it means must
reach the page exactly once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Protocol, cast

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QShortcut, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

import pictures
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ui.desktop import application
from muniment.ui.kit.button import Button
from muniment.ui.kit.segments import Segments
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.shell.window import Window
from muniment.ui.wedge import Wedge
from muniment_drivers.scanner_wedge.protocol import WedgeSieve

MS = 1_000_000
PLAIN, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Stroke = tuple[Qt.Key, Qt.KeyboardModifier, str]
PREFIX: Stroke = (Qt.Key.Key_B, CONTROL, "\x02")
ENTER: Stroke = (Qt.Key.Key_Return, PLAIN, "\r")
TAB: Stroke = (Qt.Key.Key_Tab, PLAIN, "\t")
F2: Stroke = (Qt.Key.Key_F2, PLAIN, "")
ESCAPE: Stroke = (Qt.Key.Key_Escape, PLAIN, "\x1b")
SPACE: Stroke = (Qt.Key.Key_Space, PLAIN, " ")
DOWN: Stroke = (Qt.Key.Key_Down, PLAIN, "")
DEAD: Stroke = (Qt.Key.Key_Dead_Acute, PLAIN, "")


def typed(text: str) -> list[Stroke]:
    """The keys that write a text."""
    return [(Qt.Key(ord(sign.upper())), SHIFT if sign.isupper() else PLAIN, sign) for sign in text]


CODE = "TAG-0001"
WHOLE = [PREFIX, *typed(CODE), ENTER]
SCANS: dict[str, tuple[list[Stroke], list[str]]] = {
    "whole": (WHOLE, [CODE]),
    "two at once": ([*WHOLE, PREFIX, *typed("TAG-0002"), ENTER], [CODE, "TAG-0002"]),
    "cut off": (WHOLE[:5], []),
    "cut off, then whole": (WHOLE[:5] + WHOLE, [CODE]),
    "keys that act inside": ([*WHOLE[:9], F2, ESCAPE, DOWN, SPACE, *WHOLE[9:]], []),
    "its end and Tab inside": ([PREFIX, *typed("TAG"), ENTER, TAB, SPACE, *typed("all"), ENTER, ENTER], ["TAG"]),
    "capitals locked": ([PREFIX, *typed(CODE.swapcase()), ENTER], [CODE.swapcase()]),
    "a dead key": ([*WHOLE[:4], DEAD, *WHOLE[4:]], []),
}
"""What a scanner may send, and what is to be heard of it."""
BY_TIMING = {"without a prefix": (WHOLE[1:], [CODE])}


class TakesAnything(Protocol):
    take_scan: Callable[[Scan], bool]


@dataclass
class Hands:
    """A keyboard and a scanner that is one, before the window."""

    made: pictures.Demonstration
    now: int = 10**12
    heard: list[str] = field(default_factory=list)
    acted: list[str] = field(default_factory=list)

    @property
    def window(self) -> Window:
        return self.made.desktop.window

    def scan(self, strokes: list[Stroke], into: QWindow | None = None) -> None:
        """Send keys 4 ms apart, as a scanner does, and be silent behind them."""
        window = into or self.window.windowHandle()
        assert window is not None
        for key, held, text in strokes:
            self.now += 4 * MS
            QTest.sendKeyEvent(QTest.KeyAction.Click, window, key, text, held)
        self.now += 3_000 * MS

    @property
    def top(self) -> QWidget:
        """What is before everything else."""
        if self.window.locked:
            return self.window.sign_in
        return self.window.panel or self.window.front or self.window

    @property
    def here(self) -> str:
        """What is before everything else, with what the Tab key reaches there."""
        title = self.top.accessibleName() if self.window.panel is not None else "no panel"
        return f"{self.window.page}, {title}: {', '.join(map(named, stops(self.top)))}"

    def leave_panel(self) -> None:
        """Leave the panel that is open as Esc does."""
        if self.window.panel is not None:
            self.window.panel.close_panel()
            self.made.settle()

    def listen(self, taker: QWidget) -> None:
        """Let a page or panel say what it hears, and do nothing with it."""

        def take(scan: Scan) -> bool:
            self.heard.append(scan.text)
            return True

        cast("TakesAnything", taker).take_scan = take

    def watch(self) -> None:
        """See every button and shortcut that is in front now, and hear what reaches it."""
        self.listen(self.top)
        for button in self.top.findChildren(QAbstractButton):
            if not button.property("watched"):
                button.setProperty("watched", True)
                button.clicked.connect(partial(self._acted, f"clicked {button.accessibleName()}"))
        for shortcut in self.window.findChildren(QShortcut):
            if not shortcut.property("watched"):
                shortcut.setProperty("watched", True)
                shortcut.activated.connect(partial(self._acted, f"{shortcut.key().toString()} acted"))

    def _acted(self, what: str, *_: object) -> None:
        self.acted.append(what)

    def seen(self) -> dict[str, str]:
        """What stands in every line, what is chosen, what is in front."""
        panel, popup = self.window.panel, QApplication.activePopupWidget()
        found = {"page": self.window.page, "panel": named(panel), "popup": named(popup)}
        if isinstance(popup, QMenu) and (chosen := popup.activeAction()) is not None:
            found["menu"] = chosen.text()
        found["focus"] = named(QApplication.focusWidget())
        for place, widget in enumerate(self.top.findChildren(QWidget)):
            if (says := stands_in(widget)) is not None:
                found[f"{place} {named(widget)}"] = says
        return found


def named(widget: QWidget | None) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()}" if widget is not None else "nothing"


def stands_in(widget: QWidget) -> str | None:
    """What a person could have changed in a widget; None for what only shows."""
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return f"{widget.currentIndex()} {widget.currentText()}"
    if isinstance(widget, QAbstractItemView) and isinstance(chosen := widget.selectionModel(), QItemSelectionModel):
        rows = sorted({index.row() for index in chosen.selectedIndexes()})
        return f"{widget.currentIndex().row()} {rows} {widget.verticalScrollBar().value()}"
    if isinstance(widget, QAbstractButton):
        return f"{widget.isChecked()} {widget.isDown()}"
    return widget.value if isinstance(widget, Segments) else None


def stops(top: QWidget) -> list[QWidget]:
    """What the Tab key reaches."""
    found = []
    for widget in top.findChildren(QWidget):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if reached and widget.isVisible() and widget.isEnabled():
            found.append(widget)
    return found


@contextmanager
def guarded(hands: Hands, **settings: str | int | bool) -> Iterator[None]:
    """The wedge before all windows, with a clock that the hands move."""
    wedge = Wedge(WedgeSieve("Keyboard scanner", settings), clock=lambda: hands.now, stamp_ms=lambda _: 0)
    wedge.noticed.connect(hands.made.desktop.plugs.noticed)
    wedge.attach(application())
    try:
        yield
    finally:
        wedge.detach(application())


@contextmanager
def at_the_counter(folder: Path) -> Iterator[Hands]:
    """A depot in which every page shows something, and hands before it."""
    with pictures.demonstration(folder, prints=True) as made:
        made.desktop.window.activateWindow()
        pictures.sign_in(made)
        wear(Theme(still=True), mirrored=False)
        pictures.fill_the_desk(made)
        made.show("record")
        made.scan("TAG-0005")
        hands = Hands(made)
        for page in made.desktop.window.pages:
            made.show(page.name)
            hands.listen(hands.top)
        yield hands


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    with at_the_counter(tmp_path_factory.mktemp("depot")) as hands:
        yield hands


@pytest.fixture
def unguarded(tmp_path: Path) -> Iterator[Hands]:
    with at_the_counter(tmp_path) as hands:
        yield hands


def hurt(hands: Hands, where: str, scans: Iterable[str]) -> list[str]:
    """Scan with the focus where it is; answers what that did and must not do."""
    wrong = []
    for name in scans:
        strokes, hears = (SCANS | BY_TIMING)[name]
        hands.heard.clear()
        hands.acted.clear()
        before = hands.seen()
        hands.scan(strokes)
        after = hands.seen()
        parts = [part for part in before | after if before.get(part) != after.get(part)]
        wrong += [f"{where}, {name}: {part} {before.get(part)} -> {after.get(part)}" for part in parts]
        wrong += [f"{where}, {name}: {act}" for act in hands.acted]
        if hands.heard != ([] if hands.window.locked else hears):
            wrong.append(f"{where}, {name}: heard {hands.heard}")
    return wrong


def walk(hands: Hands, where: str, scans: Callable[[], Iterable[str]]) -> list[str]:
    """Scan with everything focused in turn that the Tab key reaches; boxes and menus also while they are open."""
    wrong = []
    hands.watch()
    for stop in stops(hands.top):
        if not isValid(stop):
            continue
        stop.setFocus()
        hands.made.settle()
        wrong += hurt(hands, f"{where} / {named(stop)}", scans())
        if isinstance(stop, QComboBox):
            stop.showPopup()
            pictures.spin()
            wrong += hurt(hands, f"{where} / {named(stop)} open", scans())
            stop.hidePopup()
        if isinstance(stop, QLineEdit) and (menu := stop.createStandardContextMenu()) is not None:
            menu.popup(stop.mapToGlobal(stop.rect().center()))
            menu.setActiveAction(menu.actions()[-1])
            pictures.spin()
            wrong += hurt(hands, f"{where} / {named(stop)} with its menu", scans())
            menu.close()
            menu.deleteLater()
    return wrong


def on_every_page(hands: Hands, scans: Callable[[], Iterable[str]]) -> list[str]:
    wrong = []
    for page in hands.window.pages:
        hands.made.show(page.name)
        wrong += walk(hands, page.name, scans)
    return wrong


def behind_every_button(hands: Hands, scans: Callable[[], Iterable[str]]) -> tuple[list[str], list[str]]:
    """Press every button on every page, and walk through what that brings; answers what went wrong, and where it was.

    What buttons do here is done: the depot is thrown away.
    """
    wrong: list[str] = []
    walked: list[str] = []
    for page in hands.window.pages:
        hands.made.show(page.name)
        for button in hands.top.findChildren(Button):
            if isValid(button) and button.isVisible() and button.isEnabled():
                button.click()
                wrong += behind(hands, walked, scans)
                hands.made.show(page.name)
    for asked in (hands.window.command_asked, hands.window.help_asked):
        asked.emit()
        wrong += behind(hands, walked, scans)
    return wrong, walked


def behind(hands: Hands, walked: list[str], scans: Callable[[], Iterable[str]]) -> list[str]:
    """Walk through what has come to the front, and what comes when it is left, unless it was walked through before."""
    wrong: list[str] = []
    hands.made.settle()
    while (here := hands.here) not in walked:
        walked.append(here)
        wrong += walk(hands, here, scans)
        hands.leave_panel()
    hands.leave_panel()
    return wrong


def everything() -> Iterable[str]:
    return SCANS


def in_turn(names: Iterable[str] = tuple(SCANS)) -> Callable[[], Iterable[str]]:
    """Another of these scans each time."""
    turn = cycle(names)
    return lambda: [next(turn)]


def test_a_scan_writes_presses_and_chooses_nothing_on_any_page_and_is_heard_once(busy: Hands) -> None:
    with guarded(busy):
        assert on_every_page(busy, everything) == []


def test_nor_behind_any_button_and_in_any_panel(busy: Hands) -> None:
    with guarded(busy):
        wrong, walked = behind_every_button(busy, in_turn())
    assert wrong == []
    titles = (
        "Confirm the hand-over",
        "Settle CASE",
        "PIN to confirm receipts",
        "Register a weapon",
        ": keys and signs",
        "commands",
    )
    assert [title for title in titles if not any(title in here for here in walked)] == []


def test_told_by_its_speed_alone_a_scan_does_nothing_on_any_page_but_be_heard_once(busy: Hands) -> None:
    with guarded(busy, prefix=""):
        assert on_every_page(busy, in_turn(BY_TIMING)) == []


def test_at_the_door_a_scan_writes_nothing_into_name_or_passphrase(busy: Hands) -> None:
    busy.window.lock()
    with guarded(busy):
        assert walk(busy, "at the door", everything) == []
    pictures.sign_in(busy.made)


def test_without_the_guard_scans_write_press_and_choose_everywhere(unguarded: Hands) -> None:
    unguarded.made.show("people")
    wrong = walk(unguarded, "people", in_turn(["whole", "keys that act inside"]))
    assert any("QLineEdit" in one and CODE in one for one in wrong)
    assert any("clicked Add a person" in one for one in wrong)
    assert any("page people -> " in one for one in wrong)
