"""No test writes into the folders of whoever runs it, and no window outlives the test that opened it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from muniment.system import data_folder

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def folders_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Data and documents of the user lie in a folder that goes away."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_DOCUMENTS_DIR"):
            patch.setenv(variable, str(tmp_path_factory.mktemp(variable.lower())))
        yield


@pytest.fixture(autouse=True)
def nothing_is_remembered_of_another_tests_register(folders_of_nobody: None) -> None:
    """Registers of two tests may have one name, for their identities are counted."""
    shutil.rmtree(data_folder() / "heads", ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: object) -> object:
    """One application with windows for the whole run, before a sheet that is printed makes one without."""
    return qapp


@pytest.fixture(autouse=True)
def no_window_outlives_its_test() -> Iterator[None]:
    """A theme dresses every window there is: those left over would make each later test slower than the one before."""
    before = set(map(id, _windows()))
    yield
    for window in _windows():
        if id(window) not in before:
            window.hide()
            window.deleteLater()
    _delete()


def _windows() -> list[Any]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    return list(widgets.QApplication.topLevelWidgets()) if widgets is not None and _running() else []


def _running() -> bool:
    return sys.modules["PySide6.QtCore"].QCoreApplication.instance() is not None


def _delete() -> None:
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and _running():
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
