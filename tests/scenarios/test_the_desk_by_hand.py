"""Custody and lists as an officer types them, with what goes wrong: bad values, things that are not there, refusals."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fakes.depot import depot_at, rifle_called
from fakes.outside import StoppedClock, quick_passphrases
from fakes.terminal import Terminal, secrets_in
from muniment.__main__ import main
from muniment.bootstrap import Outside
from muniment.desk.people import Newcomer, register_person
from muniment.desk.signing import set_secret
from muniment.desk.stock import register as register_weapon
from muniment.domain.people.authority import Certificate
from muniment.domain.people.person import PersonRecord

WEAPON = ("--type", "SA-40", "--make", "Example Works", "--model", "Model A", "--place", "RACK1")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with three rifles, two soldiers who may draw them and a clerk who may not; tests take copies."""
    path = tmp_path_factory.mktemp("depot") / "register.muniment"
    depot = depot_at(str(path), StoppedClock(), replace(Outside.system(), passphrases=quick_passphrases()))
    desk, by = depot.desk, depot.by_officer()
    set_secret(desk, by, depot.soldier, "pin", "4711")
    may_draw = (Certificate("SA", date(2099, 12, 31)),)
    for number, certificates in (("0002", may_draw), ("0003", ())):
        record = PersonRecord(name=f"Example Soldier {number}", service_no=number)
        register_person(desk, by, Newcomer(record, certificates=certificates))
    for serial in ("EX-1", "EX-2", "EX-3"):
        register_weapon(desk, by, rifle_called(serial), depot.rack)
    depot.register.close()
    return path


@pytest.fixture
def terminal(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    secrets_in(tmp_path, monkeypatch)
    return Terminal(Path(shutil.copy(register, tmp_path)), capsys)


def kinds(answer: dict[str, object]) -> list[str]:
    facts = answer["facts"]
    assert isinstance(facts, list)
    return [fact["kind"] for fact in facts]


def test_a_confirmation_that_cannot_be_is_refused_before_anything_goes_out(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give = ("issue", "EX-1", "--to", "0001")
    terminal.says(*give, "--confirm", "thumb", status=2)
    terminal.says(*give, "--confirm", "paper", status=2)
    terminal.says(*give, "--paper-no", "F-12", status=2)
    terminal.says(*give, "--assign", "--until", "2099-01-01T00:00:00Z", status=2)
    (tmp_path / "wrong").write_text("0000", encoding="utf-8")
    monkeypatch.setenv("MUNIMENT_PIN_FILE", str(tmp_path / "wrong"))
    assert terminal.refused(*give, "--confirm", "pin") == "wrong_pin"
    assert terminal.says("list", "issued")["issued"] == []


def test_a_receipt_that_was_left_open_is_confirmed_later_and_once(terminal: Terminal) -> None:
    assert terminal.says("issue", "EX-1", "EX-2", "--to", "0001")["receipt"] == "R-000001"
    partly = terminal.says("issue", "EX-3", "EX-1", "--to", "0002", status=1)
    assert (partly["receipt"], partly["refused"]["rule"]) == ("R-000002", "not_in_store")
    assert kinds(terminal.says("confirm", "R-000001", "--by", "pin")) == ["receipt_confirmed"]
    assert terminal.refused("confirm", "R-000001", "--by", "pin") == "receipt_closed"
    assert terminal.refused("confirm", "R-000009", "--by", "signature") == "unknown_number"
    terminal.says("confirm", "R-000002", "--by", "paper", "--paper-no", "F-12")
    assert terminal.says("verify")["breaks"] == []


def test_the_name_of_an_act_is_not_lent_to_another(terminal: Terminal) -> None:
    done = terminal.says("issue", "EX-1", "--to", "0001", "--intent", "shift")
    assert terminal.says("issue", "EX-1", "--to", "0001", "--intent", "shift")["facts"] == done["facts"]
    assert terminal.refused("return", "EX-1", "--intent", "shift") == "intent_used"
    assert terminal.refused("issue", "EX-2", "--to", "0001", "--intent", "shift") == "intent_used"
    again = ("register", *WEAPON, "--calibre", "5.56x45mm", "--intent", "new")
    terminal.says(*again, "--serial", "EX-4")
    assert terminal.refused(*again, "--serial", "EX-5") == "intent_used"
    terminal.says(*again, "--serial", "EX-4")
    assert [one["serial"] for one in terminal.says("list", "issued")["issued"]] == ["EX-1"]


def test_a_correction_and_a_newcomer_of_a_used_name_are_not_passed_over_in_silence(terminal: Terminal) -> None:
    first = terminal.says("issue", "EX-1", "--to", "0001")["facts"][-1]["seq"]
    other = terminal.says("issue", "EX-2", "--to", "0001")["facts"][-1]["seq"]
    undo = ("correct", "--reason", "wrong rifle", "--intent", "undo")
    done = terminal.says(*undo, str(first))
    assert terminal.says(*undo, str(first))["facts"] == done["facts"]
    assert terminal.refused(*undo, str(other)) == "intent_used"
    for code in ("TAG-1", "TAG-2"):
        terminal.says("bind", code, "EX-3")
    terminal.says("unbind", "TAG-1", "--reason", "torn", "--intent", "torn")
    terminal.says("unbind", "TAG-1", "--reason", "torn", "--intent", "torn")
    assert terminal.refused("unbind", "TAG-2", "--reason", "torn", "--intent", "torn") == "intent_used"
    add = ("people", "add", "--intent", "new", "--service-no")
    terminal.says(*add, "9001", "Example Newcomer")
    terminal.says(*add, "9001", "Example Newcomer")
    assert terminal.refused(*add, "9002", "Example Other") == "intent_used"


def test_history_names_who_brought_it_and_who_let_it_pass(terminal: Terminal) -> None:
    terminal.says("issue", "EX-1", "--to", "0001")
    terminal.says("return", "EX-1", "--by", "0002")
    give = ("issue", "EX-1", "--to", "0003")
    assert terminal.refused(*give) == "certificate_missing"
    rule = ("--override", "certificate_missing")
    assert terminal.refused(*give, *rule) == "second_person_missing"
    assert terminal.refused(*give, *rule, second=True) == "reason_missing"
    terminal.says(*give, *rule, "--reason", "one short", second=True)
    told = terminal.shown("history", "EX-1")
    assert "Returned, brought by Example Soldier 0002" in told
    assert "Issued, let pass: certificate missing" in told
    assert "      Reason: one short" in told
    assert "      Second person: " in told
    assert "      Identified by: typed" in told
    assert terminal.says("history", "EX-1")["history"][-1]["second"] != ""


def test_who_has_left_is_written_down_once(terminal: Terminal) -> None:
    terminal.says("issue", "EX-1", "--to", "0001")
    gone = ("people", "status", "0001", "deserted")
    assert kinds(terminal.says(*gone)) == ["person_changed", "case_opened"]
    assert terminal.refused(*gone) == "nothing_changes"
    assert kinds(terminal.says("people", "status", "0001", "dead")) == ["person_changed"]
    assert terminal.refused("issue", "EX-2", "--to", "0001") == "not_serving"


def test_a_column_of_type_codes_is_known_by_what_it_holds(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    heads = "Serial No,Make,Model,Cal,Type,Rack\n"
    rows = "".join(f"B-{n},Example Works,Model A,5.56x45mm,SA-40,RACK1\n" for n in range(1, 4))
    path.write_text(f"{heads}{rows}B-4,Example Works,Model A,5.56x45mm,SA-99,NOWHERE\n", encoding="utf-8")
    dry = terminal.says("import", "weapons", str(path), "--dry-run")
    assert [problem["kind"] for problem in dry["problems"]] == ["type_unknown", "unknown_place"]
    assert terminal.says("find", "B-1")["found"] == []
    taken = terminal.says("import", "weapons", str(path))
    assert taken["batch"] == "B-0000001"
    assert terminal.says("show", "B-1")["place"] == "RACK1"
    words = path.read_text(encoding="utf-8").replace("SA-40", "RIFLE").replace("SA-99", "RIFLE")
    path.with_name("words.csv").write_text(words, encoding="utf-8")
    terminal.says("import", "weapons", str(path.with_name("words.csv")), "--dry-run", status=2)
    assert terminal.says("import", "undo", "B-0000001", "--reason", "the wrong book")["taken_back"] == 3
    assert terminal.says("verify")["breaks"] == []


def test_what_is_wrong_with_every_row_alike_is_said_once(
    terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nowhere.csv"
    rows = "".join(f"N-{n},Example Works,Model A,5.56x45mm,SA-40\n" for n in range(1, 31))
    path.write_text(f"Serial No,Make,Model,Cal,Type\n{rows}", encoding="utf-8")
    assert len(terminal.says("import", "weapons", str(path), "--dry-run", status=2)["problems"]) == 30
    assert main(["--register", str(terminal.register), "--as", "officer", "import", "weapons", str(path)]) == 2
    said = [line for line in capsys.readouterr().err.splitlines() if "line" in line]
    assert len(said) == 2, said
    assert said[0].startswith("line 2")
    assert "29 times more, last: line 31" in said[1]


def test_one_name_of_an_act_takes_in_one_list(terminal: Terminal, tmp_path: Path) -> None:
    for name, serial in (("first", "A-1"), ("other", "A-2")):
        text = f"Serial No,Make,Model,Cal,Type,Rack\n{serial},Example Works,Model A,5.56x45mm,SA-40,RACK1\n"
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    terminal.says("import", "weapons", str(tmp_path / "first.csv"), "--intent", "book")
    assert terminal.refused("import", "weapons", str(tmp_path / "other.csv"), "--intent", "book") == "intent_used"
    assert terminal.says("find", "A-2")["found"] == []


def test_codes_that_mean_something_else_stand_in_the_dry_run_row_by_row(terminal: Terminal, tmp_path: Path) -> None:
    terminal.says("bind", "TAG-1", "EX-1")
    places, people = tmp_path / "places.csv", tmp_path / "people.csv"
    places.write_text("code,name,kind\nTAG-1,Label,room\nN1,New,room\nN1,Twice,room\n", encoding="utf-8")
    people.write_text("service number,name,card code\n9001,A,RACK1\n9002,B,TAG-1\n9003,C,\n", encoding="utf-8")
    for kind, path, rows in (("places", places, [2, 4]), ("people", people, [2, 3])):
        dry = terminal.says("import", kind, str(path), "--dry-run")
        assert [problem["row"] for problem in dry["problems"]] == rows


def test_the_list_of_an_arrival_is_put_right_by_two_before_it_is_closed(terminal: Terminal) -> None:
    line = "{}; Example Works; Model A; 5.56x45mm; SA-40"
    listed = [word for n in (1, 2) for word in ("--listed", line.format(f"N-{n}"))]
    assert terminal.says("receive", "begin", "--from", "Factory", "--doc", "DN-1", *listed)["arrival"] == "A-0000001"
    for _ in range(2):
        terminal.says("receive", "item", "A-0000001", "N-1", "--intent", "seen")
    assert terminal.refused("receive", "item", "A-0000001", "N-2", "--intent", "seen") == "intent_used"
    change = ("receive", "relist", "A-0000001", "--reason", "read wrong")
    wanted = ("--strike", "2", "--add", line.format("N-3"))
    assert terminal.refused(*change, *wanted) == "second_person_missing"
    assert terminal.refused(*change, "--strike", "1", second=True) == "line_seen"
    assert terminal.refused(*change, "--strike", "9", second=True) == "line_unknown"
    assert terminal.refused(*change, "--add", line.format("N-1"), second=True) == "listed_twice"
    assert terminal.refused(*change, second=True) == "nothing_changed"
    assert kinds(terminal.says(*change, *wanted, second=True)) == ["arrival_listed"]
    terminal.says("receive", "item", "A-0000001", "N-3")
    closed = terminal.says("receive", "close", "A-0000001", "--to", "RACK1", second=True)
    assert "case_opened" not in kinds(closed)
    assert terminal.refused(*change, *wanted, second=True) == "arrival_settled"
    assert terminal.says("verify")["breaks"] == []
