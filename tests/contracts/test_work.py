"""The contract of `muniment.ports.work`, on every engine a register may live in."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from fakes.depot import Depot, rifle_called
from fakes.outside import outside
from muniment.bootstrap import join_register
from muniment.desk.cases import close, open_a_case
from muniment.desk.correcting import take_back_act
from muniment.desk.hatch import Wanted, issue_item, return_item
from muniment.desk.models import add_model
from muniment.desk.places import NewPlace, register_place
from muniment.desk.stock import bind_code, register
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.facts import CONTENT, Deed, Fact
from muniment.domain.custody.record import leaf_hash
from muniment.domain.custody.standing import DoesNotFollow
from muniment.domain.places.place import PlaceKind
from muniment.domain.stock.model import Model, ModelName, model_written
from muniment.domain.stock.serial import look_alike_key
from muniment.ports.work import Borne


def moved(depot: Depot, expects: int, nth: int = 1) -> Fact:
    return Fact(
        v=CONTENT,
        kind=Deed.QUARANTINED,
        subject=depot.rifle,
        actor=depot.officer,
        made_at="2026-11-24T08:00:00Z",
        id=f"act.{nth}",
        act="act",
        after={"quarantine": "worn"},
        expects=expects,
    )


def test_what_was_appended_stands_and_is_told(depot: Depot) -> None:
    with depot.desk.work() as work:
        told = work.append([moved(depot, 1)], depot.desk.circumstances())
        assert work.head().size == told[0].seq
    with depot.desk.look() as work:
        standing = work.standing(depot.rifle)
        assert standing is not None
        assert standing.text("quarantine") == "worn"
        assert work.told("act") == told
        assert work.fact(told[0].seq) == moved(depot, 1)
        assert [t.kind for t, _ in work.facts_of(depot.rifle)] == [Deed.WEAPON_REGISTERED, Deed.QUARANTINED]


def test_a_place_is_found_by_its_code_in_any_case_until_it_is_withdrawn(depot: Depot) -> None:
    with depot.desk.look() as work:
        room = work.place_coded("ROOM1")
    assert room is not None
    annex = NewPlace(" Räck-Ä ", "Annex", PlaceKind.RACK, room.subject)
    register_place(depot.desk, depot.by_officer(act="annex"), annex)
    with depot.desk.look() as work:
        found = work.place_coded("räck-ä ")
        assert found is not None
        assert found.text("name") == "Annex"
        assert work.place_coded("Räck") is None
    take_back_act(depot.desk, depot.by_officer(reason="entered twice"), "annex")
    with depot.desk.look() as work:
        assert work.place_coded("räck-ä") is None


def test_the_first_place_of_a_kind_is_the_oldest_that_stands(depot: Depot) -> None:
    with depot.desk.look() as work:
        depot_place, rack = work.place_of_kind("depot"), work.place_of_kind("rack")
        assert work.place_of_kind("cabinet") is None
    assert rack is not None
    assert rack.subject == depot.rack
    assert depot_place is not None
    second = NewPlace("RACK2", "Rack 2", PlaceKind.RACK, Subject(rack.text("parent")))
    register_place(depot.desk, depot.by_officer(), second)
    with depot.desk.look() as work:
        again = work.place_of_kind("rack")
    assert again is not None
    assert again.subject == depot.rack


def test_a_block_that_raises_leaves_no_trace(depot: Depot) -> None:
    with depot.desk.look() as work:
        head = work.head()

    def appended_and_regretted() -> None:
        with depot.desk.work() as work:
            work.append([moved(depot, 1)], depot.desk.circumstances())
            raise RuntimeError("second thoughts")

    with pytest.raises(RuntimeError, match="second thoughts"):
        appended_and_regretted()
    with depot.desk.look() as work:
        assert work.head() == head
        standing = work.standing(depot.rifle)
        assert standing is not None
        assert standing.version == 1
    assert depot.breaks() == ()


def test_a_fact_that_expects_another_version_is_refused(depot: Depot) -> None:
    with pytest.raises(DoesNotFollow), depot.desk.work() as work:
        work.append([moved(depot, 7)], depot.desk.circumstances())


def test_the_same_fact_is_never_kept_twice(depot: Depot) -> None:
    with depot.desk.work() as work:
        work.append([moved(depot, 1)], depot.desk.circumstances())
    with pytest.raises((sa.exc.IntegrityError, DoesNotFollow)), depot.desk.work() as work:
        work.append([moved(depot, 1)], depot.desk.circumstances())


def test_numbers_run_on(depot: Depot) -> None:
    with depot.desk.look() as work:
        assert work.next_number(Kind.WEAPON) == 3
        found = work.numbered("W-0000002")
        assert found is not None
        assert found.subject == depot.pistol
        assert work.numbered("W-0000099") is None
        assert work.numbered("nonsense") is None


def test_items_are_found_where_they_are(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    with depot.desk.look() as work:
        assert [item.subject for item in work.at(depot.soldier)] == [depot.rifle]
        assert [item.subject for item in work.at(depot.rack)] == [depot.pistol]
        assert work.issued_since("2026-11-24T00:00:00Z") == 1
        assert work.issued_since("2026-11-25T00:00:00Z") == 0


def test_codes_and_serials_lead_to_their_item(depot: Depot) -> None:
    bind_code(depot.desk, depot.by_officer(), "TAG-1", depot.rifle)
    register(depot.desk, depot.by_officer(), rifle_called("EX-O00001"), depot.rack)
    with depot.desk.look() as work:
        assert work.bound_to("TAG-1") == depot.rifle
        assert work.bound_to("TAG-2") is None
        assert work.codes_of(depot.rifle) == ["TAG-1"]
        assert work.codes_of(depot.pistol) == []
        assert [item.subject for item in work.same_serial("EX000001")] == [depot.rifle]
        assert len(work.looking_alike_any([look_alike_key("EX-000001")])) == 2
        assert work.search("0001", 10)[0].subject == depot.rifle
        assert work.search("TAG-1", 10)[0].subject == depot.rifle
        assert work.search("100%_", 10) == []


def test_a_person_is_found_by_number_badge_and_sign_in_whatever_the_case(depot: Depot) -> None:
    with depot.desk.look() as work:
        assert work.person_by("0001") == depot.soldier
        assert work.person_by("b-0001") == depot.soldier
        assert work.person_by("OFFICER") == depot.officer
        assert work.person_by("") is None
        record = work.person(depot.soldier)
        assert record is not None
        assert record.name == "Example Soldier"


def test_a_second_desk_sees_what_the_first_did(depot: Depot, where: str) -> None:
    if where == ":memory:":
        pytest.skip("memory has one desk only")
    other = join_register(where, outside(depot.clock))
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    with pytest.raises(Refusal) as refusal:
        issue_item(other.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    assert refusal.value.rule == "already_held"
    other.close()


def test_files_are_kept_once_under_their_hash(depot: Depot) -> None:
    with depot.desk.work() as work:
        work.keep_file("aa", "image/png", b"\x89PNG")
        work.keep_file("aa", "image/png", b"\x89PNG")
    with depot.desk.look() as work:
        assert work.file("aa") == ("image/png", b"\x89PNG")
        assert work.file("bb") is None


def test_an_untouched_register_has_no_breaks(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    assert depot.breaks() == ()


def test_everything_of_a_kind_comes_in_the_order_it_was_made(depot: Depot) -> None:
    with depot.desk.look() as work:
        assert [weapon.subject for weapon in work.every(Kind.WEAPON)] == [depot.rifle, depot.pistol]
        assert list(work.every(Kind.COMPONENT)) == []


def test_records_come_as_they_are_kept_and_oldest_first(depot: Depot) -> None:
    with depot.desk.look() as work:
        records = list(work.records())
        assert [record.seq for record in records] == list(range(1, work.head().size + 1))
        assert records[-1].leaf == work.head().leaf.hex()
        assert all(leaf_hash(record.body).hex() == record.leaf for record in records)


def test_what_is_held_is_counted_by_place_and_person(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    with depot.desk.look() as work:
        assert dict(work.holding()) == {depot.soldier: 1, depot.rack: 1}
        assert dict(work.holding(Kind.PERSON)) == {depot.soldier: 1}
        assert dict(work.holding(Kind.PLACE)) == {depot.rack: 1}


def test_every_case_about_a_thing_is_told_also_one_that_is_closed(depot: Depot) -> None:
    said = depot.by_officer(reason="wet", second=True)
    closed, still_open = (open_a_case(depot.desk, said, depot.rifle).about for _ in range(2))
    open_a_case(depot.desk, said, depot.pistol)
    assert closed is not None
    close(depot.desk, said, closed)
    with depot.desk.look() as work:
        assert [one.subject for one in work.cases_about(depot.rifle)] == [closed, still_open]
        assert [one.subject for one in work.open_cases(depot.rifle)] == [still_open]


def test_what_persons_parted_from_is_told_newest_first_from_the_time_it_was_written(depot: Depot) -> None:
    for item in (depot.rifle, depot.pistol):
        issue_item(depot.desk, depot.by_officer(), item, Wanted(depot.soldier))
        return_item(depot.desk, depot.by_officer(), item)
    with depot.desk.look() as work:
        found = [(fact.subject, fact.kind, fact.from_) for _told, fact in work.parted_since("2026-11-24T00:00:00Z")]
        newest, _ = next(iter(work.parted_since("2026-11-24T00:00:00Z")))
        assert newest.leaf == work.head().leaf.hex()
    assert found == [(item, Deed.RETURNED, depot.soldier) for item in (depot.pistol, depot.rifle)]


def test_records_from_long_before_are_not_read_for_what_persons_parted_from(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    return_item(depot.desk, depot.by_officer(), depot.rifle)
    depot.clock.forward(days=1)
    facts = [moved(depot, 3)]
    with depot.desk.work() as work:
        for nth in range(300):  # more than one reading of the ledger takes in at once
            facts = [replace(facts[0], expects=3 + nth, id=f"later.{nth + 1}", act="later", before={}, after={})]
            work.append(facts, depot.desk.circumstances())
    with depot.desk.look() as work:
        assert list(work.parted_since("2026-11-26T00:00:00Z")) == []
        assert len(list(work.parted_since("2026-11-24T00:00:00Z"))) == 1


def test_what_went_out_is_counted_between_two_moments(depot: Depot) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    depot.clock.forward(minutes=5)
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(depot.soldier))
    first, second = "2026-11-24T08:00:00Z", "2026-11-24T08:05:00Z"
    with depot.desk.look() as work:
        counted = [work.issued_since(since, until) for since in (first, second) for until in ("", first, second)]
    assert counted == [2, 1, 2, 1, 0, 1]


def test_an_entry_of_the_catalogue_is_found_by_its_number_and_the_next_one_is_new(depot: Depot) -> None:
    model = model_written(ModelName("Example Works", "Model A"), "SA-40", ["5.56x45mm"])
    about = add_model(depot.desk, depot.by_officer(), model).about
    with depot.desk.look() as work:
        found = work.numbered("M-0000001")
        assert found is not None
        assert found.subject == about
        assert Model.from_fields(found.fields) == model
        assert work.numbered("M-0000002") is None
        assert work.next_number(Kind.MODEL) == 2
    assert depot.breaks() == ()


def test_what_weapons_bear_is_counted_as_it_is_written(depot: Depot) -> None:
    register(depot.desk, depot.by_officer(), rifle_called("EX-2"), depot.rack)
    register(depot.desk, depot.by_officer(), rifle_called("EX-3", "model a"), depot.rack)
    register(depot.desk, depot.by_officer(act="wrong"), rifle_called("EX-4", "Model Q"), depot.rack)
    take_back_act(depot.desk, depot.by_officer(reason="wrong", second=True), "wrong")
    with depot.desk.look() as work:
        assert work.models_borne() == [
            Borne("Example Works", "Model A", "SA-40", "5.56x45", 2, depot.rifle),
            Borne("Example Works", "Model P", "SA-12", "9x19", 1, depot.pistol),
            Borne("Example Works", "model a", "SA-40", "5.56x45", 1, work.same_serial("EX3")[0].subject),
        ]


@pytest.mark.parametrize("text", ["\0", "W-1\0", "\ud800", "\x1d\x1e"])
def test_what_can_stand_in_no_column_leads_to_nothing(depot: Depot, text: str) -> None:
    with depot.desk.look() as work:
        assert work.bound_to(text) is None
        assert work.place_coded(text) is None
        assert work.person_by(text) is None
        assert work.search(text, 10) == []
