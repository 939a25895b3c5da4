"""What waits for a decision: found, counted, oldest first, and gone when it is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

import muniment.desk.waiting as waiting_list
from fakes.depot import Depot, depot_in_memory, rifle_called
from muniment.desk import receiving
from muniment.desk.correcting import take_back_act
from muniment.desk.hatch import Confirmation, Wanted, confirm, issue_item, return_item
from muniment.desk.late import record_past_issue
from muniment.desk.stock import register
from muniment.desk.waiting import Awaits, WaitingList, waiting
from muniment.domain.basics.identity import Kind
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.announcing import SendersPapers
from muniment.domain.custody.facts import Deed, Fields
from muniment.domain.custody.standing import Standing


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def now(depot: Depot) -> WaitingList:
    return waiting(depot.desk, depot.register.views)


def says(depot: Depot) -> list[str]:
    return [str(thing.says) for thing in now(depot).things]


def stated(depot: Depot, kind: Kind, deed: Deed, fields: Fields) -> None:
    fact = Acting(depot.officer, depot.clock.at).states(deed, Standing(depot.desk.fresh(kind)), sets=fields)
    with depot.desk.work() as work:
        depot.desk.tell(work, depot.desk.ids.ordered(), [fact])


def test_a_new_depot_is_ready_for_inspection(depot: Depot) -> None:
    assert now(depot).things == ()
    assert now(depot).count == 0


def test_a_receipt_waits_after_a_minute_until_it_is_confirmed(depot: Depot) -> None:
    issued = issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(seconds=60)
    assert says(depot) == []
    depot.clock.forward(seconds=1)
    assert says(depot) == ["Pte Example Soldier has not confirmed"]
    assert issued.receipt is not None
    confirm(depot.desk, depot.by_officer(), issued.receipt, Confirmation("signature"))
    assert says(depot) == []


def test_a_receipt_nothing_is_left_of_does_not_wait(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    issue_item(depot.desk, depot.by_officer(act="slip"), depot.pistol, Wanted(depot.soldier))
    take_back_act(depot.desk, depot.by_officer(reason="slip"), "slip")
    depot.clock.forward(hours=1)
    assert says(depot) == []


def test_late_items_are_gathered_by_their_holder(depot: Depot) -> None:
    first = issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert first.receipt is not None
    confirm(depot.desk, depot.by_officer(), first.receipt, Confirmation("signature"))
    depot.clock.forward(hours=13)
    assert says(depot) == ["W-0000001, Pte Example Soldier, late"]
    (thing,) = now(depot).things
    assert thing.about == depot.soldier
    assert thing.since == depot.clock.at - timedelta(hours=1)
    second = issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(depot.soldier, until=depot.clock.at))
    assert second.receipt is not None
    confirm(depot.desk, depot.by_officer(), second.receipt, Confirmation("signature"))
    depot.clock.forward(seconds=1)
    assert says(depot) == ["2 items, Pte Example Soldier, late"]
    assert now(depot).counts[Awaits.OVERDUE] == 2


def test_an_open_case_waits(depot: Depot) -> None:
    other = register(depot.desk, depot.by_officer(), rifle_called("EX-000009"), depot.rack).about
    assert other is not None
    depot.clock.forward(days=500)
    late = depot.by_officer(reason="paper form 7", second=True, at=depot.clock.at)
    record_past_issue(depot.desk, late, other, Wanted(depot.soldier))
    waits = [thing for thing in now(depot).things if thing.awaits is Awaits.CASE]
    assert len(waits) == now(depot).counts[Awaits.CASE] == 1
    assert "W-0000003" in str(waits[0].says)


def test_what_is_listed_for_a_decision_is_one_thing_however_much_it_is(depot: Depot) -> None:
    for number in (1, 2, 3):
        fields = {"item_name": "box, unread", "quantity": 1, "number": number, "state": "open"}
        stated(depot, Kind.UNDECIDED, Deed.UNDECIDED_LISTED, fields)
        depot.clock.forward(minutes=5)
    assert says(depot) == ["3 lines of lists to decide"]
    assert now(depot).things[0].since == depot.clock.at - timedelta(minutes=15)
    assert now(depot).counts[Awaits.UNDECIDED] == 3


def test_a_shipment_waits_when_its_time_is_over(depot: Depot) -> None:
    fields = {"state": "sent", "number": 1, "register_no": "T-0000001", "sent_at": "2026-11-24T08:00:00Z"}
    stated(depot, Kind.SHIPMENT, Deed.SENT, fields)
    stated(depot, Kind.SHIPMENT, Deed.SENT, {**fields, "number": 2, "register_no": "T-0000002", "state": "accepted"})
    agreed = {**fields, "number": 3, "register_no": "T-0000003", "due_at": "2026-11-25T08:00:00Z"}
    stated(depot, Kind.SHIPMENT, Deed.SENT, agreed)
    depot.clock.forward(days=2)
    assert says(depot) == ["Shipment T-0000003 not confirmed"]
    depot.clock.forward(days=6)
    assert says(depot) == ["Shipment T-0000003 not confirmed", "Shipment T-0000001 not confirmed"]


def test_an_arrival_waits_from_its_beginning_and_one_announced_when_it_is_late(depot: Depot) -> None:
    north = SendersPapers("Depot North", "N-7")
    receiving.begin_arrival(depot.desk, depot.by_officer(), north)
    late = replace(north, due_at=depot.clock.at + timedelta(days=1))
    receiving.begin_arrival(depot.desk, depot.by_officer(), late)
    assert says(depot) == ["Arrival A-0000001 not closed"]
    depot.clock.forward(days=2)
    assert says(depot) == ["Arrival A-0000001 not closed", "Arrival A-0000002 has not come"]
    assert now(depot).counts[Awaits.ARRIVAL] == 2


def test_the_oldest_comes_first(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(hours=1)
    stated(depot, Kind.UNDECIDED, Deed.UNDECIDED_LISTED, {"number": 1, "state": "open"})
    depot.clock.forward(hours=20)
    assert [thing.awaits for thing in now(depot).things] == [Awaits.RECEIPT, Awaits.UNDECIDED, Awaits.OVERDUE]


def test_of_very_many_of_a_kind_the_oldest_are_listed_and_all_are_counted(
    depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_list, "LISTED", 2)
    for number in range(1, 6):
        fields: Fields = {"state": "open", "number": number, "register_no": f"C-{number}", "concerns": depot.rifle}
        stated(depot, Kind.CASE, Deed.CASE_OPENED, fields)
    found = now(depot)
    assert [str(thing.says).split(":")[0] for thing in found.things] == ["C-1", "C-2"]
    assert found.counts[Awaits.CASE] == 5
    assert found.left_out == 3
