from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

import pictures
from muniment.ui.kit.theme import Theme, wear


@pytest.fixture(scope="module")
def shared(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pictures.Demonstration]:
    """The demonstration depot after its day, in the real window, signed in; tests of a module share it."""
    with pictures.demonstration(tmp_path_factory.mktemp("depot")) as made:
        made.desktop.window.activateWindow()
        pictures.sign_in(made)
        yield made


@pytest.fixture
def demonstration(shared: pictures.Demonstration) -> Iterator[pictures.Demonstration]:
    """The shared depot, in the plain look and size before and after."""
    wear(Theme(still=True), mirrored=False)
    shared.desktop.window.resize(QSize(1366, 768))
    shared.settle()
    yield shared
    if shared.desktop.window.locked:
        pictures.sign_in(shared)
    shared.desktop.window.close_panel()
    wear(Theme(still=True), mirrored=False)
