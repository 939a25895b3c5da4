"""How the columns of a list are read, as a person looks it over and changes it. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from muniment.domain.basics.text import Text, say
from muniment.domain.stock.taxonomy import weapon_types
from muniment.exchange.mapping import (
    DateOrder,
    Field,
    FieldKind,
    ListMapping,
    fields_of,
    plain_heading,
    problems_of,
)
from muniment.exchange.sheets.problems import column_letters
from muniment.exchange.sheets.table import Table
from muniment.ui.lists.field_names import field_name

SAMPLES = 4
WORDS = 200
"""How many different words of a column can be translated on the screen."""

Offer = tuple[str, Text]
"""A value that may be chosen, and its words."""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of the list, or a value for every row where `letter` is empty.

    `field` is empty where it is not taken over. `samples` are the first values that differ. `words` are those that can
    be translated, each with what it means now; `unknown` counts the ones that mean nothing yet. `meanings` are what
    they can mean. `order` is how dates are written, absent for what is no date.
    """

    heading: str
    letter: str
    field: str
    help: Text | None
    samples: tuple[str, ...]
    words: tuple[tuple[str, str], ...] = ()
    unknown: int = 0
    meanings: tuple[Offer, ...] = ()
    order: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """All columns, the fields that can be chosen, and what stands against reading the list so."""

    columns: tuple[ColumnView, ...]
    fields: tuple[Offer, ...]
    problems: tuple[Text, ...]
    unused: int

    @property
    def used(self) -> int:
        """How many columns are taken over."""
        return sum(bool(one.field) and bool(one.letter) for one in self.columns)


class Values:
    """The first values that differ of each column, gathered once: a long list is not walked again at every change."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.of: tuple[tuple[str, ...], ...] = tuple(
            tuple(islice(_differing(table, index), WORDS)) if heading.strip() else ()
            for index, heading in enumerate(table.headings)
        )


def _differing(table: Table, index: int) -> Iterator[str]:
    seen: set[str] = set()
    for row in table.rows:
        text = row.cells[index].text
        if text not in seen:
            seen.add(text)
            if plain := " ".join(text.split()):
                yield plain


def columns_view(mapping: ListMapping, values: Values, places: tuple[Offer, ...]) -> ColumnsView:
    """How a list is read by a mapping."""
    table = values.table
    fields = fields_of(mapping.kind)
    named = {heading.strip(): name for heading, name in mapping.columns.items()}
    columns = [
        _column(mapping, values.of[index], index, heading, fields.get(named.get(heading.strip(), "")), places)
        for index, heading in enumerate(table.headings)
        if heading.strip()
    ]
    constants = [
        ColumnView("", "", name, fields[name].help if name in fields else None, (value,))
        for name, value in mapping.constants.items()
    ]
    return ColumnsView(
        (*columns, *constants),
        tuple((name, field_name(name)) for name in fields),
        tuple(_in_words(mapping, table)),
        sum(not one.field for one in columns),
    )


def _in_words(mapping: ListMapping, table: Table) -> list[Text]:
    fields = fields_of(mapping.kind)
    given = {*mapping.columns.values(), *mapping.constants}
    found = [
        say("No column is “{field}”: {help}", field=field_name(name), help=one.help)
        for name, one in fields.items()
        if one.required and not {name, one.instead} & given
    ]
    others = problems_of(mapping, table.headings)
    return found + [one.says for one in others if not one.notice and one.kind != "field_missing"]


def _column(
    mapping: ListMapping,
    values: tuple[str, ...],
    index: int,
    heading: str,
    field: Field | None,
    places: tuple[Offer, ...],
) -> ColumnView:
    samples = values[:SAMPLES]
    if field is None:
        return ColumnView(heading.strip(), column_letters(index), "", None, samples)
    meanings = _meanings(field, places)
    words: list[tuple[str, str]] = []
    unknown = 0
    if meanings:
        known = {plain_heading(value): value for value, _ in meanings}
        said = {plain_heading(word): means for word, means in mapping.translations.get(field.name, {}).items()}
        for word in values:
            plain = plain_heading(word)
            words.append((word, said.get(plain) or known.get(plain, "")))
        unknown = sum(not means for _, means in words)
        words.sort(key=lambda one: bool(one[1]))
    order = str(mapping.date_orders.get(field.name, "")) if field.kind is FieldKind.DATE else None
    return ColumnView(
        heading.strip(), column_letters(index), field.name, field.help, samples, tuple(words), unknown, meanings, order
    )


def meanings_of(kind: str, places: tuple[Offer, ...]) -> Mapping[str, tuple[Offer, ...]]:
    """The values that fields of a kind of list can have, where they are few."""
    found = {name: _meanings(one, places) for name, one in fields_of(kind).items()}
    return {name: offers for name, offers in found.items() if offers}


def _meanings(field: Field, places: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """What the words of a column can mean; nothing where they are taken as they are."""
    if field.choices:
        return tuple((choice, say("{choice}", choice=choice)) for choice in field.choices)
    if field.name == "type_code":
        return _types()
    if field.name == "certificate_kind":
        every = ((code, say("{code}  {name}", code=code, name=one.name)) for code, one in weapon_types().items())
        return tuple(every)
    return places if field.name == "place" else ()


def _types() -> tuple[Offer, ...]:
    weapons = ((code, one) for code, one in weapon_types().items() if one.is_weapon and one.parent)
    return tuple((code, say("{code}  {name}", code=code, name=one.name)) for code, one in weapons)


def meant(mapping: ListMapping, heading: str, field: str) -> ListMapping:
    """The mapping with a column read as a field; empty for not at all. The field is taken from whatever had it."""
    columns = {one: name for one, name in mapping.columns.items() if one.strip() != heading and name != field}
    constants = {name: value for name, value in mapping.constants.items() if name != field}
    if field:
        columns[heading] = field
    return replace(mapping, columns=columns, constants=constants)


def filled(mapping: ListMapping, field: str, value: str) -> ListMapping:
    """The mapping with one value of a field for every row; an empty value takes it away."""
    columns = {one: name for one, name in mapping.columns.items() if name != field} if value else dict(mapping.columns)
    constants = {name: kept for name, kept in mapping.constants.items() if name != field}
    if value:
        constants[field] = value
    return replace(mapping, columns=columns, constants=constants)


def ordered(mapping: ListMapping, field: str, order: str) -> ListMapping:
    """The mapping with the dates of a field written in an order; empty for none that is known."""
    orders = {name: kept for name, kept in mapping.date_orders.items() if name != field}
    if order:
        orders[field] = DateOrder(order)
    return replace(mapping, date_orders=orders)
