"""Putting together what prints: the queue of a register, the printers of this workstation, sheets as files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from muniment.desk.printing.lane import Pace
from muniment.desk.printing.queue import Made, PrintQueue
from muniment.desk.register import Register
from muniment.domain.basics.isolate import read_isolated
from muniment.domain.basics.text import Text
from muniment.ports.paper import Order, Printer, Printers
from muniment.ports.work import StoreFault
from muniment.reports.document import Document
from muniment.reports.from_register import Printing
from muniment.reports.labels import LabelSheets
from muniment.reports.orders import compose
from muniment.system import data_folder, documents_folder, local_zone
from muniment_db.print_journal import FileJournal, journal_path

if TYPE_CHECKING:  # Qt is only loaded where a window is opened
    from muniment.paper.sheets import Sheets
    from muniment.ui.desktop import Paper


def in_english(text: Text) -> str:
    """A text of a sheet as it is written here, with values of another reading direction kept in one piece."""
    return read_isolated(text, lambda source: source, right_to_left=False)


def write_pdf(document: Document, path: Path) -> None:
    """Print a document into a PDF, in English, with or without a screen.

    Raises:
        PaperFault: the file cannot be written.

    """
    from muniment.paper.press import Job
    from muniment.paper.press import application as paper_application

    running = paper_application()
    Job(document, in_english).write_pdf(path)
    del running


def codes_in(picture: bytes) -> list[str]:
    """The texts of the codes in a picture of a sheet, with or without a screen."""
    from muniment.paper.press import application as paper_application
    from muniment.paper.reading_codes import codes_in as read

    running = paper_application()
    found = read(picture)
    del running
    return found


def write_labels(sheets: LabelSheets, path: Path, printed_at: datetime) -> None:
    """Print labels into a PDF, in English, with or without a screen.

    Raises:
        PaperFault: the file cannot be written.

    """
    from muniment.paper.label_sheets import LabelJob
    from muniment.paper.press import application as paper_application

    running = paper_application()
    LabelJob(sheets, in_english, printed_at).write_pdf(path)
    del running


def print_queue(
    register: Register, printers: Printers[Sheets] | None = None, pace: Pace | None = None
) -> PrintQueue[Sheets]:
    """The print queue of a register on this workstation; by default with the machine's printers and a PDF folder.

    A Qt application must run for as long as it prints.

    Raises:
        StoreFault: the journal in the user's data folder cannot be opened.

    """
    from muniment.paper.label_sheets import LabelJob
    from muniment.paper.press import Job

    printing = Printing(register, "en", local_zone())
    with register.desk.look() as work:
        log = work.head().log

    def make(order: Order) -> Made[Sheets]:
        composed = compose(printing, order)
        form = composed.made
        sheets: Sheets = (
            LabelJob(form, in_english, printing.now()) if isinstance(form, LabelSheets) else Job(form, in_english)
        )
        head = 0 if isinstance(form, LabelSheets) else form.head
        return Made(sheets, composed.number, composed.concerns, sheets.pages, head)

    journal = FileJournal(journal_path(data_folder(), log))
    desk = register.desk
    return PrintQueue(journal, printers or this_workstations_printers(), make, desk.clock, desk.ids, pace)


def this_workstations_printers(*pretended: Printer[Sheets]) -> Printers[Sheets]:
    """The printers of this machine, and a folder in the user's documents that is always there."""
    from muniment.paper.printers.folder import FolderPrinter
    from muniment.paper.printers.machine import MachinePrinters
    from muniment.paper.printers.spooler import this_machines_spooler

    return MachinePrinters([FolderPrinter(documents_folder()), *pretended], this_machines_spooler())


def paper_of(register: Register, *, pretended: bool) -> Paper:
    """Prints on the printers of this workstation; at the practice counter on a pretended one too."""
    from muniment.paper.printers.pretended import PretendedPrinter
    from muniment.ui.desktop import Paper

    practice = PretendedPrinter("Practice printer") if pretended else None
    printers = this_workstations_printers(*((practice,) if practice else ()))
    try:
        return Paper(print_queue(register, printers), practice)
    except StoreFault as fault:
        # Weapons go out and come back without a printer; the line of devices says why nothing prints.
        return Paper(fault=fault.says)


@contextmanager
def printing_on(register: Register) -> Iterator[PrintQueue[Any]]:
    """The print queue of a register for one command, with or without a screen."""
    from muniment.paper.press import application as paper_application

    running = paper_application()
    queue = print_queue(register)
    try:
        yield queue
    finally:
        queue.close()
        del running
