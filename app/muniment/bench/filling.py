"""A large register of invented weapons, by the rules and through the ledger, many facts in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from muniment.desk.desk import Deposition, Desk
from muniment.desk.finding import place_named
from muniment.desk.people import Newcomer, register_person
from muniment.desk.places import NewPlace, register_place
from muniment.desk.register import Register
from muniment.desk.signing import sign_in
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.moments import stamp
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.codes import bind
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.registering import register_weapon
from muniment.domain.custody.standing import Standing, follow
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.weapon import WeaponDescription
from muniment.training.demonstration import OFFICER, PASSPHRASE

AT_ONCE = 10_000
RACKS, HOLDERS = 100, 250
ONE_HELD_IN, ONE_APART_IN = 12, 400
"""Beside so many weapons in store one more is handed out, and one more in quarantine."""

_TYPES = (("SA-40", "5.56x45"), ("SA-40", "7.62x39"), ("SA-12", "9x19"), ("SA-50", "7.62x51"))


def code_of(nth: int) -> str:
    """The code bound to a weapon in store; the first has number 0."""
    return f"BENCH-{nth:08d}"


def serial_of(nth: int) -> str:
    """The serial of the weapon with this number. No two are the same below ten millions."""
    return f"{'ABCDEF'[nth % 6]}{nth * 7919 % 10_000_019:08d}"


def fill(register: Register, size: int) -> None:
    """Put `size` weapons in store on racks, a code bound to each, and beside them some handed out and some set apart.

    What is handed out or set apart has no code, so that every code leads to a weapon that may be issued.
    """
    desk = register.desk
    by = Deposition(sign_in(desk, OFFICER, PASSPHRASE))
    racks, holders = _racks(desk, by), _holders(desk, by)
    with desk.look() as work:
        first = work.next_number(Kind.WEAPON)
    count = size + size // ONE_HELD_IN + size // ONE_APART_IN
    for start in range(0, count, AT_ONCE):
        acting = Acting(actor=by.officer.person, at=desk.clock.now())
        facts: list[Fact] = []
        for nth in range(start, min(count, start + AT_ONCE)):
            weapon = desk.fresh(Kind.WEAPON)
            described = _invented(nth, acting.at.year)
            facts.append(register_weapon(weapon, described, first + nth, racks[nth % RACKS], (), acting))
            if nth < size:
                facts.append(bind(desk.fresh(Kind.CODE), code_of(nth), weapon, None, acting))
            else:
                facts.append(_taken_from_store(follow(Standing(weapon), facts[-1]), nth, size, holders, acting))
        with desk.work() as work:
            desk.tell(work, desk.ids.ordered(), facts)


def _taken_from_store(weapon: Standing, nth: int, size: int, holders: Sequence[Subject], acting: Acting) -> Fact:
    if nth - size >= size // ONE_HELD_IN:
        return acting.states(Deed.QUARANTINED, weapon, sets={"quarantine": "worn bolt"})
    due = acting.at + timedelta(hours=12 * (nth % 9) - 24)
    held = {"held_as": "shift", "issued_at": stamp(acting.at - timedelta(days=3)), "due_at": stamp(due)}
    return acting.states(Deed.ISSUED, weapon, sets=held, to=holders[nth % HOLDERS], qty=1)


def _racks(desk: Desk, by: Deposition) -> list[Subject]:
    with desk.look() as work:
        room = place_named(work, "H1-ARMS").subject
    made = [NewPlace(f"Q{n:03d}", f"Rack Q{n:03d}", PlaceKind.RACK, room) for n in range(RACKS)]
    return list(_given(register_place(desk, by, place).about for place in made))


def _holders(desk: Desk, by: Deposition) -> list[Subject]:
    made = [PersonRecord(name=f"Example Holder {n}", rank="Pte", service_no=f"H-{n:04d}") for n in range(HOLDERS)]
    return list(_given(register_person(desk, by, Newcomer(record)).about for record in made))


def _given(subjects: Iterator[Subject | None]) -> Iterator[Subject]:
    for subject in subjects:
        if subject is None:
            raise LookupError("what was just registered has no name")
        yield subject


def _invented(nth: int, year: int) -> WeaponDescription:
    type_code, calibre = _TYPES[nth % len(_TYPES)]
    return WeaponDescription(
        this_year=year,
        type_code=type_code,
        make=f"Bench Works {nth % 20}",
        model=f"B{nth % 50}",
        calibres=(CalibreAs(calibre, calibre, primary=True),),
        serial=serial_of(nth),
        condition=Condition.SERVICEABLE,
    )
