from __future__ import annotations

import pytest

from muniment.domain.basics.refusal import Refusal
from muniment.domain.stock.countries import countries, country, historic_state, historic_states


def test_the_list_has_all_countries_of_the_standard_once() -> None:
    now = [one for one in countries() if not one.is_historic]
    assert len(now) == 249
    assert len({one.alpha2 for one in now}) == len({one.alpha3 for one in now}) == len({one.name for one in now}) == 249
    assert all(len(one.alpha2) == 2 and len(one.alpha3) == 3 and one.alpha3.isupper() for one in countries())


@pytest.mark.parametrize(
    ("code", "alpha2", "alpha3"),
    [("CH", "CH", "CHE"), ("DEU", "DE", "DEU"), ("KE", "KE", "KEN"), ("SRB", "RS", "SRB"), ("CZ", "CZ", "CZE")],
)
def test_two_and_three_letters_name_the_same_country(code: str, alpha2: str, alpha3: str) -> None:
    assert (country(code).alpha2, country(code).alpha3) == (alpha2, alpha3)


@pytest.mark.parametrize("code", ["", "XX", "ch", "ZZZ", "U"])
def test_a_code_nobody_has_is_refused(code: str) -> None:
    for look_up in (country, historic_state):
        with pytest.raises(Refusal) as refused:
            look_up(code)
        assert refused.value.rule == "country_unknown"


@pytest.mark.parametrize("code", ["SU", "YU", "DD", "CS", "SUN", "YUG", "DDR", "CSK"])
def test_a_dissolved_state_is_no_present_country_but_is_known(code: str) -> None:
    with pytest.raises(Refusal) as refused:
        country(code)
    assert refused.value.rule == "country_historic"
    assert historic_states(code)


def test_a_code_given_twice_asks_which() -> None:
    assert [one.alpha3 for one in historic_states("CS")] == ["CSK", "SCG"]
    with pytest.raises(Refusal) as refused:
        historic_state("CS")
    assert refused.value.rule == "country_ambiguous"
    assert "CSK" in str(refused.value.do_now)
    assert historic_state("CSK").name == "Czechoslovakia"


def test_no_historic_code_is_given_to_a_country_of_today() -> None:
    for one in countries():
        if one.is_historic:
            with pytest.raises(Refusal):
                country(one.alpha2)
