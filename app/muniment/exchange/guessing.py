"""What kind of list somebody hands in, and by which mapping it is read: guessed, for a person to look over."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from muniment.exchange.mapping import FIELDS, ListMapping, fields_of, load_mapping, suggest
from muniment.exchange.sheets.problems import SheetRefused

SHIPPED = "muniment.exchange"
MAPPINGS = "mappings"


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
