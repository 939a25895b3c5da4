"""What gathering shows, decided without a screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from muniment.desk.reading import card
from muniment.desk.sittings.gathering import Basket
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.text import Text, say
from muniment.ports.work import Work
from muniment.ui.refusing import RefusalView, refusal_view


@dataclass(frozen=True, slots=True)
class GatherLine:
    """One thing on the list: what it is, where it belongs, its serial, and how it stands.

    `outcome` is accepted, expected (on the list, not seen yet), warned (with `note`), refused or held.
    """

    item: Subject | None
    register_no: str
    kind: Text
    belongs: str
    serial: str
    outcome: str
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class GatherView:
    """The list at one moment; `outcome` is how the newest scan went."""

    lines: tuple[GatherLine, ...]
    accepted: int
    refusal: RefusalView | None
    outcome: str


def gather_view(
    work: Work, basket: Basket, at: datetime, lines: Sequence[GatherLine] | None = None, outcome: str = ""
) -> GatherView:
    """What is gathered, the scan that was refused and those held; `lines` in place of the things themselves."""
    shown = list(lines) if lines is not None else thing_lines(work, basket.items, at)
    if basket.refused_scan is not None and basket.refused_item is None:
        shown.append(GatherLine(None, "", say("Unknown"), "", basket.refused_scan.text, "refused"))
    elif basket.refused_item is not None:
        shown += [
            GatherLine(one.item, one.register_no, one.kind, one.belongs, one.serial, "refused")
            for one in thing_lines(work, (basket.refused_item,), at)
        ]
    shown += [GatherLine(None, "", say("Waits for the refusal"), "", scan.text, "held") for scan in basket.held]
    refusal = refusal_view(work, basket, at) if basket.refusal else None
    return GatherView(tuple(shown), basket.accepted, refusal, outcome)


def thing_lines(work: Work, items: Iterable[Subject], at: datetime) -> list[GatherLine]:
    """Things as lines, accepted; what the register does not know is left out."""
    standings = [standing for item in items if (standing := work.standing(item)) is not None]
    shown = [card(work, standing, at) for standing in standings]
    return [
        GatherLine(
            one.subject,
            one.register_no,
            say("{kind} {calibre}", kind=one.kind, calibre=one.calibre) if one.calibre else one.kind,
            one.place,
            one.serial,
            "accepted",
        )
        for one in shown
    ]
