"""What the page of transfers shows, decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from muniment.desk import shipping
from muniment.desk.desk import Answer, Desk, Officer, stands
from muniment.desk.finding import read_code
from muniment.desk.shipping import SentItem, ShipmentCard
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.text import Text, say
from muniment.ports.work import Work
from muniment.ui.acts import OfficersWord

MOST = 200
"""How many transfers that are settled are listed."""


@dataclass(frozen=True, slots=True)
class ShipmentFile:
    """The transfer in front: its card, its items, the cases that are open about it, its age in whole days.

    `overdue_days` counts from the day it was expected; 0 where it is not late.
    """

    card: ShipmentCard
    items: tuple[SentItem, ...]
    open_cases: int
    age_days: int
    overdue_days: int

    @property
    def may_be_confirmed(self) -> bool:
        """Whether something of it is still on the way."""
        return self.card.state in ("sent", "incomplete")

    @property
    def may_be_taken_back(self) -> bool:
        """Whether the receiver has confirmed nothing of it."""
        return self.card.state == "sent"


@dataclass(frozen=True, slots=True)
class ShippingView:
    """The page: what is underway or settled, and the transfer in front."""

    listing: str
    lines: tuple[ShipmentCard, ...]
    counts: Mapping[str, int]
    shown: ShipmentFile | None
    told: Text | None = None
    warnings: tuple[Text, ...] = ()


class ShippingPresenter:
    """Lists transfers, the longest overdue first, and takes them back."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._word = desk, OfficersWord(desk, officer)
        self._listing = "underway"
        self._shown: Subject | None = None

    @property
    def officer(self) -> Officer:
        """Who acts."""
        return self._word.officer

    def sit_down(self, officer: Officer) -> ShippingView:
        """Another officer has signed in."""
        self._word = OfficersWord(self._desk, officer)
        return self.view()

    def view(self) -> ShippingView:
        """What is shown now."""
        with self._desk.look() as work:
            return self._view(work)

    def list(self, listing: str) -> ShippingView:
        """List what is underway, or what is settled."""
        self._listing = listing
        return self.view()

    def open(self, shipment: Subject) -> ShippingView:
        """Put one transfer in front."""
        self._shown = shipment
        return self.view()

    def show(self, shipment: Subject) -> ShippingView:
        """Put one transfer in front, listed among those it belongs to."""
        with self._desk.look() as work:
            state = stands(work, shipment).text("state")
        self._listing = "underway" if state in ("sent", "incomplete") else "settled"
        return self.open(shipment)

    def scanned(self, scan: Scan) -> ShippingView:
        """Put the transfer in front whose sheet was scanned, or on which the scanned item went."""
        with self._desk.look() as work:
            found = read_code(work, scan.text, scan.raw).subject
            standing = work.standing(found) if found is not None else None
        if found is not None and kind_of(found) is Kind.SHIPMENT:
            return self.show(found)
        if standing is not None and standing.text("shipment"):
            return self.show(Subject(standing.text("shipment")))
        said = (
            say("{code} is on no transfer.", code=scan.text[:60])
            if standing is not None
            else say("The register does not know {code}.", code=scan.text[:60])
        )
        return replace(self.view(), warnings=(said,))

    def reverse(self, shipment: Subject, reason: str) -> ShippingView:
        """Take a transfer back by counter-entries.

        Raises:
            Refusal: the receiver has confirmed something, an item changed since, or no reason is given.

        """
        answer = shipping.reverse_shipment(self._desk, self._word.said(reason), shipment)
        self._word.done()
        return self.told(say("Taken back: everything stands again where it was."), answer)

    def told(self, told: Text, answer: Answer) -> ShippingView:
        """The page after an act."""
        view = self.show(answer.about) if answer.about is not None else self.view()
        return replace(view, told=told, warnings=answer.warnings)

    def _view(self, work: Work) -> ShippingView:
        at = self._desk.clock.now()
        underway = shipping.underway(work, at)
        done = shipping.settled(work, MOST)
        lines = underway if self._listing == "underway" else [shipping.shipment_card(work, one, at) for one in done]
        return ShippingView(
            listing=self._listing,
            lines=tuple(lines),
            counts={"underway": len(underway), "settled": len(done)},
            shown=self._file(work, self._shown) if self._shown else None,
        )

    def _file(self, work: Work, shipment: Subject) -> ShipmentFile:
        at, standing = self._desk.clock.now(), stands(work, shipment)
        shown = shipping.shipment_card(work, standing, at)
        items = shipping.contents(work, standing, at)
        about = (shipment, *(one.card.subject for one in items))
        return ShipmentFile(
            card=shown,
            items=items,
            open_cases=sum(len(work.open_cases(one)) for one in about),
            age_days=(at - shown.sent_at).days,
            overdue_days=max(1, (at - shown.expected_at).days) if shown.late else 0,
        )
