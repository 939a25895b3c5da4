"""Ten processes of the command line on one register at once: one winner for each weapon, and the others are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fakes.depot import depot_at
from fakes.outside import StoppedClock, outside
from fakes.postgresql import cluster, programs
from fakes.terminal import SECRETS
from muniment.bootstrap import join_register

ROOT = Path(__file__).parents[2]
TEN = 10


@dataclass(frozen=True)
class Rush:
    """Ten officers at ten terminals before one register."""

    where: str
    folder: Path

    def says(self, *words: str) -> tuple[int, dict[str, Any]]:
        path = os.pathsep.join(str(ROOT / part) for part in ("app", "drivers", "db"))
        secrets = {name: str(self.folder / name) for name in SECRETS}
        done = subprocess.run(
            [sys.executable, "-m", "muniment", "--register", self.where, "--as", "officer", "--json", *words],
            capture_output=True,
            text=True,
            env={**os.environ, **secrets, "PYTHONPATH": path, "HOME": str(self.folder)},
            cwd=self.folder,
        )
        assert "Traceback" not in done.stderr, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return done.returncode, answer

    def all_at_once(self, *commands: tuple[str, ...]) -> list[tuple[int, dict[str, Any]]]:
        with ThreadPoolExecutor(len(commands)) as terminals:
            return list(terminals.map(lambda words: self.says(*words), commands))

    def facts(self) -> int:
        """How many facts there are, all of them whole."""
        opened = join_register(self.where, outside(StoppedClock()))
        verdict = opened.audit.verify(lambda _done, _all: True)
        opened.close()
        assert verdict.breaks == ()
        return verdict.facts


@pytest.fixture(params=["one file", "one server"])
def rush(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rush]:
    for name, secret in SECRETS.items():
        (tmp_path / name).write_text(secret, encoding="utf-8")
    if request.param == "one file":
        yield _furnished(str(tmp_path / "register.muniment"), tmp_path)
        return
    if programs() is None:
        pytest.skip("NO POSTGRESQL HERE: install the Debian package postgresql")
    with cluster() as url:
        yield _furnished(url, tmp_path)


def _furnished(where: str, folder: Path) -> Rush:
    clock = StoppedClock()
    depot = depot_at(where, clock, outside(clock))
    depot.register.close()
    return Rush(where, folder)


def test_of_ten_who_issue_one_weapon_one_does_and_nine_are_refused_by_the_rule(rush: Rush) -> None:
    before = rush.facts()
    answers = rush.all_at_once(*[("issue", "EX-000001", "--to", "0001", "--intent", f"rush-{n}") for n in range(TEN)])
    assert Counter(status for status, _ in answers) == {0: 1, 1: 9}
    assert {value["refused"]["rule"] for status, value in answers if status} == {"already_held"}
    assert rush.facts() == before + 2


def test_one_intent_at_four_terminals_at_once_is_one_act_and_four_equal_answers(rush: Rush) -> None:
    before = rush.facts()
    answers = rush.all_at_once(*[("issue", "EX-000001", "--to", "0001", "--intent", "once")] * 4)
    assert [status for status, _ in answers] == [0] * 4
    assert len({json.dumps(value["facts"]) for _, value in answers}) == 1
    assert rush.facts() == before + 2
