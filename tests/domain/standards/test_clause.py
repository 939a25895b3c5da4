from __future__ import annotations

import pytest

from muniment.domain.standards.clause import Clause, Standing
from muniment.domain.standards.documents import CATALOGUE, IATG_02_20, MARKING, MODULAR_WEAPONS, MOSAIC_05_20


def test_a_document_whose_text_was_not_read_is_cited_as_a_whole() -> None:
    assert str(Clause(MOSAIC_05_20)) == "MOSAIC 05.20"
    with pytest.raises(ValueError, match=r"MOSAIC 05\.20"):
        Clause(MOSAIC_05_20, "7.3")


def test_a_document_that_was_read_is_cited_with_edition_and_number() -> None:
    assert str(Clause(IATG_02_20, "table 6")) == "IATG 02.20, 2021, third edition, table 6"
    assert MODULAR_WEAPONS.number == "paragraphs 53-56"


def test_no_clause_of_mosaic_carries_a_number() -> None:
    mosaic = [document for name, document in CATALOGUE.items() if name.startswith("MOSAIC")]
    assert len(mosaic) == 4
    assert all(document.standing is Standing.NAMED for document in mosaic)
    assert MARKING.number == ""


def test_the_catalogue_is_kept_by_short_name() -> None:
    assert all(name == document.name for name, document in CATALOGUE.items())
