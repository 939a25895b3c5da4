"""A window nobody sits at, and a badge nobody took away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.training.demonstration import OFFICER, PASSPHRASE, SECOND
from muniment.ui.hatch.screen import HatchScreen
from muniment.ui.kit.field import Field
from muniment.ui.kit.layout import column, holder
from muniment.ui.shell.idle import Idle
from muniment.ui.shell.panel import Panel
from pictures import Demonstration, until


def hatch_of(made: Demonstration) -> HatchScreen:
    assert made.desktop.hatch is not None
    return made.desktop.hatch


def leave_alone(made: Demonstration) -> None:
    made.desktop.idle.left_alone.emit(made.desktop.idle.minutes)
    made.settle()


def come_back(made: Demonstration, name: str = OFFICER) -> None:
    made.desktop.window.lock(keep=True)
    made.desktop.window.sign_in_asked.emit(name, PASSPHRASE)
    until(lambda: not made.desktop.window.locked)
    made.settle()


@pytest.fixture
def counter(demonstration: Demonstration) -> Iterator[Demonstration]:
    """The desk with nobody before it, and again afterwards: another officer sits down, then the first."""
    demonstration.show("hatch")
    yield demonstration
    demonstration.desktop.window.lock()
    for name in (SECOND, OFFICER):
        come_back(demonstration, name)


def test_a_badge_left_open_for_a_minute_leaves_the_sitting(counter: Demonstration) -> None:
    counter.scan("BADGE-D102")
    counter.scan("TAG-0002")
    view = hatch_of(counter).view
    assert view is not None
    assert view.person == "Pte J. Lindqvist"
    counter.clock.forward(seconds=61)
    until(lambda: (seen := hatch_of(counter).view) is not None and seen.person == "")
    counter.scan("TAG-0003")
    view = hatch_of(counter).view
    assert view is not None
    assert view.accepted == 0


def test_a_question_nobody_can_answer_any_more_goes_away(counter: Demonstration) -> None:
    for code in ("BADGE-D102", "TAG-0004", "MUNIMENT DONE"):
        counter.scan(code)
    assert counter.desktop.window.panel is not None
    counter.clock.forward(seconds=61)
    until(lambda: counter.desktop.window.panel is None)


def test_nobody_for_the_set_time_locks_the_window(qapp: QApplication, qtbot: QtBot, counter: Demonstration) -> None:
    idle = Idle(qapp, counter.desktop, minute_ms=30)
    idle.left_alone.connect(counter.desktop._left_alone)
    idle.set_minutes(1)
    idle.watch(counter.desktop.window.windowHandle())
    qtbot.waitUntil(lambda: counter.desktop.window.locked, timeout=5000)
    idle.stop()


def test_a_key_begins_the_time_anew(qapp: QApplication, qtbot: QtBot, demonstration: Demonstration) -> None:
    window = demonstration.desktop.window.windowHandle()
    idle = Idle(qapp, demonstration.desktop, minute_ms=1_500)
    idle.set_minutes(1)
    idle.watch(window)
    timer = idle._timer
    qtbot.wait(30)
    before = timer.remainingTime()
    QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier))
    assert timer.remainingTime() > before
    idle.stop()


def test_a_scan_does_not_unlock(counter: Demonstration) -> None:
    leave_alone(counter)
    assert counter.desktop.window.locked
    assert not counter.desktop.window.take_scan(Scan("BADGE-D001"))
    counter.settle()
    assert counter.desktop.window.locked


def test_the_lock_says_after_how_many_minutes(counter: Demonstration) -> None:
    leave_alone(counter)
    assert "5 min" in counter.desktop.window.sign_in._reason.text()


def test_the_same_officer_finds_the_work_as_it_was(counter: Demonstration) -> None:
    counter.scan("BADGE-D103")
    counter.scan("TAG-0005")
    leave_alone(counter)
    come_back(counter)
    view = hatch_of(counter).view
    assert view is not None
    assert (view.person, view.accepted) == ("Pte R. Achterberg", 1)


def test_another_officer_gets_a_fresh_sitting(counter: Demonstration) -> None:
    counter.scan("BADGE-D102")
    counter.scan("TAG-0007")
    leave_alone(counter)
    come_back(counter, SECOND)
    view = hatch_of(counter).view
    assert view is not None
    assert (view.person, view.accepted, view.issuer) == ("", 0, "L. Ostrova")


def question() -> tuple[Panel, Field, Field]:
    reason, secret = Field("Reason"), Field("Passphrase", secret=True)
    reason.write("cracked bolt")
    secret.write("known only here")
    return Panel("Set apart", holder(column(reason, secret))), reason, secret


def test_a_half_written_question_is_kept_for_the_same_officer_but_no_secret(counter: Demonstration) -> None:
    panel, reason, secret = question()
    counter.desktop.window.open_panel(panel)
    leave_alone(counter)
    assert counter.desktop.window.panel is None
    assert not panel.isVisible()
    come_back(counter)
    assert counter.desktop.window.panel is panel
    assert (reason.value, secret.value) == ("cracked bolt", "")


def test_a_half_written_question_is_not_shown_to_another_officer(counter: Demonstration) -> None:
    panel, _, _ = question()
    counter.desktop.window.open_panel(panel)
    leave_alone(counter)
    come_back(counter, SECOND)
    assert counter.desktop.window.panel is None
    assert counter.desktop.window.front is not None
    assert counter.desktop.window.front.isEnabled()


def test_who_sits_down_at_a_clock_that_is_behind_the_book_is_told_until_it_is_right(counter: Demonstration) -> None:
    def told() -> list[str]:
        named = [one.accessibleName() for one in counter.desktop.window.status.findChildren(QWidget)]
        return [name for name in named if name.startswith("Clock, ")]

    counter.clock.forward(days=-1)
    come_back(counter)
    assert len(told()) == 1
    assert "behind the book" in told()[0]
    counter.clock.forward(days=1)
    come_back(counter)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert told() == []
