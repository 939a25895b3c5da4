"""What kind of list somebody hands in, and by which mapping it is read: guessed, for a person to look over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

from muniment.domain.stock.taxonomy import weapon_types
from muniment.exchange.mapping import FIELDS, ListMapping, fields_of, load_mapping, plain_heading, suggest
from muniment.exchange.sheets.problems import SheetRefused
from muniment.exchange.sheets.table import Table

SHIPPED = "muniment.exchange"
MAPPINGS = "mappings"
TYPE_CODE = "type_code"
LOOKED_AT = 200
"""So many rows say what a column holds."""

_MAY_BE_TYPES = frozenset(
    {"type", "types", "weapon type", "type of weapon", "kind", "category", "code", "taxonomy", "taxonomy code"}
    | {"type d arme", "categorie", "tipo", "tipo de arma", "categoria", "тип", "тип оружия", "вид"}
)
"""Plain headings of columns that may hold codes of types, or something else."""


def guess_kind(headings: Sequence[str]) -> str:
    """The kind of list that the headings speak of most clearly.

    Kinds whose required fields are all there come first, then the one that knows more of the headings. A list of
    quantities is told from one of weapons by its quantity, since both know most of the other's headings.
    """

    def fit(kind: str) -> tuple[bool, int]:
        found = suggest(headings, kind)
        given = set(found.columns.values())
        whole = all(
            not field.required or name in given or field.instead in given for name, field in fields_of(kind).items()
        )
        return whole, len(given)

    # Of two that fit alike the first in the catalogue is taken.
    return max(FIELDS, key=fit)


def mapping_for(table: Table, kind: str) -> ListMapping:
    """The mapping that the headings propose; a column of type codes is known by what it holds.

    A heading like “type” means the model in one list and the code in another, so the heading alone says nothing.

    Raises:
        SheetRefused: there is no such kind.

    """
    found = suggest(table.headings, kind)
    if TYPE_CODE not in fields_of(kind) or TYPE_CODE in found.columns.values():
        return found
    codes = next(
        (
            heading
            for nth, heading in enumerate(table.headings)
            if heading not in found.columns and plain_heading(heading) in _MAY_BE_TYPES and _holds_codes(table, nth)
        ),
        None,
    )
    return found if codes is None else replace(found, columns={**found.columns, codes: TYPE_CODE})


def _holds_codes(table: Table, nth: int) -> bool:
    """Whether most of what stands in the first cells of a column are codes of types."""
    written = [text for row in table.rows[:LOOKED_AT] if (text := row.cells[nth].text.strip().upper())]
    known = weapon_types()
    return 2 * sum(text in known and bool(known[text].parent) for text in written) > len(written)


def fitting_mapping(headings: Sequence[str], beside: Path | None = None) -> tuple[ListMapping, str] | None:
    """A mapping file that was made for such a list, and its name: the one kept beside it, else one that is shipped.

    Of the shipped ones only one whose every heading the list has. A file beside the list that is no mapping for it is
    passed over.
    """
    there = {heading.strip() for heading in headings}
    candidates = [beside] if beside is not None and beside.is_file() else []
    with resources.as_file(resources.files(SHIPPED) / MAPPINGS) as folder:
        candidates += sorted(folder.glob("*.toml"))
        for path in candidates:
            try:
                mapping = load_mapping(path)
            except SheetRefused:
                continue
            if mapping.columns and all(heading.strip() in there for heading in mapping.columns):
                return mapping, path.name
    return None
