"""What is chosen on the page of settings holds at once, and at the next start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from muniment.bootstrap import plugged_in_by
from muniment.ports.devices.notices import CodeRead
from muniment.ui.bridge import Bridge
from muniment.ui.devices import Devices
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.sound import Silence, Sound, Tone
from muniment.ui.kit.theme import Theme, theme, wear
from muniment.ui.kit.tokens import Scale, State, Tint
from muniment.ui.plugs import Plugs
from muniment.ui.settings.kept import Read, Settings, SettingsFile
from muniment.ui.settings.languages import MIRRORED, STRETCHED, TESTING, MadeUp, languages, mirrored, stretched
from muniment.ui.settings.presenter import TRIED_AS, SettingsPresenter
from muniment.ui.settings.screen import SettingsScreen
from muniment.ui.settings.try_panel import TryPanel
from muniment.ui.settings.workstation import SerialPort, Workstation
from muniment.ui.shell.window import Window
from muniment_drivers.scanner_serial.simulated import SimulatedScanner
from pictures import Demonstration, until


def screen_of(made: Demonstration) -> SettingsScreen:
    assert made.desktop.pages is not None
    assert made.desktop.pages.settings is not None
    made.show("settings")
    return made.desktop.pages.settings


def choose(made: Demonstration, pick: Callable[[SettingsScreen], None]) -> None:
    pick(screen_of(made))
    made.settle()


def test_a_theme_and_a_size_hold_at_once_and_at_the_next_start(demonstration: Demonstration) -> None:
    choose(demonstration, lambda page: page.tint.chosen.emit(Tint.NIGHT))
    choose(demonstration, lambda page: page.scale.chosen.emit(Scale.GLOVE))
    assert (theme().tint, theme().scale) == (Tint.NIGHT, Scale.GLOVE)
    kept = demonstration.settings.read().settings
    assert (kept.tint, kept.scale) == (Tint.NIGHT, Scale.GLOVE)
    choose(demonstration, lambda page: page.tint.chosen.emit(Tint.LIGHT))
    choose(demonstration, lambda page: page.scale.chosen.emit(Scale.NORMAL))


def test_a_quiet_post_shows_its_tones_and_sounds_none(demonstration: Demonstration) -> None:
    choose(demonstration, lambda page: page.post.chosen.emit("quiet"))
    assert demonstration.desktop.sound.muted
    screen_of(demonstration).tests[Tone.REFUSED].click()
    assert screen_of(demonstration).sample.last is State.REFUSED
    choose(demonstration, lambda page: page.post.chosen.emit("loud"))
    assert not demonstration.desktop.sound.muted
    demonstration.desktop.sound.mute(True)


def test_the_minutes_until_it_locks_hold_at_once(demonstration: Demonstration) -> None:
    choose(demonstration, lambda page: page.minutes.chosen.emit("30"))
    assert demonstration.desktop.idle.minutes == 30
    choose(demonstration, lambda page: page.minutes.chosen.emit("5"))


def test_each_tone_is_shown_as_it_is_heard(demonstration: Demonstration) -> None:
    page = screen_of(demonstration)
    seen = []
    for tone in (Tone.ACCEPTED, Tone.REFUSED, Tone.ALREADY):
        page.tests[tone].click()
        seen.append(page.sample.last)
    assert seen == [State.ACCEPTED, State.REFUSED, State.DUE]


class Bench:
    """The page on a machine with two ports, each with a pretended scanner behind it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.file = SettingsFile(folder)
        self.scanners: dict[str, SimulatedScanner] = {}
        ports = (SerialPort("/dev/ttyACM0", "Hand scanner"), SerialPort("/dev/ttyS0"))
        workstation = Workstation(Read(Settings()), self.file.write, plugged_in_by, lambda: ports, self._scanner)
        self.bridge = Bridge()
        self.window = Window("Depot Example")
        self.plugs = Plugs(Devices(), _application(), self.window)
        self.page = SettingsScreen(
            SettingsPresenter(workstation), self.bridge, self.window, Sound(Silence()), self.plugs
        )
        self.window.add_page("settings", "settings", "Settings", self.page)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.unlock()
        self.page.page_shown()
        qtbot.waitUntil(lambda: self.page.ports.model().rowCount() == 2, timeout=5000)

    def _scanner(self, name: str, port: str) -> SimulatedScanner:
        self.scanners[port] = SimulatedScanner(name)
        return self.scanners[port]

    @property
    def trying(self) -> TryPanel:
        assert isinstance(self.window.panel, TryPanel)
        return self.window.panel


def _application() -> QApplication:
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    return running


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    wear(Theme())
    made = Bench(qtbot, tmp_path)
    yield made
    made.plugs.close()
    made.bridge.stop()


def test_a_scanner_is_used_only_after_it_has_read_something(bench: Bench, qtbot: QtBot) -> None:
    bench.page.try_it.click()
    qtbot.waitUntil(lambda: bench.trying.state.mark.state is State.HELD, timeout=5000)
    assert not bench.trying.use.isEnabled()
    bench.scanners["/dev/ttyACM0"].present("ZZ-1")
    qtbot.waitUntil(lambda: bench.trying.use.isEnabled(), timeout=5000)
    assert bench.trying.code.serial == "ZZ-1"
    assert clipped(bench.window) == []
    bench.trying.use.click()
    qtbot.waitUntil(lambda: bench.file.read().settings.scanner_ports == ("/dev/ttyACM0",), timeout=5000)
    assert bench.window.panel is None


def test_a_scanner_that_was_only_tried_is_let_go(bench: Bench, qtbot: QtBot) -> None:
    bench.page.try_it.click()
    qtbot.waitUntil(lambda: bench.trying.state.mark.state is State.HELD, timeout=5000)
    bench.trying.leave.click()
    qtbot.waitUntil(lambda: bench.scanners["/dev/ttyACM0"].state.value == "closed", timeout=5000)
    assert bench.file.read().settings.scanner_ports == ()


def test_keys_that_are_none_are_refused_where_they_stand(bench: Bench, qtbot: QtBot) -> None:
    bench.page.prefix.write("Ctrl+")
    bench.page.keys.click()
    qtbot.waitUntil(lambda: bool(bench.page.prefix.line.accessibleDescription()), timeout=5000)
    assert not bench.file.path.exists()


def test_the_page_with_ports_is_not_clipped(bench: Bench) -> None:
    until(lambda: bench.page.try_it.isVisible())
    assert clipped(bench.window) == []


class TestMadeUpLanguages:
    def test_only_english_is_offered_to_those_who_do_not_test(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(TESTING, raising=False)
        assert [name for name, _ in languages()] == ["en"]
        monkeypatch.setenv(TESTING, "1")
        assert [name for name, _ in languages()] == ["en", STRETCHED, MIRRORED]

    def test_gaps_stay_as_they_are(self) -> None:
        for made_up in (stretched, mirrored):
            assert made_up("At {place}, {n} left").format(place="B1", n=4).count("B1") == 1

    def test_a_made_up_language_leaves_no_word_as_it_was(self, qapp: QApplication) -> None:
        assert MadeUp(STRETCHED, qapp).translate("", "Issue") != "Issue"
        assert not MadeUp(MIRRORED, qapp).translate("", "Issue").isascii()


def test_a_code_read_in_trying_is_heard_by_nobody_else(bench: Bench, qtbot: QtBot) -> None:
    heard: list[object] = []
    bench.plugs.noticed.connect(heard.append)
    bench.page.try_it.click()
    qtbot.waitUntil(lambda: bench.trying.state.mark.state is State.HELD, timeout=5000)
    bench.scanners["/dev/ttyACM0"].present("ZZ-1")
    qtbot.waitUntil(lambda: bench.trying.use.isEnabled(), timeout=5000)
    assert [one for one in heard if isinstance(one, CodeRead)] == []
    assert bench.scanners["/dev/ttyACM0"].device == TRIED_AS
