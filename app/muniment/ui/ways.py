"""The ways between the pages: where a wish of one page leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from muniment.desk.desk import Officer
from muniment.desk.quality import Task
from muniment.desk.register import Register
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.waiting import Awaits, WaitingThing
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.custody.command_cards import Command
from muniment.ports.views import ItemState
from muniment.ui.bridge import Bridge
from muniment.ui.shell.window import Window

if TYPE_CHECKING:  # each page is loaded when it is first wanted
    from muniment.ui.pages import Pages
    from muniment.ui.register.screen import RegisterScreen


class Ways:
    """Brings a page to the front and puts the thing before it that another page asked for."""

    def __init__(self, pages: Pages, register: Register, window: Window, bridge: Bridge) -> None:
        self._pages, self._register, self._window, self._bridge = pages, register, window, bridge
        self._before = self._before_late = "hatch"

    @property
    def _officer(self) -> Officer:
        return self._pages.officer

    def show(self, found: Subject) -> None:
        """Show what was found, on the page of its kind."""
        ways = {
            Kind.PERSON: self.show_person,
            Kind.PLACE: self.show_place,
            Kind.CASE: self.show_case,
            Kind.SHIPMENT: self.show_shipment,
            Kind.ARRIVAL: self.show_shipment,
            Kind.KIT: self.show_kit,
            Kind.MODEL: self.show_model,
        }
        ways.get(kind_of(found), self.show_record)(found)

    def follow(self, thing: WaitingThing) -> None:
        """Go where a thing that waits can be looked at."""
        if thing.awaits is Awaits.CASE:
            self.show_case(thing.about)
        elif thing.awaits is Awaits.UNDECIDED:
            self._window.show_page("lists")
            self._pages.lists.show_decisions()
        elif thing.awaits is Awaits.TO_IDENTIFY:
            self._window.show_page("lists")
            self._pages.lists.show_worklist(Task.LINE_NOT_WORKED_OFF)
        elif thing.awaits in (Awaits.TRANSIT, Awaits.ARRIVAL):
            self.show_shipment(thing.about)
        elif thing.awaits is Awaits.OVERDUE:
            self.show_person(thing.about)
        else:
            self._bridge.do(lambda: self._holder_of(thing.about), self._to_confirm)

    def _holder_of(self, receipt: Subject) -> str:
        with self._register.desk.look() as work:
            standing = work.standing(receipt)
        return standing.text("holder") if standing is not None else ""

    def _to_confirm(self, holder: str) -> None:
        """Let the holder of an open hand receipt confirm it at the hatch."""
        if holder:
            self._window.show_page("hatch")
            self._pages.hatch.step_up(Subject(holder))

    def show_record(self, subject: str) -> None:
        """Open a record; Esc leads back to the page in front now."""
        if self._window.page != "record":
            self._before = self._window.page
        self._pages.record.begin(Subject(subject))
        self._window.show_page("record")

    def leave_record(self) -> None:
        """Go back to the page before the record."""
        self._window.show_page(self._before)

    def enter_late(self, item: str = "") -> None:
        """Enter something that has happened already; Esc leads back to the page in front now."""
        self._before_late = self._window.page
        self._pages.late.begin(item)
        self._window.show_page("late")

    def leave_late(self) -> None:
        """Go back to the page before what has happened."""
        self._window.show_page(self._before_late)

    def show_person(self, person: str) -> None:
        """Put a person in front; nobody where the name is empty."""
        if person:
            self._window.show_page("people")
            self._pages.people.show_person(Subject(person))

    def show_place(self, place: str) -> None:
        """Put a place in front."""
        self._window.show_page("places")
        self._pages.places.show_place(Subject(place))

    def show_case(self, case: str) -> None:
        """Put a case in front."""
        self._window.show_page("cases")
        self._pages.cases.show_case(Subject(case))

    def show_cases(self, about: str) -> None:
        """Show the cases about a thing."""
        self._window.show_page("cases")
        self._pages.cases.show_about(Subject(about))

    def show_shipment(self, shipment: str) -> None:
        """Put a shipment or an arrival in front."""
        self._window.show_page("transfers")
        self._pages.transfers.show_shipment(Subject(shipment))

    def show_kit(self, kit: str) -> None:
        """Put a kit in front."""
        self._window.show_page("kits")
        self._pages.kits.show_kit(Subject(kit))

    def show_model(self, entry: str) -> None:
        """Put an entry of the catalogue in front."""
        self._window.show_page("models")
        self._pages.models.show_model(Subject(entry))

    def list_state(self, state: str) -> None:
        """List all weapons in a state."""
        self._in_register(lambda stock: stock.list_state(ItemState(state)))

    def list_lines(self) -> None:
        """List the quantities without serials."""
        self._in_register(lambda stock: stock.list_lines())

    def list_below(self, place_or_person: str) -> None:
        """List what lies in a place or is with a person."""
        self._in_register(lambda stock: stock.list_below(Subject(place_or_person)))

    def list_text(self, text: str) -> None:
        """List what a text finds."""
        self._in_register(lambda stock: stock.list_text(text))

    def _in_register(self, do: Callable[[RegisterScreen], None]) -> None:
        self._window.show_page("register")
        do(self._pages.stock)

    def issue(self, item: str) -> None:
        """Hand an item out at the hatch."""
        self._at_the_hatch(Command.ISSUE, item)

    def take_back(self, item: str) -> None:
        """Take an item back at the hatch."""
        self._at_the_hatch(Command.RETURN, item)

    def _at_the_hatch(self, command: Command, item: str) -> None:
        """Go to the hatch with an item from the register: the verb, then its number as if typed."""

        def number() -> str:
            with self._register.desk.look() as work:
                standing = work.standing(Subject(item))
            return standing.text("register_no") if standing is not None else ""

        def scan(register_no: str) -> None:
            self._window.show_page("hatch")
            hatch = self._pages.hatch
            if hatch.view is None or hatch.view.verb.value.upper() != command.value:
                hatch.take_scan(Scan(command.code, "typed"))
            hatch.take_scan(Scan(register_no, "typed"))

        self._bridge.do(number, scan)

    def bind_code(self, code: str, target: str = "") -> None:
        """Bind a code to a record, or a record to a code that is still to be scanned."""
        from muniment.ui.stock.bind_panel import open_bind

        subject = Subject(target) if target else None
        desk, written = self._register.desk, self._pages.written
        open_bind(self._window, desk, self._bridge, self._officer, written, code=code, target=subject)

    def identify(self, line: str) -> None:
        """Identify one weapon of a quantity without serials."""
        from muniment.ui.stock.register_panel import open_identify

        desk, written = self._register.desk, self._pages.written
        open_identify(self._window, desk, self._bridge, self._officer, Subject(line), lambda _: written())

    def take_in(self) -> None:
        """Take a weapon into the register."""
        from muniment.ui.stock.register_panel import open_register_weapon

        desk, written = self._register.desk, self._pages.written
        open_register_weapon(self._window, desk, self._bridge, self._officer, lambda _: written())

    def open_palette(self) -> None:
        """Open all pages and commands, unless something is asked already."""
        from muniment.ui.palette.panel import open_palette
        from muniment.ui.palette.presenter import FindPresenter

        if not self._window.locked and self._window.panel is None:
            find = FindPresenter(self._register.desk, self._register.views)
            open_palette(self._window, find, self._pages.looking, self.show)

    def open_help(self) -> None:
        """Open the help of the page in front."""
        from muniment.ui.shell.help import open_help

        open_help(self._window)
