from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from muniment.ui.kit.theme import Theme, wear


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    """Every test begins and ends in the light theme, from left to right."""
    wear(Theme(), mirrored=False)
    yield
    wear(Theme(), mirrored=False)
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
