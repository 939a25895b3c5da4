"""What the page of a record shows, decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

from collections.abc import Sequence

from muniment.desk.attachments import picture_in, read_file
from muniment.desk.cases import case_card
from muniment.desk.components import fittings
from muniment.desk.desk import Desk
from muniment.desk.finding import Meaning, meaning
from muniment.desk.kits import members
from muniment.desk.provenance import provenance_told
from muniment.desk.reading import HistoryLine, ItemCard, card
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.telling import ActTold, Facts, ToldFact, facts_of, lines_of, taken_back_with, told_in_full
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.attachments import Attached, attached_to, newest_photograph
from muniment.domain.custody.describing import assigned_number
from muniment.domain.custody.fitting import is_control, kind_fitted, lacking
from muniment.domain.custody.kits import accessories_of
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.codes import candidates, decode
from muniment.domain.stock.component_kinds import COMPONENT_NAMES
from muniment.domain.stock.serial import SerialStatus
from muniment.ports.work import Work
from muniment.ui.record.fields import groups_of, own_lines, typed_lines, ways_of
from muniment.ui.record.view import Act, FieldLine, KitView, Opened, PartLine, RecordView, StateWay

RECORDS = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE, Kind.KIT, Kind.PLACE)
"""Kinds of thing that have a page of their own."""


class RecordPresenter:
    """Turns one thing of the register into its page. The facts of the thing in front are kept while they are true."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._facts: Facts | None = None

    def open(self, subject: Subject) -> RecordView | None:
        """Everything about one thing; nothing for what the register does not hold or has no page for."""
        with self._desk.look() as work:
            standing = work.standing(subject)
            if standing is None or kind_of(subject) not in RECORDS:
                return None
            return self._view(work, standing)

    def scanned(self, scan: Scan) -> Opened:
        """What a scan means here: another record, or what lies there or is with somebody."""
        found = self._meaning(scan)
        if found.command is not None:
            return Opened(says=say("This command card is for the desk."))
        if found.subject is None:
            return Opened(says=say("Nothing in the register has the code {code}.", code=scan.text[:60]))
        if kind_of(found.subject) in (Kind.PLACE, Kind.PERSON):
            return Opened(below=found.subject)
        record = self.open(found.subject)
        return Opened(record) if record else Opened(says=say("This code is bound to nothing that has a record."))

    def lines(self, facts: int, start: int, count: int) -> tuple[HistoryLine, ...]:
        """Facts in a line each, newest first; nothing where there are no longer `facts` of them."""
        kept = self._facts
        if kept is None or len(kept) != facts:
            return ()
        with self._desk.look() as work:
            return lines_of(work, kept, start, count)

    def fact(self, facts: int, nth: int) -> ToldFact | None:
        """One fact in full, 0 for the newest; nothing where there are no longer `facts` of them."""
        kept = self._facts
        if kept is None or len(kept) != facts or not 0 <= nth < facts:
            return None
        with self._desk.look() as work:
            return told_in_full(work, kept, nth)

    def taken_back_with(self, seq: int) -> ActTold:
        """What goes with a fact when it is taken back."""
        with self._desk.look() as work:
            return taken_back_with(work, seq)

    def content(self, record: Subject, sha256: str) -> tuple[Attached, bytes]:
        """One attached file with its content.

        Raises:
            Refusal: its content is missing or altered.

        """
        with self._desk.look() as work:
            return read_file(work, record, sha256)

    def photograph(self, record: Subject, sha256: str) -> bytes:
        """The content of a photograph; nothing where it can no longer be trusted, so that it is not shown."""
        return picture_in(self._desk, record, sha256)

    def place_code(self, place: str) -> str:
        """The code on a place's label; empty for what is no place."""
        with self._desk.look() as work:
            standing = work.standing(Subject(place)) if place else None
        return standing.text("code") if standing is not None else ""

    def _view(self, work: Work, standing: Standing) -> RecordView:
        subject, kind = standing.subject, kind_of(standing.subject)
        facts = self._facts = facts_of(work, subject)
        shown = place_card(standing) if kind is Kind.PLACE else card(work, standing, self._desk.clock.now())
        photograph = newest_photograph(standing)
        extra = [
            FieldLine(say("Code bound to it"), say("{code}", code=code), code=True) for code in work.codes_of(subject)
        ]
        fitted = work.fitted_to(subject) if kind is Kind.WEAPON else ()
        extra += [FieldLine(say("Control component"), _control_words(one)) for one in fitted if is_control(one)]
        ways = tuple(ways_of(work, standing))
        acts, refused = offers(standing, shown, ways)
        return RecordView(
            item=shown,
            groups=tuple(groups_of(work, standing, provenance_told(work, facts.told), extra)),
            own=tuple(own_lines(work, standing)),
            typed=tuple(typed_lines(standing)) if kind is Kind.WEAPON else (),
            ways=ways,
            parts=tuple(self._parts(work, standing, fitted)),
            fittings=tuple(reversed(fittings(work, subject))) if kind in (Kind.WEAPON, Kind.COMPONENT) else (),
            host=self._host(work, standing),
            kit=_kit(work, standing),
            files=tuple(attached_to(standing)),
            cases=tuple(case_card(work, one) for one in work.open_cases(subject)),
            facts=len(facts),
            photograph=photograph.sha256 if photograph else "",
            acts=acts,
            refused=refused,
        )

    def _parts(self, work: Work, standing: Standing, fitted: Sequence[Standing]) -> list[PartLine]:
        kind = kind_of(standing.subject)
        if kind is Kind.WEAPON:
            lines = [self._part(work, one) for one in sorted(fitted, key=lambda one: not is_control(one))]
            return lines + [PartLine(missing, lacking=True) for missing in lacking(standing)]
        if kind is not Kind.KIT:
            return []
        lines, inside = [], members(work, standing)
        known = {member.subject for member in inside}
        for member in inside:
            if member.where in known:
                continue  # it is shown on the weapon it is on
            lines.append(self._part(work, member))
            on_it = work.fitted_to(member.subject) if kind_of(member.subject) is Kind.WEAPON else ()
            lines += [self._part(work, one, depth=1) for one in on_it]
        counted = accessories_of(standing)
        return lines + [PartLine(say("{count} x {name}", count=one.quantity, name=one.name)) for one in counted]

    def _part(self, work: Work, standing: Standing, *, depth: int = 0) -> PartLine:
        shown = card(work, standing, self._desk.clock.now())
        if kind_of(standing.subject) is not Kind.COMPONENT:
            return PartLine(shown.kind, shown, depth=depth)
        return PartLine(_component_words(standing), shown, is_control(standing), depth)

    def _host(self, work: Work, standing: Standing) -> PartLine | None:
        host = work.standing(Subject(standing.where)) if standing.where.startswith(f"{Kind.WEAPON}/") else None
        return self._part(work, host) if host is not None else None

    def _meaning(self, scan: Scan) -> Meaning:
        with self._desk.look() as work:
            for candidate in (scan.text, *candidates(decode(scan.raw or scan.text))):
                try:
                    return meaning(work, candidate)
                except Refusal:
                    continue
        return Meaning()


_OF_WEAPONS = frozenset({Act.NUMBER, Act.DESCRIBE, Act.MARK})


def offers(standing: Standing, shown: ItemCard, ways: Sequence[StateWay]) -> tuple[tuple[Act, ...], dict[Act, Text]]:
    """Which acts make sense for a thing, and why some of them are not possible now."""
    kind = kind_of(standing.subject)
    if kind in (Kind.PLACE, Kind.LINE, Kind.KIT):
        return ((Act.CASE, Act.BIND) if kind is not Kind.PLACE else (Act.BIND,)), {}
    acts = tuple(act for act in Act if act not in _OF_WEAPONS or kind is Kind.WEAPON)
    refused: dict[Act, Text] = {}
    if not ways:
        refused[Act.STATE] = say("No way leads on from its state") if shown.states else say("No states are defined")
    if shown.state != "in_store":
        refused[Act.ISSUE] = say("It does not lie in store")
    if shown.holder is None:
        refused[Act.RETURN] = refused[Act.FAULT] = say("Nobody holds it")
    if shown.quarantine:
        refused[Act.APART] = say("It is set apart already")
    else:
        refused[Act.RELEASE] = say("It is not set apart")
    if shown.state == "missing":
        refused[Act.MISSING] = say("It is missing by the book")
    if SerialStatus(shown.serial_status or SerialStatus.PRESENT) is SerialStatus.PRESENT:
        refused[Act.NUMBER] = say("It has a serial number")
    elif assigned_number(standing):
        refused[Act.NUMBER] = say("Its number is struck on it")
    if shown.state == "withdrawn":
        refused |= {act: say("The record is withdrawn") for act in acts if act not in (Act.CASE, Act.BIND)}
    return acts, {act: why for act, why in refused.items() if act in acts}


def place_card(place: Standing) -> ItemCard:
    """The card of a place: its code where a thing has its serial, and no state."""
    code = place.text("code")
    return bare_card(place.subject, code, say("{name}", name=place.text("name") or code))


def bare_card(subject: Subject, number: str, kind: Text) -> ItemCard:
    """The card of what is no item: its number where a thing has its serial, and no state."""
    return ItemCard(
        subject=subject,
        register_no=number,
        serial=number,
        serial_status="",
        kind=kind,
        family="other",
        make="",
        model="",
        calibre="",
        condition="",
        state="",
        place="",
        home="",
        holder=None,
        due_at="",
        quarantine="",
        quantity=1,
    )


def _component_words(component: Standing) -> Text:
    kind, name = COMPONENT_NAMES[kind_fitted(component)], component.text("item_name")
    return say("{kind}: {name}", kind=kind, name=name) if name else kind


def _control_words(component: Standing) -> Text:
    serial = component.text("serial_raw") or component.text("register_no")
    return say("{kind} {serial}", kind=COMPONENT_NAMES[kind_fitted(component)], serial=serial)


def _kit(work: Work, standing: Standing) -> KitView | None:
    kit = work.standing(Subject(standing.text("kit"))) if standing.text("kit") else None
    return KitView(kit.subject, kit.text("register_no"), kit.text("item_name")) if kit is not None else None
