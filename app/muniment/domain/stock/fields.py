"""Descriptions as the ledger keeps them: text, whole numbers, yes or no, and lists of small groups of those.

Nothing is ever null: what is not known is left out. Field names are `[a-z0-9_]{1,40}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say

Plain = str | int | bool
Group = dict[str, Plain]
Value = str | int | bool | list[Plain | Group] | Group

Choice = TypeVar("Choice", bound=StrEnum)


def text_in(fields: Mapping[str, Value], name: str) -> str:
    """A text; empty where it is absent.

    Raises:
        Refusal: something other than text stands there.

    """
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise _misshapen(name)
    return value


def number_in(fields: Mapping[str, Value], name: str) -> int | None:
    """A whole number; none where it is absent.

    Raises:
        Refusal: something other than a whole number stands there.

    """
    value = fields.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise _misshapen(name)
    return value


def answer_in(fields: Mapping[str, Value], name: str) -> bool | None:
    """Yes or no; none where it is absent.

    Raises:
        Refusal: something else stands there.

    """
    value = fields.get(name)
    if value is not None and not isinstance(value, bool):
        raise _misshapen(name)
    return value


def date_in(fields: Mapping[str, Value], name: str) -> date | None:
    """A day, written 2026-01-31; none where it is absent.

    Raises:
        Refusal: it is not a day.

    """
    value = text_in(fields, name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise _misshapen(name) from None


def choice_in(fields: Mapping[str, Value], name: str, choices: type[Choice]) -> Choice | None:
    """One of the values of a list; none where it is absent.

    Raises:
        Refusal: the value is not on the list.

    """
    value = text_in(fields, name)
    try:
        return choices(value) if value else None
    except ValueError:
        raise Refusal(
            "field_not_a_choice",
            say("The field {field} cannot be “{value}”.", field=name, value=value),
            do_now=say("Choose one of: {choices}.", choices=", ".join(choices)),
        ) from None


def groups_in(fields: Mapping[str, Value], name: str) -> Sequence[Group]:
    """A list of small groups; empty where it is absent.

    Raises:
        Refusal: something else stands there.

    """
    value = fields.get(name, [])
    if not isinstance(value, list):
        raise _misshapen(name)
    groups: list[Group] = []
    for entry in value:
        if not isinstance(entry, dict):
            raise _misshapen(name)
        groups.append(entry)
    return groups


def present(found: Mapping[str, Value | date | None]) -> dict[str, Value]:
    """The fields that say something: without what is none, an empty text or an empty list. Days become text."""
    kept: dict[str, Value] = {}
    for name, value in found.items():
        if isinstance(value, date):
            kept[name] = value.isoformat()
        elif isinstance(value, StrEnum):
            kept[name] = value.value
        elif value is not None and value != "" and value != []:
            kept[name] = value
    return kept


def group(found: Mapping[str, Plain | date | None]) -> Group:
    """As `present`, for a small group inside a list."""
    return {name: value for name, value in present(found).items() if isinstance(value, str | int)}


def _misshapen(name: str) -> Refusal:
    return Refusal(
        "field_misshapen",
        say("The field {field} does not hold what belongs there.", field=name),
        do_now=say("Correct it where it comes from, and read it in again."),
    )
