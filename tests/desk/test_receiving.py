"""Arrivals: begun, checked against the sender's list, closed by two persons, taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fakes.depot import Depot, depot_at, depot_in_memory, rifle_called
from fakes.outside import StoppedClock, outside
from fakes.workshop import refused, stands
from muniment.bootstrap import join_register
from muniment.desk import receiving, shipping
from muniment.desk.arrivals import ArrivalCard, ArrivalLine, arrival_card, arrival_lines, arrivals
from muniment.desk.cases import declare_missing, open_cases
from muniment.desk.desk import Answer
from muniment.desk.hatch import Wanted, issue_item, move_item
from muniment.desk.reading import history
from muniment.desk.receiving import Thing
from muniment.desk.stock import register
from muniment.domain.basics.identity import Kind, Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.announcing import SendersPapers
from muniment.domain.custody.arrivals import Described, Listed
from muniment.domain.custody.receiving import Sighting
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.shipping import Confirmed, Consignment
from muniment.domain.custody.taking_in import Closing

RIFLE = Described("EX-7001", "Example Works", "Model A", "5.56x45mm", "SA-40")
OTHER = Described("EX-7002", "Example Works", "Model A", "5.56x45mm", "SA-40")
SLINGS = Described(name="Sling")


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def begun(depot: Depot, *listed: Listed, seals: tuple[str, ...] = ()) -> Subject:
    papers = SendersPapers("Depot North", "N-7/2026", seals, listed)
    arrival = receiving.begin_arrival(depot.desk, depot.by_officer(), papers).about
    assert arrival is not None
    return arrival


def check(depot: Depot, arrival: Subject, code: str = "", **said: object) -> Answer:
    return receiving.check_in(depot.desk, depot.by_officer(), arrival, Thing(code, **said))  # type: ignore[arg-type]


def close(depot: Depot, arrival: Subject, broken: frozenset[str] | None = None) -> Answer:
    return receiving.close_arrival(depot.desk, depot.by_officer(second=True), arrival, Closing(depot.rack, broken))


def sent_and_confirmed(depot: Depot, item: Subject) -> Subject:
    shipment = sent(depot, item)
    shipping.confirm_arrival(depot.desk, depot.by_officer(), shipment, Confirmed("RCV-1"))
    return shipment


def sent(depot: Depot, item: Subject) -> Subject:
    shipment = shipping.send_items(depot.desk, depot.by_officer(), Consignment("Depot North", "TO-1"), [item]).about
    assert shipment is not None
    return shipment


def shown(depot: Depot, arrival: Subject) -> ArrivalCard:
    standing = stands(depot, arrival)
    with depot.desk.look() as work:
        return arrival_card(work, standing)


def lines(depot: Depot, arrival: Subject) -> tuple[ArrivalLine, ...]:
    standing = stands(depot, arrival)
    with depot.desk.look() as work:
        return arrival_lines(work, standing)


def cases(depot: Depot) -> list[tuple[str, str, str]]:
    with depot.desk.look() as work:
        return [(one.rule, one.concerns, one.missing) for one in open_cases(work)]


def weapons(depot: Depot) -> list[str]:
    with depot.desk.look() as work:
        return [one.text("serial_raw") for one in work.all_of(Kind.WEAPON) if not one.text(WITHDRAWN)]


def test_what_left_this_register_comes_back_under_its_own_number(depot: Depot) -> None:
    sent_and_confirmed(depot, depot.rifle)
    arrival = begun(depot, Listed(Described("EX-000001", model="Model A")))
    check(depot, arrival, "ex 000001")
    assert depot.card(depot.rifle).state == "outside", "nothing is in store before it is closed"
    close(depot, arrival)
    assert (depot.card(depot.rifle).state, depot.card(depot.rifle).place) == ("in_store", "RACK1")
    assert len(weapons(depot)) == 2
    assert cases(depot) == []
    with depot.desk.look() as work:
        last = history(work, depot.rifle)[-1]
    assert str(last.what) == "Received: A-0000001"
    assert depot.breaks() == ()


def test_what_is_in_transit_comes_back_and_is_on_its_way_no_more(depot: Depot) -> None:
    shipment = sent(depot, depot.rifle)
    arrival = begun(depot)
    check(depot, arrival, "W-0000001")
    close(depot, arrival)
    assert "shipment" not in stands(depot, depot.rifle).fields
    gone = stands(depot, shipment)
    with depot.desk.look() as work:
        assert shipping.shipment_card(work, gone, depot.clock.at).in_transit == ()
    assert cases(depot) == [("not_announced", "W-0000001", "")]


def test_what_is_new_is_registered_as_the_list_describes_it(depot: Depot) -> None:
    arrival = begun(depot, Listed(RIFLE))
    check(depot, arrival, "EX-7001")
    assert "EX-7001" not in weapons(depot)
    close(depot, arrival)
    (line,) = lines(depot, arrival)
    assert (line.found, line.register_no, line.missing) == ("new", "W-0000003", 0)
    with depot.desk.look() as work:
        new = work.numbered("W-0000003")
    assert new is not None
    assert new.text("acquired_from") == "Depot North"
    assert new.text("acquisition_document") == "N-7/2026"
    assert depot.card(new.subject).state == "in_store"
    assert depot.breaks() == ()


def test_what_neither_list_nor_register_describes_is_described_by_hand(depot: Depot) -> None:
    arrival = begun(depot, Listed(Described("EX-7001")))
    with pytest.raises(Refusal) as refusal:
        check(depot, arrival, "EX-7001")
    assert refusal.value.rule == "not_described"
    check(depot, arrival, "EX-7001", what=replace(RIFLE, serial=""))
    close(depot, arrival)
    assert cases(depot) == []


def test_the_same_weapon_again_needs_a_second_person(depot: Depot) -> None:
    arrival = begun(depot)
    twin = replace(RIFLE, serial="EX-7001", model="Model B")
    register(depot.desk, depot.by_officer(), rifle_called("EX-7001", "Model B"), depot.rack)
    with pytest.raises(Refusal) as refusal:
        check(depot, arrival, what=twin)
    assert refusal.value.rule == "not_away"
    check(depot, arrival, what=replace(twin, model="Model C"))
    close(depot, arrival)
    assert weapons(depot).count("EX-7001") == 2


def test_what_by_the_book_never_left_is_refused_and_flagged_opens_a_case(depot: Depot) -> None:
    arrival = begun(depot, Listed(Described("EX-000001")))
    for place in ("in store", "with a person"):
        with pytest.raises(Refusal) as refusal:
            check(depot, arrival, "EX-000001")
        assert refusal.value.rule == "not_away", place
        if place == "in store":
            issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    check(depot, arrival, "EX-000001", how=Sighting(flagged=True))
    close(depot, arrival)
    assert cases(depot) == [("arrived_not_away", "W-0000001", "")]
    assert depot.card(depot.rifle).state == "issued", "where it is by the book is decided by those who settle the case"


def test_what_was_announced_and_is_not_there_is_a_case_closed_by_an_inquiry_only(depot: Depot) -> None:
    arrival = begun(depot, Listed(RIFLE), Listed(OTHER), Listed(SLINGS, 12))
    check(depot, arrival, "EX-7001")
    check(depot, arrival, what=SLINGS, quantity=10, how=Sighting(line=3))
    assert (shown(depot, arrival).missing, shown(depot, arrival).extra) == (3, 0)
    close(depot, arrival)
    assert cases(depot) == [
        ("not_arrived", "A-0000001", "EX-7002 Example Works Model A 5.56x45mm"),
        ("not_arrived", "A-0000001", "2 × Sling"),
    ]


def test_what_was_not_announced_is_taken_in_with_a_case(depot: Depot) -> None:
    arrival = begun(depot, Listed(RIFLE), Listed(SLINGS, 5))
    check(depot, arrival, "EX-7001")
    check(depot, arrival, what=OTHER)
    check(depot, arrival, what=SLINGS, quantity=7, how=Sighting(line=2))
    check(depot, arrival, what=Described(name="Bayonet"), quantity=3)
    assert (shown(depot, arrival).missing, shown(depot, arrival).extra) == (0, 6)
    close(depot, arrival)
    assert cases(depot) == [
        ("not_announced", "W-0000004", ""),
        ("not_announced", "L-0000001", ""),
        ("not_announced", "L-0000002", ""),
    ]
    with depot.desk.look() as work:
        assert [one.number("quantity") for one in work.all_of(Kind.LINE)] == [7, 3]
    assert depot.breaks() == ()


def test_a_thing_that_the_list_describes_otherwise_is_put_to_its_line_with_a_case(depot: Depot) -> None:
    arrival = begun(depot, Listed(replace(RIFLE, serial="EX-7O01")))
    check(depot, arrival, what=RIFLE, how=Sighting(line=1))
    close(depot, arrival)
    assert cases(depot) == [("arrived_otherwise", "W-0000003", "")]


def test_the_list_says_which_of_two_weapons_with_one_serial_is_meant(depot: Depot) -> None:
    arrival = begun(depot, Listed(replace(RIFLE, serial="EX-000001", model="Model Z")))
    check(depot, arrival, "EX-000001")
    close(depot, arrival)
    (line,) = lines(depot, arrival)
    assert (line.found, line.what.model) == ("new", "Model Z")


def test_nothing_is_checked_in_twice(depot: Depot) -> None:
    sent_and_confirmed(depot, depot.rifle)
    arrival = begun(depot, Listed(RIFLE), Listed(SLINGS, 2))
    for one in (Thing("EX-7001"), Thing("EX-000001"), Thing(quantity=2, how=Sighting(line=2))):
        receiving.check_in(depot.desk, depot.by_officer(), arrival, one)
        assert refused(depot, receiving.check_in, arrival, one) == "seen_before"
    assert shown(depot, arrival).there == 4


def test_what_was_checked_in_by_error_is_struck_off_and_its_number_not_used_again(depot: Depot) -> None:
    arrival = begun(depot, Listed(RIFLE))
    check(depot, arrival, "EX-7001")
    receiving.strike_off(depot.desk, depot.by_officer(), arrival, 1)
    assert refused(depot, receiving.strike_off, arrival, 1) == "never_seen"
    check(depot, arrival, "EX-7001")
    assert [line.seen for line in lines(depot, arrival)] == [2]


def test_closing_takes_two_persons_and_a_word_on_the_seals(depot: Depot) -> None:
    arrival = begun(depot, Listed(RIFLE), seals=("S-1", "S-2"))
    assert refused(depot, receiving.close_arrival, arrival, Closing(depot.rack, frozenset())) == "second_person_missing"
    for broken, rule in ((None, "seals_not_said"), (frozenset({"S-9"}), "seal_unknown")):
        with pytest.raises(Refusal) as refusal:
            close(depot, arrival, broken)
        assert refusal.value.rule == rule
    close(depot, arrival, frozenset({"S-2"}))
    assert shown(depot, arrival).broken == ("S-2",)
    assert cases(depot)[-1] == ("seal_broken", "A-0000001", "")
    assert refused(depot, receiving.check_in, arrival, Thing("EX-7001")) == "arrival_settled"


def test_an_arrival_is_taken_back_as_a_whole_while_nothing_of_it_has_moved(depot: Depot) -> None:
    sent_and_confirmed(depot, depot.rifle)
    arrival = begun(depot, Listed(RIFLE), Listed(OTHER))
    check(depot, arrival, "EX-7001")
    check(depot, arrival, "EX-000001")
    close(depot, arrival)
    said = depot.by_officer(second=True, reason="the wrong lorry")
    receiving.take_back_arrival(depot.desk, said, arrival)
    assert depot.card(depot.rifle).state == "outside"
    assert "EX-7001" not in weapons(depot)
    assert cases(depot) == []
    assert shown(depot, arrival).state == "reversed"
    assert refused(depot, receiving.take_back_arrival, arrival) == "arrival_settled"
    assert depot.breaks() == ()


def test_an_arrival_of_which_something_has_moved_is_not_taken_back(depot: Depot) -> None:
    sent_and_confirmed(depot, depot.rifle)
    arrival = begun(depot)
    check(depot, arrival, "EX-000001")
    close(depot, arrival)
    with depot.desk.look() as work:
        root = work.place_of_kind("quarantine")
    assert root is not None
    move_item(depot.desk, depot.by_officer(second=True, reason="aside"), depot.rifle, root.subject)
    with pytest.raises(Refusal) as refusal:
        receiving.take_back_arrival(depot.desk, depot.by_officer(second=True, reason="the wrong lorry"), arrival)
    assert refusal.value.rule == "changed_since"


def test_an_open_arrival_of_which_something_was_seen_is_dropped_by_two(depot: Depot) -> None:
    empty, begun_with = begun(depot, Listed(RIFLE)), begun(depot, Listed(RIFLE))
    receiving.take_back_arrival(depot.desk, depot.by_officer(reason="entered twice"), empty)
    check(depot, begun_with, "EX-7001")
    with pytest.raises(Refusal) as refusal:
        receiving.take_back_arrival(depot.desk, depot.by_officer(reason="entered twice"), begun_with)
    assert refusal.value.rule == "second_person_missing"


def test_one_announced_is_begun_by_the_first_thing_seen(depot: Depot) -> None:
    papers = SendersPapers("Depot North", "N-7", listed=(Listed(RIFLE),), due_at=depot.clock.at)
    arrival = receiving.begin_arrival(depot.desk, depot.by_officer(), papers).about
    assert arrival is not None
    assert shown(depot, arrival).state == "announced"
    check(depot, arrival, "EX-7001")
    assert shown(depot, arrival).state == "begun"
    with depot.desk.look() as work:
        assert [one.subject for one in arrivals(work)] == [arrival]
        assert arrivals(work, settled=True) == []


@pytest.mark.parametrize(
    ("papers", "rule"),
    [
        (SendersPapers("", "N-7"), "arrival_without_papers"),
        (SendersPapers("Depot North", ""), "arrival_without_papers"),
        (SendersPapers("Depot North", "N-7", ("S-1", "S-1")), "seal_empty"),
        (SendersPapers("Depot North", "N-7", ("S-1",), broken=frozenset({"S-2"})), "seal_unknown"),
        (SendersPapers("Depot North", "N-7", listed=(Listed(Described()),)), "line_empty_of_words"),
        (SendersPapers("Depot North", "N-7", listed=(Listed(RIFLE, 2),)), "serial_and_quantity"),
        (SendersPapers("Depot North", "N-7", listed=(Listed(RIFLE), Listed(RIFLE))), "listed_twice"),
        (SendersPapers("Depot North", "N-7", listed=(Listed(SLINGS),) * 301), "list_too_long"),
    ],
)
def test_an_arrival_has_its_papers_in_order(depot: Depot, papers: SendersPapers, rule: str) -> None:
    assert refused(depot, receiving.begin_arrival, papers) == rule


def test_the_longest_list_that_is_allowed_fits_the_ledger(depot: Depot) -> None:
    wide = "\N{ARABIC LETTER SEEN}" * 80
    listed = tuple(Listed(Described(f"EX-{nth:04d}", wide, wide, wide, "SA-40", wide)) for nth in range(300))
    arrival = begun(depot, *listed)
    assert shown(depot, arrival).missing == 300
    assert depot.breaks() == ()


def test_the_same_act_told_twice_is_done_once(depot: Depot) -> None:
    arrival = begun(depot, Listed(RIFLE))
    for _ in range(2):
        receiving.check_in(depot.desk, depot.by_officer(act="once"), arrival, Thing("EX-7001"))
    assert shown(depot, arrival).there == 1


def test_what_nobody_knew_the_place_of_comes_in_and_its_case_stays_open(depot: Depot) -> None:
    declare_missing(depot.desk, depot.by_officer(second=True, reason="not in its rack"), depot.rifle)
    arrival = begun(depot, Listed(Described("EX-000001")))
    told = check(depot, arrival, "EX-000001")
    assert [str(one) for one in told.warnings] == ["1 cases about W-0000001 are open. Close them."]
    close(depot, arrival)
    assert depot.card(depot.rifle).state == "in_store"
    assert cases(depot) == [("unaccounted", "W-0000001", "W-0000001")]


def test_what_was_acknowledged_is_there_after_a_power_cut(tmp_path: Path) -> None:
    clock = StoppedClock()
    depot = depot_at(str(tmp_path / "r.muniment"), clock, outside(clock))
    arrival = begun(depot, Listed(RIFLE), Listed(OTHER))
    check(depot, arrival, "EX-7001")
    again = replace(depot, register=join_register(str(tmp_path / "r.muniment"), outside(clock)))
    assert [line.there for line in lines(again, arrival)] == [1, 0]
    check(again, arrival, "EX-7002")
    close(again, arrival)
    assert again.breaks() == ()


def test_two_arrivals_do_not_bring_one_weapon_in_twice(depot: Depot) -> None:
    first, second = begun(depot, Listed(RIFLE)), begun(depot, Listed(RIFLE))
    check(depot, first, "EX-7001")
    check(depot, second, "EX-7001")
    close(depot, first)
    with pytest.raises(Refusal) as refusal:
        close(depot, second)
    assert refusal.value.rule == "duplicate_weapon"
    receiving.strike_off(depot.desk, depot.by_officer(), second, 1)
    assert refused(depot, receiving.check_in, second, Thing("EX-7001")) == "not_away"
