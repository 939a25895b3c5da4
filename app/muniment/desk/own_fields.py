"""The depot's own fields: defined once, filled in on any record of that kind, shown with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from muniment.desk.desk import Answer, Deposition, Desk, stands, told_before
from muniment.domain.basics.identity import Kind, Subject, kind_of
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Deed
from muniment.domain.custody.own_fields import OwnField, define, fill_in, in_use, redefine
from muniment.domain.custody.standing import Standing
from muniment.domain.people.duties import Duty
from muniment.ports.work import Work


@dataclass(frozen=True, slots=True)
class OwnValue:
    """One filled field of a record, under the title people read."""

    key: str
    title: str
    value: str | int


@dataclass(frozen=True, slots=True)
class ListedField:
    """A field, and whether it takes values."""

    field: OwnField
    in_use: bool


def define_field(desk: Desk, deposition: Deposition, field: OwnField) -> Answer:
    """Add a field to all records of a kind.

    Raises:
        Refusal: there is or was such a field, or the role does not allow it.

    """
    acting = desk.acting(deposition, Duty.SET_POLICY)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(
            work, act, Deed.OWN_FIELD_DEFINED, said=acting, sets={"key": field.key, "title": field.title}
        ):
            return before
        fact = define(desk.fresh(Kind.OWN_FIELD), field, work.all_of(Kind.OWN_FIELD), acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=fact.subject)


def change_field(
    desk: Desk,
    deposition: Deposition,
    of: Kind,
    key: str,
    *,
    title: str = "",
    choices: Sequence[str] = (),
    in_use: bool = True,
) -> Answer:
    """Give a field another title or other choices, or take it out of use and in again. Values that stand stay.

    An empty `title` and no `choices` leave them as they are.

    Raises:
        Refusal: there is no such field, or nothing changes.

    """
    acting = desk.acting(deposition, Duty.SET_POLICY)
    act = desk.act(deposition)
    with desk.work() as work:
        if before := told_before(work, act, Deed.OWN_FIELD_CHANGED, said=acting):
            return before
        standing = _definition(work, of, key)
        had = OwnField.from_standing(standing)
        field = OwnField(key, title or had.title, of, had.kind, tuple(choices) or had.choices)
        fact = redefine(standing, field, acting, in_use=in_use)
        return Answer(tuple(desk.tell(work, act, [fact])), about=standing.subject)


def set_value(desk: Desk, deposition: Deposition, record: Subject, key: str, written: str) -> Answer:
    """Fill in a field of a record; an empty text takes the value away.

    Raises:
        Refusal: the record has no such field, or the value does not belong there.

    """
    kind = kind_of(record)
    people = kind in (Kind.PERSON, Kind.UNIT)
    acting = desk.acting(deposition, Duty.KEEP_PEOPLE if people else Duty.REGISTER_STOCK)
    act = desk.act(deposition)
    with desk.work() as work:
        definition = _definition(work, kind, key)
        field = OwnField.from_standing(definition)
        wanted = {field.name: field.value_of(written) if written else None}
        if before := told_before(work, act, Deed.OWN_FIELD_SET, of=(record,), said=acting, sets=wanted):
            return before
        fact = fill_in(stands(work, record), definition, written, acting)
        return Answer(tuple(desk.tell(work, act, [fact])), about=record)


def definitions(work: Work, of: Kind | None = None, *, retired: bool = False) -> list[OwnField]:
    """The fields in use, or also those that were; of one kind of thing, or of all."""
    return [
        OwnField.from_standing(one)
        for one in work.all_of(Kind.OWN_FIELD)
        if (of is None or one.text("of") == of) and (retired or in_use(one))
    ]


def listed_fields(work: Work) -> list[ListedField]:
    """Every field there is or was, those in use first."""
    listed = [ListedField(OwnField.from_standing(one), in_use(one)) for one in work.all_of(Kind.OWN_FIELD)]
    return sorted(listed, key=lambda one: not one.in_use)


def own_values(work: Work, record: Standing) -> list[OwnValue]:
    """What stands in a record's own fields, also in those no longer in use."""
    found = []
    for field in definitions(work, kind_of(record.subject), retired=True):
        value = record.fields.get(field.name)
        if isinstance(value, str | int):
            found.append(OwnValue(field.key, field.title, value))
    return found


def _definition(work: Work, of: Kind, key: str) -> Standing:
    for one in work.all_of(Kind.OWN_FIELD):
        if one.text("of") == of and one.text("key") == key:
            return one
    raise Refusal(
        "own_field_unknown",
        say("No field “{key}” is defined for this kind of record.", key=key),
        do_now=say("See which fields are defined, or define it."),
    )
