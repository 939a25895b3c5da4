"""Gathering things by scans before one act: a refused scan stays until it is taken note of, later scans are held.

Nothing is written while things are gathered; the act that follows is done by a use case, all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from muniment.desk.desk import Desk, Officer
from muniment.desk.finding import Meaning, read_code
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.sittings.gathering_steps import Do, Seen, Step, next_act
from muniment.desk.sittings.refusals import MOST_HELD, unknown_code
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.facts import Evidence
from muniment.ports.work import Work

Takes = Callable[[Work, Subject, frozenset[str]], Sequence[Subject]]
"""What a scanned thing brings in: itself, or what belongs to it. The last argument are the rules let pass.

Raises:
    Refusal: a rule speaks against it.
"""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One thing, and the scan that brought it in."""

    item: Subject
    scan: Scan


@dataclass(frozen=True, slots=True)
class Basket:
    """What is gathered so far, and the refusal that waits to be taken note of.

    `outcome` is how the newest scan went: accepted, refused, already, held, or empty. `passed` are the things and the
    rules that `second` let pass for `reason`, each of them by a word of its own.
    """

    step: Step = Step.GATHERING
    things: tuple[Gathered, ...] = ()
    refusal: Refusal | None = None
    refused_item: Subject | None = None
    refused_scan: Scan | None = None
    held: tuple[Scan, ...] = ()
    outcome: str = ""
    passed: frozenset[tuple[Subject, str]] = frozenset()
    second: Officer | None = None
    reason: str = ""

    @property
    def overridden(self) -> frozenset[str]:
        """The rules that were let pass for one thing or another."""
        return frozenset(rule for _, rule in self.passed)

    @property
    def accepted(self) -> int:
        """How many things are gathered."""
        return len(self.things)

    @property
    def items(self) -> tuple[Subject, ...]:
        """The things, in the order they came."""
        return tuple(one.item for one in self.things)

    @property
    def seen(self) -> dict[Subject, Evidence]:
        """How each thing was identified."""
        return {one.item: one.scan.evidence() for one in self.things}

    @property
    def manner(self) -> tuple[Evidence, ...]:
        """How the things were identified, told once for all: by which means and devices, without each code."""
        ways = dict.fromkeys((one.scan.how, one.scan.device) for one in self.things)
        return tuple(Evidence(how=how, device=device) for how, device in ways)


@dataclass(slots=True)
class Gathering:
    """Takes scans, and keeps in `now` what they brought in. `kinds` are the kinds of thing that are gathered."""

    desk: Desk
    takes: Takes
    kinds: frozenset[Kind]
    now: Basket = field(default_factory=Basket)

    def scanned(self, scan: Scan) -> Basket:
        """Take a scan, or a number typed at the desk."""
        with self.desk.look() as work:
            found = read_code(work, scan.text, scan.raw)
        self.now = replace(self.now, outcome="")
        self._happens(self._seen(found), scan, found)
        return self.now

    def commanded(self, command: Command) -> Basket:
        """Take a command by key; the card of that command does the same."""
        return self.scanned(Scan(command.code, "typed"))

    def let_pass(self, second: Officer, reason: str) -> Basket:
        """Take the refused thing in on the word of a second person.

        Raises:
            Refusal: no reason is given, or somebody else let pass another thing of the same act; the refusal stays.

        """
        refusal, item, scan = self.now.refusal, self.now.refused_item, self.now.refused_scan
        if refusal is None or refusal.override is None or item is None or scan is None:
            return self.now
        if not reason.strip():
            raise Refusal("reason_missing", say("An override needs a reason."), do_now=say("Write why, without names."))
        if self.now.second is not None and self.now.second.person != second.person:
            raise Refusal(
                "another_second",
                say("Another second person stands for this act already."),
                do_now=say("Have the same person decide, or send it apart."),
            )
        reasons = dict.fromkeys(part for part in (self.now.reason, reason.strip()) if part)
        self.now = replace(
            self.now,
            passed=self.now.passed | {(item, refusal.rule)},
            second=second,
            reason="; ".join(reasons),
        )
        self._take_note()
        self._add(item, scan)
        self._take_held()
        return self.now

    def take_off(self, item: Subject) -> Basket:
        """Take one thing off again."""
        self.now = replace(self.now, things=tuple(one for one in self.now.things if one.item != item), outcome="")
        return self.now

    def bring(self, items: Sequence[Subject], how: str = "eye") -> Basket:
        """Take things in that were ticked on the screen."""
        known = set(self.now.items)
        more = tuple(Gathered(item, Scan("", how)) for item in items if item not in known)
        self.now = replace(self.now, things=(*self.now.things, *more), outcome="")
        return self.now

    def _happens(self, seen: Seen, scan: Scan, found: Meaning) -> None:
        act = next_act(self.now.step, seen)
        if act is Do.ADD and found.subject is not None:
            self._add(found.subject, scan)
        elif act is Do.HOLD:
            full = len(self.now.held) >= MOST_HELD
            held = self.now.held if full else (*self.now.held, scan)
            self.now = replace(self.now, held=held, outcome="refused" if full else "held")
        elif act is Do.ACKNOWLEDGE:
            self._take_note()
            self._take_held()
        elif act is Do.TAKE_OFF and self.now.things:
            last = self.now.things[-1].scan
            self.now = replace(self.now, things=tuple(one for one in self.now.things if one.scan is not last))
        elif act is Do.REFUSE_UNKNOWN:
            self._refuse(unknown_code(scan.text), None, scan)
        elif act is Do.REFUSE_NOT_GATHERED:
            self._refuse(_not_gathered(scan), None, scan)
        elif act is Do.REFUSE_COMMAND:
            self._refuse(_no_command(found), None, scan)

    def _add(self, item: Subject, scan: Scan) -> None:
        try:
            with self.desk.look() as work:
                brought = self.takes(work, item, frozenset(rule for thing, rule in self.now.passed if thing == item))
        except Refusal as refusal:
            self._refuse(refusal, item, scan)
            return
        known = set(self.now.items)
        new = tuple(Gathered(one, scan) for one in brought if one not in known)
        self.now = replace(self.now, things=(*self.now.things, *new), outcome="accepted" if new else "already")

    def _refuse(self, refusal: Refusal, item: Subject | None, scan: Scan) -> None:
        self.now = replace(
            self.now, step=Step.REFUSED, refusal=refusal, refused_item=item, refused_scan=scan, outcome="refused"
        )

    def _take_note(self) -> None:
        self.now = replace(self.now, step=Step.GATHERING, refusal=None, refused_item=None, refused_scan=None)

    def _take_held(self) -> None:
        """Go on with the scans that came meanwhile, until one of them is refused in turn."""
        while self.now.held and self.now.step is not Step.REFUSED:
            scan, *rest = self.now.held
            self.now = replace(self.now, held=tuple(rest))
            self.scanned(scan)

    def _seen(self, found: Meaning) -> Seen:
        if found.command is not None:
            return _COMMANDS.get(found.command, Seen.OTHER_COMMAND)
        if found.subject is None:
            return Seen.NOTHING_KNOWN
        return Seen.THING if kind_of(found.subject) in self.kinds else Seen.NOT_GATHERED


_COMMANDS = {
    Command.DONE: Seen.DONE,
    Command.YES: Seen.YES,
    Command.NO: Seen.NO,
    Command.UNDO_LAST: Seen.UNDO_LAST,
}


def _not_gathered(scan: Scan) -> Refusal:
    return Refusal(
        "not_gathered",
        say("{code} is in the register, but it is not taken in here.", code=scan.text[:60]),
        do_now=say("Set it aside. Scan what belongs on the list."),
    )


def _no_command(found: Meaning) -> Refusal:
    return Refusal(
        "not_here",
        say("{command} is not done here.", command=found.command.value if found.command else ""),
        do_now=say("Finish or leave this first."),
    )
