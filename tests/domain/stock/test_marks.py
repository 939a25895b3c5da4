from __future__ import annotations

from datetime import date

import pytest

from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.marking import FrameMaterial, MarkingMethod, MarkKind, MarkPlace, Side
from muniment.domain.stock.marks import Mark, erased_mark_may_be_recovered, method_suits


def test_a_mark_reads_back_as_it_was_written() -> None:
    mark = Mark(
        kind=MarkKind.STATE,
        text="★ TESTLAND",
        place=MarkPlace.RECEIVER,
        side=Side.LEFT,
        method=MarkingMethod.LASER,
        country="CH",
        year=2019,
        marked_on=date(2019, 5, 4),
        operator="person/00000000000000000000000001",
        certificate="T-1",
    )
    assert Mark.from_group(mark.to_group()) == mark
    assert mark.to_group()["marked_on"] == "2019-05-04"


def test_what_is_not_known_of_a_mark_is_left_out() -> None:
    assert Mark(kind=MarkKind.PROOF, text="crown").to_group() == {"kind": "proof", "text": "crown"}


def test_a_mark_says_something() -> None:
    with pytest.raises(Refusal) as refused:
        Mark(kind=MarkKind.PROOF)
    assert refused.value.rule == "mark_says_nothing"


def test_an_import_mark_with_a_year_names_its_country() -> None:
    assert Mark(kind=MarkKind.IMPORT, country="CH", year=1998).country == "CH"
    with pytest.raises(Refusal) as refused:
        Mark(kind=MarkKind.IMPORT, year=1998)
    assert refused.value.rule == "import_mark_without_country"
    assert refused.value.source == "MOSAIC 05.30"


def test_a_mark_may_name_a_dissolved_state_but_no_invented_one() -> None:
    assert Mark(kind=MarkKind.COUNTRY, country="SU").country == "SU"
    with pytest.raises(Refusal):
        Mark(kind=MarkKind.COUNTRY, country="XQ")


@pytest.mark.parametrize(
    ("material", "may"),
    [
        (FrameMaterial.STEEL, True),
        (FrameMaterial.POLYMER_WITHOUT_INSERT, False),
        (FrameMaterial.PRINTED_POLYMER, False),
        (FrameMaterial.POLYMER_WITH_INSERT, None),
        (FrameMaterial.ALLOY, None),
        (FrameMaterial.UNKNOWN, None),
    ],
)
def test_an_erased_mark_comes_back_from_steel_and_never_from_polymer(material: FrameMaterial, may: bool | None) -> None:
    assert erased_mark_may_be_recovered(material) is may


def test_polymer_is_marked_by_laser_or_dot_peen_and_not_stamped() -> None:
    bare = FrameMaterial.POLYMER_WITHOUT_INSERT
    assert method_suits(MarkingMethod.LASER, bare)
    assert method_suits(MarkingMethod.DOT_PEEN, bare)
    assert not method_suits(MarkingMethod.STAMP, bare)
    assert method_suits(MarkingMethod.STAMP, FrameMaterial.STEEL)
