"""Keys of a scanner in keyboard mode, before real fields and buttons."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from muniment.ports.devices.notices import CodeGarbled, CodeRead, GarbledBecause, Notice
from muniment.ui.wedge import Wedge
from muniment_drivers.scanner_wedge.protocol import WedgeSieve

CONTROL = Qt.KeyboardModifier.ControlModifier
PREFIX = (Qt.Key.Key_B, CONTROL)
ENTER = (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
SPACE = (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
TAB = (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
F2 = (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
Stroke = tuple[Qt.Key, Qt.KeyboardModifier] | str


class Counter:
    """A window with a field, a button that Enter and Space press, and a shortcut."""

    def __init__(self, qtbot: QtBot, settings: dict[str, str | int | bool], *, real_time: bool = False) -> None:
        self.now = 10**9
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QVBoxLayout(self.window)
        self.field = QLineEdit()
        self.button = QPushButton("Issue")
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        self.presses = 0
        self.shortcuts = 0
        self.notices: list[Notice] = []
        self.button.clicked.connect(self._pressed)
        self.button.setAutoDefault(True)
        QShortcut(QKeySequence("F2"), self.window, activated=self._shortcut)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        sieve = WedgeSieve("counter", settings)
        if real_time:
            self.wedge = Wedge(sieve)
        else:
            self.wedge = Wedge(sieve, clock=lambda: self.now, stamp_ms=lambda event: 0)
        self.wedge.noticed.connect(self.notices.append)
        self.wedge.attach(_app())

    def type(self, *strokes: Stroke, pace_ms: int = 4) -> None:
        for stroke in strokes:
            if isinstance(stroke, str):
                for character in stroke:
                    self._strike(character, Qt.KeyboardModifier.NoModifier, pace_ms)
            else:
                self._strike(*stroke, pace_ms)

    def _strike(self, key: Qt.Key | str, held: Qt.KeyboardModifier, pace_ms: int) -> None:
        self.now += pace_ms * 1_000_000
        QTest.keyClick(self.window.windowHandle(), key, held)

    @property
    def read(self) -> list[str]:
        return [notice.text for notice in self.notices if isinstance(notice, CodeRead)]

    def _pressed(self) -> None:
        self.presses += 1

    def _shortcut(self) -> None:
        self.shortcuts += 1


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


@pytest.fixture
def counter(qtbot: QtBot) -> Iterator[Counter]:
    made = Counter(qtbot, {})
    yield made
    made.wedge.detach(_app())


@pytest.fixture
def on_the_clock(qtbot: QtBot) -> Iterator[Counter]:
    made = Counter(qtbot, {}, real_time=True)
    yield made
    made.wedge.detach(_app())


@pytest.fixture
def by_timing(qtbot: QtBot) -> Iterator[Counter]:
    made = Counter(qtbot, {"prefix": ""}, real_time=True)
    yield made
    made.wedge.detach(_app())


def test_a_scan_reaches_the_house_and_not_the_field(counter: Counter) -> None:
    counter.field.setFocus()
    counter.type(PREFIX, "AK-000042", ENTER)
    assert counter.read == ["AK-000042"]
    assert counter.field.text() == ""


def test_the_same_keys_would_reach_the_field_without_the_wedge(counter: Counter) -> None:
    counter.wedge.detach(_app())
    counter.field.setFocus()
    counter.type("AK-000042")
    assert counter.field.text() == "AK-000042"
    counter.button.setFocus()
    counter.type(SPACE, F2)
    assert (counter.presses, counter.shortcuts) == (1, 1)
    counter.wedge.attach(_app())


def test_a_scan_presses_no_button_and_no_shortcut(counter: Counter) -> None:
    counter.button.setFocus()
    counter.type(PREFIX, "A", SPACE, ENTER, SPACE, ENTER, TAB, F2, "Z", ENTER)
    assert (counter.presses, counter.shortcuts) == (0, 0)
    assert counter.button.hasFocus()
    assert counter.read == ["A "]


def test_ordinary_typing_arrives_unchanged(counter: Counter) -> None:
    counter.field.setFocus()
    counter.type("Lot 7 B", pace_ms=40)
    assert counter.field.text() == "Lot 7 B"
    counter.button.setFocus()
    counter.type(SPACE, F2, pace_ms=40)
    assert (counter.presses, counter.shortcuts) == (1, 1)


def test_a_burst_without_its_prefix_confirms_nothing(counter: Counter) -> None:
    counter.button.setFocus()
    counter.type("4711", ENTER, SPACE, F2)
    assert (counter.presses, counter.shortcuts) == (0, 0)
    assert any(isinstance(notice, CodeGarbled) for notice in counter.notices)


def test_a_thousand_hostile_bursts_change_nothing(counter: Counter) -> None:
    chance = random.Random(20_261_124)
    strokes: list[Stroke] = [ENTER, SPACE, TAB, F2, PREFIX, "A", "7", "]", (Qt.Key.Key_Escape, CONTROL)]
    for turn in range(1_000):
        (counter.field if turn % 2 else counter.button).setFocus()
        counter.type(PREFIX, *chance.choices(strokes, k=chance.randint(1, 6)), ENTER)
        counter.now += 1_000_000_000
    assert counter.field.text() == ""
    assert (counter.presses, counter.shortcuts) == (0, 0)
    assert len(counter.notices) >= 1_000


def test_a_scan_that_never_ends_is_dropped_and_not_replayed(on_the_clock: Counter, qtbot: QtBot) -> None:
    counter = on_the_clock
    counter.field.setFocus()
    counter.type(PREFIX, "AK-0000")
    with qtbot.waitSignal(counter.wedge.noticed, timeout=2_000):
        pass
    assert isinstance(counter.notices[-1], CodeGarbled)
    qtbot.wait(60)
    assert counter.field.text() == ""


def composed(counter: Counter, text: str) -> None:
    """Have an input method write into the field."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(counter.field, event)


def test_what_an_input_method_makes_of_a_scan_reaches_no_field_and_the_scan_is_thrown_away(counter: Counter) -> None:
    counter.field.setFocus()
    counter.type(PREFIX, "AK")
    composed(counter, "\u6b66\u5668")
    counter.type("42", ENTER)
    assert counter.field.text() == ""
    assert counter.read == []
    assert [one.because for one in counter.notices if isinstance(one, CodeGarbled)] == [GarbledBecause.UNKNOWN_KEY]


def test_what_an_input_method_writes_for_a_person_is_written(counter: Counter) -> None:
    counter.field.setFocus()
    composed(counter, "\u6b66\u5668")
    assert counter.field.text() == "\u6b66\u5668"
    assert counter.notices == []


def test_by_timing_what_was_typed_before_stands_before_what_an_input_method_writes(by_timing: Counter) -> None:
    by_timing.field.setFocus()
    by_timing.type("a")
    composed(by_timing, "\u00e9")
    assert by_timing.field.text() == "a\u00e9"


def test_by_timing_a_scan_reaches_the_house_only(by_timing: Counter) -> None:
    by_timing.field.setFocus()
    by_timing.type("AK-000042", ENTER)
    assert by_timing.read == ["AK-000042"]
    assert by_timing.field.text() == ""


def test_by_timing_typed_keys_arrive_a_moment_later(by_timing: Counter, qtbot: QtBot) -> None:
    by_timing.field.setFocus()
    for character in "Lot 7":
        by_timing.type(character)
        qtbot.wait(60)
    assert by_timing.field.text() == "Lot 7"


def test_by_timing_a_password_is_typed_as_fast_as_one_likes(by_timing: Counter) -> None:
    by_timing.field.setEchoMode(QLineEdit.EchoMode.Password)
    by_timing.field.setFocus()
    by_timing.type("correct-horse")
    assert by_timing.field.text() == "correct-horse"


def test_keys_held_for_a_window_that_is_gone_are_forgotten(by_timing: Counter, qtbot: QtBot) -> None:
    other = QWidget()
    other.show()
    qtbot.waitExposed(other)
    QTest.keyClick(other.windowHandle(), "a")
    other.deleteLater()
    QApplication.sendPostedEvents(other, QEvent.Type.DeferredDelete.value)
    qtbot.wait(60)
    assert by_timing.field.text() == ""


def test_the_mouse_is_left_alone(counter: Counter) -> None:
    counter.type(PREFIX, "AK")
    QTest.mouseClick(counter.button, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert counter.presses == 1


def test_keys_seen_late_and_in_a_heap_are_judged_by_when_they_were_struck(qtbot: QtBot) -> None:
    struck = iter(range(1_000, 100_000, 50))
    counter = Counter(qtbot, {})
    counter.wedge.detach(_app())
    wedge = Wedge(WedgeSieve("counter", {}), clock=lambda: counter.now, stamp_ms=lambda event: next(struck))
    wedge.attach(_app())
    try:
        counter.field.setFocus()
        counter.type("A")
        counter.now += 1_900_000_000
        counter.type("typed while busy", pace_ms=0)
        assert counter.field.text() == "Atyped while busy"
    finally:
        wedge.detach(_app())
        counter.wedge.attach(_app())
        counter.wedge.detach(_app())
