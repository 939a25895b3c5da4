"""What the forms say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest

from muniment.desk.opening import Realm
from muniment.domain.basics.text import say
from muniment.domain.custody.command_cards import Command, command_on
from muniment.reports.command_cards import WORDS, command_cards
from muniment.reports.document import (
    Block,
    Cards,
    Code,
    CodeBlock,
    Column,
    Document,
    Ending,
    Fields,
    Note,
    Signatures,
    Table,
    runs_right_to_left,
)
from muniment.reports.hand_receipt import DECLARED, ReturnLine, described, hand_receipt, return_receipt
from muniment.reports.history import HistoryEntry, ItemHistory, item_history
from muniment.reports.import_receipt import ImportReceipt, import_receipt
from muniment.reports.issue_log import LogEntry, empty_log, issue_log
from muniment.reports.labels import LARGE, MIDDLE, SMALL, STOCKS, Label, LabelSheets, LabelStock
from muniment.reports.manifest import RECEIVED, SENT, Manifest, ManifestLine, manifest
from reports.forms import AT, HEAD, ISSUER, PISTOL, RIFLE, WITNESS, cells, issue_of, letterhead, return_of

B = TypeVar("B", bound=Block)


def only(document: Document, kind: type[B]) -> B:
    found = [block for block in document.blocks if isinstance(block, kind)]
    assert len(found) == 1
    return found[0]


def field(document: Document, label: str) -> object:
    lines = [line for block in document.blocks if isinstance(block, Fields) for line in block.lines]
    return next(line.value for line in lines if str(line.label) == label)


def test_every_serial_stands_on_the_hand_receipt_as_struck() -> None:
    rows = cells(only(hand_receipt(issue_of(RIFLE, PISTOL)), Table))
    assert [row[3] for row in rows] == [Code("ТЗ 0001 O0I1l/fi"), Code("ÆØ-12 345")]


def test_nothing_can_be_written_in_below_the_last_item() -> None:
    assert only(hand_receipt(issue_of(RIFLE)), Table).ending is Ending.NOTHING_FOLLOWS


def test_an_issue_without_a_day_of_return_says_so() -> None:
    assert str(field(hand_receipt(issue_of(RIFLE, due=False)), "Due back")) == "Assigned until further notice"
    assert field(hand_receipt(issue_of(RIFLE)), "Due back") == AT + timedelta(hours=8)


def test_issuer_receiver_and_second_person_sign_the_same_declaration() -> None:
    signatures = only(hand_receipt(issue_of(RIFLE)), Signatures)
    assert [slot.name for slot in signatures.slots] == ["Anna Beispiel", "Berta Muster", "Carl Vorlage"]
    assert signatures.declares == DECLARED


def test_without_a_second_person_two_sign() -> None:
    assert len(only(hand_receipt(issue_of(RIFLE, second=None)), Signatures).slots) == 2


def test_the_receipt_counts_items_and_rounds() -> None:
    assert str(only(hand_receipt(issue_of(RIFLE, RIFLE, PISTOL)), Note).says) == "Items: 3. Rounds: 120."


def test_the_receipt_carries_the_head_of_the_ledger_for_eye_and_scanner() -> None:
    document = hand_receipt(issue_of(RIFLE))
    assert document.footer_code == HEAD.note
    assert str(document.footer[1]) == f"Ledger head: 412 facts, {HEAD.root}"


def test_the_number_of_a_signed_paper_form_is_printed() -> None:
    document = hand_receipt(issue_of(RIFLE, paper_no="P-0042"))
    assert field(document, "Number of the paper form") == Code("P-0042")


def test_what_is_not_known_of_a_weapon_leaves_no_gap() -> None:
    assert str(described(say("Pistol"), "", "", "")) == "Pistol"
    assert str(described(say("Pistol"), "", "M5", "")) == "Pistol, M5"
    assert str(described(say("Pistol"), "Werk", "M5", "9x19 mm")) == "Pistol, Werk M5, 9x19 mm"


def test_used_rounds_ask_for_a_report() -> None:
    document = return_receipt(return_of(ReturnLine(RIFLE, 50, 10), ReturnLine(PISTOL)))
    assert str(only(document, Note).says) == "Rounds used: 10. A report on their use belongs to this receipt."


def test_a_return_without_used_rounds_asks_for_nothing() -> None:
    document = return_receipt(return_of(ReturnLine(RIFLE, 60, 0)))
    assert not [block for block in document.blocks if isinstance(block, Note)]


def test_a_return_says_what_the_person_still_holds() -> None:
    assert field(return_receipt(return_of(ReturnLine(RIFLE), still_held=3)), "Still held after this return") == 3


def test_the_log_of_a_day_is_ruled_off_and_leaves_room_to_sign() -> None:
    entries = [
        LogEntry(say("Rifle"), "X-1", "Berta Muster", out_at=AT),
        LogEntry(say("Rifle"), "X-2", "Berta Muster", in_at=AT + timedelta(hours=1), received_by=say("A. B.")),
    ]
    table = only(issue_log(letterhead(), "Hatch 1", date(2026, 11, 24), entries), Table)
    assert table.ending is Ending.RULED_OFF
    assert table.pen_height
    assert [(row[0], row[5], row[6]) for row in cells(table)] == [
        (Code("10:14"), None, None),
        (None, Code("11:14"), say("A. B.")),
    ]


def test_the_empty_log_is_numbered_and_left_open() -> None:
    document = empty_log(letterhead(), "Hatch 1", "P-0042", lines=12)
    assert document.number == "P-0042"
    assert (only(document, Table).open_lines, only(document, Table).ending) == (12, Ending.OPEN)


def test_there_is_a_card_for_every_command_and_its_code_is_understood() -> None:
    cards = only(command_cards(letterhead()), Cards).cards
    assert [command_on(card.code) for card in cards] == list(Command)
    assert set(WORDS) == set(Command)


def test_the_history_names_every_fact_in_order() -> None:
    entries = [HistoryEntry(seq, AT, say("Issued"), "Rack 2 · 14 · 6", "Berta Muster") for seq in (7, 9, 20)]
    history = ItemHistory("R-000001", "X-1", say("Rifle"), say("Issued"), "Berta Muster", entries)
    assert [row[0] for row in cells(only(item_history(letterhead(), history), Table))] == [7, 9, 20]


def test_an_import_is_receipted_with_the_digest_of_its_file() -> None:
    receipt = ImportReceipt(
        "B-0001",
        letterhead(),
        AT,
        ISSUER,
        "old.xlsx",
        "ab" * 32,
        33,
        ((say("Registered"), 30), (say("Held"), 3)),
        (),
        WITNESS,
    )
    document = import_receipt(receipt)
    assert field(document, "Digest of the file (SHA-256)") == Code("ab" * 32)
    assert list(only(document, Table).rows) == [(say("Registered"), 30), (say("Held"), 3)]
    assert [slot.name for slot in only(document, Signatures).slots] == ["Anna Beispiel", "Carl Vorlage"]


def test_rows_that_can_be_walked_only_once_are_refused() -> None:
    with pytest.raises(TypeError):
        Table((Column(say("No."), 1),), iter([(1,)]))
    with pytest.raises(TypeError):
        issue_log(letterhead(), "Hatch 1", date(2026, 11, 24), iter(()))


def test_a_time_of_printing_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        replace(letterhead(), printed_at=datetime(2026, 11, 24)).sheet(say("Hand receipt"), ())


@pytest.mark.parametrize(
    ("language", "turned"), [("ar", True), ("fa_IR", True), ("ar-IQ", True), ("arn", False), ("fr", False)]
)
def test_the_language_decides_the_direction_of_the_sheet(language: str, turned: bool) -> None:
    assert runs_right_to_left(language) is turned


@pytest.mark.parametrize("stock", STOCKS)
def test_labels_lie_on_the_sheet_and_in_its_middle(stock: LabelStock) -> None:
    last = stock.place(stock.on_a_sheet - 1)
    assert last.page == 0
    assert last.left_mm + stock.width_mm == pytest.approx(210 - stock.left_mm)
    assert last.top_mm + stock.height_mm == pytest.approx(297 - stock.top_mm)
    assert stock.place(stock.on_a_sheet).page == 1


def test_stock_larger_than_the_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="fit"):
        LabelStock(4, 7, 63.5, 38.1)


def test_a_begun_sheet_begins_on_the_sheet() -> None:
    with pytest.raises(ValueError, match="first free"):
        LabelSheets(SMALL, [Label("R-1")], Realm.LIVE, first=SMALL.on_a_sheet)
    assert (LARGE.on_a_sheet, MIDDLE.on_a_sheet, SMALL.on_a_sheet) == (16, 21, 40)


def transfer(*seals: str) -> Document:
    lines = (
        ManifestLine("W-0000001", say("Rifle"), "Beispielwerk", "Muster 5", "7.62x39 mm", "ТЗ 0001"),
        ManifestLine("L-0000001", say("Pistol"), "", "", "", "", 12),
    )
    due = AT + timedelta(days=3)
    return manifest(
        Manifest("T-0000007", letterhead(), "Depot Nord", "Depot Süd", "TO-1", seals, AT, due, ISSUER, lines)
    )


def test_a_manifest_lists_serials_as_struck_with_room_to_tick_each() -> None:
    listed = next(block for block in transfer().blocks if isinstance(block, Table))
    assert [row[3] for row in cells(listed)] == [Code("ТЗ 0001"), Code("")]
    assert [row[5] for row in cells(listed)] == [None, None]
    assert listed.ending is Ending.NOTHING_FOLLOWS


def test_sender_carrier_and_receiver_sign_a_manifest_for_what_each_has_seen() -> None:
    handing, receiving = (block for block in transfer().blocks if isinstance(block, Signatures))
    assert (handing.declares, receiving.declares) == (SENT, RECEIVED)
    assert [slot.name for slot in handing.slots] == ["Anna Beispiel", ""]
    assert len(receiving.slots) == 2


def test_a_manifest_names_every_seal_and_counts_pieces() -> None:
    assert field(transfer("S-1", "S-2"), "Seals") == Code("S-1  S-2")
    assert str(field(transfer(), "Seals")) == "None"
    note = next(block for block in transfer("S-1").blocks if isinstance(block, Note))
    assert str(note.says) == "Items: 13. Seals: 1."


def test_the_number_of_a_manifest_can_be_scanned() -> None:
    assert only(transfer(), CodeBlock).text == "T-0000007"
