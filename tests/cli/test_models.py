"""The catalogue as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fakes.depot import depot_at
from fakes.outside import StoppedClock, outside
from fakes.terminal import secrets_in
from muniment.__main__ import main

Typed = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def typed(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    path = tmp_path / "register.muniment"
    clock = StoppedClock()
    depot_at(str(path), clock, outside(clock)).register.close()
    secrets_in(tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)

    def answer(*words: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        status = main(["--register", str(path), "--as", "officer", "--json", *words])
        return status, json.loads(capsys.readouterr().out)

    return answer


def test_what_the_register_bears_is_proposed_decided_and_entered(typed: Typed, tmp_path: Path) -> None:
    _, answer = typed("models", "list", "--lacking")
    assert [(one["model"], one["weapons"]) for one in answer["lacking"]] == [("Model A", 1), ("Model P", 1)]
    assert typed("models", "export", "lacking.csv", "--lacking")[1]["models"] == 2
    assert len(typed("models", "import", "lacking.csv")[1]["facts"]) == 2
    _, answer = typed("models", "list")
    assert [(one["register_no"], one["weapons"]) for one in answer["models"]] == [("M-0000001", 1), ("M-0000002", 1)]
    assert typed("models", "list", "--lacking")[1]["lacking"] == []


def test_an_entry_describes_the_weapon_that_is_registered(typed: Typed) -> None:
    typed("models", "add", "Example Works", "Model C", "--type", "SA-20", "--calibre", "7.62x39mm", "--country", "fr")
    status, answer = typed("register", "--entry", "M-0000001", "--serial", "EX-9", "--place", "RACK1")
    assert (status, answer["warnings"]) == (0, [])
    shown = typed("show", "EX-9")[1]
    assert (shown["make"], shown["model"], shown["calibre"]) == ("Example Works", "Model C", "7.62x39")


def test_what_is_near_an_entry_is_named_in_the_warning(typed: Typed) -> None:
    typed("models", "add", "Example Works", "Model C", "--type", "SA-20", "--calibre", "7.62x39mm")
    words = ("--type", "SA-20", "--make", "Example Works", "--model", "Modle C", "--calibre", "7.62x39mm")
    _, answer = typed("register", *words, "--serial", "EX-9", "--place", "RACK1")
    assert answer["warnings"] == [
        "“Example Works Modle C” is not in the catalogue. Near: M-0000001 Example Works Model C."
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("register", "--serial", "EX-9", "--place", "RACK1"),
        ("register", "--entry", "M-0000001", "--type", "SA-40", "--serial", "EX-9", "--place", "RACK1"),
        ("models", "add", "Example Works", "Model C"),
        ("models", "import", "absent.csv"),
        ("models", "export", "models.doc"),
    ],
)
def test_wrong_use_is_said(typed: Typed, words: tuple[str, ...]) -> None:
    status, answer = typed(*words)
    assert status == 2
    assert answer["problems"]


def test_an_unknown_entry_is_refused(typed: Typed) -> None:
    assert typed("models", "show", "M-0000009")[1]["refused"]["rule"] == "unknown_model"


def test_an_alias_is_given_and_taken_away(typed: Typed) -> None:
    typed("models", "add", "Example Works", "Model A", "--from-register", "--alias", "EW|A")
    assert typed("models", "show", "ew|a")[1]["model"]["register_no"] == "M-0000001"
    status, _ = typed("models", "change", "M-0000001", "--not-alias", "EW|A", "--alias", "Old A", "--reason", "renamed")
    assert status == 0
    assert typed("models", "show", "M-0000001")[1]["model"]["aliases"] == ["Example Works|Old A"]
