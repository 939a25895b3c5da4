"""A plan as a person reads it before anything is written, and as programs do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from muniment.desk.field_words import title_of, value_of
from muniment.desk.import_plan import OUTCOMES, PersonEntry, PlaceChange, Plan, RowNote, StockChange
from muniment.domain.basics.text import Text, say
from muniment.domain.people.person import PersonRecord
from muniment.domain.stock.taxonomy import weapon_types
from muniment.ports.work import Work

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
            {"row": change.row, "register_no": change.of, "before": change.before, "after": change.after}
            for change in _changes(plan)
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


def preview_lines(plan: Plan, work: Work) -> list[Text]:
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
            register_no=change.of,
            name=title_of(name, {}),
            before=value_of(work, name, change.before.get(name, "–")),
            after=value_of(work, name, change.after.get(name, "–")),
        )
        for change in _changes(plan)
        for name in {**change.before, **change.after}
    ]
    lines += _named(say("{count} problems:", count=len(plan.problems)), plan.problems)
    lines += _named(say("{count} notices:", count=len(plan.notices)), plan.notices)
    return lines


@dataclass(frozen=True, slots=True)
class _Change:
    """What a row changes of something known: what it is called, and the fields before and after."""

    row: int
    of: str
    before: dict[str, Any]
    after: dict[str, Any]


def _changes(plan: Plan) -> Iterator[_Change]:
    for entry in plan.entries:
        if isinstance(entry, StockChange):
            yield _Change(entry.row, entry.register_no, dict(entry.before), dict(entry.sets))
        elif isinstance(entry, PlaceChange):
            moved = {"parent": entry.parent_code} if entry.parent_code else {}
            yield _Change(entry.row, entry.code, dict(entry.before), {**entry.sets, **moved})
        elif isinstance(entry, PersonEntry) and entry.subject is not None:
            before, after = _as_told(entry.was), _as_told(entry.record)
            differs = {name for name in {*before, *after} if before.get(name) != after.get(name)}
            touched = {*entry.fields, "unit"} if entry.unit else {*entry.fields}
            told = {name: value for name, value in entry.before.items() if name in touched}
            yield _Change(
                entry.row,
                entry.record.service_no,
                {**{name: before[name] for name in before if name in differs}, **told},
                {
                    **{name: after[name] for name in after if name in differs},
                    **entry.fields,
                    **({"unit": entry.unit} if entry.unit else {}),
                },
            )


def _as_told(record: PersonRecord | None) -> dict[str, Any]:
    return {} if record is None else msgspec.to_builtins(record)


def _named(title: Text, notes: Sequence[RowNote]) -> list[Text]:
    """The notes below a title; what is said of many places is said of the first, with how many more there are."""
    places: dict[str, list[RowNote]] = {}
    for note in notes:
        places.setdefault(str(note.says), []).append(note)
    lines = [title] if notes else []
    for first, *others in list(places.values())[:_SHOWN]:
        lines.append(say("  {where}: {says}", where=first.where, says=first.says))
        if others:
            more = say("    The same {count} times more, last: {where}", count=len(others), where=others[-1].where)
            lines.append(more)
    if left := sum(len(alike) for alike in list(places.values())[_SHOWN:]):
        lines.append(say("  and {count} more", count=left))
    return lines


def _none(plan: Plan) -> str:
    return "for_decision" if plan.source.kind == "holdings" else plan.source.kind
