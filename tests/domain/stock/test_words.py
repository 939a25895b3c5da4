from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from muniment.domain.basics.text import Text
from muniment.domain.stock import condition, marking, ownership
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.ownership import LegalStatus, meets_need, own_stock, taken_in

NAMED: list[tuple[type[StrEnum], Mapping[Any, Text]]] = [
    (condition.Condition, condition.CONDITION_NAMES),
    (ownership.LegalStatus, ownership.LEGAL_STATUS_NAMES),
    (ownership.StockCategory, ownership.STOCK_CATEGORY_NAMES),
    (marking.MarkKind, marking.MARK_KIND_NAMES),
    (marking.MarkPlace, marking.MARK_PLACE_NAMES),
    (marking.Side, marking.SIDE_NAMES),
    (marking.MarkingMethod, marking.MARKING_METHOD_NAMES),
    (marking.FrameMaterial, marking.FRAME_MATERIAL_NAMES),
    (marking.MetalInsert, marking.METAL_INSERT_NAMES),
    (marking.ProductionKind, marking.PRODUCTION_KIND_NAMES),
    (marking.Microstamp, marking.MICROSTAMP_NAMES),
]


@pytest.mark.parametrize(("choices", "names"), NAMED)
def test_every_choice_has_a_name_of_its_own(choices: type[StrEnum], names: Mapping[Any, Text]) -> None:
    assert names.keys() == set(choices)
    assert len({str(name) for name in names.values()}) == len(names)


def test_custody_stock_is_not_own_stock() -> None:
    owned = {status for status in LegalStatus if own_stock(status)}
    assert owned == {LegalStatus.SERVICE, LegalStatus.RESERVE, LegalStatus.TRAINING, LegalStatus.CONFISCATED}


def test_a_confiscated_weapon_is_owned_but_meets_no_need() -> None:
    assert {status for status in LegalStatus if own_stock(status) and not meets_need(status)} == {
        LegalStatus.CONFISCATED
    }


def test_the_indicator_counts_three_ways_of_taking_in() -> None:
    assert {status.value for status in LegalStatus if taken_in(status)} == {"seized", "found", "surrendered"}


def test_only_a_new_or_serviceable_weapon_is_fit_for_use() -> None:
    assert {c for c in Condition if c.is_serviceable} == {Condition.NEW, Condition.SERVICEABLE}
    assert {c for c in Condition if c.may_serve_again and not c.is_serviceable} == {Condition.REPAIRABLE}
