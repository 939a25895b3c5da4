"""Identity, state and place of a few weapons, as an officer enters them at a terminal; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.pictures_of import png
from fakes.terminal import Terminal, with_one_rack

RIFLE = ("register", "--type", "SA-40", "--make", "Example Works", "--model", "Model A", "--calibre", "5.56x45mm")
PNG = png("picture")


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return with_one_rack(tmp_path, capsys, monkeypatch)


def test_a_serial_that_comes_again_is_pointed_at_or_stopped_and_found_by_a_part_of_it(terminal: Terminal) -> None:
    assert terminal.says(*RIFLE, "--serial", "0012045", "--place", "RACK1")["warnings"] == []
    (near,) = terminal.says(*RIFLE, "--serial", "12O45", "--place", "RACK1")["warnings"]
    assert near == "W-0000001 has serial 0012045, which is easily mistaken for it."
    assert terminal.refused(*RIFLE, "--serial", "00-12.045", "--place", "RACK1") == "duplicate_weapon"
    assert terminal.refused(*RIFLE, "--serial", "rusty", "--place", "RACK1") == "serial_placeholder"
    found = terminal.says("find", "2045")["found"]
    assert [(one["register_no"], one["why"]) for one in found] == [("W-0000001", "part")]
    found = terminal.says("find", "12045")["found"]
    assert [(one["register_no"], one["why"]) for one in found] == [("W-0000001", "part"), ("W-0000002", "looks_alike")]
    assert terminal.says("verify")["breaks"] == []


def test_a_weapon_without_a_serial_is_inscribed_as_its_frame_allows(terminal: Terminal) -> None:
    terminal.says(*RIFLE, "--serial-status", "never_marked", "--place", "RACK1")
    terminal.says("describe", "W-0000001", "frame_material=polymer_without_insert")
    assert terminal.refused("mark", "W-0000001", "assigned", "XX-7", "--method", "stamp") == "method_unsuited"
    terminal.says("mark", "W-0000001", "assigned", "XX-7", "--place", "frame", "--method", "laser")
    assert terminal.refused("mark", "W-0000001", "assigned", "XX-8", "--method", "laser") == "number_assigned"
    shown = terminal.shown("show", "XX-7")
    assert "number assigned in place of the serial XX-7, frame, by laser" in shown
    assert "never marked" in shown


def test_where_it_is_and_how_it_is_change_apart_from_each_other(terminal: Terminal) -> None:
    terminal.says(*RIFLE, "--serial", "EX-1", "--place", "RACK1")
    terminal.says("condition", "EX-1", "repairable", "--reason", "loose stock")
    terminal.says("move", "EX-1", "--to", "ROOM1")
    shown = terminal.says("show", "EX-1")
    assert (shown["condition"], shown["state"], shown["place"]) == ("repairable", "in_store", "ROOM1")
    better = ("condition", "EX-1", "serviceable", "--reason", "mended")
    assert terminal.refused(*better) == "second_person_missing"
    terminal.says(*better, second=True)
    assert terminal.says("condition", "EX-1", "rusty", "--reason", "wet", status=2)["problems"]
    assert "Condition: repairable → serviceable" in terminal.shown("history", "EX-1")


def test_a_kit_goes_to_another_place_whole(terminal: Terminal) -> None:
    terminal.says(*RIFLE, "--serial", "EX-1", "--place", "RACK1")
    terminal.says("kits", "add", "Watch", "--member", "EX-1", "--accessory", "magazine=4", "--place", "RACK1")
    terminal.says("move", "K-0000001", "--to", "ROOM1")
    assert terminal.says("show", "EX-1")["place"] == "ROOM1"
    assert terminal.refused("move", "K-0000001", "--to", "ROOM1") == "already_there"


def test_a_place_is_renamed_and_given_up_when_it_is_empty(terminal: Terminal) -> None:
    terminal.says(*RIFLE, "--serial", "EX-1", "--place", "RACK1")
    renamed = terminal.says("places", "rename", "RACK1", "--code", "R1")
    assert renamed["warnings"] == ["Its label says RACK1. Print it anew."]
    assert terminal.refused("places", "rename", "R1", "--code", "room1") == "place_code_taken"
    assert terminal.refused("places", "close", "R1", "--reason", "taken down") == "place_not_empty"
    terminal.says("move", "EX-1", "--to", "ROOM1")
    terminal.says("places", "close", "R1", "--reason", "taken down")
    assert terminal.refused("move", "EX-1", "--to", "R1") == "unknown_place"
    assert "R1" not in {one["code"] for one in terminal.says("places", "list")["places"]}


def test_a_picture_says_which_mark_it_shows(terminal: Terminal, tmp_path: Path) -> None:
    picture, paper = tmp_path / "serial.png", tmp_path / "order.pdf"
    picture.write_bytes(PNG)
    paper.write_bytes(b"%PDF-1.7")
    terminal.says(*RIFLE, "--serial", "EX-1", "--place", "RACK1")
    terminal.says("attach", "EX-1", str(picture), "--shows", "serial")
    assert terminal.refused("attach", "EX-1", str(paper), "--shows", "proof") == "shows_no_mark"
    assert terminal.says("attach", "EX-1", str(picture), "--shows", "seriel", status=2)["problems"]
    assert terminal.refused("attach", "W-0000009", str(picture)) == "unknown_code"
    assert "1  picture of a mark, serial number" in terminal.shown("history", "EX-1")
