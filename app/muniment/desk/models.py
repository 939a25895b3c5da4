"""The depot's catalogue of makes and models: entries made, changed and retired, and what the register bears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.desk.hatch import policy_in_force
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody import models
from muniment.domain.custody.facts import Deed, Fact
from muniment.domain.custody.models import Catalogue, Entry, catalogue_objections, contradictions, outside_catalogue
from muniment.domain.people.duties import Duty
from muniment.domain.stock.calibre_as import CalibreAs
from muniment.domain.stock.model import Model, ModelName, model_written
from muniment.domain.stock.weapon import WeaponDescription
from muniment.ports.work import Borne, Work


def add_model(desk: Desk, deposition: Deposition, model: Model) -> Answer:
    """Enter a model in the catalogue under the next number.

    Raises:
        Refusal: another entry in use has one of its names.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.MODEL_REGISTERED, said=acting, sets=model.to_fields()):
            return before
        number = work.next_number(Kind.MODEL)
        fact = models.register_model(desk.fresh(Kind.MODEL), model, number, catalogue_of(work), acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=fact.subject)


def change_model(desk: Desk, deposition: Deposition, entry: Subject, model: Model) -> Answer:
    """Write an entry anew; one that was retired is in use again. Weapons that are registered keep their words.

    Raises:
        Refusal: see `muniment.domain.custody.models.change_model`.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.MODEL_CHANGED, of=(entry,), said=acting):
            return before
        fact = models.change_model(stands(work, entry), model, catalogue_of(work), acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=entry)


def retire_model(desk: Desk, deposition: Deposition, entry: Subject) -> Answer:
    """Take an entry out of what is offered; records that bear its name keep it.

    Raises:
        Refusal: it was retired before, or no reason is given.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.MODEL_RETIRED, of=(entry,), said=acting):
            return before
        fact = models.retire_model(stands(work, entry), acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=entry)


def take_models(desk: Desk, deposition: Deposition, listed: Sequence[Model]) -> Answer:
    """Enter the models of a list: new ones are added, those of the same name changed, what is alike left alone.

    All of them or none.

    Raises:
        Refusal: a rule of `muniment.domain.custody.models` says no, or nothing of it is new.

    """
    acting = desk.acting(deposition, Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.MODEL_REGISTERED, Deed.MODEL_CHANGED, said=acting):
            return before
        catalogue, number = catalogue_of(work), work.next_number(Kind.MODEL)
        facts: list[Fact] = []
        seen: set[str] = set()
        for model in listed:
            if model.name.key in seen:
                raise Refusal(
                    "model_twice",
                    say("“{name}” stands in the list twice.", name=str(model.name)),
                    do_now=say("Take one of the two away."),
                )
            seen.add(model.name.key)
            had = next((one for one in catalogue.in_use if one.model.name.key == model.name.key), None)
            if had is not None and had.model == model:
                continue
            if had is not None:
                facts.append(models.change_model(stands(work, had.subject), model, catalogue, acting))
                kept = tuple(one for one in catalogue.entries if one is not had)
            else:
                fact = models.register_model(desk.fresh(Kind.MODEL), model, number, catalogue, acting)
                facts.append(fact)
                kept, number = catalogue.entries, number + 1
            entry = Entry(facts[-1].subject, had.number if had else str(facts[-1].after["register_no"]), model, False)
            catalogue = Catalogue((*kept, entry))
        if not facts:
            raise Refusal("nothing_changes", say("The catalogue has all of it already."), do_now=say("Nothing to do."))
        return Answer(tuple(desk.tell(work, act, facts)), about=facts[0].subject)


def catalogue_of(work: Work) -> Catalogue:
    """The catalogue as it stands."""
    return Catalogue.of(work.all_of(Kind.MODEL))


def entry_named(work: Work, name: str) -> Entry:
    """The entry with this number, or with this name written `make|model`.

    Raises:
        Refusal: there is none.

    """
    catalogue = catalogue_of(work)
    numbered = work.numbered(name.strip().upper())
    if numbered is not None and kind_of(numbered.subject) is Kind.MODEL:
        found = next((one for one in catalogue.entries if one.subject == numbered.subject), None)
    else:
        found = catalogue.entry_for(ModelName.written(name)) if "|" in name else None
    if found is None:
        raise Refusal(
            "unknown_model",
            say("The catalogue has no entry {name}.", name=name.strip()),
            do_now=say("Look through the catalogue, or add it."),
        )
    return found


@dataclass(frozen=True, slots=True)
class ListedModel:
    """An entry, and how many weapons of the register bear one of its names."""

    entry: Entry
    weapons: int


def listed_models(work: Work, *, retired: bool = False, borne: Sequence[Borne] | None = None) -> list[ListedModel]:
    """The entries by make and model, with how many weapons there are of each; with `retired` those too.

    What weapons bear is read unless it is given.
    """
    catalogue = catalogue_of(work)
    counts: Counter[Subject] = Counter()
    for one in work.models_borne() if borne is None else borne:
        entry = catalogue.entry_for(ModelName(one.make, one.model))
        if entry is not None:
            counts[entry.subject] += one.weapons
    shown = catalogue.entries if retired else catalogue.in_use
    found = [ListedModel(entry, counts[entry.subject]) for entry in shown]
    return sorted(found, key=lambda one: (one.entry.model.make.casefold(), one.entry.model.model.casefold()))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A make and model that weapons bear and no entry has: what an entry could say, and which entries are near.

    The type, the calibres and the country are what those weapons bear, the commonest first; a country only where all
    that were looked at agree. A person decides whether it is right.
    """

    model: Model
    weapons: int
    near: tuple[Entry, ...]
    example: Subject


def proposals(work: Work, borne: Sequence[Borne] | None = None) -> list[Proposal]:
    """Makes and models of the register that the catalogue lacks, most weapons first.

    What weapons bear is read unless it is given.
    """
    catalogue = catalogue_of(work)
    found = [
        _proposal(work, catalogue, together)
        for together in _borne_by_key(work.models_borne() if borne is None else borne).values()
        if catalogue.entry_for(ModelName(together[0].make, together[0].model)) is None
    ]
    return sorted(found, key=lambda one: (-one.weapons, str(one.model.name).casefold()))


def borne_as(work: Work, name: ModelName) -> Proposal:
    """What an entry for a make and model of the register could say, whether or not there is one.

    Raises:
        Refusal: no weapon bears this name.

    """
    together = _borne_by_key(work.models_borne()).get(name.key)
    if together is None:
        raise Refusal(
            "not_borne",
            say("No weapon bears the name “{name}”.", name=str(name)),
            do_now=say("See what the catalogue lacks."),
        )
    return _proposal(work, catalogue_of(work), together)


def _borne_by_key(all_borne: Sequence[Borne]) -> dict[str, list[Borne]]:
    """What weapons with both a make and a model bear, those together that differ in case and blanks only."""
    found: dict[str, list[Borne]] = {}
    for borne in all_borne:
        if borne.make and borne.model:
            found.setdefault(ModelName(borne.make, borne.model).key, []).append(borne)
    return found


def _proposal(work: Work, catalogue: Catalogue, together: list[Borne]) -> Proposal:
    together = sorted(together, key=lambda one: -one.weapons)
    names: Counter[tuple[str, str]] = Counter()
    types: Counter[str] = Counter()
    for borne in together:
        names[borne.make, borne.model] += borne.weapons
        types[borne.type_code] += borne.weapons
    examples = work.standings([borne.example for borne in together])
    calibres: list[str] = []
    countries: set[str] = set()
    for borne in together:
        fields = examples[borne.example].fields
        calibres += _primary_calibres(fields.get("calibres"))
        countries.add(str(fields.get("country_of_manufacture") or fields.get("historic_country_code") or ""))
    different: dict[str, str] = {}
    for text in calibres:
        written = CalibreAs.from_written(text)
        different.setdefault(written.code or written.text.casefold(), text)
    agreed = countries - {""}
    model = model_written(
        ModelName(*names.most_common(1)[0][0]),
        types.most_common(1)[0][0],
        list(different.values()),
        agreed.pop() if len(agreed) == 1 else "",
    )
    return Proposal(model, sum(names.values()), catalogue.near(model.name), together[0].example)


def _primary_calibres(listed: object) -> list[str]:
    entries = [one for one in (listed if isinstance(listed, list) else []) if isinstance(one, dict)]
    return [str(one["text"]) for one in entries if one.get("primary") is True]


def catalogue_says(work: Work, description: WeaponDescription) -> tuple[Text, ...]:
    """What an officer should know about a weapon's make and model; nothing while the catalogue is empty."""
    catalogue = catalogue_of(work)
    if not catalogue.in_use:
        return ()
    outside = outside_catalogue(catalogue, ModelName(description.make, description.model))
    named = bool(description.make or description.model)
    return (outside,) if outside is not None and named else contradictions(catalogue, description)


def catalogue_forbids(work: Work, description: WeaponDescription) -> list[Refusal]:
    """What speaks against a weapon's make and model where the depot takes those of its catalogue only."""
    if not policy_in_force(work).catalogue_only:
        return []
    return catalogue_objections(catalogue_of(work), ModelName(description.make, description.model))


def described_by(entry: Entry, description: WeaponDescription, *, this_year: int, calibre: bool) -> WeaponDescription:
    """A weapon described as the catalogue describes its model: make, model, type, usual calibre and country.

    With `calibre` the one that the description has is kept; so is a country that it has.

    Raises:
        Refusal: the entry was retired.

    """
    model = entry.model
    if entry.retired:
        raise Refusal(
            "model_retired",
            say("{number} was retired: it is offered no more.", number=entry.number),
            do_now=say("Take the entry into use again by changing it, or name another one."),
        )
    usual = model.primary_calibre
    named = bool(description.country or description.historic_country)
    return replace(
        description,
        this_year=this_year,
        make=model.make,
        model=model.model,
        type_code=model.type_code,
        calibres=description.calibres if calibre else (usual,) if usual else (),
        country=description.country if named else model.country,
        historic_country=description.historic_country if named else model.historic_country,
    )
