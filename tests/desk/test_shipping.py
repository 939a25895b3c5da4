"""Transfers: sent, in transit, confirmed item by item, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.depot import Depot, depot_in_memory, rifle_called
from fakes.workshop import component, refused, stands
from muniment.desk import kits, shipping, stock
from muniment.desk.cases import open_a_case, open_cases, record_as_found
from muniment.desk.components import fit_component
from muniment.desk.correcting import take_back_act
from muniment.desk.hatch import Wanted, issue_item, move_item, quarantine
from muniment.desk.kits import KitContent
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.kits import Accessory
from muniment.domain.custody.shipping import Confirmed, Consignment
from muniment.domain.stock.component_kinds import ComponentKind

ORDER = Consignment("Depot South", "TO-12/2026", ("S-100", "S-101"))


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def sent(depot: Depot, *items: Subject, consignment: Consignment = ORDER, act: str = "") -> Subject:
    shipment = shipping.send_items(depot.desk, depot.by_officer(act=act), consignment, items).about
    assert shipment is not None
    return shipment


def card(depot: Depot, shipment: Subject) -> shipping.ShipmentCard:
    standing = stands(depot, shipment)
    with depot.desk.look() as work:
        return shipping.shipment_card(work, standing, depot.clock.at)


def test_what_is_sent_is_in_transit_until_the_receiver_confirms_it(depot: Depot) -> None:
    shipment = sent(depot, depot.rifle, depot.pistol)
    assert depot.card(depot.rifle).state == "transit"
    assert refused(depot, issue_item, depot.rifle, Wanted(depot.soldier)) == "not_in_store"
    shown = card(depot, shipment)
    assert (shown.register_no, shown.state, shown.consignee) == ("T-0000001", "sent", "Depot South")
    assert shown.seals == ("S-100", "S-101")
    assert shown.in_transit == ("W-0000001", "W-0000002")
    shipping.confirm_arrival(depot.desk, depot.by_officer(), shipment, Confirmed("RCV-9"))
    assert depot.card(depot.rifle).state == "outside"
    assert (card(depot, shipment).state, card(depot, shipment).confirmation_no) == ("accepted", "RCV-9")
    assert refused(depot, shipping.confirm_arrival, shipment, Confirmed("RCV-9")) == "shipment_settled"
    assert depot.breaks() == ()


def test_what_the_receiver_misses_stays_in_transit_with_a_case(depot: Depot) -> None:
    shipment = sent(depot, depot.rifle, depot.pistol)
    missing = Confirmed("RCV-9", frozenset({depot.pistol}), seals_whole=False)
    shipping.confirm_arrival(depot.desk, depot.by_officer(), shipment, missing)
    assert card(depot, shipment).state == "incomplete"
    assert card(depot, shipment).in_transit == ("W-0000002",)
    with depot.desk.look() as work:
        assert [(one.rule, one.missing) for one in open_cases(work)] == [
            ("not_received", "W-0000002"),
            ("seal_broken", ""),
        ]
    shipping.confirm_arrival(depot.desk, depot.by_officer(), shipment, Confirmed("RCV-10", frozenset({depot.pistol})))
    with depot.desk.look() as work:
        assert len(open_cases(work)) == 2
    shipping.confirm_arrival(depot.desk, depot.by_officer(), shipment, Confirmed("RCV-11"))
    assert card(depot, shipment).state == "accepted"
    assert depot.breaks() == ()


def test_a_shipment_is_taken_back_by_counter_entries(depot: Depot) -> None:
    shipment = sent(depot, depot.rifle, depot.pistol)
    assert refused(depot, shipping.reverse_shipment, shipment) == "reason_missing"
    shipping.reverse_shipment(depot.desk, depot.by_officer(reason="lorry turned back"), shipment)
    assert depot.card(depot.rifle).place == "RACK1"
    assert "shipment" not in stands(depot, depot.rifle).fields
    assert card(depot, shipment).state == "reversed"
    assert refused(depot, shipping.confirm_arrival, shipment, Confirmed("RCV-9")) == "shipment_settled"
    sent(depot, depot.rifle)
    assert depot.breaks() == ()


def test_a_confirmed_shipment_is_not_taken_back(depot: Depot) -> None:
    shipment = sent(depot, depot.rifle)
    shipping.confirm_arrival(depot.desk, depot.by_officer(), shipment, Confirmed("RCV-9"))
    with pytest.raises(Refusal) as refusal:
        shipping.reverse_shipment(depot.desk, depot.by_officer(reason="second thoughts"), shipment)
    assert refusal.value.rule == "shipment_settled"


def test_an_item_that_turned_up_meanwhile_stops_the_counter_entry(depot: Depot) -> None:
    shipment = sent(depot, depot.rifle, depot.pistol)
    said = depot.by_officer(second=True, reason="never loaded")
    record_as_found(depot.desk, said, depot.rifle, depot.rack)
    with pytest.raises(Refusal) as refusal:
        shipping.reverse_shipment(depot.desk, depot.by_officer(reason="lorry turned back"), shipment)
    assert refusal.value.rule == "changed_since"
    assert "W-0000001" in str(refusal.value.says)
    assert card(depot, shipment).in_transit == ("W-0000002",)


def test_what_was_entered_meanwhile_and_taken_back_does_not_stop_the_counter_entry(depot: Depot) -> None:
    shipment = sent(depot, depot.rifle)
    quarantine(depot.desk, depot.by_officer(act="slip", reason="seen from afar"), depot.rifle)
    assert refused(depot, shipping.reverse_shipment, shipment) == "changed_since"
    take_back_act(depot.desk, depot.by_officer(second=True, reason="another one"), "slip")
    shipping.reverse_shipment(depot.desk, depot.by_officer(reason="lorry turned back"), shipment)
    assert depot.card(depot.rifle).place == "RACK1"
    assert depot.breaks() == ()


def test_a_shipment_nobody_confirms_is_overdue(depot: Depot) -> None:
    due = Consignment("Depot South", "TO-12/2026", due_at=depot.clock.at + timedelta(days=3))
    first, second = sent(depot, depot.rifle, consignment=due), sent(depot, depot.pistol)
    with depot.desk.look() as work:
        assert shipping.overdue(work, depot.clock.at) == []
    depot.clock.forward(days=4)
    with depot.desk.look() as work:
        assert [one.subject for one in shipping.overdue(work, depot.clock.at)] == [first]
        assert [one.subject for one in shipping.underway(work, depot.clock.at)] == [first, second]
    shipping.confirm_arrival(depot.desk, depot.by_officer(), first, Confirmed("RCV-9"))
    with depot.desk.look() as work:
        assert shipping.overdue(work, depot.clock.at) == []


@pytest.mark.parametrize(
    "consignment", [Consignment("", "TO-1"), Consignment("Depot South", ""), Consignment("Depot South", "TO-1", ("",))]
)
def test_a_shipment_has_its_papers(depot: Depot, consignment: Consignment) -> None:
    if consignment.seals:
        assert refused(depot, shipping.send_items, consignment, [depot.rifle]) == "seal_empty"
    else:
        assert refused(depot, shipping.send_items, consignment, [depot.rifle]) == "shipment_without_papers"


def test_only_what_lies_in_store_is_sent(depot: Depot) -> None:
    barrel = component(depot, ComponentKind.BARREL, "EX-B-1")
    fit_component(depot.desk, depot.by_officer(), barrel, depot.rifle)
    assert refused(depot, shipping.send_items, ORDER, [barrel]) == "fitted"
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(depot.soldier))
    assert refused(depot, shipping.send_items, ORDER, [depot.rifle, depot.pistol]) == "not_in_store"
    assert depot.card(depot.rifle).state == "in_store"
    for items in ([], [depot.rifle, depot.rifle]):
        assert refused(depot, shipping.send_items, ORDER, items) == "shipment_misshapen"
    sent(depot, depot.rifle)
    assert depot.card(barrel).state == "transit"


def test_a_quarantined_weapon_may_be_sent_and_one_with_an_open_case_needs_two(depot: Depot) -> None:
    quarantine(depot.desk, depot.by_officer(reason="beyond repair"), depot.rifle)
    sent(depot, depot.rifle)
    open_a_case(depot.desk, depot.by_officer(reason="number looks altered"), depot.pistol)
    assert refused(depot, shipping.send_items, ORDER, [depot.pistol]) == "open_case"
    passed = depot.by_officer(second=True, reason="to the laboratory", overrides={"open_case"})
    shipping.send_items(depot.desk, passed, ORDER, [depot.pistol])


def test_a_torn_kit_is_warned_of(depot: Depot) -> None:
    content = KitContent((depot.rifle, depot.pistol), (Accessory("magazine", 2),))
    kits.register(depot.desk, depot.by_officer(), "Pair", content, depot.rack)
    answer = shipping.send_items(depot.desk, depot.by_officer(), ORDER, [depot.rifle])
    assert [str(one) for one in answer.warnings] == ["Kit K-0000001 is torn: 1 of it stay behind."]


def test_what_was_moved_can_still_be_sent(depot: Depot) -> None:
    with depot.desk.look() as work:
        quarantine_place = next(p.subject for p in work.all_of(Kind.PLACE) if p.text("code") == "Q")
    move_item(depot.desk, depot.by_officer(), depot.rifle, quarantine_place)
    shipment = sent(depot, depot.rifle)
    shipping.reverse_shipment(depot.desk, depot.by_officer(reason="lorry broke down"), shipment)
    assert depot.card(depot.rifle).place == "Q"


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sets(st.integers(0, 4)), min_size=1, max_size=3))
def test_every_item_sent_is_confirmed_or_in_transit_with_a_case(rounds: list[set[int]]) -> None:
    depot = depot_in_memory()
    made = [
        stock.register(depot.desk, depot.by_officer(), rifle_called(f"EX-1{nth:03d}"), depot.rack).about
        for nth in range(5)
    ]
    items = [item for item in made if item is not None]
    shipment = sent(depot, *items)
    underway = set(items)
    for nth, gone in enumerate(rounds):
        missing = frozenset({items[one] for one in gone} & underway)
        if not underway:
            break
        shipping.confirm_arrival(depot.desk, depot.by_officer(), shipment, Confirmed(f"RCV-{nth}", missing))
        underway = set(missing)
        with depot.desk.look() as work:
            assert all(len(work.open_cases(item)) == 1 for item in underway)
        states = {item: depot.card(item).state for item in items}
        assert {item for item, state in states.items() if state == "transit"} == underway
        assert {item for item, state in states.items() if state == "outside"} == set(items) - underway
    assert card(depot, shipment).state == ("incomplete" if underway else "accepted")
    assert depot.breaks() == ()
