"""A list comes again with one row changed and one inserted, and each record says which row of which file it is from."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.terminal import Terminal, with_one_rack

BOOK = """register number,serial,make,model,type,calibre,place,condition
1,EX-1,Example Works,Model A,SA-40,5.56x45mm,RACK1,serviceable
2,EX-2,Example Works,Model A,SA-40,5.56x45mm,RACK1,serviceable
3,EX-3,Example Works,Model A,SA-40,5.56x45mm,RACK1,serviceable
"""
INSERTED = "4,EX-4,Example Works,Model A,SA-40,5.56x45mm,RACK1,serviceable\n"
HOLDINGS = """item_name,nsn,quantity,ui
"RIFLE,5.56 MILLIMETER",1005-00-073-9421,3,Each
"SIGHT,REFLEX",1240-01-411-1265,5,Each
"""
RIFLE = ("--type", "SA-40", "--make", "Example Works", "--model", "Model A", "--calibre", "5.56x45mm")


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return with_one_rack(tmp_path, capsys, monkeypatch)


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def source(terminal: Terminal, name: str, part: str = "source") -> tuple[str, int, str] | None:
    """File, row and import that a record says it is from."""
    found = terminal.says("show", name)["provenance"][part]
    return (found["file"], found["row"], found["batch"]) if found else None


def test_one_row_changed_and_one_inserted(terminal: Terminal, tmp_path: Path) -> None:
    """An edition is compared row by row by the numbers in it: nothing shifts, and nothing is taken in twice."""
    first = ("import", "weapons", written(tmp_path, "book.csv", BOOK), "--list", "Old book")
    assert terminal.says(*first)["rows"]["registered"] == 3
    assert terminal.says(*first)["rows"]["already"] == 3

    heading, one, two, three = BOOK.splitlines(keepends=True)
    edition = "".join((heading, one, INSERTED, two.replace("Model A", "Model B"), three))
    second = ("import", "weapons", written(tmp_path, "book2.csv", edition), "--list", "Old book")

    # The dry run names the change with before and after, and that it needs a reason.
    seen = terminal.says(*second, "--dry-run")
    assert {name: seen["rows"][name] for name in ("registered", "changed", "already")} == {
        "registered": 1,
        "changed": 1,
        "already": 2,
    }
    (change,) = seen["changes"]
    assert (change["register_no"], change["before"], change["after"]) == (
        "W-0000002",
        {"model": "Model A"},
        {"model": "Model B"},
    )
    assert seen["needs_reason"] is True
    read = terminal.shown(*second, "--dry-run")
    assert "W-0000002: Model: Model A → Model B" in read
    assert "needs --reason" in read
    assert terminal.refused(*second) == "reason_missing"

    terminal.says(*second, "--reason", "stock take 7")
    assert source(terminal, "EX-1") == ("book.csv", 2, "B-0000001")
    assert source(terminal, "EX-2") == ("book.csv", 3, "B-0000001")
    assert source(terminal, "EX-2", "updated") == ("book2.csv", 4, "B-0000002")
    assert source(terminal, "EX-1", "updated") is None
    assert source(terminal, "EX-4") == ("book2.csv", 3, "B-0000002")
    history = terminal.shown("history", "EX-2")
    assert "book2.csv, row 4 (B-0000002)" in history
    assert "Model: Model A → Model B" in history
    assert terminal.says(*second, "--reason", "stock take 7")["facts"] == []

    # Taken back as a whole, the record stands as the first edition left it, and says so.
    terminal.says("import", "undo", "B-0000002", "--reason", "wrong edition")
    shown = terminal.says("show", "EX-2")
    assert (shown["model"], shown["provenance"]["updated"]) == ("Model A", None)
    assert terminal.says("verify")["breaks"] == []


def test_a_changed_row_without_a_number_says_what_to_do_where_it_is_the_same_weapon(
    terminal: Terminal, tmp_path: Path
) -> None:
    bare = "\n".join(line.partition(",")[2] for line in BOOK.splitlines())
    terminal.says("import", "weapons", written(tmp_path, "bare.csv", bare))
    edition = bare.replace("EX-2,Example Works,Model A", "EX-2,Example Works,Model B")
    again = written(tmp_path, "bare2.csv", edition)
    (notice,) = terminal.says("import", "weapons", again, "--list", "bare", "--dry-run")["notices"]
    assert notice["says"] == (
        "W-0000002: the same serial on another model. If it is the same weapon, write its register number into the row."
    )


def test_an_identified_weapon_names_its_line_and_that_lines_row(terminal: Terminal, tmp_path: Path) -> None:
    terminal.says("import", "holdings", written(tmp_path, "state.csv", HOLDINGS), "--place", "RACK1")
    assert source(terminal, "L-0000001") == ("state.csv", 2, "B-0000001")
    terminal.says("register", *RIFLE, "--serial", "EX-9", "--from-line", "L-0000001")
    found = terminal.says("show", "EX-9")["provenance"]
    assert (found["source"], found["line"]) == (None, "L-0000001")
    assert source(terminal, "EX-9", "line_source") == ("state.csv", 2, "B-0000001")
    shown = terminal.shown("show", "EX-9")
    assert "One of the quantity" in shown
    assert "state.csv, row 2 (B-0000001)" in shown


def test_what_was_decided_of_a_list_still_names_its_row(terminal: Terminal, tmp_path: Path) -> None:
    terminal.says("import", "holdings", written(tmp_path, "state.csv", HOLDINGS), "--place", "RACK1")
    assert "Supply class 1240 does not list guns." in terminal.shown("show", "U-0000001")
    terminal.says("import", "decide", "U-0000001", "--type", "SA-40", "--reason", "looked at them")
    found = terminal.says("show", "L-0000002")["provenance"]
    assert found["listed"] == "U-0000001"
    assert source(terminal, "L-0000002") == ("state.csv", 3, "B-0000001")


def test_people_and_places_name_the_row_they_are_from(terminal: Terminal, tmp_path: Path) -> None:
    people = "service number,name,unit\n77001,Anna Example,First\n"
    places = "code,name,kind,parent\nRACK2,Rack 2,rack,ROOM1\n"
    terminal.says("import", "people", written(tmp_path, "people.csv", people))
    terminal.says("import", "places", written(tmp_path, "places.csv", places))
    assert source(terminal, "77001") == ("people.csv", 2, "B-0000001")
    assert source(terminal, "RACK2") == ("places.csv", 2, "B-0000002")
    assert source(terminal, "RACK1") is None
    assert terminal.shown("show", "77001").splitlines()[1].split() == ["Unit", "First"]


def test_what_changes_of_people_and_places_is_told_in_names(terminal: Terminal, tmp_path: Path) -> None:
    people = "service number,name,unit\n77001,Anna Example,First\n"
    terminal.says("import", "people", written(tmp_path, "people.csv", people), "--list", "people")
    moved = written(tmp_path, "people2.csv", people.replace("First", "Second"))
    (change,) = terminal.says("import", "people", moved, "--list", "people", "--dry-run")["changes"]
    assert (change["before"], change["after"]) == ({"unit": "First"}, {"unit": "Second"})

    terminal.says("places", "add", "ROOM2", "--kind", "room")
    places = written(tmp_path, "places.csv", "code,name,kind,parent\nRACK1,RACK1,rack,Room2\n")
    (change,) = terminal.says("import", "places", places, "--dry-run")["changes"]
    assert (change["before"], change["after"]) == ({"parent": "ROOM1"}, {"parent": "ROOM2"})
