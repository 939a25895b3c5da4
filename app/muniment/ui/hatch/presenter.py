"""What the hatch shows, decided without a screen. Runs on the desk's thread; the screen only draws the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from muniment.desk.attachments import picture_in
from muniment.desk.desk import Desk, Officer
from muniment.desk.hatch import Confirmation
from muniment.desk.reading import HistoryLine, ItemCard, card, history, name_of
from muniment.desk.signing import sign_in
from muniment.desk.sittings.at_the_hatch import Handled, Hatch, Pass, Scan
from muniment.desk.sittings.hatch import HatchSitting
from muniment.desk.sittings.steps import Step, Verb
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.attachments import newest_photograph
from muniment.domain.custody.command_cards import Command
from muniment.ports.work import Work
from muniment.ui.hatch.kit_presenter import KitView, kit_view
from muniment.ui.refusing import RefusalView, refusal_view

NEWEST = 6
"""How many facts the custody card shows."""


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """One scan of this sitting: what it is, its calibre, where it belongs, its serial or code, what became of it.

    `outcome` is one of accepted, before (handed out earlier on the same receipt), apart (taken back and set apart),
    refused, undone, held.
    """

    kind: Text
    calibre: str
    place: str
    serial: str
    outcome: str


@dataclass(frozen=True, slots=True)
class HatchView:
    """Everything the hatch shows at one moment.

    `outcome` is how the newest scan went: accepted, refused, already, held, or empty where nothing was scanned.
    `photograph` names the newest photograph of the item by its hash. `may_tell_fault` says that something came back
    just now that may be set apart, `faulting` that the words for it are awaited, `undoing` that an
    undo is refused. `kit` is a kit that comes back and is being checked.
    """

    verb: Verb
    step: Step
    who: str
    terms: Text
    hint: Text
    item: ItemCard | None
    custody: tuple[HistoryLine, ...]
    custody_total: int
    lines: tuple[ScannedLine, ...]
    accepted: int
    to_confirm: int
    next_act: Text
    warnings: tuple[Text, ...]
    refusal: RefusalView | None
    issuer: str
    person: str
    confirming: bool
    printable: Subject | None
    outcome: str
    photograph: str = ""
    may_tell_fault: bool = False
    faulting: bool = False
    undoing: bool = False
    kit: KitView | None = None
    until: datetime | None = None
    purpose: str = ""


class HatchPresenter:
    """Turns what happens at the hatch into what is shown."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk = desk
        self._officer = officer
        self._sitting = HatchSitting(desk, officer)
        self._drawn: dict[Handled, ScannedLine] = {}
        """The lines drawn last: of two hundred scans only the newest is read anew."""

    def view(self, outcome: str = "") -> HatchView:
        """What is shown now."""
        now = self._sitting.now
        with self._desk.look() as work:
            return self._draw(work, now, outcome)

    def sit_down(self, officer: Officer) -> HatchView:
        """Another officer takes the hatch: a new sitting."""
        if officer != self._officer:
            self._officer = officer
            self._sitting = HatchSitting(self._desk, officer)
        return self.view()

    def scanned(self, scan: Scan) -> HatchView:
        """A scan arrived, or a number was typed."""
        before = self._sitting.now
        return self.view(_outcome(before, self._sitting.scanned(scan)))

    def commanded(self, command: Command) -> HatchView:
        """A command card's key was pressed."""
        before = self._sitting.now
        return self.view(_outcome(before, self._sitting.commanded(command)))

    def steps_up(self, person: Subject) -> HatchView:
        """Somebody is at the hatch to confirm what was left open."""
        before = self._sitting.now
        return self.view(_outcome(before, self._sitting.steps_up(person)))

    def confirmed(self, confirmation: Confirmation) -> HatchView:
        """The receiver confirms; in the view that follows `printable` is the receipt."""
        before = self._sitting.now
        return self.view(_outcome(before, self._sitting.confirmed(confirmation)))

    def fault_told(self, words: str) -> HatchView:
        """What came back last is set apart with these words.

        Raises:
            Refusal: the words are missing, or the role does not allow it.

        """
        before = self._sitting.now
        return self.view(_outcome(before, self._sitting.fault_told(words)))

    def photograph(self, item: Subject, sha256: str) -> bytes:
        """The content of a photograph; nothing where it can no longer be trusted."""
        return picture_in(self._desk, item, sha256)

    def let_pass(self, second: str, passphrase: str, reason: str) -> HatchView:
        """A second person signs in and lets the refused item pass.

        Raises:
            Refusal: name or passphrase is wrong; the refusal on the screen stays.

        """
        refusal = self._sitting.now.refusal
        if refusal is None:
            return self.view()
        officer = sign_in(self._desk, second, passphrase)
        before = self._sitting.now
        rules = frozenset({refusal.rule, *_PASSED_TOGETHER})
        return self.view(_outcome(before, self._sitting.let_pass(Pass(rules, officer, reason))))

    def ticked_member(self, item: Subject) -> HatchView:
        """A member of the kit on the counter was ticked by eye."""
        self._sitting.tick_member(item)
        return self.view()

    def counted(self, name: str, there: int) -> HatchView:
        """A counted thing of the kit on the counter was counted."""
        self._sitting.count_accessory(name, there)
        return self.view()

    def terms(self, until: datetime | None, *, for_good: bool, purpose: str) -> HatchView:
        """Until when the next items go out, and what for.

        Raises:
            Refusal: that moment has passed, or something unseen stands in the purpose.

        """
        self._sitting.set_terms(until, for_good=for_good, purpose=purpose)
        return self.view()

    def ticked(self) -> HatchView | None:
        """The clock went on; nothing where that changed nothing."""
        before = self._sitting.now
        return None if self._sitting.tick() == before else self.view()

    def _lines(self, work: Work, now: Hatch, at: datetime) -> tuple[ScannedLine, ...]:
        before = self._drawn
        self._drawn = {one: before.get(one) or _line(work, one, at) for one in now.handled}
        return tuple(self._drawn[one] for one in now.handled) + tuple(_held(scan) for scan in now.held)

    def _draw(self, work: Work, now: Hatch, outcome: str) -> HatchView:
        at = self._desk.clock.now()
        shown = work.standing(now.shown) if now.shown else None
        showable = shown is not None and kind_of(shown.subject) in _SHOWABLE
        lines = history(work, shown.subject) if shown is not None and showable else []
        photograph = newest_photograph(shown) if shown is not None and showable else None
        return HatchView(
            verb=now.verb,
            step=now.step,
            who=name_of(work, (now.person if now.verb is not Verb.MOVE else now.place) or ""),
            terms=_terms(now),
            hint=_HINTS[now.verb, now.before_refusal if now.step is Step.REFUSED else now.step],
            item=card(work, shown, at) if shown is not None and showable else None,
            custody=tuple(reversed(lines[-NEWEST:])),
            custody_total=len(lines),
            lines=(*self._lines(work, now, at), *_not_kept(now)),
            accepted=now.accepted,
            to_confirm=now.to_confirm,
            next_act=_next_act(now, name_of(work, now.last_receipt or "")),
            warnings=now.warnings,
            refusal=refusal_view(work, now, at) if now.refusal else None,
            issuer=self._officer.name,
            person=name_of(work, now.person or ""),
            confirming=now.step is Step.AWAITING_CONFIRMATION,
            printable=now.last_receipt,
            outcome=outcome,
            photograph=photograph.sha256 if photograph else "",
            may_tell_fault=now.step is Step.AWAITING_ITEM and now.came_back is not None,
            faulting=now.step is Step.AWAITING_FAULT,
            undoing=now.refused_undo,
            kit=kit_view(work, now.kit, at, asking=now.step is Step.AWAITING_SHORTAGE) if now.kit else None,
            until=now.until,
            purpose=now.purpose,
        )


_SHOWABLE = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE, Kind.KIT)

_PASSED_TOGETHER = ("certificate_missing", "certificate_expired", "limit_reached", "rush")
"""Rules that one override lets pass together, so that the second person is not asked twice for one weapon."""

_ALREADY = ("already_held", "already_there", "back_already")
"""Rules that say: this was scanned before."""

_HINTS: Mapping[tuple[Verb, Step], Text] = {
    (Verb.ISSUE, Step.AWAITING_PERSON): say("Scan the receiver's badge"),
    (Verb.ISSUE, Step.AWAITING_ITEM): say("Scan the next weapon, or finish"),
    (Verb.ISSUE, Step.AWAITING_CONFIRMATION): say("The receiver confirms"),
    (Verb.RETURN, Step.AWAITING_ITEM): say("Scan a weapon that comes back, or who brings it"),
    (Verb.RETURN, Step.AWAITING_FAULT): say("What is wrong with it?"),
    (Verb.RETURN, Step.CHECKING_KIT): say("Scan or tick each thing of the kit, then finish"),
    (Verb.RETURN, Step.AWAITING_SHORTAGE): say("Look again, or take the kit back without it"),
    (Verb.MOVE, Step.AWAITING_PLACE): say("Scan the place that things go to"),
    (Verb.MOVE, Step.AWAITING_ITEM): say("Scan what goes there"),
}


def _outcome(before: Hatch, after: Hatch) -> str:
    if after.refusal is not None and after.refusal is not before.refusal:
        return "already" if after.refusal.rule in _ALREADY else "refused"
    if after.not_kept > before.not_kept:
        return "refused"
    if len(after.held) > len(before.held):
        return "held"
    return "accepted" if after != before else ""


def _terms(now: Hatch) -> Text:
    if now.verb is not Verb.ISSUE or now.person is None:
        return say("")
    back = say("for this shift")
    if now.for_good:
        back = say("assigned without an end")
    elif now.until is not None:
        back = say("back by {until}", until=now.until.strftime("%Y-%m-%d %H:%M"))
    return say("{back} · {purpose}", back=back, purpose=" ".join(now.purpose.split())) if now.purpose else back


def _next_act(now: Hatch, confirmed: str) -> Text:
    if now.step is Step.REFUSED:
        return say("Answer the refused scan first.")
    if now.kit is not None:
        return say("Check the kit, then finish with F10.")
    if not now.handled and confirmed:
        return say("{receipt} is confirmed. Print it with F11, or scan the next badge.", receipt=confirmed)
    if not now.handled:
        return say("Nothing scanned yet.")
    if now.step is Step.AWAITING_CONFIRMATION:
        return say("The receiver confirms once for everything.")
    return say("Scan the next one. Finish with F10.")


def _line(work: Work, one: Handled, at: datetime) -> ScannedLine:
    standing = work.standing(one.item) if one.item else None
    if standing is None:
        return ScannedLine(say("Unknown"), "", "", one.scanned, one.outcome)
    shown = card(work, standing, at)
    outcome = "apart" if one.fault_act else one.outcome
    return ScannedLine(shown.kind, shown.calibre, shown.home, shown.serial or shown.register_no, outcome)


def _held(scan: Scan) -> ScannedLine:
    return ScannedLine(say("Waits for the refusal"), "", "", scan.text, "held")


def _not_kept(now: Hatch) -> tuple[ScannedLine, ...]:
    if not now.not_kept:
        return ()
    return (ScannedLine(say("{count} more not kept: scan again", count=now.not_kept), "", "", "", "refused"),)
