"""Planning a list of people: known by their service number, else new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from muniment.desk.import_plan import PersonEntry
from muniment.desk.one_meaning import is_reserved, meant_already
from muniment.desk.people import drawer_of, written
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Value
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.people.authority import Certificate, Status
from muniment.domain.people.person import PersonRecord
from muniment.domain.stock.free_text import tidy
from muniment.domain.stock.taxonomy import weapon_types
from muniment.exchange.drafts import Draft
from muniment.exchange.importing.alike import unknown_type
from muniment.exchange.importing.rows import Making

_TEXTS = {
    "name": say("The name"),
    "rank": say("The rank"),
    "unit": say("The unit"),
    "service_no": say("The service number"),
    "card_code": say("The code of the card"),
}


def plan_people(making: Making, drafts: Iterable[Draft]) -> None:
    """Add the entries of a list of people. A person who stands in two rows is taken from the first."""
    seen: dict[str, str] = {}
    units = {u.subject: u.text("name") for u in making.work.all_of(Kind.UNIT) if not u.text(WITHDRAWN)}
    for draft in drafts:
        if not draft.sound or not _enter(making, draft, seen, units):
            making.left_out(draft)


def _enter(making: Making, draft: Draft, seen: dict[str, str], units: dict[Subject, str]) -> bool:
    values = draft.values
    for name, what in _TEXTS.items():
        try:
            tidy(values.get(name, ""), what)
        except Refusal as refusal:
            making.refused(draft, name, refusal)
            return False
    certificate = _certificate(making, draft)
    number, card = values["service_no"], values.get("card_code", "")
    known = making.work.person_by(number)
    for name, own in (("service_no", number), ("card_code", card)):
        above = seen.get(own.casefold()) if own else None
        if above is not None:
            says = say("“{own}” stands in {above} already: one person, one row.", own=own, above=above)
            making.problem(draft, name, says, "person_twice")
            return False
        owner = making.work.person_by(own) if own else None
        if owner is not None and owner != known:
            says = say("“{own}” belongs to somebody else in the register.", own=own)
            making.problem(draft, name, says, "person_known")
            return False
        if own and owner is None and (is_reserved(own) or meant_already(making.work, own) is not None):
            says = say("“{own}” means something else in this register. Scan it alone to see what.", own=own)
            making.problem(draft, name, says, "code_taken")
            return False
    if certificate is _BAD:
        return False
    seen.update({own.casefold(): making.where.of_row(draft.row_number) for own in (number, card) if own})
    entry = _entry(making, draft, known, certificate, units)
    if entry is None:
        making.tally.count("already")
        return True
    making.entries.append(entry)
    making.tally.count("registered" if known is None else "changed", 1, "" if known is None else None)
    return True


_BAD = Certificate("?", date.min)
"""Stands for a certificate that cannot be read."""


def _certificate(making: Making, draft: Draft) -> Certificate | None:
    values = draft.values
    covers, until = values.get("certificate_kind", ""), values.get("valid_until", "")
    if not until:
        if covers:
            says = say("A certificate needs its last day.")
            making.problem(draft, "certificate_kind", says, "certificate_without_end")
            return _BAD
        return None
    if covers and covers.upper() not in weapon_types():
        making.refused(draft, "certificate_kind", unknown_type(covers))
        return _BAD
    return Certificate(covers.upper(), date.fromisoformat(until))


def _entry(
    making: Making, draft: Draft, known: Subject | None, certificate: Certificate | None, units: dict[Subject, str]
) -> PersonEntry | None:
    """The entry of a row; nothing where the register says the same already. Empty cells leave what is known."""
    values = draft.values
    card, unit = values.get("card_code", ""), values.get("unit", "")
    standing = making.work.standing(known) if known else None
    before = making.work.person(known) if known else None
    if known is None or standing is None:
        record = PersonRecord(
            name=values["name"],
            service_no=values["service_no"],
            rank=values.get("rank", ""),
            badges=[card] if card else [],
        )
        fields: dict[str, Value] = {"status": Status.SERVING.value}
        if certificate:
            fields["certificates"] = [written(certificate)]
        return PersonEntry(draft.row_number, draft.key, record, fields, unit)
    kept = before or PersonRecord(name=values["name"])
    record = PersonRecord(
        name=values["name"],
        service_no=values["service_no"],
        rank=values.get("rank", "") or kept.rank,
        sign_in=kept.sign_in,
        badges=kept.badges if not card or card in kept.badges else [*kept.badges, card],
    )
    sets: dict[str, Value] = {}
    if certificate:
        others = [c for c in drawer_of(standing).certificates if c.covers != certificate.covers]
        if certificate not in drawer_of(standing).certificates:
            sets["certificates"] = [written(c) for c in [*others, certificate]]
    had = units.get(Subject(standing.text("unit")), "")
    moved = bool(unit) and had.casefold() != unit.casefold()
    if not sets and not moved and record == before:
        return None
    return PersonEntry(
        draft.row_number,
        draft.key,
        record,
        sets,
        unit if moved else "",
        known,
        {name: standing.fields[name] for name in sets if name in standing.fields} | ({"unit": had} if had else {}),
        record != before,
        before,
    )
