"""What every printer promises, whatever stands behind it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from fakes import cups
from muniment.paper.press import Job
from muniment.paper.printers.folder import FolderPrinter
from muniment.paper.printers.ipp import Address
from muniment.paper.printers.machine import MachinePrinter, MachinePrinters
from muniment.paper.printers.pretended import PretendedPrinter
from muniment.paper.printers.spooler import Spooler, this_machines_spooler
from muniment.paper.sheets import Sheets
from muniment.ports.paper import Cause, End, Printer, PrinterFault, Ticket
from muniment.reports.hand_receipt import hand_receipt
from reports.forms import PISTOL, issue_of

LIMIT_S = 20.0


Give = Callable[[], None]


def _needless(*_given: object) -> None:
    """A file needs neither paper nor somebody to stand at its printer."""
    raise AssertionError("asked of a folder")


@dataclass
class World:
    """A printer, and what can be done to it.

    `out` counts the copies of an attempt that came out whole. `starving` has sheets handed over to a printer that has
    no paper for them, `feed` puts paper in. `take_back` cancels an attempt at the printer itself. `another` is what a
    later run of the program has of the same printer.
    """

    printer: Printer[Sheets]
    out: Callable[[str], int]
    stop: Callable[[], None]
    mend: Callable[[], None]
    another: Callable[[], Printer[Sheets]]
    starving: Callable[[Give], None] = _needless
    feed: Callable[[], None] = _needless
    take_back: Callable[[str], None] = _needless


def _pretended(_folder: Path) -> World:
    made = PretendedPrinter("Practice")
    pages = Job(hand_receipt(issue_of(PISTOL)), str).pages

    def starving(give: Give) -> None:
        give()
        made.load(0)

    return World(
        made,
        lambda name: made.tray.count(name) // pages,
        lambda: made.plug(powered=False),
        lambda: made.plug(powered=True),
        lambda: made,
        starving,
        made.load,
        made.take_back,
    )


def _spoil(where: Path) -> None:
    where.write_text("no folder")


def _folder(folder: Path) -> World:
    where = folder / "papers"
    return World(
        FolderPrinter(where),
        lambda name: len(list(where.glob("*.pdf"))) if where.is_dir() else 0,
        lambda: _spoil(where),
        where.unlink,
        lambda: FolderPrinter(where),
    )


def _cups(system: cups.Cups) -> World:
    tray = system.tray()
    spooler = this_machines_spooler()
    assert spooler is not None

    def starving(give: Give) -> None:
        tray.starve()
        give()

    return World(
        MachinePrinter(tray.name, spooler),
        lambda name: tray.out().count(name),
        tray.disable,
        tray.enable,
        lambda: MachinePrinter(tray.name, spooler),
        starving,
        tray.feed,
        lambda _name: tray.cancel_all(),
    )


@pytest.fixture(scope="module")
def print_system() -> Iterator[cups.Cups]:
    """A real CUPS; skipped loudly where none can be had."""
    if why := cups.missing():
        pytest.skip(why)
    with cups.running() as system, pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUPS_SERVER", system.server)
        yield system


def _world(request: pytest.FixtureRequest, folder: Path) -> World:
    if request.param == "cups":
        return _cups(request.getfixturevalue("print_system"))
    return {"pretended": _pretended, "folder": _folder}[request.param](folder)


@pytest.fixture(params=["pretended", "folder", "cups"])
def world(request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication) -> World:
    return _world(request, tmp_path)


@pytest.fixture(params=["pretended", "cups"])
def with_paper(request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication) -> World:
    """A printer that needs paper, and that a person can stand at."""
    return _world(request, tmp_path)


@pytest.fixture
def sheets(qapp: QApplication) -> Sheets:
    return Job(hand_receipt(issue_of(PISTOL)), str)


def elsewhere(work: Callable[[], Any]) -> None:
    """Do something on a thread of its own, as a lane of the queue does, and raise here what it raises."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


def until(true: Callable[[], bool], told: Callable[[], object]) -> None:
    """Ask until it is true; fails after a while."""
    deadline = time.monotonic() + LIMIT_S
    while not true():
        assert time.monotonic() < deadline, told()
        time.sleep(0.02)


def ended(printer: Printer[Sheets], ticket: Ticket) -> End:
    """How an attempt ended."""
    until(lambda: printer.outcome(ticket).end is not End.UNDER_WAY, lambda: printer.outcome(ticket))
    return printer.outcome(ticket).end


def test_what_is_handed_over_comes_out_once(world: World, sheets: Sheets) -> None:
    ticket = Ticket("R-000001 a.1", "R-000001")
    elsewhere(lambda: world.printer.hand_over(sheets, ticket))
    assert ended(world.printer, ticket) is End.PRINTED
    assert world.out(ticket.name) == 1


def test_copies_are_copies_of_paper(with_paper: World, sheets: Sheets) -> None:
    world = with_paper
    ticket = Ticket("R-000001 a.1", "R-000001", copies=3)
    elsewhere(lambda: world.printer.hand_over(sheets, ticket))
    assert ended(world.printer, ticket) is End.PRINTED
    assert world.out(ticket.name) == 3


def test_of_an_attempt_nobody_made_nothing_is_known(world: World) -> None:
    assert world.printer.outcome(Ticket("R-000001 never.1", "R-000001")).end is End.UNKNOWN


def test_a_stopped_printer_says_why_and_takes_nothing(world: World, sheets: Sheets) -> None:
    world.stop()
    ticket = Ticket("R-000001 b.1", "R-000001")
    assert world.printer.condition().cause is not None
    with pytest.raises(PrinterFault) as refused:
        elsewhere(lambda: world.printer.hand_over(sheets, ticket))
    assert refused.value.cause is world.printer.condition().cause
    world.mend()
    assert world.printer.condition().ready
    assert world.out(ticket.name) == 0


def test_what_was_taken_back_never_comes_out(with_paper: World, sheets: Sheets) -> None:
    world = with_paper
    first, second = Ticket("R-000001 c.1", "R-000001"), Ticket("R-000002 c.1", "R-000002")
    world.starving(lambda: elsewhere(lambda: world.printer.hand_over(sheets, first)))
    until(lambda: world.printer.outcome(first).cause is Cause.OUT_OF_PAPER, lambda: world.printer.outcome(first))
    assert world.printer.withdraw(first)
    world.feed()
    assert ended(world.printer, first) is not End.PRINTED
    until(lambda: world.printer.condition().ready, world.printer.condition)
    elsewhere(lambda: world.printer.hand_over(sheets, second))
    assert ended(world.printer, second) is End.PRINTED
    assert (world.out(first.name), world.out(second.name)) == (0, 1)


def test_what_is_cancelled_at_the_printer_has_failed(with_paper: World, sheets: Sheets) -> None:
    world = with_paper
    ticket = Ticket("R-000001 d.1", "R-000001")
    world.starving(lambda: elsewhere(lambda: world.printer.hand_over(sheets, ticket)))
    world.take_back(ticket.name)
    assert ended(world.printer, ticket) is End.FAILED
    assert world.printer.outcome(ticket).cause is Cause.TAKEN_BACK
    assert world.printer.withdraw(ticket)
    assert world.out(ticket.name) == 0


def test_a_later_run_knows_as_much_or_says_that_it_does_not(world: World, sheets: Sheets) -> None:
    ticket = Ticket("R-000001 e.1", "R-000001")
    elsewhere(lambda: world.printer.hand_over(sheets, ticket))
    assert ended(world.printer, ticket) is End.PRINTED
    assert world.another().outcome(ticket).end in (End.PRINTED, End.UNKNOWN)


def test_withdrawing_what_is_out_changes_nothing(world: World, sheets: Sheets) -> None:
    ticket = Ticket("R-000001 f.1", "R-000001")
    elsewhere(lambda: world.printer.hand_over(sheets, ticket))
    assert ended(world.printer, ticket) is End.PRINTED
    assert world.printer.withdraw(ticket)
    assert world.printer.outcome(ticket).end is End.PRINTED


def test_the_machines_printers_are_listed_before_the_folder(print_system: cups.Cups, tmp_path: Path) -> None:
    tray = print_system.tray()
    printers = MachinePrinters([FolderPrinter(tmp_path)], this_machines_spooler())
    names = list(printers.names())
    assert tray.name in names
    assert names[-1] == printers.folder


def test_a_print_system_that_is_not_there_leaves_the_folder(tmp_path: Path) -> None:
    printers = MachinePrinters([FolderPrinter(tmp_path)], Spooler(Address(path=str(tmp_path / "no.sock")), "nobody"))
    assert list(printers.names()) == [printers.folder]
    gone = printers.named("Office")
    assert gone is not None
    assert gone.condition().cause is Cause.GONE
