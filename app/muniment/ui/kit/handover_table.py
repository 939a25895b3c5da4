"""The scans of this sitting, in order, each with how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal

from muniment.ui.kit.card import Card
from muniment.ui.kit.chip import Mark
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.table import DataTable
from muniment.ui.kit.table_model import Cell, Column, FixedRows, Lines
from muniment.ui.kit.tokens import State
from muniment.ui.speech import iso, tr


@dataclass(frozen=True, slots=True)
class Scanned:
    """One scan: what it is, where it belongs, its code, how it went."""

    kind: str
    place: str
    serial: str
    state: State
    word: str = ""


class HandoverTable(Card):
    """A card with the scans of a sitting; `next_act` is the sentence below the last."""

    row_chosen = Signal(int)
    """The scan the user stands on now, from 0; -1 for none."""

    def __init__(self, title: str = "", note: str = "", scans: Sequence[Scanned] = (), next_act: str = "") -> None:
        super().__init__(title=title or tr("In this hand-over"), note=note, flush=True)
        columns = (
            Column("", Cell.NUMBER, 52),
            Column(tr("Weapon"), Cell.TWO_LINES, 150, grow=1),
            Column(tr("Serial"), Cell.CODE, 122),
            Column(tr("State"), Cell.CHIP, 140),
        )
        self.table = DataTable(columns, name=title or tr("In this hand-over"), tall=True)
        self.table.row_chosen.connect(self.row_chosen)
        self._next = Label("", 14, 500, Ink.QUIET, wrap=True)
        self._next.setContentsMargins(12, 8, 12, 8)
        self.hold(self.table, self._next)
        self.show_scans(scans, note, next_act)

    def show_scans(self, scans: Sequence[Scanned], note: str = "", next_act: str = "", stand_on: int = -1) -> None:
        """Show the scans of the sitting, oldest first, and stand on one of them."""
        rows = [
            (iso(str(number)), Lines(scan.kind, scan.place), scan.serial, Mark(scan.state, scan.word))
            for number, scan in enumerate(scans, 1)
        ]
        self.table.put(FixedRows(rows))
        self.note(note)
        self._next.setText(next_act)
        self._next.setVisible(bool(next_act))
        if stand_on >= 0:
            self.table.choose(stand_on)
        elif scans:
            self.table.scrollToBottom()
