"""The name of an act: doing it again under its name is doing it once, and it is lent to nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fakes.depot import Depot, depot_in_memory, pistol_called, rifle_called
from muniment.desk import cases, late, own_fields, stock
from muniment.desk.components import NewComponent
from muniment.desk.components import register as register_component
from muniment.desk.describing import change_condition, describe
from muniment.desk.desk import Answer, Deposition
from muniment.desk.hatch import (
    Confirmation,
    Wanted,
    confirm,
    issue_item,
    move_item,
    quarantine,
    return_item,
)
from muniment.desk.people import Newcomer, ban, change_status, enter_certificate, register_person
from muniment.desk.places import NewPlace, close_place, register_place, rename_place
from muniment.desk.policy import change_policy
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.own_fields import FieldKind, OwnField
from muniment.domain.people.authority import Certificate, Status
from muniment.domain.people.person import PersonRecord
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.condition import Condition

Told = Callable[[Deposition], Answer]
"""An act with its arguments, to be told under a deposition."""


def component_called(serial: str) -> NewComponent:
    return NewComponent(ComponentDescription(kind=ComponentKind.SLIDE, serial=serial))


def told_by(depot: Depot, act: str, reason: str = "as ordered", doc: str = "ORD-1") -> Deposition:
    said = depot.by_officer(act=act, reason=reason, second=True, doc=doc)
    if act in ("policy", "own field"):
        said = replace(said, officer=depot.administrator_signed_in())
    return replace(said, at=depot.clock.at - timedelta(hours=1) if act == "late" else None)


class Counter:
    """A depot with a second place, a second person, and something that is out."""

    def __init__(self) -> None:
        self.depot = depot_in_memory()
        by = self.depot.by_officer()
        self.other_rack = self._about(
            register_place(self.depot.desk, by, NewPlace("RACK2", "Rack 2", PlaceKind.RACK, self._room()))
        )
        self.other_soldier = self._about(
            register_person(
                self.depot.desk,
                by,
                Newcomer(
                    PersonRecord(name="Example Other", service_no="0002"),
                    certificates=(Certificate("SA", date(2027, 6, 30)),),
                ),
            )
        )
        self.out = self._about(stock.register(self.depot.desk, by, rifle_called("EX-OUT"), self.depot.rack))
        receipt = issue_item(self.depot.desk, by, self.out, Wanted(self.depot.soldier)).receipt
        assert receipt is not None
        self.receipt = receipt

    def _room(self) -> Subject:
        with self.depot.desk.look() as work:
            standing = work.standing(self.depot.rack)
            assert standing is not None
            return Subject(standing.text("parent"))

    @staticmethod
    def _about(answer: Answer) -> Subject:
        assert answer.about is not None
        return answer.about

    def acts(self) -> dict[str, tuple[Told, ...]]:
        """Every act in several ways; each way is told with other arguments."""
        d, desk = self.depot, self.depot.desk
        soldier, other, rifle, rack, rack2 = d.soldier, self.other_soldier, d.rifle, d.rack, self.other_rack
        tomorrow, earlier = d.clock.at + timedelta(days=1), d.clock.at - timedelta(hours=3)
        field = OwnField("lot", "Lot", Kind.WEAPON, FieldKind.TEXT)
        return {
            "issue": (
                lambda by: issue_item(desk, by, rifle, Wanted(soldier)),
                lambda by: issue_item(desk, by, rifle, Wanted(other)),
                lambda by: issue_item(desk, by, rifle, Wanted(soldier, purpose="guard")),
                lambda by: issue_item(desk, by, rifle, Wanted(soldier, until=tomorrow)),
                lambda by: issue_item(desk, by, rifle, Wanted(soldier, for_good=True)),
                lambda by: issue_item(desk, by, d.pistol, Wanted(soldier)),
            ),
            "return": (
                lambda by: return_item(desk, by, self.out),
                lambda by: return_item(desk, by, self.out, to=rack2),
                lambda by: return_item(desk, by, self.out, by=other),
                lambda by: return_item(desk, by, self.out, fault="bolt sticks"),
                lambda by: return_item(desk, by, self.out, fault="stock cracked"),
            ),
            "confirm": (
                lambda by: confirm(desk, by, self.receipt, Confirmation("signature")),
                lambda by: confirm(desk, by, self.receipt, Confirmation("paper", paper_no="F-1")),
                lambda by: confirm(desk, by, self.receipt, Confirmation("paper", paper_no="F-2")),
            ),
            "move": (lambda by: move_item(desk, by, rifle, rack2), lambda by: move_item(desk, by, d.pistol, rack2)),
            "condition": (
                lambda by: change_condition(desk, by, rifle, Condition.REPAIRABLE),
                lambda by: change_condition(desk, by, rifle, Condition.INCOMPLETE),
            ),
            "describe": (
                lambda by: describe(desk, by, rifle, {"remarks": "short stock"}),
                lambda by: describe(desk, by, rifle, {"remarks": "long stock"}),
            ),
            "register": (
                lambda by: stock.register(desk, by, pistol_called("EX-N"), rack),
                lambda by: stock.register(desk, by, pistol_called("EX-M"), rack),
                lambda by: stock.register(desk, by, rifle_called("EX-N"), rack),
                lambda by: stock.register(desk, by, pistol_called("EX-N"), rack2),
            ),
            "line": (
                lambda by: stock.register_quantity(desk, by, {"item_name": "rifles"}, 5, rack),
                lambda by: stock.register_quantity(desk, by, {"item_name": "rifles"}, 6, rack),
                lambda by: stock.register_quantity(desk, by, {"item_name": "pistols"}, 5, rack),
            ),
            "bind": (
                lambda by: stock.bind_code(desk, by, "TAG-1", rifle),
                lambda by: stock.bind_code(desk, by, "TAG-2", rifle),
                lambda by: stock.bind_code(desk, by, "TAG-1", d.pistol),
            ),
            "component": (
                lambda by: register_component(desk, by, component_called("B-1"), rack),
                lambda by: register_component(desk, by, component_called("B-2"), rack),
                lambda by: register_component(desk, by, component_called("B-1"), rack2),
            ),
            "certificate": (
                lambda by: enter_certificate(desk, by, other, Certificate("SA-12", date(2027, 1, 1))),
                lambda by: enter_certificate(desk, by, other, Certificate("SA-12", date(2028, 1, 1))),
                lambda by: enter_certificate(desk, by, soldier, Certificate("SA-12", date(2027, 1, 1))),
            ),
            "ban": (
                lambda by: ban(desk, by, other, None),
                lambda by: ban(desk, by, other, date(2027, 1, 1)),
                lambda by: ban(desk, by, soldier, None),
            ),
            "status": (
                lambda by: change_status(desk, by, other, Status.DESERTED),
                lambda by: change_status(desk, by, other, Status.POSTED),
            ),
            "place": (
                lambda by: register_place(desk, by, NewPlace("RACK3", "Rack 3", PlaceKind.RACK, self._room())),
                lambda by: register_place(desk, by, NewPlace("RACK4", "Rack 3", PlaceKind.RACK, self._room())),
                lambda by: register_place(desk, by, NewPlace("RACK3", "Rack", PlaceKind.RACK, self._room())),
            ),
            "rename": (
                lambda by: rename_place(desk, by, rack2, "RACK5", "Rack 5"),
                lambda by: rename_place(desk, by, rack2, "RACK6", "Rack 5"),
            ),
            "close or rename": (
                lambda by: close_place(desk, by, rack2),
                lambda by: rename_place(desk, by, rack2, "RACK5", "Rack 5"),
            ),
            "policy": (
                lambda by: change_policy(desk, by, {"shift_hours": 8}),
                lambda by: change_policy(desk, by, {"shift_hours": 9}),
            ),
            "found": (
                lambda by: cases.record_as_found(desk, by, self.out, rack),
                lambda by: cases.record_as_found(desk, by, self.out, rack2),
            ),
            "case": (lambda by: cases.open_a_case(desk, by, rifle), lambda by: cases.open_a_case(desk, by, d.pistol)),
            "own field": (
                lambda by: own_fields.define_field(desk, by, field),
                lambda by: own_fields.define_field(desk, by, replace(field, title="Batch")),
            ),
            "late": (
                lambda by: late.record_past_issue(desk, by, rifle, Wanted(soldier)),
                lambda by: late.record_past_issue(desk, by, rifle, Wanted(other)),
                lambda by: late.record_past_issue(desk, replace(by, at=earlier), rifle, Wanted(soldier)),
            ),
            "quarantine": (lambda by: quarantine(desk, by, rifle), lambda by: quarantine(desk, by, d.pistol)),
        }


@pytest.fixture(scope="module")
def names() -> list[str]:
    return sorted(Counter().acts())


def size(depot: Depot) -> int:
    with depot.desk.look() as work:
        return work.head().size


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_same_again_is_answered_and_anything_else_under_the_name_is_refused(
    names: list[str], data: st.DataObject
) -> None:
    counter = Counter()
    depot, act = counter.depot, data.draw(st.sampled_from(names))
    ways = counter.acts()[act]
    first, other = data.draw(st.permutations(range(len(ways))))[:2]
    # Who asks for no end is given the shift's, and what the shift's was then is not known any more.
    assume((act, first, other) != ("issue", 3, 0))
    done = ways[first](told_by(depot, act))
    before = size(depot)
    again = ways[first](told_by(depot, act))
    assert again.again
    assert [one.seq for one in again.told] == [one.seq for one in done.told]
    with pytest.raises(Refusal) as refused:
        ways[other](told_by(depot, act))
    assert refused.value.rule == "intent_used"
    assert refused.value.do_now is not None
    assert size(depot) == before


@pytest.mark.parametrize("said", [{"reason": "another reason"}, {"doc": "ORD-2"}])
def test_another_reason_or_paper_is_another_act(said: dict[str, str]) -> None:
    for name in Counter().acts():
        if name in ("close or rename", "case", "found", "quarantine"):
            continue
        fresh = Counter()
        way = fresh.acts()[name][0]
        way(told_by(fresh.depot, name))
        with pytest.raises(Refusal) as refused:
            way(told_by(fresh.depot, name, **said))
        assert refused.value.rule == "intent_used", name


def test_another_officer_does_not_act_under_the_name() -> None:
    counter = Counter()
    way = counter.acts()["move"][0]
    way(counter.depot.by_officer(act="m", second=True))
    with pytest.raises(Refusal) as refused:
        way(counter.depot.by_officer(act="m"))
    assert refused.value.rule == "intent_used"
