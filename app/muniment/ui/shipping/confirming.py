"""What the receiver confirms: each item scanned or ticked, the seals, the number of his paper. No screen here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from muniment.desk import shipping
from muniment.desk.desk import Answer, Desk, Officer, stands
from muniment.desk.shipping import SentItem, ShipmentCard
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.sittings.gathering import Basket, Gathering
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.shipping import SHIPMENT, Confirmed
from muniment.ports.work import Work
from muniment.ui.acts import OfficersWord
from muniment.ui.gather.presenter import GatherView, gather_view, thing_lines


@dataclass(frozen=True, slots=True)
class ConfirmingView:
    """The list of the transfer with what was seen, and how many would be missing."""

    card: ShipmentCard
    gathered: GatherView
    there: int
    missing: int


class ConfirmingPresenter:
    """One confirmation in the making."""

    def __init__(self, desk: Desk, officer: Officer, shipment: Subject) -> None:
        self._desk, self._word, self.shipment = desk, OfficersWord(desk, officer), shipment
        self._gathering = Gathering(desk, self._takes, frozenset({Kind.WEAPON, Kind.COMPONENT, Kind.LINE}))

    def view(self, outcome: str = "") -> ConfirmingView:
        """What is shown now."""
        now, at = self._gathering.now, self._desk.clock.now()
        with self._desk.look() as work:
            standing = stands(work, self.shipment)
            expected = self._expected(work)
            seen = set(now.items)
            lines = [
                replace(line, outcome="accepted" if line.item in seen else "expected", belongs="")
                for line in thing_lines(work, expected, at)
            ]
            shown = gather_view(work, now, at, lines, outcome)
            card = shipping.shipment_card(work, standing, at)
        there = sum(line.outcome == "accepted" for line in lines)
        return ConfirmingView(card, shown, there, len(lines) - there)

    def scanned(self, scan: Scan) -> ConfirmingView:
        """A scan, or a number typed twice, ticks one item."""
        return self._shown(self._gathering.scanned(scan))

    def commanded(self, command: Command) -> ConfirmingView:
        """A command card's key."""
        return self._shown(self._gathering.commanded(command))

    def tick(self, item: Subject) -> ConfirmingView:
        """Tick one item by eye, or take the tick off again."""
        seen = item in self._gathering.now.items
        return self._shown(self._gathering.take_off(item) if seen else self._gathering.bring([item]))

    def tick_all(self) -> ConfirmingView:
        """Tick everything: the receiver's paper confirms the whole list."""
        with self._desk.look() as work:
            expected = self._expected(work)
        return self._shown(self._gathering.bring(expected, "paper"))

    def write(self, confirmation: str, seals: str) -> Answer:
        """Write down what the receiver confirmed; `seals` is "whole" or "broken".

        Raises:
            Refusal: nothing is ticked, a scan is still refused, or the number of the confirmation is missing.

        """
        now = self._gathering.now
        if now.refusal is not None or now.held:
            raise Refusal(
                "scan_unanswered",
                say("A refused scan is not answered yet."),
                do_now=say("Answer it first; the scans behind it are taken then."),
            )
        if not now.things:
            raise Refusal(
                "nothing_ticked",
                say("Nothing is ticked: everything would count as missing."),
                do_now=say("Scan or tick what the receiver has."),
            )
        with self._desk.look() as work:
            missing = frozenset(self._expected(work)) - set(now.items)
        confirmed = Confirmed(confirmation.strip(), missing, seals != "broken")
        said = self._word.said(doc=confirmation, evidence=now.manner)
        answer = shipping.confirm_arrival(self._desk, said, self.shipment, confirmed)
        self._word.done()
        return answer

    def _expected(self, work: Work) -> list[Subject]:
        at = self._desk.clock.now()
        listed: Sequence[SentItem] = shipping.contents(work, stands(work, self.shipment), at)
        return [one.card.subject for one in listed if one.in_transit]

    def _takes(self, work: Work, item: Subject, _passed: frozenset[str]) -> Sequence[Subject]:
        if item in self._expected(work):
            return (item,)
        if stands(work, item).text(SHIPMENT) == self.shipment:
            raise Refusal(
                "confirmed_before",
                say("It is on this transfer, and was confirmed or found before."),
                do_now=say("Nothing to do. Go on with the next one."),
            )
        raise Refusal(
            "not_on_shipment",
            say("It is not on this transfer."),
            do_now=say("Set it aside, and compare with the list of the transfer."),
        )

    def _shown(self, now: Basket) -> ConfirmingView:
        return self.view(now.outcome)
