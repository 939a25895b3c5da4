"""The room on a page where a refusal stands until it is answered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from muniment.ui.kit.layout import column
from muniment.ui.kit.refusal_card import OtherAct, RefusalCard, Refused
from muniment.ui.refusing import RefusalView
from muniment.ui.speech import iso, spoken, tr
from muniment.ui.wording import family_of


class RefusalRoom(QWidget):
    """Takes no room while nothing is refused."""

    taken_note = Signal()
    """The safe act: set it aside and go on."""
    override_asked = Signal()
    """A second person is to decide."""
    cleared = Signal()
    """Nothing is refused any more: the focus wants a place, and must not fall on whatever comes next."""
    bind_asked = Signal(str)
    """The code that the register does not know is to be bound."""

    def __init__(self) -> None:
        super().__init__()
        self._column = column(gap=0)
        self.setLayout(self._column)
        self._shown: RefusalView | None = None
        self._card: RefusalCard | None = None
        self.hide()

    @property
    def shown(self) -> RefusalView | None:
        """The refusal that stands here."""
        return self._shown

    def show_refusal(self, refusal: RefusalView | None, title: str) -> None:
        """Show a refusal, or none; `title` says what was not done."""
        before, self._shown = self._shown, refusal
        if refusal == before:
            return
        if refusal is not None and before is not None and replace(before, held=refusal.held) == refusal:
            # The same refusal: a new card would take the key that is just being pressed.
            if self._card is not None:
                self._card.note(_held(refusal))
            return
        while (old := self._column.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(refusal is not None)
        self._card = None
        if refusal is None:
            self.cleared.emit()
            return
        self._card = self._made(refusal, title)
        self._column.addWidget(self._card)
        self._card.show()  # at once, not when the layout is next looked at: Enter may follow right on the scan
        self._card.take_focus()

    def _made(self, refusal: RefusalView, title: str) -> RefusalCard:
        others: list[OtherAct] = []
        if refusal.overridable:
            others.append(OtherAct("override", tr("Second person decides"), "F6", "users", danger=True))
        if refusal.bindable:
            others.append(OtherAct("bind", tr("Bind this code"), "F6", "tag"))
        card = RefusalCard(
            Refused(
                title=title,
                happened=spoken(refusal.happened),
                safe=spoken(refusal.safe),
                now=spoken(refusal.do_now),
                override=spoken(refusal.override),
                note=_held(refusal),
                serial=refusal.serial[:24],
                family=family_of(refusal.family) if refusal.family else None,
            ),
            tr("Set aside, go on"),
            others,
        )
        card.safe_done.connect(self.taken_note)
        card.other_asked.connect(self._other_act)
        return card

    def _other_act(self, name: str) -> None:
        if name == "override":
            self.override_asked.emit()
        elif name == "bind" and self._shown is not None:
            self.bind_asked.emit(self._shown.bindable)


def _held(refusal: RefusalView) -> str:
    return iso(tr("Later scans held: {n}").format(n=refusal.held)) if refusal.held else ""
