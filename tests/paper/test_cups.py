"""The queue before a real print system: a printer that is held, dies or is robbed of its job in mid-queue."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes import cups
from fakes.depot import depot_in_memory
from fakes.printing import Shop
from muniment.desk.printing.lane import Pace
from muniment.desk.printing.queue import Made, PrintQueue
from muniment.paper.press import Job
from muniment.paper.printers.folder import FolderPrinter
from muniment.paper.printers.machine import MachinePrinters
from muniment.paper.printers.spooler import this_machines_spooler
from muniment.paper.sheets import Sheets
from muniment.ports.paper import Cause, JobState, Order, PrintJob
from muniment.reports.hand_receipt import hand_receipt
from reports.forms import PISTOL, issue_of


@pytest.fixture(scope="module")
def print_system() -> Iterator[cups.Cups]:
    if why := cups.missing():
        pytest.skip(why)
    with cups.running() as system, pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUPS_SERVER", system.server)
        yield system


class Office(Shop):
    """The example depot before two printers of CUPS."""

    def __init__(self, system: cups.Cups, folder: Path) -> None:
        self.documents = folder / "documents"
        self.first, self.second = system.tray(), system.tray()
        super().__init__(depot_in_memory(), folder, pace=Pace(ask_s=0.05, patience=20, rest_s=0.05))

    def open(self) -> None:
        super().open()
        printers = MachinePrinters([FolderPrinter(self.documents)], this_machines_spooler())
        desk = self.depot.desk
        self.real = PrintQueue[Sheets](self.journal, printers, _receipt, desk.clock, desk.ids, self.pace)
        self.queue = self.real  # type: ignore[assignment]

    def prints(self, number: str, tray: cups.Tray, copies: int = 1) -> PrintJob:
        return self.order(number, tray.name, copies=copies)


def _receipt(order: Order) -> Made[Sheets]:
    job = Job(hand_receipt(issue_of(PISTOL)), str)
    return Made(job, order.about[0], "", job.pages)


@pytest.fixture
def office(print_system: cups.Cups, tmp_path: Path) -> Iterator[Office]:
    assert os.environ["CUPS_SERVER"] == print_system.server
    made = Office(print_system, tmp_path)
    yield made
    made.queue.close()
    made.depot.register.close()


def test_a_receipt_comes_out_in_so_many_copies_and_the_ledger_knows(office: Office) -> None:
    job = office.ends(office.prints("R-000001", office.first, copies=2), JobState.PRINTED)
    assert office.first.out() == [job.ticket().name] * 2
    assert len(office.queue.note(office.depot.desk, office.officer)) == 1


def test_a_printer_held_in_mid_queue_stops_its_queue_and_no_other(office: Office) -> None:
    office.first.starve()
    held = office.prints("R-000001", office.first)
    office.until(lambda: office.first.pending() == 1)
    office.first.disable()
    office.ends(held, JobState.FAILED)
    waits, other = office.prints("R-000002", office.first), office.prints("R-000003", office.second)
    office.ends(other, JobState.PRINTED)
    assert office.queue.job(waits.id).state is JobState.WAITING
    assert office.first.pending() == 0
    office.first.feed()
    office.first.enable()
    office.queue.again(office.queue.job(held.id), office.officer)
    office.ends(waits, JobState.PRINTED)
    assert office.first.out() == [office.queue.job(job.id).ticket().name for job in (held, waits)]


def test_a_printer_held_from_the_start_is_no_lost_job(office: Office) -> None:
    office.first.disable()
    job = office.ends(office.prints("R-000001", office.first), JobState.FAILED)
    assert job.cause is Cause.STOPPED
    office.queue.into_folder(job, office.officer)
    assert office.ends(job, JobState.PRINTED).detail == str(office.documents / "R-000001.pdf")
    office.first.enable()
    assert office.first.out() == []


def test_out_of_paper_is_said_at_once_and_printed_when_paper_comes(office: Office) -> None:
    office.first.starve()
    job = office.prints("R-000001", office.first)
    office.until(lambda: office.queue.job(job.id).cause is Cause.OUT_OF_PAPER)
    assert office.queue.job(job.id).state is JobState.PRINTING
    office.first.feed()
    assert office.ends(job, JobState.PRINTED).cause is None
    assert len(office.first.out()) == 1


def test_out_of_paper_for_long_is_taken_back_and_never_comes_out_by_itself(office: Office) -> None:
    office.first.starve()
    job = office.ends(office.prints("R-000001", office.first), JobState.FAILED)
    assert job.cause is Cause.OUT_OF_PAPER
    office.first.feed()
    office.ends(office.queue.again(job, office.officer), JobState.PRINTED)
    assert len(office.first.out()) == 1


def test_jammed_paper_is_called_so(office: Office) -> None:
    office.first.jam()
    job = office.ends(office.prints("R-000001", office.first), JobState.FAILED)
    assert job.cause is Cause.JAMMED


def test_what_somebody_cancels_in_the_print_system_has_failed(office: Office) -> None:
    office.first.starve()
    job = office.prints("R-000001", office.first)
    office.until(lambda: office.first.pending() == 1)
    office.first.cancel_all()
    assert office.ends(job, JobState.FAILED).cause is Cause.TAKEN_BACK


def test_after_a_restart_the_print_system_is_asked_and_believed(office: Office) -> None:
    office.first.starve()
    job = office.prints("R-000001", office.first)
    office.until(lambda: office.first.pending() == 1)
    office.queue.close()
    office.first.feed()
    office.until(lambda: len(office.first.out()) == 1)
    office.open()
    office.queue.take_over(office.officer)
    office.ends(job, JobState.PRINTED)
    assert len(office.first.out()) == 1


def test_without_room_for_the_pages_nothing_is_sent_and_it_is_printed_when_there_is(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr("tempfile.tempdir", "/nowhere")
        failed = office.ends(office.prints("R-000001", office.first), JobState.FAILED)
    assert failed.cause is Cause.NOT_WRITTEN
    office.queue.again(failed, office.officer)
    office.ends(failed, JobState.PRINTED)
