"""What is wrong with somebody's list, said so that the person who keeps the list can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from muniment.domain.basics.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where.

    `where` is written as the person sees the place in the spreadsheet: `row 12, column D (serial)`. `kind`
    is a stable name for scripts and tests. `row` is the row or line number again as a number, absent where
    the whole file or mapping is meant. A `notice` is worth knowing and stops nothing; every other problem
    stops its row, or the whole list where `row` is absent.
    """

    where: str
    says: Text
    kind: str
    row: int | None = None
    notice: bool = False


class SheetRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The file is not read, or not written; `problems` says why and is never empty."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.says}" for problem in problems))
        self.problems: list[Problem] = list(problems)


def refuse(where: str, says: Text, kind: str) -> SheetRefused:
    """A refusal for one reason."""
    return SheetRefused([Problem(where, says, kind)])


def to_json(problems: Sequence[Problem]) -> dict[str, list[dict[str, str]]]:
    """The object that `--json` prints for problems, in English."""
    return {"problems": [{"where": problem.where, "says": str(problem.says)} for problem in problems]}


def column_letters(index: int) -> str:
    """The letters a spreadsheet shows over a column, counted from 0.

    >>> column_letters(0), column_letters(26), column_letters(16383)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of_cell(row: int, column: int, heading: str = "", *, line: bool = False) -> str:
    """Where a cell stands, as the person sees it; `column` counts from 0, `row` is the number shown.

    In a text file the number is that of the line on which the row begins.

    >>> place_of_cell(12, 3, "serial")
    'row 12, column D (serial)'
    """
    heading = " ".join(heading.split())
    if len(heading) > 60:
        heading = heading[:59] + "…"
    named = f" ({heading})" if heading else ""
    return f"{'line' if line else 'row'} {row}, column {column_letters(column)}{named}"


def place_of_row(row: int, *, line: bool = False) -> str:
    """Where a row stands."""
    return f"{'line' if line else 'row'} {row}"
