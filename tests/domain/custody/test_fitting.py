"""Fitting as a rule: whatever is tried, the facts follow each other and what a weapon lacks is what it truly lacks."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.basics.identity import Kind, Subject, subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.fitting import LACKS, Bench, fit, is_control, kind_fitted, lacking, remove
from muniment.domain.custody.standing import Standing, follow
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.components import missing_from
from muniment.domain.stock.taxonomy import weapon_type

K = ComponentKind
RACK = subject(Kind.PLACE, "r" * 26)
RIFLE = subject(Kind.WEAPON, "1" * 26)
ALONE = Acting(subject(Kind.PERSON, "p" * 26), datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
BY_TWO = Acting(
    ALONE.actor, ALONE.at, subject(Kind.PERSON, "q" * 26), reason="order", overrides=frozenset({"control_component"})
)
CALIBRES = {K.BARREL: "5.56x45", K.EXCHANGE_SYSTEM: "9x19", K.UPPER: "7.62x39"}
PARTS = (K.RECEIVER, K.BARREL, K.BARREL, K.BOLT, K.EXCHANGE_SYSTEM, K.UPPER, K.OTHER, K.OTHER)


def rifle(type_code: str = "SA-40") -> Standing:
    return Standing(
        RIFLE,
        1,
        {
            "where": RACK,
            "taxonomy_code": type_code,
            "calibres": [{"text": "5.56x45mm", "code": "5.56x45", "primary": True}],
        },
    )


def part(nth: int, kind: ComponentKind, **more: str) -> Standing:
    calibre = CALIBRES.get(kind)
    return Standing(
        subject(Kind.COMPONENT, str(nth) * 26),
        1,
        {
            "where": RACK,
            "component_kind": kind.value,
            "is_control_component": kind is K.RECEIVER,
            **({"calibres": [{"text": calibre, "code": calibre, "primary": False}]} if calibre else {}),
            **more,
        },
    )


def calibre(weapon: Standing) -> object:
    listed = weapon.fields["calibres"]
    assert isinstance(listed, list)
    primary = [one for one in listed if isinstance(one, dict) and one["primary"] is True]
    assert len(primary) == 1
    return primary[0]["code"]


@given(st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=40))
def test_any_work_at_the_bench_leaves_a_lawful_weapon(work: list[tuple[int, bool]]) -> None:
    standings: dict[Subject, Standing] = {RIFLE: rifle()}
    parts = [part(nth, kind) for nth, kind in enumerate(PARTS)]
    standings |= {one.subject: one for one in parts}
    last_chambered = "5.56x45"
    for nth, on in work:
        component = standings[parts[nth].subject]
        fitted = [one for one in standings.values() if one.where == RIFLE]
        bench = Bench(standings[RIFLE], fitted, in_store=True)
        try:
            facts = fit(component, bench, True, ALONE) if on else remove(component, bench, RACK, BY_TWO)
        except Refusal:
            continue
        for fact in facts:
            standings[fact.subject] = follow(standings[fact.subject], fact)
        if on:
            last_chambered = CALIBRES.get(kind_fitted(component), last_chambered)
    fitted = [one for one in standings.values() if one.where == RIFLE]
    kinds = [kind_fitted(one) for one in fitted]
    assert sum(is_control(one) for one in fitted) <= 1
    assert all(kinds.count(kind) <= 1 for kind in kinds if kind is not K.OTHER)
    assert not {K.BARREL, K.EXCHANGE_SYSTEM} <= set(kinds)
    assert calibre(standings[RIFLE]) == last_chambered
    lacks = standings[RIFLE].fields.get(LACKS, [])
    assert isinstance(lacks, list)
    missing = [kind.value for kind in missing_from(weapon_type("SA-40"), kinds)]
    assert set(map(str, lacks)) <= set(missing)
    assert LACKS not in standings[RIFLE].fields or lacks


def test_a_weapon_lacks_only_what_was_taken_off_it() -> None:
    barrel = part(1, K.BARREL, where=RIFLE)
    bench = Bench(rifle(), [barrel], in_store=True)
    weapon = follow(rifle(), remove(barrel, bench, RACK, ALONE)[1])
    assert [str(one) for one in lacking(weapon)] == ["barrel"]


def test_a_conversion_leaves_nothing_lacking_that_it_brings() -> None:
    barrel, system = part(1, K.BARREL, where=RIFLE), part(2, K.EXCHANGE_SYSTEM)
    off = remove(barrel, Bench(rifle(), [barrel], in_store=True), RACK, ALONE)
    weapon = follow(rifle(), off[1])
    on = fit(system, Bench(weapon, [], in_store=True), True, ALONE)
    weapon = follow(weapon, on[1])
    assert LACKS not in weapon.fields
    assert calibre(weapon) == "9x19"
    fitted = Bench(weapon, [follow(system, on[0])], in_store=True)
    weapon = follow(weapon, remove(fitted.fitted[0], fitted, RACK, ALONE)[1])
    assert [str(one) for one in lacking(weapon)] == ["barrel", "bolt"]


def test_a_weapon_whose_type_is_not_known_lacks_nothing_that_can_be_told() -> None:
    barrel = part(1, K.BARREL, where=RIFLE)
    unknown = rifle("")
    weapon = follow(unknown, remove(barrel, Bench(unknown, [barrel], in_store=True), RACK, ALONE)[1])
    assert lacking(weapon) == ()
