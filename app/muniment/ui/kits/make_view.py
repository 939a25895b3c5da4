"""Making or changing a kit on the screen: scan what belongs together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal

from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.custody.command_cards import Command
from muniment.ui.bridge import Bridge
from muniment.ui.gather.body import GatherBody
from muniment.ui.gather.page import GatherPage
from muniment.ui.kit.band import VerbBand
from muniment.ui.kit.button import Button, Weight
from muniment.ui.kit.card import Card
from muniment.ui.kit.field import Field
from muniment.ui.kit.label import Label
from muniment.ui.kit.layout import STRETCH, row
from muniment.ui.kit.sound import Sound
from muniment.ui.kit.tokens import Verb
from muniment.ui.kits.making import MakingPresenter, MakingView
from muniment.ui.speech import iso, tr
from muniment.ui.stock.form import Asked


class MakeView(GatherPage):
    """Members on the leading side, name, place and counted things on the other."""

    made = Signal(object)
    """The answer of the desk."""

    def __init__(self, presenter: MakingPresenter, bridge: Bridge, sound: Sound) -> None:
        self._presenter = presenter
        self._view: MakingView | None = None
        self._changing = presenter.kit is not None
        self.name = Field(tr("Name of the kit"))
        self.place = Field(tr("Belongs to place: scan or type its code"), code=True)
        self.accessories = Field(tr("Counted things without serials"))
        self.accessories.line.setPlaceholderText(tr("4 magazine, 1 sling"))
        self.reason = Field(tr("Why it changes, without names"))
        self.note = Label(
            tr("The whole kit is issued by its number, and checked thing by thing when it comes back."),
            14,
            400,
            wrap=True,
        )
        self.make = Button(tr("Change it") if self._changing else tr("Make the kit"), "F10", Weight.PRIMARY, "check")
        self.off = Button(tr("Take off"), "F7", icon="arrow-back-up")
        self.leave = Button(tr("Leave"), "Esc")
        body = GatherBody(sound, tr("Belongs together"), tr("Not taken in"), {"accepted": tr("Member")})
        side = Card(
            self.name,
            self.place,
            self.accessories,
            self.reason,
            self.note,
            STRETCH,
            row((self.off, 1), (self.leave, 1)),
            row((self.make, 1)),
            title=tr("The kit"),
        )
        self.reason.setVisible(self._changing)
        self.place.setVisible(not self._changing)
        super().__init__(VerbBand(Verb.REGISTER, word=tr("KIT")), body, side, bridge)
        self.make.clicked.connect(self._make)
        self.off.clicked.connect(self._take_off)
        self.leave.clicked.connect(self.left)
        self.do(presenter.view)

    @property
    def view(self) -> MakingView | None:
        """What is drawn now."""
        return self._view

    def fields(self) -> Mapping[str, Asked]:
        """The fields that a refusal can be about."""
        return {"name": self.name, "place": self.place, "accessories": self.accessories, "reason": self.reason}

    def do(self, work: Callable[[], MakingView]) -> None:
        """Have something done, and draw what is shown then."""
        self.bridge.do(work, self.draw, self.refuse)

    def scanned(self, scan: Scan) -> None:
        """Take a scan."""
        self.do(lambda: self._presenter.scanned(scan))

    def note_taken(self) -> None:
        """The refused scan is set aside."""
        self.do(lambda: self._presenter.commanded(Command.YES))

    def draw(self, view: MakingView) -> None:
        """Show what the presenter decided; what was typed stays."""
        if self._view is None:
            self.name.write(view.name)
            self.accessories.write(view.accessories)
        if self._view is None or view.place != self._view.place:
            self.place.write(view.place)
        self._view = view
        self.name.line.setReadOnly(self._changing)
        self.band.tell(iso(view.name), iso(view.register_no))
        count = iso(tr("Members: {n}").format(n=view.gathered.accepted)) if view.gathered.accepted else ""
        act = tr("Nothing is written until it is made.")
        self.body.draw(view.gathered, tr("Scan what belongs to it, and the place it lies in"), count, act)
        if view.gathered.refusal is not None:
            self.make.forbid(tr("Answer the refused scan first"))
        elif not view.gathered.accepted:
            self.make.forbid(tr("Scan what belongs to it"))
        else:
            self.make.allow()
        self.off.allow() if view.gathered.accepted else self.off.forbid(tr("Nothing to take off"))

    def _take_off(self) -> None:
        item = self.body.stood_on
        if item is not None:
            self.do(lambda: self._presenter.take_off(item))
        else:
            self.do(lambda: self._presenter.commanded(Command.UNDO_LAST))

    def _make(self) -> None:
        given = (self.name.value, self.place.value, self.accessories.value, self.reason.value)
        self.act(lambda: self._presenter.make(*given), self.made.emit)
