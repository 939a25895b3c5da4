"""A refusal that waits to be taken note of, as the officer reads it; decided without a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from muniment.desk.reading import card
from muniment.desk.sittings.at_the_hatch import Scan
from muniment.desk.sittings.refusals import NotRecorded
from muniment.domain.basics.identity import Subject
from muniment.domain.basics.refusal import Refusal
from muniment.domain.basics.text import Text, say
from muniment.ports.work import Work


class Refusing(Protocol):
    """A sitting as far as its refusal goes: what was refused, the scan, what it was about, what waits behind it."""

    @property
    def refusal(self) -> Refusal | None:
        """What waits to be taken note of."""
        ...

    @property
    def refused_item(self) -> Subject | None:
        """What it was about, where the register knows it."""
        ...

    @property
    def refused_scan(self) -> Scan | None:
        """What was scanned."""
        ...

    @property
    def held(self) -> tuple[Scan, ...]:
        """The scans that came after it."""
        ...

    @property
    def accepted(self) -> int:
        """How many were accepted before it."""
        ...


@dataclass(frozen=True, slots=True)
class RefusalView:
    """A refusal as the officer reads it. `overridable` says that a second person may let it pass."""

    rule: str
    serial: str
    family: str
    happened: Text
    safe: Text
    do_now: Text
    override: Text
    held: int
    overridable: bool
    bindable: str


def refusal_view(work: Work, now: Refusing, at: datetime) -> RefusalView:
    """The refusal that waits, with what it was about.

    Raises:
        ValueError: nothing was refused.

    """
    refusal = now.refusal
    if refusal is None:
        raise ValueError("nothing was refused")
    standing = work.standing(now.refused_item) if now.refused_item else None
    shown = card(work, standing, at) if standing else None
    stands = (
        say("Nothing was done to it. What was accepted before stands: {count}.", count=now.accepted)
        if now.accepted
        else say("Nothing was done, nothing was changed.")
    )
    if isinstance(refusal, NotRecorded):
        stands = refusal.safe
    unknown = refusal.rule == "unknown_code" and now.refused_scan is not None
    return RefusalView(
        rule=refusal.rule,
        serial=(shown.serial or shown.register_no) if shown else (now.refused_scan.text if now.refused_scan else ""),
        family=shown.family if shown else "",
        happened=refusal.says,
        safe=stands,
        do_now=refusal.do_now or say("Set it aside and go on."),
        override=refusal.override or say("None."),
        held=len(now.held),
        overridable=refusal.override is not None and shown is not None,
        bindable=now.refused_scan.text if unknown and now.refused_scan else "",
    )
