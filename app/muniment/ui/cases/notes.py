"""What was noted of a case, newest first, every word of it: what was decided must never end in dots."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from muniment.desk.reading import HistoryLine
from muniment.ui.kit.ink import Ink
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, column, holder, rule
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import local_time


class Notes(QScrollArea):
    """Facts of a case below each other; the arrow keys scroll them."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Facts and notes"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.show_lines(())

    def show_lines(self, lines: Sequence[HistoryLine]) -> None:
        """Show the facts of a case, given oldest first."""
        parts: list[QWidget] = []
        for line in reversed(lines):
            both = tr("{first} with {second}").format(first=iso(line.by), second=iso(line.second))
            who = both if line.second else iso(line.by)
            late = f" · {tr('entered late')}" if line.late else ""
            parts.append(Label(f"{spoken(line.what)} · {iso(local_time(line.at))}{late}", 13, 600, wrap=True))
            if line.reason:
                parts.append(Label(iso(line.reason), 14, 500, wrap=True))
            parts += [Label(who, 13, 400, Ink.QUIET, wrap=True), rule()]
        room = holder(column(*parts[:-1], STRETCH, gap=4))
        room.setProperty("surface", "clear")
        self.setWidget(room)
