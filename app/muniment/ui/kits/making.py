"""Making a kit, or changing one: members gathered by scans, counted things written. No screen here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from muniment.desk import kits
from muniment.desk.desk import Answer, Desk, Officer, stands
from muniment.desk.finding import place_named, read_code
from muniment.desk.kits import KitContent, content_of
from muniment.desk.reading import name_of
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.sittings.gathering import Basket, Gathering
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.kits import Accessory
from muniment.ports.work import Work
from muniment.ui.acts import OfficersWord
from muniment.ui.gather.presenter import GatherView, gather_view

_COUNTED = re.compile(r"(?P<first>\d{1,5})\s*[x×]?\s+(?P<name>.+)|(?P<name2>.+?)\s*=\s*(?P<last>\d{1,5})")


@dataclass(frozen=True, slots=True)
class MakingView:
    """What is gathered; `place` is the code of the place that was scanned, or where the first member belongs.

    `register_no`, `name` and `accessories` are those of a kit that is changed, empty for a new one.
    """

    gathered: GatherView
    place: str
    register_no: str
    name: str
    accessories: str


class MakingPresenter:
    """One kit in the making; with `kit` it is changed."""

    def __init__(self, desk: Desk, officer: Officer, kit: Subject | None = None) -> None:
        self._desk, self._word, self.kit = desk, OfficersWord(desk, officer), kit
        self._gathering = Gathering(desk, self._takes, frozenset({Kind.WEAPON, Kind.COMPONENT}))
        self._place = ""
        if kit is not None:
            with desk.look() as work:
                self._gathering.bring(content_of(stands(work, kit)).members)

    def view(self, outcome: str = "") -> MakingView:
        """What is shown now."""
        now = self._gathering.now
        with self._desk.look() as work:
            standing = work.standing(self.kit) if self.kit is not None else None
            had = content_of(standing).accessories if standing is not None else ()
            first = work.standing(now.items[0]) if now.items else None
            home = name_of(work, first.text("home")) if first is not None else ""
            return MakingView(
                gathered=gather_view(work, now, self._desk.clock.now(), outcome=outcome),
                place=self._place or home,
                register_no=standing.text("register_no") if standing is not None else "",
                name=standing.text("item_name") if standing is not None else "",
                accessories=", ".join(f"{one.quantity} {one.name}" for one in had),
            )

    def scanned(self, scan: Scan) -> MakingView:
        """A scan of a member, or of the place where the kit belongs."""
        if self._gathering.now.refusal is None:
            with self._desk.look() as work:
                found = read_code(work, scan.text, scan.raw).subject
                place = name_of(work, found) if found is not None and kind_of(found) is Kind.PLACE else ""
            if place:
                self._place = place
                return self.view("accepted")
        return self._shown(self._gathering.scanned(scan))

    def commanded(self, command: Command) -> MakingView:
        """A command card's key."""
        return self._shown(self._gathering.commanded(command))

    def take_off(self, item: Subject) -> MakingView:
        """Take one member off the list."""
        return self._shown(self._gathering.take_off(item))

    def make(self, name: str, place: str, accessories: str, reason: str = "") -> Answer:
        """Make the kit, or let it consist of what is gathered from now on.

        Raises:
            Refusal: a scan is still refused, the name or place is missing, the counted things are not understood, or
                a rule speaks against a member.

        """
        now = self._gathering.now
        if now.refusal is not None or now.held:
            raise Refusal(
                "scan_unanswered",
                say("A refused scan is not answered yet."),
                do_now=say("Answer it first; the scans behind it are taken then."),
            )
        content = KitContent(now.items, counted(accessories))
        said = self._word.said(reason, evidence=now.manner)
        if self.kit is not None:
            answer = kits.change(self._desk, said, self.kit, content)
        else:
            with self._desk.look() as work:
                home = place_named(work, place.strip()).subject
            answer = kits.register(self._desk, said, name, content, home)
        self._word.done()
        return answer

    def _takes(self, work: Work, item: Subject, _passed: frozenset[str]) -> Sequence[Subject]:
        kits.refuse_newcomer(work, stands(work, item), self.kit or Subject(""))
        return (item,)

    def _shown(self, now: Basket) -> MakingView:
        return self.view(now.outcome)


def counted(written: str) -> tuple[Accessory, ...]:
    """Counted things as typed, separated by commas: `4 magazine, sling=1`.

    Raises:
        Refusal: one of them has no quantity.

    """
    found = []
    for part in written.split(","):
        if not part.strip():
            continue
        match = _COUNTED.fullmatch(part.strip())
        if match is None:
            raise Refusal(
                "accessory_misshapen",
                say("“{text}” says no quantity.", text=part.strip()),
                do_now=say("Write, for example, 4 magazine, 1 sling."),
            )
        name = match["name"] or match["name2"]
        found.append(Accessory(name.strip(), int(match["first"] or match["last"])))
    return tuple(found)
