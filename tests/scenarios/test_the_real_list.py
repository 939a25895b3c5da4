"""The main job on real input: a published list of 1,575 lines becomes a register, and three rifles of it get a name."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from fakes.terminal import Terminal, secrets_in
from muniment.bootstrap import join_register

ROOT = Path(__file__).parents[2]
REFERENCE = Path(os.environ.get("MUNIMENT_REFERENCE", ROOT.parent / "shared"))
REAL_LIST = REFERENCE / "data" / "ks_1033_data.csv"
MAPPING = ROOT / "app" / "muniment" / "exchange" / "mappings" / "transfers_1033.toml"

RIFLE_556 = ("1005-00-856-6885", "RIFLE,5.56 MILLIMETER")


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    secrets_in(tmp_path, monkeypatch)
    made = Terminal(tmp_path / "register.muniment", capsys)
    made.says("init", "--depot", "Depot Example", "--country", "US", "--realm", "training", second=True)
    made.says("people", "add", "Example Soldier", "--service-no", "0001", "--until", "2099-12-31")
    made.says("people", "pin", "0001")
    return made


def imported(terminal: Terminal, path: Path) -> None:
    terminal.says("import", "holdings", str(path), "--mapping", str(MAPPING), "--place", "DEPOT", "--list", "transfers")


def totals(terminal: Terminal) -> dict[tuple[str, str], int]:
    """What is left to identify, by type and calibre as the list has it."""
    register = join_register(str(terminal.register))
    assert register.views is not None
    left: dict[tuple[str, str], int] = {}
    for counted in register.views.lines():
        key = (counted.line.text("taxonomy_code"), counted.line.text("item_name"))
        left[key] = left.get(key, 0) + counted.left
    register.close()
    return left


def first_line_of(terminal: Terminal, item_name: str) -> str:
    register = join_register(str(terminal.register))
    assert register.views is not None
    found = next(c.line for c in register.views.lines() if c.left and c.line.text("item_name") == item_name)
    register.close()
    return found.text("register_no")


def quantities(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(int(row["quantity"]) for row in csv.DictReader(file))


def identify_three_issue_one(terminal: Terminal, before: int) -> None:
    """Three rifles are identified and get a code, one is issued, confirmed, returned and printed."""
    for nth in (1, 2, 3):
        line = first_line_of(terminal, RIFLE_556[1])
        described = ("--type", "SA-22", "--calibre", "5.56x45mm", "--make", "Example", "--model", "M")
        named = terminal.says(
            "register", "--from-line", line, *described, "--serial", f"EX-REAL-{nth}", "--code", f"CODE-{nth}"
        )
        assert named["register_no"] == f"W-{nth:07d}"
    issued = terminal.says("issue", "CODE-1", "--to", "0001", "--confirm", "pin")
    assert [fact["kind"] for fact in issued["facts"]] == ["receipt_opened", "issued", "receipt_confirmed"]
    terminal.says("return", "EX-REAL-1")
    for name, of in (("hand-receipt", "R-000001"), ("history", "CODE-1"), ("issue-log", "")):
        out = terminal.register.with_name(f"{name}.pdf")
        terminal.says("report", name, "--out", str(out), *(("--of", of) if of else ()))
        assert out.read_bytes().startswith(b"%PDF")
    left = sum(n for (_, name), n in totals(terminal).items() if name == RIFLE_556[1])
    assert left == before - 3
    told = [line["what"] for line in terminal.says("history", "W-0000001")["history"]]
    assert told == ["Registered", "Issued", "Returned"]
    assert terminal.says("verify")["breaks"] == []


@pytest.mark.skipif(not REAL_LIST.exists(), reason=f"THE REAL LIST IS NOT HERE: {REAL_LIST}")
def test_the_published_list_imports_whole_and_adds_up(terminal: Terminal) -> None:
    assert quantities(REAL_LIST) == 1_988
    imported(terminal, REAL_LIST)
    left = totals(terminal)
    assert sum(left.values()) == 1_427
    assert sum(n for (code, _), n in left.items() if code.startswith("LW")) == 2
    rifles_556 = sum(n for (_, name), n in left.items() if name == RIFLE_556[1])
    assert rifles_556 == 962
    undecided = terminal.says("import", "undecided")["undecided"]
    assert sum(int(one["quantity"]) for one in undecided) == 1_988 - 1_427
    assert sum(int(one["quantity"]) for one in undecided if one["item_name"] == "MAGAZINE,CARTRIDGE") == 100
    identify_three_issue_one(terminal, rifles_556)
    again = terminal.says(
        "import", "holdings", str(REAL_LIST), "--mapping", str(MAPPING), "--place", "DEPOT", "--list", "transfers"
    )
    assert again.get("facts", []) == []


def test_an_invented_list_of_the_same_shape_does_the_same(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    headings = "state,county,fips,nsn,item_name,quantity,ui,ship_date,federal_supply_class\n"
    rifle = ",".join(
        ["XX", "EXAMPLE", "1", RIFLE_556[0], f'"{RIFLE_556[1]}"', "1", "Each", "5/19/2006 0:00:00", "1005"]
    )
    magazines = 'XX,EXAMPLE,1,1005-00-921-5004,"MAGAZINE,CARTRIDGE",50,Each,5/19/2006 0:00:00,1005'
    bicycle = 'XX,EXAMPLE,1,7830-DS-BIC-YCEE,"BICYCLE, EXERCISE",1,Each,3/25/2014 0:00:00,7830'
    path.write_text(headings + "\n".join([rifle] * 7 + [magazines, bicycle]) + "\n", encoding="utf-8")
    imported(terminal, path)
    assert sum(totals(terminal).values()) == 7
    assert sum(int(one["quantity"]) for one in terminal.says("import", "undecided")["undecided"]) == 51
    identify_three_issue_one(terminal, 7)
