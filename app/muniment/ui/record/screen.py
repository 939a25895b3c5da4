"""The page of a record: draws what the presenter says, and passes on what is pressed and scanned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Answer, Desk, Officer
from muniment.desk.reading import HistoryLine
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.telling import ActTold, ToldFact
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.custody.attachments import Attached
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card, Empty
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.item_card import Item, ItemCard
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.picture import shrink
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import Scale, State
from muniment.ui.record.acts import RecordActs
from muniment.ui.record.acts_panel import offer_acts
from muniment.ui.record.asks import (
    Asking,
    ask_case,
    ask_condition,
    ask_found,
    ask_missing,
    ask_number,
    ask_own_fields,
    ask_state,
    ask_take_back,
)
from muniment.ui.record.custody_tab import PAGE, CustodyTab
from muniment.ui.record.describe_asks import ask_describe, ask_mark
from muniment.ui.record.fields_tab import FieldsTab
from muniment.ui.record.file_asks import ask_copy, ask_file, copy_name
from muniment.ui.record.files_tab import PREVIEW, FilesTab
from muniment.ui.record.part_asks import ask_fit, ask_new_component, ask_swap, ask_take_off
from muniment.ui.record.parts_tab import PartsTab
from muniment.ui.record.presenter import RecordPresenter
from muniment.ui.record.view import Act, Opened, PartLine, RecordView
from muniment.ui.register.filters import Filters
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.apart_panels import open_fault, open_quarantine, open_release
from muniment.ui.stock.form import PanelRoom
from muniment.ui.wording import item_of

SIDE_WIDTH = 384
WIDEST = 404
"""Pixels that the side takes at the most, so that large type leaves room for the sections beside it."""
PHOTOGRAPH = 300
"""Width of the photograph at 100 %."""
SMALLER = 184
"""Width of the photograph where everything else is large."""

_ASKS: dict[Act, Callable[[Asking], object]] = {
    Act.CONDITION: ask_condition,
    Act.MISSING: ask_missing,
    Act.CASE: ask_case,
    Act.NUMBER: ask_number,
    Act.MARK: ask_mark,
}
_APART = {Act.APART: open_quarantine, Act.RELEASE: open_release, Act.FAULT: open_fault}


class RecordScreen(QWidget):
    """The thing at the side, and four sections: its fields, its components, its files, its custody."""

    changed = Signal()
    """Something was written into the ledger."""
    issue_asked = Signal(str)
    """The subject of an item to be handed out at the hatch."""
    return_asked = Signal(str)
    """The subject of an item to be taken back at the hatch."""
    bind_asked = Signal(str)
    """The subject that a code is to be bound to."""
    history_asked = Signal(str)
    """The subject whose history is to be printed."""
    below_asked = Signal(str)
    """A place or a person whose things are to be listed."""
    case_asked = Signal(str)
    """A case that is to be looked at."""
    left = Signal()
    """Back to where the page was opened from."""

    def __init__(self, desk: Desk, officer: Officer, bridge: Bridge, room: PanelRoom) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._bridge, self._room = desk, bridge, room
        self._presenter = RecordPresenter(desk)
        self._officer, self._acts = officer, RecordActs(desk, officer)
        self._view: RecordView | None = None
        self._subject: Subject | None = None
        self._trail: list[Subject] = []
        self._photograph = ""
        self._png = b""
        self._folder = Path.home()
        back = Button(tr("Back"), "Esc")
        back.clicked.connect(self._back)
        self.bar = TopBar(tr("Record"), "", back)
        self.card = ItemCard(narrow=True, picture=PHOTOGRAPH)
        self.issue = Button(tr("Issue"), "F2", Weight.PRIMARY, "arrow-up-right")
        self.take_back = Button(tr("Return"), "F3", Weight.PRIMARY, "arrow-down-left")
        self.below = Button(tr("What lies here"), "F9", Weight.PRIMARY, "table")
        self.acts = Button(tr("Acts"), "F6", icon="list-check")
        self.below.clicked.connect(self._ask_below)
        self.issue.clicked.connect(lambda: self._do(Act.ISSUE))
        self.take_back.clicked.connect(lambda: self._do(Act.RETURN))
        self.acts.clicked.connect(self._offer)
        self.side = holder(
            column(
                self.card,
                STRETCH,
                row((self.issue, 1), (self.take_back, 1), (self.below, 1), (self.acts, 1)),
                gap=8,
            )
        )
        self.sections = Filters(
            (
                ("fields", tr("Record")),
                ("parts", tr("Components")),
                ("files", tr("Files")),
                ("custody", tr("Custody")),
            ),
            tr("Sections"),
        )
        self.sections.chosen.connect(self.show_section)
        self.next = Button(tr("Next section"), "F4")
        self.next.clicked.connect(self._next_section)
        self.message = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.warning = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.message.hide()
        self.warning.hide()
        self.fields = FieldsTab()
        self.parts = PartsTab()
        self.files = FilesTab(self._read_preview)
        self.custody = CustodyTab(self._read_lines, self._read_fact)
        self._tabs = {"fields": self.fields, "parts": self.parts, "files": self.files, "custody": self.custody}
        self._stack = QStackedWidget()
        for tab in self._tabs.values():
            self._stack.addWidget(tab)
        self._connect()
        main = column(row((self.sections, 1), self.next), (self._stack, 1), gap=8)
        nothing = Empty(tr("No record is open."), tr("Open one in the register, or scan anything."))
        self._nothing = Card((nothing, 1))
        self._record = holder(row(self.side, (holder(main), 1), gap=16))
        self._record.hide()
        body = column(
            self.message, self.warning, (self._nothing, 1), (self._record, 1), gap=8, margins=(16, 16, 16, 16)
        )
        self.setLayout(column(self.bar, (holder(body), 1), gap=0))
        self.dress()

    def _connect(self) -> None:
        self.fields.own_asked.connect(self._ask_own)
        self.fields.case_asked.connect(self.case_asked)
        self.parts.opened.connect(lambda subject: self.open(Subject(subject)))
        self.parts.fit_asked.connect(lambda: self._ask(ask_fit))
        self.parts.new_asked.connect(lambda: self._ask(lambda asking: ask_new_component(asking, self._home())))
        self.parts.off_asked.connect(lambda part: self._ask_part(part, ask_take_off))
        self.parts.swap_asked.connect(lambda part: self._ask_part(part, ask_swap))
        self.files.attach_asked.connect(lambda: self._ask(lambda asking: ask_file(asking, self._folder, self._went)))
        self.files.copy_asked.connect(self._ask_copy)
        self.custody.back_asked.connect(self._ask_take_back)
        self.custody.print_asked.connect(self._print)

    @property
    def view(self) -> RecordView | None:
        """What is drawn now."""
        return self._view

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._officer, self._acts = officer, RecordActs(self._desk, officer)

    def page_shown(self) -> None:
        """Read again what is shown."""
        if self._subject is not None:
            self._read(self._subject)

    def open(self, subject: Subject, section: str = "") -> None:
        """Open a record, in a section if one is named; Esc goes back to the one before."""
        if self._subject is not None and self._subject != subject:
            self._trail.append(self._subject)
        self._subject = subject
        self._tell("")
        if section:
            self.show_section(section)
        self._read(subject)

    def begin(self, subject: Subject, section: str = "fields") -> None:
        """Open a record from another page: Esc goes back there."""
        self._trail.clear()
        self._subject = None
        self.open(subject, section)

    def take_scan(self, scan: Scan) -> bool:
        """Open the record of what was scanned."""
        self._bridge.do(lambda: self._presenter.scanned(scan), self._scanned)
        return True

    def take_key(self, key: str) -> bool:
        """All keys stand on buttons."""
        return False

    def show_section(self, name: str) -> None:
        """Bring a section to the front."""
        self.sections.hold(name)
        self._stack.setCurrentWidget(self._tabs[name])

    def draw(self, view: RecordView) -> None:
        """Show a record."""
        self._view = view
        self._subject = view.subject
        item = _item(view)
        self.bar.tell(f"{iso(view.item.register_no)} · {item.kind}", tr("Record"))
        self._draw_card(view)
        has_parts = view.kind in (Kind.WEAPON, Kind.COMPONENT, Kind.KIT)
        self.sections.tell(
            {
                "parts": sum(part.item is not None for part in view.parts),
                "files": len(view.files),
                "custody": view.facts,
            }
        )
        self.sections.show_only({"fields", "files", "custody"} | ({"parts"} if has_parts else set()))
        if not has_parts and self.sections.holding == "parts":
            self.show_section("fields")
        self.fields.draw(view)
        self.parts.draw(view)
        self.files.draw(view.files)
        self.custody.draw(view.facts)
        self.issue.setVisible(view.may(Act.ISSUE))
        self.take_back.setVisible(view.may(Act.RETURN))
        self.below.setVisible(view.kind is Kind.PLACE)
        self._nothing.hide()
        self._record.show()

    def _draw_card(self, view: RecordView) -> None:
        """Show the card; the photograph follows when it has been read and made small."""
        if view.photograph != self._photograph:
            self._photograph, self._png = view.photograph, b""
            if view.photograph:
                subject, sha256 = view.subject, view.photograph
                wide = theme().px(PHOTOGRAPH)

                def read() -> bytes:
                    return shrink(self._presenter.photograph(subject, sha256), wide, wide)

                self._bridge.do(read, lambda png: self._photograph_came(sha256, png))
        self.card.show_item(_item(view, self._png))

    def _photograph_came(self, sha256: str, png: bytes) -> None:
        if sha256 == self._photograph and self._view is not None:
            self._png = png
            self.card.show_item(_item(self._view, png))

    def _read(self, subject: Subject) -> None:
        def drawn(view: RecordView | None) -> None:
            if subject != self._subject:
                return
            if view is None:
                self._warn(tr("The register has no record of this."))
            else:
                self.draw(view)

        self._bridge.do(lambda: self._presenter.open(subject), drawn)

    def _read_lines(self, count: int, page: int) -> None:
        def came(lines: tuple[HistoryLine, ...]) -> None:
            self.custody.arrived(count, page, lines)

        self._bridge.do(lambda: self._presenter.lines(count, page * PAGE, PAGE), came)

    def _read_fact(self, count: int, nth: int) -> None:
        def came(told: ToldFact | None) -> None:
            self.custody.show_fact(count, nth, told)

        self._bridge.do(lambda: self._presenter.fact(count, nth), came)

    def _read_preview(self, attached: Attached) -> None:
        view = self._view
        if view is None:
            return
        subject = view.subject

        def read() -> bytes:
            return shrink(self._presenter.photograph(subject, attached.sha256), PREVIEW.width(), PREVIEW.height())

        self._bridge.do(read, lambda png: self.files.show_preview(attached.sha256, png))

    def _scanned(self, opened: Opened) -> None:
        if opened.record is not None:
            self.open(opened.record.subject)
        elif opened.below is not None:
            self.below_asked.emit(opened.below)
        elif opened.says is not None:
            self._warn(spoken(opened.says))

    def _back(self) -> None:
        """Back to the record before this one, else to the page it was opened from."""
        if not self._trail:
            self.left.emit()
            return
        subject = self._trail.pop()
        self._subject = None
        self.open(subject)

    def _next_section(self) -> None:
        names = self.sections.names
        self.show_section(names[(names.index(self.sections.holding) + 1) % len(names)])

    def _offer(self) -> None:
        if self._view is not None:
            offer_acts(self._room, self._view, self._do)

    def _do(self, act: Act) -> None:
        view = self._view
        if view is None or not view.may(act):
            return
        if act is Act.ISSUE:
            self.issue_asked.emit(view.subject)
        elif act is Act.RETURN:
            self.return_asked.emit(view.subject)
        elif act is Act.BIND:
            self.bind_asked.emit(view.subject)
        elif act is Act.STATE:
            self._ask(lambda asking: ask_state(asking, view.ways))
        elif act is Act.DESCRIBE:
            self._ask(lambda asking: ask_describe(asking, view.typed))
        elif act is Act.FOUND:
            self._ask(lambda asking: ask_found(asking, self._home()))
        elif act in _APART:
            _APART[act](self._room, self._desk, self._bridge, self._officer, view.subject, self._did)
        else:
            self._ask(_ASKS[act])

    def _ask(self, ask: Callable[[Asking], object]) -> None:
        if self._view is not None:
            ask(Asking(self._room, self._bridge, self._acts, self._view.item, self._did))

    def _ask_own(self) -> None:
        view = self._view
        if view is not None and view.own:
            self._ask(lambda asking: ask_own_fields(asking, view.own))

    def _ask_part(self, part: PartLine | None, ask: Callable[[Asking, PartLine], object]) -> None:
        if part is not None and part.item is not None:
            self._ask(lambda asking: ask(asking, part))

    def _ask_copy(self, nth: int) -> None:
        view = self._view
        if view is None or not 0 <= nth < len(view.files):
            return
        one, subject = view.files[nth], view.subject
        name = copy_name(view.item.register_no, nth + 1, one)
        ask_copy(
            self._room,
            self._bridge,
            lambda: self._presenter.content(subject, one.sha256),
            name,
            self._folder,
            lambda path: self._tell(tr("The copy was written to {path}.").format(path=iso(path))),
        )

    def _ask_take_back(self, told: ToldFact | None) -> None:
        if told is None:
            return

        def ask(asking: Asking) -> None:
            def came(act: ActTold) -> None:
                ask_take_back(asking, act)

            self._bridge.do(lambda: self._presenter.taken_back_with(told.line.seq), came)

        self._ask(ask)

    def _ask_below(self) -> None:
        if self._view is not None:
            self.below_asked.emit(self._view.subject)

    def _print(self) -> None:
        if self._view is not None:
            self.history_asked.emit(self._view.subject)

    def _went(self, folder: str) -> None:
        self._folder = Path(folder)

    def _home(self) -> str:
        return self._view.item.home if self._view is not None else ""

    def _did(self, answer: Answer) -> None:
        """Something was done: say so with what the officer should know, and read again."""
        self._tell(tr("It is in the ledger."), "\n".join(spoken(warning) for warning in answer.warnings))
        self.changed.emit()
        self.page_shown()

    def _tell(self, words: str, warning: str = "") -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self._warn(warning)

    def _warn(self, words: str) -> None:
        self.warning.setText(words)
        self.warning.setVisible(bool(words))

    def dress(self) -> None:
        """Take the width of the side from the theme."""
        self.side.setFixedWidth(min(theme().px(SIDE_WIDTH), WIDEST))
        self.card.size_picture(PHOTOGRAPH if theme().scale is Scale.NORMAL else SMALLER)


def _item(view: RecordView, png: bytes = b"") -> Item:
    """The card as the kit draws it; a place has no state and no picture of a weapon."""
    if view.kind is Kind.PLACE:
        return Item(serial=view.item.serial, kind=spoken(view.item.kind), picture=png)
    made = item_of(view.item)
    marks = made.marks
    if view.cases:
        many = tr("{n} open cases").format(n=len(view.cases))
        marks = (*marks, Mark(State.ALARM, many if len(view.cases) > 1 else tr("Open case")))
    return Item(made.serial, made.kind, marks, made.family, png, made.place, made.holder, made.facts)
