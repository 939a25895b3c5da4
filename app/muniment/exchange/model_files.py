"""The catalogue of makes and models in a list: written so that it can be read again, read with suspicion.

Several values in one cell are separated by semicolons; an alias is written `make|model`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.stock.model import Model, ModelName, model_written
from muniment.exchange.sheets.problems import Problem, SheetRefused, place_of_row, refuse
from muniment.exchange.sheets.reading import read_table
from muniment.exchange.sheets.table import Row, Table
from muniment.exchange.sheets.writing import Value as Cell
from muniment.exchange.sheets.writing import plain_from_csv, write_table

HEADINGS = (
    "make",
    "model",
    "type_code",
    "calibres",
    "country",
    "modular",
    "numbered_components",
    "aliases",
    "note",
    "retired",
    "weapons",
)
"""Columns of a list of models. Whether an entry is retired and how many weapons there are of it is only told."""

_NEEDED = ("make", "model", "type_code")
_ANSWERS = {"yes": True, "no": False, "": False}


def model_row(model: Model, *, retired: bool = False, weapons: int | None = None) -> Sequence[Cell]:
    """An entry as a row under `HEADINGS`."""
    return (
        model.make,
        model.model,
        model.type_code,
        "; ".join(one.text for one in sorted(model.calibres, key=lambda one: not one.primary)),
        model.country or model.historic_country,
        "yes" if model.modular else "no",
        "; ".join(kind.value for kind in model.numbered),
        "; ".join(f"{one.make}|{one.model}" for one in model.aliases),
        model.note,
        "yes" if retired else "no",
        weapons,
    )


def write_models(path: Path, rows: Sequence[Sequence[Cell]]) -> None:
    """Write a list of models; the suffix of the name decides the format.

    Raises:
        SheetRefused: the format is unknown.
        OSError: the disk says no.

    """
    write_table(path, HEADINGS, rows, sheet="models")


def read_models(path: Path) -> list[Model]:
    """Read a list of models; rows that say they are retired are passed over.

    Raises:
        SheetRefused: the file cannot be read, lacks a column, or rows hold what no entry can; all of them are named.

    """
    table = read_table(path)
    columns = {heading.strip().casefold(): at for at, heading in enumerate(table.headings)}
    lacking = [name for name in _NEEDED if name not in columns]
    if lacking:
        raise refuse(
            path.name,
            say(
                "These columns are missing: {names}. Known are: {all}.",
                names=", ".join(lacking),
                all=", ".join(HEADINGS),
            ),
            "column_missing",
        )
    problems = [one for one in table.problems if not one.notice]
    found: list[Model] = []
    for row in table.rows:
        cells = _cells(table, row, columns)
        try:
            if not _answer(cells, "retired"):
                found.append(_model(cells))
        except Refusal as refusal:
            says = say("{says} {do_now}", says=refusal.says, do_now=refusal.do_now) if refusal.do_now else refusal.says
            problems.append(Problem(place_of_row(row.number, line=table.by_lines), says, refusal.rule, row.number))
    if problems:
        raise SheetRefused(problems)
    return found


def _cells(table: Table, row: Row, columns: Mapping[str, int]) -> dict[str, str]:
    texts = {name: row.cells[at].text.strip() for name, at in columns.items()}
    return {name: plain_from_csv(text) for name, text in texts.items()} if table.by_lines else texts


def _model(cells: Mapping[str, str]) -> Model:
    return model_written(
        ModelName(cells["make"], cells["model"]),
        cells["type_code"],
        _several(cells, "calibres"),
        cells.get("country", ""),
        modular=_answer(cells, "modular"),
        numbered=_several(cells, "numbered_components"),
        aliases=_several(cells, "aliases"),
        note=cells.get("note", ""),
    )


def _several(cells: Mapping[str, str], name: str) -> list[str]:
    return [one.strip() for one in cells.get(name, "").split(";") if one.strip()]


def _answer(cells: Mapping[str, str], name: str) -> bool:
    written = cells.get(name, "").casefold()
    if written not in _ANSWERS:
        raise Refusal("not_an_answer", say("“{text}” is neither yes nor no.", text=written), do_now=say("Write one."))
    return _ANSWERS[written]
