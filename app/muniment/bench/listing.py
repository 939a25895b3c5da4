"""W2: a list of weapons taken into a register, by the planner and the use case that officers use."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from muniment.bench import raw
from muniment.desk.desk import Deposition
from muniment.desk.importing import import_list
from muniment.desk.signing import sign_in
from muniment.exchange.importing.planning import plan_list, read_list
from muniment.training.demonstration import CHARTER, OFFICER, PASSPHRASE, furnish

if TYPE_CHECKING:
    from muniment.bench.works import Bench, Measured

HEADINGS = ("serial", "make", "model", "calibre", "type_code", "country", "year", "condition", "register_no", "place")
MAKES, MODELS = 20, 50
CALIBRES = ("5.56x45", "7.62x39", "9x19", "7.62x51")
PLACES = ("A1", "A2", "B1")


def import_list_of_weapons(bench: Bench) -> Measured:
    """W2: read a list, check it row by row, look for twins, write facts and rows in one durable transaction."""
    from muniment.bench.works import measured, peak_mib

    path = bench.folder / "list.csv"
    write_list(path, bench.size)
    where = bench.folder / "import.muniment"
    register = bench.registers.create(str(where), CHARTER)
    furnish(register)
    desk = register.desk
    deposition = Deposition(sign_in(desk, OFFICER, PASSPHRASE))
    spent: dict[str, float] = {}
    with _timed(spent, "reading"):
        reading = read_list(path, "weapons")
    with _timed(spent, "planning"), desk.look() as work:
        plan = plan_list(reading, work, this_year=desk.clock.now().year)
    if len(plan.entries) != bench.size:
        raise AssertionError(plan.problems[:3])
    with _timed(spent, "writing"):
        made = import_list(desk, deposition, plan)
    peak = peak_mib()
    register.close()
    first, last = made.answer.told[0].seq, made.answer.told[-1].seq
    del reading, plan, made
    least = raw.write_what_was_imported(where, bench.folder / "raw-import.db", first, last)
    parts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in spent.items())
    return measured(
        f"import a list of {bench.size} weapons",
        sum(spent.values()),
        least,
        "s",
        "<= 3 x writing the same rows and facts",
        lambda ratio: ratio <= 3,
        f"{parts}; {peak:.0f} MiB at most",
    )


def write_list(path: Path, size: int) -> None:
    """A list as a depot might keep it: no two rows alike, in the order of no column."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(HEADINGS)
        for nth in range(size):
            rows.writerow(
                (
                    f"{'ABCDEF'[nth % 6]}{nth * 7919 % 10_000_019:08d}",
                    f"Bench Works {nth % MAKES}",
                    f"B{nth % MODELS}",
                    CALIBRES[nth % len(CALIBRES)],
                    "SA-40",
                    "BE",
                    1990 + nth % 30,
                    "serviceable",
                    f"OLD-{nth:07d}",
                    PLACES[nth % len(PLACES)],
                )
            )


@contextmanager
def _timed(spent: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    spent[name] = time.perf_counter() - began
