from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.component_kinds import COMPONENT_NAMES, ComponentKind
from muniment.domain.stock.components import Fitted, check_assembly, may_fit, missing_from
from muniment.domain.stock.taxonomy import weapon_type, weapon_types

K = ComponentKind


def rule_of(*components: Fitted) -> str:
    with pytest.raises(Refusal) as refused:
        check_assembly(components)
    return refused.value.rule


def test_a_pistol_of_frame_slide_and_barrel_holds_together() -> None:
    check_assembly([Fitted(K.FRAME, is_control=True), Fitted(K.SLIDE), Fitted(K.BARREL)])


@pytest.mark.parametrize("kind", sorted(set(K) - {K.OTHER}))
def test_there_is_one_of_each_kind(kind: ComponentKind) -> None:
    with pytest.raises(Refusal) as refused:
        may_fit(kind, [K.OTHER, kind])
    assert refused.value.rule == "component_slot_taken"


def test_other_components_may_be_several() -> None:
    may_fit(K.OTHER, [K.OTHER, K.OTHER])


@pytest.mark.parametrize(("kind", "there"), [(K.BARREL, K.EXCHANGE_SYSTEM), (K.EXCHANGE_SYSTEM, K.BARREL)])
def test_a_barrel_and_an_exchange_system_exclude_each_other(kind: ComponentKind, there: ComponentKind) -> None:
    with pytest.raises(Refusal) as refused:
        may_fit(kind, [K.FRAME, there])
    assert refused.value.rule == "component_excluded"
    assert "exchange system" in str(refused.value.says)


@given(st.sampled_from(K), st.lists(st.sampled_from(K), unique=True))
def test_whatever_is_fitted_step_by_step_never_has_two_barrels(kind: ComponentKind, order: list[ComponentKind]) -> None:
    fitted: list[ComponentKind] = []
    for one in [*order, kind]:
        try:
            may_fit(one, fitted)
        except Refusal:
            continue
        fitted.append(one)
    assert fitted.count(K.BARREL) + fitted.count(K.EXCHANGE_SYSTEM) <= 1
    assert fitted.count(K.FRAME) <= 1


def test_a_weapon_has_exactly_one_control_component() -> None:
    assert rule_of(Fitted(K.FRAME), Fitted(K.SLIDE)) == "one_control_component"
    assert rule_of(Fitted(K.FRAME, is_control=True), Fitted(K.RECEIVER, is_control=True)) == "one_control_component"
    assert rule_of() == "one_control_component"


@pytest.mark.parametrize("kind", [K.BARREL, K.SLIDE, K.CYLINDER, K.BOLT, K.UPPER, K.EXCHANGE_SYSTEM])
def test_what_wears_out_or_is_swapped_cannot_carry_the_identity(kind: ComponentKind) -> None:
    assert rule_of(Fitted(kind, is_control=True)) == "not_a_control_component"


def test_the_slots_are_checked_in_an_assembly_too() -> None:
    assert rule_of(Fitted(K.RECEIVER, is_control=True), Fitted(K.BARREL), Fitted(K.BARREL)) == "component_slot_taken"


@pytest.mark.parametrize(
    ("code", "fitted", "lacking"),
    [
        ("SA-12", [], (K.FRAME, K.SLIDE, K.BARREL)),
        ("SA-12", [K.FRAME, K.SLIDE, K.BARREL], ()),
        ("SA-12", [K.FRAME, K.EXCHANGE_SYSTEM], ()),
        ("SA-11", [K.FRAME, K.BARREL], (K.CYLINDER,)),
        ("SA-40", [K.RECEIVER, K.UPPER, K.BOLT], ()),
        ("SA-21", [K.RECEIVER, K.BARREL], (K.BOLT,)),
        ("SA-20", [], (K.RECEIVER,)),
        ("SA-10", [K.FRAME], ()),
        ("SA-60", [K.RECEIVER], (K.BARREL,)),
        ("SA-91", [K.OTHER], ()),
        ("LW-70", [], (K.GRIPSTOCK,)),
        ("LW-80", [K.OTHER], ()),
        ("PT-02", [], ()),
        ("SA-95", [], ()),
    ],
)
def test_what_a_weapon_lacks_is_named(
    code: str, fitted: list[ComponentKind], lacking: tuple[ComponentKind, ...]
) -> None:
    assert missing_from(weapon_type(code), fitted) == lacking


def test_a_weapon_can_always_be_completed() -> None:
    for kind in weapon_types().values():
        lacking = missing_from(kind, [])
        assert missing_from(kind, lacking) == ()
        for at, one in enumerate(lacking):
            may_fit(one, lacking[:at])


def test_every_kind_has_a_name() -> None:
    assert COMPONENT_NAMES.keys() == set(K)
