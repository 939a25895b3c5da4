"""The published list of 1,575 lines in the window: taken in, it adds up; taken back; taken in again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fakes.outside import StoppedClock, outside
from muniment.bootstrap import create_register, write_pdf
from muniment.desk.register import Register
from muniment.desk.waiting import Awaits, waiting
from muniment.domain.basics.identity import Kind
from muniment.reports.from_register import Printing
from muniment.reports.import_from_register import import_document
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE
from muniment.ui.desktop import Desktop, Paper
from muniment.ui.devices import Devices
from muniment.ui.lists.screen import ListsScreen

ROOT = Path(__file__).parents[2]
REFERENCE = Path(os.environ.get("MUNIMENT_REFERENCE", ROOT.parent / "shared"))
REAL_LIST = REFERENCE / "data" / "ks_1033_data.csv"


class Depot:
    """A desktop on an empty register, its page of lists, and the papers that it wrote."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot = qtbot
        clock = StoppedClock()
        self.register: Register = create_register(str(folder / "real.muniment"), CHARTER, outside(clock))
        self.papers: list[Path] = []
        printing = Printing(self.register, "en", clock.now().tzinfo)  # type: ignore[arg-type]

        def keep(batch: str) -> None:
            path = folder / f"{batch}.pdf"
            write_pdf(import_document(printing, batch), path)
            self.papers.append(path)

        self.desktop = Desktop(self.register, Devices([], None, None, ()), Paper())
        qtbot.addWidget(self.desktop.window)
        self.desktop.show()
        self.desktop.window.sign_in_asked.emit(OFFICER, PASSPHRASE)
        self.until(lambda: self.desktop.pages is not None and not self.desktop.window.locked)
        assert self.desktop.pages is not None
        self.desktop.pages.import_receipt_asked.connect(keep)
        self.desktop.window.show_page("lists")

    @property
    def lists(self) -> ListsScreen:
        pages = self.desktop.pages
        assert pages is not None
        return pages.lists

    def until(self, true: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(true, timeout=60_000)

    def press(self, key: Qt.Key) -> None:
        window = self.desktop.window
        self._qtbot.keyClick(window.focusWidget() or window, key)

    def take_in(self, path: Path) -> None:
        page = self.lists.taking_in
        self.lists.open("import")
        page.take_file(str(path))
        self.until(lambda: not page.busy and page.view.columns is not None)
        page.card.place.write("DEPOT")
        self.until(lambda: not page.busy)
        page.look.click()
        self.until(lambda: not page.busy and page.view.preview is not None)

    def write(self) -> None:
        page = self.lists.taking_in
        page.take.click()
        self.until(lambda: not page.busy and page.view.taken is not None)

    def pieces(self) -> tuple[int, int]:
        """Pieces in lines to be identified, and pieces that wait for a decision."""
        with self.register.desk.look() as work:
            lines = [one for one in work.every(Kind.LINE) if not one.text("withdrawn")]
            open_ones = [one for one in work.every(Kind.UNDECIDED) if one.text("state") == "open"]
        return sum(one.number("quantity") for one in lines), sum(one.number("quantity") for one in open_ones)


@pytest.fixture
def depot(qtbot: QtBot, tmp_path: Path) -> Iterator[Depot]:
    made = Depot(qtbot, tmp_path)
    yield made
    made.desktop.close()
    made.desktop.window.close()


@pytest.mark.skipif(not REAL_LIST.exists(), reason=f"THE REAL LIST IS NOT HERE: {REAL_LIST}")
def test_the_published_list_is_taken_in_taken_back_and_taken_in_again(depot: Depot) -> None:
    depot.take_in(REAL_LIST)
    page = depot.lists.taking_in
    assert page.view.kind == "holdings"
    assert page.view.mapping_name == "transfers_1033.toml"
    preview = page.view.preview
    assert preview is not None
    totals = preview.plan.totals
    assert (totals.rows_read, totals.quantity_read) == (1_575, 1_988)
    assert dict(totals.rows) == {"registered": 1_427, "for_decision": 148}
    assert {name: preview.rows_of(name) for name in totals.rows} == dict(totals.rows)
    depot.write()
    assert depot.pieces() == (1_427, 561)
    waits = waiting(depot.register.desk, depot.register.views)
    assert (waits.counts[Awaits.UNDECIDED], waits.counts[Awaits.TO_IDENTIFY]) == (148, 1_427)
    depot.press(Qt.Key.Key_F11)
    depot.until(lambda: bool(depot.papers) and depot.papers[0].exists())

    depot.lists.open("batches")
    batches = depot.lists.batches
    depot.until(lambda: batches.view.line is not None)
    batches.back.click()
    form = depot.desktop.window.panel
    assert form is not None
    form.fields["reason"].write("to see it go and come back")  # type: ignore[attr-defined]
    form.act.click()  # type: ignore[attr-defined]
    depot.until(lambda: batches.view.line is not None and not batches.view.line.stands)
    assert batches.view.line is not None
    assert (batches.view.line.undone, batches.view.line.kept) == (1_575, 0)
    assert depot.pieces() == (0, 0)

    depot.take_in(REAL_LIST)
    depot.write()
    assert depot.pieces() == (1_427, 561)
    depot.take_in(REAL_LIST)
    preview = page.view.preview
    assert preview is not None
    assert dict(preview.plan.totals.quantity) == {"already": 1_988}
    assert page.take.shown_words == "Nothing to take in"
    assert depot.register.audit.verify(lambda _done, _all: True).breaks == ()


def test_what_waits_leads_from_the_strip_to_where_it_is_decided(depot: Depot, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('item,quantity\nBICYCLE,2\n"RIFLE,5.56 MILLIMETER",3\n', encoding="utf-8")
    depot.take_in(path)
    depot.write()
    window = depot.desktop.window
    things = {one.awaits: one for one in waiting(depot.register.desk, depot.register.views).things}
    for awaits, part in ((Awaits.UNDECIDED, "decisions"), (Awaits.TO_IDENTIFY, "worklist")):
        window.show_page("hatch")

        def led(name: str = f"{awaits}:{things[awaits].about}") -> bool:
            window.waiting_chosen.emit(name)  # once the strip has been read again
            return window.page == "lists"

        depot.until(led)
        assert depot.lists.sections.opened == part
