"""Closing an arrival: what was seen comes in at one stroke, what is amiss opens a case. And taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.moments import stamp
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.announcing import broken_seals
from muniment.domain.custody.arrivals import ARRIVAL, Found, Seen, broken_of, listed_of, seals_of, seen_of, tally
from muniment.domain.custody.cases import Matter
from muniment.domain.custody.facts import Deed, Evidence, Fact, Value
from muniment.domain.custody.importing import DUPLICATE
from muniment.domain.custody.receiving import refuse_settled, weapon_of
from muniment.domain.custody.registering import register_line, register_weapon
from muniment.domain.custody.returning import HELD
from muniment.domain.custody.reversing import Entered, reverse
from muniment.domain.custody.shipping import SHIPMENT, quantity_of
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.taxonomy import weapon_types


@dataclass(frozen=True, slots=True)
class Entering:
    """One thing seen, as it would come in.

    `item` is what stands of it, a fresh name where it is new. `away` says that by the book it is not here. `number` is
    the running number a new thing gets, `same_serial` the items whose serial has the same comparison key.
    """

    nth: int
    seen: Seen
    item: Standing
    away: bool = False
    number: int = 0
    same_serial: Sequence[Standing] = ()


@dataclass(frozen=True, slots=True)
class Closing:
    """Where everything is laid, and which seals were broken or wrong; absent where that was said before."""

    to: Subject
    broken: AbstractSet[str] | None = None


def close(
    arrival: Standing, entering: Sequence[Entering], closing: Closing, acting: Acting
) -> tuple[list[Fact], list[Matter]]:
    """Take in everything that was seen, and say what is amiss: one case for each thing.

    Raises:
        Refusal: it was closed before; the second person is missing; nobody said how the seals are; nothing is listed
            and nothing there; or a thing no longer stands as it stood when it was seen.

    """
    refuse_settled(arrival)
    if acting.second is None:
        raise Refusal(
            "second_person_missing",
            say("Closing an arrival needs a second authorised person."),
            do_now=say("Have the second person sign in beside you."),
        )
    if not entering and not listed_of(arrival):
        raise Refusal(
            "nothing_arrived",
            say("Nothing is listed and nothing was seen."),
            do_now=say("Check in what is there, or take the arrival back."),
        )
    broken = _broken(arrival, closing)
    under = replace(acting, doc=arrival.text("document"))
    facts: list[Fact] = []
    matters: list[Matter] = []
    for one in entering:
        facts += _comes_in(arrival, one, closing.to, under)
        matters += _amiss(arrival, one)
    matters += _missing(arrival)
    if broken:
        matters.append(Matter(arrival.subject, "seal_broken", shipment=arrival.subject))
    sets: dict[str, Value] = {"state": "closed", "closed_at": stamp(acting.at), "place": closing.to}
    if seals_of(arrival):
        sets["seals_broken"] = broken_seals(seals_of(arrival), broken)
    facts.append(under.states(Deed.ARRIVAL_CLOSED, arrival, sets=sets, qty=sum(one.seen.quantity for one in entering)))
    return facts, matters


def take_back(
    arrival: Standing,
    leaf: str,
    told: Sequence[Entered],
    in_use: AbstractSet[Subject],
    acting: Acting,
) -> list[Fact]:
    """Take an arrival back by counter-entries: what came in under its own number is away again, new records are none.

    `leaf` names the fact that closed it, or began it where it is open still. `told` are the facts of the closing,
    empty while it is open; `in_use` are new things that something has
    come to hang on since.

    Raises:
        Refusal: it was taken back before; anything of it changed since; no reason is given; or the second person is
            missing, because it was closed by two or something was seen.

    """
    if arrival.text("state") == "reversed":
        raise Refusal("arrival_settled", say("This arrival was taken back."), do_now=say("Begin a new one."))
    if acting.second is None and (told or seen_of(arrival)):
        raise Refusal(
            "second_person_missing",
            say("Taking this back needs a second authorised person."),
            do_now=say("Have the second person sign in beside you."),
        )
    if not acting.reason:
        raise Refusal("reason_missing", say("Taking something back needs a reason."), do_now=say("Write why."))
    facts = []
    for one in reversed(told):
        if one.changed_since or one.fact.subject in in_use:
            number = one.standing.text("register_no")
            raise Refusal(
                "changed_since",
                say("{register_no} has been moved or changed since.", register_no=number),
                do_now=say("Take back the later entry first."),
            )
        facts.append(reverse(one.fact, one.leaf, one.standing, acting, undone=one.undone))
    return [*facts, acting.states(Deed.REVERSED, arrival, sets={"state": "reversed"}, corrects=leaf)]


def _comes_in(arrival: Standing, one: Entering, to: Subject, acting: Acting) -> list[Fact]:
    seen, item = one.seen, one.item
    about: dict[str, Value] = {ARRIVAL: arrival.subject}
    acting = replace(acting, evidence=(seen.how,) if seen.how.how else (Evidence(how="eye"),))
    if seen.found is Found.CONTRADICTS:
        return []
    if seen.found is Found.RETURNING:
        if not one.away:
            raise _stands_otherwise(one)
        home = {} if item.text("home") else {"home": to}
        drops = (*HELD, SHIPMENT)
        return [acting.states(Deed.RECEIVED, item, sets=home, drops=drops, to=to, qty=quantity_of(item), about=about)]
    if seen.found is Found.COUNTED:
        return [
            register_line(item.subject, _line_fields(arrival, seen), seen.quantity, one.number, to, acting, about=about)
        ]
    passing = replace(acting, overrides=frozenset({DUPLICATE}), reason=seen.passed) if seen.passed else acting
    papers = {"sender": arrival.text("sender"), "document": arrival.text("document")}
    description = weapon_of(seen, papers, acting.at)
    return [register_weapon(item.subject, description, one.number, to, one.same_serial, passing, about=about)]


def _line_fields(arrival: Standing, seen: Seen) -> dict[str, Value]:
    what = seen.what
    fields: dict[str, Value] = {
        "item_name": what.name or f"{what.make} {what.model}".strip(),
        "acquired_from": arrival.text("sender"),
        "acquisition_document": arrival.text("document"),
    }
    if what.type_code in weapon_types():
        fields["taxonomy_code"] = what.type_code
    if what.calibre:
        fields["calibres"] = [CalibreAs.from_written(what.calibre, primary=True).to_group()]
    return fields


def _amiss(arrival: Standing, one: Entering) -> list[Matter]:
    """What is wrong with a thing that is there."""
    item, paper = one.item.subject, arrival.subject
    if one.seen.found is Found.CONTRADICTS:
        return [Matter(item, "arrived_not_away", holder=_holder(one.item), shipment=paper)]
    if not one.seen.line:
        return [Matter(item, "not_announced", shipment=paper)]
    if one.seen.otherwise:
        return [Matter(item, "arrived_otherwise", shipment=paper)]
    over = next((line.over for line in tally(arrival) if line.nth == one.seen.line), 0)
    counted = one.seen.found is Found.COUNTED
    return [Matter(item, "not_announced", shipment=paper)] if over and counted else []


def _missing(arrival: Standing) -> list[Matter]:
    """What was announced and is not there."""
    return [
        Matter(
            arrival.subject,
            "not_arrived",
            missing=f"{line.missing} × {line.listed.what.words()}" if line.listed.counted else line.listed.what.words(),
            shipment=arrival.subject,
        )
        for line in tally(arrival)
        if line.missing
    ]


def _holder(item: Standing) -> str:
    return item.where if item.where.startswith("person/") else ""


def _broken(arrival: Standing, closing: Closing) -> list[str]:
    seals, before = seals_of(arrival), broken_of(arrival)
    broken = closing.broken if closing.broken is not None else before
    if seals and broken is None:
        raise Refusal(
            "seals_not_said",
            say("Nobody has said whether the seals are whole: {seals}.", seals=", ".join(seals)),
            do_now=say("Look at each seal, and say which are broken."),
        )
    return [str(seal) for seal in broken_seals(seals, broken or ())]


def _stands_otherwise(one: Entering) -> Refusal:
    return Refusal(
        "not_away",
        say("By the book {register_no} is here again already.", register_no=one.item.text("register_no")),
        do_now=say("Take number {nth} off the arrival, and look at the history of the item.", nth=one.nth),
    )
