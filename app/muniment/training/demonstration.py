"""A demonstration depot: invented people and weapons in a training register, and a day played on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from muniment.desk.correcting import take_back_act
from muniment.desk.desk import Deposition, Desk, Officer
from muniment.desk.finding import place_named
from muniment.desk.hatch import Confirmation, Wanted, confirm, issue_item, quarantine, return_item
from muniment.desk.opening import Charter, FirstOfficer, Realm
from muniment.desk.people import Newcomer, ban, register_person
from muniment.desk.places import NewPlace, register_place, register_unit
from muniment.desk.reading import name_of
from muniment.desk.register import Register
from muniment.desk.signing import set_secret, sign_in
from muniment.desk.stock import bind_code, register, register_quantity
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.facts import Evidence
from muniment.domain.people.authority import Certificate
from muniment.domain.people.person import PersonRecord, Role
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.marking import FrameMaterial
from muniment.domain.stock.ownership import LegalStatus
from muniment.domain.stock.weapon import WeaponDescription

OFFICER, SECOND = "officer", "second"
PASSPHRASE = "practice makes proof"  # noqa: S105 - a training register keeps no secret
PIN = "2468"

CHARTER = Charter(
    depot="Demonstration Depot",
    country="XX",
    realm=Realm.TRAINING,
    officers=(
        FirstOfficer(
            PersonRecord(name="A. Karimba", rank="Sgt", service_no="D-001", sign_in=OFFICER, badges=["BADGE-D001"]),
            frozenset({Role.ARMOURY_OFFICER, Role.ADMINISTRATOR}),
            PASSPHRASE,
        ),
        FirstOfficer(
            PersonRecord(name="L. Ostrova", rank="Lt", service_no="D-002", sign_in=SECOND, badges=["BADGE-D002"]),
            frozenset({Role.SECOND_OFFICER, Role.COMMANDER}),
            PASSPHRASE,
        ),
    ),
)

_PEOPLE = (
    ("M. Tavares", "Cpl", "D-101"),
    ("J. Lindqvist", "Pte", "D-102"),
    ("R. Achterberg", "Pte", "D-103"),
    ("S. Imanov", "LCpl", "D-104"),
    ("N. Delacroix-Baptiste", "Pte", "D-105"),
)

_RIFLE = ("SA-40", "Demo Arms Works", "DR-5", "5.56x45")
_RIFLE_AK = ("SA-40", "Demo Arms Works", "DK-7", "7.62x39")
_PISTOL = ("SA-12", "Demo Arms Works", "DP-9", "9x19")
_SHOTGUN = ("SA-60", "Demo Arms Works", "DS-12", "12gauge")
_MACHINE_GUN = ("SA-50", "Demo Arms Works", "DM-3", "7.62x54r")

_WEAPONS = (
    *((_RIFLE, f"DEMO-{n:05d}", "A1") for n in (10231, 10232, 10233, 10234, 10235, 10236)),
    *((_RIFLE_AK, f"ДЕМ {n}", "A2") for n in (7701, 7702, 7703)),
    *((_PISTOL, f"DP{n:06d}", "B1") for n in (440012, 440013, 440014, 440021)),
    *((_SHOTGUN, f"S-{n}-D", "B1") for n in (311, 312)),
    (_MACHINE_GUN, "DM 0088", "A2"),
)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something at the demonstration counter that can be held before the scanner."""

    words: str
    code: str
    kind: str


def furnish(opened: Register) -> tuple[Thing, ...]:
    """Put people, places and weapons into a fresh demonstration register; answers what can be scanned there."""
    desk = opened.desk
    by = Deposition(sign_in(desk, OFFICER, PASSPHRASE), evidence=(Evidence(how="typed"),))
    with desk.look() as work:
        depot = place_named(work, "DEPOT").subject
    house = _made(register_place(desk, by, NewPlace("H1", "House 1", PlaceKind.BUILDING, depot)).about)
    room = _made(register_place(desk, by, NewPlace("H1-ARMS", "Arms room", PlaceKind.ROOM, house)).about)
    racks = {
        code: _made(register_place(desk, by, NewPlace(code, f"Rack {code}", PlaceKind.RACK, room)).about)
        for code in ("A1", "A2", "B1")
    }
    things = [Thing(card.value, card.code, "command") for card in Command]
    things += [Thing(f"Rack {code}", code, "place") for code in racks]
    things += _people(desk, by)
    things += _weapons(desk, by, racks)
    rifles = {"item_name": "RIFLE, ASSAULT, 5.56", "taxonomy_code": "SA-40", "serial_status": "unknown"}
    register_quantity(desk, by, rifles, 24, racks["A2"])
    return tuple(things)


def _people(desk: Desk, by: Deposition) -> list[Thing]:
    company = _made(register_unit(desk, by, "2 Company").about)
    until = desk.clock.now().date() + timedelta(days=300)
    things = []
    for name, rank, number in _PEOPLE:
        covers = "" if number != "D-105" else "SA-10"
        record = PersonRecord(name=name, rank=rank, service_no=number, badges=[f"BADGE-{number.replace('-', '')}"])
        person = _made(register_person(desk, by, Newcomer(record, company, (Certificate(covers, until),))).about)
        set_secret(desk, by, person, "pin", PIN)
        if number == "D-104":
            why = Deposition(by.officer, reason="pending inquiry")
            ban(desk, why, person, None)
        things.append(Thing(f"{rank} {name}", record.badges[0], "person"))
    return things


def _weapons(desk: Desk, by: Deposition, racks: dict[str, Subject]) -> list[Thing]:
    things = []
    for nth, ((type_code, make, model, calibre), serial, rack) in enumerate(_WEAPONS, 1):
        description = WeaponDescription(
            this_year=desk.clock.now().year,
            type_code=type_code,
            make=make,
            model=model,
            calibres=(CalibreAs(calibre, calibre, primary=True),),
            serial=serial,
            year=2008,
            frame_material=FrameMaterial.STEEL,
            condition=Condition.SERVICEABLE,
            legal_status=LegalStatus.SERVICE,
        )
        weapon = _made(register(desk, by, description, racks[rack]).about)
        code = f"TAG-{nth:04d}"
        bind_code(desk, by, code, weapon)
        things.append(Thing(serial, code, "weapon"))
        if serial == "DEMO-10236":
            why = Deposition(by.officer, evidence=by.evidence, reason="cracked bolt")
            quarantine(desk, why, weapon)
    return things


def play_day(opened: Register, tell: Callable[[Text], None]) -> Subject:
    """Play a day at the hatch and tell it line by line; answers the hand receipt that was signed."""
    desk = opened.desk
    officer = sign_in(desk, OFFICER, PASSPHRASE)
    tell(say("{name} opens the hatch.", name=officer.name))
    corporal, private = _person(desk, "D-101"), _person(desk, "D-102")
    receipt = _hand_out(desk, officer, corporal, ("TAG-0001", "TAG-0010"), tell)
    _refused(desk, officer, _person(desk, "D-104"), "TAG-0002", tell)
    _refused(desk, officer, private, "TAG-0006", tell)
    wrong = desk.ids.ordered()
    _issue(desk, Deposition(officer, act=wrong), _item(desk, "TAG-0003"), private, None, tell)
    take_back_act(desk, Deposition(officer, reason="wrong weapon taken from the rack"), wrong)
    tell(say("The last issue is taken back by a counter-entry: it was the wrong weapon."))
    return_item(
        desk, Deposition(officer, evidence=(Evidence(how="barcode", seen="TAG-0010"),)), _item(desk, "TAG-0010")
    )
    tell(say("TAG-0010 comes back into store."))
    verdict = opened.audit.verify(lambda _done, _all: True)
    tell(say("Verified: {facts} facts, {breaks} breaks.", facts=verdict.facts, breaks=len(verdict.breaks)))
    return receipt


def _hand_out(
    desk: Desk, officer: Officer, to: Subject, codes: tuple[str, ...], tell: Callable[[Text], None]
) -> Subject:
    receipt: Subject | None = None
    for code in codes:
        said = Deposition(officer, evidence=(Evidence(how="barcode", seen=code),))
        receipt = _issue(desk, said, _item(desk, code), to, receipt, tell)
    closed = _made(receipt)
    confirm(desk, Deposition(officer), closed, Confirmation("pin", pin=PIN))
    tell(say("The receiver confirms {count} weapons with one PIN.", count=len(codes)))
    return closed


def _issue(
    desk: Desk,
    said: Deposition,
    item: Subject,
    to: Subject,
    receipt: Subject | None,
    tell: Callable[[Text], None],
) -> Subject:
    answer = issue_item(desk, said, item, Wanted(to, receipt=receipt))
    with desk.look() as work:
        tell(say("{item} is issued to {person}.", item=name_of(work, item), person=name_of(work, to)))
    return _made(answer.receipt)


def _refused(desk: Desk, officer: Officer, to: Subject, code: str, tell: Callable[[Text], None]) -> None:
    said = Deposition(officer, evidence=(Evidence(how="barcode", seen=code),))
    try:
        issue_item(desk, said, _item(desk, code), Wanted(to))
    except Refusal as refusal:
        tell(say("{code} is refused: {why}", code=code, why=refusal.says))
    else:
        raise AssertionError("the demonstration expects a refusal here")


def _person(desk: Desk, number: str) -> Subject:
    with desk.look() as work:
        return _made(work.person_by(number))


def _item(desk: Desk, code: str) -> Subject:
    with desk.look() as work:
        return _made(work.bound_to(code))


def _made(subject: Subject | None) -> Subject:
    if subject is None:
        raise LookupError("the demonstration depot lacks something it has just made")
    return subject
