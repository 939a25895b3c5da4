"""The hatch: handing out, taking back, confirming, moving, setting apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from muniment.desk.desk import Answer, Deposition, Desk, fields_after, same_by, stands, told_before
from muniment.desk.own_states import stances
from muniment.desk.people import drawer_of
from muniment.desk.places import lies_in_store, open_place, place_kind_at, place_of_kind, store_at
from muniment.desk.signing import knows_secret
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.moments import moment, stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Evidence, Fact, Value
from muniment.domain.custody.issuing import Counter, Terms, issue
from muniment.domain.custody.policy import Policy
from muniment.domain.custody.returning import Handed, move, release, set_apart, take_back
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.free_text import sentences
from muniment.domain.stock.taxonomy import lineage
from muniment.ports.work import Work

Decide = Callable[[Work, Standing, Acting], Fact]
"""A rule that looks at one item and states one fact."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for at the hatch.

    `until` is when it is expected back; without it and without `for_good` it is the end of a shift. `receipt` is the
    hand receipt of this hand-over, absent for the first item of one.
    """

    to: Subject
    until: datetime | None = None
    for_good: bool = False
    purpose: str = ""
    receipt: Subject | None = None


def issue_item(desk: Desk, deposition: Deposition, item: Subject, wanted: Wanted) -> Answer:
    """Hand one weapon out, durably, before it leaves the hatch.

    The first item of a hand-over opens its hand receipt in the same act. Warns of what else the officer should know of
    the person: late items, a weapon that looks alike.

    Raises:
        Refusal: a rule says no, and it is not one that the second person lets pass.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        deed = Deed.ASSIGNED if wanted.for_good else Deed.ISSUED
        if before := told_before(work, act, deed, of=(item,), said=acting, to=wanted.to, sets=asked_for(wanted)):
            return before
        weapon, person = stands(work, item), stands(work, wanted.to)
        policy = policy_in_force(work)
        counter = counter_for(work, weapon, person, policy, acting.at)
        receipt, facts = receipt_for(desk, work, wanted, acting)
        terms = terms_of(wanted, policy, acting.at, receipt)
        facts.append(issue(weapon, drawer_of(person), counter, terms, policy, acting))
        told = desk.tell(work, act, facts)
        return Answer(tuple(told), late_items(counter.held, acting.at), item, receipt)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """How the receiver confirms: "pin" and the PIN, "signature" on the printed receipt, "paper" and its number."""

    how: str
    pin: str = ""
    paper_no: str = ""


def confirm(desk: Desk, deposition: Deposition, receipt: Subject, confirmation: Confirmation) -> Answer:
    """Close a hand receipt: the receiver confirms once for everything on it.

    Raises:
        Refusal: the PIN is wrong, the paper's number is missing, nothing is on the receipt, or it is closed.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    with desk.look() as work:
        standing = stands(work, receipt)
        holder = Subject(standing.text("holder"))
    _check_confirmation(desk, deposition, holder, confirmation)
    act = desk.act(deposition)
    with desk.work() as work:
        how = {"confirmed_by": confirmation.how}
        if before := told_before(work, act, Deed.RECEIPT_CONFIRMED, of=(receipt,), said=acting, sets=how):
            return same_by(work, before, lambda fact: fact.evidence[0].seen == confirmation.paper_no.strip())
        standing = stands(work, receipt)
        if standing.text("state") != "open":
            raise Refusal("receipt_closed", say("This hand receipt is closed."), do_now=say("Nothing to do."))
        items = [item for item in work.at(holder) if item.text("receipt") == receipt]
        if not items:
            raise Refusal("receipt_empty", say("Nothing is on this hand receipt."), do_now=say("Scan a weapon first."))
        paper_no = sentences(confirmation.paper_no, say("The number of the paper"))
        evidence = Evidence(how=confirmation.how, seen=paper_no)
        signed = Acting(acting.actor, acting.at, acting.second, (evidence,), acting.reason, acting.doc)
        fact = signed.states(
            Deed.RECEIPT_CONFIRMED,
            standing,
            sets={
                "state": "confirmed",
                "confirmed_by": confirmation.how,
                "items": [str(item.subject) for item in items],
            },
            qty=len(items),
        )
        return Answer(tuple(desk.tell(work, act, [fact])), about=receipt, receipt=receipt)


def return_item(
    desk: Desk,
    deposition: Deposition,
    item: Subject,
    *,
    by: Subject | None = None,
    to: Subject | None = None,
    fault: str = "",
) -> Answer:
    """Take one weapon back, to its own place unless another is named; with a fault it goes to quarantine.

    A weapon brought by another than its holder is taken in, and the officer is warned.

    Raises:
        Refusal: by the book it is not out.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        fault = sentences(fault, say("What is wrong with it"))
        if before := told_before(work, act, Deed.RETURNED, of=(item,), said=acting):
            return same_by(work, before, lambda fact: _came_back_so(work, before, fact, by, to, fault))
        weapon = stands(work, item)
        place = to or open_place(work, Subject(weapon.text("home")))
        if fault:
            place = place_of_kind(work, PlaceKind.QUARANTINE).subject
        store_at(work, place)
        bringer = by or Subject(weapon.where)
        facts = take_back(weapon, Handed(bringer, place, fault), acting)
        warnings: list[Text] = []
        if bringer != weapon.where:
            warnings.append(say("It was brought by another person than its holder."))
        kit = stands(work, Subject(weapon.text("kit"))) if weapon.text("kit") else None
        if kit is not None and kit.where == weapon.where:
            number = kit.text("register_no")
            warnings.append(say("It belongs to kit {kit}. Return the kit, so that each member is checked.", kit=number))
        due = weapon.text("due_at")
        if due and moment(due) < acting.at:
            warnings.append(say("It comes back late; it was due {late} ago.", late=_how_long(acting.at - moment(due))))
        return Answer(tuple(desk.tell(work, act, facts)), tuple(warnings), item)


def move_item(desk: Desk, deposition: Deposition, item: Subject, to: Subject) -> Answer:
    """Move one item in store to another place.

    Raises:
        Refusal: a person holds it, it is there already, or one of the two places is no store.

    """

    def decide(work: Work, standing: Standing, acting: Acting) -> Fact:
        store_at(work, to)
        return move(standing, place_kind_at(work, standing), to, acting)

    return _one(desk, deposition, item, Deed.MOVED, decide, to)


def quarantine(desk: Desk, deposition: Deposition, item: Subject) -> Answer:
    """Set an item apart for the deposition's reason; what lies in store goes to the quarantine place.

    A component that is fitted stays on its weapon, which is not issued until it is taken off or released. What a
    person holds, what is under way or unaccounted for is marked and stays where the book has it.

    Raises:
        Refusal: no reason is given.

    """

    def decide(work: Work, standing: Standing, acting: Acting) -> Fact:
        stays = bool(standing.where) and not lies_in_store(work, standing)
        to = None if stays else place_of_kind(work, PlaceKind.QUARANTINE).subject
        return set_apart(standing, acting.reason, to, acting)

    return _one(desk, deposition, item, Deed.QUARANTINED, decide)


def release_item(desk: Desk, deposition: Deposition, item: Subject) -> Answer:
    """Let an item leave quarantine, by two persons and for a reason.

    Raises:
        Refusal: it is not quarantined, or the second person or the reason is missing.

    """
    return _one(desk, deposition, item, Deed.RELEASED, lambda _work, standing, acting: release(standing, acting))


def policy_in_force(work: Work) -> Policy:
    """The depot's limits."""
    return Policy.from_standing(next(iter(work.all_of(Kind.POLICY)), None))


def counter_for(work: Work, weapon: Standing, person: Standing, policy: Policy, at: datetime) -> Counter:
    """What must be known at the hatch about one weapon and one person."""
    fitted = work.fitted_to(weapon.subject)
    since = at - timedelta(minutes=policy.rush_minutes)
    return Counter(
        held=work.at(person.subject),
        in_store=lies_in_store(work, weapon),
        open_cases=sum(len(work.open_cases(Subject(of))) for of in (weapon.subject, weapon.text("kit")) if of),
        types=lineage(weapon.text("taxonomy_code")),
        issued_lately=work.issued_since(stamp(since)),
        fitted=fitted,
        states=stances(work, weapon, fitted),
    )


def late_items(held: Sequence[Standing], at: datetime) -> tuple[Text, ...]:
    """A warning for each item a person should have brought back."""
    return tuple(
        say(
            "{register_no} was due back {late} ago and is still with this person.",
            register_no=item.text("register_no"),
            late=_how_long(at - moment(item.text("due_at"))),
        )
        for item in held
        if item.text("due_at") and moment(item.text("due_at")) < at
    )


def _how_long(late: timedelta) -> Text:
    """How long, in the largest whole unit that says enough: a clock time would need to say its zone."""
    minutes = int(late.total_seconds() // 60)
    if minutes < 120:
        return say("{n} min", n=minutes)
    return say("{n} h", n=minutes // 60) if minutes < 48 * 60 else say("{n} days", n=minutes // (24 * 60))


def receipt_for(desk: Desk, work: Work, wanted: Wanted, acting: Acting) -> tuple[Subject, list[Fact]]:
    """The hand receipt of this hand-over, and the fact that opens it where it is new."""
    if wanted.receipt is not None:
        standing = stands(work, wanted.receipt)
        if standing.text("state") != "open" or standing.text("holder") != wanted.to:
            raise Refusal(
                "receipt_closed",
                say("This hand receipt is closed or another person's."),
                do_now=say("Start a new hand-over."),
            )
        return wanted.receipt, []
    receipt = desk.fresh(Kind.RECEIPT)
    fact = acting.states(
        Deed.RECEIPT_OPENED,
        Standing(receipt),
        sets={"state": "open", "holder": wanted.to, "number": work.next_number(Kind.RECEIPT)},
    )
    return receipt, [fact]


def terms_of(wanted: Wanted, policy: Policy, at: datetime, receipt: Subject) -> Terms:
    """On which terms it goes out.

    Raises:
        Refusal: it would be due before it goes out, or something unseen stands in the purpose.

    """
    return Terms(due_back(wanted, policy, at), receipt, purpose_written(wanted.purpose))


def purpose_written(text: str) -> str:
    """A purpose as it is kept.

    Raises:
        Refusal: something unseen stands in it, or it is too long.

    """
    return sentences(text, say("The purpose"))


def due_back(wanted: Wanted, policy: Policy, at: datetime) -> datetime | None:
    """When it is expected back; nothing for an assignment without an end.

    Raises:
        Refusal: it would be due before it goes out.

    """
    if wanted.for_good:
        return None
    if wanted.until is not None:
        refuse_past_due(wanted.until, at)
    return wanted.until or at + timedelta(hours=policy.shift_hours)


def refuse_past_due(until: datetime, at: datetime) -> None:
    """Refuse to hand out until a moment that has passed.

    Raises:
        Refusal: so it is.

    """
    if until < at:
        raise Refusal(
            "due_before_issue",
            say("It would be due back before it goes out."),
            do_now=say("Give a later day or hour."),
        )


def refuse_wrong_pin(desk: Desk, deposition: Deposition, holder: Subject, confirmation: Confirmation) -> None:
    """Refuse a confirmation by PIN with a PIN that is not the holder's.

    Raises:
        Refusal: so it is, or too many wrong ones were tried at this desk.
        StoreFault: a wrong try cannot be written down.

    """
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    if confirmation.how == "pin" and not knows_secret(desk, acting, holder, "pin", confirmation.pin):
        raise Refusal(
            "wrong_pin",
            say("The PIN is wrong."),
            do_now=say("Try again, or sign the printed receipt instead."),
        )


def _check_confirmation(desk: Desk, deposition: Deposition, holder: Subject, confirmation: Confirmation) -> None:
    refuse_wrong_pin(desk, deposition, holder, confirmation)
    if confirmation.how == "paper" and not confirmation.paper_no.strip():
        raise Refusal(
            "paper_number_missing",
            say("The number of the signed paper is missing."),
            do_now=say("Type the number that is printed on it."),
        )
    if confirmation.how not in {"pin", "signature", "paper"}:
        raise Refusal(
            "unknown_confirmation",
            say("This is no way to confirm."),
            do_now=say("Choose PIN, signature or signed paper."),
        )


def asked_for(wanted: Wanted) -> Mapping[str, Value | None]:
    """What stands of a thing that was handed out as it is wanted, as far as it was said."""
    asked: dict[str, Value | None] = {"purpose": purpose_written(wanted.purpose) or None}
    if wanted.until is not None:
        asked["due_at"] = stamp(wanted.until)
    if wanted.receipt is not None:
        asked["receipt"] = wanted.receipt
    return asked


def _came_back_so(work: Work, before: Answer, back: Fact, by: Subject | None, to: Subject | None, fault: str) -> bool:
    """Whether a thing was brought back by whom and to where is said now, and set apart for the fault told now."""
    if back.kind is not Deed.RETURNED or (by or back.from_) != back.about.get("brought_by", back.from_):
        return False
    told = [(one, work.fact(one.seq)) for one in before.told if one.subject == back.subject]
    apart = [fact.after.get("quarantine", "") for _, fact in told if fact and fact.kind is Deed.QUARANTINED]
    if fault or apart:
        return apart == [fault]
    home = Subject(str(fields_after(work, told[0][0]).get("home", "")))
    return back.to == (to or home) or (to is None and open_place(work, home) != home)


def _one(
    desk: Desk, deposition: Deposition, item: Subject, deed: Deed, decide: Decide, to: Subject | None = None
) -> Answer:
    acting = desk.acting(deposition, Duty.HANDLE_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, deed, of=(item,), said=acting, to=to):
            return before
        fact = decide(work, stands(work, item), acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=item)
