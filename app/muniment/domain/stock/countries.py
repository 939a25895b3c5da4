"""Country codes, also of states that are no more but whose marks stand on the metal.

Names of today's countries follow the public-domain table of the time zone database, spelled out; codes are those of
ISO 3166. Dissolved states are kept apart from their successors: a mark of 1970 is not a mark of today.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.stock.shipped import rows


@dataclass(frozen=True, slots=True)
class Country:
    """A country: two letters for marks, three for exchange; `withdrawn` is the year its code ended, 0 if in use."""

    alpha2: str
    alpha3: str
    name: str
    withdrawn: int = 0

    @property
    def is_historic(self) -> bool:
        """Whether the state is no more, or goes by another code now."""
        return self.withdrawn > 0


@cache
def countries() -> tuple[Country, ...]:
    """Today's countries by two-letter code, then the historic ones."""
    return tuple(
        Country(row["alpha2"], row["alpha3"], row["name"], int(row["withdrawn"] or 0)) for row in rows("countries.csv")
    )


@cache
def _current() -> dict[str, Country]:
    return {code: c for c in countries() if not c.is_historic for code in (c.alpha2, c.alpha3)}


def country(code: str) -> Country:
    """Today's country with a two- or three-letter code in capitals.

    Raises:
        Refusal: there is none; a historic code is refused with the advice where it belongs.

    """
    found = _current().get(code)
    if found is not None:
        return found
    if historic_states(code):
        raise Refusal(
            "country_historic",
            say("{code} is the code of a state that is no more.", code=code),
            do_now=say("Enter it as the historic country, and the present one only if it is known."),
        )
    raise Refusal(
        "country_unknown",
        say("There is no country with the code “{code}”.", code=code),
        do_now=say("Choose the country from the list."),
    )


def historic_states(code: str) -> tuple[Country, ...]:
    """The dissolved states with a code, oldest first: none, one, or two for CS, which was given twice."""
    return tuple(c for c in countries() if c.is_historic and code in {c.alpha2, c.alpha3})


def historic_state(code: str) -> Country:
    """The dissolved state with a code.

    Raises:
        Refusal: there is none, or two share the code, so that only the three letters say which.

    """
    found = historic_states(code)
    if not found:
        raise Refusal(
            "country_unknown",
            say("There is no historic country with the code “{code}”.", code=code),
            do_now=say("Choose the country from the list."),
        )
    if len(found) > 1:
        raise Refusal(
            "country_ambiguous",
            say("{code} was given to {one} and to {other}.", code=code, one=found[0].name, other=found[1].name),
            do_now=say("Enter {one} or {other}.", one=found[0].alpha3, other=found[1].alpha3),
        )
    return found[0]
