"""Where records come from, told from their facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.depot import Depot, depot_in_memory
from fakes.lists import WEAPONS, reading
from muniment.desk import receiving
from muniment.desk.importing import import_list
from muniment.desk.provenance import ListRow, Provenance, in_words, provenance, row_words
from muniment.desk.receiving import Thing
from muniment.domain.basics.identity import Subject
from muniment.domain.custody.announcing import SendersPapers
from muniment.domain.custody.arrivals import Described, Listed
from muniment.domain.custody.taking_in import Closing
from muniment.exchange.importing import plan_list


@pytest.fixture
def depot() -> Depot:
    return depot_in_memory()


def origin(depot: Depot, subject: Subject) -> Provenance:
    with depot.desk.look() as work:
        found = provenance(work, subject)
    assert found is not None
    return found


def numbered(depot: Depot, number: str) -> Subject:
    with depot.desk.look() as work:
        found = work.numbered(number)
    assert found is not None
    return found.subject


def test_what_an_officer_typed_in_names_the_officer_and_no_list(depot: Depot) -> None:
    found = origin(depot, depot.rifle)
    assert found == Provenance(depot.clock.at, "Sgt Example Officer")
    assert [str(one.title) for one in in_words(found)] == ["Registered", "Registered by"]


def test_the_sheet_is_named_where_the_file_has_several(depot: Depot) -> None:
    listed = reading(WEAPONS, [("7", "SA-40", "Example Works", "Model A", "5.56x45mm", "EX-7", "RACK1", "")])
    listed = replace(listed, table=replace(listed.table, sheet="Store 2"))
    with depot.desk.look() as work:
        plan = plan_list(listed, work, this_year=2026)
    import_list(depot.desk, depot.by_officer(), plan)
    found = origin(depot, numbered(depot, "W-0000003")).source
    assert found == ListRow("B-0000001", "list.csv", "Store 2", 2, "old book")
    assert str(row_words(found)) == "list.csv, sheet Store 2, row 2 (B-0000001)"


def test_what_came_with_an_arrival_names_it(depot: Depot) -> None:
    new = Described("EX-7001", "Example Works", "Model A", "5.56x45mm", "SA-40")
    papers = SendersPapers("Depot North", "N-7/2026", (), (Listed(new),))
    arrival = receiving.begin_arrival(depot.desk, depot.by_officer(), papers).about
    assert arrival is not None
    receiving.check_in(depot.desk, depot.by_officer(), arrival, Thing("EX-7001"))
    receiving.close_arrival(depot.desk, depot.by_officer(second=True), arrival, Closing(depot.rack, None))
    assert origin(depot, numbered(depot, "W-0000003")).arrival == "A-0000001"
