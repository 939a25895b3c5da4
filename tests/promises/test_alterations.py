"""The share of P2 that every run tries: a few alterations of each kind, and the controls that must fail."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from promises import alterations
from promises.alterations import ALTERATIONS, Target, found, target

TIMES = 3

FOUND_FROM = {
    "bit_in_a_record": 0,
    "bit_in_a_hash": 0,
    "row_lost": 0,
    "rows_exchanged": 0,
    "edited": 1,
    "removed": 1,
    "inserted": 1,
    "reordered": 1,
    "cut_below": 2,
    "cut_above": 3,
    "replaced_with_own_key": 2,
    "replaced_with_stolen_key": 2,
    "edited_with_stolen_key_below": 2,
    "edited_with_stolen_key_above": 3,
}
"""The first witness that finds each; those before find nothing, which is the control that the witnesses are apart."""


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Target:
    seed = random.randrange(2**32)
    sys.stdout.write(f"seed {seed}\n")  # shown where a test fails
    return target(tmp_path_factory.mktemp("alterations"), random.Random(seed))


def test_a_ledger_that_nobody_touched_is_found_whole_by_all_witnesses(one: Target) -> None:
    assert found(one, one.ledger) == (False, False, False, False)


@pytest.mark.parametrize("alter", ALTERATIONS, ids=lambda alter: alter.__name__)
def test_an_alteration_is_found_by_its_witness_and_by_none_before(
    one: Target, alter: Callable[[Target], alterations.Ledger]
) -> None:
    first = FOUND_FROM[alter.__name__]
    for _ in range(TIMES):
        by = found(one, alter(one))
        assert by[first:] == (True,) * (4 - first)
        if first > 0:
            assert by[:first] == (False,) * first


def test_every_kind_of_alteration_has_its_witness() -> None:
    assert {alter.__name__ for alter in ALTERATIONS} == set(FOUND_FROM)


def test_the_figures_go_on_where_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from promises import prove

    monkeypatch.setattr(prove, "FIGURES", tmp_path / "promises.json")
    monkeypatch.setattr(prove, "TABLE", tmp_path / "promises.md")
    tried: list[int] = []

    def figures(times: int, _seed: int) -> dict[str, list[int]]:
        tried.append(times)
        return {"edited": [0, times, times, times]}

    promise = prove.Promise(
        "P2", "Found.", 5, 2, figures, alterations.LEVELS, {}, lambda times, counts: counts["edited"][-1] == times
    )
    assert prove.prove(promise, 3, lambda _: None)
    assert prove.prove(promise, 5, lambda _: None)
    assert tried == [2, 1, 2]
    assert "5 times each" in (tmp_path / "promises.md").read_text(encoding="utf-8")
