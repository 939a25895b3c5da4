"""Sending: items gathered scan after scan, the papers, and one act for all of them. No screen here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from muniment.desk import shipping
from muniment.desk.desk import Answer, Desk, Officer, stands
from muniment.desk.kits import members
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.sittings.gathering import Basket, Gathering
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.shipping import Consignment
from muniment.ports.work import Work
from muniment.ui.acts import OfficersWord, moment_typed
from muniment.ui.gather.presenter import GatherView, gather_view


@dataclass(frozen=True, slots=True)
class SendingView:
    """What is gathered, and what should be known before it is sent: kits that are torn, who let something pass."""

    gathered: GatherView
    warnings: tuple[Text, ...]


class SendingPresenter:
    """One transfer in the making."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._word = desk, OfficersWord(desk, officer)
        self._gathering = Gathering(desk, _takes, frozenset({Kind.WEAPON, Kind.COMPONENT, Kind.LINE, Kind.KIT}))

    def view(self, outcome: str = "") -> SendingView:
        """What is shown now."""
        now = self._gathering.now
        with self._desk.look() as work:
            torn = shipping.torn_kits(work, [stands(work, item) for item in now.items])
            shown = gather_view(work, now, self._desk.clock.now(), outcome=outcome)
        passed = (say("{name} stands for what was let pass.", name=now.second.name),) if now.second else ()
        return SendingView(shown, (*torn, *passed))

    def scanned(self, scan: Scan) -> SendingView:
        """A scan, or a number typed twice. A kit brings in its members."""
        return self._shown(self._gathering.scanned(scan))

    def commanded(self, command: Command) -> SendingView:
        """A command card's key."""
        return self._shown(self._gathering.commanded(command))

    def let_pass(self, second: str, passphrase: str, reason: str) -> SendingView:
        """A second person signs in and lets the refused item pass.

        Raises:
            Refusal: he cannot, or no reason is given; the refusal on the screen stays.

        """
        return self._shown(self._gathering.let_pass(self._word.second(second, passphrase), reason))

    def take_off(self, item: Subject) -> SendingView:
        """Take one item off the list."""
        return self._shown(self._gathering.take_off(item))

    def send(self, consignee: str, document: str, seals: str, due: str) -> Answer:
        """Send everything that is gathered; seals are separated by commas or blanks.

        Raises:
            Refusal: a paper is missing, nothing is gathered, a scan is still refused, or a rule speaks against an
                item.

        """
        now = self._gathering.now
        if now.refusal is not None or now.held:
            raise Refusal(
                "scan_unanswered",
                say("A refused scan is not answered yet."),
                do_now=say("Answer it first; the scans behind it are taken then."),
            )
        consignment = Consignment(
            consignee.strip(), document.strip(), tuple(seals.replace(",", " ").split()), moment_typed(due)
        )
        said = self._word.said(
            now.reason, doc=document, second=now.second, evidence=now.manner, overrides=now.overridden
        )
        answer = shipping.send_items(self._desk, said, consignment, now.items, now.seen)
        self._word.done()
        return answer

    def _shown(self, now: Basket) -> SendingView:
        return self.view(now.outcome)


def _takes(work: Work, item: Subject, passed: frozenset[str]) -> Sequence[Subject]:
    """An item that may be sent; of a kit all members, those apart that go with the weapon they are fitted to."""
    wanted = [item]
    if kind_of(item) is Kind.KIT:
        inside = members(work, stands(work, item))
        within = {one.subject for one in inside}
        wanted = [one.subject for one in inside if one.where not in within]
    for one in wanted:
        for objection in shipping.objections(work, one):
            if objection.rule not in passed or objection.override is None:
                raise objection
    return wanted
