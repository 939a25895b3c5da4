"""An open window looks the search index over, has a bad one built anew, and says so."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fakes.depot import Depot, depot_at
from fakes.outside import StoppedClock, outside
from muniment.ui import search_watch
from muniment.ui.bridge import Bridge
from muniment.ui.kit.status_bar import Device, DeviceState
from muniment.ui.search_watch import SearchWatch


@pytest.fixture
def depot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Depot]:
    monkeypatch.setattr(search_watch, "AFTER_MS", 0)
    clock = StoppedClock()
    made = depot_at(str(tmp_path / "register.muniment"), clock, outside(clock))
    while made.register.views.prepare() < 1:
        pass
    yield made
    made.register.close()


def watched(qtbot: QtBot, depot: Depot, news: int) -> list[Device]:
    """What is told until all of it was looked over, and so much was said."""
    told: list[Device] = []
    bridge, parent = Bridge(), QObject()
    ended: list[bool] = []

    class Seen:
        def __init__(self) -> None:
            self.views = depot.register.views

        def __getattr__(self, name: str) -> object:
            return getattr(self.views, name)

        def look_over(self) -> object:
            looked = self.views.look_over()
            if looked.share >= 1:
                ended.append(True)
            return looked

    watch = SearchWatch(Seen(), bridge, told.append, parent)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(ended) and len(told) >= news)
    watch.stop()
    bridge.stop()
    return told


def test_an_index_that_hides_nothing_is_not_spoken_of(qtbot: QtBot, depot: Depot) -> None:
    assert watched(qtbot, depot, 0) == []


def test_an_index_that_hides_a_weapon_is_built_anew_and_that_is_said(
    qtbot: QtBot, depot: Depot, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "register.muniment.search") as index:
        index.execute("insert into piece (piece) values ('delete-all')")
    told = watched(qtbot, depot, 2)
    assert [(one.name, one.state) for one in told] == [
        ("Search index", DeviceState.LOST),
        ("Search index", DeviceState.ANSWERS),
    ]
    assert told[0].said.startswith("hid 2 things; it is built anew")
