"""Cases at the desk, and what opens them: things unaccounted for, things found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from muniment.desk.components import bench_of
from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.desk.of_its_time import LaidAt, Then, laid_at
from muniment.desk.places import place_kind_at, place_of_kind, store_at
from muniment.desk.reading import name_of
from muniment.domain.basics.identity import Kind, Subject, is_subject, kind_of
from muniment.domain.basics.moments import moment
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.cases import CASE_RULES, Matter, close_case, note_case, open_case
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.fitting import Bench
from muniment.domain.custody.late import breaches_of_find, breaches_of_order, entered_late
from muniment.domain.custody.losing import declare_unaccounted, holder_of, record_found
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.domain.places.place import PlaceKind
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case as people read it. `missing` names the item or the counted thing that is not there."""

    subject: Subject
    register_no: str
    state: str
    rule: str
    what: Text
    concerns: str
    holder: str
    missing: str
    opened_at: datetime | None
    notes: tuple[str, ...]
    reference: str


def open_a_case(desk: Desk, deposition: Deposition, concerns: Subject) -> Answer:
    """Open a case about anything in the register; the reason says what is wrong.

    Raises:
        Refusal: no reason is given.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.CASE_OPENED, said=acting, sets={"concerns": concerns}):
            return before
        item = stands(work, concerns)
        if not acting.reason:
            raise Refusal("reason_missing", say("A case needs a reason."), do_now=say("Write what is wrong."))
        facts = case_facts(desk, work, [Matter(concerns, "reported", holder=holder_of(item))], acting)
        return Answer(tuple(desk.tell(work, act, facts)), about=facts[0].subject)


def note(desk: Desk, deposition: Deposition, case: Subject) -> Answer:
    """Write down what was found out or ordered about a case; the deposition's reason is the note.

    Raises:
        Refusal: the case is closed, or the note is empty.

    """
    return _settle(desk, deposition, case, note_case)


def close(desk: Desk, deposition: Deposition, case: Subject) -> Answer:
    """Close a case by two persons: the reason is the decision, the document the number of the inquiry or order.

    Raises:
        Refusal: see `muniment.domain.custody.cases.close_case`.

    """
    return _settle(desk, deposition, case, close_case)


def declare_missing(desk: Desk, deposition: Deposition, item: Subject) -> Answer:
    """Declare an item unaccounted for, by two persons; it opens a case in which its holder answers for it.

    Entered late, that is who held it when it was lost.

    Raises:
        Refusal: the second person or the reason is missing, or it is unaccounted for already.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.UNACCOUNTED, of=(item,), said=acting):
            return before
        standing = stands(work, item)
        host = host_of(work, standing)
        place = place_of_kind(work, PlaceKind.UNACCOUNTED).subject
        late = deposition.at is not None
        was, broken = standing, list[Refusal]()
        answers_for = holder_of(standing, [host.weapon] if host else [])
        if late:
            then = Then(work, acting.at)
            was, broken = then.of(item), loss_breaches(then, item)
            answers_for = then.holder(was)
        facts = declare_unaccounted(standing, host, place, acting, entered_late(broken) if late else None)
        matters = [Matter(item, "unaccounted", answers_for, missing=item, receipt=was.text("receipt"))]
        matters += _matters(standing, host, broken)
        facts += case_facts(desk, work, matters, acting)
        return Answer(tuple(desk.tell(work, act, facts)), tuple(one.says for one in broken), item)


def record_as_found(desk: Desk, deposition: Deposition, item: Subject, to: Subject) -> Answer:
    """Write down that an item was found and laid at a place, by two persons, wherever the book has it.

    Where the book says that somebody holds it, or that it is on a weapon or has left, a case is opened: one of the two
    is wrong; a find that is entered late is held against the book as it was then. Cases that are open already stay
    open until they are closed.

    Raises:
        Refusal: the second person or the reason is missing, or it lies there by the book.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.FOUND, of=(item,), said=acting, to=to):
            return before
        standing = stands(work, item)
        host = host_of(work, standing)
        late = deposition.at is not None
        if late:
            then = Then(work, acting.at)
            laid = laid_at(work, then, to)
            broken = find_breaches(then, item, laid)
        else:
            laid = LaidAt(store_at(work, to), to)
            broken = breaches_of_find(standing, place_kind_at(work, standing), laid.then, None)
        facts = record_found(standing, host, laid.now, acting, entered_late(broken, laid.closed) if late else None)
        facts += case_facts(desk, work, _matters(standing, host, broken), acting)
        warnings = [laid.warning(work)]
        if still_open := len(work.open_cases(item)):
            warnings.append(say("{count} cases about it are open. Close them.", count=still_open))
        return Answer(tuple(desk.tell(work, act, facts)), tuple(one for one in warnings if one is not None), item)


def find_breaches(then: Then, item: Subject, laid: LaidAt) -> list[Refusal]:
    """What a find contradicted when it happened."""
    was = then.of(item)
    return breaches_of_find(was, then.place_kind(was), laid.then, then.moved_after(item))


def loss_breaches(then: Then, item: Subject) -> list[Refusal]:
    """What speaks against a loss that is entered after it happened: only that the item was moved later by the book."""
    return breaches_of_order(then.moved_after(item))


def _matters(item: Standing, host: Bench | None, broken: Sequence[Refusal]) -> list[Matter]:
    """What was broken, as cases in which those answer for an item who have it by the book now."""
    holder, receipt = holder_of(item, [host.weapon] if host else []), item.text("receipt")
    return [Matter(item.subject, one.rule, holder, receipt=receipt) for one in broken]


def case_facts(desk: Desk, work: Work, matters: Sequence[Matter], acting: Acting) -> list[Fact]:
    """The facts that open cases, under the next running numbers.

    A case is opened when it is written down, also one about something that happened earlier: nobody knew of it before.
    """
    first, opening = work.next_number(Kind.CASE), replace(acting, at=desk.clock.now())
    return [open_case(desk.fresh(Kind.CASE), first + nth, matter, opening) for nth, matter in enumerate(matters)]


def open_cases(work: Work) -> list[CaseCard]:
    """What is unsettled at this depot, oldest first."""
    return [case_card(work, case) for case in work.unsettled()]


def case_card(work: Work, case: Standing) -> CaseCard:
    """One case, with its notes."""
    told = work.facts_of(case.subject)
    missing = case.text("missing")
    opened = case.text("opened_at")
    return CaseCard(
        subject=case.subject,
        register_no=case.text("register_no"),
        state=case.text("state"),
        rule=case.text("rule"),
        what=CASE_RULES.get(case.text("rule"), say("{rule}", rule=case.text("rule").replace("_", " "))),
        concerns=name_of(work, case.text("concerns")),
        holder=name_of(work, case.text("holder")),
        missing=name_of(work, missing) if is_subject(missing) else missing,
        opened_at=moment(opened) if opened else None,
        notes=tuple(fact.reason for _, fact in told if fact.kind is not Deed.CASE_OPENED or fact.reason),
        reference=case.text("reference"),
    )


def _settle(desk: Desk, deposition: Deposition, case: Subject, decide: Callable[[Standing, Acting], Fact]) -> Answer:
    acting = desk.acting(deposition, Duty.SETTLE)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.CASE_NOTED, Deed.CASE_CLOSED, of=(case,), said=acting):
            return before
        fact = decide(stands(work, case), acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=case)


def host_of(work: Work, item: Standing) -> Bench | None:
    """The weapon a component is on by the book, with what is fitted to it."""
    if not item.where or kind_of(Subject(item.where)) is not Kind.WEAPON:
        return None
    return bench_of(work, stands(work, Subject(item.where)))
