"""What the catalogue offers while a weapon is registered: its entries, and those near to what was typed. No screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from muniment.desk.models import catalogue_forbids, catalogue_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.models import Entry, outside_catalogue
from muniment.domain.stock.model import ModelName
from muniment.domain.stock.weapon import WeaponDescription
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class Offered:
    """An entry of the catalogue, and what it fills in."""

    number: str
    words: Text
    type_code: str
    make: str
    model: str
    calibre: str
    country: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What was typed beside the catalogue: why it is not an entry's, the entries near to it, what then stops it."""

    outside: Text | None = None
    near: tuple[Offered, ...] = ()
    objection: Refusal | None = None


def offered_entries(work: Work, type_code: str = "") -> tuple[Offered, ...]:
    """All entries in use by make and model, those of a type first."""
    entries = catalogue_of(work).in_use
    by_name = sorted(entries, key=lambda one: str(one.model.name).casefold())
    return _offered(sorted(by_name, key=lambda one: one.model.type_code != type_code))


def beside_catalogue(work: Work, description: WeaponDescription) -> Beside:
    """How a weapon's make and model stand to the catalogue; nothing to say while it is empty and not required."""
    catalogue, name = catalogue_of(work), ModelName(description.make, description.model)
    objections = catalogue_forbids(work, description)
    if not objections and (not catalogue.in_use or not (name.make or name.model)):
        return Beside()
    return Beside(
        outside_catalogue(catalogue, name),
        () if catalogue.spelled(name) else _offered(catalogue.near(name)),
        objections[0] if objections else None,
    )


def _offered(entries: Iterable[Entry]) -> tuple[Offered, ...]:
    return tuple(_one(entry) for entry in entries)


def _one(entry: Entry) -> Offered:
    model = entry.model
    usual = model.primary_calibre
    return Offered(
        entry.number,
        say("{name}  {number}", name=str(model.name), number=entry.number),
        model.type_code,
        model.make,
        model.model,
        usual.text if usual else "",
        model.country or model.historic_country,
    )
