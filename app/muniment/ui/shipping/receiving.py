"""Checking an arrival in: the sender's list with what is there, what is extra, what is missing. No screen here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muniment.desk import receiving
from muniment.desk.arrivals import ArrivalCard, ArrivalLine, arrival_card, arrival_lines
from muniment.desk.desk import Answer, Desk, Officer, stands
from muniment.desk.receiving import Thing
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.sittings.checking_in import ArrivalSitting, CheckingIn
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.announcing import line_written
from muniment.domain.custody.arrivals import Described
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.importing import DUPLICATE
from muniment.domain.custody.receiving import Sighting
from muniment.domain.custody.taking_in import Closing
from muniment.domain.stock.serial import SerialStatus
from muniment.reports.from_arrivals import kind_words, remark
from muniment.ui.acts import OfficersWord
from muniment.ui.gather.presenter import GatherLine, GatherView
from muniment.ui.refusing import refusal_view
from muniment.ui.stock.registering import Offers, RegisteringPresenter


@dataclass(frozen=True, slots=True)
class ReceivingView:
    """The arrival: its papers and counts, the lines as they are shown, and the same lines to act on.

    `said` is what is known of the thing whose scan was refused. `may_flag` says that it was refused because by the
    book it never left.
    """

    card: ArrivalCard
    gathered: GatherView
    lines: tuple[ArrivalLine, ...]
    said: Described
    may_flag: bool
    warnings: tuple[Text, ...]


class ReceivingPresenter:
    """One arrival that is checked in."""

    def __init__(self, desk: Desk, officer: Officer, arrival: Subject) -> None:
        self._desk, self._word, self.arrival = desk, OfficersWord(desk, officer), arrival
        self._sitting = ArrivalSitting(desk, officer, arrival)

    def view(self) -> ReceivingView:
        """What is shown now."""
        now, at = self._sitting.now, self._desk.clock.now()
        with self._desk.look() as work:
            standing = stands(work, self.arrival)
            card, lines = arrival_card(work, standing), arrival_lines(work, standing)
            refusal = refusal_view(work, now, at) if now.refusal else None
        shown = [_shown(one) for one in lines]
        if now.refused_scan is not None:
            shown.append(GatherLine(None, "", say("Refused"), "", now.refused_scan.text, "refused"))
        shown += [GatherLine(None, "", say("Waits for the refusal"), "", scan.text, "held") for scan in now.held]
        return ReceivingView(
            card=card,
            gathered=GatherView(tuple(shown), card.there, refusal, now.outcome),
            lines=lines,
            said=now.said,
            may_flag=now.refusal is not None and now.refusal.rule == "not_away",
            warnings=now.warnings,
        )

    def scanned(self, scan: Scan) -> ReceivingView:
        """A scan, or a number typed twice, checks one thing in."""
        return self._after(self._sitting.scanned(scan))

    def commanded(self, command: Command) -> ReceivingView:
        """A command card's key."""
        return self._after(self._sitting.commanded(command))

    def tick(self, line: ArrivalLine, quantity: int = 0) -> ReceivingView:
        """Check a listed line in by eye, or as so many counted of a thing without serials.

        Raises:
            Refusal: a rule speaks against it, or the list says too little to register it.

        """
        counted = not line.what.serial
        thing = Thing("" if counted else line.what.serial, quantity=quantity, how=Sighting(line.line))
        return self._after(self._sitting.put(thing, "eye"))

    def take_off(self, line: ArrivalLine) -> ReceivingView:
        """Take off what was checked in by error.

        Raises:
            Refusal: it is not there.

        """
        return self._after(self._sitting.strike(line.seen))

    def describe(self, what: Described, status: str, country: str, quantity: str, line: int) -> ReceivingView:
        """Check in a thing that is described by hand: with its serial, or a quantity of things without serials.

        Raises:
            Refusal: a rule speaks against it.

        """
        written = quantity.strip()
        if written and not (written.isascii() and written.isdecimal()):
            raise Refusal(
                "quantity_not_positive",
                say("{text} is no whole number.", text=written[:20]),
                do_now=say("Write how many were counted."),
            )
        thing = Thing(
            what=what,
            serial_status=SerialStatus(status),
            country=country.strip().upper(),
            quantity=int(written[:9]) if written else 0,
            how=Sighting(line),
        )
        return self._after(self._sitting.put(thing, "typed"))

    def flag(self) -> ReceivingView:
        """The refused thing is here although by the book it never left: a case is opened at the closing.

        Raises:
            Refusal: nothing of that sort was refused.

        """
        return self._after(self._sitting.flag())

    def let_pass(self, second: str, passphrase: str, reason: str) -> ReceivingView:
        """A second person says that the refused thing is another weapon than the one in the book.

        Raises:
            Refusal: he cannot, or no reason is given; the refusal on the screen stays.

        """
        return self._after(self._sitting.let_pass(self._word.second(second, passphrase), reason))

    def offers(self) -> Offers:
        """The types and places that can be chosen."""
        return RegisteringPresenter(self._desk, self._word.officer).offers()

    def relist(self, added: str, struck: int, given: Mapping[str, str]) -> ReceivingView:
        """Put right what the document lists, by two persons: lines to add, as typed, and the number of one to strike.

        Raises:
            Refusal: a line cannot be read, or a rule speaks against it.

        """
        lines = [line_written(text) for text in added.splitlines() if text.strip()]
        said = self._word.said(given["reason"], second=self._word.second(given["second"], given["passphrase"]))
        receiving.change_list(self._desk, said, self.arrival, lines, (struck,) if struck else ())
        self._word.done()
        return self.view()

    def close(self, given: Mapping[str, str]) -> Answer:
        """Take everything in that is there, by two persons; `seals_said` is "whole", "broken" or empty where unsaid.

        With a reason the second person lets in a weapon that has come to stand in the register since it was checked.

        Raises:
            Refusal: a scan is still refused, the place or the word on the seals is missing, or a rule speaks against.

        """
        now = self._sitting.now
        if now.refusal is not None or now.held:
            raise Refusal(
                "scan_unanswered",
                say("A refused scan is not answered yet."),
                do_now=say("Answer it first; the scans behind it are taken then."),
            )
        place, seals = given["place"], given["seals_said"]
        if not place:
            raise Refusal("unknown_place", say("No place is chosen."), do_now=say("Say where everything is laid."))
        named = frozenset(given["seals"].replace(",", " ").split())
        if seals == "broken" and not named:
            raise Refusal("seal_empty", say("No broken seal is named."), do_now=say("Write its number."))
        said = {"whole": frozenset[str](), "broken": named}.get(seals)
        reason = given["reason"].strip()
        passed = frozenset({DUPLICATE}) if reason else frozenset[str]()
        second = self._word.second(given["second"], given["passphrase"])
        deposition = self._word.said(reason, second=second, overrides=passed)
        answer = receiving.close_arrival(self._desk, deposition, self.arrival, Closing(Subject(place), said))
        self._word.done()
        return answer

    def _after(self, _now: CheckingIn) -> ReceivingView:
        return self.view()


def _shown(line: ArrivalLine) -> GatherLine:
    """One line of the arrival: there as listed, not seen yet, or something to look at."""
    as_listed = line.there and line.line and not (line.otherwise or line.missing or line.over)
    outcome = "expected" if not line.there else "accepted" if as_listed and line.found != "contradicts" else "warned"
    note = remark(line) if outcome == "warned" else None
    listed = str(line.listed) if not line.what.serial and line.line else ""
    if listed:
        note = say("{there} of {listed}", there=line.there, listed=line.listed)
    what = line.what
    kind = kind_words(what)
    words = say("{kind} {calibre}", kind=kind, calibre=what.calibre) if what.calibre else kind
    return GatherLine(None, line.register_no, words, f"{what.make} {what.model}".strip(), what.serial, outcome, note)
