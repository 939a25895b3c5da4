"""Checking an arrival in by scans: each accepted scan is in the ledger; a refused one stays until it is answered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from muniment.desk.desk import Deposition, Desk, Officer, stands
from muniment.desk.receiving import Thing, check_in, recognised, strike_off
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.sittings.gathering_steps import Do, Seen, Step, next_act
from muniment.desk.sittings.refusals import MOST_HELD, faults_refused, not_yet
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.arrivals import Described, seen_of
from muniment.domain.custody.command_cards import Command, command_on
from muniment.domain.custody.importing import DUPLICATE
from muniment.domain.custody.receiving import Sighting


@dataclass(frozen=True, slots=True)
class CheckingIn:
    """The refusal that waits to be answered, what it was about, and how the newest scan went.

    `outcome` is accepted, refused, already, held, or empty. `said` is what list and register say of the refused thing.
    """

    step: Step = Step.GATHERING
    refusal: Refusal | None = None
    refused_item: Subject | None = None
    refused_scan: Scan | None = None
    said: Described = field(default_factory=Described)
    held: tuple[Scan, ...] = ()
    outcome: str = ""
    accepted: int = 0
    warnings: tuple[Text, ...] = ()


@dataclass(slots=True)
class ArrivalSitting:
    """Takes scans for one arrival; what was accepted is written before the next scan is looked at."""

    desk: Desk
    officer: Officer
    arrival: Subject
    now: CheckingIn = field(default_factory=CheckingIn)

    def scanned(self, scan: Scan) -> CheckingIn:
        """Take a scan, or a number typed at the desk."""
        command = command_on(scan.text)
        self.now = replace(self.now, outcome="", warnings=())
        act = next_act(self.now.step, _COMMANDS.get(command, Seen.OTHER_COMMAND) if command else Seen.THING)
        if act is Do.ADD:
            self._check(Thing(scan.text, raw=scan.raw), scan)
        elif act is Do.HOLD:
            full = len(self.now.held) >= MOST_HELD
            held = self.now.held if full else (*self.now.held, scan)
            self.now = replace(self.now, held=held, outcome="refused" if full else "held")
        elif act is Do.ACKNOWLEDGE:
            self._go_on()
        elif act is Do.TAKE_OFF:
            self._take_last_off()
        elif act is Do.REFUSE_COMMAND and command is not None:
            self._refuse(not_yet(command), scan)
        return self.now

    def commanded(self, command: Command) -> CheckingIn:
        """Take a command by key; the card of that command does the same."""
        return self.scanned(Scan(command.code, "typed"))

    def put(self, thing: Thing, how: str = "eye") -> CheckingIn:
        """Check a thing in that was described, counted or ticked on the screen; it answers a refused scan.

        Raises:
            Refusal: a rule speaks against it; a refused scan stays.

        """
        scan = self.now.refused_scan or Scan(thing.code or thing.what.serial, how)
        self._write(thing, scan)
        self._go_on(accepted=True)
        return self.now

    def flag(self) -> CheckingIn:
        """Write down that the refused thing is here although by the book it never left.

        Raises:
            Refusal: nothing of that sort was refused.

        """
        scan = self._contradicting()
        return self.put(Thing(scan.text, how=Sighting(flagged=True), raw=scan.raw))

    def let_pass(self, second: Officer, reason: str) -> CheckingIn:
        """Check the refused thing in as another weapon than the one the register knows, on a second person's word.

        Raises:
            Refusal: nothing of that sort was refused, or no reason is given.

        """
        scan = self._contradicting()
        self._write(Thing(scan.text, raw=scan.raw), scan, second, reason)
        self._go_on(accepted=True)
        return self.now

    def strike(self, nth: int) -> CheckingIn:
        """Take off what was checked in under a number.

        Raises:
            Refusal: the arrival is closed, or nothing was seen under that number.

        """
        strike_off(self.desk, self._deposition(), self.arrival, nth)
        self.now = replace(self.now, outcome="", warnings=())
        return self.now

    def _contradicting(self) -> Scan:
        refusal, scan = self.now.refusal, self.now.refused_scan
        if refusal is None or refusal.rule != "not_away" or scan is None:
            raise Refusal(
                "nothing_contradicts",
                say("No scan was refused because the book says otherwise."),
                do_now=say("Scan the thing first."),
            )
        return scan

    def _check(self, thing: Thing, scan: Scan) -> None:
        try:
            self._write(thing, scan)
        except Refusal as refusal:
            if refusal.rule == "seen_before":
                self.now = replace(self.now, outcome="already")
            else:
                self._refuse(refusal, scan)
            return
        self.now = replace(self.now, outcome="accepted", accepted=self.now.accepted + 1)

    def _write(self, thing: Thing, scan: Scan, second: Officer | None = None, reason: str = "") -> None:
        overrides = frozenset({DUPLICATE}) if second else frozenset[str]()
        said = replace(
            self._deposition(), second=second, reason=reason, overrides=overrides, evidence=(scan.evidence(),)
        )
        with faults_refused():
            answer = check_in(self.desk, said, self.arrival, thing)
        self.now = replace(self.now, warnings=answer.warnings)

    def _deposition(self) -> Deposition:
        return Deposition(self.officer, act=self.desk.ids.ordered())

    def _refuse(self, refusal: Refusal, scan: Scan) -> None:
        item, said = None, Described()
        with self.desk.look() as work:
            try:
                known, said = recognised(work, stands(work, self.arrival), Thing(scan.text, raw=scan.raw))
                item = known.subject if known is not None else None
            except Refusal:
                item = None  # it means several things, or nothing that arrives
        self.now = replace(
            self.now,
            step=Step.REFUSED,
            refusal=refusal,
            refused_item=item,
            refused_scan=scan,
            said=said,
            outcome="refused",
        )

    def _go_on(self, *, accepted: bool = False) -> None:
        """Put the refusal aside and take the scans that came meanwhile, until one of them is refused in turn."""
        self.now = replace(
            self.now,
            step=Step.GATHERING,
            refusal=None,
            refused_item=None,
            refused_scan=None,
            said=Described(),
            outcome="accepted" if accepted else "",
            accepted=self.now.accepted + accepted,
        )
        while self.now.held and self.now.step is not Step.REFUSED:
            scan, *rest = self.now.held
            self.now = replace(self.now, held=tuple(rest))
            self.scanned(scan)

    def _take_last_off(self) -> None:
        with self.desk.look() as work:
            seen = seen_of(stands(work, self.arrival))
        if seen:
            self.strike(max(seen))


_COMMANDS = {
    Command.DONE: Seen.DONE,
    Command.YES: Seen.YES,
    Command.NO: Seen.NO,
    Command.UNDO_LAST: Seen.UNDO_LAST,
}
