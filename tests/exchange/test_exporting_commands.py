"""`export`, `labels` and `worklist` as they are typed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from fakes.depot import depot_at
from fakes.outside import StoppedClock, outside
from muniment.__main__ import main


class Typed:
    """Types commands about one register, and reads their answers."""

    def __init__(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._register, self._capsys = str(register), capsys

    def __call__(self, *words: str) -> tuple[int, dict[str, Any]]:
        self._capsys.readouterr()
        status = main(["--register", self._register, "--json", *words])
        return status, json.loads(self._capsys.readouterr().out)


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    path = tmp_path / "register.muniment"
    clock = StoppedClock()
    depot_at(str(path), clock, outside(clock)).register.close()
    return Typed(path, capsys)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".ods", ".json"])
def test_a_list_is_written_in_the_form_its_name_asks_for(typed: Typed, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"weapons{suffix}"
    status, answer = typed("export", "weapons", str(path))
    assert status == 0
    assert [(one["kind"], one["rows"]) for one in answer["files"]] == [("weapons", 2)]
    assert path.stat().st_size > 0


def test_everything_is_written_once_and_not_over_anything(typed: Typed, tmp_path: Path) -> None:
    status, answer = typed("export", "all", str(tmp_path / "out"))
    assert status == 0
    assert (tmp_path / "out" / "SHA256SUMS").exists()
    assert any("not named" in notice for notice in answer["notices"])
    status, answer = typed("export", "all", str(tmp_path / "out"))
    assert (status, answer["refused"]["rule"]) == (1, "folder_not_empty")


def test_names_are_told_of(typed: Typed, tmp_path: Path) -> None:
    _, answer = typed("export", "people", str(tmp_path / "people.csv"), "--with-names")
    assert "names persons" in answer["notices"][0]


@pytest.mark.parametrize(
    ("words", "status", "key"),
    [
        (("export", "nonsense", "x.csv"), 2, "problems"),
        (("export", "weapons", "weapons.doc"), 2, "problems"),
        (("export", "weapons", "/does/not/exist/x.csv"), 3, "fault"),
        (("labels", "people", "--out", "x.pdf"), 2, "problems"),
        (("labels", "items", "--out", "x.pdf", "--stock", "huge"), 2, "problems"),
        (("labels", "items", "--out", "x.pdf", "--first", "99"), 2, "problems"),
        (("labels", "items", "W-0000099", "--out", "x.pdf"), 1, "refused"),
        (("worklist", "nonsense"), 2, "problems"),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_nothing(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], status: int, key: str
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    found, answer = typed(*words)
    assert found == status
    assert key in answer
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("items",), 2),
        (("items", "W-0000001"), 1),
        (("items", "--at", "RACK1"), 2),
        (("places",), 4),
        (("places", "RACK1", "ROOM1", "--stock", "small", "--symbology", "qr", "--first", "5"), 2),
    ],
)
def test_labels_are_printed(
    typed: Typed, tmp_path: Path, qapp: QApplication, words: tuple[str, ...], count: int
) -> None:
    status, answer = typed("labels", *words, "--out", str(tmp_path / "labels.pdf"))
    assert (status, answer["labels"]) == (0, count)
    assert (tmp_path / "labels.pdf").read_bytes().startswith(b"%PDF")


def test_the_worklist_counts_and_names(typed: Typed) -> None:
    _, answer = typed("worklist")
    counts = {todo["task"]: todo["count"] for todo in answer["worklist"]}
    assert counts == {"not_in_catalogue": 2, "country_missing": 2, "year_missing": 2}
    _, answer = typed("worklist", "year_missing", "--most", "1")
    (todo,) = answer["worklist"]
    assert (todo["count"], [one["register_no"] for one in todo["items"]]) == (2, ["W-0000001"])
