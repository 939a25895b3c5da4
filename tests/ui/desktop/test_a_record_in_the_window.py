"""From the register into a record: a photograph, a component, an act that is taken back; and a fault at the hatch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from fakes.outside import StoppedClock, outside, unhurried
from muniment.bootstrap import create_register
from muniment.desk.components import NewComponent, register
from muniment.desk.desk import Deposition
from muniment.desk.finding import item_named, place_named
from muniment.desk.reading import ItemCard, card
from muniment.desk.register import Register
from muniment.desk.signing import sign_in
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, furnish
from muniment.ui.desktop import Desktop, Paper
from muniment.ui.devices import Devices
from muniment.ui.pages import Pages
from muniment.ui.shell.panel import Panel
from muniment.ui.stock.form import FormPanel
from muniment_drivers.scanner_serial.simulated import SimulatedScanner

RIFLE = "DEMO-10231"


class Counter:
    """A desktop, the scanner before it, and a barrel on the rack."""

    def __init__(self, desktop: Desktop, scanner: SimulatedScanner, register: Register, bot: QtBot) -> None:
        self.desktop, self.scanner, self.register, self.bot = desktop, scanner, register, bot

    @property
    def pages(self) -> Pages:
        assert self.desktop.pages is not None
        return self.desktop.pages

    def until(self, true: Callable[[], bool]) -> None:
        self.bot.waitUntil(true, timeout=10_000)

    def press(self, key: Qt.Key) -> None:
        window = self.desktop.window
        window.activateWindow()
        self.until(window.isActiveWindow)
        self.bot.keyClick(window.focusWidget() or window, key)

    def form(self) -> FormPanel:
        self.until(lambda: isinstance(self.desktop.window.panel, FormPanel))
        panel = self.desktop.window.panel
        assert isinstance(panel, FormPanel)
        self.until(panel.act.isEnabled)
        return panel

    def closed(self) -> None:
        self.until(lambda: self.desktop.window.panel is None)

    def item(self, name: str) -> ItemCard:
        with self.register.desk.look() as work:
            return card(work, item_named(work, name), self.register.desk.clock.now())


@pytest.fixture
def counter(qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    made = create_register(str(tmp_path / "demo.muniment"), CHARTER, outside(StoppedClock()))
    things = furnish(made)
    barrel = ComponentDescription(
        kind=ComponentKind.BARREL, serial="B-77120", calibre=CalibreAs.from_written("5.56x45mm")
    )
    with made.desk.look() as work:
        rack = place_named(work, "A1").subject
    register(made.desk, Deposition(sign_in(made.desk, OFFICER, PASSPHRASE)), NewComponent(barrel), rack)
    scanner = SimulatedScanner("Practice scanner", clock=unhurried())
    desktop = Desktop(made, Devices([scanner], None, scanner, things), Paper())
    desktop.show()
    desktop.sound.mute(True)
    desktop.window.sign_in_asked.emit(OFFICER, PASSPHRASE)
    qtbot.waitUntil(lambda: desktop.hatch is not None and desktop.hatch.view is not None, timeout=10_000)
    yield Counter(desktop, scanner, made, qtbot)
    desktop.close()
    desktop.window.close()


def test_register_record_photograph_component_and_the_act_taken_back(counter: Counter, tmp_path: Path) -> None:
    window, record = counter.desktop.window, counter.pages.record
    window.show_page("register")
    counter.scanner.present("TAG-0001")
    stock = counter.pages.stock
    assert stock is not None
    counter.until(lambda: stock.side.item.record.isVisible())
    counter.press(Qt.Key.Key_F5)
    counter.until(lambda: window.page == "record" and record.view is not None)

    image = QImage(800, 450, QImage.Format.Format_RGB32)
    image.fill(QColor("olive"))
    QImageWriter(str(tmp_path / "left.png")).write(image)
    record.show_section("files")
    counter.press(Qt.Key.Key_F5)
    panel = counter.form()
    panel.fields["file"].write(str(tmp_path / "left.png"))  # type: ignore[attr-defined]
    panel.fields["file"].setFocus()
    counter.press(Qt.Key.Key_Return)
    counter.closed()
    counter.until(lambda: record.card.item is not None and record.card.item.picture != b"")

    record.show_section("parts")
    counter.press(Qt.Key.Key_F5)
    counter.form()
    counter.scanner.present("B-77120")
    counter.until(lambda: counter.form().fields["component"].value == "B-77120")
    counter.form()
    counter.press(Qt.Key.Key_Return)
    counter.closed()
    counter.until(lambda: record.view is not None and len(record.view.parts) == 1)
    assert counter.item("B-77120").place == counter.item(RIFLE).register_no

    record.show_section("custody")
    counter.until(lambda: record.custody.told is not None and record.custody.told.line.kind == "component_fitted")
    counter.press(Qt.Key.Key_F7)
    panel = counter.form()
    panel.fields["reason"].write("another rifle")  # type: ignore[attr-defined]
    counter.press(Qt.Key.Key_F10)
    counter.closed()
    counter.until(lambda: record.view is not None and record.view.parts == ())
    assert counter.item("B-77120").place == "A1"

    counter.press(Qt.Key.Key_Escape)
    counter.until(lambda: window.page == "register")
    assert counter.register.audit.verify(lambda _done, _all: True).breaks == ()


def test_what_comes_back_broken_is_set_apart_by_a_key_and_the_record_says_why(counter: Counter) -> None:
    window, hatch = counter.desktop.window, counter.pages.hatch
    for code in ("BADGE-D101", "TAG-0001", "MUNIMENT DONE"):
        counter.scanner.present(code)
    counter.until(lambda: window.panel is not None)
    counter.press(Qt.Key.Key_F6)  # signed on the receipt
    counter.closed()
    for code in ("MUNIMENT RETURN", "TAG-0001"):
        counter.scanner.present(code)
    counter.until(lambda: hatch.view is not None and hatch.view.may_tell_fault)
    counter.press(Qt.Key.Key_F6)
    counter.until(lambda: window.panel is not None)
    assert isinstance(window.panel, Panel)
    counter.bot.keyClicks(window.focusWidget(), "front sight is loose")
    counter.press(Qt.Key.Key_Return)
    counter.closed()
    counter.until(lambda: hatch.view is not None and not hatch.view.faulting)
    assert counter.item(RIFLE).state == "quarantined"
    counter.press(Qt.Key.Key_F5)
    record = counter.pages.record
    counter.until(lambda: record.view is not None and record.view.item.quarantine == "front sight is loose")
    assert window.page == "record"
