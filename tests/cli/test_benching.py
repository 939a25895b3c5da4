"""Measuring on the command line: what is measured is told at once, and what fails costs no other figure."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from muniment.__main__ import main
from muniment.bench import works
from muniment.bench.works import Bench, Measured, run_module
from muniment.bootstrap import ThisMachine


def quick(_bench: Bench) -> Measured:
    return Measured("something quick", 2.0, 1.0, 2.0, "ms", "<= 3 x", met=True)


def failing(_bench: Bench) -> Measured:
    raise ValueError("no such luck")


def interrupted(_bench: Bench) -> Measured:
    raise KeyboardInterrupt


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(works, "WORKS", {"W1": quick, "W2": failing, "W3": quick})


def test_what_fails_is_said_and_the_others_are_measured(chosen: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench"]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("W1    met      2.0 ms, raw limit 1.0 ms, 2.0 x")
    assert lines[1] == "W2    FAILED   ValueError: no such luck"
    assert lines[2].startswith("W3    met")
    assert lines[3] == "Not measured: W2."


def test_in_json_there_is_one_object_with_all_of_it(chosen: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "bench"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["W2"] == {"failed": "ValueError: no such luck"}
    assert told["W3"]["ratio"] == 2.0


def test_what_is_measured_is_told_before_the_next_begins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(works, "WORKS", {"W1": quick, "W2": interrupted})
    assert main(["bench"]) == 130
    written = capsys.readouterr()
    assert written.out.startswith("W1    met")
    assert "Stopped. What was told stands" in written.err


def test_a_work_may_be_named_in_small_letters(chosen: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "w1"]) == 0
    assert capsys.readouterr().out.startswith("W1 ")


def test_a_work_there_is_none_of_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "W99"]) == 2
    assert "There is no work W99; there are W1, W2, W4, W4b, W8, W10." in capsys.readouterr().err


def test_a_folder_in_which_nothing_can_be_kept_is_said_before_anything_is_measured(
    chosen: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["bench", "--keep", str(tmp_path / "file")]) == 3
    written = capsys.readouterr()
    assert "Nothing can be kept in" in written.err
    assert not written.out


def test_a_register_that_was_being_made_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*_words: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(works, "fill", cut_off)
    bench = Bench(ThisMachine(), tmp_path, 100, lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        _ = bench.register
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="NOT RUN: there is always a display on Windows")
def test_without_a_display_windows_are_painted_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    bench = Bench(ThisMachine(), tmp_path, 100, lambda _: None)
    assert float(run_module(bench, "muniment.bench.bare_window")) > 0
