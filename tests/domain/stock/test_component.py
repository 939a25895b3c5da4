from __future__ import annotations

import pytest

from muniment.domain.basics.canonical import decode, encode
from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.component import ComponentDescription
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.marking import MarkKind
from muniment.domain.stock.marks import Mark
from muniment.domain.stock.serial import SerialStatus

FRAME = ComponentDescription(kind=ComponentKind.FRAME, is_control=True, serial="TZ-0001")
BARREL = ComponentDescription(
    kind=ComponentKind.BARREL,
    serial="TZ-B7",
    marks=(Mark(kind=MarkKind.PROOF, text="crown"),),
    calibre=CalibreAs.from_written("9x19mm", primary=True),
)
BOLT = ComponentDescription(kind=ComponentKind.BOLT, serial_status=SerialStatus.NEVER_MARKED)


@pytest.mark.parametrize("component", [FRAME, BARREL, BOLT])
def test_a_component_comes_back_from_the_ledger_as_it_went_in(component: ComponentDescription) -> None:
    assert ComponentDescription.from_fields(decode(encode(component.to_fields()))) == component


def test_a_barrel_cannot_carry_the_identity_of_a_weapon() -> None:
    with pytest.raises(Refusal) as refused:
        ComponentDescription(kind=ComponentKind.BARREL, is_control=True, serial="1")
    assert refused.value.rule == "not_a_control_component"


@pytest.mark.parametrize(
    ("serial", "status", "rule"),
    [
        ("", SerialStatus.PRESENT, "serial_empty"),
        ("12", SerialStatus.NEVER_MARKED, "serial_contradicts_status"),
        ("unknown", SerialStatus.PRESENT, "serial_placeholder"),
    ],
)
def test_the_serial_number_of_a_component_obeys_the_rules_of_a_weapon(
    serial: str, status: SerialStatus, rule: str
) -> None:
    with pytest.raises(Refusal) as refused:
        ComponentDescription(kind=ComponentKind.BOLT, serial=serial, serial_status=status)
    assert refused.value.rule == rule
