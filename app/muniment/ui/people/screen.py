"""The page of people on the screen: draws what the presenter says, and passes on what is pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from muniment.desk.desk import Officer
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.people.authority import Status
from muniment.ui.bridge import Bridge
from muniment.ui.kit.band import TopBar
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card, Detail, Details, Empty
from muniment.ui.kit.chip import Chip, Mark
from muniment.ui.kit.field import Field
from muniment.ui.kit.flow import Flow
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, Row
from muniment.ui.kit.theme import theme
from muniment.ui.kit.tokens import State
from muniment.ui.people.documents import DocumentsPresenter
from muniment.ui.people.documents_view import DocumentsPart
from muniment.ui.people.panels import (
    PersonForm,
    ask_ban,
    ask_certificate,
    ask_end_of_lock,
    ask_lift,
    ask_new_person,
    ask_pin,
    ask_status,
)
from muniment.ui.people.presenter import (
    STATUS_NAMES,
    CertificateLine,
    PeoplePresenter,
    PeopleView,
    PersonCard,
    PersonLine,
)
from muniment.ui.shell.page import Offer
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.stock.form import PanelRoom
from muniment.ui.wording import state_mark

SIDE_WIDTH = 492
SIDE_GLOVED = 612
TYPING_MS = 150
"""Pause in typing after which the search is done."""


class PeopleScreen(QWidget):
    """The list, the search, and the person in front with what can be done about him."""

    changed = Signal()
    """Something was written into the ledger."""
    item_asked = Signal(str)
    """An item that the person in front holds was opened, by its subject."""

    def __init__(self, presenter: PeoplePresenter, bridge: Bridge, room: PanelRoom) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._presenter, self._bridge, self._room = presenter, bridge, room
        self._view: PeopleView | None = None
        self._drawing = False
        self.add = Button(tr("Add a person"), "F2", icon="user-plus")
        self.add.clicked.connect(self._ask_new)
        self.bar = TopBar(tr("People"), "", self.add)
        self.search = Field(tr("Search: name, number, badge, unit"))
        self.find_button = Button(tr("Search"), "F9", icon="search")
        self.find_button.clicked.connect(self._to_search)
        self.table = DataTable(
            (
                Column(tr("Name"), Cell.TWO_LINES, 150, 4),
                Column(tr("Number"), Cell.CODE, 92, 1, spare=1),
                Column(tr("Status"), Cell.CHIP, 128, 1),
                Column(tr("Certificate"), Cell.CHIP, 178, 1),
                Column(tr("Holds"), Cell.NUMBER, 64, spare=2),
            ),
            name=tr("People"),
            tall=True,
        )
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(lambda _: self.certify.setFocus())
        self.empty = Empty(tr("Nobody fits the search."), tr("Change it with F9, or add the person with F2."))
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(holder(row((self.empty, 1), margins=(16, 16, 16, 16))))
        self.message = Label("", 15, 600, State.ACCEPTED, wrap=True)
        self.warning = Label("", 15, 600, State.OVERDUE, wrap=True)
        self.message.hide()
        self.warning.hide()
        main = column(
            row((self.search, 1), (holder(column(STRETCH, self.find_button, gap=0)), 0), gap=12),
            self.message,
            self.warning,
            (Card(self._rows, flush=True), 1),
            gap=12,
        )
        self.side = self._side()
        self.documents = DocumentsPart(bridge, room)
        self.documents.changed.connect(self.changed)
        self.documents.left.connect(self._leave_documents)
        self._list = holder(row((holder(main), 1), self.side, gap=16))
        self.documents.hide()
        body = row((self._list, 1), (self.documents, 1), gap=0, margins=(16, 16, 16, 16))
        self.setLayout(column(self.bar, (holder(body), 1), gap=0))
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._do_search)
        self.search.changed.connect(lambda _: self._typing.start())
        self.search.entered.connect(self._do_search)
        self.dress()
        self._bridge.do(self._presenter.view, self.draw)

    def _side(self) -> QWidget:
        self.name = Label("", 20, 700, elide=True)
        self.chips = row(gap=8)
        self._chips = holder(self.chips)
        self.details = Details()
        self.held = DataTable(
            (
                Column(tr("Holds"), Cell.CODE, 104),
                Column(tr("Serial"), Cell.CODE, 120, 1),
                Column(tr("State"), Cell.CHIP, 132),
            ),
            name=tr("Holds"),
            low=True,
        )
        self.held.row_opened.connect(self._open_item)
        self._holding = QStackedWidget()
        self._holding.addWidget(self.held)
        self._holding.addWidget(holder(column(Label(tr("Holds nothing."), 14, 400, Ink.QUIET), STRETCH)))
        self.certify = Button(tr("Certificate"), "F3", icon="certificate")
        self.ban = Button(tr("Ban"), "F4", icon="hand-stop")
        self.status = Button(tr("Status"), "F5", icon="user-check")
        self.pin = Button(tr("PIN"), "F6", icon="key")
        self.unlock = Button(tr("End the lock"), "F7", icon="lock-open")
        self.papers = Button(tr("Documents"), "F10", icon="file-text")
        self.papers.clicked.connect(self._open_documents)
        for button, ask in (
            (self.certify, ask_certificate),
            (self.status, ask_status),
            (self.pin, ask_pin),
            (self.unlock, ask_end_of_lock),
        ):
            button.clicked.connect(lambda _=False, ask=ask: self._ask(ask))
        self.ban.clicked.connect(self._ask_ban_or_lift)
        self.nobody = Empty(tr("Nobody is in front."), tr("Choose a person in the list, or scan a badge."))
        self._person = holder(
            column(
                row((self.name, 1), self._chips, gap=12),
                self.details,
                (self._holding, 1),
                Flow((self.certify, self.ban, self.status, self.pin, self.papers, self.unlock)),
                gap=8,
            )
        )
        card = Card(self.nobody, (self._person, 1))
        self._person.hide()
        return card

    def dress(self) -> None:
        """Take the width of the side from the theme: keys for gloves stand three in a row there."""
        self.side.setFixedWidth(SIDE_GLOVED if theme().gloved else SIDE_WIDTH)

    @property
    def view(self) -> PeopleView | None:
        """What is drawn now."""
        return self._view

    def offers(self) -> Sequence[Offer]:
        """A person is added from anywhere."""
        return [Offer(tr("Add a person"), self._ask_new, tr("With certificates, a badge, a unit"))]

    def sit_down(self, officer: Officer) -> None:
        """Another officer has signed in."""
        self._leave_documents()
        self._bridge.do(lambda: self._presenter.sit_down(officer), self.draw)

    def page_shown(self) -> None:
        """Read again."""
        self._bridge.do(self._presenter.view, self.draw)

    def show_person(self, person: Subject) -> None:
        """Put a person in front, as another page leads to him."""
        self._leave_documents()
        self._bridge.do(lambda: self._presenter.open(person), self.draw)

    def take_scan(self, scan: Scan) -> bool:
        """Put the person in front whose badge it is."""
        self._leave_documents()
        self._bridge.do(lambda: self._presenter.scanned(scan.text), self._scanned)
        return True

    def take_key(self, key: str) -> bool:
        """Esc empties the search; the other keys stand on buttons."""
        if key == "Esc" and self.search.value and not self.shows_documents:
            self.search.write("")
            self.table.setFocus()
            return True
        return False

    def draw(self, view: PeopleView) -> None:
        """Show what the presenter decided."""
        self._view = view
        self._drawing = True
        count = tr("{shown} of {all}").format(shown=len(view.lines), all=view.total)
        self.bar.tell(iso(count))
        self.table.put(FixedRows([_row(line) for line in view.lines]))
        self._rows.setCurrentIndex(0 if view.lines else 1)
        if view.shown is not None:
            at = next((n for n, line in enumerate(view.lines) if line.person == view.shown.line.person), -1)
            if at >= 0:
                self.table.choose(at)
        self._drawing = False
        self.message.setText(spoken(view.told) if view.told else "")
        self.message.setVisible(view.told is not None)
        self.warning.setText("\n".join(spoken(warning) for warning in view.warnings))
        self.warning.setVisible(bool(view.warnings))
        self.nobody.setVisible(view.shown is None)
        self._person.setVisible(view.shown is not None)
        if view.shown is not None:
            self._draw_person(view.shown)

    def _draw_person(self, card: PersonCard) -> None:
        line = card.line
        self.name.setText(iso(f"{line.rank} {line.name}".strip()))
        while self.chips.count():
            taken = self.chips.takeAt(0)
            if taken is not None and (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        mark = _status(line)
        self.chips.addWidget(Chip(mark.state, mark.word))
        details = [
            Detail(tr("Service number"), line.service_no, code=True),
            Detail(tr("Unit"), line.unit),
            Detail(tr("Badge"), ", ".join(line.badges), code=True),
            Detail(tr("PIN"), tr("set") if card.has_pin else tr("not set: signs on paper")),
        ]
        if card.wrong_tries:
            tries = tr("{count} since the last right one").format(count=iso(str(card.wrong_tries)))
            details.append(Detail(tr("Wrong tries"), tries))
        self.unlock.setVisible(card.wrong_tries > 0)
        count = tr("Documents: {n}").format(n=iso(str(card.documents)))
        self.papers.reword(count if card.documents else tr("Documents"))
        details += [Detail(tr("Certificate"), _certificate_words(one)) for one in line.certificates]
        if card.ban is not None:
            until = tr(", until {day}").format(day=iso(card.ban.until.isoformat())) if card.ban.until else ""
            details.append(Detail(tr("Ban"), f"{iso(card.ban.reason)}{until}"))
        self.details.show_details([detail for detail in details if detail.value])
        self.held.put(FixedRows([(item.register_no, item.serial, state_mark(item)) for item in card.items]))
        self._holding.setCurrentIndex(0 if card.items else 1)
        self.ban.reword(tr("Lift the ban") if card.ban else tr("Ban"))

    def _scanned(self, view: PeopleView | None) -> None:
        if view is not None:
            self.draw(view)
            return
        self.message.hide()
        self.warning.setText(tr("This code is nobody's badge."))
        self.warning.show()

    def _chosen(self, number: int) -> None:
        view = self._view
        if self._drawing or view is None or not 0 <= number < len(view.lines):
            return
        person = view.lines[number].person
        if view.shown is None or view.shown.line.person != person:
            self._bridge.do(lambda: self._presenter.open(person), self.draw)

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.line.selectAll()

    def _do_search(self) -> None:
        self._typing.stop()
        text = self.search.value
        if self._view is not None and text != self._view.search:
            self._bridge.do(lambda: self._presenter.search(text), self.draw)

    def _ask_new(self) -> None:
        units = self._view.units if self._view else ()
        ask_new_person(self._room, self._presenter, self._bridge, units, self._did)

    @property
    def shows_documents(self) -> bool:
        """Whether the documents of a person are in front of the list."""
        return not self.documents.isHidden()

    def _open_documents(self) -> None:
        if self._view is not None and self._view.shown is not None:
            person = self._view.shown.line.person
            self._bridge.do(self._presenter.documents, lambda reads: self._show_documents(reads, person))

    def _show_documents(self, reads: DocumentsPresenter, person: Subject) -> None:
        self.documents.show_person(reads, person)
        self._list.hide()
        self.documents.show()
        self.documents.files.table.setFocus()

    def _leave_documents(self) -> None:
        if self.shows_documents:
            self.documents.hide()
            self._list.show()
            self.table.setFocus()
            self.page_shown()

    def _ask(self, ask: Callable[..., PersonForm]) -> None:
        if self._view is not None and self._view.shown is not None:
            ask(self._room, self._presenter, self._bridge, self._view.shown, self._did)

    def _ask_ban_or_lift(self) -> None:
        shown = self._view.shown if self._view else None
        self._ask(ask_lift if shown is not None and shown.ban is not None else ask_ban)

    def _did(self, view: PeopleView) -> None:
        self.draw(view)
        self.changed.emit()

    def _open_item(self, number: int) -> None:
        if self._view is not None and self._view.shown is not None:
            self.item_asked.emit(str(self._view.shown.items[number].subject))


def _row(line: PersonLine) -> Row:
    belongs = " · ".join(part for part in (line.rank, line.unit) if part)
    return (Lines(line.name, belongs), line.service_no, _status(line), _certificate(line), str(line.held))


def _status(line: PersonLine) -> Mark:
    if line.banned:
        return Mark(State.REFUSED, tr("Banned"))
    words = spoken(STATUS_NAMES[line.status])
    if line.status is Status.SERVING:
        return Mark(State.ACCEPTED, words)
    return Mark(State.OVERDUE if line.held else State.DESTROYED, words)


def _certificate(line: PersonLine) -> Mark:
    newest = line.next_end
    if newest is None:
        return Mark(State.UNVERIFIED, tr("none"))
    marks = {"valid": State.ACCEPTED, "soon": State.DUE, "over": State.OVERDUE}
    return Mark(marks[newest.standing], _days(newest))


def _days(certificate: CertificateLine) -> str:
    if certificate.days_left < 0:
        return tr("ran out {days} days ago").format(days=iso(str(-certificate.days_left)))
    return tr("{days} days left").format(days=iso(str(certificate.days_left)))


def _certificate_words(certificate: CertificateLine) -> str:
    until = tr("until {day}").format(day=iso(certificate.until.isoformat()))
    return f"{spoken(certificate.covers)}, {until}, {_days(certificate)}"
