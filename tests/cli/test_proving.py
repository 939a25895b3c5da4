"""What a register can prove, as it is typed: heads handed out, sheets held against it, copies, other machines."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage, QPainter

from fakes.depot import depot_at
from fakes.outside import StoppedClock, outside
from fakes.rewriting import rewritten
from fakes.terminal import secrets_in
from muniment.__main__ import main
from muniment.paper.press import Job
from muniment.reports.document import Document
from muniment.reports.from_register import Printing
from muniment.reports.log_from_register import log_document


class Machine:
    """One workstation: its folders, and the register that it works on."""

    def __init__(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        environment: pytest.MonkeyPatch,
    ) -> None:
        self.register = folder / "register.muniment"
        self._capsys = capsys
        self._environment = environment
        clock = StoppedClock()
        self.depot = depot_at(str(self.register), clock, outside(clock))

    def says(self, *words: str, by: str = "officer", second: bool = False) -> tuple[int, dict[str, Any]]:
        self._capsys.readouterr()
        beside = ["--second", "second"] if second else []
        status = main(["--register", str(self.register), "--as", by, *beside, "--json", *words])
        return status, json.loads(self._capsys.readouterr().out)

    def moves(self) -> None:
        assert self.says("issue", "EX-000001", "--to", "0001")[0] == 0
        assert self.says("return", "EX-000001")[0] == 0

    def becomes_another_machine(self, folder: Path) -> None:
        self._environment.setenv("XDG_DATA_HOME", str(folder))


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Machine:
    secrets_in(tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)
    return Machine(tmp_path, capsys, monkeypatch)


@pytest.fixture
def administrator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], None]:
    def is_asked() -> None:
        (tmp_path / "admin").write_text("paper clip box", encoding="utf-8")
        monkeypatch.setenv("MUNIMENT_PASSPHRASE_FILE", str(tmp_path / "admin"))

    return is_asked


def judgement(machine: Machine, *words: str) -> tuple[int, str]:
    status, value = machine.says("verify-print", *words)
    return status, value["judgement"]


def test_a_checkpoint_that_was_handed_out_is_held_against_the_register_later(machine: Machine, tmp_path: Path) -> None:
    status, handed = machine.says("checkpoint", "--out", "kept.txt")
    assert status == 0
    assert (tmp_path / "kept.txt").read_text(encoding="utf-8") == handed["checkpoint"]
    machine.moves()
    status, verified = machine.says("verify", "--checkpoint", "kept.txt")
    assert (status, verified["breaks"]) == (0, [])
    assert verified["unwitnessed"]["facts"] > 0
    assert judgement(machine, "kept.txt") == (0, "holds")
    rewritten(machine.depot, b'"serial_raw":"EX-000001"', b'"serial_raw":"EX-000007"', signs=outside().keys)
    status, verified = machine.says("verify", "--checkpoint", "kept.txt")
    assert status == 4
    assert "witness_differs" in {one["rule"] for one in verified["breaks"]}


def test_a_printed_sheet_is_read_from_its_picture(machine: Machine, tmp_path: Path) -> None:
    sheet = _sheet(machine)
    Job(sheet, str).picture(1, 150).save(str(tmp_path / "scan.jpg"))
    assert judgement(machine, "scan.jpg") == (0, "holds")
    facts, root = sheet.head, str(sheet.footer[1].values["root"])
    assert judgement(machine, str(facts), root) == (0, "unsigned")
    assert judgement(machine, str(facts), root[::-1]) == (4, "differs")


def _sheet(machine: Machine) -> Document:
    printing = Printing(machine.depot.register, "en", machine.depot.clock.at.tzinfo)  # type: ignore[arg-type]
    return log_document(printing, machine.depot.clock.at.date())


@pytest.mark.parametrize("words", [("nothing.png",), ("R-000001",), ("scan.png",), (".",)])
def test_what_is_no_sheet_is_said_to_be_none(machine: Machine, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    status, value = machine.says("verify-print", *words)
    assert (status, value.get("judgement", "")) in [(4, "unreadable"), (2, "")]


def test_an_older_copy_is_not_worked_on_until_two_persons_have_declared_it(
    machine: Machine, tmp_path: Path, administrator: Callable[[], None]
) -> None:
    machine.depot.register.close()
    shutil.copy(machine.register, tmp_path / "older")
    machine.moves()
    assert machine.says("report", "hand-receipt", "--of", "R-000001", "--printer", "PDF")[0] == 0
    machine.says("checkpoint", "--out", "kept.txt")
    shutil.copy(tmp_path / "older", machine.register)
    assert machine.says("issue", "EX-000001", "--to", "0001")[0] == 3
    status, verified = machine.says("verify")
    assert (status, [one["rule"] for one in verified["breaks"]]) == (4, ["cut_off"])
    administrator()
    status, refused = machine.says("restore", "--reason", "the disk died", by="admin")
    assert (status, refused["refused"]["rule"]) == (1, "second_person_missing")
    status, declared = machine.says("restore", "--reason", "the disk died", by="admin", second=True)
    assert (status, declared["lost"]) == (0, 5)
    assert [(one["form"], one["number"]) for one in declared["sheets"]] == [("hand-receipt", "R-000001")]
    assert machine.says("verify")[1]["breaks"] == []
    assert judgement(machine, "kept.txt") == (4, "lost")
    status, refused = machine.says("restore", "--reason", "again", by="admin", second=True)
    assert (status, refused["refused"]["rule"]) == (1, "nothing_lost")


def test_another_machine_reads_until_two_persons_enrol_it(
    machine: Machine, tmp_path: Path, administrator: Callable[[], None]
) -> None:
    machine.depot.register.close()
    machine.becomes_another_machine(tmp_path / "other machine")
    assert machine.says("show", "W-0000001")[0] == 0
    status, fault = machine.says("issue", "EX-000001", "--to", "0001")
    assert (status, "no key" in fault["fault"]["says"]) == (3, True)
    administrator()
    assert machine.says("keys", "enrol", by="admin")[0] == 1
    assert machine.says("keys", "enrol", by="admin", second=True)[0] == 0
    listed = machine.says("keys", "list", by="admin")[1]["keys"]
    assert [one["state"] for one in listed] == ["enrolled", "enrolled"]
    assert [one["public"] for one in machine.says("verify")[1]["keys"]] == [one["public"] for one in listed]
    first = listed[0]["public"]
    assert machine.says("keys", "revoke", first[:10], "--reason", "stolen", by="admin", second=True)[0] == 0
    assert machine.says("verify")[1]["breaks"] == []


def test_a_machine_whose_key_was_revoked_writes_no_more(
    machine: Machine, tmp_path: Path, administrator: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.depot.register.close()
    with monkeypatch.context() as there:
        there.setenv("XDG_DATA_HOME", str(tmp_path / "other machine"))
        administrator()
        machine.says("keys", "enrol", by="admin", second=True)
        first = machine.says("keys", "list")[1]["keys"][0]["public"]
        machine.says("keys", "revoke", first, "--reason", "stolen", by="admin", second=True)
    status, fault = machine.says("people", "add", "Example Other", "--service-no", "0002", by="admin")
    assert (status, "no key" in fault["fault"]["says"]) == (3, True)


def test_a_fact_is_proved_to_somebody_outside(machine: Machine) -> None:
    status, proven = machine.says("proof", "3")
    assert status == 0
    assert json.loads(proven["body"])["seq"] == 3
    assert proven["proof"].startswith("c2sp.org/tlog-proof@v1\nindex 2\n")
    assert machine.says("proof", "999")[0] == 1


def test_a_checkpoint_that_an_editor_saved_in_its_own_way_is_still_one(machine: Machine, tmp_path: Path) -> None:
    note = machine.says("checkpoint")[1]["checkpoint"]
    edited = b"\xef\xbb\xbf" + note.replace("\n", " \r\n").encode() + b"\r\n\r\n"
    (tmp_path / "edited.txt").write_bytes(edited)
    assert judgement(machine, "edited.txt") == (0, "holds")
    assert machine.says("verify", "--checkpoint", "edited.txt")[0] == 0


def test_a_true_code_beside_a_forged_one_proves_nothing(machine: Machine, tmp_path: Path) -> None:
    true = Job(_sheet(machine), str).picture(1, 150)
    head, _, signed = machine.says("checkpoint")[1]["checkpoint"].rstrip("\n").rpartition(" ")
    invented = base64.b64encode(base64.b64decode(signed)[:4] + bytes(64)).decode()
    forged = Job(replace(_sheet(machine), footer_code=f"{head} {invented}\n"), str).picture(1, 150)
    both = QImage(true.width(), true.height() * 2, QImage.Format.Format_RGB32)
    painter = QPainter(both)
    painter.drawImage(0, 0, true)
    painter.drawImage(0, true.height(), forged)
    painter.end()
    both.save(str(tmp_path / "both.png"))
    status, said = judgement(machine, "both.png")
    assert (status, said) == (4, "forged")


@pytest.mark.parametrize(
    "words", [("0", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), ("9" * 5000, "x"), ("x" * 5000,)]
)
def test_what_says_nothing_of_a_ledger_is_unreadable(machine: Machine, words: tuple[str, ...]) -> None:
    assert judgement(machine, *words) == (4, "unreadable")


@pytest.mark.skipif(os.name == "nt", reason="pipes with names are elsewhere there")
def test_a_checkpoint_is_not_written_into_a_pipe_or_a_folder(machine: Machine, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert [machine.says("checkpoint", "--out", name)[0] for name in ("pipe", ".", "/dev/zero")] == [2, 2, 2]
    assert machine.says("verify")[1]["unwitnessed"]["facts"] > 0


def test_a_restore_told_again_is_one_restore_and_no_other_and_takes_the_same_two(
    machine: Machine, tmp_path: Path, administrator: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.depot.register.close()
    shutil.copy(machine.register, tmp_path / "older")
    machine.moves()
    shutil.copy(tmp_path / "older", machine.register)
    administrator()
    told = ("restore", "--reason", "the disk died", "--intent", "restore-0001")
    assert machine.says(*told, by="admin", second=True)[0] == 0
    assert machine.says(*told, by="admin")[0] == 1
    shutil.copy(machine.register, tmp_path / "older")
    secrets_in(tmp_path, monkeypatch)
    machine.moves()
    shutil.copy(tmp_path / "older", machine.register)
    administrator()
    assert machine.says(*told, by="admin", second=True)[1]["refused"]["rule"] == "intent_used"
    assert machine.says("verify")[0] == 4


def test_one_name_revokes_one_key(machine: Machine, tmp_path: Path, administrator: Callable[[], None]) -> None:
    machine.depot.register.close()
    for name in ("second machine", "third machine"):
        machine.becomes_another_machine(tmp_path / name)
        administrator()
        assert machine.says("keys", "enrol", by="admin", second=True)[0] == 0
    first, second, _ = [one["public"] for one in machine.says("keys", "list")[1]["keys"]]
    told = ("--reason", "stolen", "--intent", "revoke-0001")
    assert machine.says("keys", "revoke", first, *told, by="admin", second=True)[0] == 0
    assert machine.says("keys", "revoke", first, *told, by="admin", second=True)[0] == 0
    assert machine.says("keys", "revoke", second, *told, by="admin", second=True)[0] == 1


def test_a_key_that_was_enrolled_again_can_be_revoked_again(
    machine: Machine, tmp_path: Path, administrator: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.depot.register.close()
    administrator()
    first = machine.says("keys", "list")[1]["keys"][0]["public"]
    at_first = os.environ["XDG_DATA_HOME"]
    machine.becomes_another_machine(tmp_path / "other machine")
    assert machine.says("keys", "enrol", by="admin", second=True)[0] == 0
    revoke = ("keys", "revoke", first, "--reason", "stolen")
    assert machine.says(*revoke, by="admin", second=True)[0] == 0
    monkeypatch.setenv("XDG_DATA_HOME", at_first)
    assert machine.says("keys", "enrol", by="admin", second=True)[0] == 0
    machine.becomes_another_machine(tmp_path / "other machine")
    assert machine.says(*revoke, by="admin", second=True)[0] == 0
    assert machine.says("verify")[1]["breaks"] == []


def test_a_register_that_nothing_outside_was_held_against_is_said_to_be_so(machine: Machine, tmp_path: Path) -> None:
    machine.moves()
    assert machine.says("verify")[1]["outside"] != []
    machine.depot.register.close()
    machine.becomes_another_machine(tmp_path / "other machine")
    assert machine.says("verify")[1]["outside"] == []
