"""A window nobody sits at, and a badge nobody took away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from muniment.desk.sittings.hatch import Scan
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
    made.desktop.window.sign_in_asked.emit(name, PASSPHRASE)
    until(lambda: not made.desktop.window.locked)
    made.settle()


def test_a_badge_left_open_for_a_minute_leaves_the_sitting(alone: Demonstration) -> None:
    alone.show("hatch")
    alone.scan("BADGE-D102")
    alone.scan("TAG-0002")
    view = hatch_of(alone).view
    assert view is not None
    assert view.person == "Pte J. Lindqvist"
    alone.clock.forward(seconds=61)
    until(lambda: (seen := hatch_of(alone).view) is not None and seen.person == "")
    alone.scan("TAG-0003")
    view = hatch_of(alone).view
    assert view is not None
    assert view.accepted == 0


def test_a_question_nobody_can_answer_any_more_goes_away(alone: Demonstration) -> None:
    alone.show("hatch")
    for code in ("BADGE-D102", "TAG-0002", "MUNIMENT DONE"):
        alone.scan(code)
    assert alone.desktop.window.panel is not None
    alone.clock.forward(seconds=61)
    until(lambda: alone.desktop.window.panel is None)


def test_nobody_for_the_set_time_locks_the_window(qapp: QApplication, qtbot: QtBot, alone: Demonstration) -> None:
    idle = Idle(qapp, alone.desktop, minute_ms=30)
    idle.left_alone.connect(alone.desktop._left_alone)
    idle.set_minutes(1)
    idle.watch(alone.desktop.window.windowHandle())
    qtbot.waitUntil(lambda: alone.desktop.window.locked, timeout=5000)
    idle.stop()


def test_a_key_begins_the_time_anew(qapp: QApplication, qtbot: QtBot, demonstration: Demonstration) -> None:
    window = demonstration.desktop.window.windowHandle()
    idle = Idle(qapp, demonstration.desktop, minute_ms=1_500)
    idle.set_minutes(1)
    idle.watch(window)
    timer = idle._timer
    qtbot.wait(30)
    before = timer.remainingTime()
    QTest.keyClick(window, Qt.Key.Key_Shift)
    assert timer.remainingTime() > before
    idle.stop()


def test_a_scan_does_not_unlock(alone: Demonstration) -> None:
    leave_alone(alone)
    assert alone.desktop.window.locked
    assert not alone.desktop.window.take_scan(Scan("BADGE-D001"))
    alone.settle()
    assert alone.desktop.window.locked


def test_the_lock_says_after_how_many_minutes(alone: Demonstration) -> None:
    leave_alone(alone)
    assert "5 min" in alone.desktop.window.sign_in._reason.text()


def test_the_same_officer_finds_the_work_as_it_was(alone: Demonstration) -> None:
    alone.show("hatch")
    alone.scan("BADGE-D102")
    alone.scan("TAG-0002")
    leave_alone(alone)
    come_back(alone)
    view = hatch_of(alone).view
    assert view is not None
    assert (view.person, view.accepted) == ("Pte J. Lindqvist", 1)


def test_another_officer_gets_a_fresh_sitting(alone: Demonstration) -> None:
    alone.show("hatch")
    alone.scan("BADGE-D102")
    alone.scan("TAG-0002")
    leave_alone(alone)
    come_back(alone, SECOND)
    view = hatch_of(alone).view
    assert view is not None
    assert (view.person, view.accepted, view.issuer) == ("", 0, "L. Ostrova")


def question() -> tuple[Panel, Field, Field]:
    reason, secret = Field("Reason"), Field("Passphrase", secret=True)
    reason.write("cracked bolt")
    secret.write("known only here")
    return Panel("Set apart", holder(column(reason, secret))), reason, secret


def test_a_half_written_question_is_kept_for_the_same_officer_but_no_secret(alone: Demonstration) -> None:
    panel, reason, secret = question()
    alone.desktop.window.open_panel(panel)
    leave_alone(alone)
    assert alone.desktop.window.panel is None
    assert not panel.isVisible()
    come_back(alone)
    assert alone.desktop.window.panel is panel
    assert (reason.value, secret.value) == ("cracked bolt", "")


def test_a_half_written_question_is_not_shown_to_another_officer(alone: Demonstration) -> None:
    panel, _, _ = question()
    alone.desktop.window.open_panel(panel)
    leave_alone(alone)
    come_back(alone, SECOND)
    assert alone.desktop.window.panel is None
    assert alone.desktop.window.front is not None
    assert alone.desktop.window.front.isEnabled()
