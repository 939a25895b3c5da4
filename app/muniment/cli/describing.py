"""Describing weapons anew: `describe`, `mark`, `condition`."""

from __future__ import annotations

from typing import Annotated

import typer

from muniment.cli.components import Intent, Overrides, Reason
from muniment.cli.face import Face, WrongUse, day, typed
from muniment.desk import describing
from muniment.desk.describing import Seen
from muniment.desk.finding import item_named
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import say
from muniment.domain.custody.facts import Value
from muniment.domain.stock.condition import Condition
from muniment.domain.stock.field_text import TYPED, typed_value
from muniment.domain.stock.marking import MarkingMethod, MarkKind, MarkPlace, Side

Weapon = Annotated[str, typer.Argument(help="Register number, code or whole serial.")]

_SHORT = {
    "type": "taxonomy_code",
    "calibre": "calibres",
    "country": "country_of_manufacture",
    "year": "year_of_manufacture",
    "serial": "serial_raw",
}
"""Shorter names for fields, as `register` calls them."""

_KNOWN = sorted({*TYPED, *_SHORT})


def describe(
    context: typer.Context,
    item: Weapon,
    settings: Annotated[
        list[str], typer.Argument(help="FIELD=VALUE, such as condition=repairable; FIELD= takes a value away.")
    ],
    intent: Intent = "",
    reason: Reason = "",
    overrides: Overrides = [],  # noqa: B006
) -> None:
    """Change what is written about a weapon. Several calibres are separated by commas, the primary one first."""
    face: Face = context.obj
    changes = dict(_setting(one) for one in settings)
    with face.register() as opened:
        deposition = face.deposition(
            opened, intent=intent, evidence=typed(), reason=reason, overrides=frozenset(overrides)
        )
        with opened.desk.look() as work:
            found = item_named(work, item).subject
        face.tell_answers([describing.describe(opened.desk, deposition, found, changes)])


def mark(
    context: typer.Context,
    item: Weapon,
    kind: MarkKind,
    text: Annotated[str, typer.Argument(help="As struck; an assigned number is the register number without it.")] = "",
    place: Annotated[MarkPlace | None, typer.Option()] = None,
    side: Annotated[Side | None, typer.Option()] = None,
    method: Annotated[MarkingMethod | None, typer.Option()] = None,
    country: Annotated[str, typer.Option()] = "",
    year: Annotated[int, typer.Option(help="The year that the mark names; 0 where it names none.")] = 0,
    marked: Annotated[str, typer.Option("--on", help="Day on which it was struck, where it is known.")] = "",
    certificate: Annotated[str, typer.Option(help="Number of the marking certificate.")] = "",
    intent: Intent = "",
    reason: Reason = "",
) -> None:
    """Write down a mark on a weapon, or a number inscribed in place of a missing serial: `mark W-0000001 assigned`."""
    face: Face = context.obj
    seen = Seen(
        kind,
        text,
        place,
        side,
        method,
        country.upper(),
        year or None,
        day(marked, "--on") if marked else None,
        certificate,
    )
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, evidence=typed(), reason=reason)
        with opened.desk.look() as work:
            found = item_named(work, item).subject
        face.tell_answers([describing.mark(opened.desk, deposition, found, seen)])


def condition(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="Register number, code or whole serial of a weapon or component.")],
    found: Annotated[Condition, typer.Argument(help="What it was found to be in.")],
    reason: Reason = "",
    doc: Annotated[
        str, typer.Option("--doc", help="Number of the inspection, from beyond repair or deactivated.")
    ] = "",
    intent: Intent = "",
) -> None:
    """Write down that a weapon or component is in another condition; better than before takes --second."""
    face: Face = context.obj
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, evidence=typed(), reason=reason, doc=doc)
        with opened.desk.look() as work:
            subject = item_named(work, item).subject
        face.tell_answers([describing.change_condition(opened.desk, deposition, subject, found)])


def _setting(written: str) -> tuple[str, Value | None]:
    given, equals, value = written.partition("=")
    name = _SHORT.get(given, given)
    if not equals or name not in TYPED:
        raise WrongUse(written, say("Write FIELD=VALUE, with one of these fields: {fields}.", fields=", ".join(_KNOWN)))
    try:
        return name, typed_value(name, value)
    except Refusal as refusal:
        raise WrongUse(written, refusal.says) from refusal
