"""What an entry of the catalogue may hold, and how names of makes and models are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.component_kinds import ComponentKind
from muniment.domain.stock.model import MOST_ALIASES, Model, ModelName, model_written, one_slip

RIFLE = ModelName("Example Works", "Model A")


def refused(**given: object) -> str:
    whole: dict[str, object] = {"name": RIFLE, "type_code": "SA-40", "calibres": ["5.56x45mm"], **given}
    with pytest.raises(Refusal) as refusal:
        model_written(**whole)  # type: ignore[arg-type]
    return refusal.value.rule


def test_an_entry_is_read_back_as_it_was_written() -> None:
    model = model_written(
        RIFLE,
        "sa-40",
        ["5.56x45mm", "7.62x39mm"],
        "fra",
        modular=True,
        numbered=["barrel", "upper"],
        aliases=["EW|A", "A (old)"],
        note="folding stock",
    )
    assert Model.from_fields(model.to_fields()) == model
    assert (model.country, model.type_code) == ("FR", "SA-40")
    assert [one.primary for one in model.calibres] == [True, False]
    assert model.numbered == (ComponentKind.UPPER, ComponentKind.BARREL)
    assert model.aliases == (ModelName("EW", "A"), ModelName("Example Works", "A (old)"))


def test_a_state_that_is_no_more_is_the_historic_country() -> None:
    model = model_written(RIFLE, "SA-40", ["5.56x45mm"], "SU")
    assert (model.country, model.historic_country) == ("", "SU")


@pytest.mark.parametrize(
    ("given_", "rule"),
    [
        ({"name": ModelName("", "Model A")}, "model_unnamed"),
        ({"name": ModelName("Example Works", "")}, "model_unnamed"),
        ({"type_code": "PT-02"}, "not_a_weapon"),
        ({"calibres": []}, "calibre_missing"),
        ({"country": "ZZ"}, "country_unknown"),
        ({"numbered": ["wheel"]}, "component_kind_unknown"),
        ({"aliases": ["EW|"]}, "alias_unnamed"),
        ({"aliases": [f"EW|{n}" for n in range(MOST_ALIASES + 1)]}, "too_many_aliases"),
    ],
)
def test_what_cannot_be_an_entry_is_refused(given_: dict[str, object], rule: str) -> None:
    assert refused(**given_) == rule


def test_its_own_name_in_another_spelling_is_no_alias() -> None:
    assert model_written(RIFLE, "SA-40", ["5.56x45mm"], aliases=["EXAMPLE WORKS|ModelA"]).aliases == ()


@given(st.text(max_size=12), st.text(max_size=12))
def test_case_and_blanks_make_no_difference(make: str, model: str) -> None:
    spread = ModelName(f" {make} ", "\t".join(model))
    assert spread.key == ModelName(make, model).key


def test_a_make_does_not_run_into_the_model() -> None:
    assert ModelName("A", "B C").key != ModelName("A B", "C").key


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("model", "modell", True),
        ("model", "mdoel", True),
        ("model", "madel", True),
        ("model", "model", False),
        ("model", "mdle", False),
        ("ab", "ba", True),
        ("", "a", True),
        ("ak", "m4", False),
    ],
)
def test_one_slip_of_the_finger_is_one(one: str, other: str, slip: bool) -> None:
    assert one_slip(one, other) is slip
    assert one_slip(other, one) is slip
