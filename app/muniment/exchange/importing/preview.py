"""A plan as a person reads it before anything is written, and as programs do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from muniment.desk.import_plan import OUTCOMES, Plan, RowNote, StockChange
from muniment.domain.basics.text import Text, say
from muniment.domain.stock.taxonomy import weapon_types

_SHOWN = 20
"""Problems, and notices, that the text names one by one."""

_WORDS: dict[str, Text] = {
    "registered": say("to be registered"),
    "for_decision": say("to be listed for a decision"),
    "changed": say("to be described anew"),
    "already": say("in the register already"),
    "left_out": say("left out"),
}


def preview_json(plan: Plan) -> dict[str, Any]:
    """The plan as a JSON object; the quantities of the outcomes add up to that of the file."""
    totals = plan.totals
    return {
        "source": {
            "file": plan.source.file,
            "sha256": plan.source.sha256,
            "sheet": plan.source.sheet,
            "kind": plan.source.kind,
            "list": plan.source.list_name,
        },
        "rows": {"read": totals.rows_read, **{name: totals.rows.get(name, 0) for name in OUTCOMES}},
        "quantity": {"read": totals.quantity_read, **{name: totals.quantity.get(name, 0) for name in OUTCOMES}},
        "unreadable_quantities": totals.unreadable,
        "by_type": {code or _none(plan): quantity for code, quantity in sorted(plan.by_type.items())},
        "changes": [
            {
                "row": entry.row,
                "register_no": entry.register_no,
                "before": dict(entry.before),
                "after": dict(entry.sets),
            }
            for entry in plan.entries
            if isinstance(entry, StockChange)
        ],
        **problems_json(plan.problems),
        "notices": problems_json(plan.notices)["problems"],
    }


def problems_json(notes: Sequence[RowNote]) -> dict[str, list[dict[str, Any]]]:
    """Problems as the command line answers them."""
    return {
        "problems": [
            {"where": note.where, "says": str(note.says), "kind": note.kind, **({"row": note.row} if note.row else {})}
            for note in notes
        ]
    }


def preview_lines(plan: Plan) -> list[Text]:
    """The plan in a page of text."""
    totals = plan.totals
    lines = [
        say(
            "{file}: {rows} rows, {quantity} in all",
            file=plan.source.file,
            rows=totals.rows_read,
            quantity=totals.quantity_read,
        )
    ]
    lines += [
        say(
            "  {rows} rows, {quantity} {outcome}",
            rows=rows,
            quantity=totals.quantity.get(name, 0),
            outcome=_WORDS[name],
        )
        for name in OUTCOMES
        if (rows := totals.rows.get(name, 0))
    ]
    for code, quantity in sorted(plan.by_type.items()):
        known = weapon_types().get(code)
        name = known.name if known else say("listed for a decision") if plan.source.kind == "holdings" else None
        if name is not None:
            lines.append(say("  {quantity} × {code} {name}", quantity=quantity, code=code or "–", name=name))
    lines += [
        say(
            "{register_no}: {name}: {before} → {after}",
            register_no=entry.register_no,
            name=name,
            before=str(entry.before.get(name, "–")),
            after=str(entry.sets.get(name, "–")),
        )
        for entry in plan.entries
        if isinstance(entry, StockChange)
        for name in (*entry.sets, *entry.drops)
    ]
    lines += _named(say("{count} problems:", count=len(plan.problems)), plan.problems)
    lines += _named(say("{count} notices:", count=len(plan.notices)), plan.notices)
    return lines


def _named(title: Text, notes: Sequence[RowNote]) -> list[Text]:
    if not notes:
        return []
    lines = [title, *(say("  {where}: {says}", where=note.where, says=note.says) for note in notes[:_SHOWN])]
    if len(notes) > _SHOWN:
        lines.append(say("  and {count} more", count=len(notes) - _SHOWN))
    return lines


def _none(plan: Plan) -> str:
    return "for_decision" if plan.source.kind == "holdings" else plan.source.kind
