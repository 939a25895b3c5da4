"""Receiving: what comes from another body under a document is checked against its list, then taken in as a whole.

Until two persons close an arrival nothing of it is in store: what was seen is written down of the arrival itself, one
fact a sighting, and only the closing lets items come in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.announcing import LONGEST, MOST, check_short, same_description
from muniment.domain.custody.arrivals import (
    OPEN,
    Described,
    Found,
    Listed,
    Seen,
    described,
    listed_of,
    open_line,
    seen_field,
    seen_of,
)
from muniment.domain.custody.facts import Deed, Evidence, Fact
from muniment.domain.custody.importing import DUPLICATE
from muniment.domain.custody.registering import same_weapon
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.shipping import quantity_of
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import SECOND_PERSON
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import WeaponDescription


@dataclass(frozen=True, slots=True)
class Sighting:
    """How a thing is put to the list: to `line` by an officer's word, else to the line that speaks of it.

    `flagged` says that an officer saw that it contradicts the book and wants a case made of it.
    """

    line: int = 0
    flagged: bool = False


def check_known(arrival: Standing, item: Standing, *, away: bool, how: Sighting, acting: Acting) -> Fact:
    """State that an item which the register knows was seen on arrival. `away` says that by the book it is not here.

    Raises:
        Refusal: the arrival is closed or full; the item was seen before or its record is withdrawn; by the book it
            never left, and it is not flagged; or the line is another thing's. That it never left may be let pass: a
            second person says that this is another weapon, which is then a new one.

    """
    number = item.text("register_no")
    _may_be_checked(arrival)
    if item.text(WITHDRAWN):
        raise Refusal(
            "withdrawn",
            say("The record {register_no} was withdrawn.", register_no=number),
            do_now=say("Describe it as a new one, or find its true record."),
        )
    if any(one.item == item.subject for one in seen_of(arrival).values()):
        raise _seen_before(number)
    if not away and not how.flagged:
        raise Refusal(
            "not_away",
            say(
                "By the book {register_no} never left: it is in store, with a person or on a weapon.",
                register_no=number,
            ),
            do_now=say("Set it aside and look at both. If it is here all the same, flag it: a case is opened."),
            override=SECOND_PERSON,
        )
    what = described(item)
    line, otherwise = _line_for(arrival, what, how.line, quantity_of(item))
    seen = Seen(
        Found.RETURNING if away else Found.CONTRADICTS,
        Described(serial=what.serial),
        line,
        item.subject,
        quantity_of(item),
        otherwise=otherwise,
    )
    return _checked(arrival, seen, acting)


def check_new(
    arrival: Standing,
    description: WeaponDescription,
    same_serial: Sequence[Standing],
    *,
    how: Sighting,
    acting: Acting,
) -> Fact:
    """State that a weapon which the register does not know was seen on arrival; it is registered at the closing.

    Raises:
        Refusal: the arrival is closed or full; the same weapon was seen before; the line is another thing's; or the
            same make, model, calibre and serial is in the register and no second person lets it pass.

    """
    _may_be_checked(arrival)
    calibre = description.primary_calibre
    what = Described(
        serial=description.serial,
        make=description.make,
        model=description.model,
        calibre=calibre.text if calibre else "",
        type_code=description.type_code,
    )
    check_short(what)
    if any(one.found is Found.NEW and same_description(one.what, what) for one in seen_of(arrival).values()):
        raise _seen_before(what.words())
    twins = same_weapon(description, same_serial)
    noted = acting.passes(
        [
            Refusal(
                DUPLICATE,
                say(
                    "{register_no} has the same make, model, calibre and serial.", register_no=twin.text("register_no")
                ),
                do_now=say("Compare both weapons. If there are two, have a second person confirm it."),
                override=SECOND_PERSON,
            )
            for twin in twins
        ]
    )
    line, otherwise = _line_for(arrival, what, how.line, 1)
    seen = Seen(
        Found.NEW,
        what,
        line,
        serial_status=description.serial_status.value,
        country=description.country,
        otherwise=otherwise,
        passed=acting.reason if twins else "",
    )
    return _checked(arrival, seen, acting, noted)


def check_counted(arrival: Standing, what: Described, quantity: int, *, how: Sighting, acting: Acting) -> Fact:
    """State that so many of a thing without serials were counted on arrival.

    Raises:
        Refusal: the arrival is closed or full, nothing was counted, the line is counted already or lists a serial, or
            the thing has no name.

    """
    _may_be_checked(arrival)
    line = how.line
    if line:
        listed = _listed(arrival, line)
        if not listed.counted:
            raise Refusal(
                "line_has_serial",
                say("Line {line} is one thing with a serial.", line=line),
                do_now=say("Scan it, or type its serial."),
            )
        if any(one.line == line for one in seen_of(arrival).values()):
            raise _seen_before(listed.what.words())
        what = what.completed(listed.what)
    if quantity < 1:
        raise Refusal(
            "quantity_not_positive",
            say("The quantity is {quantity}.", quantity=quantity),
            do_now=say("Count what is there. What is not there is left unticked."),
        )
    if not what.name and not what.model:
        raise Refusal("name_missing", say("It has no name."), do_now=say("Say what was counted."))
    check_short(what)
    return _checked(arrival, Seen(Found.COUNTED, what, line, quantity=quantity), acting)


def strike(arrival: Standing, nth: int, acting: Acting) -> Fact:
    """State that what was seen under a number was seen in error.

    Raises:
        Refusal: the arrival is closed, or nothing was seen under that number.

    """
    refuse_settled(arrival)
    if nth not in seen_of(arrival):
        raise Refusal(
            "never_seen",
            say("Nothing was seen under number {nth}.", nth=nth),
            do_now=say("Look at what was seen."),
        )
    name, _ = seen_field(nth, Seen(Found.NEW, Described()))
    return acting.states(Deed.ARRIVAL_STRUCK, arrival, drops=(name,))


def weapon_of(seen: Seen, papers: Mapping[str, str], at: datetime) -> WeaponDescription:
    """The description under which a new weapon enters the register; `papers` are its sender and document.

    Raises:
        Refusal: it does not say enough, or cannot be true of a weapon.

    """
    what = seen.what
    if not what.type_code or not what.calibre:
        raise Refusal(
            "not_described",
            say("The register does not know {serial}.", serial=what.serial or what.words() or "-"),
            do_now=say("Describe it: its type and its calibre at least."),
        )
    return WeaponDescription(
        this_year=at.year,
        type_code=what.type_code,
        make=what.make,
        model=what.model,
        calibres=(CalibreAs.from_written(what.calibre, primary=True),),
        country=seen.country,
        serial=what.serial,
        serial_status=SerialStatus(seen.serial_status or SerialStatus.PRESENT),
        acquired_on=at.date(),
        acquired_from=papers.get("sender", ""),
        acquisition_document=papers.get("document", ""),
    )


def _checked(arrival: Standing, seen: Seen, acting: Acting, noted: Mapping[str, str] | None = None) -> Fact:
    nth = arrival.number("seen") + 1
    if acting.evidence:
        seen = replace(seen, how=_short(acting.evidence[0]))
    name, group = seen_field(nth, seen)
    return acting.states(
        Deed.ARRIVAL_CHECKED, arrival, sets={"state": "begun", "seen": nth, name: group}, about=dict(noted or {})
    )


def _short(evidence: Evidence) -> Evidence:
    return Evidence(how=evidence.how, seen=evidence.seen[:LONGEST], device=evidence.device[:LONGEST])


def _line_for(arrival: Standing, what: Described, wanted: int, quantity: int) -> tuple[int, bool]:
    """The line a thing is put to, and whether that line describes it otherwise."""
    if not wanted:
        return open_line(arrival, what), False
    listed = _listed(arrival, wanted)
    if any(one.line == wanted for one in seen_of(arrival).values()):
        raise Refusal(
            "line_taken",
            say("Something was put to line {line} before.", line=wanted),
            do_now=say("Take that off first, or put this to another line."),
        )
    if listed.counted:
        return wanted, listed.quantity == 1 and quantity == 1 and bool(what.serial)
    return wanted, not listed.what.may_be(what)


def _listed(arrival: Standing, line: int) -> Listed:
    listed = listed_of(arrival).get(line)
    if listed is None:
        raise Refusal(
            "line_unknown", say("The list has no line {line}.", line=line), do_now=say("Look at the list again.")
        )
    return listed


def _may_be_checked(arrival: Standing) -> None:
    refuse_settled(arrival)
    if len(seen_of(arrival)) >= MOST:
        raise Refusal(
            "arrival_full",
            say("{most} things are on this arrival already.", most=MOST),
            do_now=say("Close it, and begin another one for the rest."),
        )


def refuse_settled(arrival: Standing) -> None:
    """Refuse to do anything more about an arrival that is closed or taken back.

    Raises:
        Refusal: so it is.

    """
    if arrival.text("state") not in OPEN:
        raise Refusal(
            "arrival_settled",
            say("This arrival was closed or taken back."),
            do_now=say("Begin a new one, if more has come."),
        )


def _seen_before(what: str) -> Refusal:
    return Refusal(
        "seen_before",
        say("{what} was checked in before.", what=what),
        do_now=say("Nothing to do. Go on with the next one."),
    )
