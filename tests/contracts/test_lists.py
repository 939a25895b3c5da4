"""The contract of `muniment.ports.work` for lists: what is out, set apart, unsettled, on a weapon, in a kit."""

from __future__ import annotations

from datetime import timedelta

from fakes.depot import Depot
from fakes.workshop import component, stands
from muniment.desk import kits
from muniment.desk.attachments import attach_file, read_file
from muniment.desk.cases import close, open_a_case
from muniment.desk.components import fit_component
from muniment.desk.hatch import Wanted, issue_item, quarantine
from muniment.desk.kits import KitContent
from muniment.desk.shipping import send_items
from muniment.domain.custody.attachments import Attachment, FileKind
from muniment.domain.custody.kits import Accessory
from muniment.domain.custody.shipping import Consignment
from muniment.domain.stock.component_kinds import ComponentKind


def test_what_is_out_stands_by_when_it_is_due(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier, for_good=True))
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(depot.soldier))
    with depot.desk.look() as work:
        assert [item.subject for item in work.out()] == [depot.pistol, depot.rifle]
        assert [item.subject for item in work.out(held_as="assignment")] == [depot.rifle]
        assert [item.subject for item in work.out(held_as="shift")] == [depot.pistol]
        assert work.out(due_before="2026-11-24T20:00:00Z") == []
        assert [item.subject for item in work.out(due_before="2026-11-24T20:00:01Z")] == [depot.pistol]


def test_an_optic_that_is_out_by_itself_is_listed_too(depot: Depot) -> None:
    optic = component(depot, ComponentKind.OTHER, "EX-O-1", name="Optic 4x")
    passed = depot.by_officer(second=True, reason="range day", overrides={"certificate_missing"})
    issue_item(depot.desk, passed, optic, Wanted(depot.soldier, until=depot.clock.at + timedelta(hours=1)))
    with depot.desk.look() as work:
        assert [item.subject for item in work.out()] == [optic]


def test_what_is_set_apart_is_listed(depot: Depot) -> None:
    barrel = component(depot, ComponentKind.BARREL, "EX-B-1")
    for item in (barrel, depot.pistol):
        quarantine(depot.desk, depot.by_officer(reason="worn"), item)
    with depot.desk.look() as work:
        assert [item.subject for item in work.quarantined()] == [depot.pistol, barrel]


def test_what_is_on_a_weapon_is_listed(depot: Depot) -> None:
    barrel, bolt = (component(depot, kind, f"EX-{kind.value}") for kind in (ComponentKind.BARREL, ComponentKind.BOLT))
    for part in (bolt, barrel):
        fit_component(depot.desk, depot.by_officer(), part, depot.rifle)
    with depot.desk.look() as work:
        assert [part.subject for part in work.fitted_to(depot.rifle)] == [barrel, bolt]
        assert work.fitted_to(depot.pistol) == []
        found = work.numbered("C-0000002")
        assert found is not None
        assert found.subject == bolt


def test_open_cases_are_listed_until_they_are_closed(depot: Depot) -> None:
    made = [open_a_case(depot.desk, depot.by_officer(reason="torn"), item) for item in (depot.rifle, depot.pistol)]
    first, second = (answer.about for answer in made)
    assert first is not None
    with depot.desk.look() as work:
        assert [case.subject for case in work.unsettled()] == [first, second]
        found = work.numbered("CASE-0000002")
        assert found is not None
        assert found.subject == second
    close(depot.desk, depot.by_officer(second=True, reason="mended"), first)
    with depot.desk.look() as work:
        assert [case.subject for case in work.unsettled()] == [second]
    assert depot.breaks() == ()


def test_kits_are_found_where_they_are(depot: Depot) -> None:
    content = KitContent((depot.rifle,), (Accessory("magazine", 4),))
    kit = kits.register(depot.desk, depot.by_officer(), "Night watch", content, depot.rack).about
    assert kit is not None
    with depot.desk.look() as work:
        assert [one.subject for one in work.kits_at(depot.rack)] == [kit]
        assert work.numbered("K-0000001") == work.standing(kit)
    kits.issue(depot.desk, depot.by_officer(), kit, Wanted(depot.soldier))
    with depot.desk.look() as work:
        assert work.kits_at(depot.rack) == []
        assert [one.subject for one in work.kits_at(depot.soldier)] == [kit]
    assert depot.breaks() == ()


def test_shipments_and_files_stand_on_every_engine(depot: Depot) -> None:
    shipment = send_items(depot.desk, depot.by_officer(), Consignment("Depot South", "TO-1"), [depot.rifle]).about
    assert shipment is not None
    assert stands(depot, shipment).text("register_no") == "T-0000001"
    content = b"%PDF-1.7\n" + bytes(range(256))
    attach_file(depot.desk, depot.by_officer(), shipment, Attachment(FileKind.RECEIPT), content)
    with depot.desk.look() as work:
        assert read_file(work, shipment, "1")[1] == content
    assert depot.breaks() == ()
