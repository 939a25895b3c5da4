"""Components, kits, cases, transfers, attachments and own fields, as an officer types them."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fakes.terminal import Terminal, with_one_rack
from muniment.cli.face import DOES_NOT_VERIFY

PDF = b"%PDF-1.7\nsigned order\n"


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = with_one_rack(tmp_path, capsys, monkeypatch)
    terminal.says("people", "add", "Example Soldier", "--service-no", "0001", "--until", "2099-12-31")
    weapon = ("--type", "SA-40", "--make", "Example Works", "--model", "Model A", "--place", "RACK1")
    for serial in ("EX-1", "EX-2"):
        terminal.says("register", *weapon, "--calibre", "5.56x45mm", "--serial", serial)
    return terminal


def test_components_are_fitted_swapped_and_looked_up(terminal: Terminal) -> None:
    barrel = ("components", "add", "--kind", "barrel", "--place", "RACK1")
    first = terminal.says(*barrel, "--serial", "EX-B-1", "--calibre", "5.56x45mm")
    assert first["register_no"] == "C-0000001"
    terminal.says(*barrel, "--serial", "EX-B-2", "--calibre", "7.62x39mm")
    terminal.says("components", "fit", "C-0000001", "W-0000001")
    assert terminal.refused("components", "fit", "C-0000002", "W-0000001") == "component_slot_taken"
    assert terminal.refused("issue", "C-0000001", "--to", "0001") == "fitted"
    terminal.says("components", "swap", "C-0000001", "C-0000002", "--to", "RACK1")
    assert terminal.says("show", "W-0000001")["calibre"] == "7.62x39"
    listed = terminal.says("components", "list", "W-0000001")["fittings"]
    assert [(one["component_no"], bool(one["removed_at"])) for one in listed] == [
        ("C-0000001", True),
        ("C-0000002", False),
    ]
    assert "C-0000002" in terminal.shown("show", "W-0000001")
    terminal.says("issue", "W-0000001", "--to", "0001")
    terminal.says("return-without", "W-0000001", "--missing", "C-0000002")
    assert terminal.says("cases", "list")["cases"][0]["missing"] == "C-0000002"
    assert terminal.says("verify")["breaks"] == []


def test_a_kit_that_went_out_and_came_back_on_paper_is_entered_whole(terminal: Terminal) -> None:
    terminal.says("kits", "add", "Watch", "--member", "EX-1", "--member", "EX-2", "--place", "RACK1")
    just_now = terminal.says("history", "K-0000001")["history"][0]["at"]
    form = ("--doc", "PF-7", "--reason", "power cut")
    out = ("kits", "issue", "K-0000001", "--to", "0001", "--at", just_now, *form)
    assert terminal.refused(*out) == "late_entry_incomplete"
    given = terminal.says(*out, second=True)
    assert (given["receipt"], given["warnings"]) == ("R-000001", [])
    assert [one["register_no"] for one in terminal.says("list", "issued")["issued"]] == ["W-0000001", "W-0000002"]
    back = ("kits", "return", "K-0000001", "--at", just_now, *form)
    terminal.says(*back, "--short", "magazine=1", second=True, status=2)
    terminal.says(*back, "--missing", "EX-2", second=True)
    assert [one["register_no"] for one in terminal.says("list", "issued")["issued"]] == ["W-0000002"]
    assert [one["rule"] for one in terminal.says("cases", "list")["cases"]] == ["missing_from_kit"]
    assert terminal.says("verify")["breaks"] == []


def test_a_kit_goes_out_and_comes_back_short(terminal: Terminal) -> None:
    terminal.says("kits", "add", "Night watch", "--member", "EX-1", "--accessory", "magazine=4", "--place", "RACK1")
    assert terminal.refused("issue", "EX-1", "--to", "0001") == "part_of_kit"
    terminal.says("kits", "change", "K-0000001", "--accessory", "magazine=3", "--accessory", "sling=1")
    assert terminal.says("kits", "issue", "K-0000001", "--to", "0001")["receipt"]
    assert [one["register_no"] for one in terminal.says("list", "issued")["issued"]] == ["W-0000001"]
    terminal.says("kits", "return", "K-0000001", "--short", "magazine=1")
    (kit,) = terminal.says("kits", "list")["kits"]
    assert (kit["accessories"], kit["open_cases"]) == ({"magazine": 3, "sling": 1}, 1)
    assert terminal.refused("kits", "issue", "K-0000001", "--to", "0001") == "open_case"
    close = ("cases", "close", "CASE-0000001", "--reason", "paid for")
    assert terminal.refused(*close, second=True) == "reference_missing"
    terminal.says("cases", "note", "CASE-0000001", "holder heard")
    terminal.says(*close, "--doc", "INQ-1", second=True)
    assert terminal.says("cases", "show", "CASE-0000001")["notes"] == ["holder heard", "paid for"]
    assert terminal.says("kits", "change", "K-0000001", "--accessory", "magazine", status=2)["problems"]
    assert terminal.says("verify")["breaks"] == []


def test_things_are_missing_found_sent_and_confirmed(terminal: Terminal) -> None:
    terminal.says("missing", "W-0000001", "--reason", "not in its rack", second=True)
    assert terminal.says("show", "W-0000001")["state"] == "missing"
    terminal.says("found", "W-0000001", "--to", "RACK1", "--reason", "behind the bench", second=True)
    terminal.says("cases", "close", "CASE-0000001", "--reason", "miscounted", "--doc", "INQ-1", second=True)
    send = ("transfers", "send", "W-0000001", "W-0000002", "--to", "Depot South", "--doc", "TO-1", "--seal", "S-1")
    assert terminal.says(*send, "--due", "2026-01-01T00:00:00Z")["shipment"] == "T-0000001"
    assert [one["late"] for one in terminal.says("transfers", "list", "--overdue")["shipments"]] == [True]
    accept = ("transfers", "accept", "T-0000001", "--confirmation", "RCV-1")
    terminal.says(*accept, "--missing", "W-0000002")
    assert terminal.says("transfers", "list")["shipments"][0]["in_transit"] == ["W-0000002"]
    terminal.says(*accept)
    assert terminal.says("transfers", "list")["shipments"] == []
    assert terminal.refused("transfers", "reverse", "T-0000001", "--reason", "late") == "shipment_settled"
    assert terminal.says("verify")["breaks"] == []


def test_lists_name_what_is_due_assigned_and_set_apart(terminal: Terminal) -> None:
    terminal.says("issue", "W-0000001", "--to", "0001", "--assign")
    terminal.says("quarantine", "W-0000002", "--reason", "worn")
    assert [one["register_no"] for one in terminal.says("list", "assigned")["assigned"]] == ["W-0000001"]
    assert [one["register_no"] for one in terminal.says("list", "quarantined")["quarantined"]] == ["W-0000002"]
    assert terminal.says("list", "overdue")["overdue"] == []
    assert "worn" in terminal.shown("list", "quarantined")


def test_a_document_is_attached_shown_and_written_out_again(terminal: Terminal, tmp_path: Path) -> None:
    order, out = tmp_path / "order.bin", tmp_path / "again.pdf"
    order.write_bytes(PDF)
    terminal.says("attach", "W-0000001", str(order), "--kind", "certificate", "--title", "transfer order")
    assert terminal.says("show", "W-0000001")["files"][0]["media_type"] == "application/pdf"
    assert "transfer order" in terminal.shown("show", "W-0000001")
    terminal.says("extract", "W-0000001", "1", str(out))
    assert out.read_bytes() == PDF
    assert terminal.says("extract", "W-0000001", "1", str(out), status=2)["problems"]
    order.write_bytes(b"MZ")
    assert terminal.refused("attach", "W-0000001", str(order)) == "file_not_accepted"
    assert terminal.says("attach", "W-0000001", str(tmp_path / "absent"), status=2)["problems"]
    assert terminal.says("verify")["breaks"] == []


def test_own_fields_are_defined_filled_in_and_shown(terminal: Terminal) -> None:
    terminal.says("fields", "define", "post", "--of", "weapon", "--kind", "text", "--title", "Guard post")
    terminal.says("fields", "set", "W-0000001", "post", "north gate")
    assert terminal.says("show", "W-0000001")["own_fields"] == {"Guard post": "north gate"}
    assert re.search("^Guard post +north gate$", terminal.shown("show", "W-0000001"), re.MULTILINE)
    terminal.says("fields", "change", "post", "--of", "weapon", "--retire")
    assert terminal.says("fields", "list")["fields"] == []
    assert terminal.refused("fields", "set", "W-0000001", "post", "south gate") == "own_field_unknown"
    assert terminal.says("verify")["breaks"] == []


def test_an_act_of_a_name_used_before_says_that_nothing_was_done_now(terminal: Terminal) -> None:
    assert terminal.says("issue", "EX-1", "--to", "0001", "--intent", "shift")["warnings"] == []
    assert terminal.says("issue", "EX-1", "--to", "0001", "--intent", "shift")["warnings"] == [
        "An act of this name was done before; nothing was done now."
    ]


def test_a_closed_place_is_still_shown_with_its_history(terminal: Terminal) -> None:
    terminal.says("places", "add", "RACK9", "--kind", "rack", "--in", "ROOM1")
    terminal.says("places", "close", "RACK9", "--reason", "taken down")
    shown = terminal.says("show", "rack9")
    assert (shown["name"], shown["closed"]) == ("RACK9", True)
    assert re.search(r"^Closed +taken down$", terminal.shown("show", "RACK9"), re.MULTILINE)
    assert "Closed: - → taken down" in terminal.shown("history", "RACK9")
    assert terminal.says("show", "RACK1")["closed"] is False
    assert terminal.refused("show", "RACK8") == "unknown_code"


def test_the_code_of_a_closed_place_means_the_one_that_has_it_now(terminal: Terminal) -> None:
    for kind, reason in (("rack", "taken down"), ("cabinet", "burnt")):
        terminal.says("places", "add", "RACK9", "--kind", kind, "--in", "ROOM1")
        terminal.says("places", "close", "RACK9", "--reason", reason)
    assert terminal.says("show", "RACK9")["fields"]["withdrawn"] == "burnt"
    terminal.says("places", "add", "RACK9", "--kind", "rack", "--in", "ROOM1")
    assert terminal.says("show", "RACK9")["closed"] is False


def test_verify_names_a_weapon_that_the_search_index_hides(terminal: Terminal) -> None:
    terminal.says("find", "X-1")  # which builds the index of a small register
    assert terminal.says("verify")["breaks"] == []
    with closing(sqlite3.connect(f"{terminal.register}.search")) as index, index:
        index.execute("insert into piece (piece) values ('delete-all')")
    breaks = terminal.says("verify", status=DOES_NOT_VERIFY)["breaks"]
    assert [(one["rule"], one["where"]) for one in breaks] == [
        ("search_hides", "W-0000001"),
        ("search_hides", "W-0000002"),
    ]
    assert "Nothing of the register is lost by it" in breaks[0]["says"]


def test_an_earlier_place_of_a_code_is_named_as_the_records_of_what_lay_there_call_it(terminal: Terminal) -> None:
    for kind, reason in (("rack", "taken down"), ("cabinet", "burnt"), ("rack", "")):
        terminal.says("places", "add", "RACK9", "--kind", kind, "--in", "ROOM1")
        if kind == "rack" and reason:
            terminal.says("move", "EX-1", "--to", "RACK9")
            terminal.says("move", "EX-1", "--to", "RACK1")
        if reason:
            terminal.says("places", "close", "RACK9", "--reason", reason)
    (came, left) = terminal.says("history", "EX-1")["history"][-2:]
    called = came["destination"]
    assert left["origin"] == called
    assert re.fullmatch(r"RACK9 \(–\d{4}-\d\d-\d\d\)", called)
    assert terminal.says("show", called)["fields"]["withdrawn"] == "taken down"
    assert terminal.says("show", called.replace("–", "-"))["fields"]["withdrawn"] == "taken down"
    assert "Closed: - → taken down" in terminal.shown("history", called)
    second = called.replace(")", ", 2)")
    assert terminal.says("show", "RACK9")["earlier"] == [second, called]
    assert terminal.says("show", second)["fields"]["withdrawn"] == "burnt"
    assert terminal.refused("show", called.replace(")", ", 3)")) == "unknown_code"
    assert terminal.refused("move", "EX-1", "--to", called) == "unknown_place"
