"""Two desks on one register reach for the same weapons at the same moment: each weapon goes to one of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from fakes.depot import Depot, rifle_called
from fakes.outside import another_desk
from muniment.bootstrap import join_register
from muniment.desk.desk import Deposition, Desk
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.people import Newcomer, register_person
from muniment.desk.policy import change_policy
from muniment.desk.stock import register
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.people.authority import Certificate
from muniment.domain.people.person import PersonRecord

WEAPONS = 12
DESKS = 3


def test_each_weapon_has_one_winner_and_the_others_are_refused_in_words(depot: Depot, where: str) -> None:
    if where == ":memory:":
        pytest.skip("memory has one desk only")
    rifles = _rifles(depot)
    soldiers = [_soldier(depot, number) for number in range(DESKS)]
    desks = [join_register(where, another_desk(f"ws-{n}", depot.clock))
             for n in range(DESKS)]  # fmt: skip
    said = [Deposition(depot.by_officer().officer) for _ in desks]
    together = Barrier(DESKS)

    def hand_out(nth: int) -> list[str]:
        return [_outcome(desks[nth].desk, said[nth], rifle, soldiers[nth], together) for rifle in rifles]

    with ThreadPoolExecutor(DESKS) as pool:
        outcomes = list(pool.map(hand_out, range(DESKS)))
    for desk in desks:
        desk.close()
    for rifle, told in zip(rifles, zip(*outcomes, strict=True), strict=True):
        assert sorted(told) == ["issued", *["not_in_store"] * (DESKS - 1)], rifle
    with depot.desk.look() as work:
        held = {item.subject: holder for holder in soldiers for item in work.at(holder)}
    assert held == {
        rifle: soldiers[told.index("issued")] for rifle, told in zip(rifles, zip(*outcomes, strict=True), strict=True)
    }
    assert depot.breaks() == ()


def test_the_same_act_at_two_desks_is_one_act(depot: Depot, where: str) -> None:
    if where == ":memory:":
        pytest.skip("memory has one desk only")
    desks = [join_register(where, another_desk(f"ws-{n}", depot.clock))
             for n in range(2)]  # fmt: skip
    together = Barrier(2)
    said = depot.by_officer(act="one-act")

    def hand_out(nth: int) -> tuple[str, ...]:
        together.wait()
        answer = issue_item(desks[nth].desk, said, depot.rifle, Wanted(depot.soldier))
        return tuple(one.leaf for one in answer.told)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(hand_out, range(2))
    for desk in desks:
        desk.close()
    assert first == second
    assert depot.breaks() == ()


def _outcome(desk: Desk, said: Deposition, rifle: Subject, to: Subject, together: Barrier) -> str:
    together.wait()
    try:
        issue_item(desk, said, rifle, Wanted(to))
    except Refusal as refusal:
        return refusal.rule if refusal.says.source and refusal.do_now else "refused without words"
    return "issued"


def _rifles(depot: Depot) -> list[Subject]:
    change_policy(
        depot.desk, Deposition(depot.administrator_signed_in(), reason="exercise"), {"weapons_per_person": WEAPONS}
    )
    made = [register(depot.desk, depot.by_officer(), rifle_called(f"RUSH-{n}"), depot.rack) for n in range(WEAPONS)]
    return [one.about for one in made if one.about is not None]


def _soldier(depot: Depot, number: int) -> Subject:
    record = PersonRecord(name=f"Example Soldier {number}", service_no=f"10{number}")
    certificate = Certificate("SA", depot.clock.at.date().replace(year=2099))
    made = register_person(depot.desk, depot.by_officer(), Newcomer(record, certificates=(certificate,))).about
    assert made is not None
    return made
