"""What the page of a record shows, without a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.depot import Depot, rifle_called
from fakes.workshop import NATO, component
from muniment.desk import kits
from muniment.desk.attachments import attach_file
from muniment.desk.cases import declare_missing, open_a_case
from muniment.desk.components import fit_component, remove_component
from muniment.desk.hatch import Wanted, issue_item, quarantine
from muniment.desk.own_fields import change_field, define_field, set_value
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.stock import bind_code, identify, register, register_quantity
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.custody.attachments import Attachment, FileKind
from muniment.domain.custody.command_cards import Command
from muniment.domain.custody.kits import Accessory
from muniment.domain.custody.own_fields import FieldKind, OwnField
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.marking import MarkingMethod, MarkKind, MarkPlace, Side
from muniment.domain.stock.marks import Mark
from muniment.ui.record.presenter import RecordPresenter
from muniment.ui.record.view import Act, RecordView


@pytest.fixture
def presenter(depot: Depot) -> RecordPresenter:
    return RecordPresenter(depot.desk)


def opened(presenter: RecordPresenter, subject: Subject) -> RecordView:
    view = presenter.open(subject)
    assert view is not None
    return view


def fields(view: RecordView) -> dict[str, str]:
    return {str(line.title): str(line.value) for group in view.groups for line in group.lines}


def test_fields_are_in_words_with_every_mark_in_a_line(depot: Depot, presenter: RecordPresenter) -> None:
    marks = (
        Mark(kind=MarkKind.IMPORT, country="FR", year=1987, place=MarkPlace.RECEIVER, method=MarkingMethod.ROLL),
        Mark(kind=MarkKind.PROOF, text="crown", place=MarkPlace.BARREL, side=Side.LEFT),
    )
    marked = replace(rifle_called("EX-000009"), this_year=2026, marks=marks, country="DE")
    weapon = register(depot.desk, depot.by_officer(), marked, depot.rack).about
    assert weapon is not None
    bind_code(depot.desk, depot.by_officer(), "TAG-9", weapon)
    shown = fields(opened(presenter, weapon))
    assert shown["Serial as struck"] == "EX-000009"
    assert shown["Mark 1"] == "import mark FR 1987, receiver, rolled"
    assert shown["Mark 2"] == "proof mark crown, barrel, left side"
    assert shown["Country of manufacture"].endswith("(DE)")
    assert shown["Code bound to it"] == "TAG-9"
    assert shown["Where"] == "RACK1"
    assert shown["Registered by"] == "Sgt Example Officer"


def test_one_of_a_quantity_says_which_it_was_one_of(depot: Depot, presenter: RecordPresenter) -> None:
    line = register_quantity(depot.desk, depot.by_officer(), {"taxonomy_code": "SA-40"}, 3, depot.rack).about
    assert line is not None
    weapon = identify(depot.desk, depot.by_officer(), line, rifle_called("EX-000010")).about
    assert weapon is not None
    assert fields(opened(presenter, weapon))["One of the quantity"] == "L-0000001"
    assert fields(opened(presenter, line))["Quantity"] == "2"


def test_the_control_component_stands_first_and_what_is_lacking_last(depot: Depot, presenter: RecordPresenter) -> None:
    receiver = component(depot, ComponentKind.RECEIVER, "EX-000001", control=True)
    barrel = component(depot, ComponentKind.BARREL, "B-1", calibre=NATO)
    bolt = component(depot, ComponentKind.BOLT, "BO-1")
    for one in (barrel, bolt, receiver):
        fit_component(depot.desk, depot.by_officer(), one, depot.rifle)
    remove_component(depot.desk, depot.by_officer(), bolt, depot.rack)
    view = opened(presenter, depot.rifle)
    assert [(str(part.kind), part.control, part.lacking) for part in view.parts] == [
        ("receiver", True, False),
        ("barrel", False, False),
        ("bolt", False, True),
    ]
    assert fields(view)["Control component"] == "receiver EX-000001"
    assert view.fittings[-1].component == barrel
    assert [one.component_no for one in view.fittings if one.removed_at] == ["C-0000003"]


def test_a_component_names_the_weapon_it_is_on(depot: Depot, presenter: RecordPresenter) -> None:
    barrel = component(depot, ComponentKind.BARREL, "B-1", calibre=NATO)
    fit_component(depot.desk, depot.by_officer(), barrel, depot.rifle)
    view = opened(presenter, barrel)
    assert view.host is not None
    assert view.host.subject == depot.rifle


def test_a_kit_shows_its_members_with_what_is_on_them_and_its_counted_things(
    depot: Depot, presenter: RecordPresenter
) -> None:
    barrel = component(depot, ComponentKind.BARREL, "B-1", calibre=NATO)
    fit_component(depot.desk, depot.by_officer(), barrel, depot.rifle)
    content = kits.KitContent((depot.rifle, barrel), (Accessory("magazine", 4),))
    kit = kits.register(depot.desk, depot.by_officer(), "Guard kit", content, depot.rack).about
    assert kit is not None
    view = opened(presenter, kit)
    assert [(part.depth, part.subject) for part in view.parts] == [(0, depot.rifle), (1, barrel), (0, None)]
    member = opened(presenter, depot.rifle)
    assert member.kit is not None
    assert member.kit.name == "Guard kit"


def test_a_place_has_a_record_too(depot: Depot, presenter: RecordPresenter) -> None:
    view = opened(presenter, depot.rack)
    assert fields(view)["Kind of place"] == "rack"
    assert fields(view)["Lies in"] == "ROOM1"
    assert view.acts == (Act.BIND,)


def test_a_person_has_no_record_here(depot: Depot, presenter: RecordPresenter) -> None:
    assert presenter.open(depot.soldier) is None


def test_the_newest_photograph_is_the_one_shown(depot: Depot, presenter: RecordPresenter, photograph: bytes) -> None:
    for kind, content in (
        (FileKind.PHOTOGRAPH, photograph),
        (FileKind.PHOTOGRAPH, photograph + b"newer"),
        (FileKind.MARK, photograph + b"mark"),
    ):
        attach_file(depot.desk, depot.by_officer(), depot.rifle, Attachment(kind), content)
    view = opened(presenter, depot.rifle)
    assert view.photograph == view.files[1].sha256
    assert presenter.photograph(depot.rifle, view.photograph) == photograph + b"newer"


def test_own_fields_are_offered_by_kind_and_a_retired_one_only_where_it_is_filled(
    depot: Depot, presenter: RecordPresenter
) -> None:
    by = replace(depot.by_officer(), officer=depot.administrator_signed_in())
    define_field(depot.desk, by, OwnField("sling", "Sling", Kind.WEAPON, FieldKind.TEXT))
    define_field(depot.desk, by, OwnField("shots", "Rounds", Kind.WEAPON, FieldKind.NUMBER))
    set_value(depot.desk, depot.by_officer(), depot.rifle, "shots", "12")
    change_field(depot.desk, by, Kind.WEAPON, "shots", in_use=False)
    assert [(line.field.key, line.value) for line in opened(presenter, depot.rifle).own] == [
        ("sling", ""),
        ("shots", "12"),
    ]
    assert [line.field.key for line in opened(presenter, depot.pistol).own] == ["sling"]


def test_what_can_be_done_follows_from_where_it_stands(depot: Depot, presenter: RecordPresenter) -> None:
    view = opened(presenter, depot.rifle)
    assert view.may(Act.ISSUE)
    assert view.may(Act.APART)
    assert not view.may(Act.RELEASE)
    assert not view.may(Act.RETURN)
    assert not view.may(Act.NUMBER)
    quarantine(depot.desk, depot.by_officer(reason="crack"), depot.rifle)
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(depot.soldier))
    assert opened(presenter, depot.rifle).may(Act.RELEASE)
    assert opened(presenter, depot.pistol).may(Act.FAULT)
    assert not opened(presenter, depot.pistol).may(Act.ISSUE)
    declare_missing(depot.desk, depot.by_officer(reason="gone", second=True), depot.pistol)
    lost = opened(presenter, depot.pistol)
    assert not lost.may(Act.MISSING)
    assert lost.may(Act.FOUND)


def test_open_cases_stand_on_the_record(depot: Depot, presenter: RecordPresenter) -> None:
    open_a_case(depot.desk, depot.by_officer(reason="sling missing"), depot.rifle)
    assert [case.register_no for case in opened(presenter, depot.rifle).cases] == ["CASE-0000001"]


def test_a_scan_opens_a_record_or_says_what_it_is(depot: Depot, presenter: RecordPresenter) -> None:
    bind_code(depot.desk, depot.by_officer(), "TAG-1", depot.rifle)
    found = presenter.scanned(Scan("TAG-1"))
    assert found.record is not None
    assert found.record.subject == depot.rifle
    assert presenter.scanned(Scan("RACK1")).below == depot.rack
    assert presenter.scanned(Scan("B-0001")).below == depot.soldier
    assert "no-such" in str(presenter.scanned(Scan("no-such")).says)
    assert "desk" in str(presenter.scanned(Scan(Command.DONE.code)).says)


def test_facts_are_not_read_from_another_moment(depot: Depot, presenter: RecordPresenter) -> None:
    facts = opened(presenter, depot.rifle).facts
    quarantine(depot.desk, depot.by_officer(reason="crack"), depot.rifle)
    again = opened(presenter, depot.rifle).facts
    assert again == facts + 1
    assert presenter.lines(facts, 0, 10) == ()
    assert presenter.fact(facts, 0) is None
    assert len(presenter.lines(again, 0, 10)) == again
