from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fakes.depot import Depot, depot_at
from fakes.outside import StoppedClock, outside
from muniment.ui.bridge import Bridge
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.lists.screen import ListsScreen
from muniment.ui.shell.window import Window
from muniment.ui.stock.form import FormPanel


class Counter:
    """The page of lists in a window on a register file, with its two threads, and what is waited for."""

    def __init__(self, qtbot: QtBot, depot: Depot) -> None:
        self.depot, self._qtbot = depot, qtbot
        self.window = Window("Depot Example", training="")
        self.reader, self.desk = Bridge(), Bridge()
        self.broken: list[object] = []
        for bridge in (self.reader, self.desk):
            bridge.broken.connect(self.broken.append)
        officer = depot.by_officer().officer
        self.page = ListsScreen(depot.register, officer, self.reader, self.desk, self.window)
        self.window.add_page("lists", "file-text", "Lists", self.page)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.window.unlock()
        self.settle()

    def settle(self) -> None:
        """Wait until both threads have done everything they were given, and what followed from it."""
        for _ in range(4):
            for bridge in (self.reader, self.desk):
                done: list[bool] = []
                bridge.do(lambda: True, done.append)
                self._qtbot.waitUntil(lambda done=done: bool(done), timeout=20_000)
        assert self.broken == []

    @property
    def form(self) -> FormPanel:
        """The form that is open."""
        panel = self.window.panel
        assert isinstance(panel, FormPanel)
        return panel

    def take(self, path: Path) -> None:
        """Have a file read."""
        self.page.taking_in.take_file(str(path))
        self.settle()

    def stop(self) -> None:
        self.page.stop()
        self.reader.stop()
        self.desk.stop()


@pytest.fixture
def depot(tmp_path: Path) -> Iterator[Depot]:
    clock = StoppedClock()
    made = depot_at(str(tmp_path / "register.muniment"), clock, outside(clock))
    yield made
    made.register.close()


@pytest.fixture
def counter(qtbot: QtBot, depot: Depot) -> Iterator[Counter]:
    made = Counter(qtbot, depot)
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    """Every test begins and ends in the light theme, from left to right."""
    wear(Theme(), mirrored=False)
    yield
    wear(Theme(), mirrored=False)
    assert isinstance(qapp, QApplication)
