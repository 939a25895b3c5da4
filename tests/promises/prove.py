"""Show the promises again and again, and write down what came of it: docs/promises.json and docs/promises.md.

    python3 installer/start.py prove                  all of them, as often as each asks for
    python3 installer/start.py prove P2 --times 50    some of them, so often

It can be stopped at any time and goes on where it was: the figures are written after each lot, with the seed of each.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from promises import alterations

DOCS = Path(__file__).parents[2] / "docs"
FIGURES, TABLE = DOCS / "promises.json", DOCS / "promises.md"


@dataclass(frozen=True)
class Promise:
    """A promise: what it says, how often it is tried, how many at one go, how it is tried and how the figures read."""

    name: str
    says: str
    times: int
    lot: int
    figures: Callable[[int, int], dict[str, list[int]]]
    columns: Sequence[str]
    words: Mapping[str, str]
    holds: Callable[[int, Mapping[str, Sequence[int]]], bool]


PROMISES = (
    Promise(
        "P2",
        "An alteration of the recorded past is found by verification, given that somebody outside has the newest head.",
        1_000,
        20,
        alterations.figures,
        alterations.LEVELS,
        {one.__name__: (one.__doc__ or "").splitlines()[0] for one in alterations.ALTERATIONS},
        lambda times, found: all(counts[-1] == times for counts in found.values()),
    ),
)


def prove(promise: Promise, times: int, tell: Callable[[str], None]) -> bool:
    """Try a promise until it was tried so often in all; answers whether it held every time."""
    known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    entry: dict[str, Any] = known.get(promise.name, {"times": 0, "seeds": [], "seconds": 0.0, "found": {}})
    while entry["times"] < times:
        lot, seed = min(promise.lot, times - entry["times"]), random.randrange(2**32)
        began = time.monotonic()
        found = promise.figures(lot, seed)
        before = entry["found"]
        entry = {
            "times": entry["times"] + lot,
            "seeds": [*entry["seeds"], {"seed": seed, "times": lot}],
            "seconds": round(entry["seconds"] + time.monotonic() - began, 1),
            "found": {
                name: [a + b for a, b in zip(before.get(name, [0] * len(counts)), counts, strict=True)]
                for name, counts in found.items()
            },
        }
        known[promise.name] = entry
        FIGURES.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
        TABLE.write_text(_table(known), encoding="utf-8")
        tell(f"{promise.name}: {entry['times']} of {times}")
    return promise.holds(entry["times"], entry["found"])


def _table(known: Mapping[str, Any]) -> str:
    lines = ["# Promises, and what came of trying to break them", ""]
    lines += ["Written by `python3 installer/start.py prove`; the seeds stand in `promises.json`.", ""]
    for promise in PROMISES:
        if (entry := known.get(promise.name)) is None:
            continue
        times = entry["times"]
        held = promise.holds(times, entry["found"])
        lines += [f"## {promise.name}", "", promise.says, ""]
        lines += [f"{times} times each, in {entry['seconds']:.0f} s: {'held' if held else 'BROKEN'}.", ""]
        lines += [f"| what was done | {' | '.join(promise.columns)} |", f"|---|{'---|' * len(promise.columns)}"]
        for name, counts in entry["found"].items():
            shares = [f"{100 * count / times:.1f} %" for count in counts]
            lines.append(f"| {promise.words.get(name, name)} | {' | '.join(shares)} |")
        if held:
            lines += ["", f"With no failure in {times} trials: fewer than {3 / times:.1e} of such, 95 times in 100."]
        lines.append("")
    return "\n".join(lines)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(words: Sequence[str]) -> int:
    """Prove what is named, or everything; answers 1 where a promise did not hold."""
    asked = argparse.ArgumentParser(prog="prove")
    asked.add_argument("promise", nargs="*", choices=[[], *(one.name for one in PROMISES)], default=[])
    asked.add_argument("--times", type=int, default=0, help="how often in all, instead of what each asks for")
    given = asked.parse_args(words)
    wanted = [one for one in PROMISES if not given.promise or one.name in given.promise]
    held = [prove(one, given.times or one.times, _tell) for one in wanted]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
