"""The whole custody of a thing: every fact, read as it is looked at, and the one stood on in full."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from muniment.desk.evidence_words import in_a_row
from muniment.desk.reading import HistoryLine
from muniment.desk.telling import Change, ToldFact
from muniment.ui.kit.button import Button
from muniment.ui.kit.card import Card, Detail, Details, breakable
from muniment.ui.kit.flow import Flow
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, row
from muniment.ui.kit.timeline import Event, Timeline
from muniment.ui.kit.tokens import State
from muniment.ui.speech import iso, right_to_left, spoken, tr
from muniment.ui.wording import event_of, local_time

PAGE = 64
"""Facts that are read at once."""
KEPT = 24
"""Pages of facts that are kept."""


class ArrivingEvents:
    """The facts of one thing, newest first: asked for page by page, shown when they arrive."""

    def __init__(self, count: int, fetch: Callable[[int], None]) -> None:
        self._count, self._fetch = count, fetch
        self._pages: OrderedDict[int, Sequence[Event] | None] = OrderedDict()

    def count(self) -> int:
        """How many there are."""
        return self._count

    def event(self, number: int) -> Event | None:
        """An entry; its page is asked for once."""
        page, at = divmod(number, PAGE)
        if page not in self._pages:
            self._pages[page] = None
            self._fetch(page)
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        found = self._pages.get(page)
        return found[at] if found is not None and at < len(found) else None

    def arrive(self, page: int, events: Sequence[Event]) -> None:
        """Keep a page that was read."""
        self._pages[page] = events


class _Room(QScrollArea):
    """Scrolls up and down only, so it is never narrower than what stands in it beside its scroll bar."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the widest thing inside."""
        inside, bar = self.widget(), self.verticalScrollBar().sizeHint().width()
        wide = inside.minimumSizeHint().width() if inside is not None else 0
        return QSize(wide + bar, super().minimumSizeHint().height())


class CustodyTab(QWidget):
    """The line of facts, and beside it everything that was said of the one stood on.

    `lines` reads a page of facts and `fact` one in full; both answer later, by `arrived` and `show_fact`.
    """

    back_asked = Signal(object)
    """The fact whose act is to be taken back."""
    print_asked = Signal()

    def __init__(self, lines: Callable[[int, int], None], fact: Callable[[int, int], None]) -> None:
        super().__init__()
        self._lines, self._fact = lines, fact
        self._count, self._source = -1, ArrivingEvents(0, lambda _: None)
        self._told: ToldFact | None = None
        self.timeline = Timeline(name=tr("Custody"), choosing=True)
        self.timeline.event_chosen.connect(self._stood)
        self.card = Card((self.timeline, 1), title=tr("Custody"))
        self._title = Label("", 16, 700, wrap=True)
        self._note = Label("", 14, 600, State.OVERDUE, wrap=True)
        self._said, self._inside = Details(), QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(6)
        inside = holder(column(self._title, self._note, self._said, self._inside, STRETCH, gap=8))
        inside.setProperty("surface", "clear")
        self.room = _Room()
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setWidgetResizable(True)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.room.setAccessibleName(tr("This fact"))
        self.room.setWidget(inside)
        self.back = Button(tr("Take this act back"), "F7", icon="arrow-back-up")
        self.back.clicked.connect(lambda: self.back_asked.emit(self._told))
        self.print = Button(tr("Print history"), "F11", icon="printer")
        self.print.clicked.connect(self.print_asked)
        self.setLayout(
            column(
                (holder(row((self.card, 5), (Card((self.room, 1)), 4), gap=12)), 1),
                Flow((self.back, self.print)),
                gap=8,
            )
        )

    @property
    def told(self) -> ToldFact | None:
        """The fact that is shown in full."""
        return self._told

    def draw(self, count: int) -> None:
        """Show the facts of a thing that has so many, standing on the newest."""
        self._count = count
        self._source = ArrivingEvents(count, lambda page: self._lines(count, page))
        self.timeline.put(self._source)
        self.card.note(iso(tr("{n} facts, newest first").format(n=f"{count:,}")))
        if count:
            self.timeline.choose(0)

    def arrived(self, count: int, page: int, lines: Sequence[HistoryLine]) -> None:
        """Take a page of facts, if it is still of what is shown."""
        if count == self._count:
            self._source.arrive(page, [_event(line) for line in lines])
            self.timeline.arrived(page * PAGE, PAGE)

    def show_fact(self, count: int, nth: int, told: ToldFact | None) -> None:
        """Show a fact in full, if it is still the one stood on."""
        if told is None or count != self._count or nth != self.timeline.chosen:
            return
        self._told = told
        line = told.line
        self._title.setText(spoken(line.what))
        self._note.setText("\n".join(spoken(one) for one in told.notes))
        self._note.setVisible(bool(self._note.text()))
        self._said.show_details(_said(told))
        while (old := self._inside.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if told.changes:
            self._inside.addWidget(Label(tr("What changed"), 14, 600))
            self._inside.addWidget(Details([Detail(spoken(c.title), breakable(_change(c))) for c in told.changes]))
        if told.may_be_taken_back:
            self.back.allow()
        elif told.corrected_by:
            self.back.forbid(tr("Taken back by fact {n}").format(n=told.corrected_by))
        else:
            self.back.forbid(spoken(told.instead) if told.instead is not None else tr("It stays"))
        self.room.updateGeometry()
        self.room.verticalScrollBar().setValue(0)

    def _stood(self, number: int) -> None:
        if number >= 0:
            self._fact(self._count, number)


def _event(line: HistoryLine) -> Event:
    """A fact in three lines: what happened, between whom, and why and how it was identified."""
    evidence = spoken(in_a_row(line.evidence)) if line.evidence else ""
    late = tr("entered late") if line.late else ""
    why = " · ".join(iso(part) for part in (line.reason.replace("\n", " "), line.doc, evidence, late) if part)
    return replace(event_of(line), what=spoken(line.what), why=why)


def _said(told: ToldFact) -> list[Detail]:
    line = told.line
    known = [
        Detail(tr("Fact"), str(line.seq), code=True),
        Detail(tr("When"), local_time(line.at), code=True),
        Detail(tr("Entered by"), iso(line.by)),
        *(Detail(spoken(one.title), breakable(spoken(one.after))) for one in told.said if one.after is not None),
    ]
    return [detail for detail in known if detail.value]


def _change(change: Change) -> str:
    """From what to what; the arrow points with the reading direction."""
    before = iso(spoken(change.before)) if change.before is not None else tr("nothing")
    after = iso(spoken(change.after)) if change.after is not None else tr("nothing")
    if change.before is None:
        return after
    return f"{before} {'←' if right_to_left() else '→'} {after}"
