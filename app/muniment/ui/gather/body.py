"""The half of a page that gathers: scan field, refusal, and the list below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.ui.gather.presenter import GatherLine, GatherView
from muniment.ui.kit.card import Card
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import column
from muniment.ui.kit.scan_field import ScanField
from muniment.ui.kit.sound import Sound, Tone
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines, Row
from muniment.ui.kit.tokens import State
from muniment.ui.refusal_room import RefusalRoom
from muniment.ui.refusing import RefusalView
from muniment.ui.speech import iso, spoken, tr

_TONES = {
    "accepted": Tone.ACCEPTED,
    "refused": Tone.REFUSED,
    "already": Tone.ALREADY,
    "held": Tone.ALREADY,
}

_MARKS = {
    "accepted": State.ACCEPTED,
    "expected": State.UNVERIFIED,
    "warned": State.OVERDUE,
    "refused": State.REFUSED,
    "held": State.HELD,
}


class GatherBody(QWidget):
    """Draws a `GatherView`. A typed code counts as a scan once it was typed the same twice."""

    scanned = Signal(object)
    """A code that was typed, as a `Scan`."""
    taken_note = Signal()
    """The refusal was answered by the safe act."""
    override_asked = Signal()
    bind_asked = Signal(str)
    line_opened = Signal(str)
    """A line of the list was opened by Enter, by the subject of its thing."""

    def __init__(self, sound: Sound, title: str, refused: str, words: dict[str, str] | None = None) -> None:
        super().__init__()
        self._sound, self._refused, self._words = sound, refused, words or {}
        self._lines: tuple[GatherLine, ...] = ()
        self.scan = ScanField("")
        self.scan.typed.connect(lambda code: self.scanned.emit(Scan(code, "typed")))
        self.refusal = RefusalRoom()
        self.refusal.taken_note.connect(self.taken_note)
        self.refusal.override_asked.connect(self.override_asked)
        self.refusal.bind_asked.connect(self.bind_asked)
        self.refusal.cleared.connect(self._show_list)
        self.table = DataTable(
            (
                Column("", Cell.NUMBER, 40),
                Column(tr("Thing"), Cell.TWO_LINES, 190, 3),
                Column(tr("Register no."), Cell.CODE, 112, spare=1),
                Column(tr("Serial"), Cell.CODE, 118, 1),
                Column(tr("State"), Cell.CHIP, 168),
            ),
            name=title,
            tall=True,
        )
        self.table.row_opened.connect(self._opened)
        self._next = Label("", 14, 500, Ink.QUIET, wrap=True)
        self._next.setContentsMargins(12, 8, 12, 8)
        self.list = Card((self.table, 1), self._next, title=title, flush=True)
        self._below = QWidget()
        self._below.hide()
        self.setLayout(column(self.scan, self.refusal, (self.list, 1), (self._below, 1), gap=12))

    @property
    def stood_on(self) -> Subject | None:
        """The thing of the line the user stands on."""
        at = self.table.chosen
        return self._lines[at].item if 0 <= at < len(self._lines) else None

    def draw(self, view: GatherView, hint: str, note: str, next_act: str) -> None:
        """Show the list, and how the newest scan went."""
        if view.outcome:
            self._sound.play(_TONES[view.outcome])
            show = {
                "accepted": self.scan.accepted,
                "refused": self.scan.refused,
                "already": self.scan.already,
                "held": self.scan.held,
            }[view.outcome]
            show()
        self.scan.tell(hint)
        self.show_refusal(view.refusal, self._refused)
        grown = len(view.lines) > len(self._lines)
        self._lines = view.lines
        self.table.put(FixedRows([self._row(number, line) for number, line in enumerate(view.lines, 1)]), keep=True)
        if grown and view.outcome:
            self.table.choose(len(view.lines) - 1)
        self.list.note(note)
        self._next.setText(next_act)
        self._next.setVisible(bool(next_act))

    def show_refusal(self, refusal: RefusalView | None, title: str) -> None:
        """Show a refusal in place of the list until it is answered."""
        self.list.setVisible(refusal is None)
        self._below.setVisible(refusal is not None)
        self.refusal.show_refusal(refusal, title)

    def _show_list(self) -> None:
        self.list.show()
        self.table.setFocus()

    def _row(self, number: int, line: GatherLine) -> Row:
        below = spoken(line.note) if line.note is not None else iso(line.belongs)
        mark = Mark(_MARKS[line.outcome], self._words.get(line.outcome, ""))
        return (iso(str(number)), Lines(spoken(line.kind), below), line.register_no, line.serial, mark)

    def _opened(self, number: int) -> None:
        if 0 <= number < len(self._lines) and self._lines[number].item:
            self.line_opened.emit(str(self._lines[number].item))
