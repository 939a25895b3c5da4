"""A receipt printed from the hatch: the hatch stays in front, the line of devices tells, the strip keeps a failure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fakes.outside import StoppedClock, outside
from muniment.bootstrap import create_register, print_queue
from muniment.desk.printing.lane import Pace
from muniment.desk.printing.noting import print_log
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.text import say
from muniment.paper.printers.folder import FolderPrinter
from muniment.paper.printers.machine import MachinePrinters
from muniment.paper.printers.pretended import PretendedPrinter
from muniment.ports.paper import JobState
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, PIN, furnish
from muniment.ui.desktop import Desktop, Paper
from muniment.ui.devices import Devices
from muniment.ui.kit.label import Label
from muniment.ui.kit.queue_strip import QueueStrip


class Desk:
    """A desktop before a pretended printer, with a receipt that may be printed."""

    def __init__(self, bot: QtBot, folder: Path) -> None:
        self.bot, self.printer = bot, PretendedPrinter("Hatch printer")
        self.register = create_register(str(folder / "demo.muniment"), CHARTER, outside(StoppedClock()))
        furnish(self.register)
        printers = MachinePrinters([FolderPrinter(folder / "documents"), self.printer], None)
        self.queue = print_queue(self.register, printers, Pace(0.002, 5, 0.01))
        self.queue.prefer(self.printer.name)
        self.desktop = Desktop(self.register, Devices(), Paper(self.queue, self.printer))
        self.desktop.show()
        self.desktop.sound.mute(True)
        self.desktop.window.sign_in_asked.emit(OFFICER, PASSPHRASE)
        self.bot.waitUntil(lambda: self.desktop.hatch is not None and self.desktop.hatch.view is not None, timeout=5000)

    def issue(self) -> None:
        """Hand one weapon out, so that there is a receipt to print."""
        hatch = self.desktop.hatch
        assert hatch is not None
        for code in ("BADGE-D101", "TAG-0001", "MUNIMENT DONE"):
            hatch.take_scan(Scan(code))
        self.bot.waitUntil(lambda: self.desktop.window.panel is not None, timeout=5000)
        self.bot.keyClicks(self.desktop.window.focusWidget(), PIN)
        self.bot.keyClick(self.desktop.window.focusWidget() or self.desktop.window, Qt.Key.Key_Return)
        self.bot.waitUntil(lambda: hatch.view is not None and hatch.view.printable is not None, timeout=5000)

    def said(self) -> str:
        """Everything the line of devices says."""
        return " ".join(label.text() for label in self.desktop.window.status.findChildren(Label) if label.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("muniment.bootstrap.papers.data_folder", lambda: tmp_path)
    made = Desk(qtbot, tmp_path)
    yield made
    made.desktop.close()
    made.desktop.window.close()


def strip(desk: Desk) -> QueueStrip:
    return desk.desktop.window.queue


def test_the_hatch_stays_in_front_while_its_receipt_is_printed(desk: Desk) -> None:
    desk.issue()
    desk.bot.keyClick(desk.desktop.window, Qt.Key.Key_F11)
    desk.bot.waitUntil(lambda: "R-000002: Printed" in desk.said() or "R-000001: Printed" in desk.said(), timeout=5000)
    assert desk.desktop.window.page == "hatch"
    assert desk.desktop.window.panel is None

    def printers() -> list[str]:
        with desk.register.desk.look() as work:
            return [line.printer for line in print_log(work)]

    desk.bot.waitUntil(lambda: printers() == ["Hatch printer"], timeout=5000)  # noted once the sheet is out


def test_a_failure_waits_in_the_strip_and_leads_to_the_papers(desk: Desk) -> None:
    desk.printer.plug(powered=False)
    desk.issue()
    desk.bot.keyClick(desk.desktop.window, Qt.Key.Key_F11)
    desk.bot.waitUntil(lambda: "not printed" in desk.said(), timeout=5000)
    assert desk.desktop.window.page == "hatch"
    (job,) = desk.queue.jobs()
    assert job.state is JobState.FAILED
    desk.bot.waitUntil(lambda: any("Not printed" in button.text() for button in strip(desk)._buttons), timeout=5000)
    strip(desk).chosen.emit(f"print:{job.id}")
    assert desk.desktop.window.page == "papers"


def test_a_badge_scanned_among_the_papers_begins_at_the_desk(desk: Desk) -> None:
    desk.desktop.window.show_page("papers")
    assert desk.desktop.pages is not None
    assert desk.desktop.pages.take_scan(Scan("BADGE-D101"))
    hatch = desk.desktop.hatch
    assert hatch is not None
    desk.bot.waitUntil(lambda: hatch.view is not None and hatch.view.who == "Cpl M. Tavares", timeout=5000)
    assert desk.desktop.window.page == "hatch"


def test_a_journal_that_cannot_be_kept_stops_no_hatch(qtbot: QtBot, tmp_path: Path) -> None:
    register = create_register(str(tmp_path / "demo.muniment"), CHARTER, outside(StoppedClock()))
    furnish(register)
    desktop = Desktop(register, Devices(), Paper(fault=say("The print queue cannot be written.")))
    desktop.show()
    desktop.window.sign_in_asked.emit(OFFICER, PASSPHRASE)
    qtbot.waitUntil(lambda: desktop.hatch is not None and desktop.hatch.view is not None, timeout=5000)
    said = [label.text() for label in desktop.window.status.findChildren(Label)]
    assert "The print queue cannot be written." in said
    desktop.close()
    desktop.window.close()
