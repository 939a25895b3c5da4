"""Printing as an officer types it: a file, a printer that is not there, jobs that wait for a decision."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from fakes.terminal import Terminal, secrets_in


@pytest.fixture
def terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> Terminal:
    secrets_in(tmp_path, monkeypatch)
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no.sock"))
    for name in ("data_folder", "documents_folder"):
        monkeypatch.setattr(f"muniment.bootstrap.papers.{name}", lambda: tmp_path / "papers")
    terminal = Terminal(tmp_path / "register.muniment", capsys)
    terminal.says("init", "--depot", "Depot Example", "--country", "XX", "--realm", "training", second=True)
    terminal.says("places", "add", "ROOM1", "--kind", "room")
    terminal.says("places", "add", "RACK1", "--kind", "rack", "--in", "ROOM1")
    terminal.says("people", "add", "Example Soldier", "--service-no", "0001", "--until", "2099-12-31")
    weapon = ("--type", "SA-40", "--make", "Example Works", "--model", "Model A", "--place", "RACK1")
    terminal.says("register", *weapon, "--calibre", "5.56x45mm", "--serial", "EX-1")
    terminal.says("issue", "EX-1", "--to", "0001")
    return terminal


def test_a_receipt_goes_through_the_queue_into_the_ledger(terminal: Terminal, tmp_path: Path) -> None:
    said = terminal.says("report", "hand-receipt", "--of", "R-000001", "--printer", "PDF")
    assert said["job"]["state"] == "printed"
    assert [fact["kind"] for fact in said["facts"]] == ["printed"]
    assert (tmp_path / "papers" / "R-000001.pdf").read_bytes().startswith(b"%PDF")
    (line,) = terminal.says("printers", "log")["prints"]
    assert (line["form"], line["number"], line["printer"]) == ("hand-receipt", "R-000001", "PDF")
    assert "R-000001" in terminal.shown("printers", "log")
    assert terminal.says("verify")["breaks"] == []


def test_labels_go_through_the_queue_of_a_printer_too(terminal: Terminal) -> None:
    said = terminal.says("labels", "items", "W-0000001", "--printer", "PDF", "--stock", "small")
    assert (said["report"], said["job"]["state"]) == ("item-labels", "printed")
    assert [fact["kind"] for fact in said["facts"]] == ["printed"]
    terminal.says("labels", "items", "W-0000001", status=2)
    terminal.says("labels", "items", "W-0000001", "--printer", "PDF", "--out", "x.pdf", status=2)


def test_the_print_log_is_a_report_of_its_own(terminal: Terminal, tmp_path: Path) -> None:
    terminal.says("report", "command-cards", "--printer", "PDF")
    terminal.says("report", "print-log", "--out", str(tmp_path / "log.pdf"))
    assert (tmp_path / "log.pdf").stat().st_size > 1_000


def test_a_printer_that_is_not_there_is_the_worlds_fault_and_leaves_no_job(terminal: Terminal) -> None:
    fault = terminal.says("report", "hand-receipt", "--of", "R-000001", "--printer", "Office", status=3)["fault"]
    assert fault["says"] == "The printer does not answer."
    assert terminal.says("printers", "jobs")["jobs"] == []


def test_printers_are_listed_with_how_they_stand(terminal: Terminal) -> None:
    terminal.says("printers", "offset", "PDF", "--right", "1.5", "--down=-2")
    (pdf,) = terminal.says("printers", "list")["printers"]
    assert (pdf["name"], pdf["ready"], pdf["offset_mm"]) == ("PDF", True, [1.5, -2.0])
    assert "PDF" in terminal.shown("printers", "list")


def test_a_job_that_failed_waits_for_a_person(terminal: Terminal, tmp_path: Path) -> None:
    receipt = ("report", "hand-receipt", "--of", "R-000001", "--printer", "PDF")
    (tmp_path / "papers").mkdir(exist_ok=True)
    (tmp_path / "papers" / "R-000001.pdf").mkdir()  # nothing can be written in its place
    fault = terminal.says(*receipt, status=3)["fault"]
    assert "P-R-000001" in fault["safe"]
    (job,) = terminal.says("printers", "jobs")["jobs"]
    assert (job["state"], job["cause"]) == ("failed", "not_written")
    assert "waits for a decision" in terminal.says(*receipt, status=3)["fault"]["says"]
    (tmp_path / "papers" / "R-000001.pdf").rmdir()
    short = job["id"][-8:]
    assert terminal.says("printers", "again", short)["job"]["state"] == "printed"
    assert terminal.refused("printers", "done", short) == "job_not_open"
    assert terminal.refused("printers", "cancel", short) == "job_not_open"
    assert terminal.refused("printers", "again", "zzzz") == "unknown_job"


@pytest.mark.parametrize(
    "words",
    [
        ("report", "hand-receipt", "--of", "R-000001"),
        ("report", "issue-log", "--of", "today", "--out", "x.pdf"),
        ("report", "nothing", "--printer", "PDF"),
    ],
)
def test_wrong_use_says_where(terminal: Terminal, words: tuple[str, ...]) -> None:
    assert terminal.says(*words, status=2)["problems"]


def test_a_receipt_that_is_not_there_is_refused(terminal: Terminal) -> None:
    assert terminal.refused("report", "hand-receipt", "--of", "R-000009", "--printer", "PDF") == "unknown_receipt"
