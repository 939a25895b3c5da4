"""Every command there is, as the program itself lists them: one JSON object each, and what changes is told once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import typer

from fakes.outside import another_desk
from fakes.terminal import secrets_in
from muniment.bootstrap import (
    codes_in,
    create_register,
    examine_register,
    join_register,
    printing_on,
    put_back_register,
    suites,
    write_labels,
    write_pdf,
)
from muniment.cli.face import WRONG_USE, Face
from muniment.cli.program import program, run
from muniment.desk.opening import Charter
from muniment.desk.register import Examined, PutBack, Register
from muniment.desk.signing import sign_in
from muniment.domain.basics.refusal import Refusal
from muniment.system import SystemClock

READS = frozenset(
    {
        "verify", "verify-print", "proof", "keys list",
        "find", "show", "history", "list", "worklist", "overrides", "decode", "extract", "export", "labels",
        "report", "people list", "places list", "components list", "kits list", "cases list", "cases show",
        "transfers list", "receive list", "receive show",
         "fields list", "policy show", "states list", "states show", "states export",
        "import list", "import undecided", "printers list", "printers jobs", "printers log",
        "models list", "models show", "models export",
    }
)  # fmt: skip
"""Commands that change nothing in the register, though some write files beside it."""

NOT_HERE = {
    "desktop": "opens windows; tests/ui and tests/window are about it",
    "demo": "makes a register of its own each time",
    "bench": "makes registers of its own and takes long",
    "printers again": "a job is printed once more at a person's word and bears a name of its own",
    "printers done": "see printers again",
    "printers cancel": "changes the queue of the workstation, not the register",
    "printers offset": "changes how a printer of the workstation draws, not the register",
}

ELSEWHERE = {
    "restore": "needs a register that has lost something: test_proving.py",
    "keys enrol": "needs a second machine: test_proving.py",
    "keys revoke": "needs a second machine: test_proving.py",
}
"""Commands that bear a name for their act and have their tests in another file."""


@dataclass(frozen=True)
class Step:
    """One command of the day: what is typed after the options that every command takes."""

    words: tuple[str, ...]
    second: bool = False

    @property
    def path(self) -> str:
        return next(path for path in leaves() if self.words[: len(path.split())] == tuple(path.split()))


def step(*words: str, second: bool = False) -> Step:
    return Step(words, second)


WEAPON = ("--type", "SA-40", "--make", "Example Works", "--model", "Model A", "--calibre", "5.56x45mm")

DAY = (
    step("init", "--depot", "Depot Example", "--country", "XX", "--realm", "training", second=True),
    step("places", "add", "ROOM1", "--kind", "room"),
    step("places", "add", "RACK1", "--kind", "rack", "--in", "ROOM1"),
    step("places", "add", "RACK9", "--kind", "rack", "--in", "ROOM1"),
    step("places", "rename", "RACK9", "--name", "Rack at the back"),
    step("places", "close", "RACK9", "--reason", "taken down"),
    step("places", "list"),
    step("people", "add", "Example Soldier", "--service-no", "0001", "--unit", "1st Company"),
    step("people", "certify", "0001", "--until", "2099-12-31"),
    step("people", "pin", "0001"),
    step("people", "ban", "0001", "--reason", "inquiry"),
    step("people", "ban", "0001", "--reason", "closed", "--lift", second=True),
    step("people", "status", "0001", "posted"),
    step("people", "status", "0001", "serving", second=True),
    step("people", "list"),
    step("people", "unlock", "second"),
    step("register", *WEAPON, "--serial", "EX-1", "--place", "RACK1", "--code", "TAG-1"),
    step("register", *WEAPON, "--serial", "EX-2", "--place", "RACK1"),
    step("register", *WEAPON, "--serial-status", "never_marked", "--place", "RACK1"),
    step("mark", "W-0000003", "assigned"),
    step("describe", "W-0000001", "year=1990"),
    step("condition", "W-0000003", "repairable", "--reason", "loose stock"),
    step("bind", "TAG-2", "EX-2"),
    step("unbind", "TAG-2", "--reason", "torn off"),
    step("components", "add", "--kind", "barrel", "--place", "RACK1", "--serial", "EX-B-1"),
    step("components", "add", "--kind", "barrel", "--place", "RACK1", "--serial", "EX-B-2"),
    step("components", "fit", "C-0000001", "W-0000001"),
    step("components", "swap", "C-0000001", "C-0000002", "--to", "RACK1"),
    step("components", "remove", "C-0000002", "--to", "RACK1"),
    step("components", "fit", "C-0000002", "W-0000001"),
    step("components", "list", "W-0000001"),
    step("states", "define", "axes.json"),
    step("states", "move", "W-0000001", "--to", "awaiting"),
    step("states", "move", "W-0000001", "--off", "--axis", "workshop"),
    step("states", "list"),
    step("states", "show", "workshop"),
    step("states", "export", "axes-again.json"),
    step("policy", "show"),
    step("policy", "set", "--weapons-per-person", "3", "--reason", "order 7"),
    step("issue", "W-0000001", "W-0000002", "--to", "0001", "--confirm", "pin"),
    step("return-without", "W-0000001", "--missing", "C-0000002"),
    step("return", "W-0000002", "--fault", "worn"),
    step("quarantine", "W-0000002", "--reason", "looked at", "--release", second=True),
    step("move", "W-0000002", "--to", "RACK1"),
    step("list", "issued"),
    step("kits", "add", "Watch", "--member", "W-0000002", "--accessory", "magazine=4", "--place", "RACK1"),
    step("kits", "change", "K-0000001", "--accessory", "magazine=3"),
    step("kits", "issue", "K-0000001", "--to", "0001"),
    step("confirm", "R-000002", "--by", "signature"),
    step("kits", "return", "K-0000001"),
    step("kits", "list"),
    step("missing", "W-0000003", "--reason", "not in its rack", second=True),
    step("found", "W-0000003", "--to", "RACK1", "--reason", "behind the bench", second=True),
    step("cases", "list"),
    step("cases", "open", "W-0000002", "--reason", "rust"),
    step("cases", "note", "CASE-0000003", "looked at"),
    step("cases", "show", "CASE-0000003"),
    step("cases", "close", "CASE-0000003", "--reason", "oiled", second=True),
    step("kits", "change", "K-0000001", "--add", "W-0000003"),
    step("transfers", "send", "W-0000002", "--to", "Depot South", "--doc", "TO-1"),
    step("transfers", "list"),
    step("transfers", "reverse", "T-0000001", "--reason", "cancelled"),
    step("transfers", "send", "W-0000002", "--to", "Depot South", "--doc", "TO-2"),
    step("transfers", "accept", "T-0000002", "--confirmation", "RCV-1"),
    step("receive", "begin", "--from", "Depot South", "--doc", "S-9", "--seal", "S-1", "--listed", "EX-2;;Model A",
         "--listed", "EX-50; Example Works; Model A; 5.56x45mm; SA-40", "--listed", "4 x Sling"),
    step("receive", "item", "A-0000001", "EX-2"),
    step("receive", "item", "A-0000001", "EX-50"),
    step("receive", "off", "A-0000001", "2"),
    step("receive", "relist", "A-0000001", "--add", "EX-51; Example Works; Model A; 5.56x45mm; SA-40",
         "--reason", "forgotten", second=True),
    step("receive", "item", "A-0000001", "--counted", "3", "--line", "3"),
    step("receive", "show", "A-0000001"),
    step("receive", "list"),
    step("receive", "close", "A-0000001", "--to", "RACK1", "--seals-whole", second=True),
    step("report", "acceptance", "--of", "A-0000001", "--out", "acceptance.pdf"),
    step("receive", "reverse", "A-0000001", "--reason", "the wrong lorry", second=True),
    step("attach", "W-0000001", "order.pdf", "--kind", "certificate"),
    step("extract", "W-0000001", "1", "again.pdf"),
    step("fields", "define", "post", "--of", "weapon", "--kind", "text", "--title", "Guard post"),
    step("fields", "set", "W-0000001", "post", "north gate"),
    step("fields", "change", "post", "--of", "weapon", "--title", "Post"),
    step("fields", "list"),
    step("printers", "list"),
    step("printers", "jobs"),
    step("printers", "log"),
    step("import", "places", "places.csv"),
    step("import", "people", "people.csv"),
    step("import", "weapons", "weapons.csv"),
    step("import", "holdings", "holdings.csv"),
    step("import", "list"),
    step("import", "undecided"),
    step("import", "decide", "U-0000001", "--not-ours", "--reason", "a tent"),
    step("correct", "LAST", "--reason", "not wanted"),
    step("import", "undo", "B-0000003", "--reason", "wrong list"),
    step("models", "list", "--lacking"),
    step("models", "add", "Example Works", "Model A", "--from-register", "--alias", "EW|A"),
    step("models", "change", "M-0000001", "--modular", "--numbered", "barrel", "--reason", "seen"),
    step("models", "import", "models.csv"),
    step("models", "retire", "M-0000002", "--reason", "none left"),
    step("models", "list", "--all"),
    step("models", "show", "EW|A"),
    step("models", "export", "models-again.csv"),
    step("find", "EX"),
    step("show", "W-0000001"),
    step("history", "W-0000001"),
    step("worklist"),
    step("overrides"),
    step("decode", "]C1EX-1"),
    step("export", "all", "everything"),
    step("report", "issue-log", "--out", "log.pdf"),
    step("labels", "items", "W-0000001", "--out", "labels.pdf"),
    step("verify"),
    step("keys", "list"),
    step("checkpoint", "--out", "checkpoint.txt"),
    step("verify-print", "checkpoint.txt"),
    step("verify", "--checkpoint", "checkpoint.txt"),
    step("proof", "3"),
)  # fmt: skip
"""A day in which every command is used; `LAST` is the newest fact."""

FILES = {
    "places.csv": "code,name,kind,parent code\nRACK2,Second rack,rack,ROOM1\n",
    "people.csv": "service number,name\n0002,Example Other\n",
    "weapons.csv": "serial,type code,make,model,calibre,place\nEX-7,SA-40,Example Works,Model A,5.56x45mm,RACK1\n",
    "holdings.csv": "item name,quantity,place\nTENT FRAME SECTION,2,RACK1\n",
    "models.csv": "make,model,type_code,calibres,country\nExample Works,Model B,SA-12,9x19mm; .40 S&W,BE\n",
    "order.pdf": "%PDF-1.7\nsigned order\n",
    "axes.json": json.dumps(
        {
            "axes": [
                {
                    "key": "workshop",
                    "title": "Workshop",
                    "states": [{"key": "awaiting", "title": "Awaiting inspection"}],
                    "ways": [{"to": "awaiting"}, {"from": "awaiting"}],
                }
            ]
        }
    ),
}


@lru_cache(maxsize=1)
def leaves() -> dict[str, Any]:
    """Every command of the program by its whole path, as the program lists them."""

    def walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
        commands = getattr(command, "commands", None)
        if commands is None:
            yield path, command
            return
        for name, inner in commands.items():
            yield from walk(inner, f"{path} {name}".strip())

    return dict(walk(typer.main.get_command(program), ""))


@pytest.mark.parametrize("path", sorted(leaves()))
def test_what_changes_something_can_be_named_so_that_it_is_done_once(path: str) -> None:
    options = {option for one in leaves()[path].params for option in one.opts}
    assert ("--intent" in options) == (path not in READS and path not in NOT_HERE)


def test_every_command_has_its_hour_in_the_day() -> None:
    assert {one.path for one in DAY} == set(leaves()) - set(NOT_HERE) - set(ELSEWHERE)


def test_every_command_says_what_it_does() -> None:
    assert [path for path, command in leaves().items() if not command.help] == []


@pytest.mark.parametrize("path", [*sorted(leaves()), "no such command", "import nonsense", "--no-such-option"])
def test_wrong_use_is_told_in_json_and_by_the_exit_status(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    face = _face(Path("absent.muniment"))
    assert run(["--json", *path.split(), "--no-such-option"], face) == WRONG_USE
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert problems[0]["where"] == "command line"


class Machine:
    """Registers on this machine whose passphrases take no time."""

    world = another_desk("ws-test", SystemClock())

    def create(self, where: str, charter: Charter) -> Register:
        return create_register(where, charter, self.world)

    def join(self, where: str) -> Register:
        return join_register(where, self.world)

    def examine(self, where: str) -> Examined:
        return examine_register(where, self.world)

    def put_back(self, where: str) -> PutBack:
        return put_back_register(where, self.world)


Typed = Callable[[Sequence[str], bool], dict[str, Any]]


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    secrets_in(tmp_path, monkeypatch)
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def answer(words: Sequence[str], second: bool) -> dict[str, Any]:
        face = _face(tmp_path / "default.muniment")
        beside = ["--second", "second"] if second else []
        capsys.readouterr()
        status = run(["--register", "r.muniment", "--as", "officer", *beside, "--json", *words], face)
        written = capsys.readouterr().out
        assert status == 0, f"{' '.join(words)}: {written}"
        value: dict[str, Any] = json.loads(written)
        return value

    return answer


def _face(default: Path) -> Face:
    made = (write_pdf, write_labels, printing_on, _nothing, codes_in)
    return Face(Machine(), _nobody, _nobody, *made, suites(), default, UTC)


def _nobody(*_given: object) -> int:
    raise AssertionError("no window is wanted here")


def _nothing(*_given: object) -> dict[str, dict[str, object]]:
    raise AssertionError("no speed is wanted here")


def test_a_day_of_every_command_answers_in_json_and_tells_each_act_once(typed: Typed) -> None:
    size = 0
    for nth, one in enumerate(DAY):
        words = [str(size) if word == "LAST" else word for word in one.words]
        if one.path in READS:
            typed(words, one.second)
            assert _size() == size, f"{one.path} changed the register"
            continue
        if one.path == "people unlock":
            size += _guess("second")
        named = [*words, "--intent", f"step-{nth}"]
        first = typed(named, one.second)
        assert first["facts"], f"{one.path} told no fact"
        assert all(set(fact) == {"seq", "kind", "leaf"} for fact in first["facts"])
        grown = _size()
        assert grown == size + len(first["facts"]), f"{one.path} told other facts than it appended"
        assert typed(named, one.second)["facts"] == first["facts"], f"{one.path} was told otherwise the second time"
        assert _size() == grown, f"{one.path} was done twice"
        size = grown


def _guess(name: str) -> int:
    """Somebody tries a wrong passphrase; answers how many facts that told."""
    before = _size()
    register = Machine().join("r.muniment")
    with pytest.raises(Refusal):
        sign_in(register.desk, name, "a guess")
    register.close()
    return _size() - before


def _size() -> int:
    register = Machine().join("r.muniment")
    with register.desk.look() as work:
        size = work.head().size
    register.close()
    return size
