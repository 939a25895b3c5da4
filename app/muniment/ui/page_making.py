"""Making the pages: each is loaded and made when it is first wanted, and joined to the others there.

An officer who has signed in wants to scan, so nothing but the hatch is made before the first scan. What is read of a
register of any length without changing it is read on the `looking` bridge, files and long lists on the `reading` one,
so that nobody at the hatch waits for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from muniment.desk.printing.queue import PrintQueue
from muniment.desk.register import Register
from muniment.paper.sheets import Sheets
from muniment.ports.paper import PrinterStage
from muniment.ui.bridge import Bridge
from muniment.ui.kit.sound import Sound
from muniment.ui.plugs import Plugs
from muniment.ui.settings.presenter import SettingsPresenter
from muniment.ui.shell.window import Window
from muniment.ui.speech import tr

if TYPE_CHECKING:  # each page is loaded when it is first wanted
    from muniment.desk.sittings.at_the_hatch import Scan
    from muniment.ui.cases.screen import CasesScreen
    from muniment.ui.hatch.screen import HatchScreen
    from muniment.ui.kits.screen import KitsScreen
    from muniment.ui.late.screen import LateScreen
    from muniment.ui.lists.screen import ListsScreen
    from muniment.ui.models.screen import ModelsScreen
    from muniment.ui.own.screen import OwnScreen
    from muniment.ui.pages import Pages
    from muniment.ui.papers.screen import PapersScreen
    from muniment.ui.people.screen import PeopleScreen
    from muniment.ui.places.screen import PlacesScreen
    from muniment.ui.proving.screen import ProvingScreen
    from muniment.ui.record.screen import RecordScreen
    from muniment.ui.register.screen import RegisterScreen
    from muniment.ui.settings.screen import SettingsScreen
    from muniment.ui.shipping.screen import ShippingScreen
    from muniment.ui.today.screen import TodayScreen
    from muniment.ui.ways import Ways


@dataclass(frozen=True, slots=True)
class Means:
    """What pages are made with: the register, the window, its threads, what rings, what is plugged in, what prints."""

    register: Register
    window: Window
    bridge: Bridge
    looking: Bridge
    reading: Bridge
    sound: Sound
    plugs: Plugs
    settings: SettingsPresenter | None
    queue: PrintQueue[Sheets] | None
    printer_stage: PrinterStage | None


class PageMaking:
    """Makes one page each, in the name of the officer who sits there then."""

    def __init__(self, means: Means, pages: Pages, ways: Ways) -> None:
        self._means, self._pages, self._ways = means, pages, ways
        self._desk, self._window, self._bridge = means.register.desk, means.window, means.bridge

    def add_all(self) -> None:
        """Add every page to the window in the order of the rail; none is made yet."""
        add = self._add
        add("today", "layout-dashboard", tr("Today"), tr("What there is, and what waits"), self._today)
        add("hatch", "barcode", tr("Desk"), tr("Issue, return and move, scan after scan"), self._hatch)
        purpose = tr("Every weapon, found by number, serial, type or place")
        add("register", "table", tr("Register"), purpose, self._register)
        add("places", "map-pin", tr("Places"), tr("Buildings, racks and slots, and what lies where"), self._places)
        add("people", "users", tr("People"), tr("Certificates, bans, and who holds what"), self._people)
        add("record", "file-text", tr("Record"), tr("All of one thing"), self._record, in_rail=False)
        purpose = tr("What leaves for another depot, and what comes from one")
        add("transfers", "truck-delivery", tr("Transfers"), purpose, self._transfers)
        add("cases", "bell-ringing", tr("Cases"), tr("What is not settled yet, and its file"), self._cases)
        add("kits", "stack-2", tr("Kits"), tr("Things that are handed out together"), self._kits, in_rail=False)
        purpose = tr("Makes and models, their types and calibres, and what the register bears beside them")
        add("models", "clipboard-list", tr("Catalogue"), purpose, self._models, in_rail=False)
        purpose = tr("What the depot defines for itself on its records, and the ways between its states")
        add("own", "tag", tr("Own fields and states"), purpose, self._own, in_rail=False)
        purpose = tr("Enter what was done on paper or by mistake")
        add("late", "history", tr("What has happened"), purpose, self._late, in_rail=False)
        add("lists", "file-text", tr("Lists"), tr("Take lists in, decide, mend, write out"), self._lists)
        purpose = tr("Verify the register, hold a printed sheet against it, hand its signed head out")
        add("proof", "shield-check", tr("Proof"), purpose, self._proof, in_rail=False)
        if self._means.plugs.devices.stage is not None:
            purpose = tr("Hold things before the pretended scanner")
            add("practice", "school", tr("Training"), purpose, self._practice)
        if self._means.queue is not None:
            purpose = tr("Forms to print, the printers, and what waits for them")
            add("papers", "printer", tr("Papers"), purpose, self._papers, in_rail=False)
        if self._means.settings is not None:
            add("settings", "settings", tr("Settings"), tr("Theme, size, sound, scanners, lock"), self._settings)

    def _add(
        self, name: str, icon: str, title: str, purpose: str, make: Callable[[], QWidget], *, in_rail: bool = True
    ) -> None:
        self._window.add_page(name, icon, title, lambda: self._pages.seat(make()), in_rail=in_rail, purpose=purpose)

    def _proof(self) -> ProvingScreen:
        from muniment.ui.proving.screen import ProvingScreen

        means = self._means
        page = ProvingScreen(means.register, self._pages.officer, means.reading, self._bridge)
        page.changed.connect(self._pages.changed)
        return page

    def _today(self) -> TodayScreen:
        from muniment.ui.today.presenter import TodayPresenter
        from muniment.ui.today.screen import TodayScreen

        register, ways = self._means.register, self._ways
        today = TodayScreen(TodayPresenter(register.desk, register.views), self._means.looking, register.depot)
        today.state_asked.connect(ways.list_state)
        today.lines_asked.connect(ways.list_lines)
        today.waiting_asked.connect(ways.follow)
        return today

    def _hatch(self) -> HatchScreen:
        from muniment.ui.hatch.presenter import HatchPresenter
        from muniment.ui.hatch.screen import HatchScreen

        window, pages, ways = self._window, self._pages, self._ways
        presenter = HatchPresenter(self._desk, pages.officer)
        hatch = HatchScreen(presenter, self._bridge, self._means.sound, window.open_panel, window.close_panel)
        hatch.changed.connect(pages.changed)
        hatch.print_asked.connect(pages.receipt_asked)
        hatch.bind_asked.connect(ways.bind_code)
        hatch.record_asked.connect(ways.show_record)
        hatch.late_asked.connect(ways.enter_late)
        return hatch

    def _register(self) -> RegisterScreen:
        from muniment.ui.register.presenter import RegisterPresenter
        from muniment.ui.register.screen import RegisterScreen

        register, ways = self._means.register, self._ways
        stock = RegisterScreen(RegisterPresenter(register.desk, register.views), self._means.looking, register.depot)
        stock.record_asked.connect(ways.show_record)
        stock.issue_asked.connect(ways.issue)
        stock.return_asked.connect(ways.take_back)
        stock.history_asked.connect(self._pages.history_asked)
        stock.identify_asked.connect(ways.identify)
        stock.new_asked.connect(ways.take_in)
        stock.kits_asked.connect(lambda: self._window.show_page("kits"))
        return stock

    def _places(self) -> PlacesScreen:
        from muniment.ui.places.presenter import PlacesPresenter
        from muniment.ui.places.screen import PlacesScreen

        ways = self._ways
        presenter = PlacesPresenter(self._desk, self._means.register.views, self._pages.officer)
        places = PlacesScreen(presenter, self._bridge, self._window, self._means.looking)
        places.changed.connect(self._pages.changed)
        places.list_asked.connect(ways.list_below)
        places.item_asked.connect(ways.show_record)
        places.bind_asked.connect(lambda place: ways.bind_code("", place))
        places.labels_asked.connect(self._pages.labels_asked)
        return places

    def _people(self) -> PeopleScreen:
        from muniment.ui.people.presenter import PeoplePresenter
        from muniment.ui.people.screen import PeopleScreen

        people = PeopleScreen(PeoplePresenter(self._desk, self._pages.officer), self._bridge, self._window)
        people.changed.connect(self._pages.changed)
        people.item_asked.connect(self._ways.show_record)
        return people

    def _record(self) -> RecordScreen:
        from muniment.ui.record.screen import RecordScreen

        ways = self._ways
        record = RecordScreen(self._desk, self._pages.officer, self._bridge, self._window)
        record.changed.connect(self._pages.changed)
        record.issue_asked.connect(ways.issue)
        record.return_asked.connect(ways.take_back)
        record.bind_asked.connect(lambda item: ways.bind_code("", item))
        record.history_asked.connect(self._pages.history_asked)
        record.case_asked.connect(ways.show_case)
        record.below_asked.connect(ways.list_below)
        record.left.connect(ways.leave_record)
        return record

    def _transfers(self) -> ShippingScreen:
        from muniment.ui.shipping.screen import ShippingScreen

        pages = self._pages
        transfers = ShippingScreen(self._desk, pages.officer, self._bridge, self._window, self._means.sound)
        transfers.changed.connect(pages.changed)
        transfers.print_asked.connect(pages.manifest_asked)
        transfers.acceptance_asked.connect(pages.acceptance_asked)
        transfers.record_asked.connect(self._ways.show_record)
        transfers.cases_asked.connect(self._ways.show_cases)
        return transfers

    def _cases(self) -> CasesScreen:
        from muniment.ui.cases.presenter import CasesPresenter
        from muniment.ui.cases.screen import CasesScreen

        ways = self._ways
        cases = CasesScreen(CasesPresenter(self._desk, self._pages.officer), self._bridge, self._window)
        cases.changed.connect(self._pages.changed)
        cases.record_asked.connect(ways.show_record)
        cases.person_asked.connect(ways.show_person)
        cases.shipment_asked.connect(ways.show_shipment)
        cases.kit_asked.connect(ways.show_kit)
        cases.late_asked.connect(ways.enter_late)
        return cases

    def _kits(self) -> KitsScreen:
        from muniment.ui.kits.screen import KitsScreen

        ways = self._ways
        kits = KitsScreen(self._desk, self._pages.officer, self._bridge, self._means.sound)
        kits.changed.connect(self._pages.changed)
        kits.record_asked.connect(ways.show_record)
        kits.cases_asked.connect(ways.show_cases)
        kits.issue_asked.connect(ways.issue)
        kits.return_asked.connect(ways.take_back)
        return kits

    def _models(self) -> ModelsScreen:
        from muniment.ui.models.presenter import ModelsPresenter
        from muniment.ui.models.screen import ModelsScreen

        presenter, means = ModelsPresenter(self._desk, self._pages.officer), self._means
        models = ModelsScreen(presenter, means.bridge, means.window, means.reading)
        models.changed.connect(self._pages.changed)
        models.list_asked.connect(self._ways.list_text)
        return models

    def _own(self) -> OwnScreen:
        from muniment.ui.own.screen import OwnScreen

        means = self._means
        own = OwnScreen(self._desk, self._pages.officer, means.bridge, means.window, means.looking)
        own.changed.connect(self._pages.changed)
        return own

    def _late(self) -> LateScreen:
        from muniment.ui.late.screen import LateScreen

        late = LateScreen(self._desk, self._pages.officer, self._bridge, self._window, self._means.sound)
        late.changed.connect(self._pages.changed)
        late.case_asked.connect(self._ways.show_case)
        late.left.connect(self._ways.leave_late)
        return late

    def _lists(self) -> ListsScreen:
        from muniment.ui.lists.screen import ListsScreen

        means, pages = self._means, self._pages
        lists = ListsScreen(means.register, pages.officer, means.reading, means.bridge, means.window)
        lists.changed.connect(pages.changed)
        lists.print_asked.connect(pages.import_receipt_asked)
        lists.item_asked.connect(self._ways.show_record)
        lists.identify_asked.connect(self._ways.identify)
        return lists

    def _practice(self) -> QWidget:
        from muniment.ui.practice import PracticeScreen

        devices, window = self._means.plugs.devices, self._window
        if devices.stage is None:
            raise LookupError("nothing pretends to be a scanner")
        return PracticeScreen(
            devices.things, devices.stage, lambda: window.show_page("hatch"), self._means.printer_stage
        )

    def _papers(self) -> PapersScreen:
        from muniment.ui.papers.presenter import PapersPresenter
        from muniment.ui.papers.screen import PapersScreen

        if self._means.queue is None:
            raise LookupError("nothing prints here")
        papers = PapersScreen(PapersPresenter(self._desk, self._pages.officer, self._means.queue), self._bridge)
        papers.changed.connect(self._pages.changed)
        papers.news.connect(self._pages.printing_news)
        papers.badge_scanned.connect(self._begin_at_the_desk)
        return papers

    def _begin_at_the_desk(self, scan: Scan) -> None:
        """Take a badge that the page in front has no use for to the desk."""
        if not self._window.locked and self._window.panel is None:
            self._window.show_page("hatch")
            self._window.take_scan(scan)

    def _settings(self) -> SettingsScreen:
        from muniment.ui.settings.screen import SettingsScreen

        means = self._means
        if means.settings is None:
            raise LookupError("nothing is to be set here")
        settings = SettingsScreen(means.settings, means.bridge, means.window, means.sound, means.plugs)
        settings.applied.connect(self._pages.settings_applied)
        return settings
