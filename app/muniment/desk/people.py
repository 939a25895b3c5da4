"""People at a depot: who they are, what they may draw, what has become of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from muniment.desk.cases import case_facts
from muniment.desk.desk import Answer, Deposition, Desk, same_by, stands, told_before
from muniment.desk.one_meaning import refuse_second_meaning
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.moments import day
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.cases import Matter
from muniment.domain.custody.facts import Deed, Fact, Fields, Value
from muniment.domain.custody.reversing import GUARDED, WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import Ban, Certificate, Drawer, Status, refuse_return_alone, refuse_softer_ban
from muniment.domain.people.duties import Duty
from muniment.domain.people.person import PersonRecord
from muniment.domain.stock.free_text import tidy
from muniment.domain.stock.taxonomy import weapon_types
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person as the desk writes him down; `unit` is a unit's subject, absent where unknown."""

    record: PersonRecord
    unit: Subject | None = None
    certificates: tuple[Certificate, ...] = ()


def drawer_of(standing: Standing) -> Drawer:
    """What the ledger knows of a person's right to draw weapons."""
    listed = standing.fields.get("certificates", [])
    certificates = tuple(
        Certificate(str(entry["covers"]), day(str(entry["until"])))
        for entry in (listed if isinstance(listed, list) else [])
        if isinstance(entry, dict)
    )
    ban = standing.fields.get("ban")
    return Drawer(
        person=standing.subject,
        status=Status(standing.text("status")),
        ban=Ban(str(ban["reason"]), day(str(ban["until"])) if "until" in ban else None)
        if isinstance(ban, dict)
        else None,
        certificates=certificates,
        withdrawn=standing.text(WITHDRAWN),
    )


def register_person(desk: Desk, deposition: Deposition, newcomer: Newcomer) -> Answer:
    """Take a person into the register.

    Raises:
        Refusal: the service number, the sign-in name or a badge belongs to somebody else already.

    """
    acting = desk.acting(deposition, Duty.KEEP_PEOPLE)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.PERSON_REGISTERED, said=acting):
            known, wanted = work.person(before.told[0].subject), neat(newcomer.record)
            # A name or a number may have been mended since, hardly both.
            return same_by(
                work,
                before,
                lambda _: known is None or known.name == wanted.name or known.service_no == wanted.service_no,
            )
        fact = new_person(desk, work, acting, newcomer)
        return Answer(tuple(desk.tell(work, act, [fact])), about=fact.subject)


def new_person(desk: Desk, work: Work, acting: Acting, newcomer: Newcomer, about: Fields | None = None) -> Fact:
    """The fact that takes a person into the register; the record is kept beside the ledger.

    Raises:
        Refusal: a name or number that must be one person's own belongs to somebody else.

    """
    record = neat(newcomer.record)
    known_already(work, record)
    person = desk.fresh(Kind.PERSON)
    fields: dict[str, Value] = {"status": Status.SERVING}
    if newcomer.unit:
        fields["unit"] = newcomer.unit
    if newcomer.certificates:
        fields["certificates"] = [written(certificate) for certificate in newcomer.certificates]
    commit = work.keep_person(person, record, desk.ids.secret())
    return acting.states(Deed.PERSON_REGISTERED, Standing(person), sets=fields, person_commit=commit, about=about)


def neat(record: PersonRecord) -> PersonRecord:
    """A person's record as it is kept: every name and number on one line, in one spelling of each letter.

    Raises:
        Refusal: one of them holds what cannot be seen or turns the reading direction, or is too long.

    """
    return PersonRecord(
        name=tidy(record.name.strip(), say("The name")),
        service_no=tidy(record.service_no.strip(), say("The service number")),
        rank=tidy(record.rank.strip(), say("The rank")),
        sign_in=tidy(record.sign_in.strip(), say("The sign-in name")),
        badges=[tidy(badge.strip(), say("The badge")) for badge in record.badges if badge.strip()],
    )


def forget_numbers(desk: Desk, work: Work, counter: Fact) -> Fact:
    """Free the numbers and badges of a person whom a counter-entry withdraws, so that they may be entered again."""
    record = work.person(counter.subject)
    if record is None:
        return counter
    bare = PersonRecord(name=record.name, rank=record.rank)
    commit = work.keep_person(counter.subject, bare, desk.ids.secret())
    return msgspec.structs.replace(counter, person_commit=commit)


def known_already(work: Work, record: PersonRecord) -> None:
    """Ask whether a newcomer can be somebody of his own.

    Raises:
        Refusal: there is no name, or a number that must be one person's own belongs to somebody else.

    """
    if not record.name.strip():
        raise Refusal("name_missing", say("A person needs a name."), do_now=say("Write the name."))
    for own in (record.service_no, record.sign_in, *record.badges):
        if own and work.person_by(own) is not None:
            raise Refusal(
                "person_known",
                say("{number} belongs to somebody in the register already.", number=own),
                do_now=say("Search for the person first."),
            )
        refuse_second_meaning(work, own)


def written(certificate: Certificate) -> dict[str, str | int | bool]:
    """A certificate as a fact holds it."""
    return {"covers": certificate.covers, "until": certificate.until.isoformat()}


def enter_certificate(desk: Desk, deposition: Deposition, person: Subject, certificate: Certificate) -> Answer:
    """Enter a certificate; one that covers the same is replaced.

    Raises:
        Refusal: it covers a type that there is not.

    """
    acting = desk.acting(deposition, Duty.KEEP_PEOPLE)
    if certificate.covers and certificate.covers not in weapon_types():
        raise Refusal(
            "type_unknown",
            say("{code} is no type of weapon.", code=certificate.covers),
            do_now=say("Choose a type from the list, or none for all types."),
        )
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.CERTIFICATE_ENTERED, of=(person,), said=acting):
            return same_by(work, before, lambda fact: _certified(fact, certificate))
        standing = stands(work, person)
        kept = [c for c in drawer_of(standing).certificates if c.covers != certificate.covers]
        fact = acting.states(
            Deed.CERTIFICATE_ENTERED,
            standing,
            sets={"certificates": [written(c) for c in [*kept, certificate]]},
        )
        return Answer(tuple(desk.tell(work, act, [fact])), about=person)


def _certified(fact: Fact, certificate: Certificate) -> bool:
    listed = fact.after.get("certificates", [])
    return isinstance(listed, list) and written(certificate) in listed


def ban(desk: Desk, deposition: Deposition, person: Subject, until: date | None) -> Answer:
    """Withdraw a person's right to draw weapons; the deposition gives the reason.

    Raises:
        Refusal: no reason is given, it would shorten a ban in force and there is no second person, or the role does not
            allow it.

    """
    acting = desk.acting(deposition, Duty.BAN)
    if not acting.reason:
        raise Refusal("reason_missing", say("A ban needs a reason."), do_now=say("Write why, without names."))
    act = desk.act(deposition)
    with desk.work() as work:
        value: dict[str, str | int | bool] = {"reason": acting.reason}
        if until:
            value["until"] = until.isoformat()
        if before := told_before(work, act, Deed.BAN_SET, of=(person,), said=acting, sets={"ban": value}):
            return before
        standing = stands(work, person)
        refuse_softer_ban(drawer_of(standing).ban, until, acting.at.date(), alone=acting.second is None)
        fact = acting.states(Deed.BAN_SET, standing, sets={"ban": value})
        still_held = len(work.at(person))
        warnings = (
            (say("This person still holds {count} items. Take them back.", count=still_held),) if still_held else ()
        )
        return Answer(tuple(desk.tell(work, act, [fact])), warnings, person)


def lift_ban(desk: Desk, deposition: Deposition, person: Subject) -> Answer:
    """Give the right to draw weapons back: two persons and a reason.

    Raises:
        Refusal: there is no ban, it is on one of the two, or the second person or the reason is missing.

    """
    acting = desk.acting(deposition, Duty.BAN)
    if person in (acting.actor, acting.second):
        raise Refusal(
            "concerned",
            say("Nobody helps to lift a ban on himself."),
            do_now=say("Have two others settle it."),
        )
    if acting.second is None or not acting.reason:
        raise Refusal(
            "second_person_missing",
            say("Lifting a ban needs a second authorised person and a reason."),
            do_now=say("Have the second person sign in beside you, and write why."),
        )
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.BAN_LIFTED, of=(person,), said=acting):
            return before
        standing = stands(work, person)
        if "ban" not in standing.fields:
            raise Refusal("no_ban", say("This person is not banned."), do_now=say("Nothing to do."))
        fact = acting.states(Deed.BAN_LIFTED, standing, drops=("ban",))
        return Answer(tuple(desk.tell(work, act, [fact])), about=person)


def change_status(desk: Desk, deposition: Deposition, person: Subject, status: Status) -> Answer:
    """Write down what has become of a person; a case is opened for each item still held by one who has left.

    Raises:
        Refusal: it stands so already; somebody comes back into service, and there is no second person; or the role does
            not allow it.

    """
    acting = desk.acting(deposition, Duty.KEEP_PEOPLE)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.PERSON_CHANGED, of=(person,), said=acting, sets={"status": status}):
            return before
        standing = stands(work, person)
        if standing.text("status") == status:
            raise Refusal(
                "nothing_changes", say("It stands so already."), do_now=say("Choose what has become of the person.")
            )
        refuse_return_alone(Status(standing.text("status")), status, alone=acting.second is None)
        about = {GUARDED: True} if status is not Status.SERVING else {}
        facts = [acting.states(Deed.PERSON_CHANGED, standing, sets={"status": status}, about=about)]
        held = work.at(person) if status is not Status.SERVING else []
        matters = [
            Matter(item.subject, "holder_left", person, receipt=item.text("receipt"))
            for item in held
            if all(case.text("rule") != "holder_left" for case in work.open_cases(item.subject))
        ]
        facts += case_facts(desk, work, matters, acting)
        warnings = (say("{count} items are still out with this person.", count=len(held)),) if held else ()
        return Answer(tuple(desk.tell(work, act, facts)), warnings, person)
