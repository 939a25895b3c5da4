"""Speed on the command line: `bench`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from muniment.cli.face import NOT_READY, Face, WrongUse
from muniment.domain.basics.text import say

SMALLEST = 100
"""Weapons of the smallest register on which a figure says something."""


def bench(
    context: typer.Context,
    works: Annotated[list[str], typer.Argument(help="Such as W1; all without.")] = [],  # noqa: B006
    size: Annotated[int, typer.Option(min=SMALLEST, help="Weapons in the register that is made for it.")] = 100_000,
    keep: Annotated[Path | None, typer.Option(help="Folder where that register stays for the next run.")] = None,
) -> None:
    """Measure the works of an officer's day, each beside its raw limit in the same run.

    A register of a million weapons takes minutes to make; with --keep it is made once. Where there is no display,
    windows are painted without one.
    """
    face: Face = context.obj

    def tell(line: str) -> None:
        print(line, file=sys.stderr)

    def measured(name: str, one: Mapping[str, object]) -> None:
        if not face.as_json:
            print(_line(name, one), flush=True)

    try:
        found = face.bench(works, size, keep, tell, measured)
    except KeyError as unknown:
        name, known = unknown.args
        says = say("There is no work {name}; there are {known}.", name=name, known=", ".join(known))
        raise WrongUse("WORKS", says) from unknown
    except KeyboardInterrupt:
        tell("Stopped. What was told stands; a register that was being made was not kept.")
        raise
    failed = [name for name, one in found.items() if "failed" in one]
    face.tell(dict(found), [f"Not measured: {', '.join(failed)}."] if failed else [])
    if failed:
        raise typer.Exit(NOT_READY)


def _line(name: str, one: Mapping[str, object]) -> str:
    if "failed" in one:
        return f"{name:<5} FAILED   {one['failed']}"
    met = "met" if one["met"] else "NOT MET"
    figures = f"{one['ours']} {one['unit']}, raw limit {one['limit']} {one['unit']}, {one['ratio']} x"
    return f"{name:<5} {met:<8} {figures}; {one['what']}; goal {one['goal']}; {one['note']}"
