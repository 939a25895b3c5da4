"""The program as somebody types it, answering in JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from muniment.__main__ import main

SECRETS = {
    "MUNIMENT_PASSPHRASE_FILE": "correct horse",
    "MUNIMENT_SECOND_PASSPHRASE_FILE": "battery staple",
    "MUNIMENT_PIN_FILE": "4711",
}


def secrets_in(folder: Path, environment: pytest.MonkeyPatch) -> None:
    """Lay down the files that passphrases are read from, and name them."""
    for variable, secret in SECRETS.items():
        (folder / variable).write_text(secret, encoding="utf-8")
        environment.setenv(variable, str(folder / variable))


class Terminal:
    """The program on one register, answering in JSON."""

    def __init__(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.register = register
        self.capsys = capsys

    def says(self, *words: str, second: bool = False, status: int = 0) -> dict[str, Any]:
        beside = ["--second", "second"] if second else []
        self.capsys.readouterr()
        answered = main(["--register", str(self.register), "--as", "officer", *beside, "--json", *words])
        written = self.capsys.readouterr().out
        assert answered == status, written
        value: dict[str, Any] = json.loads(written)
        return value

    def refused(self, *words: str, second: bool = False) -> str:
        return str(self.says(*words, second=second, status=1)["refused"]["rule"])

    def shown(self, *words: str) -> str:
        """What a person reads, in place of JSON."""
        self.capsys.readouterr()
        assert main(["--register", str(self.register), *words]) == 0
        return self.capsys.readouterr().out


def with_one_rack(folder: Path, capsys: pytest.CaptureFixture[str], environment: pytest.MonkeyPatch) -> Terminal:
    """The program on a new register with one room and one rack in it, made as somebody types it."""
    secrets_in(folder, environment)
    terminal = Terminal(folder / "register.muniment", capsys)
    terminal.says("init", "--depot", "Depot Example", "--country", "XX", "--realm", "training", second=True)
    terminal.says("places", "add", "ROOM1", "--kind", "room")
    terminal.says("places", "add", "RACK1", "--kind", "rack", "--in", "ROOM1")
    return terminal
