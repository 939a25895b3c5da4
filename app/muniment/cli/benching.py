"""Speed on the command line: `bench`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from muniment.cli.face import Face, WrongUse, table
from muniment.domain.basics.text import say


def bench(
    context: typer.Context,
    works: Annotated[list[str], typer.Argument(help="Such as W1; all without.")] = [],  # noqa: B006
    size: Annotated[int, typer.Option(help="Weapons in the register that is made for it.")] = 100_000,
    keep: Annotated[Path | None, typer.Option(help="Folder where that register stays for the next run.")] = None,
) -> None:
    """Measure the works of an officer's day, each beside its raw limit in the same run.

    A register of a million weapons takes minutes to make; with --keep it is made once.
    """
    face: Face = context.obj

    def tell(line: str) -> None:
        print(line, file=sys.stderr)

    try:
        found = face.bench(works, size, keep, tell)
    except KeyError as unknown:
        raise WrongUse("WORKS", say("There is no work {name}.", name=str(unknown))) from unknown
    rows = [
        (
            name,
            f"{one['ours']} {one['unit']}",
            f"{one['limit']} {one['unit']}",
            f"{one['ratio']} x",
            "met" if one["met"] else "NOT MET",
            f"{one['what']}; goal {one['goal']}; {one['note']}",
        )
        for name, one in found.items()
    ]
    face.tell(dict(found), table(("work", "ours", "raw limit", "ratio", "goal", "what"), rows))
