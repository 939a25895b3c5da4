"""Lists in spreadsheets and text files, in and out."""

from __future__ import annotations

from muniment.exchange.sheets.problems import Problem, SheetRefused, to_json
from muniment.exchange.sheets.reading import read_table
from muniment.exchange.sheets.table import LIMITS, Cell, CellKind, Limits, Row, Table
from muniment.exchange.sheets.writing import write_table

__all__ = [
    "LIMITS",
    "Cell",
    "CellKind",
    "Limits",
    "Problem",
    "Row",
    "SheetRefused",
    "Table",
    "read_table",
    "to_json",
    "write_table",
]
