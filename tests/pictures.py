"""Draws every page of the real desktop on the demonstration depot, for the documents.

    PYTHONPATH=app:drivers:db:tests python tests/pictures.py FOLDER

The clock stands still and everything shown is invented, so that two runs draw the same pictures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "UTC"

from PySide6.QtCore import QElapsedTimer, QEvent, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from fakes.outside import StoppedClock, outside
from muniment.bootstrap import create_register
from muniment.desk.register import Register
from muniment.desk.sittings.hatch import Scan
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, furnish, play_day
from muniment.ui.desktop import Desktop, Paper, application
from muniment.ui.devices import Devices
from muniment.ui.kit.clipping import clipped
from muniment.ui.kit.gallery_words import gallery_arabic
from muniment.ui.kit.theme import Theme, wear
from muniment.ui.kit.tokens import Scale, Tint
from muniment.ui.settings.kept import SettingsFile
from muniment.ui.settings.workstation import Workstation
from muniment_drivers.scanner_serial.simulated import SimulatedScanner

SCREEN = QSize(1366, 768)
COLOURS = 256
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
def demonstration(folder: Path) -> Iterator[Demonstration]:
    """The depot after its day, in a window as large as the screen most depots have."""
    clock = StoppedClock()
    register = create_register(":memory:", CHARTER, outside(clock))
    things = furnish(register)
    play_day(register, lambda _: None)
    scanner = SimulatedScanner("Practice scanner")
    devices = Devices([scanner], None, scanner, things)
    file = SettingsFile(folder)
    workstation = Workstation(file.read(), file.write, lambda _: devices)
    desktop = Desktop(register, devices, Paper(), Theme(still=True), workstation=workstation)
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
    cut: list[str] = []
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as where, demonstration(Path(where)) as made:
        wear(Theme(still=True))
        made.picture(folder / "sign-in.png")
        sign_in(made)
        fill_the_desk(made)
        for page in made.desktop.window.pages:
            made.show(page.name)
            made.picture(folder / f"{page.name}.png")
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
        made.scan("TAG-0006")
        made.picture(folder / "hatch-refusal.png")
        made.scan("MUNIMENT YES")
        made.show("people")
        made.scan("BADGE-D101")
        people = made.desktop.pages.people if made.desktop.pages is not None else None
        if people is not None:
            people.certify.click()
            made.settle()
            made.picture(folder / "panel.png")
            made.desktop.window.close_panel()
        cut += made.cut
    with tempfile.TemporaryDirectory() as where:
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
