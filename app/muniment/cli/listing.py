"""`list`: what is out, overdue, assigned or set apart."""

from __future__ import annotations

from enum import StrEnum

import typer

from muniment.cli.face import Face, table
from muniment.cli.looking import plain
from muniment.desk.reading import card
from muniment.domain.basics.moments import stamp
from muniment.domain.custody.standing import Standing
from muniment.ports.work import Work


class Listed(StrEnum):
    """What can be listed."""

    OVERDUE = "overdue"
    ISSUED = "issued"
    ASSIGNED = "assigned"
    QUARANTINED = "quarantined"


def list_items(context: typer.Context, what: Listed) -> None:
    """List items that are overdue, issued, assigned without an end, or quarantined; the longest overdue first."""
    face: Face = context.obj
    with face.register() as opened, opened.desk.look() as work:
        now = opened.desk.clock.now()
        cards = [card(work, item, now) for item in _items(work, what, stamp(now))]
    rows = [
        (
            one.register_no,
            one.serial,
            one.due_at,
            one.place,
            f"{one.kind} {one.make} {one.model}".strip(),
            one.quarantine,
        )
        for one in cards
    ]
    headings = ("number", "serial", "due", "where", "what", "why")
    face.tell({what.value: [plain(one) for one in cards]}, table(headings, rows) if rows else ["0"])


def _items(work: Work, what: Listed, now: str) -> list[Standing]:
    if what is Listed.QUARANTINED:
        return work.quarantined()
    if what is Listed.OVERDUE:
        return work.out(due_before=now)
    return work.out(held_as="assignment" if what is Listed.ASSIGNED else "")
