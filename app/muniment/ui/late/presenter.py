"""What has happened, gathered and signed by two; decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from muniment.desk import cases as desk_cases
from muniment.desk.cases import case_card, find_breaches, loss_breaches
from muniment.desk.desk import Answer, Deposition, Desk, Officer, stands
from muniment.desk.finding import person_named, read_code
from muniment.desk.hatch import Wanted
from muniment.desk.kits import members
from muniment.desk.late import (
    Breach,
    past_issue_breaches,
    past_return_breaches,
    record_past_issues,
    record_past_returns,
)
from muniment.desk.of_its_time import Then, laid_at, place_called
from muniment.desk.reading import name_of, state_of
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.sittings.gathering import Basket, Gathering
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.facts import Evidence
from muniment.ports.work import Work
from muniment.ui.acts import OfficersWord, moment_typed
from muniment.ui.gather.presenter import GatherLine, gather_view, thing_lines
from muniment.ui.late.view import Entered, LateView, Past, Told


class LatePresenter:
    """One late entry in the making."""

    def __init__(self, desk: Desk, officer: Officer, item: Subject | None = None) -> None:
        self._desk, self._word = desk, OfficersWord(desk, officer)
        self.what = Past.ISSUED
        self._gathering = self._anew()
        self._person, self._place, self._at = "", "", ""
        self._scanned: dict[str, Subject] = {}
        self._labels: dict[str, Subject] = {}
        if item is not None:
            self._gathering.bring([item])
            self.what = self._likely(item)

    @property
    def officer(self) -> Officer:
        """Who enters it."""
        return self._word.officer

    def view(self, outcome: str = "") -> LateView:
        """What is shown now."""
        now, at = self._gathering.now, self._desk.clock.now()
        with self._desk.look() as work:
            broken = self._breaches(work, now)
            lines = thing_lines(work, now.items, at)
            if broken is None:
                lines = [replace(line, outcome="expected") for line in lines]
            broken = broken or []
            lines = [_with(line, broken) for line in lines]
            shown = gather_view(work, now, at, lines, outcome)
        always = len(now.items) if self.what in (Past.WRONG, Past.MISSING) else 0
        return LateView(self.what, shown, self._person, self._place, len(broken) + always)

    def choose(self, what: Past) -> LateView:
        """Say what has happened; what is on the list stays."""
        self.what = what
        return self.view()

    def scanned(self, scan: Scan) -> LateView:
        """A scan of a thing, of the person it is about, or of a place."""
        if self._gathering.now.refusal is None:
            with self._desk.look() as work:
                found = read_code(work, scan.text, scan.raw).subject
                kind = kind_of(found) if found is not None else None
                name = name_of(work, found) if found is not None and kind in (Kind.PERSON, Kind.PLACE) else ""
            if kind is Kind.PERSON and found is not None:
                self._person = name
                self._scanned[name] = found
                return self.view("accepted")
            if kind is Kind.PLACE and found is not None:
                self._place = name
                self._labels[name] = found
                return self.view("accepted")
        return self._shown(self._gathering.scanned(scan))

    def commanded(self, command: Command) -> LateView:
        """A command card's key."""
        return self._shown(self._gathering.commanded(command))

    def take_off(self, item: Subject) -> LateView:
        """Take one thing off the list."""
        return self._shown(self._gathering.take_off(item))

    def about(self, person: str, at: str, place: str) -> LateView:
        """Look again at what was broken, with the person, the time and the place as they are typed now."""
        self._person, self._at, self._place = person, at, place
        return self.view()

    def check(self, told: Told) -> tuple[Text, ...]:
        """Everything that was broken, in whole sentences, to be read before two persons sign.

        Raises:
            Refusal: a scan is still refused; the time, the person, the place or the reason is missing or wrong.

        """
        at, person, place = self._complete(told)
        now = self._gathering.now
        self._person, self._at, self._place = told.person, told.at, told.place
        with self._desk.look() as work:
            if person is not None and self.what in (Past.ISSUED, Past.WRONG):
                said = Deposition(self.officer, at=at)
                found = past_issue_breaches(self._desk, work, said, now.items, person)
            else:
                found = self._of_its_time(work, now.items, at, place)
            broken = [say("{item}: {what}", item=name_of(work, one.item), what=one.objection.says) for one in found]
            if self.what in (Past.WRONG, Past.MISSING):
                broken += [say("{item}: a case is opened in any event.", item=name_of(work, one)) for one in now.items]
        return tuple(broken)

    def sign(self, told: Told) -> Entered:
        """Have two persons sign for it, and write it down.

        Raises:
            Refusal: see `check`; or the second person cannot sign in.

        """
        at, person, place = self._complete(told)
        now = self._gathering.now
        second = self._word.second(told.second, told.passphrase)
        evidence = (Evidence(how="paper", seen=told.doc.strip()),) if told.doc.strip() else (Evidence(how="eye"),)
        said = self._word.said(told.reason, doc=told.doc, at=at, second=second, evidence=evidence)
        answers = self._write(said, now.items, person, place, for_good=told.for_good)
        self._word.done()
        self._gathering = self._anew()
        self._person, self._place = "", ""
        with self._desk.look() as work:
            opened = [one.subject for answer in answers for one in answer.told if kind_of(one.subject) is Kind.CASE]
            cards = tuple(case_card(work, stands(work, case)) for case in opened)
            warning = laid_at(work, Then(work, at), place).warning(work) if place is not None else None
        return Entered(say("Written down, items: {n}.", n=len(now.items)), cards, warning)

    def _complete(self, told: Told) -> tuple[datetime, Subject | None, Subject | None]:
        """When, who and where; everything that is asked of the officer alone.

        Raises:
            Refusal: a scan is still refused; the time, the person, the place or the reason is missing or wrong.

        """
        now = self._gathering.now
        if now.refusal is not None or now.held:
            raise Refusal(
                "scan_unanswered",
                say("A refused scan is not answered yet."),
                do_now=say("Answer it first; the scans behind it are taken then."),
            )
        if not now.items:
            raise Refusal("nothing_named", say("No item is named."), do_now=say("Scan what it is about."))
        at = moment_typed(told.at)
        if at is None:
            raise Refusal("not_a_moment", say("It is not said when."), do_now=say("Take the time from the paper."))
        if at > self._desk.clock.now():
            raise Refusal("in_the_future", say("The time given lies in the future."), do_now=say("Check the date."))
        with self._desk.look() as work:
            person, place = self._who(work, told.person), self._where(work, told.place, at)
        if self.what is Past.FOUND and place is None:
            raise Refusal("unknown_place", say("It is not said where it lies."), do_now=say("Scan the place."))
        if not told.reason.strip():
            raise Refusal(
                "reason_missing", say("A late entry needs a reason."), do_now=say("Write why, without names.")
            )
        return at, person, place

    def _write(
        self,
        said: Deposition,
        items: Sequence[Subject],
        person: Subject | None,
        place: Subject | None,
        *,
        for_good: bool,
    ) -> list[Answer]:
        if self.what in (Past.ISSUED, Past.WRONG) and person is not None:
            wanted = Wanted(person, for_good=for_good)
            return [record_past_issues(self._desk, said, items, wanted, wrong=self.what is Past.WRONG)]
        if self.what is Past.RETURNED:
            return [record_past_returns(self._desk, said, items, by=person, to=place)]
        answers = []
        for nth, item in enumerate(items, 1):  # each thing is an act of its own, so that trying again goes on
            one = replace(said, act=f"{said.act}-{nth}")
            if self.what is Past.MISSING:
                answers.append(desk_cases.declare_missing(self._desk, one, item))
            elif place is not None:
                answers.append(desk_cases.record_as_found(self._desk, one, item, place))
        return answers

    def _breaches(self, work: Work, now: Basket) -> list[Breach] | None:
        """What was broken; nothing where it cannot be told before it is known who received it."""
        if not now.items:
            return []
        at = self._moment()
        if self.what not in (Past.ISSUED, Past.WRONG):
            try:
                place = self._where(work, self._place, at)
            except Refusal:
                place = None
            return self._of_its_time(work, now.items, at, place)
        try:
            person = self._named(work, self._person)
        except Refusal:
            return None
        return past_issue_breaches(self._desk, work, Deposition(self.officer, at=at), now.items, person)

    def _of_its_time(self, work: Work, items: Sequence[Subject], at: datetime, place: Subject | None) -> list[Breach]:
        """What anything but an issue contradicted; of a find nothing before it is known where."""
        if self.what is Past.RETURNED:
            return past_return_breaches(work, items, at, place)
        then = Then(work, at)
        if self.what is Past.MISSING:
            return [Breach(item, one) for item in items for one in loss_breaches(then, item)]
        if place is None:
            return []
        laid = laid_at(work, then, place)
        return [Breach(item, one) for item in items for one in find_breaches(then, item, laid)]

    def _moment(self) -> datetime:
        now = self._desk.clock.now()
        try:
            return min(moment_typed(self._at) or now, now)
        except Refusal:
            return now

    def _who(self, work: Work, typed: str) -> Subject | None:
        if not typed.strip():
            if self.what in (Past.ISSUED, Past.WRONG):
                raise _nobody()
            return None
        return self._named(work, typed)

    def _named(self, work: Work, typed: str) -> Subject:
        """Whom a text means: who was scanned and stands there by name, else who is called by it.

        Raises:
            Refusal: nobody, or several.

        """
        known = self._scanned.get(typed.strip())
        if known is not None:
            return known
        if not typed.strip():
            raise _nobody()
        return person_named(work, typed.strip()).subject

    def _where(self, work: Work, typed: str, at: datetime) -> Subject | None:
        """The place whose label was scanned, else the one that was called so then."""
        known = self._labels.get(typed.strip())
        if known is not None or not typed.strip():
            return known
        return place_called(work, typed.strip(), at).subject

    def _likely(self, item: Subject) -> Past:
        """What has most likely happened to an item of a case: missing if somebody holds it, found if it was away."""
        with self._desk.look() as work:
            state = state_of(work, stands(work, item), self._desk.clock.now())
        likely = {"missing": Past.FOUND, "transit": Past.FOUND, "issued": Past.MISSING, "overdue": Past.MISSING}
        return likely.get(state, Past.ISSUED)

    def _anew(self) -> Gathering:
        return Gathering(self._desk, _takes, frozenset({Kind.WEAPON, Kind.COMPONENT, Kind.KIT}))

    def _shown(self, now: Basket) -> LateView:
        return self.view(now.outcome)


def _takes(work: Work, item: Subject, _passed: frozenset[str]) -> Sequence[Subject]:
    """The thing itself, whatever the book says of it; a kit with its members."""
    if kind_of(item) is Kind.KIT:
        return (item, *(one.subject for one in members(work, stands(work, item))))
    return (item,)


def _with(line: GatherLine, broken: Sequence[Breach]) -> GatherLine:
    """A line that says what its thing broke."""
    words = [one.objection.says for one in broken if one.item == line.item]
    if not words:
        return line
    note = words[0] if len(words) == 1 else say("{first} And {n} more.", first=words[0], n=len(words) - 1)
    return replace(line, outcome="warned", note=note)


def _nobody() -> Refusal:
    return Refusal(
        "unknown_person", say("It is not said who received it."), do_now=say("Scan the badge, or type the number.")
    )
