"""Why a file is not read or not written, in plain words. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.exchange.sheets import Problem, SheetRefused, Table

OVERWRITES = "file_is_there"
"""The refusal that asks before a file is written over."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason: where in the file, what is wrong, and its stable name."""

    where: str
    says: Text
    kind: str


def troubles_of(refused: SheetRefused) -> tuple[Trouble, ...]:
    """The reasons of a refusal."""
    return tuple(Trouble(one.where, one.says, one.kind) for one in refused.problems)


def no_rows(table: Table) -> Problem:
    """A list that has headings and nothing below them."""
    says = say("The list has headings, but no row below them.")
    return Problem(table.source, says, "empty")


def no_overwriting(target: Path, *, over: bool) -> None:
    """Ask before a file is written over.

    Raises:
        Refusal: there is such a file, and nobody has said that it may be replaced.

    """
    if target.exists() and not over:
        raise Refusal(
            OVERWRITES,
            say("There is a file {name} already.", name=target.name),
            do_now=say("Choose another name, or say that it may be replaced."),
        )


def not_written(target: Path, fault: OSError) -> Refusal:
    """The disk says no."""
    return Refusal(
        "not_written",
        say("{target} cannot be written: {why}.", target=str(target), why=fault.strerror or "?"),
        do_now=say("Name a folder that exists and may be written, with room on the disk."),
    )
