"""A large register of invented weapons, by the real append path: `python tests/bench/generate.py FILE COUNT`."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2] / part) for part in ("app", "drivers", "db", "tests")]

from fakes.depot import CHARTER  # noqa: E402
from fakes.keys import HeadsInMemory  # noqa: E402
from fakes.outside import KEYS, MORNING, CountingIds, StoppedClock, quick_passphrases  # noqa: E402
from muniment.bootstrap import Outside, create_register  # noqa: E402
from muniment.desk.desk import Deposition, Desk, Officer  # noqa: E402
from muniment.desk.people import Newcomer, register_person  # noqa: E402
from muniment.desk.places import NewPlace, register_place  # noqa: E402
from muniment.desk.signing import sign_in  # noqa: E402
from muniment.desk.stock import register_quantity  # noqa: E402
from muniment.domain.basics.identity import Kind, Subject  # noqa: E402
from muniment.domain.basics.moments import stamp  # noqa: E402
from muniment.domain.custody.acting import Acting  # noqa: E402
from muniment.domain.custody.facts import Deed, Fact  # noqa: E402
from muniment.domain.custody.registering import register_weapon  # noqa: E402
from muniment.domain.custody.standing import Standing, follow  # noqa: E402
from muniment.domain.people.person import PersonRecord  # noqa: E402
from muniment.domain.places.place import PlaceKind  # noqa: E402
from muniment.domain.stock.calibre_as import CalibreAs  # noqa: E402
from muniment.domain.stock.condition import Condition  # noqa: E402
from muniment.domain.stock.weapon import WeaponDescription  # noqa: E402

MODELS = (
    ("SA-40", "Example Works", "Model A", CalibreAs("5.56x45mm", "5.56x45", primary=True), "EX"),
    ("SA-40", "Sample Arsenal", "Type 2", CalibreAs("7.62x39mm", "7.62x39", primary=True), "SM"),
    ("SA-12", "Example Works", "Model P", CalibreAs("9x19mm", "9x19", primary=True), "PX"),
    ("SA-50", "Specimen Foundry", "Mark 5", CalibreAs("7.62x51mm", "7.62x51", primary=True), "MG"),
)


def generate(desk: Desk, officer: Officer, count: int, *, batch: int = 5_000, seed: int = 1) -> float:
    """Register weapons on racks, every twelfth of them handed out; answers the seconds it took.

    The act is stated by the real rules and appended by the real desk, a batch in one transaction.
    """
    chance = random.Random(seed)
    racks, people = _racks(desk, officer), _people(desk, officer)
    acting = Acting(officer.person, desk.clock.now())
    with desk.look() as work:
        first = work.next_number(Kind.WEAPON)
    started = time.perf_counter()
    for start in range(first, first + count, batch):
        facts: list[Fact] = []
        for number in range(start, min(start + batch, first + count)):
            type_code, make, model, calibre, letters = chance.choice(MODELS)
            described = WeaponDescription(
                this_year=2026,
                type_code=type_code,
                make=make,
                model=model,
                calibres=(calibre,),
                serial=f"{letters}{chance.randrange(10**7):07d}",
                condition=Condition.SERVICEABLE,
            )
            weapon = desk.fresh(Kind.WEAPON)
            fact = register_weapon(weapon, described, number, chance.choice(racks), (), acting)
            facts.append(fact)
            if number % 12 == 0:
                due = MORNING.replace(day=chance.randrange(20, 31))
                facts.append(
                    acting.states(
                        Deed.ISSUED,
                        follow(Standing(weapon), fact),
                        sets={"held_as": "shift", "issued_at": stamp(acting.at), "due_at": stamp(due)},
                        to=chance.choice(people),
                        qty=1,
                    )
                )
            elif number % 400 == 1:
                facts.append(
                    acting.states(Deed.QUARANTINED, follow(Standing(weapon), fact), sets={"quarantine": "worn bolt"})
                )
        with desk.work() as work:
            desk.tell(work, desk.ids.ordered(), facts)
    return time.perf_counter() - started


def _racks(desk: Desk, officer: Officer) -> list[Subject]:
    by = Deposition(officer)
    with desk.look() as work:
        root = next(p.subject for p in work.all_of(Kind.PLACE) if p.text("place_kind") == PlaceKind.DEPOT)
    racks: list[Subject] = []
    for room_no in range(1, 6):
        room = register_place(desk, by, NewPlace(f"R{room_no}", f"Room {room_no}", PlaceKind.ROOM, root)).about
        for rack_no in range(1, 21):
            name = f"{room_no}-{rack_no:02d}"
            rack = register_place(desk, by, NewPlace(name, f"Rack {name}", PlaceKind.RACK, room)).about
            assert rack is not None
            racks.append(rack)
    return racks


def _people(desk: Desk, officer: Officer) -> list[Subject]:
    people: list[Subject] = []
    for number in range(1, 201):
        record = PersonRecord(name=f"Example Soldier {number}", rank="Pte", service_no=f"9{number:05d}")
        person = register_person(desk, Deposition(officer), Newcomer(record)).about
        assert person is not None
        people.append(person)
    return people


def lines(desk: Desk, officer: Officer) -> None:
    """A few quantities without serials."""
    with desk.look() as work:
        racks = [p.subject for p in work.all_of(Kind.PLACE) if p.text("place_kind") == PlaceKind.RACK]
    calibres = {"SA-40": "5.56x45", "SA-12": "9x19"}
    for quantity, code, rack in ((962, "SA-40", racks[0]), (120, "SA-40", racks[1]), (311, "SA-12", racks[0])):
        calibre = [{"text": calibres[code], "code": calibres[code], "primary": True}]
        register_quantity(desk, Deposition(officer), {"taxonomy_code": code, "calibres": calibre}, quantity, rack)


def main(where: str, count: int) -> None:
    """Make the register and say how long it took."""
    clock = StoppedClock()
    world = Outside(clock, CountingIds(), quick_passphrases(), "ws-bench", "muniment bench", KEYS, HeadsInMemory())
    made = create_register(where, CHARTER, world)
    officer = sign_in(made.desk, "officer", "correct horse")
    lines_after = generate(made.desk, officer, count)
    lines(made.desk, officer)
    made.close()
    sys.stdout.write(f"{count} weapons in {lines_after:.1f} s, {count / lines_after:.0f}/s\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
