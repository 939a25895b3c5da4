from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.field import Field
from muniment.ui.kit.gallery_words import gallery_arabic
from muniment.ui.kit.layout import column, holder
from muniment.ui.kit.queue_strip import Waiting
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, State, Tint
from muniment.ui.kit.training_frame import TrainingFrame
from muniment.ui.shell import gallery
from muniment.ui.shell.panel import Panel
from muniment.ui.shell.window import Window


class Page(QWidget):
    """A page that remembers what reached it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self.scans: list[Scan] = []
        self.shown = 0
        self.button = Button("Find", "F9")
        self.setLayout(column(self.button))

    def take_key(self, key: str) -> bool:
        self.keys.append(key)
        return key == "F2"

    def take_scan(self, scan: Scan) -> bool:
        self.scans.append(scan)
        return True

    def page_shown(self) -> None:
        self.shown += 1


def focused() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def window(qtbot: QtBot, *, training: str | None = None, locked: bool = False) -> tuple[Window, Page, Page]:
    made, desk, register = Window("Depot 7", training=training), Page(), Page()
    made.add_page("desk", "barcode", "Desk", desk)
    made.add_page("register", "table", "Register", register)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    if not locked:
        made.unlock()
    QApplication.processEvents()
    return made, desk, register


def panel(*, must_answer: bool = False) -> tuple[Panel, Button, Field]:
    yes, reason = Button("Put it back", "F9", Weight.PRIMARY), Field("Reason")
    return Panel("Back to quarantine", holder(column(reason)), (yes, Button("Not now"))), yes, reason


def test_the_rail_and_its_keys_open_pages(qtbot: QtBot) -> None:
    made, _, register = window(qtbot)
    with qtbot.waitSignal(made.page_shown, timeout=500) as shown:
        QTest.keyClick(made, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert shown.args == ["register"]
    assert made.page == "register"
    assert register.isVisible()
    assert register.shown == 1
    assert made.windowTitle() == "Register – Depot 7 – Muniment"


def test_a_page_cannot_be_added_twice_or_shown_before(qtbot: QtBot) -> None:
    made, _, _ = window(qtbot)
    with pytest.raises(ValueError, match="desk"):
        made.add_page("desk", "barcode", "Desk", QWidget())
    with pytest.raises(KeyError):
        made.show_page("surplus")


def test_function_keys_go_to_the_page_in_front(qtbot: QtBot) -> None:
    made, desk, register = window(qtbot)
    QTest.keyClick(made, Qt.Key.Key_F2)
    made.show_page("register")
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert (desk.keys, register.keys) == (["F2"], ["Esc"])


def test_a_button_of_the_page_comes_before_the_page(qtbot: QtBot) -> None:
    made, desk, _ = window(qtbot)
    with qtbot.waitSignal(desk.button.clicked, timeout=500):
        QTest.keyClick(made, Qt.Key.Key_F9)
    assert desk.keys == []


def test_what_the_page_leaves_the_window_answers(qtbot: QtBot) -> None:
    made, _, _ = window(qtbot)
    with qtbot.waitSignals([made.silence_asked, made.help_asked, made.command_asked], timeout=500):
        QTest.keyClick(made, Qt.Key.Key_F12)
        QTest.keyClick(made, Qt.Key.Key_F1)
        QTest.keyClick(made, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    made.queue.show_waiting([Waiting("case", State.MISSING, "Rifle missing")])
    QApplication.processEvents()
    with qtbot.waitSignal(made.waiting_chosen, timeout=500) as chosen:
        QTest.keyClick(made, Qt.Key.Key_F8)
        QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert chosen.args == ["case"]


def test_scans_reach_the_page_in_front_without_focus(qtbot: QtBot) -> None:
    made, desk, register = window(qtbot)
    made.rail.setFocus()
    assert made.take_scan(Scan("ZZ1"))
    made.show_page("register")
    assert made.take_scan(Scan("ZZ2"))
    assert (desk.scans, register.scans) == ([Scan("ZZ1")], [Scan("ZZ2")])


class TestLock:
    def test_a_window_begins_locked(self, qtbot: QtBot) -> None:
        made, desk, _ = window(qtbot, locked=True)
        assert made.locked
        assert not desk.isVisible()
        assert made.windowTitle() == "Depot 7 – Muniment"

    def test_nothing_reaches_what_is_behind_the_lock(self, qtbot: QtBot) -> None:
        made, desk, _ = window(qtbot)
        with qtbot.waitSignal(made.lock_asked, timeout=500):
            QTest.keyClick(made, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert made.locked
        with qtbot.assertNotEmitted(desk.button.clicked), qtbot.assertNotEmitted(made.page_shown):
            QTest.keyClick(made, Qt.Key.Key_F9)
            QTest.keyClick(made, Qt.Key.Key_F2)
            QTest.keyClick(made, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        assert not made.take_scan(Scan("ZZ1"))
        assert (desk.keys, desk.scans) == ([], [])

    def test_name_and_passphrase_are_asked_and_the_passphrase_forgotten(self, qtbot: QtBot) -> None:
        made, _, _ = window(qtbot, locked=True)
        QTest.keyClicks(made.sign_in.name.line, "A. Sample")
        QTest.keyClick(made.sign_in.name.line, Qt.Key.Key_Return)
        QTest.keyClicks(made.sign_in.passphrase.line, "quiet harbour lamp")
        with qtbot.waitSignal(made.sign_in_asked, timeout=500) as asked:
            QTest.keyClick(made.sign_in.passphrase.line, Qt.Key.Key_Return)
        assert asked.args == ["A. Sample", "quiet harbour lamp"]
        assert made.sign_in.passphrase.value == ""
        assert made.sign_in.passphrase.line.echoMode() is QLineEdit.EchoMode.Password

    def test_an_empty_line_is_said_and_nothing_asked(self, qtbot: QtBot) -> None:
        made, _, _ = window(qtbot, locked=True)
        with qtbot.assertNotEmitted(made.sign_in_asked):
            made.sign_in.enter.click()
        assert made.sign_in.name.line.accessibleDescription() == "Write your name."

    def test_nothing_is_asked_while_one_is_being_checked(self, qtbot: QtBot) -> None:
        made, _, _ = window(qtbot, locked=True)
        made.sign_in.name.write("A. Sample")
        made.sign_in.wait("One moment")
        made.sign_in.passphrase.write("again")
        with qtbot.assertNotEmitted(made.sign_in_asked):
            QTest.keyClick(made.sign_in.passphrase.line, Qt.Key.Key_Return)
        made.sign_in.refuse("They do not belong together.")
        assert made.sign_in.enter.isEnabled()

    def test_it_locks_although_what_asked_the_question_is_gone(self, qtbot: QtBot) -> None:
        made, desk, _ = window(qtbot)
        fleeting = Button("Fleeting")
        fleeting.setParent(desk)
        fleeting.show()
        fleeting.setFocus()
        assert QApplication.focusWidget() is fleeting
        made.open_panel(panel()[0])
        delete(fleeting)
        made.lock()
        assert made.locked
        assert made.panel is None

    def test_locking_closes_a_question_and_forgets_the_name(self, qtbot: QtBot) -> None:
        made, desk, _ = window(qtbot)
        made.open_panel(panel()[0])
        made.sign_in.name.write("A. Sample")
        made.lock("Locked after 60 seconds.")
        assert made.panel is None
        assert made.sign_in.name.value == ""
        with pytest.raises(RuntimeError, match="locked"):
            made.open_panel(panel()[0])
        made.unlock()
        assert desk.isEnabled()


class TestPanel:
    def test_it_takes_the_keys_of_the_page_behind(self, qtbot: QtBot) -> None:
        made, desk, _ = window(qtbot)
        asked, yes, _ = panel()
        made.open_panel(asked)
        QApplication.processEvents()
        with qtbot.assertNotEmitted(desk.button.clicked), qtbot.waitSignal(yes.clicked, timeout=500):
            QTest.keyClick(made, Qt.Key.Key_F9)
        QTest.keyClick(focused(), Qt.Key.Key_F2)
        assert desk.keys == []
        assert not made.take_scan(Scan("ZZ1"))

    def test_tab_stays_inside(self, qtbot: QtBot) -> None:
        made, _, _ = window(qtbot)
        asked, _, reason = panel()
        made.open_panel(asked)
        QApplication.processEvents()
        assert QApplication.focusWidget() is reason.line
        seen = []
        for _ in range(4):
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
            assert asked.isAncestorOf(focused())
            seen.append(focused().accessibleName())
        assert seen == ["Put it back", "Not now", "Reason", "Put it back"]

    def test_esc_closes_it_and_gives_the_focus_back(self, qtbot: QtBot) -> None:
        made, desk, _ = window(qtbot)
        desk.button.setFocus()
        asked, _, reason = panel()
        made.open_panel(asked)
        with qtbot.waitSignal(asked.closed, timeout=500):
            QTest.keyClick(reason.line, Qt.Key.Key_Escape)
        assert made.panel is None
        assert QApplication.focusWidget() is desk.button

    def test_what_must_be_answered_does_not_close(self, qtbot: QtBot) -> None:
        made, _, _ = window(qtbot)
        reason = Field("Reason")
        asked = Panel("Override", holder(column(reason)), must_answer=True)
        made.open_panel(asked)
        QTest.keyClick(reason.line, Qt.Key.Key_Escape)
        assert made.panel is asked


class TestTraining:
    def test_the_frame_stands_round_everything_even_the_lock(self, qtbot: QtBot) -> None:
        made, _, _ = window(qtbot, training="T05", locked=True)
        frame = made.findChild(TrainingFrame)
        assert frame is not None
        assert frame.isVisible()
        assert frame.size() == made.size()
        assert made.windowTitle() == "TRAINING – Depot 7 – Muniment"
        assert "T05" in frame.words
        assert "TRAINING" in frame.words

    def test_a_scenario_without_a_name_is_training_all_the_same(self, qtbot: QtBot) -> None:
        made, _, _ = window(qtbot, training="")
        assert made.findChild(TrainingFrame) is not None

    def test_a_live_window_has_no_frame(self, qtbot: QtBot) -> None:
        made, _, _ = window(qtbot)
        assert made.findChild(TrainingFrame) is None
        assert "TRAINING" not in made.windowTitle()


@pytest.fixture(params=[False, True], ids=["ltr", "rtl"])
def mirrored(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[bool]:
    arabic = gallery_arabic(qapp)
    if request.param:
        qapp.installTranslator(arabic)
    yield request.param
    qapp.removeTranslator(arabic)


SCREENS = [(1366, 768, Scale.NORMAL), (1920, 1080, Scale.NORMAL), (1920, 1080, Scale.LARGE), (1920, 1080, Scale.GLOVE)]


@pytest.mark.parametrize(("wide", "tall", "scale"), SCREENS)
@pytest.mark.parametrize("training", [None, "T05"])
def test_the_busiest_desk_fits_the_screen(
    qtbot: QtBot, wide: int, tall: int, scale: Scale, training: str | None, mirrored: bool
) -> None:
    wear(Theme(scale=scale), mirrored=mirrored)
    made = gallery.window("desk", training=training)
    qtbot.addWidget(made)
    made.resize(wide, tall)
    made.show()
    QApplication.processEvents()
    assert (made.width(), made.height()) == (wide, tall)
    assert clipped(made) == []
    assert made.page_scrolls is False


@pytest.mark.parametrize("tint", Tint)
def test_every_window_draws_in_every_theme(qtbot: QtBot, tint: Tint) -> None:
    builds: list[Callable[[], Window]] = [lambda: gallery.window("register"), gallery.asking, gallery.locked]
    for build in builds:
        wear(Theme(tint))
        made = build()
        qtbot.addWidget(made)
        made.show()
        QApplication.processEvents()
        assert clipped(made) == []


def test_everything_that_can_be_pressed_has_a_name_and_a_place_in_the_walk(qtbot: QtBot) -> None:
    made = gallery.window("desk")
    qtbot.addWidget(made)
    made.show()
    QApplication.processEvents()
    buttons = [button for button in made.findChildren(QAbstractButton) if button.isVisible()]
    assert len(buttons) > 15
    assert [button for button in buttons if not button.accessibleName()] == []
    assert [b.text() for b in buttons if not b.focusPolicy() & Qt.FocusPolicy.TabFocus] == []
