from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fakes.depot import Depot, depot_in_memory
from muniment.bootstrap import print_queue
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.printing.lane import Pace
from muniment.domain.basics.identity import Subject
from muniment.paper.printers.folder import FolderPrinter
from muniment.paper.printers.machine import MachinePrinters
from muniment.paper.printers.pretended import PretendedPrinter
from muniment.ports.paper import JobState
from muniment.ui.bridge import Bridge
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.papers.presenter import PapersPresenter
from muniment.ui.papers.screen import PapersScreen
from muniment.ui.shell.window import Window


class Office:
    """The page of papers on the example depot, with a pretended printer and a folder."""

    def __init__(self, qtbot: QtBot, depot: Depot, folder: Path) -> None:
        self.depot, self._bot, self.documents = depot, qtbot, folder / "documents"
        self.printer = PretendedPrinter("Office")
        printers = MachinePrinters([FolderPrinter(self.documents), self.printer], None)
        self.queue = print_queue(depot.register, printers, Pace(0.002, 5, 0.01))
        self.queue.prefer("Office")
        self.presenter = PapersPresenter(depot.desk, depot.by_officer().officer, self.queue)
        self.window = Window("Depot Example", training="")
        qtbot.addWidget(self.window)
        self.bridge = Bridge()
        self.broken: list[object] = []
        self.bridge.broken.connect(self.broken.append)
        self.page = PapersScreen(self.presenter, self.bridge)
        self.window.add_page("papers", "printer", "Papers", self.page)
        self.window.show()
        self.window.unlock()
        QApplication.processEvents()

    def issued(self) -> Subject:
        """A hand receipt with the rifle on it."""
        answer = issue_item(self.depot.desk, self.depot.by_officer(), self.depot.rifle, Wanted(self.depot.soldier))
        assert answer.receipt is not None
        return answer.receipt

    def sees(self, true: Callable[[], bool]) -> None:
        self._bot.waitUntil(true, timeout=5_000)
        assert self.broken == []

    def states(self) -> list[JobState]:
        return [line.state for line in self.page.view.lines] if self.page.view else []

    def settle(self) -> None:
        for _ in range(4):
            done: list[bool] = []
            self.bridge.do(lambda: True, done.append)
            self._bot.waitUntil(partial(bool, done), timeout=5_000)

    def close(self) -> None:
        self.page.stop()
        self.bridge.stop()
        self.queue.close()
        self.depot.register.close()


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr("muniment.bootstrap.papers.data_folder", lambda: tmp_path)
    made = Office(qtbot, depot_in_memory(), tmp_path)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    wear(Theme(), mirrored=False)
    yield
    wear(Theme(), mirrored=False)
