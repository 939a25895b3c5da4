"""A depot for late entries: what speaks against an issue, how it comes about, how it ends, how it is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fakes.depot import Depot, depot_in_memory, rifle_called
from fakes.workshop import stands
from muniment.desk import cases, kits, stock
from muniment.desk.describing import change_condition, describe
from muniment.desk.desk import Deposition
from muniment.desk.hatch import (
    quarantine,
    release_item,
)
from muniment.desk.kits import KitContent
from muniment.desk.late import past_issue_breaches
from muniment.desk.own_states import define_axes, move_to_state
from muniment.desk.people import Newcomer, ban, change_status, enter_certificate, lift_ban, register_person
from muniment.desk.policy import change_policy
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.custody.kits import Accessory
from muniment.domain.custody.own_states import NOWHERE, Axis, Blocks, OwnState, Way
from muniment.domain.people.authority import Certificate, Status
from muniment.domain.people.person import PersonRecord
from muniment.domain.stock.condition import Condition

WASH = Axis(
    "wash",
    "Wash",
    (OwnState("dirty", "Dirty", Blocks.ALWAYS), OwnState("clean", "Clean")),
    (Way(NOWHERE, "dirty"), Way("dirty", "clean"), Way("clean", "dirty")),
)


def made_depot() -> Depot:
    made = depot_in_memory()
    define_axes(made.desk, Deposition(made.administrator_signed_in()), [WASH])
    entered = PersonRecord(name="Example Corporal", service_no="0002")
    certified = (Certificate("SA", date(2027, 6, 30)),)
    register_person(made.desk, made.by_officer(), Newcomer(entered, certificates=certified))
    made.clock.forward(hours=1)
    return made


def other(depot: Depot) -> Subject:
    """Somebody else who may draw weapons."""
    with depot.desk.look() as work:
        found = work.person_by("0002")
    assert found is not None
    return found


def both(depot: Depot, act: str = "") -> Deposition:
    return depot.by_officer(second=True, reason="as it is", act=act)


def broken(depot: Depot, *, hours: float, item: Subject | None = None) -> list[str]:
    """The rules that an issue to the soldier broke so many hours ago."""
    said = replace(both(depot), at=depot.clock.at - timedelta(hours=hours))
    with depot.desk.look() as work:
        found = past_issue_breaches(depot.desk, work, said, [item or depot.rifle], depot.soldier)
    return [one.objection.rule for one in found]


def the_case(depot: Depot) -> Subject:
    with depot.desk.look() as work:
        return work.open_cases(depot.rifle)[0].subject


def the_kit(depot: Depot) -> Subject:
    with depot.desk.look() as work:
        return [kit.subject for kit in work.all_of(Kind.KIT)][-1]


def make_kit(depot: Depot) -> None:
    content = KitContent((depot.rifle, depot.pistol), (Accessory("magazine", 4),))
    kits.register(depot.desk, depot.by_officer(), "Night watch", content, depot.rack)


def leave_kit(depot: Depot) -> None:
    kits.change(
        depot.desk, depot.by_officer(), the_kit(depot), KitContent((depot.pistol,), (Accessory("magazine", 4),))
    )


def limits(depot: Depot, **wanted: int) -> None:
    change_policy(depot.desk, Deposition(depot.administrator_signed_in(), reason="ordered"), wanted)


def another(depot: Depot, serial: str) -> Subject:
    made = stock.register(depot.desk, depot.by_officer(), rifle_called(serial), depot.rack).about
    assert made is not None
    return made


@dataclass(frozen=True)
class Example:
    """Something that speaks against an issue, how it comes about and how it ends."""

    rule: str
    begins: Callable[[Depot], object]
    ends: Callable[[Depot], object]


EXAMPLES = [
    Example(
        "open_case",
        lambda d: cases.open_a_case(d.desk, both(d), d.rifle),
        lambda d: cases.close(d.desk, both(d), the_case(d)),
    ),
    Example(
        "ban_in_force",
        lambda d: ban(d.desk, both(d), d.soldier, None),
        lambda d: lift_ban(d.desk, both(d), d.soldier),
    ),
    Example(
        "not_serving",
        lambda d: change_status(d.desk, both(d), d.soldier, Status.POSTED),
        lambda d: change_status(d.desk, both(d), d.soldier, Status.SERVING),
    ),
    Example(
        "certificate_expired",
        lambda d: enter_certificate(d.desk, both(d), d.soldier, Certificate("SA", date(2026, 11, 20))),
        lambda d: enter_certificate(d.desk, both(d), d.soldier, Certificate("SA", date(2027, 11, 20))),
    ),
    Example(
        "quarantined",
        lambda d: quarantine(d.desk, both(d), d.rifle),
        lambda d: release_item(d.desk, both(d), d.rifle),
    ),
    Example(
        "not_serviceable",
        lambda d: change_condition(d.desk, both(d), d.rifle, Condition.REPAIRABLE),
        lambda d: change_condition(d.desk, both(d), d.rifle, Condition.SERVICEABLE),
    ),
    Example(
        "inspection_overdue",
        lambda d: describe(d.desk, both(d), d.rifle, {"inspection_due": "2026-11-20"}),
        lambda d: describe(d.desk, both(d), d.rifle, {"inspection_due": "2027-11-20"}),
    ),
    Example("part_of_kit", make_kit, leave_kit),
    Example(
        "state_blocks_issue",
        lambda d: move_to_state(d.desk, both(d), d.rifle, "wash", "dirty"),
        lambda d: move_to_state(d.desk, both(d), d.rifle, "wash", "clean"),
    ),
]


def past(depot: Depot, *, hours: float) -> Deposition:
    return replace(both(depot), at=depot.clock.at - timedelta(hours=hours))


def open_rules(depot: Depot) -> list[str]:
    with depot.desk.look() as work:
        return [one.text("rule") for one in work.unsettled()]


def room_of(depot: Depot) -> Subject:
    return Subject(stands(depot, depot.rack).text("parent"))
