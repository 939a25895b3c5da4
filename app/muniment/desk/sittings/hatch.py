"""A sitting at the hatch: scan after scan, each one durable before the next, refusals kept until taken note of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Answer, Deposition, Desk, Officer
from muniment.desk.finding import Meaning, meaning
from muniment.desk.hatch import (
    Confirmation,
    Wanted,
    confirm,
    issue_item,
    move_item,
    return_item,
)
from muniment.desk.sittings.steps import Do, Seen, Step, Verb, first_step, next_act
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.facts import Evidence
from muniment.domain.stock.codes import candidates, decode

LEFT_ALONE_AFTER = timedelta(seconds=60)
"""How long a badge stays open without anything happening."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a device read, or somebody typed: the text, how, and the bytes where a device sent them."""

    text: str
    how: str = "barcode"
    device: str = ""
    raw: bytes = b""

    def evidence(self) -> Evidence:
        """The scan as a fact keeps it."""
        return Evidence(self.how, self.text, self.device, self.raw.hex())


@dataclass(frozen=True, slots=True)
class Handled:
    """One item of this sitting: which, what became of it, and the act that can be taken back."""

    item: Subject | None
    scanned: str
    outcome: str
    act: str = ""


@dataclass(frozen=True, slots=True)
class Hatch:
    """A sitting as it stands.

    `person` is the receiver or bringer, `place` where things are moved. `handled` are the items in order, outcomes
    accepted, refused, undone. `refusal` is what waits to be taken note of, `refused_item` what it was about, and `held`
    the scans that came after it. `shown` is the item on the big card. `warnings` are what the officer should know.
    `last_receipt` is the receipt closed last, to be printed.
    """

    verb: Verb = Verb.ISSUE
    step: Step = Step.AWAITING_PERSON
    person: Subject | None = None
    place: Subject | None = None
    receipt: Subject | None = None
    handled: tuple[Handled, ...] = ()
    refusal: Refusal | None = None
    refused_item: Subject | None = None
    refused_scan: Scan | None = None
    before_refusal: Step = Step.AWAITING_PERSON
    held: tuple[Scan, ...] = ()
    shown: Subject | None = None
    warnings: tuple[Text, ...] = ()
    last_receipt: Subject | None = None
    touched_at: datetime | None = None
    until: datetime | None = None
    for_good: bool = False

    @property
    def accepted(self) -> int:
        """How many items of this sitting stand."""
        return sum(one.outcome == "accepted" for one in self.handled)


@dataclass(frozen=True, slots=True)
class Pass:
    """How a refused issue is let pass: the rules, the second person, why."""

    overrides: frozenset[str]
    second: Officer
    reason: str


@dataclass(slots=True)
class HatchSitting:
    """Runs a sitting: takes what happens, does what the table says, keeps how it stands in `now`."""

    desk: Desk
    officer: Officer
    now: Hatch = field(default_factory=Hatch)

    def scanned(self, scan: Scan) -> Hatch:
        """Take a scan, or a number typed at the desk."""
        found = self._meaning(scan)
        return self._happens(_seen(found), scan, found)

    def commanded(self, command: Command) -> Hatch:
        """Take a command by key; the card of that command does the same."""
        found = Meaning(command=command)
        return self._happens(_seen(found), Scan(command.code, "typed"), found)

    def confirmed(self, confirmation: Confirmation) -> Hatch:
        """The receiver confirms everything on the receipt."""
        if self.now.step is not Step.AWAITING_CONFIRMATION or self.now.receipt is None:
            return self.now
        receipt = self.now.receipt
        try:
            confirm(self.desk, Deposition(self.officer), receipt, confirmation)
        except Refusal as refusal:
            return self._refuse(refusal, None, None)
        self.now = Hatch(verb=self.now.verb, last_receipt=receipt, touched_at=self._time())
        return self.now

    def let_pass(self, how: Pass) -> Hatch:
        """Try the refused item again with a second person's override."""
        item, scan = self.now.refused_item, self.now.refused_scan
        if self.now.step is not Step.REFUSED or item is None or scan is None:
            return self.now
        self._take_note()
        return self._handle(item, scan, how)

    def tick(self) -> Hatch:
        """Look at the clock: a badge left open closes by itself. What was issued stays issued and unconfirmed."""
        last = self.now.touched_at
        if last is not None and self._time() - last >= LEFT_ALONE_AFTER:
            return self._happens(Seen.LEFT_ALONE, None, Meaning())
        return self.now

    def set_terms(self, until: datetime | None, *, for_good: bool) -> Hatch:
        """Until when the next items go out; for good is an assignment without an end."""
        self.now = replace(self.now, until=until, for_good=for_good)
        return self.now

    def _happens(self, seen: Seen, scan: Scan | None, found: Meaning) -> Hatch:
        if seen is not Seen.LEFT_ALONE:
            self.now = replace(self.now, touched_at=self._time())
        act = next_act(self.now.verb, self.now.step, seen)
        if act is Do.HOLD and scan is not None:
            self.now = replace(self.now, held=(*self.now.held, scan))
        elif act is Do.HANDLE and found.subject and scan:
            self._handle(found.subject, scan, None)
        elif act is Do.CHANGE_VERB and found.command:
            self._change_verb(found.command)
        elif act is Do.UNDO:
            self._undo()
        elif act is Do.ACKNOWLEDGE:
            self._take_note()
            self._take_held()
        elif act in _SIMPLE:
            self.now = _SIMPLE[act](self.now, found)
        elif act is Do.REFUSE_UNKNOWN and scan:
            self._refuse(_unknown(scan), None, scan)
        elif act in (Do.REFUSE_CHANGE, Do.CHANGE_PERSON):
            self._other_person(found, scan)
        return self.now

    def _handle(self, item: Subject, scan: Scan, how: Pass | None) -> Hatch:
        act = self.desk.ids.ordered()
        deposition = Deposition(
            self.officer,
            act=act,
            evidence=(scan.evidence(),),
            second=how.second if how else None,
            reason=how.reason if how else "",
            overrides=how.overrides if how else frozenset(),
        )
        try:
            answer = self._do(item, deposition)
        except Refusal as refusal:
            return self._refuse(refusal, item, scan)
        self.now = replace(
            self.now,
            handled=(*self.now.handled, Handled(item, scan.text, "accepted", act)),
            shown=item,
            warnings=answer.warnings,
            receipt=answer.receipt or self.now.receipt,
            step=Step.AWAITING_ITEM,
        )
        return self.now

    def _do(self, item: Subject, deposition: Deposition) -> Answer:
        now = self.now
        if now.verb is Verb.RETURN:
            return return_item(self.desk, deposition, item, by=now.person)
        if now.verb is Verb.MOVE and now.place:
            return move_item(self.desk, deposition, item, now.place)
        if now.person is None:
            raise Refusal("no_receiver", say("Nobody is at the hatch."), do_now=say("Scan the receiver's badge."))
        wanted = Wanted(now.person, now.until, now.for_good, receipt=now.receipt)
        return issue_item(self.desk, deposition, item, wanted)

    def _undo(self) -> None:
        standing = [one for one in self.now.handled if one.outcome == "accepted"]
        if not standing:
            return
        last = standing[-1]
        why = Deposition(self.officer, reason="undone at the hatch")
        try:
            take_back_act(self.desk, why, last.act)
        except Refusal as refusal:
            self._refuse(refusal, last.item, None)
            return
        handled = tuple(replace(one, outcome="undone") if one is last else one for one in self.now.handled)
        emptied = not any(one.outcome == "accepted" for one in handled)
        # The first item's act opened the receipt, so taking that act back withdraws the receipt with it.
        receipt = None if emptied else self.now.receipt
        step = Step.AWAITING_ITEM if self.now.step is Step.AWAITING_CONFIRMATION else self.now.step
        self.now = replace(self.now, handled=handled, shown=last.item, receipt=receipt, warnings=(), step=step)

    def _change_verb(self, command: Command) -> None:
        verb = _VERBS.get(command)
        if verb is None:
            self._refuse(_not_yet(command), None, None)
        elif self.now.receipt is not None:
            self._refuse(_unfinished(), None, None)
        else:
            self.now = Hatch(verb=verb, step=first_step(verb), touched_at=self._time())

    def _other_person(self, found: Meaning, scan: Scan | None) -> None:
        if found.subject is not None and found.subject == self.now.person:
            return
        if found.subject is None or self.now.receipt is not None:
            self._refuse(_unfinished(), None, scan if found.command is None else None)
        else:
            self.now = replace(self.now, person=found.subject, shown=None, warnings=())

    def _refuse(self, refusal: Refusal, item: Subject | None, scan: Scan | None) -> Hatch:
        line = (Handled(item, scan.text, "refused"),) if scan else ()
        self.now = replace(
            self.now,
            step=Step.REFUSED,
            before_refusal=self.now.step if self.now.step is not Step.REFUSED else self.now.before_refusal,
            refusal=refusal,
            refused_item=item,
            refused_scan=scan,
            handled=(*self.now.handled, *line),
            shown=item or self.now.shown,
            warnings=(),
        )
        return self.now

    def _take_note(self) -> None:
        self.now = replace(self.now, step=self.now.before_refusal, refusal=None, refused_item=None, refused_scan=None)

    def _take_held(self) -> None:
        """Go on with the scans that came meanwhile, until one of them is refused in turn."""
        while self.now.held and self.now.step is not Step.REFUSED:
            scan, *rest = self.now.held
            self.now = replace(self.now, held=tuple(rest))
            self.scanned(scan)

    def _meaning(self, scan: Scan) -> Meaning:
        with self.desk.look() as work:
            for candidate in (scan.text, *candidates(decode(scan.raw or scan.text))):
                try:
                    return meaning(work, candidate)
                except Refusal as refusal:
                    if refusal.rule == "ambiguous":
                        break
        return Meaning()

    def _time(self) -> datetime:
        return self.desk.clock.now()


_VERBS = {Command.ISSUE: Verb.ISSUE, Command.RETURN: Verb.RETURN, Command.MOVE: Verb.MOVE}

_COMMANDS = {
    Command.DONE: Seen.DONE,
    Command.YES: Seen.YES,
    Command.NO: Seen.NO,
    Command.UNDO_LAST: Seen.UNDO_LAST,
}

_KINDS = {Kind.PERSON: Seen.PERSON, Kind.PLACE: Seen.PLACE, Kind.WEAPON: Seen.ITEM, Kind.COMPONENT: Seen.ITEM}


def _seen(found: Meaning) -> Seen:
    if found.command is not None:
        return _COMMANDS.get(found.command, Seen.CHANGE_VERB)
    if found.subject is None:
        return Seen.NOTHING_KNOWN
    return _KINDS.get(kind_of(found.subject), Seen.NOTHING_KNOWN)


def _begin(now: Hatch, found: Meaning) -> Hatch:
    return Hatch(
        verb=now.verb,
        step=Step.AWAITING_ITEM,
        person=found.subject,
        touched_at=now.touched_at,
        until=now.until,
        for_good=now.for_good,
    )


def _finish(now: Hatch, _found: Meaning) -> Hatch:
    return Hatch(verb=now.verb, step=first_step(now.verb))


def _ask(now: Hatch, found: Meaning) -> Hatch:
    return replace(now, step=Step.AWAITING_CONFIRMATION) if now.receipt else _finish(now, found)


_SIMPLE: dict[Do, Callable[[Hatch, Meaning], Hatch]] = {
    Do.BEGIN: _begin,
    Do.SET_PLACE: lambda now, found: replace(now, place=found.subject, step=Step.AWAITING_ITEM, warnings=()),
    Do.SHOW: lambda now, found: replace(now, shown=found.subject, warnings=()),
    Do.ASK_TO_CONFIRM: _ask,
    Do.FINISH: _finish,
    Do.BACK: lambda now, _found: replace(now, step=Step.AWAITING_ITEM),
}


def _unknown(scan: Scan) -> Refusal:
    return Refusal(
        "unknown_code",
        say("The register does not know {code}.", code=scan.text[:60]),
        do_now=say("Compare it with the metal. If the code is new, bind it to its record."),
    )


def _unfinished() -> Refusal:
    return Refusal(
        "sitting_unfinished",
        say("The hand-over before is not confirmed."),
        do_now=say("Finish it first: the receiver confirms once for everything."),
    )


def _not_yet(command: Command) -> Refusal:
    return Refusal(
        "not_here",
        say("{command} is not done at the hatch.", command=command.value),
        do_now=say("Choose its page on the left."),
    )
