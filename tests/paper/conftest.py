"""Paper is tried without a screen; nothing here needs one."""

from __future__ import annotations

import os

import pytest
from PySide6.QtGui import QGuiApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def running(qapp: QGuiApplication) -> QGuiApplication:
    return qapp
