"""The depot's limits, and how often a rule was let pass."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Annotated

import typer

from muniment.cli.components import Intent, Reason
from muniment.cli.face import Face, WrongUse, day, table
from muniment.cli.looking import plain
from muniment.desk.hatch import policy_in_force
from muniment.desk.overrides import passed_since
from muniment.desk.policy import change_policy
from muniment.domain.basics.text import say

policy = typer.Typer(no_args_is_help=True, help="The limits that the depot sets itself.")

_DAYS = 30


@policy.command("show")
def show(context: typer.Context) -> None:
    """Show the limits in force."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        limits = policy_in_force(work).limits()
    face.tell({"policy": limits}, [f"{name:20} {_shown(limit)}" for name, limit in limits.items()])


@policy.command("set")
def set_policy(
    context: typer.Context,
    reason: Reason,
    weapons_per_person: Annotated[int | None, typer.Option(help="Weapons that one person may hold at once.")] = None,
    shift_hours: Annotated[int | None, typer.Option(help="When a weapon drawn for a shift is expected back.")] = None,
    rush_weapons: Annotated[int | None, typer.Option(help="More than so many issues need a second person…")] = None,
    rush_minutes: Annotated[int | None, typer.Option(help="…within so many minutes.")] = None,
    catalogue_only: Annotated[
        bool | None,
        typer.Option(
            "--catalogue-only/--not-only-catalogue",
            help="Whether registering a make and model that is not in the catalogue needs a second person.",
        ),
    ] = None,
    intent: Intent = "",
) -> None:
    """Set limits; those not named stay."""
    face: Face = context.obj
    given = {
        "weapons_per_person": weapons_per_person,
        "shift_hours": shift_hours,
        "rush_weapons": rush_weapons,
        "rush_minutes": rush_minutes,
        "catalogue_only": catalogue_only,
    }
    limits = {name: limit for name, limit in given.items() if limit is not None}
    if not limits:
        raise WrongUse("OPTIONS", say("Name at least one limit."))
    with face.register() as opened:
        deposition = face.deposition(opened, intent=intent, reason=reason)
        face.tell_answers([change_policy(opened.desk, deposition, limits)])


def _shown(limit: int) -> str:
    return str(limit) if not isinstance(limit, bool) else "yes" if limit else "no"


def overrides(
    context: typer.Context,
    since: Annotated[str, typer.Option("--since", help="First day; without it the last 30 days.")] = "",
) -> None:
    """Count the rules that were let pass or broken, and list each with its reason."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        first = opened.desk.clock.now() - timedelta(days=_DAYS)
        if since:
            first = datetime.combine(day(since, "--since"), time(), tzinfo=face.zone).astimezone(UTC)
        found = list(passed_since(work, first))
    counts = Counter(one.rule for one in found)
    rows = [(str(one.seq), one.at.isoformat(), one.rule, one.item, one.by, one.second, one.reason) for one in found]
    lines = [f"{count:>6}  {rule}" for rule, count in counts.most_common()]
    lines += table(("fact", "when", "rule", "item", "by", "second", "why"), rows) if rows else ["0"]
    face.tell({"counts": dict(counts), "overrides": [plain(one) for one in found]}, lines)
