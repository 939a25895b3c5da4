"""Transfers in the making, decided without a screen."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory
from muniment.desk import kits
from muniment.desk.cases import open_a_case
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.kits import KitContent
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.kits import Accessory
from muniment.ui.shipping.confirming import ConfirmingPresenter
from muniment.ui.shipping.presenter import ShippingPresenter
from muniment.ui.shipping.sending import SendingPresenter


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def sending(depot: Depot, *codes: str) -> SendingPresenter:
    made = SendingPresenter(depot.desk, depot.by_officer().officer)
    for code in codes:
        made.scanned(Scan(code))
    return made


def sent(depot: Depot) -> Subject:
    shipment = sending(depot, "EX-000001", "EX-P-01").send("Depot South", "TO-1", "S-1, S-2", "2026-11-26").about
    assert shipment is not None
    return shipment


def page(depot: Depot) -> ShippingPresenter:
    return ShippingPresenter(depot.desk, depot.by_officer().officer)


def test_what_is_not_in_store_is_refused_at_the_scan(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    making = sending(depot, "EX-000001", "EX-P-01")
    view = making.view()
    assert view.gathered.refusal is not None
    assert view.gathered.refusal.rule == "not_in_store"
    assert [line.outcome for line in view.gathered.lines] == ["refused", "held"]
    with pytest.raises(Refusal) as refusal:
        making.send("Depot South", "TO-1", "", "")
    assert refusal.value.rule == "scan_unanswered"
    assert making.commanded(Command.YES).gathered.accepted == 1


def test_seals_and_the_day_are_read_as_typed(depot: Depot) -> None:
    shown = page(depot).show(sent(depot)).shown
    assert shown is not None
    assert shown.card.seals == ("S-1", "S-2")
    assert shown.card.due_at is not None
    assert shown.card.due_at.astimezone().strftime("%Y-%m-%d %H:%M") == "2026-11-26 23:59"
    with pytest.raises(Refusal) as refusal:
        sending(depot).send("Depot South", "TO-2", "", "soon")
    assert refusal.value.rule == "not_a_moment"


def test_a_whole_kit_comes_with_its_code_and_a_torn_one_is_warned_of_before(depot: Depot) -> None:
    content = KitContent((depot.rifle, depot.pistol), (Accessory("magazine", 2),))
    kits.register(depot.desk, depot.by_officer(), "Pair", content, depot.rack)
    making = sending(depot, "K-0000001")
    assert making.view().gathered.accepted == 2
    assert making.view().warnings == ()
    view = making.take_off(depot.pistol)
    assert [str(warning) for warning in view.warnings] == ["Kit K-0000001 is torn: 1 of it stay behind."]


def test_an_item_with_an_open_case_goes_on_the_word_of_a_second_person(depot: Depot) -> None:
    open_a_case(depot.desk, depot.by_officer(reason="number looks altered"), depot.rifle)
    making = sending(depot, "EX-000001")
    view = making.view()
    assert view.gathered.refusal is not None
    assert view.gathered.refusal.overridable
    making.let_pass("second", "battery staple", "to the laboratory")
    making.send("Laboratory", "TO-1", "", "")
    with depot.desk.look() as work:
        fact = work.facts_of(depot.rifle)[-1][1]
    assert fact.about["overridden"] == "open_case"
    assert fact.second == depot.second


def test_one_item_missing_on_arrival_opens_one_case(depot: Depot) -> None:
    shipment = sent(depot)
    making = ConfirmingPresenter(depot.desk, depot.by_officer().officer, shipment)
    with pytest.raises(Refusal) as refusal:
        making.write("RCV-1", "whole")
    assert refusal.value.rule == "nothing_ticked"
    view = making.scanned(Scan("EX-000001"))
    assert (view.there, view.missing) == (1, 1)
    answer = making.write("RCV-1", "whole")
    assert [str(warning) for warning in answer.warnings] == ["Cases opened: 1."]
    shown = page(depot).show(shipment).shown
    assert shown is not None
    assert (shown.card.state, shown.open_cases) == ("incomplete", 1)
    assert depot.breaks() == ()


def test_a_stranger_on_arrival_is_refused(depot: Depot) -> None:
    shipment = sent(depot)
    making = ConfirmingPresenter(depot.desk, depot.by_officer().officer, shipment)
    making.tick_all()
    making.write("RCV-1", "broken")
    again = ConfirmingPresenter(depot.desk, depot.by_officer().officer, shipment)
    view = again.scanned(Scan("EX-000001"))
    assert view.gathered.refusal is not None
    assert view.gathered.refusal.rule == "confirmed_before"
    shown = page(depot).show(shipment).shown
    assert shown is not None
    assert (shown.card.state, shown.open_cases) == ("accepted", 1)


def test_a_tick_is_taken_off_again(depot: Depot) -> None:
    making = ConfirmingPresenter(depot.desk, depot.by_officer().officer, sent(depot))
    making.tick(depot.rifle)
    assert making.tick(depot.rifle).there == 0


def test_the_sheet_and_each_item_lead_to_their_transfer(depot: Depot) -> None:
    shipment = sent(depot)
    for code in ("T-0000001", "EX-P-01"):
        shown = page(depot).scanned(Scan(code)).shown
        assert shown is not None
        assert shown.card.subject == shipment
    assert page(depot).scanned(Scan("RACK1")).warnings != ()


def test_a_late_transfer_says_by_how_many_days(depot: Depot) -> None:
    shipment = sent(depot)
    depot.clock.forward(days=5)
    shown = page(depot).show(shipment).shown
    assert shown is not None
    assert shown.card.late
    assert (shown.age_days, shown.overdue_days) == (5, 2)


def test_a_transfer_is_taken_back_for_a_reason(depot: Depot) -> None:
    shipment = sent(depot)
    with pytest.raises(Refusal):
        page(depot).reverse(shipment, "")
    view = page(depot).reverse(shipment, "lorry broke down")
    assert view.listing == "settled"
    assert depot.card(depot.rifle).state == "in_store"
