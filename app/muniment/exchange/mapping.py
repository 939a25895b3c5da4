"""Which heading of somebody's list means which field of the register.

A mapping is kept in a small TOML file beside the list, so that the next list from the same place needs no
questions, and so that an auditor sees how cells became records.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from muniment.domain.basics.text import Text, say
from muniment.exchange.plain_files import read_plain
from muniment.exchange.sheets.fields import FIELDS, Field, FieldKind
from muniment.exchange.sheets.problems import Problem, SheetRefused, refuse

__all__ = [
    "FIELDS",
    "DateOrder",
    "Field",
    "FieldKind",
    "ListMapping",
    "fields_of",
    "load_mapping",
    "plain_heading",
    "problems_of",
    "save_mapping",
    "suggest",
    "translated",
]

_FORM = 1
LARGEST = 1 << 20
"""Bytes of a file that is still read as a mapping."""
_WORDS = re.compile(r"[^\w]+|_+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class DateOrder(StrEnum):
    """In which order a list writes its dates; the marks between the numbers do not matter."""

    YEAR_MONTH_DAY = "year-month-day"
    DAY_MONTH_YEAR = "day-month-year"
    MONTH_DAY_YEAR = "month-day-year"


@dataclass(frozen=True, slots=True)
class ListMapping:
    """How the columns of one list are read.

    `columns` leads from headings to names of fields. `constants` fill fields that the list has no column for.
    `translations` lead, for a field, from what the list writes to what the register says. `default_place` is
    used in rows that name no place. Fields of dates without an order are read only where they are written
    year first.
    """

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)
    default_place: str = ""


def fields_of(kind: str) -> Mapping[str, Field]:
    """The fields of a kind of list by name.

    Raises:
        SheetRefused: there is no such kind.

    """
    if kind not in FIELDS:
        raise refuse(
            "kind",
            say("“{kind}” is no kind of list. Known: {known}.", kind=kind, known=", ".join(FIELDS)),
            "unknown_kind",
        )
    return {one.name: one for one in FIELDS[kind]}


@lru_cache(maxsize=4096)
def plain_heading(heading: str) -> str:
    """A heading without what writers of headings do not agree on.

    >>> plain_heading("  N° de Série:"), plain_heading("serial_no")
    ('n de serie', 'serial no')
    """
    spread = unicodedata.normalize("NFKD", heading.replace("№", "n").replace("º", "°"))
    bare = "".join(character for character in spread if not unicodedata.combining(character))
    return " ".join(_WORDS.sub(" ", bare.casefold()).split())


def suggest(headings: Sequence[str], kind: str) -> ListMapping:
    """Propose a mapping from the headings alone, for a person to look over.

    A heading that is none of a field's synonyms is left out. Where two headings could be the same field, the
    one that stands first among its synonyms is taken, and the other is left out.

    Raises:
        SheetRefused: there is no such kind.

    """
    ranks: dict[str, list[tuple[int, str]]] = {}
    for name, one in fields_of(kind).items():
        names = [*(plain_heading(synonym) for synonym in one.synonyms), plain_heading(name)]
        for heading in headings:
            plain = plain_heading(heading)
            if plain and plain in names:
                ranks.setdefault(name, []).append((names.index(plain), heading))
    chosen = {min(found)[1]: name for name, found in ranks.items()}
    return ListMapping(kind, {heading: chosen[heading] for heading in headings if heading in chosen})


def translated(mapping: ListMapping, field: str, word: str, meaning: str) -> ListMapping:
    """The mapping with a word of the list read as a word of the register; an empty meaning takes it away."""
    words = {
        one: means
        for one, means in mapping.translations.get(field, {}).items()
        if plain_heading(one) != plain_heading(word)
    }
    if meaning:
        words[word] = meaning
    translations: dict[str, Mapping[str, str]] = {**mapping.translations, field: words}
    return replace(mapping, translations={name: kept for name, kept in translations.items() if kept})


def problems_of(mapping: ListMapping, headings: Iterable[str] | None = None) -> list[Problem]:
    """What is wrong with a mapping, by itself and, if given, beside the headings of a list.

    Raises:
        SheetRefused: there is no such kind of list.

    """
    fields = fields_of(mapping.kind)
    headings = None if headings is None else list(headings)
    problems: list[Problem] = []

    def add(where: str, says: Text, kind: str, *, notice: bool = False) -> None:
        problems.append(Problem(where, says, kind, notice=notice))

    named: dict[str, str] = {}
    for heading, name in mapping.columns.items():
        if name in named:
            says = say(
                "“{first}” and “{second}” are both meant to be {field}.",
                first=named[name],
                second=heading,
                field=name,
            )
            add(f"mapping, columns ({heading})", says, "field_twice")
        named.setdefault(name, heading)
    by_table: tuple[tuple[str, Iterable[str]], ...] = (
        ("columns", mapping.columns.values()),
        ("constants", mapping.constants),
        ("translations", mapping.translations),
        ("dates", mapping.date_orders),
    )
    for table, names in by_table:
        for name in names:
            if name not in fields:
                says = say(
                    "“{field}” is no field of {kind}. Known: {known}.",
                    field=name,
                    kind=mapping.kind,
                    known=", ".join(fields),
                )
                add(f"mapping, {table}", says, "unknown_field")
            elif table == "dates" and fields[name].kind is not FieldKind.DATE:
                add(f"mapping, {table}", say("“{field}” is no date.", field=name), "not_a_date")
    for name in mapping.constants:
        if name in named:
            says = say("{field} has both a column, “{heading}”, and a constant.", field=name, heading=named[name])
            add("mapping, constants", says, "field_twice")
    if mapping.default_place and "place" not in fields:
        add("mapping", say("Lists of {kind} have no place.", kind=mapping.kind), "unknown_field")
    for name, one in fields.items():
        given = {name, one.instead} & (named.keys() | mapping.constants.keys())
        if one.required and not given:
            says = say("No column and no constant gives {field}: {help}", field=name, help=one.help)
            if headings is not None:
                says = say(
                    "{says} The headings that were read: {headings}. If these are none, delete the rows above them.",
                    says=says,
                    headings=", ".join(heading for one in headings if (heading := " ".join(one.split()))),
                )
            add("mapping", says, "field_missing")
    if headings is not None:
        problems += _beside(mapping, headings)
    return problems


def _beside(mapping: ListMapping, headings: list[str]) -> Iterable[Problem]:
    there = {heading.strip() for heading in headings}
    for heading in mapping.columns:
        if heading.strip() not in there:
            yield Problem(
                "mapping, columns",
                say(
                    "The list has no heading “{heading}”. It has: {headings}.",
                    heading=heading,
                    headings=", ".join(one.strip() for one in headings if one.strip()),
                ),
                "heading_absent",
            )
    used = {heading.strip() for heading in mapping.columns}
    unused = [heading.strip() for heading in headings if heading.strip() and heading.strip() not in used]
    if unused:
        says = say("These columns are not taken over: {headings}.", headings=", ".join(unused))
        yield Problem("mapping, columns", says, "unused_columns", notice=True)


def load_mapping(path: Path) -> ListMapping:
    """Read a mapping file.

    Raises:
        SheetRefused: it cannot be read, is not of this form, or `problems_of` finds something in it.

    """
    try:
        content = read_plain(path, LARGEST)
    except OSError as fault:
        raise refuse(
            path.name, say("The file cannot be opened: {fault}.", fault=fault.strerror or ""), "no_file"
        ) from None
    if len(content) > LARGEST:
        raise refuse(path.name, say("The file is too large for a mapping."), "too_big")
    try:
        written = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        # Also what becomes of a heading that is named twice: TOML allows a key once.
        raise refuse(path.name, say("The mapping cannot be read: {fault}.", fault=str(fault)), "mapping_form") from None
    mapping = _from_toml(written, path.name)
    wrong = [problem for problem in problems_of(mapping) if not problem.notice]
    if wrong:
        raise SheetRefused(wrong)
    return mapping


def _from_toml(written: dict[str, Any], source: str) -> ListMapping:
    known = {"form", "kind", "default_place", "columns", "constants", "translations", "dates"}
    if written.get("form") != _FORM:
        raise refuse(source, say("A mapping begins with the line “form = {form}”.", form=_FORM), "mapping_form")
    for name in written:
        if name not in known:
            raise refuse(source, say("“{name}” means nothing in a mapping.", name=name), "mapping_form")
    dates = _texts(written.get("dates", {}), source, "dates")
    orders: dict[str, DateOrder] = {}
    for name, order in dates.items():
        if order not in tuple(DateOrder):
            says = say("“{order}” is no order of dates. Known: {known}.", order=order, known=", ".join(DateOrder))
            raise refuse(f"{source}, dates ({name})", says, "date_order")
        orders[name] = DateOrder(order)
    translations = written.get("translations", {})
    if not isinstance(translations, dict):
        raise _not_text(source, "translations")
    for name in ("kind", "default_place"):
        if not isinstance(written.get(name, ""), str):
            raise _not_text(source, name)
    return ListMapping(
        kind=written.get("kind", ""),
        columns=_texts(written.get("columns", {}), source, "columns"),
        constants=_texts(written.get("constants", {}), source, "constants"),
        translations={name: _texts(one, source, f"translations.{name}") for name, one in translations.items()},
        date_orders=orders,
        default_place=written.get("default_place", ""),
    )


def _texts(table: object, source: str, name: str) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise _not_text(source, name)
    return dict(table)


def _not_text(source: str, name: str) -> SheetRefused:
    return refuse(source, say("“{name}” must hold texts in quotation marks.", name=name), "mapping_form")


def save_mapping(mapping: ListMapping, path: Path) -> None:
    """Write the mapping so that `load_mapping` gives the same one back, in UTF-8.

    Raises:
        OSError: the disk says no.

    """
    lines = [f"form = {_FORM}", f"kind = {_quoted(mapping.kind)}"]
    if mapping.default_place:
        lines.append(f"default_place = {_quoted(mapping.default_place)}")
    tables: list[tuple[str, Mapping[str, str]]] = [
        ("columns", mapping.columns),
        ("constants", mapping.constants),
        ("dates", mapping.date_orders),
        *((f"translations.{_key(name)}", values) for name, values in mapping.translations.items()),
    ]
    for name, table in tables:
        if table or name.startswith("translations."):
            lines += ["", f"[{name}]"]
            lines += [f"{_key(key)} = {_quoted(value)}" for key, value in table.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON escapes the same, except for DEL."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
