"""Draws every page of the real desktop, and what it prints, on the demonstration depot, for the documents.

    PYTHONPATH=app:drivers:db:tests python tests/pictures.py FOLDER

The clock stands still and everything shown is invented, so that two runs draw the same pictures.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "UTC"

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from fakes.busy_depot import make_busy
from fakes.outside import StoppedClock, outside, unhurried
from fakes.printing import QUICK
from muniment.bootstrap import create_register, print_queue
from muniment.desk.register import Register
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.printing import Form
from muniment.paper.label_sheets import LabelJob
from muniment.paper.press import Job
from muniment.paper.printers.folder import FolderPrinter
from muniment.paper.printers.machine import MachinePrinters
from muniment.paper.printers.pretended import PretendedPrinter
from muniment.ports.paper import Order
from muniment.reports.from_register import Printing
from muniment.reports.labels import LabelSheets
from muniment.reports.orders import compose
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, furnish, play_day
from muniment.ui.desktop import Desktop, Paper, application
from muniment.ui.devices import Devices
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.gallery_words import gallery_arabic
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.proving.screen import ProvingScreen
from muniment.ui.settings.kept import SettingsFile
from muniment.ui.settings.workstation import Workstation
from muniment_drivers.scanner_serial.simulated import SimulatedScanner

SCREEN = QSize(1366, 768)
COLOURS = 256
LISTED_AT = 1_793_000_000
"""When the lists in the home folder were written, in seconds of the machine."""
SHEET_DOTS = 80
FORMS = {
    "hand-receipt": Order(Form.HAND_RECEIPT, ("R-000001",)),
    "issue-log": Order(Form.ISSUE_LOG),
    "history": Order(Form.HISTORY, ("W-0000001",)),
    "manifest": Order(Form.MANIFEST, ("T-0000001",)),
    "command-cards": Order(Form.COMMAND_CARDS),
    "item-labels": Order(Form.ITEM_LABELS, tuple(f"W-{n:07d}" for n in range(1, 9))),
}
"""What is printed for the documents."""
MOST_MS = 10_000


@dataclass
class Demonstration:
    """The desktop on the furnished depot after its day, signed in."""

    desktop: Desktop
    register: Register
    clock: StoppedClock
    settings: SettingsFile
    cut: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until the desk has done everything it was given, and what followed from it."""
        pages = self.desktop.pages
        bridges = [self.desktop.bridge] if pages is None else [self.desktop.bridge, pages.looking]
        for bridge in bridges * 4:
            done: list[bool] = []
            bridge.do(lambda: True, done.append)
            until(partial(bool, done))
        spin()

    def scan(self, code: str) -> None:
        """Hold a code before the scanner."""
        self.desktop.window.take_scan(Scan(code, "barcode", "Practice scanner"))
        self.settle()

    def show(self, page: str) -> None:
        """Bring a page to the front and let it read."""
        self.desktop.window.show_page(page)
        self.settle()

    def picture(self, into: Path) -> None:
        """Draw the window; what is cut off on it is remembered."""
        spin()
        self.cut += [f"{into.stem}: {text}" for text in clipped(self.desktop.window)]
        reduced(self.desktop.window.grab().toImage()).save(str(into))


def until(true: Callable[[], bool]) -> None:
    """Let Qt work until something is true.

    Raises:
        TimeoutError: it never became true.

    """
    clock = QElapsedTimer()
    clock.start()
    while not true():
        if clock.elapsed() > MOST_MS:
            raise TimeoutError("the desktop did not come to rest")
        QApplication.processEvents()


def spin() -> None:
    """Let Qt lay out, paint and forget what was thrown away."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def reduced(picture: QImage) -> QImage:
    """The picture in its 256 commonest colours, so that its file is small."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    plain.setDevicePixelRatio(1)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    colours = [colour for colour, _ in counted.most_common(COLOURS)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, colours, Qt.ImageConversionFlag.ThresholdDither)


@contextmanager
def demonstration(folder: Path, *, prints: bool = False) -> Iterator[Demonstration]:
    """The depot after its day, in a window as large as the screen most depots have.

    With `prints` the day goes on until every page has something to show, and there is a printer: it has printed a
    receipt, and has no paper for the next sheet.
    """
    clock = StoppedClock()
    register = create_register(":memory:", CHARTER, outside(clock))
    things = furnish(register)
    receipt = play_day(register, lambda _: None)
    paper = _printing(register, folder, receipt) if prints else Paper()
    scanner = SimulatedScanner("Practice scanner", clock=unhurried())
    devices = Devices([scanner], None, scanner, things)
    file = SettingsFile(folder)
    workstation = Workstation(file.read(), file.write, lambda _: devices)
    desktop = Desktop(register, devices, paper, Theme(still=True), workstation=workstation)
    desktop.sound.mute(True)
    desktop.window.resize(SCREEN)
    desktop.show()
    made = Demonstration(desktop, register, clock, file)
    try:
        yield made
    finally:
        desktop.close()
        desktop.window.close()
        desktop.window.deleteLater()
        desktop.deleteLater()
        spin()


def _printing(register: Register, folder: Path, receipt: Subject) -> Paper:
    officer = make_busy(register)
    printer = PretendedPrinter("Hatch printer")
    os.environ["XDG_DATA_HOME"] = str(folder)
    queue = print_queue(register, MachinePrinters([FolderPrinter(folder / "documents"), printer], None), QUICK)
    queue.prefer(printer.name)
    queue.wait(queue.order(Order(Form.HAND_RECEIPT, (receipt,)), officer, printer.name))
    printer.load(0)
    queue.wait(queue.order(Order(Form.ISSUE_LOG), officer, printer.name))
    return Paper(queue, printer)


def sign_in(made: Demonstration) -> None:
    """Sit down at the desk."""
    made.desktop.window.sign_in_asked.emit(OFFICER, PASSPHRASE)
    until(lambda: made.desktop.hatch is not None and made.desktop.hatch.view is not None)
    made.settle()


def fill_the_desk(made: Demonstration) -> None:
    """Somebody stands at the hatch with two weapons."""
    made.show("hatch")
    for code in ("BADGE-D102", "TAG-0002", "TAG-0011"):
        made.scan(code)


def draw(folder: Path) -> list[str]:
    """Draw everything; answers the texts that were cut off."""
    app = application()
    folder.mkdir(parents=True, exist_ok=True)
    with _a_home_of_nobody(), tempfile.TemporaryDirectory() as where:
        with demonstration(Path(where), prints=True) as made:
            _pages(made, folder)
            _looks(made, folder)
            _panels(made, folder)
            _sheets(made.register, folder)
            cut = made.cut
        arabic = gallery_arabic(app)
        app.installTranslator(arabic)
        wear(Theme(still=True), mirrored=True)
        with demonstration(Path(where)) as made:
            wear(Theme(still=True), mirrored=True)
            sign_in(made)
            fill_the_desk(made)
            made.picture(folder / "hatch-right-to-left.png")
            cut += made.cut
        app.removeTranslator(arabic)
        wear(Theme(still=True), mirrored=False)
    return cut


@contextmanager
def _a_home_of_nobody() -> Iterator[None]:
    """A home folder with two lists in it, so that no picture shows the folders of whoever draws."""
    before = os.environ.get("HOME", "")
    home = Path(tempfile.gettempdir()) / "armoury"
    home.mkdir(exist_ok=True)
    for name in ("people.csv", "weapons of house 1.csv"):
        (home / name).write_text("Number,Serial\n1,EX-1\n", encoding="utf-8")
        os.utime(home / name, (0, LISTED_AT))
    os.environ["HOME"] = str(home)
    try:
        yield
    finally:
        os.environ["HOME"] = before
        shutil.rmtree(home)


def _pages(made: Demonstration, folder: Path) -> None:
    wear(Theme(still=True))
    made.picture(folder / "sign-in.png")
    sign_in(made)
    fill_the_desk(made)
    made.show("record")
    made.scan("TAG-0005")
    pages = made.desktop.window.pages
    for page in pages:
        made.show(page.name)
        table = next((one for one in page.widget.findChildren(DataTable) if one.isVisible()), None)
        if isinstance(page.widget, ProvingScreen):
            page.widget.verify.click()
            until(page.widget.found.isVisible)
        if page.name not in ("hatch", "record", "papers", "late") and table is not None and table.model().rowCount():
            table.choose(0)
            made.settle()
        made.picture(folder / f"{page.name}.png")


def _looks(made: Demonstration, folder: Path) -> None:
    made.show("hatch")
    for name, look in (
        ("dark", Theme(Tint.DARK, still=True)),
        ("night", Theme(Tint.NIGHT, still=True)),
        ("glove", Theme(scale=Scale.GLOVE, still=True)),
    ):
        wear(look)
        made.settle()
        made.picture(folder / f"hatch-{name}.png")
    wear(Theme(still=True))


def _panels(made: Demonstration, folder: Path) -> None:
    made.show("hatch")
    made.scan("TAG-0006")
    made.picture(folder / "hatch-refusal.png")
    made.scan("MUNIMENT YES")
    pages = made.desktop.pages
    if pages is None:
        return
    made.show("people")
    made.scan("BADGE-D101")
    pages.people.certify.click()
    made.settle()
    made.picture(folder / "panel.png")
    made.desktop.window.close_panel()
    made.show("record")
    pages.record.acts.click()
    made.settle()
    made.picture(folder / "record-acts.png")
    made.desktop.window.close_panel()


def _sheets(register: Register, folder: Path) -> None:
    """The first page of each form, in greys."""
    printing = Printing(register, "en", UTC)
    for name, order in FORMS.items():
        form = compose(printing, order).made
        job = LabelJob(form, str, printing.now()) if isinstance(form, LabelSheets) else Job(form, str)
        page = job.picture(1, SHEET_DOTS).convertToFormat(QImage.Format.Format_Grayscale8)
        page.save(str(folder / f"sheet-{name}.png"))


def main() -> int:
    """Draw into the folder that is named; fails where something is cut off."""
    if len(sys.argv) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    cut = draw(Path(sys.argv[1]))
    for text in cut:
        sys.stdout.write(f"cut off on {text}\n")
    return 1 if cut else 0


if __name__ == "__main__":
    sys.exit(main())
