"""Tables that are shipped with the program, as rows of text."""

from __future__ import annotations

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """Read a table of this package; every caller keeps what it makes of it, so each is read once.

    Raises:
        FileNotFoundError: the installation is damaged.

    """
    text = (files("muniment.domain.stock") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), strict=True))
