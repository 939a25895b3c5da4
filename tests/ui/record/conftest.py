from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from fakes import pages
from fakes.depot import Depot
from fakes.pages import depot, plain_look
from muniment.ui.record.screen import RecordScreen
from muniment.ui.stock.form import FormPanel

__all__ = ["Counter", "counter", "depot", "photograph", "picture", "plain_look"]


class Counter(pages.Counter):
    """A counter with the page of records."""

    def __init__(self, qtbot: QtBot, depot: Depot) -> None:
        super().__init__(qtbot, depot)
        self.page = RecordScreen(depot.desk, depot.by_officer().officer, self.bridge, self.window)
        self.window.add_page("record", "file-text", "Record", self.page)

    def fill(self, panel: FormPanel, **values: str) -> None:
        """Write into the fields of a panel."""
        pages.write(panel, **values)

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
def counter(qtbot: QtBot, depot: Depot) -> Iterator[Counter]:
    made = Counter(qtbot, depot)
    yield made
    made.bridge.stop()
