"""What kind of list somebody hands in, and by which mapping it is read: guessed, for a person to look over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

from muniment.exchange.mapping import FIELDS, ListMapping, fields_of, load_mapping, plain_heading, suggest
from muniment.exchange.sheets.problems import SheetRefused
from muniment.exchange.sheets.table import Table
from muniment.exchange.type_words import speaks_of_types, with_known_words

SHIPPED = "muniment.exchange"
MAPPINGS = "mappings"
TYPE_CODE = "type_code"
LOOKED_AT = 200
"""So many rows say what a column holds."""

_TYPES = frozenset(
    {"weapon type", "type of weapon", "kind of weapon", "type d arme", "categorie d arme", "tipo de arma", "тип оружия"}
)
"""Plain headings of columns that hold types, in codes or in words."""

_MAY_BE_TYPES = frozenset(
    {"type", "types", "kind", "category", "class", "code", "taxonomy", "taxonomy code"}
    | {"categorie", "tipo", "categoria", "тип", "вид", "вид оружия"}
)
"""Plain headings of columns that may hold types, or something else."""


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
    """The mapping that the headings propose; a column of types is also known by what it holds.

    A heading like “type” means the model in one list and the type in another, so it says nothing by itself. What the
    words of such a column mean stands in the mapping, so that it is seen.

    Raises:
        SheetRefused: there is no such kind.

    """
    found = suggest(table.headings, kind)
    if TYPE_CODE in fields_of(kind) and TYPE_CODE not in found.columns.values():
        free = [(nth, one) for nth, one in enumerate(table.headings) if one not in found.columns]
        named = [one for _, one in free if plain_heading(one) in _TYPES]
        held = [one for nth, one in free if plain_heading(one) in _MAY_BE_TYPES and _holds_types(table, nth)]
        for heading in (*named, *held)[:1]:
            found = replace(found, columns={**found.columns, heading: TYPE_CODE})
    return with_known_words(found, table)


def _holds_types(table: Table, nth: int) -> bool:
    """Whether most of what stands in the first cells of a column are codes of types, or words for them."""
    written = [text for row in table.rows[:LOOKED_AT] if (text := row.cells[nth].text.strip())]
    return 2 * sum(speaks_of_types(text) for text in written) > len(written)


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
