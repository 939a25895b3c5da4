"""The pages of the desktop, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from muniment.desk.desk import Officer
from muniment.desk.quality import Task
from muniment.desk.register import Register
from muniment.desk.sittings.hatch import Scan
from muniment.desk.waiting import Awaits, WaitingList, WaitingThing, waiting
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.command_cards import Command, command_on
from muniment.ports.views import ItemState
from muniment.ui.bridge import Bridge
from muniment.ui.devices import Devices
from muniment.ui.hatch.presenter import HatchPresenter
from muniment.ui.hatch.screen import HatchScreen
from muniment.ui.kit.queue_strip import Waiting
from muniment.ui.kit.sound import Sound
from muniment.ui.lists.screen import ListsScreen
from muniment.ui.people.presenter import PeoplePresenter
from muniment.ui.people.screen import PeopleScreen
from muniment.ui.practice import PracticeScreen
from muniment.ui.register.presenter import RegisterPresenter
from muniment.ui.register.screen import RegisterScreen
from muniment.ui.shell.window import Window
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

    def __init__(
        self,
        register: Register,
        window: Window,
        bridge: Bridge,
        sound: Sound,
        devices: Devices,
        officer: Officer,
    ) -> None:
        super().__init__(window)
        self._register, self._window, self._bridge, self._officer = register, window, bridge, officer
        desk = register.desk
        self.hatch = HatchScreen(HatchPresenter(desk, officer), bridge, sound, window.open_panel, window.close_panel)
        self.people = PeopleScreen(PeoplePresenter(desk, officer), bridge, window)
        # Long lists are read and looked through beside the desk's thread, so that nobody at the hatch waits for them.
        self._reader = Bridge(self)
        self._reader.broken.connect(bridge.broken)
        self.lists = ListsScreen(register, officer, self._reader, bridge, window)
        self.today: TodayScreen | None = None
        self.stock: RegisterScreen | None = None
        self._waits: dict[str, WaitingThing] = {}
        self._seats: list[Seat] = []
        views = register.views
        if views is not None:
            self.today = TodayScreen(TodayPresenter(desk, views), bridge, register.depot)
            self.stock = RegisterScreen(RegisterPresenter(desk, views), bridge, register.depot)
            self._add("today", "layout-dashboard", tr("Today"), self.today)
        self._add("hatch", "barcode", tr("Desk"), self.hatch)
        if self.stock is not None:
            self._add("register", "table", tr("Register"), self.stock)
        self._add("people", "users", tr("People"), self.people)
        self._add("lists", "file-text", tr("Lists"), self.lists)
        if devices.stage is not None:
            counter = PracticeScreen(devices.things, devices.stage, lambda: window.show_page("hatch"))
            self._add("practice", "school", tr("Training"), counter)
        self._connect()
        window.show_page("hatch")

    def _add(self, name: str, icon: str, title: str, page: QWidget, *, in_rail: bool = True) -> None:
        """Put a page into the window; one that acts in an officer's name hears who sits down."""
        self._window.add_page(name, icon, title, page, in_rail=in_rail)
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
        self.hatch.bind_asked.connect(self._bind_code)
        self.people.changed.connect(self.changed)
        self.people.item_asked.connect(self._show_item)
        self.lists.changed.connect(self.changed)
        self.lists.print_asked.connect(self.import_receipt_asked)
        self.lists.item_asked.connect(self._show_item)
        self.lists.identify_asked.connect(self._identify)
        self._window.waiting_chosen.connect(self._go_to)
        if self.today is not None:
            self.today.state_asked.connect(self._list_state)
            self.today.lines_asked.connect(self._list_lines)
            self.today.waiting_asked.connect(self._follow)
        if self.stock is not None:
            self.stock.issue_asked.connect(lambda item: self._at_the_hatch(Command.ISSUE, item))
            self.stock.return_asked.connect(lambda item: self._at_the_hatch(Command.RETURN, item))
            self.stock.history_asked.connect(self.history_asked)
            self.stock.bind_asked.connect(lambda item: self._bind_code("", Subject(item)))
            self.stock.identify_asked.connect(self._identify)
            self.stock.new_asked.connect(self._take_in)

    def _written(self) -> None:
        self.changed.emit()
        if self.stock is not None and self._window.page == "register":
            self.stock.page_shown()
        elif self._window.page == "lists":
            self.lists.page_shown()

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

    def _list_state(self, state: str) -> None:
        self._in_register(lambda stock: stock.list_state(ItemState(state)))

    def _list_lines(self) -> None:
        self._in_register(lambda stock: stock.list_lines())

    def _show_item(self, item: str) -> None:
        self._in_register(lambda stock: stock.show_item(Subject(item)))

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
        )

    def _go_to(self, name: str) -> None:
        thing = self._waits.get(name)
        if thing is not None:
            self._follow(thing)

    def _follow(self, thing: WaitingThing) -> None:
        """Go where a thing that waits can be looked at."""
        if thing.awaits in (Awaits.UNDECIDED, Awaits.TO_IDENTIFY):
            self._window.show_page("lists")
            if thing.awaits is Awaits.UNDECIDED:
                self.lists.show_decisions()
            else:
                self.lists.show_worklist(Task.LINE_NOT_WORKED_OFF)
            return

        def concerned() -> Subject:
            with self._register.desk.look() as work:
                standing = work.standing(thing.about)
            text = standing.text if standing is not None else lambda _: ""
            return Subject(text("concerns") or text("holder") or thing.about)

        def show(about: Subject) -> None:
            if kind_of(about) in (Kind.WEAPON, Kind.COMPONENT, Kind.LINE):
                self._show_item(about)
            else:
                self._in_register(lambda stock: stock.list_below(about))

        self._bridge.do(concerned, show)


def _age(seconds: float) -> str:
    """How long something has waited, in the largest whole unit."""
    minutes = int(seconds // 60)
    if minutes < 60:
        return tr("{n} min").format(n=minutes)
    if minutes < 48 * 60:
        return tr("{n} h").format(n=minutes // 60)
    return tr("{n} days").format(n=minutes // (24 * 60))
