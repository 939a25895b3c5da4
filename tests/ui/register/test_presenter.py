"""What the register page and today show, decided without a screen."""

from __future__ import annotations

import pytest

from fakes.depot import Depot, depot_in_memory, rifle_called
from muniment.desk.hatch import Wanted, issue_item, quarantine
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.stock import bind_code, identify, register, register_quantity
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.command_cards import Command
from muniment.ports.views import ItemState, Order
from muniment.ui.register.presenter import BEST, NEWEST, Asked, Listing, RegisterPresenter
from muniment.ui.today.presenter import TodayPresenter


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


@pytest.fixture
def page(depot: Depot) -> RegisterPresenter:
    return RegisterPresenter(depot.desk, depot.register.views)


def listed(page: RegisterPresenter, asked: Asked, start: int = 0, count: int = 1000) -> list[str]:
    return [row.item.register_no if row else "" for row in page.rows(page.listing(asked), start, count)]


def many(depot: Depot, count: int, prefix: str = "MANY") -> None:
    for n in range(count):
        assert register(depot.desk, depot.by_officer(), rifle_called(f"{prefix}-{n:04d}"), depot.rack).about


def test_everything_is_listed_by_register_number_with_counts(depot: Depot, page: RegisterPresenter) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    listing = page.listing(Asked())
    assert listed(page, Asked()) == ["W-0000001", "W-0000002"]
    assert (listing.count, listing.fitting, listing.all_weapons) == (2, 2, 2)
    assert (listing.counts[ItemState.IN_STORE], listing.counts[ItemState.ISSUED]) == (1, 1)


def test_a_state_lists_only_what_is_in_it(depot: Depot, page: RegisterPresenter) -> None:
    quarantine(depot.desk, depot.by_officer(reason="worn"), depot.pistol)
    assert listed(page, Asked(ItemState.QUARANTINED)) == ["W-0000002"]
    assert listed(page, Asked(ItemState.OVERDUE)) == []


def test_an_order_turns_round(page: RegisterPresenter) -> None:
    by_serial = Asked(order=Order.SERIAL)
    assert listed(page, by_serial) == ["W-0000001", "W-0000002"]
    assert listed(page, Asked(order=Order.SERIAL, descending=True)) == ["W-0000002", "W-0000001"]


def test_the_best_hits_come_first_then_the_rest_then_look_alikes(depot: Depot, page: RegisterPresenter) -> None:
    many(depot, BEST + 10, "EX-1")
    register(depot.desk, depot.by_officer(), rifle_called("EX-I0"), depot.rack)
    listing = page.listing(Asked(text="EX1"))
    rows = page.rows(listing, 0, 1000)
    assert len(listing.best) == BEST
    assert listing.fitting == BEST + 10
    numbers = [row.item.register_no for row in rows if row]
    assert len(numbers) == len(set(numbers)) == listing.count
    assert not any(row.looks_alike for row in rows[: listing.fitting] if row)


def test_a_look_alike_is_marked_and_comes_last(depot: Depot, page: RegisterPresenter) -> None:
    register(depot.desk, depot.by_officer(), rifle_called("EX-O00001"), depot.rack)
    rows = page.rows(page.listing(Asked(text="EX-O00001")), 0, 10)
    assert [(row.item.serial, row.looks_alike) for row in rows if row] == [("EX-O00001", False), ("EX-000001", True)]


def test_a_search_within_a_state_shows_no_look_alikes(depot: Depot, page: RegisterPresenter) -> None:
    register(depot.desk, depot.by_officer(), rifle_called("EX-O00001"), depot.rack)
    listing = page.listing(Asked(ItemState.IN_STORE, text="EX-O00001"))
    assert (listing.count, listing.alike) == (1, ())


@pytest.mark.parametrize("start", [0, 3, 49, 50, 51, 60, 500])
def test_pages_put_together_are_the_whole_list(depot: Depot, page: RegisterPresenter, start: int) -> None:
    many(depot, BEST + 12)
    listing = page.listing(Asked(text="MANY"))
    whole = page.rows(listing, 0, 1000)
    assert page.rows(listing, start, 7) == whole[start : start + 7]


def test_the_list_below_a_place_holds_what_lies_in_it_and_names_it(depot: Depot, page: RegisterPresenter) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    listing = page.listing(Asked(below=depot.rack))
    assert (listed(page, Asked(below=depot.rack)), listing.below) == (["W-0000002"], "RACK1")
    assert listing.all_weapons == 2
    assert listed(page, Asked(below=depot.soldier)) == ["W-0000001"]


@pytest.mark.parametrize("asked", [Asked(), Asked(text="EX"), Asked(order=Order.SERIAL, descending=True)])
def test_an_item_is_found_in_whatever_is_listed(depot: Depot, page: RegisterPresenter, asked: Asked) -> None:
    many(depot, 5)
    listing = page.listing(asked, depot.pistol)
    row = page.rows(listing, listing.stand, 1)[0]
    assert row is not None
    assert row.item.subject == depot.pistol


def test_an_item_that_is_not_listed_has_no_row(depot: Depot, page: RegisterPresenter) -> None:
    assert page.listing(Asked(ItemState.ISSUED), depot.rifle).stand == -1


def test_an_item_shows_its_newest_facts_first(depot: Depot, page: RegisterPresenter) -> None:
    for _ in range(NEWEST):
        quarantine(depot.desk, depot.by_officer(reason="worn"), depot.rifle)
        break
    view = page.item(depot.rifle)
    assert view is not None
    assert [line.kind.value for line in view.custody] == ["quarantined", "weapon_registered"]
    assert view.custody_total == 2
    assert not view.may_be_issued
    assert page.item(depot.rack) is None


def test_what_may_be_done_with_an_item_follows_from_where_it_is(depot: Depot, page: RegisterPresenter) -> None:
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    out, kept = page.item(depot.rifle), page.item(depot.pistol)
    assert out is not None
    assert kept is not None
    assert (out.may_be_issued, out.may_be_returned) == (False, True)
    assert (kept.may_be_issued, kept.may_be_returned) == (True, False)


def test_a_scan_leads_to_an_item_a_place_a_person_or_says_why_not(depot: Depot, page: RegisterPresenter) -> None:
    bind_code(depot.desk, depot.by_officer(), "TAG-9", depot.pistol)
    found = page.scanned(Scan("TAG-9"))
    assert found.item is not None
    assert found.item.item.subject == depot.pistol
    assert page.scanned(Scan("RACK1")).below == depot.rack
    assert page.scanned(Scan("B-0001")).below == depot.soldier
    unknown, command = page.scanned(Scan("NOBODYS")), page.scanned(Scan(Command.ISSUE.code))
    assert "NOBODYS" in str(unknown.says)
    assert command.says is not None
    assert command.item is None


def test_quantities_are_added_up_and_the_most_to_do_comes_first(depot: Depot, page: RegisterPresenter) -> None:
    def quantity(code: str, count: int) -> Subject:
        line = register_quantity(
            depot.desk, depot.by_officer(), {"taxonomy_code": code, "item_name": "RIFLE"}, count, depot.rack
        ).about
        assert line is not None
        return line

    few, _more, one = quantity("SA-40", 2), quantity("SA-40", 3), quantity("SA-12", 1)
    identify(depot.desk, depot.by_officer(), few, rifle_called("LINE-1"))
    identify(depot.desk, depot.by_officer(), one, rifle_called("LINE-2"))
    rifles, pistols = page.lines()
    assert (rifles.left, rifles.identified, [line.left for line in rifles.lines]) == (4, 1, [1, 3])
    assert (pistols.left, pistols.identified) == (0, 1)
    assert str(pistols.says) == "All 1 are identified."
    assert " ," not in str(rifles.says)
    assert page.listing(Asked()).to_identify == 4


def test_the_same_question_twice_has_the_same_answer(page: RegisterPresenter) -> None:
    first, second = page.listing(Asked(text="EX")), page.listing(Asked(text="EX"))
    assert isinstance(first, Listing)
    assert (first.best, first.alike, list(first.numbers)) == (second.best, second.alike, list(second.numbers))


def test_today_counts_what_there_is_and_what_waits(depot: Depot) -> None:
    today = TodayPresenter(depot.desk, depot.register.views)
    register_quantity(depot.desk, depot.by_officer(), {"item_name": "RIFLE", "taxonomy_code": "SA-20"}, 7, depot.rack)
    issue_item(depot.desk, depot.by_officer(), depot.rifle, Wanted(depot.soldier))
    calm = today.view()
    assert (calm.counts[ItemState.IN_STORE], calm.counts[ItemState.ISSUED], calm.to_identify) == (1, 1, 7)
    assert [share.count for share in calm.types] == [1, 1]
    depot.clock.forward(hours=48)
    late = today.view()
    assert late.counts[ItemState.OVERDUE] == 1
    assert any("W-0000001" in str(thing.says) for thing in late.waits.things)
    assert late.facts == calm.facts > 0
