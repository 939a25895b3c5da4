"""Kits, decided without a screen."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory
from fakes.workshop import component, stands
from muniment.desk import kits, shipping
from muniment.desk.components import fit_component
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.kits import Accessory, Checked
from muniment.domain.custody.shipping import Confirmed, Consignment
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.ui.kits.making import MakingPresenter, counted
from muniment.ui.kits.presenter import KitsPresenter


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def making(depot: Depot, *codes: str, kit: Subject | None = None) -> MakingPresenter:
    made = MakingPresenter(depot.desk, depot.by_officer().officer, kit)
    for code in codes:
        made.scanned(Scan(code))
    return made


def made(depot: Depot) -> Subject:
    kit = making(depot, "EX-000001", "EX-P-01").make("Pair", "RACK1", "4 magazine, sling=1").about
    assert kit is not None
    return kit


def page(depot: Depot) -> KitsPresenter:
    return KitsPresenter(depot.desk, depot.by_officer().officer)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", ()),
        ("4 magazine", (Accessory("magazine", 4),)),
        ("4x magazine, sling=1", (Accessory("magazine", 4), Accessory("sling", 1))),
        ("2 cleaning rod", (Accessory("cleaning rod", 2),)),
    ],
)
def test_counted_things_are_read_as_typed(written: str, meant: tuple[Accessory, ...]) -> None:
    assert counted(written) == meant


@pytest.mark.parametrize("written", ["magazine", "4", "0 magazine"])
def test_a_counted_thing_without_a_quantity_is_refused(written: str) -> None:
    with pytest.raises(Refusal) as refusal:
        counted(written)
    assert refusal.value.rule == "accessory_misshapen"


def test_a_kit_is_made_by_scanning_its_members(depot: Depot) -> None:
    shown = page(depot).open(made(depot)).shown
    assert shown is not None
    assert shown.complete
    assert [one.card.register_no for one in shown.members] == ["W-0000001", "W-0000002"]
    assert shown.accessories == (Accessory("magazine", 4), Accessory("sling", 1))


def test_a_scanned_place_is_where_it_belongs_else_where_the_first_member_does(depot: Depot) -> None:
    assert making(depot, "EX-000001").view().place == "RACK1"
    assert making(depot, "EX-000001", "ROOM1").view().place == "ROOM1"


def test_what_is_out_or_elsewhere_is_refused_at_the_scan(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    shipment = shipping.send_items(depot.desk, depot.by_officer(), Consignment("South", "TO-1"), [depot.pistol]).about
    assert shipment is not None
    for code in ("EX-000001", "EX-P-01"):
        refusal = making(depot, code).view().gathered.refusal
        assert refusal is not None
        assert refusal.rule == "not_in_store"
    shipping.confirm_arrival(depot.desk, depot.by_officer(), shipment, Confirmed("RCV-1"))
    refusal = making(depot, "EX-P-01").view().gathered.refusal
    assert refusal is not None
    assert refusal.rule == "not_in_store"


def test_a_kit_is_changed_from_what_it_was(depot: Depot) -> None:
    kit = made(depot)
    change = making(depot, kit=kit)
    assert change.view().accessories == "4 magazine, 1 sling"
    change.take_off(depot.pistol)
    change.make("", "", "3 magazine", "two went with the pistol")
    assert stands(depot, kit).fields["members"] == [depot.rifle]
    assert "kit" not in stands(depot, depot.pistol).fields
    assert depot.breaks() == ()


def test_what_belongs_to_a_kit_leads_to_it(depot: Depot) -> None:
    kit = made(depot)
    for code in ("K-0000001", "EX-P-01"):
        shown = page(depot).scanned(Scan(code)).shown
        assert shown is not None
        assert shown.card.subject == kit
    assert page(depot).scanned(Scan("B-0001")).warnings != ()


def test_a_kit_without_its_bolt_is_not_complete_and_comes_first(depot: Depot) -> None:
    bolt = component(depot, ComponentKind.BOLT, "EX-BT-1")
    fit_component(depot.desk, depot.by_officer(), bolt, depot.rifle)
    making(depot, "EX-P-01").make("Other", "RACK1", "1 holster")
    kit = making(depot, "EX-000001", "EX-BT-1").make("Night watch", "RACK1", "1 sling").about
    assert kit is not None
    before = page(depot).open(kit).shown
    assert before is not None
    assert before.complete
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    out = page(depot).open(kit).shown
    assert out is not None
    assert out.complete
    kits.take_back_kit(depot.desk, depot.by_officer(), kit, Checked(frozenset({bolt})))
    view = page(depot).open(kit)
    assert view.shown is not None
    assert [one.card.subject for one in view.shown.absent] == [bolt]
    assert view.lines[0].card.subject == kit
