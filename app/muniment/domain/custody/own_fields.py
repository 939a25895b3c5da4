"""Fields that a depot defines for itself, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.acting import Acting
from muniment.domain.custody.facts import Deed, Fact, Group, Plain, Value
from muniment.domain.custody.reversing import WITHDRAWN
from muniment.domain.custody.standing import Standing
from muniment.domain.stock.free_text import tidy

_KEY = re.compile(r"[a-z][a-z0-9_]{0,33}")
_LARGEST = 2**53 - 1
PREFIX = "own_"
"""What the names of such fields begin with in a record."""

BEARERS = (Kind.WEAPON, Kind.COMPONENT, Kind.LINE, Kind.KIT, Kind.PLACE, Kind.PERSON, Kind.UNIT, Kind.SHIPMENT)
"""Kinds of thing that may have fields of the depot's own."""


class FieldKind(StrEnum):
    """What a field holds: free text, a whole number, a day, or one of a list."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of the depot's own. `key` is its name in records, `title` what people read, in the depot's language."""

    key: str
    title: str
    of: Kind
    kind: FieldKind
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be a field.

        Raises:
            Refusal: the key or the title is misshapen, the kind of thing takes no such fields, choices are missing,
                doubled or superfluous, or free text or a number would be written about persons.

        """
        object.__setattr__(self, "title", tidy(self.title, say("The title")))
        object.__setattr__(self, "choices", tuple(tidy(one, say("The choice")) for one in self.choices))
        if not _KEY.fullmatch(self.key):
            raise Refusal(
                "own_field_key",
                say("“{key}” is no name for a field.", key=self.key),
                do_now=say("Begin with a letter; use small letters a to z, digits and _, 34 at the most."),
            )
        if not self.title:
            raise Refusal(
                "own_field_title", say("The field needs a title."), do_now=say("Write what people shall read.")
            )
        if self.of not in BEARERS:
            raise Refusal(
                "own_field_bearer",
                say("A {kind} takes no fields of your own.", kind=self.of.value),
                do_now=say("Choose one of: {kinds}.", kinds=", ".join(BEARERS)),
            )
        if self.of is Kind.PERSON and self.kind in (FieldKind.TEXT, FieldKind.NUMBER):
            raise Refusal(
                "own_field_names_person",
                say("What is written here stays for ever, so nothing that names a person may be."),
                do_now=say("Use a date or a list of choices for persons."),
            )
        choosing = self.kind is FieldKind.CHOICE
        if choosing != bool(self.choices) or len(set(self.choices)) < len(self.choices) or "" in self.choices:
            raise Refusal(
                "own_field_choices",
                say("A field with choices needs each of them once; no other field has any."),
                do_now=say("Correct the list of choices."),
            )

    @property
    def name(self) -> str:
        """The name of the field in a record."""
        return PREFIX + self.key

    def value_of(self, written: str) -> Value:
        """What a text an officer typed means in this field.

        Raises:
            Refusal: it does not belong into this field.

        """
        if self.kind is FieldKind.TEXT:
            return tidy(written, say("The field {title}", title=self.title))
        if self.kind is FieldKind.CHOICE and written in self.choices:
            return written
        if self.kind is FieldKind.NUMBER and re.fullmatch(r"-?[0-9]{1,16}", written) and abs(int(written)) <= _LARGEST:
            return int(written)
        if self.kind is FieldKind.DATE and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            try:
                return date.fromisoformat(written).isoformat()
            except ValueError:
                pass
        expected = {
            FieldKind.NUMBER: say("Enter a whole number."),
            FieldKind.DATE: say("Enter a day like 2027-01-31."),
            FieldKind.CHOICE: say("Choose one of: {choices}.", choices=", ".join(self.choices)),
        }
        raise Refusal(
            "own_field_value",
            say("“{value}” cannot stand in {title}.", value=written, title=self.title),
            do_now=expected[self.kind],
        )

    @classmethod
    def from_standing(cls, standing: Standing) -> OwnField:
        """A definition as it stands."""
        listed = standing.fields.get("choices", [])
        return cls(
            standing.text("key"),
            standing.text("title"),
            Kind(standing.text("of")),
            FieldKind(standing.text("field_kind")),
            tuple(str(one) for one in listed) if isinstance(listed, list) else (),
        )


def define(subject: Subject, field: OwnField, others: Sequence[Standing], acting: Acting) -> Fact:
    """Decide whether a field may be added. `others` are all definitions there are, also those no longer used.

    Raises:
        Refusal: a thing of this kind has or had such a field.

    """
    if any(one.text("key") == field.key and one.text("of") == field.of for one in others):
        raise Refusal(
            "own_field_known",
            say("There is or was a field “{key}” already.", key=field.key),
            do_now=say("Choose another name, or take the old one into use again."),
        )
    return acting.states(Deed.OWN_FIELD_DEFINED, Standing(subject), sets=_fields(field))


def redefine(definition: Standing, field: OwnField, acting: Acting, *, in_use: bool) -> Fact:
    """State another title or other choices of a field, or that it is no longer, or again, in use. Values stay.

    Raises:
        Refusal: it was taken back, it would become another field, or nothing changes.

    """
    if definition.text(WITHDRAWN):
        raise Refusal(
            "own_field_known",
            say("The field “{key}” was taken back.", key=field.key),
            do_now=say("Choose another name."),
        )
    if field.name != OwnField.from_standing(definition).name or any(
        definition.text(name) != now for name, now in (("of", field.of), ("field_kind", field.kind))
    ):
        raise Refusal(
            "own_field_other",
            say("The name and the kind of a field never change."),
            do_now=say("Define another field."),
        )
    sets = _fields(field)
    if not in_use:
        sets["retired"] = True
    drops = ("retired",) if in_use else ()
    fact = acting.states(Deed.OWN_FIELD_CHANGED, definition, sets=sets, drops=drops)
    if not fact.before and not fact.after:
        raise Refusal("nothing_changes", say("The field is like that already."), do_now=say("Nothing to do."))
    return fact


def in_use(definition: Standing) -> bool:
    """Whether a field takes values: it was neither taken out of use nor taken back."""
    return definition.fields.get("retired") is not True and not definition.text(WITHDRAWN)


def fill_in(record: Standing, definition: Standing, written: str, acting: Acting) -> Fact:
    """Decide whether a value may stand in a field of a record, and state it; an empty text takes the value away.

    Raises:
        Refusal: the field is for another kind of thing or no longer used, the value does not belong there, or it stands
            there already.

    """
    field = OwnField.from_standing(definition)
    if kind_of(record.subject) is not field.of or not in_use(definition):
        raise Refusal(
            "own_field_unknown",
            say("This record has no field {title}.", title=field.title),
            do_now=say("See which fields are defined for it."),
        )
    if written:
        fact = acting.states(Deed.OWN_FIELD_SET, record, sets={field.name: field.value_of(written)})
    else:
        fact = acting.states(Deed.OWN_FIELD_SET, record, drops=(field.name,))
    if not fact.before and not fact.after:
        raise Refusal("nothing_changes", say("That is what stands there."), do_now=say("Nothing to do."))
    return fact


def _fields(field: OwnField) -> dict[str, Value]:
    fields: dict[str, Value] = {
        "key": field.key,
        "title": field.title,
        "of": field.of.value,
        "field_kind": field.kind.value,
    }
    if field.choices:
        choices: list[Plain | Group] = list(field.choices)
        fields["choices"] = choices
    return fields
