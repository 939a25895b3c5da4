"""A sitting at the hatch: scan after scan, each one durable before the next, refusals kept until taken note of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Answer, Deposition, Desk, Officer
from muniment.desk.finding import Meaning, read_code
from muniment.desk.hatch import (
    Confirmation,
    Wanted,
    confirm,
    issue_item,
    move_item,
    purpose_written,
    quarantine,
    refuse_past_due,
    return_item,
)
from muniment.desk.kits import issue as issue_kit
from muniment.desk.kits import move as move_kit
from muniment.desk.kits import take_back_kit
from muniment.desk.sittings.at_the_hatch import Handled, Hatch, Pass, Scan
from muniment.desk.sittings.kit_check import KitCheck, begin_check
from muniment.desk.sittings.left_open import LeftOpen, left_open
from muniment.desk.sittings.refusals import (
    MOST_HELD,
    NotRecorded,
    back_already,
    capitals_locked,
    faults_refused,
    not_handled,
    not_yet,
    nothing_came_back,
    open_kit,
    two_to_undo,
    unfinished,
    unknown_code,
)
from muniment.desk.sittings.steps import Do, Seen, Step, Verb, first_step, next_act
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.command_cards import Command, command_on
from muniment.domain.custody.facts import Evidence

LEFT_ALONE_AFTER = timedelta(seconds=60)
"""How long a badge stays open without anything happening."""


@dataclass(slots=True)
class HatchSitting:
    """Runs a sitting: takes what happens, does what the table says, keeps how it stands in `now`."""

    desk: Desk
    officer: Officer
    now: Hatch = field(default_factory=Hatch)

    def scanned(self, scan: Scan) -> Hatch:
        """Take a scan, or a number typed at the desk."""
        try:
            with faults_refused():
                found = self._meaning(scan)
        except NotRecorded as refusal:
            if next_act(self.now.verb, self.now.step, Seen.NOTHING_KNOWN) is Do.HOLD:
                return self._happens(Seen.NOTHING_KNOWN, scan, Meaning())
            return self._refuse(refusal, None, scan)
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
            with faults_refused():
                confirm(self.desk, Deposition(self.officer), receipt, confirmation)
        except Refusal as refusal:
            return self._refuse(refusal, None, None)
        self.now = Hatch(verb=self.now.verb, last_receipt=receipt, touched_at=self._time())
        return self.now

    def fault_told(self, words: str) -> Hatch:
        """What came back last is set apart with these words; then the scans that came meanwhile are taken.

        Raises:
            Refusal: the words are missing; the hatch still waits for them.

        """
        if next_act(self.now.verb, self.now.step, Seen.FAULT_TOLD) is not Do.SET_APART:
            return self.now
        last = self.now.came_back
        if last is None or last.item is None:
            return self._back()
        act = self.desk.ids.ordered()
        evidence = Evidence(how="eye")
        said = Deposition(self.officer, act=act, reason=words.strip(), evidence=(evidence,))
        with faults_refused():
            quarantine(self.desk, said, last.item)
        handled = tuple(replace(one, fault_act=act) if one is last else one for one in self.now.handled)
        self.now = replace(self.now, handled=handled, shown=last.item, touched_at=self._time())
        return self._back()

    def let_pass(self, how: Pass) -> Hatch:
        """Try the refused item again with a second person's override."""
        item, scan = self.now.refused_item, self.now.refused_scan
        if self.now.step is Step.REFUSED and self.now.refused_undo:
            self._take_note()
            self._undo(Deposition(self.officer, second=how.second, reason=how.reason))
            self._take_held()
            return self.now
        if self.now.step is not Step.REFUSED or item is None or scan is None:
            return self.now
        self._take_note()
        return self._handle(item, scan, how)

    def steps_up(self, person: Subject) -> Hatch:
        """Somebody is at the hatch without a badge in hand, to confirm what was left open."""
        if self.now.verb is not Verb.ISSUE:
            self.commanded(Command.ISSUE)
        return self._happens(Seen.PERSON, None, Meaning(subject=person))

    def tick(self) -> Hatch:
        """Look at the clock: a badge left open closes by itself. What was issued stays issued and unconfirmed."""
        last = self.now.touched_at
        if last is not None and self._time() - last >= LEFT_ALONE_AFTER:
            return self._happens(Seen.LEFT_ALONE, None, Meaning())
        return self.now

    def set_terms(self, until: datetime | None, *, for_good: bool, purpose: str = "") -> Hatch:
        """Until when the next items go out, and what for; for good is an assignment without an end.

        Raises:
            Refusal: that moment has passed, or something unseen stands in the purpose.

        """
        if until is not None:
            refuse_past_due(until, self._time())
        self.now = replace(self.now, until=until, for_good=for_good, purpose=purpose_written(purpose))
        return self.now

    def _happens(self, seen: Seen, scan: Scan | None, found: Meaning) -> Hatch:
        if seen is not Seen.LEFT_ALONE:
            self.now = replace(self.now, touched_at=self._time())
        act = next_act(self.now.verb, self.now.step, seen)
        if act is Do.HOLD and scan is not None:
            full = len(self.now.held) >= MOST_HELD
            held = self.now.held if full else (*self.now.held, scan)
            self.now = replace(self.now, held=held, not_kept=self.now.not_kept + full)
        elif act is Do.HANDLE and found.subject and scan:
            self._handle(found.subject, scan, None)
        elif act is Do.CHANGE_VERB and found.command:
            self._change_verb(found.command)
        elif act is Do.UNDO:
            self._undo()
        elif act is Do.BACK:
            self._back()
        elif act is Do.ASK_FAULT:
            self._ask_fault()
        elif act is Do.REFUSE_FAULT:
            self._refuse(nothing_came_back(), None, None)
        elif act is Do.ACKNOWLEDGE:
            self._take_note()
            self._take_held()
        elif act is Do.BEGIN and found.subject is not None:
            self._begin(found.subject)
        elif act in _SIMPLE:
            self.now = _SIMPLE[act](self.now, found)
        elif act is Do.REFUSE_UNKNOWN and scan:
            self._refuse(not_handled(scan.text) if found.subject else self._unknown(scan.text), None, scan)
        elif act in (Do.REFUSE_CHANGE, Do.CHANGE_PERSON):
            self._other_person(found, scan)
        elif scan is not None:
            self._check(act, found, scan)
        return self.now

    def tick_member(self, item: Subject) -> Hatch:
        """Tick a member of the kit on the counter by eye, or take the tick off again."""
        kit = self.now.kit
        if kit is not None and self.now.step in (Step.CHECKING_KIT, Step.AWAITING_SHORTAGE):
            ticked = kit.untick(item) if item in kit.seen else kit.tick(item, Evidence(how="eye"))
            self.now = replace(self.now, kit=ticked, step=Step.CHECKING_KIT, touched_at=self._time())
        return self.now

    def count_accessory(self, name: str, there: int) -> Hatch:
        """Say how many of a counted thing of the kit are there."""
        kit = self.now.kit
        if kit is not None and self.now.step in (Step.CHECKING_KIT, Step.AWAITING_SHORTAGE):
            self.now = replace(self.now, kit=kit.count(name, there), step=Step.CHECKING_KIT, touched_at=self._time())
        return self.now

    def _check(self, act: Do, found: Meaning, scan: Scan) -> None:
        """Go on with a kit that comes back."""
        now, kit = self.now, self.now.kit
        if act is Do.CHECK_KIT and found.subject is not None:
            try:
                with self.desk.look() as work:
                    begun = begin_check(work, found.subject, scan.evidence())
            except Refusal as refusal:
                self._refuse(refusal, found.subject, scan)
                return
            self.now = replace(now, kit=begun, step=Step.CHECKING_KIT, shown=found.subject, warnings=())
        elif kit is None:
            return
        elif act is Do.TICK and found.subject is not None and found.subject != kit.kit:
            try:
                ticked = kit.tick(found.subject, scan.evidence())
            except Refusal as refusal:
                self._refuse(refusal, found.subject, scan)
                return
            self.now = replace(now, kit=ticked, step=Step.CHECKING_KIT)
        elif act is Do.UNTICK:
            self.now = replace(now, kit=kit.untick(), step=Step.CHECKING_KIT)
        elif act is Do.LOOK_AGAIN:
            self.now = replace(now, step=Step.CHECKING_KIT)
        elif act is Do.LEAVE_KIT:
            self.now = replace(now, kit=None, step=Step.AWAITING_ITEM, shown=None)
        elif act is Do.REFUSE_OPEN_KIT:
            self._refuse(open_kit(), None, scan if found.command is None else None)
        elif act is Do.TAKE_KIT and not kit.whole:
            self.now = replace(now, step=Step.AWAITING_SHORTAGE)
        elif act in (Do.TAKE_KIT, Do.TAKE_KIT_SHORT):
            self._take_kit(kit)

    def _take_kit(self, kit: KitCheck) -> None:
        act = self.desk.ids.ordered()
        said = Deposition(self.officer, act=act, evidence=kit.evidence)
        try:
            with faults_refused():
                answer = take_back_kit(self.desk, said, kit.kit, kit.checked, by=self.now.person)
        except Refusal as refusal:
            self._refuse(refusal, kit.kit, None)
            return
        self.now = replace(
            self.now,
            handled=(*self.now.handled, Handled(kit.kit, kit.code.seen, "accepted", act)),
            kit=None,
            shown=kit.kit,
            warnings=answer.warnings,
            step=Step.AWAITING_ITEM,
        )

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
            with faults_refused():
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
        is_kit = kind_of(item) is Kind.KIT
        if now.verb is Verb.RETURN:
            if any(one.item == item and one.outcome == "accepted" for one in now.handled) and not self._is_out(item):
                raise back_already()
            return return_item(self.desk, deposition, item, by=now.person)
        if now.verb is Verb.MOVE and now.place:
            return (move_kit if is_kit else move_item)(self.desk, deposition, item, now.place)
        if now.person is None:
            raise Refusal("no_receiver", say("Nobody is at the hatch."), do_now=say("Scan the receiver's badge."))
        wanted = Wanted(now.person, now.until, now.for_good, now.purpose, now.receipt)
        hand_out = issue_kit if is_kit else issue_item
        return hand_out(self.desk, deposition, item, wanted)

    def _undo(self, said: Deposition | None = None) -> None:
        """Take back the last one; where it takes two persons to, `said` names the second and why."""
        standing = [one for one in self.now.handled if one.outcome == "accepted"]
        if not standing:
            return
        last = standing[-1]
        why = said or Deposition(self.officer, reason="undone at the hatch")
        try:
            with faults_refused():
                take_back_act(self.desk, why, last.fault_act or last.act)
        except Refusal as refusal:
            alone = refusal.rule == "second_person_missing" and said is None
            self._refuse(two_to_undo() if alone else refusal, last.item, None)
            self.now = replace(self.now, refused_undo=True)
            return
        # A fault is told after the thing came back: taking the fault back leaves it where it came to.
        undone = replace(last, fault_act="") if last.fault_act else replace(last, outcome="undone")
        handled = tuple(undone if one is last else one for one in self.now.handled)
        emptied = not any(one.outcome in ("accepted", "before") for one in handled)
        # The first item's act opened the receipt, so taking that act back withdraws the receipt with it.
        receipt = None if emptied else self.now.receipt
        asking = self.now.step in (Step.AWAITING_CONFIRMATION, Step.AWAITING_FAULT)
        step = Step.AWAITING_ITEM if asking else self.now.step
        self.now = replace(self.now, handled=handled, shown=last.item, receipt=receipt, warnings=(), step=step)

    def _begin(self, person: Subject) -> None:
        """Somebody steps up; an issue that was left unconfirmed goes on, and what is late is said at once."""
        with self.desk.look() as work:
            found = left_open(work, person, self._time()) if self.now.verb is Verb.ISSUE else LeftOpen()
        self.now = Hatch(
            verb=self.now.verb,
            step=Step.AWAITING_ITEM,
            person=person,
            receipt=found.receipt,
            handled=tuple(Handled(item, "", "before") for item in found.items),
            warnings=found.warnings,
            touched_at=self.now.touched_at,
            until=self.now.until,
            for_good=self.now.for_good,
            purpose=self.now.purpose,
        )

    def _is_out(self, item: Subject) -> bool:
        with self.desk.look() as work:
            standing = work.standing(item)
        return standing is not None and bool(standing.where) and kind_of(Subject(standing.where)) is Kind.PERSON

    def _ask_fault(self) -> None:
        """Wait for what is wrong with what came back last."""
        last = self.now.came_back
        if last is None:
            self._refuse(nothing_came_back(), None, None)
        else:
            self.now = replace(self.now, step=Step.AWAITING_FAULT, shown=last.item, warnings=())

    def _back(self) -> Hatch:
        """Go back to scanning, and take the scans that came while something was asked."""
        self.now = replace(self.now, step=Step.AWAITING_ITEM)
        self._take_held()
        return self.now

    def _change_verb(self, command: Command) -> None:
        verb = _VERBS.get(command)
        if verb is None:
            self._refuse(not_yet(command), None, None)
        elif self.now.handing_over:
            self._refuse(unfinished(), None, None)
        else:
            self.now = Hatch(verb=verb, step=first_step(verb), touched_at=self._time())

    def _other_person(self, found: Meaning, scan: Scan | None) -> None:
        if found.subject is not None and found.subject == self.now.person:
            return
        if found.subject is None or self.now.handing_over:
            self._refuse(unfinished(), None, scan if found.command is None else None)
        elif self.now.verb is Verb.ISSUE:
            self._begin(found.subject)
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
        self.now = replace(
            self.now,
            step=self.now.before_refusal,
            refusal=None,
            refused_item=None,
            refused_scan=None,
            refused_undo=False,
        )

    def _take_held(self) -> None:
        """Go on with the scans that came meanwhile, until one of them is refused in turn."""
        self.now = replace(self.now, not_kept=0)
        while self.now.held and self.now.step is not Step.REFUSED:
            scan, *rest = self.now.held
            self.now = replace(self.now, held=tuple(rest))
            self.scanned(scan)

    def _unknown(self, code: str) -> Refusal:
        """Why a code is not known: a scanner that types writes capitals small while Caps Lock is on."""
        changed = code.swapcase()
        with self.desk.look() as work:
            known = command_on(changed) is not None or work.bound_to(changed) is not None
        locked = changed != code and known
        return capitals_locked(code) if locked else unknown_code(code)

    def _meaning(self, scan: Scan) -> Meaning:
        with self.desk.look() as work:
            return read_code(work, scan.text, scan.raw)

    def _time(self) -> datetime:
        return self.desk.clock.now()


_VERBS = {Command.ISSUE: Verb.ISSUE, Command.RETURN: Verb.RETURN, Command.MOVE: Verb.MOVE}

_COMMANDS = {
    Command.DONE: Seen.DONE,
    Command.YES: Seen.YES,
    Command.NO: Seen.NO,
    Command.UNDO_LAST: Seen.UNDO_LAST,
    Command.FAULT: Seen.FAULT,
}

_KINDS = {
    Kind.PERSON: Seen.PERSON,
    Kind.PLACE: Seen.PLACE,
    Kind.WEAPON: Seen.ITEM,
    Kind.COMPONENT: Seen.ITEM,
    Kind.KIT: Seen.KIT,
}


def _seen(found: Meaning) -> Seen:
    if found.command is not None:
        return _COMMANDS.get(found.command, Seen.CHANGE_VERB)
    if found.subject is None:
        return Seen.NOTHING_KNOWN
    return _KINDS.get(kind_of(found.subject), Seen.NOTHING_KNOWN)


def _finish(now: Hatch, _found: Meaning) -> Hatch:
    return Hatch(verb=now.verb, step=first_step(now.verb))


def _ask(now: Hatch, found: Meaning) -> Hatch:
    return replace(now, step=Step.AWAITING_CONFIRMATION) if now.receipt else _finish(now, found)


_SIMPLE: dict[Do, Callable[[Hatch, Meaning], Hatch]] = {
    Do.SET_PLACE: lambda now, found: replace(now, place=found.subject, step=Step.AWAITING_ITEM, warnings=()),
    Do.SHOW: lambda now, found: replace(now, shown=found.subject, warnings=()),
    Do.ASK_TO_CONFIRM: _ask,
    Do.FINISH: _finish,
}
