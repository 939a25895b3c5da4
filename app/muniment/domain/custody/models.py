"""The depot's catalogue of makes and models: what may stand in it, and what it says about a weapon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Value
from muniment.domain.custody.registering import register_no
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.people.authority import SECOND_PERSON
from muniment.domain.stock.model import FIELD_NAMES, Model, ModelName, one_slip
from muniment.domain.stock.taxonomy import weapon_type
from muniment.domain.stock.weapon import WeaponDescription

RETIRED = "retired"
"""The field that marks an entry which is not offered any more."""

NOT_IN_CATALOGUE = "not_in_catalogue"
"""The rule of a depot that takes weapons of the catalogue only; two persons may let it pass."""

MAKE_LISTED, MODEL_LISTED = "make_as_listed", "model_as_listed"
"""Fields that keep what a list said where the catalogue's spelling was put in its place."""

MOST_NEAR = 5
"""Entries that are offered at once because they are near."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the catalogue as it stands."""

    subject: Subject
    number: str
    model: Model
    retired: bool

    def __str__(self) -> str:
        """The entry as people call it."""
        return f"{self.number} {self.model.name}"


@dataclass(frozen=True)
class Catalogue:
    """All entries that were not withdrawn, in the order in which they were made."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, standings: Iterable[Standing]) -> Catalogue:
        """The catalogue that these standings make up."""
        return cls(tuple(entry_of(one) for one in standings if not one.text(WITHDRAWN)))

    @property
    def in_use(self) -> tuple[Entry, ...]:
        """The entries that are offered."""
        return tuple(one for one in self.entries if not one.retired)

    @cached_property
    def _by_key(self) -> Mapping[str, Entry]:
        found: dict[str, Entry] = {}
        for one in (*self.in_use, *(one for one in reversed(self.entries) if one.retired)):
            for key in one.model.keys:
                found.setdefault(key, one)
        return found

    def entry_for(self, name: ModelName) -> Entry | None:
        """The entry that a name means, its own or an alias; one in use before a retired one."""
        return self._by_key.get(name.key)

    def spelled(self, name: ModelName) -> Entry | None:
        """The entry in use whose own name is spelled exactly so."""
        found = self.entry_for(name)
        return found if found is not None and not found.retired and found.model.name == name else None

    def near(self, name: ModelName) -> tuple[Entry, ...]:
        """Entries in use to be offered for a name: what it means in another spelling, then those one slip away."""
        key, meant = name.key, self.entry_for(name)
        found = [meant] if meant is not None and not meant.retired and meant.model.name != name else []
        found += [
            one for one in self.in_use if one not in found and any(one_slip(key, other) for other in one.model.keys)
        ]
        return tuple(found[:MOST_NEAR])


def entry_of(standing: Standing) -> Entry:
    """An entry as it stands."""
    return Entry(
        standing.subject,
        standing.text("register_no"),
        Model.from_fields(standing.fields),
        standing.fields.get(RETIRED) is True,
    )


def register_model(subject: Subject, model: Model, number: int, catalogue: Catalogue, acting: Acting) -> Fact:
    """Decide whether a model may enter the catalogue, and state it; `number` is its own here, never used again.

    Raises:
        Refusal: another entry in use has one of its names.

    """
    _refuse_taken(model, subject, catalogue)
    fields: dict[str, Value] = {**model.to_fields(), "number": number, "register_no": register_no("M", number)}
    return acting.states(Deed.MODEL_REGISTERED, Standing(subject), sets=fields)


def change_model(entry: Standing, model: Model, catalogue: Catalogue, acting: Acting) -> Fact:
    """Decide whether an entry may be written anew, and state it; a retired one is in use again from then on.

    A name that it had stays an alias of it, so that records which bear that name are still of this entry.

    Raises:
        Refusal: the entry was withdrawn, nothing changes, what stands changes without a reason, or another entry in use
            has one of its names.

    """
    _refuse_withdrawn(entry)
    was = Model.from_fields(entry.fields)
    if was.name.key not in model.keys:
        model = replace(model, aliases=(*model.aliases, was.name))
    _refuse_taken(model, entry.subject, catalogue)
    fields = model.to_fields()
    drops = [name for name in (*FIELD_NAMES, RETIRED) if name in entry.fields and name not in fields]
    fact = acting.states(Deed.MODEL_CHANGED, entry, sets=fields, drops=drops)
    if not fact.before and not fact.after:
        raise Refusal("nothing_changes", say("The entry is like that already."), do_now=say("Nothing to do."))
    if fact.before and not acting.reason:
        raise Refusal(
            "reason_missing", say("Changing an entry needs a reason."), do_now=say("Write why, without names.")
        )
    return fact


def retire_model(entry: Standing, acting: Acting) -> Fact:
    """State that an entry is not offered any more; records that bear its name keep it.

    Raises:
        Refusal: the entry was withdrawn or retired before, or no reason is given.

    """
    _refuse_withdrawn(entry)
    if entry.fields.get(RETIRED) is True:
        raise Refusal("nothing_changes", say("The entry was retired before."), do_now=say("Nothing to do."))
    if not acting.reason:
        raise Refusal(
            "reason_missing", say("Retiring an entry needs a reason."), do_now=say("Write why, without names.")
        )
    return acting.states(Deed.MODEL_RETIRED, entry, sets={RETIRED: True})


def outside_catalogue(catalogue: Catalogue, name: ModelName) -> Text | None:
    """Why a make and model are not the catalogue's; nothing where they are."""
    if catalogue.spelled(name) is not None:
        return None
    near = catalogue.near(name)
    if not name.make and not name.model:
        return say("Without make and model it is not in the catalogue.")
    meant = catalogue.entry_for(name)
    if meant is not None and meant.retired:
        return say("{entry} was retired from the catalogue.", entry=str(meant))
    if near and meant is near[0]:
        return say("“{name}” is spelled otherwise in the catalogue: {entry}.", name=str(name), entry=str(near[0]))
    if near:
        entries = ", ".join(map(str, near))
        return say("“{name}” is not in the catalogue. Near: {entries}.", name=str(name), entries=entries)
    return say("“{name}” is not in the catalogue.", name=str(name))


def catalogue_objections(catalogue: Catalogue, name: ModelName) -> list[Refusal]:
    """What speaks against a weapon of this name in a depot that takes those of its catalogue only."""
    why = outside_catalogue(catalogue, name)
    if why is None:
        return []
    return [
        Refusal(
            NOT_IN_CATALOGUE,
            why,
            do_now=say("Choose an entry of the catalogue, or have it entered there first."),
            override=SECOND_PERSON,
        )
    ]


def contradictions(catalogue: Catalogue, description: WeaponDescription) -> tuple[Text, ...]:
    """Where a weapon is described otherwise than the catalogue describes its model; both may be right."""
    entry = catalogue.spelled(ModelName(description.make, description.model))
    if entry is None:
        return ()
    found = []
    if entry.model.type_code != description.type_code:
        kind = weapon_type(entry.model.type_code).name
        found.append(say("By the catalogue {entry} is of another type: {type}.", entry=str(entry), type=kind))
    known = {one.code or one.text for one in entry.model.calibres}
    primary = description.primary_calibre
    if primary is not None and known and (primary.code or primary.text) not in known:
        listed = ", ".join(one.text for one in entry.model.calibres)
        found.append(
            say("By the catalogue {entry} has another calibre: {calibres}.", entry=str(entry), calibres=listed)
        )
    return tuple(found)


def _refuse_taken(model: Model, subject: Subject, catalogue: Catalogue) -> None:
    for one in catalogue.in_use:
        taken = one.model.keys & model.keys if one.subject != subject else frozenset()
        if taken:
            name = next(name for name in (model.name, *model.aliases) if name.key in taken)
            raise Refusal(
                "model_known",
                say("“{name}” is in the catalogue already: {entry}.", name=str(name), entry=str(one)),
                do_now=say("Change that entry, or retire it first."),
            )


def _refuse_withdrawn(entry: Standing) -> None:
    if entry.text(WITHDRAWN):
        raise Refusal("withdrawn", say("This entry was withdrawn."), do_now=say("Find the true one."))
