from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fakes.depot import Depot, depot_in_memory
from muniment.ui.bridge import Bridge
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.record.screen import RecordScreen
from muniment.ui.shell.window import Window
from muniment.ui.stock.form import FormPanel


class Counter:
    """A window on the example depot with the page of records, its desk thread, and what is waited for."""

    def __init__(self, qtbot: QtBot, depot: Depot) -> None:
        self.depot, self._qtbot = depot, qtbot
        self.window = Window("Depot Example", training="")
        self.bridge = Bridge()
        self.broken: list[object] = []
        self.bridge.broken.connect(self.broken.append)
        qtbot.addWidget(self.window)
        self.page = RecordScreen(depot.desk, depot.by_officer().officer, self.bridge, self.window)
        self.window.add_page("record", "file-text", "Record", self.page)
        self.window.show()
        self.window.activateWindow()
        self.window.unlock()
        qtbot.waitUntil(self.window.isActiveWindow, timeout=5_000)

    def settle(self) -> None:
        """Wait until the desk has done everything it was given, and what followed from it."""
        for _ in range(5):
            done: list[bool] = []
            self.bridge.do(lambda: True, done.append)
            self._qtbot.waitUntil(lambda done=done: bool(done), timeout=5_000)
        assert self.broken == []

    def press(self, panel: FormPanel) -> None:
        """Do the act of a panel, and wait."""
        panel.act.click()
        self.settle()

    def fill(self, panel: FormPanel, **values: str) -> None:
        """Write into the fields of a panel."""
        for name, value in values.items():
            panel.fields[name].write(value)  # type: ignore[attr-defined]

    @property
    def panel(self) -> FormPanel:
        """The form that is open."""
        panel = self.window.panel
        assert isinstance(panel, FormPanel)
        return panel


def picture(colour: str = "steelblue", wide: int = 640, tall: int = 360) -> bytes:
    """A picture as a camera makes it."""
    image = QImage(wide, tall, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    return bytes(buffer.data().data())


@pytest.fixture
def photograph() -> bytes:
    return picture()


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
