"""What tests of pages share: the counter they are given, the plain look, and the form that is open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fakes.depot import Depot, depot_in_memory
from muniment.ui.bridge import Bridge
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.shell.window import Window
from muniment.ui.stock.act_form import ActForm
from muniment.ui.stock.form import FormPanel


class Counter:
    """A window on the example depot, its desk thread, and what is waited for."""

    def __init__(self, qtbot: QtBot, depot: Depot) -> None:
        self.depot, self._qtbot = depot, qtbot
        self.window = Window("Depot Example", training="")
        self.bridge = Bridge()
        self.broken: list[object] = []
        self.bridge.broken.connect(self.broken.append)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.window.unlock()
        QApplication.processEvents()

    def settle(self) -> None:
        """Wait until the desk has done everything it was given, and what followed from it."""
        for _ in range(4):
            done: list[bool] = []
            self.bridge.do(lambda: True, done.append)
            self._qtbot.waitUntil(lambda done=done: bool(done), timeout=5_000)
        assert self.broken == []

    def press(self, panel: FormPanel) -> None:
        """Do the act of a panel, and wait."""
        panel.act.click()
        self.settle()


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


@pytest.fixture
def counter(qtbot: QtBot, depot: Depot) -> Iterator[Counter]:
    made = Counter(qtbot, depot)
    yield made
    made.bridge.stop()


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    """Every test begins and ends in the light theme, from left to right."""
    wear(Theme(), mirrored=False)
    yield
    wear(Theme(), mirrored=False)
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight


def form(counter: Counter) -> ActForm[Any]:
    panel = counter.window.panel
    assert isinstance(panel, ActForm)
    return panel


def write(panel: FormPanel, **values: str) -> None:
    for name, value in values.items():
        panel.fields[name].write(value)  # type: ignore[attr-defined]
