"""A printer that draws askew is put right, and a print system that hangs holds up nobody."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from pathlib import Path

import pytest

from muniment.paper.press import Job
from muniment.paper.printers import ipp
from muniment.paper.printers.folder import FolderPrinter
from muniment.paper.printers.ipp import Address
from muniment.paper.printers.machine import MachinePrinters
from muniment.paper.printers.spooler import Spooler
from muniment.ports.paper import Cause, End, Ticket
from muniment.reports.hand_receipt import hand_receipt
from reports.forms import PISTOL, issue_of

POINTS_PER_MM = 72 / 25.4


def first_word(path: Path) -> tuple[float, float]:
    """Where the first word of a PDF stands, in points from the upper left corner."""
    told = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True).stdout
    found = re.search(r'<word xMin="([\d.]+)" yMin="([\d.]+)"', told)
    assert found is not None
    return float(found[1]), float(found[2])


def test_everything_moves_by_so_many_millimetres(tmp_path: Path) -> None:
    job = Job(hand_receipt(issue_of(PISTOL)), str)
    job.write_pdf(tmp_path / "plain.pdf")
    job.write_pdf(tmp_path / "moved.pdf", (10.0, -3.0))
    (x, y), (moved_x, moved_y) = first_word(tmp_path / "plain.pdf"), first_word(tmp_path / "moved.pdf")
    assert moved_x - x == pytest.approx(10 * POINTS_PER_MM, abs=0.1)
    assert moved_y - y == pytest.approx(-3 * POINTS_PER_MM, abs=0.1)


def test_a_print_system_that_hangs_is_given_up_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ipp, "LIMIT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        spooler = Spooler(Address("127.0.0.1", silent.getsockname()[1]), "nobody")
        printers = MachinePrinters([FolderPrinter(tmp_path)], spooler)
        begun = time.monotonic()
        assert list(printers.names()) == [printers.folder]
        office = printers.named("Office")
        assert office is not None
        assert office.condition().cause is Cause.GONE
        outcome = office.outcome(Ticket("R-000001 a.1", "R-000001"))
        assert (outcome.end, outcome.cause) == (End.UNDER_WAY, Cause.SILENT)
        assert not office.withdraw(Ticket("R-000001 a.1", "R-000001"))
        assert time.monotonic() - begun < 3
