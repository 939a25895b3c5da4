"""What a scan, a typed number or a name means here."""

from __future__ import annotations

from dataclasses import dataclass

from muniment.desk.closed_places import closed_place_named
from muniment.desk.places import place_by_code
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.command_cards import Command, command_on
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.places.place import code_form
from muniment.domain.stock.codes import candidates, decode
from muniment.domain.stock.free_text import in_one_form
from muniment.domain.stock.serial import comparison_key
from muniment.ports.work import Work

ITEMS = frozenset({Kind.WEAPON, Kind.COMPONENT, Kind.LINE})
"""Kinds of thing that are handed over, moved and counted by themselves."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code stands for: a thing in the register, or a command card."""

    subject: Subject | None = None
    command: Command | None = None


def meaning(work: Work, code: str) -> Meaning:
    """What one code means: a command card, a bound code, a badge, a place's label, a register number or a serial.

    Register numbers of kits, shipments, cases and hand receipts count too: their codes stand on printed sheets.

    Raises:
        Refusal: the register does not know it, or it fits several things.

    """
    command = command_on(code)
    if command is not None:
        return Meaning(command=command)
    known = work.bound_to(code) or work.person_by(code)
    if known is not None:
        return Meaning(subject=known)
    place = place_by_code(work, code)
    if place is not None:
        return Meaning(subject=place.subject)
    try:
        return Meaning(subject=item_named(work, code).subject)
    except Refusal as refusal:
        numbered = work.numbered(code.strip().upper()) if refusal.rule == "unknown_code" else None
        if numbered is None:
            raise
        return Meaning(subject=numbered.subject)


def read_code(work: Work, text: str, raw: bytes = b"") -> Meaning:
    """What a scan means: the text as it was read, else what a standard code carries inside it.

    Nothing where the register does not know it, or where it fits several things.
    """
    for candidate in (text, *candidates(decode(raw or text))):
        try:
            return meaning(work, candidate)
        except Refusal as refusal:
            if refusal.rule == "ambiguous":
                break
    return Meaning()


def item_named(work: Work, name: str) -> Standing:
    """The one item with this register number, code or whole serial.

    Raises:
        Refusal: there is none, or several have this serial.

    """
    bound = work.bound_to(name)
    if bound is not None and kind_of(bound) in ITEMS:
        standing = work.standing(bound)
        if standing is not None:
            return standing
    numbered = work.numbered(name.strip().upper())
    if numbered is not None and kind_of(numbered.subject) in ITEMS:
        return numbered
    same = [item for item in work.same_serial(comparison_key(name)) if not item.text(WITHDRAWN)]
    hosts = {item.subject for item in same}
    same = [item for item in same if item.where not in hosts]  # a frame with its weapon's own serial means the weapon
    if len(same) == 1:
        return same[0]
    if same:
        raise Refusal(
            "ambiguous",
            say(
                "{count} weapons have serial {serial}: {numbers}.",
                count=len(same),
                serial=name,
                numbers=", ".join(item.text("register_no") for item in same[:6]),
            ),
            do_now=say("Take the register number from the weapon's label."),
        )
    raise _nothing_named(name)


def _nothing_named(name: str) -> Refusal:
    return Refusal(
        "unknown_code",
        say("Nothing in the register has the number or code {name}.", name=name),
        do_now=say("Compare it with the metal, search for a part of it, or bind the code to its record."),
    )


def thing_named(work: Work, name: str) -> Standing:
    """The one item, or the one kit, with this register number, code or whole serial.

    Raises:
        Refusal: there is none, or several have this serial.

    """
    bound = work.bound_to(name)
    kit = work.standing(bound) if bound is not None else work.numbered(name.strip().upper())
    return kit if kit is not None and kind_of(kit.subject) is Kind.KIT else item_named(work, name)


def person_named(work: Work, name: str) -> Standing:
    """The person with this service number, sign-in name or badge, or the only one with this name.

    Raises:
        Refusal: there is none, or several have this name.

    """
    known = work.person_by(name)
    if known is None:
        same = _persons_called(work, name)
        if len(same) == 1:
            return same[0]
        called = say("{count} persons in the register are called {name}.", count=len(same), name=name)
        raise Refusal(
            "unknown_person",
            called if same else say("Nobody in the register is called {name}, or has this number or badge.", name=name),
            do_now=say("Use the service number or the badge."),
        )
    standing = work.standing(known)
    if standing is None:
        raise Refusal(
            "unknown_person",
            say("The register does not know this person."),
            do_now=say("Search by name or number, or register the person first."),
        )
    return standing


def _persons_called(work: Work, name: str) -> list[Standing]:
    wanted = in_one_form(name.strip()).casefold()
    return [
        person
        for person in work.all_of(Kind.PERSON)
        if not person.text(WITHDRAWN)
        and (record := work.person(person.subject)) is not None
        and record.name.casefold() == wanted
    ]


def place_named(work: Work, code: str) -> Standing:
    """The place with this code.

    Raises:
        Refusal: there is none.

    """
    place = place_by_code(work, code)
    if place is None:
        raise Refusal(
            "unknown_place",
            say("No place has the code {code}.", code=code),
            do_now=say("Register the place first, or check its label."),
        )
    return place


def place_meant(work: Work, code: str, act: str) -> Standing:
    """The place with this code; where the act was told before, the one that bore the code when it was told.

    Raises:
        Refusal: there is none.

    """
    for told, fact in work.facts_of_act(act) if act else ():
        standing = work.standing(told.subject)
        if standing is not None and kind_of(told.subject) is Kind.PLACE:
            borne = {str(fact.before.get("code", "")), standing.text("code")} - {""}
            if code_form(code) in map(code_form, borne):
                return standing
    return place_named(work, code)


def of_kind(work: Work, kind: Kind, name: str) -> Standing:
    """The kit, shipment, case or receipt with this number or with this code bound to it.

    Raises:
        Refusal: there is none.

    """
    bound = work.bound_to(name)
    standing = work.standing(bound) if bound is not None else work.numbered(name.strip().upper())
    if standing is None or kind_of(standing.subject) is not kind:
        raise Refusal(
            "unknown_number",
            say("The register has no {kind} {name}.", kind=kind.value, name=name),
            do_now=say("Check the number."),
        )
    return standing


def anything_named(work: Work, name: str) -> Standing:
    """The thing, person or place that a name, number or code means.

    Raises:
        Refusal: there is none, or it fits several.

    """
    numbered = work.numbered(name.strip().upper())
    if numbered is not None:
        return numbered
    bound = work.bound_to(name)
    known = work.standing(bound) if bound is not None else None
    if known is not None:
        return known
    for search in (item_named, place_named):
        try:
            return search(work, name)
        except Refusal as refusal:
            if refusal.rule == "ambiguous":
                raise
    if work.person_by(name) is None and not _persons_called(work, name):
        raise _nothing_named(name)
    return person_named(work, name)


def anything_remembered(work: Work, name: str) -> Standing:
    """What `anything_named` finds, and what can only be read: an import B-…, what it left for a decision U-…, a place.

    The place was closed: it is named as records call it, or by its code while no other place bears that.

    Raises:
        Refusal: there is none, or it fits several.

    """
    try:
        return anything_named(work, name)
    except Refusal as refusal:
        for kind in (Kind.UNDECIDED, Kind.BATCH):
            for one in work.all_of(kind):
                if one.text("register_no") == name.strip().upper():
                    return one
        closed = closed_place_named(work, name)
        if refusal.rule != "unknown_code" or closed is None:
            raise
        return closed
