"""What many rows of a list of weapons share: their description, checked once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.facts import Value
from muniment.domain.custody.importing import identity
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.calibres import Ambiguous, recognise
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.countries import countries, historic_states
from muniment.domain.stock.free_text import tidy
from muniment.domain.stock.ownership import LegalStatus
from muniment.domain.stock.serial import SerialStatus
from muniment.domain.stock.taxonomy import weapon_types
from muniment.domain.stock.weapon import WeaponDescription
from muniment.domain.stock.weapon_fields import to_fields
from muniment.exchange.importing.model_names import ListedNames

OWN = ("serial_raw", "serial_status")
"""Fields of a weapon that no two rows share."""


@dataclass(slots=True)
class AlikeRows:
    """Rows with one description: its fields, or what is wrong with it, by field of the list.

    `kind` is what makes two weapons with one serial the same. `vague` says that the calibre fits several. `rows`
    counts those that describe a weapon properly.
    """

    make: str
    model: str
    fields: Mapping[str, Value]
    wrong: tuple[tuple[str, Refusal], ...] = ()
    vague: bool = False
    kind: tuple[str, str, str] = ("", "", "")
    rows: int = 0


def describe(values: Mapping[str, str], this_year: int, names: ListedNames) -> AlikeRows:
    """Check everything that many rows share, once. `values` are by field of the list; `this_year` bounds the year."""
    make, model, calibre = values.get("make", ""), values.get("model", ""), values.get("calibre", "")
    vague = isinstance(recognise(calibre), Ambiguous) if calibre else False
    calibres, country, historic, wrong = _parts(values)
    if wrong:
        return AlikeRows(make, model, {}, tuple(wrong), vague)
    acquired, due = values.get("acquired_on"), values.get("inspection_due")
    try:
        description = WeaponDescription(
            this_year=this_year,
            type_code=values["type_code"].upper(),
            make=make,
            model=model,
            calibres=calibres,
            country=country,
            historic_country=historic,
            year=int(values["year"]) if "year" in values else None,
            serial_status=SerialStatus.UNKNOWN,
            condition=Condition(word(values["condition"])) if "condition" in values else None,
            legal_status=LegalStatus(word(values["legal_status"])) if "legal_status" in values else None,
            acquired_on=date.fromisoformat(acquired) if acquired else None,
            inspection_due=date.fromisoformat(due) if due else None,
            remarks=values.get("remarks", ""),
        )
    except Refusal as refusal:
        return AlikeRows(make, model, {}, ((_FIELD_OF.get(refusal.rule, ""), refusal),), vague)
    fields = {name: value for name, value in to_fields(description).items() if name not in OWN}
    fields.update(names.catalogued(description))
    if owner := values.get("owner", ""):
        fields["accountable_owner"] = owner
    return AlikeRows(make, model, fields, vague=vague, kind=identity("", fields)[1:])


def word(choice: str) -> str:
    """A choice of a list as the register names it."""
    return choice.replace(" ", "_")


def _parts(values: Mapping[str, str]) -> tuple[tuple[CalibreAs, ...], str, str, list[tuple[str, Refusal]]]:
    """Calibres, country, state that is no more; and what is wrong with any value, by field of the list."""
    wrong: list[tuple[str, Refusal]] = []
    for name, what in _TEXTS.items():
        try:
            tidy(values.get(name, ""), what)
        except Refusal as refusal:
            wrong.append((name, refusal))
    calibres: tuple[CalibreAs, ...] = ()
    if calibre := values.get("calibre", ""):
        try:
            calibres = (CalibreAs.from_written(calibre, primary=True),)
        except Refusal as refusal:
            wrong.append(("calibre", refusal))
    country, historic = _country(values.get("country", ""))
    if values.get("country") and not country and not historic:
        wrong.append(("country", _no_country()))
    if not (code := values.get("type_code", "")):
        wrong.append(("type_code", _no_type()))
    elif code.upper() not in weapon_types():
        wrong.append(("type_code", unknown_type(code)))
    return calibres, country, historic, wrong


_TEXTS: Mapping[str, Text] = {
    "make": say("The make"),
    "model": say("The model"),
    "remarks": say("The remark"),
    "owner": say("The owner"),
}

_FIELD_OF: Mapping[str, str] = {
    "type_unknown": "type_code",
    "not_a_weapon": "type_code",
    "type_is_a_heading": "type_code",
    "calibre_missing": "calibre",
    "year_range": "year",
}
"""Which field of a list a rule about the whole description speaks of."""


def _country(written: str) -> tuple[str, str]:
    """The present and the historic country that a code or an English name means; empty where it means none."""
    code, name = written.strip().upper(), written.strip().casefold()
    for one in countries():
        if not one.is_historic and (code in (one.alpha2, one.alpha3) or name == one.name.casefold()):
            return one.alpha2, ""
    found = historic_states(code)
    return "", code if len(found) == 1 else ""


def _no_country() -> Refusal:
    return Refusal(
        "country_unknown",
        say("That is no country the register knows."),
        do_now=say("Write its code of two letters, or translate it in the mapping."),
    )


def unknown_type(written: str) -> Refusal:
    """A word, or a code, that means no type of weapon here."""
    return Refusal(
        "type_unknown",
        say("“{written}” is no type of weapon that this register knows.", written=written),
        do_now=say("Say once what it means, as a code such as SA-40: where its column is read, or in the mapping."),
    )


def _no_type() -> Refusal:
    return Refusal(
        "type_missing",
        say("It says nowhere what type of weapon this is."),
        do_now=say("Name a column with type codes in the mapping, or one type for the whole list as a constant."),
    )
