"""A small depot with invented people and weapons, on a real database."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from fakes.outside import StoppedClock, outside
from muniment.bootstrap import Outside, create_register
from muniment.desk.desk import Deposition, Desk, Officer
from muniment.desk.opening import Charter, FirstOfficer, Realm
from muniment.desk.people import Newcomer, register_person
from muniment.desk.places import NewPlace, register_place
from muniment.desk.reading import ItemCard, card
from muniment.desk.register import Register
from muniment.desk.signing import sign_in
from muniment.desk.stock import register
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.custody.verifying import Break
from muniment.domain.people.authority import Certificate
from muniment.domain.people.person import PersonRecord, Role
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.weapon import WeaponDescription

CHARTER = Charter(
    depot="Depot Example",
    country="XX",
    realm=Realm.TRAINING,
    officers=(
        FirstOfficer(
            PersonRecord(name="Example Officer", rank="Sgt", sign_in="officer"),
            frozenset({Role.ARMOURY_OFFICER}),
            "correct horse",
        ),
        FirstOfficer(
            PersonRecord(name="Example Second", rank="Cpl", sign_in="second"),
            frozenset({Role.SECOND_OFFICER}),
            "battery staple",
        ),
        FirstOfficer(
            PersonRecord(name="Example Administrator", sign_in="admin"),
            frozenset({Role.ADMINISTRATOR}),
            "paper clip box",
        ),
    ),
)


def rifle_called(serial: str, model: str = "Model A") -> WeaponDescription:
    return WeaponDescription(
        this_year=2026,
        type_code="SA-40",
        make="Example Works",
        model=model,
        calibres=(CalibreAs("5.56x45mm", "5.56x45", primary=True),),
        serial=serial,
        condition=Condition.SERVICEABLE,
    )


def pistol_called(serial: str) -> WeaponDescription:
    return WeaponDescription(
        this_year=2026,
        type_code="SA-12",
        make="Example Works",
        model="Model P",
        calibres=(CalibreAs("9x19mm", "9x19", primary=True),),
        serial=serial,
        condition=Condition.SERVICEABLE,
    )


@dataclass
class Depot:
    """An open register with a rack, a rifle, a pistol and somebody who may draw them."""

    register: Register
    clock: StoppedClock
    officer: Subject
    second: Subject
    soldier: Subject
    rack: Subject
    rifle: Subject
    pistol: Subject

    @property
    def desk(self) -> Desk:
        return self.register.desk

    def by_officer(
        self,
        *,
        act: str = "",
        reason: str = "",
        second: bool = False,
        overrides: AbstractSet[str] = frozenset(),
        at: datetime | None = None,
        doc: str = "",
    ) -> Deposition:
        return Deposition(
            sign_in(self.desk, "officer", "correct horse"),
            act=act,
            reason=reason,
            second=sign_in(self.desk, "second", "battery staple") if second else None,
            overrides=frozenset(overrides),
            at=at,
            doc=doc,
        )

    def administrator_signed_in(self) -> Officer:
        return sign_in(self.desk, "admin", "paper clip box")

    def card(self, item: Subject) -> ItemCard:
        with self.desk.look() as work:
            standing = work.standing(item)
            assert standing is not None
            return card(work, standing, self.clock.at)

    def breaks(self) -> tuple[Break, ...]:
        return self.register.audit.verify(lambda _done, _all: True).breaks


def depot_in_memory() -> Depot:
    clock = StoppedClock()
    return depot_at(":memory:", clock, outside(clock))


def depot_at(where: str, clock: StoppedClock, world: Outside) -> Depot:
    made = create_register(where, CHARTER, world)
    desk = made.desk
    officer = sign_in(desk, "officer", "correct horse")
    by = Deposition(officer)
    with desk.look() as work:
        root = next(p.subject for p in work.all_of(Kind.PLACE) if p.text("place_kind") == PlaceKind.DEPOT)
    room = register_place(desk, by, NewPlace("ROOM1", "Armoury", PlaceKind.ROOM, root)).about
    rack = register_place(desk, by, NewPlace("RACK1", "Rack 1", PlaceKind.RACK, room)).about
    assert rack is not None
    soldier = register_person(
        desk,
        by,
        Newcomer(
            PersonRecord(name="Example Soldier", rank="Pte", service_no="0001", badges=["B-0001"]),
            certificates=(Certificate("SA", date(2027, 6, 30)),),
        ),
    ).about
    rifle = register(desk, by, rifle_called("EX-000001"), rack).about
    pistol = register(desk, by, pistol_called("EX-P-01"), rack).about
    assert soldier is not None
    assert rifle is not None
    assert pistol is not None
    return Depot(
        made,
        clock,
        officer.person,
        sign_in(desk, "second", "battery staple").person,
        soldier,
        rack,
        rifle,
        pistol,
    )
