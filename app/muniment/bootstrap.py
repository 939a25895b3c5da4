"""The one place where a register, a desk and its devices are put together."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from muniment.desk.desk import Desk, in_words
from muniment.desk.opening import Charter, Realm, log_name, may_open, open_register
from muniment.desk.printing.lane import Pace
from muniment.desk.printing.queue import Made, PrintQueue
from muniment.desk.register import Examined, PutBack, Register
from muniment.desk.witnessing import insist_on, remembered
from muniment.domain.basics.isolate import read_isolated
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.notes import Suite
from muniment.head_files import FileHeads
from muniment.key_files import FileKeys
from muniment.passphrase import Argon2Passphrases
from muniment.ports.clock import Clock
from muniment.ports.devices.manifest import SettingWrong
from muniment.ports.devices.scanner import Scanner
from muniment.ports.heads import Heads
from muniment.ports.ids import Ids
from muniment.ports.keys import Keys
from muniment.ports.paper import Order, Printer, Printers
from muniment.ports.passphrases import Passphrases
from muniment.ports.work import StoreFault
from muniment.reports.document import Document
from muniment.reports.from_register import Printing
from muniment.reports.labels import LabelSheets
from muniment.reports.orders import compose
from muniment.system import (
    SystemClock,
    SystemIds,
    data_folder,
    documents_folder,
    local_zone,
    program_version,
    settings_folder,
    workstation,
)
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, Thing, furnish
from muniment.ui.devices import Devices
from muniment.ui.settings.kept import Settings, SettingsFile
from muniment.ui.settings.workstation import SerialPort, Workstation
from muniment_db.audit import DatabaseAudit
from muniment_db.engine import create_tables, open_memory, open_postgresql, open_sqlite
from muniment_db.print_journal import FileJournal, journal_path
from muniment_db.signing import Signing
from muniment_db.transactions import database_look, database_work
from muniment_db.views import DatabaseViews
from muniment_db.work import check_layout, prepare_log
from muniment_drivers.registry import Registry
from muniment_drivers.scanner_serial.simulated import SimulatedScanner

if TYPE_CHECKING:  # Qt is only loaded where a window is opened
    from muniment.paper.sheets import Sheets
    from muniment.ui.desktop import Desktop, Paper
    from muniment.ui.shell.window import Window


@dataclass(frozen=True, slots=True)
class Outside:
    """What a desk takes from the machine it runs on; tests bring their own clock and ids."""

    clock: Clock
    ids: Ids
    passphrases: Passphrases
    workstation: str
    app: str
    keys: Keys
    heads: Heads

    @staticmethod
    def system() -> Outside:
        """The machine it runs on."""
        return Outside(
            SystemClock(),
            SystemIds(),
            Argon2Passphrases(),
            workstation(),
            program_version(),
            FileKeys(data_folder() / "keys"),
            FileHeads(data_folder() / "heads"),
        )


def create_register(where: str, charter: Charter, outside: Outside | None = None) -> Register:
    """Make a new register in a file or an empty database, and tell its first facts.

    A file gets its name only when it is whole, so that a power cut leaves no half of a register behind.

    Raises:
        StoreFault: there is something at that place already, or it cannot be written.
        Refusal: the charter is not in order.

    """
    outside = outside or Outside.system()
    may_open(charter)
    if where.startswith(("postgresql", ":")):
        return _register(_founded(where, charter, outside), outside)
    if os.path.exists(where):  # where pathlib would raise for a folder that may not be entered
        raise StoreFault(
            say("There is a file at {path} already.", path=where),
            say("It was not touched."),
            say("Choose another name."),
        )
    unfinished = Path(f"{where}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        _founded(str(unfinished), charter, outside).dispose()
        unfinished.replace(where)
    except OSError as error:
        raise StoreFault(
            say("{path} cannot be made: {why}.", path=where, why=error.strerror or "?"),
            say("Nothing was kept."),
            say("Name a folder in which you may write."),
        ) from error
    finally:
        for beside in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{unfinished}{beside}").unlink(missing_ok=True)
    return join_register(where, outside)


def _founded(where: str, charter: Charter, outside: Outside) -> sa.Engine:
    engine = _engine(where, create=True)
    create_tables(engine, charter.realm)
    log = log_name(charter, outside.ids.random()[-8:])
    prepare_log(engine, log, outside.ids.secret())
    open_register(_desk(engine, outside), charter, outside.keys.make(log))
    return engine


def join_register(where: str, outside: Outside | None = None) -> Register:
    """Open a register that exists.

    Raises:
        StoreFault: there is none, or it cannot be opened safely.

    """
    engine = _engine(where, create=False)
    check_layout(engine)
    return _register(engine, outside or Outside.system())


def put_back_register(where: str, outside: Outside | None = None) -> PutBack:
    """Open a register although it may have lost what this workstation has seen of it.

    Raises:
        StoreFault: there is none, or it cannot be opened safely.

    """
    outside = outside or Outside.system()
    engine = _engine(where, create=False)
    check_layout(engine)
    register = _register(engine, outside, whole=False)

    def forget() -> None:
        with register.desk.look() as work:
            outside.heads.go_back(work.head().log, work.signed())

    with register.desk.look() as work:
        lost = remembered(outside.heads.newest(work.head().log))
    return PutBack(register, lost, forget)


def examine_register(where: str, outside: Outside | None = None) -> Examined:
    """Open a register to check it, whatever its first fact and its notes about itself have become.

    Raises:
        StoreFault: there is none, or it cannot be read.

    """
    engine = _engine(where, create=False)
    audit = DatabaseAudit(engine, suites())
    seen = remembered((outside or Outside.system()).heads.newest(audit.log()))
    return Examined(audit, engine.dispose, seen)


class ThisMachine:
    """`muniment.desk.register.Registers` on this machine."""

    def create(self, where: str, charter: Charter) -> Register:
        """Make a new register."""
        return create_register(where, charter)

    def join(self, where: str) -> Register:
        """Open a register."""
        return join_register(where)

    def put_back(self, where: str) -> PutBack:
        """Open a register that may have lost something."""
        return put_back_register(where)

    def examine(self, where: str) -> Examined:
        """Open a register to check it."""
        return examine_register(where)


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


def open_desktop(where: str) -> int:
    """Open the windows on a register with the devices of this workstation; answers the exit status.

    Where there is no register yet, ask what to begin with.

    Raises:
        StoreFault: the register cannot be opened.

    """
    if not where.startswith(("postgresql", ":")) and not Path(where).exists():
        return FirstStart(Path(where)).run()
    return _run(desktop_on(join_register(where), this_workstation()))


def practise(where: str, things: Sequence[Thing]) -> int:
    """Open the windows on a training register with pretended devices; answers the exit status."""
    return _run(_practice(where, things))


def _practice(where: str, things: Sequence[Thing]) -> Desktop:
    scanner = SimulatedScanner("Practice scanner")
    devices = Devices([scanner], None, scanner, tuple(things))
    file = SettingsFile(settings_folder())
    desktop = desktop_on(join_register(where), Workstation(file.read(), file.write, lambda _: devices))
    desktop.say_at_the_door(
        say("Sign in as {name} with the passphrase: {passphrase}", name=OFFICER, passphrase=PASSPHRASE)
    )
    return desktop


class FirstStart:
    """Asks what to begin with, and opens the windows on what was made or found."""

    def __init__(self, where: Path) -> None:
        from muniment.ui.bridge import Bridge
        from muniment.ui.desktop import application
        from muniment.ui.kit.theme import wear
        from muniment.ui.settings.languages import speak
        from muniment.ui.settings.wearing import theme_of
        from muniment.ui.welcome.presenter import WelcomePresenter
        from muniment.ui.welcome.screen import Welcome

        self._application = application()
        settings = SettingsFile(settings_folder()).read().settings
        mirrored = speak(settings.language, self._application)
        wear(theme_of(settings, self._application.primaryScreen()), mirrored=mirrored)
        self.desktop: Desktop | None = None
        self.welcome = Welcome(WelcomePresenter(ThisMachine(), where), Bridge())
        self.welcome.opened.connect(lambda register: self._go_on(desktop_on(register, this_workstation())))
        self.welcome.practice_asked.connect(self._practise)

    def run(self) -> int:
        """Ask, and stay until the last window is closed; answers the exit status."""
        self.welcome.show()
        status = self._application.exec()
        if self.desktop is not None:
            self.desktop.close()
        return status

    def _practise(self) -> None:
        where = Path(tempfile.mkdtemp(prefix="muniment-practice-")) / "demonstration.muniment"
        register = create_register(str(where), CHARTER)
        things = furnish(register)
        register.close()
        self._go_on(_practice(str(where), things))

    def _go_on(self, desktop: Desktop) -> None:
        self.desktop = desktop
        desktop.show()
        self.welcome.close()


def this_workstation() -> Workstation:
    """The machine it runs on, with the settings of its user."""
    file = SettingsFile(settings_folder())

    def scanner(name: str, port: str) -> Scanner:
        make = Registry().driver("scanner_serial").scanner
        if make is None:
            raise LookupError("the serial driver makes no scanner")
        return make(name, {"port": port})

    def ports() -> tuple[SerialPort, ...]:
        from muniment_drivers.scanner_serial.ports import ports as plugged_in

        return tuple(SerialPort(name, says) for name, says in plugged_in())

    return Workstation(file.read(), file.write, plugged_in_by, ports, scanner)


def plugged_in_by(settings: Settings) -> Devices:
    """The scanners that settings name, and one that types like a keyboard; MUNIMENT_SCANNERS names other ports.

    Raises:
        SettingWrong: what stands for a port or a key cannot be one.

    """
    named = [part for part in os.environ.get("MUNIMENT_SCANNERS", "").split(",") if part]
    drivers = Registry()
    serial, wedge = drivers.driver("scanner_serial").scanner, drivers.driver("scanner_wedge").sieve
    ports = named or settings.scanner_ports
    scanners = [serial(f"Scanner {n}", {"port": port}) for n, port in enumerate(ports, 1)] if serial else []
    keys = {"prefix": settings.wedge_prefix, "suffix": settings.wedge_suffix}
    return Devices(scanners, wedge("Keyboard scanner", keys) if wedge else None)


def desktop_on(register: Register, workstation: Workstation, door: Window | None = None) -> Desktop:
    """The desktop on a register, in the window that stands open already or in one of its own; it is not shown yet.

    Raises:
        StoreFault: pretended devices for a register of real weapons.

    """
    from muniment.ui.desktop import Desktop, application
    from muniment.ui.kit.theme import theme, wear
    from muniment.ui.settings.languages import speak
    from muniment.ui.settings.wearing import theme_of

    settings = workstation.read.settings
    try:
        devices = workstation.devices(settings)
    except SettingWrong:  # keys or a port that were written into the file by hand
        devices = workstation.devices(Settings())
    if devices.stage is not None and register.realm is not Realm.TRAINING:
        raise StoreFault(
            say("Pretended devices are for training registers."),
            say("Nothing was opened."),
            say("Open a training register, or use real devices."),
        )
    running = application()
    if door is None:
        mirrored = speak(settings.language, running)
        wear(theme_of(settings, running.primaryScreen()), mirrored=mirrored)
    return Desktop(
        register, devices, _paper_of(register, pretended=devices.stage is not None), theme(), door, workstation
    )


def _run(desktop: Desktop) -> int:
    from muniment.ui.desktop import application

    desktop.show()
    status = application().exec()
    desktop.close()
    return status


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


def _paper_of(register: Register, *, pretended: bool) -> Paper:
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


def _register(engine: sa.Engine, outside: Outside, *, whole: bool = True) -> Register:
    desk = _desk(engine, outside)
    with desk.look() as work:
        genesis = work.fact(1)  # the ledger itself, for a table beside it may have been altered
    if genesis is None or genesis.kind is not Deed.REGISTER_OPENED:
        raise StoreFault(
            say("This register was never opened: its first fact is missing."),
            say("Nothing was changed."),
            say("If it has held weapons, tell the commander and go on with the newest backup. Else make a new one."),
        )
    log = str(genesis.after["origin"])
    seen = remembered(outside.heads.newest(log))
    if seen is not None and whole:
        with desk.look() as work:
            insist_on(work, seen)
    views = DatabaseViews(engine)

    def close() -> None:
        views.close()
        engine.dispose()

    realm, depot = Realm(str(genesis.after["realm"])), str(genesis.after["depot"])
    return Register(desk, DatabaseAudit(engine, suites()), realm, depot, close, views, lambda: outside.keys.make(log))


def _desk(engine: sa.Engine, outside: Outside) -> Desk:
    signing = Signing(outside.keys, suites(), outside.heads)
    return Desk(
        work=in_words(database_work(engine, signing)),
        look=database_look(engine),
        clock=outside.clock,
        ids=outside.ids,
        passphrases=outside.passphrases,
        workstation=outside.workstation,
        app=outside.app,
    )


def suites() -> dict[str, Suite]:
    """Every kind of signature that this program can check, by name."""
    from muniment.signatures import suites as known  # not before the window is painted

    return known()


def _engine(where: str, *, create: bool) -> sa.Engine:
    if where == ":memory:":
        return open_memory()
    if where.startswith("postgresql"):
        return open_postgresql(where)
    return open_sqlite(Path(where), create=create)
