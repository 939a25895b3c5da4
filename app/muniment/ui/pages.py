"""The pages of the desktop, as the desktop holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, cast, runtime_checkable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from muniment.desk.desk import Officer
from muniment.desk.printing.queue import PrintQueue
from muniment.desk.register import Register
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.custody.command_cards import command_on
from muniment.paper.sheets import Sheets
from muniment.ports.paper import PrinterStage
from muniment.ui.bridge import Bridge
from muniment.ui.kit.sound import Sound
from muniment.ui.page_making import Means, PageMaking
from muniment.ui.plugs import Plugs
from muniment.ui.search_watch import SearchWatch
from muniment.ui.settings.presenter import SettingsPresenter
from muniment.ui.shell.page import Shown
from muniment.ui.shell.window import Window
from muniment.ui.ways import Ways
from muniment.ui.what_waits import WhatWaits

if TYPE_CHECKING:  # each page is loaded when it is first wanted
    from muniment.ui.cases.screen import CasesScreen
    from muniment.ui.hatch.screen import HatchScreen
    from muniment.ui.kits.screen import KitsScreen
    from muniment.ui.late.screen import LateScreen
    from muniment.ui.lists.screen import ListsScreen
    from muniment.ui.models.screen import ModelsScreen
    from muniment.ui.papers.screen import PapersScreen
    from muniment.ui.people.screen import PeopleScreen
    from muniment.ui.places.screen import PlacesScreen
    from muniment.ui.record.screen import RecordScreen
    from muniment.ui.register.screen import RegisterScreen
    from muniment.ui.settings.screen import SettingsScreen
    from muniment.ui.shipping.screen import ShippingScreen
    from muniment.ui.today.screen import TodayScreen

W = TypeVar("W", bound=QWidget)

PRINTING_AFTER_MS = 400
"""The pause after signing in before the print queue is looked at."""


@runtime_checkable
class Stops(Protocol):
    """A page that asks of its own accord, until it is told that the window goes."""

    def stop(self) -> None:
        """Ask nothing more."""
        ...


@runtime_checkable
class Seat(Protocol):
    """A page that acts in the name of the officer who is signed in."""

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        ...


class Pages(QObject):
    """The pages once somebody is signed in, each made when it is first wanted: shown, or asked for here."""

    changed = Signal()
    """Something was written into the ledger."""
    receipt_asked = Signal(str)
    """A hand receipt that is to be printed."""
    history_asked = Signal(str)
    """An item whose history is to be printed."""
    import_receipt_asked = Signal(str)
    """An import whose receipt is to be printed, by its number."""
    labels_asked = Signal(str)
    """A place whose label is to be printed."""
    manifest_asked = Signal(str)
    """A transfer whose manifest is to be printed."""
    acceptance_asked = Signal(str)
    """An arrival whose acceptance sheet is to be printed."""
    printing_news = Signal(object)
    """What is to be told of printing in the line of devices."""
    search_news = Signal(object)
    """What is to be told of the search index in the line of devices."""
    settings_applied = Signal(object)
    """Settings that are to hold from now on."""

    def __init__(
        self,
        register: Register,
        window: Window,
        bridge: Bridge,
        sound: Sound,
        plugs: Plugs,
        officer: Officer,
        settings: SettingsPresenter | None = None,
        queue: PrintQueue[Sheets] | None = None,
        printer_stage: PrinterStage | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._officer = window, officer
        self._may_print, self._may_set = queue is not None, settings is not None
        self._seats: list[Seat] = []
        self.looking, self.reading = Bridge(self), Bridge(self)
        for other in (self.looking, self.reading):
            other.broken.connect(bridge.broken)
        self._ways = Ways(self, register, window, bridge)
        means = Means(
            register, window, bridge, self.looking, self.reading, sound, plugs, settings, queue, printer_stage
        )
        PageMaking(means, self, self._ways).add_all()
        self._waits = WhatWaits(register, window, self.looking, self._ways.follow, self._jobs)
        self._watch = SearchWatch(register.views, self.looking, self.search_news.emit, self)
        window.command_asked.connect(self._ways.open_palette)
        window.help_asked.connect(self._ways.open_help)
        window.show_page("hatch")
        if queue is not None:
            self.receipt_asked.connect(lambda receipt: self._printing.print_receipt(receipt))
            self.history_asked.connect(lambda item: self._printing.print_history(item))
            self.manifest_asked.connect(lambda shipment: self._printing.print_manifest(shipment))
            self.acceptance_asked.connect(lambda arrival: self._printing.print_acceptance(arrival))
            self.import_receipt_asked.connect(lambda batch: self._printing.print_import_receipt(batch))
            self.labels_asked.connect(lambda place: self._printing.print_place_label(place))
            # What a power cut left in the queue is told without being asked, but not before the first scan.
            QTimer.singleShot(PRINTING_AFTER_MS, self, lambda: window.widget_of("papers"))

    @property
    def officer(self) -> Officer:
        """Who is signed in."""
        return self._officer

    def seat(self, page: W) -> W:
        """Have a page that was just made hear who sits down later."""
        if isinstance(page, Seat):
            self._seats.append(page)
        return page

    def sit_down(self, officer: Officer) -> None:
        """Another officer takes over."""
        self._officer = officer
        for seat in self._seats:
            seat.sit_down(officer)

    def take_scan(self, scan: Scan) -> bool:
        """Give a scan to the open panel or the page in front; what they have no use for is the desk's.

        So is every command card, except where a panel asks for something. False while the window is locked.
        """
        window = self._window
        if window.locked:
            return False
        asked = window.panel is not None
        if not asked and command_on(scan.text) is not None:
            window.show_page("hatch")
        if window.take_scan(scan):
            return True
        if asked:
            return False
        window.show_page("hatch")
        return window.take_scan(scan)

    def written(self) -> None:
        """Something was written by a panel over a page: say so, and have the page in front read it."""
        self.changed.emit()
        front = self._window.front
        if self._window.page in ("register", "lists", "record") and isinstance(front, Shown):
            front.page_shown()

    def refresh_queue(self) -> None:
        """Read again what waits."""
        self._waits.read()

    def stop(self) -> None:
        """Ask the desk nothing more."""
        for page in self._window.pages:
            if isinstance(page.widget, Stops):
                page.widget.stop()
        self._watch.stop()
        self.looking.stop()
        self.reading.stop()

    @property
    def hatch(self) -> HatchScreen:
        """The hatch."""
        return cast("HatchScreen", self._window.widget_of("hatch"))

    @property
    def today(self) -> TodayScreen:
        """The first page of the day."""
        return cast("TodayScreen", self._window.widget_of("today"))

    @property
    def stock(self) -> RegisterScreen:
        """The register."""
        return cast("RegisterScreen", self._window.widget_of("register"))

    @property
    def places(self) -> PlacesScreen:
        """Places."""
        return cast("PlacesScreen", self._window.widget_of("places"))

    @property
    def people(self) -> PeopleScreen:
        """People."""
        return cast("PeopleScreen", self._window.widget_of("people"))

    @property
    def record(self) -> RecordScreen:
        """The record of one thing."""
        return cast("RecordScreen", self._window.widget_of("record"))

    @property
    def transfers(self) -> ShippingScreen:
        """What leaves for another depot, and what comes from one."""
        return cast("ShippingScreen", self._window.widget_of("transfers"))

    @property
    def cases(self) -> CasesScreen:
        """Cases."""
        return cast("CasesScreen", self._window.widget_of("cases"))

    @property
    def kits(self) -> KitsScreen:
        """Kits."""
        return cast("KitsScreen", self._window.widget_of("kits"))

    @property
    def models(self) -> ModelsScreen:
        """The catalogue."""
        return cast("ModelsScreen", self._window.widget_of("models"))

    @property
    def late(self) -> LateScreen:
        """What has happened."""
        return cast("LateScreen", self._window.widget_of("late"))

    @property
    def lists(self) -> ListsScreen:
        """Lists."""
        return cast("ListsScreen", self._window.widget_of("lists"))

    @property
    def papers(self) -> PapersScreen | None:
        """The page of papers, where there is a print queue."""
        return cast("PapersScreen", self._window.widget_of("papers")) if self._may_print else None

    @property
    def settings(self) -> SettingsScreen | None:
        """Settings, where something is to be set."""
        return cast("SettingsScreen", self._window.widget_of("settings")) if self._may_set else None

    @property
    def _printing(self) -> PapersScreen:
        return cast("PapersScreen", self._window.widget_of("papers"))

    def _jobs(self) -> PapersScreen | None:
        """The page of papers, once it stands."""
        made = {page.name: page.widget for page in self._window.pages}.get("papers")
        return cast("PapersScreen", made) if made is not None else None
