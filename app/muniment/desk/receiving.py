"""Arrivals at the desk: begin, check in what is there, strike off, close by two persons, take back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from muniment.desk.cases import case_facts
from muniment.desk.correcting import taken_back_since
from muniment.desk.desk import Answer, Deposition, Desk, same_by, stands, told_before
from muniment.desk.finding import ITEMS, read_code
from muniment.desk.places import store_at
from muniment.desk.stock import near_matches
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.announcing import SendersPapers, begin
from muniment.domain.custody.arrivals import (
    Described,
    Found,
    Listed,
    Seen,
    described,
    item_of,
    listed_of,
    open_line,
    seen_of,
)
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.importing import DUPLICATE
from muniment.domain.custody.receiving import Sighting, check_counted, check_known, check_new, strike, weapon_of
from muniment.domain.custody.relisting import relist
from muniment.domain.custody.reversing import WITHDRAWN, Entered
from muniment.domain.custody.standing import Standing
from muniment.domain.custody.taking_in import Closing, Entering, close, take_back
from muniment.domain.people.duties import Duty
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.codes import candidates, decode
from muniment.domain.stock.serial import SerialStatus, comparison_key
from muniment.ports.work import Work

_AWAY = frozenset({PlaceKind.OUTSIDE, PlaceKind.IN_TRANSIT, PlaceKind.UNACCOUNTED})


@dataclass(frozen=True, slots=True)
class Thing:
    """What lies on the counter: `code` as scanned or typed, and what the officer says of it.

    `what` describes it where neither register nor list do. `quantity` is how many were counted of things without
    serials, 0 for a thing with one. `raw` are the bytes of a scan.
    """

    code: str = ""
    what: Described = field(default_factory=Described)
    serial_status: SerialStatus = SerialStatus.PRESENT
    country: str = ""
    quantity: int = 0
    how: Sighting = field(default_factory=Sighting)
    raw: bytes = b""


def begin_arrival(desk: Desk, deposition: Deposition, papers: SendersPapers) -> Answer:
    """Write down that something arrives or is announced; it gets the next number A-….

    Raises:
        Refusal: see `muniment.domain.custody.announcing.begin`.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.ARRIVAL_BEGUN, said=acting):
            return before
        arrival = desk.fresh(Kind.ARRIVAL)
        facts = begin(arrival, work.next_number(Kind.ARRIVAL), papers, acting)
        return Answer(tuple(desk.tell(work, act, facts)), about=arrival)


def change_list(
    desk: Desk, deposition: Deposition, arrival: Subject, added: Sequence[Listed], struck: Collection[int]
) -> Answer:
    """Put right what the sender's document lists, by two persons, before the arrival is closed.

    Raises:
        Refusal: see `muniment.domain.custody.relisting.relist`.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.ARRIVAL_LISTED, of=(arrival,), said=acting):
            return before
        facts = relist(stands(work, arrival), added, struck, acting)
        return Answer(tuple(desk.tell(work, act, facts)), about=arrival)


def check_in(desk: Desk, deposition: Deposition, arrival: Subject, thing: Thing) -> Answer:
    """Write down that a thing is there, as what the register, the list or the officer says that it is.

    Raises:
        Refusal: see `check_known`, `check_new` and `check_counted` of `muniment.domain.custody.receiving`; or the code
            means several things, or nothing that arrives.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        standing = stands(work, arrival)
        if before := told_before(work, act, Deed.ARRIVAL_CHECKED, of=(arrival,), said=acting):
            return same_by(work, before, lambda fact: _was_of(work, standing, thing, fact))
        warnings: tuple[Text, ...] = ()
        if thing.quantity:
            fact = check_counted(standing, thing.what, thing.quantity, how=thing.how, acting=acting)
        else:
            known, what = recognised(work, standing, thing)
            if known is not None and DUPLICATE in acting.overrides:
                what = what.completed(described(known))
                known = None
            if known is not None:
                fact = check_known(standing, known, away=is_away(work, known), how=thing.how, acting=acting)
                warnings = _unsettled(work, known)
            else:
                seen = Seen(Found.NEW, what, serial_status=thing.serial_status.value, country=thing.country)
                weapon = weapon_of(seen, _papers(standing), acting.at)
                same = work.same_serial(weapon.serial_key)
                fact = check_new(standing, weapon, same, how=thing.how, acting=acting)
                warnings = near_matches(work, weapon)
        return Answer(tuple(desk.tell(work, act, [fact])), warnings, arrival)


def _was_of(work: Work, arrival: Standing, thing: Thing, fact: Fact) -> bool:
    """Whether a fact says of this thing that it was seen."""
    groups = [value for value in fact.after.values() if isinstance(value, dict)]
    if thing.quantity:
        return any(group.get("quantity") == thing.quantity for group in groups)
    known, what = recognised(work, arrival, thing)
    if known is not None and any(group.get("item") == known.subject for group in groups):
        return True
    return any(group.get("serial", "") == what.serial for group in groups)


def strike_off(desk: Desk, deposition: Deposition, arrival: Subject, nth: int) -> Answer:
    """Take what was checked in under a number off the arrival again.

    Raises:
        Refusal: the arrival is closed, or nothing was seen under that number.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.ARRIVAL_STRUCK, of=(arrival,), said=acting):
            return before
        return Answer(tuple(desk.tell(work, act, [strike(stands(work, arrival), nth, acting)])), about=arrival)


def close_arrival(desk: Desk, deposition: Deposition, arrival: Subject, closing: Closing) -> Answer:
    """Take everything in that was seen, by two persons; what is amiss opens cases.

    Raises:
        Refusal: see `muniment.domain.custody.taking_in.close`; or the place is no store.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        standing = stands(work, arrival)
        under = replace(acting, doc=standing.text("document"))  # it is closed under the sender's document
        if before := told_before(work, act, Deed.ARRIVAL_CLOSED, of=(arrival,), said=under):
            return before
        store_at(work, closing.to)
        entering = _entering(desk, work, standing)
        facts, matters = close(standing, entering, closing, acting)
        facts += case_facts(desk, work, matters, acting)
        warnings = [say("Cases opened: {count}.", count=len(matters))] if matters else []
        for one in entering:
            warnings += _unsettled(work, one.item) if one.seen.found is Found.RETURNING else ()
        return Answer(tuple(desk.tell(work, act, facts)), tuple(warnings), arrival)


def take_back_arrival(desk: Desk, deposition: Deposition, arrival: Subject) -> Answer:
    """Take a whole arrival back by counter-entries, while nothing of it has moved or changed since.

    Raises:
        Refusal: see `muniment.domain.custody.taking_in.take_back`.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.REVERSED, Deed.WITHDRAWN, of=(arrival,), said=acting):
            return before
        standing = stands(work, arrival)
        history = work.facts_of(arrival)
        leaf, told = history[0][0].leaf, []
        if standing.text("state") == "closed":
            closed, closing = next(one for one in reversed(history) if one[1].kind is Deed.ARRIVAL_CLOSED)
            leaf = closed.leaf
            told = [
                Entered(fact, one.leaf, stands(work, one.subject), taken_back_since(work, one))
                for one, fact in work.facts_of_act(closing.act)
                if one.subject != arrival
            ]
        in_use = _hung_on(work, [one.fact for one in told if one.fact.expects == 0])
        return Answer(tuple(desk.tell(work, act, take_back(standing, leaf, told, in_use, acting))), about=arrival)


def is_away(work: Work, item: Standing) -> bool:
    """Whether by the book an item is not here: outside, in transit, or nobody knows where."""
    if not item.where or kind_of(Subject(item.where)) is not Kind.PLACE:
        return False
    return stands(work, Subject(item.where)).text("place_kind") in _AWAY


def recognised(work: Work, arrival: Standing, thing: Thing) -> tuple[Standing | None, Described]:
    """The item that a thing is by the register; or nothing, and what it is by the officer and the list.

    A code or a register number means one item. A serial alone does not: what the officer or the list says beside it
    decides which of several is meant, or that it is none of them.
    """
    named = _by_number(work, thing)
    if named is not None:
        return named, thing.what
    new = [one for one in seen_of(arrival).values() if one.found is Found.NEW]
    written = [thing.what.serial] if thing.what.serial else [thing.code, *candidates(decode(thing.raw or thing.code))]
    for serial in (text for text in written if text.strip()):
        what = thing.what.completed(Described(serial=serial))
        line = thing.how.line or open_line(arrival, what)
        listed = listed_of(arrival)[line].what if line in listed_of(arrival) else Described()
        before = next((one.what for one in new if one.what.may_be(what)), Described())
        said = what.completed(listed).completed(before)
        same = [item for item in work.same_serial(comparison_key(serial)) if not item.text(WITHDRAWN)]
        hosts = {item.subject for item in same}
        same = [item for item in same if item.where not in hosts]  # a frame with its weapon's own serial
        # An officer who names the line may mean a thing that is otherwise than listed.
        meant = [item for item in same if (what if thing.how.line else said).may_be(described(item))]
        one = _only(work, meant, serial)
        if one is not None:
            return one, said
        if same or line or serial == written[-1]:
            return None, said
    named_line = listed_of(arrival).get(thing.how.line, Listed(Described()))
    return None, thing.what.completed(replace(named_line.what, serial=""))


def _by_number(work: Work, thing: Thing) -> Standing | None:
    """The item with this register number or bound code; nothing where the code is a serial or unknown."""
    if not thing.code.strip():
        return None
    bound = work.bound_to(thing.code)
    if bound is not None and kind_of(bound) in ITEMS:
        return work.standing(bound)
    numbered = work.numbered(thing.code.strip().upper())
    if numbered is not None and kind_of(numbered.subject) in ITEMS:
        return numbered
    found = read_code(work, thing.code, thing.raw)
    if found.command is not None or (found.subject is not None and kind_of(found.subject) not in ITEMS):
        raise Refusal(
            "not_gathered",
            say("{code} is in the register, but it does not arrive here.", code=thing.code[:60]),
            do_now=say("Scan what came with this document."),
        )
    return None


def _only(work: Work, meant: list[Standing], serial: str) -> Standing | None:
    """The one that is meant; of several the one that is away.

    Raises:
        Refusal: several are away, or none of several.

    """
    if len(meant) > 1:
        meant = [item for item in meant if is_away(work, item)] or meant
    if len(meant) > 1:
        raise Refusal(
            "ambiguous",
            say(
                "{count} weapons have serial {serial}: {numbers}.",
                count=len(meant),
                serial=serial,
                numbers=", ".join(item.text("register_no") for item in meant[:6]),
            ),
            do_now=say("Say make and model too, or take the register number from its label."),
        )
    return meant[0] if meant else None


def _entering(desk: Desk, work: Work, arrival: Standing) -> list[Entering]:
    weapon, line = work.next_number(Kind.WEAPON), work.next_number(Kind.LINE)
    found: list[Entering] = []
    for nth, seen in sorted(seen_of(arrival).items()):
        if seen.item:
            item = stands(work, item_of(seen))
            found.append(Entering(nth, seen, item, away=is_away(work, item)))
        elif seen.found is Found.COUNTED:
            found.append(Entering(nth, seen, Standing(desk.fresh(Kind.LINE)), number=line))
            line += 1
        else:
            same = work.same_serial(comparison_key(seen.what.serial))
            found.append(Entering(nth, seen, Standing(desk.fresh(Kind.WEAPON)), number=weapon, same_serial=same))
            weapon += 1
    return found


def _hung_on(work: Work, registered: list[Fact]) -> set[Subject]:
    """New things of a closing that something has come to hang on since; the cases it opened itself do not count."""
    cases = {fact.subject for fact in registered if fact.kind is Deed.CASE_OPENED}
    new = [fact.subject for fact in registered if fact.kind is not Deed.CASE_OPENED]
    return {
        one
        for one in new
        if work.codes_of(one) or work.fitted_to(one) or {case.subject for case in work.open_cases(one)} - cases
    }


def _unsettled(work: Work, item: Standing) -> tuple[Text, ...]:
    count = len(work.open_cases(item.subject))
    if not count:
        return ()
    return (
        say(
            "{count} cases about {register_no} are open. Close them.", count=count, register_no=item.text("register_no")
        ),
    )


def _papers(arrival: Standing) -> dict[str, str]:
    return {"sender": arrival.text("sender"), "document": arrival.text("document")}
