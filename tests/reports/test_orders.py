"""Every form that can be ordered is made from a real register, and says no where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from fakes.depot import Depot, depot_in_memory
from muniment.desk import receiving
from muniment.desk.correcting import take_back_act
from muniment.desk.describing import change_condition
from muniment.desk.hatch import Wanted, issue_item, quarantine, return_item
from muniment.desk.people import Newcomer, register_person
from muniment.desk.receiving import Thing
from muniment.desk.stock import register
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.announcing import SendersPapers, line_written
from muniment.domain.custody.facts import Evidence
from muniment.domain.custody.printing import Form
from muniment.domain.custody.taking_in import Closing
from muniment.domain.people.authority import Certificate
from muniment.domain.people.person import PersonRecord
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.weapon import WeaponDescription
from muniment.paper.press import Job
from muniment.ports.paper import Order
from muniment.reports.document import Code, Document, Signatures, Table, Words
from muniment.reports.from_register import Printing
from muniment.reports.labels import LARGE, LabelSheets
from muniment.reports.orders import Composed, compose
from paper.readings import english, pages_of
from reports.forms import beneath, cells


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
    assert [(row[3], row[4], row[5], str(row[6])) for row in cells(table)] == [
        (Code("EX-9"), 1, 1, "As listed"),
        (Code(""), 3, 0, "Missing"),
    ]
    signed = [slot.name for block in sheet.made.blocks if isinstance(block, Signatures) for slot in block.slots]
    assert signed == ["Example Officer", "Example Second", ""]
    assert Job(sheet.made, str).pages == 1


ARABIC = PersonRecord(name="محمد عبد الرحمن", rank="رقيب", service_no="0002")
CYRILLIC = PersonRecord(name="Владислав Пример", rank="ст. сержант", service_no="0003")
SCANNED = Evidence(how="barcode", seen="TAG-7", device="Scanner 1")


def drawn_by(depot: Depot, person: PersonRecord, until: date) -> Subject:
    newcomer = Newcomer(person, certificates=(Certificate("SA", until),))
    about = register_person(depot.desk, depot.by_officer(), newcomer).about
    assert about is not None
    return about


def table_of(depot: Depot, form: Form, *about: str) -> Table:
    document = made(depot, form, *about).made
    assert isinstance(document, Document)
    return next(block for block in document.blocks if isinstance(block, Table))


def let_pass(depot: Depot) -> Subject:
    """The pistol goes to somebody whose certificate has expired, beside the second officer."""
    holder = drawn_by(depot, ARABIC, date(2026, 1, 31))
    said = depot.by_officer(second=True, reason="course on Thursday", overrides={"certificate_expired"}, doc="ORD-117")
    issue_item(depot.desk, replace(said, evidence=(SCANNED,)), depot.pistol, Wanted(holder))
    return holder


def test_the_history_says_of_every_fact_who_stood_by_why_and_on_what_evidence(depot: Depot) -> None:
    let_pass(depot)
    table = table_of(depot, Form.HISTORY, "EX-P-01")
    assert cells(table)[-1][4:] == (
        Words("رقيب محمد عبد الرحمن"),
        Words("Sgt Example Officer"),
        Words("Cpl Example Second"),
    )
    assert beneath(table)[-1] == [
        "Reason: course on Thursday",
        "Document: ORD-117",
        "Identified by: barcode: TAG-7, by Scanner 1",
        "Rules let pass: certificate expired",
    ]


def test_the_history_says_what_a_change_of_condition_changed(depot: Depot) -> None:
    change_condition(depot.desk, depot.by_officer(reason="stock cracked"), depot.pistol, Condition.REPAIRABLE)
    assert beneath(table_of(depot, Form.HISTORY, "EX-P-01"))[-1] == [
        "Reason: stock cracked",
        "Condition: serviceable → repairable",
    ]


def test_a_counter_entry_and_what_it_takes_back_name_each_other_on_paper(depot: Depot) -> None:
    done = quarantine(depot.desk, depot.by_officer(reason="crack"), depot.pistol)
    with depot.desk.look() as work:
        fact = work.fact(done.told[0].seq)
    assert fact is not None
    take_back_act(depot.desk, depot.by_officer(reason="another one", second=True), fact.act)
    table = table_of(depot, Form.HISTORY, "EX-P-01")
    taken, counter = (row[0] for row in cells(table)[-2:])
    assert beneath(table)[-2][0] == f"Taken back by fact {counter}."
    assert beneath(table)[-1][0] == f"Takes fact {taken} back."


def test_long_reasons_and_names_in_other_scripts_are_whole_on_paper(depot: Depot, tmp_path: Path) -> None:
    reason = " ".join(f"w{nth}" for nth in range(300))
    holder = drawn_by(depot, CYRILLIC, date(2027, 1, 31))
    issue_item(depot.desk, depot.by_officer(), depot.pistol, Wanted(holder))
    return_item(depot.desk, depot.by_officer(), depot.pistol)
    quarantine(depot.desk, depot.by_officer(reason=reason), depot.pistol)
    document = made(depot, Form.HISTORY, "EX-P-01").made
    assert isinstance(document, Document)
    Job(document, english).write_pdf(tmp_path / "history.pdf")
    text = " ".join(pages_of(tmp_path / "history.pdf"))
    assert all(f"w{nth}" in text.split() for nth in range(300))
    assert "Владислав" in text


def test_a_rule_that_was_let_pass_is_printed_on_the_hand_receipt(depot: Depot) -> None:
    let_pass(depot)
    assert beneath(table_of(depot, Form.HAND_RECEIPT, "R-000002")) == [
        ["Let pass: certificate expired", "Second person: Cpl Example Second", "Reason: course on Thursday"]
    ]


def test_a_second_person_who_came_for_a_later_weapon_signs_the_receipt(depot: Depot) -> None:
    receipt = Subject(made(depot, Form.HAND_RECEIPT, "R-000001").concerns)
    issue_item(depot.desk, depot.by_officer(second=True), depot.pistol, Wanted(depot.soldier, receipt=receipt))
    document = made(depot, Form.HAND_RECEIPT, "R-000001").made
    assert isinstance(document, Document)
    (signatures,) = (block for block in document.blocks if isinstance(block, Signatures))
    assert [slot.name for slot in signatures.slots][2:] == ["Example Second"]


def test_a_receipt_names_the_condition_at_the_hand_over_not_the_one_found_since(depot: Depot) -> None:
    change_condition(depot.desk, depot.by_officer(reason="stock cracked"), depot.rifle, Condition.REPAIRABLE)
    (row,) = cells(table_of(depot, Form.HAND_RECEIPT, "R-000001"))
    assert str(row[4]) == "serviceable"


def test_terms_that_are_not_those_at_the_head_of_a_receipt_stand_under_their_item(depot: Depot) -> None:
    receipt = made(depot, Form.HAND_RECEIPT, "R-000001").concerns
    wanted = Wanted(depot.soldier, receipt=Subject(receipt), for_good=True, purpose="guard")
    issue_item(depot.desk, depot.by_officer(), depot.pistol, wanted)
    assert beneath(table_of(depot, Form.HAND_RECEIPT, "R-000001")) == [
        [],
        ["Due back: until further notice", "Purpose: guard"],
    ]


def test_the_log_says_under_each_entry_by_whom_on_which_receipt_and_what_was_let_pass(depot: Depot) -> None:
    let_pass(depot)
    return_item(depot.desk, depot.by_officer(), depot.pistol)
    assert beneath(table_of(depot, Form.ISSUE_LOG))[0] == [
        "W-0000002; Issued by: Sgt Example Officer; Hand receipt: R-000002; Document: ORD-117;"
        " Let pass: certificate expired; Second person: Cpl Example Second; Reason: course on Thursday"
    ]


def test_a_weapon_without_a_serial_shows_why_in_its_place(depot: Depot) -> None:
    bare = WeaponDescription(
        this_year=2026,
        type_code="SA-40",
        calibres=(CalibreAs("5.56x45mm", "5.56x45", primary=True),),
        serial_status=SerialStatus.OBLITERATED,
        condition=Condition.SERVICEABLE,
    )
    weapon = register(depot.desk, depot.by_officer(), bare, depot.rack).about
    assert weapon is not None
    issue_item(depot.desk, depot.by_officer(), weapon, Wanted(depot.soldier))
    assert [str(row[2]) for row in cells(table_of(depot, Form.ISSUE_LOG))][-1] == "obliterated"
