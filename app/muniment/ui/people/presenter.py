"""What the page of people shows and does, decided without a screen. Runs on the desk's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from muniment.desk.desk import Answer, Deposition, Desk, Officer, stands
from muniment.desk.people import (
    Newcomer,
    ban,
    change_status,
    drawer_of,
    enter_certificate,
    known_already,
    lift_ban,
    register_person,
)
from muniment.desk.places import register_unit
from muniment.desk.reading import ItemCard, card, name_of
from muniment.desk.signing import end_lock, set_secret, sign_in
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.attachments import attached_to
from muniment.domain.custody.locking import all_tries
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.people.authority import Ban, Certificate, Drawer, Status
from muniment.domain.people.person import PersonRecord
from muniment.domain.stock.taxonomy import weapon_types
from muniment.ports.work import Work
from muniment.ui.people.documents import DocumentsPresenter

SOON_DAYS = 30
"""A certificate with so many days left or fewer is to be renewed."""

STATUS_NAMES: Mapping[Status, Text] = {
    Status.SERVING: say("serving"),
    Status.POSTED: say("posted away"),
    Status.DISCHARGED: say("discharged"),
    Status.DESERTED: say("deserted"),
    Status.DEAD: say("dead"),
}
"""How each status is called."""


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate: what it covers, its last day, and the days that are left; below 0 it ran out."""

    covers: Text
    until: date
    days_left: int

    @property
    def standing(self) -> str:
        """One of valid, soon, over."""
        return "over" if self.days_left < 0 else "soon" if self.days_left <= SOON_DAYS else "valid"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the list. `held` counts items; `banned` is true while a ban is in force."""

    person: Subject
    name: str
    rank: str
    service_no: str
    unit: str
    status: Status
    banned: bool
    certificates: tuple[CertificateLine, ...]
    held: int
    badges: tuple[str, ...] = ()

    @property
    def next_end(self) -> CertificateLine | None:
        """The certificate that lasts longest: while it lasts, the person may draw something."""
        return max(self.certificates, key=lambda one: one.until, default=None)


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything about the person in front: the ban that is in force, and what is held.

    `wrong_tries` counts passphrases and PINs that were wrong since they were last right, at whatever desk; `documents`
    what is attached.
    """

    line: PersonLine
    ban: Ban | None
    items: tuple[ItemCard, ...]
    has_pin: bool
    wrong_tries: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The page. `total` counts all people, `lines` are those that fit the search; `warnings` follow an act."""

    lines: tuple[PersonLine, ...]
    total: int
    search: str
    shown: PersonCard | None
    units: tuple[str, ...]
    told: Text | None = None
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as typed. A certificate is entered where its last day is given."""

    name: str
    service_no: str = ""
    rank: str = ""
    unit: str = ""
    badge: str = ""
    covers: str = ""
    until: str = ""


class PeoplePresenter:
    """Turns what is asked of the people of the depot into acts, and what stands into what is shown."""

    def __init__(self, desk: Desk, officer: Officer) -> None:
        self._desk, self._officer = desk, officer
        self._search = ""
        self._shown: Subject | None = None
        self._act = ""

    def sit_down(self, officer: Officer) -> PeopleView:
        """Another officer has signed in."""
        self._officer = officer
        return self.view()

    def view(self) -> PeopleView:
        """What is shown now."""
        with self._desk.look() as work:
            return self._view(work)

    def search(self, text: str) -> PeopleView:
        """Show those whose name, number, badge, rank or unit contains every word of a text."""
        self._search = text
        return self.view()

    def open(self, person: Subject) -> PeopleView:
        """Put one person in front."""
        self._shown = person
        return self.view()

    def scanned(self, code: str) -> PeopleView | None:
        """Put the person in front whose badge was scanned; nothing where it is nobody's."""
        with self._desk.look() as work:
            known = work.person_by(code)
        return None if known is None else self.open(known)

    def add(self, new: NewPerson) -> PeopleView:
        """Take a person into the register, and put him in front.

        Raises:
            Refusal: the name is missing, a number belongs to somebody else, or the day is none.

        """
        certificates = (Certificate(new.covers, _day(new.until)),) if new.until.strip() else ()
        badge = new.badge.strip()
        record = PersonRecord(
            name=new.name.strip(),
            service_no=new.service_no.strip(),
            rank=new.rank.strip(),
            badges=[badge] if badge else [],
        )
        with self._desk.look() as work:
            # Asked before the unit is written, so that a refusal leaves nothing behind.
            known_already(work, record)
        said = self._said()
        unit = None
        if new.unit.strip():
            unit = register_unit(self._desk, replace(said, act=""), new.unit.strip()).about
        answer = register_person(self._desk, said, Newcomer(record, unit, certificates))
        self._shown, self._search = answer.about, ""
        return self._told(say("{name} is in the register.", name=record.name), answer)

    def certify(self, person: Subject, covers: str, until: str) -> PeopleView:
        """Enter a certificate; one that covers the same is replaced.

        Raises:
            Refusal: the day is none, or the role does not allow it.

        """
        answer = enter_certificate(self._desk, self._said(), person, Certificate(covers, _day(until)))
        return self._told(say("The certificate is entered."), answer)

    def ban(self, person: Subject, reason: str, until: str) -> PeopleView:
        """Withdraw the right to draw weapons, until a day or until it is lifted.

        Raises:
            Refusal: no reason is given, the day is none, or the role does not allow it.

        """
        end = _day(until) if until.strip() else None
        answer = ban(self._desk, self._said(reason), person, end)
        return self._told(say("The ban is in force."), answer)

    def lift(self, person: Subject, second: str, passphrase: str, reason: str) -> PeopleView:
        """Give the right to draw weapons back; the second person signs in here.

        Raises:
            Refusal: the second person cannot sign in or may not stand in, no reason is given, or there is no ban.

        """
        if not reason.strip():
            raise Refusal("reason_missing", say("Lifting a ban needs a reason."), do_now=say("Write why."))
        other = sign_in(self._desk, second.strip(), passphrase)
        answer = lift_ban(self._desk, replace(self._said(reason), second=other), person)
        return self._told(say("The ban is lifted."), answer)

    def set_status(self, person: Subject, status: str, reason: str, second: str, passphrase: str) -> PeopleView:
        """Write down what has become of a person; for one who leaves, a case is opened for each item still held.

        The second person, where one is named, signs in here.

        Raises:
            Refusal: somebody comes back into service without a second person, that person cannot sign in or may not
                stand in, or the role does not allow it.

        """
        other = sign_in(self._desk, second.strip(), passphrase) if second.strip() else None
        answer = change_status(self._desk, replace(self._said(reason), second=other), person, Status(status))
        return self._told(say("The status is written down."), answer)

    def set_pin(self, person: Subject, pin: str, again: str) -> PeopleView:
        """Give a person a PIN to confirm receipts with.

        Raises:
            Refusal: the two differ, it is too short, or the role does not allow it.

        """
        if pin != again:
            raise Refusal("pin_typed_twice", say("The two PINs differ."), do_now=say("Type it once more."))
        answer = set_secret(self._desk, self._said(), person, "pin", pin)
        return self._told(say("The PIN is set."), answer)

    def end_lock(self, person: Subject) -> PeopleView:
        """Forget the wrong tries of a person's passphrase and PIN.

        Raises:
            Refusal: it is the officer's own lock, there are none, or the role does not allow it.

        """
        answer = end_lock(self._desk, self._said(), person)
        return self._told(say("The wrong tries are forgotten; the person may try again."), answer)

    def documents(self) -> DocumentsPresenter:
        """What reads and attaches the documents of persons, in the name of who is signed in."""
        return DocumentsPresenter(self._desk, self._officer)

    def _said(self, reason: str = "") -> Deposition:
        """The officer's word. All tries of one act have one name, so that it is done once."""
        self._act = self._act or self._desk.ids.ordered()
        return Deposition(self._officer, act=self._act, reason=reason.strip())

    def _told(self, told: Text, answer: Answer) -> PeopleView:
        self._act = ""
        return replace(self.view(), told=told, warnings=answer.warnings)

    def _view(self, work: Work) -> PeopleView:
        today = self._desk.clock.now().date()
        held = work.holding(Kind.PERSON)
        lines = [
            _line(work, drawer_of(one), one.text("unit"), held.get(one.subject, 0), today)
            for one in work.all_of(Kind.PERSON)
            if not one.text(WITHDRAWN)
        ]
        words = self._search.casefold().split()
        fitting = [line for line in lines if _fits(line, words)]
        shown = self._card(work, self._shown, today) if self._shown else None
        return PeopleView(
            lines=tuple(sorted(fitting, key=lambda line: (line.name.casefold(), line.service_no))),
            total=len(lines),
            search=self._search,
            shown=shown,
            units=tuple(sorted(unit.text("name") for unit in work.all_of(Kind.UNIT))),
        )

    def _card(self, work: Work, person: Subject, today: date) -> PersonCard:
        standing = stands(work, person)
        drawer = drawer_of(standing)
        items = work.at(person)
        return PersonCard(
            line=_line(work, drawer, standing.text("unit"), len(items), today),
            ban=drawer.ban if _in_force(drawer.ban, today) else None,
            items=tuple(card(work, item, self._desk.clock.now()) for item in items),
            has_pin="pin_sha256" in standing.fields,
            wrong_tries=sum(one.count for one in all_tries(standing)),
            documents=len(attached_to(standing)),
        )


def covers_offers() -> tuple[tuple[str, Text], ...]:
    """What a certificate may cover: everything, or a type with all below it."""
    weapons = ((code, one.name) for code, one in weapon_types().items() if one.is_weapon)
    return (("", say("every weapon")), *weapons)


_FIELDS: Mapping[str, str] = {
    "name_missing": "name",
    "not_a_day": "until",
    "reason_missing": "reason",
    "wrong_sign_in": "passphrase",
    "second_is_first": "second",
    "second_person_missing": "second",
    "secret_too_short": "pin",
    "pin_typed_twice": "again",
}


def field_of(refusal: Refusal) -> str:
    """The field that a refusal is about; empty where it is about the whole."""
    return _FIELDS.get(refusal.rule, "")


def _line(work: Work, drawer: Drawer, unit: str, held: int, today: date) -> PersonLine:
    person = Subject(drawer.person)
    record = work.person(person)
    return PersonLine(
        person=person,
        name=record.name if record else "?",
        rank=record.rank if record else "",
        service_no=record.service_no if record else "",
        unit=name_of(work, unit),
        status=drawer.status,
        banned=_in_force(drawer.ban, today),
        certificates=tuple(
            CertificateLine(_covered(one.covers), one.until, (one.until - today).days) for one in drawer.certificates
        ),
        held=held,
        badges=tuple(record.badges) if record else (),
    )


def _fits(line: PersonLine, words: list[str]) -> bool:
    told = " ".join((line.name, line.rank, line.service_no, line.unit, *line.badges)).casefold()
    return all(word in told for word in words)


def _covered(code: str) -> Text:
    found = weapon_types().get(code)
    return found.name if found else say("every weapon") if not code else say("{code}", code=code)


def _in_force(ban: Ban | None, today: date) -> bool:
    return ban is not None and (ban.until is None or today <= ban.until)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(
            "not_a_day",
            say("“{text}” is no day of the calendar.", text=text.strip()),
            do_now=say("Write the year first: 2027-01-31."),
        ) from None
