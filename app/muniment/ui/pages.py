"""The pages of the desktop, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from muniment.desk.desk import Officer
from muniment.desk.printing.queue import PrintQueue
from muniment.desk.quality import Task
from muniment.desk.register import Register
from muniment.desk.sittings.hatch import Scan
from muniment.desk.waiting import Awaits, WaitingList, WaitingThing, waiting
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.command_cards import Command, command_on
from muniment.paper.sheets import Sheets
from muniment.ports.paper import PrinterStage
from muniment.ports.views import ItemState
from muniment.ui.bridge import Bridge
from muniment.ui.cases.presenter import CasesPresenter
from muniment.ui.cases.screen import CasesScreen
from muniment.ui.hatch.presenter import HatchPresenter
from muniment.ui.hatch.screen import HatchScreen
from muniment.ui.kit.queue_strip import Waiting
from muniment.ui.kit.sound import Sound
from muniment.ui.kits.screen import KitsScreen
from muniment.ui.late.screen import LateScreen
from muniment.ui.lists.screen import ListsScreen
from muniment.ui.models.presenter import ModelsPresenter
from muniment.ui.models.screen import ModelsScreen
from muniment.ui.palette.panel import open_palette
from muniment.ui.palette.presenter import FindPresenter
from muniment.ui.papers.presenter import PapersPresenter
from muniment.ui.papers.screen import PapersScreen
from muniment.ui.people.presenter import PeoplePresenter
from muniment.ui.people.screen import PeopleScreen
from muniment.ui.places.presenter import PlacesPresenter
from muniment.ui.places.screen import PlacesScreen
from muniment.ui.plugs import Plugs
from muniment.ui.practice import PracticeScreen
from muniment.ui.record.screen import RecordScreen
from muniment.ui.register.presenter import RegisterPresenter
from muniment.ui.register.screen import RegisterScreen
from muniment.ui.settings.presenter import SettingsPresenter
from muniment.ui.settings.screen import SettingsScreen
from muniment.ui.shell.help import open_help
from muniment.ui.shell.window import Window
from muniment.ui.shipping.screen import ShippingScreen
from muniment.ui.speech import spoken, tr
from muniment.ui.stock.bind_panel import open_bind
from muniment.ui.stock.register_panel import open_identify, open_register_weapon
from muniment.ui.today.presenter import TodayPresenter
from muniment.ui.today.screen import STATES, TodayScreen


@runtime_checkable
class Seat(Protocol):
    """A page that acts in the name of the officer who is signed in."""

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        ...


class Pages(QObject):
    """Makes the pages once somebody is signed in, and takes a wish of one page to another."""

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
        self._register, self._window, self._bridge, self._officer = register, window, bridge, officer
        desk = register.desk
        self.hatch = HatchScreen(HatchPresenter(desk, officer), bridge, sound, window.open_panel, window.close_panel)
        self.people = PeopleScreen(PeoplePresenter(desk, officer), bridge, window)
        self.record = RecordScreen(desk, officer, bridge, window)
        self.cases = CasesScreen(CasesPresenter(desk, officer), bridge, window)
        self.transfers = ShippingScreen(desk, officer, bridge, window, sound)
        self.kits = KitsScreen(desk, officer, bridge, sound)
        self.late = LateScreen(desk, officer, bridge, window, sound)
        self._before_late = "hatch"
        # Long lists are read and looked through beside the desk's thread, so that nobody at the hatch waits for them.
        self._reader = Bridge(self)
        self._reader.broken.connect(bridge.broken)
        self.lists = ListsScreen(register, officer, self._reader, bridge, window)
        self.today: TodayScreen | None = None
        self.stock: RegisterScreen | None = None
        self.places: PlacesScreen | None = None
        self._waits: dict[str, WaitingThing] = {}
        self._seats: list[Seat] = []
        self._before = "hatch"
        views = register.views
        if views is not None:
            self.today = TodayScreen(TodayPresenter(desk, views), bridge, register.depot)
            self.stock = RegisterScreen(RegisterPresenter(desk, views), bridge, register.depot)
            self._add("today", "layout-dashboard", tr("Today"), self.today, purpose=tr("What there is, and what waits"))
        self._add("hatch", "barcode", tr("Desk"), self.hatch, purpose=tr("Issue, return and move, scan after scan"))
        if self.stock is not None:
            purpose = tr("Every weapon, found by number, serial, type or place")
            self._add("register", "table", tr("Register"), self.stock, purpose=purpose)
            self.places = PlacesScreen(PlacesPresenter(desk, views, officer), bridge, window)
            purpose = tr("Buildings, racks and slots, and what lies where")
            self._add("places", "map-pin", tr("Places"), self.places, purpose=purpose)
        self._add("people", "users", tr("People"), self.people, purpose=tr("Certificates, bans, and who holds what"))
        self._add("record", "file-text", tr("Record"), self.record, in_rail=False, purpose=tr("All of one thing"))
        purpose = tr("What leaves for another depot, and what comes from one")
        self._add("transfers", "truck-delivery", tr("Transfers"), self.transfers, purpose=purpose)
        self._add("cases", "bell-ringing", tr("Cases"), self.cases, purpose=tr("What is not settled yet, and its file"))
        purpose = tr("Things that are handed out together")
        self._add("kits", "stack-2", tr("Kits"), self.kits, in_rail=False, purpose=purpose)
        self.models = ModelsScreen(ModelsPresenter(desk, officer), bridge, window)
        purpose = tr("Makes and models, their types and calibres, and what the register bears beside them")
        self._add("models", "clipboard-list", tr("Catalogue"), self.models, in_rail=False, purpose=purpose)
        purpose = tr("Enter what was done on paper or by mistake")
        self._add("late", "history", tr("What has happened"), self.late, in_rail=False, purpose=purpose)
        self._add("lists", "file-text", tr("Lists"), self.lists, purpose=tr("Take lists in, decide, mend, write out"))
        devices = plugs.devices
        if devices.stage is not None:
            counter = PracticeScreen(devices.things, devices.stage, lambda: window.show_page("hatch"), printer_stage)
            self._add(
                "practice", "school", tr("Training"), counter, purpose=tr("Hold things before the pretended scanner")
            )
        self.papers: PapersScreen | None = None
        if queue is not None:
            self.papers = PapersScreen(PapersPresenter(desk, officer, queue), bridge)
            purpose = tr("Forms to print, the printers, and what waits for them")
            self._add("papers", "printer", tr("Papers"), self.papers, in_rail=False, purpose=purpose)
        self.settings: SettingsScreen | None = None
        if settings is not None:
            self.settings = SettingsScreen(settings, bridge, window, sound, plugs)
            self._add(
                "settings", "settings", tr("Settings"), self.settings, purpose=tr("Theme, size, sound, scanners, lock")
            )
        self._connect()
        window.show_page("hatch")

    def _add(self, name: str, icon: str, title: str, page: QWidget, *, in_rail: bool = True, purpose: str = "") -> None:
        """Put a page into the window; one that acts in an officer's name hears who sits down."""
        self._window.add_page(name, icon, title, page, in_rail=in_rail, purpose=purpose)
        if isinstance(page, Seat):
            self._seats.append(page)

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

    def stop(self) -> None:
        """Ask the desk nothing more."""
        self.hatch.stop()
        if self.papers is not None:
            self.papers.stop()
        self.lists.stop()
        self._reader.stop()

    def refresh_queue(self) -> None:
        """Read again what waits."""
        views = self._register.views
        if views is not None:
            self._bridge.do(lambda: waiting(self._register.desk, views), self._show_queue)

    def _connect(self) -> None:
        self.hatch.changed.connect(self.changed)
        self.hatch.print_asked.connect(self.receipt_asked)
        if self.papers is not None:
            self.papers.changed.connect(self.changed)
            self.receipt_asked.connect(self.papers.print_receipt)
            self.history_asked.connect(self.papers.print_history)
            self.manifest_asked.connect(self.papers.print_manifest)
            self.transfers.acceptance_asked.connect(self.papers.print_acceptance)
            self.import_receipt_asked.connect(self.papers.print_import_receipt)
            self.labels_asked.connect(self.papers.print_place_label)
        self.hatch.bind_asked.connect(self._bind_code)
        self.people.changed.connect(self.changed)
        self.people.item_asked.connect(self._show_record)
        self.hatch.record_asked.connect(self._show_record)
        self._connect_record()
        self.cases.changed.connect(self.changed)
        self.cases.record_asked.connect(self._show_record)
        self.cases.person_asked.connect(self._show_person)
        self.cases.shipment_asked.connect(self._show_shipment)
        self.cases.kit_asked.connect(self._show_kit)
        self.cases.late_asked.connect(self._enter_late)
        self.hatch.late_asked.connect(self._enter_late)
        self.late.changed.connect(self.changed)
        self.late.case_asked.connect(self._show_case)
        self.late.left.connect(lambda: self._window.show_page(self._before_late))
        self.models.changed.connect(self.changed)
        self.models.list_asked.connect(lambda name: self._in_register(lambda stock: stock.list_text(name)))
        self.kits.changed.connect(self.changed)
        self.kits.record_asked.connect(self._show_record)
        self.kits.cases_asked.connect(self._show_cases)
        self.kits.issue_asked.connect(lambda kit: self._at_the_hatch(Command.ISSUE, kit))
        self.kits.return_asked.connect(lambda kit: self._at_the_hatch(Command.RETURN, kit))
        self.transfers.changed.connect(self.changed)
        self.transfers.print_asked.connect(self.manifest_asked)
        self.transfers.record_asked.connect(self._show_record)
        self.transfers.cases_asked.connect(self._show_cases)
        self.lists.changed.connect(self.changed)
        self.lists.print_asked.connect(self.import_receipt_asked)
        self.lists.item_asked.connect(self._show_record)
        self.lists.identify_asked.connect(self._identify)
        self._window.waiting_chosen.connect(self._go_to)
        self._window.command_asked.connect(self._open_palette)
        self._window.help_asked.connect(lambda: open_help(self._window))
        if self.places is not None:
            self.places.changed.connect(self.changed)
            self.places.list_asked.connect(lambda place: self._in_register(lambda s: s.list_below(Subject(place))))
            self.places.item_asked.connect(self._show_record)
            self.places.bind_asked.connect(lambda place: self._bind_code("", Subject(place)))
            self.places.labels_asked.connect(self.labels_asked)
        if self.today is not None:
            self.today.state_asked.connect(self._list_state)
            self.today.lines_asked.connect(self._list_lines)
            self.today.waiting_asked.connect(self._follow)
        if self.stock is not None:
            self.stock.record_asked.connect(self._show_record)
            self.stock.issue_asked.connect(lambda item: self._at_the_hatch(Command.ISSUE, item))
            self.stock.return_asked.connect(lambda item: self._at_the_hatch(Command.RETURN, item))
            self.stock.history_asked.connect(self.history_asked)
            self.stock.identify_asked.connect(self._identify)
            self.stock.new_asked.connect(self._take_in)
            self.stock.kits_asked.connect(lambda: self._window.show_page("kits"))

    def _connect_record(self) -> None:
        record = self.record
        record.changed.connect(self.changed)
        record.issue_asked.connect(lambda item: self._at_the_hatch(Command.ISSUE, item))
        record.return_asked.connect(lambda item: self._at_the_hatch(Command.RETURN, item))
        record.bind_asked.connect(lambda item: self._bind_code("", Subject(item)))
        record.history_asked.connect(self.history_asked)
        record.case_asked.connect(self._show_case)
        record.below_asked.connect(lambda about: self._in_register(lambda stock: stock.list_below(Subject(about))))
        record.left.connect(lambda: self._window.show_page(self._before))

    def _show_record(self, subject: str) -> None:
        """Open a record; Esc leads back to the page in front now."""
        if self._window.page != "record":
            self._before = self._window.page
        self.record.begin(Subject(subject))
        self._window.show_page("record")

    def _written(self) -> None:
        self.changed.emit()
        if self.stock is not None and self._window.page == "register":
            self.stock.page_shown()
        elif self._window.page == "lists":
            self.lists.page_shown()
        elif self._window.page == "record":
            self.record.page_shown()

    def _bind_code(self, code: str, target: Subject | None = None) -> None:
        open_bind(
            self._window, self._register.desk, self._bridge, self._officer, self._written, code=code, target=target
        )

    def _identify(self, line: str) -> None:
        open_identify(
            self._window, self._register.desk, self._bridge, self._officer, Subject(line), lambda _: self._written()
        )

    def _take_in(self) -> None:
        open_register_weapon(self._window, self._register.desk, self._bridge, self._officer, lambda _: self._written())

    def _at_the_hatch(self, command: Command, item: str) -> None:
        """Go to the hatch with an item from the register: the verb, then its number as if typed."""

        def number() -> str:
            with self._register.desk.look() as work:
                standing = work.standing(Subject(item))
            return standing.text("register_no") if standing is not None else ""

        def scan(register_no: str) -> None:
            self._window.show_page("hatch")
            view = self.hatch.view
            if view is None or view.verb.value.upper() != command.value:
                self.hatch.take_scan(Scan(command.code, "typed"))
            self.hatch.take_scan(Scan(register_no, "typed"))

        self._bridge.do(number, scan)

    def _open_palette(self) -> None:
        if not self._window.locked and self._window.panel is None:
            find = FindPresenter(self._register.desk, self._register.views)
            open_palette(self._window, find, self._bridge, self._show)

    def _show(self, found: Subject) -> None:
        """Show what was found, on the page of its kind."""
        ways = {
            Kind.PERSON: self._show_person,
            Kind.PLACE: self._show_place,
            Kind.CASE: self._show_case,
            Kind.SHIPMENT: self._show_shipment,
            Kind.ARRIVAL: self._show_shipment,
            Kind.KIT: self._show_kit,
            Kind.MODEL: self._show_model,
        }
        ways.get(kind_of(found), self._show_record)(found)

    def _show_place(self, place: str) -> None:
        if self.places is not None:
            self._window.show_page("places")
            self.places.show_place(Subject(place))

    def _list_state(self, state: str) -> None:
        self._in_register(lambda stock: stock.list_state(ItemState(state)))

    def _list_lines(self) -> None:
        self._in_register(lambda stock: stock.list_lines())

    def _in_register(self, do: Callable[[RegisterScreen], None]) -> None:
        if self.stock is not None:
            self._window.show_page("register")
            do(self.stock)

    def _show_queue(self, found: WaitingList) -> None:
        self._waits = {f"{thing.awaits}:{thing.about}": thing for thing in found.things}
        now = self._register.desk.clock.now()
        self._window.queue.show_waiting(
            [
                Waiting(name, STATES[thing.awaits], spoken(thing.says), _age((now - thing.since).total_seconds()))
                for name, thing in self._waits.items()
            ]
            + (self.papers.waiting() if self.papers is not None else [])
        )

    def _go_to(self, name: str) -> None:
        thing = self._waits.get(name)
        if thing is not None:
            self._follow(thing)
        elif self.papers is not None and self.papers.choose(name):
            self._window.show_page("papers")

    def _follow(self, thing: WaitingThing) -> None:
        """Go where a thing that waits can be looked at."""
        if thing.awaits is Awaits.CASE:
            self._show_case(thing.about)
        elif thing.awaits is Awaits.UNDECIDED:
            self._window.show_page("lists")
            self.lists.show_decisions()
        elif thing.awaits is Awaits.TO_IDENTIFY:
            self._window.show_page("lists")
            self.lists.show_worklist(Task.LINE_NOT_WORKED_OFF)
        elif thing.awaits in (Awaits.TRANSIT, Awaits.ARRIVAL):
            self._show_shipment(thing.about)
        elif thing.awaits is Awaits.OVERDUE:
            self._show_person(thing.about)
        else:
            self._bridge.do(lambda: self._holder_of(thing.about), self._show_person)

    def _holder_of(self, receipt: Subject) -> str:
        with self._register.desk.look() as work:
            standing = work.standing(receipt)
        return standing.text("holder") if standing is not None else ""

    def _show_shipment(self, shipment: str) -> None:
        self._window.show_page("transfers")
        self.transfers.show_shipment(Subject(shipment))

    def _enter_late(self, item: str = "") -> None:
        self._before_late = self._window.page
        self.late.begin(item)
        self._window.show_page("late")

    def _show_case(self, case: str) -> None:
        self._window.show_page("cases")
        self.cases.show_case(Subject(case))

    def _show_kit(self, kit: str) -> None:
        self._window.show_page("kits")
        self.kits.show_kit(Subject(kit))

    def _show_model(self, entry: str) -> None:
        self._window.show_page("models")
        self.models.show_model(Subject(entry))

    def _show_cases(self, about: str) -> None:
        self._window.show_page("cases")
        self.cases.show_about(Subject(about))

    def _show_person(self, person: str) -> None:
        if person:
            self._window.show_page("people")
            self.people.show_person(Subject(person))


def _age(seconds: float) -> str:
    """How long something has waited, in the largest whole unit."""
    minutes = int(seconds // 60)
    if minutes < 60:
        return tr("{n} min").format(n=minutes)
    if minutes < 48 * 60:
        return tr("{n} h").format(n=minutes // 60)
    return tr("{n} days").format(n=minutes // (24 * 60))
