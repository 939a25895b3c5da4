"""Every form that can be ordered is made from a real register, and says no where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

import pytest

from fakes.depot import Depot, depot_in_memory
from muniment.desk import receiving
from muniment.desk.hatch import Wanted, issue_item
from muniment.desk.receiving import Thing
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.announcing import SendersPapers, line_written
from muniment.domain.custody.printing import Form
from muniment.domain.custody.taking_in import Closing
from muniment.paper.press import Job
from muniment.ports.paper import Order
from muniment.reports.document import Code, Document, Signatures, Table
from muniment.reports.from_register import Printing
from muniment.reports.labels import LARGE, LabelSheets
from muniment.reports.orders import Composed, compose


@pytest.fixture
def depot() -> Iterator[Depot]:
    made = depot_in_memory()
    issue_item(made.desk, made.by_officer(), made.rifle, Wanted(made.soldier))
    yield made
    made.register.close()


def made(depot: Depot, form: Form, *about: str, **wishes: str) -> Composed:
    return compose(Printing(depot.register, "en", UTC), Order(form, about, wishes))


@pytest.mark.parametrize(
    ("form", "about", "number"),
    [
        (Form.HAND_RECEIPT, "R-000001", "R-000001"),
        (Form.HISTORY, "EX-000001", "W-0000001"),
        (Form.ISSUE_LOG, "2026-11-24", "2026-11-24"),
        (Form.ISSUE_LOG, "", "2026-11-24"),
        (Form.COMMAND_CARDS, "", ""),
        (Form.PAPER_FORM, "P-R-000001", "P-R-000001"),
        (Form.PRINT_LOG, "", "2026-11-24"),
    ],
)
def test_a_form_is_made_under_its_number(depot: Depot, form: Form, about: str, number: str) -> None:
    composed = made(depot, form, *((about,) if about else ()))
    assert isinstance(composed.made, Document)
    assert composed.number == number


def test_a_receipt_and_an_item_may_be_named_by_their_subject(depot: Depot) -> None:
    receipt = made(depot, Form.HAND_RECEIPT, "R-000001").concerns
    assert made(depot, Form.HAND_RECEIPT, receipt).number == "R-000001"
    assert made(depot, Form.HISTORY, depot.pistol).concerns == depot.pistol


def test_labels_are_of_named_things_of_a_place_or_of_all(depot: Depot) -> None:
    def count(form: Form, *about: str, **wishes: str) -> int:
        sheets = made(depot, form, *about, **wishes).made
        assert isinstance(sheets, LabelSheets)
        return len(tuple(sheets.labels))

    assert count(Form.ITEM_LABELS) == 2
    assert count(Form.ITEM_LABELS, "W-0000001") == 1
    assert count(Form.ITEM_LABELS, at="RACK1") == 1
    assert count(Form.PLACE_LABELS, "RACK1", "ROOM1") == 2


def test_the_sheet_and_the_first_free_label_are_as_wished(depot: Depot) -> None:
    sheets = made(depot, Form.ITEM_LABELS, stock="large", first="3").made
    assert isinstance(sheets, LabelSheets)
    assert (sheets.stock, sheets.first) == (LARGE, 2)


@pytest.mark.parametrize(
    ("form", "about", "rule"),
    [
        (Form.HAND_RECEIPT, (), "number_missing"),
        (Form.HAND_RECEIPT, ("R-000009",), "unknown_receipt"),
        (Form.HISTORY, ("nothing",), "unknown_code"),
        (Form.IMPORT_RECEIPT, ("B-0000001",), "unknown_batch"),
        (Form.ISSUE_LOG, ("31.1.2027",), "not_a_day"),
        (Form.PLACE_LABELS, ("NOWHERE",), "unknown_place"),
    ],
)
def test_what_is_not_there_is_refused(depot: Depot, form: Form, about: tuple[str, ...], rule: str) -> None:
    with pytest.raises(Refusal) as refused:
        made(depot, form, *about)
    assert refused.value.rule == rule


def test_a_hand_receipt_that_is_not_there_is_refused_with_what_to_do_now(depot: Depot) -> None:
    with pytest.raises(Refusal) as refused:
        made(depot, Form.HAND_RECEIPT, "R-000009")
    assert str(refused.value.do_now)


@pytest.mark.parametrize(
    "form", [Form.HAND_RECEIPT, Form.HISTORY, Form.MANIFEST, Form.ACCEPTANCE, Form.PLACE_LABELS, Form.ITEM_LABELS]
)
def test_a_code_with_a_stroke_in_it_is_not_taken_for_a_subject(depot: Depot, form: Form) -> None:
    for code in ("9/45", "<b>/", "weapon/", "weapon/9", "/"):
        with pytest.raises(Refusal):
            made(depot, form, code)


def test_a_sheet_of_labels_nobody_sells_is_refused(depot: Depot) -> None:
    with pytest.raises(Refusal, match="no such sheet"):
        made(depot, Form.ITEM_LABELS, stock="huge")


def test_an_acceptance_sheet_is_of_a_closed_arrival_only(depot: Depot) -> None:
    listed = (line_written("EX-9; Example Works; Model A; 5.56x45mm; SA-40"), line_written("3 x Sling"))
    papers = SendersPapers("Depot North", "N-7", ("S-1", "S-2"), listed)
    arrival = receiving.begin_arrival(depot.desk, depot.by_officer(), papers).about
    assert arrival is not None
    with pytest.raises(Refusal) as refusal:
        made(depot, Form.ACCEPTANCE, "A-0000001")
    assert refusal.value.rule == "arrival_not_closed"
    receiving.check_in(depot.desk, depot.by_officer(), arrival, Thing("EX-9"))
    closing = Closing(depot.rack, frozenset({"S-2"}))
    receiving.close_arrival(depot.desk, depot.by_officer(second=True), arrival, closing)
    sheet = made(depot, Form.ACCEPTANCE, "A-0000001")
    assert (sheet.number, sheet.concerns) == ("A-0000001", arrival)
    assert isinstance(sheet.made, Document)
    (table,) = [block for block in sheet.made.blocks if isinstance(block, Table)]
    assert [(row[3], row[4], row[5], str(row[6])) for row in table.rows] == [
        (Code("EX-9"), 1, 1, "As listed"),
        (Code(""), 3, 0, "Missing"),
    ]
    signed = [slot.name for block in sheet.made.blocks if isinstance(block, Signatures) for slot in block.slots]
    assert signed == ["Example Officer", "Example Second", ""]
    assert Job(sheet.made, str).pages == 1
